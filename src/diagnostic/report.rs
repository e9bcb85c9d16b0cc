//! From byte ranges to lines and columns.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::code::{Code, Severity};
use super::problems::{Diagnostic, Place, Problems, Span};
use super::text::push_shown;
use crate::source_path::SourcePath;

/// The texts that diagnostics point into, by file.
pub(crate) type Texts = BTreeMap<SourcePath, Arc<str>>;

/// The most problems of one kind that are shown for one file. A megabyte of the same mistake is one mistake.
pub(crate) const SHOWN_PER_FILE: usize = 50;
/// The longest line that an excerpt shows, in bytes. A place with a longer one is shown without an excerpt.
const SHOWN_LINE: usize = 1000;
/// The most lines in an excerpt.
const SHOWN_LINES: usize = 4;

/// A place in a text. Line and column count from 1; a column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// The lines that a place points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The whole lines, at most four, with hidden characters written as code points.
    pub text: String,
    /// The bytes within `text` that the place covers.
    pub span: Span,
}

/// A place as lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// The first character; line 1, column 1 for the file as a whole.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
    /// The lines, if the place is a part of the file and they are short enough to show.
    pub excerpt: Option<Excerpt>,
}

/// A problem with its lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// Where it is.
    pub lines: Lines,
    /// Where its further places are, in their order.
    pub also: Vec<Lines>,
    /// How many more problems of its kind its file has that are not shown.
    more: usize,
}

impl Located {
    /// Returns what the author can do, and how many more of these problems the file has.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'_, str>> {
        if self.more == 0 {
            return self.diagnostic.helped_by().map(Cow::Borrowed);
        }
        let mut diagnostic = self.diagnostic.clone();
        diagnostic.more_help(&format!("there are {} more of these in this file", self.more));
        diagnostic.helped_by().map(|help| Cow::Owned(help.to_owned()))
    }
}

/// All problems of one run, sorted by file and place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The problems, sorted by file, place and code.
    pub diagnostics: Vec<Located>,
    /// The number of problems of each kind, including those that are not shown.
    totals: BTreeMap<(Code, Severity), usize>,
}

impl Report {
    /// Locates every problem in its text. One in a file without a text is kept, at line 1 and column 1. If a file has more
    /// than [`SHOWN_PER_FILE`] problems of one kind, the rest are only counted, and the last one shown says how many there
    /// are.
    #[must_use]
    pub fn new(problems: Problems, texts: &Texts) -> Self {
        let mut problems: Vec<Diagnostic> = problems.into_iter().collect();
        problems.sort_by(|a, b| order(a).cmp(&order(b)));
        problems.dedup();
        let mut totals = BTreeMap::new();
        for problem in &problems {
            *totals.entry((problem.code(), problem.severity())).or_default() += 1;
        }
        let mut diagnostics = Vec::with_capacity(problems.len());
        for of_one_file in problems.chunk_by(|a, b| a.file() == b.file()) {
            let text = texts.get(of_one_file[0].file()).map(AsRef::as_ref);
            let mut cursor = Cursor::default();
            for (number, more) in abridge(of_one_file.iter().map(|diagnostic| (diagnostic.code(), 0))) {
                let diagnostic = of_one_file[number].clone();
                let lines = locate(diagnostic.span(), text, &mut cursor);
                let also = diagnostic.also().iter().map(|(place, _)| alone(place, texts)).collect();
                diagnostics.push(Located { diagnostic, lines, also, more });
            }
        }
        Self { diagnostics, totals }
    }

    /// Adds the problems of a later step, as if both steps had been one: sorted, each once, and at most [`SHOWN_PER_FILE`] of
    /// each kind.
    pub fn extend(&mut self, other: Self) {
        for (kind, count) in other.totals {
            *self.totals.entry(kind).or_default() += count;
        }
        let mut all = std::mem::take(&mut self.diagnostics);
        all.extend(other.diagnostics);
        all.sort_by(|a, b| located_order(a).cmp(&located_order(b)));
        all.dedup_by(|again, first| {
            let is_same = again.diagnostic == first.diagnostic;
            if is_same {
                first.more += again.more;
                let kind = (again.diagnostic.code(), again.diagnostic.severity());
                self.totals.entry(kind).and_modify(|count| *count -= 1);
            }
            is_same
        });
        for of_one_file in all.chunk_by(|a, b| a.diagnostic.file() == b.diagnostic.file()) {
            let counted = of_one_file.iter().map(|located| (located.diagnostic.code(), located.more));
            let shown = abridge(counted);
            self.diagnostics
                .extend(shown.into_iter().map(|(number, more)| Located { more, ..of_one_file[number].clone() }));
        }
    }

    /// Returns the same report without its warnings and notes, which are still counted.
    #[must_use]
    pub fn errors_only(&self) -> Self {
        let errors = self.diagnostics.iter().filter(|located| located.diagnostic.severity() == Severity::Error);
        Self { diagnostics: errors.cloned().collect(), totals: self.totals.clone() }
    }

    /// Returns the number of problems of each kind and severity, including those that are not shown.
    #[must_use]
    pub fn totals(&self) -> &BTreeMap<(Code, Severity), usize> {
        &self.totals
    }

    /// Returns how many problems are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// Returns how many problems are warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// Returns how many problems are notes.
    #[must_use]
    pub fn notes(&self) -> usize {
        self.count(Severity::Note)
    }

    /// Returns whether there are errors, so that the content must not be published.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    fn count(&self, severity: Severity) -> usize {
        self.totals.iter().filter(|((_, of), _)| *of == severity).map(|(_, count)| count).sum()
    }
}

fn order(diagnostic: &Diagnostic) -> (&SourcePath, usize, usize, Code, Words<'_>) {
    let span = diagnostic.span().cloned().unwrap_or(0..0);
    (diagnostic.file(), span.start, span.end, diagnostic.code(), words(diagnostic))
}

fn located_order(located: &Located) -> (&SourcePath, Position, Position, Code, Words<'_>) {
    let Located { diagnostic, lines, .. } = located;
    (diagnostic.file(), lines.start, lines.end, diagnostic.code(), words(diagnostic))
}

/// What a problem says: two at one place may differ only in this, and equal ones must be adjacent.
type Words<'d> = (&'d str, Option<&'d str>);

fn words(diagnostic: &Diagnostic) -> Words<'_> {
    (diagnostic.message(), diagnostic.helped_by())
}

/// Chooses which problems of one file are shown: at most [`SHOWN_PER_FILE`] of each kind. `problems` has the kind of each, and
/// how many that are not shown it stands for already. Returns the numbers of those that are shown, each with how many it stands
/// for now: the last one of a kind for all the rest.
fn abridge(problems: impl Iterator<Item = (Code, usize)>) -> Vec<(usize, usize)> {
    let mut kinds: BTreeMap<Code, (Vec<usize>, usize)> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (number, (code, more)) in problems.enumerate() {
        let (shown, hidden) = kinds.entry(code).or_default();
        *hidden += more;
        if shown.len() < SHOWN_PER_FILE {
            shown.push(chosen.len());
            chosen.push((number, 0));
        } else {
            *hidden += 1;
        }
    }
    for (shown, hidden) in kinds.into_values() {
        if let Some(last) = shown.last() {
            chosen[*last].1 = hidden;
        }
    }
    chosen
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

/// Locates a further place, whose file may be another one.
fn alone(place: &Place, texts: &Texts) -> Lines {
    locate(place.span.as_ref(), texts.get(&place.file).map(AsRef::as_ref), &mut Cursor::default())
}

fn locate(span: Option<&Span>, text: Option<&str>, cursor: &mut Cursor) -> Lines {
    let (Some(text), Some(span)) = (text, span) else {
        let first = Position { line: 1, column: 1 };
        return Lines { start: first, end: first, excerpt: None };
    };
    let start = text.floor_char_boundary(span.start).max(cursor.offset);
    let end = text.floor_char_boundary(span.end).max(start);
    cursor.advance(text, start);
    let mut after = *cursor;
    after.advance(text, end);
    Lines { start: cursor.position(), end: after.position(), excerpt: excerpt(text, cursor.line_start, &(start..end)) }
}

/// Returns the lines from `line_start` to the end of the span, at most [`SHOWN_LINES`]; `None` if one is too long to show.
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

#[cfg(test)]
mod tests {
    use super::{Code, Problems, Report, SHOWN_PER_FILE, Texts};

    fn report(messages: impl Iterator<Item = String>) -> Report {
        let mut problems = Problems::default();
        for message in messages {
            problems.report(Code::StrayFile, &"a.md".into(), message).help("delete it");
        }
        Report::new(problems, &Texts::new())
    }

    #[test]
    fn two_steps_give_the_report_of_one() {
        let numbers = |range: std::ops::Range<usize>| range.map(|number| format!("problem {number:03}"));
        for (first, second) in [(0..3, 3..5), (0..3, 0..3), (0..40, 20..60), (0..70, 70..90), (0..1, 1..200)] {
            let mut extended = report(numbers(first.clone()));
            extended.extend(report(numbers(second.clone())));
            let whole = report(numbers(first.clone()).chain(numbers(second.clone())));
            assert_eq!(extended, whole, "{first:?} {second:?}");
        }
    }

    #[test]
    fn the_last_problem_that_is_shown_tells_how_many_are_not() {
        let mut report = report((0..60).map(|number| format!("problem {number:03}")));
        report.extend(self::report((60..65).map(|number| format!("problem {number:03}"))));
        let help: Vec<_> = report.diagnostics.iter().filter_map(super::Located::help).collect();
        assert_eq!(help.len(), SHOWN_PER_FILE);
        assert_eq!(help[48], "delete it");
        assert_eq!(help[49], "delete it; there are 15 more of these in this file");
        assert_eq!(report.warnings(), 65);
    }

    #[test]
    fn equal_problems_are_one_whatever_is_reported_between_them() {
        let report = |words: &[(&str, &str)]| {
            let mut problems = Problems::default();
            for (message, help) in words {
                problems.report(Code::StrayFile, &"a.md".into(), message).help(help);
            }
            Report::new(problems, &Texts::new())
        };
        let mut same = report(&[("x", "delete it"), ("x", "rename it"), ("x", "delete it")]);
        assert_eq!((same.diagnostics.len(), same.warnings()), (2, 2));
        same.extend(report(&[("x", "delete it"), ("y", "delete it")]));
        assert_eq!((same.diagnostics.len(), same.warnings()), (3, 3));
    }
}
