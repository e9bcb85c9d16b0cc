//! What a revision says, as far as its history is concerned: facts that pages show, and keys of the rest.
//!
//! Facts are texts, so that they can be kept from build to build. Nothing private is read: no comments, no `[private]`, no
//! `[extra]`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::content::{
    ActorMatter, Document, EventMatter, IdRef, Matter, PlaceMatter, ProcessMatter, Settings, Source, Vote,
};
use crate::date::{Day, EdtfDate};
use crate::diagnostic::Severity;
use crate::id::Collection;
use crate::key::{Key, Keyer};
use crate::source_path::{Folder, SourcePath};
use crate::syntax::Spanned;
use crate::timeline::{Fact, Part};

/// What a revision says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// Whether it is a draft.
    pub draft: bool,
    /// The day before which it is not published.
    pub embargo: Option<Day>,
    /// Whether the event is retracted.
    pub retracted: bool,
    /// The values of each fact as texts: ids, EDTF, digits, words of front matter. Coordinates are latitude and longitude. A
    /// fact without values is absent.
    pub values: BTreeMap<Fact, Vec<String>>,
    /// The sources, in the author's order.
    pub sources: Vec<SourceFact>,
    /// The day and the text of each correction.
    pub corrections: Vec<(Day, String)>,
    /// The keys of everything else that is published.
    pub parts: BTreeMap<Part, Key>,
}

/// A source, as far as its history is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SourceFact {
    pub id: String,
    pub title: String,
    pub publisher: Option<String>,
    pub date: Option<String>,
    /// The key of everything else that is published about it.
    pub details: Key,
}

impl Facts {
    /// Parses a revision. `name` is the name of its file. `None` if it is not UTF-8, cannot be parsed, or has an error that
    /// would stop a build.
    pub(super) fn of(collection: Collection, name: &str, bytes: &[u8], settings: &Settings) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let file: SourcePath = Folder::Content.file(&format!("{}/{name}", collection.folder()));
        let (document, problems) = Document::parse(collection, &file, text, settings);
        let is_wrong = problems.iter().any(|problem| problem.severity() == Severity::Error);
        (document.readable && !is_wrong).then(|| Self::of_document(&document))
    }

    fn of_document(document: &Document) -> Self {
        let mut facts = Self::default();
        let common = document.matter.common();
        facts.set(Fact::Title, [document.matter.title().to_string()]);
        let mut other = Keyer::default();
        other.maybe(document.matter.wikidata());
        match &*document.matter {
            Matter::Event(event) => facts.take_event(event, &mut other),
            Matter::Actor(actor) => facts.take_actor(actor, &mut other),
            Matter::Place(place) => facts.take_place(place),
            Matter::Process(process) => facts.take_process(process, &mut other),
            Matter::Page(page) => _ = other.text(&format!("{:?}", page.nav)),
        }
        let mut media = Keyer::default();
        for item in &common.media {
            let texts = [&item.caption, &item.credit, &item.licence];
            media.maybe(item.file.value.0.as_deref()).text(&item.alt);
            texts.into_iter().for_each(|text| _ = media.maybe(text.as_deref()));
        }
        let summary = Keyer::default().maybe(common.summary.as_deref()).finish();
        let parts = [(Part::Media, media.finish()), (Part::Other, other.finish()), (Part::Summary, summary)];
        facts.parts.extend(parts);
        facts.parts.insert(Part::Text, document.body.key());
        facts
    }

    /// Sets the values of a fact, unless there are none.
    fn set(&mut self, fact: Fact, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().collect();
        if !values.is_empty() {
            self.values.insert(fact, values);
        }
    }

    fn take_event(&mut self, event: &EventMatter, other: &mut Keyer) {
        self.draft = event.draft;
        self.embargo = event.embargo.map(|day| day.0);
        self.retracted = event.retracted.is_some();
        self.set(Fact::Date, [event.date.canonical()]);
        self.set(Fact::Kind, [event.kind.value.0.clone()]);
        self.set(Fact::Actors, ids(&event.actors));
        self.set(Fact::Places, ids(&event.places));
        self.set(Fact::Processes, ids(&event.processes));
        self.set(Fact::Follows, ids(&event.follows));
        self.set(Fact::Tags, event.tags.iter().map(ToString::to_string));
        self.set(Fact::Confidence, event.confidence.map(|level| level.name().to_owned()));
        if let Some(vote) = &event.vote {
            self.take_vote(vote);
        }
        self.sources = event.sources.iter().map(source).collect();
        self.corrections = event.corrections.iter().map(|item| (item.date.0, item.note.to_string())).collect();
        other.maybe(event.short_title.as_deref()).number(event.importance.number().into());
        let mut accounts = Keyer::default();
        for account in &event.accounts {
            accounts.text(&account.by.value.0).text(&account.says);
            accounts.maybe(account.source.as_ref().map(|id| id.value.0.as_str()));
            accounts.maybe(account.confidence.map(crate::fields::Confidence::name));
        }
        self.parts.insert(Part::Accounts, accounts.finish());
    }

    fn take_vote(&mut self, vote: &Vote) {
        let count = |count: Option<u32>| count.map(|count| count.to_string());
        let optional = |of: &Option<Spanned<crate::content::Count>>| count(of.as_ref().and_then(|of| of.value.0));
        self.set(Fact::VoteBody, [vote.body.value.0.clone()]);
        self.set(Fact::VoteDocument, vote.document.as_ref().map(ToString::to_string));
        self.set(Fact::VoteYes, count(vote.yes.value.0));
        self.set(Fact::VoteNo, count(vote.no.value.0));
        self.set(Fact::VoteAbstained, optional(&vote.abstained));
        self.set(Fact::VoteAbsent, optional(&vote.absent));
        self.set(Fact::VoteAgainst, ids(&vote.against));
        self.set(Fact::VoteAbstaining, ids(&vote.abstaining));
        self.set(Fact::VoteNotVoting, ids(&vote.not_voting));
        self.set(Fact::VoteAdopted, vote.adopted.value.0.map(|adopted| adopted.to_string()));
    }

    fn take_actor(&mut self, actor: &ActorMatter, other: &mut Keyer) {
        self.set(Fact::ActorKind, actor.kind.map(|kind| kind.name().to_owned()));
        self.set(Fact::Names, actor.names.iter().map(|name| name.value.to_string()));
        self.set(Fact::PartOf, ids(&actor.part_of));
        self.set(Fact::Roles, actor.roles.iter().map(|role| role.title.to_string()));
        other.maybe(actor.native_name.as_ref().map(|name| &*name.value));
        let mut add = |date: Option<&EdtfDate>| _ = other.maybe(date.map(EdtfDate::canonical).as_deref());
        for role in &actor.roles {
            add(role.from.as_ref());
            add(role.to.as_ref().map(|to| &to.value));
        }
        actor.members.iter().for_each(|members| add(members.from.as_ref()));
        for member in &actor.member_of {
            add(member.from.as_ref());
            add(member.to.as_ref().map(|to| &to.value));
        }
        actor.became.iter().for_each(|became| add(became.date.as_ref()));
        actor.member_of.iter().for_each(|member| _ = other.text(&member.actor.value.0));
        actor.became.iter().for_each(|became| _ = other.text(&became.actor.value.0));
        actor.members.iter().for_each(|members| _ = other.number(members.count.value.0.unwrap_or(0).into()));
    }

    fn take_place(&mut self, place: &PlaceMatter) {
        if let Some((lat, lon)) = place.lat.as_ref().zip(place.lon.as_ref()) {
            self.set(Fact::Coordinates, [lat.value.to_string(), lon.value.to_string()]);
        }
        self.set(Fact::Precision, place.precision.map(|precision| precision.name().to_owned()));
        self.set(Fact::Country, place.country.as_ref().map(|code| code.0.clone()));
        self.set(Fact::Within, place.within.iter().map(|id| id.value.0.clone()));
    }

    fn take_process(&mut self, process: &ProcessMatter, other: &mut Keyer) {
        self.set(Fact::Date, process.date.as_ref().map(EdtfDate::canonical));
        other.maybe(process.colour.as_deref());
    }
}

fn ids(ids: &[Spanned<IdRef>]) -> impl Iterator<Item = String> {
    ids.iter().map(|id| id.value.0.clone())
}

fn source(source: &Source) -> SourceFact {
    SourceFact {
        id: source.id.value.0.clone(),
        title: source.title.to_string(),
        publisher: source.publisher.as_ref().map(ToString::to_string),
        date: source.date.as_ref().map(EdtfDate::canonical),
        details: details(source),
    }
}

/// Returns the key of what is published about a source besides its title, publisher and date.
fn details(source: &Source) -> Key {
    let mut keyer = Keyer::default();
    keyer.number(u64::from(source.title_is_description));
    let texts = [
        source.kind.map(|kind| kind.name().to_owned()),
        source.relay.as_ref().map(ToString::to_string),
        source.url.as_ref().map(|url| url.to_string()),
        source.accessed.as_ref().map(|day| day.value.0.to_string()),
        source.archive.as_ref().map(|url| url.value.to_string()),
        source.archive_sha256.as_ref().map(|hash| hash.0.clone()),
        source.language.as_ref().map(|tag| tag.to_string()),
    ];
    texts.iter().for_each(|text| _ = keyer.maybe(text.as_deref()));
    keyer.finish()
}
