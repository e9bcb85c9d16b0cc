//! The process chart: one lane per process, time from left to right.
//!
//! Each event is a mark that links to it. The chart opens: the style sheet widens the lanes, and marks that needed several rows
//! move to fewer. A lane with more marks than anyone could tell apart shows columns instead, and only its landmarks as marks,
//! if these are few enough, so that the chart stays light whatever the number of events.

use super::columns::Columns;
use super::marks::{Labels, Pen, ZOOMS, ZoomedStrip};
use super::stacks::{Stacks, stacks};
use super::svg::{Svg, number};
use crate::content::Importance;
use crate::timeline::{EventIx, ProcessIx, Timeline};

/// If the processes have more events than this in all, every lane shows columns.
const MOST_MARKS: usize = 1500;
/// A lane with more events than this shows columns. If it has more landmarks than this, too, it has no marks beside them.
const MOST_IN_LANE: usize = 250;
/// The width of a lane in pixels when the chart is not opened, on a wide screen.
const WHOLE: f64 = 900.0;
/// The width of a tick in pixels at the next two zooms, as in `styles/lanes.css`.
const OPENED: [f64; 2] = [224.0, 768.0];

/// A process on the chart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lane {
    /// The process.
    pub process: ProcessIx,
    /// Its events as marks; of a crowded lane only its landmarks, or nothing if these are too many.
    pub strip: ZoomedStrip,
    /// How many events of a crowded lane began in each column; `None` if the lane is not crowded.
    pub stacks: Option<Stacks>,
}

/// Returns the lanes of all processes that have events, sorted by their first event. `root` is the relative path from the
/// page to the site's root; `words` makes the title of each mark.
#[must_use]
pub(crate) fn lanes(timeline: &Timeline, columns: &Columns, root: &str, words: Labels<'_>) -> Vec<Lane> {
    let pen = Pen { timeline, columns, root, words };
    #[expect(clippy::cast_precision_loss, reason = "there are few ticks")]
    let ticks = columns.ticks().count() as f64;
    let widths: [f64; ZOOMS] = [WHOLE, OPENED[0] * ticks, OPENED[1] * ticks];
    let all: usize = timeline.processes.iter().map(|process| process.events.len()).sum();
    let lane = |(number, process): (usize, &crate::timeline::Process)| {
        let crowded = all > MOST_MARKS || process.events.len() > MOST_IN_LANE;
        let marked = |ix: &EventIx| !crowded || timeline[*ix].importance == Importance::Landmark;
        let mut events: Vec<EventIx> = process.events.iter().copied().filter(marked).collect();
        if crowded && events.len() > MOST_IN_LANE {
            // The columns have them; the first few would look as if they were all.
            events.clear();
        }
        Lane {
            process: ProcessIx(number),
            strip: pen.zoomed(&events, widths),
            stacks: crowded.then(|| stacks(timeline, &process.events, columns)),
        }
    };
    let mut processes: Vec<_> =
        timeline.processes.iter().enumerate().filter(|(_, process)| !process.events.is_empty()).collect();
    processes.sort_by_key(|(_, process)| process.events.first().copied());
    processes.into_iter().map(lane).collect()
}

/// Draws the processes with the most events, at most `most`, as thin lines in the order of [`lanes`]. Each is the content of
/// an `svg` element with a `viewBox` 1000 wide and 2 high.
#[must_use]
pub(crate) fn strips(timeline: &Timeline, columns: &Columns, most: usize) -> Vec<(ProcessIx, String)> {
    let pen = Pen { timeline, columns, root: "", words: &|_| String::new() };
    let mut busiest: Vec<(ProcessIx, &[EventIx])> = timeline
        .processes
        .iter()
        .enumerate()
        .filter(|(_, process)| !process.events.is_empty())
        .map(|(number, process)| (ProcessIx(number), &process.events[..]))
        .collect();
    busiest.sort_by_key(|(_, events)| std::cmp::Reverse(events.len()));
    busiest.truncate(most);
    busiest.sort_by_key(|(_, events)| events.first().copied());
    busiest.into_iter().map(|(process, events)| (process, pen.line(events))).collect()
}

/// Draws lines across a lane at the ticks, in per cent, for a `g` that every lane refers to with `use`.
#[must_use]
pub(crate) fn tick_lines(ticks: usize) -> String {
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
    use super::{Columns, lanes, strips};
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
    fn marks_that_touch_need_fewer_rows_when_the_lane_opens() {
        let timeline = timeline(&["2011-03-01", "2011-03-11", "2011-03-21", "2026-01-01"]);
        let columns = Columns::of(&timeline).expect("there are events");
        let lane = lanes(&timeline, &columns, "", &|_| "An event".to_owned()).swap_remove(0);
        assert_eq!(lane.strip.classes, " a-2 b-2", "months have room for all in one row");
        assert!(lane.strip.marks.contains("family-talks a-2 b-2\""), "{}", lane.strip.marks);
        assert_eq!(lane.strip.marks.matches("tabindex=\"-1\"").count(), 3, "the first is a stop");
    }

    #[test]
    fn a_thin_line_stays_light_however_many_events_there_are() {
        let dates: Vec<String> = (0..4000).map(|n| format!("{}-{:02}-11", 2000 + n % 30, 1 + n % 12)).collect();
        let timeline = timeline(&dates.iter().map(String::as_str).collect::<Vec<_>>());
        let columns = Columns::of(&timeline).expect("there are events");
        let lines = strips(&timeline, &columns, 8);
        assert_eq!(lines.len(), 1);
        assert!((100..1500).contains(&lines[0].1.len()), "{}", lines[0].1.len());
    }

    #[test]
    fn a_thin_line_shows_every_event() {
        // 200 events in two months, and one far from them that every second event leaves out.
        let dates: Vec<String> = (0..200).map(|n| format!("2000-{:02}-11", 1 + n % 2)).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).chain(["2009-12-31"]).collect();
        for number in [dates.len(), dates.len() - 1] {
            let timeline = timeline(&dates[dates.len() - number..]);
            let columns = Columns::of(&timeline).expect("there are events");
            let lines = strips(&timeline, &columns, 8);
            assert_eq!(lines[0].1, "<path class=\"family-talks\" d=\"M3 1h0.1M11 1h0.1M1000 1h0.1\"/>", "{number}");
        }
    }

    #[test]
    fn a_crowded_lane_stays_light() {
        let lane = drawn(4000);
        let stacks = lane.stacks.expect("a crowded lane has columns");
        assert_eq!(lane.strip.marks, "", "all are landmarks, too many to show them all");
        assert_eq!(stacks.totals.iter().sum::<usize>(), 4000);
        assert!(stacks.shapes.len() < 60_000, "{}", stacks.shapes.len());
    }
}
