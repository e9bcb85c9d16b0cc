//! The records of `events.json`, in the order of their keys. `schema.json` describes them.
//!
//! They borrow from the Timeline, so that ten thousand events need no second copy. A key without a value is left out.

use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::Value as Json;

use super::dataset::Dataset;
use super::records::{Member, Members, records};

use crate::content::SourceKind;
use crate::date::{Day, EdtfDate};
use crate::fields::Confidence;
use crate::timeline::{
    ActorIx, CitedSource, Correction, Entry, Event, EventIx, Media, PlaceIx, ProcessIx, Timeline, Vote,
};

records! {
    /// The members with which the record of every document begins.
    struct Address<'a> {
        id: &'a str,
        url: Option<String>,
        path: String,
    }

    /// The members with which the record of every document ends, except that of a retracted event.
    struct Common<'a> {
        wikidata: Option<&'a str>,
        aliases: Vec<&'a str>,
        media: Vec<MediaRecord<'a>>,
        text: Option<&'a str>,
    }

    /// A picture.
    struct MediaRecord<'a> {
        file: &'a str,
        alt: &'a str,
        caption: Option<&'a str>,
        credit: Option<&'a str>,
        licence: Option<&'a str>,
    }

    /// An event.
    struct EventRecord<'a> {
        address: Address<'a>,
        title: &'a str,
        short_title: Option<&'a str>,
        date: String,
        earliest: Option<String>,
        latest: Option<String>,
        kind: &'a str,
        summary: Option<&'a str>,
        actors: Vec<&'a str>,
        places: Vec<&'a str>,
        processes: Vec<&'a str>,
        tags: Vec<&'a str>,
        confidence: &'a str,
        importance: u32,
        follows: Vec<&'a str>,
        vote: Option<VoteRecord<'a>>,
        sources: Vec<SourceRecord<'a>>,
        accounts: Vec<AccountRecord<'a>>,
        corrections: Vec<CorrectionRecord<'a>>,
        created: Option<String>,
        updated: Option<String>,
        common: Common<'a>,
    }

    /// How a body voted.
    struct VoteRecord<'a> {
        body: &'a str,
        document: Option<&'a str>,
        yes: u32,
        no: u32,
        abstained: Option<u32>,
        absent: Option<u32>,
        against: Vec<&'a str>,
        abstaining: Vec<&'a str>,
        not_voting: Vec<&'a str>,
        adopted: bool,
    }

    /// A source of an event.
    struct SourceRecord<'a> {
        id: &'a str,
        title: &'a str,
        title_is_description: Option<bool>,
        kind: Option<&'a str>,
        publisher: Option<&'a str>,
        relay: Option<&'a str>,
        url: Option<&'a str>,
        date: Option<String>,
        accessed: Option<String>,
        archive: Option<&'a str>,
        archive_sha256: Option<&'a str>,
        language: Option<&'a str>,
    }

    /// What one party says.
    struct AccountRecord<'a> {
        by: &'a str,
        says: &'a str,
        source: Option<&'a str>,
        confidence: Option<&'a str>,
    }

    /// Something that was corrected.
    struct CorrectionRecord<'a> {
        date: String,
        note: &'a str,
    }

    /// A retracted event: no more than its page shows.
    struct RetractedRecord<'a> {
        address: Address<'a>,
        title: &'a str,
        reason: Option<&'a str>,
        aliases: Vec<&'a str>,
    }

    /// A kind of event.
    struct KindRecord<'a> {
        id: &'a str,
        name: &'a str,
        family: &'a str,
        summary: Option<&'a str>,
    }

    /// An actor.
    struct ActorRecord<'a> {
        address: Address<'a>,
        name: &'a str,
        kind: Option<&'a str>,
        names: Vec<&'a str>,
        native_name: Option<&'a str>,
        part_of: Vec<&'a str>,
        roles: Vec<RoleRecord<'a>>,
        members: Vec<MembersRecord>,
        member_of: Vec<TieRecord<'a>>,
        became: Vec<TieRecord<'a>>,
        summary: Option<&'a str>,
        common: Common<'a>,
    }

    /// An office of an actor.
    struct RoleRecord<'a> {
        title: &'a str,
        from: Option<String>,
        to: Option<String>,
    }

    /// How many members a body had.
    struct MembersRecord {
        count: u32,
        from: Option<String>,
    }

    /// A membership, with `from` and `to`, or a successor, with `date`.
    struct TieRecord<'a> {
        actor: &'a str,
        from: Option<String>,
        to: Option<String>,
        date: Option<String>,
    }

    /// A place.
    struct PlaceRecord<'a> {
        address: Address<'a>,
        name: &'a str,
        lat: Option<f64>,
        lon: Option<f64>,
        precision: Option<&'a str>,
        country: Option<&'a str>,
        within: Option<&'a str>,
        summary: Option<&'a str>,
        common: Common<'a>,
    }

    /// A text about the site.
    struct PageRecord<'a> {
        address: Address<'a>,
        title: &'a str,
        nav: Option<i64>,
        summary: Option<&'a str>,
        common: Common<'a>,
    }

    /// A process.
    struct ProcessRecord<'a> {
        address: Address<'a>,
        name: &'a str,
        date: Option<String>,
        colour: Option<&'a str>,
        summary: Option<&'a str>,
        common: Common<'a>,
    }
}

impl Member for Address<'_> {
    fn member<M: SerializeMap>(&self, _: &'static str, map: &mut M) -> Result<(), M::Error> {
        self.members(map)
    }
}

impl Member for Common<'_> {
    fn member<M: SerializeMap>(&self, _: &'static str, map: &mut M) -> Result<(), M::Error> {
        self.members(map)
    }
}

/// Returns the record of an event. `text` is its markdown, which is left out if it is `None` or empty.
pub(super) fn event<'a>(ix: EventIx, dataset: &Dataset<'a>, text: Option<&'a str>) -> EventRecord<'a> {
    let timeline = dataset.timeline;
    let event = &timeline[ix];
    let (days, updated) = ((event.date.earliest(), event.date.latest()), event.updated());
    EventRecord {
        address: address(&event.entry, dataset),
        title: &event.entry.title,
        short_title: event.short_title.as_deref(),
        date: event.date.canonical(),
        earliest: days.0.map(|day| day.to_string()),
        latest: days.1.map(|day| day.to_string()),
        kind: &timeline[event.kind].id,
        summary: event.entry.summary.as_deref(),
        actors: actors(&event.actors, timeline),
        places: event.places.iter().map(|ix| place_id(*ix, timeline)).collect(),
        processes: event.processes.iter().map(|ix| process_id(*ix, timeline)).collect(),
        tags: texts(&event.tags),
        confidence: event.confidence.name(),
        importance: event.importance.number().into(),
        follows: event.follows.iter().map(|ix| &*timeline[*ix].entry.id.id).collect(),
        vote: event.vote.as_deref().map(|vote| self::vote(vote, timeline)),
        sources: event.sources.iter().map(source).collect(),
        accounts: accounts(event, timeline),
        corrections: event.corrections.iter().map(correction).collect(),
        created: event.entry.history.created().map(|moment| moment.day().to_string()),
        updated: updated.map(|day: Day| day.to_string()),
        common: common(&event.entry, text),
    }
}

pub(super) fn address<'a>(entry: &'a Entry, dataset: &Dataset<'_>) -> Address<'a> {
    let path = entry.path();
    Address { id: &entry.id.id, url: dataset.url(&path), path: path.as_str().to_owned() }
}

pub(super) fn common<'a>(entry: &'a Entry, text: Option<&'a str>) -> Common<'a> {
    Common {
        wikidata: entry.wikidata.as_deref(),
        aliases: aliases(entry),
        media: entry.media.iter().map(media).collect(),
        text: text.filter(|text| !text.is_empty()),
    }
}

fn media(media: &Media) -> MediaRecord<'_> {
    MediaRecord {
        file: &media.file,
        alt: &media.alt,
        caption: media.caption.as_deref(),
        credit: media.credit.as_deref(),
        licence: media.licence.as_deref(),
    }
}

pub(super) fn actors<'a>(actors: &[ActorIx], timeline: &'a Timeline) -> Vec<&'a str> {
    actors.iter().map(|ix| actor_id(*ix, timeline)).collect()
}

pub(super) fn actor_id(ix: ActorIx, timeline: &Timeline) -> &str {
    &timeline[ix].entry.id.id
}

pub(super) fn place_id(ix: PlaceIx, timeline: &Timeline) -> &str {
    &timeline[ix].entry.id.id
}

pub(super) fn process_id(ix: ProcessIx, timeline: &Timeline) -> &str {
    &timeline[ix].entry.id.id
}

fn vote<'a>(vote: &'a Vote, timeline: &'a Timeline) -> VoteRecord<'a> {
    VoteRecord {
        body: actor_id(vote.body, timeline),
        document: vote.document.as_deref(),
        yes: vote.yes,
        no: vote.no,
        abstained: vote.abstained,
        absent: vote.absent,
        against: actors(&vote.against, timeline),
        abstaining: actors(&vote.abstaining, timeline),
        not_voting: actors(&vote.not_voting, timeline),
        adopted: vote.outcome.is_adopted(),
    }
}

fn source(source: &CitedSource) -> SourceRecord<'_> {
    SourceRecord {
        id: &source.id,
        title: &source.title,
        title_is_description: source.is_described.then_some(true),
        kind: source.kind.map(SourceKind::name),
        publisher: source.publisher.as_deref(),
        relay: source.relay.as_deref(),
        url: source.url.as_deref(),
        date: source.date.as_ref().map(EdtfDate::canonical),
        accessed: source.accessed.map(|day| day.to_string()),
        archive: source.archive.as_deref(),
        archive_sha256: source.archive_sha256.as_deref(),
        language: source.language.as_deref(),
    }
}

fn accounts<'a>(event: &'a Event, timeline: &'a Timeline) -> Vec<AccountRecord<'a>> {
    let accounts = event.accounts.iter().map(|account| AccountRecord {
        by: actor_id(account.by, timeline),
        says: &account.says,
        source: account.source.and_then(|number| event.sources.get(number)).map(|source| source.id.as_str()),
        confidence: account.confidence.map(Confidence::name),
    });
    accounts.collect()
}

fn correction(correction: &Correction) -> CorrectionRecord<'_> {
    CorrectionRecord { date: correction.date.to_string(), note: &correction.note }
}

/// Writes a value as JSON.
pub(super) fn write<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    // Writing to memory cannot fail, and all keys are texts.
    let _ = serde_json::to_writer(out, value);
}

pub(super) fn edtf(date: Option<&EdtfDate>) -> Option<String> {
    date.map(EdtfDate::canonical)
}

pub(super) fn text(entry: &Entry, has_texts: bool) -> Option<&str> {
    has_texts.then_some(&*entry.text.markdown)
}

pub(super) fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

pub(super) fn aliases(entry: &Entry) -> Vec<&str> {
    entry.aliases.iter().map(|alias| alias.value.as_str()).collect()
}

/// Removes an object's members that are null. Objects inside it are not searched.
pub(super) fn without_nulls(mut object: Json) -> Json {
    if let Json::Object(members) = &mut object {
        members.retain(|_, value| !value.is_null());
    }
    object
}
