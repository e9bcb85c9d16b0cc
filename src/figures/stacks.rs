//! How many events began in each column of time, stacked by family: the overview, and the small charts.

use super::columns::{Columns, Placement};
use super::svg::{Svg, number, share};
use crate::config::Family;
use crate::timeline::{EventIx, Timeline};

/// A chart of columns and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stacks {
    /// The shapes, for a `viewBox` of [`Stacks::view_box`]: one path for each family.
    pub shapes: String,
    /// Bars below the axis for events whose beginning is known less exactly than a column: rectangles with horizontal positions in per
    /// cent and vertical ones in pixels.
    pub spans: String,
    /// The height of `spans` in pixels; 0 if there are none.
    pub spans_height: usize,
    /// How many events the highest column has.
    pub highest: usize,
    /// How many events each column has.
    pub totals: Vec<usize>,
}

impl Stacks {
    /// The `viewBox`: a unit for a column and a unit for an event.
    #[must_use]
    pub(crate) fn view_box(&self) -> String {
        self.view_box_up_to(self.highest)
    }

    /// Returns the `viewBox` with room for `scale` events, so that several charts can have one scale.
    #[must_use]
    pub(crate) fn view_box_up_to(&self, scale: usize) -> String {
        let scale = scale.max(self.highest).max(1);
        let above = scale - self.highest.max(1);
        format!("0 {}{above} {} {scale}", if above > 0 { "-" } else { "" }, self.totals.len())
    }
}

/// The most rows of bars below the axis. Bars that find no free row overlap in the last one.
const ROWS: usize = 5;
/// The height of a row of bars in pixels.
const ROW: usize = 7;

/// Draws some events, in any order: as columns, and those whose beginning is known less exactly than a
/// column as bars.
#[must_use]
pub(crate) fn stacks(timeline: &Timeline, events: &[EventIx], columns: &Columns) -> Stacks {
    let (counts, vague) = placed(timeline, events, columns);
    let totals: Vec<usize> = counts.iter().map(total).collect();
    let highest = totals.iter().copied().max().unwrap_or(0);
    let (spans, spans_height) = spans(vague, columns);
    Stacks { shapes: shapes(&counts, highest), spans, spans_height, highest, totals }
}

/// Counts the events of the highest column that [`stacks`] would draw, without drawing.
#[must_use]
pub(crate) fn highest(timeline: &Timeline, events: &[EventIx], columns: &Columns) -> usize {
    placed(timeline, events, columns).0.iter().map(total).max().unwrap_or(0)
}

/// How many events of each family a column has.
type Counts = [usize; Family::ALL.len()];

fn total(column: &Counts) -> usize {
    column.iter().sum()
}

/// Places events: counts those of each column, and lists the first and the last column of those that are in none.
fn placed(timeline: &Timeline, events: &[EventIx], columns: &Columns) -> (Vec<Counts>, Vec<(usize, usize, Family)>) {
    let mut counts = vec![[0; Family::ALL.len()]; columns.count];
    let mut vague = Vec::new();
    for event in events {
        let family = timeline[timeline[*event].kind].family;
        match columns.place(&timeline[*event].date) {
            Placement::Column(column) => counts[column][family as usize] += 1,
            Placement::Somewhere(first, last) => vague.push((first, last, family)),
        }
    }
    (counts, vague)
}

/// One path per family: each column is a rectangle on top of those of the previous families.
fn shapes(counts: &[Counts], highest: usize) -> String {
    let mut svg = Svg::default();
    for (at_family, family) in Family::ALL.iter().enumerate() {
        if counts.iter().all(|column| column[at_family] == 0) {
            continue;
        }
        svg.write(format_args!("<path class=\"family-{}\" d=\"", family.name()));
        for (at, column) in counts.iter().enumerate() {
            let height = column[at_family];
            if height > 0 {
                let foot = highest - column[..at_family].iter().sum::<usize>();
                svg.write(format_args!("M{at}.1 {foot}h.8v-{height}h-.8z"));
            }
        }
        svg.raw("\"/>");
    }
    svg.finish()
}

/// Bars from the first to the last column in which an event may be. Equal ones are drawn once, because they would hide each
/// other.
fn spans(mut vague: Vec<(usize, usize, Family)>, columns: &Columns) -> (String, usize) {
    vague.sort_unstable();
    vague.dedup();
    let mut svg = Svg::default();
    let mut ends = [0_usize; ROWS];
    let mut rows = 0;
    for (first, last, family) in vague {
        let free = ends.iter().position(|end| *end <= first).unwrap_or(ROWS - 1);
        ends[free] = last + 1;
        rows = rows.max(free + 1);
        let percent = |part: usize| number(share(part, columns.count) * 100.0);
        let (x, width) = (percent(first), percent(last + 1 - first));
        let y = free * ROW + 2;
        svg.write(format_args!(
            "<rect class=\"vague family-{}\" x=\"{x}%\" y=\"{y}\" width=\"{width}%\" height=\"4\"/>",
            family.name()
        ));
    }
    (svg.finish(), if rows == 0 { 0 } else { rows * ROW + 2 })
}

#[cfg(test)]
mod tests {
    use super::{Columns, stacks};
    use crate::figures::fixture::timeline;
    use crate::timeline::EventIx;

    #[test]
    fn columns_are_above_the_axis_and_vague_dates_below_it() {
        let timeline = timeline(&["2011-03-15", "2011-03-16", "2012-01-01", "2012", "2012"]);
        let all: Vec<EventIx> = (0..5).map(EventIx).collect();
        let columns = Columns::of(&timeline).expect("there are events");
        let drawn = stacks(&timeline, &all, &columns);
        assert_eq!(drawn.view_box(), "0 0 24 2");
        assert_eq!(drawn.shapes, "<path class=\"family-talks\" d=\"M2.1 2h.8v-2h-.8zM12.1 2h.8v-1h-.8z\"/>");
        assert_eq!(
            drawn.spans, "<rect class=\"vague family-talks\" x=\"50%\" y=\"2\" width=\"50%\" height=\"4\"/>",
            "two events of some day of 2012 are one bar"
        );
    }

    #[test]
    fn no_chart_grows_with_the_number_of_events() {
        let dates: Vec<String> = (0..3000).map(|n| format!("{}-{:02}-11", 2000 + n % 30, 1 + n % 12)).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let timeline = timeline(&dates);
        let all: Vec<EventIx> = (0..dates.len()).map(EventIx).collect();
        let drawn = stacks(&timeline, &all, &Columns::of(&timeline).expect("there are events"));
        assert!(drawn.shapes.len() < 20_000, "{} bytes", drawn.shapes.len());
    }
}
