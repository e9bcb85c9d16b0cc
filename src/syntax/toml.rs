//! TOML 1.1 to a [`Node`] tree.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Key, Node, Table, Value};
use super::slips::Slip;
use super::{Language, Parsed, Piece, bare_date, plain_toml, slips, toml_help};
use crate::diagnostic::{Code, Problems, Span, is_refused};

/// Reads a piece of TOML. Each mistake is reported once; what could be read is in the tree.
#[must_use]
pub(crate) fn parse<'t>(piece: &Piece<'t>) -> Parsed<'t> {
    plain_toml::parse(piece).map_or_else(|| full(piece), |node| (node, Problems::default()))
}

/// Reads any TOML, with the full parser.
fn full<'t>(piece: &Piece<'t>) -> Parsed<'t> {
    let (table, errors) = DeTable::parse_recoverable(piece.text);
    let mut reader = Reader {
        piece,
        broken: BTreeMap::new(),
        twice: BTreeSet::new(),
        end: piece.text.len(),
        problems: Problems::default(),
    };
    if !errors.is_empty() {
        reader.syntax_errors(table.get_ref(), errors);
    }
    let span = piece.offset..piece.offset + piece.text.len();
    let value = Value::Table(reader.table(table.into_inner(), 1));
    (Node { span, value }, reader.problems)
}

struct Reader<'p, 't> {
    piece: &'p Piece<'t>,
    /// Lines with a syntax error, or runs of such lines: the byte at which each begins, and the byte at which it ends.
    broken: BTreeMap<usize, usize>,
    /// Keys of the outermost table that are set in two ways, as a value and as a table. Neither is reliable.
    twice: BTreeSet<String>,
    /// The byte at which reading ends, because nothing after a broken header or in the other language can be relied on.
    end: usize,
    problems: Problems,
}

impl<'t> Reader<'_, 't> {
    /// Reports the first error on each line, because it causes the others. Values on such a line are broken.
    fn syntax_errors(&mut self, table: &DeTable<'_>, mut errors: Vec<toml::de::Error>) {
        let text = self.piece.text;
        if let Some(slip) = slips::other_language(text, Language::Toml, self.piece.fenced) {
            slip.report(Code::TomlSyntax, self.piece, &mut self.problems);
            self.end = 0;
            return;
        }
        let at = |error: &toml::de::Error| error.span().map_or(0, |span| span.start.min(text.len()));
        let ends: Vec<usize> = errors.iter().filter(|error| is_open_end(error.message())).map(at).collect();
        let open = ends.iter().filter_map(|end| value_that_ends(table, text, *end)).min();
        if let Some(open) = open {
            let slip = toml_help::unclosed(text, open);
            slip.report(Code::TomlSyntax, self.piece, &mut self.problems);
            self.broken.insert(slips::line(text, open).start, text.len());
            self.end = text.len();
        }
        errors.sort_by_key(at);
        for error in &errors {
            let at = at(error);
            if self.is_broken(at) || at >= self.end.saturating_add(1) {
                continue;
            }
            let line = slips::line(text, at);
            let (code, slip) = self.syntax_error(error);
            let is_header = text[line.clone()].trim_start().starts_with('[') && code == Code::TomlSyntax;
            // A control character was already reported as such.
            if !text[line.clone()].contains(is_refused) {
                slip.report(code, self.piece, &mut self.problems);
            }
            let end = toml_help::last_line_of_text(text, at).unwrap_or(line.end);
            self.broken.insert(line.start, end);
            if is_header {
                self.end = line.start;
                break;
            }
        }
    }

    /// Whether a position is on a line with a syntax error.
    fn is_broken(&self, at: usize) -> bool {
        self.broken.range(..=at).next_back().is_some_and(|(_, end)| at <= *end)
    }

    /// Notes a key of the outermost table that was set before and is now set again by a header or a dotted key.
    fn set_twice(&mut self, span: &Span, is_dotted: bool) {
        let text = self.piece.text;
        let before = text[slips::line(text, span.start).start..span.start].trim();
        let is_header = !before.is_empty() && before.bytes().all(|byte| byte == b'[');
        let is_outermost = before.is_empty() && !text[..span.start].contains("\n[");
        if is_header || (is_dotted && is_outermost) {
            self.twice.insert(text[span.clone()].trim_matches(['"', '\'']).to_owned());
        }
    }

    /// Explains a syntax error.
    fn syntax_error(&mut self, error: &toml::de::Error) -> (Code, Slip) {
        let span = error.span().unwrap_or(0..0);
        let written = self.piece.text.get(span.clone()).unwrap_or_default();
        let message = error.message().lines().next().unwrap_or("unreadable TOML");
        let extends = message.starts_with("cannot extend");
        if extends || message.starts_with("duplicate key") {
            self.set_twice(&span, extends);
            let message = format!("the key `{written}` is set twice");
            return (Code::DuplicateKey, Slip::new(span, message, super::DUPLICATE_HELP));
        }
        if let Some(slip) = bare_date::explain(self.piece, &span) {
            return (Code::InvalidDate, slip);
        }
        if message.contains("recurs") {
            let message = "tables and lists are nested too deep to be read";
            return (Code::NestingTooDeep, Slip::new(span, message, super::DEPTH_HELP));
        }
        (Code::TomlSyntax, toml_help::explain(self.piece.text, &span, message))
    }

    fn table(&mut self, table: DeTable<'t>, depth: usize) -> Table<'t> {
        let kept: Vec<_> = table.into_iter().filter(|(key, _)| self.is_key(key)).collect();
        let mut entries: Table<'t> = kept
            .into_iter()
            .map(|(key, value)| {
                let key = Key { span: self.piece.in_file(&key.span()), name: key.into_inner() };
                let is_reliable = depth > 1 || !self.twice.contains(&*key.name);
                let node = self.node(value, depth);
                let value = if is_reliable { node.value } else { Value::Broken };
                (key, Node { span: node.span, value })
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }

    /// Whether a key is reliable: on a line with a reported error, only one that is spelt like a key.
    fn is_key(&self, key: &Spanned<Cow<'_, str>>) -> bool {
        let spelt = || {
            !key.get_ref().is_empty()
                && key.get_ref().chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        };
        let at = key.span().start;
        at < self.end && (!self.is_broken(at) || spelt())
    }

    fn node(&mut self, value: Spanned<DeValue<'t>>, depth: usize) -> Node<'t> {
        let raw = value.span();
        let span = self.piece.in_file(&raw);
        // The table of a header spans only the header, whose line is not broken.
        let is_leaf = !matches!(value.get_ref(), DeValue::Table(_)) || self.piece.text[raw.start..].starts_with('{');
        if is_leaf && self.is_broken(raw.start) {
            return Node { span, value: Value::Broken };
        }
        let too_deep = depth >= self.piece.max_depth;
        let value = match value.into_inner() {
            DeValue::Array(_) | DeValue::Table(_) if too_deep => self.too_deep(&span),
            DeValue::String(text) => Value::Text(text),
            DeValue::Integer(number) => self.integer(number.as_str(), number.radix(), &span),
            DeValue::Float(number) => number.as_str().parse().map_or(Value::Broken, Value::Float),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Datetime(_) => Value::Datetime(&self.piece.text[raw]),
            DeValue::Array(items) => {
                let end = self.end;
                let items = items.into_iter().filter(|item| item.span().start < end);
                Value::List(items.map(|item| self.node(item, depth + 1)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth + 1)),
        };
        Node { span, value }
    }

    fn integer(&mut self, digits: &str, radix: u32, span: &Span) -> Value<'t> {
        if let Ok(number) = i64::from_str_radix(digits, radix) {
            return Value::Integer { number, plain: None };
        }
        let message = format!("the number {digits} is too large");
        let help = format!("if it is text, put it between quotes: \"{digits}\"");
        self.problems.report(Code::TomlSyntax, (self.piece.file, span.clone()), message).help(help);
        Value::Broken
    }

    fn too_deep(&mut self, span: &Span) -> Value<'t> {
        let message = format!("tables and lists are nested deeper than {} levels", self.piece.max_depth);
        self.problems.report(Code::NestingTooDeep, (self.piece.file, span.clone()), message).help(super::DEPTH_HELP);
        Value::Broken
    }
}

/// Whether the parser's message means that something was still open when the text ended.
fn is_open_end(message: &str) -> bool {
    ["unclosed array,", "unclosed inline table", "invalid multi-line"].iter().any(|start| message.starts_with(start))
}

/// Returns the byte at which the outermost value that ends at a position begins: a list, an inline table or a text.
fn value_that_ends(table: &DeTable<'_>, text: &str, end: usize) -> Option<usize> {
    let mut found = None;
    let mut values: Vec<&Spanned<DeValue<'_>>> = table.values().collect();
    while let Some(value) = values.pop() {
        let span = value.span();
        let is_open = || text[slips::line(text, span.start).start..span.start].contains('=');
        if span.end == end && span.start < end && is_open() {
            found = Some(found.map_or(span.start, |start: usize| start.min(span.start)));
            continue;
        }
        match value.get_ref() {
            DeValue::Array(items) => values.extend(items.iter()),
            DeValue::Table(table) => values.extend(table.values()),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::plain_toml;
    use super::{Parsed, Piece, full};

    fn piece(text: &str, compare: impl Fn(&Piece<'_>)) {
        compare(&Piece { file: &"x.md".into(), text, offset: 4, max_depth: 8, fenced: true });
    }

    #[test]
    fn what_entries_have_is_plain_toml() {
        for text in [
            "",
            "title = \"Ü\"\ndate = 2017-11-20\nnav = 12 # a note\n\n# another\ndraft = true",
            "tags = []\nactors = [\"a\", \"b\"]\nplaces = [\n\t\"c\",\n]\n",
            "a = \"\"\n[[sources]]\nid = \"s\"\n\n[[sources]] # two\nid = \"t\"\ntags = [\"a\"]\n[private]\nnote = \"n\"\n",
        ] {
            piece(text, |piece| {
                assert_eq!(plain_toml::parse(piece).map(|node| (node, 0)), Some(counted(full(piece))), "{text}");
            });
        }
    }

    #[test]
    fn toml_that_is_not_plain_is_left_to_the_full_parser() {
        for text in [
            "a = \"\\u0041\"",
            "a = \"\"\"b\"\"\"",
            "a.b = 1",
            "a = 1\na = 2",
            "a = 2017-02-30",
            "a = 2017-11-20 09:30:00",
            "a = 012",
            "a = 1 b = 2",
            "a = [\"b\"]\n[[a]]",
            "[a]\n[a]",
            "a = \"b",
            "a =",
            "[a",
            "# \u{7f}",
            "a = 1\r\n",
        ] {
            piece(text, |piece| assert_eq!(plain_toml::parse(piece), None, "{text}"));
        }
    }

    fn counted((node, problems): Parsed<'_>) -> (super::Node<'_>, usize) {
        (node, problems.len())
    }

    proptest! {
        #[test]
        fn the_tree_of_plain_toml_is_that_of_the_full_parser(parts in proptest::collection::vec(prop::sample::select(PARTS), 0..20)) {
            piece(&parts.concat(), |piece| {
                if let Some(node) = plain_toml::parse(piece) {
                    assert_eq!((node, 0), counted(full(piece)), "{}", piece.text);
                }
            });
        }
    }

    const PARTS: &[&str] = &[
        "a = ",
        "b=",
        "c\t= ",
        "a",
        "-1 = ",
        "[a]\n",
        "[[b]]\n",
        "[[c]] # d\n",
        "[",
        "]",
        "]]",
        "[[",
        "\n",
        "\n",
        "\n",
        " ",
        "\t",
        "\"a\"",
        "\"\"",
        "\"b c\"\n",
        "\"",
        "'d'",
        "1",
        "0",
        "01",
        "999999999999999999",
        "9999999999999999999",
        "2017-11-20",
        "2017-11-20\n",
        "2017-12-31",
        "-",
        "1.5",
        "true\n",
        "false",
        "truer",
        ", ",
        ",",
        "[\"a\"]\n",
        "[ \"a\",\n\"b\" , ]\n",
        "[]",
        "# e\n",
        "# é",
        "#\u{7f}",
        "\\",
        "\r\n",
        "{}",
        "a = 1\n",
        "b = \"x\"\n",
        "d = [\"y\"]\n",
        "=",
        ".",
        "é",
    ];
}
