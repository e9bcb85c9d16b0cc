//! Words by number, and their order: that of UTF-16 code units, as scripts compare texts.

use std::cmp::Ordering;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxHasher;

/// Words in one buffer, each with a number from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    text: String,
    /// Where in the text each word ends.
    ends: Vec<u32>,
}

impl Words {
    /// Creates an empty list with room for this many words and this many bytes in all.
    pub(super) fn with_room(words: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::with_capacity(words) }
    }

    pub(super) fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).expect("the words are shorter than 4 GiB"));
    }

    pub(super) fn append(&mut self, others: &Self) {
        let start = u32::try_from(self.text.len()).expect("the words are shorter than 4 GiB");
        self.text.push_str(&others.text);
        u32::try_from(self.text.len()).expect("the words are shorter than 4 GiB");
        self.ends.extend(others.ends.iter().map(|end| start + end));
    }

    /// Returns how many words there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Returns how many bytes all words have.
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    /// Returns the word with a number, from 0.
    pub(super) fn word(&self, number: usize) -> &str {
        &self.text[self.bytes(number)]
    }

    /// Returns the place of the first word that does not sort before `border`. The words must be in order.
    pub(super) fn place(&self, border: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if compare(self.word(middle), border).is_lt() { from = middle + 1 } else { to = middle }
        }
        from
    }

    /// Returns how many bytes a word has.
    pub(super) fn length_of(&self, number: usize) -> usize {
        self.bytes(number).len()
    }

    fn bytes(&self, number: usize) -> Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[number] as usize
    }
}

/// The first sixteen bytes of a word as two big-endian numbers, padded with zeros. They identify a word that is shorter,
/// because no word contains a zero byte.
pub(super) type Letters = [u64; 2];
const LETTERS: usize = 16;

/// Words by number, each once.
#[derive(Default)]
pub(super) struct Dictionary {
    words: Words,
    known: Vec<Known>,
    /// A hash table with open addressing: the upper half of a word's hash, and the word's number. Its length is a power of two.
    slots: Vec<[u32; 2]>,
    /// Used by [`Self::find`].
    searches: Vec<Search>,
    /// Used by [`Self::take`].
    order: Vec<(Letters, u32)>,
}

/// A known word. Most words are shorter than [`LETTERS`] bytes and recognised by this alone.
pub(super) struct Known {
    letters: Letters,
    /// The word's number.
    pub number: u32,
    /// A number that callers of [`Dictionary::find`] may keep with the word; 0 at first.
    pub mark: u32,
}

/// A search for a word.
#[derive(Default)]
struct Search {
    bytes: Range<usize>,
    letters: Letters,
    hash: u64,
    /// The contents of the slot where it begins.
    slot: [u32; 2],
    /// Whether the word in that slot has the same first letters.
    is_known: bool,
}

const EMPTY: [u32; 2] = [u32::MAX; 2];

impl Dictionary {
    /// Calls `found` for each word of a text, in order; `words` are their bytes. New words are added.
    ///
    /// Each look-up would wait for memory twice, and the processor cannot look ahead past what it waits for. So each step is done
    /// for all words before the next one, and the waits overlap.
    pub(super) fn find(
        &mut self,
        text: &str,
        words: impl Iterator<Item = Range<usize>>,
        mut found: impl FnMut(&mut Known),
    ) {
        let mut searches = std::mem::take(&mut self.searches);
        searches.clear();
        searches.extend(words.map(|bytes| Search {
            letters: letters(&text[bytes.clone()]),
            bytes,
            ..Search::default()
        }));
        self.reserve(searches.len());
        for search in &mut searches {
            search.hash = hash(&text[search.bytes.clone()], search.letters);
        }
        for search in &mut searches {
            search.slot = self.slots[self.place(search.hash)];
        }
        for search in &mut searches {
            search.is_known =
                self.known.get(search.slot[1] as usize).is_some_and(|known| known.letters == search.letters);
        }
        for search in &searches {
            let number = match search.is_known && search.bytes.len() < LETTERS {
                true => search.slot[1],
                false => self.number(&text[search.bytes.clone()], search),
            };
            found(&mut self.known[number as usize]);
        }
        self.searches = searches;
    }

    fn number(&mut self, word: &str, search: &Search) -> u32 {
        let (mut place, tag) = (self.place(search.hash), tag(search.hash));
        loop {
            let [other, number] = self.slots[place];
            if [other, number] == EMPTY {
                break;
            }
            let is_it = other == tag
                && self.known[number as usize].letters == search.letters
                && (word.len() < LETTERS || self.words.word(number as usize) == word);
            if is_it {
                return number;
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
        let number = u32::try_from(self.known.len()).expect("there are fewer than 2^32 words");
        self.slots[place] = [tag, number];
        self.words.push(word);
        self.known.push(Known { letters: search.letters, number, mark: 0 });
        number
    }

    /// Returns the slot where the search for a word with this hash begins.
    #[allow(clippy::cast_possible_truncation, reason = "a part of a hash is a hash")]
    fn place(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    /// Makes room for `further` more words. At most two of three slots are in use.
    fn reserve(&mut self, further: usize) {
        let least = (self.known.len() + further) * 3 / 2;
        if self.slots.len() > least {
            return;
        }
        self.slots = vec![EMPTY; least.next_power_of_two().max(1 << 16)];
        for Known { letters, number, .. } in &self.known {
            let hash = hash(self.words.word(*number as usize), *letters);
            let mut place = self.place(hash);
            while self.slots[place] != EMPTY {
                place = (place + 1) & (self.slots.len() - 1);
            }
            self.slots[place] = [tag(hash), *number];
        }
    }

    /// Returns the words in order, and for each number the place of its word. The dictionary is empty afterwards, but keeps
    /// its memory.
    pub(super) fn take(&mut self) -> (Words, Vec<u32>) {
        let order = &mut self.order;
        order.clear();
        order.extend(self.known.iter().map(|known| (known.letters.map(ranks), known.number)));
        order.sort_unstable_by_key(|(letters, _)| *letters);
        let word = |number: u32| self.words.word(number as usize);
        for same in order.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            same.sort_unstable_by(|a, b| compare(word(a.1), word(b.1)));
        }
        let mut words = Words::with_room(self.words.len(), self.words.length());
        let mut places = vec![0; order.len()];
        for (place, (_, number)) in (0..).zip(&*order) {
            words.push(word(*number));
            places[*number as usize] = place;
        }
        self.words.clear();
        self.known.clear();
        self.slots.fill(EMPTY);
        (words, places)
    }
}

fn hash(word: &str, [first, second]: Letters) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(first);
    hasher.write_u64(second);
    let rest = word.as_bytes().get(LETTERS..).unwrap_or_default();
    rest.chunks(8).for_each(|bytes| hasher.write_u64(eight(bytes)));
    hasher.finish()
}

/// Returns the upper half of a hash.
#[allow(clippy::cast_possible_truncation, reason = "it is shifted")]
const fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

fn letters(word: &str) -> Letters {
    let (first, rest) = word.as_bytes().split_at(word.len().min(8));
    [eight(first), eight(rest)]
}

/// Returns the first eight bytes as a big-endian number, with zeros for those that are missing.
fn eight(bytes: &[u8]) -> u64 {
    if let Some(first) = bytes.first_chunk() {
        return u64::from_be_bytes(*first);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        // Together they have all bytes, some of them twice.
        let place = 8 * (8 - bytes.len());
        return u64::from(u32::from_be_bytes(*first)) << 32 | u64::from(u32::from_be_bytes(*last)) << place;
    }
    bytes.iter().rev().fold(0, |number, byte| number >> 8 | u64::from(*byte) << 56)
}

/// Converts eight bytes of a word so that numbers sort as the words do.
fn ranks(letters: u64) -> u64 {
    const BEYOND_ASCII: u64 = 0x8080_8080_8080_8080;
    if letters & BEYOND_ASCII == 0 {
        return letters;
    }
    u64::from_be_bytes(letters.to_be_bytes().map(utf16_rank))
}

/// Maps a UTF-8 byte so that comparing bytes compares UTF-16 code units. The two orders differ only in that UTF-16 sorts
/// characters beyond the Basic Multilingual Plane (leading bytes from F0) before U+E000 to U+FFFF (EE and EF).
const fn utf16_rank(byte: u8) -> u8 {
    match byte {
        0xee | 0xef => byte + 8,
        _ => byte,
    }
}

/// Compares two words by their UTF-16 code units.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let different = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    different.map_or_else(|| a.len().cmp(&b.len()), |(a, b)| utf16_rank(a).cmp(&utf16_rank(b)))
}

/// Returns a word's first letters as numbers that sort as the words do.
pub(super) fn first_letters(word: &str) -> Letters {
    letters(word).map(ranks)
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, compare, first_letters};

    const WORDS: [&str; 18] = [
        "b",
        "ba",
        "a",
        "ﬀ",
        "\u{e000}",
        "\u{10000}",
        "\u{d7ff}",
        "é",
        "aaaaaaaaab",
        "aaaaaaaaaa",
        "aaaaaaaa",
        "aaaaaaa",
        "abc",
        "abcde",
        "aaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaab",
        "aaaaaaaaaaaaaaaaaa",
    ];

    fn find(dictionary: &mut Dictionary, word: &str) -> u32 {
        let mut found = 0;
        dictionary.find(word, std::iter::once(0..word.len()), |known| found = known.number);
        found
    }

    #[test]
    fn words_sort_as_scripts_sort_them() {
        let mut words = WORDS;
        words.sort_by(|a, b| compare(a, b));
        let mut expected = words;
        expected.sort_by_key(|word| word.encode_utf16().collect::<Vec<_>>());
        assert_eq!(words, expected);
        assert!(words.is_sorted_by_key(|word| first_letters(word)));
        let mut dictionary = Dictionary::default();
        WORDS.iter().for_each(|word| _ = find(&mut dictionary, word));
        let (words, places) = dictionary.take();
        let sorted: Vec<&str> = (0..words.len()).map(|place| words.word(place)).collect();
        assert_eq!(sorted, expected);
        assert!(WORDS.iter().zip(places).all(|(word, place)| words.word(place as usize) == *word));
    }

    #[test]
    fn a_word_keeps_its_number() {
        let mut dictionary = Dictionary::default();
        for _ in 0..2 {
            for number in 0..10_000 {
                // Words of all lengths, many with the same first letters.
                let word = format!("{}{number}", "abcdefghijklmnopqrstuvwxyz".get(..number % 27).unwrap_or_default());
                assert_eq!(find(&mut dictionary, &word) as usize, number, "{word}");
            }
        }
        assert_eq!(dictionary.take().0.len(), 10_000);
        assert_eq!(find(&mut dictionary, "a"), 0, "the dictionary is empty again");
    }
}
