//! The extent of a date: the days it certainly covers, and the dates that may be meant.
//!
//! The bounds of a date say which days it *may* cover. A filter by period also needs the days that it certainly covers: a
//! three-day meeting that began in the period is certainly in it, an event on "some day in March" only possibly.

use edtf_core::{Date, Edtf, Interval, IntervalEndpoint, SetElement, SetKind};

use super::members::{dated, of_element};
use super::{Day, EdtfDate};

/// From a first to a last day, both included.
pub(crate) type Days = (Day, Day);

/// What is needed to compare a date with a period: which days it may cover, and which it certainly covers. The site's filters
/// and search use only these numbers. Days are counted as by [`Day::number`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first day that it may cover; `None` if the beginning is open or unknown.
    pub first: Option<i64>,
    /// The last day that it may cover; `None` if the end is open or unknown.
    pub last: Option<i64>,
    /// The disjoint ranges of days that it certainly covers, in order, each with its first and last day.
    pub certain: Vec<(i64, i64)>,
    /// Whether it is approximate or uncertain, so that another day may be meant.
    pub doubtful: bool,
}

impl EdtfDate {
    /// The extent of the date, in day numbers.
    #[must_use]
    pub fn extent(&self) -> Extent {
        let mut certain: Vec<(i64, i64)> = Vec::new();
        for (from, to) in self.certain_days() {
            let (from, to) = (from.number(), to.number());
            match certain.last_mut().filter(|(_, end)| from <= *end) {
                Some((_, end)) => *end = to.max(*end),
                None => certain.push((from, to)),
            }
        }
        Extent {
            first: self.earliest.map(Day::number),
            last: self.latest.map(Day::number),
            certain,
            doubtful: self.is_approximate() || self.is_uncertain(),
        }
    }

    /// The ranges of days that the date certainly covers, in order. Empty if no day is certain: `2017-11` is only known to be
    /// some day of the month.
    #[must_use]
    pub fn certain_days(&self) -> Vec<Days> {
        let mut days: Vec<Days> = match &self.edtf {
            Edtf::DateTime(instant) => one_day(&instant.date).into_iter().collect(),
            Edtf::Interval(interval) => certain_of_interval(interval).into_iter().collect(),
            Edtf::Set(set) if set.kind == SetKind::AllMembers => {
                set.elements.iter().filter_map(certain_of_element).collect()
            }
            Edtf::Date(_) | Edtf::Set(_) => {
                self.earliest.zip(self.latest).filter(|(first, last)| first == last).into_iter().collect()
            }
        };
        days.sort_unstable();
        days
    }

    /// Returns the first and the last day on which it may have begun; `None` for one that is open or unknown. A set whose
    /// members all apply began with the first of them.
    #[must_use]
    pub fn beginning(&self) -> (Option<Day>, Option<Day>) {
        let latest = match &self.edtf {
            Edtf::Interval(interval) => match interval.start {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => {
                    bounds(&date).map(|(_, last)| last)
                }
                IntervalEndpoint::OnOrAfter(_) | IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
            },
            Edtf::Set(set) if set.kind == SetKind::AllMembers => {
                let dates = set.elements.iter().flat_map(of_element);
                dates.filter_map(|date| bounds(&date)).map(|(_, last)| last).min()
            }
            Edtf::Date(_) | Edtf::DateTime(_) | Edtf::Set(_) => None,
        };
        // Nothing begins after its own end.
        (self.earliest, latest.into_iter().chain(self.latest).min())
    }

    /// Returns the members of a one-of set (`[2013-08-20,2013-08-21]`), each as the days that it may cover; a member open on
    /// one side, such as `..2013`, only as the days of its date. Empty for a date of another form.
    #[must_use]
    pub fn candidates(&self) -> Vec<Days> {
        let Edtf::Set(set) = &self.edtf else { return Vec::new() };
        if set.kind != SetKind::OneMember {
            return Vec::new();
        }
        set.elements.iter().filter_map(bounds_of_element).collect()
    }
}

/// The first and the last day that a single date may mean.
fn bounds(date: &Date) -> Option<Days> {
    let bounds = Edtf::Date(*date).bounds();
    Day::at(bounds.earliest).zip(Day::at(bounds.latest))
}

fn one_day(date: &Date) -> Option<Days> {
    bounds(date).filter(|(first, last)| first == last)
}

/// Returns the days from the latest possible beginning to the earliest possible end, if they are in this order. If one end is
/// open or unknown, only the other is certain, and only if it is a day.
fn certain_of_interval(interval: &Interval) -> Option<Days> {
    let of = |endpoint: &IntervalEndpoint| dated(endpoint).and_then(|date| bounds(&date));
    match (of(&interval.start), of(&interval.end)) {
        (Some((_, from)), Some((to, _))) => Some((from, to)).filter(|(from, to)| from <= to),
        // "From November 2017 on" has no certain day: it may begin on the month's last day and end later. Nor has "from
        // 15 March 2011 or earlier": it may have ended before that day.
        _ => [&interval.start, &interval.end].into_iter().find_map(|endpoint| match endpoint {
            IntervalEndpoint::Date(date) => one_day(date),
            _ => None,
        }),
    }
}

fn certain_of_element(element: &SetElement) -> Option<Days> {
    match element {
        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => one_day(date),
        SetElement::Range(from, to) => {
            let (from, to) = (bounds(from)?.1, bounds(to)?.0);
            (from <= to).then_some((from, to))
        }
    }
}

fn bounds_of_element(element: &SetElement) -> Option<Days> {
    match element {
        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => bounds(date),
        SetElement::Range(from, to) => Some((bounds(from)?.0, bounds(to)?.1)),
    }
}

#[cfg(test)]
mod tests {
    use super::EdtfDate;

    fn certain(text: &str) -> String {
        let date = EdtfDate::parse(text).expect("the text is EDTF");
        let days = date.certain_days().into_iter().map(|(from, to)| format!("{from}/{to}"));
        days.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_is_known_to_the_day_is_certain() {
        assert_eq!(certain("2017-11-20"), "2017-11-20/2017-11-20");
        assert_eq!(certain("2017-11-20T09:30:00Z"), "2017-11-20/2017-11-20");
        for vague in ["2017-11", "2017", "2017-21", "201X", "2017-11-XX", "[2013-08-20,2013-08-21]", "2017-11/.."] {
            assert_eq!(certain(vague), "", "{vague}");
        }
    }

    #[test]
    fn an_interval_is_certain_between_its_latest_beginning_and_its_earliest_end() {
        assert_eq!(certain("2017-11-20/2017-11-22"), "2017-11-20/2017-11-22");
        assert_eq!(certain("2014-01/2014-03"), "2014-01-31/2014-03-01");
        assert_eq!(certain("2014-01/2014-01-15"), "", "it may begin and end on one day, and which is not known");
        assert_eq!(certain("2011-03-15/.."), "2011-03-15/2011-03-15");
        assert_eq!(certain("../2011-03-15"), "2011-03-15/2011-03-15");
        assert_eq!(certain("..2011/2013.."), "2011-12-31/2013-01-01");
        for vague in ["..2011-03-15/", "..2011-03-15/..", "/2013-05-01..", "../2013-05-01.."] {
            assert_eq!(certain(vague), "", "{vague} may have ended before that day, or begun after it");
        }
    }

    #[test]
    fn a_beginning_is_as_exact_as_the_date_says() {
        for (text, expected) in [
            ("2017-11-20", "2017-11-20 2017-11-20"),
            ("2017-11-20T09:30:00Z", "2017-11-20 2017-11-20"),
            ("2017", "2017-01-01 2017-12-31"),
            ("2017/2019", "2017-01-01 2017-12-31"),
            ("2017-11-20/2017-11-22", "2017-11-20 2017-11-20"),
            ("2014/2014-03-15", "2014-01-01 2014-03-15"),
            ("2011-03/..", "2011-03-01 2011-03-31"),
            ("2011-03/", "2011-03-01 2011-03-31"),
            ("../2011-03", ".. 2011-03-31"),
            ("/2011-03-15", ".. 2011-03-15"),
            ("..2011/2013..", ".. 2011-12-31"),
            ("/2013..", ".. .."),
            ("[2013-08-20,2013-10]", "2013-08-20 2013-10-31"),
            ("[2013-08-20..]", "2013-08-20 .."),
            ("[..2013-08-20]", ".. 2013-08-20"),
            ("{2017-11-20,2018-01}", "2017-11-20 2017-11-20"),
            ("{2017-11..2018-01}", "2017-11-01 2017-11-30"),
            ("{2017-11-20..}", "2017-11-20 2017-11-20"),
        ] {
            let (first, last) = EdtfDate::parse(text).expect("the text is EDTF").beginning();
            let shown = |day: Option<crate::date::Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
            assert_eq!(format!("{} {}", shown(first), shown(last)), expected, "{text}");
        }
    }

    #[test]
    fn each_member_of_a_set_of_all_is_certain_by_itself() {
        assert_eq!(certain("{2017-11-20,2017-11-22}"), "2017-11-20/2017-11-20 2017-11-22/2017-11-22");
        assert_eq!(certain("{2017-11-20..2017-11-22}"), "2017-11-20/2017-11-22");
    }

    #[test]
    fn stretches_of_an_extent_do_not_overlap() {
        let date = EdtfDate::parse("{2017-11-20..2017-11-22,2017-11-21,2017-11-25}").expect("the text is EDTF");
        let extent = date.extent();
        let first = extent.first.expect("it has a first day");
        assert_eq!(extent.certain, [(first, first + 2), (first + 5, first + 5)]);
        assert_eq!(extent.last, Some(first + 5));
        assert!(!extent.doubtful);
    }

    #[test]
    fn one_of_several_dates_has_candidates() {
        let date = EdtfDate::parse("[2013-08-20,2013-09]").expect("the text is EDTF");
        let candidates: Vec<_> = date.candidates().iter().map(|(from, to)| format!("{from}/{to}")).collect();
        assert_eq!(candidates, ["2013-08-20/2013-08-20", "2013-09-01/2013-09-30"]);
    }
}
