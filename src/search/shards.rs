//! How the index is divided into files, and what each contains.
//!
//! The number of files follows from the length of the texts alone; the words are then distributed evenly.

use serde_json::{Value, json};

use super::code;
use super::corpus::Corpus;
use super::documents::{self, COLLECTIONS, Document, Field};
use super::inverted::InvertedIndex;
use super::script;
use crate::date::Extent;
use crate::markup::script_safe;
use crate::timeline::{KindIx, Timeline};

/// How many documents a file of titles has.
pub(super) const TITLES: usize = 32;
/// How many documents a file of texts has.
pub(super) const TEXTS: usize = 4;

/// Bytes of text per file of words. On a large site, such a file then has 10 to 20 kB.
const TEXT_FOR_TERMS: usize = 50_000;

/// Returns how many files of words there are.
pub(super) fn count(timeline: &Timeline) -> usize {
    documents::estimated_length(timeline).div_ceil(TEXT_FOR_TERMS).max(1)
}

/// The index and how it is divided.
pub(super) struct Shards {
    index: InvertedIndex,
    shards: Vec<Shard>,
}

/// Words in a range of the alphabet.
struct Shard {
    /// The numbers of its words.
    words: std::ops::Range<usize>,
    /// A prefix of the first word that no earlier word has.
    first: String,
    /// The approximate size of the file in bytes, never too low.
    bytes: usize,
}

impl Shards {
    pub(super) fn new(corpus: &Corpus<'_>, index: InvertedIndex) -> Self {
        let count = count(corpus.timeline);
        let shards = cut(&index, count);
        Self { index, shards }
    }

    pub(super) fn manifest(&self, corpus: &Corpus<'_>) -> Vec<u8> {
        let timeline = corpus.timeline;
        let own = timeline
            .kinds
            .iter()
            .enumerate()
            .map(|(ix, kind)| json!([&*kind.id, corpus.kind_name(KindIx(ix)), kind.family.name()]));
        let collections =
            COLLECTIONS.iter().map(|(id, key)| json!([id, corpus.locale.text(&format!("one-of-{key}"), &[]), ""]));
        let kinds: Vec<Value> = own.chain(collections).collect();
        let mut sizes = Vec::new();
        self.shards.iter().for_each(|shard| code::push(shard.bytes.div_ceil(1024) as u64, &mut sizes));
        let first: Vec<&str> = self.shards.iter().map(|shard| shard.first.as_str()).collect();
        let Facets { start, facets, certain } = Facets::new(timeline);
        let value = json!({
            "documents": documents::count(timeline),
            "events": timeline.events.len(),
            "titles": TITLES,
            "texts": TEXTS,
            "kinds": kinds,
            "start": start,
            "facets": letters(facets),
            "certain": letters(certain),
            "first": first,
            "sizes": letters(sizes),
        });
        script::call("manifest", 0, |out| out.extend_from_slice(script_safe(&value.to_string()).as_bytes()))
    }

    pub(super) fn terms(&self, number: usize) -> Vec<u8> {
        let words = self.shards.get(number).map_or(0..0, |shard| shard.words.clone());
        script::call("terms", number, |out| {
            out.push(b'"');
            let (begin, mut last) = (words.start, "");
            for number in words {
                if number > begin {
                    out.push(b',');
                }
                let word = self.index.words().word(number);
                let (shared, units) = shared(last, word);
                code::push(units, out);
                // No letter, mark, number or character of a symbol needs an escape.
                out.extend_from_slice(&word.as_bytes()[shared..]);
                out.push(b' ');
                out.extend_from_slice(self.index.postings(number));
                last = word;
            }
            out.push(b'"');
        })
    }
}

/// Writes a file of titles: the address, title and date in words of each document.
pub(super) fn titles(corpus: &Corpus<'_>, number: usize) -> Vec<u8> {
    script::call("titles", number, |out| {
        script::array(block(corpus, number, TITLES), out, |document, out| {
            let row = [&document.url(corpus), document.title(corpus), &document.date_words(corpus)];
            script::array(row.into_iter(), out, script::text);
        });
    })
}

/// Writes a file of texts: the lines of each document's text, for excerpts. The first line without a tab at its beginning
/// belongs to the anchor `_p1`, and each further one to the next anchor. A line with a tab belongs to the anchor of the
/// line before, if that has one. From a form feed on, lines have none.
pub(super) fn texts(corpus: &Corpus<'_>, number: usize) -> Vec<u8> {
    let mut text = String::new();
    script::call("texts", number, |out| {
        script::array(block(corpus, number, TEXTS), out, |document, out| {
            text.clear();
            let mut is_behind = false;
            document.text(corpus, &mut |field, line| {
                if line.is_empty() && field != Field::Body {
                    return;
                }
                match field {
                    Field::Body => {}
                    Field::Summary => text.push('\t'),
                    _ if std::mem::replace(&mut is_behind, true) => {}
                    _ => text.push('\u{c}'),
                }
                text.push_str(line);
                text.push('\n');
            });
            script::text(text.trim_end(), out);
        });
    })
}

/// Returns the numbers of the documents in a file, of which each file but the last has `length`.
pub(super) fn numbers(timeline: &Timeline, number: usize, length: usize) -> std::ops::Range<usize> {
    number * length..documents::count(timeline).min((number + 1) * length)
}

fn block(corpus: &Corpus<'_>, number: usize, length: usize) -> impl Iterator<Item = Document> {
    let timeline = corpus.timeline;
    numbers(timeline, number, length).map(|document| Document::of(document, timeline))
}

/// Divides the words into `count` ranges of about the same length.
fn cut(index: &InvertedIndex, count: usize) -> Vec<Shard> {
    let words = index.words();
    let length = |number: usize| words.length_of(number) + 3 + index.postings(number).len();
    let all = words.length() + 3 * words.len() + index.length();
    let mut shards: Vec<Shard> = Vec::with_capacity(count);
    let mut before = 0;
    for number in 0..words.len() {
        let length = length(number);
        // A word belongs to the shard that contains its middle.
        while shards.len() < count && shards.len() * all <= (before + length / 2) * count {
            let word = words.word(number);
            let (shared, _) = shared(number.checked_sub(1).map_or("", |last| words.word(last)), word);
            let end = word[shared..].chars().next().map_or(shared, |c| shared + c.len_utf8());
            shards.push(Shard { words: number..number, first: word[..end].to_owned(), bytes: 0 });
        }
        let shard = shards.last_mut().expect("one was pushed for the first word");
        shard.words.end = number + 1;
        shard.bytes += length;
        before += length;
    }
    shards
}

/// Returns the length of the common prefix of two words: in bytes of UTF-8, and in UTF-16 code units, of which one letter
/// encodes at most 31.
fn shared(a: &str, b: &str) -> (usize, u64) {
    const MOST: usize = 31;
    let (mut bytes, mut units) = (0, 0);
    for (x, y) in a.chars().zip(b.chars()) {
        if x != y || units + x.len_utf16() > MOST {
            break;
        }
        bytes += x.len_utf8();
        units += x.len_utf16();
    }
    (bytes, units as u64)
}

/// The documents' values for the filters, which are needed before any title is loaded.
struct Facets {
    /// The first event's first day. Days are counted as [`crate::date::Day::number`] counts.
    start: i64,
    /// For each document its kind, and for an event its days: the difference from the previous event's first day, times two, plus
    /// one if it is not a single known day. In that case a number follows: 1 if no beginning is known, plus 2 if the date is
    /// approximate or uncertain, plus four times the number of its days, or plus 0 if no end is known.
    facets: Vec<u8>,
    /// For each event that is neither a single known day nor doubtful, the days that it certainly covers: 0 for none, 1 for all of
    /// its days; otherwise one more than the number of ranges, and then for each range the days from the end of the previous one (at
    /// first, from the event's first day) to its first day, and from that to its last day.
    certain: Vec<u8>,
}

impl Facets {
    fn new(timeline: &Timeline) -> Self {
        let mut facets = Vec::new();
        let mut certain = Vec::new();
        let start = timeline.events.first().map_or(0, |event| event.date.key().start.number());
        let mut before = start;
        for (number, event) in timeline.events.iter().enumerate() {
            code::push(Document::of(number, timeline).kind(timeline) as u64, &mut facets);
            let first = event.date.key().start.number();
            let extent = event.date.extent();
            let days = extent.last.map_or(0, |last| unsigned(last - first) + 1);
            let known = days * 4 + u64::from(extent.doubtful) * 2 + u64::from(extent.first.is_none());
            let one_day = known == 4;
            code::push(unsigned(first - before) * 2 + u64::from(!one_day), &mut facets);
            if !one_day {
                code::push(known, &mut facets);
                push_certain(&extent, first, &mut certain);
            }
            before = first.max(before);
        }
        for number in timeline.events.len()..documents::count(timeline) {
            code::push(Document::of(number, timeline).kind(timeline) as u64, &mut facets);
        }
        Self { start, facets, certain }
    }
}

fn push_certain(extent: &Extent, start: i64, out: &mut Vec<u8>) {
    if extent.doubtful {
        return;
    }
    if let [(from, to)] = extent.certain[..]
        && (Some(from), Some(to)) == (extent.first, extent.last)
    {
        code::push(1, out);
        return;
    }
    if extent.certain.is_empty() {
        code::push(0, out);
        return;
    }
    code::push(extent.certain.len() as u64 + 1, out);
    let mut before = start;
    for (from, to) in &extent.certain {
        code::push(unsigned(from - before), out);
        code::push(unsigned(to - from), out);
        before = *to;
    }
}

fn unsigned(days: i64) -> u64 {
    u64::try_from(days).unwrap_or(0)
}

/// Converts encoded numbers ([`code::push`]) to text.
fn letters(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_default()
}
