//! Pages for spans of time: the whole timeline, a year, a month.

use tera::Value;

use super::{Head, PageWriter};
use crate::date::{Month, year_words};
use crate::outputs::paths::{YEAR_EVENTS, year_path};
use crate::outputs::{charts, json_ld, lists};
use crate::theme::RenderError;
use crate::timeline::EventIx;

impl PageWriter<'_> {
    pub(super) fn home(&self) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let locale = &*self.site.locale;
        let all = (0..timeline.events.len()).map(EventIx);
        let ends = timeline.years.first().zip(timeline.years.last());
        let span = ends.map(|(first, last)| {
            let count = locale.count("events-count", timeline.events.len());
            let (from, to) = (year_words(first.year, locale), year_words(last.year, locale));
            if from == to {
                return locale.text("home-span-year", &[("events", count.into()), ("year", from.into())]);
            }
            locale.text("home-span", &[("events", count.into()), ("from", from.into()), ("to", to.into())])
        });
        let stand_in = || span.clone().unwrap_or_else(|| self.word("no-events"));
        let description = timeline.config.description.clone().unwrap_or_else(stand_in);
        let mut context = self.context(Head {
            description: Some(&description),
            json_ld: Some(json_ld::web_site(self.site)),
            ..Head::new(&timeline.config.title)
        });
        context.insert_value("chart", Value::from(charts::overview(self.site, &self.path.root())));
        context.insert_value("all", Value::from(timeline.events.len()));
        context.insert_value("span", Value::from(span));
        context.insert_value("landmarks", Value::from(lists::landmarks(self.site, all)));
        context.insert_value("years", Value::from(lists::years(self.site, &self.path.root())?));
        self.write("index.html", &context)
    }

    pub(super) fn year(&self, number: usize) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let year = &timeline.years[number];
        let title = year_words(year.year, &*self.site.locale);
        let description = self.counted(&title, self.site.locale.count("events-count", year.count()));
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: self.trail(None), ..Head::new(&title) });
        let spread = year.count() > YEAR_EVENTS;
        let neighbour = |number: Option<usize>| {
            let year = number.and_then(|number| timeline.years.get(number));
            year.map(|year| lists::year(self.site, year, None)).transpose()
        };
        let root = self.path.root();
        let all = year.months.iter().flat_map(|month| &month.events).copied();
        let landmarks = if spread { lists::landmarks(self.site, all) } else { Vec::new() };
        context.insert_value("landmarks", Value::from(landmarks));
        context.insert_value("chart", charts::of_year(self.site, year, &root));
        context.insert_value("year", lists::year(self.site, year, Some(&root))?);
        context.insert_value("previous", Value::from(neighbour(number.checked_sub(1))?));
        context.insert_value("next", Value::from(neighbour(Some(number + 1))?));
        self.write("timeline.html", &context)
    }

    pub(super) fn month(&self, number: usize, month: u8) -> Result<Vec<u8>, RenderError> {
        let timeline = self.timeline();
        let year = &timeline.years[number];
        let locale = &*self.site.locale;
        let of_year = Month { year: year.year, month };
        let title = of_year.words(locale);
        let year_url = year_path(year.year, None).url();
        let mut trail = self.trail(None);
        trail.push((year_words(year.year, locale), year_url));
        let at = year.months.iter().position(|item| item.month == Some(month)).unwrap_or(0);
        let description = self.counted(&title, locale.count("events-count", year.months[at].events.len()));
        let mut context =
            self.context(Head { description: Some(&description), breadcrumb: trail, ..Head::new(&title) });
        let named = |item: Option<&crate::timeline::YearMonth>| {
            let item = item.filter(|item| item.month.is_some());
            item.map(|item| lists::month(self.site, year, item, None)).transpose()
        };
        let root = self.path.root();
        context.insert_value("month", lists::month_page(self.site, year, &year.months[at], &root)?);
        context.insert_value("previous", Value::from(named(at.checked_sub(1).map(|before| &year.months[before]))?));
        context.insert_value("next", Value::from(named(year.months.get(at + 1))?));
        self.write("month.html", &context)
    }
}
