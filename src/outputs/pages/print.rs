//! The timeline as one document to print: contents, events, and the sources numbered through.
//!
//! A long timeline is one document for each year, so that no job holds the whole site.

use std::collections::HashMap;

use tera::Value;

use super::{Head, PageWriter};
use crate::content::{Gathered, gathered_source};
use crate::date::year_words;
use crate::outputs::paths::{print_is_divided, print_year_path};
use crate::outputs::{Site, lists};
use crate::theme::RenderError;
use crate::theme::views::map;
use crate::timeline::{Event, EventIx, Year};

/// By how many levels the headings of an entry stand lower here: year, month and event stand above them.
const DEEPER: usize = 3;

/// The sources of a document in the order of their numbers.
#[derive(Default)]
struct Numbering {
    works: Vec<usize>,
    numbers: HashMap<usize, usize>,
}

impl Numbering {
    /// The number of a work, from 1.
    fn of(&mut self, work: usize) -> usize {
        *self.numbers.entry(work).or_insert_with(|| {
            self.works.push(work);
            self.works.len()
        })
    }
}

impl Site {
    /// The title of the document of a year.
    pub(in crate::outputs) fn print_year_title(&self, number: usize) -> String {
        let year = year_words(self.timeline.years[number].year, &*self.locale);
        format!("{}: {year}", self.locale.text("print", &[]))
    }
}

impl PageWriter<'_> {
    /// The whole timeline, or the contents of its years.
    pub(super) fn print(&self) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        if !print_is_divided(timeline) {
            return self.document(&self.word("print"), &timeline.config.title, &timeline.years);
        }
        let title = self.word("print");
        let intro = self.word("print-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(None), ..Head::new(&title) });
        let years = timeline.years.iter().map(|year| {
            map! {
                "name": year_words(year.year, &*self.site.locale),
                "url": Value::safe_string(&print_year_path(year.year).url()),
                "count_words": self.site.locale.count("events-count", year.count()),
            }
        });
        context.insert_value("years", Value::from(years.collect::<Vec<_>>()));
        self.write("print-years.html", &context)
    }

    /// A year of a long timeline.
    pub(super) fn print_year(&self, number: usize) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let year = year_words(timeline.years[number].year, &*self.site.locale);
        let heading = format!("{}: {year}", timeline.config.title);
        self.document(&self.site.print_year_title(number), &heading, &timeline.years[number..=number])
    }

    /// The document of some years: `title` is the page's, `heading` the document's own.
    fn document(&self, title: &str, heading: &str, years: &[Year]) -> Result<Vec<u8>, RenderError> {
        let mut numbering = Numbering::default();
        let sections: Vec<Value> = years.iter().map(|year| self.print_section(year, &mut numbering)).collect();
        let source = |(index, work): (usize, &usize)| {
            let (event, source) = self.site.works.list[*work].source;
            Ok(map! {
                "anchor": gathered_source(index + 1),
                "publisher": self.timeline()[event].sources[source].publisher.as_deref(),
                "line": self.work_line(*work)?,
            })
        };
        let sources: Result<Vec<Value>, RenderError> = numbering.works.iter().enumerate().map(source).collect();
        let locale = &*self.site.locale;
        let count = years.iter().map(Year::count).sum();
        let counts = [locale.count("events-count", count), locale.count("sources-count", numbering.works.len())];
        let description = self.counted(title, counts.join(&self.word("list-separator")));
        let counts = counts.map(Value::from);
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: self.trail(None), ..Head::new(title) });
        context.insert_value("heading", Value::from(heading));
        context.insert_value("counts", Value::from(counts.to_vec()));
        context.insert_value("years", Value::from(sections));
        context.insert_value("sources", Value::from(sources?));
        self.write("print.html", &context)
    }

    fn print_section(&self, year: &Year, numbering: &mut Numbering) -> Value {
        let locale = &*self.site.locale;
        let month = |item: &crate::timeline::YearMonth| {
            let heading = lists::heading(self.site, year.year, item);
            let entries: Vec<Value> = item.events.iter().map(|ix| self.print_entry(*ix, numbering)).collect();
            map! {
                "name": heading.full,
                "short_name": heading.short,
                "anchor": format!("_month{}-{:02}", year.year, item.month.unwrap_or(0)),
                "count": item.events.len(),
                "entries": entries,
            }
        };
        map! {
            "name": year_words(year.year, locale),
            "anchor": format!("_year{}", year.year),
            "count_words": locale.count("events-count", year.count()),
            "months": year.months.iter().map(month).collect::<Vec<_>>(),
        }
    }

    /// An event in a document: its ids begin with its number, and its sources have the document's numbers.
    fn print_entry(&self, ix: EventIx, numbering: &mut Numbering) -> Value {
        let event = &self.timeline()[ix];
        let works = &self.site.works;
        let number = |(index, source): (usize, &'_ crate::timeline::CitedSource)| {
            (source.id.as_str().to_owned(), numbering.of(works.of(ix, index)))
        };
        let numbers: Vec<(String, usize)> = event.sources.iter().enumerate().map(number).collect();
        let sources: Vec<(&str, usize)> = numbers.iter().map(|(id, number)| (id.as_str(), *number)).collect();
        let anchor = format!("_e{}", ix.0 + 1);
        let root = self.path.root();
        let place = Gathered { root: &root, prefix: &format!("{anchor}-"), sources: &sources, deeper: DEEPER };
        map! {
            "event": self.site.event(ix),
            "anchor": anchor.as_str(),
            "body": Value::safe_string(&event.entry.body.gathered(&place)),
            "accounts": self.print_accounts(event, &sources),
        }
    }

    fn print_accounts(&self, event: &Event, sources: &[(&str, usize)]) -> Vec<Value> {
        let account = |account: &crate::timeline::Account| {
            let number = account.source.and_then(|index| sources.get(index)).map(|(_, number)| *number);
            map! {
                "by": self.site.views.actor(account.by),
                "says": account.says.as_str(),
                "source_number": number,
                "source_anchor": number.map(gathered_source),
            }
        };
        event.accounts.iter().map(account).collect()
    }
}
