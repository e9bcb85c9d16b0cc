//! The time axis: a span of time divided into columns of equal calendar length, and into ticks of several columns.
//!
//! However long the span, there are at most [`MOST`] columns. Each is a month, a quarter, half a year, a year, or a round
//! number of years long.

use crate::date::{Day, EdtfDate};
use crate::timeline::Timeline;

/// The most columns a chart has.
pub(super) const MOST: i64 = 400;
/// The most ticks an axis has.
const MOST_TICKS: i64 = 24;
/// Years further away than this are drawn at the edge of the chart.
const FAR: i64 = 10_000_000_000;

/// A span of time in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Columns {
    /// The first month, counted from January of year 0.
    pub first: i64,
    /// Months in a column.
    pub unit: i64,
    /// How many columns there are.
    pub count: usize,
    /// Columns from one tick to the next.
    pub tick: usize,
}

/// The length of a column, as a named unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
    /// Any other number of whole years, at least two.
    Years(i64),
}

/// A labelled part of the axis. All ticks of an axis are equally long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tick {
    /// Its first month, counted from January of year 0.
    pub first: i64,
    /// How many months it has.
    pub months: i64,
}

impl Tick {
    /// The year in which it begins (astronomical).
    #[must_use]
    pub(crate) const fn year(self) -> i64 {
        self.first.div_euclid(12)
    }

    /// The month of the year in which it begins, 1 to 12.
    #[must_use]
    pub(crate) fn month(self) -> u8 {
        u8::try_from(self.first.rem_euclid(12) + 1).unwrap_or(1)
    }

    /// Whether it contains a year.
    #[must_use]
    pub(crate) fn holds(self, year: i64) -> bool {
        let month = first_month(year);
        month >= self.first && month < self.first + self.months
    }
}

/// The place of an event on the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// It began in this column.
    Column(usize),
    /// It began in one of these columns, from the first to the last, but it is not known in which.
    Somewhere(usize, usize),
}

impl Columns {
    /// Returns columns from the first year in which an event may begin to the last in which one may end, in whole ticks. `None`
    /// if there are no events.
    #[must_use]
    pub(crate) fn of(timeline: &Timeline) -> Option<Self> {
        let starts = timeline.years.first().zip(timeline.years.last());
        let (first, mut last) = starts.map(|(first, last)| (first.year, last.year))?;
        // An event may last beyond the year in which the last one begins, or may be later than its sort key.
        let ends = timeline.events.iter().filter_map(|event| event.date.latest());
        last = ends.map(|day| day.year).max().unwrap_or(last).max(last);
        Self::between(first, last)
    }

    /// Returns columns from the beginning of one year, or before it, to the end of another, or after it, in whole ticks.
    fn between(first: i64, last: i64) -> Option<Self> {
        let (first, last) = (first.clamp(-FAR, FAR), last.clamp(-FAR, FAR));
        // Round lengths: 1, 2, 5, 10, 20, 50 … years between ticks.
        let rounds = (0..).flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i64.pow(zeros)));
        let ticks = |years: i64| last.div_euclid(years) - first.div_euclid(years) + 1;
        let years = rounds.take(33).find(|years| ticks(*years) <= MOST_TICKS)?;
        let months = ticks(years) * years * 12;
        let part_of_tick = [10, 5, 2, 1].into_iter().filter(|part| years % part == 0).map(|part| years / part * 12);
        let fitting = |unit: &i64| months / unit <= MOST;
        let unit = [1, 3, 6, 12].into_iter().chain(part_of_tick).find(fitting)?;
        Some(Self {
            first: first.div_euclid(years) * years * 12,
            unit,
            count: usize::try_from(months / unit).ok()?,
            tick: usize::try_from(years * 12 / unit).ok()?,
        })
    }

    /// The twelve months of a year.
    #[must_use]
    pub(crate) fn of_year(year: i64) -> Self {
        Self { first: first_month(year), unit: 1, count: 12, tick: 1 }
    }

    /// The same span of time with one column per tick.
    #[must_use]
    pub(crate) fn by_tick(&self) -> Self {
        let tick = i64::try_from(self.tick).unwrap_or(1);
        Self { first: self.first, unit: self.unit * tick, count: self.count / self.tick.max(1), tick: 1 }
    }

    /// How long a column is.
    #[must_use]
    pub(crate) const fn length(&self) -> Length {
        match self.unit {
            1 => Length::Month,
            3 => Length::Quarter,
            6 => Length::HalfYear,
            12 => Length::Year,
            120 => Length::Decade,
            1_200 => Length::Century,
            12_000 => Length::Millennium,
            months => Length::Years(months / 12),
        }
    }

    /// The labelled parts.
    pub(crate) fn ticks(&self) -> impl Iterator<Item = Tick> {
        let months = self.unit * i64::try_from(self.tick).unwrap_or(1);
        let first = self.first;
        (0..).take(self.count / self.tick.max(1)).map(move |number| Tick { first: first + number * months, months })
    }

    /// Returns the position on the axis at which a day begins, in per cent. A day outside the axis is at 0 or 100.
    #[must_use]
    pub(crate) fn percent(&self, day: Day) -> f64 {
        let months = month_number(day) - self.first;
        let length = self.unit * i64::try_from(self.count).unwrap_or(1);
        // A month counts as 31 days, so that no day falls in the next month.
        #[expect(clippy::cast_precision_loss, reason = "months are few enough for a chart")]
        let share = (months as f64 + f64::from(day.day - 1) / 31.0) / length as f64;
        (share * 100.0).clamp(0.0, 100.0)
    }

    /// Returns the number of the column of a day. It is not one of the axis if the day is outside it.
    fn number(&self, day: Day) -> i64 {
        (month_number(day) - self.first).div_euclid(self.unit)
    }

    /// The column of a day; the nearest one if the day is outside the axis.
    fn column(&self, day: Day) -> usize {
        usize::try_from(self.number(day)).unwrap_or(0).min(self.last())
    }

    const fn last(&self) -> usize {
        self.count.saturating_sub(1)
    }

    /// The place of a date: the column of its beginning, if that is known exactly enough.
    #[must_use]
    pub(crate) fn place(&self, date: &EdtfDate) -> Placement {
        match date.beginning() {
            (Some(first), Some(last)) if self.number(first) == self.number(last) => {
                Placement::Column(self.column(first))
            }
            (first, last) => {
                let column = |day| self.column(day);
                Placement::Somewhere(first.map_or(0, column), last.map_or(self.last(), column))
            }
        }
    }
}

/// A day's month, counted from January of year 0.
pub(crate) fn month_number(day: Day) -> i64 {
    first_month(day.year) + i64::from(day.month) - 1
}

fn first_month(year: i64) -> i64 {
    year.clamp(-FAR, FAR) * 12
}

#[cfg(test)]
mod tests {
    use super::{Columns, Length, MOST, MOST_TICKS, Placement};
    use crate::date::EdtfDate;
    use crate::figures::fixture::timeline;

    fn of(dates: &[&str]) -> Columns {
        Columns::of(&timeline(dates)).expect("there are events")
    }

    #[test]
    fn a_conflict_of_some_years_has_a_column_a_month_and_a_tick_a_year() {
        let columns = of(&["2011-03-15", "2026-05-11"]);
        assert_eq!(columns, Columns { first: 2011 * 12, unit: 1, count: 16 * 12, tick: 12 });
        let years: Vec<i64> = columns.ticks().map(super::Tick::year).collect();
        assert_eq!((years.len(), years[0], years[15]), (16, 2011, 2026));
    }

    #[test]
    fn however_far_apart_dates_lie_there_are_few_columns() {
        let far = [
            vec!["1914", "2026"],
            vec!["1000", "2026"],
            vec!["0000/9999"],
            vec!["Y170000002", "2017"],
            vec!["-0044-03-15", "2017"],
            vec!["Y-170000002", "Y170000002"],
            vec!["Y-9223372036854775807", "Y9223372036854775807"],
        ];
        for dates in far {
            let columns = of(&dates);
            assert!((1..=MOST).contains(&i64::try_from(columns.count).expect("it is small")), "{dates:?}: {columns:?}");
            assert!(columns.ticks().count() <= usize::try_from(MOST_TICKS).expect("it is small"), "{dates:?}");
            assert_eq!(columns.count % columns.tick, 0, "{dates:?}: ticks are equally long");
            for date in &dates {
                let day = EdtfDate::parse(date).expect("the text is EDTF").key().start;
                assert!((0.0..=100.0).contains(&columns.percent(day)), "{date}");
            }
        }
    }

    #[test]
    fn columns_of_every_span_have_a_length_with_a_name() {
        let months = |length| match length {
            Length::Month => 1,
            Length::Quarter => 3,
            Length::HalfYear => 6,
            Length::Year => 12,
            Length::Decade => 120,
            Length::Century => 1_200,
            Length::Millennium => 12_000,
            Length::Years(years) => {
                assert!(years > 1, "a single year is called a year");
                years * 12
            }
        };
        let far = (0..18).flat_map(|zeros| [1, 2, 3, 5, 7, 9].map(|digit| digit * 10_i64.pow(zeros)));
        for span in (1..=2_000).chain(far) {
            for first in [2000, -44, 1] {
                let columns = Columns::between(first, first.saturating_add(span - 1)).expect("there are years");
                assert_eq!(months(columns.length()), columns.unit, "{span} years from {first}");
                assert_eq!(months(columns.by_tick().length()), columns.by_tick().unit, "{span} years from {first}");
                assert!(columns.count <= 400 && columns.count.is_multiple_of(columns.tick), "{span}: {columns:?}");
            }
        }
        assert_eq!(Columns::between(1981, 2020).map(|columns| columns.length()), Some(Length::Quarter));
        assert_eq!(Columns::between(1835, 1940).map(|columns| columns.length()), Some(Length::HalfYear));
    }

    #[test]
    fn an_event_whose_beginning_is_less_exact_than_a_column_is_in_no_column() {
        let columns = of(&["2011-03-15", "2026-05-11"]);
        let place = |text: &str| columns.place(&EdtfDate::parse(text).expect("the text is EDTF"));
        assert_eq!(place("2011-03-15"), Placement::Column(2));
        assert_eq!(place("2011-03"), Placement::Column(2), "a month is in its column");
        assert_eq!(place("2012"), Placement::Somewhere(12, 23));
        assert_eq!(place("2011-01-22/2011-02-15"), Placement::Column(0), "its beginning is known");
        assert_eq!(place("2012-21"), Placement::Somewhere(14, 16), "a season");
        assert_eq!(place("2017/2019"), Placement::Somewhere(72, 83), "it began on some day of 2017");
        assert_eq!(place("2012/.."), Placement::Somewhere(12, 23));
        assert_eq!(place("2012-03/"), Placement::Column(14), "the month of its beginning is known");
        assert_eq!(place("../2011-03"), Placement::Somewhere(0, 2), "it ended in March");
        assert_eq!(place("..2012/2013.."), Placement::Somewhere(0, 23));
        assert_eq!(place("[2026-11-05..]"), Placement::Somewhere(190, 191), "on that day or later");
        assert_eq!(place("{2012-03-01,2013}"), Placement::Column(14), "it began with the first");
        let winter = EdtfDate::parse("2012-24").expect("the text is EDTF");
        let of_year = Columns::of_year(2012).place(&winter);
        assert_eq!(of_year, Placement::Somewhere(11, 11), "it may have begun after the year");
    }
}
