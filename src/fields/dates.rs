//! Dates in files: any EDTF, an event's date, a whole day. For a date that cannot be read, the help gives it in EDTF.

use std::borrow::Cow;
use std::ops::Deref;

use serde_json::json;

use crate::date::{self, Day, EdtfDate, Place, Suggestion};
use crate::diagnostic::Code;
use crate::syntax::{Decode, Decoder, Node, Schema, Type, Value, object_schema};

impl Decode for EdtfDate {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        read(node, decoder, Wanted::Any).unwrap_or_else(Self::unknown)
    }

    fn placeholder() -> Self {
        Self::unknown()
    }

    fn schema() -> Schema {
        object_schema(json!({
            "description": "A TOML date, or EDTF (ISO 8601-2) of level 0, 1 or 2 as text",
            "type": ["string", "integer"],
        }))
    }
}

/// When an event happened: a date whose year is known at least to the millennium, so that it has a place on a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDate(pub EdtfDate);

impl Deref for EventDate {
    type Target = EdtfDate;

    fn deref(&self) -> &EdtfDate {
        &self.0
    }
}

impl Decode for EventDate {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Some(date) = read(node, decoder, Wanted::OfEvent) else { return Self::placeholder() };
        if !date.has_year() {
            let help = without_year(&date, place(node, decoder));
            let message = format!("an event needs a year, but the year of `{date}` is not known");
            decoder.report(Code::InvalidDate, node.span.clone(), message).help(help);
        }
        Self(date)
    }

    fn placeholder() -> Self {
        Self(EdtfDate::unknown())
    }

    fn schema() -> Schema {
        EdtfDate::schema()
    }
}

/// Returns the help for an event's date whose year, or one of whose years, is unknown: how to write what is known.
fn without_year(date: &EdtfDate, place: Place) -> String {
    if let Some(rest) = date.without_unknown_years() {
        let written = date::in_place(&rest.canonical(), place);
        return if rest.canonical().contains('/') {
            format!("leave out the end that is not known: {written}")
        } else {
            format!("leave out the date whose year is not known ({written}), or give its decade")
        };
    }
    let text = date.canonical();
    let within_year = text.strip_prefix("XXXX").filter(|rest| rest.bytes().all(|b| b == b'-' || b.is_ascii_digit()));
    certain_periods(within_year.unwrap_or_default(), place)
}

/// Returns help with examples of periods. `within_year` is a known month or day of an unknown year, such as `-03`, or
/// empty.
fn certain_periods(within_year: &str, place: Place) -> String {
    let [decade, range, open] =
        [&format!("201X{within_year}"), "2011/2024", "2011/.."].map(|date| date::in_place(date, place));
    format!("give the narrowest period that is certain: a decade ({decade}), a range ({range}), an open one ({open})")
}

/// A whole calendar day, such as a correction's or an embargo's. The placeholder is 1 January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FullDate(pub Day);

impl Decode for FullDate {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Some(date) = read(node, decoder, Wanted::WholeDay) else { return Self::placeholder() };
        whole_day(&date).map_or_else(
            || {
                let place = place(node, decoder);
                let help = match date.earliest().zip(date.latest()) {
                    Some((day, last)) if day == last => {
                        format!("this day must be certain: {}", date::in_place(&day.to_string(), place))
                    }
                    Some((_, last)) if date.has_year() => {
                        format!("write year, month and day, for example {}", date::in_place(&last.to_string(), place))
                    }
                    _ => "this date needs year, month and day; remove the key if they are not known".to_owned(),
                };
                let message = format!("`{date}` is not a whole day");
                decoder.report(Code::InvalidDate, node.span.clone(), message).help(help);
                Self::placeholder()
            },
            Self,
        )
    }

    fn placeholder() -> Self {
        Self(Day { year: 0, month: 1, day: 1 })
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "format": "date" }))
    }
}

/// Returns the day of a date that is one day, neither approximate nor uncertain.
fn whole_day(date: &EdtfDate) -> Option<Day> {
    let day = date.earliest().filter(|day| Some(*day) == date.latest());
    day.filter(|_| !date.is_approximate() && !date.is_uncertain())
}

/// Which dates a key accepts; help suggests only such dates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    OfEvent,
    WholeDay,
}

impl Wanted {
    fn fits(self, date: &EdtfDate) -> bool {
        match self {
            Self::Any => true,
            Self::OfEvent => date.has_year(),
            Self::WholeDay => whole_day(date).is_some(),
        }
    }

    /// The help if it is unclear what was meant, or if the author says that there is no date.
    fn help(self, is_undated: bool, place: Place) -> String {
        match self {
            Self::WholeDay if is_undated => "remove the key".to_owned(),
            Self::WholeDay => "this date needs year, month and day: 2018-01-31".to_owned(),
            Self::OfEvent if is_undated => certain_periods("", place),
            _ => "dates are EDTF: 2017, 2017-11, 2017-11-20, 2017-11-20/2017-11-22, 2017-11~, 2011-03-15/..".to_owned(),
        }
    }
}

/// Reads a date, or reports why it is not one.
fn read(node: &Node, decoder: &mut Decoder<'_>, wanted: Wanted) -> Option<EdtfDate> {
    let written = decoder.text.get(node.span.clone()).unwrap_or_default();
    let text: Cow<'_, str> = match &node.value {
        Value::Text(text) => text.as_ref().into(),
        Value::Datetime(text) => (*text).into(),
        Value::Integer { plain: Some(text), .. } => text.into(),
        Value::Integer { number, plain: None } => {
            let message = format!("{number} is a number; a date that is not a whole day is text");
            let quotes = format!("put it between quotes: \"{number}\"");
            let help =
                rewritten(&date::suggest(written), Place::Toml, wanted).filter(|_| EdtfDate::parse(written).is_err());
            decoder.report(Code::InvalidDate, node.span.clone(), message).help(help.unwrap_or(quotes));
            return None;
        }
        Value::List(_) | Value::Table(_) if EdtfDate::parse(&unspaced(written)).is_ok() => {
            let help = format!("put it between quotes: \"{}\"", unspaced(written));
            decoder.report(Code::InvalidDate, node.span.clone(), "a set of dates is text").help(help);
            return None;
        }
        Value::Float(_) if !date::suggest(written).is_empty() => written.to_owned().into(),
        _ => {
            decoder.wrong_type(node, Type::Date);
            return None;
        }
    };
    let place = place(node, decoder);
    if decoder.refuse_empty(node, &text, || wanted.help(false, place)) {
        return None;
    }
    let error = match EdtfDate::read(&text) {
        Ok(date) => return Some(date),
        Err(error) => error,
    };
    let suggestions = date::suggest(&text);
    let rewritten = rewritten(&suggestions, place, wanted);
    let is_readable = text.trim().bytes().all(|b| b.is_ascii_graphic());
    let is_of_form = !(error.is_telling() || suggestions.is_empty() && is_readable);
    if wanted == Wanted::OfEvent && date::lacks_year(&text) {
        let meant = suggestions.iter().find_map(|suggestion| EdtfDate::parse(&suggestion.edtf).ok());
        let help = rewritten
            .or_else(|| meant.map(|date| without_year(&date, place)))
            .unwrap_or_else(|| certain_periods("", place));
        let message = format!("an event needs a year, and that of `{}` is not known", date::shortened(text.trim()));
        decoder.report(Code::InvalidDate, node.span.clone(), message).help(help);
        return None;
    }
    let is_undated = suggestions.first().is_some_and(|suggestion| suggestion.edtf == "XXXX");
    let help = rewritten.or_else(|| date::impossible_day(&text)).unwrap_or_else(|| wanted.help(is_undated, place));
    let shown = date::shortened(text.trim());
    let (span, message) = if is_of_form {
        (node.span.clone(), format!("`{shown}` is not a date in EDTF"))
    } else {
        let span = decoder.span_within(node, &text, error.offset.min(text.len())..text.trim_end().len());
        (span, format!("`{shown}` is not a date: {}", error.reason))
    };
    let span = if span.is_empty() { node.span.clone() } else { span };
    decoder.report(Code::InvalidDate, span, message).help(help);
    None
}

fn unspaced(written: &str) -> String {
    written.split_whitespace().collect()
}

/// Returns the help with those of the suggestions that the key accepts; `None` if it accepts none.
fn rewritten(suggestions: &[Suggestion], place: Place, wanted: Wanted) -> Option<String> {
    let fits = |suggestion: &&Suggestion| EdtfDate::parse(&suggestion.edtf).is_ok_and(|date| wanted.fits(&date));
    let fitting: Vec<Suggestion> = suggestions.iter().filter(fits).cloned().collect();
    date::help(&fitting, place)
}

/// The kind of file and value, which determine the quotation marks in help.
fn place(node: &Node, decoder: &Decoder<'_>) -> Place {
    let written = decoder.text.get(node.span.clone()).unwrap_or_default();
    let before = decoder.text.get(..node.span.start).unwrap_or_default();
    if written.starts_with(['"', '\'']) {
        Place::Quoted
    } else if before.trim_end().ends_with('=') {
        Place::Toml
    } else {
        Place::Yaml
    }
}
