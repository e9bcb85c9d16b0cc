use proptest::prelude::*;

use super::super::EdtfDate;
use super::{Place, help, in_place, is_bare_in_toml, suggest};

/// The suggested dates, without conditions.
fn meant(written: &str) -> Vec<String> {
    suggest(written).into_iter().map(|suggestion| suggestion.edtf).collect()
}

/// What people write, and the dates that it may mean.
const WRITTEN: &[(&str, &[&str])] = &[
    ("2011-3-5", &["2011-03-05"]),
    ("2011-3", &["2011-03"]),
    ("2011/03/05", &["2011-03-05"]),
    ("2011.03.05", &["2011-03-05"]),
    ("20110305", &["2011-03-05"]),
    ("201103", &["2011-03"]),
    ("20110305T093000Z", &["2011-03-05T09:30:00Z"]),
    ("2011‑03‑05", &["2011-03-05"]),
    ("2011–03–05", &["2011-03-05"]),
    ("2011−03−05", &["2011-03-05"]),
    ("٢٠١١-٠٣-٠٥", &["2011-03-05"]),
    ("۲۰۱۱/۰۳/۰۵", &["2011-03-05"]),
    ("２０１１－０３－０５", &["2011-03-05"]),
    ("03/22/2010", &["2010-03-22"]),
    ("22/03/2010", &["2010-03-22"]),
    ("22.03.2010", &["2010-03-22"]),
    ("1. 2. 2010", &["2010-02-01"]),
    ("01/02/2010", &["2010-01-02", "2010-02-01"]),
    ("01-02-2010", &["2010-01-02", "2010-02-01"]),
    ("02/02/2010", &["2010-02-02"]),
    ("2010-22-03", &["2010-03-22"]),
    ("03/2011", &["2011-03"]),
    ("2011-03-00", &["2011-03"]),
    ("2011-00-00", &["2011"]),
    ("March 2011", &["2011-03"]),
    ("march, 2011", &["2011-03"]),
    ("2011 March", &["2011-03"]),
    ("Mar. 2011", &["2011-03"]),
    ("5 March 2011", &["2011-03-05"]),
    ("March 5, 2011", &["2011-03-05"]),
    ("the 5th of March, 2011", &["2011-03-05"]),
    ("Saturday, March 5th, 2011", &["2011-03-05"]),
    ("5-Mar-2011", &["2011-03-05"]),
    ("2011-Mar-05", &["2011-03-05"]),
    ("5. März 2011", &["2011-03-05"]),
    ("1er août 2011", &[]),
    ("1 août 2011", &["2011-08-01"]),
    ("5 de marzo de 2011", &["2011-03-05"]),
    ("Sept 2011", &["2011-09"]),
    ("٥ مارس ٢٠١١", &["2011-03-05"]),
    ("15 آذار 2011", &["2011-03-15"]),
    ("30 February 2011", &[]),
    ("..2011", &["../2011"]),
    ("2011/open", &["2011/.."]),
    ("2011/unknown", &["2011/"]),
    ("unknown/2011", &["/2011"]),
    ("5 марта 2011", &["2011-03-05"]),
    ("5 марта 2011 г.", &["2011-03-05"]),
    ("март 2011", &["2011-03"]),
    ("9 мая 1945", &["1945-05-09"]),
    ("2011年3月5日", &["2011-03-05"]),
    ("2011年3月", &["2011-03"]),
    ("2011年", &["2011"]),
    ("\u{200f}5 March 2011", &["2011-03-05"]),
    ("\u{200e}2011-03-05", &["2011-03-05"]),
    ("2011-03-05T10", &["2011-03-05T10:00:00"]),
    ("2011-03-05 (Saturday)", &["2011-03-05"]),
    ("2017-42", &[]),
    ("5 March", &[]),
    ("1990-uu-uu", &["1990-XX-XX"]),
    ("1990-??", &["1990-XX"]),
    ("1990-xx-xx", &["1990-XX-XX"]),
    ("199u", &["199X"]),
    ("199?", &["199X"]),
    ("19??", &["19XX"]),
    ("19--", &["19XX"]),
    ("2011-3-?", &["2011-03-XX"]),
    ("201x", &["201X"]),
    ("c. 2011", &["2011~"]),
    ("ca. 2011", &["2011~"]),
    ("circa March 2011", &["2011-03~"]),
    ("c1990", &["1990~"]),
    ("~2011", &["2011~"]),
    ("~ 5 March 2011", &["2011-03-05~"]),
    ("about 2011?", &["2011%"]),
    ("March 2011?", &["2011-03?"]),
    ("probably 2011", &["2011?"]),
    ("2010s", &["201X"]),
    ("2011s", &["201X"]),
    ("the 1990's", &["199X"]),
    ("1900s", &["190X", "19XX"]),
    ("20th century", &["19XX"]),
    ("spring 2011", &["2011-21"]),
    ("Autumn of 2011", &["2011-23"]),
    ("fall 2011", &["2011-23"]),
    ("winter 2010/11", &["2010-24"]),
    ("Q1 2011", &["2011-33"]),
    ("2011-Q4", &["2011-36"]),
    ("2011Q2", &["2011-34"]),
    ("first quarter of 2011", &["2011-33"]),
    ("H2 2011", &["2011-41"]),
    ("second half of 2011", &["2011-41"]),
    ("early 2011", &["2011-37", "2011"]),
    ("mid-2011", &["2011-38", "2011"]),
    ("late March 2011", &["2011-03-2X", "2011-03"]),
    ("early 1990s", &["199X"]),
    ("44 BC", &["-0043"]),
    ("15 March 44 B.C.", &["-0043-03-15"]),
    ("AD 476", &["0476"]),
    ("476", &["0476"]),
    ("-44", &["-0043", "-0044"]),
    ("12000", &["Y12000"]),
    ("2017-W47", &["2017-11-20/2017-11-26"]),
    ("2017-W47-1", &["2017-11-20"]),
    ("2017-324", &["2017-11-20"]),
    ("n.d.", &["XXXX"]),
    ("unknown", &["XXXX"]),
    ("yesterday", &[]),
    ("soon", &[]),
    ("", &[]),
    ("2020-13", &[]),
    ("2019-02-29", &[]),
    ("2017-02-3X", &[]),
];

#[test]
fn what_people_write_is_rewritten() {
    for (written, expected) in WRITTEN {
        assert_eq!(meant(written), *expected, "{written}");
    }
}

#[test]
fn months_are_known_in_the_languages_of_the_sources() {
    let months: &[(u8, &[&str])] = &[
        (
            1,
            &[
                "janvier",
                "январь",
                "в январе",
                "янв.",
                "Ocak",
                "çile",
                "rêbendan",
                "kanûna duyem",
                "يناير",
                "كانون الثاني",
                "كانون ثانٍ",
            ],
        ),
        (1, &["Kanun al-Thani", "Kanoun ath-Thani", "ژانویه", "کانوونی دووەم"]),
        (2, &["février", "февраля", "Şubat", "sibat", "reşemî", "شباط", "فوریه", "شوبات"]),
        (3, &["mars", "марте", "Mart", "adar", "آذار", "اذار", "Adhar", "مارس", "ئازار"]),
        (4, &["avril", "апр.", "Nisan", "avrêl", "نيسان", "نیسان", "أبريل", "إبريل", "ابريل", "آوریل"]),
        (5, &["mai", "мае", "Mayıs", "gulan", "أيار", "ايار", "Ayyar", "مايو", "مه", "می"]),
        (6, &["juin", "июнь", "Haziran", "HAZİRAN", "hezîran", "حزيران", "ژوئن", "حوزەیران"]),
        (7, &["juillet", "июле", "Temmuz", "tîrmeh", "تموز", "Tammuz", "ژوئیه", "تەمموز"]),
        (8, &["août", "авг.", "Ağustos", "tebax", "آب", "اب", "أغسطس", "اوت", "ئاب"]),
        (9, &["septembre", "сент.", "Eylül", "îlon", "أيلول", "ايلول", "سپتامبر", "ئەیلوول"]),
        (
            10,
            &[
                "octobre",
                "окт.",
                "Ekim",
                "cotmeh",
                "çirîya pêşîn",
                "تشرين الأول",
                "تشرين الاول",
                "تشرين أول",
                "Tishrin al-Awwal",
            ],
        ),
        (10, &["اکتبر", "تشرینی یەکەم"]),
        (11, &["novembre", "нояб.", "Kasım", "mijdar", "çirîya paşîn", "تشرين الثاني", "Tishreen al-Thani", "نوامبر"]),
        (12, &["décembre", "дек.", "Aralık", "berfanbar", "kanûna yekem", "كانون الأول", "Kanun al-Awwal", "دسامبر"]),
    ];
    for (month, names) in months {
        for name in *names {
            assert_eq!(meant(&format!("{name} 2011")), [format!("2011-{month:02}")], "{name}");
            assert_eq!(meant(&format!("15 {name} 2011")), [format!("2011-{month:02}-15")], "{name}");
        }
    }
    assert_eq!(meant("5–7 كانون الثاني 2011"), ["2011-01-05/2011-01-07"]);
    assert_eq!(meant("28 كانون الأول 2010 – 3 كانون الثاني 2011"), ["2010-12-28/2011-01-03"]);
    for text in ["كانون 2011", "Kanun 2011", "الثاني 2011", "1 فروردین 1390"] {
        assert_eq!(meant(text), [""; 0], "{text}");
    }
}

#[test]
fn a_year_of_which_nothing_is_known_is_seen() {
    for text in
        ["uuuu-12-25", "????-12-25", "uuuu", "[XXXX..2011]", "[2011..XXXX]", "2011/uuuu", "-1XXX", "-04uu", "X9??-1"]
    {
        assert!(super::lacks_year(text), "{text}");
    }
    for text in ["199u", "19--", "2011-uu", "n.d.", "unknown", "-44", "5 March", "2011-03-15", "june", ""] {
        assert!(!super::lacks_year(text), "{text}");
    }
    assert_eq!(meant("[XXXX..2011]"), ["[..2011]"]);
    assert_eq!(meant("[2011-03..uuuu]"), ["[2011-03..]"]);
    assert_eq!(meant("-1XXX"), ["-1999/-1000"]);
    assert_eq!(meant("-04uu"), ["-0499/-0400"]);
}

#[test]
fn the_calendar_says_why_there_is_no_such_day() {
    for text in
        ["2019-02-29", "2019-02-29T09:30:00Z", "2019-02-3X", "29 February 2019", "February 29, 2019", "29.2.2019"]
    {
        assert_eq!(super::impossible_day(text).as_deref(), Some("February 2019 has 28 days"), "{text}");
    }
    assert!(super::impossible_day("2019-13").is_some_and(|help| help.starts_with("months are 01 to 12")));
    assert_eq!(super::impossible_day("2019-02-28"), None);
    assert_eq!(super::impossible_day("soon"), None);
    // Longer than 80 bytes, but not than 80 characters.
    let dashes = format!("29 February 2019{}", "–".repeat(30));
    assert_eq!(super::impossible_day(&dashes).as_deref(), Some("February 2019 has 28 days"));
}

#[test]
fn two_dates_become_a_range_or_a_set() {
    let forms: &[(&str, &[&str])] = &[
        ("2011–2013", &["2011/2013"]),
        ("2011-2013", &["2011/2013"]),
        ("2011 - 2013", &["2011/2013"]),
        ("2011 to 2013", &["2011/2013"]),
        ("from 2011 to 2013", &["2011/2013"]),
        ("between 2011 and 2013", &["2011/2013"]),
        ("1998-99", &["1998/1999"]),
        ("2011–12", &["2011-12", "2011/2012"]),
        ("2011-03-05 - 2011-03-07", &["2011-03-05/2011-03-07"]),
        ("2011-03-05 to 2011-03-07", &["2011-03-05/2011-03-07"]),
        ("2011-03-05-2011-03-07", &["2011-03-05/2011-03-07"]),
        ("2011-03-05..2011-03-07", &["2011-03-05/2011-03-07"]),
        ("2011-03-05/07", &["2011-03-05/2011-03-07"]),
        ("2011-03-05 / 2011-03-07", &["2011-03-05/2011-03-07"]),
        ("2017-11-22/2017-11-20", &["2017-11-20/2017-11-22"]),
        ("2013/2011", &["2011/2013"]),
        ("5–7 March 2011", &["2011-03-05/2011-03-07"]),
        ("5.-7. März 2011", &["2011-03-05/2011-03-07"]),
        ("March 5–7, 2011", &["2011-03-05/2011-03-07"]),
        ("March 5 - April 7, 2011", &["2011-03-05/2011-04-07"]),
        ("28 February – 3 March 2011", &["2011-02-28/2011-03-03"]),
        ("28 December 2011 – 3 January 2012", &["2011-12-28/2012-01-03"]),
        ("March–May 2011", &["2011-03/2011-05"]),
        ("01/02/2010 - 03/02/2010", &["2010-01-02/2010-03-02", "2010-02-01/2010-02-03"]),
        ("2011–present", &["2011/.."]),
        ("2011-", &["2011/.."]),
        ("since March 2011", &["2011-03/.."]),
        ("until 2011", &["../2011"]),
        ("before 2011", &["[..2010]"]),
        ("after 31 December 2011", &["[2012-01-01..]"]),
        ("2011 or 2012", &["[2011,2012]"]),
        ("2011 or later", &["[2011..]"]),
        ("2011-03-05,2011-03-06", &["{2011-03-05,2011-03-06}"]),
        ("mid-2011 to late 2012", &["2011-38/2012-39", "2011/2012"]),
        ("5 or 6 March 2011", &["[2011-03-05,2011-03-06]"]),
        ("5 and 7 March 2011", &["{2011-03-05,2011-03-07}"]),
        ("2017-11-20T09:30:00Z/2017-11-20T11:00:00Z", &["2017-11-20"]),
        ("2017-11-20T09:30Z/2017-11-21T11:00Z", &["2017-11-20/2017-11-21"]),
    ];
    for (written, expected) in forms {
        assert_eq!(meant(written), *expected, "{written}");
    }
}

#[test]
fn moments_keep_their_time() {
    let forms: &[(&str, &[&str])] = &[
        ("2017-11-20T09:30:00+0200", &["2017-11-20T09:30:00+02:00"]),
        ("20 Nov 2017 09:30", &["2017-11-20T09:30:00"]),
        ("Mon, 20 Nov 2017 09:30:00 +0100", &["2017-11-20T09:30:00+01:00"]),
        ("Mon Nov 20 09:30:00 2017", &["2017-11-20T09:30:00"]),
        ("November 20, 2017 at 9:30 pm", &["2017-11-20T21:30:00"]),
        ("20/11/2017 12:05 AM", &["2017-11-20T00:05:00"]),
        ("2017-11-20 09:30 UTC+3", &["2017-11-20T09:30:00+03:00"]),
        ("2017-11-20 09:30 CET", &["2017-11-20T09:30:00+01:00"]),
        ("2011-03-15 10:00 EET", &["2011-03-15T10:00:00+02:00"]),
        ("2011-07-15 10:00 (EEST)", &["2011-07-15T10:00:00+03:00"]),
        ("2011-03-15 10:00 MSK", &["2011-03-15T10:00:00"]),
        ("2011-03-15T10:00 Europe/Oslo", &["2011-03-15T10:00:00"]),
        ("2011-03-15T10:00 America/Port-au-Prince", &["2011-03-15T10:00:00"]),
        ("2011-03-15T10:00+01:00[Europe/Oslo]", &["2011-03-15T10:00:00+01:00"]),
        ("15 March 2011 10:00 +0100 (CET)", &["2011-03-15T10:00:00+01:00"]),
        ("2011-03-15T10:00 !", &["2011-03-15"]),
        ("2017-11-20T24:00:00", &["2017-11-21T00:00:00"]),
        ("2017-11-20T09Z", &["2017-11-20"]),
    ];
    for (written, expected) in forms {
        assert_eq!(meant(written), *expected, "{written}");
    }
}

#[test]
fn a_help_has_the_quotation_marks_of_its_place() {
    let help = |written: &str, place| help(&suggest(written), place).unwrap_or_default();
    assert_eq!(help("2011-3-5", Place::Toml), "write 2011-03-05");
    assert_eq!(help("March 2011", Place::Toml), "write \"2011-03\"");
    assert_eq!(help("March 2011", Place::Yaml), "write 2011-03");
    assert_eq!(help("2011 or 2012", Place::Yaml), "write \"[2011,2012]\"");
    assert_eq!(help("2011-3-5", Place::Quoted), "write \"2011-03-05\"");
    assert_eq!(
        help("01/02/2010", Place::Toml),
        "write 2010-01-02 if the month comes first, or 2010-02-01 if the day comes first"
    );
    assert_eq!(in_place("2017-11-20T09:30:00+02:00", Place::Toml), "2017-11-20T09:30:00+02:00");
    assert!(!is_bare_in_toml("2017-11-3X") && !is_bare_in_toml("-0044-03-15") && !is_bare_in_toml("2017-11-20T09:30"));
}

proptest! {
    #[test]
    fn every_suggestion_can_be_read_and_suggests_itself(written in "[0-9a-zA-Z?~%X.,:/ –-]{0,20}|\\PC{0,30}") {
        for suggestion in suggest(&written) {
            let date = EdtfDate::parse(&suggestion.edtf);
            prop_assert!(date.is_ok(), "{} suggests {}", written, suggestion.edtf);
            prop_assert_eq!(meant(&suggestion.edtf), vec![suggestion.edtf.clone()]);
        }
    }

    #[test]
    fn a_day_is_found_in_every_writing(year in 1000i32..3000, month in 1u8..=12, day in 1u8..=28) {
        let names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December"];
        let name = names[usize::from(month) - 1];
        let expected = vec![format!("{year}-{month:02}-{day:02}")];
        for written in [
            format!("{year}-{month}-{day}"), format!("{year}/{month:02}/{day:02}"), format!("{day}.{month}.{year}"),
            format!("{day} {name} {year}"), format!("{name} {day}, {year}"), format!("{} {day} {year}", &name[..3]),
            format!("{year}{month:02}{day:02}"), format!("{year}-{month:02}-{day:02}T24"),
        ] {
            prop_assert_eq!(meant(&written), expected.clone(), "{}", written);
        }
    }
}
