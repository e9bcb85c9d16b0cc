//! Some of the documents, read: the words of each, and how much each word weighs in it.

use std::ops::Range;

use super::corpus::Corpus;
use super::dictionary::{Dictionary, Words};
use super::documents::{Document, Field};
use super::symbols;
use crate::fold::{self, Form};

/// The number of weight levels: three bits.
const LEVELS: f32 = 8.0;
/// The bit of a weight that is set if the word is in the title, or in another name of an actor.
const IN_TITLE: u32 = 8;
/// Appended to another form of a word ([`fold::forms`]), so that it is a separate word of the index, sorted next to the
/// word that it equals. No word contains it.
const FURTHER: char = '*';

/// The parameters of BM25 (Robertson and Zaragoza, 2009): how soon repeated occurrences stop counting (k₁), how much length
/// counts (b), and the average length in words. The average is fixed at that of an entry of a few paragraphs, so that a
/// document's weights do not depend on others.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.4;
const AVERAGE: f32 = 250.0;

/// Converts the number of a document or word, which has at most 28 bits, to leave room for a weight.
pub(super) fn number_of(number: usize) -> u32 {
    let number = u32::try_from(number).ok().filter(|number| *number < 1 << 28);
    number.expect("there are fewer than 2^28 documents and words")
}

/// A word in a document: the word's number, and its weight in the [`WEIGHT`] lowest bits. These four bytes are all that is kept
/// of every word of every document.
pub(super) type Found = u32;
/// How many bits a weight has.
pub(super) const WEIGHT: u32 = 4;
/// The mask of these bits.
pub(super) const WEIGHTS: u32 = (1 << WEIGHT) - 1;

/// Some of the documents, read.
#[derive(Default)]
pub(super) struct Chunk {
    /// The words in order, each once.
    pub words: Words,
    /// The words of all documents, one document after the other.
    pub found: Vec<Found>,
    /// Where in `found` each document ends.
    pub ends: Vec<usize>,
}

/// Scratch buffers, reused from chunk to chunk.
#[derive(Default)]
pub(super) struct Scratch {
    dictionary: Dictionary,
    /// The words in the current document, each once.
    present: Vec<Present>,
    /// The text of the current document's words. They are looked up together: a look-up waits for memory, and without other work
    /// in between several waits overlap.
    text: String,
    tokens: Vec<Token>,
    /// The words of all documents, until it is known how many there are.
    found: Vec<Found>,
}

/// A word as it is read.
struct Token {
    /// Its bytes in the text.
    bytes: Range<u32>,
    field: Field,
    /// The level of its weight, if it is the symbol or number of the event's own document.
    own: Option<u8>,
}

/// A word in the current document.
#[derive(Clone, Copy)]
struct Present {
    word: u32,
    /// How often it occurs, each time weighted by its field.
    times: f32,
    in_title: bool,
    /// The highest level of weight that it has as the symbol or number of the event's own document.
    own: Option<u8>,
}

impl Chunk {
    pub(super) fn read(corpus: &Corpus<'_>, documents: &[usize], scratch: &mut Scratch) -> Self {
        let Scratch { dictionary, present, text, tokens, found } = scratch;
        let mut ends = Vec::with_capacity(documents.len());
        found.clear();
        for number in documents {
            text.clear();
            tokens.clear();
            present.clear();
            let document = Document::of(*number, corpus.timeline);
            let [length, title] = tokens_of(corpus, document, text, tokens);
            let mut read = tokens.iter();
            let bytes = tokens.iter().map(|token| token.bytes.start as usize..token.bytes.end as usize);
            dictionary.find(text, bytes, |known| {
                let Some(Token { field, own, .. }) = read.next() else { return };
                // A mark may be left from an earlier document: it counts only if the word is at that place in `present`.
                let word = known.number;
                if present.get(known.mark as usize).is_none_or(|present| present.word != word) {
                    known.mark = number_of(present.len());
                    present.push(Present { word, times: 0.0, in_title: false, own: None });
                }
                let present = &mut present[known.mark as usize];
                present.times += field.weight();
                present.in_title |= matches!(field, Field::Title | Field::OtherName);
                present.own = present.own.max(*own);
            });
            found.extend(
                present
                    .iter()
                    .map(|present| number_of(present.word as usize) << WEIGHT | weight(present, length, title)),
            );
            ends.push(found.len());
        }
        let (words, places) = dictionary.take();
        let mut chunk = Self { words, found: found.clone(), ends };
        chunk.renumber(&places);
        chunk
    }

    /// Gives the words of all documents other numbers: `numbers` has the new one of each old one.
    pub(super) fn renumber(&mut self, numbers: &[u32]) {
        for found in &mut self.found {
            *found = numbers[(*found >> WEIGHT) as usize] << WEIGHT | *found & WEIGHTS;
        }
    }

    /// Adds a document whose words are numbered as in this chunk.
    pub(super) fn push(&mut self, document: &[Found]) {
        self.found.extend_from_slice(document);
        self.ends.push(self.found.len());
    }

    /// Returns the words of the document at a place in the chunk, from 0.
    pub(super) fn document(&self, place: usize) -> &[Found] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.found[start..self.ends[place]]
    }

    /// Returns the words of each document, in order.
    pub(super) fn documents(&self) -> impl Iterator<Item = &[Found]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.found[*start..*end])
    }
}

/// Reads the words of a document, with their other forms and the symbols of documents. Returns how many words it has, without
/// other forms, and how many of them are in the title.
fn tokens_of(corpus: &Corpus<'_>, document: Document, text: &mut String, tokens: &mut Vec<Token>) -> [usize; 2] {
    let [mut length, mut title] = [0; 2];
    let bytes = |bytes: Range<usize>| {
        let place = |place: usize| u32::try_from(place).expect("a document's text is shorter than 4 GiB");
        place(bytes.start)..place(bytes.end)
    };
    let whole = |word: &str, text: &mut String| {
        let start = text.len();
        text.push_str(word);
        bytes(start..text.len())
    };
    document.lines(corpus, &mut |field, line| {
        fold::append_forms(line, text, |text, word, form| {
            let bytes = match form {
                Form::Whole => bytes(word),
                Form::Part => {
                    let start = text.len();
                    text.extend_from_within(word);
                    text.push(FURTHER);
                    bytes(start..text.len())
                }
            };
            tokens.push(Token { bytes, field, own: None });
            length += usize::from(form == Form::Whole);
            title += usize::from(form == Form::Whole && field == Field::Title);
        });
        symbols::in_text(line, |symbol| tokens.push(Token { bytes: whole(symbol, text), field, own: None }));
    });
    if let Document::Event(ix) = document {
        let field = Field::Sources;
        for url in corpus.timeline[ix].sources.iter().filter_map(|source| source.url.as_deref()) {
            symbols::in_url(url, |symbol| tokens.push(Token { bytes: whole(symbol, text), field, own: None }));
        }
        symbols::own(corpus, ix, &mut |word, level| {
            tokens.push(Token { bytes: whole(word, text), field, own: Some(level) });
        });
    }
    [length, title]
}

/// Returns the weight of a word in a document of `length` words, `title` of them in its title: a level from 0 to 7, and
/// [`IN_TITLE`]. Of two titles with the word, the shorter one has the higher level: a search for "Sochi" finds the place
/// before the summits there. The symbol of an event's own document counts as part of the title.
fn weight(present: &Present, length: usize, title: usize) -> u32 {
    if let Some(level) = present.own {
        return IN_TITLE | u32::from(level);
    }
    if present.in_title {
        let further = u32::try_from(title.saturating_sub(1)).unwrap_or(7);
        return IN_TITLE | 7_u32.saturating_sub(further);
    }
    #[allow(clippy::cast_precision_loss, reason = "a length of millions of words needs no exactness")]
    let length = length as f32 / AVERAGE;
    let weight = present.times / (present.times + SATURATION * (1.0 - LENGTH + LENGTH * length));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 7")]
    let level = (weight * LEVELS).clamp(0.0, LEVELS - 1.0) as u32;
    level
}
