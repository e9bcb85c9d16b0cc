//! The neighbours of an event, in a list and in time.

use super::index::EventIx;
use super::model::Timeline;
use crate::date::Shape;

impl Timeline {
    /// Returns the events before and after an event in a list that is in timeline order; both are `None` if the event is not
    /// in it.
    #[must_use]
    pub fn neighbours(list: &[EventIx], event: EventIx) -> (Option<EventIx>, Option<EventIx>) {
        // Lists of events are in timeline order, which is the order of the indices.
        let Ok(at) = list.binary_search(&event) else {
            return (None, None);
        };
        let before = at.checked_sub(1).map(|before| list[before]);
        (before, list.get(at + 1).copied())
    }

    /// Returns the other events that begin within three days of this one, at most the eight closest, in timeline order. Only
    /// dates of the [`Shape`] `Day` or `Days` count: if this event has another one, there are none.
    #[must_use]
    pub fn same_week(&self, event: EventIx) -> Vec<EventIx> {
        const DAYS: i64 = 3;
        const MOST: usize = 8;
        let start = |ix: EventIx| self[ix].date.key().start.number();
        let distance = |ix: EventIx| (start(ix) - start(event)).abs();
        let before = (0..event.0).rev().map(EventIx).take_while(|ix| distance(*ix) <= DAYS);
        let after = (event.0 + 1..self.events.len()).map(EventIx).take_while(|ix| distance(*ix) <= DAYS);
        let known = |ix: &EventIx| self[*ix].date.shape() <= Shape::Days;
        if !known(&event) {
            return Vec::new();
        }
        let mut near: Vec<_> = before.take(MOST * 4).chain(after.take(MOST * 4)).filter(known).collect();
        near.sort_by_key(|ix| (distance(*ix), *ix));
        near.truncate(MOST);
        near.sort_unstable();
        near
    }
}
