//! The `<title>` of a page: its own title and the site's, and if two pages have the same title, what distinguishes them.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::page::Page;
use super::publishers::{Letter, Subject};
use super::works::Works;
use crate::date::{Month, year_words};
use crate::id::SitePath;
use crate::theme::{Locale, unmarked};
use crate::timeline::Timeline;

/// The qualified titles of pages that would otherwise have the same title as another, by path.
#[derive(Debug, Default)]
pub(super) struct Titles(FxHashMap<SitePath, String>);

impl Titles {
    /// Compares the titles of all pages.
    pub(super) fn new(timeline: &Timeline, locale: &Locale, kinds: &[String], works: &Works) -> Self {
        Naming { timeline, locale, kinds, works }.titles()
    }

    /// Returns the qualified title of the page with this path; `None` if it keeps its own.
    pub(super) fn own(&self, path: &SitePath) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }
}

/// Returns the title of the printable document of a year.
pub(super) fn year_title(year: i64, locale: &Locale) -> String {
    format!("{}: {}", locale.text("print", &[]), year_words(year, locale))
}

/// Returns the heading of a letter, or of the works without a publisher.
pub(super) fn letter_name(letter: &Letter, locale: &Locale) -> String {
    if letter.name.is_empty() { locale.text("no-publisher", &[]) } else { letter.name.clone() }
}

/// Returns the title of a page of works: its publisher or letter, and which of their pages it is.
pub(super) fn part_title(number: usize, works: &Works, locale: &Locale) -> String {
    let page = &works.pages[number];
    let (key, argument, name) = match page.subject {
        Subject::Publisher(publisher) => {
            ("sources-of", "publisher", works.publishers[publisher].name.clone().unwrap_or_default())
        }
        Subject::Letter(letter) if works.letters[letter].name.is_empty() => {
            ("sources-of", "publisher", letter_name(&works.letters[letter], locale))
        }
        Subject::Letter(letter) => ("sources-of-letter", "letter", works.letters[letter].name.clone()),
    };
    let title = locale.text(key, &[(argument, name.into())]);
    if page.part > 0 { format!("{title} ({})", page.part + 1) } else { title }
}

/// What the titles of pages are made from.
struct Naming<'a> {
    timeline: &'a Timeline,
    locale: &'a Locale,
    /// The names of kinds.
    kinds: &'a [String],
    works: &'a Works,
}

impl Naming<'_> {
    fn titles(&self) -> Titles {
        let pages = Page::all(self.timeline, self.works);
        let mut by_title: FxHashMap<String, Vec<Page>> =
            FxHashMap::with_capacity_and_hasher(pages.len(), FxBuildHasher);
        for page in pages {
            if let Some(title) = self.title(&page) {
                by_title.entry(unmarked(&title).into_owned()).or_default().push(page);
            }
        }
        let mut doubles: Vec<(String, Vec<Page>)> = by_title
            .iter()
            .filter(|(_, pages)| pages.len() > 1)
            .map(|(title, pages)| (title.clone(), pages.clone()))
            .collect();
        doubles.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut own = Titles::default();
        for (title, pages) in doubles {
            // Pages about the whole timeline keep their titles, because there is only one of each.
            let alike: Vec<&Page> = pages.iter().filter(|page| self.qualifier(page).is_some()).collect();
            let mut qualified: FxHashMap<String, Vec<&Page>> = FxHashMap::default();
            for page in &alike {
                qualified.entry(self.qualified_title(page, &title)).or_default().push(page);
            }
            for page in alike {
                let once = self.qualified_title(page, &title);
                let is_alone =
                    qualified.get(&once).is_some_and(|pages| pages.len() == 1) && !by_title.contains_key(&once);
                let path = page.path(self.timeline);
                let full = if is_alone { once } else { self.with_detail(&once, file_name(path.as_str())) };
                own.0.insert(path, full);
            }
        }
        own
    }

    /// Returns a page's own title, as in its heading; `None` for the feed of changes, and for redirects, which search
    /// engines do not list.
    fn title(&self, page: &Page) -> Option<String> {
        let (timeline, locale) = (self.timeline, self.locale);
        let word = |key: &str| locale.text(key, &[]);
        Some(match page {
            Page::Event(_)
            | Page::Retracted(_)
            | Page::Actor(_)
            | Page::Place(_)
            | Page::Process(_)
            | Page::Text(_) => page.entry(timeline)?.title.clone(),
            Page::Home => timeline.config.title.clone(),
            Page::Year(year) => year_words(timeline.years[*year].year, locale),
            Page::Month(year, month) => Month { year: timeline.years[*year].year, month: *month }.words(locale),
            Page::Index(collection) => word(collection.folder()),
            Page::Kind(kind) => self.kinds[kind.0].clone(),
            Page::Map => word("map"),
            Page::Kinds => word("kinds"),
            Page::Sources => word("sources"),
            Page::SourcesPart(number, _) => part_title(*number, self.works, locale),
            Page::Votes => word("votes"),
            Page::Corrections => word("corrections"),
            Page::Changes => word("changes"),
            Page::Data => word("data"),
            Page::Embed => word("embed"),
            Page::Print => word("print"),
            Page::PrintYear(year) => year_title(timeline.years[*year].year, locale),
            Page::Search => word("search"),
            Page::NotFound => word("not-found"),
            Page::ChangesFeed | Page::Redirect { .. } => return None,
        })
    }

    /// Returns what distinguishes a page from others with the same title; `None` for pages of which there is only one.
    fn qualifier(&self, page: &Page) -> Option<Qualifier> {
        Some(match page {
            Page::Event(event) => Qualifier::Date(self.timeline[*event].date.words(self.locale)),
            Page::Retracted(number) => Qualifier::Date(self.timeline.retracted[*number].date.words(self.locale)),
            Page::Actor(_) => Qualifier::Message("title-of-actor"),
            Page::Place(_) => Qualifier::Message("title-of-place"),
            Page::Process(_) => Qualifier::Message("title-of-process"),
            Page::Kind(_) => Qualifier::Message("title-of-kind"),
            Page::Text(_) => Qualifier::Message("title-of-page"),
            _ => return None,
        })
    }

    fn qualified_title(&self, page: &Page, title: &str) -> String {
        match self.qualifier(page) {
            Some(Qualifier::Message(key)) => self.locale.text(key, &[("title", title.into())]),
            Some(Qualifier::Date(date)) => self.with_detail(title, &date),
            None => title.to_owned(),
        }
    }

    fn with_detail(&self, title: &str, detail: &str) -> String {
        self.locale.text("title-with-detail", &[("title", title.into()), ("detail", detail.into())])
    }
}

/// What distinguishes a page from others with the same title: the key of a message for its kind, or a date.
enum Qualifier {
    Message(&'static str),
    Date(String),
}

/// Returns the name of a page's file without `.html`: the id of its document, which is unique in its collection.
fn file_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".html").unwrap_or(name)
}
