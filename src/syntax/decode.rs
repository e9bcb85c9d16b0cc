//! From a [`Node`] tree to annals' types, reporting everything that does not fit.

use std::ops::Deref;

use serde_json::json;

use super::decoder::{Decode, Decoder, Field, Keys};
use super::fields::Fields;
use super::node::{Key, Node, Type, Value};
use super::schema::{FieldSchema, Schema, object};
use super::suggest::nearest;
use crate::diagnostic::{Code, Span};

/// A value that remembers its place in the file. Two are equal if their values are, wherever these are.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The bytes of the value in its file.
    pub span: Span,
    /// The value.
    pub value: T,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Decode> Decode for Spanned<T> {
    const REQUIRED: bool = T::REQUIRED;
    const KEYS: Keys = T::KEYS;
    const IS_LIST: bool = T::IS_LIST;

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
    const KEYS: Keys = T::KEYS;
    const IS_LIST: bool = T::IS_LIST;

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
    const KEYS: Keys = T::KEYS;
    const IS_LIST: bool = true;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        match &node.value {
            Value::List(items) => items.iter().map(|item| T::decode(item, decoder)).collect(),
            Value::Nothing => Self::new(),
            _ => {
                let wanted = if T::KEYS.is_empty() { Type::List } else { Type::Tables };
                decoder.wrong_type(node, wanted);
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

/// A table whose keys the author chooses, such as the kinds of a site, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named<T>(pub Vec<(Key<'static>, T)>);

impl<T: Decode> Decode for Named<T> {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Value::Table(table) = &node.value else {
            decoder.wrong_type(node, Type::Table(None));
            return Self::placeholder();
        };
        let owned = |key: &Key<'_>| Key { span: key.span.clone(), name: key.name.to_string().into() };
        Self(table.iter().map(|(key, node)| (owned(key), T::decode(node, decoder))).collect())
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
        decoder.wrong_type(node, Type::Boolean);
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
        decoder.wrong_type(node, Type::WholeNumber);
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
            _ => decoder.wrong_type(node, Type::Number),
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

/// Text as written, refused only if it contains escaped control characters.
impl Decode for String {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        decoder.text_of(node).unwrap_or_default().to_owned()
    }

    fn placeholder() -> Self {
        Self::new()
    }

    fn schema() -> Schema {
        object(json!({ "type": "string" }))
    }
}

/// A table with known keys: a whole one, or a part that several kinds of table share.
pub(crate) trait Record: Sized {
    /// Each key, with the keys below it.
    const FIELDS: &'static [Field];

    /// Decodes the values of its keys from a table, and reports what is wrong with them. Unknown keys were reported before.
    fn take(fields: &Fields<'_>, decoder: &mut Decoder<'_>) -> Self;

    /// The value used for a table that is missing or broken.
    fn placeholder() -> Self;

    /// Its keys, for the JSON Schema.
    fn schema() -> Vec<FieldSchema>;
}

/// The fields of a table followed by those of a part that it shares with others.
pub(crate) const fn joined<const N: usize>(own: &[Field], shared: &[Field]) -> [Field; N] {
    let mut all = [Field { name: "", keys: &[], is_list: false }; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < own.len() { own[at] } else { shared[at - own.len()] };
        at += 1;
    }
    all
}

/// The keys of a table with these fields.
pub(crate) const fn keys<const N: usize>(fields: &[Field]) -> [&'static str; N] {
    let mut keys = [""; N];
    let mut at = 0;
    while at < N {
        keys[at] = fields[at].name;
        at += 1;
    }
    keys
}

/// Declares a struct that is read from a table, with its decoder and JSON Schema. A last field after `..` is another
/// record, whose keys are in the same table.
///
/// ```text
/// record! {
///     /// A source.
///     pub struct Source("a source") {
///         /// Cited in the text.
///         id: String,
///         /// What it shares with others.
///         ..common: Common,
///     }
/// }
/// ```
macro_rules! record {
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident($what:literal) {
        $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)*
        $(..$shared:ident: $shared_type:ty,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
            $(
                /// What every document has.
                pub $shared: $shared_type,
            )?
        }

        impl $crate::syntax::Record for $name {
            const FIELDS: &'static [$crate::syntax::Field] = {
                const OWN: &[$crate::syntax::Field] = &[$($crate::syntax::Field {
                    name: stringify!($field),
                    keys: <$type as $crate::syntax::Decode>::KEYS,
                    is_list: <$type as $crate::syntax::Decode>::IS_LIST,
                }),*];
                const SHARED: &[$crate::syntax::Field] = {
                    let shared: &[$crate::syntax::Field] = &[];
                    $(let _ = shared; let shared = <$shared_type as $crate::syntax::Record>::FIELDS;)?
                    shared
                };
                &$crate::syntax::decode::joined::<{ OWN.len() + SHARED.len() }>(OWN, SHARED)
            };

            fn take(fields: &$crate::syntax::Fields<'_>, decoder: &mut $crate::syntax::Decoder<'_>) -> Self {
                Self {
                    $($field: fields.take(stringify!($field), decoder),)*
                    $($shared: <$shared_type as $crate::syntax::Record>::take(fields, decoder),)?
                }
            }

            fn placeholder() -> Self {
                Self {
                    $($field: <$type as $crate::syntax::Decode>::placeholder(),)*
                    $($shared: <$shared_type as $crate::syntax::Record>::placeholder(),)?
                }
            }

            #[allow(unused_mut, reason = "only a record with a shared part adds to the list")]
            fn schema() -> Vec<$crate::syntax::FieldSchema> {
                let mut fields = vec![$(
                    $crate::syntax::FieldSchema {
                        name: stringify!($field),
                        doc: concat!($($field_doc, "\n",)*),
                        required: <$type as $crate::syntax::Decode>::REQUIRED,
                        schema: <$type as $crate::syntax::Decode>::schema(),
                    },
                )*];
                $(fields.extend(<$shared_type as $crate::syntax::Record>::schema());)?
                fields
            }
        }

        impl $crate::syntax::Decode for $name {
            const KEYS: $crate::syntax::Keys =
                &$crate::syntax::decode::keys::<{ <Self as $crate::syntax::Record>::FIELDS.len() }>(
                    <Self as $crate::syntax::Record>::FIELDS,
                );

            fn decode(node: &$crate::syntax::Node, decoder: &mut $crate::syntax::Decoder<'_>) -> Self {
                use $crate::syntax::Record;
                match decoder.fields(node, $what, <Self as $crate::syntax::Decode>::KEYS, Self::FIELDS) {
                    Some(fields) => Self::take(&fields, decoder),
                    None => <Self as Record>::placeholder(),
                }
            }

            fn placeholder() -> Self {
                <Self as $crate::syntax::Record>::placeholder()
            }

            fn schema() -> $crate::syntax::Schema {
                let fields = <Self as $crate::syntax::Record>::schema();
                $crate::syntax::schema::record_schema(concat!($($doc, "\n",)*), fields)
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

            /// The word for the value in a file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $value,)* }
            }
        }

        impl $crate::syntax::Decode for $name {
            fn decode(node: &$crate::syntax::Node, decoder: &mut $crate::syntax::Decoder<'_>) -> Self {
                let names: Vec<&str> = Self::ALL.iter().map(|value| value.name()).collect();
                let index = $crate::syntax::decode::one_of(node, decoder, $what, &names);
                index.map_or_else(Self::placeholder, |index| Self::ALL[index])
            }

            fn placeholder() -> Self {
                Self::ALL[0]
            }

            fn schema() -> $crate::syntax::Schema {
                $crate::syntax::schema::object(serde_json::json!({ "enum": [$($value),*] }))
            }
        }
    };
}
pub(crate) use choice;

/// Returns the index of the name that a text value is, in `names`; `None` for a broken value, or after a report. `what`
/// completes the message "… is not".
pub(crate) fn one_of(node: &Node, decoder: &mut Decoder<'_>, what: &str, names: &[&str]) -> Option<usize> {
    let all = || format!("it is one of {}", names.join(", "));
    if !matches!(node.value, Value::Text(_) | Value::Broken | Value::Nothing) {
        decoder.wrong_type(node, Type::Text);
        if let Some(diagnostic) = decoder.problems.last_mut() {
            diagnostic.help(all());
        }
        return None;
    }
    let text = decoder.exact_text(node)?;
    if decoder.refuse_empty(node, text, all) {
        return None;
    }
    let found = names.iter().position(|name| *name == text);
    if found.is_none() {
        let message = format!("`{text}` is not {what}");
        let help = nearest(text, names.iter().copied()).unwrap_or_else(all);
        decoder.report(Code::InvalidValue, node.span.clone(), message).help(help);
    }
    found
}
