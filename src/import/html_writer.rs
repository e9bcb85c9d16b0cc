//! Writes HTML as markdown, one tag or run of words at a time. It knows what is open, but builds no tree.

use std::collections::BTreeMap;

use html5ever::tokenizer::{Tag, TagKind};

use super::plain::{clean, destination, push_escaped};
use crate::fields::web_url;

/// Elements whose contents are dropped.
pub(super) const DROPPED: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "svg", "math", "noscript", "template", "form", "select",
    "textarea", "button", "audio", "video", "canvas", "head", "title",
];
/// Elements that begin a paragraph of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "figure",
    "figcaption",
    "table",
    "tbody",
    "thead",
    "tr",
    "dl",
    "dt",
    "dd",
    "address",
    "main",
    "center",
    "pre",
    "caption",
];
/// Elements whose tags are removed without being counted, because readers of the words do not need them.
const SILENT: &[&str] =
    &["span", "font", "small", "big", "html", "body", "wbr", "time", "abbr", "cite", "q", "label", "meta", "link"];

/// How deep lists, and quotations, are nested at most. Deeper ones are written at this depth.
const DEEPEST: usize = 6;

/// Markdown, and what it could not express.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Converted {
    /// The text.
    pub markdown: String,
    /// How often each element could not be expressed, by name. Its words may still be in the text.
    pub dropped: BTreeMap<String, usize>,
}

/// An inline element that has begun.
struct Open {
    name: String,
    /// The byte of the output at which its mark begins.
    start: usize,
    mark: &'static str,
    /// The address of a link; `None` for other elements.
    address: Option<String>,
}

/// A list that has begun.
#[derive(Clone, Copy, Default)]
struct List {
    /// The number of the next item, if the list is numbered.
    number: Option<u32>,
    has_items: bool,
}

/// Markdown that is being written.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    /// Whether only words are written, without any mark-up.
    is_plain: bool,
    open: Vec<Open>,
    /// The lists that have begun, outermost first.
    lists: Vec<List>,
    quotes: usize,
    /// The element whose contents are dropped, and how deep elements of its name are nested.
    dropping: Option<(String, usize)>,
    dropped: BTreeMap<String, usize>,
    /// Whether white space precedes the next word.
    space: bool,
}

impl Writer {
    /// Makes a writer of words alone, without any mark-up.
    #[must_use]
    pub(super) fn of_words() -> Self {
        Self { is_plain: true, ..Self::default() }
    }

    fn drop(&mut self, name: &str) {
        *self.dropped.entry(name.to_owned()).or_default() += 1;
    }

    /// Takes a tag.
    pub(super) fn tag(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        let is_start = tag.kind == TagKind::StartTag;
        if let Some((dropping, depth)) = &mut self.dropping {
            if dropping == name {
                *depth = if is_start { *depth + 1 } else { *depth - 1 };
                if *depth == 0 {
                    self.dropping = None;
                }
            }
            return;
        }
        if DROPPED.contains(&name) {
            if is_start {
                self.drop(name);
                // `embed` has no end tag.
                if !tag.self_closing && name != "embed" {
                    self.dropping = Some((name.to_owned(), 1));
                }
            }
            return;
        }
        match name {
            "br" => self.line_break(),
            "hr" if is_start => self.block(),
            "b" | "strong" => self.inline(name, "**", is_start, None),
            "i" | "em" => self.inline(name, "*", is_start, None),
            "s" | "del" | "strike" => self.inline(name, "~~", is_start, None),
            "a" => self.link(tag, is_start),
            "ul" => self.list(None, is_start),
            "ol" => self.list(Some(1), is_start),
            "li" => self.item(is_start),
            "blockquote" => self.quote(is_start),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(name, is_start),
            "td" | "th" => self.cell(is_start),
            "img" if is_start => self.picture(tag),
            name if BLOCKS.contains(&name) => {
                if is_start && matches!(name, "table" | "pre") {
                    self.drop(name);
                }
                self.block();
            }
            name if SILENT.contains(&name) => {}
            name if is_start => self.drop(name),
            _ => {}
        }
    }

    /// Returns whether the contents of a drawing or formula are being dropped, in which XML's rules hold.
    #[must_use]
    pub(super) fn is_in_xml(&self) -> bool {
        self.dropping.as_ref().is_some_and(|(name, _)| matches!(name.as_str(), "svg" | "math"))
    }

    /// Takes words.
    pub(super) fn words(&mut self, text: &str) {
        if self.dropping.is_some() {
            return;
        }
        // References such as `&#1;` give characters that files must not contain.
        for (number, word) in clean(text).split(char::is_whitespace).enumerate() {
            self.space |= number > 0;
            if word.is_empty() {
                continue;
            }
            let begins = self.at_line_start();
            if std::mem::take(&mut self.space) && !begins && !self.out.ends_with('\n') {
                self.out.push(' ');
            }
            if self.is_plain {
                self.out.push_str(word);
            } else {
                push_escaped(&mut self.out, word, begins);
            }
        }
    }

    /// Returns whether the line holds only marks. Those of inline elements are removed again if they are of no use.
    fn at_line_start(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        if self.is_plain {
            return line.is_empty();
        }
        let line = line.trim_start_matches([' ', '>']);
        let line = line.strip_prefix("- ").or_else(|| after_number(line)).unwrap_or(line);
        line.chars().all(|c| matches!(c, '>' | ' ' | '#' | '*' | '~'))
    }

    /// Ends the paragraph and all inline elements in it.
    fn block(&mut self) {
        while let Some(open) = self.open.pop() {
            self.close(open);
        }
        self.space = false;
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        if line.trim_matches([' ', '>', '\\']).is_empty() || self.begins_item() {
            return;
        }
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str("\n\n");
        self.prefix();
    }

    /// Returns whether an item of a list has just begun, so that its words follow on the line.
    fn begins_item(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default().trim_start_matches([' ', '>']);
        line == "- " || after_number(line) == Some("")
    }

    /// Writes what every line of the open quotations and lists begins with.
    fn prefix(&mut self) {
        if self.is_plain {
            return;
        }
        self.out.push_str(&"> ".repeat(self.quotes.min(DEEPEST)));
        let inside = self.lists.iter().take(DEEPEST).map(|list| if list.number.is_some() { "   " } else { "  " });
        self.out.extend(inside);
    }

    fn line_break(&mut self) {
        self.space = false;
        if self.is_plain {
            self.out.push(' ');
            return;
        }
        // A second break in a row is a new paragraph.
        if self.out.ends_with("\\\n") {
            self.out.truncate(self.out.len() - 2);
            self.out.push_str("\n\n");
            return;
        }
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        if line.trim_matches([' ', '>', '-']).is_empty() {
            return;
        }
        if self.open.is_empty() && self.lists.is_empty() && self.quotes == 0 {
            self.out.push_str("\\\n");
        } else {
            self.space = true;
        }
    }

    fn inline(&mut self, name: &str, mark: &'static str, is_start: bool, address: Option<String>) {
        if self.is_plain {
            return;
        }
        if is_start {
            if self.space && !self.at_line_start() {
                self.out.push(' ');
            }
            self.space = false;
            let start = self.out.len();
            self.out.push_str(mark);
            self.open.push(Open { name: name.to_owned(), start, mark, address });
            return;
        }
        let Some(position) = self.open.iter().rposition(|open| open.name == name) else { return };
        while self.open.len() > position {
            if let Some(open) = self.open.pop() {
                self.close(open);
            }
        }
    }

    /// Ends an inline element. Its marks are dropped if there are no words between them, or if markdown would not recognise
    /// them there.
    fn close(&mut self, open: Open) {
        let inside = self.out.split_off(open.start + open.mark.len());
        self.out.truncate(open.start);
        let before = self.out.chars().next_back();
        let trimmed = inside.trim();
        self.space |= inside.ends_with(' ');
        if trimmed.is_empty() {
            return;
        }
        if let Some(address) = open.address {
            self.escape_before_bracket();
            // Inside a link, brackets must be closed or escaped.
            let words = trimmed.replace("\\[", "[").replace('[', "\\[");
            self.out.push_str(&format!("[{words}]({})", destination(&address)));
            return;
        }
        let first = trimmed.chars().next().unwrap_or(' ');
        let last = trimmed.chars().next_back().unwrap_or(' ');
        let is_free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '>'));
        let may_open = is_free || first.is_alphanumeric() && !before.is_some_and(|c| c == '*' || c == '\\');
        let may_close = last.is_alphanumeric() || self.space || matches!(last, '.' | '!' | '?' | ':' | ')');
        if !may_open
            || !may_close
            || trimmed.contains('\n')
            || trimmed.starts_with(['*', '~'])
            || trimmed.ends_with(['*', '~'])
        {
            self.drop(&open.name);
            self.out.push_str(trimmed);
            return;
        }
        // A closing mark after punctuation needs a space or punctuation after it (CommonMark, section 6.2).
        let needs_space = !last.is_alphanumeric();
        self.out.push_str(&format!("{mark}{trimmed}{mark}", mark = open.mark));
        self.space |= needs_space;
    }

    /// Escapes a `!` or `[` at the end of the output, with which the bracket of a link would begin a picture or a wikilink.
    fn escape_before_bracket(&mut self) {
        if let Some(c) = self.out.chars().next_back().filter(|c| matches!(c, '!' | '[')) {
            let is_escaped = self.out[..self.out.len() - 1].ends_with('\\');
            if !is_escaped {
                self.out.pop();
                self.out.push('\\');
                self.out.push(c);
            }
        }
    }

    fn link(&mut self, tag: &Tag, is_start: bool) {
        if self.is_plain {
            return;
        }
        if !is_start {
            return self.inline("a", "", false, None);
        }
        let address = attribute(tag, "href").unwrap_or_default();
        let address = address.trim().to_owned();
        let is_mail =
            address.strip_prefix("mailto:").is_some_and(|to| to.contains('@') && !to.contains(['<', '>', ' ']));
        let is_nested = self.open.iter().any(|open| open.address.is_some());
        let is_of_web = !address.contains(['<', '>', '\n']) && web_url(&address).is_ok();
        if !address.is_empty() && !is_nested && (is_of_web || is_mail) {
            self.inline("a", "", true, Some(address));
        } else {
            self.drop("a");
        }
    }

    fn list(&mut self, first: Option<u32>, is_start: bool) {
        if self.is_plain {
            self.space = true;
            return;
        }
        if is_start {
            self.block();
            self.lists.push(List { number: first, has_items: false });
        } else {
            self.lists.pop();
            self.block();
        }
    }

    fn item(&mut self, is_start: bool) {
        if self.is_plain {
            self.space = true;
            return;
        }
        while let Some(open) = self.open.pop() {
            self.close(open);
        }
        self.space = false;
        if !is_start {
            return;
        }
        let current = self.lists.pop().unwrap_or_default();
        self.out.truncate(self.out.trim_end_matches([' ', '>']).len());
        if current.has_items || !self.out.ends_with("\n\n") {
            self.out.truncate(self.out.trim_end().len());
            self.out.push_str(if self.out.is_empty() { "" } else { "\n" });
        }
        self.prefix();
        match current.number {
            Some(number) => self.out.push_str(&format!("{number}. ")),
            None => self.out.push_str("- "),
        }
        self.lists.push(List { number: current.number.map(|number| number.saturating_add(1)), has_items: true });
    }

    fn quote(&mut self, is_start: bool) {
        self.block();
        let line = self.out.rfind('\n').map_or(0, |end| end + 1);
        if self.out[line..].trim_matches([' ', '>']).is_empty() {
            self.out.truncate(line);
        }
        self.quotes = if is_start { self.quotes + 1 } else { self.quotes.saturating_sub(1) };
        self.prefix();
    }

    fn heading(&mut self, name: &str, is_start: bool) {
        self.block();
        if is_start && !self.is_plain {
            let level = name[1..].parse::<usize>().unwrap_or(2).clamp(2, 6);
            self.out.push_str(&"#".repeat(level));
            self.out.push(' ');
        }
    }

    fn cell(&mut self, is_start: bool) {
        if !is_start {
            self.space = true;
        }
    }

    /// Writes a link to a picture, because pictures from elsewhere cannot be shown.
    fn picture(&mut self, tag: &Tag) {
        self.drop("img");
        let address = attribute(tag, "src").unwrap_or_default();
        let alt = attribute(tag, "alt").unwrap_or_default();
        let is_nested = self.open.iter().any(|open| open.address.is_some());
        if self.is_plain || is_nested || address.contains(['<', '>', '\n']) || web_url(&address).is_err() {
            return;
        }
        if std::mem::take(&mut self.space) {
            self.out.push(' ');
        }
        self.escape_before_bracket();
        let mut words = String::new();
        push_escaped(&mut words, if alt.trim().is_empty() { "picture" } else { alt.trim() }, false);
        self.out.push_str(&format!("[{words}]({})", destination(&address)));
    }

    /// Ends everything that is open and returns the text.
    pub(super) fn finish(mut self) -> Converted {
        while let Some(open) = self.open.pop() {
            self.close(open);
        }
        let lines = self.out.lines().map(|line| line.trim_end_matches([' ', '\\']).len());
        let mut markdown = String::new();
        for (line, length) in self.out.lines().zip(lines) {
            let kept = if line.ends_with('\\') { line } else { &line[..length] };
            markdown.push_str(if kept.trim_matches(['>', ' ']).is_empty() {
                kept.trim_end_matches([' ', '>'])
            } else {
                kept
            });
            markdown.push('\n');
        }
        let markdown = markdown.trim().trim_end_matches('\\').trim_end().to_owned();
        Converted { markdown, dropped: self.dropped }
    }
}

/// Returns what follows the number of an item, `1. `, at the beginning of a line. Before the full stop of a word is a backslash.
fn after_number(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line[digits..].strip_prefix(". ").filter(|_| digits > 0)
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name)?;
    Some(found.value.to_string())
}
