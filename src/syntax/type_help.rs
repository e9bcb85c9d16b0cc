//! Reports on values of the wrong type, with what to write instead, made from the value itself.

use super::decoder::Decoder;
use super::node::{Node, Type, Value};
use super::slips::{plain, quoted, straightened, unquoted};
use super::{Language, yaml_help::cut};
use crate::diagnostic::Code;

impl<'a> Decoder<'a> {
    /// Reports that a value has the wrong type, unless it is broken and was already reported.
    pub(crate) fn wrong_type(&mut self, node: &Node, wanted: Type) {
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
        let help = help(self, node, wanted);
        self.report(Code::WrongType, node.span.clone(), message).help(help);
    }

    /// Returns the word for "no value" (`null`, `Null`, `NULL`, `~`) that a YAML author wrote, if any.
    pub(super) fn word_for_nothing(&self, node: &Node) -> Option<&'a str> {
        let written = self.text.get(node.span.clone())?;
        (node.value == Value::Nothing && !written.is_empty()).then_some(written)
    }
}

/// Returns help for a report that a value has the wrong type.
fn help(decoder: &Decoder<'_>, node: &Node, wanted: Type) -> String {
    let written = decoder.text.get(node.span.clone()).unwrap_or_default();
    if node.value == Value::Nothing {
        return match written {
            "" => "write a value, or remove the line".to_owned(),
            word => format!("if it is text, put it between quotes: \"{word}\""),
        };
    }
    match wanted {
        Type::Text => text(decoder, node, written),
        Type::List => list(decoder, node, written),
        Type::Boolean => boolean(decoder, node, written),
        Type::WholeNumber => number(decoder, node, true),
        Type::Number => number(decoder, node, false),
        Type::Date => format!("put one date between quotes: {}", line(decoder, "\"2017-11\"")),
        Type::Tables => tables(decoder),
        Type::Table(_) if decoder.is_list => tables(decoder),
        Type::Table(_) => match decoder.language {
            Language::Toml => format!("write [{}] on a line of its own, and its keys below", key(decoder)),
            Language::Yaml => format!("write {}: and its keys on the lines below, indented", key(decoder)),
        },
    }
}

fn key<'d>(decoder: &'d Decoder<'_>) -> &'d str {
    if decoder.key.is_empty() { "…" } else { decoder.key }
}

/// Writes the line of the key that is being decoded, with another value.
fn line(decoder: &Decoder<'_>, value: &str) -> String {
    if decoder.key.is_empty() { value.to_owned() } else { decoder.line(decoder.key, value) }
}

fn text(decoder: &Decoder<'_>, node: &Node, written: &str) -> String {
    match &node.value {
        Value::List(items) => match items.as_slice() {
            [one] => format!("write it without brackets: {}", cut(innermost(decoder, one))),
            _ => format!("write one text between quotes: {}", line(decoder, "\"…\"")),
        },
        // `- Talks: the first day` is a table in YAML.
        Value::Table(_)
            if decoder.language == Language::Yaml && !written.starts_with('{') && !written.contains('\n') =>
        {
            format!("text that contains `: ` must be quoted: {}", quoted(cut(written), Language::Yaml))
        }
        Value::Table(_) => format!("write one text between quotes: {}", line(decoder, "\"…\"")),
        _ => format!("put it between quotes: \"{}\"", cut(written)),
    }
}

/// Returns what is written in the innermost of nested lists of one item: `c` of `[[c]]`.
fn innermost<'d>(decoder: &Decoder<'d>, node: &Node) -> &'d str {
    match &node.value {
        Value::List(items) if items.len() == 1 => innermost(decoder, &items[0]),
        _ => decoder.text.get(node.span.clone()).unwrap_or_default(),
    }
}

fn list(decoder: &Decoder<'_>, node: &Node, written: &str) -> String {
    let items = match &node.value {
        // `actors: beta` above `- gamma`, which is indented further.
        Value::Text(_) if decoder.language == Language::Yaml && written.contains("\n") => {
            written.lines().map(|item| item.trim().trim_start_matches("- ")).filter(|item| !item.is_empty()).collect()
        }
        Value::Text(text) => text
            .split([',', ';', '\n'])
            .map(|item| item.trim().trim_start_matches("[[").trim_end_matches("]]"))
            .filter(|item| !item.is_empty())
            .collect(),
        Value::Table(table) => table.iter().map(|(key, _)| &*key.name).collect(),
        _ => vec![written],
    };
    let item = |item| quoted(unquoted(item).unwrap_or(item), decoder.language);
    let items: Vec<String> = items.into_iter().map(item).take(10).collect();
    let list = format!("[{}]", items.join(", "));
    format!("put it between brackets: {}", cut(&list))
}

fn tables(decoder: &Decoder<'_>) -> String {
    match decoder.language {
        Language::Toml => format!("write [[{}]] on a line of its own for each, and its keys below", key(decoder)),
        Language::Yaml => format!("below `{}:`, begin each with `- ` and a key: `- id: …`", key(decoder)),
    }
}

fn boolean(decoder: &Decoder<'_>, node: &Node, written: &str) -> String {
    let word = match &node.value {
        Value::Text(text) => plain(text).trim().to_lowercase(),
        _ => written.to_lowercase(),
    };
    match word.as_str() {
        "true" | "yes" | "y" | "on" | "1" => format!("write {}", line(decoder, "true")),
        "false" | "no" | "n" | "off" | "0" => format!("write {}", line(decoder, "false")),
        _ => format!("write {} or {}, without quotes", line(decoder, "true"), line(decoder, "false")),
    }
}

fn number(decoder: &Decoder<'_>, node: &Node, whole: bool) -> String {
    let found = match &node.value {
        Value::Text(text) => degrees(&straightened(text, decoder.language).unwrap_or_else(|| text.to_string())),
        Value::Float(number) => Some(*number),
        _ => None,
    };
    match found {
        Some(number) if whole => format!("write {}", line(decoder, &format!("{}", number.round()))),
        Some(number) => format!("write {}", line(decoder, &format!("{number}"))),
        None if whole => format!("write a whole number without quotes: {}", line(decoder, "1")),
        None => format!("write a number without quotes: {}", line(decoder, "33.51")),
    }
}

/// Reads decimal degrees from a coordinate as people write it: `33,51`, `33.51°`, `33° 30′ 36″ N`, `12 W`. South and west are
/// negative. Rounded to five decimals, about a metre.
fn degrees(text: &str) -> Option<f64> {
    let text = plain(text);
    let is_negative = text.trim_end().ends_with(['S', 'W', 's', 'w']);
    let parts = text.split(|c: char| !(c.is_ascii_digit() || ",.-−+".contains(c))).filter(|part| !part.is_empty());
    let numbers: Option<Vec<f64>> = parts.map(|part| part.replace(',', ".").replace('−', "-").parse().ok()).collect();
    let (degrees, rest) = match numbers?.as_slice() {
        [degrees] => (*degrees, 0.0),
        [degrees, minutes] => (*degrees, minutes / 60.0),
        [degrees, minutes, seconds] => (*degrees, minutes / 60.0 + seconds / 3600.0),
        _ => return None,
    };
    let value = (degrees.abs() + rest).copysign(if is_negative { -1.0 } else { degrees });
    Some((value * 1e5).round() / 1e5)
}

#[cfg(test)]
mod tests {
    use super::degrees;

    #[test]
    fn coordinates_are_read_as_people_write_them() {
        assert_eq!(degrees("33,51"), Some(33.51));
        assert_eq!(degrees("33° 30′ 36″ N"), Some(33.51));
        assert_eq!(degrees("12.5 W"), Some(-12.5));
        assert_eq!(degrees("−7.25"), Some(-7.25));
        assert_eq!(degrees("north"), None);
    }
}
