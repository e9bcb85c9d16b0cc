//! Text in lines: as large as fits, in lines of like length, never cut inside a word that fits on a line.

use super::faces::{Line, NO_BREAK, Weight};

/// Space for a text, and how it may be set there.
pub(super) struct Room<'a> {
    /// The weight.
    pub weight: Weight,
    /// The width in pixels.
    pub width: f64,
    /// Sizes in pixels from the largest down, each with the most lines that a text may have in it.
    pub sizes: &'a [(f64, usize)],
}

/// A text in lines.
#[derive(Debug, PartialEq)]
pub(super) struct Headline {
    /// The size in pixels.
    pub size: f64,
    /// The lines.
    pub lines: Vec<String>,
}

/// A part of a text that is not divided, with its width in ems.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    width: f64,
    /// Whether a space precedes it, unless it begins a line.
    is_spaced: bool,
}

impl Word {
    fn new(text: &str, weight: Weight, is_spaced: bool) -> Self {
        Self { text: text.to_owned(), width: Line::new(text, weight).width, is_spaced }
    }
}

/// The characters after which a word that is too long for a line is divided.
const JOINTS: [char; 5] = ['-', '–', '—', '/', NO_BREAK];

impl Room<'_> {
    /// Sets a text in the largest size in which it fits. If it does not fit in any, the last size has it with an ellipsis.
    pub(super) fn set(&self, text: &str) -> Headline {
        let space = Line::new(" ", self.weight).width;
        let words: Vec<Word> = text.split(' ').map(|word| Word::new(word, self.weight, true)).collect();
        for (size, most) in self.sizes {
            let width = self.width / size;
            if words.iter().any(|word| word.width > width) {
                continue;
            }
            let count = lines(&words, space, width).len();
            if count <= *most {
                let lines = lines(&words, space, balanced(&words, space, width, count));
                return Headline { size: *size, lines: lines.iter().map(|line| joined(line)).collect() };
            }
        }
        let (size, most) = self.sizes.last().copied().unwrap_or((1.0, 1));
        let width = self.width / size;
        let words: Vec<Word> = words.into_iter().flat_map(|word| self.divided(word, width)).collect();
        Headline { size, lines: self.cut(&lines(&words, space, width), most, width) }
    }

    /// Divides a word that is wider than a width in ems: after each of its [`JOINTS`], and within parts that still do not
    /// fit.
    fn divided(&self, word: Word, width: f64) -> Vec<Word> {
        if word.width <= width {
            return vec![word];
        }
        let mut parts: Vec<Word> = Vec::new();
        for part in word.text.split_inclusive(JOINTS) {
            let mut rest = part;
            while !rest.is_empty() {
                let fitting = self.beginning(rest, width);
                parts.push(Word::new(fitting, self.weight, parts.is_empty() && word.is_spaced));
                rest = &rest[fitting.len()..];
            }
        }
        parts
    }

    /// Returns the longest beginning of a text that fits within a width in ems: at least a letter, and no mark without its
    /// letter.
    fn beginning<'t>(&self, text: &'t str, width: f64) -> &'t str {
        let fits = |end: usize| Line::new(&text[..end], self.weight).width <= width;
        if fits(text.len()) {
            return text;
        }
        let is_mark = |c: char| unicode_normalization::char::is_combining_mark(c);
        let ends: Vec<usize> =
            text.char_indices().filter(|(at, c)| *at > 0 && !is_mark(*c)).map(|(at, _)| at).collect();
        let count = ends.partition_point(|end| fits(*end));
        let end = ends.get(count.saturating_sub(1)).copied().unwrap_or(text.len());
        &text[..end]
    }

    /// Returns the first `most` lines. The last of them ends with an ellipsis if there are more.
    fn cut(&self, lines: &[Vec<Word>], most: usize, width: f64) -> Vec<String> {
        let mut kept: Vec<String> = lines.iter().take(most).map(|line| joined(line)).collect();
        if let Some(last) = kept.last_mut().filter(|_| lines.len() > most) {
            let with_ellipsis = |text: &str| {
                let end = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | ']' | '”' | '’'));
                format!("{end}…")
            };
            let fits = |text: &str| Line::new(text, self.weight).width <= width;
            while !fits(&with_ellipsis(last)) {
                let end = last.rfind(' ').or_else(|| last.char_indices().last().map(|(at, _)| at)).unwrap_or(0);
                last.truncate(end);
            }
            *last = with_ellipsis(last);
        }
        kept
    }
}

/// Breaks words into lines of at most a width in ems, each as full as it can be.
fn lines(words: &[Word], space: f64, width: f64) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let mut used = 0.0;
    for word in words {
        let gap = if word.is_spaced { space } else { 0.0 };
        match lines.last_mut().filter(|_| used + gap + word.width <= width) {
            Some(line) => {
                used += gap + word.width;
                line.push(word.clone());
            }
            None => {
                used = word.width;
                lines.push(vec![word.clone()]);
            }
        }
    }
    lines
}

/// Returns the smallest width in ems, found by bisection, at which the words still need no more than `count` lines: then
/// the lines are of like length.
fn balanced(words: &[Word], space: f64, width: f64, count: usize) -> f64 {
    let longest = words.iter().map(|word| word.width).fold(0.0, f64::max);
    let (mut narrow, mut wide) = (longest.max(width / 2.0).min(width), width);
    for _ in 0..8 {
        let middle = f64::midpoint(narrow, wide);
        if lines(words, space, middle).len() <= count { wide = middle } else { narrow = middle }
    }
    wide
}

fn joined(line: &[Word]) -> String {
    let mut text = String::new();
    for word in line {
        if word.is_spaced && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Headline, Room};
    use crate::cards::faces::{Line, Weight};

    const SIZES: [(f64, usize); 3] = [(80.0, 1), (60.0, 2), (40.0, 3)];

    fn set(text: &str) -> Headline {
        let headline = Room { weight: Weight::Semibold, width: 800.0, sizes: &SIZES }.set(text);
        for line in &headline.lines {
            let width = Line::new(line, Weight::Semibold).width * headline.size;
            // Kerning between two words can add a pixel or two.
            assert!(width <= 804.0, "{line}: {width}");
        }
        headline
    }

    #[test]
    fn a_text_is_as_large_as_its_room_allows() {
        assert_eq!(set("Veto"), Headline { size: 80.0, lines: vec!["Veto".to_owned()] });
        let two = set("The council refers the matter to the court");
        assert_eq!((two.size, two.lines.len()), (60.0, 2));
        assert_eq!(set(&"word ".repeat(25)).size, 40.0);
    }

    #[test]
    fn lines_are_of_like_length() {
        let lines = set("Four states agree on a plan for the whole region").lines;
        assert_eq!(lines, ["Four states agree on a", "plan for the whole region"]);
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis_after_a_whole_word() {
        let headline = set(&"agreement, ".repeat(60));
        assert_eq!((headline.size, headline.lines.len()), (40.0, 3));
        assert!(headline.lines[2].ends_with(" agreement…"), "{headline:?}");
    }

    #[test]
    fn a_word_longer_than_a_line_is_divided_and_nothing_of_it_is_lost() {
        let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        assert_eq!(set(word).lines.concat(), word);
        assert!(set(&"x".repeat(5000)).lines[2].ends_with("x…"));
        let hyphens = "state-owned-".repeat(8);
        assert!(set(&hyphens).lines[0].ends_with('-'), "it is divided after a hyphen");
    }
}
