//! The words of all documents, sorted by word: by counting, not by comparing.

use std::ops::Range;

use rayon::prelude::*;

use super::chunk::{Found, WEIGHT, WEIGHTS, number_of};
use super::code;

/// The most groups: each counts all words, so more would need much memory.
const MOST_GROUPS: usize = 8;
/// How many words a segment has.
const SEGMENT: usize = 4096;

/// The postings of some words, encoded as in the files.
struct Segment {
    postings: Vec<u8>,
    /// Where those of each word end.
    ends: Vec<u32>,
}

/// The postings of some documents by word.
struct Group {
    /// A document that has a word, and the word's weight in it in the [`WEIGHT`] lowest bits.
    postings: Vec<u32>,
    /// Where those of each word end.
    ends: Vec<u32>,
}

/// The postings of all words, encoded as in the files.
pub(super) struct Postings {
    segments: Vec<Segment>,
}

impl Postings {
    /// Sorts and encodes the words of all documents. There is a list for each document, and the words are numbered below
    /// `words`.
    pub(super) fn new(lists: &[&[Found]], words: usize) -> Self {
        let groups = groups(lists, words);
        let segments = (0..words.div_ceil(SEGMENT)).into_par_iter().map(|number| {
            let first = number * SEGMENT;
            Segment::new(&groups, first..words.min(first + SEGMENT))
        });
        Self { segments: segments.collect() }
    }

    /// Returns how many bytes they have.
    pub(super) fn length(&self) -> usize {
        self.segments.iter().map(|segment| segment.postings.len()).sum()
    }

    /// Returns those of one word.
    pub(super) fn of(&self, word: usize) -> &[u8] {
        let segment = &self.segments[word / SEGMENT];
        &segment.postings[range(&segment.ends, word % SEGMENT)]
    }
}

fn range(ends: &[u32], number: usize) -> Range<usize> {
    number.checked_sub(1).map_or(0, |before| ends[before]) as usize..ends[number] as usize
}

/// Sorts the words of documents by word, and those of one word by document. This is a counting sort, one for each group of
/// documents.
fn groups(lists: &[&[Found]], words: usize) -> Vec<Group> {
    let groups = rayon::current_num_threads().clamp(1, MOST_GROUPS);
    let group = |number: usize| {
        let range = lists.len() * number / groups..lists.len() * (number + 1) / groups;
        let mut ends = vec![0_u32; words];
        lists[range.clone()].iter().copied().flatten().for_each(|found| ends[(found >> WEIGHT) as usize] += 1);
        let mut start = 0_u32;
        // At first where each word's postings begin; every posting moves it on.
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut postings = vec![0; start as usize];
        for (document, list) in range.clone().zip(&lists[range]) {
            let document = number_of(document) << WEIGHT;
            for found in *list {
                let end = &mut ends[(found >> WEIGHT) as usize];
                postings[*end as usize] = document | found & WEIGHTS;
                *end += 1;
            }
        }
        Group { postings, ends }
    };
    (0..groups).into_par_iter().map(group).collect()
}

impl Segment {
    fn new(groups: &[Group], words: Range<usize>) -> Self {
        let mut segment = Self { postings: Vec::new(), ends: Vec::with_capacity(words.len()) };
        for word in words {
            let mut next = 0;
            for Group { postings, ends } in groups {
                for posting in &postings[range(ends, word)] {
                    let (document, weight) = (posting >> WEIGHT, posting & WEIGHTS);
                    // How many documents are between this one and the one before, multiplied to make room for the weight.
                    code::push(u64::from(document - next) << WEIGHT | u64::from(weight), &mut segment.postings);
                    next = document + 1;
                }
            }
            segment.ends.push(u32::try_from(segment.postings.len()).expect("a segment is shorter than 4 GiB"));
        }
        segment.postings.shrink_to_fit();
        segment
    }
}
