//! The front matter of actors.

use std::collections::BTreeMap;

use super::formed::WikidataId;
use super::id_ref::IdRef;
use super::records::Common;
use super::source::Unread;
use super::vote::Count;
use crate::date::EdtfDate;
use crate::diagnostic::{Code, Problems, Span};
use crate::fields::Line;
use crate::source_path::SourcePath;
use crate::syntax::{Spanned, choice, record};

choice! {
    /// What sort of actor somebody is.
    pub enum ActorKind("a kind of actor") {
        /// A human being.
        Person = "person",
        /// A state or its government.
        State = "state",
        /// An organisation, a body, a court.
        Organisation = "organisation",
        /// An armed group that is not a state's.
        ArmedGroup = "armed-group",
        /// A group of states or organisations that act together.
        Coalition = "coalition",
    }
}

record! {
    /// An office that an actor held.
    pub struct Role("a role") {
        /// The office.
        title: Line,
        /// When it began: EDTF.
        from: Option<EdtfDate>,
        /// When it ended: EDTF. Not before `from`.
        to: Option<Spanned<EdtfDate>>,
    }
}

record! {
    /// How many members a body had.
    pub struct Members("a number of members") {
        /// How many could vote.
        count: Spanned<Count>,
        /// From when on: EDTF. Without it: from the beginning.
        from: Option<EdtfDate>,
        ..unread: Unread,
    }
}

record! {
    /// A membership of an actor in another.
    pub struct Membership("a membership") {
        /// The other actor: its id.
        actor: Spanned<IdRef>,
        /// When it began: EDTF.
        from: Option<EdtfDate>,
        /// When it ended: EDTF. Not before `from`.
        to: Option<Spanned<EdtfDate>>,
    }
}

record! {
    /// What an actor became.
    pub struct Became("a successor") {
        /// The successor: an actor's id.
        actor: Spanned<IdRef>,
        /// When: EDTF.
        date: Option<EdtfDate>,
    }
}

record! {
    /// Somebody who acts.
    pub struct ActorMatter("an actor") {
        /// The name as readers know it.
        name: Line,
        /// Other names, spellings and scripts, by which it is found too.
        names: Vec<Spanned<Line>>,
        /// Its name in its own language.
        native_name: Option<Spanned<Line>>,
        /// What sort of actor it is.
        kind: Option<ActorKind>,
        /// The actors it belongs to: ids of actors.
        part_of: Vec<Spanned<IdRef>>,
        /// Its item in Wikidata, such as Q7747.
        wikidata: Option<WikidataId>,
        /// The offices it held.
        roles: Vec<Role>,
        /// How many members it had when, if it is a body that votes.
        members: Vec<Members>,
        /// The actors that it was a member of, and when.
        member_of: Vec<Membership>,
        /// The actors that succeeded it.
        became: Vec<Became>,
        ..common: Common,
    }
}

impl ActorMatter {
    /// Reports other names that are listed twice.
    pub(super) fn names_once(&self, file: &SourcePath) -> Problems {
        let mut problems = Problems::default();
        let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
        for name in self.names.iter().filter(|name| !name.value.is_empty()) {
            if let Some(first) = seen.insert(&name.value, &name.span) {
                problems
                    .report(
                        Code::DuplicateReference,
                        (file, name.span.clone()),
                        format!("`{}` is listed twice", name.value),
                    )
                    .help("remove one of the two")
                    .also_at((file, first.clone()), "first listed here");
            }
        }
        problems
    }
}
