//! Which scripts a language is written in and in which direction they run, and what a text's script says about its language.

use unicode_script::{Script, UnicodeScript as _};

use super::LanguageTag;

/// The scripts of languages that are not written in Latin, by their primary subtag (CLDR, "likely subtags"). The usual one
/// comes first.
const SCRIPTS: &[(&[&str], &[Script])] = &[
    (&["ar", "fa", "ur", "ps", "ckb", "ug", "sd", "ks", "pnb", "azb"], &[Script::Arabic]),
    (&["acm", "acw", "aeb", "apc", "apd", "arq", "ars", "ary", "arz", "ayl", "ayn"], &[Script::Arabic]),
    (&["bal", "bqi", "glk", "lrc", "mzn", "ota", "prs", "sdh", "skr"], &[Script::Arabic]),
    (&["he", "yi"], &[Script::Hebrew]),
    (&["ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "tt", "ba", "ce", "os", "ab"], &[Script::Cyrillic]),
    (&["sr", "mn", "uz"], &[Script::Cyrillic, Script::Latin]),
    (&["el"], &[Script::Greek]),
    (&["hy"], &[Script::Armenian]),
    (&["ka"], &[Script::Georgian]),
    (&["zh", "yue"], &[Script::Han]),
    (&["ja"], &[Script::Han, Script::Hiragana, Script::Katakana]),
    (&["ko"], &[Script::Hangul, Script::Han]),
    (&["hi", "mr", "ne", "sa"], &[Script::Devanagari]),
    (&["bn", "as"], &[Script::Bengali]),
    (&["pa"], &[Script::Gurmukhi, Script::Arabic]),
    (&["gu"], &[Script::Gujarati]),
    (&["or"], &[Script::Oriya]),
    (&["ta"], &[Script::Tamil]),
    (&["te"], &[Script::Telugu]),
    (&["kn"], &[Script::Kannada]),
    (&["ml"], &[Script::Malayalam]),
    (&["si"], &[Script::Sinhala]),
    (&["th"], &[Script::Thai]),
    (&["lo"], &[Script::Lao]),
    (&["my"], &[Script::Myanmar]),
    (&["km"], &[Script::Khmer]),
    (&["bo", "dz"], &[Script::Tibetan]),
    (&["am", "ti"], &[Script::Ethiopic]),
    (&["dv"], &[Script::Thaana]),
    (&["syr", "arc"], &[Script::Syriac]),
    (&["nqo"], &[Script::Nko]),
    (&["rhg"], &[Script::Hanifi_Rohingya, Script::Arabic, Script::Latin]),
    (&["mid"], &[Script::Mandaic]),
    (&["sam"], &[Script::Samaritan]),
];

/// Returns the value of HTML's `dir` for a script, `rtl` or `ltr` (Unicode Character Database, `Bidi_Class`).
fn direction(script: Script) -> &'static str {
    use Script::{
        Adlam, Arabic, Avestan, Chorasmian, Cypriot, Elymaic, Garay, Hanifi_Rohingya, Hatran, Hebrew, Imperial_Aramaic,
        Inscriptional_Pahlavi, Inscriptional_Parthian, Kharoshthi, Lydian, Mandaic, Manichaean, Mende_Kikakui,
        Meroitic_Cursive, Meroitic_Hieroglyphs, Nabataean, Nko, Old_Hungarian, Old_North_Arabian, Old_Sogdian,
        Old_South_Arabian, Old_Turkic, Old_Uyghur, Palmyrene, Phoenician, Psalter_Pahlavi, Samaritan, Sidetic, Sogdian,
        Syriac, Thaana, Yezidi,
    };
    match script {
        Arabic
        | Hebrew
        | Syriac
        | Thaana
        | Nko
        | Adlam
        | Hanifi_Rohingya
        | Mandaic
        | Samaritan
        | Mende_Kikakui
        | Yezidi
        | Garay
        | Avestan
        | Chorasmian
        | Cypriot
        | Elymaic
        | Hatran
        | Imperial_Aramaic
        | Inscriptional_Pahlavi
        | Inscriptional_Parthian
        | Kharoshthi
        | Lydian
        | Manichaean
        | Meroitic_Cursive
        | Meroitic_Hieroglyphs
        | Nabataean
        | Old_Hungarian
        | Old_North_Arabian
        | Old_Sogdian
        | Old_South_Arabian
        | Old_Turkic
        | Old_Uyghur
        | Palmyrene
        | Phoenician
        | Psalter_Pahlavi
        | Sidetic
        | Sogdian => "rtl",
        _ => "ltr",
    }
}

/// Returns the script that a script subtag names; `None` if it names none by itself, such as `Zyyy`.
fn named(subtag: &str) -> Option<Script> {
    let script = match titled(subtag).as_str() {
        // Styles of a script, which Unicode does not tell apart.
        "Aran" => Script::Arabic,
        "Hans" | "Hant" => Script::Han,
        "Latf" | "Latg" => Script::Latin,
        "Cyrs" => Script::Cyrillic,
        "Syre" | "Syrj" | "Syrn" => Script::Syriac,
        name => Script::from_short_name(name)?,
    };
    (!matches!(script, Script::Common | Script::Inherited | Script::Unknown)).then_some(script)
}

impl LanguageTag {
    /// Returns the primary language subtag in lower case: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> String {
        self.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Returns the scripts it is written in: the one that the tag names (`sr-Latn`), or the usual ones. Languages that are
    /// not in [`SCRIPTS`] are written in Latin.
    fn scripts(&self) -> Vec<Script> {
        // After a single letter, an extension or private use begins.
        let mut subtags = self.split('-').skip(1).take_while(|part| part.len() > 1);
        let script = subtags.find(|part| part.len() == 4 && part.starts_with(char::is_alphabetic));
        if let Some(script) = script.and_then(named) {
            return vec![script];
        }
        let primary = self.primary();
        let usual = SCRIPTS.iter().find(|(languages, _)| languages.contains(&primary.as_str()));
        usual.map_or_else(|| vec![Script::Latin], |(_, scripts)| scripts.to_vec())
    }

    /// Returns the value of HTML's `dir`, `rtl` or `ltr`: the direction of the script that the tag names, or of the usual one.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        self.scripts().first().copied().map_or("ltr", direction)
    }

    /// Returns whether a text is plainly in this language rather than in `other`: most of its letters are of scripts in
    /// which only this one is written.
    #[must_use]
    pub fn is_plainly_of(&self, text: &str, other: &Self) -> bool {
        let (own, others) = (self.scripts(), other.scripts());
        let mut balance = 0_i64;
        for script in text.chars().map(|c| c.script()) {
            match script {
                Script::Common | Script::Inherited => {}
                script if own.contains(&script) && !others.contains(&script) => balance += 1,
                _ => balance -= 1,
            }
        }
        balance > 0
    }
}

/// Returns the tag of an undetermined language in the script of a text, such as `und-Arab`, and the direction of that
/// script. `None` unless most letters of the text are of the first script in it that is not Latin.
#[must_use]
pub(crate) fn script_tag(text: &str) -> Option<(String, &'static str)> {
    let letters =
        || text.chars().map(|c| c.script()).filter(|script| !matches!(script, Script::Common | Script::Inherited));
    let first = letters().find(|script| *script != Script::Latin)?;
    let is_most = letters().filter(|script| *script == first).count() * 2 > letters().count();
    is_most.then(|| (format!("und-{}", first.short_name()), direction(first)))
}

/// Returns a script subtag in the case of ISO 15924: `Latn`.
fn titled(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| c.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::{LanguageTag, SCRIPTS, script_tag};

    #[test]
    fn a_language_runs_in_the_direction_of_its_script() {
        for (tag, direction) in [
            ("ar", "rtl"),
            ("AR-latn", "ltr"),
            ("ar-x-latn", "rtl"),
            ("pnb", "rtl"),
            ("azb", "rtl"),
            ("ur-Aran", "rtl"),
            ("pa", "ltr"),
            ("pa-Arab-PK", "rtl"),
            ("ku", "ltr"),
            ("ku-Arab", "rtl"),
            ("az-Arab", "rtl"),
            ("ff-Adlm", "rtl"),
            ("rhg-Rohg", "rtl"),
            ("sd-Deva", "ltr"),
            ("he", "rtl"),
            ("yi-Zyyy", "rtl"),
            ("syr-Syrj", "rtl"),
            ("mid", "rtl"),
            ("zh-Hant", "ltr"),
            ("nb", "ltr"),
            ("und-Hebr", "rtl"),
        ] {
            assert_eq!(LanguageTag::parse(tag).expect("it is a tag").direction(), direction, "{tag}");
        }
        for (text, tag, direction) in
            [("ꡎꡃ", "und-Phag", "ltr"), ("𐴀𐴁", "und-Rohg", "rtl"), ("דמשק", "und-Hebr", "rtl")]
        {
            assert_eq!(script_tag(text), Some((tag.to_owned(), direction)), "{text}");
        }
    }

    #[test]
    fn each_language_is_registered_and_listed_once() {
        let languages = || SCRIPTS.iter().flat_map(|(languages, _)| *languages);
        for language in languages() {
            assert!(LanguageTag::parse(language).is_ok(), "{language}");
            assert_eq!(languages().filter(|other| *other == language).count(), 1, "{language}");
        }
    }

    fn is_plain(language: &str, title: &str, page: &str) -> bool {
        let tag = |text: &str| LanguageTag::parse(text).expect("it is a tag");
        tag(language).is_plainly_of(title, &tag(page))
    }

    #[test]
    fn the_script_of_a_title_tells_its_language() {
        assert!(is_plain("ar", "بيان وزارة الخارجية (SANA)", "en"));
        assert!(is_plain("ru", "Встреча с Президентом Сирии", "en"));
        assert!(is_plain("en", "Meeting with the President", "ar"));
        assert!(is_plain("sr-Cyrl", "Састанак", "en"));
    }

    #[test]
    fn a_description_in_the_page_s_language_stays_one() {
        assert!(!is_plain("ar", "Report on the talks in Sochi", "en"));
        assert!(!is_plain("ar", "Statement of the حزب Party", "en"));
        assert!(!is_plain("de", "Bericht", "en"));
        assert!(!is_plain("fa", "بيان", "ar"), "both are written in Arabic letters");
        assert!(!is_plain("sr-Latn", "Sastanak", "en"));
        assert!(!is_plain("ar", "2254 (2015)", "en"));
    }
}
