//! Two dates with something between them: `2011–2013`, `5–7 March 2011`, `2011 or 2012`.

use super::super::EdtfDate;
use super::{Depth, Suggestion, names, read as read_any};

/// The relation between two dates.
#[derive(Clone, Copy)]
enum Between {
    Range,
    OneOf,
    All,
}

const SEPARATORS: &[(&str, Between)] = &[
    (" or ", Between::OneOf),
    (" oder ", Between::OneOf),
    (" and ", Between::All),
    (" & ", Between::All),
    (" und ", Between::All),
    (" - ", Between::Range),
    ("–", Between::Range),
    (" to ", Between::Range),
    (" until ", Between::Range),
    (" till ", Between::Range),
    (" through ", Between::Range),
    (" thru ", Between::Range),
    (" bis ", Between::Range),
    ("...", Between::Range),
    ("..", Between::Range),
    ("--", Between::Range),
    ("/", Between::Range),
    ("-", Between::Range),
    (",", Between::All),
];

const GOES_ON: &[&str] = &["present", "now", "today", "ongoing", "date", "heute", "open"];

/// Words for an open (`..`) or unknown (empty) end of an interval.
const OPEN: &[(&str, &str)] = &[("open", ".."), ("unknown", "")];

/// An interval with one end in words, as in drafts of EDTF (`2011/open`, `unknown/2011`), or without its slash (`..2011`).
pub(super) fn open_ended(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    if !depth.may_have_pairs() {
        return Vec::new();
    }
    let single = |text: &str, build: &dyn Fn(&str) -> String| -> Vec<Suggestion> {
        let meanings = read_any(text, depth.of_parts()).into_iter().filter(|meaning| is_single(&meaning.edtf));
        meanings.map(|meaning| meaning.of(build(day_of(&meaning.edtf)))).collect()
    };
    if let Some(open) = half_known(text) {
        return vec![Suggestion::plain(open)];
    }
    if let Some(end) = text.strip_prefix("..").filter(|end| !end.starts_with(['.', '/'])) {
        return single(end, &|day| format!("../{day}"));
    }
    let Some((from, to)) = text.split_once('/') else { return Vec::new() };
    let (from, to) = (from.trim(), to.trim());
    let sign = |word: &str| OPEN.iter().find(|(known, _)| *known == word).map(|(_, sign)| *sign);
    match (sign(from), sign(to)) {
        (None, Some(sign)) => single(from, &|day| format!("{day}/{sign}")),
        (Some(sign), None) => single(to, &|day| format!("{sign}/{day}")),
        _ => Vec::new(),
    }
}

/// `[XXXX..2011]`: one of the dates up to 2011 or from 2011 on, where nothing is known of the other end.
fn half_known(text: &str) -> Option<String> {
    let (open, close) = (text.chars().next()?, text.chars().last()?);
    let (from, to) = text.get(1..text.len() - 1)?.split_once("..")?;
    let is_unknown = |end: &str| matches!(end, "uuuu" | "xxxx" | "????");
    match (open, close) {
        ('[', ']') | ('{', '}') if is_unknown(from) => Some(format!("{open}..{to}{close}")),
        ('[', ']') | ('{', '}') if is_unknown(to) => Some(format!("{open}{from}..{close}")),
        _ => None,
    }
}

pub(super) fn read(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    if !depth.may_have_pairs() {
        return Vec::new();
    }
    let may_part = |separator: &str| separator != "-" || !is_no_month(text);
    let separators = SEPARATORS.iter().filter(|(separator, _)| may_part(separator));
    let parted = separators.filter_map(|(separator, between)| Some((parted(text, separator)?, *between)));
    let pairs = parted.map(|((from, to), between)| pair(from, to, between, depth.of_parts()));
    super::first_readable(pairs.chain([whole_day(text)]))
}

/// The most years between two years that are joined by a hyphen, such as `1998-99`.
const YEARS_APART: u8 = 20;

/// Whether a text is like `2017-42`: more likely a typo in the month than the years 2017 to 2042.
fn is_no_month(text: &str) -> bool {
    let Some((year, month)) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2) else {
        return false;
    };
    let first = year.get(2..).and_then(|year| year.parse::<u8>().ok());
    first.zip(month.parse::<u8>().ok()).is_some_and(|(first, last)| last > first.saturating_add(YEARS_APART))
}

/// Reads what follows "between": `2011 and 2013`.
pub(super) fn between(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    if !depth.may_have_pairs() {
        return Vec::new();
    }
    let separators = [" and ", " & ", " und ", "–", " - ", "-", "/"];
    let parted = separators.iter().find_map(|separator| parted(text, separator));
    parted.map(|(from, to)| pair(from, to, Between::Range, depth.of_parts())).unwrap_or_default()
}

/// Splits a text at a separator that occurs only once in it, or at the hyphen between two days in EDTF.
fn parted<'t>(text: &'t str, separator: &str) -> Option<(&'t str, &'t str)> {
    let (from, to) = text.split_once(separator)?;
    // Two full days with a hyphen between them have five hyphens.
    if separator == "-" && text.len() == 21 && text.as_bytes()[10] == b'-' {
        return Some((&text[..10], &text[11..]));
    }
    (!to.contains(separator)).then(|| (from.trim(), to.trim()))
}

/// The day of a text that begins with one and continues with something that EDTF cannot express, such as `T09`.
fn whole_day(text: &str) -> Vec<Suggestion> {
    let Some((day, rest)) = text.split_at_checked(10) else { return Vec::new() };
    let follows = rest.starts_with(['t', ' ']) && !rest.contains(['-', '–', '/']);
    // An hour alone is a full hour.
    let hour = rest.get(1..).filter(|hour| hour.len() == 2 && hour.bytes().all(|b| b.is_ascii_digit()));
    if let Some(moment) =
        hour.map(|hour| format!("{day}T{hour}:00")).filter(|text| follows && EdtfDate::read(text).is_ok())
    {
        return vec![Suggestion::plain(moment)];
    }
    // A weekday, as in `2011-03-05 (Saturday)`, is not a time.
    if follows && names::is_filler(rest.trim_matches([' ', '(', ')', ',', '.'])) {
        return vec![Suggestion::plain(day)];
    }
    follows.then(|| Suggestion::when(day, "without the time")).into_iter().collect()
}

fn pair(from: &str, to: &str, between: Between, depth: Depth<'_>) -> Vec<Suggestion> {
    let goes_on = GOES_ON.contains(&to) || (to.is_empty() && from.len() >= 4);
    if goes_on && matches!(between, Between::Range) {
        let begins = read_any(from, depth).into_iter().filter(|meaning| is_single(&meaning.edtf));
        return begins.map(|meaning| meaning.of(format!("{}/..", day_of(&meaning.edtf)))).collect();
    }
    let Some((from, to)) = meanings(from, to, depth) else { return Vec::new() };
    let joined = |(from, to): (&Suggestion, &Suggestion)| {
        let (a, b) = (day_of(&from.edtf), day_of(&to.edtf));
        let edtf = match between {
            _ if a == b => a.to_owned(),
            Between::Range if EdtfDate::parse(&format!("{a}/{b}")).is_ok() => format!("{a}/{b}"),
            Between::Range => format!("{b}/{a}"),
            Between::OneOf => format!("[{a},{b}]"),
            Between::All => format!("{{{a},{b}}}"),
        };
        Suggestion {
            edtf,
            condition: from.condition.xor(to.condition).or(from.condition.filter(|_| from.condition == to.condition)),
        }
    };
    from.iter().zip(&to).map(joined).collect()
}

/// Returns what the two parts mean, each completed with what only the other has: month and year in `5–7 March 2011`. `None` if
/// one has no meaning, or if they do not have equally many.
fn meanings(from: &str, to: &str, depth: Depth<'_>) -> Option<(Vec<Suggestion>, Vec<Suggestion>)> {
    let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let from = from.trim_end_matches('.');
    let (month_from, month_to) = (month_in(from), month_in(to));
    let mut befores = vec![from.to_owned()];
    if is_number(from) {
        befores = month_to.zip(year_in(to)).map(|(month, year)| format!("{from} {month} {year}")).into_iter().collect();
    } else if let Some(year) = year_in(to) {
        befores.push(format!("{from} {year}"));
    }
    let singles = |text: &str| -> Vec<Suggestion> {
        read_any(text, depth).into_iter().filter(|meaning| is_single(&meaning.edtf)).collect()
    };
    let before = befores.iter().map(|text| singles(text)).find(|meanings| !meanings.is_empty())?;
    let starts_with_day = to.starts_with(|c: char| c.is_ascii_digit()) && year_in(to) != Some(to);
    let to = match (month_from, month_to) {
        (Some(month), None) if starts_with_day => match year_in(to).or(year_in(from)) {
            Some(year) if is_number(to) => format!("{to} {month} {year}"),
            _ => format!("{month} {to}"),
        },
        (Some(_), Some(_)) if year_in(to).is_none() => format!("{to} {}", year_in(from)?),
        _ => shortened(&before.first()?.edtf, to).unwrap_or_else(|| to.to_owned()),
    };
    let after = singles(&to);
    (before.len() == after.len()).then_some((before, after))
}

/// Completes the second part of `2011-03-05/07`, `2011-03/05` and `1998-99` with what it shares with the first.
fn shortened(from: &str, to: &str) -> Option<String> {
    if !to.bytes().all(|b| b.is_ascii_digit() || b == b'-') || !from.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    let common = match (from.len(), to.len()) {
        (10, 2) => &from[..8],
        (10, 5) | (7, 2) => &from[..5],
        (4, 2) if to > &from[2..] => &from[..2],
        _ => return None,
    };
    Some(format!("{common}{to}"))
}

fn is_single(edtf: &str) -> bool {
    !edtf.contains(['/', '[', '{'])
}

/// A moment without its time, because intervals and sets consist of days.
fn day_of(edtf: &str) -> &str {
    edtf.split_once('T').map_or(edtf, |(day, _)| day)
}

fn month_in(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphabetic()).find(|word| names::month(word).is_some())
}

fn year_in(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_digit()).rfind(|digits| digits.len() == 4)
}
