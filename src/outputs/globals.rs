//! The values that every template gets: `site` and `t`.

use tera::Value;

use super::feed::{Feed, Form};
use super::values::object;
use crate::config::{Author, Family, licence_url};
use crate::search::Typed;
use crate::theme::Locale;
use crate::timeline::Timeline;

/// The Content-Security-Policy of every page: only scripts from the site's own files, no requests to other hosts, no
/// frames, no forms that submit elsewhere. In Firefox `'self'` does not match files, so forms may also submit to files;
/// browsers do not allow that from a host anyway. The files of `deploy/` repeat it.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self' file:";

/// Returns the values that every template gets: `site`, the settings and what all pages say of the site, and `t`, the
/// messages without arguments. They are part of every file's key, so files need no key of their own for these settings.
pub(super) fn globals(timeline: &Timeline, locale: &Locale, typed: &Typed) -> Vec<(&'static str, Value)> {
    let config = &timeline.config;
    let pages = timeline.pages.iter().filter(|page| page.nav.is_some());
    let nav: Vec<Value> = pages
        .map(|page| {
            object! {
                "name": page.entry.title.as_str(),
                "url": Value::safe_string(&page.entry.path().url()),
            }
        })
        .collect();
    let site = object! {
        "title": config.title.as_str(),
        "description": config.description.as_deref(),
        "authors": config.publication.creators(&config.title).iter().map(Author::name).collect::<Vec<_>>(),
        "language": config.language.to_string(),
        "direction": config.language.direction(),
        "base_url": config.base_url.as_deref(),
        "licence": config.licence.as_deref(),
        "licence_url": config.licence.as_deref().and_then(licence_url),
        "repository": config.repository.as_deref(),
        "feed": config.base_url.as_ref().map(|_| Feed::All.path(Form::Atom, timeline).url()),
        "json_feed": config.base_url.as_ref().map(|_| Feed::All.path(Form::Json, timeline).url()),
        "nav": nav,
        "votes": timeline.has_votes(),
        "changes": timeline.has_changes(),
        "families": Family::ALL.iter().map(|family| family.name()).collect::<Vec<_>>(),
        "csp": CSP,
        "typed": typed.table(),
        "extra": Value::from_serializable(&config.extra.0),
    };
    vec![("site", site), ("t", locale.plain_messages())]
}
