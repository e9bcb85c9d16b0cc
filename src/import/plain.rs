//! Text from elsewhere made harmless: as a line of front matter, and as markdown that shows exactly these words.

use crate::content::MatterValue;
use crate::diagnostic::is_refused;
use crate::foreign::notations;

/// Returns words on one line, without characters that files must not contain. Comments and code of other programs, which a
/// value cannot hold, are broken up by spaces: `{ { x }}`.
#[must_use]
pub(super) fn line(text: &str) -> String {
    let mut line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    while let Some(at) = notations(&line).next().map(|found| found.at.start) {
        let first = line[at..].chars().next().map_or(1, char::len_utf8);
        line.insert(at + first, ' ');
    }
    line
}

/// Returns a [`line()`] as a value of front matter; `None` if no word is left.
#[must_use]
pub(super) fn line_value(text: &str) -> Option<MatterValue> {
    Some(line(text)).filter(|line| !line.is_empty()).map(MatterValue::Text)
}

/// Counts the characters that [`clean`] removes, such as those that control text or turn its direction.
#[must_use]
pub(super) fn refused(text: &str) -> usize {
    if text.is_ascii() && !text.bytes().any(|b| b < b' ' || b == 0x7f) {
        return 0;
    }
    text.chars().filter(|c| cleaned(*c).is_none()).count()
}

/// Removes the characters that files must not contain. Line separators become line feeds, tabs and byte order marks spaces.
#[must_use]
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter_map(cleaned).collect()
}

/// Returns what a character becomes; `None` if files must not contain it ([`is_refused`]) and it separates no lines.
fn cleaned(c: char) -> Option<char> {
    match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\u{feff}' => Some(' '),
        c => Some(c).filter(|c| !is_refused(*c)),
    }
}

/// Returns markdown that shows a plain text: paragraphs between blank lines, other line ends as hard line breaks, and a
/// backslash before every character that markdown would interpret. Web addresses are not escaped, so that they become links.
#[must_use]
pub(super) fn markdown(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut is_new = true;
    for line in text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if line.is_empty() {
            is_new = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if is_new { "\n\n" } else { "\\\n" });
        }
        is_new = false;
        push_escaped(&mut out, &line, true);
    }
    out
}

/// Appends words to a line of markdown so that they are shown as they are. `begins` says whether they begin the line.
pub(super) fn push_escaped(out: &mut String, words: &str, begins: bool) {
    let mut rest = words;
    let mut begins = begins;
    while !rest.is_empty() {
        let length = address(rest);
        if length > 0 && !out.ends_with(|c: char| c.is_alphanumeric()) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            begins = false;
            continue;
        }
        let after = |at: usize| rest[at..].chars().next().unwrap_or('\n');
        let Some(c) = rest.chars().next() else { break };
        let before = out.chars().next_back().unwrap_or('\n');
        let next = after(c.len_utf8());
        if begins && c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            out.push_str(&rest[..digits]);
            if matches!(after(digits), '.' | ')') {
                out.push('\\');
            }
            rest = &rest[digits..];
            begins = false;
            continue;
        }
        if is_markup(c, before, next, rest, begins) {
            out.push('\\');
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
        begins = false;
    }
}

/// Returns whether a character would be interpreted, by markdown or as mark-up that annals reports as failed. `begins` says
/// whether it begins the line; `rest` begins with it.
fn is_markup(c: char, before: char, next: char, rest: &str, begins: bool) -> bool {
    let is_word = char::is_alphanumeric;
    match c {
        '\\' | '`' | '*' | ']' | '<' | '{' | '}' | '|' | '^' => true,
        // A single `[` begins nothing, because every `]` is escaped; escaping both would look like a formula, `\[ … \]`.
        '[' => before == '[',
        '_' => !(is_word(before) && is_word(next)),
        '~' => !next.is_ascii_digit(),
        '>' => begins || matches!(before, '-' | '—' | '–' | '%' | '?'),
        '$' | '=' | '%' => begins && c == '=' || next == c || before == c,
        '&' => rest[1..].split_once(';').is_some_and(|(name, _)| {
            !name.is_empty() && name.len() < 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        }),
        '#' | '+' | '-' if begins => true,
        ':' => {
            let word = rest[1..].split(':').next().unwrap_or_default();
            let is_name = |word: &str| {
                !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-'))
            };
            begins || (rest.len() > word.len() + 1 && is_name(word) && !is_word(before))
        }
        _ => false,
    }
}

/// Returns the length in bytes of the web address with which a text begins; 0 if there is none that markdown would leave alone.
fn address(text: &str) -> usize {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return 0;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>\"'`\\[]{}|^*~".contains(c)).unwrap_or(text.len());
    let is_plain = |text: &str| !text.contains("__") && crate::fields::web_url(text).is_ok();
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_', ')', '&']);
    if is_plain(address) { address.len() } else { 0 }
}

/// Returns an address as the destination of a link, between angle brackets where it needs them (CommonMark, section 6.3).
#[must_use]
pub(super) fn destination(address: &str) -> String {
    if address.contains(['(', ')', ' ', '\\', '*', '_', '&']) { format!("<{address}>") } else { address.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};

    use super::{clean, line, markdown, refused};
    use crate::content::markdown_options;
    use crate::foreign::notations;

    /// Returns the words that readers see, and whether the text consists only of paragraphs of words.
    fn shown(text: &str) -> (String, bool) {
        let mut words = String::new();
        let mut is_plain = true;
        for event in Parser::new_ext(text, markdown_options()) {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::SoftBreak | Event::HardBreak => words.push('\n'),
                Event::Start(Tag::Paragraph) => {}
                Event::End(TagEnd::Paragraph) => words.push('\n'),
                _ => is_plain = false,
            }
        }
        (words.split_whitespace().collect::<Vec<_>>().join(" "), is_plain)
    }

    #[test]
    fn markdown_is_escaped_only_where_it_has_to_be() {
        for (text, escaped) in [
            ("Talks on 20 May (5 % of them) cost $500 & more - or less: see a_b.", None),
            ("1. One", Some("1\\. One")),
            ("# One", Some("\\# One")),
            ("a *b* [c](d) <e>", Some("a \\*b\\* [c\\](d) \\<e>")),
            ("{{ x }} and %%y%%", Some("\\{\\{ x \\}\\} and \\%\\%y\\%\\%")),
            ("AT&T &amp; &#1;", Some("AT&T \\&amp; \\&#1;")),
            ("see https://example.org/a_b?c=d.", None),
        ] {
            assert_eq!(markdown(text), escaped.unwrap_or(text));
        }
        assert_eq!(markdown("a\r\nb\n\n\n  c"), "a\\\nb\n\nc");
    }

    #[test]
    fn line_separators_separate_words() {
        for separator in ["\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = format!("one{separator}two");
            assert_eq!((clean(&text).as_str(), line(&text).as_str(), refused(&text)), ("one\ntwo", "one two", 0));
        }
        assert_eq!((clean("a\u{1}b").as_str(), refused("a\u{1}b")), ("ab", 1));
    }

    #[test]
    fn a_line_holds_no_notation() {
        assert_eq!(line(" {{ x }}\n<!-- y -->\u{202e} %%z"), "{ { x }} < !-- y - -> % %z");
        assert_eq!(line("plain, 5% <b>"), "plain, 5% <b>");
    }

    proptest! {
        #[test]
        fn whatever_the_text_readers_see_its_words(parts in proptest::collection::vec(prop::sample::select(PARTS), 0..12)) {
            let text = parts.concat();
            let (words, is_plain) = shown(&markdown(&text));
            let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert!(is_plain, "{text:?} → {:?}", markdown(&text));
            prop_assert_eq!(words, expected, "{:?}", markdown(&text));
            let line = line(&text);
            prop_assert_eq!(notations(&line).next(), None);
        }
    }

    const PARTS: &[&str] = &[
        "a",
        "b",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~",
        "~~",
        "#",
        "##",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "!",
        "[^a]",
        "[[a]]",
        "{",
        "{{",
        "}}",
        "%%",
        "{%",
        "|",
        "\n---\n",
        "\n|-|\n",
        "===",
        "-",
        "+ ",
        "1.",
        "2) ",
        "&amp;",
        "&#35;",
        "\\",
        "^",
        "$$",
        ":a:",
        ": ",
        "http://",
        "www.a.org",
        "<b>",
        "<!--",
        "-->",
        "[ ]",
        "=",
        "\n    ",
        ">>",
        "العربية",
        "😀",
    ];
}
