//! The map of all places, drawn twice: on a wide sheet and on a narrow one. The style sheet shows the one that fits the screen.
//! Each has a main map, and small maps of places far from it.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::frame::{self, Frame};
use super::geometry::{Rect, Xy, short};
use super::ground::{Detail, Shapes};
use super::labels::{self, Field, Mark, Position};
use super::view::View;
use super::{Labels, Spot};
use crate::markup::escaped;

/// A sheet's measures, in its own pixels.
struct Paper {
    class: &'static str,
    width: f64,
    /// The least and the largest height for each pixel of width.
    ratio: Xy,
    /// The radius of the largest circle.
    largest: f64,
    /// The font size of names.
    size: f64,
    /// The scales for which names are placed, coarsest first: the class of the names shown at it, and how many sheet pixels one
    /// pixel of a circle or name takes. The last is for readers who have zoomed in.
    levels: &'static [(&'static str, f64)],
    /// The width above which a small map shows a wider region, and the height of all small maps.
    inset: Xy,
    /// The most small maps in a row.
    in_row: usize,
    /// How exactly the base map is drawn: enough for zooming in.
    detail: Detail,
}

const PAPERS: [Paper; 2] = [
    Paper {
        class: "map-wide",
        width: 1000.0,
        ratio: (0.42, 0.5),
        largest: 21.0,
        size: 14.0,
        levels: &[("a", 1.35), ("b", 1.0), ("c", 0.4)],
        inset: (190.0, 140.0),
        in_row: 4,
        detail: Detail { tolerance: 0.8, least: 2.5 },
    },
    Paper {
        class: "map-narrow",
        width: 360.0,
        ratio: (0.85, 1.15),
        largest: 15.0,
        size: 12.0,
        levels: &[("a", 1.25), ("c", 0.45)],
        inset: (176.0, 120.0),
        in_row: 2,
        detail: Detail { tolerance: 0.75, least: 2.0 },
    },
];

/// The radius of the smallest circle.
const SMALLEST: f64 = 3.2;
/// The smallest radius of a touch target that has no other place near it: targets are at least 24 pixels wide.
const TARGET: f64 = 13.0;
/// The smallest distance between circles. Closer ones are moved apart, so that each can be reached; if one has a number in it,
/// as far as the number needs.
const APART: f64 = 9.0;
const APART_FROM_NUMBER: f64 = 12.5;
/// The most places on a map whose distances are all compared; if there are more, none is moved and no touch target is enlarged.
const MOST_COMPARED: usize = 300;
/// The smallest width of a region, in degrees, so that it can be recognised.
const LEAST_REGION: f64 = 9.0;
/// The space between two maps, and between maps and the key.
const GAP: f64 = 8.0;
/// The largest share of a sheet's width for a small map.
const MOST_OF_WIDTH: f64 = 0.55;
/// Circles larger than this have their number in them, in this type size.
const WITH_NUMBER: f64 = 8.0;
const NUMBER_SIZE: f64 = 11.0;

/// Draws the map of some places as SVG: one `svg` element for each sheet. Empty if there are no places.
///
/// Every place is a link with an accessible name. Places with more events come first.
#[must_use]
pub(crate) fn map(spots: &[Spot<'_>], labels: &Labels<'_>) -> String {
    if spots.is_empty() {
        return String::new();
    }
    let mut spots = spots.to_vec();
    spots.sort_by_key(|spot| Reverse(spot.count));
    let frame = frame::choose(&spots);
    PAPERS.iter().map(|paper| Sheet::new(paper, &spots, &frame).write(labels)).collect()
}

/// One map on a sheet: its position, what it shows, and which spots are on it.
struct Panel {
    at: Rect,
    view: View,
    spots: Vec<usize>,
}

struct Sheet<'a> {
    paper: &'a Paper,
    spots: &'a [Spot<'a>],
    main: Panel,
    insets: Vec<Panel>,
}

impl<'a> Sheet<'a> {
    fn new(paper: &'a Paper, spots: &'a [Spot<'a>], frame: &Frame) -> Self {
        let points = |numbers: &[usize]| numbers.iter().map(|spot| spots[*spot].position()).collect::<Vec<Xy>>();
        let everywhere: Vec<usize> = (0..spots.len()).collect();
        let (view, far): (View, &[Vec<usize>]) = match frame {
            Frame::World => (View::world(&points(&everywhere), paper.width), &[]),
            Frame::Region { core, far } => {
                let core = points(core);
                let usual = f64::midpoint(paper.ratio.0, paper.ratio.1);
                let ratio = View::ratio(&core).unwrap_or(usual).clamp(paper.ratio.0, paper.ratio.1);
                let size = (paper.width, (paper.width * ratio).round());
                (View::region(&core, size, 1.75 * paper.largest, LEAST_REGION), far)
            }
        };
        let at = Rect::sized(0.0, 0.0, view.width, view.height);
        let in_far = |spot: &usize| far.iter().any(|group| group.contains(spot));
        let main = Panel { at, spots: everywhere.into_iter().filter(|spot| !in_far(spot)).collect(), view };
        let mut sheet = Self { paper, spots, main, insets: Vec::new() };
        sheet.insets(far);
        sheet
    }

    /// Places the small maps in rows below the main one, where they never cover anything. Those of a row share its width.
    fn insets(&mut self, far: &[Vec<usize>]) {
        let height = self.paper.inset.1;
        let mut top = self.main.view.height + GAP;
        for row in far.chunks(self.paper.in_row) {
            let width = (self.paper.width + GAP) / frame::count(row.len()) - GAP;
            let width = width.min(MOST_OF_WIDTH * self.paper.width).floor();
            for (number, group) in row.iter().enumerate() {
                let left = frame::count(number) * (width + GAP);
                self.inset(Rect::sized(left, top, width, height), group);
            }
            top += height + GAP;
        }
    }

    /// Adds a small map. If it is wider than [`Paper::inset`], it shows a wider region.
    fn inset(&mut self, at: Rect, group: &[usize]) {
        let points: Vec<Xy> = group.iter().map(|spot| self.spots[*spot].position()).collect();
        let least = LEAST_REGION * (at.width() / self.paper.inset.0).max(1.0);
        let view = View::region(&points, (at.width(), at.height()), 1.6 * self.paper.largest, least);
        self.insets.push(Panel { at, view, spots: group.to_vec() });
    }

    fn radius(&self, count: usize) -> f64 {
        let most = self.spots.first().map_or(1, |spot| spot.count.max(1));
        let share = frame::count(count) / frame::count(most);
        // A single event does not justify the largest circle.
        let largest = self.paper.largest.min(6.0 * libm::sqrt(frame::count(most)));
        (largest * libm::sqrt(share)).max(SMALLEST)
    }

    fn write(&self, labels: &Labels<'_>) -> String {
        let mut out = String::with_capacity(64 * 1024);
        let panels = || std::iter::once(&self.main).chain(&self.insets);
        let ground = panels().map(|panel| panel.at.bottom).fold(0.0, f64::max);
        let (key, key_height) = self.key(ground, labels);
        let (class, width, height) = (self.paper.class, self.paper.width, ground + key_height);
        let (title, description) = (escaped(labels.title), escaped(labels.description));
        let _ = write!(
            out,
            r#"<svg class="map-sheet {class}" viewBox="0 0 {width} {height}" role="group" aria-label="{title}"><desc>{description}</desc>"#
        );
        for (number, panel) in panels().enumerate() {
            let (view, at) = (&panel.view, &panel.at);
            let class = if number == 0 { "map-main" } else { "map-inset" };
            let (x, y, width, height) = (short(at.left), short(at.top), view.width, view.height);
            let focus = if number == 0 { self.focus(panel) } else { None };
            let focus = focus.map_or_else(String::new, |(x, y)| format!(r#" data-focus="{} {}""#, short(x), short(y)));
            let _ = write!(
                out,
                r#"<svg class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" viewBox="0 0 {width} {height}"{focus}>"#
            );
            Shapes::of(view).draw(self.paper.detail).write(view, &mut out);
            self.places(panel, &mut out);
            let _ = write!(out, "</svg>");
            let _ = write!(out, r#"<rect class="map-edge" x="{x}" y="{y}" width="{width}" height="{height}"/>"#);
        }
        out.push_str(&key);
        out.push_str("</svg>\n");
        out
    }

    /// The circles and names of a panel.
    fn places(&self, panel: &Panel, out: &mut String) {
        let size = self.paper.size;
        let mark = |(spot, at): (&usize, Xy)| {
            let spot = &self.spots[*spot];
            Mark { at, radius: self.radius(spot.count), width: labels::width(spot.name, size) }
        };
        let points = self.apart(panel);
        let marks: Vec<Mark> = panel.spots.iter().zip(points).map(mark).collect();
        let edge = Rect::sized(0.0, 0.0, panel.view.width, panel.view.height).grown(-2.0);
        let mut levels: Vec<(&str, Vec<Option<Position>>)> = Vec::new();
        for (class, unit) in self.paper.levels {
            // When the reader has zoomed in, the picture's edge is elsewhere.
            let field = Field { edge: if *unit < 1.0 { edge.grown(200.0) } else { edge }, unit: *unit };
            let preferred = levels.last().map(|(_, positions)| positions.as_slice()).unwrap_or_default();
            let positions = labels::place(&marks, size, &field, preferred);
            levels.push((class, positions));
        }
        for (number, mark) in marks.iter().enumerate() {
            let seen = |(class, positions): &(&'static str, Vec<Option<Position>>)| Some((*class, positions[number]?));
            let names: Vec<(&str, Position)> = levels.iter().filter_map(seen).collect();
            let count = self.spots[panel.spots[number]].count.to_string();
            let bare = |unit: f64| !marks[number + 1..].iter().any(|other| covers(other, mark, &count, unit));
            let bare = self.paper.levels.iter().filter(|(_, unit)| bare(*unit)).map(|(class, _)| *class);
            let target = self.target(number, &marks);
            place(&self.spots[panel.spots[number]], mark, target, &bare.collect::<Vec<_>>(), &names, out);
        }
    }

    /// Where the first step of zooming goes: to the middle of the places that the site names, or else to the place with the
    /// most events on the main map. A cluster of cities that only host events does not outweigh the place that they are
    /// about.
    fn focus(&self, panel: &Panel) -> Option<Xy> {
        let spots = panel.spots.iter().map(|spot| &self.spots[*spot]);
        let named: Vec<Xy> = spots.filter(|spot| spot.is_focus).map(Spot::position).collect();
        if named.is_empty() {
            return panel.spots.first().map(|spot| panel.view.point(self.spots[*spot].position()));
        }
        Some(panel.view.point(super::view::cap(&named).0))
    }

    /// Returns the radius of a place's touch target: half the distance to the nearest place, so that no other target covers
    /// its middle, but at most [`TARGET`], and never less than its circle.
    fn target(&self, number: usize, marks: &[Mark]) -> f64 {
        let mark = &marks[number];
        if marks.len() > MOST_COMPARED {
            return mark.radius;
        }
        let coarsest = self.paper.levels.first().map_or(1.0, |(_, unit)| *unit);
        let others = marks.iter().enumerate().filter(|(other, _)| *other != number);
        let nearest = others.map(|(_, other)| distance(mark.at, other.at)).fold(f64::INFINITY, f64::min);
        mark.radius.max(TARGET.min(nearest / 2.0 / coarsest))
    }

    /// Returns the middles of a panel's circles: those of the places, but pushed apart where circles would cover each other.
    fn apart(&self, panel: &Panel) -> Vec<Xy> {
        const ROUNDS: usize = 24;
        let mut points: Vec<Xy> =
            panel.spots.iter().map(|spot| panel.view.point(self.spots[*spot].position())).collect();
        let radius = |number: usize| self.radius(self.spots[panel.spots[number]].count);
        for _ in 0..if points.len() > MOST_COMPARED { 0 } else { ROUNDS } {
            for a in 0..points.len() {
                for b in a + 1..points.len() {
                    let (dx, dy) = (points[b].0 - points[a].0, points[b].1 - points[a].1);
                    let length = libm::sqrt(dx * dx + dy * dy);
                    let apart = if radius(a).max(radius(b)) > WITH_NUMBER { APART_FROM_NUMBER } else { APART };
                    if length >= apart {
                        continue;
                    }
                    // Two at the same point are separated in a direction that depends on the index.
                    let turn = 2.4 * frame::count(b);
                    let (ux, uy) =
                        if length > 0.1 { (dx / length, dy / length) } else { (libm::cos(turn), libm::sin(turn)) };
                    let step = (apart - length) / 2.0 + 0.05;
                    points[a] = (points[a].0 - ux * step, points[a].1 - uy * step);
                    points[b] = (points[b].0 + ux * step, points[b].1 + uy * step);
                }
            }
        }
        points
    }

    /// The key to the sizes of circles, below the map, and its height.
    fn key(&self, top: f64, labels: &Labels<'_>) -> (String, f64) {
        let most = self.spots.first().map_or(0, |spot| spot.count);
        let mut counts = vec![1, round(most / 5), round(most)];
        counts.retain(|count| *count > 0);
        counts.dedup();
        if counts.len() < 2 {
            return (String::new(), 0.0);
        }
        let size = self.paper.size;
        let coarsest = self.paper.levels.first().map_or(1.0, |(_, unit)| *unit);
        let radius = self.radius(counts[counts.len() - 1]);
        let height = (2.0 * coarsest * radius.max(size / 2.0) + GAP).round();
        let mut key = format!(
            r#"<g class="map-key" aria-hidden="true" transform="translate(0 {})"><g class="fixed">"#,
            short(top + GAP / 2.0 + height / 2.0)
        );
        let mut x = 1.0;
        for (number, count) in counts.iter().enumerate() {
            let radius = self.radius(*count);
            let text = if number + 1 == counts.len() { (labels.events)(*count) } else { count.to_string() };
            let _ = write!(key, r#"<circle class="dot" cx="{}" r="{}"/>"#, short(x + radius), short(radius));
            let _ = write!(
                key,
                r#"<text x="{}" y="{}">{}</text>"#,
                short(x + 2.0 * radius + 5.0),
                short(0.32 * size),
                escaped(&text)
            );
            x += 2.0 * radius + 5.0 + labels::width(&text, size) + 14.0;
        }
        key.push_str("</g></g>");
        (key, height + GAP)
    }
}

/// Whether a circle hides the number in another that was drawn before it.
fn covers(over: &Mark, under: &Mark, number: &str, unit: f64) -> bool {
    let half = (unit * labels::width(number, NUMBER_SIZE) / 2.0, unit * 0.4 * NUMBER_SIZE);
    let number = Rect::sized(under.at.0 - half.0, under.at.1 - half.1, 2.0 * half.0, 2.0 * half.1);
    beside(&number, over.at) < over.radius * unit
}

/// A place: a link with a circle, its number at the levels where that is `bare`, and its name at those where it has room.
fn place(spot: &Spot<'_>, mark: &Mark, target: f64, bare: &[&str], names: &[(&str, Position)], out: &mut String) {
    let (id, name, words) = (escaped(spot.id), escaped(spot.name), escaped(spot.words));
    let (x, y, radius, url) = (short(mark.at.0), short(mark.at.1), short(mark.radius), spot.url);
    let (target, empty) = (short(target), if spot.count == 0 { " empty" } else { "" });
    let _ = write!(
        out,
        r#"<a class="spot{empty}" href="{url}" data-place="{id}" aria-label="{name}: {words}" transform="translate({x} {y})"><title>{name}: {words}</title><g class="fixed"><circle class="target" r="{target}"/><circle class="dot" r="{radius}"/>"#
    );
    let mut written: Vec<Position> = Vec::new();
    for (_, position) in names {
        if written.contains(position) {
            continue;
        }
        written.push(*position);
        let classes: Vec<&str> = names.iter().filter(|(_, other)| other == position).map(|(class, _)| *class).collect();
        let (classes, x, y) = (classes.join(" "), short(position.x), short(position.y));
        let anchor =
            ["end", "start", "middle"][usize::from(position.anchor < 0) + 2 * usize::from(position.anchor == 0)];
        let _ = write!(out, r#"<text class="{classes}" x="{x}" y="{y}" text-anchor="{anchor}">{name}</text>"#);
    }
    // The number comes after the name, as in the link's accessible name, which must contain the visible text.
    let number = spot.count.to_string();
    if mark.radius > WITH_NUMBER && labels::width(&number, NUMBER_SIZE) < 1.8 * mark.radius && !bare.is_empty() {
        let _ = write!(out, r#" <text class="number {}" y="3.8">{number}</text>"#, bare.join(" "));
    }
    out.push_str("</g></a>");
}

fn distance((x, y): Xy, (other_x, other_y): Xy) -> f64 {
    libm::hypot(other_x - x, other_y - y)
}

/// Returns the distance of a point from a box; 0 if it is inside.
fn beside(rect: &Rect, (x, y): Xy) -> f64 {
    let dx = (rect.left - x).max(x - rect.right).max(0.0);
    let dy = (rect.top - y).max(y - rect.bottom).max(0.0);
    libm::sqrt(dx * dx + dy * dy)
}

/// Rounds a number down to 1, 2, 5, 10, 20, 50, …; 0 stays 0.
fn round(number: usize) -> usize {
    let steps = (0..18).flat_map(|power| [1, 2, 5].map(|step| step * 10_usize.pow(power)));
    steps.take_while(|step| *step <= number).last().unwrap_or(0)
}
