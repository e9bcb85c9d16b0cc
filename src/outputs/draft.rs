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

/// What the bytes of a file are called once they can be made, or why they cannot.
pub type Bytes = Result<Vec<u8>, RenderError>;

/// A file that is ready to be made.
pub struct Draft<'a> {
    /// The key of everything that determines its bytes, with what is the same in all files of the site.
    pub key: Key,
    maker: Maker<'a>,
}

/// What makes the bytes of a file.
pub enum Maker<'a> {
    /// All at once.
    Whole(Box<dyn FnOnce() -> Bytes + 'a>),
    /// SVG that is published as PNG. Painting takes longer than everything else, so its results are kept.
    Drawing(Box<dyn FnOnce() -> Bytes + 'a>),
    /// A part after the other: a file that may be too large for the memory.
    InParts(InParts<'a>),
}

/// What writes a file part by part. Its errors are those of the writer.
pub type InParts<'a> = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + 'a>;

impl<'a> Draft<'a> {
    /// A file with this key, whose bytes `make` makes.
    pub fn new(key: Key, make: impl FnOnce() -> Bytes + 'a) -> Self {
        Self { key, maker: Maker::Whole(Box::new(make)) }
    }

    /// A file with this key, which `write` writes part by part.
    pub fn in_parts(key: Key, write: impl FnOnce(&mut dyn Write) -> io::Result<()> + 'a) -> Self {
        Self { key, maker: Maker::InParts(Box::new(write)) }
    }

    /// A file with this key that is published as the PNG of the SVG that `make` makes.
    pub fn drawing(key: Key, make: impl FnOnce() -> Bytes + 'a) -> Self {
        Self { key, maker: Maker::Drawing(Box::new(make)) }
    }

    /// What a template makes of a context.
    pub fn of(template: impl Into<Cow<'static, str>>, context: Context<'a>, engine: &'a Engine) -> Self {
        let template = template.into();
        Self::new(context.key(&template), move || engine.render(&template, &context.into()))
    }

    /// A file whose bytes are made already.
    pub fn made(bytes: Vec<u8>) -> Self {
        Self::new(Key::of(&bytes), move || Ok(bytes))
    }

    /// The same file with its bytes changed, by something that depends on nothing but them.
    #[must_use]
    pub fn then(self, change: impl FnOnce(Vec<u8>) -> Vec<u8> + 'a) -> Self {
        self.and_then(move |bytes| Ok(change(bytes)))
    }

    /// The same file with its bytes changed, by something that depends on nothing but them and may fail.
    #[must_use]
    pub fn and_then(self, change: impl FnOnce(Vec<u8>) -> Bytes + 'a) -> Self {
        let maker = match self.maker {
            Maker::Drawing(make) => Maker::Drawing(Box::new(move || make().and_then(change))),
            maker => Maker::Whole(Box::new(move || maker.make().and_then(change))),
        };
        Self { maker, ..self }
    }

    /// The same file with its key changed.
    #[must_use]
    pub fn with(self, change: impl FnOnce(Key) -> Key) -> Self {
        Self { key: change(self.key), ..self }
    }

    /// What makes the bytes.
    #[must_use]
    pub fn maker(self) -> Maker<'a> {
        self.maker
    }
}

impl Maker<'_> {
    /// The bytes, or the SVG of a drawing.
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

/// The values that a template gets, by name.
#[derive(Default)]
pub struct Context<'a>(Vec<(&'static str, Late<'a>)>);

/// A value, or what makes it.
enum Late<'a> {
    Now(Value),
    Later(Key, Box<dyn FnOnce() -> Value + 'a>),
}

impl<'a> Context<'a> {
    /// Adds a value.
    pub fn insert(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.push((name, Late::Now(value.into())));
    }

    /// Adds a value that is made only if the file is. It must depend on nothing but what `key` covers, and on what is the same in
    /// all files of the site.
    pub fn insert_later(&mut self, name: &'static str, key: Key, make: impl FnOnce() -> Value + 'a) {
        self.0.push((name, Late::Later(key, Box::new(make))));
    }

    /// The key of a template's result with these values.
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
pub const OWN_KEY: &str = "key";

/// The key of a map's entries, as its first entry holds it.
pub fn own_key(entries: &[(&'static str, Value)]) -> u128 {
    let mut keyer = Keyer::default();
    for (name, value) in entries {
        keyer.text(name);
        add(value, &mut keyer);
    }
    keyer.finish().number()
}

/// The key of a value.
pub fn key_of(value: &Value) -> Key {
    held_key(value).unwrap_or_else(|| {
        let mut keyer = Keyer::default();
        add(value, &mut keyer);
        keyer.finish()
    })
}

/// The key that a map begins with. Only annals makes numbers of 128 bits: site.toml and front matter have none.
fn held_key(value: &Value) -> Option<Key> {
    let (name, key) = value.as_map()?.get_index(0)?;
    let is_own = key.is_u128() && name.as_str() == Some(OWN_KEY);
    key.as_u128().filter(|_| is_own).map(Key::from_number)
}

/// Adds a value to a key. A map that begins with its own key is represented by it: such maps are large, and in many contexts.
pub fn add(value: &Value, keyer: &mut Keyer) {
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
