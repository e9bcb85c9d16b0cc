//! Text for LaTeX and BibTeX.

use std::fmt::Write as _;

/// Returns an id as a BibTeX key. Characters other than ASCII letters, digits, `-` and `_` become `u` and their code points in
/// hexadecimal.
#[must_use]
pub(crate) fn bibtex_key(id: &str) -> String {
    let mut key = String::new();
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') {
            key.push(c);
        } else {
            // Writing to memory cannot fail.
            let _ = write!(key, "u{:x}", u32::from(c));
        }
    }
    key
}

/// Escapes a text for LaTeX. A brace becomes a command, because BibTeX counts braces even after a backslash.
#[must_use]
pub(crate) fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str(r"\textbackslash{}"),
            '{' => out.push_str(r"\textbraceleft{}"),
            '}' => out.push_str(r"\textbraceright{}"),
            '~' => out.push_str(r"\textasciitilde{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            '%' | '&' | '_' | '#' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// Returns a URL for a field that biblatex reads verbatim. It needs no escapes, but braces must be balanced, so they are
/// percent-encoded.
#[must_use]
pub(crate) fn verbatim(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}
