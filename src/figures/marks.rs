//! An event's mark shows how well its date is known.
//!
//! A day is a dot; several days a bar; a month or a year a bar with soft ends; one of several dates linked hollow
//! dots; each open end runs out in an arrow. Approximate marks are dashed, uncertain ones hollow. The style sheet draws
//! the same marks beside dates in lists. A mark that is large enough contains the sign of the kind's family, for readers who
//! cannot tell the colours apart; talks have no sign.

use std::fmt::Write as _;

use super::columns::Columns;
use super::svg::{Svg, number};
use crate::config::Family;
use crate::content::Importance;
use crate::date::{Day, Days, EdtfDate, Shape};
use crate::fields::Confidence;
use crate::timeline::{Event, EventIx, Timeline};

/// The distance between rows of marks, in pixels.
const ROW: f64 = 15.0;
/// The most rows over which marks that would touch are distributed.
const ROWS: usize = 4;
/// The most rows of landmarks above a chart.
const LANDMARK_ROWS: usize = 2;
/// The width of a mark in per cent of the axis: a dot takes this much of a chart 900 pixels wide.
const WIDTH: f64 = 1.5;
/// The smallest distance between the middles of two marks that do not touch, in pixels.
const TOUCHING: f64 = 13.5;
/// The most events of a thin line that are drawn one by one.
const MOST_APART: usize = 120;
/// The distance, in per cent of the axis, at which two events on a thin line look like one: the line has round ends and is six
/// pixels thick.
const CLOSE: f64 = 0.5;
/// How many zooms a chart that opens has.
pub(super) const ZOOMS: usize = 3;

/// The smallest radius of a mark with a sign in it, in pixels.
const WITH_SIGN: f64 = 5.0;

/// A strip of marks along time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Strip {
    /// The marks, each a link with a title.
    pub marks: String,
    /// The height in pixels.
    pub height: usize,
}

/// A strip whose chart can be zoomed: marks along time, which may be in another row at each zoom.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ZoomedStrip {
    /// The marks on one line, each a link with a title; the style sheet moves them to their rows.
    pub marks: String,
    /// Classes for the highest row in use at each zoom (`a`, `b`, `c`, from the whole chart to the widest), each after a space:
    /// ` a-3 b-1`. Row 0 has no class.
    pub classes: String,
}

/// Makes the title of an event's mark, as text that is not yet escaped.
pub(super) type Labels<'a> = &'a dyn Fn(EventIx) -> String;

/// Draws the landmarks among some events, in at most [`LANDMARK_ROWS`] rows.
#[must_use]
pub(crate) fn landmarks(
    timeline: &Timeline,
    events: &[EventIx],
    columns: &Columns,
    root: &str,
    words: Labels<'_>,
) -> Strip {
    let landmarks: Vec<EventIx> =
        events.iter().copied().filter(|ix| timeline[*ix].importance == Importance::Landmark).collect();
    Pen { timeline, columns, root, words }.strip(&landmarks, LANDMARK_ROWS)
}

/// What is needed to draw marks.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    pub timeline: &'a Timeline,
    pub columns: &'a Columns,
    /// The relative path from the page to the site's root.
    pub root: &'a str,
    pub words: Labels<'a>,
}

impl Pen<'_> {
    /// Draws events as marks, distributed over at most `most` rows where they would touch.
    fn strip(&self, events: &[EventIx], most: usize) -> Strip {
        let mut svg = Svg::default();
        let rows = self.rows(events, WIDTH, most);
        for (ix, row) in events.iter().zip(&rows) {
            #[expect(clippy::cast_precision_loss, reason = "there are few rows")]
            let y = (*row as f64 + 0.5) * ROW;
            self.mark(&mut svg, *ix, y, "", " tabindex=\"-1\"");
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows are few")]
        let height = (ROW as usize) * rows.iter().max().map_or(0, |most| most + 1);
        Strip { marks: svg.finish(), height }
    }

    /// Draws events as marks on one line, each with classes for its row at each zoom. Only the first can be reached with the
    /// Tab key. `widths` are the widths of the axis at each zoom, in pixels.
    pub(super) fn zoomed(&self, events: &[EventIx], widths: [f64; ZOOMS]) -> ZoomedStrip {
        let mut svg = Svg::default();
        let rows = widths.map(|width| self.rows(events, 100.0 * TOUCHING / width, ROWS));
        for (at, ix) in events.iter().enumerate() {
            let of_mark = [0, 1, 2].map(|zoom: usize| rows[zoom][at]);
            let stop = if at == 0 { "" } else { " tabindex=\"-1\"" };
            self.mark(&mut svg, *ix, 0.0, &row_classes(of_mark), stop);
        }
        let most = rows.map(|rows| rows.into_iter().max().unwrap_or(0));
        ZoomedStrip { marks: svg.finish(), classes: row_classes(most) }
    }

    /// Assigns each event a row, from 0, so that marks `width` per cent wide do not touch. If they need more than `most` rows,
    /// some touch.
    fn rows(&self, events: &[EventIx], width: f64, most: usize) -> Vec<usize> {
        let mut ends = vec![f64::NEG_INFINITY; most];
        let row = |ix: &EventIx| {
            let (from, to) = self.extent(&self.timeline[*ix].date);
            let free = ends.iter().position(|end| *end <= from);
            let row = free.unwrap_or_else(|| earliest(&ends));
            ends[row] = ends[row].max(to + width);
            row
        };
        events.iter().map(row).collect()
    }

    /// Draws events as dots and bars without signs, titles or links: one path for each family, for a `viewBox` 1000 wide and 2
    /// high that may be stretched. Of very many events, those that would touch become one bar.
    pub(super) fn line(&self, events: &[EventIx]) -> String {
        let mut svg = Svg::default();
        for family in Family::ALL {
            let of_family = events.iter().filter(|ix| self.timeline[self.timeline[**ix].kind].family == *family);
            let mut path = String::new();
            let extents = of_family.map(|ix| self.extent(&self.timeline[*ix].date)).collect();
            for (from, to) in if events.len() > MOST_APART { joined(extents) } else { extents } {
                // A line of no length has round ends only in some browsers.
                let (from, length) = ((10.0 * from).round(), (10.0 * (to - from)).round().max(0.1));
                let _ = write!(path, "M{from} 1h{length}");
            }
            if !path.is_empty() {
                svg.write(format_args!("<path class=\"family-{}\" d=\"{path}\"/>", family.name()));
            }
        }
        svg.finish()
    }

    /// Returns the part of the axis that a date may cover, in per cent. For a day, both ends are its middle; a date that is
    /// open or unknown on a side extends to that end of the axis.
    pub(super) fn extent(&self, date: &EdtfDate) -> (f64, f64) {
        let from = date.earliest().map_or(0.0, |day| self.begin(day));
        let to = date.latest().map_or(100.0, |day| self.end(day));
        if date.shape() == Shape::Day { (f64::midpoint(from, to), f64::midpoint(from, to)) } else { (from, to) }
    }

    fn begin(&self, day: Day) -> f64 {
        self.columns.percent(day)
    }

    fn end(&self, day: Day) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "columns are few")]
        let a_day = 100.0 / (self.columns.count as f64 * self.columns.unit as f64 * 31.0);
        (self.columns.percent(day) + a_day).min(100.0)
    }

    /// Draws an event's mark, with `y` in pixels. `also` and `attributes` are added to the classes and attributes of its link;
    /// each begins with a space or is empty.
    fn mark(&self, svg: &mut Svg, ix: EventIx, y: f64, also: &str, attributes: &str) {
        let event = &self.timeline[ix];
        let extent = self.extent(&event.date);
        let family = self.timeline[event.kind].family;
        let path = event.entry.path().url();
        svg.write(format_args!(
            "<a class=\"{}{also}\" href=\"{}{path}\"{attributes}>",
            classes(event, family),
            self.root
        ));
        svg.title(&(self.words)(ix));
        self.shape(svg, &event.date, family, MarkBox { extent, y, radius: radius(event.importance) });
        svg.raw("</a>");
    }

    fn shape(&self, svg: &mut Svg, date: &EdtfDate, family: Family, place: MarkBox) {
        let MarkBox { extent: (from, to), y, radius } = place;
        let (y_text, r) = (number(y), number(radius));
        match date.shape() {
            Shape::Day => {
                svg.write(format_args!("<circle cx=\"{}%\" cy=\"{y_text}\" r=\"{r}\"/>", number(from)));
                sign(svg, from, place, family);
            }
            Shape::Days => {
                bar(svg, (from, to), place, "span");
                sign(svg, f64::midpoint(from, to), place, family);
            }
            Shape::Month | Shape::Season | Shape::Year | Shape::Period => {
                svg.write(format_args!(
                    "<rect class=\"soft\" x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{}\" fill=\"url(#_soft-{})\"/>",
                    number(from),
                    number(y - radius),
                    number((to - from).max(0.6)),
                    number(radius * 2.0),
                    family.name()
                ));
                sign(svg, f64::midpoint(from, to), place, family);
            }
            Shape::OneOf => {
                bar(svg, (from, to), place, "link");
                for (first, last) in of_interest(&date.candidates()) {
                    let x = f64::midpoint(self.begin(*first), self.end(*last));
                    svg.write(format_args!(
                        "<circle class=\"hollow\" cx=\"{}%\" cy=\"{y_text}\" r=\"{r}\"/>",
                        number(x)
                    ));
                    sign(svg, x, place, family);
                }
            }
            Shape::Open => {
                bar(svg, (from, to), place, "span");
                let left = date.earliest().is_none().then_some((0, "M9-5 0 0 9 5z"));
                let right = date.latest().is_none().then_some((100, "M-9-5 0 0-9 5z"));
                for (x, path) in left.into_iter().chain(right) {
                    svg.write(format_args!(
                        "<svg class=\"arrow\" x=\"{x}%\" y=\"{y_text}\" overflow=\"visible\"><path d=\"{path}\"/></svg>"
                    ));
                }
                sign(svg, f64::midpoint(from, to), place, family);
            }
        }
    }
}

/// Draws a bar: a thin one for the class `link`, otherwise one as thick as a dot, whose ends the style sheet rounds, so that it
/// is never shorter than a dot.
fn bar(svg: &mut Svg, (from, to): (f64, f64), place: MarkBox, class: &str) {
    let width = if class == "link" { 1.5 } else { place.radius * 2.0 };
    let (y, width) = (number(place.y), number(width));
    svg.write(format_args!(
        "<line class=\"{class}\" x1=\"{}%\" x2=\"{}%\" y1=\"{y}\" y2=\"{y}\" stroke-width=\"{width}\"/>",
        number(from),
        number(to)
    ));
}

/// The position and size of a mark: `extent` in per cent of the axis, `y` (of its middle) and `radius` in pixels.
#[derive(Clone, Copy)]
struct MarkBox {
    extent: (f64, f64),
    y: f64,
    radius: f64,
}

/// Draws the sign of a family into a mark that has room for it. Talks have none.
fn sign(svg: &mut Svg, x: f64, place: MarkBox, family: Family) {
    if family != Family::Talks && place.radius >= WITH_SIGN {
        let (x, y, family) = (number(x), number(place.y), family.name());
        svg.write(format_args!("<use href=\"#_sign-{family}\" x=\"{x}%\" y=\"{y}\"/>"));
    }
}

/// Returns the candidates to draw: all, or of more than six only the first and the last.
pub(super) fn of_interest(candidates: &[Days]) -> Vec<&Days> {
    if candidates.len() <= 6 {
        candidates.iter().collect()
    } else {
        candidates.first().into_iter().chain(candidates.last()).collect()
    }
}

/// Joins extents that overlap, or that are so close to each other that the ends of a thin line would touch.
fn joined(mut extents: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    extents.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for (from, to) in extents {
        match joined.last_mut().filter(|(_, end)| from - *end < CLOSE) {
            Some((_, end)) => *end = end.max(to),
            None => joined.push((from, to)),
        }
    }
    joined
}

fn earliest(ends: &[f64]) -> usize {
    let first = ends.iter().enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b));
    first.map_or(0, |(row, _)| row)
}

/// Class names for rows at each zoom, each after a space: ` a-3 b-1`.
fn row_classes([a, b, c]: [usize; ZOOMS]) -> String {
    let classes = [(a, format!(" a-{a}")), (b, format!(" b-{b}")), (c, format!(" c-{c}"))];
    classes.into_iter().filter(|(row, _)| *row > 0).map(|(_, class)| class).collect()
}

/// Returns the radius of a mark in pixels.
const fn radius(importance: Importance) -> f64 {
    match importance {
        Importance::Landmark => 7.0,
        Importance::Normal => 5.5,
        Importance::Minor => 3.5,
    }
}

/// Class names of a mark: colour by family, weight by confidence, outline by the date's qualifiers.
fn classes(event: &Event, family: Family) -> String {
    let mut classes = format!("family-{}", family.name());
    if event.confidence != Confidence::Confirmed {
        classes.push_str(" is-weak");
    }
    if event.date.is_approximate() {
        classes.push_str(" is-approximate");
    }
    if event.date.is_uncertain() {
        classes.push_str(" is-uncertain");
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::{Columns, Family, MarkBox, Svg, landmarks, sign};
    use crate::figures::fixture::timeline;
    use crate::timeline::EventIx;

    fn mark(date: &str) -> String {
        let timeline = timeline(&["2011-01-01", date, "2011-12-31"]);
        let columns = Columns::of(&timeline).expect("there are events");
        let title = format!("{date} <&>");
        let at = timeline.events.iter().position(|event| event.entry.id.id.as_ref() == "e1").expect("it is there");
        landmarks(&timeline, &[EventIx(at)], &columns, "../", &|_| title.clone()).marks
    }

    #[test]
    fn a_mark_has_the_shape_of_its_date() {
        let shapes = [
            ("2011-06-15", "<circle cx="),
            ("2011-06-15/2011-07-20", "<line class=\"span\""),
            ("2011-06", "<rect class=\"soft\""),
            ("2011", "<rect class=\"soft\""),
            ("[2011-06-15,2011-08-01]", "<circle class=\"hollow\""),
            ("2011-06-15/..", "<svg class=\"arrow\" x=\"100%\""),
            ("../2011-06-15", "<svg class=\"arrow\" x=\"0%\""),
            ("..2011-06/2011-07..", "<line class=\"span\" x1=\"0%\" x2=\"100%\""),
            ("..2011-06/2011-07..", "<svg class=\"arrow\" x=\"0%\""),
            ("..2011-06/2011-07..", "<svg class=\"arrow\" x=\"100%\""),
            ("2011-06-15~", "is-approximate"),
            ("2011-06-15?", "is-uncertain"),
        ];
        for (date, shape) in shapes {
            assert!(mark(date).contains(shape), "{date}: {}", mark(date));
        }
        for (date, arrows) in [("2011-06-15/..", 1), ("[..2011-06-15]", 1), ("..2011-06/2011-07..", 2)] {
            assert_eq!(mark(date).matches("class=\"arrow\"").count(), arrows, "{date}");
        }
    }

    #[test]
    fn a_mark_bears_the_sign_of_its_family_where_there_is_room() {
        let signs = |family, radius| {
            let mut svg = Svg::default();
            sign(&mut svg, 50.0, MarkBox { extent: (50.0, 50.0), y: 7.5, radius }, family);
            svg.finish()
        };
        assert_eq!(signs(Family::Decisions, 6.0), "<use href=\"#_sign-decisions\" x=\"50%\" y=\"7.5\"/>");
        assert_eq!(signs(Family::Decisions, 3.5), "");
        assert_eq!(signs(Family::Talks, 6.0), "");
    }

    #[test]
    fn a_mark_links_to_its_event_and_its_title_is_text() {
        let mark = mark("2011-06-15");
        assert!(mark.starts_with("<a class=\"family-talks\" href=\"../events/e1.html\" tabindex=\"-1\"><title>2011-06-15 &lt;&amp;&gt;</title>"), "{mark}");
    }
}
