//! The values that templates get.
//!
//! Each event, actor, place, process and kind becomes a value once, and every page that shows it shares that
//! value by handle. What is shown is decided here and where pages are made; templates only lay it out. All
//! addresses are relative to the site's root and percent-encoded: a template writes `{{ root }}{{ event.url }}`.

use rayon::prelude::*;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::Value;

use super::draft;
use crate::date::{EdtfDate, Shape, year_words};
use crate::fields::Confidence;
use crate::theme::Locale;
use crate::timeline::{
    Actor, ActorIx, Event, EventIx, Kind, KindIx, Place, PlaceIx, Process, ProcessIx, Tally, Timeline,
};

/// How many actors a row in a list names.
pub(super) const ACTORS_IN_ROWS: usize = 2;

/// Makes a map value from names and values.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::outputs::values::named(&[$(($name, tera::Value::from($value))),*])
    };
}
pub(crate) use object;

/// Makes a map value from names and values that many files share.
macro_rules! shared {
    ($($name:literal: $value:expr),* $(,)?) => {
        keyed(&[$(($name, Value::from($value))),*])
    };
}

/// Returns a map value of names and values, in order.
pub(crate) fn named(entries: &[(&'static str, Value)]) -> Value {
    Value::from_serializable(&Entries { key: None, entries })
}

/// Returns a map value like [`named`], with its key as the first entry: for values that many files share.
pub(crate) fn keyed(entries: &[(&'static str, Value)]) -> Value {
    let key = Value::from(draft::own_key(entries));
    Value::from_serializable(&Entries { key: Some(key), entries })
}

/// The entries of a map value, serialised as a struct. Tera copies whatever becomes a map into one of its own. It takes the
/// fields of a struct one by one and shares their values, which costs less than another map to copy from.
struct Entries<'e> {
    key: Option<Value>,
    entries: &'e [(&'static str, Value)],
}

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("", self.entries.len() + usize::from(self.key.is_some()))?;
        self.key.iter().try_for_each(|key| map.serialize_field(draft::OWN_KEY, key))?;
        self.entries.iter().try_for_each(|(name, value)| map.serialize_field(name, value))?;
        map.end()
    }
}

/// Values shared by all files, except events, which are many and made after the search index.
pub struct Values {
    /// The values of actors, in the order of the timeline.
    pub actors: Vec<Value>,
    /// The values of places, in the order of the timeline.
    pub places: Vec<Value>,
    /// The values of processes, in the order of the timeline.
    pub processes: Vec<Value>,
    /// The values of kinds, in the site's order.
    pub kinds: Vec<Value>,
    /// The names of kinds, in the site's words or the interface's.
    pub kind_names: Vec<String>,
    /// The levels of confidence, in order.
    confidences: Vec<Value>,
    /// Numbers of sources in words (`3 sources`), by number, up to that of the event with the most.
    sources_words: Vec<Value>,
}

impl Values {
    /// Makes every shared value.
    #[must_use]
    pub fn new(timeline: &Timeline, locale: &Locale) -> Self {
        let kind_names: Vec<String> =
            timeline.kinds.iter().map(|item| locale.kind(&item.id, item.name.as_deref())).collect();
        let most_sources = timeline.events.iter().map(|event| event.sources.len()).max().unwrap_or(0);
        Self {
            actors: timeline.actors.par_iter().map(|item| actor(item, timeline, locale)).collect(),
            places: timeline.places.par_iter().map(|item| place(item, timeline, locale)).collect(),
            processes: timeline.processes.par_iter().map(|item| process(item, timeline, locale)).collect(),
            kinds: timeline.kinds.iter().zip(&kind_names).map(|(item, name)| kind(item, name, locale)).collect(),
            kind_names,
            confidences: Confidence::ALL.iter().map(|level| confidence(*level, locale)).collect(),
            sources_words: (0..=most_sources).map(|count| locale.count("sources-count", count).into()).collect(),
        }
    }

    /// Makes the value of an event, as docs/templates.md describes it under *event*.
    #[must_use]
    pub fn event(&self, ix: EventIx, event: &Event, locale: &Locale) -> Value {
        shared! {
            "number": ix.0,
            "id": event.entry.id.id.as_ref(),
            "url": Value::safe_string(&event.entry.path().url()),
            "title": event.entry.title.as_str(),
            "date": date(&event.date, locale),
            "kind": self.kinds[event.kind.0].clone(),
            "summary": event.entry.summary.as_deref(),
            "actors": event.actors.iter().map(|ix| self.actors[ix.0].clone()).collect::<Vec<_>>(),
            "first_actors": event.actors.iter().take(ACTORS_IN_ROWS).map(|ix| self.actors[ix.0].clone()).collect::<Vec<_>>(),
            "more_actors": more_actors(event.actors.len(), locale),
            "places": event.places.iter().map(|ix| self.places[ix.0].clone()).collect::<Vec<_>>(),
            "processes": event.processes.iter().map(|ix| self.processes[ix.0].clone()).collect::<Vec<_>>(),
            "tags": event.tags.iter().map(|tag| Value::from(tag.as_str())).collect::<Vec<_>>(),
            "confidence": self.confidence(event.confidence),
            "importance": u32::from(event.importance.number()),
            "sources_count": event.sources.len(),
            "sources_words": self.sources_words[event.sources.len()].clone(),
            "draft": event.draft,
            "extra": Value::from_serializable(&event.entry.extra.0),
        }
    }

    fn confidence(&self, level: Confidence) -> Option<Value> {
        let number = Confidence::ALL.iter().position(|other| *other == level)?;
        self.confidences.get(number).cloned()
    }

    /// Returns the value of an actor, which all pages share.
    #[must_use]
    pub fn actor(&self, ix: ActorIx) -> Value {
        self.actors[ix.0].clone()
    }

    /// Returns the value of a place, which all pages share.
    #[must_use]
    pub fn place(&self, ix: PlaceIx) -> Value {
        self.places[ix.0].clone()
    }

    /// Returns the value of a process, which all pages share.
    #[must_use]
    pub fn process(&self, ix: ProcessIx) -> Value {
        self.processes[ix.0].clone()
    }

    /// Returns the value of a kind, which all pages share.
    #[must_use]
    pub fn kind(&self, ix: KindIx) -> Value {
        self.kinds[ix.0].clone()
    }

    /// Returns the name of a kind, in the site's words or the interface's.
    #[must_use]
    pub fn kind_name(&self, ix: KindIx) -> &str {
        &self.kind_names[ix.0]
    }

    /// Returns the first `most` actors of a tally, each with its number of events.
    #[must_use]
    pub fn actor_tally(&self, tally: &Tally<ActorIx>, most: usize, locale: &Locale) -> Vec<Value> {
        tally.iter().take(most).map(|(ix, count)| counted(&self.actors[ix.0], *count, locale)).collect()
    }

    /// Returns the first `most` places of a tally, each with its number of events.
    #[must_use]
    pub fn place_tally(&self, tally: &Tally<PlaceIx>, most: usize, locale: &Locale) -> Vec<Value> {
        tally.iter().take(most).map(|(ix, count)| counted(&self.places[ix.0], *count, locale)).collect()
    }
}

/// Returns in words how many of `count` actors a row leaves unnamed ("+5"); `None` if it names all.
#[must_use]
pub(super) fn more_actors(count: usize, locale: &Locale) -> Option<String> {
    let more = count.checked_sub(ACTORS_IN_ROWS).filter(|more| *more > 0)?;
    Some(locale.text("more-actors", &[("count", more.into())]))
}

/// Returns the value of a date, as docs/templates.md describes it under *date*.
#[must_use]
pub(super) fn date(date: &EdtfDate, locale: &Locale) -> Value {
    object! {
        "words": words(date, locale),
        "edtf": date.canonical(),
        "datetime": date.html_datetime(),
        "precision": date.precision_words(locale),
        "shape": date.shape().name(),
        "approximate": date.is_approximate(),
        "uncertain": date.is_uncertain(),
        "mark": mark(date),
    }
}

/// Returns a date in words, with no-break spaces where no line may end.
#[must_use]
pub(super) fn words(date: &EdtfDate, locale: &Locale) -> String {
    unbroken(&date.words(locale))
}

/// Puts no-break spaces into the words of a date: after a number of one or two digits, to keep a day with its month, and
/// before an en dash, so that no line begins with it.
fn unbroken(words: &str) -> String {
    let mut unbroken = String::with_capacity(words.len() + 4);
    for (number, word) in words.split(' ').enumerate() {
        let digits = unbroken.chars().rev().take_while(|letter| letter.is_numeric()).count();
        let is_day = matches!(digits, 1 | 2);
        if number > 0 {
            unbroken.push(if is_day || word == "–" { '\u{a0}' } else { ' ' });
        }
        unbroken.push_str(word);
    }
    unbroken
}

/// Returns the class names of a date's mark: `mark-month is-approximate`. A season has the mark of a month, a period that
/// of a year; an open date has an arrow at each end that is open or not known.
#[must_use]
pub(super) fn mark(date: &EdtfDate) -> String {
    let shape = match date.shape() {
        Shape::Season => Shape::Month,
        Shape::Period => Shape::Year,
        shape => shape,
    };
    let is_open = shape == Shape::Open;
    let also = [
        (is_open && date.earliest().is_none(), " opens-before"),
        (is_open && date.latest().is_none(), " opens-after"),
        (date.is_approximate(), " is-approximate"),
        (date.is_uncertain(), " is-uncertain"),
    ];
    let also = also.into_iter().filter_map(|(holds, class)| holds.then_some(class));
    format!("mark-{}{}", shape.name(), also.collect::<String>())
}

fn confidence(confidence: Confidence, locale: &Locale) -> Value {
    object! {
        "id": confidence.name(),
        "name": locale.text(&format!("confidence-{}", confidence.name()), &[]),
        "plain": confidence == Confidence::Confirmed,
    }
}

fn counted(item: &Value, count: usize, locale: &Locale) -> Value {
    object! {
        "item": item.clone(),
        "count": count,
        "words": locale.count("events-count", count),
    }
}

/// Returns the years from the first of some events to the last: `2015–2018`; `None` for no events. `events` must be in the
/// order of the timeline.
#[must_use]
pub(super) fn span(timeline: &Timeline, events: &[EventIx], locale: &Locale) -> Option<String> {
    let year = |ix: &EventIx| timeline[*ix].date.key().start.year;
    let (first, last) = (year(events.first()?), year(events.last()?));
    Some(years(first, last, locale))
}

/// Returns the years (astronomical) from one to another: `2015–2018`; only one if they are the same.
#[must_use]
pub(super) fn years(first: i64, last: i64, locale: &Locale) -> String {
    let (from, to) = (year_words(first, locale), year_words(last, locale));
    if first == last { from } else { format!("{from}–{to}") }
}

fn actor(actor: &Actor, timeline: &Timeline, locale: &Locale) -> Value {
    let kind_name = actor.kind.map(|kind| locale.text(&format!("actor-kind-{}", kind.name()), &[]));
    shared! {
        "id": actor.entry.id.id.as_ref(),
        "url": Value::safe_string(&actor.entry.path().url()),
        "name": actor.entry.title.as_str(),
        "summary": actor.entry.summary.as_deref(),
        "kind": actor.kind.map(crate::content::ActorKind::name),
        "kind_name": kind_name,
        "count": actor.events.len(),
        "count_words": locale.count("events-count", actor.events.len()),
        "span": span(timeline, &actor.events, locale),
        "extra": Value::from_serializable(&actor.entry.extra.0),
    }
}

fn place(place: &Place, timeline: &Timeline, locale: &Locale) -> Value {
    shared! {
        "id": place.entry.id.id.as_ref(),
        "url": Value::safe_string(&place.entry.path().url()),
        "name": place.entry.title.as_str(),
        "summary": place.entry.summary.as_deref(),
        "country": place.country.as_deref(),
        "country_name": place.country.as_deref().map(|code| locale.country(code).into_owned()),
        "lat": place.point.map(|point| point.lat),
        "lon": place.point.map(|point| point.lon),
        "count": place.events.len(),
        "count_words": locale.count("events-count", place.events.len()),
        "span": span(timeline, &place.events, locale),
        "extra": Value::from_serializable(&place.entry.extra.0),
    }
}

fn process(process: &Process, timeline: &Timeline, locale: &Locale) -> Value {
    shared! {
        "id": process.entry.id.id.as_ref(),
        "url": Value::safe_string(&process.entry.path().url()),
        "name": process.entry.title.as_str(),
        "summary": process.entry.summary.as_deref(),
        "colour": process.colour.as_deref(),
        "date": process.date.as_ref().map(|period| date(period, locale)),
        "count": process.events.len(),
        "count_words": locale.count("events-count", process.events.len()),
        "span": span(timeline, &process.events, locale),
        "extra": Value::from_serializable(&process.entry.extra.0),
    }
}

fn kind(kind: &Kind, name: &str, locale: &Locale) -> Value {
    shared! {
        "id": kind.id.as_ref(),
        "url": Value::safe_string(&kind.path().url()),
        "name": name,
        "summary": kind.summary.as_deref(),
        "family": kind.family.name(),
        "family_name": locale.text(&format!("family-{}", kind.family.name()), &[]),
        "count": kind.events.len(),
        "count_words": locale.count("events-count", kind.events.len()),
    }
}
