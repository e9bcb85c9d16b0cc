//! Mark-up that has no effect and would be printed literally.
//!
//! Markdown prints what it does not understand. This file searches the plain words of a text for characters that were plainly
//! meant as mark-up; a lone asterisk, `5 * 3` and `snake_case` do not count.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::comments::is_closed;
use super::finding::Finding;
use super::runs::Run;
use super::words::{beginning_of, shortened};
use crate::diagnostic::{Code, Span};

/// Reports failed mark-up in a text, except links: emphasis, attributes in braces, inline footnotes, and code without an
/// end.
pub(super) fn leftovers(text: &str, events: &[(Event<'_>, Span)], runs: &[Run]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for of_block in runs.chunk_by(|a, b| a.block == b.block) {
        if of_block.iter().any(|run| run.may_hold(EMPHASIS)) {
            emphasis(text, of_block, &mut findings);
        }
        for run in of_block.iter().filter(|run| run.may_hold(b"{^")) {
            braces(text, run, &mut findings);
        }
    }
    for (event, span) in events {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) = event
            && !is_closed(&text[span.clone()])
        {
            let line = text[span.clone()].lines().next().unwrap_or_default();
            let fence: String = line.chars().take_while(|c| line.starts_with(*c)).collect();
            let message = "the block of code that begins here has no end: everything below it is code";
            let help = format!("add a line {fence} after the code");
            findings.push(Finding::new(Code::FailedMarkup, span.start..span.start + line.len(), message, help));
        }
    }
    findings
}

/// The characters that enclose words.
const EMPHASIS: &[u8] = b"*_`~=";

/// A run of one emphasis character that markdown did not use.
struct Delimiter {
    mark: char,
    at: Range<usize>,
    /// The characters beside it; a line end where the text begins or ends.
    before: char,
    after: char,
    /// Whether it is between two numbers, as in `2 ** 3`.
    is_operator: bool,
}

impl Delimiter {
    fn length(&self) -> usize {
        self.at.len()
    }

    /// Whether letters or digits touch it on both sides.
    fn is_inside_word(&self) -> bool {
        is_word(self.before) && is_word(self.after)
    }

    fn may_open(&self) -> bool {
        !self.after.is_whitespace() && (self.mark != '_' || !is_word(self.before))
    }

    fn may_close(&self) -> bool {
        !self.before.is_whitespace() && (self.mark != '_' || !is_word(self.after))
    }

    /// Returns whether it is `__` before three letters, as in `__bold`. `Mr __`, `the __th` and `____` are blanks to fill
    /// in.
    fn opens_bold(&self, text: &str) -> bool {
        let word = text[self.at.end..].chars().take(3);
        self.mark == '_'
            && self.length() == 2
            && !is_word(self.before)
            && word.filter(|c| c.is_alphabetic()).count() == 3
    }

    /// Returns whether it must be meant as mark-up, even with spaces around it: two characters, but not `__`, an operator,
    /// or inside a word, like `f**k`.
    fn is_plain(&self) -> bool {
        let within_word = self.before.is_ascii_alphanumeric() && self.after.is_ascii_alphanumeric();
        self.length() == 2 && self.mark != '_' && !within_word && !self.is_operator
    }

    /// Whether two such marks were meant to enclose the words between them.
    fn pairs_with(&self, close: &Self, text: &str) -> bool {
        // `a == 1` is an operator, `5~6` a range, and `~50` an approximation.
        match self.mark {
            '=' if is_word(self.before) || is_word(close.after) => return false,
            '~' if self.length() == 1 => {
                let is_number = [self.after, close.after].iter().any(|c| c.is_numeric());
                let inside = &text[self.at.end..close.at.start.max(self.at.end)];
                let is_short = inside.len() <= 20 && !inside.contains(char::is_whitespace);
                if is_number || (self.is_inside_word() && close.is_inside_word() && !is_short) {
                    return false;
                }
            }
            _ => {}
        }
        let is_same = self.mark == close.mark && self.length() == close.length();
        let is_around = self.may_open() && close.may_close();
        is_same && (is_around || self.mark != '=' && self.is_plain() && close.is_plain())
    }
}

/// A letter or digit of a script that separates words with spaces.
pub(super) fn is_word(c: char) -> bool {
    // Han, kana and hangul have no spaces between words, so a mark beside them is not part of a name.
    c.is_alphanumeric()
        && !matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn emphasis(text: &str, runs: &[Run], findings: &mut Vec<Finding>) {
    let mut delimiters: Vec<Delimiter> = Vec::new();
    for run in runs.iter().filter(|run| run.may_hold(EMPHASIS)) {
        let range = run.unescaped(text);
        let mut at = range.start;
        while let Some(found) = next_mark(&text.as_bytes()[at..range.end]) {
            let start = at + found;
            let byte = text.as_bytes()[start];
            let length = text.as_bytes()[start..range.end].iter().take_while(|next| **next == byte).count();
            at = start + length;
            delimiters.push(Delimiter {
                mark: char::from(byte),
                at: start..at,
                before: text[..start].chars().next_back().unwrap_or('\n'),
                after: text[at..].chars().next().unwrap_or('\n'),
                is_operator: text[..start].trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit())
                    && text[at..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()),
            });
        }
    }
    let mut told = None;
    let mut last: [Option<&Delimiter>; 5] = [None; 5];
    for delimiter in &delimiters {
        let slot = match (delimiter.mark, delimiter.length()) {
            ('*', 1) => Some(0),
            ('_', 1 | 2) => Some(1),
            ('*', 2) => Some(2),
            ('~' | '=', 2) => Some(3),
            ('~', 1) => Some(4),
            _ => None,
        };
        if delimiter.mark == '`' {
            // A single one is a letter in some transliterations.
            if delimiter.length() > 1 {
                let length = delimiter.length();
                let message =
                    format!("these {length} backticks begin code that does not end, so they would be printed");
                let help =
                    format!("put {length} backticks after the code too; for literal backticks, write \\` for each");
                findings.push(Finding::new(Code::FailedMarkup, delimiter.at.clone(), message, help));
            }
            continue;
        }
        let Some(slot) = slot else { continue };
        if let Some(open) = last[slot].filter(|open| open.pairs_with(delimiter, text)) {
            findings.push(pair(text, open, delimiter));
            last[slot] = None;
            told = Some(open.at.start);
            continue;
        }
        if let Some(lonely) = last[slot].replace(delimiter)
            && told != Some(lonely.at.start)
        {
            findings.extend(alone(text, lonely));
        }
    }
    findings.extend(last.into_iter().flatten().filter_map(|lonely| alone(text, lonely)));
}

fn next_mark(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| EMPHASIS.contains(byte))
}

/// Two marks around words that did not become emphasis.
fn pair(text: &str, open: &Delimiter, close: &Delimiter) -> Finding {
    let written = &text[open.at.start..close.at.end];
    let mark = &text[open.at.clone()];
    let inside = text[open.at.end..close.at.start].trim();
    let message = format!("the `{mark}` around these words have no effect and would be printed");
    let help = if open.mark == '=' {
        format!("markdown has no highlighter; write **{}**", shortened(inside))
    } else if open.mark == '~' && open.length() == 1 {
        format!("to strike words through, write ~~{0}~~; for literal marks, \\~{0}\\~", shortened(inside))
    } else if inside.len() < close.at.start - open.at.end || inside.is_empty() {
        format!("leave no space inside the marks: {mark}{}{mark}", shortened(inside))
    } else {
        let outside = "put a space outside the marks, or move punctuation out of them";
        let punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let core = inside.trim_matches(punctuation);
        match written.split_once(core).filter(|_| !core.is_empty() && core != inside) {
            Some((before, after)) => format!(
                "{outside}: {}{mark}{}{mark}{}",
                before.trim_start_matches(open.mark),
                shortened(core),
                after.trim_end_matches(open.mark),
            ),
            None => outside.to_owned(),
        }
    };
    Finding::new(Code::FailedMarkup, open.at.start..close.at.end, message, help)
}

/// Returns the finding for a mark without a counterpart; `None` unless it must be meant as one.
fn alone(text: &str, lonely: &Delimiter) -> Option<Finding> {
    if !(lonely.is_plain() || lonely.opens_bold(text)) || lonely.mark == '=' {
        return None;
    }
    let mark = &text[lonely.at.clone()];
    let escaped: String = mark.chars().flat_map(|c| ['\\', c]).collect();
    let message = format!("`{mark}` has no effect here and would be printed");
    let help = format!("write it on both sides of the words; if it is meant literally, write {escaped}");
    Some(Finding::new(Code::FailedMarkup, lonely.at.clone(), message, help))
}

/// Whether a text begins like the attribute `width=300`.
fn is_assignment(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    name.len() < text.len() && name.starts_with('=')
}

/// Reports inline footnotes, `^[…]`, and attributes in braces, because annals supports only anchors, and those only in
/// headings.
fn braces(text: &str, run: &Run, findings: &mut Vec<Finding>) {
    let line = &text[run.unescaped(text)];
    let offset = run.unescaped(text).start;
    let is_after_link = !run.begins_line && !run.escaped && text[..offset].ends_with([')', ']']);
    for at in memchr::memchr2_iter(b'{', b'^', line.as_bytes()) {
        let rest = beginning_of(&line[at..], 200);
        let found = if rest.starts_with('^') {
            let end = rest.strip_prefix("^[").and_then(|inside| inside.find(']')).map(|end| end + 3);
            end.map(|end| (end, "write a footnote: [^name] here, and [^name]: … in a paragraph of its own".to_owned()))
        } else if rest[1..].starts_with(['#', '.', ':']) || (at == 0 && is_after_link && is_assignment(&rest[1..])) {
            let end = rest.find('}').map(|end| end + 1);
            let id = rest.starts_with("{#");
            let help = if id {
                "only headings can have anchors: ## Words {#anchor}"
            } else {
                "delete it: annals does not support attributes"
            };
            end.map(|end| (end, help.to_owned()))
        } else {
            None
        };
        if let Some((end, help)) = found {
            let message = format!("`{}` means nothing here and would be printed", &rest[..end]);
            findings.push(Finding::new(Code::FailedMarkup, offset + at..offset + at + end, message, help));
        }
    }
}
