//! Structured data in JSON-LD, with the terms of schema.org.

use serde_json::{Value as Json, json};

use super::Format;
use super::dataset::Dataset;
use super::record::{self, without_nulls};
use crate::config::{Author, Config, licence_url};
use crate::content::ActorKind;
use crate::id::SitePath;
use crate::timeline::{Actor, CitedSource, Entry, Event, Place, Timeline};

/// The vocabulary of all terms.
const CONTEXT: &str = "https://schema.org";

/// An event's page as an `Article` about a span of time. Dates are plain ISO 8601, because schema.org has no EDTF.
#[must_use]
pub fn article(event: &Event, timeline: &Timeline) -> Json {
    let config = &timeline.config;
    let actors = event.actors.iter().map(|ix| actor(&timeline[*ix]));
    let places = event.places.iter().map(|ix| place(&timeline[*ix]));
    let mut article = json!({
        "@context": CONTEXT,
        "@type": "Article",
        "headline": event.entry.title,
        "inLanguage": &*config.language,
        "isPartOf": { "@type": "WebSite", "name": config.title },
        "about": actors.chain(places).collect::<Vec<_>>(),
        "citation": event.sources.iter().map(citation).collect::<Vec<_>>(),
    });
    let mut set = |name: &str, value: Option<Json>| {
        if let Some(value) = value {
            article[name] = value;
        }
    };
    set("description", event.entry.summary.clone().map(Json::from));
    set("temporalCoverage", event.date.iso_interval().map(Json::from));
    set("license", config.licence.as_deref().map(|spdx| licence_url(spdx).unwrap_or_else(|| spdx.to_owned()).into()));
    set("datePublished", event.entry.history.created().map(|moment| moment.day().to_string().into()));
    set("dateModified", event.updated().map(|day| day.to_string().into()));
    set("url", config.base_url.as_ref().map(|base| event.entry.path().canonical(base).into()));
    set("sameAs", event.entry.wikidata.as_deref().map(wikidata));
    set("publisher", config.publication.publisher.as_deref().map(organisation));
    let authors: Vec<Json> = config.publication.authors.iter().map(author).collect();
    set("author", Some(authors).filter(|authors| !authors.is_empty()).map(Json::from));
    article
}

/// An actor with its type: a person, a country, or an organisation.
fn actor(actor: &Actor) -> Json {
    let kind = match actor.kind {
        Some(ActorKind::Person) => "Person",
        Some(ActorKind::State) => "Country",
        Some(ActorKind::Organisation | ActorKind::ArmedGroup | ActorKind::Coalition) => "Organization",
        None => "Thing",
    };
    named(kind, &actor.entry)
}

fn place(place: &Place) -> Json {
    let mut json = named("Place", &place.entry);
    if let Some(point) = place.point {
        json["geo"] = json!({ "@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon });
    }
    json
}

fn named(kind: &str, entry: &Entry) -> Json {
    let mut json = json!({ "@type": kind, "name": entry.title });
    if let Some(item) = &entry.wikidata {
        json["sameAs"] = wikidata(item);
    }
    json
}

/// The address of a Wikidata item as an entity.
fn wikidata(item: &str) -> Json {
    format!("http://www.wikidata.org/entity/{item}").into()
}

fn organisation(name: &str) -> Json {
    json!({ "@type": "Organization", "name": name })
}

fn author(author: &Author) -> Json {
    match author {
        Author::Person { family, given } => {
            json!({ "@type": "Person", "name": format!("{given} {family}"), "familyName": family, "givenName": given })
        }
        Author::Organisation(name) => organisation(name),
    }
}

/// The timeline as a `Dataset` with its files.
#[must_use]
pub fn dataset(dataset: &Dataset<'_>) -> Json {
    let config = dataset.config();
    let publication = &config.publication;
    let events = &dataset.timeline.events;
    let year =
        |event: Option<&Event>| event.map(|event| event.date.key().start.year).filter(|year| (0..=9999).contains(year));
    let (first, last) = (year(events.first()), year(events.last()));
    let coverage = first.zip(last).map(|(first, last)| format!("{first:04}/{last:04}"));
    let files = Format::ALL.into_iter().filter_map(|format| {
        Some(json!({
            "@type": "DataDownload",
            "name": format.path().as_str(),
            "encodingFormat": format.media_type(),
            "contentUrl": dataset.url(&format.path())?,
        }))
    });
    let creators: Vec<Json> = publication.creators(&config.title).iter().map(author).collect();
    without_nulls(json!({
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": config.title,
        "description": config.description,
        "inLanguage": &*config.language,
        "url": config.base_url,
        "license": config.licence.as_deref().map(|spdx| licence_url(spdx).unwrap_or_else(|| spdx.to_owned())),
        "version": publication.version,
        "identifier": publication.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")),
        "creator": creators,
        "publisher": organisation(dataset.publisher()),
        "dateModified": dataset.updated().map(|day| day.to_string()),
        "temporalCoverage": coverage,
        "isAccessibleForFree": true,
        "distribution": Some(files.collect::<Vec<_>>()).filter(|files| !files.is_empty()),
    }))
}

/// The timeline with all its events as one document.
pub(super) fn graph(data: &Dataset<'_>) -> Vec<u8> {
    let part = |mut json: Json| {
        if let Json::Object(members) = &mut json {
            members.remove("@context");
        }
        json
    };
    let mut out = format!("{{\"@context\":\"{CONTEXT}\",\"@graph\":[\n").into_bytes();
    record::write(&part(dataset(data)), &mut out);
    for event in &data.timeline.events {
        out.extend_from_slice(b",\n");
        record::write(&part(article(event, data.timeline)), &mut out);
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

fn citation(source: &CitedSource) -> Json {
    // A description is not the work's name.
    let title = if source.is_described { "description" } else { "name" };
    let mut work = json!({ "@type": "CreativeWork", title: source.title });
    if let Some(publisher) = &source.publisher {
        work["publisher"] = json!({ "@type": "Organization", "name": publisher });
    }
    if let Some(relay) = &source.relay {
        work["provider"] = json!({ "@type": "Organization", "name": relay });
    }
    if let Some(url) = &source.url {
        work["url"] = url.as_str().into();
    }
    if let Some(language) = &source.language {
        work["inLanguage"] = language.as_str().into();
    }
    let published = source.date.as_ref().filter(|date| !date.is_unknown());
    // An interval is not a date: only a single day, month or year is given.
    if let Some(date) = published.and_then(crate::date::EdtfDate::iso_interval).filter(|date| !date.contains('/')) {
        work["datePublished"] = date.into();
    }
    work
}

/// The way from the timeline to a page, which is the last of them. Addresses are absolute, as schema.org has them.
#[must_use]
pub fn breadcrumb(base: &str, trail: &[(&str, SitePath)], page: (&str, &SitePath)) -> Json {
    let above = trail.iter().map(|(name, path)| (*name, path));
    let items: Vec<Json> = above
        .chain([page])
        .enumerate()
        .map(|(number, (name, path))| {
            json!({ "@type": "ListItem", "position": number + 1, "name": name, "item": path.canonical(base) })
        })
        .collect();
    json!({ "@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items })
}

/// The home page as a `WebSite`.
#[must_use]
pub fn web_site(config: &Config) -> Json {
    let mut json = json!({
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": config.title,
        "inLanguage": &*config.language,
    });
    if let Some(description) = &config.description {
        json["description"] = description.as_str().into();
    }
    if let Some(base) = &config.base_url {
        json["url"] = base.as_str().into();
    }
    json
}
