//! Words of the interface language that scripts must understand when readers type dates and names of documents.
//!
//! The scripts know neither these words nor the length of a season. They get a table in an attribute of the page, with rows
//! separated by `;`: a code, its first month (January is 0), its number of months, and the words for it, folded
//! ([`crate::fold`]), all separated by `,`. The codes are those of EDTF: 1 to 12 for months, 21 to 24 for seasons, 33 to 41
//! for quarters, thirds and halves of a year. Codes below 1 are for words that do not name a part of a year.

use crate::date::EdtfDate;
use crate::fold;
use crate::theme::Locale;

/// The code of words that carry no meaning in a date: "of".
const FILLER: i8 = 0;
/// The code of words that precede the number of a document: "resolution".
const DOCUMENT: i8 = -1;

/// The words of a language.
pub struct Typed {
    table: String,
    documents: Vec<String>,
}

impl Typed {
    /// Collects the words of a language: those with which it shows dates, and additional ones (messages `typed-…`).
    #[must_use]
    pub fn new(locale: &Locale) -> Self {
        let fillers = further(locale, "filler");
        let documents = further(locale, "document");
        let mut table: Vec<String> = Vec::new();
        let mut add = |code: i8, (first, months): (i64, i64), names: Vec<String>| {
            let mut row = format!("{code},{first},{months}");
            let mut known: Vec<String> = Vec::new();
            for name in names {
                let words = name.split(' ').filter(|word| !fillers.iter().any(|filler| filler == word));
                let name = words.collect::<Vec<_>>().join(" ");
                if !name.is_empty() && !known.contains(&name) {
                    row = row + "," + &name;
                    known.push(name);
                }
            }
            table.push(row);
        };
        for code in (1..=12).chain(21..=24).chain(33..=41) {
            let shown = match code {
                1..=12 => [format!("month-{code}"), format!("month-short-{code}")].map(|key| locale.text(&key, &[])),
                _ => [locale.text(&format!("season-{code}"), &[("year", "".into())]), String::new()],
            };
            let names = shown.iter().map(|name| folded(name)).chain(further(locale, &code.to_string()));
            add(code, months(code), names.collect());
        }
        add(DOCUMENT, (0, 0), documents.clone());
        table.push(format!("{FILLER},0,0,{}", fillers.join(",")));
        Self { table: table.join(";"), documents }
    }

    /// Returns the table for the scripts.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Returns the words that precede the number of a document, folded.
    #[must_use]
    pub fn documents(&self) -> &[String] {
        &self.documents
    }
}

/// Returns the words of the message `typed-<name>`, which are separated by commas, folded; empty if there is no such
/// message.
fn further(locale: &Locale, name: &str) -> Vec<String> {
    let key = format!("typed-{name}");
    if !locale.has(&key) {
        return Vec::new();
    }
    locale.text(&key, &[]).split([',', '،', '、']).map(folded).filter(|words| !words.is_empty()).collect()
}

fn folded(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    fold::words(name, |word| words.push(word.to_owned()));
    words.join(" ")
}

/// Returns the first month of a part of a year, from 0, and how many months it has.
fn months(code: i8) -> (i64, i64) {
    let days = EdtfDate::parse(&format!("2001-{code:02}")).ok().and_then(|date| date.earliest().zip(date.latest()));
    let Some((first, last)) = days else { return (0, 12) };
    let number = |year: i64, month: u8| year * 12 + i64::from(month) - 1;
    let first = number(first.year, first.month);
    (first - number(2001, 1), number(last.year, last.month) - first + 1)
}
