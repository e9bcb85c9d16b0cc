//! Merges sorted lists of words.
//!
//! The alphabet is divided into stretches, which are merged in parallel.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;

use super::chunk::number_of;
use super::dictionary::{Letters, Words, compare, first_letters};

/// About how many words a stretch of the alphabet has.
const STRETCH: usize = 4096;

/// The words of one stretch.
struct Stretch {
    words: Words,
    /// For each list the places of its words in this stretch, from 0.
    places: Vec<Vec<u32>>,
}

/// Merges lists of words in order: all words in order, each once, and for each list the places of its words.
pub(super) fn merge(lists: &[&Words]) -> (Words, Vec<Vec<u32>>) {
    let ranges = stretches(lists);
    let stretches: Vec<Stretch> = ranges.par_iter().map(|ranges| merge_stretch(lists, ranges)).collect();
    let sum = |size: fn(&Words) -> usize| stretches.iter().map(|stretch| size(&stretch.words)).sum();
    let mut words = Words::with_room(sum(Words::len), sum(Words::length));
    let mut firsts = Vec::with_capacity(stretches.len());
    for stretch in &stretches {
        firsts.push(number_of(words.len()));
        words.append(&stretch.words);
    }
    // Panics if the places of the last stretch would be too large.
    number_of(words.len());
    let places = (0..lists.len()).into_par_iter().map(|list| {
        let places = stretches.iter().zip(&firsts);
        places.flat_map(|(stretch, first)| stretch.places[list].iter().map(move |place| first + place)).collect()
    });
    (words, places.collect())
}

/// Divides the alphabet: for each stretch, the range of each list's words in it.
fn stretches(lists: &[&Words]) -> Vec<Vec<Range<usize>>> {
    let Some(largest) = lists.iter().max_by_key(|list| list.len()) else { return Vec::new() };
    let borders = (0..largest.len()).step_by(STRETCH).skip(1).map(|place| Some(largest.word(place)));
    let mut from = vec![0; lists.len()];
    let stretch = |border: Option<&str>| {
        let ends = lists.iter().map(|list| border.map_or(list.len(), |border| list.place(border)));
        let ends: Vec<usize> = ends.collect();
        let ranges = from.iter().zip(&ends).map(|(from, to)| *from..*to).collect();
        from = ends;
        ranges
    };
    borders.chain([None]).map(stretch).collect()
}

/// The next word of a list, and the places of those after it.
struct Head<'a> {
    letters: Letters,
    word: &'a str,
    list: usize,
    rest: Range<usize>,
}

impl<'a> Head<'a> {
    fn next(lists: &[&'a Words], list: usize, mut rest: Range<usize>) -> Option<Self> {
        let word = lists[list].word(rest.next()?);
        Some(Self { letters: first_letters(word), word, list, rest })
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.letters.cmp(&other.letters).then_with(|| compare(self.word, other.word))
    }
}

fn merge_stretch(lists: &[&Words], ranges: &[Range<usize>]) -> Stretch {
    let mut words = Words::default();
    let mut places: Vec<Vec<u32>> = ranges.iter().map(|range| Vec::with_capacity(range.len())).collect();
    let mut heads: Vec<Head<'_>> =
        ranges.iter().enumerate().filter_map(|(list, range)| Head::next(lists, list, range.clone())).collect();
    while let Some(first) = heads.iter().min_by(|a, b| a.compare(b)) {
        let (letters, word) = (first.letters, first.word);
        let place = number_of(words.len());
        words.push(word);
        heads.retain_mut(|head| {
            if head.letters != letters || head.word != word {
                return true;
            }
            places[head.list].push(place);
            let next = Head::next(lists, head.list, head.rest.clone());
            next.map(|next| *head = next).is_some()
        });
    }
    Stretch { words, places }
}
