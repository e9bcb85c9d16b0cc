//! YAML 1.2 (core schema) to a [`Node`] tree.
//!
//! Entries from Jekyll, Hugo or Obsidian come over with plain mappings, lists and scalars. Anchors, aliases, tags
//! and complex keys are refused: nobody needs them in front matter, and aliases can blow a small file up.

use std::collections::HashSet;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span as YamlSpan};

use super::node::{Key, Node, Table, Value};
use super::{Parsed, Piece};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Reads a piece of YAML. The first syntax error ends the reading: what stands before it is in the tree.
#[must_use]
pub fn parse(piece: &Piece<'_>) -> Parsed {
    let mut reader =
        Reader { piece, offsets: Offsets::new(piece.text), open: Vec::new(), root: None, diagnostics: Vec::new() };
    reader.read();
    let whole = piece.offset..piece.offset + piece.text.len();
    let root = reader.root.take().unwrap_or_else(|| Node::empty(whole.clone()));
    let root = match root.value {
        Value::Table(_) => root,
        Value::Nothing | Value::Broken => Node::empty(whole),
        other => {
            let message = format!("front matter must be keys with values, not {}", other.describe());
            reader.report(Code::YamlSyntax, root.span, message);
            Node::empty(whole)
        }
    };
    (root, reader.diagnostics)
}

/// A list or mapping that is being read.
struct Open {
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Table {
        entries: Table,
        seen: HashSet<String>,
        key: Option<Key>,
    },
    /// Nested too deep: read past, not kept.
    Skipped,
}

impl OpenKind {
    fn empty_table() -> Self {
        Self::Table { entries: Table::new(), seen: HashSet::new(), key: None }
    }
}

struct Reader<'p> {
    piece: &'p Piece<'p>,
    offsets: Offsets<'p>,
    open: Vec<Open>,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
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
                    let at = self.byte(*error.marker());
                    let alias = self.piece.text[at - self.piece.offset..].starts_with('*');
                    let message = if alias {
                        "aliases (`*name`) cannot be used in front matter".to_owned()
                    } else {
                        format!("unreadable YAML: {}", error.info())
                    };
                    self.report(Code::YamlSyntax, at..at, message).help =
                        Some("each line is `key: value`; spaces set lines in, tabs never do; put text with `: ` or `#` between quotes".to_owned());
                    break;
                }
            }
        }
        while let Some(open) = self.open.pop() {
            self.close(open, self.piece.offset + self.piece.text.len());
        }
    }

    /// Takes one event; `false` ends the reading.
    fn event(&mut self, event: Event<'_>, span: &YamlSpan) -> bool {
        let start = self.byte(span.start);
        let end = self.byte(span.end);
        let refused = match &event {
            Event::Alias(_) => Some("aliases (`*name`)"),
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _)
                if *anchor > 0 =>
            {
                Some("anchors (`&name`)")
            }
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                Some("tags (`!name`)")
            }
            Event::DocumentStart(_) if self.root.is_some() => Some("a second document"),
            _ => None,
        };
        if let Some(what) = refused {
            self.report(Code::YamlSyntax, start..end, format!("{what} cannot be used in front matter"));
            return false;
        }
        match event {
            Event::Scalar(text, style, _, _) => {
                self.value(Node { span: start..end.max(start), value: scalar(&text, style) });
            }
            Event::SequenceStart(..) => self.open(start, OpenKind::List(Vec::new())),
            Event::MappingStart(..) => self.open(start, OpenKind::empty_table()),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.close(open, end);
                }
            }
            _ => {}
        }
        true
    }

    fn open(&mut self, start: usize, kind: OpenKind) {
        let max = self.piece.max_depth;
        let kind = if self.open.len() >= max {
            if self.open.len() == max {
                let message = format!("tables and lists are nested deeper than {max} levels");
                self.report(Code::NestingTooDeep, start..start, message);
            }
            OpenKind::Skipped
        } else {
            kind
        };
        self.open.push(Open { start, kind });
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
    fn value(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.kind {
            OpenKind::Skipped => {}
            OpenKind::List(items) => items.push(node),
            OpenKind::Table { seen, key: key @ None, .. } => {
                let (name, problem) = match node.value {
                    Value::Text(text) => (text, None),
                    Value::Integer { plain: Some(text), .. } => (text, None),
                    other => (String::new(), Some(other.describe())),
                };
                let twice = !seen.insert(name.clone());
                let span = node.span;
                *key = Some(Key { span: span.clone(), name: name.clone() });
                if let Some(what) = problem {
                    self.report(Code::YamlSyntax, span, format!("a key must be text, not {what}"));
                } else if twice {
                    self.report(Code::DuplicateKey, span, format!("the key `{name}` is set twice"));
                }
            }
            OpenKind::Table { entries, key, .. } => {
                let key = key.take().expect("the arm above takes the case without a key");
                // A key that is no text was reported; a key set twice keeps its first value.
                if !key.name.is_empty() {
                    entries.push((key, node));
                }
            }
        }
    }

    fn report(&mut self, code: Code, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::at(code, self.piece.file, span, message));
        self.diagnostics.last_mut().expect("one was pushed just now")
    }

    fn byte(&mut self, marker: Marker) -> usize {
        self.piece.offset + self.offsets.byte(marker.index())
    }

    /// The end of a block value without the line breaks that follow it.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        let (from, to) = (start - self.piece.offset, end - self.piece.offset);
        let inside = self.piece.text.get(from..to).unwrap_or_default();
        start + inside.trim_end().len()
    }
}

/// Plain scalars as YAML 1.2's core schema reads them (section 10.3); quoted ones are text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned());
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
        return Value::Text(text.to_owned());
    }
    if let Ok(number) = text.parse::<i64>() {
        return Value::Integer { number, plain: Some(text.to_owned()) };
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Float(number),
        _ => Value::Text(text.to_owned()),
    }
}

/// From the parser's character indices to byte offsets, walking forward.
struct Offsets<'p> {
    text: &'p str,
    characters: usize,
    bytes: usize,
}

impl<'p> Offsets<'p> {
    fn new(text: &'p str) -> Self {
        Self { text, characters: 0, bytes: 0 }
    }

    fn byte(&mut self, index: usize) -> usize {
        if index < self.characters {
            // The parser steps back over trailing space now and then: walk back the same way.
            let back = self.text[..self.bytes].char_indices().rev();
            let (bytes, _) = back.take(self.characters - index).last().unwrap_or((0, ' '));
            (self.bytes, self.characters) = (bytes, index);
            return self.bytes;
        }
        let forward = self.text[self.bytes..].chars().take(index - self.characters);
        self.bytes += forward.map(char::len_utf8).sum::<usize>();
        self.characters = index;
        self.bytes
    }
}
