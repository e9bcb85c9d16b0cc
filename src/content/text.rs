//! A document's text as HTML, with slots for what depends on the page.
//!
//! The HTML is made once and used in several pages, at different depths, alone or among other texts. The address of a link
//! inside the site is filled in when a page is written. Ids, citation numbers and heading levels are those of the text's own
//! page, and their positions are kept, so that a document that combines many texts can change them.

use std::fmt::Write as _;
use std::ops::Range;

use super::plain_text;
use crate::id::SitePath;
use crate::key::Keyer;
use crate::markup::escaped;

/// Marks a slot in HTML on its way through the renderer: before its name, after it, and after its default content.
/// An author cannot write it: control characters are refused, and references to them are removed.
pub(super) const SLOT: char = '\u{1}';

/// A part of the HTML that depends on the page that has the text. Numbers count from 0: links and queries in the order of
/// the text, sources in the order of their first citations. A large site has hundreds of thousands of slots, so they are
/// small.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// The address of the link with this number. Empty until it is filled.
    Link(u32),
    /// The attributes `width` and `height` of the picture that the link with this number shows. Empty until it is filled.
    Size(u32),
    /// The words of the link with this number: the title of the document, or its id until the title is known.
    Words(u32),
    /// The beginning of an id, or of a reference to one.
    Id,
    /// The anchor of the source with this number.
    Source(u32),
    /// The number in brackets by which the source with this number is cited.
    Number(u32),
    /// The level of a heading on the text's own page, 2 to 6.
    Level(u32),
    /// The events of the query with this number. Empty until it is filled.
    List(u32),
}

/// The place of a text in a document that combines many.
#[derive(Clone, Copy, Debug)]
pub struct Gathered<'a> {
    /// The relative path from the document's folder to the site's root.
    pub root: &'a str,
    /// The prefix of the text's ids, which makes them unique in the document.
    pub prefix: &'a str,
    /// The text's sources in the order of their numbers: the id of each, and its number in the document, from 1.
    pub sources: &'a [(&'a str, usize)],
    /// By how many levels its headings are lower than on its own page.
    pub deeper: usize,
}

/// Returns the anchor of a source in a document that numbers the sources of many texts, from 1.
#[must_use]
pub(crate) fn gathered_source(number: usize) -> String {
    format!("_source-{number}")
}

/// What a [`Link`](super::Link) turned out to be once all documents and files were known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The file of the built site that it points to; `None` for a link within the page.
    pub path: Option<SitePath>,
    /// The anchor after `#`, without it.
    pub anchor: Option<String>,
    /// Width and height in pixels, if it points to a picture.
    pub size: Option<(u32, u32)>,
    /// The title of the document that it names by id, which becomes the words of `[[id]]`.
    pub title: Option<String>,
}

/// A document's text as HTML.
#[derive(Clone, Debug, Default)]
pub struct Text {
    html: String,
    /// The parts of `html` that depend on the page, in order.
    slots: Vec<(Range<u32>, Slot)>,
    /// The text as its author wrote it, without what its page does not show.
    pub markdown: Box<str>,
    /// The length in bytes of what its author wrote.
    pub length: usize,
}

impl Text {
    /// A text of this length in bytes whose contents nobody will ask for.
    pub(super) fn unread(length: usize) -> Self {
        Self { length, ..Self::default() }
    }

    /// Splits rendered HTML into plain HTML and slots. `links` and `queries` are how many the text has; a slot with a
    /// higher number becomes plain HTML. `length` is that of the source in bytes.
    pub(super) fn new(rendered: &str, links: usize, queries: usize, markdown: Box<str>, length: usize) -> Self {
        let mut from = 0;
        let ends = memchr::memchr_iter(SLOT as u8, rendered.as_bytes()).chain([rendered.len()]);
        let mut parts = ends.map(|end| &rendered[std::mem::replace(&mut from, end + 1)..end]);
        // The slots' marks are short, so this reserves hardly more than needed.
        let mut html = String::with_capacity(rendered.len());
        let mut slots = Vec::new();
        html.push_str(parts.next().unwrap_or_default());
        while let (Some(name), Some(own), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
            let start = html.len();
            html.push_str(own);
            let number = name.get(1..).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or_default();
            let (is_link, is_query) = ((number as usize) < links, (number as usize) < queries);
            let slot = match name.chars().next() {
                Some('l') if is_link => Some(Slot::Link(number)),
                Some('z') if is_link => Some(Slot::Size(number)),
                Some('w') if is_link => Some(Slot::Words(number)),
                Some('q') if is_query => Some(Slot::List(number)),
                Some('i') => Some(Slot::Id),
                Some('s') => Some(Slot::Source(number)),
                Some('n') => Some(Slot::Number(number)),
                _ => None,
            };
            slots.extend(slot.map(|slot| (position(start)..position(html.len()), slot)));
            if name == "h" {
                slots.extend(level(rest, start));
            }
            html.push_str(rest);
        }
        slots.shrink_to_fit();
        Self { html, slots, markdown, length }
    }

    /// Adds everything that determines the text in plain words to a key.
    pub fn add_to(&self, links: &[ResolvedLink], keyer: &mut Keyer) {
        keyer.text(&self.html);
        links.iter().for_each(|link| _ = keyer.maybe(link.title.as_deref()));
    }

    /// Returns the HTML for the text's own page. `root` is the relative path from the page's folder to the site's root;
    /// `lists` writes the events of a query, by its number.
    #[must_use]
    pub fn html(&self, root: &str, links: &[ResolvedLink], lists: &dyn Fn(usize) -> String) -> String {
        self.filled(|slot, own, out| match slot {
            Slot::List(query) => out.push_str(&lists(query as usize)),
            Slot::Link(link) => write_address(&links[link as usize], root, out),
            Slot::Size(link) => write_size(&links[link as usize], out),
            Slot::Words(link) => write_words(&links[link as usize], own, out),
            _ => out.push_str(own),
        })
    }

    /// Returns the HTML for a document that combines many texts. Levels of headings stop at 6.
    #[must_use]
    pub fn gathered(&self, place: &Gathered<'_>, links: &[ResolvedLink], lists: &dyn Fn(usize) -> String) -> String {
        let number = |source: usize| place.sources.get(source).map_or(source + 1, |(_, number)| *number);
        self.filled(|slot, own, out| match slot {
            Slot::Words(link) => write_words(&links[link as usize], own, out),
            Slot::Link(link) => write_gathered_address(&links[link as usize], place, out),
            Slot::Size(link) => write_size(&links[link as usize], out),
            Slot::List(query) => out.push_str(&lists(query as usize)),
            Slot::Id => out.push_str(place.prefix),
            Slot::Source(source) => out.push_str(&gathered_source(number(source as usize))),
            Slot::Number(source) => out.push_str(&number(source as usize).to_string()),
            Slot::Level(level) => out.push_str(&(level as usize + place.deeper).min(6).to_string()),
        })
    }

    /// The HTML with the output of `fill` in each slot; `fill` gets the slot's content on the text's own page.
    fn filled(&self, fill: impl Fn(Slot, &str, &mut String)) -> String {
        let mut out = String::with_capacity(self.html.len() + self.slots.len() * 40);
        let mut from = 0;
        for (at, slot) in &self.slots {
            let at = at.start as usize..at.end as usize;
            out.push_str(&self.html[from..at.start]);
            fill(*slot, &self.html[at.clone()], &mut out);
            from = at.end;
        }
        out.push_str(&self.html[from..]);
        out
    }

    /// Returns the words of the text without markup and citation marks: a line for each paragraph, heading, item or cell.
    /// The first line belongs to the anchor `_p1`, and each further one to the next anchor, unless it begins with a tab. A
    /// line may be empty.
    #[must_use]
    pub fn plain_text(&self, links: &[ResolvedLink]) -> String {
        if !self.slots.iter().any(|(_, slot)| matches!(slot, Slot::Words(_))) {
            return plain_text::of_html(&self.html);
        }
        plain_text::of_html(&self.filled(|slot, own, out| match slot {
            Slot::Words(link) => write_words(&links[link as usize], own, out),
            _ => out.push_str(own),
        }))
    }

    /// The HTML without the numbers of its citations.
    pub(super) fn unnumbered(&self) -> String {
        self.filled(|slot, own, out| match slot {
            Slot::Number(_) => {}
            _ => out.push_str(own),
        })
    }
}

/// Writes the address of a link in a document that combines many texts. A link within the text points to the same place in
/// the document, every other link to a page.
fn write_gathered_address(link: &ResolvedLink, place: &Gathered<'_>, out: &mut String) {
    let Some(anchor) = link.anchor.as_deref().filter(|_| link.path.is_none()) else {
        return write_address(link, place.root, out);
    };
    let source = anchor.strip_prefix("_source-").and_then(|id| place.sources.iter().find(|(of, _)| *of == id));
    match source {
        Some((_, number)) => out.push_str(&format!("#{}", gathered_source(*number))),
        None => out.push_str(&format!("#{}{}", place.prefix, SitePath::new(anchor).url())),
    }
}

fn write_address(link: &ResolvedLink, root: &str, out: &mut String) {
    if let Some(path) = &link.path {
        out.push_str(root);
        out.push_str(&path.url());
    }
    if let Some(anchor) = &link.anchor {
        out.push('#');
        out.push_str(&SitePath::new(anchor.as_str()).url());
    }
}

fn write_size(link: &ResolvedLink, out: &mut String) {
    if let Some((width, height)) = link.size {
        // Writing to memory cannot fail.
        let _ = write!(out, r#" width="{width}" height="{height}""#);
    }
}

fn write_words(link: &ResolvedLink, own: &str, out: &mut String) {
    match &link.title {
        Some(title) => out.push_str(&escaped(title)),
        None => out.push_str(own),
    }
}

/// Converts a position in the HTML of a text, which has far less than 4 GiB.
fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The slot for the level in the heading tag at the beginning of `html`, a piece that begins at `start`.
fn level(html: &str, start: usize) -> Option<(Range<u32>, Slot)> {
    let before = if html.starts_with("</h") { 3 } else { 2 };
    let level = html.get(before..before + 1)?.parse().ok()?;
    let at = position(start + before);
    Some((at..at + 1, Slot::Level(level)))
}

/// Slots in the form in which they go through the renderer.
pub(super) mod slot {
    use std::io::Write as _;

    use pulldown_cmark::{CowStr, InlineStr};

    use super::SLOT;

    /// The beginning of an id.
    pub(crate) const ID: &str = "\u{1}i\u{1}\u{1}";

    /// Precedes the tag of a heading and makes a slot of its level. A slot inside a tag name would not survive the
    /// sanitiser.
    pub(crate) const HEADING: &str = "\u{1}h\u{1}\u{1}";

    /// The end of a tag, with the anchor of what it begins. Up to nine digits it allocates nothing on 64-bit systems,
    /// because every paragraph has one.
    pub(crate) fn anchor(number: usize) -> CowStr<'static> {
        let mut html = [0; 22];
        let mut rest = html.as_mut_slice();
        let is_whole = write!(rest, " id=\"{ID}_p{number}\">").is_ok();
        let left = rest.len();
        let whole = Some(&html[..html.len() - left]).filter(|_| is_whole).and_then(|html| str::from_utf8(html).ok());
        match whole.and_then(|html| InlineStr::try_from(html).ok()) {
            Some(short) => CowStr::Inlined(short),
            None => format!(" id=\"{ID}_p{number}\">").into(),
        }
    }

    /// The address of a link.
    pub(crate) fn link(number: usize) -> String {
        numbered('l', number, "")
    }

    /// The size of the picture that a link shows.
    pub(crate) fn size(number: usize) -> String {
        numbered('z', number, "")
    }

    /// The words of a link by id; `own` is used until the document's title is known.
    pub(crate) fn words(number: usize, own: &str) -> String {
        numbered('w', number, own)
    }

    /// The anchor of a source: its number, and its anchor on the text's own page.
    pub(crate) fn source(number: usize, anchor: &str) -> String {
        numbered('s', number, anchor)
    }

    /// The events of a query.
    pub(crate) fn list(number: usize) -> String {
        numbered('q', number, "")
    }

    /// The number of a source, counted from 0 and shown from 1.
    pub(crate) fn number(number: usize) -> String {
        numbered('n', number, &(number + 1).to_string())
    }

    fn numbered(name: char, number: usize, own: &str) -> String {
        let mut slot = String::with_capacity(own.len() + 8);
        slot.push(SLOT);
        slot.push(name);
        slot.push_str(&number.to_string());
        slot.push(SLOT);
        slot.push_str(own);
        slot.push(SLOT);
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::slot;

    #[test]
    fn an_anchor_of_any_length_is_whole() {
        for number in [1, 999_999_999, 1_000_000_000, usize::MAX] {
            assert_eq!(&*slot::anchor(number), format!(" id=\"{}_p{number}\">", slot::ID), "{number}");
        }
    }
}
