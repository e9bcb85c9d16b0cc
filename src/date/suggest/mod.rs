//! What the author of a date that is not EDTF may have meant.
//!
//! A text is cleaned (digits of other scripts, typographic dashes), then read by the first reader that understands it: as
//! digits (`numbers.rs`), as words (`words.rs`), or as two dates with something between them (`pairs.rs`). If a text has
//! several meanings, all are given, each with the condition under which it is right. A suggestion is never used as the date:
//! the author decides.

mod names;
mod numbers;
mod pairs;
mod words;

use std::cell::Cell;

use super::EdtfDate;

/// The longest text that is examined, in characters.
const LONGEST: usize = 80;
/// How deep phrases may nest: "from about 5 March 2011 to late 2012" has four levels.
const DEEPEST: usize = 5;
/// The most parts of one text that are read, so that no text takes long.
const MOST_READ: usize = 60;

/// How deep a part of the text is nested, and how many more parts may be read.
#[derive(Clone, Copy)]
struct Depth<'b> {
    left: usize,
    budget: &'b Cell<usize>,
}

impl Depth<'_> {
    const fn deeper(self) -> Self {
        Self { left: self.left.saturating_sub(1), ..self }
    }

    /// The depth of the parts of a pair, which cannot be pairs themselves.
    const fn of_parts(self) -> Self {
        Self { left: DEEPEST - 2, ..self }
    }

    const fn may_have_pairs(self) -> bool {
        self.left > DEEPEST - 2
    }

    /// Takes one part from the budget. Returns whether it may be read.
    fn spend(self) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(1));
        self.left > 0 && left > 0
    }
}

/// One meaning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The date in EDTF.
    pub edtf: String,
    /// The condition under which this is meant, if the text has other meanings: `if the day comes first`.
    pub condition: Option<&'static str>,
}

impl Suggestion {
    fn plain(edtf: impl Into<String>) -> Self {
        Self { edtf: edtf.into(), condition: None }
    }

    fn when(edtf: impl Into<String>, condition: &'static str) -> Self {
        Self { edtf: edtf.into(), condition: Some(condition) }
    }

    /// Another date with the same condition.
    fn of(&self, edtf: String) -> Self {
        Self { edtf, ..*self }
    }
}

/// Where the date is to be written, which decides whether it needs quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// As a value in TOML.
    Toml,
    /// As a value in YAML.
    Yaml,
    /// Between quotation marks that are already there.
    Quoted,
    /// On a command line.
    Shell,
}

/// Returns the dates that a text may mean, in valid EDTF, each once. Empty if no meaning is recognised.
///
/// ```
/// let meant = annals::steps::suggest("March 5, 2011");
/// assert_eq!(meant[0].edtf, "2011-03-05");
/// ```
#[must_use]
pub fn suggest(written: &str) -> Vec<Suggestion> {
    let text = written.trim().trim_matches(['"', '\'']);
    if is_too_long(text) {
        return Vec::new();
    }
    let mut seen = Vec::new();
    let budget = Cell::new(MOST_READ);
    let cleaned = names::in_one_word(&clean(text));
    let mut suggestions = read(cleaned.trim().trim_matches(['"', '\'']), Depth { left: DEEPEST, budget: &budget });
    suggestions.retain_mut(|suggestion| {
        let Ok(date) = EdtfDate::read(&suggestion.edtf) else { return false };
        suggestion.edtf = date.canonical();
        let is_new = !seen.contains(&suggestion.edtf);
        seen.push(suggestion.edtf.clone());
        is_new
    });
    suggestions
}

/// Returns help that gives the dates: `write 2010-01-02 if the month comes first, or 2010-02-01 if the day comes first`.
/// `None` if there are none.
#[must_use]
pub(crate) fn help(suggestions: &[Suggestion], place: Place) -> Option<String> {
    let meanings: Vec<String> = suggestions
        .iter()
        .map(|suggestion| {
            let value = in_place(&suggestion.edtf, place);
            suggestion.condition.map_or_else(|| value.clone(), |condition| format!("{value} {condition}"))
        })
        .collect();
    (!meanings.is_empty()).then(|| format!("write {}", meanings.join(", or ")))
}

/// Returns a date with the quotation marks that it needs, if any.
#[must_use]
pub(crate) fn in_place(edtf: &str, place: Place) -> String {
    let bare = match place {
        Place::Toml => is_bare_in_toml(edtf),
        // The first character would begin a list or a table, or be invalid.
        Place::Yaml => !edtf.starts_with(['[', '{', '%', '?', '~']),
        Place::Quoted => false,
        Place::Shell => !edtf.contains(['[', '{', '?', '~', '*']),
    };
    if bare { edtf.to_owned() } else { format!("\"{edtf}\"") }
}

/// Whether TOML takes the date without quotes: a full day, or a moment with seconds. The day is not checked.
#[must_use]
pub(crate) fn is_bare_in_toml(edtf: &str) -> bool {
    let pattern = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { b == p })
    };
    let (day, time) = edtf.split_once('T').map_or((edtf, None), |(day, time)| (day, Some(time)));
    let is_time = |time: &str| {
        let (clock, zone) = time.split_at_checked(8).unwrap_or((time, "?"));
        let zones = ["", "Z", "+00:00", "-00:00"];
        pattern(clock, "00:00:00") && zones.iter().any(|known| pattern(zone, known))
    };
    pattern(day, "0000-00-00") && time.is_none_or(is_time)
}

/// Whether a text that cannot be read, or a date in it, has a year whose first digit is unknown, such as `uuuu-12-25` or
/// `[XXXX..2011]`. EDTF has no unknown digits in years before 0, so `-1XXX` counts too.
#[must_use]
pub(crate) fn lacks_year(written: &str) -> bool {
    if is_too_long(written) {
        return false;
    }
    let text = clean(written).replace("..", "/");
    text.split(['/', ',', '[', ']', '{', '}', ' ']).any(|date| {
        let (date, is_negative) = date.strip_prefix('-').map_or((date, false), |date| (date, true));
        let Some((year, rest)) = date.split_at_checked(4) else { return false };
        let is_open = |c: char| "ux?*_#".contains(c);
        let is_year =
            year.chars().all(|c| c.is_ascii_digit() || is_open(c)) && (rest.is_empty() || rest.starts_with('-'));
        is_year && (year.starts_with(is_open) || (is_negative && year.contains(is_open)))
    })
}

/// Returns why a month or day in a text does not exist: `February 2019 has 28 days`. `None` if all exist or none is recognised.
#[must_use]
pub(crate) fn impossible_day(text: &str) -> Option<String> {
    calendar(text).or_else(|| {
        let text = clean(&text.chars().take(LONGEST).collect::<String>());
        let meant = numbers::separated(&text).into_iter().chain(words::named(&text));
        meant.into_iter().find_map(|meaning| calendar(&meaning.edtf))
    })
}

fn calendar(text: &str) -> Option<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | 'X')).map(|part| part.trim_matches('-'));
    parts.filter(|part| matches!(part.len(), 7 | 10) && EdtfDate::parse(part).is_err()).find_map(|part| {
        let (year, rest) = part.split_once('-')?;
        let is_number = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        let month = rest.get(..2).filter(|month| is_number(year, 4) && is_number(month, 2))?;
        if !(1..=12).contains(&month.parse::<u8>().ok()?) {
            return Some("months are 01 to 12; 21 to 41 are seasons, quarters and other parts of a year".to_owned());
        }
        let last = EdtfDate::parse(&format!("{year}-{month}")).ok()?.latest()?;
        (part.len() == 10).then(|| format!("{} {year} has {} days", names::english(last.month), last.day))
    })
}

/// Whether a text is too long to be a date.
fn is_too_long(text: &str) -> bool {
    text.chars().nth(LONGEST).is_some()
}

/// Returns a text for a message, cut to 80 characters and `…` if it is longer.
#[must_use]
pub(crate) fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Returns the meanings of a cleaned text, from the first reader that understands it.
fn read(text: &str, depth: Depth<'_>) -> Vec<Suggestion> {
    let text = text.trim_matches([' ', ',', ';']);
    if text.is_empty() || !depth.spend() {
        return Vec::new();
    }
    if let Ok(date) = EdtfDate::read(&text.to_ascii_uppercase()) {
        return vec![Suggestion::plain(date.canonical())];
    }
    let ways: [fn(&str, Depth<'_>) -> Vec<Suggestion>; 6] =
        [pairs::open_ended, numbers::read, words::nothing, words::doubtful, words::read, pairs::read];
    first_readable(ways.iter().map(|way| way(text, depth)))
}

/// The first list that has valid dates, without the invalid ones.
fn first_readable(lists: impl Iterator<Item = Vec<Suggestion>>) -> Vec<Suggestion> {
    let readable = |mut meanings: Vec<Suggestion>| {
        meanings.retain(|meaning| EdtfDate::read(&meaning.edtf).is_ok());
        meanings
    };
    lists.map(readable).find(|meanings| !meanings.is_empty()).unwrap_or_default()
}

/// The meaning of a text, if it has only one.
fn one(text: &str, depth: Depth<'_>) -> Option<String> {
    match read(text, depth).as_slice() {
        [Suggestion { edtf, condition: None }] => Some(edtf.clone()),
        _ => None,
    }
}

/// A year as EDTF writes it: `0476`, `-0043`, `Y12000`.
fn year_text(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..=-1 => format!("-{:04}", year.unsigned_abs()),
        _ => format!("Y{year}"),
    }
}

/// Cleans a text: lower case without accents, digits 0 to 9, hyphens, single spaces. A dash that may separate two dates becomes
/// `–`. Arabic letters that are typed in several ways are written in one: without hamza and madda on alif, vowel signs and
/// tatweel, and with the Arabic forms of yeh and kaf.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
            _ => c,
        };
        let digit =
            [0x660, 0x6f0, 0x966, 0x9e6].iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|n| *n < 10));
        match c {
            _ if digit.is_some() => clean.extend(digit.and_then(|digit| char::from_digit(digit, 10))),
            '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => clean.push('-'),
            '\u{2012}'..='\u{2015}' => clean.push('–'),
            '≈' | '∼' => clean.push('~'),
            '’' => clean.push('\''),
            // Invisible marks of text direction.
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{300}'..='\u{302}' | '\u{306}'..='\u{308}' | '\u{327}' => {}
            '\u{640}' | '\u{64b}'..='\u{655}' | '\u{200c}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => clean.push('ا'),
            'ى' | 'ی' => clean.push('ي'),
            'ک' => clean.push('ك'),
            'á' | 'à' | 'â' | 'ä' | 'ã' => clean.push('a'),
            'é' | 'è' | 'ê' => clean.push('e'),
            'û' | 'ü' | 'ú' => clean.push('u'),
            'ç' => clean.push('c'),
            'ı' | 'í' | 'î' => clean.push('i'),
            'ó' | 'ô' | 'ö' => clean.push('o'),
            'ş' => clean.push('s'),
            'ğ' => clean.push('g'),
            c if c.is_whitespace() => {
                if !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            c => clean.push(c),
        }
    }
    clean
}

#[cfg(test)]
mod tests;
