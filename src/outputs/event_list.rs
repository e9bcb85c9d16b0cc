//! Lists of events in the texts of feeds: plain HTML, because feed readers have none of the site's styles.

use std::fmt::Write as _;

use super::site::Site;
use crate::content::Show;
use crate::markup::escaped;
use crate::timeline::EventList;

/// Returns a list of events, or only their number if the list is to show that. `root` is the relative path to the site's
/// root.
pub(super) fn plain(list: &EventList, site: &Site, root: &str) -> String {
    if list.show == Show::Count {
        return format!("<p>{}</p>", escaped(&site.locale.count("events-count", list.events.len())));
    }
    let mut out = String::from("<ul>");
    for event in list.events.iter().map(|ix| &site.timeline[*ix]) {
        let (url, title) = (event.entry.path().url(), escaped(&event.entry.title));
        let date = escaped(&event.date.words(&*site.locale));
        // Writing to memory cannot fail.
        let _ = write!(out, r#"<li>{date}: <a href="{root}{url}">{title}</a></li>"#);
    }
    out.push_str("</ul>");
    out
}
