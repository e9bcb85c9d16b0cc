//! What is above and below the contents of pages. It is the same on many pages, and rendered once for them all.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tera::{Context, Value};

use crate::markup::text_of;
use crate::outputs::site::Site;
use crate::outputs::values::object;
use crate::theme::RenderError;

/// A page's header and footer.
#[derive(Clone)]
pub(super) struct Frame {
    pub header: Value,
    pub footer: Value,
}

/// The frames rendered so far, by the path to the root and by the address of the page where it is one that menus can name.
#[derive(Default)]
pub(super) struct Frames(Mutex<BTreeMap<(String, Option<String>), Frame>>);

impl Frames {
    /// The frame of a page with this path to the root. `url` is its address if menus can name it.
    pub fn of(&self, root: &str, url: Option<String>, site: &Site) -> Result<Frame, RenderError> {
        let key = (root.to_owned(), url);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(frame) = known {
            return Ok(frame);
        }
        let mut context = Context::new();
        context.insert_value("root", Value::safe_string(root));
        context.insert_value("page", object! { "url": key.1.as_deref().map(Value::safe_string) });
        let part = |template| {
            let html = site.engine.render(template, &context)?;
            Ok(Value::safe_string(text_of(html).trim_end()))
        };
        let frame = Frame { header: part("header.html")?, footer: part("footer.html")? };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, frame.clone());
        Ok(frame)
    }
}
