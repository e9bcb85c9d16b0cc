//! Which scripts a language is written in, and what a text's script says about its language.

use unicode_script::{Script, UnicodeScript as _};

use super::LanguageTag;

/// The scripts of languages that are not written in Latin, by their primary subtag (CLDR, "likely subtags").
const SCRIPTS: &[(&[&str], &[Script])] = &[
    (&["ar", "fa", "ur", "ps", "ckb", "ug", "sd", "ks", "pnb", "azb"], &[Script::Arabic]),
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
];

impl LanguageTag {
    /// Returns the primary language subtag in lower case: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> String {
        self.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Returns the scripts it is written in: the one that the tag names (`sr-Latn`), or the usual ones. Languages that are
    /// not in [`SCRIPTS`] are written in Latin.
    fn scripts(&self) -> Vec<Script> {
        let named = self.split('-').skip(1).find(|part| part.len() == 4 && part.starts_with(char::is_alphabetic));
        if let Some(script) = named.and_then(|name| Script::from_short_name(&titled(name))) {
            return vec![script];
        }
        let primary = self.primary();
        let usual = SCRIPTS.iter().find(|(languages, _)| languages.contains(&primary.as_str()));
        usual.map_or_else(|| vec![Script::Latin], |(_, scripts)| scripts.to_vec())
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
pub fn script_tag(text: &str) -> Option<(String, &'static str)> {
    let letters =
        || text.chars().map(|c| c.script()).filter(|script| !matches!(script, Script::Common | Script::Inherited));
    let first = letters().find(|script| *script != Script::Latin)?;
    let is_most = letters().filter(|script| *script == first).count() * 2 > letters().count();
    let is_rtl = matches!(
        first,
        Script::Arabic | Script::Hebrew | Script::Syriac | Script::Thaana | Script::Nko | Script::Adlam
    );
    is_most.then(|| (format!("und-{}", first.short_name()), if is_rtl { "rtl" } else { "ltr" }))
}

/// Returns a script subtag in the case of ISO 15924: `Latn`.
fn titled(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| c.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::LanguageTag;

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
