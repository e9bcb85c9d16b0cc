//! Social cards: which there are, where each is written, and which of them stands for a document.
//!
//! A card needs a heading that can be written with the faces of cards. Where there is none, pages have a more general card.

use super::site::Site;
use super::values;
use crate::cards::written;
use crate::config::CardEvents;
use crate::content::Importance;
use crate::id::SitePath;
use crate::timeline::{EventIx, KindIx, ProcessIx, Timeline};

/// A social card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub subject: Subject,
    /// Its heading, as cards write it.
    pub heading: String,
}

/// What a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The whole timeline.
    Timeline,
    /// Pages of a sort, by the message that names them: one of [`SECTIONS`].
    Section(&'static str),
    /// A kind of event.
    Kind(KindIx),
    /// A process.
    Process(ProcessIx),
    /// An event.
    Event(EventIx),
}

/// The sorts of pages that have a card of their own, by the message that names them.
pub const SECTIONS: [&str; 10] =
    ["map", "sources", "votes", "actors", "places", "processes", "kinds", "data", "changes", "corrections"];

impl Card {
    /// The card of a subject; `None` if it has none of its own. Without a base URL there are none, because other sites need
    /// their addresses.
    #[must_use]
    pub fn of(subject: Subject, site: &Site) -> Option<Self> {
        let timeline = &site.timeline;
        timeline.config.base_url.as_ref()?;
        let heading = match subject {
            Subject::Timeline => written(&timeline.config.title)?,
            Subject::Section(name) => written(&site.locale.text(name, &[]))?,
            // Built-in kinds are many, and most sites use a few of them.
            Subject::Kind(kind) if timeline[kind].events.is_empty() => return None,
            Subject::Process(process) if timeline[process].events.is_empty() => return None,
            Subject::Kind(kind) => written(site.values.kind_name(kind))?,
            Subject::Process(process) => written(&timeline[process].entry.title)?,
            Subject::Event(event) => {
                let event = Some(&timeline[event]).filter(|event| has_card(timeline.config.cards, event.importance))?;
                let title = written(&event.entry.title);
                title.or_else(|| written(&values::words(&event.date, &site.locale)))?
            }
        };
        Some(Self { subject, heading })
    }

    /// The most particular card that there is for an event: its own, or that of the first process that has one, or that of the
    /// timeline.
    #[must_use]
    pub fn of_event(event: EventIx, site: &Site) -> Option<Self> {
        let processes = site.timeline[event].processes.iter().map(|process| Subject::Process(*process));
        let subjects = std::iter::once(Subject::Event(event)).chain(processes);
        subjects.chain([Subject::Timeline]).find_map(|subject| Self::of(subject, site))
    }

    /// A card, or that of the timeline.
    #[must_use]
    pub fn or_of_timeline(subject: Subject, site: &Site) -> Option<Self> {
        Self::of(subject, site).or_else(|| Self::of(Subject::Timeline, site))
    }

    /// Where it is written.
    #[must_use]
    pub fn path(&self, timeline: &Timeline) -> SitePath {
        SitePath::new(match self.subject {
            Subject::Timeline => "cards/timeline.png".to_owned(),
            Subject::Section(name) => format!("cards/{name}.png"),
            Subject::Kind(kind) => format!("cards/kinds/{}.png", timeline[kind].id),
            Subject::Process(process) => format!("cards/processes/{}.png", timeline[process].entry.id.id),
            Subject::Event(event) => format!("cards/events/{}.png", timeline[event].entry.id.id),
        })
    }

    /// What it shows, in words, for readers who cannot see it.
    #[must_use]
    pub fn words(&self, site: &Site) -> String {
        let title = self.heading.as_str().into();
        match self.subject {
            Subject::Event(event) => {
                let date = values::words(&site.timeline[event].date, &site.locale);
                site.locale.text("card-event", &[("title", title), ("date", date.into())])
            }
            _ => site.locale.text("card", &[("title", title)]),
        }
    }
}

/// Whether an event of this importance has a card of its own.
fn has_card(events: CardEvents, importance: Importance) -> bool {
    match events {
        CardEvents::Landmarks => importance == Importance::Landmark,
        CardEvents::All => true,
        CardEvents::None => false,
    }
}
