//! From byte ranges to lines and columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::text::push_shown;
use super::{Code, Diagnostic, Severity, Span, shown};

/// The texts that diagnostics point into, by file.
pub type Texts = BTreeMap<Arc<str>, Arc<str>>;

/// The most problems of one kind that are shown for one file. A megabyte of the same mistake is one mistake.
pub const SHOWN_PER_FILE: usize = 50;
/// The longest line that is shown, in bytes; longer ones are only named.
const SHOWN_LINE: usize = 1000;
/// The most lines in an excerpt.
const SHOWN_LINES: usize = 4;

/// A place in a text. Line and column count from 1; a column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// The lines that a diagnostic points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines, complete.
    pub text: String,
    /// The offending bytes within `text`.
    pub span: Span,
}

/// A diagnostic with its line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// The first character of the offending text; line 1, column 1 for the file as a whole.
    pub start: Position,
    /// The character after the offending text.
    pub end: Position,
    /// The offending lines, if the problem has a place and the lines are short enough to show.
    pub excerpt: Option<Excerpt>,
}

/// All problems of one run, sorted by file and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The problems, sorted by file, place and code.
    pub diagnostics: Vec<Located>,
    /// The number of problems of each kind, including those that are not shown.
    totals: BTreeMap<Code, usize>,
}

impl Report {
    /// Locates every diagnostic in its text. Diagnostics of a file without a text are kept, without a place. If a file has more
    /// than 50 problems of one kind, the fiftieth says how many more there are.
    #[must_use]
    pub fn new(mut diagnostics: Vec<Diagnostic>, texts: &Texts) -> Self {
        diagnostics.sort_by(|a, b| raw_order(a).cmp(&raw_order(b)));
        diagnostics.dedup();
        let mut totals = BTreeMap::new();
        for diagnostic in &diagnostics {
            *totals.entry(diagnostic.code).or_default() += 1;
        }
        let mut located = Vec::with_capacity(diagnostics.len());
        let same_file = |a: &Diagnostic, b: &Diagnostic| a.file == b.file;
        for of_one_file in diagnostics.chunk_by(same_file) {
            let text = texts.get(&of_one_file[0].file).map(AsRef::as_ref);
            let mut cursor = Cursor::default();
            for diagnostic in abridge(of_one_file) {
                located.push(locate(diagnostic, text, &mut cursor));
            }
        }
        Self { diagnostics: located, totals }
    }

    /// Adds the problems of a later step.
    pub fn extend(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.diagnostics
            .sort_by(|a, b| (&a.diagnostic.file, a.start, a.end).cmp(&(&b.diagnostic.file, b.start, b.end)));
        self.diagnostics.dedup();
        for (code, count) in other.totals {
            *self.totals.entry(code).or_default() += count;
        }
    }

    /// The same report without its warnings, which are still counted.
    #[must_use]
    pub fn errors_only(&self) -> Self {
        let errors = self.diagnostics.iter().filter(|located| located.diagnostic.code.severity() == Severity::Error);
        Self { diagnostics: errors.cloned().collect(), totals: self.totals.clone() }
    }

    /// The number of problems of each kind, including those that are not shown.
    #[must_use]
    pub fn totals(&self) -> &BTreeMap<Code, usize> {
        &self.totals
    }

    /// How many problems are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many problems are warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// Whether there are errors, so that the content must not be published.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    fn count(&self, severity: Severity) -> usize {
        self.totals.iter().filter(|(code, _)| code.severity() == severity).map(|(_, count)| count).sum()
    }
}

fn raw_order(diagnostic: &Diagnostic) -> (&str, usize, usize, Code, &str) {
    let span = diagnostic.span.clone().unwrap_or(0..0);
    (&diagnostic.file, span.start, span.end, diagnostic.code, &diagnostic.message)
}

/// The problems of one file in printable form, with at most [`SHOWN_PER_FILE`] of each kind.
fn abridge(of_one_file: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut totals: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in of_one_file {
        *totals.entry(diagnostic.code).or_default() += 1;
    }
    let mut told: BTreeMap<Code, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for diagnostic in of_one_file {
        let number = told.entry(diagnostic.code).or_default();
        *number += 1;
        if *number > SHOWN_PER_FILE {
            continue;
        }
        let mut diagnostic = diagnostic.clone();
        diagnostic.message = sentence(&diagnostic.message);
        diagnostic.help = diagnostic.help.as_deref().map(sentence);
        let more = totals[&diagnostic.code].saturating_sub(SHOWN_PER_FILE);
        if *number == SHOWN_PER_FILE && more > 0 {
            let more = format!("there are {more} more of these in this file");
            diagnostic.help = Some(match diagnostic.help {
                Some(help) => format!("{help}; {more}"),
                None => more,
            });
        }
        kept.push(diagnostic);
    }
    kept
}

/// The position of a forward walk through a text, so that locating all problems takes linear time.
#[derive(Clone, Copy, Default)]
struct Cursor {
    offset: usize,
    line_start: usize,
    line: usize,
    column: usize,
}

impl Cursor {
    fn advance(&mut self, text: &str, offset: usize) {
        for (at, c) in text[self.offset..offset].char_indices() {
            self.column += 1;
            if c == '\n' {
                self.line += 1;
                self.column = 0;
                self.line_start = self.offset + at + 1;
            }
        }
        self.offset = offset;
    }

    fn position(self) -> Position {
        Position { line: self.line + 1, column: self.column + 1 }
    }
}

/// The longest message or help, in bytes; longer ones are cut, because they may quote an id of a megabyte.
const LONGEST_SENTENCE: usize = 1000;

/// A sentence in printable form.
fn sentence(text: &str) -> String {
    let cut = text.floor_char_boundary(LONGEST_SENTENCE);
    let mut sentence = shown(&text[..cut]);
    if cut < text.len() {
        sentence.push('…');
    }
    sentence
}

fn locate(diagnostic: Diagnostic, text: Option<&str>, cursor: &mut Cursor) -> Located {
    let (Some(text), Some(span)) = (text, diagnostic.span.clone()) else {
        let first = Position { line: 1, column: 1 };
        return Located { diagnostic, start: first, end: first, excerpt: None };
    };
    let start = text.floor_char_boundary(span.start).max(cursor.offset);
    let end = text.floor_char_boundary(span.end).max(start);
    cursor.advance(text, start);
    let mut after = *cursor;
    after.advance(text, end);
    Located {
        start: cursor.position(),
        end: after.position(),
        excerpt: excerpt(text, cursor.line_start, &(start..end)),
        diagnostic,
    }
}

/// The lines from `line_start` to the end of the span, unless one is too long to show.
fn excerpt(text: &str, line_start: usize, span: &Span) -> Option<Excerpt> {
    let mut end = line_start;
    for line in text[line_start..].split_inclusive('\n').take(SHOWN_LINES) {
        if line.len() > SHOWN_LINE {
            return None;
        }
        end += line.len();
        if end >= span.end.max(span.start + 1) {
            break;
        }
    }
    let lines = text[line_start..end].trim_end_matches(['\n', '\r']);
    let (from, to) = ((span.start - line_start).min(lines.len()), (span.end - line_start).min(lines.len()));
    // Hidden characters become longer as code points, and the span moves with them.
    let mut shown = String::with_capacity(lines.len());
    let (mut start, mut end) = (None, None);
    for (at, c) in lines.char_indices() {
        start = start.or((at >= from).then_some(shown.len()));
        end = end.or((at >= to).then_some(shown.len()));
        match c {
            '\n' | '\t' => shown.push(c),
            '\r' if lines[at..].starts_with("\r\n") => {}
            _ => push_shown(&mut shown, c),
        }
    }
    let end = end.unwrap_or(shown.len());
    Some(Excerpt { span: start.unwrap_or(end).min(end)..end, text: shown })
}
