//! The page of all votes.

use tera::Value;

use super::head::Head;
use super::vote;
use super::writer::PageWriter;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::timeline::EventIx;

impl<'a> PageWriter<'a> {
    /// Every vote, in the order of the timeline.
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
        context.insert("intro", intro.as_str());
        context.insert("count_words", self.locale().count("votes-count", rows.len()));
        context.insert("votes", rows);
        self.write("votes.html", context)
    }
}
