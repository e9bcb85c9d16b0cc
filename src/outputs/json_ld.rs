//! Structured data in JSON-LD, with the terms of schema.org.

use serde_json::{Value as Json, json};

use super::Site;
use super::paths::canonical;
use crate::id::SitePath;
use crate::timeline::{CitedSource, Event};

/// An event's page as an `Article` about a span of time. Dates are plain ISO 8601, because schema.org has no EDTF.
pub(super) fn article(site: &Site, event: &Event) -> Json {
    let timeline = &site.timeline;
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
    set("dateModified", event.updated().map(|day| day.to_string().into()));
    set("url", config.base_url.as_ref().map(|base| canonical(base, &event.entry.path()).into()));
    article
}

fn citation(source: &CitedSource) -> Json {
    let mut work = json!({ "@type": "CreativeWork", "name": source.title });
    if let Some(publisher) = &source.publisher {
        work["publisher"] = json!({ "@type": "Organization", "name": publisher });
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

/// The path from the timeline to a page. It requires absolute addresses, so a site without a base URL has none.
pub(super) fn breadcrumb(site: &Site, title: &str, trail: &[(String, String)], path: &SitePath) -> Option<Json> {
    let base = site.timeline.config.base_url.as_ref()?;
    if trail.is_empty() {
        return None;
    }
    let address = |url: &str| format!("{base}{}", url.strip_suffix("index.html").unwrap_or(url));
    let above = trail.iter().map(|(name, url)| (name.clone(), address(url)));
    let all = above.chain([(title.to_owned(), canonical(base, path))]);
    let items: Vec<Json> = all
        .enumerate()
        .map(
            |(number, (name, item))| json!({ "@type": "ListItem", "position": number + 1, "name": name, "item": item }),
        )
        .collect();
    Some(json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items }))
}

/// The home page as a `WebSite`.
pub(super) fn web_site(site: &Site) -> Json {
    let config = &site.timeline.config;
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
