//! What stands at the head of every page, and what all templates know.

use tera::{Context, Value};

use super::paths::{ATOM, canonical};
use super::search::Typed;
use super::{Site, json_ld};
use crate::config::Family;
use crate::id::SitePath;
use crate::theme::Locale;
use crate::theme::views::map;
use crate::timeline::Timeline;

/// No script but the site's own files, no request to anybody else, no frame, no form that leaves. In Firefox `'self'` matches
/// no file, so forms may lead to files too: browsers keep pages of a host from them anyway.
pub(super) const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self' file:";

/// What a page says of itself.
pub(super) struct Head<'a> {
    /// The title, without the site's.
    pub title: &'a str,
    /// One or two sentences for search engines and previews.
    pub description: Option<&'a str>,
    /// The pages above this one, from the timeline down: names and addresses from the root.
    pub breadcrumb: Vec<(String, String)>,
    /// Structured data beside the breadcrumb.
    pub json_ld: Option<serde_json::Value>,
    /// Whether search engines should ignore it.
    pub noindex: bool,
    /// Whether it has an address of its own.
    pub canonical: bool,
    /// What kind of page it is, for Open Graph: `website` or `article`.
    pub kind: &'static str,
}

impl<'a> Head<'a> {
    /// A head with only a title.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            description: None,
            breadcrumb: Vec::new(),
            json_ld: None,
            noindex: false,
            canonical: true,
            kind: "website",
        }
    }
}

/// A context with `page` and `root` in it.
pub(super) fn context(site: &Site, path: &SitePath, head: Head<'_>) -> Context {
    let config = &site.timeline.config;
    let canonical = config.base_url.as_ref().filter(|_| head.canonical).map(|base| canonical(base, path));
    let trail = json_ld::breadcrumb(site, head.title, &head.breadcrumb, path).filter(|_| !head.noindex);
    let scripts: Vec<Value> = [head.json_ld, trail]
        .into_iter()
        .flatten()
        .map(|json| Value::safe_string(&crate::theme::script_safe(&json.to_string())))
        .collect();
    let breadcrumb: Vec<Value> = head
        .breadcrumb
        .iter()
        .map(|(name, url)| map! { "name": name.as_str(), "url": Value::safe_string(url) })
        .collect();
    let own_title = site.own_title(path.as_str(), head.title);
    let full_title =
        if own_title == config.title { own_title.to_owned() } else { format!("{own_title} – {}", config.title) };
    let page = map! {
        "title": head.title,
        "full_title": full_title,
        "description": head.description,
        "url": Value::safe_string(&path.url()),
        "canonical": canonical.map(|url| Value::safe_string(&url)),
        "breadcrumb": breadcrumb,
        "json_ld": scripts,
        "noindex": head.noindex,
        "kind": head.kind,
    };
    let mut context = Context::new();
    context.insert_value("page", page);
    context.insert_value("root", Value::safe_string(&path.root()));
    context
}

/// The values that every template gets: `site` and `t`.
pub(super) fn globals(timeline: &Timeline, locale: &Locale, typed: &Typed) -> Vec<(&'static str, Value)> {
    let config = &timeline.config;
    let pages = timeline.pages.iter().filter(|page| page.nav.is_some());
    let nav: Vec<Value> = pages
        .map(|page| {
            map! {
                "name": page.entry.title.as_str(),
                "url": Value::safe_string(&page.entry.path().url()),
            }
        })
        .collect();
    let site = map! {
        "title": config.title.as_str(),
        "description": config.description.as_deref(),
        "language": config.language.to_string(),
        "direction": config.language.direction(),
        "base_url": config.base_url.as_deref(),
        "licence": config.licence.as_deref(),
        "licence_url": config.licence.as_deref().and_then(licence_url),
        "repository": config.repository.as_deref(),
        "feed": config.base_url.as_ref().map(|_| ATOM),
        "nav": nav,
        "families": Family::ALL.iter().map(|family| family.name()).collect::<Vec<_>>(),
        "csp": CSP,
        "typed": typed.table(),
        "extra": Value::from_serializable(&config.extra.0),
    };
    vec![("site", site), ("t", locale.plain_messages())]
}

/// The address of a Creative Commons licence known by its SPDX identifier.
fn licence_url(spdx: &str) -> Option<String> {
    if spdx == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let rest = spdx.strip_prefix("CC-")?;
    let (terms, version) = rest.rsplit_once('-')?;
    let known = matches!(terms, "BY" | "BY-SA" | "BY-NC" | "BY-ND" | "BY-NC-SA" | "BY-NC-ND");
    let known = known && matches!(version, "4.0" | "3.0" | "2.5" | "2.0");
    known.then(|| format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase()))
}
