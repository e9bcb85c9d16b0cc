//! What all documents have in common, and their pictures.

use std::sync::Arc;

use super::history::History;
use super::index::{DocumentIx, ListIx};
use crate::content::{Gathered, ResolvedLink, Text};
use crate::fields::Extra;
use crate::id::{DocumentId, SitePath};
use crate::key::Keyer;
use crate::pictures::{Header, Variant};
use crate::source_path::SourcePath;

/// What all documents have in common.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Collection and id.
    pub id: DocumentId,
    /// The file it comes from, relative to the site's root.
    pub file: SourcePath,
    /// The title of an event or page, or the name of an actor, place or process.
    pub title: String,
    /// Its summary: one or two sentences.
    pub summary: Option<String>,
    /// Its Wikidata item: `Q` and digits.
    pub wikidata: Option<String>,
    /// The text as parsed, with gaps for what [`Entry::html`] and [`Entry::gathered`] fill in: links and lists.
    pub text: Arc<Text>,
    /// The beginning of the text in plain words, for descriptions of the entry. Empty if it has a summary.
    pub lead: String,
    /// What the links of the text point to, in their order.
    pub links: Vec<ResolvedLink>,
    /// What the queries of the text find, in their order.
    pub lists: Vec<ListIx>,
    /// Former paths in the site, which redirect here.
    pub aliases: Vec<crate::syntax::Spanned<SitePath>>,
    /// Its pictures, in the author's order.
    pub media: Vec<Media>,
    /// Documents whose text links here.
    pub linked_from: Vec<DocumentIx>,
    /// Values for the site's own templates.
    pub extra: Extra,
    /// Its changes, as far as the git repository shows them.
    pub history: History,
}

impl Entry {
    /// Returns the path of its page in the built site.
    #[must_use]
    pub fn path(&self) -> SitePath {
        self.id.path()
    }

    /// Renders its text as HTML for its own page. `root` is the relative path from the page's folder to the site's root;
    /// `write` renders a list of events.
    #[must_use]
    pub fn html(&self, root: &str, write: &dyn Fn(ListIx) -> String) -> String {
        self.text.html(root, &self.links, &|query| self.lists.get(query).map_or_else(String::new, |list| write(*list)))
    }

    /// Renders its text as HTML for a document that combines many texts. `place` gives the prefix of its ids, the numbers of
    /// its sources and the level of its headings there.
    #[must_use]
    pub fn gathered(&self, place: &Gathered<'_>, write: &dyn Fn(ListIx) -> String) -> String {
        let write = |query: usize| self.lists.get(query).map_or_else(String::new, |list| write(*list));
        self.text.gathered(place, &self.links, &write)
    }

    /// Returns the words of its text, a line for each paragraph, heading, item or cell. The first line belongs to the anchor
    /// `_p1`, and each further one to the next anchor, unless it begins with a tab. A line may be empty.
    #[must_use]
    pub fn plain_text(&self) -> String {
        self.text.plain_text(&self.links)
    }

    /// Adds everything that determines the words of its title, summary and text to a key.
    pub fn add_words_to(&self, keyer: &mut Keyer) {
        keyer.text(&self.title).maybe(self.summary.as_deref());
        self.text.add_to(&self.links, keyer);
    }

    /// Adds everything that determines its text as HTML to a key, except for the lists of events in it.
    pub fn add_html_to(&self, keyer: &mut Keyer) {
        keyer.text(self.path().as_str());
        self.add_words_to(keyer);
        for link in &self.links {
            keyer.maybe(link.path.as_ref().map(SitePath::as_str)).maybe(link.anchor.as_deref());
            let (width, height) = link.size.unwrap_or_default();
            keyer.number(width.into()).number(height.into());
        }
    }
}

/// A picture of an entry, from `[[media]]`.
#[derive(Clone, Debug)]
pub struct Media {
    /// The path of its file inside `content/`.
    pub file: String,
    /// Its format, dimensions and orientation.
    pub header: Header,
    /// The path of its copies, without width and extension: `media/events/<id>/sochi`.
    pub stem: String,
    /// What the picture shows, for readers who cannot see it.
    pub alt: String,
    /// The text below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The licence under which it may be shown.
    pub licence: Option<String>,
}

impl Media {
    /// Returns the path of a copy in the built site: `media/events/<id>/sochi-480.webp`.
    #[must_use]
    pub fn copy(&self, variant: &Variant) -> SitePath {
        SitePath::new(format!("{}-{}.{}", self.stem, variant.width, variant.format.ending()))
    }

    /// Returns the path of the largest copy in the picture's own format.
    #[must_use]
    pub fn largest(&self) -> Option<SitePath> {
        let variants = self.header.variants();
        let own = variants.iter().filter(|variant| variant.format == self.header.format);
        own.max_by_key(|variant| variant.width).map(|variant| self.copy(variant))
    }
}
