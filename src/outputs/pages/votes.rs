//! Votes: as a table on the page of their event, and all of them on one page.

use tera::Value;

use super::head::Head;
use super::writer::PageWriter;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::timeline::{ActorIx, EventIx, Vote};

impl<'a> PageWriter<'a> {
    /// Every vote, in the order of the timeline.
    pub(super) fn votes(&self) -> Draft<'a> {
        let title = self.word("votes");
        let intro = self.word("votes-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let events = self.timeline().events.iter().enumerate();
        let votes = events.filter_map(|(number, event)| Some((EventIx(number), event.vote.as_ref()?)));
        let rows: Vec<Value> =
            votes.map(|(ix, vote)| object! { "event": self.site.event(ix), "vote": self.vote(vote) }).collect();
        context.insert("intro", intro.as_str());
        context.insert("count_words", self.locale().count("votes-count", rows.len()));
        context.insert("votes", rows);
        self.write("votes.html", context)
    }

    /// A vote as templates get it.
    pub(super) fn vote(&self, vote: &Vote) -> Value {
        let actors = |list: &[ActorIx]| -> Vec<Value> { list.iter().map(|ix| self.site.values.actor(*ix)).collect() };
        object! {
            "body": self.site.values.actor(vote.body),
            "document": vote.document.as_deref(),
            "document_url": vote.document.as_deref().and_then(document_url),
            "yes": vote.yes,
            "no": vote.no,
            "abstained": vote.abstained,
            "absent": vote.absent,
            "against": actors(&vote.against),
            "abstaining": actors(&vote.abstaining),
            "not_voting": actors(&vote.not_voting),
            "outcome": vote.outcome.name(),
            "outcome_name": self.word(&format!("vote-{}", vote.outcome.name())),
        }
    }
}

/// The bodies of the UN whose documents have symbols: the General Assembly, the Security Council, the Economic and Social
/// Council, the Trusteeship Council and the Secretariat.
const ORGANS: [&str; 5] = ["A/", "S/", "E/", "T/", "ST/"];

/// Where a document of the UN can be read, by its symbol: `S/2017/962`, `A/RES/68/262`, `S/RES/2254(2015)`.
fn document_url(document: &str) -> Option<String> {
    let symbol = document.replace(' ', "");
    let is_of_symbol = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '(' | ')');
    let is_symbol = ORGANS.iter().any(|organ| symbol.starts_with(organ))
        && symbol.chars().all(is_of_symbol)
        && symbol.contains(|c: char| c.is_ascii_digit());
    is_symbol.then(|| format!("https://undocs.org/{symbol}"))
}

#[cfg(test)]
mod tests {
    use super::document_url;

    #[test]
    fn only_a_symbol_of_the_un_has_an_address_there() {
        for symbol in ["S/2017/962", "A/RES/68/262", "S/RES/2254(2015)", "A/HRC/S-17/2/Add.1"] {
            assert_eq!(document_url(symbol).as_deref(), Some(format!("https://undocs.org/{symbol}").as_str()));
        }
        assert_eq!(document_url("S/RES/2254 (2015)").as_deref(), Some("https://undocs.org/S/RES/2254(2015)"));
        for other in ["COM(2011) 1", "S/", "Draft resolution", "A/B testing 1 \u{2014} \"x\"", "P5/2011"] {
            assert_eq!(document_url(other), None, "{other}");
        }
    }
}
