//! What all formats are made from: the Timeline with the words of its language.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::latex::bibtex_key;
use crate::config::Config;
use crate::date::Day;
use crate::id::SitePath;
use crate::key::Keyer;
use crate::theme::Locale;
use crate::timeline::{CitedSource, EventIx, KindIx, Timeline};

/// A timeline to export, with the words that describe it.
pub struct Dataset<'a> {
    /// What is exported.
    pub timeline: &'a Timeline,
    /// The words of the site's language.
    pub locale: &'a Locale,
    /// Whether CSV begins with a byte order mark.
    pub has_mark: bool,
    kind_names: &'a [String],
    facts: &'a Facts,
}

/// Values that several formats need, computed once for a timeline when they are first asked for.
#[derive(Default)]
pub struct Facts {
    updated: OnceLock<Option<Day>>,
    /// The keys of works, in the order of the timeline's works.
    keys: OnceLock<Vec<String>>,
}

impl<'a> Dataset<'a> {
    /// Makes a dataset. `kind_names` are the names of the timeline's kinds in the language of `locale`, in the order of its
    /// kinds. `facts` must be those of the same timeline.
    #[must_use]
    pub const fn new(timeline: &'a Timeline, locale: &'a Locale, kind_names: &'a [String], facts: &'a Facts) -> Self {
        Self { timeline, locale, has_mark: timeline.config.csv_bom, kind_names, facts }
    }

    /// Returns the site's settings.
    #[must_use]
    pub const fn config(&self) -> &'a Config {
        &self.timeline.config
    }

    /// Returns the absolute URL of a file of the site; `None` if site.toml has no `base_url`.
    #[must_use]
    pub fn url(&self, path: &SitePath) -> Option<String> {
        self.config().base_url.as_ref().map(|base| path.canonical(base))
    }

    /// Returns the name of the publisher: the one that site.toml names, or else the site's title.
    #[must_use]
    pub fn publisher(&self) -> &'a str {
        self.config().publication.publisher.as_deref().unwrap_or(&self.config().title)
    }

    /// Returns the name of a kind: the site's own, or else that of the interface.
    #[must_use]
    pub fn kind_name(&self, kind: KindIx) -> &'a str {
        &self.kind_names[kind.0]
    }

    /// Returns the latest day on which an event was updated, as far as known. Other entries do not count.
    #[must_use]
    pub fn updated(&self) -> Option<Day> {
        *self.facts.updated.get_or_init(|| self.timeline.events.iter().filter_map(|event| event.updated()).max())
    }

    /// Returns the works that events cite, each once, in the order of first citation, with their keys in bibliographies.
    pub fn works(&self) -> impl ExactSizeIterator<Item = (&'a str, &'a CitedSource)> {
        let works = self.keys().iter().zip(&self.timeline.works().list);
        works.map(|(key, work)| (key.as_str(), work.described(self.timeline)))
    }

    /// Returns the key of the work that an event cites as a source. `source` is the index in the event's `sources`.
    #[must_use]
    pub fn work_key(&self, event: EventIx, source: usize) -> &'a str {
        &self.keys()[self.timeline.works().number(event, source)]
    }

    fn keys(&self) -> &'a [String] {
        self.facts.keys.get_or_init(|| {
            let mut taken: HashMap<String, usize> = HashMap::new();
            let works = self.timeline.works().list.iter().map(|work| work_key(work.described(self.timeline)));
            let numbered = works.map(|key| {
                let times = taken.entry(key.clone()).and_modify(|times| *times += 1).or_insert(1);
                if *times == 1 { key } else { format!("{key}-{times}") }
            });
            numbered.collect()
        })
    }
}

/// Makes the key of a work from the first three words of its publisher, its year, and a hash of its URL, or without a URL of
/// its title, publisher and date. So it does not change when other works are added.
fn work_key(source: &CitedSource) -> String {
    let words = source.publisher.as_deref().unwrap_or("source").split(|c: char| !c.is_alphanumeric());
    let publisher = words.filter(|word| !word.is_empty()).take(3).collect::<String>().to_lowercase();
    let year = source.date.as_ref().filter(|date| date.has_year()).and_then(|date| date.ends().0);
    let year = year.map(|date| format!("-{}", date.year)).unwrap_or_default();
    let mut keyer = Keyer::default();
    source.work().add_to(&mut keyer);
    // 32 bits distinguish thousands of works of one publisher and year; equal keys are numbered.
    let number = keyer.finish().number() as u32;
    bibtex_key(&format!("{publisher}{year}-{number:08x}"))
}
