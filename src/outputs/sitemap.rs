//! The sitemap (sitemaps.org 0.9): exactly the pages that search engines may list, and robots.txt, which names it.

use tera::{Context, Value};

use super::Site;
use super::job::Job;
use super::paths::{canonical, sitemap_part_path};
use crate::markup::escaped;
use crate::theme::RenderError;
use crate::theme::views::map;

/// The most addresses in a sitemap.
const MOST_URLS: usize = 50_000;
/// The largest size of a sitemap, in bytes.
const MOST_BYTES: usize = 50_000_000;
/// The most bytes that an address takes, with markup and day but without the base URL: an id has 150 bytes, each of which may be
/// written as three.
const LONGEST: usize = 600;

/// How many addresses below a base URL fit one file within both limits.
fn capacity(base: &str) -> usize {
    (MOST_BYTES / (escaped(base).len() + LONGEST)).clamp(1, MOST_URLS)
}

fn base(site: &Site) -> &str {
    site.timeline.config.base_url.as_deref().unwrap_or_default()
}

fn indexed(site: &Site) -> impl Iterator<Item = Job> {
    Job::pages(site).into_iter().filter(Job::is_indexed)
}

/// The number of additional files into which the sitemap is divided; 0 if one file is enough.
pub(super) fn parts(site: &Site) -> usize {
    let (count, capacity) = (indexed(site).count(), capacity(base(site)));
    if count <= capacity { 0 } else { count.div_ceil(capacity) }
}

/// The sitemap, or the index of its parts.
pub(super) fn sitemap(site: &Site) -> Result<Vec<u8>, RenderError> {
    let parts = parts(site);
    if parts == 0 {
        return part(site, 0);
    }
    let parts: Vec<Value> =
        (0..parts).map(|part| format!("{}{}", base(site), sitemap_part_path(part)).into()).collect();
    let mut context = Context::new();
    context.insert_value("parts", Value::from(parts));
    site.engine.render("sitemap-index.xml", &context)
}

/// A part of the sitemap.
pub(super) fn part(site: &Site, part: usize) -> Result<Vec<u8>, RenderError> {
    let capacity = capacity(base(site));
    let page = |job: Job| {
        let updated = match &job {
            Job::Event(event) => site.timeline[*event].updated(),
            _ => None,
        };
        map! {
            "address": canonical(base(site), &job.path(site)),
            "updated": updated.filter(|day| (0..=9999).contains(&day.year)).map(|day| day.to_string()),
        }
    };
    let pages: Vec<Value> = indexed(site).skip(part * capacity).take(capacity).map(page).collect();
    let mut context = Context::new();
    context.insert_value("pages", Value::from(pages));
    site.engine.render("sitemap.xml", &context)
}

/// robots.txt: allows everything, and names the sitemap.
pub(super) fn robots(site: &Site) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n", base(site)).into_bytes()
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
