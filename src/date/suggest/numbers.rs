//! Dates in digits: `2011-3-5`, `03/22/2010`, `20110305`, `1990-uu-uu`.

use super::super::EdtfDate;
use super::{Depth, Suggestion, year_text};

const MONTH_FIRST: &str = "if the month comes first";
const DAY_FIRST: &str = "if the day comes first";

pub(super) fn read(text: &str, _: Depth<'_>) -> Vec<Suggestion> {
    let ways: [fn(&str) -> Vec<Suggestion>; 7] =
        [compact, signs, separated, masked, before_christ, years, ordinal_or_week];
    super::first_readable(ways.iter().map(|way| way(text)))
}

fn day_text(year: &str, month: u8, day: u8) -> String {
    format!("{year}-{month:02}-{day:02}")
}

/// `20110305`, `201103`, `20110305T093000Z`.
fn compact(text: &str) -> Vec<Suggestion> {
    let (date, time) = text.split_once(['t', ' ']).unwrap_or((text, ""));
    if !date.bytes().all(|b| b.is_ascii_digit()) || !matches!(date.len(), 6 | 8) {
        return Vec::new();
    }
    let (year, rest) = date.split_at(4);
    let (month, day) = rest.split_at(2);
    if day.is_empty() {
        return if time.is_empty() { vec![Suggestion::plain(format!("{year}-{month}"))] } else { Vec::new() };
    }
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    let (clock, zone) = time.split_at(digits);
    let clock = match digits {
        0 => time.to_owned(),
        4 => format!("{}:{}{zone}", &clock[..2], &clock[2..]),
        6 => format!("{}:{}:{}{zone}", &clock[..2], &clock[2..4], &clock[4..]),
        _ => time.to_owned(),
    };
    let day = format!("{year}-{month}-{day}");
    vec![Suggestion::plain(if clock.is_empty() { day } else { format!("{day} {clock}").to_ascii_uppercase() })]
}

/// `2011年3月5日`: each number with its sign, as in Chinese, Japanese or Korean.
fn signs(text: &str) -> Vec<Suggestion> {
    if !text.contains(['年', '년']) {
        return Vec::new();
    }
    let plain = text.replace(['年', '月', '년', '월'], "-").replace(['日', '일', '号', ' '], "");
    let plain = plain.trim_end_matches('-');
    match plain.len() == 4 && plain.bytes().all(|b| b.is_ascii_digit()) {
        true => vec![Suggestion::plain(plain)],
        false => separated(plain),
    }
}

/// Two or three numbers with the same separator, the year first or last, whether or not there is such a day.
pub(super) fn separated(text: &str) -> Vec<Suggestion> {
    let is_dashed = text.contains('–');
    let text = text.replace('–', "-");
    let Some(separator) = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| "-/. ".contains(*c)) else {
        return Vec::new();
    };
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()) && matches!(part.len(), 1 | 2 | 4)) {
        return Vec::new();
    }
    let number = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() < 4);
    match parts.as_slice() {
        [year, month] | [month, year]
            if year.len() == 4 && number(month).is_some_and(|month| (1..=12).contains(&month)) =>
        {
            let month_of_year = format!("{year}-{month:0>2}");
            // A dash may also separate two years.
            let other = format!("{year}/{}{month}", &year[..2]);
            if is_dashed && EdtfDate::parse(&other).is_ok() {
                return vec![
                    Suggestion::when(month_of_year, "for the month"),
                    Suggestion::when(other, "for the years"),
                ];
            }
            vec![Suggestion::plain(month_of_year)]
        }
        [year, month, day] if year.len() == 4 => match (number(month), number(day)) {
            (Some(month), Some(day)) if month > 12 && (1..=12).contains(&day) => {
                vec![Suggestion::plain(day_text(year, day, month))]
            }
            (Some(month), Some(day)) if month == 0 || day == 0 => vec![zero_parts(year, month)],
            (Some(month), Some(day)) => vec![Suggestion::plain(day_text(year, month, day))],
            _ => Vec::new(),
        },
        [one, two, year] if year.len() == 4 => match (number(one), number(two)) {
            (Some(one), Some(two)) => day_and_month(year, one, two, separator),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// A date with 00 for a month or day, as databases write unknown ones.
fn zero_parts(year: &str, month: u8) -> Suggestion {
    Suggestion::plain(if month == 0 { year.to_owned() } else { format!("{year}-{month:02}") })
}

/// `22.03.2010` has the day first, because everyone who writes full stops does. With other separators it depends on the
/// author.
fn day_and_month(year: &str, one: u8, two: u8, separator: char) -> Vec<Suggestion> {
    let (month_first, day_first) = (day_text(year, one, two), day_text(year, two, one));
    match (one, two) {
        (0, _) | (_, 0) => Vec::new(),
        (one, two) if one == two || one > 12 || separator == '.' => vec![Suggestion::plain(day_first)],
        (_, two) if two > 12 => vec![Suggestion::plain(month_first)],
        _ => vec![Suggestion::when(month_first, MONTH_FIRST), Suggestion::when(day_first, DAY_FIRST)],
    }
}

/// Unknown digits written with signs other than `X`: `1990-uu-uu`, `199?`, `19--`, `1990-??`.
fn masked(text: &str) -> Vec<Suggestion> {
    // Cataloguers write hyphens for unknown digits of a year.
    if let Some(known) = text.strip_suffix('-')
        && let digits = known.trim_end_matches('-')
        && text.len() == 4
        && matches!(digits.len(), 2 | 3)
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return vec![Suggestion::plain(format!("{digits:X<4}"))];
    }
    let is_open = |c: char| "ux?*_#".contains(c);
    // EDTF has no unknown digits in years before 0.
    if let Some(year) = text.strip_prefix('-').filter(|year| year.len() == 4)
        && let known = year.trim_end_matches(is_open)
        && (1..4).contains(&known.len())
        && known.bytes().all(|b| b.is_ascii_digit())
    {
        return vec![Suggestion::plain(format!("-{known:9<4}/-{known:0<4}"))];
    }
    if !text.contains(is_open) || !text.chars().all(|c| is_open(c) || c.is_ascii_digit() || "-/.".contains(c)) {
        return Vec::new();
    }
    let parts: Vec<String> = text
        .split(['-', '/', '.'])
        .enumerate()
        .map(|(at, part)| {
            let part = part.replace(is_open, "X");
            match (at, part.as_str()) {
                (0, _) => part,
                (_, "X") => "XX".to_owned(),
                _ => format!("{part:0>2}"),
            }
        })
        .collect();
    vec![Suggestion::plain(parts.join("-"))]
}

/// `-44`, with or without a year 0.
fn before_christ(text: &str) -> Vec<Suggestion> {
    let Some(year) = text.strip_prefix('-').filter(|year| (1..=4).contains(&year.len())) else { return Vec::new() };
    match year.parse::<i64>() {
        Ok(year) if year > 0 => vec![
            Suggestion::when(year_text(1 - year), "for the year BC of that number (1 BC is 0000)"),
            Suggestion::when(year_text(-year), "if the year 0 is counted"),
        ],
        _ => Vec::new(),
    }
}

/// A year of three or five digits, or one of four or more after `y` or `+`.
fn years(text: &str) -> Vec<Suggestion> {
    let digits = text.trim_start_matches(['y', '+']);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    match digits.parse::<i64>() {
        Ok(year) if matches!(digits.len(), 3 | 5) || (digits.len() > 5 && text.starts_with(['y', '+'])) => {
            vec![Suggestion::plain(year_text(year))]
        }
        Ok(year) if digits.len() == 4 && digits.len() < text.len() => vec![Suggestion::plain(year_text(year))],
        _ => Vec::new(),
    }
}

/// Days of a year (`2017-324`) and weeks (`2017-W47`, `2017-W47-1`), which ISO 8601-1 has but EDTF does not.
fn ordinal_or_week(text: &str) -> Vec<Suggestion> {
    let parts: Vec<&str> = text.split('-').collect();
    let Some(year) = parts.first().filter(|year| year.len() == 4).and_then(|year| year.parse::<i32>().ok()) else {
        return Vec::new();
    };
    let day = |date: Option<chrono::NaiveDate>| date.map(|date| date.format("%Y-%m-%d").to_string());
    let found = match parts.as_slice() {
        [_, number] if number.len() == 3 && !number.starts_with('w') => {
            day(number.parse().ok().and_then(|number| chrono::NaiveDate::from_yo_opt(year, number)))
        }
        [_, week, rest @ ..] if rest.len() < 2 => {
            let week = week.strip_prefix('w').and_then(|week| week.parse().ok());
            let of_week = |weekday| day(week.and_then(|week| chrono::NaiveDate::from_isoywd_opt(year, week, weekday)));
            match rest {
                [] => of_week(chrono::Weekday::Mon)
                    .zip(of_week(chrono::Weekday::Sun))
                    .map(|(from, to)| format!("{from}/{to}")),
                [number] => number
                    .parse::<u8>()
                    .ok()
                    .and_then(|number| number.checked_sub(1))
                    .and_then(|number| chrono::Weekday::try_from(number).ok())
                    .and_then(of_week),
                _ => None,
            }
        }
        _ => None,
    };
    found.map(Suggestion::plain).into_iter().collect()
}
