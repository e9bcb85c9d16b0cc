//! The pages on the whole timeline's sources and corrections.

use std::cmp::Reverse;
use std::ops::Range;

use tera::Value;

use super::basis;
use super::head::Head;
use super::page::Page;
use super::publishers::{Letter, Publisher};
use super::slots::Slot;
use super::titles::{letter_name, part_title};
use super::work_line;
use super::works::EVENTS;
use super::writer::PageWriter;
use crate::content::SourceKind;
use crate::id::SitePath;
use crate::outputs::draft::{Context, Draft};
use crate::outputs::values::{self, object};
use crate::timeline::{Correction, EventIx};

/// How many publishers the page of all sources names first.
const MOST: usize = 10;
/// The fewest publishers with which it does that.
const FEWEST: usize = 30;
/// The most bytes of publishers on the page of all sources, roughly.
const INDEX: usize = 105_000;

impl<'a> PageWriter<'a> {
    /// Returns the page of all publishers, with links to the pages that have their works.
    pub(super) fn all_sources(&self) -> Draft<'a> {
        let works = &self.shared.works;
        let title = self.word("sources");
        let intro = self.word("sources-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let publishers = works.publishers.iter().filter(|publisher| publisher.name.is_some()).count();
        let all: Vec<usize> = (0..works.list().len()).collect();
        let mut by_number: Vec<usize> = (0..works.publishers.len()).collect();
        by_number.sort_by_key(|number| (Reverse(works.publishers[*number].works.len()), *number));
        let most = by_number.iter().filter(|number| works.publishers[**number].has_page());
        let most = most.take(if publishers < FEWEST { 0 } else { MOST }).map(|number| self.publisher(*number, 0..0));
        let named = self.named(&by_number);
        context.insert("intro", intro.as_str());
        self.insert_counts(&all, Some(publishers), &mut context);
        context.insert("most", most.collect::<Vec<_>>());
        context.insert("letters", works.letters.iter().map(|letter| self.letter(letter, &named)).collect::<Vec<_>>());
        self.write("sources.html", context)
    }

    /// Returns a page of works.
    pub(super) fn sources_part(&self, number: usize) -> Draft<'a> {
        let works = &self.shared.works;
        let part = &works.pages[number];
        let title = part_title(number, works, self.locale());
        let shown =
            part.publishers.iter().flat_map(|(publisher, range)| &works.publishers[*publisher].works[range.clone()]);
        let shown: Vec<usize> = shown.copied().collect();
        let description = self.counted(&title, self.locale().count("sources-count", shown.len()));
        let trail = self.trail_through("sources", Page::Sources);
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: trail, ..Head::new(&title) });
        let publishers = part.publishers.iter().map(|(publisher, range)| self.publisher(*publisher, range.clone()));
        let neighbour = |number: Option<usize>| {
            let number = number.filter(|number| *number < works.pages.len())?;
            Some(object! {
                "name": part_title(number, works, self.locale()),
                "url": self.url(&Page::sources_part(number, works)),
            })
        };
        self.insert_counts(&shown, None, &mut context);
        context.insert("publishers", publishers.collect::<Vec<_>>());
        context.insert("previous", neighbour(number.checked_sub(1)));
        context.insert("next", neighbour(Some(number + 1)));
        self.write("sources-part.html", context)
    }

    /// Adds how many works and publishers there are, how many works have no archived copy, of which sorts they are, and by
    /// what the page can be filtered. `publishers` is `None` on a page that does not count them.
    fn insert_counts(&self, shown: &[usize], publishers: Option<usize>, context: &mut Context<'_>) {
        let (works, locale) = (&self.shared.works, self.locale());
        let unarchived = shown.iter().filter(|work| works.list()[**work].archived.is_none()).count();
        let counts = [
            Some(locale.count("sources-count", shown.len())),
            publishers.map(|count| locale.count("publishers-count", count)),
            Some(locale.count("unarchived-count", unarchived)),
        ];
        let kinds: Vec<Option<SourceKind>> = shown.iter().map(|work| self.kind_of(*work)).collect();
        let option = |id: &str, count: usize| {
            let name = self.word(&format!("sources-{id}"));
            (count > 0 && count < shown.len()).then(|| object! { "id": id, "name": name, "count": count })
        };
        let of_kind = |kind: &SourceKind| option(kind.name(), kinds.iter().filter(|one| **one == Some(*kind)).count());
        let of_copy = [option("archived", shown.len() - unarchived), option("unarchived", unarchived)];
        context.insert("counts", counts.into_iter().flatten().map(Value::from).collect::<Vec<_>>());
        context.insert("grounds", basis::of_kinds("sources-are", &kinds, locale));
        context.insert("kinds", SourceKind::ALL.iter().filter_map(of_kind).collect::<Vec<_>>());
        context.insert("copies", of_copy.into_iter().flatten().collect::<Vec<_>>());
    }

    fn kind_of(&self, work: usize) -> Option<SourceKind> {
        self.shared.works.source(work, self.timeline()).kind
    }

    /// Returns, for each publisher, whether the page of all sources names it: those with the most works, as far as there is
    /// room.
    fn named(&self, by_number: &[usize]) -> Vec<bool> {
        let publishers = &self.shared.works.publishers;
        let mut named = vec![false; publishers.len()];
        let mut room = INDEX;
        for number in by_number {
            let name = publishers[*number].name.as_ref().map_or(0, String::len);
            let Some(left) = room.checked_sub(170 + 4 * name) else { break };
            (named[*number], room) = (true, left);
        }
        named
    }

    /// Returns a letter with its publishers that are to be named.
    fn letter(&self, letter: &Letter, named: &[bool]) -> Value {
        let works = &self.shared.works;
        let count: usize = works.publishers[letter.publishers.clone()].iter().map(|item| item.works.len()).sum();
        let shown = letter.publishers.clone().filter(|number| named[*number]);
        let publishers: Vec<Value> = shown.map(|number| self.publisher(number, 0..0)).collect();
        let more = letter.publishers.len() - publishers.len();
        let page = letter.page.filter(|_| more > 0).map(|page| self.url(&Page::sources_part(page, works)));
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
            "more": page.as_ref().map(|_| self.locale().count("publishers-more", more)),
            "more_url": page,
        }
    }

    /// Returns a publisher with some of its works, or with the address of their page if `shown` is empty.
    fn publisher(&self, number: usize, shown: Range<usize>) -> Value {
        let (works, locale) = (&self.shared.works, self.locale());
        let publisher = &works.publishers[number];
        let anchor = format!("_publisher-{}", publisher.anchor);
        let page = Page::sources_part(publisher.page, works).path(self.timeline()).url();
        let url = if publisher.has_page() { page } else { format!("{page}#{}", SitePath::new(anchor.as_str()).url()) };
        let archived = publisher.works.iter().filter(|work| works.list()[**work].archived.is_some()).count();
        object! {
            "name": publisher.name.as_deref(),
            "url": shown.is_empty().then(|| Value::safe_string(&url)),
            "count_words": locale.count("sources-count", publisher.works.len()),
            "archived_words": (archived > 0).then(|| locale.count("archived-count", archived)),
            "span": self.years_of(publisher),
            "sorts": self.sorts(publisher, archived),
            "works": publisher.works[shown].iter().map(|work| self.cited_work(*work)).collect::<Vec<_>>(),
            "anchor": anchor,
        }
    }

    /// Returns the years from the first dated work of a publisher to the last; `None` if none is dated.
    fn years_of(&self, publisher: &Publisher) -> Option<String> {
        let year = |work: &usize| {
            let date = self.shared.works.source(*work, self.timeline()).date.as_ref();
            date.filter(|date| !date.is_unknown()).map(|date| date.key().start.year)
        };
        let (first, last) = (year(publisher.works.first()?)?, publisher.works.iter().rev().find_map(year)?);
        Some(values::years(first, last, self.locale()))
    }

    /// Returns the options of the filter that find something of a publisher: kinds of works, `archived`, `unarchived`.
    fn sorts(&self, publisher: &Publisher, archived: usize) -> Vec<Value> {
        let has = |kind: &&SourceKind| publisher.works.iter().any(|work| self.kind_of(*work) == Some(**kind));
        let kinds = SourceKind::ALL.iter().filter(has).map(|kind| kind.name());
        let copies = [(archived > 0, "archived"), (archived < publisher.works.len(), "unarchived")];
        let copies = copies.into_iter().filter_map(|(has, name)| has.then_some(name));
        kinds.chain(copies).map(Value::from).collect()
    }

    /// Returns a work with the events that cite it, at most [`EVENTS`].
    fn cited_work(&self, number: usize) -> Value {
        let work = &self.shared.works.list()[number];
        let shown = work.events.len().min(EVENTS);
        let more = work.events.len() - shown;
        object! {
            "line": self.work_slot(number),
            "kind": self.kind_of(number).map(SourceKind::name),
            "archived": work.archived.is_some(),
            "events": self.events(&work.events[..shown]),
            "more": (more > 0).then(|| self.locale().count("cited-in-more", more)),
        }
    }

    /// Returns the slot of a work's description in lists.
    pub(super) fn work_slot(&self, number: usize) -> Value {
        Slot::Work(number).value(work_line::key(&self.shared.works.list()[number], self.timeline()))
    }

    /// Returns the page of corrections: those of all events, newest first, and the retracted events.
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

    /// Returns a correction as templates get it.
    pub(super) fn correction(&self, correction: &Correction) -> Value {
        object! {
            "date": correction.date.words(self.locale()),
            "datetime": correction.date.to_string(),
            "note": correction.note.as_str(),
        }
    }
}
