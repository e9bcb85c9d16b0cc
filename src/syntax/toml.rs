//! TOML 1.1 to a [`Node`] tree.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Key, Node, Table, Value};
use super::{Parsed, Piece};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Reads a piece of TOML. Every syntax error is reported; what could be read is in the tree.
#[must_use]
pub fn parse(piece: &Piece<'_>) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(piece.text);
    let mut reader = Reader {
        piece,
        broken: errors.iter().filter_map(toml::de::Error::span).collect(),
        diagnostics: Vec::new(),
    };
    for error in &errors {
        let diagnostic = reader.syntax_error(error);
        reader.diagnostics.push(diagnostic);
    }
    let span = piece.offset..piece.offset + piece.text.len();
    let value = Value::Table(reader.table(table.into_inner(), 1));
    (Node { span, value }, reader.diagnostics)
}

struct Reader<'p> {
    piece: &'p Piece<'p>,
    broken: Vec<Span>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn syntax_error(&self, error: &toml::de::Error) -> Diagnostic {
        let span = error.span().unwrap_or(0..0);
        let written = self.piece.text.get(span.clone()).unwrap_or_default();
        let at = self.in_file(&span);
        let message = error.message().lines().next().unwrap_or("unreadable TOML");
        if message.starts_with("duplicate key") {
            let message = format!("the key `{written}` is set twice");
            return Diagnostic::at(Code::DuplicateKey, self.piece.file, at, message);
        }
        if written.starts_with(|c: char| c.is_ascii_digit()) && message.contains("date") {
            let message = format!("`{written}` is not a date that TOML knows: {message}");
            return Diagnostic::at(Code::InvalidDate, self.piece.file, at, message).help(format!(
                "a TOML date is a whole day (2017-11-20); put any other EDTF date between quotes: \"{written}\""
            ));
        }
        Diagnostic::at(Code::TomlSyntax, self.piece.file, at, message)
    }

    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Table {
        let mut entries: Table = table
            .into_iter()
            .map(|(key, value)| {
                let key = Key {
                    span: self.in_file(&key.span()),
                    name: key.into_inner().into_owned(),
                };
                (key, self.node(value, depth))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let raw = value.span();
        let span = self.in_file(&raw);
        if self.broken.contains(&raw) {
            return Node {
                span,
                value: Value::Broken,
            };
        }
        let too_deep = depth >= self.piece.max_depth;
        let value = match value.into_inner() {
            DeValue::Array(_) | DeValue::Table(_) if too_deep => self.too_deep(&span),
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(number) => self.integer(number.as_str(), number.radix(), &span),
            DeValue::Float(number) => number.as_str().parse().map_or(Value::Broken, Value::Float),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Datetime(_) => Value::Datetime(self.piece.text[raw].to_owned()),
            DeValue::Array(items) => {
                Value::List(items.into_iter().map(|item| self.node(item, depth + 1)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth + 1)),
        };
        Node { span, value }
    }

    fn integer(&mut self, digits: &str, radix: u32, span: &Span) -> Value {
        if let Ok(number) = i64::from_str_radix(digits, radix) {
            return Value::Integer { number, plain: None };
        }
        let message = format!("the number {digits} is too large");
        self.diagnostics
            .push(Diagnostic::at(Code::TomlSyntax, self.piece.file, span.clone(), message));
        Value::Broken
    }

    fn too_deep(&mut self, span: &Span) -> Value {
        let message = format!("the front matter is nested deeper than {} levels", self.piece.max_depth);
        self.diagnostics
            .push(Diagnostic::at(Code::NestingTooDeep, self.piece.file, span.clone(), message));
        Value::Broken
    }

    fn in_file(&self, span: &Span) -> Span {
        span.start + self.piece.offset..span.end + self.piece.offset
    }
}
