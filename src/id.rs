//! Ids of documents, and paths inside the written site.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::names;

/// The longest id, in bytes.
const LONGEST_ID: usize = 150;

/// Checks an id: Unicode letters, marks and digits, `-` and `_`, 1 to 150 bytes, not a reserved name. The joiners U+200C and
/// U+200D are allowed where Persian, Sinhala and other words are misspelt without them ([`names::joins`]).
///
/// # Errors
/// The reason in a few words.
pub(crate) fn check(id: &str) -> Result<(), String> {
    if id.is_empty() {
        return Err("an id has at least one letter".to_owned());
    }
    if id.len() > LONGEST_ID {
        return Err(format!("an id has at most {LONGEST_ID} bytes, this has {}", id.len()));
    }
    if let Some((_, c)) = id.char_indices().find(|(at, c)| !is_of_id(*c) && !names::joins(id, *at)) {
        let named = names::named(c);
        return Err(match c {
            '\u{200C}' | '\u{200D}' => format!("{named} has no effect here; remove it"),
            _ => format!("an id has letters, digits, `-` and `_`, not {named}"),
        });
    }
    // No reserved name is longer. Letters beyond ASCII may be shorter in lower case.
    if id.is_ascii() && id.len() > "index".len() {
        return Ok(());
    }
    let folded = fold(id);
    if folded == "index" || names::is_device(id) {
        return Err("the name is reserved".to_owned());
    }
    Ok(())
}

/// Returns whether a character can be anywhere in an id: a letter, a digit, `-`, `_`, or a combining mark, which many
/// scripts need (vowel signs, accents).
#[must_use]
pub(crate) fn is_of_id(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || is_combining_mark(c)
}

/// Returns an id in NFC, the form in which ids are compared and written.
#[must_use]
pub(crate) fn normalise(id: &str) -> String {
    if id.is_ascii() { id.to_owned() } else { id.nfc().collect() }
}

/// Returns an id in the form in which ids must be unique: NFC, then lower case.
#[must_use]
pub(crate) fn fold(id: &str) -> String {
    normalise(id).to_lowercase()
}

/// Returns the id in a path or link that seems to name a document, and its collection if one of the folders names it:
/// `../places/s.html`, `content/places/s.md`, `@/places/s`, `/places/s/`. `None` if the last part is not an id.
#[must_use]
pub(crate) fn in_path(path: &str) -> Option<(Option<Collection>, &str)> {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim();
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    let mut parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".." | "@"));
    let last = parts.next_back()?;
    let id = match last.rsplit_once('.') {
        Some((stem, ending)) => {
            let ending = ending.to_ascii_lowercase();
            matches!(ending.as_str(), "md" | "markdown" | "html" | "htm").then_some(stem)?
        }
        None => last,
    };
    let collection = parts.rev().find_map(|part| Collection::of_folder(part.trim_start_matches('@')));
    check(id).is_ok().then_some((collection, id))
}

/// What a document describes. Each has a folder in `content/` and, except for pages, one in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// Something that happened.
    Events,
    /// Somebody who acts: a person, a state, an organisation.
    Actors,
    /// Where something happened.
    Places,
    /// A thread of events that belong together.
    Processes,
    /// A text about the site.
    Pages,
}

impl Collection {
    /// All collections.
    pub const ALL: [Self; 5] = [Self::Events, Self::Actors, Self::Places, Self::Processes, Self::Pages];

    /// Returns the name of its folder: `events`.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Actors => "actors",
            Self::Places => "places",
            Self::Processes => "processes",
            Self::Pages => "pages",
        }
    }

    /// Returns the English noun for one document of it, with its article: `an event`.
    #[must_use]
    pub const fn one(self) -> &'static str {
        match self {
            Self::Events => "an event",
            Self::Actors => "an actor",
            Self::Places => "a place",
            Self::Processes => "a process",
            Self::Pages => "a page",
        }
    }

    /// Returns the English noun without an article: `event`.
    #[must_use]
    pub fn noun(self) -> &'static str {
        self.one().split_once(' ').map_or("", |(_, noun)| noun)
    }

    /// The collection with this folder name.
    #[must_use]
    pub fn of_folder(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.folder() == name)
    }

    /// Returns the path of the page of a document: `events/sochi.html`, but `about.html` for one of [`Collection::Pages`].
    #[must_use]
    pub fn path(self, id: &str) -> SitePath {
        match self {
            Self::Pages => SitePath::new([id, ".html"].concat()),
            _ => SitePath::new([self.folder(), "/", id, ".html"].concat()),
        }
    }
}

/// A document: its collection and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId {
    /// What it describes.
    pub collection: Collection,
    /// Its id, in NFC.
    pub id: Arc<str>,
}

impl DocumentId {
    /// Returns the path of the document's page.
    #[must_use]
    pub fn path(&self) -> SitePath {
        self.collection.path(&self.id)
    }
}

/// The path of a file inside the written site: no leading slash, `/` between parts, no `.` or `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

/// What is percent-encoded in the path of a relative URL: what RFC 3986 does not allow there (section 3.3); `:`, which in the
/// first part would end a scheme; and `&` and `'`, which HTML would escape.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'&')
    .add(b'\'')
    .add(b':');

impl SitePath {
    /// Makes a path of parts that have already been checked.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as it is on disk.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path as part of a URL: percent-encoded UTF-8, without characters that HTML would escape.
    #[must_use]
    pub fn url(&self) -> String {
        Cow::from(utf8_percent_encode(&self.0, PATH)).into_owned()
    }

    /// Returns how many folders deep the file is.
    #[must_use]
    pub fn depth(&self) -> Depth {
        Depth(self.0.matches('/').count())
    }

    /// Returns the file's absolute address on a site with this base URL, which ends with `/`. The address of an `index.html`
    /// is that of its folder.
    #[must_use]
    pub fn canonical(&self, base: &str) -> String {
        let url = self.url();
        match url.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => [base, folder].concat(),
            _ => [base, &url].concat(),
        }
    }
}

/// How many folders deep a file of the site is: 0 at the site's root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Depth(usize);

impl Depth {
    /// Returns the relative path from a file's folder to the site's root: empty, `../`, `../../`.
    #[must_use]
    pub fn root(self) -> String {
        "../".repeat(self.0)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{SitePath, check};

    #[test]
    fn ids_of_any_script_are_allowed_and_paths_are_not() {
        for id in ["2017-11-20-sochi", "سوتشي", "Sotši", "हिन्दी", "a_b", "می\u{200C}خواهم"] {
            assert_eq!(check(id), Ok(()), "{id}");
        }
        for id in [
            "",
            "a b",
            "a/b",
            "..",
            "a.b",
            "index",
            "INDEX",
            "con",
            "Lpt1",
            "a\u{202e}b",
            "a\u{200c}b",
            "a\u{200b}b",
            &"x".repeat(151),
        ] {
            assert!(check(id).is_err(), "{id}");
        }
    }

    #[test]
    fn a_path_becomes_a_url_that_needs_no_further_escaping() {
        let path = SitePath::new("events/سوتشي.html");
        assert_eq!(path.url(), "events/%D8%B3%D9%88%D8%AA%D8%B4%D9%8A.html");
        assert_eq!(path.depth().root(), "../");
        let roots = ["index.html", "ar/index.html", "ar/events/a.html"].map(|path| SitePath::new(path).depth().root());
        assert_eq!(roots, ["", "../", "../../"]);
    }

    #[test]
    fn a_folder_names_its_index() {
        let address = |path: &str| SitePath::new(path).canonical("https://example.org/");
        assert_eq!(address("index.html"), "https://example.org/");
        assert_eq!(address("actors/index.html"), "https://example.org/actors/");
        assert_eq!(address("kinds/my-index.html"), "https://example.org/kinds/my-index.html");
    }
}
