//! The editorial gates: checks for what an editor may want to look at before publishing. Each reports at the level that
//! site.toml gives it.

use std::collections::BTreeSet;

use super::DocumentNo;
use super::references::Resolver;
use crate::config::{GateLevel, Gates};
use crate::content::{Document, EventMatter, Importance, Matter, Source, SourceKind, Vote};
use crate::diagnostic::{Code, Severity, Span};
use crate::id::Collection;

/// The most actors in a chain of `part_of` that are followed. The chain may be a cycle, which is reported elsewhere.
const MOST_ABOVE: usize = 16;

impl Resolver<'_, '_> {
    /// Reports what the gates find in an event that will be published. `accounts` are the actors who give its accounts.
    pub(super) fn gates(&mut self, document: &Document, accounts: &[Option<DocumentNo>], gates: &Gates) {
        let Matter::Event(event) = &*document.matter else { return };
        if !self.published || !document.readable || event.retracted.is_some() {
            return;
        }
        self.gates_of_sources(event, gates);
        self.gates_of_each_source(event, gates);
        if let Some(vote) = event.vote.as_ref().filter(|vote| rests_on_text_alone(vote, &event.sources)) {
            let help = "cite the record of the meeting or a report on it, which gives the tally";
            let message = "the vote has no source but the text that was voted on";
            self.gate(gates.vote_cited_to_text_alone, Code::VoteCitedToTextAlone, &vote.body.span, message, help);
        }
        let sides: Option<BTreeSet<DocumentNo>> =
            accounts.iter().map(|account| account.map(|actor| self.side(actor))).collect();
        if let Some(account) = event.accounts.first()
            && sides.is_some_and(|sides| sides.len() == 1)
        {
            let help = "add what another side says, with its source";
            let message = "all accounts are from one side";
            self.gate(gates.one_sided_accounts, Code::OneSidedAccounts, &account.by.span, message, help);
        }
        for span in &document.body.unsupported {
            let help = "cite a source with [^id], or link to the entry that has the sources";
            self.gate(gates.uncited_paragraph, Code::UncitedParagraph, span, "this paragraph cites nothing", help);
        }
    }

    /// Reports what the gates find in the sources of an event together: how many there are, of which kinds, and whether they
    /// are archived.
    fn gates_of_sources(&mut self, event: &EventMatter, gates: &Gates) {
        let place = event.sources.first().map_or(&event.kind.span, |source| &source.id.span);
        if event.sources.len() < 2 {
            let (message, help) = match event.sources.is_empty() {
                true => ("the event has no source", "cite at least two sources that are independent of each other"),
                false => ("the event rests on one source", "add a source that is independent of it"),
            };
            self.gate(gates.single_source, Code::SingleSource, place, message, help);
        }
        if !event.sources.iter().any(|source| source.kind.is_some_and(SourceKind::is_primary)) {
            let message = "no source of the event is a document or a statement";
            let help = if event.sources.iter().any(|source| source.kind.is_none()) {
                "give each source its `kind`: document, statement, press or dataset"
            } else {
                "cite the document itself, or what a party published about it"
            };
            self.gate(gates.no_primary_document, Code::NoPrimaryDocument, place, message, help);
        }
        let is_unarchived = |source: &&Source| source.url.is_some() && source.archive.is_none();
        let unarchived = event.sources.iter().filter(is_unarchived).count();
        if let Some(first) = event.sources.iter().find(is_unarchived)
            && event.importance == Importance::Landmark
        {
            let all = event.sources.len();
            let have = if unarchived == 1 { "has" } else { "have" };
            let message = format!("{unarchived} of the {all} sources of this landmark {have} no archived copy");
            let help = "add the address of a copy as `archive`";
            self.gate(gates.unarchived_landmark, Code::UnarchivedLandmark, &first.id.span, &message, help);
        }
    }

    fn gates_of_each_source(&mut self, event: &EventMatter, gates: &Gates) {
        for source in &event.sources {
            let (id, place) = (&source.id.value.0, &source.id.span);
            if source.title_is_description {
                let message = format!("the title of the source `{id}` is a description");
                let help = "write the title as published, and remove `title_is_description`";
                self.gate(gates.described_title, Code::DescribedTitle, place, &message, help);
            }
            if let Some(relay) = &source.relay {
                let message = format!("the source `{id}` was read at {}, which relays it", &**relay);
                let help = "cite it at its publisher, and remove `relay`";
                self.gate(gates.relayed_source, Code::RelayedSource, place, &message, help);
            }
        }
    }

    fn gate(&mut self, gate: Option<GateLevel>, code: Code, span: &Span, message: &str, help: &str) {
        let severity = match gate {
            None | Some(GateLevel::Off) => return,
            Some(GateLevel::Note) => Severity::Note,
            Some(GateLevel::Warn) => Severity::Warning,
            Some(GateLevel::Error) => Severity::Error,
        };
        self.report(code, span.clone(), message).at_level(severity).help(help);
    }

    /// Returns the side that an actor is on: the topmost actor that it is part of, going by the first `part_of` of each.
    fn side(&self, actor: DocumentNo) -> DocumentNo {
        let above = |actor: &DocumentNo| {
            let Matter::Actor(matter) = &*self.registry.document(*actor).matter else { return None };
            self.registry.find(Collection::Actors, &matter.part_of.first()?.value.0)
        };
        std::iter::successors(Some(actor), above).take(MOST_ABOVE).last().unwrap_or(actor)
    }
}

/// Returns whether every source is the text that was voted on, recognised by its symbol. A resolution does not say how it was
/// voted on.
fn rests_on_text_alone(vote: &Vote, sources: &[Source]) -> bool {
    let Some(symbol) = vote.document.as_deref().and_then(|document| symbols(document).next()) else { return false };
    let is_text = |source: &Source| {
        let may_be = source.kind.is_none_or(|kind| kind == SourceKind::Document);
        let url = source.url.as_deref().unwrap_or_default();
        may_be && (symbols(&source.title).any(|of| of == symbol) || url.ends_with(&format!("/{symbol}")))
    };
    !sources.is_empty() && sources.iter().all(is_text)
}

/// Finds the symbols of documents in a text: words with a slash and a digit, such as `S/RES/2118`.
fn symbols(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.')));
    let words = words.map(|word| word.trim_matches(['/', '-', '.']));
    words.filter(|word| word.contains('/') && word.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::symbols;

    #[test]
    fn a_symbol_is_a_whole_word_with_a_stroke_and_a_digit() {
        for (text, expected) in [
            ("Resolution 2118 (S/RES/2118)", vec!["S/RES/2118"]),
            ("S/RES/2118 (2013)", vec!["S/RES/2118"]),
            ("Draft resolution S/2017/970.", vec!["S/2017/970"]),
            ("Russia vetoes draft and/or text", vec![]),
        ] {
            assert_eq!(symbols(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
