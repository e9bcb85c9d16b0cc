//! A problem in a text, before it is reported: all searches of a text return these.

use crate::diagnostic::{Code, Span};
use crate::foreign::Found;

/// Something found in a text: what is wrong, where, and what to do about it.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub code: Code,
    /// Bytes of the text, not of its file.
    pub span: Span,
    pub message: String,
    pub help: String,
}

impl Finding {
    pub(super) fn new(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: help.into() }
    }
}

/// Returns the code of a report on notation of other programs.
pub(super) fn code_of(found: &Found<'_>) -> Code {
    if found.is_comment() { Code::VisibleComment } else { Code::TemplateCode }
}
