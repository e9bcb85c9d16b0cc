//! The sitemap (sitemaps.org 0.9): exactly the pages that search engines may list, and robots.txt, which names it.

use std::sync::Arc;

use tera::Value;

use super::draft::{Context, Draft};
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use super::values::object;
use crate::id::SitePath;
use crate::markup::{escaped, xml_characters};
use crate::theme::Engine;
use crate::timeline::Timeline;

/// A file for search engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// robots.txt.
    Robots,
    /// The sitemap, with these pages.
    Whole(Arc<[Indexed]>),
    /// The index of a sitemap, with the number of its parts.
    Parts(usize),
    /// A part, by its number from 0, and its pages.
    Part(usize, Arc<[Indexed]>),
}

impl OutputFamily for File {
    const ID: &'static str = "sitemap";

    type Shared = ();

    fn shared(_timeline: &Timeline) {}

    /// Lists robots.txt and the sitemap, in parts if it exceeds the limits; nothing without a base URL, because a sitemap
    /// needs absolute addresses.
    fn plan(site: &Site, (): &(), indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        let Some(base) = site.timeline.config.base_url.as_deref() else { return Vec::new() };
        let (pages, capacity) = (indexed(), capacity(base));
        if pages.len() <= capacity {
            return vec![Self::Robots, Self::Whole(pages.into())];
        }
        let parts = pages.chunks(capacity).enumerate().map(|(number, pages)| Self::Part(number, pages.into()));
        let index = [Self::Robots, Self::Parts(pages.len().div_ceil(capacity))];
        index.into_iter().chain(parts).collect()
    }

    fn path(&self, _timeline: &Timeline) -> SitePath {
        match self {
            Self::Robots => SitePath::new("robots.txt"),
            Self::Whole(_) | Self::Parts(_) => sitemap_path(),
            Self::Part(number, _) => part_path(*number),
        }
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, (): &'a ()) -> Draft<'a> {
        let base = site.timeline.config.base_url.as_deref().unwrap_or_default();
        match self {
            Self::Robots => Draft::made(robots(base)),
            Self::Whole(pages) | Self::Part(_, pages) => sitemap(base, pages, &site.engine).then(xml_characters),
            Self::Parts(parts) => index(base, *parts, &site.engine).then(xml_characters),
        }
    }
}

fn sitemap_path() -> SitePath {
    SitePath::new("sitemap.xml")
}

/// Returns the path of a part. Parts are numbered from 0, their files from 1.
fn part_path(number: usize) -> SitePath {
    SitePath::new(format!("sitemap-{}.xml", number + 1))
}

/// The most addresses in a sitemap, by the standard.
const MOST_URLS: usize = 50_000;
/// The most bytes of a sitemap, somewhat below the standard's limit of 52,428,800.
const MOST_BYTES: usize = 50_000_000;
/// The most bytes that an address takes, with markup and day but without the base URL: an id has at most 150 bytes, each of
/// which may be percent-encoded as three.
const LONGEST: usize = 600;

/// Returns how many addresses below a base URL fit in one file within both limits.
fn capacity(base: &str) -> usize {
    (MOST_BYTES / (escaped(base).len() + LONGEST)).clamp(1, MOST_URLS)
}

/// Renders the index of a sitemap's parts.
fn index<'a>(base: &str, parts: usize, engine: &'a Engine) -> Draft<'a> {
    let parts: Vec<Value> = (0..parts).map(|part| part_path(part).canonical(base).into()).collect();
    let mut context = Context::default();
    context.insert("parts", parts);
    Draft::of("sitemap-index.xml", context, engine)
}

/// Renders a sitemap, or a part of it.
fn sitemap<'a>(base: &str, pages: &[Indexed], engine: &'a Engine) -> Draft<'a> {
    let page = |page: &Indexed| {
        object! {
            "address": page.path.canonical(base),
            "updated": page.updated.filter(|day| (0..=9999).contains(&day.year)).map(|day| day.to_string()),
        }
    };
    let mut context = Context::default();
    context.insert("pages", pages.iter().map(page).collect::<Vec<_>>());
    Draft::of("sitemap.xml", context, engine)
}

/// Returns robots.txt (RFC 9309), which allows everything and names the sitemap.
fn robots(base: &str) -> Vec<u8> {
    let sitemap = sitemap_path().canonical(base);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, MOST_BYTES, MOST_URLS, capacity};
    use crate::markup::escaped;

    #[test]
    fn a_file_keeps_both_limits_however_long_the_base_url_is() {
        assert_eq!(capacity("https://example.org/timeline/"), MOST_URLS);
        for length in [1000, 100_000] {
            let base = format!("https://example.org/{}/", "'".repeat(length));
            assert!(capacity(&base) * (escaped(&base).len() + LONGEST) <= MOST_BYTES, "{length}");
        }
    }
}
