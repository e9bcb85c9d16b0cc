//! Symbols of documents, such as `S/RES/2254` or `A/HRC/S-17/2/Add.1`: found in texts and addresses, with a distinction between
//! events that only cite a document and the event that produced it.
//!
//! A symbol is one word of the index, in lower case and with its slashes. The event that a document belongs to is
//! found by the endings of the symbol too (`res/2254`, `2254`), as if its title had them.

use super::corpus::Corpus;
use crate::config::Family;
use crate::date::{Day, EdtfDate};
use crate::fold;
use crate::timeline::{CitedSource, Event, EventIx};

/// The longest symbol, in bytes.
const LONGEST: usize = 48;
/// The longest event, in days, that has documents of its own; a longer one would have all that were issued during it.
const MOST_DAYS: i64 = 31;
/// The highest level of a word's weight.
const BEST: u8 = 7;

/// Calls `found` with each symbol in a text.
pub(super) fn in_text(text: &str, mut found: impl FnMut(&str)) {
    if memchr::memchr(b'/', text.as_bytes()).is_none() || !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return;
    }
    let runs = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-')));
    for symbol in runs.filter_map(symbol) {
        found(&symbol);
    }
}

/// Calls `found` with each symbol in a web address, which may be in its path or after `=`.
pub(super) fn in_url(url: &str, found: impl FnMut(&str)) {
    let encoded = memchr::memchr(b'%', url.as_bytes()).is_some();
    if encoded {
        in_text(&url.replace("%2F", "/").replace("%2f", "/").replace("%28", "("), found);
    } else {
        in_text(url, found);
    }
}

/// Returns the symbol at the end of a run of symbol characters, in lower case. It begins with the first part that is a few
/// capitals, and has a digit: that of `//undocs.org/en/S/RES/2254` is `s/res/2254`.
fn symbol(run: &str) -> Option<String> {
    let run = run.trim_end_matches(['.', '-', '/']);
    let mut start = 0;
    for part in run.split('/') {
        let capitals = part.bytes().any(|b| b.is_ascii_uppercase()) && !part.bytes().any(|b| b.is_ascii_lowercase());
        if capitals && part.len() <= 10 {
            break;
        }
        start += part.len() + 1;
    }
    let symbol = run.get(start..)?;
    let fits = symbol.len() <= LONGEST && symbol.contains('/') && !symbol.contains("//");
    (fits && symbol.bytes().any(|b| b.is_ascii_digit())).then(|| symbol.to_ascii_lowercase())
}

/// Calls `found` with the symbols and numbers of an event's own documents: those named by a source issued on its day, and those
/// in its title. Each comes with a level of weight, because two events of one day may cite one document: a decision ranks before
/// a meeting.
pub(super) fn own(corpus: &Corpus<'_>, ix: EventIx, found: &mut dyn FnMut(&str, u8)) {
    let event = &corpus.timeline[ix];
    let decides = corpus.timeline[event.kind].family == Family::Decisions;
    let best = if decides { BEST } else { BEST / 2 };
    let designators = corpus.typed.documents();
    in_text(&event.entry.title, |symbol| endings(symbol, |ending| found(ending, BEST)));
    numbers(&event.entry.title, designators, |number| found(number, BEST));
    let summary = event.entry.summary.as_deref().filter(|_| decides).unwrap_or_default();
    let mut first = true;
    numbers(summary, designators, |number| {
        if std::mem::take(&mut first) {
            found(number, best);
        }
    });
    for (place, source) in event.sources.iter().enumerate().filter(|(_, source)| is_of_its_day(source, event)) {
        let level = best - u8::try_from(place).unwrap_or(best).min(best);
        in_text(&source.title, |symbol| endings(symbol, |ending| found(ending, level)));
        in_url(source.url.as_deref().unwrap_or_default(), |symbol| endings(symbol, |ending| found(ending, level)));
        numbers(&source.title, designators, |number| found(number, level));
    }
}

/// Returns whether a source may have been issued during the event. Dates of more than [`MOST_DAYS`] days do not count.
fn is_of_its_day(source: &CitedSource, event: &Event) -> bool {
    let days = |date: &EdtfDate| {
        let days = date.earliest().map(Day::number).zip(date.latest().map(Day::number));
        days.filter(|(first, last)| last - first < MOST_DAYS)
    };
    let (source, event) = (source.date.as_ref().and_then(days), days(&event.date));
    source.zip(event).is_some_and(|((from, to), (first, last))| from <= last && to >= first)
}

/// Calls `found` with a symbol, and with each of its endings after a slash that is distinctive: it has a digit and more
/// than two characters.
fn endings(symbol: &str, mut found: impl FnMut(&str)) {
    found(symbol);
    for (slash, _) in symbol.match_indices('/') {
        let ending = &symbol[slash + 1..];
        if ending.len() > 2 && ending.bytes().any(|b| b.is_ascii_digit()) {
            found(ending);
        }
    }
}

/// Calls `found` with the numbers that follow a word for documents: 2254 of "Security Council resolution 2254 (2015)".
fn numbers(text: &str, designators: &[String], mut found: impl FnMut(&str)) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let mut named = false;
    for piece in text.split_whitespace() {
        let number = piece.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_number = number.len() <= LONGEST && number.starts_with(|c: char| c.is_ascii_digit());
        if named && is_number && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-')) {
            found(number);
        }
        named = false;
        fold::words(piece, |word| named = designators.iter().any(|designator| designator == word));
    }
}

#[cfg(test)]
mod tests {
    use super::{endings, in_text, in_url, numbers};

    fn all(find: impl FnOnce(&mut dyn FnMut(&str))) -> String {
        let mut all = Vec::new();
        find(&mut |found| all.push(found.to_owned()));
        all.join(" ")
    }

    #[test]
    fn symbols_are_found_in_texts_and_addresses() {
        for (text, expected) in [
            ("Draft resolution S/2012/538 (not adopted).", "s/2012/538"),
            ("A/66/865-S/2012/522, and A/HRC/S-17/2/Add.1.", "a/66/865-s/2012/522 a/hrc/s-17/2/add.1"),
            ("(EC-M-33/DEC.1)", "ec-m-33/dec.1"),
            ("and/or, 24/7, N/A, 20/11/2017, AC/DC, // /", ""),
        ] {
            assert_eq!(all(|found| in_text(text, found)), expected, "{text}");
        }
        for (url, expected) in [
            ("https://undocs.org/en/S/RES/2254(2015)", "s/res/2254"),
            ("https://undocs.org/en/S%2FRES%2F2254%282015%29", "s/res/2254"),
            ("https://www.un.org/en/ga/search/view_doc.asp?symbol=S/2017/962", "s/2017/962"),
            ("https://press.un.org/en/2015/sc12171.doc.htm", ""),
        ] {
            assert_eq!(all(|found| in_url(url, found)), expected, "{url}");
        }
        let long = "A/1".repeat(100_000);
        assert_eq!(all(|found| in_text(&long, found)), "", "no symbol is that long");
    }

    #[test]
    fn a_document_is_known_by_the_end_of_its_symbol_and_by_its_number() {
        assert_eq!(all(|found| endings("s/res/2254", found)), "s/res/2254 res/2254 2254");
        assert_eq!(all(|found| endings("s/prst/2025/6", found)), "s/prst/2025/6 prst/2025/6 2025/6");
        let designators = ["resolution".to_owned(), "res".to_owned()];
        let text = "Adopts Resolution 2254 (2015), after res. 66/253; resolution of 2012";
        assert_eq!(all(|found| numbers(text, &designators, found)), "2254 66/253");
    }
}
