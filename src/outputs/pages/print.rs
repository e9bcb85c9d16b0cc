//! The printable version of the timeline: contents, events, and consecutively numbered sources.
//!
//! A long timeline is divided into one document per year, so that no job has the whole site in memory.

use std::collections::HashMap;

use tera::Value;

use super::head::Head;
use super::lists;
use super::page::{Page, print_is_divided};
use super::titles::year_title;
use super::vote;
use super::writer::PageWriter;
use crate::content::{Gathered, gathered_source};
use crate::date::year_words;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::timeline::{Event, EventIx, Year};

/// By how many levels the headings of an entry are lower here: below those of year, month and event.
const DEEPER: usize = 3;

/// The works that a document cites, numbered from 1 in the order of first citation.
#[derive(Default)]
struct Numbering {
    works: Vec<usize>,
    numbers: HashMap<usize, usize>,
}

impl Numbering {
    /// Returns the number of a work, which is the next one if the document has not cited it before.
    fn of(&mut self, work: usize) -> usize {
        *self.numbers.entry(work).or_insert_with(|| {
            self.works.push(work);
            self.works.len()
        })
    }
}

impl<'a> PageWriter<'a> {
    /// Returns the whole timeline as one document, or, if it is divided, links to the documents of its years.
    pub(super) fn print(&self) -> Draft<'a> {
        let timeline = self.timeline();
        if !print_is_divided(timeline) {
            return self.document(&self.word("print"), &timeline.config.title, &timeline.years);
        }
        let title = self.word("print");
        let intro = self.word("print-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let years = timeline.years.iter().enumerate().map(|(number, year)| {
            object! {
                "name": year_words(year.year, self.locale()),
                "url": self.url(&Page::PrintYear(number)),
                "count_words": self.locale().count("events-count", year.count()),
            }
        });
        context.insert("years", years.collect::<Vec<_>>());
        self.write("print-years.html", context)
    }

    /// Returns the document of a year of a long timeline.
    pub(super) fn print_year(&self, number: usize) -> Draft<'a> {
        let timeline = self.timeline();
        let years = &timeline.years[number..=number];
        let heading = format!("{}: {}", timeline.config.title, year_words(years[0].year, self.locale()));
        self.document(&year_title(years[0].year, self.locale()), &heading, years)
    }

    /// Returns the document of some years: `title` is the page's, `heading` the document's own.
    fn document(&self, title: &str, heading: &str, years: &[Year]) -> Draft<'a> {
        let mut numbering = Numbering::default();
        let sections: Vec<Value> = years.iter().map(|year| self.print_section(year, &mut numbering)).collect();
        let source = |(index, work): (usize, &usize)| {
            let (event, source) = self.shared.works.list()[*work].source;
            object! {
                "anchor": gathered_source(index + 1),
                "publisher": self.timeline()[event].sources[source].publisher.as_deref(),
                "line": self.work_slot(*work),
            }
        };
        let sources: Vec<Value> = numbering.works.iter().enumerate().map(source).collect();
        let locale = self.locale();
        let count = years.iter().map(Year::count).sum();
        let counts = [locale.count("events-count", count), locale.count("sources-count", numbering.works.len())];
        let description = self.counted(title, counts.join(&self.word("list-separator")));
        let counts = counts.map(Value::from);
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: self.trail(), ..Head::new(title) });
        context.insert("heading", heading);
        context.insert("counts", counts.to_vec());
        context.insert("years", sections);
        context.insert("sources", sources);
        self.write("print.html", context)
    }

    fn print_section(&self, year: &Year, numbering: &mut Numbering) -> Value {
        let locale = self.locale();
        let month = |item: &crate::timeline::YearMonth| {
            let heading = lists::heading(year.year, item, self.timeline(), locale);
            let entries: Vec<Value> = item.events.iter().map(|ix| self.print_entry(*ix, numbering)).collect();
            object! {
                "name": heading.full,
                "short_name": heading.short,
                "anchor": format!("_month{}-{:02}", year.year, item.month.unwrap_or(0)),
                "count": item.events.len(),
                "entries": entries,
            }
        };
        object! {
            "name": year_words(year.year, locale),
            "anchor": format!("_year{}", year.year),
            "count_words": locale.count("events-count", year.count()),
            "months": year.months.iter().map(month).collect::<Vec<_>>(),
        }
    }

    /// Returns an event in a document: its ids begin with its number, and its sources have the document's numbers.
    fn print_entry(&self, ix: EventIx, numbering: &mut Numbering) -> Value {
        let event = &self.timeline()[ix];
        let works = &self.shared.works;
        let number = |(index, source): (usize, &'_ crate::timeline::CitedSource)| {
            (source.id.as_str().to_owned(), numbering.of(works.of(ix, index)))
        };
        let numbers: Vec<(String, usize)> = event.sources.iter().enumerate().map(number).collect();
        let sources: Vec<(&str, usize)> = numbers.iter().map(|(id, number)| (id.as_str(), *number)).collect();
        let anchor = format!("_e{}", ix.0 + 1);
        let place = Gathered { root: &self.root, prefix: &format!("{anchor}-"), sources: &sources, deeper: DEEPER };
        object! {
            "event": self.site.event(ix),
            "anchor": anchor.as_str(),
            "body": Value::safe_string(&event.entry.gathered(&place, &|list| self.list(list))),
            "vote": event.vote.as_ref().map(|of_event| vote::value(of_event, self.site)),
            "accounts": self.print_accounts(event, &sources),
        }
    }

    fn print_accounts(&self, event: &Event, sources: &[(&str, usize)]) -> Vec<Value> {
        let account = |account: &crate::timeline::Account| {
            let number = account.source.and_then(|index| sources.get(index)).map(|(_, number)| *number);
            object! {
                "by": self.site.values.actor(account.by),
                "says": account.says.as_str(),
                "confidence": account.confidence.map(|level| self.word(&format!("confidence-{}", level.name()))),
                "source_number": number,
                "source_anchor": number.map(gathered_source),
            }
        };
        event.accounts.iter().map(account).collect()
    }
}
