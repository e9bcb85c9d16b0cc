//! All of `events.json` except its events: the members that describe the file, and lists of kinds, actors, places, processes,
//! pages and retracted events.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::dataset::Dataset;
use super::out::Out;
use super::record::{
    ActorRecord, KindRecord, MembersRecord, PageRecord, PlaceRecord, ProcessRecord, RetractedRecord, RoleRecord,
    TieRecord, actor_id, actors, address, aliases, common, edtf, place_id, text, texts,
};
use crate::config::Author;
use crate::content::{ActorKind, Precision};
use crate::timeline::{Actor, Event, KindIx, Page, Place, Process, Tie};

/// The version of the format. It changes when a key changes its meaning or is removed.
const VERSION: u32 = 1;

/// Writes the beginning of `events.json`, with each document on a line of its own. The caller adds the member `events` and
/// closes the object.
pub(super) fn write(dataset: &Dataset<'_>, has_texts: bool, out: &mut Out<'_>) {
    let timeline = dataset.timeline;
    out.bytes(b"{\n");
    for (name, value) in head(dataset) {
        member(name, &value, out);
    }
    list("kinds", (0..timeline.kinds.len()).map(|number| kind(KindIx(number), dataset)), out);
    list("actors", timeline.actors.iter().map(|item| actor(item, dataset, has_texts)), out);
    list("places", timeline.places.iter().map(|item| place(item, dataset, has_texts)), out);
    list("processes", timeline.processes.iter().map(|item| process(item, dataset, has_texts)), out);
    list("pages", timeline.pages.iter().map(|item| page(item, dataset, has_texts)), out);
    list("retracted", timeline.retracted.iter().map(|item| retracted(item, dataset)), out);
}

/// Writes a member of the object, with a comma after it; nothing if the value is null.
fn member(name: &str, value: &Json, out: &mut Out<'_>) {
    if !value.is_null() {
        out.record(name);
        out.bytes(b":");
        out.record(value);
        out.bytes(b",\n");
    }
}

fn list<T: Serialize>(name: &str, items: impl Iterator<Item = T>, out: &mut Out<'_>) {
    out.record(name);
    out.bytes(b":[");
    out.records(items);
    out.bytes(b"\n],\n");
}

fn head(dataset: &Dataset<'_>) -> Vec<(&'static str, Json)> {
    let config = dataset.config();
    let publication = &config.publication;
    let text = |text: &Option<String>| Json::from(text.as_deref());
    let authors: Vec<String> = publication.authors.iter().map(Author::name).collect();
    let authors = Some(authors).filter(|authors| !authors.is_empty());
    vec![
        ("$schema", json!("schema.json")),
        ("format", json!("annals")),
        ("version", json!(VERSION)),
        ("title", json!(config.title)),
        ("description", text(&config.description)),
        ("language", json!(&*config.language)),
        ("licence", text(&config.licence)),
        ("url", text(&config.base_url)),
        ("updated", json!(dataset.updated().map(|day| day.to_string()))),
        ("publisher", text(&publication.publisher)),
        ("authors", json!(authors)),
        ("edition", text(&publication.version)),
        ("doi", text(&publication.doi)),
    ]
}

fn kind<'a>(ix: KindIx, dataset: &Dataset<'a>) -> KindRecord<'a> {
    let kind = &dataset.timeline[ix];
    KindRecord {
        id: &kind.id,
        name: dataset.kind_name(ix),
        family: kind.family.name(),
        summary: kind.summary.as_deref(),
    }
}

fn actor<'a>(actor: &'a Actor, dataset: &Dataset<'a>, has_texts: bool) -> ActorRecord<'a> {
    let timeline = dataset.timeline;
    let roles = actor.roles.iter().map(|role| RoleRecord {
        title: &role.title,
        from: edtf(role.from.as_ref()),
        to: edtf(role.to.as_ref()),
    });
    let members = actor.seats.iter().map(|seats| MembersRecord { count: seats.count, from: edtf(seats.from.as_ref()) });
    let member_of = |tie: &'a Tie| TieRecord {
        actor: actor_id(tie.actor, timeline),
        from: edtf(tie.from.as_ref()),
        to: edtf(tie.to.as_ref()),
        date: None,
    };
    let became = |tie: &'a Tie| TieRecord {
        actor: actor_id(tie.actor, timeline),
        from: None,
        to: None,
        date: edtf(tie.from.as_ref()),
    };
    ActorRecord {
        address: address(&actor.entry, dataset),
        name: &actor.entry.title,
        kind: actor.kind.map(ActorKind::name),
        names: texts(&actor.names),
        native_name: actor.native_name.as_deref(),
        part_of: actors(&actor.part_of, timeline),
        roles: roles.collect(),
        members: members.collect(),
        member_of: actor.member_of.iter().map(member_of).collect(),
        became: actor.became.iter().map(became).collect(),
        summary: actor.entry.summary.as_deref(),
        common: common(&actor.entry, text(&actor.entry, has_texts)),
    }
}

fn place<'a>(place: &'a Place, dataset: &Dataset<'a>, has_texts: bool) -> PlaceRecord<'a> {
    PlaceRecord {
        address: address(&place.entry, dataset),
        name: &place.entry.title,
        lat: place.point.map(|point| point.lat),
        lon: place.point.map(|point| point.lon),
        precision: Some(place.precision).filter(|precision| *precision != Precision::Exact).map(Precision::name),
        country: place.country.as_deref(),
        within: place.within.map(|ix| place_id(ix, dataset.timeline)),
        summary: place.entry.summary.as_deref(),
        common: common(&place.entry, text(&place.entry, has_texts)),
    }
}

fn process<'a>(process: &'a Process, dataset: &Dataset<'a>, has_texts: bool) -> ProcessRecord<'a> {
    ProcessRecord {
        address: address(&process.entry, dataset),
        name: &process.entry.title,
        date: edtf(process.date.as_ref()),
        colour: process.colour.as_deref(),
        summary: process.entry.summary.as_deref(),
        common: common(&process.entry, text(&process.entry, has_texts)),
    }
}

fn retracted<'a>(event: &'a Event, dataset: &Dataset<'_>) -> RetractedRecord<'a> {
    RetractedRecord {
        address: address(&event.entry, dataset),
        title: &event.entry.title,
        reason: event.retracted.as_deref(),
        aliases: aliases(&event.entry),
    }
}

fn page<'a>(page: &'a Page, dataset: &Dataset<'a>, has_texts: bool) -> PageRecord<'a> {
    PageRecord {
        address: address(&page.entry, dataset),
        title: &page.entry.title,
        nav: page.nav,
        summary: page.entry.summary.as_deref(),
        common: common(&page.entry, text(&page.entry, has_texts)),
    }
}
