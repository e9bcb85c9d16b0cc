//! Social cards: which exist, where each is written, and which one a page refers to.
//!
//! A card needs a heading that can be written with the faces of cards. A page whose card would have none refers to a more
//! general card.

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
    /// Its heading, as [`written`] returned it.
    pub heading: String,
}

/// What a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The whole timeline.
    Timeline,
    /// A section of the site, by the key of the message that names it: one of [`SECTIONS`].
    Section(&'static str),
    /// A kind of event.
    Kind(KindIx),
    /// A process.
    Process(ProcessIx),
    /// An event.
    Event(EventIx),
}

/// The sections that have a card of their own, each by the key of the message that names it, which is also the name of its
/// file.
pub(super) const SECTIONS: [&str; 10] =
    ["map", "sources", "votes", "actors", "places", "processes", "kinds", "data", "changes", "corrections"];

impl Card {
    /// Returns the card of a subject, or `None` if it has none of its own: without a base URL, because other sites need
    /// absolute addresses; without events; if `[cards]` leaves the event out; if the heading cannot be written. An event
    /// whose title cannot be written has its date as heading.
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

    /// Returns the most specific card for an event: its own, or else that of its first process that has one, or else that
    /// of the timeline.
    #[must_use]
    pub fn of_event(event: EventIx, site: &Site) -> Option<Self> {
        let processes = site.timeline[event].processes.iter().map(|process| Subject::Process(*process));
        let subjects = std::iter::once(Subject::Event(event)).chain(processes);
        subjects.chain([Subject::Timeline]).find_map(|subject| Self::of(subject, site))
    }

    /// Returns the card of a subject, or else that of the timeline.
    #[must_use]
    pub fn or_of_timeline(subject: Subject, site: &Site) -> Option<Self> {
        Self::of(subject, site).or_else(|| Self::of(Subject::Timeline, site))
    }

    /// Returns the path of its PNG.
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

    /// Returns its text alternative (`og:image:alt`): the heading, and the date of an event.
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
