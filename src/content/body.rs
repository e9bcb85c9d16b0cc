//! A document's text as HTML with slots for links.
//!
//! The HTML is made once and stands in several pages, at different depths. So a link inside the site is left
//! as a slot in the HTML, filled when a page is written.

use std::collections::BTreeSet;

use super::plain_text;
use crate::diagnostic::Span;
use crate::id::SitePath;

/// Marks a slot in HTML on its way through the renderer. Control characters cannot come from an author: they are refused.
pub(super) const SLOT: char = '\u{1}';
/// Where a link leads, before anybody has looked whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A document, by `@/events/<file>.md` or by a relative path to its file.
    Document {
        /// The path of the file inside `content/`, where the author gave it exactly.
        path: String,
        /// Whether the path must be exact, as in a relative link that code hosts follow too.
        exact: bool,
    },
    /// A file in `static/` or beside the entry.
    File {
        /// The path of the file inside `static/`.
        in_static: String,
        /// The path of the file inside `content/`.
        beside: String,
    },
    /// A place in the same page.
    Here,
}

/// A link or picture in the text that leads to something inside the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The anchor after `#`, without it.
    pub anchor: Option<String>,
    /// Where it stands in the file.
    pub span: Span,
    /// Where it leads in the written site, once that is known.
    pub path: Option<SitePath>,
}

/// A document's text as HTML.
#[derive(Clone, Debug, Default)]
pub struct Body {
    html: String,
    /// Places in `html` at which the link of that number is to be written.
    slots: Vec<(usize, usize)>,
    /// The links inside the site.
    pub links: Vec<Link>,
    /// Ids that links can lead to.
    pub anchors: BTreeSet<String>,
    /// The sources in the order in which the text first cites them, each with how often.
    pub citations: Vec<(usize, usize)>,
    /// The beginning of the text, for descriptions.
    pub lead: String,
}

impl Body {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.html.trim().is_empty()
    }

    /// The HTML for a page from whose folder `root` leads to the site's root.
    #[must_use]
    pub fn html(&self, root: &str) -> String {
        let mut out = String::with_capacity(self.html.len() + self.slots.len() * 40);
        let mut from = 0;
        for (at, link) in &self.slots {
            out.push_str(&self.html[from..*at]);
            self.write_address(&self.links[*link], root, &mut out);
            from = *at;
        }
        out.push_str(&self.html[from..]);
        out
    }

    /// How long the HTML is, in bytes: a measure of the text that costs nothing.
    #[must_use]
    pub fn html_length(&self) -> usize {
        self.html.len()
    }

    /// The words of the text without markup and without the marks of citations: a line for each paragraph, heading,
    /// item or cell.
    #[must_use]
    pub fn plain_text(&self) -> String {
        plain_text::of_html(&self.html)
    }

    fn write_address(&self, link: &Link, root: &str, out: &mut String) {
        if let Some(path) = &link.path {
            out.push_str(root);
            out.push_str(&path.url());
        }
        if let Some(anchor) = &link.anchor {
            out.push('#');
            out.push_str(&SitePath::new(anchor.as_str()).url());
        }
    }
}

/// Splits rendered HTML into plain HTML and slots.
pub(super) fn take_slots(rendered: &str, body: &mut Body) {
    if !rendered.contains(SLOT) {
        rendered.clone_into(&mut body.html);
        return;
    }
    for (index, part) in rendered.split(SLOT).enumerate() {
        match part.parse() {
            Ok(link) if index % 2 == 1 => body.slots.push((body.html.len(), link)),
            _ => body.html.push_str(part),
        }
    }
}
