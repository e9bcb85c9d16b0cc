//! Explains what an unreadable line of YAML was meant to be.

use granit_parser::{ErrorKind, ScanError};

use super::Language;
use super::lists::{self, with_commas};
use super::slips::{self, Slip, entry, line, line_above, quoted};
use crate::diagnostic::Span;

const GENERAL: &str = "each line is `key: value`; quote text that contains `: `, `#`, quotes or brackets";

/// Explains the error of the YAML parser at a position. If nothing shows what was meant, it has the parser's message.
pub(super) fn explain(text: &str, at: usize, error: &ScanError) -> Slip {
    use ErrorKind as E;
    if let Some(slip) = slips::template_line(text, at, Language::Yaml) {
        return slip;
    }
    match error.kind() {
        E::UnknownAnchor => refused(text, at..line(text, at).end, "aliases (`*name`)"),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar | E::UnexpectedEof => unclosed_quote(text, at),
        E::UnclosedFlowCollection { .. } => unclosed_bracket(text, at),
        E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar => after_quote(text, at),
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => escape(text, at),
        E::InvalidLowSurrogateHexEscape | E::InvalidLowSurrogate | E::MissingLowSurrogate | E::UnpairedLowSurrogate => {
            surrogate(text, at)
        }
        E::TabInBlockIndentation | E::TabInIndentation | E::TabNotAllowed | E::TabAtBlockScalarStart => tab(text, at),
        E::UnexpectedCharacter { character } => {
            let sign = if *character == '`' { "a backtick".to_owned() } else { format!("`{character}`") };
            let message = format!("a value that begins with {sign} must be quoted");
            quote_value(text, at, message)
        }
        E::InvalidBlockScalarHeader => quote_value(
            text,
            at,
            "`>` and `|` begin text on the next line, but more text follows on this line".to_owned(),
        ),
        E::BlockSequenceEntryNotAllowed => {
            quote_value(text, at, "a value that begins with `- ` must be quoted".to_owned())
        }
        E::MappingKeyNotAllowed => quote_value(text, at, "a value that begins with `? ` must be quoted".to_owned()),
        E::ZeroBlockScalarIndent | E::InvalidBlockScalarIndent => Slip::new(
            line(text, at),
            "this line is indented less than the first line of its text",
            "indent it by the same amount",
        ),
        _ => open_bracket(text, at)
            .map(|open| unclosed_bracket(text, open))
            .or_else(|| around(text, at))
            .unwrap_or_else(|| Slip::new(at..at, format!("unreadable YAML: {error}", error = error.info()), GENERAL)),
    }
}

/// Describes front matter that is a text or a list; `what` names it.
pub(super) fn no_keys(text: &str, span: Span, what: &str) -> Slip {
    let first = line(text, span.start);
    let first = first.start.max(span.start)..first.end.min(span.end.max(span.start));
    if let Some(slip) = no_space(text, first.start).or_else(|| slips::foreign_line(text, first.start, Language::Yaml)) {
        return slip;
    }
    Slip::new(first, format!("front matter must be keys with values, not {what}"), GENERAL)
}

/// Describes the use of a feature of YAML that front matter does not allow; `what` names it.
pub(super) fn refused(text: &str, span: Span, what: &str) -> Slip {
    let message = format!("{what} cannot be used in front matter");
    if what.contains("document") {
        return Slip::new(span, message, "remove the line `...` or `---`, and write all keys together");
    }
    let at = line(text, span.start);
    let mut span = span;
    let help = match entry(&text[at.clone()], ':').filter(|entry| entry.value.starts_with(['&', '*', '!'])) {
        Some(entry) => {
            span = at.start + entry.start..at.start + entry.start + entry.value.len();
            let value = entry.value.trim();
            let sign = value.split(slips::is_space).next().unwrap_or_default();
            let without = value[sign.len()..].trim();
            let as_text =
                format!("if it is text, put it between quotes: {}: {}", entry.key, quoted(value, Language::Yaml));
            match without {
                "" => format!("write the value itself; {as_text}"),
                _ => format!("write {}: {without}; {as_text}", entry.key),
            }
        }
        None => "write the value itself; put text that begins with this sign between quotes".to_owned(),
    };
    Slip::new(span, message, help)
}

/// Recognises mistakes on the line of an error or the line above it.
fn around(text: &str, at: usize) -> Option<Slip> {
    let above = line_above(text, at);
    let above_start = above.as_ref().map(|above| above.start);
    slips::almost_fence(text, at, Language::Yaml)
        .or_else(|| above_start.and_then(|above| slips::almost_fence(text, above, Language::Yaml)))
        .or_else(|| second_colon(text, at))
        .or_else(|| no_space(text, at))
        .or_else(|| above_start.and_then(|above| no_space(text, above)))
        .or_else(|| slips::foreign_line(text, at, Language::Yaml))
        .or_else(|| above_start.and_then(|above| slips::foreign_line(text, above, Language::Yaml)))
        .or_else(|| after_bracket(text, at))
        .or_else(|| indentation(text, at, above?))
        .or_else(|| no_key(text, at))
}

/// A second colon in a value without quotes: `title: Talks: the first day`.
fn second_colon(text: &str, at: usize) -> Option<Slip> {
    let span = line(text, at);
    let entry = entry(&text[span.clone()], ':')?;
    let inside = at > span.start + entry.sign && entry.value.contains(':');
    inside.then(|| quote_value(text, at, "a value that contains `: ` must be quoted".to_owned()))
}

/// A colon without a space after it: `title:Alpha`.
fn no_space(text: &str, at: usize) -> Option<Slip> {
    let span = line(text, at);
    let line = &text[span.clone()];
    let entry = entry(line, ':')?;
    let after = line[entry.sign + 1..].chars().next()?;
    if slips::is_space(after) || after == ':' || entry.value.starts_with("//") {
        return None;
    }
    let sign = span.start + entry.sign;
    Some(Slip::new(
        sign..sign + 1,
        "there is no space after the colon",
        format!("write {}: {}", entry.key, entry.value),
    ))
}

/// Words after a closing bracket: `tags: [a] b`.
fn after_bracket(text: &str, at: usize) -> Option<Slip> {
    let span = line(text, at);
    let entry = entry(&text[span.clone()], ':')?;
    let inside = at > span.start + entry.start && entry.value.starts_with(['[', '{']);
    inside.then(|| quote_value(text, at, "words follow the closing bracket".to_owned()))
}

/// A key or an item of a list that is not indented like the one above.
fn indentation(text: &str, at: usize, above: Span) -> Option<Slip> {
    let span = line(text, at);
    let written = &text[span.clone()];
    let entry = entry(written, ':');
    let dash = written.trim_start().starts_with("- ");
    if entry.is_none() && !dash {
        return None;
    }
    // An item is indented like the item before, which may be several lines above.
    let is_item = |line: &&str| line.trim_start().starts_with("- ");
    let above = text[..span.start].lines().rev().take(20).find(is_item).filter(|_| dash).unwrap_or(&text[above]);
    let column = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let (here, there) = (column(written), column(above));
    let keys = there + if !dash && above.trim_start().starts_with("- ") { 2 } else { 0 };
    if here == keys {
        return None;
    }
    let start = span.start + here;
    let message = match dash {
        true => OTHER_COLUMN,
        false => "this line is not indented like the line above",
    };
    let name = above.trim_start();
    let name = if dash { name } else { name.trim_start_matches("- ") }.split(':').next().unwrap_or_default();
    Some(Slip::new(start..span.end, message, begin_in(keys, name)))
}

const OTHER_COLUMN: &str = "this item is not indented like the one above";

/// Returns help with the column in which a line must begin, counted from 0, and a line above that begins there.
fn begin_in(column: usize, name: &str) -> String {
    let place = match column {
        0 => "in the first column".to_owned(),
        1 => "after 1 space".to_owned(),
        _ => format!("after {column} spaces"),
    };
    format!("begin it {place}, like `{}`", cut(name))
}

/// Recognises an item of a list that YAML reads as a part of the item above, because it is indented further.
pub(super) fn swallowed_item(text: &str, item: Span) -> Option<Slip> {
    let first = line(text, item.start);
    let before = &text[first.start..item.start];
    let written = text.get(item.clone())?;
    let (above, _) = written.match_indices('\n').find(|(end, _)| written[end + 1..].trim_start().starts_with("- "))?;
    if !before.trim_end().ends_with('-') {
        return None;
    }
    let span = line(text, item.start + above + 1);
    let start = span.end - text[span.clone()].trim_start().len();
    // In `- - a`, the inner list counts.
    let column = before.rfind('-')?;
    let name = text[first.start + column..first.end].trim_end();
    Some(Slip::new(start..span.end, OTHER_COLUMN, begin_in(column, name)))
}

/// Words without a key on a line of their own.
fn no_key(text: &str, at: usize) -> Option<Slip> {
    let span = line(text, at);
    let written = text[span.clone()].trim();
    if written.is_empty() || entry(written, ':').is_some() {
        return None;
    }
    let start = span.end - text[span.clone()].trim_start().len();
    let help = "if it continues the value above, indent it, or quote the whole value";
    Some(Slip::new(start..span.end, "this line has no key", help))
}

/// Makes a slip whose help puts the whole value of the line between quotes.
fn quote_value(text: &str, at: usize, message: String) -> Slip {
    let span = line(text, at);
    let written = &text[span.clone()];
    match entry(written, ':') {
        Some(entry) if !entry.value.is_empty() => {
            let start = span.start + entry.start;
            let help = format!("write {}: {}", entry.key, quoted(entry.value, Language::Yaml));
            Slip::new(start..start + entry.value.len(), message, help)
        }
        _ => {
            let value = written.trim();
            let value = value.strip_prefix("- ").unwrap_or(value).trim();
            let start = span.start + written.rfind(value).unwrap_or(0);
            Slip::new(start..start + value.len(), message, format!("write {}", quoted(value, Language::Yaml)))
        }
    }
}

fn unclosed_quote(text: &str, at: usize) -> Slip {
    let span = line(text, at);
    let written = &text[at..span.end.max(at)];
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\'')).unwrap_or('"');
    let key = entry(&text[span.start..at], ':').map(|entry| format!("{}: ", entry.key)).unwrap_or_default();
    let help = format!("close it with a quote: {key}{}{quote}", cut(written.trim_end()));
    Slip::new(at..span.end.max(at), "the text that begins here has no closing quote", help)
}

fn unclosed_bracket(text: &str, at: usize) -> Slip {
    let of_commas = lists::empty_item(text, at, Language::Yaml);
    if let Some(slip) = of_commas.or_else(|| lists::missing_comma(text, at, Language::Yaml)) {
        return slip;
    }
    let (what, close) = if text[at..].starts_with('{') { ("table", '}') } else { ("list", ']') };
    let span = line(text, at);
    let written = text[span.start..span.end].trim();
    let complete = written.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''));
    let help = if complete {
        let written = if what == "list" { with_commas(written) } else { written.to_owned() };
        format!("end it with `{close}`: {}{close}", cut(&written))
    } else {
        format!("end it with `{close}`")
    };
    Slip::new(at..at + 1, format!("the {what} that begins here has no closing `{close}`"), help)
}

/// Returns the byte of the bracket that is still open at a position, if it begins a value on this line or the 49 lines above.
fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let mut start = line(text, at).start;
    for _ in 0..50 {
        let span = line(text, start);
        let written = &text[span.clone()];
        if let Some(entry) = entry(written, ':')
            && entry.value.starts_with(['[', '{'])
        {
            let open = span.start + entry.start;
            return is_open(&text[open..at.max(open)]).then_some(open);
        }
        start = span.start.checked_sub(1)?;
    }
    None
}

/// Whether more brackets are opened than closed, outside of quotes.
fn is_open(text: &str) -> bool {
    let (mut depth, mut quote) = (0_i32, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, _) => {}
        }
    }
    depth > 0
}

/// Words after the closing quote: `title: "A" and "B"`, `title: 'it's'`.
fn after_quote(text: &str, at: usize) -> Slip {
    let span = line(text, at);
    let written = &text[span.clone()];
    if let Some(open) = open_bracket(text, at) {
        return unclosed_bracket(text, open);
    }
    let Some(entry) = entry(written, ':').filter(|entry| entry.value.starts_with(['"', '\''])) else {
        return Slip::new(at..span.end.max(at), "words follow the closing quote", GENERAL);
    };
    let value = entry.value;
    let quote = &value[..1];
    let inside = value[1..].strip_suffix(quote).filter(|_| value.matches(quote).count() % 2 == 1 || quote == "'");
    let whole = if value.ends_with(quote) && value[1..value.len() - 1].contains(quote) {
        inside.unwrap_or(value)
    } else {
        value
    };
    let help = format!("put the whole value between other quotes: {}: {}", entry.key, quoted(whole, Language::Yaml));
    Slip::new(at..span.end.max(at), "the quote before this ends the text", help)
}

/// An escape that YAML does not know.
fn escape(text: &str, at: usize) -> Slip {
    let known = |c: char| "0abt\tnvfre \"/\\N_LPxuU\n\r".contains(c);
    let mut found = at..at + 1;
    let mut characters = text[at..].char_indices();
    while let Some((index, c)) = characters.next() {
        if c == '\\'
            && let Some((_, next)) = characters.next()
            && (!known(next) || matches!(next, 'x' | 'u' | 'U'))
        {
            found = at + index..at + index + 1 + next.len_utf8();
            break;
        }
    }
    let message = format!("`{}` is not an escape that YAML knows", &text[found.clone()]);
    let span = line(text, found.start);
    let help = match entry(&text[span], ':').filter(|entry| entry.value.len() > 1 && entry.value.ends_with('"')) {
        Some(entry) => {
            let inside = entry.value[1..].trim_end_matches('"');
            format!("between single quotes a backslash is literal: {}: '{}'", entry.key, inside.replace('\'', "''"))
        }
        None => "write the backslash twice, or put the text between single quotes".to_owned(),
    };
    Slip::new(found, message, help)
}

/// Half of a surrogate pair, which JSON writes for one character.
fn surrogate(text: &str, at: usize) -> Slip {
    let end = line(text, at).end;
    let start = text[at..end].to_lowercase().find("\\ud").map_or(at, |inside| at + inside);
    let length = "\\ud83d".len().min(end - start);
    let length = text[start..end].floor_char_boundary(length);
    let message = format!("`{}` is one half of a surrogate pair", &text[start..start + length]);
    Slip::new(start..start + length, message, "write the character itself, or both halves: \\ud83d\\ude00")
}

fn tab(text: &str, at: usize) -> Slip {
    let span = line(text, at);
    let written = &text[span.clone()];
    let Some(tab) = written.find('\t') else {
        return Slip::new(at..at, "there is a tab where YAML allows only spaces", "replace it with spaces");
    };
    let tabs = written[tab..].chars().take_while(|c| *c == '\t').count();
    let message = "this line is indented with a tab; YAML allows only spaces";
    let help = if tabs == 1 { "replace the tab with two spaces" } else { "replace each tab with two spaces" };
    Slip::new(span.start + tab..span.start + tab + tabs, message, help)
}

/// Cuts a text to at most 200 bytes, so that it fits a help line.
pub(super) fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(200)]
}
