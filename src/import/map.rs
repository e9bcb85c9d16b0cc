//! The mapping file: which column of a table, or key of front matter, becomes what.

use std::path::Path;

use super::dates::DateOrder;
use crate::diagnostic::Span;
use crate::error::Error;
use crate::source_path::SourcePath;
use crate::syntax::{Node, Piece, Value, nearest, parse_toml};

/// What a field can become, besides `extra.NAME` and `source2.…`.
pub(super) const TARGETS: &[&str] = &[
    "id",
    "title",
    "short_title",
    "date",
    "date.end",
    "date.precision",
    "year",
    "month",
    "day",
    "kind",
    "summary",
    "text",
    "html",
    "actors",
    "places",
    "place.lat",
    "place.lon",
    "place.country",
    "place.precision",
    "processes",
    "tags",
    "confidence",
    "importance",
    "wikidata",
    "aliases",
    "draft",
    "published",
    "source.title",
    "source.publisher",
    "source.relay",
    "source.url",
    "source.date",
    "source.accessed",
    "source.kind",
    "source.language",
    "ignore",
];

/// The keys of the file itself.
const KEYS: &[&str] = &["kind", "date_order", "delimiter", "columns", "separator", "rest", "fields"];

/// A mapping file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Map {
    /// The kind of events whose input names none.
    pub kind: Option<String>,
    /// Which number comes first in dates that could be two.
    pub date_order: Option<DateOrder>,
    /// The character between cells.
    pub delimiter: Option<u8>,
    /// The columns of a table without a header row.
    pub columns: Option<Vec<String>>,
    /// What separates the parts of a list in one cell; `;` if it is not given.
    pub separator: Option<String>,
    /// Whether fields that the file does not mention are kept under `[extra]`.
    pub keeps_rest: bool,
    /// The fields, in the order of the file.
    pub fields: Vec<FieldMap>,
}

/// What becomes of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldMap {
    /// The column or key.
    pub name: String,
    /// What it becomes: one of [`TARGETS`], `extra.NAME` or `sourceN.…`.
    pub to: String,
    /// What separates the parts of a list, where it differs from that of the file.
    pub split: Option<String>,
    /// Values that are replaced by others.
    pub values: Vec<(String, String)>,
}

impl FieldMap {
    /// Maps a field whose values are not replaced, and whose lists have the separator of the file.
    #[must_use]
    pub(crate) fn new(name: &str, to: &str) -> Self {
        Self { name: name.to_owned(), to: to.to_owned(), ..Self::default() }
    }

    /// Returns what replaces a value: another one if the mapping file names it, or else itself.
    #[must_use]
    pub(crate) fn replaced(&self, value: &str) -> String {
        let found = self.values.iter().find(|(from, _)| from == value);
        found.map_or_else(|| value.to_owned(), |(_, to)| to.clone())
    }
}

impl Map {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`Error`] with line and column if it cannot be read or is not a mapping file.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::at(path, error))?;
        Self::parse(&text).map_err(|(span, message, help)| {
            let at = super::json::place(&text, span.start);
            Error::usage(format!("{}:{}:{}: {message}", path.display(), at.line, at.column)).hint(help)
        })
    }

    /// Returns what becomes of a field; `None` if the file does not mention it.
    #[must_use]
    pub(crate) fn field(&self, name: &str) -> Option<&FieldMap> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn parse(text: &str) -> Result<Self, Flaw> {
        let file = SourcePath::from("map");
        let piece = Piece { file: &file, text, offset: 0, max_depth: 8, fenced: false };
        let (node, problems) = parse_toml(&piece);
        if let Some(problem) = problems.into_iter().next() {
            let help = problem.helped_by().unwrap_or("a mapping file is TOML").to_owned();
            return Err((problem.span().cloned().unwrap_or(0..0), problem.message().to_owned(), help));
        }
        let mut map = Self::default();
        let Value::Table(table) = &node.value else { return Ok(map) };
        for (key, node) in table {
            match &*key.name {
                "kind" => map.kind = Some(text_of(node)?),
                "separator" => map.separator = Some(text_of(node)?),
                "date_order" => map.date_order = Some(date_order(node)?),
                "delimiter" => map.delimiter = Some(delimiter(node)?),
                "columns" => map.columns = Some(texts_of(node)?),
                "rest" => map.keeps_rest = rest(node)?,
                "fields" => map.fields = fields(node)?,
                other => {
                    let help = nearest(other, KEYS.iter().copied())
                        .unwrap_or_else(|| format!("the keys are {}", KEYS.join(", ")));
                    return Err((key.span.clone(), format!("`{other}` is not a key of a mapping file"), help));
                }
            }
        }
        Ok(map)
    }
}

/// A place in the file, what is wrong there, and help.
type Flaw = (Span, String, String);

fn text_of(node: &Node<'_>) -> Result<String, Flaw> {
    match &node.value {
        Value::Text(text) => Ok(text.to_string()),
        other => Err((
            node.span.clone(),
            format!("this must be text, not {}", other.describe()),
            "put it in quotes".to_owned(),
        )),
    }
}

fn texts_of(node: &Node<'_>) -> Result<Vec<String>, Flaw> {
    match &node.value {
        Value::List(items) => items.iter().map(text_of).collect(),
        _ => Err((node.span.clone(), "this must be a list of texts".to_owned(), "write [\"one\", \"two\"]".to_owned())),
    }
}

fn date_order(node: &Node<'_>) -> Result<DateOrder, Flaw> {
    match text_of(node)?.as_str() {
        "day-first" => Ok(DateOrder::DayFirst),
        "month-first" => Ok(DateOrder::MonthFirst),
        other => {
            let message = format!("`{other}` is not an order of dates");
            Err((node.span.clone(), message, "it is \"day-first\" or \"month-first\"".to_owned()))
        }
    }
}

fn rest(node: &Node<'_>) -> Result<bool, Flaw> {
    match text_of(node)?.as_str() {
        "extra" => Ok(true),
        "lost" => Ok(false),
        other => {
            Err((node.span.clone(), format!("the rest cannot be `{other}`"), "it is \"extra\" or \"lost\"".to_owned()))
        }
    }
}

fn delimiter(node: &Node<'_>) -> Result<u8, Flaw> {
    match text_of(node)?.as_bytes() {
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err((
            node.span.clone(),
            "a delimiter is one character".to_owned(),
            "it is often \",\", \";\" or \"\\t\"".to_owned(),
        )),
    }
}

fn fields(node: &Node<'_>) -> Result<Vec<FieldMap>, Flaw> {
    let Value::Table(table) = &node.value else {
        return Err((node.span.clone(), "this must be a table".to_owned(), "begin it with [fields]".to_owned()));
    };
    table.iter().map(|(key, node)| field(&key.name, node)).collect()
}

fn field(name: &str, node: &Node<'_>) -> Result<FieldMap, Flaw> {
    let Value::Table(table) = &node.value else {
        let to = text_of(node)?;
        check_target(&to, node)?;
        return Ok(FieldMap::new(name, &to));
    };
    let mut field = FieldMap::new(name, "");
    for (key, value) in table {
        match &*key.name {
            "to" => {
                field.to = text_of(value)?;
                check_target(&field.to, value)?;
            }
            "split" => field.split = Some(text_of(value)?),
            "values" => {
                let Value::Table(values) = &value.value else {
                    let help = "write { \"as it is\" = \"as it shall be\" }".to_owned();
                    return Err((value.span.clone(), "this must be a table".to_owned(), help));
                };
                let values = values.iter().map(|(key, value)| Ok((key.name.to_string(), text_of(value)?)));
                field.values = values.collect::<Result<_, Flaw>>()?;
            }
            other => {
                let message = format!("`{other}` is not a key of a field");
                return Err((key.span.clone(), message, "the keys are to, split and values".to_owned()));
            }
        }
    }
    if field.to.is_empty() {
        return Err((node.span.clone(), "this field has no `to`".to_owned(), "write { to = \"title\" }".to_owned()));
    }
    Ok(field)
}

fn check_target(to: &str, node: &Node<'_>) -> Result<(), Flaw> {
    let (number, plain) = source_number(to);
    let is_extra = to.strip_prefix("extra.").is_some_and(|name| !name.trim().is_empty());
    if is_extra || TARGETS.contains(&plain.as_str()) && (number == 0 || plain.starts_with("source.")) {
        return Ok(());
    }
    let help = nearest(to, TARGETS.iter().copied())
        .unwrap_or_else(|| format!("a field becomes extra.NAME, or one of {}", TARGETS.join(", ")));
    Err((node.span.clone(), format!("a field cannot become `{to}`"), help))
}

/// Splits `source2.title` into 2 and `source.title`. Without a number from 1 to 50, returns 0 and the text unchanged.
#[must_use]
pub(super) fn source_number(to: &str) -> (usize, String) {
    let numbered = to.strip_prefix("source").and_then(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok().filter(|number| (1..=50).contains(number))?;
        Some((number, format!("source{}", &rest[digits..])))
    });
    numbered.unwrap_or_else(|| (0, to.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, FieldMap, Map};

    #[test]
    fn a_mapping_file_is_read() {
        let text = r#"
            kind = "meeting"
            date_order = "day-first"
            separator = ","
            [fields]
            Name = "title"
            "Which day" = "date"
            Who = { to = "actors", split = "/", values = { "N. N." = "Nobody" } }
            Link = "source2.url"
            Note = "extra.note"
        "#;
        let map = Map::parse(text).expect("it is a mapping file");
        assert_eq!((map.kind.as_deref(), map.date_order), (Some("meeting"), Some(DateOrder::DayFirst)));
        assert_eq!(map.field("Which day"), Some(&FieldMap::new("Which day", "date")));
        assert_eq!(map.field("Who").map(|field| field.values.len()), Some(1));
    }

    #[test]
    fn mistakes_are_reported_with_help() {
        for (text, help) in [
            ("[fields]\na = \"titel\"", "did you mean `title`?"),
            ("kinds = \"a\"", "did you mean `kind`?"),
            ("[fields]\na = { split = \";\" }", "write { to = \"title\" }"),
            ("date_order = \"us\"", "it is \"day-first\" or \"month-first\""),
            ("[fields]\na = \"source99.title\"", "did you mean `source.title` or `source.date`?"),
        ] {
            assert_eq!(Map::parse(text).map_err(|flaw| flaw.2), Err(help.to_owned()), "{text}");
        }
        assert_eq!(Map::parse("[fields]\na = \"titel\"").map_err(|flaw| flaw.0), Err(13..20));
    }
}
