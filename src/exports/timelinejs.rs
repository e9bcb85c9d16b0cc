//! The events for TimelineJS 3, with the keys of its JSON.
//!
//! TimelineJS places a slide by a year, a month and a day. A date gets only the parts that are known, and its words as
//! `display_date`. An event whose beginning is open or unknown is placed at its end. A slide has the entry's summary, or else
//! its text.

use serde::Serialize;

use super::dataset::Dataset;
use super::out::Out;
use super::records::{Always, Member as _, Members, records};
use crate::date::{CalendarDate, EdtfDate};
use crate::markup::escaped;
use crate::timeline::{Event, Media};

records! {
    /// A slide.
    struct Slide<'a> {
        start as "start_date": Always<Date>,
        end as "end_date": Option<Date>,
        display_date: String,
        text: Always<Text>,
        media: Option<Picture<'a>>,
        group: Option<&'a str>,
        unique_id: &'a str,
        autolink: bool,
    }

    /// The slide before the first.
    struct Title {
        text: Always<Text>,
    }

    /// Headline and text, both of which TimelineJS reads as HTML.
    struct Text {
        headline: String,
        text: String,
    }

    /// A date with only the parts that are known. There is no year 0: -1 is 1 BC.
    struct Date {
        year: Always<i64>,
        month: Option<u8>,
        day: Option<u8>,
        hour: Option<u8>,
        minute: Option<u8>,
        second: Option<u8>,
    }

    /// A picture.
    struct Picture<'a> {
        url: String,
        alt: &'a str,
        caption: Option<String>,
        credit: Option<String>,
    }
}

pub(super) fn write(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    let config = dataset.config();
    let description = config.description.as_ref().map(|text| format!("<p>{}</p>", escaped(text)));
    let title = Title { text: Always(text(&config.title, description.unwrap_or_default())) };
    out.bytes(b"{\"scale\":\"human\",\n\"title\":");
    out.record(&title);
    out.bytes(b",\n\"events\":[");
    out.records(dataset.timeline.events.iter().map(|event| slide(event, dataset)));
    out.bytes(b"\n]}\n");
}

fn slide<'a>(event: &'a Event, dataset: &Dataset<'a>) -> Slide<'a> {
    let (start, end) = event.date.ends();
    let end = end.filter(|_| start.is_some() && start != end);
    // An event has a year, so one of the two ends is known.
    let start = start.or(event.date.ends().1).unwrap_or(event.date.key().start.into());
    let timeline = dataset.timeline;
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
    Slide {
        start: Always(date(start, &event.date)),
        end: end.map(|end| date(end, &event.date)),
        display_date: event.date.words(dataset.locale),
        text: Always(text(&event.entry.title, format!("{body}{}", link.unwrap_or_default()))),
        media: event.entry.media.first().and_then(|media| picture(media, dataset)),
        group: event.processes.first().map(|ix| timeline[*ix].entry.title.as_str()),
        unique_id: &event.entry.id.id,
        autolink: false,
    }
}

fn text(title: &str, html: String) -> Text {
    Text { headline: escaped(title), text: html }
}

/// Removes citations, the anchors of paragraphs, and `rel` from the HTML of a text, because they are for its own page.
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

/// Returns the picture of a slide; `None` if the site has no base URL, because TimelineJS loads it from there.
fn picture<'a>(media: &'a Media, dataset: &Dataset<'_>) -> Option<Picture<'a>> {
    let words = |text: &Option<String>| text.as_deref().map(escaped);
    Some(Picture {
        url: dataset.url(&media.largest()?)?,
        alt: &media.alt,
        caption: words(&media.caption),
        credit: words(&media.credit),
    })
}

fn date(end: CalendarDate, date: &EdtfDate) -> Date {
    let time = date.time_of_day().filter(|_| end.day.is_some());
    Date {
        // TimelineJS has no year 0: -44 is 44 BC, which EDTF writes as -0043.
        year: Always(if end.year > 0 { end.year } else { end.year - 1 }),
        month: end.month,
        day: end.day,
        hour: time.map(|(hour, ..)| hour),
        minute: time.map(|(_, minute, _)| minute),
        second: time.map(|(.., second)| second),
    }
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
