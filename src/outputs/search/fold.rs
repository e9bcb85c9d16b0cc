//! Words as search knows them: cut at what is neither letter, mark nor number, and folded.
//!
//! `static/assets/fold.js` does the same in the page, step by step, and a test runs both over all of Unicode. Change one,
//! change the other.
//!
//! A word is a longest run of letters, marks and numbers (Unicode general categories L, M, N). So `al-Assad` is two words,
//! `Syria's` is `syria` and `s`. In scripts that put no space between words each letter is a word, and a run of them in
//! a query is a phrase.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

/// No word is longer, in characters: what follows is cut off.
const LONGEST: usize = 32;

/// What compatibility decomposition (NFKD) and lower case leave apart although readers type one for the other: letters
/// with a stroke, ligatures that are letters, the forms of Arabic and Persian letters, digits, and marks for sounds
/// that transliterations set or leave out. In the order of characters.
#[rustfmt::skip]
pub const TABLE: [(char, &str); 53] = [
    ('ß', "ss"), ('æ', "ae"), ('ð', "d"), ('ø', "o"), ('þ', "th"), ('đ', "d"), ('ħ', "h"), ('ı', "i"), ('ł', "l"), ('œ', "oe"),
    ('ʹ', ""), ('ʺ', ""), ('ʻ', ""), ('ʼ', ""), ('ʽ', ""), ('ʾ', ""), ('ʿ', ""), ('ˈ', ""), ('ˌ', ""), ('ː', ""),
    ('ς', "σ"), ('ة', "ه"), ('ـ', ""), ('ى', "ي"), ('٠', "0"), ('١', "1"), ('٢', "2"), ('٣', "3"), ('٤', "4"), ('٥', "5"),
    ('٦', "6"), ('٧', "7"), ('٨', "8"), ('٩', "9"), ('ٱ', "ا"), ('ک', "ك"), ('ڪ', "ك"), ('ھ', "ه"), ('ہ', "ه"), ('ی', "ي"),
    ('ې', "ي"), ('ە', "ه"), ('۰', "0"), ('۱', "1"), ('۲', "2"), ('۳', "3"), ('۴', "4"), ('۵', "5"), ('۶', "6"), ('۷', "7"),
    ('۸', "8"), ('۹', "9"), ('ꞌ', ""),
];

/// Calls `found` with each folded word of a text, in order.
pub fn words(text: &str, mut found: impl FnMut(&str)) {
    let mut buffer = String::new();
    pieces(text, |piece| {
        buffer.clear();
        if piece.is_ascii() {
            buffer.push_str(piece);
            buffer.make_ascii_lowercase();
            buffer.truncate(LONGEST);
            found(&buffer);
            return;
        }
        buffer.extend(folded(piece));
        // Some signs fold to several words, as the one for "peace be upon him" does.
        pieces(&buffer, |word| found(word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])));
    });
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    let lower = text.nfkd().filter(|c| class(*c) != Class::Mark).flat_map(char::to_lowercase);
    lower.flat_map(|c| {
        let place = if c.is_ascii() { None } else { TABLE.binary_search_by_key(&c, |(from, _)| *from).ok() };
        let alone = if place.is_some() { None } else { Some(c) };
        place.map_or("", |place| TABLE[place].1).chars().chain(alone)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or number of a script with spaces.
    Joined,
    /// A letter or number of a script without spaces between words.
    Alone,
    Mark,
    Other,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Joined } else { Class::Other };
    }
    match c.general_category_group() {
        GeneralCategoryGroup::Mark => Class::Mark,
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

/// Calls `found` with each run of joined letters and each letter that stands alone, with the marks that follow.
fn pieces(text: &str, mut found: impl FnMut(&str)) {
    // Where a piece began, and whether it is a letter that stands alone.
    let mut open: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices() {
        let class = class(c);
        let goes_on = match class {
            Class::Mark => open.is_some(),
            Class::Joined => open.is_some_and(|(_, alone)| !alone),
            Class::Alone | Class::Other => false,
        };
        if goes_on {
            continue;
        }
        if let Some((start, _)) = open.take() {
            found(&text[start..at]);
        }
        if class != Class::Other {
            open = Some((at, class == Class::Alone));
        }
    }
    if let Some((start, _)) = open {
        found(&text[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, words};

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
        ] {
            assert_eq!(all(text).join(" "), expected, "{text}");
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
        let script = include_str!("../../../static/assets/fold.js");
        let (_, rest) = script.split_once("const TABLE = ").expect("the script has the table");
        let (table, _) = rest.split_once(';').expect("the table ends");
        let table: std::collections::BTreeMap<String, String> = serde_json::from_str(table).expect("it is JSON");
        assert!(TABLE.is_sorted_by_key(|(from, _)| *from));
        let ours = TABLE.iter().map(|(from, to)| (from.to_string(), (*to).to_owned()));
        assert_eq!(table, ours.collect());
    }
}
