//! The inverted index: for each word, the documents that have it and how much it weighs in each.
//!
//! Documents are read in parallel in parts, each with its own words and lists. Then the parts are merged, again in parallel, one
//! range of the alphabet at a time. The result does not depend on how the work was divided.
//!
//! Words are sorted by their UTF-16 code units, because JavaScript compares strings that way.

use std::cmp::Ordering;
use std::hash::Hasher;
use std::ops::Range;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::code;
use super::documents::{Document, Field};
use super::fold::{self, Form};
use super::symbols;
use crate::outputs::Site;

/// The number of weight levels of a posting: three bits.
const LEVELS: f32 = 8.0;
/// Set in a posting's weight if the word is in the title.
const IN_TITLE: u32 = 8;
/// The factor by which the difference between two documents is multiplied, to make room for the weight.
const STEP: u64 = 16;

/// Follows another form of a word ([`fold::forms`]), so that it is a separate word of the index, next to the word that it
/// equals. No word contains it.
const FURTHER: char = '*';

/// The parameters of BM25 (Robertson and Zaragoza, 2009): how soon repeated occurrences stop counting, and how much length
/// counts. The average length is fixed at that of an entry of a few paragraphs, so that a document's weights do not depend on
/// others.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.4;
const AVERAGE: f32 = 250.0;

/// The approximate number of documents in a part, so that the working memory for one stays in the processor's caches.
const PART: usize = 1250;
/// The most parts; more would make merging slow.
const MOST_PARTS: usize = 16;

/// All words with their postings, in order.
pub(super) struct Index {
    segments: Vec<Segment>,
}

/// A range of the alphabet. Each word's postings are encoded as in the files.
#[derive(Default)]
struct Segment {
    words: String,
    postings: Vec<u8>,
    /// Where each word and its postings end.
    ends: Vec<[u32; 2]>,
}

/// A word and its postings.
#[derive(Clone, Copy)]
pub(super) struct Term<'a> {
    pub word: &'a str,
    pub postings: &'a [u8],
}

impl Index {
    /// Indexes the documents with numbers below `documents`.
    pub fn new(site: &Site, documents: usize) -> Self {
        let threads = rayon::current_num_threads().clamp(1, MOST_PARTS);
        let parts = documents.div_ceil(PART).clamp(threads, MOST_PARTS).min(documents.max(1));
        let part = |number: usize| documents * number / parts..documents * (number + 1) / parts;
        let read = |desk: &mut Desk, number| Part::read(site, part(number), desk);
        let parts: Vec<Part> = (0..parts).into_par_iter().map_init(Desk::default, read).collect();
        Self { segments: stretches(&parts).into_par_iter().map(|stretch| merge(&parts, &stretch)).collect() }
    }

    /// All words in order.
    pub fn terms(&self) -> impl Iterator<Item = Term<'_>> {
        self.segments.iter().flat_map(|segment| (0..segment.ends.len()).map(|number| segment.term(number)))
    }

    /// The words of a range of numbers.
    pub fn range(&self, range: Range<usize>) -> impl Iterator<Item = Term<'_>> {
        let mut first = 0;
        self.segments.iter().flat_map(move |segment| {
            let last = first + segment.ends.len();
            let here = range.start.clamp(first, last) - first..range.end.clamp(first, last) - first;
            first = last;
            here.map(|number| segment.term(number))
        })
    }
}

impl Segment {
    fn term(&self, number: usize) -> Term<'_> {
        let from = number.checked_sub(1).map_or([0; 2], |before| self.ends[before]);
        let range = |list: usize| from[list] as usize..self.ends[number][list] as usize;
        Term { word: &self.words[range(0)], postings: &self.postings[range(1)] }
    }

    /// The same without spare capacity.
    fn shrunk(mut self) -> Self {
        self.words.shrink_to_fit();
        self.postings.shrink_to_fit();
        self.ends.shrink_to_fit();
        self
    }

    fn close(&mut self) {
        let length = |length: usize| u32::try_from(length).expect("a stretch of the alphabet is shorter than 4 GiB");
        let ends = [self.words.len(), self.postings.len()];
        self.ends.push(ends.map(length));
    }
}

/// Words by number, each once.
#[derive(Default)]
struct Words {
    text: String,
    /// Where in the text each word ends.
    ends: Vec<u32>,
    known: HashTable<Known>,
}

/// What is needed to recognise a word without comparing it with all others.
struct Known {
    hash: u32,
    number: u32,
    start: u32,
    end: u32,
}

impl Words {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.known.clear();
    }

    fn number(&mut self, word: &str, hash: u32) -> u32 {
        let Self { text, ends, known } = self;
        let same = |known: &Known| known.hash == hash && text[known.start as usize..known.end as usize] == *word;
        match known.entry(spread(hash), same, |known| spread(known.hash)) {
            Entry::Occupied(found) => found.get().number,
            Entry::Vacant(place) => {
                let number = u32::try_from(ends.len()).expect("there are fewer than 2^32 words");
                let start = ends.last().copied().unwrap_or(0);
                text.push_str(word);
                let end = u32::try_from(text.len()).expect("the words are shorter than 4 GiB");
                ends.push(end);
                place.insert(Known { hash, number, start, end });
                number
            }
        }
    }

    fn word(&self, number: u32) -> &str {
        word(&self.text, &self.ends, number as usize)
    }
}

/// The word with a number, in a text of words with these ends.
fn word<'a>(text: &'a str, ends: &[u32], number: usize) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start as usize..ends[number] as usize]
}

#[allow(clippy::cast_possible_truncation, reason = "a part of a hash is a hash")]
fn hash(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() as u32
}

/// Spreads a hash over 64 bits, because the table uses the lowest and the highest ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

/// The number of a document or word, small enough to leave room for a weight.
fn number_of(number: usize) -> u32 {
    let number = u32::try_from(number).ok().filter(|number| *number < 1 << 28);
    number.expect("there are fewer than 2^28 documents and words")
}

/// A document that has a word, and the word's weight in it in the four lowest bits.
type Posting = u32;

/// A word in a document: the word's number, and its weight in the four lowest bits. These four bytes are all that is kept of
/// every word of every document until all are read.
type Found = u32;

/// The index of some of the documents.
struct Part {
    /// The words, in order.
    text: String,
    /// Where in the text each word ends.
    ends: Vec<u32>,
    /// Where in `postings` those of each word begin, and finally where the last ones end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
}

/// Scratch buffers, reused from part to part.
#[derive(Default)]
struct Desk {
    words: Words,
    /// The words of all documents, one document after the other.
    found: Vec<Found>,
    /// How many of them belong to each document.
    lengths: Vec<u32>,
    /// The counts of the current document by word, empty between documents.
    counts: Vec<Count>,
    /// The words in the current document, each once.
    present: Vec<u32>,
    /// The text of the current document's words. They are looked up together: a look-up waits for memory, and without other work
    /// in between several waits overlap.
    text: String,
    tokens: Vec<Token>,
    /// The numbers of words in order, each with its first letters as a number that sorts the same.
    order: Vec<(u64, u32)>,
    /// The position for the next posting of each word.
    next: Vec<u32>,
}

/// A word as it is read.
struct Token {
    hash: u32,
    /// Its end in the desk's text.
    end: usize,
    field: Field,
    /// The level of its weight, if it is the symbol or number of the event's own document.
    own: Option<u32>,
}

/// A word in the current document.
#[derive(Clone, Copy, Default)]
struct Count {
    /// How often it occurs, each time weighted by its field.
    times: f32,
    in_title: bool,
    /// The highest level of weight that it has as the symbol or number of the event's own document.
    own: Option<u32>,
}

impl Part {
    fn read(site: &Site, documents: Range<usize>, desk: &mut Desk) -> Self {
        let first = number_of(documents.start);
        let Desk { words, found, lengths, counts, present, text, tokens, .. } = desk;
        words.clear();
        found.clear();
        lengths.clear();
        counts.clear();
        for number in documents {
            text.clear();
            tokens.clear();
            let document = Document::of(number, &site.timeline);
            let [length, title] = tokens_of(site, document, text, tokens);
            let mut start = 0;
            for Token { hash, end, field, own } in tokens.iter() {
                let word = words.number(&text[start..*end], *hash);
                start = *end;
                if word as usize == counts.len() {
                    counts.push(Count::default());
                }
                let count = &mut counts[word as usize];
                if count.times == 0.0 {
                    present.push(word);
                }
                count.times += field.weight();
                count.in_title |= *field == Field::Title;
                count.own = count.own.max(*own);
            }
            lengths.push(number_of(present.len()));
            for word in present.drain(..) {
                let count = std::mem::take(&mut counts[word as usize]);
                found.push(word << 4 | weight(count, length, title));
            }
        }
        Self::sorted(desk, first)
    }

    /// Sorts the postings by word. Those of one word stay in the order of documents.
    fn sorted(desk: &mut Desk, first: u32) -> Self {
        let Desk { words, found, lengths, order, next, .. } = desk;
        order.clear();
        order.extend((0..number_of(words.ends.len())).map(|number| (first_letters(words.word(number)), number)));
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| compare(words.word(a.1), words.word(b.1))));
        next.clear();
        next.resize(order.len(), 0);
        found.iter().for_each(|found| next[(found >> 4) as usize] += 1);
        let mut starts = Vec::with_capacity(order.len() + 1);
        let mut start = 0;
        for (_, word) in order.iter() {
            starts.push(start);
            start += std::mem::replace(&mut next[*word as usize], start);
        }
        starts.push(start);
        let mut postings = vec![0; found.len()];
        let mut rest = found.as_slice();
        for (document, length) in (first..).zip(lengths.iter()) {
            let (of_document, others) = rest.split_at(*length as usize);
            rest = others;
            for found in of_document {
                let place = &mut next[(found >> 4) as usize];
                postings[*place as usize] = document << 4 | found & 15;
                *place += 1;
            }
        }
        let mut part = Self {
            text: String::with_capacity(words.text.len()),
            ends: Vec::with_capacity(order.len()),
            starts,
            postings,
        };
        for (_, word) in order.iter() {
            part.text.push_str(words.word(*word));
            // It is as long as the words together, and their ends have 32 bits.
            part.ends.push(u32::try_from(part.text.len()).unwrap_or(u32::MAX));
        }
        part
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn word(&self, place: usize) -> &str {
        word(&self.text, &self.ends, place)
    }

    /// The index of the first word that does not sort before `border`.
    fn place(&self, border: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if compare(self.word(middle), border).is_lt() { from = middle + 1 } else { to = middle }
        }
        from
    }

    fn postings(&self, place: usize) -> &[Posting] {
        &self.postings[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

/// Reads the words of a document, with their other forms and the symbols of documents. Returns how many words it has, without
/// other forms, and how many of them are in the title.
fn tokens_of(site: &Site, document: Document, text: &mut String, tokens: &mut Vec<Token>) -> [usize; 2] {
    let [mut length, mut title] = [0; 2];
    let mut push = |word: &str, further: bool, field, own| {
        let start = text.len();
        text.push_str(word);
        if further {
            text.push(FURTHER);
        }
        tokens.push(Token { hash: hash(&text[start..]), end: text.len(), field, own });
    };
    document.lines(site, &mut |field, line| {
        fold::forms(line, |word, form| {
            push(word, form == Form::Part, field, None);
            length += usize::from(form == Form::Whole);
            title += usize::from(form == Form::Whole && field == Field::Title);
        });
        symbols::in_text(line, |symbol| push(symbol, false, field, None));
    });
    if let Document::Event(ix) = document {
        for url in site.timeline[ix].sources.iter().filter_map(|source| source.url.as_deref()) {
            symbols::in_url(url, |symbol| push(symbol, false, Field::Sources, None));
        }
        symbols::own(site, ix, &mut |word, level| push(word, false, Field::Sources, Some(level)));
    }
    [length, title]
}

/// The level of a word's weight in a document of `length` words, and whether it is in the title. Of two titles with the word,
/// the shorter one has the higher level: a search for "Sochi" finds the place before the summits there. The symbol of an
/// event's own document counts as part of the title.
fn weight(count: Count, length: usize, title: usize) -> u32 {
    if let Some(level) = count.own {
        return IN_TITLE | level;
    }
    if count.in_title {
        let further = u32::try_from(title.saturating_sub(1)).unwrap_or(7);
        return IN_TITLE | 7_u32.saturating_sub(further);
    }
    #[allow(clippy::cast_precision_loss, reason = "a length of millions of words needs no exactness")]
    let length = length as f32 / AVERAGE;
    let weight = count.times / (count.times + SATURATION * (1.0 - LENGTH + LENGTH * length));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 7")]
    let level = (weight * LEVELS).clamp(0.0, LEVELS - 1.0) as u32;
    level
}

/// Maps a UTF-8 byte so that comparing bytes compares UTF-16 code units. The two orders differ only in that UTF-16 sorts
/// characters beyond the Basic Multilingual Plane (leading bytes from F0) before U+E000 to U+FFFF (EE and EF).
const fn utf16_rank(byte: u8) -> u8 {
    match byte {
        0xee | 0xef => byte + 8,
        _ => byte,
    }
}

fn compare(a: &str, b: &str) -> Ordering {
    let different = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    different.map_or_else(|| a.len().cmp(&b.len()), |(a, b)| utf16_rank(a).cmp(&utf16_rank(b)))
}

/// The first eight bytes as a number that sorts the same.
fn first_letters(word: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(word.bytes()).for_each(|(place, byte)| *place = utf16_rank(byte));
    u64::from_be_bytes(first)
}

/// Divides the alphabet into ranges: for each, the indices of its words in each part.
fn stretches(parts: &[Part]) -> Vec<Vec<Range<usize>>> {
    const WORDS: usize = 4096;
    let Some(largest) = parts.iter().max_by_key(|part| part.len()) else { return Vec::new() };
    let borders = (0..largest.len()).step_by(WORDS).skip(1).map(|place| largest.word(place));
    let mut from = vec![0; parts.len()];
    let mut stretches = Vec::new();
    let up_to = |border: Option<&str>, from: &mut Vec<usize>| {
        let ends = parts.iter().map(|part| border.map_or(part.len(), |border| part.place(border)));
        let ends: Vec<usize> = ends.collect();
        let stretch = from.iter().zip(&ends).map(|(from, to)| *from..*to).collect();
        *from = ends;
        stretch
    };
    for border in borders {
        stretches.push(up_to(Some(border), &mut from));
    }
    stretches.push(up_to(None, &mut from));
    stretches
}

/// Merges the words of one range from all parts.
fn merge(parts: &[Part], stretch: &[Range<usize>]) -> Segment {
    let mut segment = Segment::default();
    let mut places: Vec<usize> = stretch.iter().map(|range| range.start).collect();
    // The first letters of the next word of each part; `None` if the part's range is exhausted.
    let letters =
        |part: usize, place: usize| (place < stretch[part].end).then(|| first_letters(parts[part].word(place)));
    let mut heads: Vec<Option<u64>> = (0..parts.len()).map(|part| letters(part, places[part])).collect();
    loop {
        let ahead = heads.iter().enumerate().filter_map(|(part, head)| Some(((*head)?, part)));
        let word = |part: usize| parts[part].word(places[part]);
        let first = ahead.min_by(|(a, x), (b, y)| a.cmp(b).then_with(|| compare(word(*x), word(*y))));
        let Some((head, first)) = first else { return segment.shrunk() };
        let word = word(first);
        segment.words.push_str(word);
        let mut next = 0;
        for (number, part) in parts.iter().enumerate() {
            let place = places[number];
            if heads[number] != Some(head) || part.word(place) != word {
                continue;
            }
            for posting in part.postings(place) {
                let (document, weight) = (posting >> 4, posting & 15);
                code::push(u64::from(document - next) * STEP + u64::from(weight), &mut segment.postings);
                next = document + 1;
            }
            places[number] += 1;
            heads[number] = letters(number, place + 1);
        }
        segment.close();
    }
}

#[cfg(test)]
mod tests {
    use super::{compare, first_letters};

    #[test]
    fn words_sort_as_scripts_sort_them() {
        let mut words = ["b", "ba", "a", "ﬀ", "\u{e000}", "\u{10000}", "\u{d7ff}", "é", "", "aaaaaaaaab", "aaaaaaaaaa"];
        words.sort_by(|a, b| compare(a, b));
        let mut expected = words;
        expected.sort_by_key(|word| word.encode_utf16().collect::<Vec<_>>());
        assert_eq!(words, expected);
        assert!(words.is_sorted_by_key(|word| first_letters(word)));
    }
}
