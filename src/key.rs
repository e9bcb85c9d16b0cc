//! Keys: 128-bit hashes (XXH3) of everything that determines a result, so that an equal key means an equal result.
//!
//! They recognise what was made before; they prove nothing against somebody who wants two equal keys.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The 128-bit hash of what something is made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key([u8; 16]);

impl Key {
    /// The key of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes).to_le_bytes())
    }

    /// The key as a number.
    #[must_use]
    pub const fn number(self) -> u128 {
        u128::from_le_bytes(self.0)
    }

    /// The key that is this number.
    #[must_use]
    pub const fn from_number(number: u128) -> Self {
        Self(number.to_le_bytes())
    }
}

impl fmt::Display for Key {
    /// Writes the number as 32 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.iter().rev().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut text = [0; 32];
        text.iter_mut().zip(digits).for_each(|(at, digit)| *at = b"0123456789abcdef"[usize::from(digit)]);
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

/// Makes a key from several parts, in order. Texts and bytes are hashed with their length, so that `ab` and `c` differ from
/// `a` and `bc`. The kind of a part is not hashed: whoever makes a key always adds the same kinds in the same order.
#[derive(Default)]
pub struct Keyer(Xxh3);

/// Lets a `Hash` implementation feed a [`Keyer`].
struct Bytes<'k>(&'k mut Xxh3);

impl Hasher for Bytes<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Not used: the key itself has 128 bits.
    fn finish(&self) -> u64 {
        0
    }
}

impl Keyer {
    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.0.update(&number.to_le_bytes());
        self
    }

    /// Adds a text that may be missing, which differs from an empty one.
    pub fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.number(1).text(text),
            None => self.number(0),
        }
    }

    /// Adds a value as its `Hash` implementation defines it, which must cover everything that matters. Such a key is only
    /// good for the same build of the program: the standard library may change what it hashes, and hashes numbers in native
    /// byte order.
    pub fn value<T: Hash + ?Sized>(&mut self, value: &T) -> &mut Self {
        value.hash(&mut Bytes(&mut self.0));
        self
    }

    /// Adds another key.
    pub fn key(&mut self, key: Key) -> &mut Self {
        self.0.update(&key.0);
        self
    }

    /// Returns the key of all parts so far. More can be added.
    #[must_use]
    pub fn finish(&self) -> Key {
        Key(self.0.digest128().to_le_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Keyer};

    fn key(parts: &[&str]) -> Key {
        let mut keyer = Keyer::default();
        for part in parts {
            keyer.text(part);
        }
        keyer.finish()
    }

    #[test]
    fn parts_cannot_be_confused() {
        assert_eq!(key(&["ab", "c"]), key(&["ab", "c"]));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_ne!(key(&["ab", "c"]), key(&["abc"]));
        assert_ne!(Keyer::default().maybe(None).finish(), Keyer::default().maybe(Some("")).finish());
        assert_eq!(Key::from_number(Key::of(b"x").number()), Key::of(b"x"));
    }
}
