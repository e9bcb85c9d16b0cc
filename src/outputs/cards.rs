//! The social cards of the site: what each says and shows.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::card::{Card, SECTIONS, Subject};
use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use super::values;
use crate::cards::{self, CHART_WIDTH, Chart, Piece, written};
use crate::date::year_words;
use crate::fields::Confidence;
use crate::figures::{self, Columns, Miniature, Stacks};
use crate::id::SitePath;
use crate::theme::{Locale, unmarked};
use crate::timeline::{EventIx, KindIx, ProcessIx, Timeline};

/// The most labels of an axis.
const MOST_LABELS: usize = 8;
/// The most actors that a card names.
const MOST_ACTORS: usize = 4;

/// What all cards share, made with the first one: the time axis, and the columns of all events. `None` inside if there are
/// no events.
#[derive(Default)]
pub(super) struct Shared(OnceLock<Option<(Columns, Stacks)>>);

impl Shared {
    fn chart(&self, timeline: &Timeline) -> Option<&(Columns, Stacks)> {
        let made = || {
            let columns = Columns::of(timeline)?;
            let stacks = figures::stacks(timeline, &timeline.all_events().collect::<Vec<_>>(), &columns);
            Some((columns, stacks))
        };
        self.0.get_or_init(made).as_ref()
    }
}

impl OutputFamily for Card {
    const ID: &'static str = "social cards";

    type Shared = Shared;

    fn shared(_timeline: &Timeline) -> Shared {
        Shared::default()
    }

    fn plan(site: &Site, _shared: &Shared, _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        let timeline = &site.timeline;
        let sections = SECTIONS.iter().filter(|name| is_shown(name, timeline)).map(|name| Subject::Section(name));
        let kinds = (0..timeline.kinds.len()).map(|number| Subject::Kind(KindIx(number)));
        let processes = (0..timeline.processes.len()).map(|number| Subject::Process(ProcessIx(number)));
        let events = timeline.all_events().map(Subject::Event);
        let subjects = std::iter::once(Subject::Timeline).chain(sections).chain(kinds).chain(processes).chain(events);
        subjects.filter_map(|subject| Self::of(subject, site)).collect()
    }

    fn path(&self, timeline: &Timeline) -> SitePath {
        Self::path(self, timeline)
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, shared: &'a Shared) -> Draft<'a> {
        let card = Writer { site, shared }.card(self);
        Draft::drawing(card.key(), move || Ok(card.svg().into_bytes()))
    }
}

/// Returns whether the site has the pages of a section.
fn is_shown(section: &str, timeline: &Timeline) -> bool {
    match section {
        "votes" => timeline.has_votes(),
        "changes" => timeline.has_changes(),
        _ => true,
    }
}

/// Writes the texts and charts of cards.
struct Writer<'a> {
    site: &'a Site,
    shared: &'a Shared,
}

impl Writer<'_> {
    /// Returns the contents of a card.
    fn card(&self, card: &Card) -> cards::Card {
        let timeline = &self.site.timeline;
        let (lead, notes, chart) = match card.subject {
            Subject::Timeline | Subject::Section(_) => {
                let events: Vec<EventIx> = timeline.all_events().collect();
                (Vec::new(), self.extent(&events), self.chart_of(&events))
            }
            Subject::Kind(kind) => {
                let family = timeline[kind].family.name();
                let name = self.site.locale.text(&format!("family-{family}"), &[]);
                let lead = self.pieces(&[(name.into(), format!("family-{family}"))]);
                (lead, self.extent(&timeline[kind].events), self.chart_of(&timeline[kind].events))
            }
            Subject::Process(process) => {
                let process = &timeline[process];
                let date = process.date.as_ref().map(|date| values::words(date, &self.site.locale));
                let lead = date.map(|date| (date.into(), "ink".to_owned()));
                (self.pieces(lead.as_slice()), self.extent(&process.events), self.chart_of(&process.events))
            }
            Subject::Event(event) => (self.lead(event, card), self.actors(event), self.chart_of_event(event)),
        };
        let site = written(&timeline.config.title).filter(|title| *title != card.heading);
        cards::Card { site, lead, heading: card.heading.clone(), notes, chart }
    }

    /// Returns the texts that can be written, each in its class, with separators between them.
    fn pieces(&self, texts: &[(Cow<'_, str>, String)]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let separator = self.word("facts-separator").replace('\u{a0}', " ");
        for (text, class) in texts {
            if let Some(text) = written(text) {
                if !pieces.is_empty() {
                    pieces.push(Piece { text: separator.clone(), class: "quiet".to_owned() });
                }
                pieces.push(Piece { text, class: class.clone() });
            }
        }
        pieces
    }

    /// Returns what is above an event's heading: its date, unless that is the heading; its kind; its confidence, unless it
    /// is confirmed; and whether it is a draft.
    fn lead(&self, ix: EventIx, card: &Card) -> Vec<Piece> {
        let (event, values) = (&self.site.timeline[ix], &self.site.values);
        let date = values::words(&event.date, &self.site.locale);
        let is_heading = written(&date).is_some_and(|date| date == card.heading);
        let family = self.site.timeline[event.kind].family.name();
        let mut texts: Vec<(Cow<'_, str>, String)> = Vec::new();
        if !is_heading {
            texts.push((date.into(), "ink".to_owned()));
        }
        texts.push((values.kind_name(event.kind).into(), format!("family-{family}")));
        if event.confidence != Confidence::Confirmed {
            texts.push((self.word(&format!("confidence-{}", event.confidence.name())).into(), "quiet".to_owned()));
        }
        if event.draft {
            texts.push((self.word("draft").into(), "quiet".to_owned()));
        }
        self.pieces(&texts)
    }

    /// Returns the notes from which an event's card takes the first that fits: its first actors, from [`MOST_ACTORS`] down
    /// to one, each time with how many more there are.
    fn actors(&self, ix: EventIx) -> Vec<String> {
        let timeline = &self.site.timeline;
        let actors = &timeline[ix].actors;
        let names: Vec<String> = actors.iter().filter_map(|actor| written(&timeline[*actor].entry.title)).collect();
        let listed = |shown: usize| {
            let mut text = names[..shown].join(&self.word("list-separator"));
            if actors.len() > shown {
                text.push(' ');
                text.push_str(&self.site.locale.text("more-actors", &[("count", (actors.len() - shown).into())]));
            }
            written(&text)
        };
        (1..=names.len().min(MOST_ACTORS)).rev().filter_map(listed).collect()
    }

    /// Returns one note with the number of events and their years, or none for no events.
    fn extent(&self, events: &[EventIx]) -> Vec<String> {
        let (timeline, locale) = (&self.site.timeline, &self.site.locale);
        let count = (!events.is_empty()).then(|| locale.count("events-count", events.len()));
        let span = values::span(timeline, events, locale);
        let texts: Vec<String> = count.into_iter().chain(span).filter_map(|text| written(&text)).collect();
        if texts.is_empty() { Vec::new() } else { vec![texts.join(&self.word("facts-separator"))] }
    }

    fn chart_of(&self, events: &[EventIx]) -> Option<Chart> {
        let (columns, all) = self.shared.chart(&self.site.timeline).filter(|_| !events.is_empty())?;
        Some(self.chart(figures::of_events(&self.site.timeline, events, all, columns, CHART_WIDTH), columns))
    }

    fn chart_of_event(&self, event: EventIx) -> Option<Chart> {
        let (columns, all) = self.shared.chart(&self.site.timeline)?;
        Some(self.chart(figures::of_event(&self.site.timeline, event, all, columns, CHART_WIDTH), columns))
    }

    fn chart(&self, drawn: Miniature, columns: &Columns) -> Chart {
        let Miniature { columns: shapes, size, band, marks, below } = drawn;
        Chart { columns: shapes, size, band, marks, below, labels: self.labels(columns) }
    }

    /// Returns the years along the axis, each with its position in pixels, at most [`MOST_LABELS`].
    fn labels(&self, columns: &Columns) -> Vec<(f64, String)> {
        let count = columns.ticks().count();
        let (step, locale): (_, &Locale) = (count.div_ceil(MOST_LABELS).max(1), &self.site.locale);
        #[expect(clippy::cast_precision_loss, reason = "there are few ticks")]
        let label = |(number, tick): (usize, figures::Tick)| {
            let x = CHART_WIDTH * number as f64 / count as f64;
            Some((x, written(&year_words(tick.year(), locale))?))
        };
        columns.ticks().enumerate().step_by(step).filter_map(label).collect()
    }

    fn word(&self, key: &str) -> String {
        unmarked(&self.site.locale.text(key, &[])).into_owned()
    }
}
