//! The process chart: one lane per process, time from left to right.
//!
//! Each event is a mark that links to it. A lane with more marks than anyone could tell apart shows columns instead, and only
//! its landmarks as marks, so that the chart stays light whatever the number of events.

use super::columns::Columns;
use super::marks::{Labels, Pen, Strip};
use super::stacks::{Stacks, stacks};
use super::svg::{Svg, number};
use crate::content::Importance;
use crate::timeline::{EventIx, ProcessIx, Timeline};

/// The most marks on a chart.
const MOST_MARKS: usize = 1500;
/// The most marks in a lane.
const MOST_IN_LANE: usize = 250;

/// A process on the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The process.
    pub process: ProcessIx,
    /// Its events as marks; of a crowded lane only its landmarks.
    pub strip: Strip,
    /// How many events of a crowded lane began in each column.
    pub stacks: Option<Stacks>,
}

/// The lanes of all processes that have events, sorted by the first event.
#[must_use]
pub fn lanes(timeline: &Timeline, columns: &Columns, root: &str, words: Labels<'_>) -> Vec<Lane> {
    let pen = Pen { timeline, columns, root, words };
    let all: usize = timeline.processes.iter().map(|process| process.events.len()).sum();
    let lane = |(number, process): (usize, &crate::timeline::Process)| {
        let crowded = all > MOST_MARKS || process.events.len() > MOST_IN_LANE;
        let marked = |ix: &EventIx| !crowded || timeline[*ix].importance == Importance::Landmark;
        let events: Vec<EventIx> = process.events.iter().copied().filter(marked).take(MOST_IN_LANE).collect();
        Lane {
            process: ProcessIx(number),
            strip: pen.strip(&events),
            stacks: crowded.then(|| stacks(timeline, &process.events, columns)),
        }
    };
    let mut processes: Vec<_> =
        timeline.processes.iter().enumerate().filter(|(_, process)| !process.events.is_empty()).collect();
    processes.sort_by_key(|(_, process)| process.events.first().copied());
    processes.into_iter().map(lane).collect()
}

/// Lines across a lane at the ticks, as SVG in per cent, for a `g` that every lane uses.
#[must_use]
pub fn tick_lines(ticks: usize) -> String {
    let mut svg = Svg::default();
    for tick in 0..ticks {
        #[expect(clippy::cast_precision_loss, reason = "there are few ticks")]
        let x = number(tick as f64 * 100.0 / ticks as f64);
        svg.write(format_args!("<line x1=\"{x}%\" x2=\"{x}%\" y1=\"0\" y2=\"100%\"/>"));
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::{Columns, lanes};
    use crate::figures::fixture::timeline;

    fn drawn(events: usize) -> super::Lane {
        let dates: Vec<String> = (0..events).map(|n| format!("{}-{:02}-11", 2000 + n % 30, 1 + n % 12)).collect();
        let timeline = timeline(&dates.iter().map(String::as_str).collect::<Vec<_>>());
        let columns = Columns::of(&timeline).expect("there are events");
        lanes(&timeline, &columns, "", &|_| "An event".to_owned()).swap_remove(0)
    }

    #[test]
    fn every_event_of_a_lane_is_a_mark() {
        let lane = drawn(60);
        assert_eq!(lane.strip.marks.matches("<a ").count(), 60);
        assert_eq!(lane.stacks, None);
    }

    #[test]
    fn a_crowded_lane_stays_light() {
        let lane = drawn(4000);
        let stacks = lane.stacks.expect("a crowded lane has columns");
        assert!(lane.strip.marks.len() + stacks.shapes.len() < 60_000, "{}", lane.strip.marks.len());
    }
}
