//! What all formats are made from: the Timeline with the words of its language.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::latex::bibtex_key;
use crate::config::Config;
use crate::date::Day;
use crate::id::SitePath;
use crate::key::Keyer;
use crate::theme::Locale;
use crate::timeline::{CitedSource, Event, KindIx, Timeline, WorkIdentity};

/// A timeline to export, with the words that describe it.
pub struct Dataset<'a> {
    /// What is exported.
    pub timeline: &'a Timeline,
    /// The words of the site's language.
    pub locale: &'a Locale,
    /// Whether CSV begins with a byte order mark.
    pub has_mark: bool,
    works: OnceLock<Works<'a>>,
}

/// The works that events cite, each with its key.
type Works<'a> = (Vec<(String, &'a CitedSource)>, HashMap<WorkIdentity<'a>, usize>);

impl<'a> Dataset<'a> {
    /// A timeline with the words of its language.
    #[must_use]
    pub const fn new(timeline: &'a Timeline, locale: &'a Locale) -> Self {
        Self { timeline, locale, has_mark: timeline.config.csv_bom, works: OnceLock::new() }
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
    pub fn kind_name(&self, kind: KindIx) -> String {
        let kind = &self.timeline[kind];
        self.locale.kind(&kind.id, kind.name.as_deref())
    }

    /// The day on which an entry was last updated, as far as known.
    #[must_use]
    pub fn updated(&self) -> Option<Day> {
        self.timeline.events.iter().filter_map(Event::updated).max()
    }

    /// The works that events cite, each once, with the key by which bibliographies name it, in the order of first citation.
    #[must_use]
    pub fn works(&self) -> &[(String, &'a CitedSource)] {
        &self.gathered().0
    }

    /// The key of the work that a source is.
    #[must_use]
    pub fn work_key(&self, source: &'a CitedSource) -> &str {
        let (works, numbers) = self.gathered();
        numbers.get(&source.work()).map_or("", |number| works[*number].0.as_str())
    }

    fn gathered(&self) -> &Works<'a> {
        self.works.get_or_init(|| {
            let (mut works, mut numbers): Works<'a> = (Vec::new(), HashMap::new());
            let mut taken: BTreeMap<String, usize> = BTreeMap::new();
            for source in self.timeline.events.iter().flat_map(|event| &event.sources) {
                numbers.entry(source.work()).or_insert_with_key(|identity| {
                    let key = work_key(source, identity);
                    let times = taken.entry(key.clone()).and_modify(|times| *times += 1).or_insert(1);
                    works.push((if *times == 1 { key } else { format!("{key}-{times}") }, source));
                    works.len() - 1
                });
            }
            (works, numbers)
        })
    }
}

/// The key of a work: its publisher, its year, and a number made of its address or its words, so that it does not change when
/// other works are added.
fn work_key(source: &CitedSource, identity: &WorkIdentity<'_>) -> String {
    let words = source.publisher.as_deref().unwrap_or("source").split(|c: char| !c.is_alphanumeric());
    let publisher = words.filter(|word| !word.is_empty()).take(3).collect::<String>().to_lowercase();
    let year = source.date.as_ref().filter(|date| date.has_year()).and_then(|date| date.ends().0);
    let year = year.map(|date| format!("-{}", date.year)).unwrap_or_default();
    let mut keyer = Keyer::default();
    identity.add_to(&mut keyer);
    // 32 bits tell thousands of works of a publisher and year apart; two that are still equal are numbered.
    let number = keyer.finish().number() as u32;
    bibtex_key(&format!("{publisher}{year}-{number:08x}"))
}
