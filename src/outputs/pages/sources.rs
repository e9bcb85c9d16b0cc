//! The pages on the whole timeline's sources and corrections.

use std::cmp::Reverse;
use std::ops::Range;

use tera::Value;

use super::head::Head;
use super::page::Page;
use super::slots::Slot;
use super::titles::{letter_name, part_title};
use super::works::{Letter, NAMED_PUBLISHERS};
use super::writer::PageWriter;
use crate::id::SitePath;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::timeline::{Correction, EventIx};

impl<'a> PageWriter<'a> {
    /// All works, or links to the pages over which they are divided.
    pub(super) fn all_sources(&self) -> Draft<'a> {
        let works = &self.shared.works;
        let locale = self.locale();
        let title = self.word("sources");
        let intro = self.word("sources-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let named = works.publishers.iter().filter(|publisher| publisher.name.is_some()).count();
        let counts = [
            locale.count("sources-count", works.list.len()),
            locale.count("publishers-count", named),
            locale.count("unarchived-count", works.without_archive()),
        ];
        let spread = !works.pages.is_empty();
        let letters = works.letters.iter().map(|letter| self.letter(letter, !spread || named <= NAMED_PUBLISHERS));
        context.insert("intro", intro.as_str());
        context.insert("counts", counts.map(Value::from).to_vec());
        context.insert("letters", letters.collect::<Vec<_>>());
        self.write("sources.html", context)
    }

    /// A page of works, if there are too many for one page.
    pub(super) fn sources_part(&self, number: usize) -> Draft<'a> {
        let works = &self.shared.works;
        let part = &works.pages[number];
        let title = part_title(number, works, self.locale());
        let count = part.publishers.iter().map(|(_, works)| works.len()).sum();
        let sources = self.locale().count("sources-count", count);
        let description = self.counted(&title, sources.clone());
        let shown =
            part.publishers.iter().flat_map(|(publisher, range)| &works.publishers[*publisher].works[range.clone()]);
        let unarchived = shown.filter(|work| works.list[**work].archived.is_none()).count();
        let counts = [sources, self.locale().count("unarchived-count", unarchived)];
        let trail = self.trail_through("sources", Page::Sources);
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: trail, ..Head::new(&title) });
        let publishers = part.publishers.iter().map(|(publisher, range)| self.publisher(*publisher, range.clone()));
        let neighbour = |number: Option<usize>| {
            let number = number.filter(|number| *number < works.pages.len())?;
            Some(object! {
                "name": letter_name(&works.letters[works.pages[number].letter], self.locale()),
                "url": self.url(&Page::sources_part(number, works)),
            })
        };
        context.insert("counts", counts.map(Value::from).to_vec());
        context.insert("publishers", publishers.collect::<Vec<_>>());
        context.insert("previous", neighbour(number.checked_sub(1)));
        context.insert("next", neighbour(Some(number + 1)));
        self.write("sources-part.html", context)
    }

    /// A letter, with its publishers if they are to be `named`, and with their works if those are not on other pages.
    fn letter(&self, letter: &Letter, named: bool) -> Value {
        let works = &self.shared.works;
        let count: usize = works.publishers[letter.publishers.clone()].iter().map(|item| item.works.len()).sum();
        let pages = letter.pages.clone().enumerate().map(|(number, page)| {
            object! { "name": (number + 1).to_string(), "url": self.url(&Page::sources_part(page, works)) }
        });
        let shown = if named { letter.publishers.clone() } else { 0..0 };
        let publishers = shown.map(|number| {
            let all = if works.pages.is_empty() { 0..works.publishers[number].works.len() } else { 0..0 };
            self.publisher(number, all)
        });
        let publishers: Vec<Value> = publishers.collect();
        let (short_name, anchor) = match letter.name.as_str() {
            "" => ("–", "none"),
            "#" => ("#", "0"),
            name => (name, name),
        };
        object! {
            "name": letter_name(letter, self.locale()),
            "short_name": short_name,
            "anchor": format!("_letter-{anchor}"),
            "count_words": self.locale().count("sources-count", count),
            "publishers": publishers,
            "pages": pages.collect::<Vec<_>>(),
        }
    }

    /// A publisher with some of its works, or with the address of their page if no works are given.
    fn publisher(&self, number: usize, shown: Range<usize>) -> Value {
        let works = &self.shared.works;
        let publisher = &works.publishers[number];
        let anchor = format!("_publisher-{}", publisher.anchor);
        let page = publisher.page.filter(|_| shown.is_empty()).map(|page| Page::sources_part(page, works));
        let list: Vec<Value> = publisher.works[shown].iter().map(|work| self.cited_work(*work)).collect();
        object! {
            "name": publisher.name.as_deref(),
            "url": page.map(|page| Value::safe_string(&format!("{}#{}", page.path(self.timeline()).url(), SitePath::new(anchor.as_str()).url()))),
            "count_words": self.locale().count("sources-count", publisher.works.len()),
            "works": list,
            "anchor": anchor,
        }
    }

    /// A work with the events that cite it.
    fn cited_work(&self, number: usize) -> Value {
        let work = &self.shared.works.list[number];
        object! {
            "line": self.work_slot(number),
            "archived": work.archived.is_some(),
            "events": self.events(&work.events),
        }
    }

    /// The description of a work in lists.
    pub(super) fn work_slot(&self, number: usize) -> Value {
        Slot::Work(number).value(self.shared.works.list[number].key(self.timeline()))
    }

    /// The corrections of all entries, and the retracted ones.
    pub(super) fn all_corrections(&self) -> Draft<'a> {
        let timeline = self.timeline();
        let title = self.word("corrections");
        let intro = self.word("corrections-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let events = timeline.events.iter().enumerate();
        let mut all: Vec<(usize, &Correction)> =
            events.flat_map(|(number, event)| event.corrections.iter().map(move |item| (number, item))).collect();
        all.sort_by_key(|(event, correction)| (Reverse(correction.date), *event));
        let corrections = all.iter().map(|(event, correction)| {
            object! {
                "event": self.site.event(EventIx(*event)),
                "correction": self.correction(correction),
            }
        });
        let retracted = timeline.retracted.iter().map(|event| {
            object! {
                "title": event.entry.title.as_str(),
                "url": Value::safe_string(&event.entry.path().url()),
                "reason": event.retracted.as_deref(),
            }
        });
        context.insert("intro", intro.as_str());
        context.insert("corrections", corrections.collect::<Vec<_>>());
        context.insert("retracted", retracted.collect::<Vec<_>>());
        self.write("corrections.html", context)
    }

    /// A correction as templates get it.
    pub(super) fn correction(&self, correction: &Correction) -> Value {
        object! {
            "date": correction.date.words(self.locale()),
            "datetime": correction.date.to_string(),
            "note": correction.note.as_str(),
        }
    }
}
