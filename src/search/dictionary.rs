//! Words by number, and their order: that of UTF-16 code units, as scripts compare texts.

use std::cmp::Ordering;
use std::hash::Hasher;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;

/// Words by number, each once.
#[derive(Default)]
pub(super) struct Dictionary {
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

impl Dictionary {
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.known.clear();
    }

    pub fn number(&mut self, word: &str, hash: u32) -> u32 {
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

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes all words have.
    pub fn length(&self) -> usize {
        self.text.len()
    }

    pub fn word(&self, number: u32) -> &str {
        word(&self.text, &self.ends, number as usize)
    }
}

/// The word with a number, in a text of words with these ends.
pub(super) fn word<'a>(text: &'a str, ends: &[u32], number: usize) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start as usize..ends[number] as usize]
}

#[allow(clippy::cast_possible_truncation, reason = "a part of a hash is a hash")]
pub(super) fn hash(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() as u32
}

/// Spreads a hash over 64 bits, because the table uses the lowest and the highest ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

/// Maps a UTF-8 byte so that comparing bytes compares UTF-16 code units. The two orders differ only in that UTF-16 sorts
/// characters beyond the Basic Multilingual Plane (leading bytes from F0) before U+E000 to U+FFFF (EE and EF).
const fn utf16_rank(byte: u8) -> u8 {
    match byte {
        0xee | 0xef => byte + 8,
        _ => byte,
    }
}

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let different = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    different.map_or_else(|| a.len().cmp(&b.len()), |(a, b)| utf16_rank(a).cmp(&utf16_rank(b)))
}

/// The first eight bytes as a number that sorts the same.
pub(super) fn first_letters(word: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(word.bytes()).for_each(|(place, byte)| *place = utf16_rank(byte));
    u64::from_be_bytes(first)
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
