//! Problems, their places, and the one way to report them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::code::{Code, Severity};
use super::text::shown;
use crate::source_path::SourcePath;

/// A range of bytes in a file's text, not counting a byte order mark.
pub(crate) type Span = Range<usize>;

/// A file, or a part of its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: SourcePath,
    /// Where in the file; `None` for the file as a whole.
    pub span: Option<Span>,
}

impl From<&SourcePath> for Place {
    fn from(file: &SourcePath) -> Self {
        Self { file: file.clone(), span: None }
    }
}

impl From<(&SourcePath, Span)> for Place {
    fn from((file, span): (&SourcePath, Span)) -> Self {
        Self { file: file.clone(), span: Some(span) }
    }
}

/// One problem: what it is, where it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    code: Code,
    severity: Severity,
    place: Place,
    message: String,
    help: Option<String>,
    also: Vec<(Place, String)>,
}

impl Diagnostic {
    /// Creates a problem with a file or at a place in it. The message is one sentence without a full stop; it may quote an
    /// author.
    #[must_use]
    pub fn new(code: Code, place: impl Into<Place>, message: impl AsRef<str>) -> Self {
        let (place, message) = (place.into(), sentence(message.as_ref()));
        Self { code, severity: code.severity(), place, message, help: None, also: Vec::new() }
    }

    /// Reports the problem at another level than the default one of its code.
    pub fn at_level(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Says what the author can do. Replaces earlier help.
    pub fn help(&mut self, help: impl AsRef<str>) -> &mut Self {
        self.help = Some(sentence(help.as_ref()));
        self
    }

    /// Says what the author can do, if that is known.
    pub fn maybe_help(&mut self, help: Option<impl AsRef<str>>) -> &mut Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Appends a remark to the help.
    pub fn more_help(&mut self, more: &str) -> &mut Self {
        match &self.help {
            Some(help) if help.ends_with('?') => self.help(format!("{help} {more}")),
            Some(help) => self.help(format!("{help}; {more}")),
            None => self.help(more),
        }
    }

    /// Names a second place that belongs to the problem, and says what is there.
    pub fn also_at(&mut self, place: impl Into<Place>, what: impl AsRef<str>) -> &mut Self {
        self.also.push((place.into(), sentence(what.as_ref())));
        self
    }

    /// Replaces the sentence that says what is wrong.
    pub fn reword(&mut self, message: impl AsRef<str>) -> &mut Self {
        self.message = sentence(message.as_ref());
        self
    }

    /// Moves the problem to another place in the same file.
    pub fn move_to(&mut self, span: Span) -> &mut Self {
        self.place.span = Some(span);
        self
    }

    /// Returns all places that belong to the problem, its own first.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.place).chain(self.also.iter().map(|(place, _)| place))
    }

    /// Returns whether the problem is an error, a warning or a note.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the kind of problem.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Returns the file that the problem is in.
    #[must_use]
    pub const fn file(&self) -> &SourcePath {
        &self.place.file
    }

    /// Returns the place in the file; `None` for the file as a whole.
    #[must_use]
    pub const fn span(&self) -> Option<&Span> {
        self.place.span.as_ref()
    }

    /// Returns one sentence that says what is wrong, in printable form.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns what the author can do, in printable form.
    #[must_use]
    pub fn helped_by(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Returns further places that belong to the problem, each with what is there.
    #[must_use]
    pub fn also(&self) -> &[(Place, String)] {
        &self.also
    }
}

/// The longest sentence of a report, in bytes; longer ones are cut, because they may quote an id of a megabyte.
const LONGEST_SENTENCE: usize = 1000;

/// Cuts a sentence to [`LONGEST_SENTENCE`] and makes it printable.
fn sentence(text: &str) -> String {
    let cut = text.floor_char_boundary(LONGEST_SENTENCE);
    let mut sentence = shown(&text[..cut]);
    if cut < text.len() {
        sentence.push('…');
    }
    sentence
}

/// Problems, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Reports a problem with a file, or at a place in it. Help and further places are added to what this returns.
    pub fn report(&mut self, code: Code, place: impl Into<Place>, message: impl AsRef<str>) -> &mut Diagnostic {
        let number = self.0.len();
        self.0.push(Diagnostic::new(code, place, message));
        &mut self.0[number]
    }

    /// Adds a problem that was made elsewhere, such as one that waits for another file to be known.
    pub fn push(&mut self, problem: Diagnostic) {
        self.0.push(problem);
    }

    /// Returns how many problems there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the problem that was reported as the `number`th, from 0.
    pub fn get_mut(&mut self, number: usize) -> Option<&mut Diagnostic> {
        self.0.get_mut(number)
    }

    /// Returns the problem that was reported last.
    pub fn last_mut(&mut self) -> Option<&mut Diagnostic> {
        self.0.last_mut()
    }

    /// Returns the problems, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Keeps only the problems for which `is_kept` returns true.
    pub fn retain(&mut self, is_kept: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(is_kept);
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

impl IntoIterator for Problems {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'p> IntoIterator for &'p Problems {
    type Item = &'p Diagnostic;
    type IntoIter = std::slice::Iter<'p, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
