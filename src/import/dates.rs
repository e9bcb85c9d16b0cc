//! Dates of foreign data in EDTF, never more precise than the data says they are.

use crate::date::{self, Day, EdtfDate, Place};

use super::loss::Suspects;

/// Which number comes first in dates such as `01/02/2010`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// 1 February.
    DayFirst,
    /// 2 January.
    MonthFirst,
}

/// Why a text is not a date: what is wrong, and help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoDate {
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Reads a date in EDTF, or in another form that has one meaning, or one in the given order.
///
/// # Errors
/// [`NoDate`] if the text has no meaning as a date, or several, or if the first digit of a year is unknown.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Result<EdtfDate, NoDate> {
    let shown = date::shortened(text.trim());
    if let Ok(date) = EdtfDate::read(text) {
        return with_year(date, &shown);
    }
    let meant = date::suggest(text);
    let is_wanted = |condition: &str| match order {
        Some(DateOrder::DayFirst) => condition.contains("day"),
        Some(DateOrder::MonthFirst) => condition.contains("month"),
        None => false,
    };
    let chosen = match meant.as_slice() {
        [only] if only.condition.is_none() => Some(only),
        several => several.iter().find(|one| one.condition.is_some_and(is_wanted)),
    };
    if let Some(date) = chosen.and_then(|one| EdtfDate::parse(&one.edtf).ok()) {
        return with_year(date, &shown);
    }
    let is_ambiguous = meant.len() > 1;
    let message =
        if is_ambiguous { format!("`{shown}` may be several dates") } else { format!("`{shown}` is not a date") };
    let order = "; if all dates have one order, set date_order in the mapping file";
    let help = date::help(&meant, Place::Quoted).map(|help| format!("{help}{}", if is_ambiguous { order } else { "" }));
    Err(NoDate { message, help: help.or_else(|| date::impossible_day(text)) })
}

fn with_year(date: EdtfDate, shown: &str) -> Result<EdtfDate, NoDate> {
    if date.has_year() {
        return Ok(date);
    }
    Err(NoDate { message: format!("the year of `{shown}` is not known"), help: None })
}

/// Which exact days are imported as longer periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Widening {
    /// 1 January as the year.
    pub january_1: bool,
    /// The first of a month as the month.
    pub day_1: bool,
}

impl Widening {
    /// Counts a date that is a single day, and whether it may be false precision. Returns it, widened if that is wanted.
    #[must_use]
    pub(crate) fn apply(self, date: EdtfDate, suspects: &mut Suspects) -> EdtfDate {
        let written = date.canonical();
        let Some(day) = date.earliest().filter(|day| day.to_string() == written) else { return date };
        suspects.days += 1;
        let widened = match (day.month, day.day) {
            (1, 1) => {
                suspects.first_of_january += 1;
                self.january_1.then(|| written[..written.len() - 6].to_owned())
            }
            (_, 1) => {
                suspects.first_of_month += 1;
                self.day_1.then(|| written[..written.len() - 3].to_owned())
            }
            _ => None,
        };
        widened.and_then(|text| EdtfDate::parse(&text).ok()).unwrap_or(date)
    }
}

/// Returns one day out of a range, which EDTF writes as a set: `[2017-11-17..2017-11-23]`. `None` if EDTF cannot express it.
#[must_use]
pub(super) fn one_of(first: Day, last: Day) -> Option<EdtfDate> {
    let text = if first == last { first.to_string() } else { format!("[{first}..{last}]") };
    EdtfDate::parse(&text).ok()
}

/// Writes a year as EDTF does: `0476`, `-0043` for 44 BC, `Y12000` beyond four digits.
#[must_use]
pub(super) fn year_text(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..=-1 => format!("-{:04}", year.unsigned_abs()),
        _ => format!("Y{year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, Widening, one_of, read};
    use crate::date::{Day, EdtfDate};
    use crate::import::loss::Suspects;

    #[test]
    fn a_date_is_read_if_it_has_one_meaning() {
        let edtf = |text, order| read(text, order).map(|date| date.canonical()).map_err(|error| error.message);
        assert_eq!(edtf("20 November 2017", None).as_deref(), Ok("2017-11-20"));
        assert_eq!(edtf("2017-11", None).as_deref(), Ok("2017-11"));
        assert!(edtf("01/02/2010", None).is_err());
        assert_eq!(edtf("01/02/2010", Some(DateOrder::MonthFirst)).as_deref(), Ok("2010-01-02"));
        assert_eq!(edtf("01/02/2010", Some(DateOrder::DayFirst)).as_deref(), Ok("2010-02-01"));
        assert_eq!(edtf("22/03/2010", Some(DateOrder::MonthFirst)).as_deref(), Ok("2010-03-22"));
        assert!(edtf("soon", None).is_err() && edtf("XXXX-12-25", None).is_err());
    }

    #[test]
    fn a_week_crosses_months_and_years() {
        let day = Day { year: 2017, month: 1, day: 2 };
        let week = one_of(day.shifted(-3), day.shifted(3)).map(|date| date.canonical());
        assert_eq!(week.as_deref(), Some("[2016-12-30..2017-01-05]"));
    }

    #[test]
    fn first_days_are_widened_on_request() {
        let mut suspects = Suspects::default();
        let widen = |text: &str, suspects: &mut Suspects| {
            let date = EdtfDate::parse(text).expect("it is a date");
            Widening { january_1: true, day_1: true }.apply(date, suspects).canonical()
        };
        assert_eq!(widen("2017-01-01", &mut suspects), "2017");
        assert_eq!(widen("2017-11-01", &mut suspects), "2017-11");
        assert_eq!(widen("2017-11-02", &mut suspects), "2017-11-02");
        assert_eq!(widen("2017-01", &mut suspects), "2017-01");
        assert_eq!(suspects, Suspects { days: 3, first_of_january: 1, first_of_month: 1 });
    }
}
