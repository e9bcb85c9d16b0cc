//! From bytes to text.

use std::sync::Arc;

use crate::diagnostic::{Code, Problems};
use crate::file_type::{self, FileType};
use crate::source_path::SourcePath;

/// Reports a text that is only a pointer of version control. Returns whether it is one.
pub(super) fn is_unfetched(file: &SourcePath, bytes: &[u8], problems: &mut Problems) -> bool {
    // Few texts begin like this, so the full check is seldom needed.
    if !bytes.starts_with(b"version ") && !bytes.starts_with(b"/annex/") {
        return false;
    }
    let flaw = file_type::unfetched(FileType::of(&bytes[..bytes.len().min(file_type::BEGINNING)]));
    flaw.inspect(|flaw| flaw.report(file, problems)).is_some()
}

/// Decodes a file as UTF-8, without its byte order mark.
///
/// # Errors
/// Returns the text with U+FFFD in place of the bytes that are not UTF-8, the first of which is reported.
pub(super) fn decode<'b>(file: &SourcePath, bytes: &'b [u8], problems: &mut Problems) -> Result<&'b str, String> {
    const MARK: char = '\u{FEFF}';
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.strip_prefix(MARK).unwrap_or(text)),
        Err(error) => error,
    };
    let text = String::from_utf8_lossy(bytes);
    let unmarked = text.strip_prefix(MARK).unwrap_or(&text);
    let at = error.valid_up_to().saturating_sub(text.len() - unmarked.len());
    problems
        .report(Code::NotUtf8, (file, at..at + '\u{FFFD}'.len_utf8()), "the file is not UTF-8")
        .help("save the file as UTF-8; the character shown as \u{FFFD} is the first that is none");
    Err(unmarked.to_owned())
}

/// Returns the text that [`decode`] gave, valid or not.
pub(super) fn any_text(decoded: Result<&str, String>) -> Arc<str> {
    decoded.map_or_else(Into::into, Into::into)
}
