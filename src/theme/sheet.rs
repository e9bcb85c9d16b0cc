//! The built-in style sheets: files by subject in `styles/`, joined into `assets/annals.css`, and some of them into
//! `assets/embed.css`.
//!
//! Comments and indentation are left out: they are for readers of the source.

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

/// The sheet of `embed.html`, in the same way: tokens, elements and lists of events, and no typeface to load.
const EMBED_FILES: [&str; 8] = files!["tokens", "base", "controls", "marks", "timeline", "lists", "states", "embed"];

static SHEET: LazyLock<String> = LazyLock::new(|| flat(&without_comments(&FILES.concat())));
static EMBED_SHEET: LazyLock<String> = LazyLock::new(|| with_themes(&flat(&without_comments(&EMBED_FILES.concat()))));

/// Returns the style sheet of every site that has none of its own.
pub(super) fn sheet() -> &'static str {
    &SHEET
}

/// Returns the style sheet of `embed.html`, if a site has none of its own.
pub(super) fn embed_sheet() -> &'static str {
    &EMBED_SHEET
}

/// Makes the first dark tokens of a flat sheet apply also where `data-theme` of the root element is `dark`, and not where
/// it is `light`. On paper all is light.
fn with_themes(sheet: &str) -> String {
    const DARK: &str = "@media (prefers-color-scheme: dark) {\n";
    let Some((before, rest)) = sheet.split_once(DARK) else { return sheet.to_owned() };
    let Some((dark, after)) = rest.split_once("}\n") else { return sheet.to_owned() };
    format!(
        "{before}&[data-theme=\"light\"] {{\ncolor-scheme: light;\n}}\n@media not print {{\n{DARK}\
         &:not([data-theme=\"light\"]) {{\n{dark}}}\n}}\n&[data-theme=\"dark\"] {{\ncolor-scheme: dark;\n{dark}}}\n}}\n{after}"
    )
}

/// Removes indentation, empty lines and spaces at the ends of lines. No string may continue on the next line.
fn flat(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Removes the comments of CSS; what looks like one inside a string stays.
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
    fn a_theme_can_be_asked_for() {
        let sheet = ":root {\n--ink: #000;\n@media (prefers-color-scheme: dark) {\n--ink: #fff;\n}\n}\n";
        let expected = ":root {\n--ink: #000;\n&[data-theme=\"light\"] {\ncolor-scheme: light;\n}\n@media not print {\n\
                        @media (prefers-color-scheme: dark) {\n&:not([data-theme=\"light\"]) {\n--ink: #fff;\n}\n}\n\
                        &[data-theme=\"dark\"] {\ncolor-scheme: dark;\n--ink: #fff;\n}\n}\n}\n";
        assert_eq!(with_themes(sheet), expected);
        assert!(embed_sheet().contains("&[data-theme=\"dark\"] {\ncolor-scheme: dark;\n--paper: "));
    }

    #[test]
    fn lines_keep_their_order_and_lose_their_indentation() {
        assert_eq!(flat("a {\n  b: c\n    d;\n\n}  \n"), "a {\nb: c\nd;\n}\n");
        assert_eq!(flat("\n \n"), "");
    }
}
