//! How an entry changed, as templates get it.

use tera::Value;

use super::entry_links::Repository;
use super::writer::PageWriter;
use crate::outputs::values::{self, object};
use crate::timeline::{Change, ChangeSort, ChangedFact, Correction, DocumentIx, Entry, Fact, FactValue, Point};

/// The most changes that the page of an entry shows.
const CHANGES: usize = 50;
/// The most values of a fact that a change shows before and after.
const VALUES: usize = 8;

impl PageWriter<'_> {
    /// Returns the history of an entry, newest change first; `None` if none is known. `corrections` are those of its event.
    pub(super) fn history(&self, entry: &Entry, corrections: &[Correction]) -> Option<Value> {
        let (history, locale) = (&entry.history, self.locale());
        if history.changes.is_empty() {
            return None;
        }
        let left = history.changes.len().saturating_sub(CHANGES);
        let note = match (left, history.created()) {
            (0, Some(_)) => None,
            (0, None) => Some(self.word("history-begins")),
            _ => Some(locale.count("history-left", left)),
        };
        let changes = history.changes.iter().rev().take(CHANGES).map(|change| self.change(change, corrections));
        Some(object! {
            "changes": changes.collect::<Vec<_>>(),
            "note": note,
        })
    }

    /// Returns a change to an entry. `corrections` are those of its event.
    pub(super) fn change(&self, change: &Change, corrections: &[Correction]) -> Value {
        let parts: Vec<String> =
            change.parts.iter().map(|part| self.word(&format!("edited-{}", part.name()))).collect();
        let list = parts.join(&self.word("list-separator"));
        let notes = change.corrections.iter().filter_map(|number| corrections.get(*number));
        let day = change.moment.day();
        let edited = if change.sort == ChangeSort::Edited { "change-edits" } else { "change-also-edited" };
        object! {
            "sort": change.sort.name(),
            "sort_name": self.word(&format!("change-{}", change.sort.name())),
            "date": day.words(self.locale()),
            "time": self.locale().text("change-time", &[("time", change.moment.time().into())]),
            "datetime": change.moment.to_string(),
            "commit": change.commit.as_str(),
            "commit_url": self.commit_url(change),
            "corrections": notes.map(|correction| correction.note.as_str()).collect::<Vec<_>>(),
            "facts": change.facts.iter().map(|fact| self.fact(fact)).collect::<Vec<_>>(),
            "edited": (!parts.is_empty()).then(|| self.locale().text(edited, &[("list", list.into())])),
        }
    }

    /// Returns the address at which the repository's host shows a change; `None` if site.toml names no repository.
    fn commit_url(&self, change: &Change) -> Option<String> {
        Some(Repository::of(&self.timeline().config)?.commit(change.commit.as_str()))
    }

    fn fact(&self, changed: &ChangedFact) -> Value {
        let list =
            |values: &[FactValue]| values.iter().take(VALUES).map(|value| self.fact_value(value)).collect::<Vec<_>>();
        let more = |values: &[FactValue]| {
            let more = values.len().saturating_sub(VALUES);
            (more > 0).then(|| self.locale().count("changes-more", more))
        };
        object! {
            "id": changed.fact.name(),
            "name": self.word(&format!("fact-{}", changed.fact.name())),
            "is_list": is_list(changed.fact) || changed.from.is_empty() || changed.to.is_empty(),
            "from": list(&changed.from),
            "from_more": more(&changed.from),
            "to": list(&changed.to),
            "to_more": more(&changed.to),
        }
    }

    fn fact_value(&self, value: &FactValue) -> Value {
        let (locale, words) = (self.locale(), |key: &str| self.word(key));
        let (text, url) = match value {
            FactValue::Text(text) => (text.clone(), None),
            FactValue::Number(number) => (number.to_string(), None),
            FactValue::Date(date) => (values::words(date, locale), None),
            FactValue::Kind(kind) => {
                (self.site.values.kind_name(*kind).to_owned(), Some(self.timeline()[*kind].path().url()))
            }
            FactValue::ActorKind(kind) => (words(&format!("actor-kind-{}", kind.name())), None),
            FactValue::Confidence(level) => (words(&format!("confidence-{}", level.name())), None),
            FactValue::Document(document) => {
                let entry = self.timeline().entry(*document);
                (entry.title.clone(), Some(entry.path().url()))
            }
            FactValue::Gone => (words("value-gone"), None),
            FactValue::Adopted(adopted) => (words(if *adopted { "vote-adopted" } else { "vote-rejected" }), None),
            FactValue::Source(title, publisher, date) => {
                let date = date.as_ref().map(|date| values::words(date, locale));
                let parts: Vec<String> = [Some(title.clone()), publisher.clone(), date].into_iter().flatten().collect();
                (parts.join(&words("list-separator")), None)
            }
            FactValue::Point(Point { lat, lon }) => (format!("{lat}, {lon}"), None),
            FactValue::Precision(precision) => (words(&format!("place-precision-{}", precision.name())), None),
            FactValue::Country(code) => (locale.country(code).into_owned(), None),
        };
        object! {
            "text": text,
            "url": url.map(|url| Value::safe_string(&url)),
        }
    }

    /// Returns what a document is, in a word: "Actor". `None` for an event, which most are.
    pub(super) fn sort_of(&self, document: DocumentIx) -> Option<String> {
        let word = match document {
            DocumentIx::Event(_) => return None,
            DocumentIx::Actor(_) => "one-of-actors",
            DocumentIx::Place(_) => "one-of-places",
            DocumentIx::Process(_) => "one-of-processes",
            DocumentIx::Page(_) => "one-of-search-pages",
        };
        Some(self.word(word))
    }
}

/// Returns whether a fact may have many values, so that a change adds some and removes others.
const fn is_list(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::Actors
            | Fact::Places
            | Fact::Processes
            | Fact::VoteAgainst
            | Fact::VoteAbstaining
            | Fact::VoteNotVoting
            | Fact::Sources
            | Fact::Follows
            | Fact::Tags
            | Fact::Names
            | Fact::PartOf
            | Fact::Roles
    )
}
