//! A document's text as HTML with slots for links.
//!
//! The HTML is made once and stands in several pages, at different depths. So a link inside the site is left
//! as a slot in the HTML, filled when a page is written.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diagnostic::Span;
use crate::id::SitePath;

/// Marks a slot in HTML on its way through the renderer. Control characters cannot come from an author: they are refused.
pub(super) const SLOT: char = '\u{1}';
/// Begins a slot that is for a picture's size, not for its address.
const SIZE: char = 's';

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
    /// Width and height in pixels of the picture it leads to, once they are known.
    pub size: Option<(u32, u32)>,
}

/// What is to be written of a link, by its number.
#[derive(Clone, Copy, Debug)]
enum Slot {
    Address(usize),
    /// The attributes `width` and `height`.
    Size(usize),
}

/// A document's text as HTML.
#[derive(Clone, Debug, Default)]
pub struct Body {
    html: String,
    /// Places in `html` at which something of a link is to be written.
    slots: Vec<(usize, Slot)>,
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
        for (at, slot) in &self.slots {
            out.push_str(&self.html[from..*at]);
            match slot {
                Slot::Address(link) => self.write_address(&self.links[*link], root, &mut out),
                Slot::Size(link) => write_size(&self.links[*link], &mut out),
            }
            from = *at;
        }
        out.push_str(&self.html[from..]);
        out
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

fn write_size(link: &Link, out: &mut String) {
    if let Some((width, height)) = link.size {
        // Writing to memory cannot fail.
        let _ = write!(out, r#" width="{width}" height="{height}""#);
    }
}

/// Where the size of a picture is to be written, by the slot of its address; nothing for a picture without one.
pub(super) fn size_slot(address: &str) -> String {
    match address.strip_prefix(SLOT) {
        Some(number) => format!("{SLOT}{SIZE}{number}"),
        None => String::new(),
    }
}

/// Splits rendered HTML into plain HTML and slots.
pub(super) fn take_slots(rendered: &str, body: &mut Body) {
    if !rendered.contains(SLOT) {
        rendered.clone_into(&mut body.html);
        return;
    }
    for (index, part) in rendered.split(SLOT).enumerate() {
        let slot = match part.strip_prefix(SIZE) {
            Some(number) => number.parse().map(Slot::Size),
            None => part.parse().map(Slot::Address),
        };
        match slot {
            Ok(slot) if index % 2 == 1 => body.slots.push((body.html.len(), slot)),
            _ => body.html.push_str(part),
        }
    }
}
