//! Pseudo-random numbers, words and sentences, the same on every machine.

const SYLLABLES: [&str; 24] = [
    "ba", "de", "ka", "lo", "mi", "na", "po", "ra", "si", "tu", "ve", "za", "or", "an", "el", "in", "ash", "har",
    "kel", "dun", "mor", "tal", "ver", "gen",
];

/// A 64-bit linear congruential generator (Knuth's constants for MMIX). The field is the seed, then the state.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }

    pub fn words(&mut self, count: usize) -> String {
        let word = |random: &mut Self| {
            let syllables = 1 + random.below(4);
            (0..syllables).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect::<String>()
        };
        (0..count).map(|_| word(self)).collect::<Vec<_>>().join(" ")
    }

    /// Returns `count` words, the first with a capital letter.
    pub fn title(&mut self, count: usize) -> String {
        let words = self.words(count);
        let mut characters = words.chars();
        let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        first + characters.as_str()
    }

    pub fn sentence(&mut self) -> String {
        let length = 7 + self.below(12);
        self.title(length) + "."
    }

    /// Returns a day from 2011 to 2025, at most the 28th of a month, as `2011-01-31`.
    pub fn date(&mut self) -> String {
        let (year, month, day) = (2011 + self.below(15), 1 + self.below(12), 1 + self.below(28));
        format!("{year}-{month:02}-{day:02}")
    }
}
