//! The scales of small charts. The charts of all actors share one, so that they can be compared, and so do those of all
//! places, processes and kinds.

use crate::figures::{self, Columns};
use crate::timeline::{EventIx, Timeline};

/// How many events the highest column of some charts has.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub(super) struct Scale {
    /// In the charts on their own pages.
    pub column: usize,
    /// In the charts of an index, whose columns are a tick long.
    pub tick: usize,
}

/// The scale of the charts of each collection.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scales {
    pub actors: Scale,
    pub places: Scale,
    pub processes: Scale,
    pub kinds: Scale,
}

impl Scales {
    pub(super) fn new(timeline: &Timeline, columns: &Columns) -> Self {
        let ticks = columns.by_tick();
        let of = |lists: &mut dyn Iterator<Item = &Vec<EventIx>>| {
            lists.fold(Scale::default(), |most, events| Scale {
                column: most.column.max(figures::highest(timeline, events, columns)),
                tick: most.tick.max(figures::highest(timeline, events, &ticks)),
            })
        };
        Self {
            actors: of(&mut timeline.actors.iter().map(|actor| &actor.events)),
            places: of(&mut timeline.places.iter().map(|place| &place.events)),
            processes: of(&mut timeline.processes.iter().map(|process| &process.events)),
            kinds: of(&mut timeline.kinds.iter().map(|kind| &kind.events)),
        }
    }
}
