//! The tree that TOML and YAML have in common. It borrows keys and texts from the file where they are as written.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::Span;

/// A value and its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node<'t> {
    /// The bytes of the value in the file, quotes included.
    pub span: Span,
    /// The value.
    pub value: Value<'t>,
}

/// A key and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key<'t> {
    /// The bytes of the key in the file.
    pub span: Span,
    /// The key without quotes.
    pub name: Cow<'t, str>,
}

/// Keys and values in the order of the file.
pub(super) type Table<'t> = Vec<(Key<'t>, Node<'t>)>;

/// The types of values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'t> {
    /// Text.
    Text(Cow<'t, str>),
    /// A whole number that fits 64 bits.
    Integer {
        /// The number.
        number: i64,
        /// The number as written in YAML, where it may be meant as text or as a date: `2017`. `None` in TOML.
        plain: Option<String>,
    },
    /// Any other number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A TOML date or date-time, as written.
    Datetime(&'t str),
    /// YAML's `null`, or a key with nothing after it.
    Nothing,
    /// A list.
    List(Vec<Node<'t>>),
    /// A table (mapping).
    Table(Table<'t>),
    /// A value that could not be read and has already been reported.
    Broken,
}

impl Value<'_> {
    /// The type of the value, in words for a report.
    #[must_use]
    pub(crate) fn describe(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Text(_) => "text",
            Self::Integer { .. } => "a whole number",
            Self::Float(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Datetime(_) => "a date",
            Self::Nothing => "nothing",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Broken => "a broken value",
        })
    }

    /// Converts the value to JSON, for `[extra]`, which templates get unchanged. Dates become text; broken values, and
    /// numbers that JSON does not have, become `null`.
    #[must_use]
    pub(crate) fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self {
            Self::Text(text) => Json::String(text.to_string()),
            Self::Datetime(text) => Json::String((*text).to_owned()),
            Self::Integer { number, .. } => Json::from(*number),
            Self::Float(number) => Json::from(*number),
            Self::Bool(value) => Json::Bool(*value),
            Self::Nothing | Self::Broken => Json::Null,
            Self::List(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Self::Table(table) => {
                table.iter().map(|(key, node)| (key.name.to_string(), node.value.to_json())).collect()
            }
        }
    }
}

impl Node<'_> {
    /// An empty table, which replaces unreadable front matter.
    #[must_use]
    pub(crate) fn empty(span: Span) -> Self {
        Self { span, value: Value::Table(Table::new()) }
    }
}

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Text.
    Text,
    /// A list.
    List,
    /// A list of tables.
    Tables,
    /// A table, and what it is called.
    Table(Option<&'static str>),
    /// True or false.
    Boolean,
    /// A number without a fraction.
    WholeNumber,
    /// Any number.
    Number,
    /// A date.
    Date,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::List => "a list",
            Self::Tables => "a list of tables",
            Self::Table(Some(name)) => return write!(f, "a table ({name})"),
            Self::Table(None) => "a table",
            Self::Boolean => "true or false",
            Self::WholeNumber => "a whole number",
            Self::Number => "a number",
            Self::Date => "a date",
        })
    }
}
