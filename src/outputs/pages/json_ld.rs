//! Structured data in JSON-LD, with the terms of schema.org.

use serde_json::{Value as Json, json};

use crate::config::Config;
use crate::id::SitePath;
use crate::timeline::{CitedSource, Event, Timeline};

/// An event's page as an `Article` about a span of time. Dates are plain ISO 8601, because schema.org has no EDTF.
pub(super) fn article(event: &Event, timeline: &Timeline) -> Json {
    let config = &timeline.config;
    let about: Vec<Json> = event
        .actors
        .iter()
        .map(|actor| &timeline[*actor].entry.title)
        .chain(event.places.iter().map(|place| &timeline[*place].entry.title))
        .map(|name| json!({ "@type": "Thing", "name": name }))
        .collect();
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": event.entry.title,
        "inLanguage": &*config.language,
        "isPartOf": { "@type": "WebSite", "name": config.title },
        "about": about,
        "citation": event.sources.iter().map(citation).collect::<Vec<_>>(),
    });
    let mut set = |name: &str, value: Option<Json>| {
        if let Some(value) = value {
            article[name] = value;
        }
    };
    set("description", event.entry.summary.clone().map(Json::from));
    set("temporalCoverage", event.date.iso_interval().map(Json::from));
    set("license", config.licence.clone().map(Json::from));
    set("datePublished", event.entry.history.created().map(|moment| moment.day().to_string().into()));
    set("dateModified", event.updated().map(|day| day.to_string().into()));
    set("url", config.base_url.as_ref().map(|base| event.entry.path().canonical(base).into()));
    article
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
pub(super) fn breadcrumb(base: &str, trail: &[(&str, SitePath)], page: (&str, &SitePath)) -> Json {
    let above = trail.iter().map(|(name, path)| (*name, path));
    let items: Vec<Json> = above
        .chain([page])
        .enumerate()
        .map(|(number, (name, path))| {
            json!({ "@type": "ListItem", "position": number + 1, "name": name, "item": path.canonical(base) })
        })
        .collect();
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}

/// The home page as a `WebSite`.
pub(super) fn web_site(config: &Config) -> Json {
    let mut json = json!({
        "@context": "https://schema.org",
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
