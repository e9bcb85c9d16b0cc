//! The events for TimelineJS 3, with the keys of its JSON.
//!
//! TimelineJS places a slide by a year, a month and a day. A date gets no more of these parts than it has, and its words as
//! `display_date`. What has an open beginning is placed at its end. A slide has the entry's summary, or, without one, its text.

use serde_json::{Map, Value as Json, json};

use super::dataset::Dataset;
use super::record::{self, without_nulls};
use crate::date::{CalendarDate, EdtfDate};
use crate::markup::escaped;
use crate::timeline::{Event, Media};

pub(super) fn write(dataset: &Dataset<'_>) -> Vec<u8> {
    let config = dataset.config();
    let description = config.description.as_ref().map(|text| format!("<p>{}</p>", escaped(text)));
    let title = json!({ "text": text(&config.title, &description.unwrap_or_default()) });
    let mut out = b"{\"scale\":\"human\",\n\"title\":".to_vec();
    record::write(&title, &mut out);
    out.extend_from_slice(b",\n\"events\":[");
    for (number, event) in dataset.timeline.events.iter().enumerate() {
        out.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        record::write(&slide(event, dataset), &mut out);
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

fn slide(event: &Event, dataset: &Dataset<'_>) -> Json {
    let (start, end) = event.date.ends();
    let end = end.filter(|_| start.is_some() && start != end);
    // An event has a year, so one of the two ends is known.
    let start = start.or(event.date.ends().1).unwrap_or(event.date.key().start.into());
    let timeline = dataset.timeline;
    let group = event.processes.first().map(|ix| timeline[*ix].entry.title.clone());
    let url = dataset.url(&event.entry.path());
    let link = url.map(|url| {
        let words = dataset.locale.text("data-read-on", &[]);
        format!("<p><a href=\"{}\">{}</a></p>", escaped(&url), escaped(&words))
    });
    let body = match &event.entry.summary {
        Some(summary) => format!("<p>{}</p>", escaped(summary)),
        None => {
            let root = dataset.config().base_url.as_deref().unwrap_or_default();
            bare(&event.entry.html(root, &|_| String::new()))
        }
    };
    without_nulls(json!({
        "start_date": date(start, &event.date),
        "end_date": end.map(|end| date(end, &event.date)),
        "display_date": event.date.words(dataset.locale),
        "text": text(&event.entry.title, &format!("{body}{}", link.unwrap_or_default())),
        "media": event.entry.media.first().and_then(|media| picture(media, dataset)),
        "group": group,
        "unique_id": &*event.entry.id.id,
        "autolink": false,
    }))
}

/// Headline and text, of which TimelineJS reads both as HTML.
fn text(title: &str, html: &str) -> Json {
    json!({ "headline": escaped(title), "text": html })
}

/// The HTML of a text without its citations and anchors, which are for its own page.
fn bare(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<sup class=\"citation\">") {
        out.push_str(before);
        rest = after.split_once("</sup>").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let out = out.replace(" rel=\"external\"", "");
    let mut parts = out.split(" id=\"_p");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |bare, part| bare + part.split_once('"').map_or("", |(_, after)| after)).trim().to_owned()
}

/// The picture of a slide. TimelineJS loads it from the site, so the site needs an address.
fn picture(media: &Media, dataset: &Dataset<'_>) -> Option<Json> {
    let url = dataset.url(&media.largest()?)?;
    let words = |text: &Option<String>| text.as_deref().map(escaped);
    Some(without_nulls(json!({
        "url": url,
        "alt": media.alt,
        "caption": words(&media.caption),
        "credit": words(&media.credit),
    })))
}

fn date(end: CalendarDate, date: &EdtfDate) -> Json {
    let mut parts = Map::new();
    let mut set = |name: &str, part: Option<i64>| {
        if let Some(part) = part {
            parts.insert(name.to_owned(), part.into());
        }
    };
    // TimelineJS has no year 0: -44 is 44 BC, which EDTF writes as -0043.
    set("year", Some(if end.year > 0 { end.year } else { end.year - 1 }));
    set("month", end.month.map(i64::from));
    set("day", end.day.map(i64::from));
    if let Some((hour, minute, second)) = date.time_of_day().filter(|_| end.day.is_some()) {
        set("hour", Some(hour.into()));
        set("minute", Some(minute.into()));
        set("second", Some(second.into()));
    }
    Json::Object(parts)
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_text_of_a_slide_has_no_anchors_and_citations() {
        let html = "<p id=\"_p1\">One.<sup class=\"citation\"><a id=\"_cite-a-1\" href=\"#_source-a\">[1]</a></sup> Two<sup>2</sup>.</p>\n<ul>\n<li id=\"_p2\">x</li>\n</ul>\n";
        assert_eq!(bare(html), "<p>One. Two<sup>2</sup>.</p>\n<ul>\n<li>x</li>\n</ul>");
    }
}
