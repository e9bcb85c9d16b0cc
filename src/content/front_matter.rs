//! Where front matter ends and text begins.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span};

/// The language of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// TOML between `+++` lines.
    Toml,
    /// YAML between `---` lines.
    Yaml,
}

impl Language {
    const fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }
}

/// The parts of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// What the front matter is written in.
    pub language: Language,
    /// The bytes of the opening line, without its end.
    pub opening: Span,
    /// The bytes of the front matter.
    pub matter: Span,
    /// The bytes of the text after it.
    pub body: Span,
}

/// Finds the parts of a file, or says why it has none.
///
/// # Errors
/// A diagnostic, boxed, where the file is empty or its front matter does not begin or end.
pub fn split(file: &Arc<str>, text: &str) -> Result<Parts, Box<Diagnostic>> {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    let language = match first.trim_end() {
        "+++" => Language::Toml,
        "---" => Language::Yaml,
        _ => return Err(Box::new(without_front_matter(file, text))),
    };
    let start = first.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == language.fence() {
            return Ok(Parts {
                language,
                opening: 0..language.fence().len(),
                matter: start..at,
                body: at + line.len()..text.len(),
            });
        }
        at += line.len();
    }
    let fence = language.fence();
    let message = format!("the front matter that begins here has no closing `{fence}` line");
    let help = format!("add a line `{fence}` between the front matter and the text");
    let diagnostic = Diagnostic::at(Code::UnclosedFrontMatter, file, 0..fence.len(), message);
    Err(Box::new(diagnostic.help(help)))
}

fn without_front_matter(file: &Arc<str>, text: &str) -> Diagnostic {
    if text.trim().is_empty() {
        return Diagnostic::whole(Code::EmptyFile, file, "the file is empty")
            .help("write front matter between two `+++` lines, then the text; or delete the file");
    }
    let line = text.lines().next().unwrap_or_default();
    Diagnostic::at(Code::NoFrontMatter, file, 0..line.len(), "the text begins without front matter")
        .help("begin the file with a line `+++`, the front matter in TOML, and another line `+++`")
}

#[cfg(test)]
mod tests {
    use super::{Language, split};

    #[test]
    fn line_ends_and_trailing_space_do_not_matter() {
        let file = "x.md".into();
        let parts = split(&file, "--- \r\ntitle: x\r\n---\r\nText").expect("the fences are there");
        assert_eq!(parts.language, Language::Yaml);
        assert_eq!(parts.matter, 6..16);
        assert_eq!(parts.body, 21..25);
    }
}
