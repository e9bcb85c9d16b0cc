//! A document's text, what it refers to, and where.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::query::TextQuery;
use super::text::{ResolvedLink, SLOT, Text};
use super::words::{shortened, slug};
use crate::diagnostic::{Diagnostic, Span};
use crate::id::Collection;
use crate::key::{Key, Keyer};

/// The target of a link, before anything has checked that it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A document, by `@/events/<file>.md` or by a relative path to its file.
    Document {
        /// The path of the file inside `content/`: in NFC, percent-decoded, without `.` and `..`.
        path: String,
        /// Whether the file must be at this path. It must for a relative link, which code hosts follow too; with `@/`, the
        /// collection and the name of the file are enough.
        exact: bool,
    },
    /// A document by its id: `[[id]]`, or `[[events/id]]` if documents of several kinds have that id.
    Id {
        /// The id, in NFC.
        id: String,
        /// Its collection, if the author named it.
        collection: Option<Collection>,
    },
    /// A file beside the entry or in `static/`; if both exist, the one beside the entry.
    File {
        /// The path of the file inside `static/`; empty if it would be outside.
        in_static: String,
        /// The path of the file inside `content/`.
        beside: String,
        /// Whether the page shows it as a picture.
        picture: bool,
    },
    /// The text's own page: the link has only an anchor.
    Here,
}

impl Target {
    fn add_to(&self, keyer: &mut Keyer) {
        match self {
            Self::Document { path, exact } => keyer.number(0).text(path).number((*exact).into()),
            Self::Id { id, collection } => keyer.number(1).text(id).maybe(collection.map(Collection::folder)),
            Self::File { in_static, beside, picture } => {
                keyer.number(2).text(in_static).text(beside).number((*picture).into())
            }
            Self::Here => keyer.number(3),
        };
    }
}

/// A link or picture in the text whose target is inside the site, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target.
    pub target: Target,
    /// The anchor after `#`, in NFC. In an address it was percent-encoded, and is decoded.
    pub anchor: Option<String>,
    /// Whether the anchor may also be the words of a heading, as in `[[id#The talks]]`.
    pub is_by_words: bool,
    /// Its bytes in the file.
    pub span: Span,
    /// A problem that is reported only if the target exists, such as a picture without alt text.
    pub problem: Option<Box<Diagnostic>>,
}

/// The text below the front matter, and what is needed to resolve it.
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
    /// The cited sources, in the order in which the text first cites them: the index of each in the front matter, and its
    /// number of citations.
    pub citations: Vec<(usize, usize)>,
    /// Paragraphs and list items that cite nothing and link to no other document or file of the site, by their bytes in the
    /// file. Only in events.
    pub unsupported: Vec<Span>,
    /// Names that citations use but that no source has, or that a footnote has too, with letter case folded. A source of
    /// such a name is not reported as uncited.
    pub unknown_citations: BTreeSet<String>,
    /// The beginning of the first paragraph, for descriptions.
    pub lead: Lead,
}

impl Body {
    /// Returns the key of what the text says and refers to. Line breaks, the numbers of its sources, and places in the file
    /// do not affect it.
    #[must_use]
    pub fn key(&self) -> Key {
        let mut keyer = Keyer::default();
        self.text.unnumbered().split_whitespace().for_each(|word| _ = keyer.text(word));
        for link in &self.links {
            link.target.add_to(&mut keyer);
            keyer.maybe(link.anchor.as_deref());
        }
        self.queries.iter().for_each(|query| query.query.add_to(&mut keyer));
        keyer.finish()
    }

    /// Returns whether a link can point to this id: that of a heading or source, or `_p1`, `_p2`, …
    fn has_anchor(&self, anchor: &str) -> bool {
        let number = anchor.strip_prefix("_p").filter(|digits| !digits.starts_with(['0', '+']));
        let number = number.and_then(|digits| digits.parse::<usize>().ok());
        number.is_some_and(|number| number <= self.anchored) || self.anchors.contains(anchor)
    }

    /// Returns the anchor of this text that a link means: the one that it names or, if there is none, the one that its
    /// words become. `None` if the text has neither.
    #[must_use]
    pub fn anchor_of(&self, link: &Link) -> Option<String> {
        let written = link.anchor.as_deref().filter(|anchor| !anchor.is_empty())?;
        if self.has_anchor(written) {
            return Some(written.to_owned());
        }
        Some(slug(written)).filter(|slug| link.is_by_words && self.has_anchor(slug))
    }

    /// Returns the beginning of the first paragraph in plain words, at most 220 characters and `…`. `links` are those of
    /// the text, resolved, in the same order.
    #[must_use]
    pub fn lead(&self, links: &[ResolvedLink]) -> String {
        let title = |id: &str| {
            let named = |(link, _): &(&Link, _)| matches!(&link.target, Target::Id { id: of, .. } if of == id);
            self.links.iter().zip(links).filter(named).find_map(|(_, resolved)| resolved.title.as_deref())
        };
        self.lead.words(title)
    }
}

/// The beginning of a text in plain words. A link by id is an id between two [`SLOT`]s, which is replaced once the
/// document's title is known.
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

    /// Ends the id, if one was begun.
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
