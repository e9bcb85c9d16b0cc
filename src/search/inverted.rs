//! The inverted index: for each word, the documents that have it and how much it weighs in each.
//!
//! Documents are read side by side in chunks, each with words and lists of its own. Then the chunks are merged, side by
//! side again, a stretch of the alphabet each. What comes out does not depend on how the work was divided.
//!
//! Words are in the order of [`compare`].

use std::ops::Range;

use rayon::prelude::*;

use super::chunk::{Chunk, Scratch};
use super::code;
use super::corpus::Corpus;
use super::dictionary::{compare, first_letters};

/// The factor by which the difference between two documents is multiplied, to make room for the weight.
const STEP: u64 = 16;

/// About how many documents a chunk has, so that what is needed to read it is small and stays in the processor's caches.
const CHUNK: usize = 1250;
/// More chunks would make merging slow.
const MOST_CHUNKS: usize = 16;

/// All words with their postings, in order.
pub(super) struct InvertedIndex {
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

impl InvertedIndex {
    /// Indexes the documents with numbers below `documents`.
    pub fn new(corpus: &Corpus<'_>, documents: usize) -> Self {
        let threads = rayon::current_num_threads().clamp(1, MOST_CHUNKS);
        let chunks = documents.div_ceil(CHUNK).clamp(threads, MOST_CHUNKS).min(documents.max(1));
        let chunk = |number: usize| documents * number / chunks..documents * (number + 1) / chunks;
        let read = |scratch: &mut Scratch, number| Chunk::read(corpus, chunk(number), scratch);
        let chunks: Vec<Chunk> = (0..chunks).into_par_iter().map_init(Scratch::default, read).collect();
        Self { segments: stretches(&chunks).into_par_iter().map(|stretch| merge(&chunks, &stretch)).collect() }
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

/// Divides the alphabet: for each stretch, the places of its words in each chunk.
fn stretches(chunks: &[Chunk]) -> Vec<Vec<Range<usize>>> {
    const WORDS: usize = 4096;
    let Some(largest) = chunks.iter().max_by_key(|chunk| chunk.len()) else { return Vec::new() };
    let borders = (0..largest.len()).step_by(WORDS).skip(1).map(|place| largest.word(place));
    let mut from = vec![0; chunks.len()];
    let mut stretches = Vec::new();
    let up_to = |border: Option<&str>, from: &mut Vec<usize>| {
        let ends = chunks.iter().map(|chunk| border.map_or(chunk.len(), |border| chunk.place(border)));
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

/// The words of one stretch with what each chunk has of them.
fn merge(chunks: &[Chunk], stretch: &[Range<usize>]) -> Segment {
    let mut segment = Segment::default();
    let mut places: Vec<usize> = stretch.iter().map(|range| range.start).collect();
    // The first letters of the word at each place; none where the chunk's stretch is at its end.
    let letters =
        |chunk: usize, place: usize| (place < stretch[chunk].end).then(|| first_letters(chunks[chunk].word(place)));
    let mut heads: Vec<Option<u64>> = (0..chunks.len()).map(|chunk| letters(chunk, places[chunk])).collect();
    loop {
        let ahead = heads.iter().enumerate().filter_map(|(chunk, head)| Some(((*head)?, chunk)));
        let word = |chunk: usize| chunks[chunk].word(places[chunk]);
        let first = ahead.min_by(|(a, x), (b, y)| a.cmp(b).then_with(|| compare(word(*x), word(*y))));
        let Some((head, first)) = first else { return segment.shrunk() };
        let word = word(first);
        segment.words.push_str(word);
        let mut next = 0;
        for (number, chunk) in chunks.iter().enumerate() {
            let place = places[number];
            if heads[number] != Some(head) || chunk.word(place) != word {
                continue;
            }
            for posting in chunk.postings(place) {
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
