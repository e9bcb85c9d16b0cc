//! The events as a calendar (iCalendar, RFC 5545).
//!
//! Every event lasts whole days: all that its date may mean. If one end of the date is open or unknown, the event is only on
//! the day of the other. `X-EDTF` gives the date itself. Events outside the years 0 to 9998 are left out, because `DTEND`, the
//! day after the last, must have a year of four digits too.

use std::fmt::Write as _;

use super::dataset::Dataset;
use super::out::Out;
use crate::date::Day;
use crate::timeline::{Event, Timeline};

/// The longest line in octets, without its end (section 3.1).
const LINE: usize = 75;

/// Counts the events that the calendar has.
pub(super) fn count(timeline: &Timeline) -> usize {
    timeline.events.iter().filter(|event| days(event).is_some()).count()
}

pub(super) fn write(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "", "VCALENDAR");
    calendar.line("VERSION", "", "2.0");
    calendar.line("PRODID", "", "-//annals//annals//EN");
    calendar.words("X-WR-CALNAME", &dataset.config().title);
    if let Some(description) = &dataset.config().description {
        calendar.words("X-WR-CALDESC", description);
    }
    for event in &dataset.timeline.events {
        if let Some((first, last)) = days(event) {
            calendar.event(event, (first, last), dataset);
            out.bytes(calendar.0.as_bytes());
            calendar.0.clear();
        }
    }
    calendar.line("END", "", "VCALENDAR");
    out.bytes(calendar.0.as_bytes());
}

/// Returns the first day of an event, and the last if it is another day; `None` if the event is left out.
fn days(event: &Event) -> Option<(Day, Option<Day>)> {
    let (earliest, latest) = (event.date.earliest(), event.date.latest());
    let first = earliest.or(latest)?;
    let last = latest.filter(|last| *last != first && earliest.is_some());
    // The end is the day after the last one, so that must have four digits too.
    let fits = |day: Day| (0..=9998).contains(&day.year);
    (fits(first) && last.is_none_or(fits)).then_some((first, last))
}

/// Content lines that were made but not written yet.
#[derive(Default)]
struct Calendar(String);

impl Calendar {
    fn event(&mut self, event: &Event, (first, last): (Day, Option<Day>), dataset: &Dataset<'_>) {
        let timeline = dataset.timeline;
        let entry = &event.entry;
        let updated = event.updated().filter(|day| (1970..=9999).contains(&day.year));
        let moment = updated.map_or_else(|| "19700101T000000Z".to_owned(), |day| format!("{}T000000Z", date(day)));
        self.line("BEGIN", "", "VEVENT");
        self.words("UID", &uid(event, dataset));
        self.line("DTSTAMP", "", &moment);
        self.line("DTSTART", ";VALUE=DATE", &date(first));
        self.line("DTEND", ";VALUE=DATE", &date(last.unwrap_or(first).shifted(1)));
        self.words("X-EDTF;VALUE=TEXT", &event.date.canonical());
        self.words("SUMMARY", &entry.title);
        if let Some(summary) = &entry.summary {
            self.words("DESCRIPTION", &format!("{}\n{summary}", event.date.words(dataset.locale)));
        } else {
            self.words("DESCRIPTION", &event.date.words(dataset.locale));
        }
        if let Some(url) = dataset.url(&entry.path()) {
            self.line("URL", "", &url);
        }
        self.words("CATEGORIES", dataset.kind_name(event.kind));
        let places: Vec<&str> = event.places.iter().map(|ix| timeline[*ix].entry.title.as_str()).collect();
        if !places.is_empty() {
            self.words("LOCATION", &places.join("; "));
        }
        if let [place] = event.places.as_slice()
            && let Some(point) = timeline[*place].point
        {
            self.line("GEO", "", &format!("{};{}", point.lat, point.lon));
        }
        self.line("TRANSP", "", "TRANSPARENT");
        if updated.is_some() {
            self.line("LAST-MODIFIED", "", &moment);
        }
        self.line("SEQUENCE", "", &event.corrections.len().to_string());
        self.line("END", "", "VEVENT");
    }

    /// Adds a property of the type TEXT (section 3.3.11): backslashes, semicolons, commas and line breaks are escaped. A
    /// replacement character stands for any other control character except a tab.
    fn words(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' | '\r' => escaped.push_str("\\n"),
                c if c.is_control() && c != '\t' => escaped.push('\u{fffd}'),
                c => escaped.push(c),
            }
        }
        self.line(name, "", &escaped);
    }

    /// Adds a property, folded so that no line has more than 75 octets and no character is split (section 3.1).
    fn line(&mut self, name: &str, parameters: &str, value: &str) {
        let start = self.0.len();
        // Writing to memory cannot fail.
        let _ = write!(self.0, "{name}{parameters}:{value}");
        let mut line = start;
        let mut at = start;
        while let Some(c) = self.0[at..].chars().next() {
            if at + c.len_utf8() - line > LINE {
                self.0.insert_str(at, "\r\n ");
                // The space that begins a continuation line counts towards its length.
                line = at + 2;
                at += 3;
            }
            at += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Returns a UID that renaming the entry does not change: its oldest id, `@`, and the host of the site, or `annals.invalid`
/// without a base URL. The oldest id is in the first alias of the form `events/ID.html`.
fn uid(event: &Event, dataset: &Dataset<'_>) -> String {
    let entry = &event.entry;
    let old = entry.aliases.iter().find_map(|alias| {
        let name = alias.value.as_str().strip_prefix("events/")?.strip_suffix(".html")?;
        Some(name.to_owned()).filter(|name| !name.contains('/'))
    });
    let base = dataset.config().base_url.as_deref().and_then(|base| url::Url::parse(base).ok());
    let host = base.as_ref().and_then(|base| base.host_str()).unwrap_or("annals.invalid");
    format!("{}@{host}", old.as_deref().unwrap_or(&entry.id.id))
}

fn date(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year, day.month, day.day)
}

#[cfg(test)]
mod tests {
    use super::Calendar;

    #[test]
    fn lines_are_folded_between_characters() {
        for c in ["a", "é", "م", "😀"] {
            let mut calendar = Calendar::default();
            calendar.words("SUMMARY", &c.repeat(200));
            assert!(calendar.0.ends_with("\r\n"));
            assert!(calendar.0.split("\r\n").all(|line| line.len() <= 75), "{}", calendar.0);
            assert_eq!(calendar.0.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", c.repeat(200)));
        }
    }

    #[test]
    fn texts_are_escaped() {
        let mut calendar = Calendar::default();
        calendar.words("SUMMARY", "a;b,c\\d\r\ne\u{1}");
        assert_eq!(calendar.0, "SUMMARY:a\\;b\\,c\\\\d\\ne\u{fffd}\r\n");
    }
}
