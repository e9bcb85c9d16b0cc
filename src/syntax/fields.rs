//! The keys of tables: which are unknown, missing, or in the wrong table, and the values of those that are right.

use std::collections::BTreeSet;

use super::Language;
use super::decoder::{Decode, Decoder, Field, Keys, Misplaced};
use super::node::{Key, Node, Table, Type, Value};
use super::slips::{odd_character, plain};
use super::suggest::{did_you_mean, nearest_names};
use crate::diagnostic::{Code, Problems, Span};

impl Decoder<'_> {
    /// Opens a table and reports keys in it that are not `known`. `what` names the table in messages; `nested` are the keys of
    /// tables inside it, for help. Reports a value that is not a table, and then returns `None`.
    pub(crate) fn fields<'n>(
        &mut self,
        node: &'n Node<'n>,
        what: &'static str,
        known: Keys,
        nested: &[Field],
    ) -> Option<Fields<'n>> {
        let Value::Table(table) = &node.value else {
            self.wrong_type(node, Type::Table(Some(what)));
            return None;
        };
        if self.depth == 0 {
            self.keys = known;
        }
        let mut mistaken = Vec::new();
        let mut unread = table.iter().any(|(_, node)| matches!(node.value, Value::Broken));
        for (key, node) in table.iter().filter(|(key, _)| !known.contains(&&*key.name)) {
            unread = true;
            mistaken.extend(self.unknown_key((key, node), table, what, known, nested));
        }
        if self.depth == 0 {
            self.doubtful.extend(mistaken.iter().copied());
        }
        Some(Fields { table, span: node.span.clone(), what, mistaken, unread })
    }

    /// Reports an unknown key of a table. Returns the key that was meant, if that can be guessed.
    fn unknown_key(
        &mut self,
        (key, node): (&Key, &Node),
        table: &Table,
        what: &str,
        known: Keys,
        nested: &[Field],
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
        } else if self.depth > 0 && self.keys.contains(&&**name) {
            let (name, span, table) = (name.to_string(), key.span.clone(), self.key);
            self.misplaced.push(Misplaced { name, span, table, reported: true });
            self.misplaced_help(self.key)
        } else {
            // A key that the table already has is not the one that was meant.
            let absent = |near: &&str| !table.iter().any(|(key, _)| key.name == **near);
            let near = match known.iter().find(|key| **key == "url").filter(|url| is_address(node) && absent(url)) {
                Some(url) => vec![*url],
                None if self.allowance.spend(Code::UnknownKey) => nearest_names(name, known.iter().copied()),
                None => Vec::new(),
            };
            meant =
                near.first().filter(|near| absent(near)).and_then(|near| known.iter().copied().find(|key| key == near));
            let inside = nested.iter().find(|field| meant.is_none() && field.keys.contains(&&**name));
            match (inside, self.language) {
                (Some(Field { name: table, is_list, .. }), Language::Toml) => {
                    let header = if *is_list { format!("[[{table}]]") } else { format!("[{table}]") };
                    format!("`{name}` is a key of `{table}`: write it below {header}")
                }
                (Some(Field { name: table, .. }), Language::Yaml) => {
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

    /// Returns help for a key of the outermost table that is in another one.
    fn misplaced_help(&self, table: &str) -> String {
        match self.language {
            Language::Toml => format!("a key belongs to the table above it: move it above the first table, `{table}`"),
            Language::Yaml => format!("its indentation makes it part of `{table}`: start it in the first column"),
        }
    }

    /// Notes keys in a free-form table, such as `[extra]`, that are keys of the outermost table: in TOML, what is written
    /// below a header belongs to it. [`Decoder::finish`] decides whether to report them.
    pub(crate) fn free_table(&mut self, node: &Node) {
        if let Value::Table(table) = &node.value
            && self.depth == 1
        {
            let known = table.iter().filter(|(key, _)| self.keys.contains(&&*key.name));
            let misplaced = known.map(|(key, _)| Misplaced {
                name: key.name.to_string(),
                span: key.span.clone(),
                table: self.key,
                reported: false,
            });
            self.misplaced.extend(misplaced.collect::<Vec<_>>());
        }
    }

    /// Finishes decoding: if the outermost table lacks a key that is in another table, both are one report. Returns the
    /// problems, and the keys of the outermost table whose values are unreliable.
    #[must_use]
    pub(crate) fn finish(mut self) -> (Problems, BTreeSet<&'static str>) {
        let mut settled = BTreeSet::new();
        let mut told: Vec<(&str, usize, Vec<String>)> = Vec::new();
        for Misplaced { name, span, table, reported } in std::mem::take(&mut self.misplaced) {
            let missing = self.missing.iter().find(|(_, key)| *key == name).map(|(index, _)| *index);
            let help = self.misplaced_help(table);
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

/// Whether a value is the address of a web page.
fn is_address(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text) if text.starts_with("https://") || text.starts_with("http://"))
}

/// Keys that withhold an entry from publication or mark it as retracted.
const WITHHOLDING: &[&str] = &["draft", "embargo", "retracted"];

/// The keys and values of one table that is being decoded.
pub(crate) struct Fields<'n> {
    table: &'n Table<'n>,
    span: Span,
    what: &'static str,
    /// Keys that are present under a wrong name.
    mistaken: Vec<&'static str>,
    unread: bool,
}

impl Fields<'_> {
    /// Whether the table has a broken value or an unknown key, which may have been meant for a key that is absent.
    #[must_use]
    pub(crate) const fn has_unread(&self) -> bool {
        self.unread
    }

    /// Decodes the value of one key. Returns the placeholder if the key is absent or has no value, which is reported if it is
    /// required, or if the value is broken.
    pub(crate) fn take<T: Decode>(&self, key: &'static str, decoder: &mut Decoder<'_>) -> T {
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
        if matches!(node.value, Value::Nothing) {
            self.nothing(key, written, node, T::REQUIRED, decoder);
            return T::placeholder();
        }
        let outer = std::mem::replace(&mut decoder.key, key);
        let outer_optional = std::mem::replace(&mut decoder.is_optional, !T::REQUIRED);
        let outer_list = std::mem::replace(&mut decoder.is_list, T::IS_LIST);
        decoder.depth += 1;
        let value = T::decode(node, decoder);
        decoder.depth -= 1;
        decoder.key = outer;
        decoder.is_optional = outer_optional;
        decoder.is_list = outer_list;
        value
    }

    /// Reports a YAML key without a value, or with a word for no value, if it is required. Otherwise it counts as absent,
    /// except with a capitalised `Null`, which is more likely a name.
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
