//! How a site looks: the Tera engine with its templates, and the words of the interface. Nothing here knows a timeline.
//!
//! The built-in theme is in the binary. A site can replace any single file of it with one of the same name.

mod built_in;
mod engine;
mod fallback;
mod locale;
mod references;
mod scripts;
mod sheet;
mod template_help;

pub(crate) use built_in::assets;
pub(crate) use engine::{Engine, RenderError};
pub(crate) use fallback::{unmarked, with_languages, without_marks};
pub(crate) use locale::Locale;
