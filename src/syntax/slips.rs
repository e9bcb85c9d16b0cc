//! Common mistakes in TOML and YAML: the other language, typographic quotes, characters that only look like spaces.
//!
//! A line that cannot be read is examined again, as its author sees it. If that shows what was meant, the report says so and
//! gives the corrected line. All positions are bytes of the piece, not of the file.

use super::{Language, Piece};
use crate::diagnostic::{Code, Problems, Span};

/// A mistake that was recognised: where, what is wrong, what to write instead.
#[derive(Debug)]
pub(super) struct Slip {
    pub span: Span,
    pub message: String,
    pub help: String,
}

impl Slip {
    pub(super) fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }

    /// Reports the mistake.
    pub(super) fn report(self, code: Code, piece: &Piece<'_>, problems: &mut Problems) {
        problems.report(code, (piece.file, piece.in_file(&self.span)), self.message).help(self.help);
    }
}

/// The longest line that is examined, in bytes; help for a longer one would be as long.
const LINE: usize = 1000;

/// Returns the line that contains a position, without its line end.
pub(super) fn line(text: &str, at: usize) -> Span {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    start..start + text[start..end].trim_end_matches('\r').len()
}

/// Returns the closest line above a position that is not blank, among the eight lines above it.
pub(super) fn line_above(text: &str, at: usize) -> Option<Span> {
    let mut start = line(text, at).start;
    for _ in 0..8 {
        let above = line(text, start.checked_sub(1)?);
        if !text[above.clone()].trim().is_empty() {
            return Some(above);
        }
        start = above.start;
    }
    None
}

/// A line `key SIGN value`, taken apart. `key` and `value` have no white space around them.
pub(super) struct Entry<'t> {
    pub key: &'t str,
    pub value: &'t str,
    /// The byte of the line at which the sign is.
    pub sign: usize,
    /// The byte of the line at which the value begins.
    pub start: usize,
}

/// Takes a line apart as `key SIGN value`. `None` if what precedes the sign is not a plain or quoted name, with or without `- `
/// before it.
pub(super) fn entry(line: &str, sign: char) -> Option<Entry<'_>> {
    let at = line.find(sign)?;
    let key = line[..at].trim_matches(is_space);
    let key = key.strip_prefix("- ").unwrap_or(key).trim_matches(is_space);
    let name = key.trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || is_odd(c);
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    let rest = &line[at + sign.len_utf8()..];
    let value = rest.trim_matches(is_space);
    Some(Entry { key, value, sign: at, start: line.len() - rest.trim_start_matches(is_space).len() })
}

/// Writes a text as a quoted value, without escapes where that is possible.
pub(super) fn quoted(text: &str, language: Language) -> String {
    let text = text.trim_matches(is_space);
    let escapes = text.contains(['"', '\\']) || text.contains(char::is_control);
    match language {
        Language::Toml if escapes && !text.contains('\'') => format!("'{text}'"),
        Language::Yaml if escapes => format!("'{}'", text.replace('\'', "''")),
        Language::Toml if escapes => serde_json::Value::from(text).to_string(),
        _ => format!("\"{text}\""),
    }
}

/// Writes a value as the language requires it: numbers, days, and values between quotes or brackets unchanged; words such as
/// `yes` and `off` as `true` or `false`; everything else between quotes.
pub(super) fn as_value(written: &str, language: Language) -> String {
    let whole = |open: char, close: char| written.len() > 1 && written.starts_with(open) && written.ends_with(close);
    let day = written.len() == 10 && written.chars().all(|c| c.is_ascii_digit() || c == '-');
    let plain = matches!(written, "true" | "false")
        || day
        || (written.parse::<i64>().is_ok() && !written.starts_with('0'))
        || whole('"', '"')
        || whole('\'', '\'')
        || whole('[', ']');
    match written.to_lowercase().as_str() {
        _ if plain => written.to_owned(),
        "true" | "yes" | "on" => "true".to_owned(),
        "false" | "no" | "off" => "false".to_owned(),
        _ => quoted(written, language),
    }
}

/// Recognises a text that is in the other language from the first line to the last; or, in place of TOML, a JSON object.
pub(super) fn other_language(text: &str, language: Language, fenced: bool) -> Option<Slip> {
    let (mut toml, mut yaml) = (None, None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        if line.len() > LINE {
            continue;
        }
        let header = line.starts_with('[') && line.ends_with(']') && !line.contains([',', '"', '\'']);
        if header || is_entry(line, Language::Toml) {
            toml.get_or_insert(start..start + line.len());
        } else if is_entry(line, Language::Yaml) {
            yaml.get_or_insert(start..start + line.len());
        }
        if toml.is_some() && yaml.is_some() {
            return None;
        }
    }
    if language == Language::Toml && text.trim_start().starts_with('{') && text.contains("\":") {
        let start = text.len() - text.trim_start().len();
        let help = match json_entry(text) {
            Some(line) => format!("write one key per line, without braces and commas: {line}"),
            None => "write one key per line, without braces and commas: title = \"…\"".to_owned(),
        };
        let message = if fenced { "this is JSON, but `+++` lines enclose TOML" } else { "this is JSON, not TOML" };
        return Some(Slip::new(start..start + 1, message, help));
    }
    let first = match language {
        Language::Toml => yaml?,
        Language::Yaml => toml?,
    };
    let rewritten = rewritten(&text[first.clone()], language);
    let (here, other) = (language, language.other());
    if !fenced {
        let message = format!("this is {}, not {}", other.name(), here.name());
        let example = rewritten.unwrap_or_else(|| format!("a key, `{}`, and its value", here.sign()));
        return Some(Slip::new(first, message, format!("write {}: {example}", here.name())));
    }
    let message = format!("this is {}, but `{}` lines enclose {}", other.name(), here.fence(), here.name());
    let instead = rewritten.map(|line| format!("; or write {}: {line}", here.name())).unwrap_or_default();
    let help = format!("write `{}` in place of both `{}` lines{instead}", other.fence(), here.fence());
    Some(Slip::new(first, message, help))
}

/// Rewrites the first key and value of a JSON object as a line of TOML.
pub(crate) fn json_entry(text: &str) -> Option<String> {
    let line =
        text.lines().map(|line| line.trim().trim_matches(['{', '}', ',']).trim()).find(|line| !line.is_empty())?;
    let (key, value) = line.split_once(':')?;
    let value = value.split_once(", \"").map_or(value, |(first, _)| first);
    let key = key.trim().trim_matches('"');
    (line.len() < LINE && !key.is_empty()).then(|| format!("{key} = {}", value.trim()))
}

fn is_entry(line: &str, language: Language) -> bool {
    let Some(entry) = entry(line, language.sign()) else { return false };
    language == Language::Toml || entry.value.is_empty() || line[entry.sign + 1..].starts_with(is_space)
}

/// Recognises a line of the other language at a position, among lines that are right.
pub(super) fn foreign_line(text: &str, at: usize, language: Language) -> Option<Slip> {
    let span = line(text, at);
    let line = &text[span.clone()];
    if line.len() > LINE || !is_entry(line, language.other()) || is_entry(line, language) {
        return None;
    }
    let entry = entry(line, language.other().sign())?;
    let (sign, other) = (language.sign(), language.other().sign());
    let message = format!("between key and value, {} has `{sign}`, not `{other}`", language.name());
    let help = format!("write {}", rewritten(line, language)?);
    Some(Slip::new(span.start + entry.sign..span.start + entry.sign + 1, message, help))
}

/// Rewrites a line of the other language in this one.
fn rewritten(line: &str, language: Language) -> Option<String> {
    let entry = entry(line, language.other().sign())?;
    let straight = straightened(entry.value, language);
    let value = straight.as_deref().unwrap_or(entry.value);
    let key = entry.key.trim_matches(is_space);
    match language {
        Language::Toml if value.is_empty() => None,
        Language::Toml => Some(format!("{key} = {}", as_value(value, language))),
        Language::Yaml => Some(format!("{key}: {value}")),
    }
}

/// Recognises code of a template language that begins at a position, in place of a value or a key: `{{ … }}`, `{% … %}`,
/// `<% … %>`.
pub(super) fn template_code(text: &str, at: usize, language: Language) -> Option<Slip> {
    let end = line(text, at).end.max(at);
    let rest = &text[at..end];
    let close = TEMPLATES.iter().find(|(open, _)| rest.starts_with(open))?.1;
    let length = rest.rfind(close).map_or(rest.trim_end().len(), |inside| inside + close.len());
    let before = text[line(text, at).start..at].trim_matches(is_space);
    let key = before.strip_suffix(language.sign()).filter(|key| !key.contains(language.sign()));
    let help = match key.map(|key| key.trim_start_matches("- ").trim_end()) {
        Some(key) => format!("write the text it should produce: {key}{} …", language.between()),
        None => "write the text it should produce".to_owned(),
    };
    let message = format!("`{}` is template code for another program, which annals does not run", &rest[..length]);
    Some(Slip::new(at..at + length, message, help))
}

/// How the code of template languages begins and ends.
const TEMPLATES: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("<%", "%>")];

/// Recognises template code anywhere on the line at a position, where a key, a value or an item of a list begins.
pub(super) fn template_line(text: &str, at: usize, language: Language) -> Option<Slip> {
    let span = line(text, at);
    let line = &text[span.clone()];
    let found = TEMPLATES.iter().filter_map(|(open, _)| line.find(open)).min()?;
    let before = line[..found].trim_matches(is_space);
    let begins = before.is_empty() || before.ends_with(['[', ',', '-', language.sign()]);
    let is_quoted = before.contains(['"', '\'', '#']);
    if !begins || is_quoted {
        return None;
    }
    template_code(text, span.start + found, language)
}

/// Whether a character is a hyphen, a minus or a dash of any kind.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Whether a character is a plus sign of any kind.
pub(crate) fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋' | '﹢')
}

/// A line of dashes or plus signs that was meant as the end of the front matter.
pub(super) fn almost_fence(text: &str, at: usize, language: Language) -> Option<Slip> {
    let span = line(text, at);
    let written = text[span.clone()].trim_matches(is_space);
    let signs = |is_sign: fn(char) -> bool| written.chars().all(|c| is_sign(c) || is_space(c));
    if written.chars().count() < 2 || !(signs(is_dash) || signs(is_plus)) {
        return None;
    }
    let fence = language.fence();
    let message = format!("this line does not end the front matter; only `{fence}` does");
    Some(Slip::new(span, message, format!("write `{fence}` on this line, and nothing else")))
}

/// Whether a character is white space, or looks like it.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || is_odd(c)
}

/// Whether a character is invisible, or looks like a plain space without being one.
pub(super) fn is_odd(c: char) -> bool {
    name_of(c).is_some()
}

/// Returns the name of a character that looks like a space or is invisible, and whether it has a width.
fn name_of(c: char) -> Option<(&'static str, bool)> {
    Some(match c {
        '\u{A0}' => ("a no-break space", true),
        '\u{202F}' => ("a narrow no-break space", true),
        '\u{2007}' => ("a figure space", true),
        '\u{3000}' => ("an ideographic space", true),
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' => ("a typographic space", true),
        '\u{AD}' => ("a soft hyphen", false),
        '\u{200B}' => ("a zero-width space", false),
        '\u{200C}' | '\u{200D}' => ("a zero-width joiner", false),
        '\u{200E}' | '\u{200F}' | '\u{61C}' => ("a text direction mark", false),
        '\u{2060}' => ("a word joiner", false),
        '\u{FEFF}' => ("a byte order mark", false),
        _ => return None,
    })
}

/// Removes invisible characters from a text, and replaces characters that look like a space by plain spaces.
pub(crate) fn plain(text: &str) -> String {
    let plain = |c: char| match name_of(c) {
        Some((_, true)) => Some(' '),
        Some((_, false)) => None,
        None => Some(c),
    };
    text.chars().filter_map(plain).collect()
}

/// Returns the first character of a text that is invisible or only looks like a space: the byte at which it is, and its name
/// with its code point.
pub(crate) fn odd_character(text: &str) -> Option<(usize, String)> {
    let (at, c) = text.char_indices().find(|(_, c)| is_odd(*c))?;
    let (name, _) = name_of(c)?;
    Some((at, format!("{name} (U+{:04X})", u32::from(c))))
}

/// Recognises typographic quotes around a value, full-width signs, or characters that only look like spaces, on the line at a
/// position.
pub(super) fn odd_characters(text: &str, at: usize, language: Language) -> Option<Slip> {
    let span = line(text, at);
    let line = &text[span.clone()];
    if line.len() > LINE || line.is_ascii() {
        return None;
    }
    quotes(line, span.start, language)
        .or_else(|| signs(line, span.start))
        .or_else(|| spaces(line, span.start, language))
}

/// Each opening quote with the quotes that close it in some language.
const QUOTES: &[(char, &[char])] = &[
    ('“', &['”', '“']),
    ('”', &['”', '“']),
    ('„', &['“', '”', '„']),
    ('‟', &['”', '‟']),
    ('«', &['»', '«']),
    ('»', &['«', '»']),
    ('‹', &['›', '‹']),
    ('›', &['‹', '›']),
    ('‘', &['’', '‘']),
    ('’', &['’', '‘']),
    ('‚', &['‘', '’']),
    ('″', &['″']),
    ('＂', &['＂']),
    ('「', &['」']),
];

fn is_typographic(c: char) -> bool {
    QUOTES.iter().any(|(open, close)| *open == c || close.contains(&c))
}

/// Recognises typographic quotes around a value; `offset` is the byte at which the line begins.
fn quotes(line: &str, offset: usize, language: Language) -> Option<Slip> {
    let sign = line.find(language.sign());
    let start = sign.map_or(0, |at| at + 1);
    let rest = &line[start..];
    let value = rest.trim_matches(is_space);
    let start = start + rest.len() - rest.trim_start_matches(is_space).len();
    let straight = straightened(value, language)?;
    let message = "typographic quotes do not mark text; straight quotes do";
    let help = format!("write {}{straight}", plain(&line[..start]).trim_start());
    Some(Slip::new(offset + start..offset + start + value.len(), message, help))
}

/// Makes the typographic quotes around a value straight, or those around the items of a list. `None` if there are none.
pub(super) fn straightened(value: &str, language: Language) -> Option<String> {
    if !value.contains(is_typographic) {
        return None;
    }
    if let Some(items) = value.strip_prefix('[').map(|inside| inside.trim_end_matches(']')) {
        let mut changed = false;
        let item = |item: &str| {
            let item = item.trim_matches(is_space);
            unquoted(item).map_or_else(|| item.to_owned(), |inside| quoted(inside, language))
        };
        let items: Vec<String> = items.split(',').map(item).collect();
        for item in &items {
            changed |= item.starts_with(['"', '\'']);
        }
        return changed.then(|| format!("[{}]", items.join(", ")));
    }
    if let Some(inside) = unquoted(value) {
        return Some(quoted(inside, language));
    }
    // One of the two quotes is straight: `"Words”`, `“Words"`.
    let mixed = value
        .strip_prefix(['"', '\''])
        .filter(|inside| !inside.contains(['"', '\'']))
        .and_then(|inside| inside.strip_suffix(is_typographic))
        .or_else(|| value.strip_prefix(is_typographic).and_then(|inside| inside.strip_suffix(['"', '\''])));
    mixed.map(|inside| quoted(inside, language))
}

/// Removes the typographic quotes around a text. `None` if there are none, or nothing between them.
pub(crate) fn unquoted(text: &str) -> Option<&str> {
    let open = text.chars().next()?;
    let (_, close) = QUOTES.iter().find(|(quote, _)| *quote == open)?;
    let inside = text[open.len_utf8()..].strip_suffix(*close)?;
    Some(inside.trim_matches(is_space)).filter(|inside| !inside.is_empty())
}

/// A full-width sign between key and value.
fn signs(line: &str, offset: usize) -> Option<Slip> {
    let (at, c) = line.char_indices().find(|(_, c)| !(c.is_alphanumeric() || "_-\"' ".contains(*c) || is_odd(*c)))?;
    let sign = match c {
        '：' | '︓' | '﹕' => ':',
        '＝' | '﹦' => '=',
        _ => return None,
    };
    let message = format!("`{c}` (U+{:04X}) only looks like `{sign}`", u32::from(c));
    let rest = line[at + c.len_utf8()..].trim_matches(is_space);
    let before = line[..at].trim_matches(is_space);
    let help = if sign == ':' { format!("write {before}: {rest}") } else { format!("write {before} = {rest}") };
    Some(Slip::new(offset + at..offset + at + c.len_utf8(), message, help))
}

/// A character that looks like a space or is invisible, in a position where only syntax is allowed: outside quotes in TOML,
/// before the value in YAML.
fn spaces(line: &str, offset: usize, language: Language) -> Option<Slip> {
    let mut open = None;
    let mut in_value = false;
    for (at, c) in line.char_indices() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => open = Some(c),
            None if is_odd(c) && !in_value => {
                let (name, width) = name_of(c)?;
                let message =
                    format!("this is {name} (U+{:04X}), which {} does not allow here", u32::from(c), language.name());
                let line = plain(line);
                let help = if width { "replace it with a plain space" } else { "remove it" };
                return Some(Slip::new(
                    offset + at..offset + at + c.len_utf8(),
                    message,
                    format!("{help}: {}", line.trim()),
                ));
            }
            None => in_value |= language == Language::Yaml && at > 0 && value_begins(line, at, c),
        }
    }
    None
}

/// Whether the value of a YAML line begins at a character.
fn value_begins(line: &str, at: usize, c: char) -> bool {
    !is_space(c) && line[..at].trim_end_matches(is_space).ends_with(':')
}
