//! The page of all votes.

use tera::Value;

use super::head::Head;
use super::vote;
use super::writer::PageWriter;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::timeline::{Event, EventIx, Outcome};

impl<'a> PageWriter<'a> {
    /// Returns the page of all votes, in the order of the timeline.
    pub(super) fn votes(&self) -> Draft<'a> {
        let title = self.word("votes");
        let intro = self.word("votes-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let events = self.timeline().events.iter().enumerate();
        let votes = events.filter_map(|(number, event)| Some((EventIx(number), event.vote.as_ref()?)));
        let rows: Vec<Value> = votes
            .map(|(ix, vote)| object! { "event": self.site.event(ix), "vote": vote::value(vote, self.site) })
            .collect();
        let outcomes = Outcome::ALL.into_iter().filter_map(|outcome| {
            let of_event = |event: &Event| event.vote.as_ref().is_some_and(|vote| vote.outcome == outcome);
            let count = self.timeline().events.iter().filter(|event| of_event(event)).count();
            let name = || self.word(&format!("vote-{}", outcome.name()));
            (count > 0).then(|| object! { "id": outcome.name(), "name": name(), "count": count })
        });
        context.insert("intro", intro.as_str());
        context.insert("outcomes", outcomes.collect::<Vec<_>>());
        context.insert("votes", rows);
        self.write("votes.html", context)
    }
}
