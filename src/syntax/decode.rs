//! From a [`Node`] tree to types of ours, reporting everything that does not fit.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use serde_json::json;

use super::node::{Key, Node, Table, Value};
use super::schema::{Schema, object};
use super::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Span, is_refused};

/// What decoding needs beside the tree: the file, and a place for problems.
pub struct Decoder<'a> {
    /// The file that is decoded, relative to the root.
    pub file: &'a Arc<str>,
    /// The whole text of the file, so that a problem inside a value can be placed to the character.
    pub text: &'a str,
    /// What was wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Decoder<'a> {
    /// A decoder for one file.
    #[must_use]
    pub fn new(file: &'a Arc<str>, text: &'a str) -> Self {
        Self { file, text, diagnostics: Vec::new() }
    }

    /// Reports a problem and hands it back, so that a help can be added.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::at(code, self.file, span, message));
        self.diagnostics.last_mut().expect("one was pushed just now")
    }

    /// Reports that a value has the wrong type, unless it is broken and was reported before.
    pub fn wrong_type(&mut self, node: &Node, wanted: &str) {
        if node.value != Value::Broken {
            let message = format!("this must be {wanted}, not {}", node.value.describe());
            let help = match &node.value {
                Value::Integer { .. } | Value::Float(_) | Value::Bool(_) | Value::Datetime(_)
                    if wanted.contains("text") =>
                {
                    let written = self.text.get(node.span.clone()).unwrap_or_default();
                    Some(format!("put it between quotes: \"{written}\""))
                }
                Value::Text(text) if wanted == "a list" => Some(format!("put it between brackets: [\"{text}\"]")),
                Value::Table(_) if wanted == "a list" => {
                    Some("in TOML a list of tables has two brackets on each side: [[name]]".to_owned())
                }
                _ => None,
            };
            self.report(Code::WrongType, node.span.clone(), message).help = help;
        }
    }

    /// Reports a character that no file may hold, where an escape in a value, or in one within it, brings it. One that
    /// stands there plainly was reported with the text of the file.
    pub fn refuse_escaped(&mut self, node: &Node) {
        match &node.value {
            Value::Text(text) => {
                let written = self.text.get(node.span.clone()).unwrap_or_default();
                let refused: BTreeSet<char> = text.chars().filter(|c| is_refused(*c)).collect();
                if let Some(c) = refused.into_iter().find(|c| !written.contains(*c)) {
                    let message = format!("the text holds the character U+{:04X}", u32::from(c));
                    self.report(Code::ControlCharacter, node.span.clone(), message).help =
                        Some("remove the escape that makes this character".to_owned());
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.refuse_escaped(item)),
            Value::Table(table) => table.iter().for_each(|(_, value)| self.refuse_escaped(value)),
            _ => {}
        }
    }

    /// The span of a part of a text value: exact where the value is written plainly between quotes or bare.
    #[must_use]
    pub fn span_within(&self, node: &Node, text: &str, part: Span) -> Span {
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        let before = match written.find(text) {
            Some(before) if written.len() <= text.len() + 2 => before,
            _ => return node.span.clone(),
        };
        let start = node.span.start + before;
        start + part.start.min(text.len())..start + part.end.min(text.len())
    }

    /// The fields of a table, after refusing keys that are not `known`. `None` where the value is no table.
    pub fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<Fields<'n>> {
        let Value::Table(table) = &node.value else {
            self.wrong_type(node, &format!("a table ({what})"));
            return None;
        };
        for (key, _) in table {
            if !known.contains(&key.name.as_str()) {
                let message = format!("`{}` is not a key of {what}", key.name);
                let help = nearest(&key.name, known.iter().copied())
                    .unwrap_or_else(|| format!("the keys of {what} are {}", known.join(", ")));
                self.report(Code::UnknownKey, key.span.clone(), message).help = Some(help);
            }
        }
        Some(Fields { table, span: node.span.clone(), what: what.to_owned() })
    }
}

/// The keys and values of one table that is being decoded.
pub struct Fields<'n> {
    table: &'n Table,
    span: Span,
    what: String,
}

impl Fields<'_> {
    /// The value of one key: decoded, or what its type is without a value, or a placeholder after a report.
    pub fn take<T: Decode>(&self, key: &str, decoder: &mut Decoder<'_>) -> T {
        // A YAML key with nothing after it is as good as no key.
        let given = self.table.iter().find(|(k, node)| k.name == key && node.value != Value::Nothing);
        if let Some((_, node)) = given {
            return T::decode(node, decoder);
        }
        if T::REQUIRED {
            let message = format!("{} has no `{key}`", self.what);
            let help = format!("add a line `{key} = …`");
            decoder.report(Code::MissingKey, self.span.clone(), message).help = Some(help);
        }
        T::placeholder()
    }
}

/// A type that can be read from a [`Node`].
pub trait Decode: Sized {
    /// Whether a table must have a key of this type.
    const REQUIRED: bool = true;

    /// Reads the value, or reports what is wrong with it and gives the placeholder.
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self;

    /// What stands in for a value that is missing or broken. It causes no further report.
    fn placeholder() -> Self;

    /// The JSON Schema of the value.
    fn schema() -> Schema;
}

/// A value that remembers where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The bytes of the value in its file.
    pub span: Span,
    /// The value.
    pub value: T,
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Decode> Decode for Spanned<T> {
    const REQUIRED: bool = T::REQUIRED;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        Self { span: node.span.clone(), value: T::decode(node, decoder) }
    }

    fn placeholder() -> Self {
        Self { span: 0..0, value: T::placeholder() }
    }

    fn schema() -> Schema {
        T::schema()
    }
}

impl<T: Decode> Decode for Option<T> {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        match node.value {
            Value::Nothing | Value::Broken => None,
            _ => Some(T::decode(node, decoder)),
        }
    }

    fn placeholder() -> Self {
        None
    }

    fn schema() -> Schema {
        T::schema()
    }
}

impl<T: Decode> Decode for Vec<T> {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        match &node.value {
            Value::List(items) => items.iter().map(|item| T::decode(item, decoder)).collect(),
            Value::Nothing => Self::new(),
            _ => {
                decoder.wrong_type(node, "a list");
                Self::new()
            }
        }
    }

    fn placeholder() -> Self {
        Self::new()
    }

    fn schema() -> Schema {
        object(json!({ "type": "array", "items": T::schema() }))
    }
}

/// A table with names of the author's own, such as the kinds of a site, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(pub Vec<(Key, T)>);

impl<T: Decode> Decode for Named<T> {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Value::Table(table) = &node.value else {
            decoder.wrong_type(node, "a table");
            return Self::placeholder();
        };
        let entries = table.iter();
        Self(entries.map(|(key, node)| (key.clone(), T::decode(node, decoder))).collect())
    }

    fn placeholder() -> Self {
        Self(Vec::new())
    }

    fn schema() -> Schema {
        object(json!({ "type": "object", "additionalProperties": T::schema() }))
    }
}

impl Decode for bool {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        if let Value::Bool(value) = node.value {
            return value;
        }
        decoder.wrong_type(node, "true or false");
        false
    }

    fn placeholder() -> Self {
        false
    }

    fn schema() -> Schema {
        object(json!({ "type": "boolean", "default": false }))
    }
}

impl Decode for i64 {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        if let Value::Integer { number, .. } = node.value {
            return number;
        }
        decoder.wrong_type(node, "a whole number");
        0
    }

    fn placeholder() -> Self {
        0
    }

    fn schema() -> Schema {
        object(json!({ "type": "integer" }))
    }
}

impl Decode for f64 {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        match node.value {
            Value::Float(number) => return number,
            #[expect(clippy::cast_precision_loss, reason = "a coordinate is far below 2^53")]
            Value::Integer { number, .. } => return number as Self,
            _ => decoder.wrong_type(node, "a number"),
        }
        0.0
    }

    fn placeholder() -> Self {
        0.0
    }

    fn schema() -> Schema {
        object(json!({ "type": "number" }))
    }
}

/// Text as it is written, refused only where it hides control characters.
impl Decode for String {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Value::Text(text) = &node.value else {
            decoder.wrong_type(node, "text");
            return Self::new();
        };
        decoder.refuse_escaped(node);
        text.clone()
    }

    fn placeholder() -> Self {
        Self::new()
    }

    fn schema() -> Schema {
        object(json!({ "type": "string" }))
    }
}

/// Declares a struct that is read from a table, with its decoder and JSON Schema.
///
/// ```text
/// record! {
///     /// A source.
///     pub struct Source("a source") {
///         /// Cited in the text.
///         id: String,
///     }
/// }
/// ```
macro_rules! record {
    ($(#[doc = $doc:literal])* pub struct $name:ident($what:literal) {
        $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
        }

        impl $crate::syntax::Decode for $name {
            fn decode(node: &$crate::syntax::Node, decoder: &mut $crate::syntax::Decoder<'_>) -> Self {
                const KEYS: &[&str] = &[$(stringify!($field)),*];
                match decoder.fields(node, $what, KEYS) {
                    Some(fields) => Self { $($field: fields.take(stringify!($field), decoder),)* },
                    None => Self::placeholder(),
                }
            }

            fn placeholder() -> Self {
                Self { $($field: <$type as $crate::syntax::Decode>::placeholder(),)* }
            }

            fn schema() -> $crate::syntax::Schema {
                $crate::syntax::record_schema(concat!($($doc, "\n",)*), vec![$(
                    $crate::syntax::FieldSchema {
                        name: stringify!($field),
                        doc: concat!($($field_doc, "\n",)*),
                        required: <$type as $crate::syntax::Decode>::REQUIRED,
                        schema: <$type as $crate::syntax::Decode>::schema(),
                    },
                )*])
            }
        }
    };
}
pub(crate) use record;

/// Declares an enum of named values, with its decoder and JSON Schema.
macro_rules! choice {
    ($(#[doc = $doc:literal])* pub enum $name:ident($what:literal) {
        $($(#[doc = $variant_doc:literal])* $variant:ident = $value:literal,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant,)*
        }

        impl $name {
            /// All values, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that stands for the value in a file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $value,)* }
            }
        }

        impl $crate::syntax::Decode for $name {
            fn decode(node: &$crate::syntax::Node, decoder: &mut $crate::syntax::Decoder<'_>) -> Self {
                let names = [$($value),*];
                let index = $crate::syntax::one_of(node, decoder, $what, &names);
                index.map_or_else(Self::placeholder, |index| Self::ALL[index])
            }

            fn placeholder() -> Self {
                Self::ALL[0]
            }

            fn schema() -> $crate::syntax::Schema {
                $crate::syntax::object_schema(serde_json::json!({ "enum": [$($value),*] }))
            }
        }
    };
}
pub(crate) use choice;

/// Which of the names a text value is; reports any other.
pub fn one_of(node: &Node, decoder: &mut Decoder<'_>, what: &str, names: &[&str]) -> Option<usize> {
    let Value::Text(text) = &node.value else {
        decoder.wrong_type(node, "text");
        return None;
    };
    let found = names.iter().position(|name| name == text);
    if found.is_none() {
        let message = format!("`{text}` is not {what}");
        let near = nearest(text, names.iter().copied());
        let help = near.unwrap_or_else(|| format!("it is one of {}", names.join(", ")));
        decoder.report(Code::InvalidValue, node.span.clone(), message).help = Some(help);
    }
    found
}
