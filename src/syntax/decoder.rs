//! The [`Decode`] trait, and the state of decoding one file: its problems, and where in the tree the decoder is.
//!
//! Methods that read a value report what is wrong with it themselves, so `None` or a placeholder needs no further report.

use std::collections::BTreeSet;

use super::Language;
use super::node::{Node, Type, Value};
use super::schema::Schema;
use super::slips::{odd_character, plain, quoted, unquoted};
use super::suggest::Allowance;
use crate::diagnostic::{Code, Diagnostic, Problems, Span, is_refused};
use crate::source_path::SourcePath;

/// The names of keys.
pub(crate) type Keys = &'static [&'static str];

/// A key of a table, and the keys of what is below it.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// The key.
    pub name: &'static str,
    /// The keys of its value, if that is a table or a list of tables.
    pub keys: Keys,
    /// Whether its value is a list.
    pub is_list: bool,
}

/// A type that can be read from a [`Node`].
pub(crate) trait Decode: Sized {
    /// Whether it is an error if a table lacks a key of this type.
    const REQUIRED: bool = true;
    /// The keys of the table, if the value is a table or a list of tables.
    const KEYS: Keys = &[];
    /// Whether the value is a list.
    const IS_LIST: bool = false;

    /// Reads the value, or reports what is wrong with it and returns the placeholder.
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self;

    /// The substitute for a value that is missing or broken. It causes no further reports.
    fn placeholder() -> Self;

    /// The JSON Schema of the value.
    fn schema() -> Schema;
}

/// What decoding needs besides the tree: the file, and a place for problems.
pub(crate) struct Decoder<'a> {
    /// The file that is being decoded, relative to the root.
    pub file: &'a SourcePath,
    /// The whole text of the file, so that a problem inside a value can be placed to the character.
    pub text: &'a str,
    /// The problems found so far.
    pub problems: Problems,
    /// The language of the file, in which help is written too.
    pub(super) language: Language,
    /// The key whose value is being decoded.
    pub(super) key: &'static str,
    /// Whether the table may lack that key.
    pub(super) is_optional: bool,
    /// Whether the value of that key is a list.
    pub(super) is_list: bool,
    /// How many tables deep the decoder is.
    pub(super) depth: usize,
    /// The keys of the file's outermost table.
    pub(super) keys: Keys,
    /// Keys of the outermost table that have a wrong name, or a value of the wrong type.
    pub(super) doubtful: BTreeSet<&'static str>,
    /// Which of the problems say that the outermost table lacks a key.
    pub(super) missing: Vec<(usize, &'static str)>,
    /// Keys of the outermost table that are in another one.
    pub(super) misplaced: Vec<Misplaced>,
    /// How many more suggestions may be computed.
    pub(super) allowance: Allowance,
}

/// A key of the outermost table that is in another one.
pub(super) struct Misplaced {
    pub(super) name: String,
    pub(super) span: Span,
    /// The key of the table that it is in.
    pub(super) table: &'static str,
    /// Whether that table reported it as unknown.
    pub(super) reported: bool,
}

impl<'a> Decoder<'a> {
    /// A decoder for one file.
    #[must_use]
    pub(crate) fn new(file: &'a SourcePath, text: &'a str, language: Language) -> Self {
        Self {
            file,
            text,
            problems: Problems::default(),
            language,
            key: "",
            is_optional: false,
            is_list: false,
            depth: 0,
            keys: &[],
            doubtful: BTreeSet::new(),
            missing: Vec::new(),
            misplaced: Vec::new(),
            allowance: Allowance::default(),
        }
    }

    /// Reports a problem and returns it, so that help can be added.
    pub(crate) fn report(&mut self, code: Code, span: Span, message: impl AsRef<str>) -> &mut Diagnostic {
        self.problems.report(code, (self.file, span), message)
    }

    /// Reports characters that files must not contain, if escapes in a value or in one nested in it produce them. Unescaped
    /// ones were reported with the text of the file.
    pub(crate) fn refuse_escaped(&mut self, node: &Node) {
        match &node.value {
            Value::Text(text) => {
                let written = self.text.get(node.span.clone()).unwrap_or_default();
                if memchr::memchr(b'\\', written.as_bytes()).is_none() {
                    return;
                }
                let refused: BTreeSet<char> = text.chars().filter(|c| is_refused(*c)).collect();
                if let Some(c) = refused.into_iter().find(|c| !written.contains(*c)) {
                    let message = format!("the text contains the character U+{:04X}", u32::from(c));
                    self.report(Code::ControlCharacter, node.span.clone(), message)
                        .help("remove the escape that makes this character");
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.refuse_escaped(item)),
            Value::Table(table) => table.iter().for_each(|(_, value)| self.refuse_escaped(value)),
            _ => {}
        }
    }

    /// Returns the text of a value, with white space and all. Reports a value that is not text, and escapes in it that produce
    /// refused characters.
    pub(crate) fn text_of<'n>(&mut self, node: &'n Node<'_>) -> Option<&'n str> {
        let Value::Text(text) = &node.value else {
            self.wrong_type(node, Type::Text);
            return None;
        };
        self.refuse_escaped(node);
        Some(text)
    }

    /// Reports a text that is empty or only white space, with `help` on what belongs there. Returns whether it is.
    pub(crate) fn refuse_empty(&mut self, node: &Node, text: &str, help: impl FnOnce() -> String) -> bool {
        let is_empty = text.trim().is_empty() && matches!(node.value, Value::Text(_));
        if is_empty {
            let message = match self.key {
                "" => "the value is empty".to_owned(),
                key => format!("`{key}` is empty"),
            };
            let remove = if self.is_optional { "; or remove the line" } else { "" };
            self.report(Code::EmptyValue, node.span.clone(), message).help(format!("{}{remove}", help()));
        }
        is_empty
    }

    /// Returns a text that has no white space around it. Reports white space there, and then returns `None`. A text of
    /// nothing but white space is left to [`Decoder::refuse_empty`].
    pub(crate) fn trimmed_text<'n>(&mut self, node: &'n Node<'_>) -> Option<&'n str> {
        let before = self.problems.len();
        let text = self.text_of(node)?;
        if self.problems.len() > before {
            return None;
        }
        let trimmed = text.trim_matches([' ', '\t', '\r', '\n']);
        if trimmed.len() < text.len() && !trimmed.is_empty() && odd_character(trimmed).is_none() {
            let place = match (text.starts_with(trimmed), text.ends_with(trimmed)) {
                (true, _) => "after",
                (_, true) => "before",
                _ => "around",
            };
            let help = format!("write {}", self.quoted(trimmed));
            let written = self.text.get(node.span.clone()).unwrap_or_default();
            let inside = if written.starts_with(['"', '\'']) { " inside the quotes" } else { "" };
            let message = format!("there is white space {place} `{trimmed}`{inside}");
            self.report(Code::InvalidValue, node.span.clone(), message).help(help);
            return None;
        }
        Some(text)
    }

    /// Returns a text in which every character counts, such as an id. Reports white space around it, typographic quotes and
    /// invisible characters, and then returns `None`.
    pub(crate) fn exact_text<'n>(&mut self, node: &'n Node<'_>) -> Option<&'n str> {
        let text = self.trimmed_text(node)?;
        if text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) {
            return Some(text);
        }
        if let Some(inside) = unquoted(text) {
            let help = format!("put it between straight quotes: \"{inside}\"");
            self.report(Code::InvalidValue, node.span.clone(), "typographic quotes are part of this value").help(help);
            return None;
        }
        let plain = plain(text);
        let plain = plain.trim();
        // Joiners inside a word are letters of some scripts.
        let joined = |c: char| matches!(c, '\u{200C}' | '\u{200D}');
        if let Some((_, name)) = odd_character(text.trim_matches(' '))
            && (plain.is_ascii()
                || text.chars().any(|c| !joined(c) && odd_character(c.encode_utf8(&mut [0; 4])).is_some()))
        {
            let help = format!("write {}", if plain.is_empty() { "\"…\"" } else { plain });
            self.report(Code::InvalidValue, node.span.clone(), format!("{name} is part of `{text}`")).help(help);
            return None;
        }
        Some(text)
    }

    /// Returns the span in the file of a part of a text value, given as bytes of `text`. If the value is written with escapes
    /// or in three quotes, it is that of the whole value.
    #[must_use]
    pub(crate) fn span_within(&self, node: &Node, text: &str, part: Span) -> Span {
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        let before = match written.find(text) {
            Some(before) if written.len() <= text.len() + 2 => before,
            _ => return node.span.clone(),
        };
        let start = node.span.start + before;
        start + part.start.min(text.len())..start + part.end.min(text.len())
    }

    /// The key whose value is being decoded.
    #[must_use]
    pub(crate) const fn key(&self) -> &'static str {
        self.key
    }

    /// Writes a key and its value as a line in the file's language.
    #[must_use]
    pub(crate) fn line(&self, key: &str, value: &str) -> String {
        match self.language {
            Language::Toml => format!("{key} = {value}"),
            Language::Yaml => format!("{key}: {value}"),
        }
    }

    /// Writes a text as a quoted value in the file's language.
    #[must_use]
    pub(crate) fn quoted(&self, text: &str) -> String {
        quoted(text, self.language)
    }
}
