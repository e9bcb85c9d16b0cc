//! The editorial gates: what is not wrong, but what an editor may not want to publish as it is.

use std::collections::BTreeSet;

use super::DocumentNo;
use super::references::{References, Resolver};
use crate::config::{GateLevel, Gates};
use crate::content::{Document, EventMatter, Importance, Matter, Source};
use crate::diagnostic::{Code, Span};
use crate::id::Collection;

/// How far up an actor is looked for whom it is part of. A cycle ends there too; it is reported elsewhere.
const HIGHEST: usize = 16;

impl Resolver<'_, '_> {
    /// Reports what the gates find in an event that is published and that could be read completely.
    pub fn gates(&mut self, gates: &Gates, event: &EventMatter, document: &Document, found: &References) {
        if !self.published || !document.readable || event.retracted.is_some() {
            return;
        }
        self.gates_of_sources(gates, event);
        for span in &document.body.uncited {
            self.gate(gates.uncited_paragraph, Code::UncitedParagraph, Some(span), || {
                let help = "cite the source of each claim, or leave out what has none";
                ("the paragraph cites no source".to_owned(), help.to_owned())
            });
        }
        if event.importance == Importance::Landmark {
            self.unarchived(gates.unarchived_landmark, event);
        }
        let sides: BTreeSet<DocumentNo> = found.accounts.iter().flatten().map(|by| self.side(*by)).collect();
        if let (Some(account), 1) = (event.accounts.first(), sides.len()) {
            self.gate(gates.one_sided_accounts, Code::OneSidedAccounts, Some(&account.by.span), || {
                let help = "add the account of the other side, or say in the text that it gave none";
                ("all accounts are of one side".to_owned(), help.to_owned())
            });
        }
        if let Some(vote) = &event.vote
            && let Some(symbol) = &vote.document
            && !event.sources.is_empty()
            && event.sources.iter().all(|source| is_text(source, symbol))
        {
            self.gate(gates.vote_cited_to_text_alone, Code::VoteCitedToTextAlone, Some(&vote.yes.span), || {
                let help = "cite the record of the meeting, or a report that gives the votes";
                (format!("the vote rests on the text of {symbol} alone, which does not say who voted how"), help.to_owned())
            });
        }
    }

    fn gates_of_sources(&mut self, gates: &Gates, event: &EventMatter) {
        let first = event.sources.first().map(|source| &source.id.span);
        if event.sources.len() < 2 {
            self.gate(gates.single_source, Code::SingleSource, first, || {
                let message = if first.is_some() { "the event rests on one source" } else { "the event has no source" };
                (message.to_owned(), "add a source that is independent of it".to_owned())
            });
        }
        let is_primary = |source: &Source| source.kind.is_some_and(crate::content::SourceKind::is_primary);
        if !event.sources.iter().any(is_primary) {
            self.gate(gates.no_primary_document, Code::NoPrimaryDocument, first, || {
                let help = "cite a document or a statement of those who acted, with kind = \"document\" or \"statement\"";
                ("no source of the event is a document or a statement of those who acted".to_owned(), help.to_owned())
            });
        }
        for source in &event.sources {
            let (id, place) = (source.id.value.0.as_str(), Some(&source.id.span));
            if source.title_is_description {
                self.gate(gates.described_title, Code::DescribedTitle, place, || {
                    let help = "give the title as published, and remove `title_is_description`";
                    (format!("the title of the source `{id}` is a description"), help.to_owned())
                });
            }
            if let Some(relay) = &source.relay {
                self.gate(gates.relayed_source, Code::RelayedSource, place, || {
                    let help = "cite it where its publisher has it, and remove `relay`";
                    (format!("the source `{id}` was read at {relay}, which relays it"), help.to_owned())
                });
            }
        }
    }

    /// Reports the sources of a landmark that have no archived copy, in one report.
    fn unarchived(&mut self, level: Option<GateLevel>, event: &EventMatter) {
        let bare: Vec<&Source> = event.sources.iter().filter(|source| source.archive.is_none()).collect();
        let Some(first) = bare.first() else { return };
        self.gate(level, Code::UnarchivedLandmark, Some(&first.id.span), || {
            let (count, all) = (bare.len(), event.sources.len());
            let ids: Vec<String> = bare.iter().map(|source| format!("`{}`", source.id.value.0)).collect();
            (
                format!("{count} of the {all} sources of this landmark have no archived copy"),
                format!("add `archive` to {}", ids.join(", ")),
            )
        });
    }

    /// Reports what a gate found at its level, if it is not off. `words` are the message and the help.
    fn gate(&mut self, level: Option<GateLevel>, code: Code, span: Option<&Span>, words: impl FnOnce() -> (String, String)) {
        let Some(severity) = level.and_then(GateLevel::severity) else { return };
        let (message, help) = words();
        let problem = match span {
            Some(span) => self.report(code, span.clone(), message),
            None => self.problems.report(code, &self.file, message),
        };
        problem.help(help).as_severe_as(severity);
    }

    /// The side that an actor is on: the largest actor that it is part of.
    fn side(&self, actor: DocumentNo) -> DocumentNo {
        let mut side = actor;
        for _ in 0..HIGHEST {
            let Matter::Actor(matter) = &*self.registry.document(side).matter else { break };
            let whole = matter.part_of.first().and_then(|id| self.registry.find(Collection::Actors, &id.value.0));
            let Some(whole) = whole else { break };
            side = whole;
        }
        side
    }
}

/// Whether a source is the text with a symbol: its address or its title has it.
fn is_text(source: &Source, symbol: &str) -> bool {
    let plain = |text: &str| text.replace(' ', "").to_lowercase();
    let symbol = plain(symbol);
    // `S/2017/96` is not in `S/2017/962`.
    let has = |text: &str| {
        let text = plain(text);
        text.match_indices(&symbol).any(|(at, _)| !text[at + symbol.len()..].starts_with(|c: char| c.is_ascii_digit()))
    };
    source.url.as_deref().is_some_and(has) || has(&source.title)
}
