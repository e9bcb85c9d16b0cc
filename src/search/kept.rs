//! The words of documents, kept from one index to the next, so that only changed documents are read again.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::chunk::{Chunk, Found, WEIGHT, number_of};
use super::dictionary::Words;
use crate::key::Key;

/// The words of all documents of an index, by the documents' keys.
///
/// They do not depend on earlier indices: an index made from nothing keeps the same words for the same documents.
#[derive(Default)]
pub struct KeptWords {
    keys: Vec<Key>,
    chunk: Chunk,
}

/// The first eight bytes of kept words. It must change with their format and with what they mean.
const FORMAT: u64 = u64::from_le_bytes(*b"annals01");

impl KeptWords {
    pub(super) fn new(keys: Vec<Key>, words: Words, documents: &[&[Found]]) -> Self {
        let mut chunk = Chunk { words, ..Chunk::default() };
        // Exactly as much room as they need, because this is when an index takes the most memory.
        chunk.found.reserve_exact(documents.iter().map(|found| found.len()).sum());
        chunk.ends.reserve_exact(documents.len());
        documents.iter().for_each(|found| chunk.push(found));
        Self { keys, chunk }
    }

    /// Returns the known ones among the documents with these keys, in the same order and with only their words, and for
    /// each key whether it is known.
    pub(super) fn known(&self, keys: &[Key]) -> (Chunk, Vec<bool>) {
        let places: FxHashMap<Key, usize> = self.keys.iter().enumerate().map(|(place, key)| (*key, place)).collect();
        let places: Vec<Option<usize>> = keys.iter().map(|key| places.get(key).copied()).collect();
        let mut chunk = Chunk::default();
        places.iter().flatten().for_each(|place| chunk.push(self.chunk.document(*place)));
        let mut is_used = vec![false; self.chunk.words.len()];
        chunk.found.iter().for_each(|found| is_used[(found >> WEIGHT) as usize] = true);
        let mut numbers = vec![0; is_used.len()];
        for (number, _) in is_used.iter().enumerate().filter(|(_, is_used)| **is_used) {
            numbers[number] = number_of(chunk.words.len());
            chunk.words.push(self.chunk.words.word(number));
        }
        chunk.renumber(&numbers);
        (chunk, places.iter().map(Option::is_some).collect())
    }

    /// Writes the words as bytes, for a file.
    ///
    /// These are little-endian numbers of 64 bits: [`FORMAT`], and how many documents, words of documents and words there
    /// are; then the documents' keys (128 bits), where each document ends (64 bits), the words of documents and the length
    /// of each word (32 bits), the words themselves, and the XXH3 hash of all before it (64 bits).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let Chunk { words, found, ends } = &self.chunk;
        let numbers = 8 * (4 + ends.len() + 1) + 4 * (found.len() + words.len());
        let mut bytes = Vec::with_capacity(numbers + size_of::<Key>() * self.keys.len() + words.length());
        for length in [FORMAT, self.keys.len() as u64, found.len() as u64, words.len() as u64] {
            bytes.extend_from_slice(&length.to_le_bytes());
        }
        self.keys.iter().for_each(|key| bytes.extend_from_slice(&key.number().to_le_bytes()));
        ends.iter().for_each(|end| bytes.extend_from_slice(&(*end as u64).to_le_bytes()));
        found.iter().for_each(|found| bytes.extend_from_slice(&found.to_le_bytes()));
        (0..words.len()).for_each(|word| bytes.extend_from_slice(&number_of(words.length_of(word)).to_le_bytes()));
        (0..words.len()).for_each(|word| bytes.extend_from_slice(words.word(word).as_bytes()));
        let check = xxh3_64(&bytes);
        bytes.extend_from_slice(&check.to_le_bytes());
        bytes
    }

    /// Reads the words of a file; `None` if it is damaged or of another format.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (bytes, check) = bytes.split_last_chunk()?;
        if xxh3_64(bytes) != u64::from_le_bytes(*check) {
            return None;
        }
        let mut rest = bytes;
        let [format, documents, found, words] = [(); 4].map(|()| one(&mut rest).map(u64::from_le_bytes));
        if format? != FORMAT {
            return None;
        }
        let keys: Vec<Key> =
            list(&mut rest, documents?)?.map(|bytes| Key::from_number(u128::from_le_bytes(bytes))).collect();
        let ends = list(&mut rest, documents?)?.map(|end| usize::try_from(u64::from_le_bytes(end)));
        let ends = ends.collect::<Result<Vec<_>, _>>().ok()?;
        let found: Vec<Found> = list(&mut rest, found?)?.map(Found::from_le_bytes).collect();
        let lengths: Vec<u32> = list(&mut rest, words?)?.map(u32::from_le_bytes).collect();
        let mut text = std::str::from_utf8(rest).ok()?;
        let mut words = Words::default();
        for length in lengths {
            let (word, after) = text.split_at_checked(length as usize)?;
            words.push(word);
            text = after;
        }
        let fits = ends.is_sorted()
            && ends.last().copied().unwrap_or(0) == found.len()
            && found.iter().all(|found| ((found >> WEIGHT) as usize) < words.len());
        fits.then_some(Self { keys, chunk: Chunk { words, found, ends } })
    }
}

fn one<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*first)
}

/// Reads `length` values of `N` bytes.
fn list<'a, const N: usize>(rest: &mut &'a [u8], length: u64) -> Option<impl Iterator<Item = [u8; N]> + 'a> {
    let (values, after) = rest.split_at_checked(usize::try_from(length).ok()?.checked_mul(N)?)?;
    *rest = after;
    Some(values.as_chunks().0.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::{Chunk, KeptWords, WEIGHT, Words};
    use crate::key::Key;

    /// Three documents with the keys 1, 2 and 3.
    fn kept() -> KeptWords {
        let mut words = Words::default();
        ["a", "b", "é"].iter().for_each(|word| words.push(word));
        let lists: [&[u32]; 3] = [&[0 << WEIGHT | 5, 2 << WEIGHT], &[1 << WEIGHT | 15], &[]];
        KeptWords::new([1, 2, 3].map(Key::from_number).to_vec(), words, &lists)
    }

    fn words_of(chunk: &Chunk) -> Vec<Vec<(&str, u32)>> {
        let word = |found: &u32| (chunk.words.word((found >> WEIGHT) as usize), found & 15);
        chunk.documents().map(|found| found.iter().map(word).collect()).collect()
    }

    #[test]
    fn documents_are_found_again_in_any_order_with_only_their_words() {
        let kept = kept();
        let (chunk, is_known) = kept.known(&[3, 9, 1].map(Key::from_number));
        assert_eq!(is_known, [true, false, true]);
        assert_eq!(words_of(&chunk), [vec![], vec![("a", 5), ("é", 0)]]);
        assert_eq!(chunk.words.len(), 2, "the words of other documents are dropped");
    }

    #[test]
    fn kept_words_are_read_again_unless_they_are_damaged() {
        let bytes = kept().to_bytes();
        assert_eq!(bytes.len(), bytes.capacity(), "the room for them was not measured right");
        let read = KeptWords::from_bytes(&bytes).expect("they are whole");
        assert_eq!(read.keys, [1, 2, 3].map(Key::from_number));
        assert_eq!(words_of(&read.chunk), words_of(&kept().chunk));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(KeptWords::from_bytes(&damaged).is_none(), "byte {at}");
            assert!(KeptWords::from_bytes(&bytes[..at]).is_none(), "only {at} bytes");
        }
    }
}
