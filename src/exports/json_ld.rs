//! Structured data in JSON-LD, with the terms of schema.org.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Format;
use super::dataset::Dataset;
use super::out::Out;
use super::record::without_nulls;
use super::records::{Always, Member as _, Members, records};
use crate::config::{Author, Config, licence_url};
use crate::content::ActorKind;
use crate::date::EdtfDate;
use crate::id::SitePath;
use crate::timeline::{Actor, CitedSource, Entry, Event, Place, Point, Timeline};

/// The vocabulary of all terms.
const CONTEXT: &str = "https://schema.org";

records! {
    /// An event's page.
    struct Article<'a> {
        context as "@context": Option<&'static str>,
        kind as "@type": &'static str,
        url: Option<String>,
        headline: &'a str,
        description: Option<&'a str>,
        language as "inLanguage": &'a str,
        coverage as "temporalCoverage": Option<String>,
        same_as as "sameAs": Option<String>,
        published as "datePublished": Option<String>,
        modified as "dateModified": Option<String>,
        license: Option<String>,
        author: Vec<Json>,
        publisher: Option<Named<'a>>,
        part_of as "isPartOf": Option<Named<'a>>,
        about: Vec<Named<'a>>,
        citation: Vec<Work<'a>>,
    }

    /// A thing with a name.
    struct Named<'a> {
        kind as "@type": &'static str,
        name: &'a str,
        same_as as "sameAs": Option<String>,
        geo: Option<Coordinates>,
    }

    /// Where a place is, in degrees.
    struct Coordinates {
        kind as "@type": &'static str,
        latitude: Always<f64>,
        longitude: Always<f64>,
    }

    /// A work that an event cites. A title that is only a description is its `description`, not its `name`.
    struct Work<'a> {
        kind as "@type": &'static str,
        name: Option<&'a str>,
        description: Option<&'a str>,
        publisher: Option<Named<'a>>,
        provider: Option<Named<'a>>,
        url: Option<&'a str>,
        language as "inLanguage": Option<&'a str>,
        published as "datePublished": Option<String>,
    }

    /// A `BreadcrumbList`: the pages above a page, and the page itself.
    struct Breadcrumb<'a> {
        context as "@context": &'static str,
        kind as "@type": &'static str,
        items as "itemListElement": Vec<Step<'a>>,
    }

    /// A `ListItem` of a breadcrumb, whose `position` counts from 1.
    struct Step<'a> {
        kind as "@type": &'static str,
        position: Always<usize>,
        name: &'a str,
        item: String,
    }
}

/// Returns an event's page as an `Article` about a span of time. Dates are plain ISO 8601-1, because schema.org has no EDTF.
#[must_use]
pub(crate) fn article(event: &Event, timeline: &Timeline) -> String {
    text(&article_of(event, timeline, Some(CONTEXT)))
}

fn article_of<'a>(event: &'a Event, timeline: &'a Timeline, context: Option<&'static str>) -> Article<'a> {
    let config = &timeline.config;
    let actors = event.actors.iter().map(|ix| actor(&timeline[*ix]));
    let places = event.places.iter().map(|ix| place(&timeline[*ix]));
    Article {
        context,
        kind: "Article",
        url: config.base_url.as_ref().map(|base| event.entry.path().canonical(base)),
        headline: &event.entry.title,
        description: event.entry.summary.as_deref(),
        language: &config.language,
        coverage: event.date.iso_interval(),
        same_as: event.entry.wikidata.as_deref().map(wikidata),
        published: event.entry.history.created().map(|moment| moment.day().to_string()),
        modified: event.updated().map(|day| day.to_string()),
        license: config.licence.as_deref().map(|spdx| licence_url(spdx).unwrap_or_else(|| spdx.to_owned())),
        author: config.publication.authors.iter().map(author).collect(),
        publisher: config.publication.publisher.as_deref().map(|name| named("Organization", name)),
        part_of: Some(named("WebSite", &config.title)),
        about: actors.chain(places).collect(),
        citation: event.sources.iter().map(citation).collect(),
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Returns an actor as a `Person`, `Country` or `Organization`; as a `Thing` if its kind is unknown.
fn actor(actor: &Actor) -> Named<'_> {
    let kind = match actor.kind {
        Some(ActorKind::Person) => "Person",
        Some(ActorKind::State) => "Country",
        Some(ActorKind::Organisation | ActorKind::ArmedGroup | ActorKind::Coalition) => "Organization",
        None => "Thing",
    };
    entry(kind, &actor.entry)
}

fn place(place: &Place) -> Named<'_> {
    let kind = "GeoCoordinates";
    let geo = |point: Point| Coordinates { kind, latitude: Always(point.lat), longitude: Always(point.lon) };
    Named { geo: place.point.map(geo), ..entry("Place", &place.entry) }
}

fn entry<'a>(kind: &'static str, entry: &'a Entry) -> Named<'a> {
    Named { same_as: entry.wikidata.as_deref().map(wikidata), ..named(kind, &entry.title) }
}

const fn named<'a>(kind: &'static str, name: &'a str) -> Named<'a> {
    Named { kind, name, same_as: None, geo: None }
}

/// Returns the concept URI of a Wikidata item, whose scheme is `http`.
fn wikidata(item: &str) -> String {
    format!("http://www.wikidata.org/entity/{item}")
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

/// Returns the timeline as a `Dataset`. Its files are listed only if the site has a base URL, because their URLs must be
/// absolute.
#[must_use]
pub(crate) fn dataset(dataset: &Dataset<'_>) -> String {
    dataset_of(dataset).to_string()
}

fn dataset_of(dataset: &Dataset<'_>) -> Json {
    let config = dataset.config();
    let publication = &config.publication;
    let events = &dataset.timeline.events;
    let year = |event: Option<&Arc<Event>>| {
        event.map(|event| event.date.key().start.year).filter(|year| (0..=9999).contains(year))
    };
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

/// Writes one document whose `@graph` has the timeline as a `Dataset` and all its events.
pub(super) fn graph(data: &Dataset<'_>, out: &mut Out<'_>) {
    out.bytes(format!("{{\"@context\":\"{CONTEXT}\",\"@graph\":[\n").as_bytes());
    let mut whole = dataset_of(data);
    if let Json::Object(members) = &mut whole {
        members.remove("@context");
    }
    out.record(&whole);
    for event in &data.timeline.events {
        out.bytes(b",\n");
        out.record(&article_of(event, data.timeline, None));
    }
    out.bytes(b"\n]}\n");
}

fn citation(source: &CitedSource) -> Work<'_> {
    let published = source.date.as_ref().filter(|date| !date.is_unknown());
    let title = Some(source.title.as_str());
    Work {
        kind: "CreativeWork",
        name: title.filter(|_| !source.is_described),
        description: title.filter(|_| source.is_described),
        publisher: source.publisher.as_deref().map(|name| named("Organization", name)),
        provider: source.relay.as_deref().map(|name| named("Organization", name)),
        url: source.url.as_deref(),
        language: source.language.as_deref(),
        // An interval is not a date: only a single day, month or year is given.
        published: published.and_then(EdtfDate::iso_interval).filter(|date| !date.contains('/')),
    }
}

/// Returns a `BreadcrumbList` with the pages of `trail`, from the top down, and then the page itself. `base` is the base URL of
/// the site, which makes addresses absolute.
#[must_use]
pub(crate) fn breadcrumb(base: &str, trail: &[(&str, SitePath)], page: (&str, &SitePath)) -> String {
    let above = trail.iter().map(|(name, path)| (*name, path));
    let items = above.chain([page]).enumerate().map(|(number, (name, path))| Step {
        kind: "ListItem",
        position: Always(number + 1),
        name,
        item: path.canonical(base),
    });
    text(&Breadcrumb { context: CONTEXT, kind: "BreadcrumbList", items: items.collect() })
}

/// Returns the site as a `WebSite`, for the home page.
#[must_use]
pub(crate) fn web_site(config: &Config) -> String {
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
    json.to_string()
}
