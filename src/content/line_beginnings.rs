//! Mark-up that works only at the beginning of a line and did not work there: headings, tables, lists, tasks, boxes.

use super::finding::Finding;
use super::runs::Run;
use super::words::{beginning_of, shortened};
use crate::diagnostic::Code;
use crate::names::named;

/// The longest line, in bytes, that can be the term of a definition: longer ones are sentences.
const LONGEST_TERM: usize = 60;

/// The first bytes of such lines: `#` of headings, `|` of tables, `[` of boxes and tasks, `!` of boxes, `:` of boxes and
/// definitions, the others of list items.
const MARKS: &[u8] = b"#|[!:-*+0123456789";

/// Reports everything at the beginnings of lines that looks like mark-up but is not.
pub(super) fn line_beginnings(text: &str, runs: &[Run]) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Whether a line was reported as an item: in a list without spaces, only the first one is.
    let mut told = false;
    for of_block in runs.chunk_by(|a, b| a.block == b.block) {
        let begins_with_mark = |run: &&Run| MARKS.contains(&text.as_bytes()[run.span.start]);
        for run in of_block.iter().filter(|run| run.begins_line && !run.escaped).filter(begins_with_mark) {
            let line = Line { text, run, words: &text[run.span.clone()] };
            let found = line.heading(of_block).or_else(|| line.table()).or_else(|| line.of_other_programs());
            findings.extend(found.or_else(|| line.task()).or_else(|| line.definition()));
            findings.extend(line.item(&mut told));
        }
    }
    findings
}

/// A line of a text, or its beginning where mark-up follows.
struct Line<'t> {
    text: &'t str,
    run: &'t Run,
    words: &'t str,
}

impl<'t> Line<'t> {
    /// Returns a finding at the first `length` bytes of the line.
    fn finding(&self, length: usize, message: impl Into<String>, help: impl Into<String>) -> Option<Finding> {
        let start = self.run.span.start;
        Some(Finding::new(Code::FailedMarkup, start..start + length, message, help))
    }

    /// Mark-up of another program at the beginning of the line.
    fn unknown(&self, mark: &str, help: impl Into<String>) -> Option<Finding> {
        self.finding(mark.len(), format!("`{}` means nothing here and would be printed", shortened(mark)), help)
    }

    /// What is before the line's first word: white space, and marks of lists and quotations.
    fn before(&self) -> &'t str {
        let before = &self.text[..self.run.span.start];
        &before[before.rfind('\n').map_or(0, |end| end + 1)..]
    }

    /// The whole line from its first word.
    fn whole(&self) -> &'t str {
        self.text[self.run.span.start..].lines().next().unwrap_or_default().trim_end()
    }

    /// The nearest line above that is not blank, without indentation.
    fn above(&self) -> Option<&'t str> {
        let above = self.text[..self.run.span.start - self.before().len()].lines().rev();
        above.map(unquoted).find(|line| !line.is_empty())
    }

    /// Returns the mark of the list item that the line would continue, at most 50 lines above. After a blank line, only
    /// indented lines continue an item.
    fn item_above(&self) -> Option<ListMark<'t>> {
        let lines = self.text[..self.run.span.start - self.before().len()].lines().rev().take(50);
        let mut below_is_blank = false;
        for line in lines {
            let words = unquoted(line);
            // Below a blank line, only indented ones belong to the item.
            let is_end = below_is_blank && !words.is_empty() && !line.starts_with([' ', '\t', '>']);
            let mark = ListMark::of(words).filter(|mark| mark.rest.starts_with(' '));
            if mark.is_some() || is_end {
                return mark;
            }
            below_is_blank = words.is_empty();
        }
        None
    }

    /// The nearest line below that is not blank, without indentation.
    fn below(&self) -> Option<&'t str> {
        self.text[self.run.span.start..].lines().skip(1).map(unquoted).find(|line| !line.is_empty())
    }

    fn heading(&self, block: &[Run]) -> Option<Finding> {
        let line = self.words.trim_end();
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let words = &line[hashes..];
        if hashes > 6 && (words.is_empty() || words.starts_with(|c: char| c == ' ' || c.is_alphanumeric())) {
            let message = "this is not a heading: markdown has six levels of them";
            let help = match words.trim() {
                "" => "for a rule, write ***".to_owned(),
                words => format!("write ###### {words}"),
            };
            return self.finding(line.len(), message, help);
        }
        if !(1..=6).contains(&hashes) {
            return None;
        }
        if let Some(space) = odd_space(words).filter(|_| self.run.begins_block) {
            let mark = &line[..hashes];
            let message = format!("this is not a heading: after `{mark}` there is {}, not a plain space", named(space));
            return self.finding(line.len(), message, format!("write {mark} {}", words.trim()));
        }
        if !words.starts_with(char::is_alphanumeric) {
            return None;
        }
        // `#MeToo` may begin a sentence: a single `#` counts only on a line of its own that is not a sentence.
        let is_alone = self.run.begins_block && block.iter().all(|other| !other.begins_line || other == self.run);
        let is_sentence = words.ends_with(['.', '!', '?', '…', '。', ',', ':']);
        if hashes == 1 && (!is_alone || is_sentence || words.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let help = match hashes {
            1 => format!("write # {words}; for a word with a hash, \\#{words}"),
            _ => format!("write {} {words}", &line[..hashes]),
        };
        self.finding(line.len(), "this is not a heading: there is no space after the `#`", help)
    }

    fn table(&self) -> Option<Finding> {
        if !self.words.starts_with('|') || !self.run.begins_block {
            return None;
        }
        let line = self.whole();
        if let Some((_, written)) = split_link(line) {
            let message = "this is not a table: the bar of the link by id ends a cell";
            return self.finding(line.len(), message, format!("write {written}"));
        }
        let message = "this is not a table: its second line must have one cell of hyphens for each cell of the first";
        let cells = line.replace("\\|", "").trim_matches('|').split('|').count();
        self.finding(line.len(), message, format!("write below the first line: |{}", "---|".repeat(cells.min(20))))
    }

    /// Reports boxes, `[!NOTE]`, `!!! note` and `:::`, and tables of contents, `[TOC]`.
    fn of_other_programs(&self) -> Option<Finding> {
        let line = self.words;
        if line.starts_with("[!")
            && let Some(end) = line.find(']')
            && let word = line[2..end].trim()
            && word.starts_with(char::is_alphabetic)
        {
            return self.unknown(&line[..=end], format!("make the word part of the text: **{word}**"));
        }
        if line.starts_with("!!! ") || line.starts_with(":::") {
            let mark = line.split(' ').next().unwrap_or(line);
            return self.unknown(mark, "write the box as a quotation: > …");
        }
        let alone = line.trim_end();
        if self.run.begins_block && ["[TOC]", "[toc]"].contains(&alone) {
            return self.unknown(alone, "delete it: annals makes no table of contents");
        }
        None
    }

    /// Reports tasks with a box that markdown does not know, or without a space after it: `- []`, `- [-]`, `- [x]done`.
    fn task(&self) -> Option<Finding> {
        let mark = self.before().trim();
        let is_item = mark.ends_with(['-', '*', '+', '.', ')']);
        let (inside, _) = self.words.strip_prefix('[')?.split_once(']')?;
        let of_box = &self.text[self.run.span.start..][..inside.len() + 2];
        let words = self.whole()[of_box.len()..].trim();
        let mark = mark.rsplit([' ', '>']).next().unwrap_or_default();
        if !is_item {
            return None;
        }
        if matches!(inside, "x" | "X" | " ") && !words.is_empty() {
            let is_touched = !self.whole()[of_box.len()..].starts_with([' ', '\t', '(', '[', ':']);
            let message = format!("this is not a task: there is no space after `{of_box}`");
            let help = format!("write {mark} {of_box} {}", shortened(words));
            return is_touched.then(|| self.finding(of_box.len(), message, help)).flatten();
        }
        if inside.chars().count() > 1 || inside.chars().any(char::is_alphanumeric) {
            return None;
        }
        let help = match words.starts_with(char::is_alphanumeric) {
            true => format!("write a task as {mark} [ ] {0}, and when it is done {mark} [x] {0}", shortened(words)),
            false => format!("a task is written {mark} [ ], and when it is done {mark} [x]"),
        };
        self.unknown(of_box, help)
    }

    /// Reports a definition, `: …` below a term, because markdown has no lists of definitions.
    fn definition(&self) -> Option<Finding> {
        self.words.strip_prefix(": ").filter(|words| !words.trim().is_empty())?;
        let above = self.above()?;
        let mut lines = self.text[..self.run.span.start - self.before().len()].lines().rev().map(unquoted);
        let is_short = above.len() <= LONGEST_TERM && !above.ends_with(['.', ',', ';', ':', '|']);
        // A sentence of several lines may go on with a colon, where a space precedes it as in French.
        let is_term = self.run.begins_block || lines.nth(1).is_none_or(|line| line.is_empty() || line.starts_with(':'));
        if !is_short || !is_term || above.starts_with([':', '#', '>', '-', '+']) {
            return None;
        }
        let line = self.whole();
        let message = "this line begins with a colon, which is printed as it is: markdown has no lists of definitions";
        let (term, words) = (above.trim_matches('*'), shortened(&line[2..]));
        let help = match self.run.begins_block {
            true => format!("write **{term}:** {words}"),
            // With a space before the colon, as in French, it may as well be a sentence.
            false => format!(
                "for a definition, write **{term}:** {words}; for a sentence, join the lines: {above} : {words}"
            ),
        };
        self.finding(line.len(), message, help)
    }

    /// Reports items without a space after their mark: `-a` and `1.a`, if a line above or below shows that a list is meant,
    /// and `-[x] a`. `told` says whether one was reported before.
    fn item(&self, told: &mut bool) -> Option<Finding> {
        let mark = ListMark::of(self.words).filter(ListMark::touches_words)?;
        let previous = |other: &ListMark<'_>| other.is_item() && mark.goes_with(other, &[1, 0]);
        let above = self.above().and_then(ListMark::of).or_else(|| self.item_above()).filter(previous);
        let next = |other: ListMark<'_>| other.is_item() && other.goes_with(&mark, &[1, 0]);
        let is_list = above.is_some() || self.below().and_then(ListMark::of).is_some_and(next);
        let of_box = box_of(mark.rest);
        if !is_list && of_box.is_none() {
            return None;
        }
        let follows = above.is_some_and(|other| other.touches_words());
        if std::mem::replace(told, true) && follows {
            return None;
        }
        let line = self.whole();
        let words = &line[mark.written.len()..];
        let what = if of_box.is_some() { "task" } else { "list item" };
        let message = match odd_space(mark.rest) {
            Some(space) => {
                format!("this is not a {what}: after `{}` there is {}, not a plain space", mark.written, named(space))
            }
            None => format!("this is not a {what}: there is no space after `{}`", mark.written),
        };
        let words = match of_box {
            Some(of_box) => format!("{of_box} {}", words[of_box.len()..].trim()),
            None => words.trim().to_owned(),
        };
        self.finding(line.len(), message, format!("write {} {}", mark.written, shortened(&words)))
    }
}

/// The mark of a list's item: `-`, `12.`.
struct ListMark<'t> {
    written: &'t str,
    number: Option<u64>,
    rest: &'t str,
}

impl<'t> ListMark<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let digits = line.bytes().take(9).take_while(u8::is_ascii_digit).count();
        let is_mark = match digits {
            0 => line.starts_with(['-', '*', '+']),
            _ => line[digits..].starts_with(['.', ')']),
        };
        is_mark.then(|| {
            let (written, rest) = line.split_at(digits + 1);
            Self { written, number: line[..digits].parse().ok(), rest }
        })
    }

    fn touches_words(&self) -> bool {
        self.rest.starts_with(char::is_alphabetic) || odd_space(self.rest).is_some() || box_of(self.rest).is_some()
    }

    fn is_item(&self) -> bool {
        self.rest.starts_with(' ') || self.touches_words()
    }

    /// Returns whether both can be marks of one list: they have the same sign, and either no numbers or one that is higher
    /// than the other's by one of `steps`.
    fn goes_with(&self, other: &Self, steps: &[u64]) -> bool {
        let is_like = self.written.chars().next_back() == other.written.chars().next_back();
        let is_step = match (self.number, other.number) {
            (Some(number), Some(before)) => steps.iter().any(|step| before.checked_add(*step) == Some(number)),
            (None, None) => true,
            _ => false,
        };
        is_like && is_step
    }
}

/// The space that a text begins with, where markdown takes it for a letter: a no-break space, as some keyboards write it
/// after a `#` or a `-`.
fn odd_space(text: &str) -> Option<char> {
    text.chars().next().filter(|c| c.is_whitespace() && !c.is_ascii())
}

/// The box of a task that begins a text: `[ ]` or `[x]`, where it is no link.
fn box_of(text: &str) -> Option<&str> {
    let (of_box, rest) = text.split_at_checked(3)?;
    let is_box = ["[ ]", "[x]", "[X]"].contains(&of_box) && !rest.starts_with(['(', '[', ':']);
    is_box.then_some(of_box)
}

/// A line without its indentation and the marks of quotations.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

/// The first `[[id|words]]` of a table's row, whose bar ends the cell: where it is, and how it is to be written.
pub(super) fn split_link(row: &str) -> Option<(std::ops::Range<usize>, String)> {
    let found = row.match_indices("[[").find_map(|(at, _)| {
        let inside = beginning_of(&row[at + 2..], 300);
        let inside = &inside[..inside.find("]]")?];
        let (id, words) = inside.split_once('|')?;
        let is_split = !id.ends_with('\\') && !words.contains('|') && !inside.contains("[[");
        is_split.then(|| (at..at + inside.len() + 4, format!("[[{id}\\|{words}]]")))
    });
    found.filter(|(span, _)| !row[..span.start].ends_with('\\'))
}
