//! The state of decoding one file: its problems, and what is known about keys that are missing or in the wrong table.

use std::collections::BTreeSet;

use super::decode::Decode;
use super::node::{Key, Node, Table, Value};
use super::slips::{odd_character, plain, quoted, unquoted};
use super::suggest::{Allowance, did_you_mean, nearest_names};
use super::{Language, type_help};
use crate::diagnostic::{Code, Diagnostic, Problems, Span, is_refused};
use crate::source_path::SourcePath;

/// What decoding needs besides the tree: the file, and a place for problems.
pub struct Decoder<'a> {
    /// The file that is being decoded, relative to the root.
    pub file: &'a SourcePath,
    /// The whole text of the file, so that a problem inside a value can be placed to the character.
    pub text: &'a str,
    /// The problems found so far.
    pub problems: Problems,
    /// The language of the file, in which help is written too.
    pub(super) language: Language,
    /// The key whose value is being decoded.
    pub(super) key: String,
    /// Whether the table may lack that key.
    is_optional: bool,
    /// How many tables deep the decoder is.
    depth: usize,
    /// The keys of the file's outermost table.
    keys: Keys,
    /// Keys of the outermost table that have a wrong name, or a value of the wrong type.
    doubtful: BTreeSet<&'static str>,
    /// Which of the problems say that the outermost table lacks a key.
    missing: Vec<(usize, &'static str)>,
    /// Keys of the outermost table that are in another one.
    misplaced: Vec<Misplaced>,
    /// How many more suggestions may be computed.
    allowance: Allowance,
}

/// A key of the outermost table that is in another one.
struct Misplaced {
    name: String,
    span: Span,
    /// The key of the table that it is in.
    table: String,
    /// Whether that table reported it as unknown.
    reported: bool,
}

/// The names of keys.
pub type Keys = &'static [&'static str];

impl<'a> Decoder<'a> {
    /// A decoder for one file.
    #[must_use]
    pub fn new(file: &'a SourcePath, text: &'a str, language: Language) -> Self {
        Self {
            file,
            text,
            problems: Problems::default(),
            language,
            key: String::new(),
            is_optional: false,
            depth: 0,
            keys: &[],
            doubtful: BTreeSet::new(),
            missing: Vec::new(),
            misplaced: Vec::new(),
            allowance: Allowance::default(),
        }
    }

    /// Reports a problem and returns it, so that help can be added.
    pub fn report(&mut self, code: Code, span: Span, message: impl AsRef<str>) -> &mut Diagnostic {
        self.problems.report(code, (self.file, span), message)
    }

    /// Reports characters that files must not contain, if escapes in a value or in one nested in it produce them. Unescaped
    /// ones were reported with the text of the file.
    pub fn refuse_escaped(&mut self, node: &Node) {
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

    /// Reports that a value has the wrong type, unless it is broken and was already reported.
    pub fn wrong_type(&mut self, node: &Node, wanted: &str) {
        if node.value == Value::Broken {
            return;
        }
        if self.depth == 1
            && let Some(key) = self.keys.iter().find(|key| **key == self.key)
        {
            self.doubtful.insert(key);
        }
        let message = match self.word_for_nothing(node) {
            Some(word) => format!("`{word}` means no value in YAML"),
            None => format!("this must be {wanted}, not {}", node.value.describe()),
        };
        let help = type_help::help(self, node, wanted);
        self.report(Code::WrongType, node.span.clone(), message).help(help);
    }

    /// The word for "no value" that a YAML author wrote, if any.
    fn word_for_nothing(&self, node: &Node) -> Option<&'a str> {
        let written = self.text.get(node.span.clone())?;
        (node.value == Value::Nothing && !written.is_empty()).then_some(written)
    }

    /// Whether a text is empty or white space, which is then reported with the help on what belongs there.
    pub fn refuse_empty(&mut self, node: &Node, text: &str, help: &str) -> bool {
        let is_empty = text.trim().is_empty() && matches!(node.value, Value::Text(_));
        if is_empty {
            let message = match self.key.as_str() {
                "" => "the value is empty".to_owned(),
                key => format!("`{key}` is empty"),
            };
            let remove = if self.is_optional { "; or remove the line" } else { "" };
            self.report(Code::EmptyValue, node.span.clone(), message).help(format!("{help}{remove}"));
        }
        is_empty
    }

    /// A text without white space around it. Reports white space there, and then returns `None`.
    pub fn trimmed_text(&mut self, node: &Node) -> Option<String> {
        let before = self.problems.len();
        let text = String::decode(node, self);
        if self.problems.len() > before || !matches!(node.value, Value::Text(_)) {
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

    /// A text in which every character counts, such as an id. Reports white space around it, typographic quotes and
    /// invisible characters, and then returns `None`.
    pub fn exact_text(&mut self, node: &Node) -> Option<String> {
        let text = self.trimmed_text(node)?;
        if text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) {
            return Some(text);
        }
        if let Some(inside) = unquoted(&text) {
            let help = format!("put it between straight quotes: \"{inside}\"");
            self.report(Code::InvalidValue, node.span.clone(), "typographic quotes are part of this value").help(help);
            return None;
        }
        let plain = plain(&text);
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

    /// The span of a part of a text value: exact if the value is written without escapes, with or without quotes.
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

    /// The fields of a table, after reporting keys that are not `known`. `nested` are the keys of tables inside it. `None` if
    /// the value is not a table.
    pub fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: Keys,
        nested: &[(&'static str, Keys)],
    ) -> Option<Fields<'n>> {
        let Value::Table(table) = &node.value else {
            self.wrong_type(node, &format!("a table ({what})"));
            return None;
        };
        if self.depth == 0 {
            self.keys = known;
        }
        let mut mistaken = Vec::new();
        let mut unread = table.iter().any(|(_, node)| node.value == Value::Broken);
        for (key, _) in table.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            unread = true;
            mistaken.extend(self.unknown_key(key, table, what, known, nested));
        }
        if self.depth == 0 {
            self.doubtful.extend(mistaken.iter().copied());
        }
        Some(Fields { table, span: node.span.clone(), what: what.to_owned(), mistaken, unread })
    }

    /// Reports an unknown key of a table. Returns the key that was meant, if that can be guessed.
    fn unknown_key(
        &mut self,
        key: &Key,
        table: &Table,
        what: &str,
        known: Keys,
        nested: &[(&'static str, Keys)],
    ) -> Option<&'static str> {
        let name = &key.name;
        let mut message = format!("`{name}` is not a key of {what}");
        let mut meant = None;
        let help = if let Some((_, character)) = odd_character(name) {
            let plain = plain(name);
            message = format!("{character} is part of the key `{name}`");
            let plain = plain.trim().trim_start_matches("- ");
            meant = known.iter().copied().find(|key| *key == plain);
            format!("write {plain}")
        } else if self.depth > 0 && self.keys.contains(&name.as_str()) {
            let (name, span, table) = (name.clone(), key.span.clone(), self.key.clone());
            self.misplaced.push(Misplaced { name, span, table, reported: true });
            self.misplaced_help(&self.key)
        } else {
            let near = if self.allowance.spend(Code::UnknownKey) {
                nearest_names(name, known.iter().copied())
            } else {
                Vec::new()
            };
            // A key that the table already has is not the one that was meant.
            let absent = |near: &&str| !table.iter().any(|(key, _)| key.name == **near);
            meant =
                near.first().filter(|near| absent(near)).and_then(|near| known.iter().copied().find(|key| key == near));
            let inside = nested.iter().find(|(_, keys)| meant.is_none() && keys.contains(&name.as_str()));
            match (inside, self.language) {
                (Some((table, _)), Language::Toml) => {
                    format!("`{name}` is a key of `{table}`: write it below [[{table}]]")
                }
                (Some((table, _)), Language::Yaml) => {
                    format!("`{name}` is a key of `{table}`: indent it like the other keys there")
                }
                (None, _) => {
                    did_you_mean(&near).unwrap_or_else(|| format!("the keys of {what} are {}", known.join(", ")))
                }
            }
        };
        self.report(Code::UnknownKey, key.span.clone(), message).help(help);
        meant
    }

    /// What to do with a key of the outermost table that is in another one.
    fn misplaced_help(&self, table: &str) -> String {
        match self.language {
            Language::Toml => format!("a key belongs to the table above it: move it above the first table, `{table}`"),
            Language::Yaml => format!("its indentation makes it part of `{table}`: start it in the first column"),
        }
    }

    /// Notes keys of the outermost table in a free-form table.
    pub fn free_table(&mut self, node: &Node) {
        if let Value::Table(table) = &node.value
            && self.depth == 1
        {
            let known = table.iter().filter(|(key, _)| self.keys.contains(&key.name.as_str()));
            let misplaced = known.map(|(key, _)| Misplaced {
                name: key.name.clone(),
                span: key.span.clone(),
                table: self.key.clone(),
                reported: false,
            });
            self.misplaced.extend(misplaced.collect::<Vec<_>>());
        }
    }

    /// Finishes decoding. Returns the problems, and the keys of the outermost table whose values are unreliable.
    #[must_use]
    pub fn finish(mut self) -> (Problems, BTreeSet<&'static str>) {
        let mut settled = BTreeSet::new();
        let mut told: Vec<(String, usize, Vec<String>)> = Vec::new();
        for Misplaced { name, span, table, reported } in std::mem::take(&mut self.misplaced) {
            let missing = self.missing.iter().find(|(_, key)| *key == name).map(|(index, _)| *index);
            let help = self.misplaced_help(&table);
            let before = told.iter_mut().find(|(other, ..)| *other == table);
            match (missing, before) {
                (Some(index), _) if reported => {
                    settled.insert(index);
                }
                // All keys below one header are one mistake.
                (Some(index), Some((.., names))) => {
                    names.push(format!("`{name}`"));
                    settled.insert(index);
                }
                (Some(index), None) => {
                    if let Some(diagnostic) = self.problems.get_mut(index) {
                        diagnostic.move_to(span).help(help);
                    }
                    told.push((table, index, vec![format!("`{name}`")]));
                }
                // A key that keeps an entry from being published must not be lost in a table that is never read.
                (None, _) if !reported && WITHHOLDING.contains(&name.as_str()) => {
                    let message = format!("`{name}` has no effect in the table `{table}`");
                    self.report(Code::UnknownKey, span, message).help(help);
                }
                (None, _) => {}
            }
        }
        for (table, index, names) in told {
            let message = match names.as_slice() {
                [several @ .., last] if !several.is_empty() => {
                    format!("{} and {last} are set in the table `{table}` here", several.join(", "))
                }
                names => format!("{} is set in the table `{table}` here", names.concat()),
            };
            if let Some(diagnostic) = self.problems.get_mut(index) {
                diagnostic.reword(message);
            }
        }
        let mut index = 0;
        self.problems.retain(|_| {
            index += 1;
            !settled.contains(&(index - 1))
        });
        (self.problems, self.doubtful)
    }
}

/// Keys that keep an entry from being published.
const WITHHOLDING: &[&str] = &["draft", "embargo", "retracted"];

/// The keys and values of one table that is being decoded.
pub struct Fields<'n> {
    table: &'n Table,
    span: Span,
    what: String,
    /// Keys that are present under a wrong name.
    mistaken: Vec<&'static str>,
    unread: bool,
}

impl Fields<'_> {
    /// Whether a value could not be read, or has an unknown key. A key that is absent may have been meant by it.
    #[must_use]
    pub const fn has_unread(&self) -> bool {
        self.unread
    }

    /// The value of one key: decoded, or the type's default if the key is absent, or a placeholder after a report.
    pub fn take<T: Decode>(&self, key: &'static str, decoder: &mut Decoder<'_>) -> T {
        let Some((written, node)) = self.table.iter().find(|(k, _)| k.name == key) else {
            if T::REQUIRED && !self.mistaken.contains(&key) {
                if decoder.depth == 0 {
                    decoder.missing.push((decoder.problems.len(), key));
                }
                let help = format!("add a line `{}`", decoder.line(key, "…"));
                let message = format!("{} has no `{key}`", self.what);
                decoder.report(Code::MissingKey, self.span.clone(), message).help(help);
            }
            return T::placeholder();
        };
        if node.value == Value::Nothing {
            self.nothing(key, written, node, T::REQUIRED, decoder);
            return T::placeholder();
        }
        let outer = std::mem::replace(&mut decoder.key, key.to_owned());
        let outer_optional = std::mem::replace(&mut decoder.is_optional, !T::REQUIRED);
        decoder.depth += 1;
        let value = T::decode(node, decoder);
        decoder.depth -= 1;
        decoder.key = outer;
        decoder.is_optional = outer_optional;
        value
    }

    /// Handles a YAML key without a value, or with a word for no value: it counts as absent. But capitalised `Null` is more
    /// likely a name.
    fn nothing(&self, key: &str, written: &Key, node: &Node, required: bool, decoder: &mut Decoder<'_>) {
        match decoder.word_for_nothing(node) {
            Some(word) if required || word == "Null" => {
                let message = format!("`{word}` means no value in YAML");
                let help = match required {
                    true => {
                        format!("if it is text, put it between quotes: {}", decoder.line(key, &format!("\"{word}\"")))
                    }
                    false => {
                        let quoted = decoder.line(key, &format!("\"{word}\""));
                        format!("if it is text, put it between quotes: {quoted}; if not, remove the line")
                    }
                };
                decoder.report(Code::WrongType, node.span.clone(), message).help(help);
            }
            None if required => {
                let help = format!("write it on the same line: {}", decoder.line(key, "…"));
                decoder.report(Code::MissingKey, written.span.clone(), format!("`{key}` has no value")).help(help);
            }
            _ => {}
        }
    }
}

impl Decoder<'_> {
    /// The key whose value is being decoded.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// A key and its value as a line of the file's language.
    #[must_use]
    pub fn line(&self, key: &str, value: &str) -> String {
        match self.language {
            Language::Toml => format!("{key} = {value}"),
            Language::Yaml => format!("{key}: {value}"),
        }
    }

    /// A text as a value of the file's language, between quotes.
    #[must_use]
    pub fn quoted(&self, text: &str) -> String {
        quoted(text, self.language)
    }
}
