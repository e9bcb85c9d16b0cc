//! The frame of pages: the header and footer. Each is rendered once for all pages on which it is the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;

use crate::id::Depth;
use crate::key::{Key, Keyer};
use crate::outputs::draft::Context;
use crate::outputs::site::Site;
use crate::outputs::values::object;
use crate::theme::RenderError;

/// What the frame and the lists of a page depend on: where it is, and which item of the menu it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stand {
    /// How deep its folder is.
    pub depth: Depth,
    /// The path from its folder to the site's root, as in links.
    pub root: String,
    /// Its address from the site's root, if menus can link to it.
    pub url: Option<String>,
}

/// A part of the frame.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Header,
    Footer,
}

/// The parts rendered so far.
#[derive(Default)]
pub(super) struct Frames(Mutex<BTreeMap<(Stand, Part), Arc<str>>>);

impl Stand {
    /// Returns the key of what the frame depends on.
    pub(super) fn key(&self) -> Key {
        Keyer::default().text(&self.root).maybe(self.url.as_deref()).finish()
    }
}

impl Frames {
    /// Returns a part of the frame of a page, rendered when the first page with this [`Stand`] needs it.
    pub(super) fn html(&self, part: Part, stand: &Stand, site: &Site) -> Result<Arc<str>, RenderError> {
        let key = (stand.clone(), part);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(html) = known {
            return Ok(html);
        }
        let mut context = Context::default();
        context.insert("root", Value::safe_string(&stand.root));
        context.insert("page", object! { "url": stand.url.as_deref().map(Value::safe_string) });
        let template = match part {
            Part::Header => "header.html",
            Part::Footer => "footer.html",
        };
        let html: Arc<str> = site.engine.part(template, &context.into(), |html| html.trim_end().into())?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&html));
        Ok(html)
    }
}
