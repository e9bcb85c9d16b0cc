//! The works that events cite, each once: by publisher, and the pages into which a long list of them is divided.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization as _;

use crate::content::slug;
use crate::timeline::{CitedSource, EventIx, Timeline};

/// The most works on one page, if the list is not divided.
const ONE_PAGE: usize = 2000;
/// The most works on one page of a divided list.
const PAGE: usize = 1000;
/// The most publishers that the first page of a divided list names.
pub(super) const NAMED_PUBLISHERS: usize = 1000;

/// A work that events cite.
#[derive(Debug)]
pub(super) struct Work {
    /// Its first citation: the event, and the index of the source there.
    pub source: (EventIx, usize),
    /// The first citation that names an archived copy.
    pub archived: Option<(EventIx, usize)>,
    /// The events that cite it, in order.
    pub events: Vec<EventIx>,
    /// Its description in lists, rendered when the first list needs it.
    pub line: OnceLock<Arc<str>>,
}

/// A publisher of works.
#[derive(Debug)]
pub(super) struct Publisher {
    /// The name; `None` for works without a publisher.
    pub name: Option<String>,
    /// Its anchor on its page, without `_publisher-`.
    pub anchor: String,
    /// Its works by number, earliest first, undated ones last.
    pub works: Vec<usize>,
    /// The first page with its works, by number, if the list is divided.
    pub page: Option<usize>,
}

/// The publishers whose names begin with the same letter.
#[derive(Debug)]
pub(super) struct Letter {
    /// The letter, `#` for names that begin with anything else, or empty for works without a publisher.
    pub name: String,
    /// The publishers by number.
    pub publishers: Range<usize>,
    /// The pages by number, if the list is divided.
    pub pages: Range<usize>,
}

/// A page of works.
#[derive(Debug)]
pub(super) struct WorksPage {
    /// The number of its letter.
    pub letter: usize,
    /// The publishers on it, each with the range of its works.
    pub publishers: Vec<(usize, Range<usize>)>,
}

/// Every work.
#[derive(Debug, Default)]
pub(super) struct Works {
    /// The works in the order in which the timeline first cites them.
    pub list: Vec<Work>,
    /// The publishers by name, works without one last.
    pub publishers: Vec<Publisher>,
    /// The letters in order.
    pub letters: Vec<Letter>,
    /// The pages, if there are too many works for one.
    pub pages: Vec<WorksPage>,
    /// The work of each source of each event, one event after the other.
    numbers: Vec<usize>,
    /// Where in `numbers` each event begins.
    first: Vec<usize>,
}

impl Works {
    /// Collects the works of all events.
    pub fn new(timeline: &Timeline) -> Self {
        let mut works = Self::default();
        works.gather(timeline);
        works.sort(timeline);
        if works.list.len() > ONE_PAGE {
            works.spread();
        }
        works
    }

    /// The number of the work that is a source of an event.
    pub fn of(&self, event: EventIx, source: usize) -> usize {
        self.numbers[self.first[event.0] + source]
    }

    /// The name of a page of works, without folder and ending: `a`, `a-2`.
    pub fn page_name(&self, number: usize) -> String {
        let letter = &self.letters[self.pages[number].letter];
        page_name(&letter.name, number - letter.pages.start)
    }

    /// How many works have no archived copy.
    pub fn without_archive(&self) -> usize {
        self.list.iter().filter(|work| work.archived.is_none()).count()
    }

    fn gather(&mut self, timeline: &Timeline) {
        let mut known: HashMap<Identity<'_>, usize> = HashMap::new();
        for (number, event) in timeline.events.iter().enumerate() {
            self.first.push(self.numbers.len());
            for (index, source) in event.sources.iter().enumerate() {
                let at = (EventIx(number), index);
                let work = *known.entry(Identity::of(source)).or_insert_with(|| {
                    self.list.push(Work { source: at, archived: None, events: Vec::new(), line: OnceLock::new() });
                    self.list.len() - 1
                });
                self.numbers.push(work);
                let work = &mut self.list[work];
                if work.archived.is_none() && source.archive.is_some() {
                    work.archived = Some(at);
                }
                if work.events.last() != Some(&at.0) {
                    work.events.push(at.0);
                }
            }
        }
    }

    fn sort(&mut self, timeline: &Timeline) {
        let source = |work: usize| {
            let (event, source) = self.list[work].source;
            &timeline[event].sources[source]
        };
        let mut by_name: HashMap<Option<&str>, usize> = HashMap::new();
        let mut groups: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for work in 0..self.list.len() {
            let name = source(work).publisher.as_deref();
            let group = *by_name.entry(name).or_insert_with(|| {
                groups.push((name, Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push(work);
        }
        groups.sort_by_cached_key(|(name, _)| (name.is_none(), letter(*name), name.map(str::to_lowercase), *name));
        let mut anchors: HashMap<String, usize> = HashMap::new();
        let mut publishers = Vec::with_capacity(groups.len());
        for (name, mut works) in groups {
            works.sort_by_cached_key(|work| {
                let date = source(*work).date.as_ref().filter(|date| !date.is_unknown());
                (date.is_none(), date.map(crate::date::EdtfDate::key), source(*work).title.to_lowercase(), *work)
            });
            let same = self.letters.last().is_some_and(|last| last.name == letter(name));
            if !same {
                let at = publishers.len();
                self.letters.push(Letter { name: letter(name), publishers: at..at, pages: 0..0 });
            }
            let anchor = anchor(name, &mut anchors);
            publishers.push(Publisher { name: name.map(str::to_owned), anchor, works, page: None });
            if let Some(last) = self.letters.last_mut() {
                last.publishers.end = publishers.len();
            }
        }
        self.publishers = publishers;
    }

    /// Divides the works into pages: each letter begins a new one, and none has more than [`PAGE`] works.
    fn spread(&mut self) {
        for (number, letter) in self.letters.iter_mut().enumerate() {
            let begin = self.pages.len();
            let mut room = 0;
            for publisher in letter.publishers.clone() {
                let mut works = 0..self.publishers[publisher].works.len();
                while !works.is_empty() {
                    if room == 0 {
                        self.pages.push(WorksPage { letter: number, publishers: Vec::new() });
                        room = PAGE;
                    }
                    let end = works.end.min(works.start + room);
                    room -= end - works.start;
                    self.publishers[publisher].page.get_or_insert(self.pages.len() - 1);
                    if let Some(page) = self.pages.last_mut() {
                        page.publishers.push((publisher, works.start..end));
                    }
                    works.start = end;
                }
            }
            letter.pages = begin..self.pages.len();
        }
    }
}

/// What two sources of the same work have in common: the address, or else title, publisher and date.
#[derive(PartialEq, Eq, Hash)]
enum Identity<'a> {
    Address(&'a str),
    Words(&'a str, Option<&'a str>, Option<String>),
}

impl<'a> Identity<'a> {
    fn of(source: &'a CitedSource) -> Self {
        match &source.url {
            Some(url) => Self::Address(url),
            None => {
                let date = source.date.as_ref().map(crate::date::EdtfDate::canonical);
                Self::Words(&source.title, source.publisher.as_deref(), date)
            }
        }
    }
}

/// The letter under which a name is listed: the first one, as a capital without marks.
fn letter(name: Option<&str>) -> String {
    let Some(name) = name else { return String::new() };
    let first = name.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.nfd().next());
    let first = first.filter(|c| c.is_alphabetic()).and_then(|c| c.to_uppercase().next());
    first.map_or_else(|| "#".to_owned(), String::from)
}

fn anchor(name: Option<&str>, taken: &mut HashMap<String, usize>) -> String {
    let base = name.map_or_else(|| "none".to_owned(), slug);
    let uses = taken.entry(base.clone()).or_default();
    *uses += 1;
    // A slug has no `_`, so no name produces this anchor by itself.
    if *uses == 1 { base } else { format!("{base}_{uses}") }
}

/// The name of a page of a letter, by its number among the letter's pages from 0.
fn page_name(letter: &str, number: usize) -> String {
    let name = match letter {
        "" => "none".to_owned(),
        "#" => "0".to_owned(),
        letter => letter.to_lowercase(),
    };
    if number == 0 { name } else { format!("{name}-{}", number + 1) }
}

#[cfg(test)]
mod tests {
    use super::{letter, page_name};

    #[test]
    fn names_are_listed_under_their_first_letter_without_its_marks() {
        let names = ["Élysée", "“The” Hague", "  al-Arabiya", "24 heures", "…", "أهرام", "ßtraße"];
        let letters = names.map(|name| letter(Some(name)));
        assert_eq!(letters, ["E", "T", "A", "#", "#", "ا", "S"]);
        assert_eq!(letter(None), "");
    }

    #[test]
    fn pages_of_works_are_named_by_their_letter() {
        assert_eq!(page_name("É", 0), "é");
        assert_eq!(page_name("#", 1), "0-2");
        assert_eq!(page_name("", 0), "none");
    }
}
