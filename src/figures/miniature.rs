//! The chart at the foot of a social card: columns along the time of the whole timeline, and the mark of one event.
//!
//! It is SVG in pixels without text. Besides the classes of families it uses those of the style sheet of cards: `all`, `band`,
//! `vague`, `line`, `link` and `hollow`.

use super::columns::Columns;
use super::marks::{Pen, of_interest};
use super::stacks::{Stacks, stacks};
use super::svg::{Svg, number};
use crate::date::{EdtfDate, Shape};
use crate::timeline::{EventIx, Timeline};

/// The height of the highest column in pixels.
const HIGHEST: f64 = 112.0;
/// The most pixels for one event.
const MOST_A_EVENT: f64 = 24.0;
/// From the axis to the middle of an event's mark.
const MARK: f64 = 24.0;
/// The radius of a mark.
const RADIUS: f64 = 11.0;

/// A chart: its shapes, with the axis at 0, and how many pixels they need below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Miniature {
    /// SVG.
    pub shapes: String,
    /// The height below the axis in pixels.
    pub below: f64,
}

/// Some events as columns in the colours of their families, on a scale of their own. `width` is in pixels.
#[must_use]
pub fn of_events(timeline: &Timeline, events: &[EventIx], columns: &Columns, width: f64) -> Miniature {
    let stacks = stacks(timeline, events, columns);
    let mut svg = Svg::default();
    draw(&mut svg, &stacks, width, &stacks.shapes);
    if stacks.spans_height > 0 {
        svg.write(format_args!(
            "<svg y=\"6\" width=\"{width}\" height=\"{0}\">{1}</svg>",
            stacks.spans_height, stacks.spans
        ));
    }
    #[expect(clippy::cast_precision_loss, reason = "it is a few pixels")]
    let below = if stacks.spans_height > 0 { stacks.spans_height as f64 + 6.0 } else { 0.0 };
    Miniature { shapes: svg.finish(), below }
}

/// One event: its mark below the axis, and the time in which it happened among the columns of all events. An inexact date is as
/// wide as it is inexact. `all` are the columns of all events.
#[must_use]
pub fn of_event(timeline: &Timeline, event: EventIx, all: &Stacks, columns: &Columns, width: f64) -> Miniature {
    let pen = Pen { timeline, columns, root: "", words: &|_| String::new() };
    let date = &timeline[event].date;
    let (from, to) = pen.extent(date);
    let (from, to) = (from * width / 100.0, to * width / 100.0);
    let family = timeline[timeline[event].kind].family.name();
    let mut svg = Svg::default();
    let (band, band_width) = if to - from < 4.0 { (f64::midpoint(from, to) - 2.0, 4.0) } else { (from, to - from) };
    let class = if to - from < 4.0 { "" } else { "band " };
    draw(&mut svg, all, width, &all.shapes.replace("class=\"family-", "class=\"all all-"));
    svg.write(format_args!(
        "<path class=\"{class}family-{family}\" d=\"M{} -{HIGHEST}h{}V{MARK}h-{1}Z\"/>",
        number(band),
        number(band_width)
    ));
    mark(&mut svg, &pen, date, family, (from, to), width);
    Miniature { shapes: svg.finish(), below: MARK + RADIUS + 7.0 }
}

/// Columns above the axis.
fn draw(svg: &mut Svg, stacks: &Stacks, width: f64, shapes: &str) {
    #[expect(clippy::cast_precision_loss, reason = "columns and events are few")]
    let (count, highest) = (stacks.totals.len().max(1) as f64, stacks.highest.max(1) as f64);
    let unit = (HIGHEST / highest).min(MOST_A_EVENT);
    svg.write(format_args!(
        "<g transform=\"translate(0 -{}) scale({:.5} {unit:.5})\">{shapes}</g>",
        number(highest * unit),
        width / count
    ));
}

/// The mark of a date: a dot, a bar as long as the date is inexact, or linked dots.
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
    let (from, to) = if to - from < 16.0 { (f64::midpoint(from, to) - 8.0, f64::midpoint(from, to) + 8.0) } else { (from, to) };
    let bar = |svg: &mut Svg, class: &str| {
        svg.write(format_args!(
            "<path class=\"{class} family-{family}{approximate}\" d=\"M{} {MARK}H{}\"/>",
            number(from),
            number(to)
        ));
    };
    match date.shape() {
        Shape::Day => dot(svg, f64::midpoint(from, to), is_hollow),
        Shape::Days => bar(svg, "line round"),
        Shape::Month | Shape::Season | Shape::Year | Shape::Period => bar(svg, "line soft"),
        Shape::OneOf => {
            bar(svg, "link");
            for (first, last) in of_interest(&date.candidates()) {
                let x = f64::midpoint(pen.columns.percent(*first), pen.columns.percent(*last)) * width / 100.0;
                dot(svg, x, true);
            }
        }
        Shape::Open => {
            bar(svg, "line");
            let (x, path) = if date.latest().is_none() { (to, "l-26 -14v28z") } else { (from, "l26 -14v28z") };
            svg.write(format_args!("<path class=\"family-{family}\" d=\"M{} {MARK}{path}\"/>", number(x)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{of_event, of_events, stacks};
    use crate::figures::Columns;
    use crate::figures::fixture::timeline;
    use crate::timeline::EventIx;

    fn shapes_of(date: &str) -> String {
        let timeline = timeline(&["2011-01-01", date, "2012-12-31"]);
        let columns = Columns::of(&timeline).expect("there are events");
        let at = timeline.events.iter().position(|event| event.entry.id.id.as_ref() == "e1").expect("it is there");
        let all: Vec<EventIx> = (0..3).map(EventIx).collect();
        of_event(&timeline, EventIx(at), &stacks(&timeline, &all, &columns), &columns, 1000.0).shapes
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
            assert!(shapes_of(date).contains(mark), "{date}: {}", shapes_of(date));
        }
        assert!(shapes_of("2011").contains("<path class=\"band family-talks\" d=\"M0 -112h500V24h-500Z\"/>"));
    }

    #[test]
    fn columns_are_those_of_the_events() {
        let timeline = timeline(&["2011-01-01", "2011-01-02", "2012"]);
        let columns = Columns::of(&timeline).expect("there are events");
        let drawn = of_events(&timeline, &[EventIx(0), EventIx(1)], &columns, 960.0);
        assert!(drawn.shapes.starts_with("<g transform=\"translate(0 -48) scale(40.00000 24.00000)\">"), "{}", drawn.shapes);
        assert_eq!(drawn.below, 0.0);
        let vague = of_events(&timeline, &[EventIx(2)], &columns, 960.0);
        assert!(vague.shapes.contains("<rect class=\"vague family-talks\"") && vague.below > 0.0, "{}", vague.shapes);
    }
}
