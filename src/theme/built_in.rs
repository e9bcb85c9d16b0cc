//! The built-in theme, embedded from `templates/`, `styles/`, `scripts/`, `static/` and `locales/`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::scripts::{embed_script, script};
use super::sheet::{embed_sheet, sheet};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");
static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// A file of the built-in theme that is copied into every site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asset {
    /// Its path inside `static/`, which is its path in the site.
    pub path: &'static str,
    /// Its contents.
    pub bytes: &'static [u8],
}

/// Returns the built-in templates by name.
pub(super) fn templates() -> BTreeMap<Cow<'static, str>, &'static str> {
    texts(&TEMPLATES)
}

/// Returns the built-in interface words by file name.
pub(super) fn locales() -> BTreeMap<Cow<'static, str>, &'static str> {
    texts(&LOCALES)
}

/// Returns the built-in static files, style sheets and scripts among them, in the order of their paths.
#[must_use]
pub(crate) fn assets() -> Vec<Asset> {
    let copied = files(&STATIC).filter_map(|file| Some(Asset { path: file.path().to_str()?, bytes: file.contents() }));
    let made = [
        ("assets/annals.css", sheet()),
        ("assets/annals.js", script()),
        ("assets/embed.css", embed_sheet()),
        ("assets/embed.js", embed_script()),
    ];
    let made = made.map(|(path, text)| Asset { path, bytes: text.as_bytes() });
    let mut assets: Vec<Asset> = copied.chain(made).collect();
    assets.sort_by_key(|asset| asset.path);
    assets
}

fn texts(dir: &'static Dir<'static>) -> BTreeMap<Cow<'static, str>, &'static str> {
    let text = |file: &'static include_dir::File<'static>| {
        let name = file.path().to_str()?.replace('\\', "/");
        Some((Cow::Owned(name), file.contents_utf8()?))
    };
    files(dir).filter_map(text).collect()
}

fn files(dir: &'static Dir<'static>) -> Box<dyn Iterator<Item = &'static include_dir::File<'static>>> {
    let visible = |file: &&include_dir::File<'_>| {
        let name = file.path().file_name();
        !name.is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
    };
    Box::new(dir.files().filter(visible).chain(dir.dirs().flat_map(files)))
}
