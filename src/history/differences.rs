//! What differs between two published revisions, in the terms of today's timeline.

use super::facts::{Facts, SourceFact};
use super::names::Names;
use crate::content::{ActorKind, Precision};
use crate::date::EdtfDate;
use crate::fields::Confidence;
use crate::id::Collection;
use crate::timeline::{ChangedFact, Fact, FactValue, Part, Point};

/// The facts in the order in which pages show them. The point of a place and the sources of an event, which follow them, are
/// compared separately.
const FACTS: [Fact; 26] = [
    Fact::Title,
    Fact::Date,
    Fact::Kind,
    Fact::ActorKind,
    Fact::Actors,
    Fact::Places,
    Fact::Processes,
    Fact::Confidence,
    Fact::VoteBody,
    Fact::VoteDocument,
    Fact::VoteYes,
    Fact::VoteNo,
    Fact::VoteAbstained,
    Fact::VoteAbsent,
    Fact::VoteAgainst,
    Fact::VoteAbstaining,
    Fact::VoteNotVoting,
    Fact::VoteAdopted,
    Fact::Follows,
    Fact::Tags,
    Fact::Names,
    Fact::PartOf,
    Fact::Roles,
    Fact::Precision,
    Fact::Country,
    Fact::Within,
];

/// The parts that are compared by their keys, because pages only name them.
const PARTS: [Part; 5] = [Part::Summary, Part::Text, Part::Accounts, Part::Media, Part::Other];

/// What comparing two revisions of an entry depends on, besides the revisions.
pub(super) struct Comparison<'n> {
    pub names: &'n Names,
    /// The confidence of events that name none.
    pub default_confidence: Confidence,
    /// The coarsest precision that the place ever had.
    pub strictest: Precision,
}

impl Comparison<'_> {
    /// Returns the facts that differ, in the order in which pages show them.
    pub(super) fn facts(&self, from: &Facts, to: &Facts) -> Vec<ChangedFact> {
        let mut changed: Vec<ChangedFact> = FACTS.into_iter().filter_map(|fact| self.fact(fact, from, to)).collect();
        let point = |facts: &Facts| self.point(facts).map(FactValue::Point).into_iter().collect::<Vec<_>>();
        let of_place = ChangedFact { fact: Fact::Coordinates, from: point(from), to: point(to) };
        changed.extend(Some(of_place).filter(|fact| fact.from != fact.to));
        changed.extend(sources(&from.sources, &to.sources));
        changed
    }

    fn fact(&self, fact: Fact, from: &Facts, to: &Facts) -> Option<ChangedFact> {
        let values = |facts: &Facts| -> Vec<(String, FactValue)> {
            let given = facts.values.get(&fact).map_or(&[][..], Vec::as_slice);
            let valued: Vec<(String, FactValue)> =
                given.iter().filter_map(|text| Some((text.clone(), self.value(fact, text)?))).collect();
            match fact {
                Fact::Confidence if valued.is_empty() => {
                    let level = self.default_confidence;
                    vec![(level.name().to_owned(), FactValue::Confidence(level))]
                }
                _ => valued,
            }
        };
        let (from, to) = (values(from), values(to));
        // A document or kind that is gone is compared by its old id, everything else by what it is today.
        let is_in = |(id, value): &(String, FactValue), list: &[(String, FactValue)]| {
            list.iter().any(|(other, of)| match (of, value) {
                (FactValue::Gone, FactValue::Gone) => other == id,
                (FactValue::Text(of), FactValue::Text(value)) => reads_alike(of, value),
                _ => of == value,
            })
        };
        let only = |list: &[(String, FactValue)], other: &[(String, FactValue)]| -> Vec<FactValue> {
            list.iter().filter(|item| !is_in(item, other)).map(|(_, value)| value.clone()).collect()
        };
        let changed = ChangedFact { fact, from: only(&from, &to), to: only(&to, &from) };
        Some(changed).filter(|changed| !changed.from.is_empty() || !changed.to.is_empty())
    }

    fn value(&self, fact: Fact, text: &str) -> Option<FactValue> {
        let of = |collection| Some(self.names.document(collection, text));
        match fact {
            Fact::Title | Fact::Tags | Fact::Names | Fact::Roles | Fact::VoteDocument => {
                Some(FactValue::Text(text.to_owned()))
            }
            Fact::Date => EdtfDate::parse(text).ok().map(FactValue::Date),
            Fact::Kind => Some(self.names.kind(text)),
            Fact::ActorKind => {
                ActorKind::ALL.iter().find(|kind| kind.name() == text).copied().map(FactValue::ActorKind)
            }
            Fact::Actors | Fact::VoteBody | Fact::VoteAgainst | Fact::VoteAbstaining => of(Collection::Actors),
            Fact::VoteNotVoting | Fact::PartOf => of(Collection::Actors),
            Fact::Places | Fact::Within => of(Collection::Places),
            Fact::Processes => of(Collection::Processes),
            Fact::Follows => of(Collection::Events),
            Fact::Confidence => {
                Confidence::ALL.iter().find(|level| level.name() == text).copied().map(FactValue::Confidence)
            }
            Fact::VoteYes | Fact::VoteNo | Fact::VoteAbstained | Fact::VoteAbsent => {
                text.parse().ok().map(FactValue::Number)
            }
            Fact::VoteAdopted => Some(FactValue::Adopted(text == "true")),
            Fact::Precision => precision(text).map(FactValue::Precision),
            Fact::Country => Some(FactValue::Country(text.to_owned())),
            Fact::Coordinates | Fact::Sources => None,
        }
    }

    /// Returns the point of a place, rounded to the coarsest precision that the place ever had, so that no revision shows it
    /// more exactly than another allowed. `None` if there is no point, or none may be shown.
    fn point(&self, facts: &Facts) -> Option<Point> {
        let [lat, lon] = facts.values.get(&Fact::Coordinates)?.as_slice() else { return None };
        Point::shown(lat.parse().ok()?, lon.parse().ok()?, self.strictest)
    }

    /// Returns the parts that differ. A title, or a fact of a source, that differs only in typography counts here and not as a
    /// fact.
    pub(super) fn parts(from: &Facts, to: &Facts) -> Vec<Part> {
        let mut parts: Vec<Part> =
            PARTS.into_iter().filter(|part| from.parts.get(part) != to.parts.get(part)).collect();
        let details = |source: &SourceFact| {
            let before = from.sources.iter().find(|before| before.id == source.id);
            before
                .is_some_and(|before| before != source && (before.details != source.details || is_same(before, source)))
        };
        if to.sources.iter().any(details) {
            parts.push(Part::SourceDetails);
        }
        let title = |facts: &Facts| facts.values.get(&Fact::Title).and_then(|titles| titles.first()).cloned();
        let reset = title(from).zip(title(to)).is_some_and(|(from, to)| from != to && reads_alike(&from, &to));
        if reset && !parts.contains(&Part::Other) {
            parts.push(Part::Other);
        }
        parts.sort_unstable();
        parts
    }
}

/// Returns whether two texts are the same apart from typography: the forms of quotation marks, dashes and spaces.
fn reads_alike(one: &str, other: &str) -> bool {
    let plain = |letter: char| match letter {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‑' | '−' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        letter => letter,
    };
    one == other || one.chars().map(plain).eq(other.chars().map(plain))
}

/// Returns the precision with a name, as front matter writes it.
pub(super) fn precision(name: &str) -> Option<Precision> {
    Precision::ALL.iter().find(|precision| precision.name() == name).copied()
}

/// Returns whether two sources have the same title, publisher and date, apart from typography.
fn is_same(one: &SourceFact, other: &SourceFact) -> bool {
    let publishers = (one.publisher.as_deref(), other.publisher.as_deref());
    let same_publisher = match publishers {
        (Some(one), Some(other)) => reads_alike(one, other),
        (one, other) => one == other,
    };
    same_publisher && one.date == other.date && reads_alike(&one.title, &other.title)
}

/// Returns the sources that were removed and those that were added. One whose title, publisher or date changed is both.
fn sources(from: &[SourceFact], to: &[SourceFact]) -> Option<ChangedFact> {
    let only = |list: &[SourceFact], other: &[SourceFact]| -> Vec<FactValue> {
        list.iter().filter(|source| !other.iter().any(|of| is_same(source, of))).map(value).collect()
    };
    let changed = ChangedFact { fact: Fact::Sources, from: only(from, to), to: only(to, from) };
    Some(changed).filter(|changed| !changed.from.is_empty() || !changed.to.is_empty())
}

fn value(source: &SourceFact) -> FactValue {
    let date = source.date.as_deref().and_then(|date| EdtfDate::parse(date).ok());
    FactValue::Source(source.title.clone(), source.publisher.clone(), date.filter(|date| !date.is_unknown()))
}
