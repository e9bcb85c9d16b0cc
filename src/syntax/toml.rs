//! TOML 1.1 to a [`Node`] tree.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Key, Node, Table, Value};
use super::{Parsed, Piece, bare_date};
use crate::diagnostic::{Code, Diagnostic, Span, is_refused};

/// Reads a piece of TOML. Every syntax error is reported; what could be read is in the tree.
#[must_use]
pub fn parse(piece: &Piece<'_>) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(piece.text);
    let mut reader = Reader { piece, broken: BTreeMap::new(), diagnostics: Vec::new() };
    reader.syntax_errors(&errors);
    let span = piece.offset..piece.offset + piece.text.len();
    let value = Value::Table(reader.table(table.into_inner(), 1));
    (Node { span, value }, reader.diagnostics)
}

struct Reader<'p> {
    piece: &'p Piece<'p>,
    /// Lines with a syntax error: where each begins and ends.
    broken: BTreeMap<usize, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reports the first error of each line: what follows on the line follows from it. What is read there is broken.
    fn syntax_errors(&mut self, errors: &[toml::de::Error]) {
        for error in errors {
            let at = error.span().map_or(0, |span| span.start.min(self.piece.text.len()));
            if self.is_broken(at) {
                continue;
            }
            let start = self.piece.text[..at].rfind('\n').map_or(0, |before| before + 1);
            let end = self.piece.text[at..].find('\n').map_or(self.piece.text.len(), |after| at + after);
            let diagnostic = self.syntax_error(error);
            // A control character was reported as one.
            if !self.piece.text[start..end].contains(is_refused) {
                self.diagnostics.push(diagnostic);
            }
            self.broken.insert(start, end);
        }
    }

    /// Whether a place lies on a line with a syntax error.
    fn is_broken(&self, at: usize) -> bool {
        self.broken.range(..=at).next_back().is_some_and(|(_, end)| at <= *end)
    }

    fn syntax_error(&self, error: &toml::de::Error) -> Diagnostic {
        let span = error.span().unwrap_or(0..0);
        let written = self.piece.text.get(span.clone()).unwrap_or_default();
        let at = self.in_file(&span);
        let message = error.message().lines().next().unwrap_or("unreadable TOML");
        if message.starts_with("duplicate key") {
            let message = format!("the key `{written}` is set twice");
            return Diagnostic::at(Code::DuplicateKey, self.piece.file, at, message);
        }
        if let Some(diagnostic) = bare_date::report(self.piece, &span) {
            return diagnostic;
        }
        if message.contains("recurs") {
            let message = "tables and lists are nested too deep to be read";
            return Diagnostic::at(Code::NestingTooDeep, self.piece.file, at, message);
        }
        let help = if message.contains("quoted") || message.contains("string") {
            "text stands between quotes, on one line: title = \"…\""
        } else {
            "each line is `key = value`; text stands between quotes, a list between brackets"
        };
        Diagnostic::at(Code::TomlSyntax, self.piece.file, at, message).help(help)
    }

    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Table {
        let mut entries: Table = table
            .into_iter()
            .map(|(key, value)| {
                let key = Key { span: self.in_file(&key.span()), name: key.into_inner().into_owned() };
                (key, self.node(value, depth))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let raw = value.span();
        let span = self.in_file(&raw);
        let is_leaf = !matches!(value.get_ref(), DeValue::Table(_));
        if is_leaf && self.is_broken(raw.start) {
            return Node { span, value: Value::Broken };
        }
        let too_deep = depth >= self.piece.max_depth;
        let value = match value.into_inner() {
            DeValue::Array(_) | DeValue::Table(_) if too_deep => self.too_deep(&span),
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(number) => self.integer(number.as_str(), number.radix(), &span),
            DeValue::Float(number) => number.as_str().parse().map_or(Value::Broken, Value::Float),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Datetime(_) => Value::Datetime(self.piece.text[raw].to_owned()),
            DeValue::Array(items) => Value::List(items.into_iter().map(|item| self.node(item, depth + 1)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table, depth + 1)),
        };
        Node { span, value }
    }

    fn integer(&mut self, digits: &str, radix: u32, span: &Span) -> Value {
        if let Ok(number) = i64::from_str_radix(digits, radix) {
            return Value::Integer { number, plain: None };
        }
        let message = format!("the number {digits} is too large");
        self.diagnostics.push(Diagnostic::at(Code::TomlSyntax, self.piece.file, span.clone(), message));
        Value::Broken
    }

    fn too_deep(&mut self, span: &Span) -> Value {
        let message = format!("tables and lists are nested deeper than {} levels", self.piece.max_depth);
        self.diagnostics.push(Diagnostic::at(Code::NestingTooDeep, self.piece.file, span.clone(), message));
        Value::Broken
    }

    fn in_file(&self, span: &Span) -> Span {
        span.start + self.piece.offset..span.end + self.piece.offset
    }
}
