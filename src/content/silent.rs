//! Text that markdown would silently show differently from how it is written.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::finding::Finding;
use super::leftovers::is_word;
use super::line_beginnings::split_link;
use super::words::{beginning_of, shortened};
use crate::diagnostic::{Code, Span};

/// Reports everything in a text that readers would see differently from how it is written.
pub(super) fn silent_changes(text: &str, events: &[(Event<'_>, Span)]) -> Vec<Finding> {
    let mut search = Search {
        text,
        findings: Vec::new(),
        lists: Vec::new(),
        last_number: None,
        columns: Vec::new(),
        has_text_below: false,
    };
    for (number, (event, span)) in events.iter().enumerate() {
        let next = events.get(number + 1);
        match event {
            Event::Start(Tag::List(first)) => search.lists.push(List::new(*first, span)),
            Event::Start(Tag::Item) => search.item(span),
            Event::End(TagEnd::List(_)) => search.end_list(),
            Event::Start(Tag::Table(columns)) => {
                search.columns.clone_from(columns);
                search.has_text_below = false;
            }
            Event::Start(Tag::TableHead) => {
                search.split_link(span);
            }
            Event::Start(Tag::TableRow) => search.row(span),
            Event::Start(Tag::Heading { .. }) if matches!(next, Some((Event::End(TagEnd::Heading(_)), _))) => {
                search.empty_heading(span);
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }) => search.heading(span),
            Event::Start(Tag::FootnoteDefinition(name)) => match next {
                Some((Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)), code)) => {
                    search.code_in_footnote(name, code);
                }
                Some((Event::End(_), _)) => search.empty_footnote(name, span, events.get(number + 2)),
                _ => {}
            },
            Event::End(TagEnd::FootnoteDefinition) if !is_empty_footnote(events, number) => {
                if let Some((Event::Start(next), following)) = next {
                    search.after_footnote(next, span, following);
                }
            }
            Event::Code(_) => search.code(span),
            _ => {}
        }
    }
    search.findings
}

/// A list that has not ended yet.
struct List {
    span: Span,
    /// The number of the first item, if the list is numbered.
    first: Option<u64>,
    items: u64,
    /// The number of all items so far, if it is the same for all.
    same: Option<u64>,
    /// The first item that would be shown with a different number: its place, the number written, the number shown.
    changed: Option<(Span, u64, u64)>,
    /// The number written last.
    last: Option<u64>,
}

impl List {
    fn new(first: Option<u64>, span: &Span) -> Self {
        Self { span: span.clone(), first, items: 0, same: first, changed: None, last: None }
    }
}

struct Search<'t> {
    text: &'t str,
    findings: Vec<Finding>,
    lists: Vec<List>,
    /// The last number of the previous list, because a list may continue after a picture or a paragraph.
    last_number: Option<u64>,
    columns: Vec<Alignment>,
    /// Whether a line of text below the table was already reported as a row: only the first one is.
    has_text_below: bool,
}

impl Search<'_> {
    fn report(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding::new(Code::SilentChange, span, message, help));
    }

    fn item(&mut self, span: &Span) {
        let written = &self.text[span.clone()];
        let Some(list) = self.lists.last_mut() else { return };
        let shown = list.first.map(|first| first + list.items);
        list.items += 1;
        let Some(shown) = shown else { return };
        let (start, digits) = marker(written);
        let Ok(number) = digits.parse::<u64>() else { return };
        list.same = list.same.filter(|same| *same == number);
        list.last = Some(number);
        if number != shown && list.changed.is_none() {
            let start = span.start + start;
            list.changed = Some((start..start + digits.len() + 1, number, shown));
        }
    }

    fn end_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        // Many authors write `1.` before every item of a list that numbers itself.
        let numbers_itself = matches!(list.same, Some(0 | 1));
        if let Some((span, written, shown)) = list.changed.clone().filter(|_| !numbers_itself) {
            let mark = &self.text[span.clone()];
            let help = format!(
                "number the items consecutively; if the numbers are days or years and no list is meant, write {}",
                escaped(mark)
            );
            self.report(span, format!("the number {written} would be shown as {shown}"), help);
        } else if let Some(first) = list.first {
            self.number_that_is_words(&list, first);
        }
        self.interrupts_sentence(&list);
        if self.lists.is_empty() && list.first.is_some() {
            self.last_number = list.last;
        }
    }

    /// Reports a sentence that became a list because it begins with a number: `1990. It was …`. The number would be missing
    /// from descriptions and search.
    fn number_that_is_words(&mut self, list: &List, first: u64) {
        let goes_on = self.last_number.is_some_and(|last| first == last + 1);
        let is_year = (1000..=2999).contains(&first);
        if !is_year && (list.items > 1 || first <= 1 || goes_on) {
            return;
        }
        let (start, digits) = marker(&self.text[list.span.clone()]);
        let start = list.span.start + start;
        let span = start..start + digits.len() + 1;
        let mark = self.text.get(span.clone()).unwrap_or_default();
        let message = format!(
            "the line becomes item {first} of a list, because it begins with a number and `{}`",
            &mark[digits.len().min(mark.len())..]
        );
        let help = format!("write {}", escaped(mark));
        self.report(span, message, help);
    }

    /// Reports a list of one item within a sentence: its mark was meant as a minus, a plus, a dash or the end of a date.
    fn interrupts_sentence(&mut self, list: &List) {
        if list.items != 1 || !self.lists.is_empty() {
            return;
        }
        let before = self.text[..list.span.start].trim_end_matches([' ', '\t']);
        let Some(line) = before.strip_suffix('\n').and_then(|before| before.lines().next_back()) else { return };
        let goes_on = line.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let is_block = line.trim_start().starts_with(['#', '|', '>', '-', '+', '*', '<', '`', '~', '[']);
        let (_, digits) = marker(line);
        let is_item = !digits.is_empty() && line.trim_start()[digits.len()..].starts_with(['.', ')']);
        if !goes_on || is_block || is_item {
            return;
        }
        let item = self.text[list.span.clone()].lines().next().unwrap_or_default();
        let mark = item.split(' ').next().unwrap_or_default();
        let message =
            format!("the sentence is cut off here: a line that begins with `{mark}` becomes an item of a list");
        let help = format!("put a blank line before the list; if no list is meant, write {}", escaped(mark));
        self.report(list.span.start..list.span.start + mark.len(), message, help);
    }

    /// Reports a link by id whose bar ends the cell: `[[id|words]]`. Returns whether the row has one.
    fn split_link(&mut self, span: &Span) -> bool {
        let Some((inside, written)) = split_link(&self.text[span.clone()]) else { return false };
        let message = "the bar of this link by id ends the cell of the table, so the link would be printed in pieces";
        let inside = span.start + inside.start..span.start + inside.end;
        self.findings.push(Finding::new(Code::FailedLink, inside, message, format!("write {written}")));
        true
    }

    fn row(&mut self, span: &Span) {
        if self.split_link(span) {
            return;
        }
        let row = self.text[span.clone()].trim();
        let is_text = !row.contains('|');
        if is_text && !self.has_text_below {
            self.has_text_below = true;
            let message = "this line becomes a row of the table above";
            self.report(span.start..span.start + row.len(), message, "put a blank line between the table and the text");
        }
        let columns = self.columns.len();
        let cells = cells(row);
        if cells.len() <= columns {
            return;
        }
        let dropped = span.start + (self.text[span.clone()].len() - self.text[span.clone()].trim_start().len());
        let from = cells[columns];
        let end = row.trim_end_matches('|').trim_end().len().max(from);
        let count = cells.len() - columns;
        let message = format!(
            "the row has {} cells and the table {}: {} would be dropped",
            cells.len(),
            if columns == 1 { "one column".to_owned() } else { format!("{columns} columns") },
            if count == 1 { "the last cell".to_owned() } else { format!("the last {count} cells") }
        );
        let help = "add a column to the head, join the cells, or write \\| for a literal bar";
        self.report(dropped + from..dropped + end, message, help);
    }

    /// Reports a heading without words: `##` alone.
    fn empty_heading(&mut self, span: &Span) {
        let written = self.text[span.clone()].trim();
        let message = "this heading has no words, so readers would see nothing";
        let help = format!("write {} and its words, or delete the line", written.trim_end_matches(' '));
        self.report(span.start..span.start + written.len(), message, help);
    }

    /// Reports a footnote without words: `[^name]:` alone. Its words may be in the paragraph below.
    fn empty_footnote(&mut self, name: &str, span: &Span, following: Option<&(Event<'_>, Span)>) {
        let message = "this footnote has no words, so readers would see only its letter";
        let below = following.and_then(|(_, below)| self.text[below.clone()].lines().next()).unwrap_or_default().trim();
        let help = match following.map(|(event, _)| event) {
            Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))) => {
                format!("begin it on the line of its name: [^{name}]: {}", shortened(below))
            }
            Some(Event::Start(Tag::Paragraph)) => {
                format!("if the words below are meant, write [^{name}]: {}; if not, delete the line", shortened(below))
            }
            _ => format!("write [^{name}]: and its words, or delete the line and its citations"),
        };
        let written = self.text[span.clone()].trim_end();
        self.report(span.start..span.start + written.len(), message, help);
    }

    /// Reports a footnote that becomes code, because its first line is indented below its name.
    fn code_in_footnote(&mut self, name: &str, code: &Span) {
        let first = self.text[code.clone()].lines().next().unwrap_or_default().trim_end();
        let message = "the footnote becomes code, because its first line is indented";
        let help = format!("begin it on the line of its name: [^{name}]: {}", shortened(first));
        self.report(code.start..code.start + first.len().max(1), message, help);
    }

    /// Reports a setext heading (CommonMark, section 4.3) that is too long for one or ends like a sentence: a rule was
    /// probably meant by the line below it.
    fn heading(&mut self, span: &Span) {
        let written = self.text[span.clone()].trim_end();
        let Some((words, line)) = written.rsplit_once('\n') else { return };
        let line_start = span.start + words.len() + 1 + (line.len() - line.trim_start_matches([' ', '>', '\t']).len());
        let line = line.trim_start_matches([' ', '>', '\t']);
        if written.starts_with('#') || !line.trim_end().bytes().all(|byte| matches!(byte, b'-' | b'=')) {
            return;
        }
        let words = words.trim_end();
        if words.contains('\n')
            || words.ends_with(['.', '!', '?', '…', '。', ':', ';', ','])
            || words.chars().count() > 120
        {
            let message = "the paragraph above this line becomes a heading";
            let help = match line.starts_with('-') {
                true => "for a rule, put a blank line before it; for a heading, write ## before the words",
                false => "put a blank line before it; for a heading, write # before the words",
            };
            self.report(line_start..line_start + line.trim_end().len(), message, help);
        }
    }

    /// Reports text that is indented below a footnote but not part of it, because footnotes have only one paragraph.
    fn after_footnote(&mut self, next: &Tag<'_>, footnote: &Span, following: &Span) {
        let line_start = self.text[..following.start].rfind('\n').map_or(0, |end| end + 1);
        let is_indented = self.text[line_start..].starts_with([' ', '\t']) && line_start >= footnote.start;
        let became = match next {
            Tag::CodeBlock(CodeBlockKind::Indented) => "code",
            Tag::Paragraph if is_indented => "a paragraph of the text",
            Tag::List(_) if is_indented => "a list in the text",
            Tag::BlockQuote(_) if is_indented => "a quotation in the text",
            _ => return,
        };
        let first = self.text[following.start..following.end].lines().next().unwrap_or_default().trim_end();
        let message = format!("a footnote can have only one paragraph: this becomes {became}");
        let help = "join it to the footnote's first paragraph, or begin the line without spaces";
        self.report(following.start..following.start + first.len().max(1), message, help);
    }

    /// Reports two backticks used as letters, as some transliterations do: ``Sana`a and Ta`izz`` must not become code.
    fn code(&mut self, span: &Span) {
        let before = self.text[..span.start].chars().next_back().filter(|c| is_spaced(*c));
        let after = self.text[span.end..].chars().next().filter(|c| is_spaced(*c));
        let written = &self.text[span.clone()];
        let is_words =
            |text: &str| text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "-’'ʼʿʾ,.".contains(c));
        let inside = written.trim_matches('`');
        // `git log`s has a letter on one side, and is code.
        let is_plural = self.text[span.end..].split(|c: char| !c.is_alphanumeric()).next() == Some("s");
        let is_name = match (before, after) {
            (Some(_), Some(_)) => true,
            (None, None) => false,
            _ => is_words(inside) && !is_plural,
        };
        if is_name && !written.starts_with("``") && inside.contains(char::is_whitespace) {
            let message = match (before, after) {
                (Some(_), Some(_)) => "the words between these two letters become code",
                _ => "the words between these two backticks become code, which begins or ends inside a word",
            };
            let start = self.text[..span.start]
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |at| at + self.text[at..].chars().next().map_or(1, char::len_utf8));
            let end =
                self.text[span.end..].find(|c: char| !c.is_alphanumeric()).map_or(self.text.len(), |at| span.end + at);
            let whole = self.text[start..end].replace('`', "\\`");
            let help = format!("write \\` for a backtick that is a letter, or the letter ʿ: {}", shortened(&whole));
            self.report(span.clone(), message, help);
        }
    }
}

/// Returns whether the event at this index ends a footnote without words.
fn is_empty_footnote(events: &[(Event<'_>, Span)], number: usize) -> bool {
    let before = number.checked_sub(1).map(|before| &events[before].0);
    matches!(before, Some(Event::Start(Tag::FootnoteDefinition(_))))
}

/// Returns whether a character is a letter of a script that separates words with spaces. In other scripts, words touch
/// code.
fn is_spaced(c: char) -> bool {
    c.is_alphabetic() && is_word(c)
}

/// Returns where the number is that an item begins with, and its digits, which are empty if there is none.
fn marker(item: &str) -> (usize, &str) {
    let start = item.len() - item.trim_start_matches([' ', '\t', '>']).len();
    let digits = item[start..].bytes().take_while(u8::is_ascii_digit).count();
    (start, &item[start..start + digits])
}

/// Escapes a list mark so that it is text: `20.` becomes `20\.`.
fn escaped(mark: &str) -> String {
    let end = mark.char_indices().next_back().map_or(0, |(end, _)| end);
    format!("{}\\{}", &mark[..end], beginning_of(&mark[end..], 4))
}

/// Returns the bytes at which the cells of a row begin.
fn cells(row: &str) -> Vec<usize> {
    let inside = row.strip_prefix('|').unwrap_or(row);
    let offset = row.len() - inside.len();
    let bytes = inside.as_bytes();
    let mut cells = vec![offset];
    for at in memchr::memchr_iter(b'|', bytes) {
        let is_escaped = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        if !is_escaped && !inside[at + 1..].trim().is_empty() {
            cells.push(offset + at + 1);
        }
    }
    cells
}
