//! Where front matter ends and text begins.

use crate::diagnostic::{Code, Problems, Span, is_hidden};
use crate::source_path::SourcePath;
use crate::syntax::{Language, is_dash, is_plus};

/// The parts of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// The language of the front matter.
    pub language: Language,
    /// The bytes of the opening line, without its line end.
    pub opening: Span,
    /// The bytes of the front matter.
    pub matter: Span,
    /// The bytes of the text after it.
    pub body: Span,
}

/// Splits a file into its parts. Reports a file that is empty or whose front matter has no beginning or end, and then
/// returns `None`.
pub(super) fn split(file: &SourcePath, text: &str, problems: &mut Problems) -> Option<Parts> {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    let language = match first.trim_end() {
        "+++" => Language::Toml,
        "---" => Language::Yaml,
        _ => {
            without_front_matter(file, text, problems);
            return None;
        }
    };
    let start = first.len();
    if let Some(end) = closing(text, start, language) {
        return Some(Parts {
            language,
            opening: 0..language.fence().len(),
            matter: start..end.start,
            body: end.end..text.len(),
        });
    }
    let mut at = start;
    // A line that may be meant as the end, if there is no proper one.
    let mut meant = None;
    for line in text[start..].split_inclusive('\n') {
        let trimmed = line.trim_end();
        if meant.is_none() && may_be_fence(trimmed) {
            meant = Some((at..at + trimmed.len(), Fence::read(trimmed)));
        }
        at += line.len();
    }
    let (span, message, help) = unclosed(language, meant);
    problems.report(Code::UnclosedFrontMatter, (file, span), message).help(help);
    None
}

/// Returns the bytes of the first line from `start` on that is the language's fence and nothing else, its line end
/// included.
fn closing(text: &str, start: usize, language: Language) -> Option<Span> {
    // Only at the beginning of a line: the opening line ends just before `start`.
    let mut line_ends = memchr::memchr_iter(b'\n', &text.as_bytes()[start - 1..]).map(|at| start - 1 + at);
    line_ends.find_map(|line_end| {
        let rest = text[line_end + 1..].strip_prefix(language.fence())?;
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let end = text.len() - rest.len() + line.len();
        line.trim_end().is_empty().then_some(line_end + 1..end)
    })
}

/// Returns the place, message and help of a report on front matter that does not end. `meant` is a line that was probably
/// meant as its end, and the fence that it resembles.
fn unclosed(language: Language, meant: Option<(Span, Option<Fence>)>) -> (Span, String, String) {
    let fence = language.fence();
    if let Some((span, found)) = meant {
        let message = match found {
            Some(Fence::Other(other)) => {
                format!("the front matter began with `{fence}`, so it cannot end with `{other}`", other = other.fence())
            }
            _ => format!("this line does not end the front matter; only `{fence}` does"),
        };
        return (span, message, format!("write `{fence}` on this line, and nothing else"));
    }
    let message = format!("the front matter that begins here has no closing `{fence}` line");
    let help = format!("add a line `{fence}` between the front matter and the text");
    (0..fence.len(), message, help)
}

/// What a malformed fence was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fence {
    /// The fence of a language with other dashes, more or fewer of them, spaces between them, or the language's name after
    /// it.
    Of(Language),
    /// A proper fence. Inside front matter it is that of the other language.
    Other(Language),
    /// `;;;` or `{`, with which other programs begin JSON.
    Json,
}

impl Fence {
    /// The fence that a line was probably meant to be, if any.
    fn read(line: &str) -> Option<Self> {
        let line: String = line.chars().filter(|c| !is_space(*c)).collect();
        let lower = line.to_lowercase();
        let signs = |is_sign: fn(char) -> bool| line.chars().take_while(|c| is_sign(*c)).count();
        let word = lower.trim_start_matches(is_dash).trim_start_matches(is_plus).trim_start_matches('`');
        match word {
            "json" => return Some(Self::Json),
            "toml" if word.len() < lower.len() => return Some(Self::Of(Language::Toml)),
            "yaml" | "yml" if word.len() < lower.len() => return Some(Self::Of(Language::Yaml)),
            "" => {}
            _ => return None,
        }
        match line.as_str() {
            "---" => Some(Self::Other(Language::Yaml)),
            "+++" => Some(Self::Other(Language::Toml)),
            _ if signs(is_dash) > 0 && line.chars().all(is_dash) => Some(Self::Of(Language::Yaml)),
            _ if signs(is_plus) > 0 && line.chars().all(is_plus) => Some(Self::Of(Language::Toml)),
            _ => None,
        }
    }
}

/// Returns whether a line may be meant as the end of front matter: at most 24 bytes that resemble a fence, or YAML's `...`.
fn may_be_fence(line: &str) -> bool {
    let line = line.trim_start_matches(is_space);
    let begins = line.starts_with(|c| is_dash(c) || is_plus(c) || c == '.');
    begins && line.len() <= 24 && (line == "..." || Fence::read(line).is_some())
}

fn without_front_matter(file: &SourcePath, text: &str, problems: &mut Problems) {
    if text.trim_matches(is_space).is_empty() {
        problems
            .report(Code::EmptyFile, file, "the file is empty")
            .help("write front matter between two `+++` lines, then the text; or delete the file");
        return;
    }
    let mut at = 0;
    let mut line = "";
    for next in text.split_inclusive('\n') {
        line = next.trim_end();
        if !line.trim_matches(is_space).is_empty() {
            break;
        }
        at += next.len();
    }
    let mut report = |span: Span, message: &str, help: &str| {
        problems.report(Code::NoFrontMatter, (file, span), message).help(help);
    };
    let whole = at..at + line.len();
    let plain = line.trim_matches(is_space);
    if matches!(plain, "+++" | "---") {
        match at {
            0 => report(
                whole,
                "this line contains an invisible character besides the fence",
                &format!("write `{plain}` on the first line, and nothing else"),
            ),
            _ => report(0..0, "the file begins with a blank line", &format!("remove everything before `{plain}`")),
        }
        return;
    }
    let begins_json = plain.starts_with('{') || plain == ";;;";
    let fence = if begins_json { Some(Fence::Json) } else { Fence::read(line) };
    match fence {
        Some(Fence::Json) => report(whole, "front matter is TOML or YAML, not JSON", &without_json(text)),
        Some(Fence::Of(language) | Fence::Other(language)) => {
            let message = format!("this line does not begin front matter; only `{}` does", language.fence());
            let fence = language.fence();
            let help = format!("write `{fence}` here and after the front matter, with nothing else on the line");
            report(whole, &message, &help);
        }
        None if looks_like_entry(plain, '=') => report(
            whole,
            "the line `+++` before the front matter is missing",
            "write `+++` on a line of its own before and after the front matter",
        ),
        None if looks_like_entry(plain, ':') => report(
            whole,
            "the line `---` before the front matter is missing",
            "write `---` on a line of its own before and after the front matter",
        ),
        None => report(
            whole,
            "the text begins without front matter",
            "begin the file with a line `+++`, the front matter in TOML, and another line `+++`",
        ),
    }
}

/// Whether a line is `title = …` or `title: …`, with a key in plain letters.
fn looks_like_entry(line: &str, sign: char) -> bool {
    let Some((key, rest)) = line.split_once(sign) else { return false };
    let key = key.trim();
    let spaced = rest.is_empty() || rest.starts_with(is_space);
    spaced && !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// Returns the help for front matter in JSON, with the first key of the object as a line of TOML.
fn without_json(text: &str) -> String {
    let object = text.find('{').map_or("", |at| &text[at..]);
    let line = crate::syntax::json_entry(object).unwrap_or_else(|| "title = \"…\"".to_owned());
    format!("write one key per line between two `+++` lines, without braces and commas: {line}")
}

/// White space, or an invisible character.
fn is_space(c: char) -> bool {
    c.is_whitespace() || is_hidden(c)
}

#[cfg(test)]
mod tests {
    use super::{Fence, Language, Problems, split};

    #[test]
    fn line_ends_and_trailing_space_do_not_matter() {
        let file = "x.md".into();
        let text = "--- \r\ntitle: x\r\n---\r\nText";
        let parts = split(&file, text, &mut Problems::default()).expect("the fences are there");
        assert_eq!(parts.language, Language::Yaml);
        assert_eq!(parts.matter, 6..16);
        assert_eq!(parts.body, 21..25);
    }

    #[test]
    fn lines_that_are_almost_fences_are_known_as_what_they_are() {
        for line in ["—-", "– – –", "----", "--", "—", "---yaml", "--- yml", "```yaml"] {
            assert_eq!(Fence::read(line), Some(Fence::Of(Language::Yaml)), "{line}");
        }
        for line in ["+++ toml", "++++", "+ + + +", "＋＋＋", "```toml"] {
            assert_eq!(Fence::read(line), Some(Fence::Of(Language::Toml)), "{line}");
        }
        for line in ["---json", "--- JSON", "```json"] {
            assert_eq!(Fence::read(line), Some(Fence::Json), "{line}");
        }
        for line in ["- a", "Words", "yaml", "---- words"] {
            assert_eq!(Fence::read(line), None, "{line}");
        }
    }
    #[test]
    fn front_matter_ends_at_the_first_line_that_is_a_fence() {
        let file = "x.md".into();
        for (text, body) in [
            ("+++\n+++\nText", "Text"),
            ("+++\na = \"+++\"\n++++\n+++ \t\nText\n+++\n", "Text\n+++\n"),
            ("+++\na = 1\n+++", ""),
        ] {
            let parts = split(&file, text, &mut Problems::default()).expect("the fences are there");
            assert_eq!(&text[parts.body], body);
        }
        for text in ["+++", "+++\n", "+++\n +++\n", "+++\na = 1 +++\n+++ b"] {
            let mut problems = Problems::default();
            assert_eq!(split(&file, text, &mut problems), None, "{text}");
            assert_eq!(problems.len(), 1, "{text}");
        }
    }
}
