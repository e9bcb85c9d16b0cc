//! Who met whom, and how often: half of a matrix, because a meeting has no direction.
//!
//! Names are on the diagonal, so that one name serves for a row and a column. Each cell links to the meetings of its pair, on
//! the page of one of the two.

use std::collections::BTreeSet;

use super::svg::Svg;
use crate::markup::escaped;
use crate::timeline::{ActorIx, Timeline};

/// The most actors in the matrix: those with the most meetings.
pub const MOST: usize = 24;
/// The side of a cell in pixels.
const CELL: usize = 26;
/// Room for the names at the end of the diagonal.
const NAMES: usize = 230;

/// Two actors who met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The one that comes first by name.
    pub one: ActorIx,
    /// The other actor.
    pub other: ActorIx,
    /// How often they met.
    pub count: usize,
}

/// All pairs who met, most often first, then by name.
#[must_use]
pub fn meetings(timeline: &Timeline) -> Vec<Meeting> {
    let pairs = timeline.actors.iter().enumerate().flat_map(|(index, actor)| {
        let one = ActorIx(index);
        let of_one = actor.meets.iter().filter(move |meetings| one < meetings.with);
        of_one.map(move |meetings| Meeting { one, other: meetings.with, count: meetings.events.len() })
    });
    let mut pairs: Vec<Meeting> = pairs.collect();
    pairs.sort_by(|a, b| b.count.cmp(&a.count).then(a.one.cmp(&b.one)).then(a.other.cmp(&b.other)));
    pairs
}

/// The actors of the matrix: those who met others most often, in the order in which they are drawn.
fn rows(timeline: &Timeline) -> Vec<ActorIx> {
    let met = |actor: &ActorIx| timeline[*actor].meets.iter().map(|meetings| meetings.events.len()).sum::<usize>();
    let mut actors: Vec<ActorIx> = (0..timeline.actors.len()).map(ActorIx).filter(|actor| met(actor) > 0).collect();
    actors.sort_by_key(|actor| (std::cmp::Reverse(met(actor)), *actor));
    actors.truncate(MOST);
    actors
}

/// The pairs to which the matrix links. The first of each is the actor whose page lists the meetings.
#[must_use]
pub fn pairs(timeline: &Timeline) -> BTreeSet<(ActorIx, ActorIx)> {
    let rows = rows(timeline);
    let below = |(at, row): (usize, &ActorIx)| rows[..at].iter().map(|column| (*row, *column)).collect::<Vec<_>>();
    rows.iter().enumerate().flat_map(below).collect()
}

/// The matrix as SVG with its own size; empty if fewer than three actors met. `words` says how often a pair met; `url` is the
/// address of a pair's meetings, relative to the page.
#[must_use]
pub fn matrix(
    timeline: &Timeline,
    words: &dyn Fn(&Meeting) -> String,
    url: &dyn Fn(ActorIx, ActorIx) -> String,
) -> Option<String> {
    let rows = rows(timeline);
    if rows.len() < 3 {
        return None;
    }
    let highest = meetings(timeline).first()?.count;
    let size = rows.len() * CELL;
    let mut svg = Svg::default();
    svg.write(format_args!(
        "<svg class=\"matrix\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" aria-hidden=\"true\">",
        size + NAMES,
        size
    ));
    for (at, row) in rows.iter().enumerate() {
        let y = at * CELL;
        for (column_at, column) in rows[..at].iter().enumerate() {
            let met = timeline[*row].meets.iter().find(|meetings| meetings.with == *column);
            let count = met.map_or(0, |meetings| meetings.events.len());
            let x = column_at * CELL;
            if count == 0 {
                svg.write(format_args!(
                    "<rect class=\"never\" x=\"{}\" y=\"{}\" width=\"3\" height=\"3\"/>",
                    x + 11,
                    y + 11
                ));
                continue;
            }
            let meeting = Meeting { one: *row, other: *column, count };
            svg.write(format_args!("<a href=\"{}\" tabindex=\"-1\">", url(*row, *column)));
            svg.title(&words(&meeting));
            svg.write(format_args!(
                "<rect class=\"level-{}\" x=\"{}\" y=\"{}\" width=\"24\" height=\"24\"/><text class=\"on-{0}\" x=\"{}\" y=\"{}\">{count}</text></a>",
                level(count, highest),
                x + 1,
                y + 1,
                x + CELL / 2,
                y + 17
            ));
        }
        let name = &timeline[*row].entry.title;
        svg.write(format_args!(
            "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
            y + 6,
            y + 18,
            escaped(&shortened(name))
        ));
    }
    svg.raw("</svg>");
    Some(svg.finish())
}

/// One of five shades, chosen so that a count of one differs from none and the highest stands out.
fn level(count: usize, highest: usize) -> usize {
    1 + (count.saturating_sub(1) * 5 / highest.max(1)).min(4)
}

/// A name, shortened to fit the room there is.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 30;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{level, matrix, meetings};
    use crate::figures::fixture::timeline;

    #[test]
    fn a_pair_is_counted_once() {
        let timeline = timeline(&["2011-03-15", "2012-03-15"]);
        let met = meetings(&timeline);
        assert_eq!(met.len(), 1);
        assert_eq!(met[0].count, 2);
        assert_eq!(matrix(&timeline, &|_| String::new(), &|_, _| String::new()), None, "two actors need no matrix");
    }

    #[test]
    fn steps_go_from_the_palest_to_the_strongest() {
        assert_eq!([1, 5, 10].map(|count| level(count, 10)), [1, 3, 5]);
        assert_eq!(level(1, 1), 1);
    }
}
