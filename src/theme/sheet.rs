//! The built-in style sheet: files by subject in `styles/`, joined into `assets/annals.css`.
//!
//! What is for the readers of the source, comments and indentation, is not for those of the site.

use std::sync::LazyLock;

/// The files of `styles/` with these names.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/styles/", $name, ".css"))),*]
    };
}

/// In this order: of two rules of the same layer and the same specificity, the later wins.
const FILES: [&str; 27] = files![
    "tokens", "fonts", "base", "controls", "frame", "marks", "timeline", "lists", "entry", "text", "accounts", "votes",
    "search", "pictures", "charts", "overview", "lanes", "meetings", "filters", "citing", "sources", "changes", "data",
    "document", "map", "states", "print",
];

static SHEET: LazyLock<String> = LazyLock::new(|| flat(&without_comments(&FILES.concat())));

/// The style sheet of every site that has none of its own.
pub(super) fn sheet() -> &'static str {
    &SHEET
}

/// A text without indentation, empty lines and spaces at the ends of lines. No string may go over a line's end.
fn flat(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// CSS without its comments; what looks like one inside a string stays.
fn without_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    let mut string: Option<char> = None;
    while let Some(letter) = rest.chars().next() {
        let length = match (string, letter) {
            (None, '/') if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |(_, after)| after);
                continue;
            }
            (Some(_), '\\') => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            (Some(quote), _) if quote == letter => {
                string = None;
                letter.len_utf8()
            }
            (None, '"' | '\'') => {
                string = Some(letter);
                letter.len_utf8()
            }
            _ => letter.len_utf8(),
        };
        let (taken, after) = rest.split_at(length);
        bare.push_str(taken);
        rest = after;
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_what_only_looks_like_one_stays() {
        for (css, bare) in [
            ("a/* x */{}", "a{}"),
            ("/* a */\n/* b { */p{}", "\np{}"),
            (r#"a{content:"/* x */"}"#, r#"a{content:"/* x */"}"#),
            (r#"a{content:"\"/* x */"}/* y */"#, r#"a{content:"\"/* x */"}"#),
            (r"a{content:'\'/*'}/* it's */b{}", r"a{content:'\'/*'}b{}"),
            ("a{background:url(x/*y*/)}", "a{background:url(x)}"),
            ("é/* é */“ß”", "é“ß”"),
            ("a{}/* never closed", "a{}"),
            ("a{content:\"\\", "a{content:\"\\"),
            ("a / b", "a / b"),
        ] {
            assert_eq!(without_comments(css), bare, "of {css}");
        }
    }

    #[test]
    fn lines_keep_their_order_and_lose_their_indentation() {
        assert_eq!(flat("a {\n  b: c\n    d;\n\n}  \n"), "a {\nb: c\nd;\n}\n");
        assert_eq!(flat("\n \n"), "");
    }
}
