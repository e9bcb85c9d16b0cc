//! How a Timeline looks: the Tera engine with its templates, the words of the interface, and the values that
//! templates get.
//!
//! The built-in theme is in the binary. A site replaces any single file of it by a file of the same name.

mod built_in;
mod engine;
mod fallback;
mod locale;
mod sheet;
mod template_help;
pub mod views;

pub use built_in::{Asset, assets};
pub use engine::{Engine, RenderError, script_safe};
pub use fallback::{unmarked, with_languages, without_marks};
pub use locale::Locale;
pub use views::Views;
