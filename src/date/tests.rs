use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Day, EdtfDate, Phrases, Shape};

/// Phrases that show their key and arguments.
struct Bare;

impl Phrases for Bare {
    fn phrase(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let values: Vec<_> = arguments.iter().map(|(_, value)| *value).collect();
        format!("{key} {}", values.join(" "))
    }
}

fn date(text: &str) -> EdtfDate {
    EdtfDate::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.reason))
}

/// A year, month and day in which any digit may be unknown, with or without qualifiers, if there is such a day.
fn masked() -> impl Strategy<Value = String> {
    let digit = |most: u8| prop_oneof![2 => (0..=most).prop_map(|digit| digit.to_string()), 1 => Just("X".to_owned())];
    let year = (digit(2), digit(9), digit(9), digit(9)).prop_map(|(a, b, c, d)| a + &b + &c + &d);
    let mark = || prop::sample::select(vec!["", "", "", "~", "?", "%"]);
    let month = (digit(4), digit(9), mark()).prop_map(|(a, b, mark)| format!("-{a}{b}{mark}"));
    let day = (digit(3), digit(9), mark()).prop_map(|(a, b, mark)| format!("-{a}{b}{mark}"));
    (year, mark(), prop::option::of((month, prop::option::of(day)))).prop_filter_map(
        "it is no date",
        |(year, mark, rest)| {
            let rest = rest.map(|(month, day)| month + &day.unwrap_or_default()).unwrap_or_default();
            let text = format!("{year}{mark}{rest}");
            EdtfDate::parse(&text).is_ok().then_some(text)
        },
    )
}

/// Dates of every form that the format's contract names.
fn edtf() -> impl Strategy<Value = String> {
    let year = 1i64..9999;
    let part = (year, 1u8..=12, 1u8..=28, 0u8..12).prop_map(|(y, m, d, form)| match form {
        0 => format!("{y:04}"),
        1 => format!("{y:04}-{m:02}"),
        2 => format!("{y:04}-{m:02}-{d:02}~"),
        3 => format!("{y:04}?"),
        4 => format!("{y:04}-{m:02}-XX"),
        5 => format!("{:03}X", y / 10),
        6 => format!("{y:04}-2{}", m % 4 + 1),
        7 => format!("{y:04}-{m:02}~-{d:02}"),
        _ => format!("{y:04}-{m:02}-{d:02}"),
    });
    let plain = part.clone();
    let day = (1i64..9999, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let open = (day.clone(), 0u8..4).prop_map(|(day, form)| match form {
        0 => format!("{day}/.."),
        1 => format!("{day}/"),
        2 => format!("../{day}"),
        _ => format!("/{day}"),
    });
    let instant = (day.clone(), 0u8..24, 0u8..60, prop::sample::select(vec!["", "Z", "+03:00", "-11:30"]))
        .prop_map(|(day, hour, minute, zone)| format!("{day}T{hour:02}:{minute:02}:00{zone}"));
    let range =
        (day.clone(), day.clone()).prop_map(|(a, b)| if a <= b { format!("{a}/{b}") } else { format!("{b}/{a}") });
    let set = (day.clone(), day, any::<bool>())
        .prop_map(|(a, b, one)| if one { format!("[{a},{b}]") } else { format!("{{{a},{b}}}") });
    let ends = (masked(), masked(), prop::sample::select(vec!["/", "..", ","]), 0u8..5).prop_filter_map(
        "no date",
        |(a, b, between, form)| {
            let text = match (form, between) {
                (0 | 1, _) => format!("{a}/{b}"),
                (2, between) => format!("[{a}{between}{b}]"),
                (3, between) => format!("{{{a}{between}{b}}}"),
                _ => format!("..{a}/{b}.."),
            };
            EdtfDate::parse(&text).is_ok().then_some(text)
        },
    );
    prop_oneof![plain, open, instant, range, set, masked(), ends]
}

proptest! {
    #[test]
    fn a_plain_day_is_its_own_bounds(y in 0i64..=9999, m in 0u8..=13, d in 0u8..=32) {
        let text = format!("{y:04}-{m:02}-{d:02}");
        if let Ok(edtf) = edtf_core::Edtf::parse(&text) {
            let bounds = edtf.bounds();
            let (earliest, latest) = (Day::at(bounds.earliest), Day::at(bounds.latest));
            let date = date(&text);
            prop_assert_eq!((date.earliest, date.latest), (earliest, latest));
            prop_assert_eq!(date.key, super::sort_key(&edtf, earliest, latest));
            prop_assert_eq!(date.canonical(), text);
        } else {
            prop_assert!(EdtfDate::parse(&text).is_err());
        }
    }
}

proptest! {
    #[test]
    fn the_canonical_text_means_the_same(text in edtf()) {
        let first = date(&text);
        let again = date(&first.canonical());
        prop_assert_eq!(first.key(), again.key());
        prop_assert_eq!(first.shape(), again.shape());
        prop_assert_eq!(first.canonical(), again.canonical());
    }

    #[test]
    fn the_order_is_total(a in edtf(), b in edtf(), c in edtf()) {
        let (a, b, c) = (date(&a), date(&b), date(&c));
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
    }

    #[test]
    fn what_is_certainly_after_never_sorts_before(a in edtf(), b in edtf()) {
        let (a, b) = (date(&a), date(&b));
        if a.certainly_after(&b) {
            prop_assert!(a.key().start > b.key().start);
            prop_assert!(!b.certainly_after(&a));
        }
    }

    #[test]
    fn the_bounds_hold_the_start(text in edtf()) {
        let date = date(&text);
        if let Some(earliest) = date.earliest() {
            prop_assert_eq!(date.key().start, earliest);
        }
        if let Some(latest) = date.latest() {
            prop_assert!(date.key().start <= latest);
        }
    }

    #[test]
    fn words_are_no_more_precise_than_the_date(text in edtf()) {
        let date = date(&text);
        let words = date.words(&Bare);
        let single = |wanted: fn(&edtf_core::Date) -> bool| super::members(&date.edtf).any(|member| wanted(&member));
        if words.contains("date-day ") {
            prop_assert!(single(|date| date.year.value().is_some() && date.day.is_some()), "{}: {}", text, words);
        }
        if words.contains("date-month ") {
            prop_assert!(single(|date| date.year.value().is_some() && date.month.is_some()), "{}: {}", text, words);
        }
        if date.html_datetime().is_some() {
            prop_assert!(!text.contains(['X', '~', '?', '%', 'S']), "{}", text);
        }
        prop_assert!(!words.contains('X') || words.contains("date-years-like"), "{}: {}", text, words);
        prop_assert!(!words.trim().is_empty(), "{}", text);
    }

    #[test]
    fn a_single_date_shows_its_whole_year_and_month_only_if_all_its_days_are_in_them(text in masked()) {
        let date = date(&text);
        let words = date.words(&Bare);
        let (first, last) = (date.earliest().expect("it has bounds"), date.latest().expect("it has bounds"));
        let numbers: BTreeSet<i64> = words.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
        // A winter extends into the next year.
        if first.year != last.year && date.has_year() && !words.contains("season-") {
            // The words name both ends of the possible years, or the decade. Not every year has a 29 February.
            let end = text[1..].find('-').map_or(text.len(), |at| at + 1);
            let years = super::tests::date(&text[..end]);
            let (first, last) = (years.earliest().expect("it has bounds"), years.latest().expect("it has bounds"));
            let named = [first.year, last.year].iter().all(|year| numbers.contains(&if *year > 0 { *year } else { 1 - year }));
            prop_assert!(named || words.contains("date-decade"), "{}: {}", text, words);
        }
        let months: BTreeSet<&str> = words.split(' ').filter(|word| word.starts_with("month-")).collect();
        if months.len() == 1 && date.has_year() {
            let month: u8 = months.iter().next().and_then(|month| month[6..].parse().ok()).expect("a month has a number");
            prop_assert_eq!((first.month, last.month), (month, month), "{}: {}", text, words);
        }
        if date.shape() == Shape::Day {
            prop_assert_eq!(first, last, "{}", text);
        }
    }

    #[test]
    fn reading_what_was_read_changes_nothing(day in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        clock in "[Tt ](0[0-9]|1[0-9]|[0-9]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?",
        zone in "(|Z|z| UTC|[+-](0[1-9]|1[0-3])(:?[0-5][0-9])?)") {
        let written = format!("{day}{clock}{zone}");
        let once = EdtfDate::read(&written);
        prop_assert!(once.is_ok(), "{}", written);
        let once = once.expect("it was read just now");
        let again = date(&once.canonical());
        prop_assert_eq!(again.canonical(), once.canonical());
        prop_assert_eq!(once.words(&Bare), again.words(&Bare));
    }

    #[test]
    fn a_month_never_shows_a_day(year in 1000i64..3000, month in 1u8..=12) {
        let date = date(&format!("{year}-{month:02}"));
        let words = date.words(&Bare);
        prop_assert!(words.starts_with("date-month "), "{}", words);
        prop_assert_eq!(date.html_datetime(), Some(format!("{year}-{month:02}")));
        prop_assert_eq!(date.iso_interval(), Some(format!("{year}-{month:02}")));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,24}") {
        if let Ok(date) = EdtfDate::parse(&text) {
            let _ = (date.words(&Bare), date.precision_words(&Bare), date.html_datetime(), date.iso_interval(), date.shape());
        }
    }

    #[test]
    fn days_are_numbered_without_gaps(year in -5000i64..5000, month in 1u8..=12, day in 1u8..=27) {
        let today = Day { year, month, day };
        let tomorrow = Day { day: day + 1, ..today };
        prop_assert_eq!(today.number() + 1, tomorrow.number());
    }

    #[test]
    fn a_day_is_shifted_to_the_day_with_the_number(year in -5000i64..5000, month in 1u8..=12, day in 1u8..=28, days in -999i64..999) {
        let today = Day { year, month, day };
        let shifted = today.shifted(days);
        prop_assert_eq!(today.number() + days, shifted.number());
        prop_assert_eq!(shifted.shifted(-days), today);
        prop_assert!(EdtfDate::parse(&shifted.to_string()).is_ok() || shifted.year < 0);
    }
}

#[test]
fn a_shifted_day_is_in_the_calendar() {
    let shifted = |text: &str, days| date(text).earliest().expect("it is a day").shifted(days).to_string();
    for (day, next) in [
        ("2017-11-20", "2017-11-21"),
        ("2017-11-30", "2017-12-01"),
        ("2016-02-28", "2016-02-29"),
        ("2017-02-28", "2017-03-01"),
        ("2017-12-31", "2018-01-01"),
        ("0000-02-28", "0000-02-29"),
    ] {
        assert_eq!((shifted(day, 1), shifted(next, -1)), (next.to_owned(), day.to_owned()));
    }
}

#[test]
fn the_number_of_a_day_agrees_with_the_calendar() {
    let number = |text: &str| date(text).key().start.number();
    assert_eq!(number("2000-03-01") - number("2000-02-28"), 2);
    assert_eq!(number("1900-03-01") - number("1900-02-28"), 1);
    assert_eq!(number("2017-11-20") - number("1970-01-01"), 17_490);
    assert_eq!(number("0000-03-01"), 0);
    assert_eq!(number("Y170000002"), number("Y170000002"));
}

#[test]
fn every_form_of_the_contract_has_its_shape() {
    let shapes = [
        ("2017", Shape::Year),
        ("2017-11", Shape::Month),
        ("2017-11-20", Shape::Day),
        ("2017-11-20T09:30:00Z", Shape::Day),
        ("2017-11-20/2017-11-22", Shape::Days),
        ("2017-11-XX", Shape::Month),
        ("2017-XX", Shape::Year),
        ("201X", Shape::Period),
        ("1950S2", Shape::Period),
        ("2011-03-15/..", Shape::Open),
        ("../2011-03", Shape::Open),
        ("2011-03/", Shape::Open),
        ("2017-21", Shape::Season),
        ("[2013-08-20,2013-08-21]", Shape::OneOf),
        ("{2017-11-20,2017-11-22}", Shape::Days),
        ("[..1983]", Shape::Open),
        ("2017-1X", Shape::Season),
        ("2017-XX-20", Shape::Year),
        ("2017-11-3X", Shape::Day),
        ("2017-X0", Shape::Month),
        ("201X-12-25", Shape::Period),
        ("[2017]", Shape::Year),
        ("1950S4", Shape::Year),
    ];
    for (text, shape) in shapes {
        assert_eq!(date(text).shape(), shape, "{text}");
    }
}

#[test]
fn a_year_is_known_if_its_thousand_is() {
    for text in ["1XXX", "201X-12-25", "2017", "0XXX", "/2017", "Y17E7", "-0044", "[2011,201X]"] {
        assert!(date(text).has_year(), "{text}");
    }
    for (text, rest) in [
        ("XXXX", None),
        ("XXXX-12-25", None),
        ("XXX1", None),
        ("X9XX", None),
        ("XXXX~", None),
        ("XXXX/..", None),
        ("../XXXX-05", None),
        ("[XXXX]", None),
        ("2011/XXXX", Some("2011/")),
        ("XXXX-05/2011", Some("/2011")),
        ("{XXXX,2011}", Some("2011")),
        ("[XXXX,2011,2012]", Some("[2011,2012]")),
        ("{XXXX-05,2011..}", Some("{2011..}")),
    ] {
        assert!(!date(text).has_year(), "{text}");
        assert_eq!(date(text).without_unknown_years().map(|date| date.canonical()).as_deref(), rest, "{text}");
    }
}

#[test]
fn a_leap_second_is_no_time_of_html() {
    let html = |text: &str| date(text).html_datetime();
    assert_eq!(html("2016-12-31T23:59:59Z").as_deref(), Some("2016-12-31T23:59:59Z"));
    assert_eq!(html("2016-12-31T23:59:60Z"), None);
}

#[test]
fn each_end_that_is_open_or_not_known_is_described() {
    for (text, words) in [
        ("2011-03/..", "precision-open-end"),
        ("/2011-03", "precision-unknown-start"),
        ("[..2011]", "precision-open"),
        ("..2011/2013", "precision-open-start"),
        ("..2011/2013..", "precision-open-both"),
        ("[..2011,2013..]", "precision-open-both"),
        ("..2011/", "precision-open-start list-separator precision-unknown-end"),
        ("/2013..", "precision-unknown-start list-separator precision-open-end"),
    ] {
        let said = date(text).precision_words(&Bare).unwrap_or_default();
        assert_eq!(said.split_whitespace().collect::<Vec<_>>().join(" "), words, "{text}");
    }
}

#[test]
fn impossible_dates_are_refused() {
    for text in [
        "2017-02-29",
        "2017-13",
        "2017-04-31",
        "2017-11-22/2017-11-20",
        "",
        "20 November 2017",
        "2017-11-20T25:00:00",
        "../..",
        "2017-02-3X",
        "Y1E30",
        "Y9E18S1/..",
    ] {
        assert!(EdtfDate::parse(text).is_err(), "{text}");
    }
}
