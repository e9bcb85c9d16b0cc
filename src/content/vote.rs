//! The record of a vote in the front matter of an event, and what can be wrong with it whatever other documents say.

use std::collections::BTreeMap;

use serde_json::json;

use super::id_ref::IdRef;
use super::source::Unread;
use crate::diagnostic::{Code, Problems, Span};
use crate::fields::Line;
use crate::source_path::SourcePath;
use crate::syntax::{Decode, Decoder, Node, Schema, Spanned, Type, Value, object_schema, record};

/// A number of votes or members, 0 or more; `None` if it could not be read, which was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub Option<u32>);

impl Decode for Count {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Value::Integer { number, .. } = node.value else {
            decoder.wrong_type(node, Type::WholeNumber);
            return Self(None);
        };
        let count = u32::try_from(number).ok();
        if count.is_none() {
            let message = format!("{number} is not a number of votes or members");
            let help = match number.checked_neg().filter(|meant| (1..=i64::from(u32::MAX)).contains(meant)) {
                Some(meant) => format!("it is 0 or more; did you mean {meant}?"),
                None => format!("it is at most {}", u32::MAX),
            };
            decoder.report(Code::InvalidValue, node.span.clone(), message).help(help);
        }
        Self(count)
    }

    fn placeholder() -> Self {
        Self(None)
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "integer", "minimum": 0 }))
    }
}

/// Whether what was voted on was adopted; `None` if that could not be read, which was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adopted(pub Option<bool>);

impl Decode for Adopted {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        if let Value::Bool(adopted) = node.value {
            return Self(Some(adopted));
        }
        decoder.wrong_type(node, Type::Boolean);
        Self(None)
    }

    fn placeholder() -> Self {
        Self(None)
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "boolean" }))
    }
}

record! {
    /// How a body voted.
    pub struct Vote("a vote") {
        /// The body that voted: an actor's id.
        body: Spanned<IdRef>,
        /// What was voted on, by its symbol or name: S/2017/962.
        document: Option<Line>,
        /// How many voted in favour.
        yes: Spanned<Count>,
        /// How many voted against.
        no: Spanned<Count>,
        /// How many abstained.
        abstained: Option<Spanned<Count>>,
        /// How many were absent or did not vote.
        absent: Option<Spanned<Count>>,
        /// Who voted against: ids of actors.
        against: Vec<Spanned<IdRef>>,
        /// Who abstained: ids of actors.
        abstaining: Vec<Spanned<IdRef>>,
        /// Who was absent or did not vote: ids of actors.
        not_voting: Vec<Spanned<IdRef>>,
        /// Whether it was adopted. After a veto it was not, even if most voted in favour.
        adopted: Spanned<Adopted>,
        ..unread: Unread,
    }
}

/// A list of voters, and the count that it cannot exceed.
struct Voters<'v> {
    /// The key of the list: `against`.
    list: &'static str,
    names: &'v [Spanned<IdRef>],
    /// The key of the count: `no`.
    key: &'static str,
    /// The count; `None` if the vote lacks that key.
    number: Option<&'v Spanned<Count>>,
}

impl Vote {
    /// Returns how many members voted, abstained or were absent; `None` if one of the numbers could not be read. Without
    /// `abstained` or `absent`, that number is 0.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        let optional = |count: &Option<Spanned<Count>>| count.as_ref().map_or(Some(0), |count| count.value.0);
        let counts = [self.yes.value.0, self.no.value.0, optional(&self.abstained), optional(&self.absent)];
        counts.into_iter().map(|count| count.map(u64::from)).sum()
    }

    fn voters(&self) -> [Voters<'_>; 3] {
        let voters = |list, names, key, number| Voters { list, names, key, number };
        [
            voters("against", &self.against, "no", Some(&self.no)),
            voters("abstaining", &self.abstaining, "abstained", self.abstained.as_ref()),
            voters("not_voting", &self.not_voting, "absent", self.absent.as_ref()),
        ]
    }

    /// Reports what is wrong whatever other documents say: more names than votes, a voter with two votes, the body among
    /// its own voters, a proposal that cannot have been adopted.
    pub(super) fn check(&self, file: &SourcePath) -> Problems {
        let mut problems = Problems::default();
        for voters in self.voters() {
            self.count_names(&voters, file, &mut problems);
        }
        self.one_vote_each(file, &mut problems);
        if let (Some(true), Some(yes), Some(no)) = (self.adopted.value.0, self.yes.value.0, self.no.value.0)
            && (yes == 0 || no > yes)
        {
            let message = match yes {
                0 => "nobody voted in favour, so it cannot have been adopted".to_owned(),
                _ => format!("more voted against ({no}) than in favour ({yes}), so it cannot have been adopted"),
            };
            let help = "write adopted = false, or correct `yes` and `no`";
            problems.report(Code::ImpossibleVote, (file, self.adopted.span.clone()), message).help(help);
        }
        problems
    }

    /// Reports a list with more names than the count of those who voted that way, at the first name too many.
    fn count_names(&self, voters: &Voters<'_>, file: &SourcePath, problems: &mut Problems) {
        let Voters { list, key, .. } = voters;
        let mut distinct: Vec<&Spanned<IdRef>> = Vec::new();
        for name in voters.names.iter().filter(|name| !name.value.0.is_empty()) {
            // A name that is listed twice is reported as such.
            if !distinct.iter().any(|known| known.value == name.value) {
                distinct.push(name);
            }
        }
        let named = distinct.len();
        let number = match voters.number {
            Some(number) => number.value.0,
            None => (!self.unread.0).then_some(0),
        };
        let Some(number) = number else { return };
        let Some(first) = usize::try_from(number).ok().and_then(|number| distinct.get(number)) else { return };
        let actors = if named == 1 { "1 actor" } else { &format!("{named} actors") };
        let place = (file, first.span.clone());
        match voters.number {
            Some(count) => problems
                .report(Code::ImpossibleVote, place, format!("`{list}` names {actors}, but `{key}` is {number}"))
                .help(format!("write {key} = {named}, or remove from the list who did not vote that way"))
                .also_at((file, count.span.clone()), "the number is here"),
            None => problems
                .report(Code::ImpossibleVote, place, format!("`{list}` names {actors}, but the vote has no `{key}`"))
                .help(format!("add a line {key} = {named}")),
        };
    }

    /// Reports an actor that is in two lists, and the body itself in any of them.
    fn one_vote_each(&self, file: &SourcePath, problems: &mut Problems) {
        let mut seen: BTreeMap<&str, (&'static str, &Span)> = BTreeMap::new();
        for voters in self.voters() {
            let list = voters.list;
            for name in voters.names.iter().filter(|name| !name.value.0.is_empty()) {
                let id = name.value.0.as_str();
                let place = (file, name.span.clone());
                if name.value == self.body.value {
                    problems
                        .report(Code::ImpossibleVote, place, format!("`{id}` is the body that voted, not a voter"))
                        .help("name its members, or remove it from the list");
                    continue;
                }
                let (first, span) = seen.entry(id).or_insert((list, &name.span));
                // A list that names it twice is reported with the other lists of ids.
                if *first != list {
                    problems
                        .report(Code::ImpossibleVote, place, format!("`{id}` is in `{first}` and in `{list}`"))
                        .help("an actor has one vote: remove it from one of the two lists")
                        .also_at((file, span.clone()), "first listed here");
                }
            }
        }
    }
}
