//! One chunk of the documents, read: its words in order, and for each the documents of the chunk that have it.

use std::ops::Range;

use super::corpus::Corpus;
use super::dictionary::{Dictionary, compare, first_letters, hash, word};
use super::documents::{Document, Field};
use super::fold::{self, Form};
use super::symbols;

/// The number of weight levels of a posting: three bits.
const LEVELS: f32 = 8.0;
/// Set in a posting's weight if the word is in the title.
const IN_TITLE: u32 = 8;
/// Follows another form of a word ([`fold::forms`]), so that it is a separate word of the index, next to the word that it
/// equals. No word contains it.
const FURTHER: char = '*';

/// The parameters of BM25 (Robertson and Zaragoza, 2009): how soon repeated occurrences stop counting, and how much length
/// counts. The average length is fixed at that of an entry of a few paragraphs, so that a document's weights do not depend on
/// others.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.4;
const AVERAGE: f32 = 250.0;

/// The number of a document or word, small enough to leave room for a weight.
fn number_of(number: usize) -> u32 {
    let number = u32::try_from(number).ok().filter(|number| *number < 1 << 28);
    number.expect("there are fewer than 2^28 documents and words")
}

/// A document that has a word, and the word's weight in it in the four lowest bits.
pub(super) type Posting = u32;

/// A word in a document: the word's number, and its weight in the four lowest bits. These four bytes are all that is kept of
/// every word of every document until all are read.
type Found = u32;

/// The index of some of the documents.
pub(super) struct Chunk {
    /// The words, in order.
    text: String,
    /// Where in the text each word ends.
    ends: Vec<u32>,
    /// Where in `postings` those of each word begin, and finally where the last ones end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
}

/// Scratch buffers, reused from chunk to chunk.
#[derive(Default)]
pub(super) struct Scratch {
    words: Dictionary,
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
    /// Where it ends in the text.
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

impl Chunk {
    pub fn read(corpus: &Corpus<'_>, documents: Range<usize>, scratch: &mut Scratch) -> Self {
        let first = number_of(documents.start);
        let Scratch { words, found, lengths, counts, present, text, tokens, .. } = scratch;
        words.clear();
        found.clear();
        lengths.clear();
        counts.clear();
        for number in documents {
            text.clear();
            tokens.clear();
            let document = Document::of(number, corpus.timeline);
            let [length, title] = tokens_of(corpus, document, text, tokens);
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
        Self::sorted(scratch, first)
    }

    /// Sorts the postings by word. Those of one word stay in the order of documents.
    fn sorted(scratch: &mut Scratch, first: u32) -> Self {
        let Scratch { words, found, lengths, order, next, .. } = scratch;
        order.clear();
        order.extend((0..number_of(words.len())).map(|number| (first_letters(words.word(number)), number)));
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
        let mut chunk = Self {
            text: String::with_capacity(words.length()),
            ends: Vec::with_capacity(order.len()),
            starts,
            postings,
        };
        for (_, word) in order.iter() {
            chunk.text.push_str(words.word(*word));
            // It is as long as the words together, and their ends have 32 bits.
            chunk.ends.push(u32::try_from(chunk.text.len()).unwrap_or(u32::MAX));
        }
        chunk
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn word(&self, place: usize) -> &str {
        word(&self.text, &self.ends, place)
    }

    /// The index of the first word that does not sort before `border`.
    pub fn place(&self, border: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if compare(self.word(middle), border).is_lt() { from = middle + 1 } else { to = middle }
        }
        from
    }

    pub fn postings(&self, place: usize) -> &[Posting] {
        &self.postings[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

/// Reads the words of a document, with their other forms and the symbols of documents. Returns how many words it has, without
/// other forms, and how many of them are in the title.
fn tokens_of(corpus: &Corpus<'_>, document: Document, text: &mut String, tokens: &mut Vec<Token>) -> [usize; 2] {
    let [mut length, mut title] = [0; 2];
    let mut push = |word: &str, further: bool, field, own| {
        let start = text.len();
        text.push_str(word);
        if further {
            text.push(FURTHER);
        }
        tokens.push(Token { hash: hash(&text[start..]), end: text.len(), field, own });
    };
    document.lines(corpus, &mut |field, line| {
        fold::forms(line, |word, form| {
            push(word, form == Form::Part, field, None);
            length += usize::from(form == Form::Whole);
            title += usize::from(form == Form::Whole && field == Field::Title);
        });
        symbols::in_text(line, |symbol| push(symbol, false, field, None));
    });
    if let Document::Event(ix) = document {
        for url in corpus.timeline[ix].sources.iter().filter_map(|source| source.url.as_deref()) {
            symbols::in_url(url, |symbol| push(symbol, false, Field::Sources, None));
        }
        symbols::own(corpus, ix, &mut |word, level| push(word, false, Field::Sources, Some(level)));
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
