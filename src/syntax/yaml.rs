//! YAML 1.2 (core schema) to a [`Node`] tree.
//!
//! Entries from Jekyll, Hugo or Obsidian use only plain mappings, lists and scalars. Anchors, aliases, tags and complex keys
//! are refused: front matter does not need them, and aliases can expand a small file enormously.

use std::collections::HashMap;
use std::mem::discriminant;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as YamlSpan};

use super::node::{Key, Node, Table, Value};
use super::slips::Slip;
use super::{Language, Parsed, Piece, slips, yaml_help};
use crate::diagnostic::{Code, Diagnostic, Problems, Span, is_refused};

/// Reads a piece of YAML. The first syntax error ends the reading; what precedes its line is in the tree. A piece that is not a
/// mapping is an empty table.
#[must_use]
pub(crate) fn parse(piece: &Piece<'_>) -> Parsed<'static> {
    let mut reader = Reader { piece, open: Vec::new(), root: None, failed: None, problems: Problems::default() };
    reader.read();
    let whole = piece.offset..piece.offset + piece.text.len();
    let root = reader.root.take().unwrap_or_else(|| Node::empty(whole.clone()));
    let root = match root.value {
        Value::Table(_) => root,
        Value::Nothing | Value::Broken => Node::empty(whole),
        _ if reader.failed.is_some() => Node::empty(whole),
        other => {
            reader.no_keys(&other, root.span);
            Node::empty(whole)
        }
    };
    (root, reader.problems)
}

/// A list or mapping that is being read.
struct Open {
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node<'static>>),
    Table {
        entries: Table<'static>,
        /// Where each key was first set.
        seen: HashMap<String, Span>,
        key: Option<Key<'static>>,
        /// Whether `key` was in the table before.
        again: bool,
    },
    /// Nested too deep: skipped.
    Skipped,
}

impl OpenKind {
    fn empty_table() -> Self {
        Self::Table { entries: Table::new(), seen: HashMap::new(), key: None, again: false }
    }
}

struct Reader<'p> {
    piece: &'p Piece<'p>,
    open: Vec<Open>,
    root: Option<Node<'static>>,
    /// The first byte, in the file, of the line whose syntax error ended the reading.
    failed: Option<usize>,
    problems: Problems,
}

impl Reader<'_> {
    fn read(&mut self) {
        for event in Parser::new_from_str(self.piece.text) {
            match event {
                Ok((event, span)) => {
                    if !self.event(event, &span) {
                        break;
                    }
                }
                Err(error) => {
                    self.unreadable(&error);
                    break;
                }
            }
        }
        while let Some(mut open) = self.open.pop() {
            // A value cut short by a syntax error is unreliable; the outermost table keeps its earlier keys.
            match &mut open.kind {
                OpenKind::Table { entries, key, .. } if self.open.is_empty() => {
                    self.break_last(entries, key.is_none());
                }
                kind => *kind = OpenKind::Skipped,
            }
            self.close(open, self.piece.offset + self.piece.text.len());
        }
    }

    /// Marks the value on the line of the syntax error as broken, and a list or table that may go on there.
    fn break_last(&self, entries: &mut Table<'_>, may_go_on: bool) {
        if let (Some(line), Some((_, last))) = (self.failed, entries.last_mut())
            && (last.span.start >= line || (may_go_on && matches!(last.value, Value::List(_) | Value::Table(_))))
        {
            last.value = Value::Broken;
        }
    }

    /// Reports the syntax error that ended the reading, and what was meant if the line shows it.
    fn unreadable(&mut self, error: &ScanError) {
        let text = self.piece.text;
        let at = error.marker().byte_offset().map_or(0, |at| text.floor_char_boundary(at));
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            let at = self.piece.offset + at;
            self.too_deep(at, self.piece.max_depth);
            return;
        }
        self.failed = Some(self.piece.offset + slips::line(text, at).start);
        let slip = slips::other_language(text, Language::Yaml, self.piece.fenced)
            .or_else(|| slips::odd_characters(text, at, Language::Yaml))
            .or_else(|| {
                slips::line_above(text, at).and_then(|above| slips::odd_characters(text, above.start, Language::Yaml))
            })
            .unwrap_or_else(|| yaml_help::explain(text, at, error));
        // A control character was already reported as such.
        if !text[slips::line(text, at)].contains(is_refused) {
            self.slip(slip);
        }
    }

    fn slip(&mut self, slip: Slip) {
        slip.report(Code::YamlSyntax, self.piece, &mut self.problems);
    }

    /// Reports front matter that has no keys.
    fn no_keys(&mut self, value: &Value, span: Span) {
        let text = self.piece.text;
        let start = span.start - self.piece.offset;
        let slip = slips::other_language(text, Language::Yaml, self.piece.fenced)
            .or_else(|| slips::odd_characters(text, start, Language::Yaml))
            .unwrap_or_else(|| yaml_help::no_keys(text, start..span.end - self.piece.offset, &value.describe()));
        self.slip(slip);
    }

    /// Handles one event; `false` ends the reading.
    fn event(&mut self, event: Event<'_>, span: &YamlSpan) -> bool {
        let bytes = span.byte_range().unwrap_or(0..0);
        let (start, end) = (self.piece.offset + bytes.start, self.piece.offset + bytes.end);
        let refused = match &event {
            Event::Alias(_) => Some("aliases (`*name`)"),
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _)
                if *anchor > 0 =>
            {
                Some("anchors (`&name`)")
            }
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(.., Some(_)) | Event::MappingStart(.., Some(_)) => {
                Some("tags (`!name`)")
            }
            Event::DocumentStart(..) if self.root.is_some() => Some("a second document"),
            _ => None,
        };
        if let Some(what) = refused {
            let span = start - self.piece.offset..end.max(start) - self.piece.offset;
            self.slip(yaml_help::refused(self.piece.text, span, what));
            return false;
        }
        match event {
            Event::Scalar(text, ..) if self.wants_key() && text.starts_with(slips::is_odd) => {
                self.failed = Some(start);
                self.no_keys(&Value::Nothing, start..end);
                return false;
            }
            Event::Scalar(text, style, _, _) => {
                let is_plain = style == ScalarStyle::Plain;
                let value = match self.is_swallowing(is_plain, &bytes) {
                    true => Value::Broken,
                    false if start >= end && is_plain => Value::Nothing,
                    false => scalar(&text, style),
                };
                self.value(Node { span: start..end.max(start), value });
            }
            Event::SequenceStart(..) => self.open(start, OpenKind::List(Vec::new())),
            Event::MappingStart(..) => {
                let is_code = self.is_template_code(start - self.piece.offset);
                self.open(start, if is_code { OpenKind::Skipped } else { OpenKind::empty_table() });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.close(open, end);
                }
            }
            _ => {}
        }
        true
    }

    /// Reports a plain item of a list that has taken in the items below it, because they are indented further. Returns
    /// whether it has.
    fn is_swallowing(&mut self, is_plain: bool, item: &Span) -> bool {
        let is_item = is_plain && matches!(self.open.last(), Some(Open { kind: OpenKind::List(_), .. }));
        let slip = is_item.then(|| yaml_help::swallowed_item(self.piece.text, item.clone())).flatten();
        let found = slip.is_some();
        if let Some(slip) = slip {
            self.slip(slip);
        }
        found
    }

    /// Reports a table that is the `{{ … }}` of a template. Returns whether it is.
    fn is_template_code(&mut self, at: usize) -> bool {
        let slip = match self.open.last() {
            Some(Open { kind: OpenKind::Skipped, .. }) => None,
            _ => slips::template_code(self.piece.text, at, Language::Yaml),
        };
        let found = slip.is_some();
        if let Some(slip) = slip {
            self.slip(slip);
        }
        found
    }

    /// Whether the next value is a key.
    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: OpenKind::Table { key: None, .. }, .. }))
    }

    fn open(&mut self, start: usize, kind: OpenKind) {
        let max = self.piece.max_depth;
        let is_skipped = matches!(self.open.last(), Some(Open { kind: OpenKind::Skipped, .. }));
        let kind = if is_skipped || self.open.len() >= max {
            if !is_skipped {
                self.too_deep(start, max);
            }
            OpenKind::Skipped
        } else {
            kind
        };
        self.open.push(Open { start, kind });
    }

    fn too_deep(&mut self, at: usize, max: usize) {
        let message = format!("tables and lists are nested deeper than {max} levels");
        self.report(Code::NestingTooDeep, at..at + 1, message).help(super::DEPTH_HELP);
    }

    fn close(&mut self, open: Open, end: usize) {
        let value = match open.kind {
            OpenKind::List(items) => Value::List(items),
            OpenKind::Table { entries, .. } => Value::Table(entries),
            OpenKind::Skipped => Value::Broken,
        };
        let end = self.trimmed(open.start, end);
        self.value(Node { span: open.start..end, value });
    }

    /// Puts a finished value where it belongs: the root, a list, or a mapping's key or value.
    fn value(&mut self, node: Node<'static>) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.kind {
            OpenKind::Skipped => {}
            OpenKind::List(items) => items.push(node),
            OpenKind::Table { seen, key: key @ None, again, .. } => {
                let (name, problem) = match node.value {
                    Value::Text(text) => (text.into_owned(), None),
                    Value::Integer { plain: Some(text), .. } => (text, None),
                    Value::Broken => (String::new(), None),
                    other => (String::new(), Some(other.describe())),
                };
                let span = node.span;
                let first = match name.is_empty() {
                    true => span.clone(),
                    false => seen.entry(name.clone()).or_insert_with(|| span.clone()).clone(),
                };
                *again = first != span;
                *key = Some(Key { span: span.clone(), name: name.clone().into() });
                if let Some(what) = problem {
                    self.report(Code::YamlSyntax, span, format!("a key must be text, not {what}"))
                        .help("put the key between quotes, or the whole line if it is text");
                } else if *again {
                    let file = self.piece.file;
                    self.report(Code::DuplicateKey, span, format!("the key `{name}` is set twice"))
                        .help(super::DUPLICATE_HELP)
                        .also_at((file, first), "first set here");
                }
            }
            OpenKind::Table { entries, key, again, .. } => {
                let key = key.take().expect("the arm above takes the case without a key");
                // A key set twice keeps its first value, unless the values are of different types.
                let before = again.then(|| entries.iter_mut().find(|(other, _)| other.name == key.name)).flatten();
                if let Some((_, first)) = before
                    && discriminant(&first.value) != discriminant(&node.value)
                {
                    first.value = Value::Broken;
                }
                // A key that is not text was reported.
                if !key.name.is_empty() {
                    entries.push((key, node));
                }
            }
        }
    }

    fn report(&mut self, code: Code, span: Span, message: String) -> &mut Diagnostic {
        self.problems.report(code, (self.piece.file, span), message)
    }

    /// Returns the end of a block value, without the white space after it, which the parser counts as part of it.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        let (from, to) = (start - self.piece.offset, end - self.piece.offset);
        let inside = self.piece.text.get(from..to).unwrap_or_default();
        start + inside.trim_end().len()
    }
}

/// Resolves a plain scalar as the core schema of YAML 1.2 does (section 10.3), except that octal (`0o17`), hexadecimal (`0x1F`)
/// and infinite numbers and `.nan` stay text. Quoted scalars are text.
fn scalar(text: &str, style: ScalarStyle) -> Value<'static> {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned().into());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Nothing,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    if !numeric {
        return Value::Text(text.to_owned().into());
    }
    if let Ok(number) = text.parse::<i64>() {
        return Value::Integer { number, plain: Some(text.to_owned()) };
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Float(number),
        _ => Value::Text(text.to_owned().into()),
    }
}
