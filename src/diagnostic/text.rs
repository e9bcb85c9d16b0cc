//! Characters that files must not contain and reports must not print.

/// Returns whether files must not contain a character: control characters, noncharacters, and those that change the direction
/// of the text around them (Unicode's Bidi_Control without the harmless marks, UAX #9), which can make one line look like
/// another.
#[must_use]
pub(crate) fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || is_noncharacter(c)
}

/// Returns whether a character is a noncharacter, which Unicode will never assign. HTML treats these as errors, and XML 1.0
/// excludes U+FFFE and U+FFFF.
#[must_use]
pub(crate) fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Returns whether a character is invisible or controls a terminal: control characters (C0, C1, DEL), line and paragraph
/// separators, everything that changes the direction of text, zero-width characters, tags.
#[must_use]
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Writes a text as one line that is safe in a terminal or a log: every hidden character becomes its code point, `\u{9b}`.
#[must_use]
pub(crate) fn shown(text: &str) -> String {
    if !text.contains(is_hidden) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_shown(&mut out, c);
    }
    out
}

/// Appends a character to a text in the form of [`shown`].
pub(super) fn push_shown(out: &mut String, c: char) {
    if is_hidden(c) {
        out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
    } else {
        out.push(c);
    }
}

/// Writes several lines in a form that is safe in a terminal or a log. Hidden characters become code points, and text that a
/// build service would take for a command is broken up: `::` at the beginning of a line (GitHub), `##[` (GitHub and Azure) and
/// `##vso[` anywhere. With `colour`, escapes that only set a colour are kept.
#[must_use]
pub(crate) fn harmless(text: &str, colour: bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let mut rest = line;
        if rest.trim_start().starts_with("::") {
            let at = rest.len() - rest.trim_start().len();
            out.push_str(&shown(&rest[..at]));
            out.push_str(&code_point(':'));
            rest = &rest[at + 1..];
        }
        while let Some(c) = rest.chars().next() {
            if colour && let Some(length) = colour_escape(rest) {
                out.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            if c == '#' && is_command(rest) {
                out.push_str(&code_point('#'));
            } else {
                push_shown(&mut out, c);
            }
            rest = &rest[c.len_utf8()..];
        }
        out.push_str(end);
    }
    out
}

fn code_point(c: char) -> String {
    format!("\\u{{{:x}}}", u32::from(c))
}

/// Returns whether a text begins like a command of a build service that may occur anywhere in a line.
pub(super) fn is_command(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("##") else { return false };
    let word = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.len() - word.len() <= 16 && word.starts_with('[')
}

/// Returns the length in bytes of the escape at the beginning of a text, if it sets colour or weight (SGR, ECMA-48 8.3.117).
fn colour_escape(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\u{1b}[")?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
    rest[end..].starts_with('m').then_some(2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::{harmless, shown};

    #[test]
    fn nothing_hidden_is_shown() {
        assert_eq!(
            shown("a\u{1b}[31m\u{9b}\r\n\u{202e}\u{feff}b"),
            "a\\u{1b}[31m\\u{9b}\\u{d}\\u{a}\\u{202e}\\u{feff}b"
        );
        assert_eq!(shown("كلمة é 😀"), "كلمة é 😀");
    }

    #[test]
    fn no_line_is_a_command() {
        assert_eq!(harmless("::error::x\n  ::set-env\na::b\n", false), "\\u{3a}:error::x\n  \\u{3a}:set-env\na::b\n");
        assert_eq!(harmless("x ##[group]y ##vso[task]", false), "x \\u{23}#[group]y \\u{23}#vso[task]");
        assert_eq!(harmless("## Heading [a]", false), "## Heading [a]");
    }

    #[test]
    fn colours_pass_and_nothing_else() {
        assert_eq!(harmless("\u{1b}[1;31mx\u{1b}[0m\u{1b}[2J", true), "\u{1b}[1;31mx\u{1b}[0m\\u{1b}[2J");
        assert_eq!(harmless("\u{1b}[1mx", false), "\\u{1b}[1mx");
    }
}
