//! JSON files: reading them, and the line at which a part begins.

use std::path::Path;

use serde_json::Value;
use serde_json::value::RawValue;

use super::at::At;
use super::loss::Issue;
use super::stop::Stop;
use crate::error::Error;

/// The largest JSON file that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// Reads a file and removes its byte order mark.
///
/// # Errors
/// [`Stop`] if it cannot be read, is larger than 1 GiB, or is not UTF-8.
pub(super) fn text_of(path: &Path) -> Result<String, Stop> {
    let failed = |error| Stop::Failed(Error::at(path, error));
    if path.is_dir() {
        return Err(Stop::bad("this is a folder", "name a file"));
    }
    if std::fs::metadata(path).map_err(failed)?.len() > LARGEST {
        return Err(Stop::bad("the file has more than 1 GiB", "split it"));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let issue = Issue::new(&place(&before, before.len()), None, "the file is not UTF-8");
        Stop::Bad(issue.help("save it as UTF-8"))
    })
}

/// Returns the line and column of a byte.
#[must_use]
pub(super) fn place(text: &str, offset: usize) -> At {
    let before = &text[..offset.min(text.len())];
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    At { file: String::new(), line, column }
}

/// Returns the byte at which a part of a JSON text that borrows from it begins.
fn offset_of(text: &str, part: &RawValue) -> usize {
    (part.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// Returns a part of a JSON text that borrows from it, with the lifetime of the text.
#[must_use]
pub(super) fn part_of<'t>(text: &'t str, part: &RawValue) -> &'t str {
    let start = offset_of(text, part);
    text.get(start..start + part.get().len()).unwrap_or_default()
}

/// Returns the line of a part of a JSON text that borrows from it. `from` is a byte and the number of line ends before it,
/// which are not counted again; it begins as `(0, 0)` and is moved to the part.
#[must_use]
pub(super) fn line_of(text: &str, part: &RawValue, from: &mut (usize, u64)) -> At {
    let offset = offset_of(text, part);
    // Parts usually come in order, so that no line is counted twice.
    if offset >= from.0 {
        from.1 += text[from.0..offset].bytes().filter(|b| *b == b'\n').count() as u64;
        from.0 = offset;
        return At::line(from.1 + 1);
    }
    At::line(place(text, offset).line)
}

/// Reports a mistake in the syntax, with its place.
#[must_use]
pub(super) fn broken(error: &serde_json::Error) -> Stop {
    let at = At { file: String::new(), line: error.line() as u64, column: error.column() as u64 };
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Stop::Bad(Issue::new(&at, None, format!("this is not JSON as it should be: {message}")))
}

/// Returns a string without white space around it, and a number or truth value as text; empty for anything else.
#[must_use]
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        _ => String::new(),
    }
}
