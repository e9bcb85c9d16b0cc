//! What a site was built from and how, as far as that is not in the site's folder: `build.json` in the site.
//!
//! `annals verify` reads it to make the same build again. Nothing in it is private: no name, no path, no time of day.

use serde::{Deserialize, Serialize};

use crate::date::{Day, EdtfDate};
use crate::key::Key;

/// The file's name in the site.
pub(crate) const FILE: &str = "build.json";

/// The circumstances of a build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The version of annals.
    pub annals: String,
    /// The day of the build in UTC, in ISO 8601.
    pub day: String,
    /// The commit that was checked out; absent without git.
    #[serde(flatten, default)]
    pub commit: Option<Commit>,
    /// Whether drafts were published.
    #[serde(default, skip_serializing_if = "is_false")]
    pub drafts: bool,
    /// Whether entries under embargo were published.
    #[serde(default, skip_serializing_if = "is_false")]
    pub future: bool,
    /// The URL that replaced `base_url` of site.toml.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
}

/// What git knows about the site's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The first 12 hexadecimal digits of the commit's id.
    #[serde(rename = "commit")]
    pub id: String,
    /// How many commits deep the history is, in a shallow clone; absent if the history is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<u32>,
    /// Whether a file that the site is read from is not as in the commit.
    #[serde(default, skip_serializing_if = "is_false")]
    pub modified: bool,
}

/// Returns whether a key is left out. serde passes a reference.
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Provenance {
    /// Returns the circumstances of a build by this version of annals without options.
    #[must_use]
    pub fn new(day: Day, commit: Option<Commit>) -> Self {
        let annals = env!("CARGO_PKG_VERSION").to_owned();
        Self { annals, day: day.to_string(), commit, drafts: false, future: false, base_url: None }
    }

    /// Returns the day of the build; `None` if the recorded text is not a day as annals writes it.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        EdtfDate::parse(&self.day).ok()?.earliest().filter(|day| day.to_string() == self.day)
    }

    /// Returns the text of the file.
    #[must_use]
    pub fn json(&self) -> String {
        // Texts, numbers and truth values can always be written as JSON.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let read: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        match &read.commit {
            // The id becomes an argument of git.
            Some(commit) if commit.id.len() < 7 || !commit.id.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                Err("`commit` is not the id of a commit".to_owned())
            }
            _ => Ok(read),
        }
    }

    /// Returns the key of the circumstances.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::of(self.json().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{Commit, Provenance};
    use crate::date::Day;

    #[test]
    fn what_is_written_can_be_read() {
        let plain = Provenance::new(Day { year: 2026, month: 3, day: 1 }, None);
        let expected = format!("{{\n  \"annals\": \"{}\",\n  \"day\": \"2026-03-01\"\n}}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(plain.json(), expected);
        let commit = Commit { id: "0123456789ab".to_owned(), depth: Some(1), modified: true };
        let base_url = Some("https://example.org/".to_owned());
        let full = Provenance { commit: Some(commit), drafts: true, future: true, base_url, ..plain.clone() };
        for provenance in [plain, full] {
            assert_eq!(Provenance::parse(provenance.json().as_bytes()), Ok(provenance));
        }
    }

    #[test]
    fn only_a_whole_day_is_the_day_of_a_build() {
        let day = Day { year: 2026, month: 3, day: 1 };
        let of = |text: &str| Provenance { day: text.to_owned(), ..Provenance::new(day, None) }.day();
        assert_eq!(of("2026-03-01"), Some(day));
        for text in ["2026-03", "2026", "2026-03-01/2026-03-02", "2026-03-01?", "2026-03-01T09:00:00", "today", ""] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
