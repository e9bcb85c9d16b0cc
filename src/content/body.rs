//! A document's text, what it refers to, and where.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::query::TextQuery;
use super::text::{ResolvedLink, SLOT, Text};
use super::words::shortened;
use crate::diagnostic::{Diagnostic, Span};
use crate::id::Collection;
use crate::key::{Key, Keyer};

/// The target of a link, before anything has checked that it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A document, by `@/events/<file>.md` or by a relative path to its file.
    Document {
        /// The path of the file inside `content/`, as the author gave it.
        path: String,
        /// Whether the path must be exact, as in a relative link that code hosts follow too.
        exact: bool,
    },
    /// A document by its id: `[[id]]`, or `[[events/id]]` if documents of several kinds have that id.
    Id {
        /// The id, in NFC.
        id: String,
        /// Its collection, if the author named it.
        collection: Option<Collection>,
    },
    /// A file in `static/` or beside the entry.
    File {
        /// The path of the file inside `static/`.
        in_static: String,
        /// The path of the file inside `content/`.
        beside: String,
        /// Whether the page shows it as a picture.
        picture: bool,
    },
    /// A place in the same page.
    Here,
}

/// A link or picture in the text whose target is inside the site, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target.
    pub target: Target,
    /// The anchor after `#`, without it.
    pub anchor: Option<String>,
    /// Its bytes in the file.
    pub span: Span,
    /// A problem that is reported only if the target exists, such as a picture without alt text.
    pub problem: Option<Box<Diagnostic>>,
}

/// The text below the front matter, and what only resolving it needs.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The text itself.
    pub text: Arc<Text>,
    /// The links inside the site. [`ResolvedLink`]s are given back to the text in the same order.
    pub links: Vec<Link>,
    /// The queries. What they find is given back to the text in the same order.
    pub queries: Vec<TextQuery>,
    /// Ids of headings and sources, which links can point to.
    pub anchors: BTreeSet<String>,
    /// How many paragraphs, headings, list items and rows have an anchor: `_p1`, `_p2`, …
    pub anchored: usize,
    /// The cited sources, in the order in which the text first cites them, each with its number of citations.
    pub citations: Vec<(usize, usize)>,
    /// Paragraphs and list items that cite nothing and link to no other document, by their bytes in the file. Only in events.
    pub unsupported: Vec<Span>,
    /// Cited names that no source has, folded as ids are compared.
    pub unknown_citations: BTreeSet<String>,
    /// The beginning of the text, for descriptions.
    pub lead: Lead,
}

impl Body {
    /// The key of what the text says, however its lines are broken and its sources are numbered.
    #[must_use]
    pub fn key(&self) -> Key {
        let mut keyer = Keyer::default();
        self.text.unnumbered().split_whitespace().for_each(|word| _ = keyer.text(word));
        for link in &self.links {
            keyer.text(&format!("{:?}", link.target)).maybe(link.anchor.as_deref());
        }
        self.queries.iter().for_each(|query| _ = keyer.text(&without_places(&format!("{:?}", query.query))));
        keyer.finish()
    }

    /// Whether the text's page has a place with this id.
    #[must_use]
    pub fn has_anchor(&self, anchor: &str) -> bool {
        let number = anchor.strip_prefix("_p").filter(|digits| !digits.starts_with(['0', '+']));
        let number = number.and_then(|digits| digits.parse::<usize>().ok());
        number.is_some_and(|number| number <= self.anchored) || self.anchors.contains(anchor)
    }

    /// The beginning of the text in plain words, for descriptions.
    #[must_use]
    pub fn lead(&self, links: &[ResolvedLink]) -> String {
        let title = |id: &str| {
            let named = |(link, _): &(&Link, _)| matches!(&link.target, Target::Id { id: of, .. } if of == id);
            self.links.iter().zip(links).filter(named).find_map(|(_, resolved)| resolved.title.as_deref())
        };
        self.lead.words(title)
    }
}

/// What Rust prints of a value, without the places in its file.
pub(super) fn without_places(printed: &str) -> String {
    let is_place = |letter: char| letter.is_ascii_digit() || letter == '.';
    printed.split("span: ").map(|part| part.trim_start_matches(is_place)).collect()
}

/// The beginning of a text in plain words. If it links to a document by its id, the document's title is only filled in
/// later.
#[derive(Clone, Debug, Default)]
pub struct Lead(String);

impl Lead {
    pub(super) fn push(&mut self, words: &str) {
        self.0.push_str(words);
    }

    /// Begins an id: everything pushed until [`Self::end_id`] belongs to it.
    pub(super) fn begin_id(&mut self) {
        self.0.push(SLOT);
        self.0.push(ID);
    }

    /// The id ends here, if one was begun.
    pub(super) fn end_id(&mut self) {
        if self.0.rfind(SLOT).is_some_and(|at| self.0[at + 1..].starts_with(ID)) {
            self.0.push(SLOT);
        }
    }

    pub(super) fn finish(self) -> Self {
        Self(shortened(&self.0))
    }

    fn words<'t>(&self, title: impl Fn(&str) -> Option<&'t str>) -> String {
        if !self.0.contains(SLOT) {
            return self.0.clone();
        }
        let parts = self.0.split(SLOT).map(|part| match part.strip_prefix(ID) {
            Some(id) => {
                let name = id.split('#').next().and_then(|name| name.rsplit('/').next()).unwrap_or(id).trim();
                title(name.strip_suffix(".md").unwrap_or(name)).unwrap_or(id.trim_start_matches('#'))
            }
            None => part,
        });
        shortened(&parts.collect::<String>())
    }
}

/// Begins an id in a [`Lead`].
const ID: char = '\u{2}';
