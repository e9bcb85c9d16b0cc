//! Words as search compares them: split at everything that is not a letter, mark or number, and folded.
//!
//! `scripts/fold.js` does the same in the page, step by step, and a test runs both over all of Unicode. If you change one,
//! change the other.
//!
//! A word is a maximal run of letters, marks and numbers (Unicode general categories L, M, N). So `al-Assad` is two words,
//! `Syria's` is `syria` and `s`. In scripts without spaces between words each letter is a word, and a run of them in a
//! query is a phrase. Invisible characters (category Cf: soft hyphens, joiners, direction marks) do not split words.
//!
//! Some words have other forms, by which they are found too, ranked below exact matches: an Arabic word without the particles
//! attached to it, and the parts of a Persian word that a zero-width non-joiner joins.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

/// The longest word, in characters; the rest is cut off.
const LONGEST: usize = 32;

/// Joins the parts of a Persian word: `می‌شود`.
const NON_JOINER: char = '\u{200c}';

/// Characters that compatibility decomposition (NFKD) and lower case do not unify although readers type one for the other:
/// letters with a stroke, ligatures that are letters, variants of Arabic and Persian letters, and marks that transliterations
/// may omit. In the order of characters.
#[rustfmt::skip]
pub const TABLE: [(char, &str); 33] = [
    ('ß', "ss"), ('æ', "ae"), ('ð', "d"), ('ø', "o"), ('þ', "th"), ('đ', "d"), ('ħ', "h"), ('ı', "i"), ('ł', "l"), ('œ', "oe"),
    ('ʹ', ""), ('ʺ', ""), ('ʻ', ""), ('ʼ', ""), ('ʽ', ""), ('ʾ', ""), ('ʿ', ""), ('ˈ', ""), ('ˌ', ""), ('ː', ""),
    ('ς', "σ"), ('ة', "ه"), ('ـ', ""), ('ى', "ي"), ('ٱ', "ا"), ('ک', "ك"), ('ڪ', "ك"), ('ھ', "ه"), ('ہ', "ه"), ('ی', "ي"),
    ('ې', "ي"), ('ە', "ه"), ('ꞌ', ""),
];

/// Whether a word is in the text, or derived from one that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The word in the text, folded.
    Whole,
    /// Another form of the last whole word.
    Part,
}

/// Calls `found` with each folded word of a text, in order.
pub(crate) fn words(text: &str, mut found: impl FnMut(&str)) {
    forms(text, |word, form| {
        if form == Form::Whole {
            found(word);
        }
    });
}

/// Calls `found` with each folded word of a text, in order, each followed by its other forms.
pub fn forms(text: &str, mut found: impl FnMut(&str, Form)) {
    append_forms(text, &mut String::new(), |folded, word, form| found(&folded[word], form));
}

/// Like [`forms`], but folds into a buffer that many texts can share: `found` is called with `out` and with the bytes of the
/// word in it. Between words, `out` has other text. What `found` appends to it remains.
pub(crate) fn append_forms(text: &str, out: &mut String, mut found: impl FnMut(&mut String, Range<usize>, Form)) {
    let lower = out.len();
    out.push_str(text);
    out[lower..].make_ascii_lowercase();
    pieces(text, |piece, is_ascii| {
        if is_ascii {
            let start = lower + piece.start;
            found(out, start..start + piece.len().min(LONGEST), Form::Whole);
        } else {
            forms_beyond_ascii(&text[piece], out, &mut found);
        }
    });
}

fn forms_beyond_ascii(piece: &str, out: &mut String, found: &mut impl FnMut(&mut String, Range<usize>, Form)) {
    let is_arabic = piece.chars().all(is_arabic);
    // Some characters fold to several words, such as the one for "peace be upon him".
    for_each_word(piece, out, |out, word| {
        found(out, word.clone(), Form::Whole);
        if is_arabic {
            let whole = out[word.clone()].to_owned();
            without_particles(&whole, |rest| found(out, word.end - rest.len()..word.end, Form::Part));
        }
    });
    if !piece.contains(NON_JOINER) {
        return;
    }
    for part in piece.split(NON_JOINER) {
        let mut folded = String::new();
        fold(part, &mut folded);
        if folded.chars().nth(1).is_some() {
            for_each_word(part, out, |out, word| found(out, word, Form::Part));
        }
    }
}

/// Appends a piece in folded form, and calls `found` with the bytes of each of its words.
fn for_each_word(piece: &str, out: &mut String, mut found: impl FnMut(&mut String, Range<usize>)) {
    let start = out.len();
    fold(piece, out);
    let folded = out[start..].to_owned();
    pieces(&folded, |word, _| {
        let length = cut(&folded[word.clone()]).len();
        found(out, start + word.start..start + word.start + length);
    });
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// Whether a character belongs to Arabic rather than Persian, Urdu or Kurdish, whose words may begin with the same letters but
/// have none of these particles.
fn is_arabic(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{65f}' | '\u{670}' | '\u{671}') || class(c) == Class::Format
}

/// Calls `found` with what is left of a folded Arabic word without و or ف (and, so), then without ب, ك or ل (in, like,
/// for), then without ال (the), if it begins with these. This is a guess: the name بشار begins with ب, but not with "in". So at
/// least three letters must be left, two after the article.
fn without_particles(word: &str, mut found: impl FnMut(&str)) {
    let without = |word: &'_ str, particles: &[char]| {
        let rest = word.strip_prefix(particles)?;
        rest.chars().nth(2).map(|_| word.len() - rest.len())
    };
    let mut rest = word;
    if let Some(at) = without(rest, &['و', 'ف']) {
        rest = &rest[at..];
        found(rest);
    }
    // "For the" is written without the alif.
    if let Some(noun) = rest.strip_prefix("لل").filter(|noun| noun.chars().nth(1).is_some()) {
        found(noun);
        return;
    }
    if let Some(at) = without(rest, &['ب', 'ك', 'ل']) {
        rest = &rest[at..];
        found(rest);
    }
    // "Allah" would become "to him".
    if let Some(noun) = rest.strip_prefix("ال").filter(|noun| noun.chars().nth(1).is_some() && *noun != "له") {
        found(noun);
    }
}

/// Appends a text in folded form. No character's form depends on the others: decomposition only reorders marks, which are
/// left out.
fn fold(text: &str, out: &mut String) {
    for c in text.chars() {
        match u32::from(c) {
            0..0x80 => out.push(c.to_ascii_lowercase()),
            short @ 0x80..0x800 => out.push_str(&SHORT[short as usize - 0x80].folded),
            _ => out.extend(folded(c)),
        }
    }
}

fn folded(c: char) -> impl Iterator<Item = char> {
    let seen = std::iter::once(c).nfkd().filter(|c| !matches!(class_by_unicode(*c), Class::Mark | Class::Format));
    seen.flat_map(char::to_lowercase).flat_map(|c| {
        let place = if c.is_ascii() { None } else { TABLE.binary_search_by_key(&c, |(from, _)| *from).ok() };
        let alone = if place.is_some() { None } else { Some(digit(c)) };
        place.map_or("", |place| TABLE[place].1).chars().chain(alone)
    })
}

/// The class and the folded form of a character of two bytes in UTF-8.
struct Short {
    class: Class,
    folded: Box<str>,
}

/// The characters of two bytes, U+0080 to U+07FF: Latin, Greek, Cyrillic, Hebrew, Arabic. Without it, most of the time for a
/// text in these scripts goes into look-ups in Unicode's tables.
static SHORT: LazyLock<Vec<Short>> = LazyLock::new(|| {
    let of = |c: char| Short { class: class_by_unicode(c), folded: folded(c).collect() };
    ('\u{80}'..'\u{800}').map(of).collect()
});

fn is_digit(c: char) -> bool {
    c.general_category() == GeneralCategory::DecimalNumber
}

/// Returns a decimal digit of any script as an ASCII digit, and other characters unchanged. In Unicode the ten digits of a
/// script are contiguous.
fn digit(c: char) -> char {
    if c.is_ascii() || !is_digit(c) {
        return c;
    }
    let before = (1..10).take_while(|step| char::from_u32(u32::from(c) - step).is_some_and(is_digit)).count();
    u32::try_from(before).ok().and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or number of a script with spaces.
    Joined,
    /// A letter or number of a script without spaces between words.
    Alone,
    Mark,
    /// Invisible: it does not split words.
    Format,
    Other,
}

/// The ASCII letters and digits.
const JOINED: [bool; 128] = {
    let mut joined = [false; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        joined[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    joined
};

fn class(c: char) -> Class {
    match u32::from(c) {
        0..0x80 if c.is_ascii_alphanumeric() => Class::Joined,
        0..0x80 => Class::Other,
        short @ 0x80..0x800 => SHORT[short as usize - 0x80].class,
        // Dashes and quotation marks.
        0x2010..0x2028 => Class::Other,
        _ => class_by_unicode(c),
    }
}

fn class_by_unicode(c: char) -> Class {
    match c.general_category_group() {
        GeneralCategoryGroup::Mark => Class::Mark,
        _ if c.general_category() == GeneralCategory::Format => Class::Format,
        _ if is_digit(c) => Class::Joined,
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number => match c.script() {
            Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar => Class::Alone,
            _ => Class::Joined,
        },
        _ => Class::Other,
    }
}

/// Calls `found` with the bytes of each run of joined letters, and of each letter that is a word alone, with the marks that
/// follow it, and with whether all are ASCII.
fn pieces(text: &str, mut found: impl FnMut(Range<usize>, bool)) {
    let bytes = text.as_bytes();
    let is_joined = |byte: &u8| JOINED.get(usize::from(*byte)).copied().unwrap_or(false);
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        let start = at;
        if is_joined(first) {
            at += bytes[at..].iter().take_while(|byte| is_joined(byte)).count();
            let end =
                if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) { end_of_piece(text, at, false) } else { at };
            found(start..end, end == at);
            at = end;
        } else if first.is_ascii() {
            at += 1;
        } else if let Some(c) = text[at..].chars().next() {
            at += c.len_utf8();
            let class = class(c);
            if !matches!(class, Class::Other | Class::Format) {
                at = end_of_piece(text, at, class == Class::Alone);
                found(start..at, false);
            }
        }
    }
}

/// Returns the end of the piece that begins before the byte `from`. `alone` says whether its letter is a word alone.
fn end_of_piece(text: &str, from: usize, alone: bool) -> usize {
    let goes_on = |c: char| match class(c) {
        Class::Mark | Class::Format => true,
        Class::Joined => !alone,
        Class::Alone | Class::Other => false,
    };
    from + text[from..].chars().take_while(|c| goes_on(*c)).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::{Class, Form, TABLE, class, class_by_unicode, fold, forms, words};
    use unicode_normalization::UnicodeNormalization;

    fn all(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text, |word| all.push(word.to_owned()));
        all
    }

    #[test]
    fn words_are_cut_and_folded() {
        for (text, expected) in [
            ("Bashar al-Assad, Syria's", "bashar al assad syria s"),
            ("İstanbul Erdoğan ISTANBUL ısı", "istanbul erdogan istanbul isi"),
            ("Straße Ærø Łódź Þórr cœur Å Ǻ", "strasse aero lodz thorr coeur a a"),
            ("أحمد احمد آسيا ٱلله", "احمد احمد اسيا الله"),
            ("مكتبة مكتبه موسى کتاب كتاب سـلام", "مكتبه مكتبه موسي كتاب كتاب سلام"),
            ("ﷺ", "صلي الله عليه وسلم"),
            ("٢٠١١ ۲۰۱۱ ２０１１", "2011 2011 2011"),
            ("ʿAlī Darʿā Dar‘a", "ali dara dar a"),
            ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευσ οδυσσευσ"),
            ("联合国 ไทย コーヒー", "联 合 国 ไ ท ย コ ー ヒ ー"),
            ("x² ½ ﬁn ŉ \u{212a}", "x2 1 2 fin n k"),
            ("\u{301} 👍 … —", ""),
            ("२०१७ ๒๐๑๗ ２０１７ ꘠꘡", "2017 2017 2017 01"),
            ("Sicher\u{ad}heits\u{200b}rat \u{200f}سلام\u{200e}", "sicherheitsrat سلام"),
            ("می\u{200c}شود", "ميشود"),
        ] {
            assert_eq!(all(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn words_have_further_forms() {
        let further = |text: &str| {
            let mut further = Vec::new();
            forms(text, |word, form| further.extend((form == Form::Part).then(|| word.to_owned())));
            further.join(" ")
        };
        for (text, expected) in [
            ("والأسد", "الاسد اسد"),
            ("بدمشق لروسيا فتركيا", "دمشق روسيا تركيا"),
            ("للأمم وللأمم بالأمم", "امم للامم امم الامم امم"),
            ("الحل", "حل"),
            // Too little would be left.
            ("الله ولد كان قد لكن الى", ""),
            // Persian: "for" is not "to the opinion".
            ("برای", ""),
            ("می\u{200c}شود کتاب\u{200c}ها", "مي شود كتاب ها"),
            ("Syria's", ""),
        ] {
            assert_eq!(further(text), expected, "{text}");
        }
    }

    #[test]
    fn short_cuts_class_and_fold_as_unicode_does() {
        for c in '\0'..=char::MAX {
            assert!(class(c) == class_by_unicode(c), "{c:?}");
        }
        let (before, after) = ("a\u{301}", "\u{323}ي");
        for c in '\0'..=char::MAX {
            let text = format!("{before}{c}{after}");
            let mut alone = String::new();
            fold(&text, &mut alone);
            let seen = text.nfkd().filter(|c| !matches!(class_by_unicode(*c), Class::Mark | Class::Format));
            let together: String = seen.collect();
            let mut folded = String::new();
            fold(&together, &mut folded);
            assert_eq!(alone, folded, "{c:?}");
        }
    }

    #[test]
    fn no_word_is_longer_than_the_longest() {
        for letter in ["a", "é", "ß"] {
            let found = all(&letter.repeat(1000));
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].chars().count(), super::LONGEST, "{letter}");
        }
    }

    #[test]
    fn the_table_of_the_page_is_the_same() {
        let script = include_str!("../scripts/fold.js");
        let (_, rest) = script.split_once("const TABLE = ").expect("the script has the table");
        let (table, _) = rest.split_once(';').expect("the table ends");
        let table: std::collections::BTreeMap<String, String> = serde_json::from_str(table).expect("it is JSON");
        assert!(TABLE.is_sorted_by_key(|(from, _)| *from));
        let ours = TABLE.iter().map(|(from, to)| (from.to_string(), (*to).to_owned()));
        assert_eq!(table, ours.collect());
    }
}
