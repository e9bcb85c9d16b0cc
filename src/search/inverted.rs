//! The inverted index: for each word, the documents that have it and how much it weighs in each.
//!
//! Documents are read in parallel, in chunks with words of their own, which are then merged. The words of all documents are
//! sorted by word by counting. The result does not depend on how the work was divided.

use std::iter;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;

use super::chunk::{Chunk, Found, Scratch};
use super::corpus::Corpus;
use super::dictionary::Words;
use super::kept::KeptWords;
use super::merge::merge;
use super::postings::Postings;
use crate::key::Key;

/// About how many documents a chunk has, so that what is needed to read it is small and stays in the processor's caches.
const CHUNK: usize = 1250;
/// The most chunks: more would make merging slow.
const MOST_CHUNKS: usize = 16;

/// All words with their postings, in order.
pub(super) struct InvertedIndex {
    words: Words,
    postings: Postings,
}

impl InvertedIndex {
    /// Indexes the documents with numbers below `documents`.
    pub(super) fn new(corpus: &Corpus<'_>, documents: usize) -> Self {
        let mut chunks = read(corpus, &(0..documents).collect::<Vec<_>>());
        let words = merged(&mut chunks);
        let lists: Vec<&[Found]> = chunks.iter().flat_map(Chunk::documents).collect();
        let postings = Postings::new(&lists, words.len());
        Self { words, postings }
    }

    /// Does the same for documents with these keys, reading only those that `kept` lacks. Afterwards `kept` has exactly
    /// these documents.
    pub(super) fn keeping(corpus: &Corpus<'_>, keys: &[Key], kept: &mut KeptWords) -> Self {
        let (known, is_known) = kept.known(keys);
        let new: Vec<usize> = (0..keys.len()).filter(|number| !is_known[*number]).collect();
        let mut chunks = vec![known];
        chunks.extend(read(corpus, &new));
        let words = merged(&mut chunks);
        // Known and new documents are each in order.
        let [mut known, mut new] = [&chunks[..1], &chunks[1..]].map(|chunks| chunks.iter().flat_map(Chunk::documents));
        let list = |is_known: &bool| if *is_known { known.next() } else { new.next() };
        let lists: Vec<&[Found]> = is_known.iter().filter_map(list).collect();
        let postings = Postings::new(&lists, words.len());
        *kept = KeptWords::new(keys.to_vec(), words.clone(), &lists);
        Self { words, postings }
    }

    /// Returns the words in order.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// Returns how many bytes all postings have.
    pub(super) fn length(&self) -> usize {
        self.postings.length()
    }

    /// Returns a word's postings, encoded as in the files.
    pub(super) fn postings(&self, word: usize) -> &[u8] {
        self.postings.of(word)
    }
}

/// Merges the words of all chunks, and renumbers the words of their documents accordingly.
fn merged(chunks: &mut [Chunk]) -> Words {
    let (words, places) = merge(&chunks.iter().map(|chunk| &chunk.words).collect::<Vec<_>>());
    chunks.par_iter_mut().zip(places).for_each(|(chunk, places)| {
        chunk.words = Words::default();
        chunk.renumber(&places);
    });
    words
}

/// Reads documents in parallel.
fn read(corpus: &Corpus<'_>, documents: &[usize]) -> Vec<Chunk> {
    let threads = rayon::current_num_threads().clamp(1, MOST_CHUNKS);
    let count = documents.len();
    let chunks = count.div_ceil(CHUNK).clamp(threads, MOST_CHUNKS).min(count.max(1));
    let chunk = |number: usize| &documents[count * number / chunks..count * (number + 1) / chunks];
    let next = AtomicUsize::new(0);
    // Each thread takes the next chunk until there are no more, so that there are no more scratch buffers than threads.
    let of_thread = |_| {
        let mut scratch = Scratch::default();
        let numbers = iter::repeat_with(|| next.fetch_add(1, Relaxed)).take_while(|number| *number < chunks);
        numbers.map(|number| (number, Chunk::read(corpus, chunk(number), &mut scratch))).collect::<Vec<_>>()
    };
    let mut read: Vec<(usize, Chunk)> = (0..threads).into_par_iter().flat_map_iter(of_thread).collect();
    read.sort_by_key(|(number, _)| *number);
    read.into_iter().map(|(_, chunk)| chunk).collect()
}
