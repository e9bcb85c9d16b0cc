//! Pages for spans of time: the whole timeline, a year, a month.

use super::head::Head;
use super::lists::BELOW_ONE;
use super::page::Page;
use super::writer::PageWriter;
use crate::date::{Month, year_words};
use crate::exports::json_ld;
use crate::outputs::draft::Draft;
use crate::timeline::YearMonth;

impl<'a> PageWriter<'a> {
    pub(super) fn home(&self) -> Draft<'a> {
        let timeline = self.timeline();
        let locale = self.locale();
        let all = timeline.all_events();
        let ends = timeline.years.first().zip(timeline.years.last());
        let description_of_span = ends.map(|(first, last)| {
            let count = locale.count("events-count", timeline.events.len());
            let (from, to) = (year_words(first.year, locale), year_words(last.year, locale));
            if from == to {
                return locale.text("home-span-year", &[("events", count.into()), ("year", from.into())]);
            }
            locale.text("home-span", &[("events", count.into()), ("from", from.into()), ("to", to.into())])
        });
        let stand_in = || description_of_span.clone().unwrap_or_else(|| self.word("no-events"));
        let description = timeline.config.description.clone().unwrap_or_else(stand_in);
        let mut context = self.context(Head {
            description: Some(&description),
            json_ld: vec![json_ld::web_site(&timeline.config), json_ld::dataset(&self.site.dataset())],
            ..Head::new(&timeline.config.title)
        });
        context.insert("chart", self.charts().overview());
        context.insert("strips", self.charts().strips(&self.site.values.processes));
        context.insert("all", timeline.events.len());
        context.insert("latest", self.latest());
        context.insert("landmarks", self.landmarks(all));
        context.insert("years", self.years());
        self.write("index.html", context)
    }

    pub(super) fn year(&self, number: usize) -> Draft<'a> {
        let timeline = self.timeline();
        let year = &timeline.years[number];
        let title = year_words(year.year, self.locale());
        let description = self.counted(&title, self.locale().count("events-count", year.count()));
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: self.trail(), ..Head::new(&title) });
        let neighbour = |number: Option<usize>| {
            let number = number.filter(|number| *number < timeline.years.len());
            number.map(|number| self.listed_year(number, None))
        };
        let all = year.months.iter().flat_map(|month| &month.events).copied();
        let landmarks = self.landmarks(all);
        context.insert("landmarks", landmarks);
        context.insert("chart", self.charts().of_year(year));
        context.insert("year", self.listed_year(number, Some(BELOW_ONE)));
        context.insert("previous", neighbour(number.checked_sub(1)));
        context.insert("next", neighbour(Some(number + 1)));
        self.write("timeline.html", context)
    }

    pub(super) fn month(&self, number: usize, month: u8) -> Draft<'a> {
        let timeline = self.timeline();
        let year = &timeline.years[number];
        let locale = self.locale();
        let of_year = Month { year: year.year, month };
        let title = of_year.words(locale);
        let mut trail = self.trail();
        trail.push((year_words(year.year, locale), Page::Year(number)));
        let at = year.months.iter().position(|item| item.month == Some(month)).unwrap_or(0);
        let description = self.counted(&title, locale.count("events-count", year.months[at].events.len()));
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: trail, ..Head::new(&title) });
        let named = |item: Option<&YearMonth>| {
            let item = item.and_then(|item| Some((item, Page::Month(number, item.month?))));
            item.map(|(item, page)| self.listed_month(year.year, item, None, Some(&page)))
        };
        let listed = self.listed_month(year.year, &year.months[at], Some(BELOW_ONE), None);
        context.insert("month", listed);
        context.insert("previous", named(at.checked_sub(1).map(|before| &year.months[before])));
        context.insert("next", named(year.months.get(at + 1)));
        self.write("month.html", context)
    }
}
