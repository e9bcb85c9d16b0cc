//! Where the generated pages are written, and their absolute addresses.

use crate::id::SitePath;
use crate::timeline::Timeline;

/// The most events of a year on one page; beyond that, each month has a page.
pub(super) const YEAR_EVENTS: usize = 1000;

/// Where the feed is written.
pub(super) const ATOM: &str = "feeds/atom.xml";
/// `timeline/2017.html` and `timeline/2017-11.html`.
pub(super) fn year_path(year: i64, month: Option<u8>) -> SitePath {
    let year = year_name(year);
    SitePath::new(match month {
        Some(month) => format!("timeline/{year}-{month:02}.html"),
        None => format!("timeline/{year}.html"),
    })
}

/// `print/2017.html`
pub(super) fn print_year_path(year: i64) -> SitePath {
    SitePath::new(format!("print/{}.html", year_name(year)))
}

fn year_name(year: i64) -> String {
    if (0..=9999).contains(&year) { format!("{year:04}") } else { year.to_string() }
}

/// Where a part of the sitemap is written.
pub(super) fn sitemap_part_path(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

/// A page's absolute address: a folder's index is named by the folder.
pub(super) fn canonical(base: &str, path: &SitePath) -> String {
    let url = path.url();
    match url.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => [base, folder].concat(),
        _ => [base, &url].concat(),
    }
}

/// The most events in one printable version; beyond that, each year has its own.
const ONE_DOCUMENT: usize = 500;

/// Whether the printable version is divided, so that each year is a document of its own.
pub(super) fn print_is_divided(timeline: &Timeline) -> bool {
    timeline.events.len() > ONE_DOCUMENT
}
