//! The titles of landmarks above a chart, each on a pole at the position of its event.
//!
//! The build places them, once for each of three widths of the page ([`WIDE`], [`MEDIUM`], [`NARROW`]), so that none covers
//! another. Each placement is for the smallest chart that shows it; on a wider one there is only more room between the titles.
//! The events that matter most are placed first, and those left without room have no title.

use super::columns::Columns;
use super::svg::{Svg, number};
use crate::content::Importance;
use crate::markup::escaped;
use crate::timeline::{EventIx, Timeline};

/// The distance between the baselines of a title's lines, in pixels.
const LINE: usize = 15;
/// The font size of titles in pixels, as in `styles/overview.css`.
const TYPE: f64 = 13.0;
/// The most lines of a title.
const LINES: usize = 2;
/// The space below a title, in pixels.
const SPACE: usize = 5;
/// The smallest horizontal gap between two titles, or between a title and the pole of another, in pixels.
const BESIDE: f64 = 7.0;
/// The gap between a title and its own pole, in pixels.
const FROM_POLE: f64 = 5.0;

/// The room for titles above a chart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// The smallest width of the chart in pixels.
    pub width: f64,
    /// The widest line of a title in pixels.
    pub line: f64,
    /// The most rows of titles.
    pub rows: usize,
}

/// Room on a wide screen, where the style sheet shows `.callouts.wide`.
pub(crate) const WIDE: Room = Room { width: 1_160.0, line: 160.0, rows: 3 };
/// Room on a screen of medium width, where it shows `.callouts.medium`.
pub(crate) const MEDIUM: Room = Room { width: 740.0, line: 150.0, rows: 3 };
/// Room on a phone, where it shows `.callouts.narrow`.
pub(crate) const NARROW: Room = Room { width: 286.0, line: 132.0, rows: 2 };

/// The titles above a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Callouts {
    /// The content of an `svg` element: the titles with their poles, each a link. Horizontal positions are in per cent,
    /// vertical ones in pixels.
    pub labels: String,
    /// The height in pixels; 0 if there are no titles.
    pub height: usize,
}

/// A title with its place.
struct Callout {
    event: EventIx,
    /// The position of its event on the axis, 0 to 1.
    at: f64,
    row: usize,
    lines: Vec<String>,
    /// Whether it ends at its pole instead of beginning there, because there is no room after it.
    ends_at_pole: bool,
}

/// Places the titles of the landmarks among some events, as many as there is room for. `root` is the relative path from the
/// page to the site's root.
#[must_use]
pub(crate) fn callouts(timeline: &Timeline, events: &[EventIx], columns: &Columns, root: &str, room: Room) -> Callouts {
    let is_landmark = |ix: &EventIx| timeline[*ix].importance == Importance::Landmark;
    let mut landmarks: Vec<EventIx> = events.iter().copied().filter(is_landmark).collect();
    landmarks.sort_by_key(|ix| (std::cmp::Reverse(weight(timeline, *ix)), *ix));
    let all = |from_top: bool| -> Vec<Callout> {
        let mut rows = Rows { room, taken: vec![Vec::new(); room.rows] };
        let place = |ix: &EventIx| {
            let event = &timeline[*ix];
            let at = columns.percent(event.date.key().start) / 100.0;
            let title = event.short_title.as_ref().unwrap_or(&event.entry.title);
            rows.place(*ix, at, title, from_top)
        };
        landmarks.iter().filter_map(place).collect()
    };
    // High titles block nothing, low ones are closer to their events: whichever order has room for more.
    let (low, high) = (all(false), all(true));
    draw(if high.len() > low.len() { &high } else { &low }, timeline, root)
}

/// Returns how much depends on an event: how many events followed it and how many documents link to it, then how many sources
/// it has.
fn weight(timeline: &Timeline, ix: EventIx) -> (usize, usize) {
    let event = &timeline[ix];
    (event.followed_by.len() + event.entry.linked_from.len(), event.sources.len())
}

/// The occupied intervals of each row, in pixels. Row 0 is the highest.
struct Rows {
    room: Room,
    taken: Vec<Vec<(f64, f64)>>,
}

impl Rows {
    /// Finds and takes a place for a title where its pole, which is at `at` (0 to 1), crosses no other title: in the highest
    /// row that has room if `from_top`, otherwise in the lowest. `None` if no row has room.
    fn place(&mut self, event: EventIx, at: f64, title: &str, from_top: bool) -> Option<Callout> {
        let x = at * self.room.width;
        let lines = lines(title, self.room.line);
        let width = lines.iter().map(|line| advance(line)).fold(0.0, f64::max) + FROM_POLE;
        let sides = [(x, x + width, false), (x - width, x, true)];
        for step in 0..self.room.rows {
            let row = if from_top { step } else { self.room.rows - 1 - step };
            for (from, to, ends_at_pole) in sides {
                if from < 0.0 || to > self.room.width || !self.is_free(row, (from, to)) {
                    continue;
                }
                if !(row + 1..self.room.rows).all(|below| self.is_free(below, (x, x))) {
                    continue;
                }
                self.taken[row].push((from, to));
                for below in row + 1..self.room.rows {
                    self.taken[below].push((x, x));
                }
                return Some(Callout { event, at, row, lines, ends_at_pole });
            }
        }
        None
    }

    fn is_free(&self, row: usize, (from, to): (f64, f64)) -> bool {
        self.taken[row].iter().all(|(start, end)| to + BESIDE < *start || *end + BESIDE < from)
    }
}

fn draw(callouts: &[Callout], timeline: &Timeline, root: &str) -> Callouts {
    let row_height = LINES * LINE + SPACE;
    // Rows at the top that nothing needs are left out.
    let Some(top) = callouts.iter().map(|callout| callout.row).min() else { return Callouts::default() };
    let rows = callouts.iter().map(|callout| callout.row).max().map_or(0, |bottom| bottom + 1 - top);
    let height = rows * row_height;
    let mut svg = Svg::default();
    for callout in callouts {
        let event = &timeline[callout.event];
        let family = timeline[event.kind].family.name();
        let (x, y) = (number(callout.at * 100.0), (callout.row - top) * row_height);
        svg.write(format_args!(
            "<a class=\"callout family-{family}\" href=\"{root}{}\" tabindex=\"-1\">",
            event.entry.path().url()
        ));
        svg.write(format_args!("<line x1=\"{x}%\" x2=\"{x}%\" y1=\"{y}\" y2=\"{height}\"/>"));
        let (dx, end) = if callout.ends_at_pole { (-FROM_POLE, " class=\"end\"") } else { (FROM_POLE, "") };
        for (number_of, line) in callout.lines.iter().enumerate() {
            let y = y + LINE * number_of + 11;
            svg.write(format_args!("<text x=\"{x}%\" dx=\"{dx}\" y=\"{y}\"{end}>{}</text>", escaped(line)));
        }
        svg.write(format_args!("<circle cx=\"{x}%\" cy=\"{height}\" r=\"3\"/></a>"));
    }
    Callouts { labels: svg.finish(), height }
}

/// Breaks a title into at most [`LINES`] lines of at most `most` pixels, as narrow as the whole title allows. If it has too
/// little room, it is cut and its last line ends with `…`.
fn lines(title: &str, most: f64) -> Vec<String> {
    let whole = advance(title);
    let narrowest = (0..).map(|step| whole / 2.0 + f64::from(step) * 4.0).take_while(|width| *width < most);
    let fits = |lines: &Vec<String>| !lines.iter().any(|line| line.ends_with('…'));
    narrowest.map(|width| broken(title, width)).find(fits).unwrap_or_else(|| broken(title, most))
}

/// Fills at most [`LINES`] lines of at most `most` pixels with a title, one after the other. What is too long is cut.
fn broken(title: &str, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.last_mut().map(std::mem::take).unwrap_or_default();
        let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        let has_room = advance(&longer) <= most || last.is_empty();
        if has_room {
            *lines.last_mut().expect("there is always a line") = longer;
            continue;
        }
        *lines.last_mut().expect("there is always a line") = last;
        if lines.len() == LINES {
            return shortened(lines, most);
        }
        lines.push(word.to_owned());
    }
    if lines.iter().any(|line| advance(line) > most) { shortened(lines, most) } else { lines }
}

/// Cuts each line to at most `most` pixels, and ends the last one with `…`.
fn shortened(mut lines: Vec<String>, most: f64) -> Vec<String> {
    for line in &mut lines {
        while advance(line) > most && line.pop().is_some() {}
    }
    if let Some(last) = lines.last_mut() {
        while advance(last) + advance("…") > most && last.pop().is_some() {}
        while last.ends_with(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation()) {
            last.pop();
        }
        last.push('…');
    }
    lines
}

/// Estimates the width of a text in pixels. It need not be exact, because titles have room around them.
fn advance(text: &str) -> f64 {
    let of = |letter: char| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '-' | '(' | ')' => 0.34,
        'm' | 'w' | 'M' | 'W' | '…' => 0.88,
        'A'..='Z' => 0.68,
        '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}' => 1.0,
        _ => 0.53,
    };
    text.chars().map(of).sum::<f64>() * TYPE
}

#[cfg(test)]
mod tests {
    use super::{NARROW, Room, Rows, WIDE, advance, lines};
    use crate::timeline::EventIx;

    /// The row of each title, placed in this order, and whether it ends at its pole. `None` if it has no room.
    fn placed(room: Room, titles: &[(f64, &str)]) -> Vec<Option<(usize, bool)>> {
        let mut rows = Rows { room, taken: vec![Vec::new(); room.rows] };
        let place = |(at, title): &(f64, &str)| {
            rows.place(EventIx(0), *at, title, false).map(|callout| (callout.row, callout.ends_at_pole))
        };
        titles.iter().map(place).collect()
    }

    #[test]
    fn titles_never_collide_and_the_first_come_nearest_to_the_chart() {
        let title = "Security Council endorses a road map";
        let found = placed(WIDE, &[(0.5, title), (0.51, title), (0.52, title), (0.53, title), (0.9, title)]);
        assert_eq!(found[0], Some((2, false)), "behind its pole, in the lowest row");
        assert_eq!(found[1], None, "its pole would be too near to that of the first");
        assert_eq!(placed(WIDE, &[(0.5, title), (0.45, title)])[1], Some((2, true)), "before its pole there is room");
        assert_eq!(found[4], Some((2, true)), "at the end of the axis a title ends at its pole");
    }

    #[test]
    fn a_pole_crosses_no_title() {
        let mut rows = Rows { room: WIDE, taken: vec![Vec::new(); 3] };
        rows.taken[2].push((400.0, 600.0));
        let callout = rows.place(EventIx(0), 0.5, "Putin receives Assad", true);
        assert!(callout.is_none(), "its pole would cross the title below it");
    }

    #[test]
    fn a_title_has_two_lines_at_most() {
        let long =
            "Russia, Turkey and Iran set up a mechanism to monitor the ceasefire and to talk about a constitution";
        for room in [WIDE, NARROW] {
            let lines = lines(long, room.line);
            assert_eq!(lines.len(), 2);
            assert!(lines[1].ends_with('…'), "{lines:?}");
            assert!(lines.iter().all(|line| advance(line) <= room.line), "{lines:?}");
        }
        assert_eq!(lines("Putin receives Assad", 178.0), ["Putin receives", "Assad"]);
        assert_eq!(lines("Donaudampfschifffahrtsgesellschaftskapitän", 132.0).len(), 1, "a long word is cut");
    }
}
