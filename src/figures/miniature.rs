//! The chart at the foot of a social card: columns along the time of the whole timeline, and the mark of one event.
//!
//! It is SVG without text, because letters on cards are outlines. Besides the classes of families, it uses those that the style
//! sheet of cards (`cards/colours.rs`) has for shapes, such as `band`, `line` and `hollow`; other style sheets do not apply.

use super::columns::Columns;
use super::marks::{Pen, of_interest};
use super::stacks::{Stacks, stacks};
use super::svg::{Svg, number};
use crate::date::{EdtfDate, Shape};
use crate::timeline::{EventIx, Timeline};

/// From the axis to the middle of an event's mark, in pixels.
const MARK: f64 = 21.0;
/// The radius of a mark in pixels.
const RADIUS: f64 = 11.0;
/// The columns of some events are drawn in front of those of all only if the highest of all is at most this many times as high.
/// Otherwise they would be too small to be seen.
const MOST_TIMES: usize = 8;
/// The length of the arrow at an open end, in pixels.
const ARROW: f64 = 26.0;
/// The smallest width of a band in pixels.
const THIN: f64 = 4.0;

/// A chart in parts, which the layout of cards puts together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Miniature {
    /// The columns, a unit wide and a unit high for each event, with the top of the highest at 0.
    pub columns: String,
    /// How many columns there are, and how high the highest is.
    pub size: (usize, usize),
    /// The time in which an event happened, across the columns: its left and right edge in pixels, and its classes. `None`
    /// for a chart of several events, and for an event with several possible dates.
    pub band: Option<(f64, f64, String)>,
    /// Marks below the axis, which is at 0, in pixels.
    pub marks: String,
    /// How far the marks reach below the axis, in pixels.
    pub below: f64,
}

/// Draws some events as columns in the colours of their families, in front of the grey columns of all events (`all`) unless
/// they would be too small to be seen on that scale. Events with inexact dates are bars below the axis, which is `width`
/// pixels wide.
#[must_use]
pub(crate) fn of_events(
    timeline: &Timeline,
    events: &[EventIx],
    all: &Stacks,
    columns: &Columns,
    width: f64,
) -> Miniature {
    let stacks = stacks(timeline, events, columns);
    let is_among_all =
        stacks.highest > 0 && events.len() < timeline.events.len() && stacks.highest * MOST_TIMES >= all.highest;
    let (drawn, highest) = if is_among_all {
        let down = all.highest - stacks.highest;
        let drawn = format!("{}<g transform=\"translate(0 {down})\">{}</g>", grey(all), stacks.shapes);
        (drawn, all.highest)
    } else {
        (stacks.shapes, stacks.highest)
    };
    let size = (stacks.totals.len(), highest);
    if stacks.spans_height == 0 {
        return Miniature { columns: drawn, size, band: None, marks: String::new(), below: 0.0 };
    }
    let marks = format!("<svg y=\"6\" width=\"{width}\" height=\"{0}\">{1}</svg>", stacks.spans_height, stacks.spans);
    #[expect(clippy::cast_precision_loss, reason = "it is a few pixels")]
    let below = stacks.spans_height as f64 + 6.0;
    Miniature { columns: drawn, size, band: None, marks, below }
}

/// The columns of all events, in grey.
fn grey(all: &Stacks) -> String {
    all.shapes.replace("class=\"family-", "class=\"all all-")
}

/// Draws one event: its mark below the axis, and the time in which it happened as a band across the columns of all events
/// (`all`). Both are as wide as the date is inexact. `width` is the width of the axis in pixels.
#[must_use]
pub(crate) fn of_event(timeline: &Timeline, event: EventIx, all: &Stacks, columns: &Columns, width: f64) -> Miniature {
    let pen = Pen { timeline, columns, root: "", words: &|_| String::new() };
    let date = &timeline[event].date;
    let (from, to) = pen.extent(date);
    let (from, to) = (from * width / 100.0, to * width / 100.0);
    let family = timeline[timeline[event].kind].family.name();
    let middle = f64::midpoint(from, to);
    let band = match date.shape() {
        // It did not happen between the days in question.
        Shape::OneOf => None,
        _ if to - from < THIN => Some((middle - THIN / 2.0, middle + THIN / 2.0, format!("family-{family}"))),
        _ => Some((from, to, format!("band family-{family}"))),
    };
    let mut svg = Svg::default();
    mark(&mut svg, &pen, date, family, (from, to), width);
    Miniature {
        columns: grey(all),
        size: (all.totals.len(), all.highest),
        band,
        marks: svg.finish(),
        below: MARK + RADIUS + 4.0,
    }
}

/// Draws the mark of a date: a dot, a bar as long as the date is inexact, linked dots, or a bar with an arrow at each open end.
fn mark(svg: &mut Svg, pen: &Pen<'_>, date: &EdtfDate, family: &str, (from, to): (f64, f64), width: f64) {
    let approximate = if date.is_approximate() { " is-approximate" } else { "" };
    let is_hollow = date.is_approximate() || date.is_uncertain();
    let dot = |svg: &mut Svg, x: f64, is_hollow: bool| {
        let class = if is_hollow { "hollow " } else { "" };
        svg.write(format_args!(
            "<circle class=\"{class}family-{family}{approximate}\" cx=\"{}\" cy=\"{MARK}\" r=\"{RADIUS}\"/>",
            number(x)
        ));
    };
    // A bar never looks like a dot.
    let (from, to) =
        if to - from < 16.0 { (f64::midpoint(from, to) - 8.0, f64::midpoint(from, to) + 8.0) } else { (from, to) };
    let bar = |svg: &mut Svg, class: &str, (from, to): (f64, f64)| {
        svg.write(format_args!(
            "<path class=\"{class} family-{family}{approximate}\" d=\"M{} {MARK}H{}\"/>",
            number(from),
            number(to)
        ));
    };
    match date.shape() {
        Shape::Day => dot(svg, f64::midpoint(from, to), is_hollow),
        Shape::Days => bar(svg, "line round", (from, to)),
        Shape::Month | Shape::Season | Shape::Year | Shape::Period => bar(svg, "line soft", (from, to)),
        Shape::OneOf => {
            bar(svg, "link", (from, to));
            for (first, last) in of_interest(&date.candidates()) {
                let x = f64::midpoint(pen.columns.percent(*first), pen.columns.percent(*last)) * width / 100.0;
                dot(svg, x, true);
            }
        }
        Shape::Open => {
            let left = date.earliest().is_none().then_some((from, "l26 -14v28z"));
            let right = date.latest().is_none().then_some((to, "l-26 -14v28z"));
            let ends = (left.map_or(from, |(x, _)| x + ARROW), right.map_or(to, |(x, _)| x - ARROW));
            bar(svg, "line", ends);
            for (x, path) in left.into_iter().chain(right) {
                svg.write(format_args!("<path class=\"family-{family}\" d=\"M{} {MARK}{path}\"/>", number(x)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{of_event, of_events, stacks};
    use crate::figures::Columns;
    use crate::figures::fixture::timeline;
    use crate::timeline::EventIx;

    fn drawn(date: &str) -> super::Miniature {
        let timeline = timeline(&["2011-01-01", date, "2012-12-31"]);
        let columns = Columns::of(&timeline).expect("there are events");
        let at = timeline.events.iter().position(|event| event.entry.id.id.as_ref() == "e1").expect("it is there");
        let all: Vec<EventIx> = (0..3).map(EventIx).collect();
        of_event(&timeline, EventIx(at), &stacks(&timeline, &all, &columns), &columns, 1000.0)
    }

    #[test]
    fn an_event_is_marked_as_exactly_as_its_date_is_known() {
        let marks = [
            ("2011-06-15", "<circle class=\"family-talks\""),
            ("2011-06-15?", "<circle class=\"hollow family-talks\""),
            ("2011-06-15~", "<circle class=\"hollow family-talks is-approximate\""),
            ("2011-06-15/2011-07-20", "<path class=\"line round family-talks\""),
            ("2011-06", "<path class=\"line soft family-talks\""),
            ("2011", "<path class=\"line soft family-talks\""),
            ("[2011-06-15,2011-08-01]", "<path class=\"link family-talks\""),
            ("2011-06-15/..", "<path class=\"line family-talks\""),
        ];
        for (date, mark) in marks {
            assert!(drawn(date).marks.contains(mark), "{date}: {}", drawn(date).marks);
        }
        let both = drawn("..2011-06/2011-07..").marks;
        assert!(
            both.contains("d=\"M26 21H974\"") && both.contains("M0 21l26") && both.contains("M1000 21l-26"),
            "{both}"
        );
        let band = drawn("2011").band.map(|(from, to, class)| (from.round(), to.round(), class));
        assert_eq!(
            band,
            Some((0.0, 500.0, "band family-talks".to_owned())),
            "the whole year, which is half of the axis"
        );
        assert_eq!(drawn("[2011-06-15,2011-08-01]").band, None, "nothing happened between the two days");
        assert!(drawn("2011").columns.starts_with("<path class=\"all all-talks\""), "all events are grey");
    }

    #[test]
    fn columns_are_those_of_the_events() {
        let timeline = timeline(&["2011-01-01", "2011-01-02", "2012"]);
        let columns = Columns::of(&timeline).expect("there are events");
        let all = stacks(&timeline, &[EventIx(0), EventIx(1), EventIx(2)], &columns);
        let drawn = of_events(&timeline, &[EventIx(0)], &all, &columns, 960.0);
        let own = "<g transform=\"translate(0 1)\"><path class=\"family-talks\" d=\"M0.1 1h.8v-1h-.8z\"/></g>";
        assert_eq!(drawn.columns, format!("<path class=\"all all-talks\" d=\"M0.1 2h.8v-2h-.8z\"/>{own}"));
        assert_eq!((drawn.size, drawn.below), ((24, 2), 0.0));
        let vague = of_events(&timeline, &[EventIx(2)], &all, &columns, 960.0);
        assert!(vague.marks.contains("<rect class=\"vague family-talks\"") && vague.below > 0.0, "{}", vague.marks);
    }
}
