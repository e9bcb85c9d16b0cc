//! Front matter as a person would write it: the keys in the order of `docs/content-format.md`, whole days without quotes, short
//! lists on one line, tables at the end. `annals new` and `annals import` write every document with this.

use std::fmt::Write;

use crate::date::{self, Place};
use crate::id::Collection;

/// The longest line that holds a list, in characters.
const LONGEST_LINE: usize = 140;

/// A value of front matter that is to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MatterValue {
    /// Text.
    Text(String),
    /// A date in EDTF.
    Date(String),
    /// A whole number.
    Number(i64),
    /// Any other number.
    Decimal(f64),
    /// True or false.
    Bool(bool),
    /// A list.
    List(Vec<MatterValue>),
    /// A table, in the order in which it is to be written.
    Table(Vec<(String, MatterValue)>),
}

impl From<&str> for MatterValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for MatterValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl MatterValue {
    /// A list of texts.
    pub(crate) fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Text(text.into())).collect())
    }

    /// Whether it is written below a header of its own, `[vote]` or `[[sources]]`.
    fn is_below_header(&self) -> bool {
        match self {
            Self::Table(_) => true,
            Self::List(items) => !items.is_empty() && items.iter().all(|item| matches!(item, Self::Table(_))),
            _ => false,
        }
    }
}

/// Returns the keys of a collection's front matter, in the order in which the documentation lists them.
#[must_use]
pub(super) const fn keys(collection: Collection) -> &'static [&'static str] {
    match collection {
        Collection::Events => &[
            "title",
            "short_title",
            "date",
            "kind",
            "summary",
            "actors",
            "places",
            "processes",
            "tags",
            "confidence",
            "importance",
            "wikidata",
            "follows",
            "aliases",
            "draft",
            "embargo",
            "retracted",
            "vote",
            "sources",
            "accounts",
            "media",
            "corrections",
            "extra",
            "private",
        ],
        Collection::Actors => &[
            "name",
            "names",
            "native_name",
            "kind",
            "part_of",
            "wikidata",
            "roles",
            "members",
            "member_of",
            "became",
            "summary",
            "media",
            "aliases",
            "extra",
            "private",
        ],
        Collection::Places => &[
            "name",
            "lat",
            "lon",
            "country",
            "within",
            "precision",
            "wikidata",
            "summary",
            "media",
            "aliases",
            "extra",
            "private",
        ],
        Collection::Processes => {
            &["name", "date", "colour", "wikidata", "summary", "media", "aliases", "extra", "private"]
        }
        Collection::Pages => &["title", "nav", "summary", "media", "aliases", "extra", "private"],
    }
}

/// Front matter in TOML that is being written.
#[derive(Debug)]
pub(crate) struct FrontMatter(String);

impl FrontMatter {
    /// Returns front matter that has only its opening line, `+++`.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self("+++\n".to_owned())
    }

    /// Returns the front matter of a document, in the order of [`keys`] and with tables at the end, whatever the order of
    /// `fields`. A key that the collection does not have is left out.
    #[must_use]
    pub(crate) fn of<K: AsRef<str>>(collection: Collection, fields: &[(K, MatterValue)]) -> Self {
        let mut matter = Self::new();
        let find = |key: &str| fields.iter().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value);
        let known = || keys(collection).iter().filter_map(|key| Some((*key, find(key)?)));
        for (key, value) in known().filter(|(_, value)| !value.is_below_header()) {
            matter.key(key, value);
        }
        for (key, value) in known().filter(|(_, value)| value.is_below_header()) {
            push_below_header(&mut matter.0, &[key], value);
        }
        matter
    }

    /// Adds a key, with a table as an inline table.
    pub(crate) fn key(&mut self, key: &str, value: &MatterValue) -> &mut Self {
        push_pair(&mut self.0, key, value);
        self
    }

    /// Adds a comment, `# text`. The text must not contain line ends.
    pub(crate) fn comment(&mut self, text: &str) -> &mut Self {
        let _ = writeln!(self.0, "# {text}");
        self
    }

    /// Adds a blank line.
    pub(crate) fn blank(&mut self) -> &mut Self {
        self.0.push('\n');
        self
    }

    /// Returns the whole file: the front matter and the text below it, which ends in one line end.
    #[must_use]
    pub(crate) fn with_text(self, text: &str) -> String {
        let text = text.trim_matches('\n');
        let end = if text.is_empty() { "" } else { "\n" };
        [&self.0, "+++\n", text, end].concat()
    }
}

/// Adds a table of TOML with its header, such as `[kinds.visit]`, or one for each table of a list.
pub(crate) fn push_below_header(out: &mut String, path: &[&str], value: &MatterValue) {
    let (tables, open, close): (Vec<_>, _, _) = match value {
        MatterValue::List(items) => (items.iter().collect(), "[[", "]]"),
        other => (vec![other], "[", "]"),
    };
    for table in tables {
        if let MatterValue::Table(pairs) = table {
            let name: Vec<String> = path.iter().copied().map(bare_or_quoted).collect();
            let _ = writeln!(out, "\n{open}{}{close}", name.join("."));
            pairs.iter().for_each(|(key, value)| push_pair(out, key, value));
        }
    }
}

/// Adds a line of TOML: a key and its value. A list that would be longer than [`LONGEST_LINE`] gets a line for each item.
pub(crate) fn push_pair(out: &mut String, key: &str, value: &MatterValue) {
    let key = bare_or_quoted(key);
    let mut written = String::new();
    push_value(&mut written, value);
    if let MatterValue::List(items) = value
        && key.len() + 3 + written.chars().count() > LONGEST_LINE
    {
        written = "[\n".to_owned();
        for item in items {
            written.push_str("    ");
            push_value(&mut written, item);
            written.push_str(",\n");
        }
        written.push(']');
    }
    let _ = writeln!(out, "{key} = {written}");
}

fn push_value(out: &mut String, value: &MatterValue) {
    match value {
        MatterValue::Text(text) => push_text(out, text),
        MatterValue::Date(edtf) => out.push_str(&date::in_place(edtf, Place::Toml)),
        MatterValue::Number(number) => {
            let _ = write!(out, "{number}");
        }
        MatterValue::Decimal(number) if number.is_nan() => out.push_str("nan"),
        MatterValue::Decimal(number) => {
            // This form always has a point or an exponent, without which TOML would read a whole number.
            let _ = write!(out, "{number:?}");
        }
        MatterValue::Bool(value) => {
            let _ = write!(out, "{value}");
        }
        MatterValue::List(items) => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                out.push_str(if number == 0 { "" } else { ", " });
                push_value(out, item);
            }
            out.push(']');
        }
        MatterValue::Table(pairs) => {
            out.push('{');
            for (number, (key, value)) in pairs.iter().enumerate() {
                out.push_str(if number == 0 { " " } else { ", " });
                out.push_str(&bare_or_quoted(key));
                out.push_str(" = ");
                push_value(out, value);
            }
            out.push_str(if pairs.is_empty() { "}" } else { " }" });
        }
    }
}

/// Adds a basic string (TOML 1.1, section "String").
fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn bare_or_quoted(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if is_bare {
        return key.to_owned();
    }
    let mut quoted = String::new();
    push_text(&mut quoted, key);
    quoted
}

#[cfg(test)]
mod tests {
    use super::{FrontMatter, MatterValue, keys, push_pair};
    use crate::id::Collection;

    /// The keys in the first table below a heading of the documentation.
    fn documented(heading: &str) -> Vec<&'static str> {
        let format = include_str!("../../docs/content-format.md");
        let section = format.split(&format!("\n## {heading}\n")).nth(1).expect("the section is there");
        let rows = section.lines().skip_while(|line| !line.starts_with("| key")).skip(2);
        rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('`').nth(1)).collect()
    }

    #[test]
    fn keys_are_written_in_the_order_of_the_documentation() {
        let sections = ["Event", "Actor", "Place", "Process", "Page"];
        for (heading, collection) in sections.into_iter().zip(Collection::ALL) {
            assert_eq!(keys(collection), documented(heading), "{heading}");
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let texts = ["\"quoted\" \\ back", "a\nb\tc\rd", "\u{7f}\u{1}", "العربية 😀", ""];
        for text in texts {
            let mut line = String::new();
            push_pair(&mut line, "a key", &text.into());
            let table: toml::Table = line.parse().expect("it is TOML");
            assert_eq!(table["a key"].as_str(), Some(text), "{line}");
        }
    }

    #[test]
    fn every_decimal_stays_one() {
        for (number, written) in [
            (36.0, "36.0"),
            (-0.05, "-0.05"),
            (1e15, "1000000000000000.0"),
            (1e300, "1e300"),
            (f64::NAN, "nan"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            let mut line = String::new();
            push_pair(&mut line, "a", &MatterValue::Decimal(number));
            assert_eq!(line, format!("a = {written}\n"));
            let table: toml::Table = line.parse().expect("it is TOML");
            let read = table["a"].as_float().expect("it is a decimal");
            assert!(read == number || read.is_nan() && number.is_nan(), "{line}");
        }
    }

    #[test]
    fn lists_are_broken_and_tables_come_last() {
        let long = MatterValue::texts((0..20).map(|number| format!("actor-{number}")));
        let source = MatterValue::List(vec![MatterValue::Table(vec![("id".to_owned(), "a".into())])]);
        let fields = [("sources", source), ("actors", long), ("date", MatterValue::Date("2017-11".into()))];
        let text = FrontMatter::of(Collection::Events, &fields).with_text("Text.");
        assert!(text.starts_with("+++\ndate = \"2017-11\"\nactors = [\n    \"actor-0\",\n"), "{text}");
        assert!(text.ends_with("]\n\n[[sources]]\nid = \"a\"\n+++\nText.\n"), "{text}");
    }
}
