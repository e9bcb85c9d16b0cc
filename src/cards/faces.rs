//! The faces of cards, and texts as outlines of their letters.
//!
//! `xtask/typeface.py` makes the faces from Source Serif 4: Latin, Vietnamese, Cyrillic and Greek in two weights. They are
//! embedded in the program and not published. No face of the system is ever used, so cards are the same on every machine.

use std::fmt::Write as _;
use std::sync::LazyLock;

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Face, UnicodeBuffer};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

static REGULAR: LazyLock<Face<'static>> = LazyLock::new(|| face(include_bytes!("faces/annals-serif-regular.ttf")));
static SEMIBOLD: LazyLock<Face<'static>> = LazyLock::new(|| face(include_bytes!("faces/annals-serif-semibold.ttf")));

fn face(bytes: &'static [u8]) -> Face<'static> {
    Face::from_slice(bytes, 0).expect("the embedded face is whole")
}

/// The weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

impl Weight {
    fn face(self) -> &'static Face<'static> {
        match self {
            Self::Regular => &REGULAR,
            Self::Semibold => &SEMIBOLD,
        }
    }
}

/// Returns a text as cards can write it: in NFC, on one line, without characters that cannot be seen and without
/// pictographs, which no text face has. `None` if nothing is left, or if the faces lack a letter or sign: half a text might
/// say something else.
#[must_use]
pub(crate) fn written(text: &str) -> Option<String> {
    let mut written = String::with_capacity(text.len());
    for letter in text.nfc() {
        if letter.is_whitespace() && letter != NO_BREAK {
            if !written.is_empty() && !written.ends_with(' ') {
                written.push(' ');
            }
        } else if !is_left_off(letter) {
            // Both weights have the same letters.
            Weight::Regular.face().glyph_index(letter)?;
            written.push(letter);
        }
    }
    written.truncate(written.trim_end().len());
    (!written.trim().is_empty()).then_some(written)
}

/// A space at which no line may break.
pub(super) const NO_BREAK: char = '\u{a0}';

/// Returns whether a character can be left off without changing what a text says.
fn is_left_off(letter: char) -> bool {
    let is_selector = matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    let is_plain = letter.is_ascii() || Weight::Regular.face().glyph_index(letter).is_some();
    match letter.general_category() {
        GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::Unassigned => true,
        GeneralCategory::OtherSymbol | GeneralCategory::ModifierSymbol => !is_plain,
        _ => is_selector,
    }
}

/// A text as glyphs: ligatures and kerning included.
pub(super) struct Line {
    weight: Weight,
    glyphs: Vec<Glyph>,
    /// The width in ems.
    pub width: f64,
}

struct Glyph {
    id: GlyphId,
    /// The position from the beginning of the line, in units of the face.
    x: i32,
    y: i32,
}

impl Line {
    /// Shapes a text into glyphs.
    #[must_use]
    pub(super) fn new(text: &str, weight: Weight) -> Self {
        let face = weight.face();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let mut x = 0;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| {
            let id = GlyphId(u16::try_from(info.glyph_id).unwrap_or_default());
            let glyph = Glyph { id, x: x + position.x_offset, y: position.y_offset };
            x += position.x_advance;
            glyph
        });
        let glyphs = glyphs.collect();
        Self { weight, glyphs, width: f64::from(x) / f64::from(face.units_per_em()) }
    }

    /// Returns the outlines as an SVG path of a class. (`x`, `y`) is where the first letter begins on the baseline; `size`
    /// is in pixels per em.
    #[must_use]
    pub(super) fn path(&self, class: &str, (x, y): (f64, f64), size: f64) -> String {
        let face = self.weight.face();
        let scale = size / f64::from(face.units_per_em());
        let mut pen = Pen { out: String::with_capacity(self.glyphs.len() * 200), x: 0, y: 0 };
        let _ = write!(
            pen.out,
            "<path class=\"{class}\" transform=\"translate({x:.2} {y:.2}) scale({scale:.5} -{scale:.5})\" d=\""
        );
        for glyph in &self.glyphs {
            (pen.x, pen.y) = (glyph.x, glyph.y);
            face.outline_glyph(glyph.id, &mut pen);
        }
        pen.out.push_str("\"/>");
        pen.out
    }
}

/// Writes outlines as SVG path data, in whole units of the face.
struct Pen {
    out: String,
    x: i32,
    y: i32,
}

impl Pen {
    fn write(&mut self, command: char, points: &[(f32, f32)]) {
        self.out.push(command);
        for (x, y) in points {
            #[expect(clippy::cast_possible_truncation, reason = "coordinates of a face are small")]
            let (x, y) = (x.round() as i32 + self.x, y.round() as i32 + self.y);
            // Writing to memory cannot fail.
            let _ = write!(self.out, "{x} {y} ");
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.write('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.write('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.out.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Weight, written};

    #[test]
    fn a_text_is_written_whole_or_not_at_all() {
        let cases = [
            ("Erdoğan in  Sochi\n", Some("Erdoğan in Sochi")),
            ("Лавров в Женеве", Some("Лавров в Женеве")),
            ("Hà Nội, Αθήνα", Some("Hà Nội, Αθήνα")),
            ("e\u{301}", Some("é")),
            ("A <b>\"bold\"</b> & 'plain' text", Some("A <b>\"bold\"</b> & 'plain' text")),
            ("Doves \u{1F54A}\u{FE0F} over Aleppo", Some("Doves over Aleppo")),
            ("\u{202E}Sochi\u{200F}", Some("Sochi")),
            ("A\u{a0}B", Some("A\u{a0}B")),
            ("دمشق", None),
            ("Damascus (دمشق)", None),
            ("חלב", None),
            ("北京 2017", None),
            ("\u{1D49C}", None),
            ("\u{1F54A}", None),
            (" \t ", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(written(text).as_deref(), wanted, "{text:?}");
        }
    }

    #[test]
    fn letters_have_their_own_widths_and_are_kerned() {
        let width = |text| Line::new(text, Weight::Regular).width;
        assert!(width("iii") < width("mmm") / 2.0);
        assert!(width("AV") < width("A") + width("V"), "kerning");
        assert!(width("") == 0.0);
    }

    #[test]
    fn outlines_have_no_text_in_them() {
        let path = Line::new("<A&\">", Weight::Semibold).path("ink", (72.0, 100.0), 60.0);
        assert!(
            path.starts_with("<path class=\"ink\" transform=\"translate(72.00 100.00) scale(0.06000 -0.06000)\" d=\"M")
        );
        assert!(path.bytes().filter(|byte| *byte == b'<').count() == 1 && !path.contains('&'), "{path}");
    }
}
