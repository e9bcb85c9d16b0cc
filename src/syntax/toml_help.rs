//! Explains what an unreadable line of TOML was meant to be.

use super::Language;
use super::lists::{self, with_commas};
use super::slips::{self, Slip, as_value, entry, line, quoted};
use super::yaml_help::cut;
use crate::diagnostic::Span;

const GENERAL: &str = "each line is `key = value`; text goes in quotes, a list in brackets";

/// Explains the error of the TOML parser at a position. If nothing shows what was meant, it has the parser's message.
pub(super) fn explain(text: &str, span: &Span, message: &str) -> Slip {
    let at = span.start;
    let written = line(text, at);
    slips::almost_fence(text, at, Language::Toml)
        .or_else(|| slips::template_line(text, at, Language::Toml))
        .or_else(|| slips::odd_characters(text, at, Language::Toml))
        .or_else(|| slips::foreign_line(text, at, Language::Toml))
        .or_else(|| comment(text, &written))
        .or_else(|| header(text, &written))
        .or_else(|| no_key(text, &written))
        .or_else(|| unquoted_key(text, at))
        .or_else(|| lists::empty_item(text, at, Language::Toml).filter(|_| message.contains("extra comma")))
        .or_else(|| lists::missing_comma(text, at, Language::Toml).filter(|_| message.contains("missing comma")))
        .or_else(|| value(text, at, &written, message))
        .or_else(|| no_sign(text, &written))
        .unwrap_or_else(|| Slip::new(span.clone(), message, GENERAL))
}

/// Describes a list, table or text that begins at a position and is never closed.
pub(super) fn unclosed(text: &str, start: usize) -> Slip {
    let rest = &text[start..];
    let (open, what, close) = match rest.chars().next() {
        Some('[') => (1, "list", "]"),
        Some('{') => (1, "table", "}"),
        _ if rest.starts_with("'''") => (3, "text", "'''"),
        _ => (3, "text", "\"\"\""),
    };
    let span = line(text, start);
    let written = text[span].trim();
    let complete =
        written.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'')) && !written.ends_with(close);
    let help = if complete {
        let written = if what == "list" { with_commas(written) } else { written.to_owned() };
        format!("end it with `{close}`: {}{close}", cut(&written))
    } else {
        format!("end it with `{close}`")
    };
    let end = text.floor_char_boundary(start + open).max(start);
    Slip::new(start..end, format!("the {what} that begins here has no closing `{close}`"), help)
}

/// Returns the end of the line on which a text is closed that begins on the line at a position. `None` if it is not closed
/// within the 50 lines below, or before the next entry or header.
pub(super) fn last_line_of_text(text: &str, at: usize) -> Option<usize> {
    let first = line(text, at);
    let quote = open_quote(&text[first.clone()])?.1;
    let mut start = first.end + 1;
    for _ in 0..50 {
        let span = line(text, start.min(text.len()));
        let written = text.get(span.clone())?.trim();
        if start >= text.len() || written.starts_with('[') || entry(written, '=').is_some() {
            return None;
        }
        if written.ends_with(quote) {
            return Some(span.end);
        }
        start = span.end + 1;
    }
    None
}

/// Returns the unclosed quote of a line: its byte in the line, and the character.
fn open_quote(line: &str) -> Option<(usize, char)> {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match open {
            Some((_, '"')) if escaped => escaped = false,
            Some((_, '"')) if c == '\\' => escaped = true,
            Some((_, quote)) if c == quote => open = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => open = Some((at, c)),
            None => {}
        }
    }
    open
}

/// A comment of another language: `// words`, `<!-- words -->`, `-- words`.
fn comment(text: &str, span: &Span) -> Option<Slip> {
    let written = text[span.clone()].trim();
    let sign = ["//", "<!--", "/*", "--", ";"].into_iter().find(|sign| written.starts_with(sign))?;
    let words = written[sign.len()..].trim_end_matches("-->").trim_end_matches("*/").trim();
    let message = format!("a comment begins with `#`, not with `{sign}`");
    Some(Slip::new(span.clone(), message, format!("write # {}", cut(words))))
}

/// Puts quotes around those parts of a table's name or a dotted key that need them: `kinds."ké"`.
fn with_quotes(name: &str) -> String {
    let is_bare = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let part = |part: &str| match is_bare(part) || part.starts_with(['"', '\'']) {
        true => part.to_owned(),
        false => quoted(part, Language::Toml),
    };
    name.split('.').map(str::trim).filter(|name| !name.is_empty()).map(part).collect::<Vec<_>>().join(".")
}

/// A value without a key: `= 1`.
fn no_key(text: &str, span: &Span) -> Option<Slip> {
    let value = text[span.clone()].trim().strip_prefix('=')?.trim();
    Some(Slip::new(span.clone(), "there is no key before the `=`", format!("write key = {}", cut(value))))
}

/// `ké = 1`, `{ké = 1}`, `my key = 1`: a key with characters that need quotes, on the line at a position.
fn unquoted_key(text: &str, at: usize) -> Option<Slip> {
    let span = line(text, at);
    let written = &text[span.clone()];
    let mut start = 0;
    // Keys begin the line, or follow the brace or a comma of an inline table.
    loop {
        let key = &written[start..];
        let key = &key[..key.find(['=', ',', '{', '}', '[', '"', '\'', '#'])?.min(key.len())];
        let name = key.trim();
        let is_key = written[start + key.len()..].starts_with('=') && !name.is_empty();
        let is_in_quotes = written[..start].matches(['"', '\'']).count() % 2 == 1;
        let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c));
        let needs_quotes = !name.is_ascii() || name.contains(' ');
        if is_key && needs_quotes && !is_in_quotes && name.split('.').all(|part| is_name(part.trim())) {
            let begin = span.start + start + (key.len() - key.trim_start().len());
            let message = "in a key, anything but ASCII letters, digits, `-` and `_` needs quotes";
            return Some(Slip::new(begin..begin + name.len(), message, format!("write {} = …", with_quotes(name))));
        }
        start += written[start..].find(['{', ','])? + 1;
    }
}

/// A header whose brackets do not match, or whose name needs quotes: `[[sources]`, `[extra`, `[kinds.ké]`.
fn header(text: &str, span: &Span) -> Option<Slip> {
    let written = text[span.clone()].trim();
    if !written.starts_with('[') || written.contains(',') {
        return None;
    }
    let name = written.trim_matches(|c| matches!(c, '[' | ']' | ' '));
    if name.is_empty() {
        return None;
    }
    let (open, close) = if written.starts_with("[[") || written.ends_with("]]") { ("[[", "]]") } else { ("[", "]") };
    let right = format!("{open}{name}{close}");
    let names = with_quotes(name);
    let message = match (right != written, names != name) {
        (true, _) => "the brackets around the name of this table do not match",
        (false, true) => "in the name of a table, anything but ASCII letters, digits, `-` and `_` needs quotes",
        (false, false) => return None,
    };
    Some(Slip::new(span.clone(), message, format!("write {open}{names}{close}")))
}

/// Explains what is wrong with the value of a line that has a key.
fn value(text: &str, at: usize, span: &Span, message: &str) -> Option<Slip> {
    let written = &text[span.clone()];
    let entry = entry(written, '=')?;
    let (key, value) = (entry.key, entry.value);
    let start = span.start + entry.start;
    let whole = start..start + value.len();
    let line = |value: String| format!("write {key} = {value}");
    if value.is_empty() {
        let help = format!("write {key} = \"…\", or remove the line");
        return Some(Slip::new(span.start..span.end, format!("`{key}` has no value"), help));
    }
    if let Some(rest) = value.strip_prefix('=') {
        return Some(Slip::new(
            start..start + 1,
            "there is one `=` too many",
            line(as_value(rest.trim(), Language::Toml)),
        ));
    }
    if let Some((quote_at, quote)) = open_quote(written).filter(|_| message.contains("string")) {
        return Some(no_closing_quote(text, span, quote_at, quote, key));
    }
    if message.contains("escape") {
        let inside = value.trim_matches('"');
        let help = match inside.contains('\'') {
            false => format!("between single quotes a backslash is literal: {key} = '{inside}'"),
            true => format!("write the backslash twice: {key} = \"{}\"", inside.replace('\\', "\\\\")),
        };
        return Some(Slip::new(
            whole,
            "a backslash between double quotes begins an escape that TOML does not know",
            help,
        ));
    }
    if value.starts_with(['"', '\'']) {
        return Some(after_text(key, value, at..span.end.max(at)));
    }
    if matches!(value.to_lowercase().as_str(), "null" | "nil" | "none" | "~") {
        let help = format!("remove the line; if the word is meant, write {key} = \"{value}\"");
        return Some(Slip::new(whole, "TOML has no null value", help));
    }
    if let Some(inside) = value.strip_prefix('[') {
        let item = |item: &str| as_value(item.trim(), Language::Toml);
        let inside = inside.trim_end_matches(']');
        if inside.contains(['[', '{', '"', '\'']) || inside.trim().is_empty() {
            return None;
        }
        let items: Vec<String> = inside.split([',', ';']).filter(|part| !part.trim().is_empty()).map(item).collect();
        return Some(Slip::new(whole, "the items of this list need quotes", line(format!("[{}]", items.join(", ")))));
    }
    if value.starts_with('{') {
        return None;
    }
    let value = as_value(value.trim_end_matches([',', ';']), Language::Toml);
    let message =
        if matches!(value.as_str(), "true" | "false") { "this is neither true nor false" } else { "text needs quotes" };
    Some(Slip::new(whole, message, line(value)))
}

/// A text without its closing quote, or with words that continue on the lines below: `title = "Words`.
fn no_closing_quote(text: &str, span: &Span, quote_at: usize, quote: char, key: &str) -> Slip {
    let at = span.start + quote_at;
    let first = text[at..span.end].trim_end();
    if let Some(end) = last_line_of_text(text, at) {
        let words = text[at + 1..end].trim_end().trim_end_matches(quote);
        let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let help =
            format!("write it on one line: {key} = {quote}{}{quote}; or put three quotes on each side", cut(&folded));
        return Slip::new(at..end, "text over several lines needs three quotes at each end", help);
    }
    let message = "the text that begins here has no closing quote";
    let help = format!("close it with a quote: {key} = {}{quote}", cut(first));
    Slip::new(at..at + first.len(), message, help)
}

/// Words or a comma after the closing quote: `title = "He said "no""`, `title = "x",`.
fn after_text(key: &str, value: &str, rest: Span) -> Slip {
    let quote = &value[..1];
    let trimmed = value.trim_end_matches([',', ';', ' ']);
    if trimmed.len() < value.len() && trimmed.matches(quote).count() == 2 && trimmed.ends_with(quote) {
        return Slip::new(rest, "unexpected text after the value", format!("write {key} = {trimmed}"));
    }
    let whole = match trimmed[1..].strip_suffix(quote) {
        Some(inside) if trimmed.len() > 1 => inside,
        _ => trimmed,
    };
    let help = format!("put the whole text between other quotes: {key} = {}", quoted(whole, Language::Toml));
    Slip::new(rest, "the quote before this ends the text", help)
}

/// A line without `=`: `title "Words"`, `title`.
fn no_sign(text: &str, span: &Span) -> Option<Slip> {
    let written = text[span.clone()].trim();
    let (key, value) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
    if !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        || key.is_empty()
        || written.contains('=')
    {
        return None;
    }
    let start = span.end - text[span.clone()].trim_start().len();
    let is_value = value.starts_with(['"', '\'', '[']) || value.starts_with(|c: char| c.is_ascii_digit());
    let help = match is_value {
        true => format!("write {key} = {}", cut(value)),
        false => "write key = \"…\"; if the words continue the value above, write it on one line".to_owned(),
    };
    Some(Slip::new(start..span.end, "this line has no `=`", help))
}
