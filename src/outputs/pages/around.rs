//! The events around an event: those that it is tied to and those of the same week, in one list that says what each is to it.

use std::collections::BTreeMap;

use tera::Value;

use super::items::Form;
use super::writer::PageWriter;
use crate::outputs::values::object;
use crate::timeline::{Event, EventIx, Timeline};

impl PageWriter<'_> {
    /// Returns the rows of the list, in the order of the timeline, the event's own among them; none if nothing is around
    /// it.
    pub(super) fn around(&self, event: &Event, ix: EventIx) -> Vec<Value> {
        let mut relations = self.relations(event, ix);
        if relations.is_empty() {
            return Vec::new();
        }
        relations.insert(ix, vec![self.word("around-here")]);
        let separator = self.word("facts-separator");
        let row = |(other, words): (EventIx, Vec<String>)| {
            object! {
                "item": self.slot(other, Form::Row),
                "words": words.join(&separator),
                "here": other == ix,
            }
        };
        relations.into_iter().map(row).collect()
    }

    /// Returns what other events are to this one, each in words, closest tie first.
    fn relations(&self, event: &Event, ix: EventIx) -> BTreeMap<EventIx, Vec<String>> {
        let timeline = self.timeline();
        let mut relations: BTreeMap<EventIx, Vec<String>> = BTreeMap::new();
        let mut relate = |events: &[EventIx], words: String| {
            for other in events {
                relations.entry(*other).or_default().push(words.clone());
            }
        };
        relate(&event.follows, self.word("around-follows"));
        relate(&event.followed_by, self.word("around-followed-by"));
        for process in &event.processes {
            let name = timeline[*process].entry.title.as_str();
            let within = |key: &str| self.locale().text(key, &[("process", name.into())]);
            let (before, after) = Timeline::neighbours(&timeline[*process].events, ix);
            relate(before.as_slice(), within("around-previous"));
            relate(after.as_slice(), within("around-next"));
        }
        relate(&timeline.same_week(ix), self.word("around-same-week"));
        relations
    }
}
