//! Dates in words: `5 March 2011`, `early 2011`, `Q1 2011`, `44 BC`, `circa 2011`.

use super::super::EdtfDate;
use super::super::written::{clock_and_zone, offset};
use super::{Depth, Suggestion, names, one, read as read_any, year_text};

const UNDATED: &[&str] = &[
    "n.d.",
    "n.d",
    "nd",
    "s.d.",
    "s.d",
    "o.d.",
    "o.j.",
    "no date",
    "undated",
    "unknown",
    "not known",
    "none",
    "?",
    "??",
    "????",
    "n/a",
    "tba",
    "tbd",
    "-",
    "–",
    "date unknown",
    "unbekannt",
    "inconnu",
];

/// Words that mean that there is no date.
pub(super) fn nothing(text: &str, _: Depth<'_>) -> Vec<Suggestion> {
    let is_undated = UNDATED.contains(&text);
    is_undated.then(|| Suggestion::when("XXXX", "for a source that has no date")).into_iter().collect()
}

const ABOUT: &[&str] = &[
    "circa ",
    "cca ",
    "ca. ",
    "ca.",
    "ca ",
    "c. ",
    "c.",
    "c ",
    "approximately ",
    "approx. ",
    "approx ",
    "about ",
    "around ",
    "roughly ",
    "~ ",
    "~",
    "etwa ",
    "gegen ",
    "um ",
    "vers ",
    "environ ",
];
const ABOUT_AFTER: &[&str] =
    &[" or so", " approx", " approx.", " (approx)", " (approx.)", " (approximate)", " (circa)", "~"];
const PERHAPS: &[&str] = &["probably ", "possibly ", "perhaps ", "maybe ", "presumably ", "? "];
const PERHAPS_AFTER: &[&str] = &["(?)", "?", " (uncertain)", " (probably)", " (possibly)"];

/// Dates with words for approximate or uncertain, and dates with "before", "after", "since" or "until".
pub(super) fn doubtful(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    let before = |marks: &[&str]| marks.iter().find_map(|mark| text.strip_prefix(mark));
    let after = |marks: &[&str]| marks.iter().find_map(|mark| text.strip_suffix(mark));
    let glued = || {
        text.strip_prefix("ca")
            .or_else(|| text.strip_prefix('c'))
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let inside = |rest: &str, build: &dyn Fn(&str) -> Option<String>| -> Vec<Suggestion> {
        let meanings = read_any(rest, depth.deeper());
        meanings.iter().filter_map(|meaning| Some(meaning.of(build(&meaning.edtf)?))).collect()
    };
    if let Some(rest) = before(ABOUT).or_else(|| after(ABOUT_AFTER)).or_else(glued) {
        return inside(rest, &|edtf| marked(edtf, '~'));
    }
    if let Some(rest) = before(PERHAPS).or_else(|| after(PERHAPS_AFTER)) {
        return inside(rest, &|edtf| marked(edtf, '?'));
    }
    let is_single = |edtf: &str| !edtf.contains(['/', '[', '{', 'T']);
    let is_range = |edtf: &str| edtf.contains('/') && !edtf.contains("..");
    if let Some(rest) =
        before(&["since ", "from ", "starting ", "as of ", "seit "]).or_else(|| after(&[" onwards", " onward", " on"]))
    {
        let open = |edtf: &str| match edtf {
            range if is_range(range) => Some(range.to_owned()),
            single => is_single(single).then(|| format!("{single}/..")),
        };
        return inside(rest, &open);
    }
    if let Some(rest) = after(&[" or later", " or after"]) {
        return inside(rest, &|edtf| is_single(edtf).then(|| format!("[{edtf}..]")));
    }
    if let Some(rest) = after(&[" or earlier", " or before"]) {
        return inside(rest, &|edtf| is_single(edtf).then(|| format!("[..{edtf}]")));
    }
    if let Some(rest) = before(&["until ", "till ", "up to ", "by ", "through ", "bis "]) {
        return inside(rest, &|edtf| is_single(edtf).then(|| format!("../{edtf}")));
    }
    if let Some(rest) = before(&["before ", "prior to ", "vor "]) {
        return inside(rest, &|edtf| neighbour(edtf, -1).map(|day| format!("[..{day}]")));
    }
    if let Some(rest) = before(&["after ", "nach "]) {
        return inside(rest, &|edtf| neighbour(edtf, 1).map(|day| format!("[{day}..]")));
    }
    before(&["between "]).map(|rest| super::pairs::between(rest, depth)).unwrap_or_default()
}

/// Adds a qualifier, `~` or `?`, to a single date; both are `%`. `None` for intervals, sets and moments.
fn marked(edtf: &str, mark: char) -> Option<String> {
    if edtf.contains(['/', '[', '{', 'T']) {
        return None;
    }
    let bare = edtf.trim_end_matches(['~', '?', '%']);
    let doubled = bare.len() < edtf.len() && !edtf.ends_with(mark);
    Some(format!("{bare}{}", if doubled { '%' } else { mark }))
}

/// Returns the year, month or day that precedes another (`step` is -1) or follows it (1). `None` for a date of another form.
fn neighbour(edtf: &str, step: i32) -> Option<String> {
    let day = match edtf.len() {
        4 => {
            return edtf
                .parse::<i32>()
                .ok()
                .and_then(|year| u16::try_from(year + step).ok())
                .map(|year| format!("{year:04}"));
        }
        7 => {
            let first = chrono::NaiveDate::parse_from_str(&format!("{edtf}-01"), "%Y-%m-%d").ok()?;
            let month = chrono::Months::new(1);
            let moved = if step < 0 { first.checked_sub_months(month) } else { first.checked_add_months(month) };
            return moved.map(|day| day.format("%Y-%m").to_string());
        }
        _ => chrono::NaiveDate::parse_from_str(edtf, "%Y-%m-%d").ok()?,
    };
    let moved = if step < 0 { day.pred_opt() } else { day.succ_opt() };
    moved.map(|day| day.format("%Y-%m-%d").to_string())
}

pub(super) fn read(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    let ways: [fn(&str, Depth<'_>) -> Vec<Suggestion>; 2] = [timed, part_of_period];
    super::first_readable(ways.iter().map(|way| way(text, depth)).chain(std::iter::once_with(|| named(text))))
}

/// A date with a time of day: `20 Nov 2017 9:30 pm`, `Mon, 20 Nov 2017 09:30:00 +0100`.
fn timed(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    let Some(colon) = text.find(':') else { return Vec::new() };
    let before = &text[..colon];
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let Some((clock, rest)) = clock_and_zone(&text[start..]) else { return Vec::new() };
    let mut date = text[..start].trim_end_matches([' ', ',']).to_owned();
    for joint in [" at", " um", "t"] {
        let stem =
            date.strip_suffix(joint).filter(|stem| joint.len() > 1 || stem.ends_with(|c: char| c.is_ascii_digit()));
        date = stem.map_or(date.clone(), str::to_owned);
    }
    let (mut zone, mut is_named, mut hours) = (String::new(), false, None);
    // Some programs write the name after the offset: `+01:00[Europe/Oslo]`.
    let rest = rest.replace(['[', ']'], " ");
    for word in rest.split_whitespace() {
        let named = word.strip_prefix("utc").or_else(|| word.strip_prefix("gmt")).filter(|rest| !rest.is_empty());
        match word {
            "am" | "a.m." => hours = Some(0),
            "pm" | "p.m." => hours = Some(12),
            year if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => date = format!("{date} {year}"),
            _ => match offset(&named.unwrap_or(word).to_ascii_uppercase()) {
                Some(offset) => zone = offset,
                None if names::is_zone(word.trim_matches(['(', ')'])) => {
                    let offset = names::offset_of(word.trim_matches(['(', ')'])).filter(|_| zone.is_empty());
                    zone = offset.map_or(zone, str::to_owned);
                    is_named = true;
                }
                None => return Vec::new(),
            },
        }
    }
    let condition =
        (is_named && zone.is_empty()).then_some("with the offset of its time zone, such as +01:00, after it");
    let Some((hour, minutes)) = clock.split_once(':').and_then(|(hour, rest)| Some((hour.parse::<u8>().ok()?, rest)))
    else {
        return Vec::new();
    };
    let hour = hours.map_or(hour, |half| hour % 12 + half);
    let days = read_any(&date, depth.deeper());
    let moment = |meaning: &Suggestion| {
        let midnight = hour == 24 && minutes == "00:00";
        let day = if midnight { neighbour(&meaning.edtf, 1)? } else { meaning.edtf.clone() };
        let hour = if midnight { 0 } else { hour };
        let edtf = format!("{day}T{hour:02}:{minutes}{zone}");
        Some(Suggestion { edtf, condition: meaning.condition.or(condition) })
    };
    days.iter().filter(|meaning| meaning.edtf.len() == 10).filter_map(moment).collect()
}

/// `early 2011`, `mid-March 2011`, `end of 2011`. EDTF has thirds of a year, and days with one known digit.
fn part_of_period(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    let parts: [(&[&str], u8, &str, &str, &str); 3] = [
        (
            &["early ", "early-", "beginning of ", "start of ", "anfang "],
            37,
            "0X",
            "if January to April is meant",
            "if the 1st to the 9th is meant",
        ),
        (
            &["mid ", "mid-", "middle of ", "mitte "],
            38,
            "1X",
            "if May to August is meant",
            "if the 10th to the 19th is meant",
        ),
        (
            &["late ", "late-", "end of ", "ende "],
            39,
            "2X",
            "if September to December is meant",
            "if the 20th to the 29th is meant",
        ),
    ];
    for (words, third, days, months_meant, days_meant) in parts {
        let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) else { continue };
        let Some(whole) = one(rest, depth.deeper()) else { return Vec::new() };
        let is_plain = whole.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        return match whole.len() {
            4 if is_plain => {
                vec![Suggestion::when(format!("{whole}-{third}"), months_meant), Suggestion::when(whole, "if not")]
            }
            7 if is_plain => {
                vec![Suggestion::when(format!("{whole}-{days}"), days_meant), Suggestion::when(whole, "if not")]
            }
            _ => vec![Suggestion::plain(whole)],
        };
    }
    Vec::new()
}

/// The numbers and words of a text that may be a date, without fillers. `None` if it has other characters.
fn tokens(text: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_same = |c: &char| match first {
            c0 if c0.is_ascii_digit() => c.is_ascii_digit(),
            _ => c.is_alphabetic(),
        };
        let length: usize = rest.chars().take_while(is_same).map(char::len_utf8).sum();
        if length == 0 {
            if !" ,.-/'()–".contains(first) {
                return None;
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (token, after) = rest.split_at(length);
        if first.is_ascii_digit() {
            numbers.push(token);
        } else if !names::is_filler(token) {
            words.push(token);
        }
        rest = after;
    }
    Some((numbers, words))
}

/// A date with a word in it: the name of a month, a season, a quarter, a decade, a century, an era, whether or not there is such
/// a day.
pub(super) fn named(text: &str) -> Vec<Suggestion> {
    const ERAS: [&str; 7] = ["b.c.e.", "b.c.", "bce", "v. chr.", "v.chr.", "av. j.-c.", "b. c."];
    let text = ERAS.iter().fold(text.to_owned(), |text, era| text.replace(era, "bc"));
    let Some((numbers, mut words)) = tokens(&text) else { return Vec::new() };
    let is_bc = words.contains(&"bc");
    let has_era = words.iter().any(|word| matches!(*word, "bc" | "ad" | "ce"));
    words.retain(|word| !matches!(*word, "bc" | "ad" | "ce"));
    let year = |text: &str| -> Option<String> {
        let year: i64 = text.parse().ok()?;
        let has_year = if has_era { (1..=9999).contains(&year) } else { matches!(text.len(), 3 | 4) };
        has_year.then(|| year_text(if is_bc { 1 - year } else { year }))
    };
    let found = match (words.as_slice(), numbers.as_slice()) {
        ([], [number]) if has_era => year(number),
        (["s"], [number]) if number.len() == 4 => return decade(number),
        (["century" | "cent" | "jahrhundert"], [number]) if !is_bc => {
            number.parse::<u8>().ok().and_then(|number| number.checked_sub(1)).map(|century| format!("{century:02}XX"))
        }
        ([word], numbers) if names::month(word).is_some() => {
            let month = names::month(word).unwrap_or_default();
            of_month(month, numbers, has_era, &year)
        }
        ([word], [number]) if names::season(word).is_some() => {
            year(number).zip(names::season(word)).map(|(year, season)| format!("{year}-{season}"))
        }
        // The winter of 2010/11 is the winter of 2010, because a season is named after the year in which it begins.
        (["winter"], [first, second]) if second.len() <= first.len() => year(first).map(|year| format!("{year}-24")),
        _ => quarter_or_half(&words, &numbers).and_then(|(code, number)| Some(format!("{}-{code}", year(number)?))),
    };
    found.map(Suggestion::plain).into_iter().collect()
}

/// `2010s` is a decade; `1900s` may be a century.
fn decade(number: &str) -> Vec<Suggestion> {
    let (decade, century) = (format!("{}X", &number[..3]), format!("{}XX", &number[..2]));
    if number.ends_with("00") {
        return vec![Suggestion::when(decade, "for the decade"), Suggestion::when(century, "for the century")];
    }
    vec![Suggestion::plain(decade)]
}

/// A month with a year, or with a day and a year in any order.
fn of_month(month: u8, numbers: &[&str], has_era: bool, year: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let is_day = |text: &str| text.len() <= 2 && text.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let (day, of) = match numbers {
        [of] => (None, of),
        [day, of] if is_day(day) && (has_era || !is_day(of)) => (Some(day), of),
        [of, day] if is_day(day) => (Some(day), of),
        _ => return None,
    };
    let of = year(of)?;
    Some(day.map_or_else(|| format!("{of}-{month:02}"), |day| format!("{of}-{month:02}-{day:0>2}")))
}

/// `Q1 2011`, `first half of 2011`: the EDTF code, and which number is the year.
fn quarter_or_half<'n>(words: &[&str], numbers: &[&'n str]) -> Option<(u8, &'n str)> {
    let (first, most, word) = match words {
        [.., "q" | "quarter" | "quartal" | "trimestre"] => (33, 4, words.first()),
        [.., "third"] if words.len() == 2 => (37, 3, words.first()),
        [.., "h" | "half" | "halbjahr" | "semestre"] => (40, 2, words.first()),
        _ => return None,
    };
    let (which, year) = match numbers {
        [year] => (names::ordinal(word?)?, year),
        [which, year] | [year, which] if which.len() == 1 => (which.parse().ok()?, year),
        _ => return None,
    };
    ((1..=most).contains(&which) && EdtfDate::parse(year).is_ok()).then_some((first + which - 1, *year))
}
