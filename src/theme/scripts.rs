//! The built-in scripts: files by subject in `scripts/`, written into every site without comments and indentation.
//!
//! They are one script to a site: it is the same on all pages, so a browser loads it once, and it compresses well. Only
//! `embed.html` has a script of its own, because readers of other sites load no other page.

use std::sync::LazyLock;

/// The files of `scripts/` with these names.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/", $name, ".js"))),*]
    };
}

/// In this order: a file uses what those before it define.
const FILES: [&str; 21] = files![
    "shared",
    "copy",
    "paragraphs",
    "tips",
    "marks",
    "map",
    "fold",
    "days",
    "dates",
    "filter/data",
    "columns",
    "filter/chart",
    "filter/controls",
    "take",
    "publishers",
    "search/index",
    "search/query",
    "search/ranking",
    "search/rows",
    "search/results",
    "search/suggest",
];

/// The files of the script of `embed.html`, in their order.
const EMBED_FILES: [&str; 2] = files!["days", "embed"];

static SCRIPT: LazyLock<String> = LazyLock::new(|| FILES.map(bare).concat());
static EMBED_SCRIPT: LazyLock<String> = LazyLock::new(|| EMBED_FILES.map(bare).concat());

/// Returns the script of every site that has none of its own.
pub(super) fn script() -> &'static str {
    &SCRIPT
}

/// Returns the script of `embed.html`, if a site has none of its own.
pub(super) fn embed_script() -> &'static str {
    &EMBED_SCRIPT
}

/// Removes comments, empty lines and indentation from a script. What might not be a comment stays.
///
/// Each line is looked at on its own, so no string, template or comment after code may continue on the next line.
fn bare(script: &str) -> String {
    let mut is_comment = false;
    let lines = script.lines().map(|line| without_trailing_comment(code_of(line, &mut is_comment)));
    lines.filter(|code| !code.is_empty()).flat_map(|code| [code, "\n"]).collect()
}

/// Removes the comment at the end of a line. A comment with a quote, a backtick or a slash stays: only these could close a
/// string, a template or a pattern that has what looks like a comment in it.
fn without_trailing_comment(line: &str) -> &str {
    match line.rsplit_once(" // ") {
        Some((code, comment)) if !comment.contains(['\'', '"', '`', '/']) => code.trim_end(),
        _ => line,
    }
}

/// Removes the comments at the beginning of a line. `is_comment` tells whether the line begins inside a comment, and is set
/// to whether it ends inside one.
fn code_of<'a>(line: &'a str, is_comment: &mut bool) -> &'a str {
    let mut rest = line.trim();
    loop {
        if *is_comment {
            let Some((_, after)) = rest.split_once("*/") else { return "" };
            (rest, *is_comment) = (after.trim_start(), false);
        }
        match rest.strip_prefix("/*") {
            Some(comment) => (rest, *is_comment) = (comment, true),
            None => return if rest.starts_with("//") { "" } else { rest },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_what_only_looks_like_one_stays() {
        for (script, expected) in [
            ("// a\n  b();\n\n\n    c();  \n", "b();\nc();\n"),
            ("a(); // b\n  c(); // é\n", "a();\nc();\n"),
            ("a(); // b // c\n", "a(); // b\n"),
            ("a(); // it's b\n", "a(); // it's b\n"),
            ("a('b // c');", "a('b // c');\n"),
            ("a(`b // ${c}`);", "a(`b // ${c}`);\n"),
            ("a = / // /; // b", "a = / // /;\n"),
            ("a = /b\\//g;", "a = /b\\//g;\n"),
            ("/* a */\nb();", "b();\n"),
            ("/** a\n *  b(); */\nc();", "c();\n"),
            ("/* a\n\n// b */ c();", "c();\n"),
            ("/* a */ /* b */ c();", "c();\n"),
            ("/*/ a\n*/\nb();", "b();\n"),
            ("a = b /* c */\n(d);", "a = b /* c */\n(d);\n"),
            ("a('//', \"/*\", `/* b */ // c`);", "a('//', \"/*\", `/* b */ // c`);\n"),
            ("a = /[/*]/;", "a = /[/*]/;\n"),
            ("“ß”; // é", "“ß”;\n"),
            ("/* never closed\na();", ""),
            ("\n \n", ""),
        ] {
            assert_eq!(bare(script), expected, "of {script}");
        }
    }

    #[test]
    fn no_comment_reaches_a_site() {
        for line in script().lines().chain(embed_script().lines()) {
            let has_comment = line.contains(" // ") || line.contains("/*");
            assert!(!has_comment, "write the comment without quotes, backticks and slashes, or above the line: {line}");
        }
    }

    #[test]
    fn only_code_continues_on_the_next_line() {
        for line in script().lines().chain(embed_script().lines()) {
            assert!(line.matches('`').count() % 2 == 0, "a template continues after {line}");
            assert!(!line.ends_with('\\'), "a string continues after {line}");
            let comment = line.rsplit_once("/*").map(|(_, comment)| comment);
            assert!(comment.is_none_or(|comment| comment.contains("*/")), "a comment continues after {line}");
        }
    }
}
