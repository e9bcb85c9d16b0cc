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

/// What is found out once of a timeline, when the first file needs it.
#[derive(Default)]
pub struct Facts {
    updated: OnceLock<Option<Day>>,
    /// The keys of works, in the order of the timeline's works.
    keys: OnceLock<Vec<String>>,
}

impl<'a> Dataset<'a> {
    /// A timeline with the words of its language. `kind_names` are the names of its kinds in that language; `facts` must be
    /// those of the same timeline.
    #[must_use]
    pub const fn new(timeline: &'a Timeline, locale: &'a Locale, kind_names: &'a [String], facts: &'a Facts) -> Self {
        Self { timeline, locale, has_mark: timeline.config.csv_bom, kind_names, facts }
    }

    /// The site's settings.
    #[must_use]
    pub const fn config(&self) -> &'a Config {
        &self.timeline.config
    }

    /// The absolute address of a file of the site, if the site has one.
    #[must_use]
    pub fn url(&self, path: &SitePath) -> Option<String> {
        self.config().base_url.as_ref().map(|base| path.canonical(base))
    }

    /// Who publishes the timeline: site.toml's publisher, or else the site itself.
    #[must_use]
    pub fn publisher(&self) -> &'a str {
        self.config().publication.publisher.as_deref().unwrap_or(&self.config().title)
    }

    /// The name of a kind, in the site's words or the interface's.
    #[must_use]
    pub fn kind_name(&self, kind: KindIx) -> &'a str {
        &self.kind_names[kind.0]
    }

    /// The day on which an entry was last updated, as far as known.
    #[must_use]
    pub fn updated(&self) -> Option<Day> {
        *self.facts.updated.get_or_init(|| self.timeline.events.iter().filter_map(|event| event.updated()).max())
    }

    /// The works that events cite, each once, with the key by which bibliographies name it, in the order of first citation.
    pub fn works(&self) -> impl ExactSizeIterator<Item = (&'a str, &'a CitedSource)> {
        let works = self.keys().iter().zip(&self.timeline.works().list);
        works.map(|(key, work)| (key.as_str(), work.described(self.timeline)))
    }

    /// The key of the work that a source of an event is.
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

/// The key of a work: its publisher, its year, and a number made of its address or its words, so that it does not change when
/// other works are added.
fn work_key(source: &CitedSource) -> String {
    let words = source.publisher.as_deref().unwrap_or("source").split(|c: char| !c.is_alphanumeric());
    let publisher = words.filter(|word| !word.is_empty()).take(3).collect::<String>().to_lowercase();
    let year = source.date.as_ref().filter(|date| date.has_year()).and_then(|date| date.ends().0);
    let year = year.map(|date| format!("-{}", date.year)).unwrap_or_default();
    let mut keyer = Keyer::default();
    source.work().add_to(&mut keyer);
    // 32 bits tell thousands of works of a publisher and year apart; two that are still equal are numbered.
    let number = keyer.finish().number() as u32;
    bibtex_key(&format!("{publisher}{year}-{number:08x}"))
}
