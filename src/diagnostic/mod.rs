//! What is wrong with a site, as values.
//!
//! A [`Diagnostic`] has a file, a byte range in it, a sentence and help. It is collected, never thrown, so that one run
//! reports every problem. [`Report::new`] turns byte ranges into lines and columns while the texts are available; after that
//! the texts can be dropped. Nothing here reads a file or prints.
//!
//! An author's words are made harmless before they reach a terminal or a build log: a report stores messages, help and lines
//! with every hidden character as its code point ([`shown`]), and everything printed also goes through [`harmless`].

mod code;
mod merge;
mod print;
mod report;
mod text;

pub use code::Code;
pub use merge::{one_side, unresolved_merges};
pub use print::{counted, github, human, json, summary};
pub use report::{Located, Report, SHOWN_PER_FILE, Texts};
pub use text::{harmless, is_hidden, is_noncharacter, is_refused, refused_characters, shown};

use std::ops::Range;
use std::sync::Arc;

/// Whether a problem prevents publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The content is wrong, ambiguous or unresolvable: nothing is published.
    Error,
    /// The content can be published, but an editor should look.
    Warning,
}

impl Severity {
    /// The word used in every report format: `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A range of bytes in a file's text, not counting a byte order mark.
pub type Span = Range<usize>;

/// One problem: what it is, where it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem, which also determines the severity.
    pub code: Code,
    /// The file, relative to the site's root, with `/` between its parts.
    pub file: Arc<str>,
    /// Where in the file; `None` for the file as a whole.
    pub span: Option<Span>,
    /// One sentence that says what is wrong, without a full stop. It may quote an author: [`Report::new`] makes it harmless.
    pub message: String,
    /// What the author can do, if that is known.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem at a place in a file.
    pub fn at(code: Code, file: &Arc<str>, span: Span, message: impl Into<String>) -> Self {
        Self { code, file: Arc::clone(file), span: Some(span), message: message.into(), help: None }
    }

    /// A problem with a file as a whole.
    pub fn whole(code: Code, file: &Arc<str>, message: impl Into<String>) -> Self {
        Self { code, file: Arc::clone(file), span: None, message: message.into(), help: None }
    }

    /// The same problem with a help line.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with a help line, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}
