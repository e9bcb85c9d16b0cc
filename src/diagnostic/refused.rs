//! Reports on characters that files must not contain.

use super::code::Code;
use super::problems::Problems;
use super::text::{is_noncharacter, is_refused};
use crate::source_path::SourcePath;

/// Reports every refused character in a text.
#[must_use]
pub(crate) fn refused_characters(file: &SourcePath, text: &str) -> Problems {
    let mut problems = Problems::default();
    // Most texts contain none, which a scan of the bytes shows. It takes whole blocks without a branch for each byte, so that
    // the compiler vectorises it.
    let suspicious =
        |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) | matches!(b, 0x7F | 0xC2 | 0xE2 | 0xEF..);
    if !text.as_bytes().chunks(256).any(|block| block.iter().fold(false, |found, b| found | suspicious(*b))) {
        return problems;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| is_refused(*c)) {
        let code = u32::from(c);
        let message = if c.is_control() {
            format!("the text contains the control character U+{code:04X}")
        } else if is_noncharacter(c) {
            format!("the text contains U+{code:04X}, a noncharacter of Unicode")
        } else {
            format!("the text contains U+{code:04X}, which invisibly changes the direction of the text around it")
        };
        problems.report(Code::ControlCharacter, (file, at..at + c.len_utf8()), message).help("remove the character");
    }
    problems
}
