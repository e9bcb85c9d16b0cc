//! A file that is ready to be made: first only the key of what determines its bytes, then, if they are needed, the bytes.
//!
//! Rendering is a pure function of a template and its context. So a file whose key is the same as in the build before does not
//! have to be rendered again, and nothing needs to know which entries a page depends on.

use std::borrow::Cow;
use std::io::{self, Write};

use tera::Value;
use tera::value::ValueKind;

use crate::key::{Key, Keyer};
use crate::theme::{Engine, RenderError};

/// The bytes of a file, or why they could not be rendered.
pub(super) type Bytes = Result<Vec<u8>, RenderError>;

/// A file that is ready to be made.
pub struct Draft<'a> {
    /// The key of everything that determines its bytes. The renderer adds what is the same in all files of the site.
    pub key: Key,
    maker: Maker<'a>,
}

/// How the bytes of a file are made.
pub enum Maker<'a> {
    /// All at once.
    Whole(Box<dyn FnOnce() -> Bytes + 'a>),
    /// SVG that is published as PNG. Painting takes longer than everything else, so its results are kept.
    Drawing(Box<dyn FnOnce() -> Bytes + 'a>),
    /// Part by part: the file may be too large to hold in memory.
    InParts(InParts<'a>),
}

/// Writes a file part by part. Returns only errors of the writer.
pub(super) type InParts<'a> = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + 'a>;

impl<'a> Draft<'a> {
    /// Creates a draft whose bytes `make` returns.
    pub fn new(key: Key, make: impl FnOnce() -> Bytes + 'a) -> Self {
        Self { key, maker: Maker::Whole(Box::new(make)) }
    }

    /// Creates a draft that `write` writes part by part.
    pub fn in_parts(key: Key, write: impl FnOnce(&mut dyn Write) -> io::Result<()> + 'a) -> Self {
        Self { key, maker: Maker::InParts(Box::new(write)) }
    }

    /// Creates a draft that is published as a PNG, painted from the SVG that `make` returns.
    pub fn drawing(key: Key, make: impl FnOnce() -> Bytes + 'a) -> Self {
        Self { key, maker: Maker::Drawing(Box::new(make)) }
    }

    /// Creates a draft that renders a template with a context.
    pub fn of(template: impl Into<Cow<'static, str>>, context: Context<'a>, engine: &'a Engine) -> Self {
        let template = template.into();
        Self::new(context.key(&template), move || engine.render(&template, &context.into()))
    }

    /// Creates a draft of bytes that are made already. Their hash is the key.
    pub fn made(bytes: Vec<u8>) -> Self {
        Self::new(Key::of(&bytes), move || Ok(bytes))
    }

    /// Passes the bytes through `change`, which may depend only on them and on what the key covers.
    #[must_use]
    pub fn then(self, change: impl FnOnce(Vec<u8>) -> Vec<u8> + 'a) -> Self {
        self.and_then(move |bytes| Ok(change(bytes)))
    }

    /// Does the same with a `change` that may fail. A file written part by part is then made as a whole.
    #[must_use]
    pub fn and_then(self, change: impl FnOnce(Vec<u8>) -> Bytes + 'a) -> Self {
        let maker = match self.maker {
            Maker::Drawing(make) => Maker::Drawing(Box::new(move || make().and_then(change))),
            maker => Maker::Whole(Box::new(move || maker.make().and_then(change))),
        };
        Self { maker, ..self }
    }

    /// Replaces the key with what `change` makes of it.
    #[must_use]
    pub fn with(self, change: impl FnOnce(Key) -> Key) -> Self {
        Self { key: change(self.key), ..self }
    }

    /// Returns how the bytes are made, for a caller that writes parts or paints a drawing itself.
    #[must_use]
    pub fn maker(self) -> Maker<'a> {
        self.maker
    }
}

impl Maker<'_> {
    /// Makes the bytes, or the SVG of a drawing.
    ///
    /// # Errors
    /// [`RenderError`] if a template fails.
    pub fn make(self) -> Bytes {
        match self {
            Self::Whole(make) | Self::Drawing(make) => make(),
            Self::InParts(write) => {
                let mut bytes = Vec::new();
                // Writing to memory cannot fail.
                let _ = write(&mut bytes);
                Ok(bytes)
            }
        }
    }
}

/// The values that a template gets, by name. Their order is part of the key.
#[derive(Default)]
pub struct Context<'a>(Vec<(&'static str, Late<'a>)>);

/// A value, or its key and what makes it.
enum Late<'a> {
    Now(Value),
    Later(Key, Box<dyn FnOnce() -> Value + 'a>),
}

impl<'a> Context<'a> {
    /// Adds a value.
    pub fn insert(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.push((name, Late::Now(value.into())));
    }

    /// Adds a value that is made only if the file is. It may depend only on what `key` covers and on what is the same in
    /// all files of the site.
    pub fn insert_later(&mut self, name: &'static str, key: Key, make: impl FnOnce() -> Value + 'a) {
        self.0.push((name, Late::Later(key, Box::new(make))));
    }

    /// Returns the key of what a template makes of these values.
    pub fn key(&self, template: &str) -> Key {
        let mut keyer = Keyer::default();
        keyer.text(template);
        for (name, value) in &self.0 {
            keyer.text(name);
            match value {
                Late::Now(value) => add(value, &mut keyer),
                Late::Later(key, _) => _ = keyer.key(*key),
            }
        }
        keyer.finish()
    }
}

impl From<Context<'_>> for tera::Context {
    fn from(context: Context<'_>) -> Self {
        let mut values = Self::new();
        for (name, value) in context.0 {
            let value = match value {
                Late::Now(value) => value,
                Late::Later(_, make) => make(),
            };
            values.insert_value(name, value);
        }
        values
    }
}

/// The name of the entry that holds a map's own key, if it has one.
pub(super) const OWN_KEY: &str = "key";

/// Returns the key of a map's entries, as the number that its first entry holds.
pub(super) fn own_key(entries: &[(&'static str, Value)]) -> u128 {
    let mut keyer = Keyer::default();
    for (name, value) in entries {
        keyer.text(name);
        add(value, &mut keyer);
    }
    keyer.finish().number()
}

/// Returns the key of a value: the one that it holds, or else one made from its contents.
pub(super) fn key_of(value: &Value) -> Key {
    held_key(value).unwrap_or_else(|| {
        let mut keyer = Keyer::default();
        add(value, &mut keyer);
        keyer.finish()
    })
}

/// Returns the key that a map holds in its first entry. Authors cannot make one: site.toml and front matter have no numbers
/// of 128 bits.
fn held_key(value: &Value) -> Option<Key> {
    let (name, key) = value.as_map()?.get_index(0)?;
    let is_own = key.is_u128() && name.as_str() == Some(OWN_KEY);
    key.as_u128().filter(|_| is_own).map(Key::from_number)
}

/// Adds a value to a key. A map that begins with its own key is represented by it: such maps are large, and in many contexts.
pub(super) fn add(value: &Value, keyer: &mut Keyer) {
    keyer.number(value.kind() as u64);
    match value.kind() {
        ValueKind::String => {
            keyer.number(u64::from(value.is_safe())).text(value.as_str().unwrap_or_default());
        }
        ValueKind::Array => {
            let items = value.as_array().unwrap_or_default();
            keyer.number(items.len() as u64);
            items.iter().for_each(|item| add(item, keyer));
        }
        ValueKind::Map => {
            if let Some(key) = held_key(value) {
                keyer.key(key);
                return;
            }
            keyer.number(value.len().unwrap_or_default() as u64);
            for (name, item) in value.as_map().into_iter().flatten() {
                keyer.text(name.as_str().unwrap_or_default());
                add(item, keyer);
            }
        }
        ValueKind::Bool => {
            keyer.number(u64::from(value.as_bool().unwrap_or_default()));
        }
        ValueKind::U64 | ValueKind::I64 => {
            keyer.bytes(&value.as_i128().unwrap_or_default().to_le_bytes());
        }
        ValueKind::F64 => {
            keyer.number(value.as_f64().unwrap_or_default().to_bits());
        }
        ValueKind::Undefined | ValueKind::None => {}
        _ => {
            keyer.text(&value.to_string());
        }
    }
}
