//! What an author can do about a template that Tera refuses: which block is open, which names exist.

use std::ops::Range;

use crate::syntax::nearest;

/// Tags that open a block, with the tag that closes it.
const BLOCKS: &[(&str, &str)] = &[
    ("block", "endblock"),
    ("if", "endif"),
    ("for", "endfor"),
    ("filter", "endfilter"),
    ("set", "endset"),
    ("component", "endcomponent"),
];
/// Tags that occur inside a block or alone.
const OTHERS: &[&str] = &["elif", "else", "break", "continue", "include", "extends", "raw", "endraw"];

/// A tag of a template: its first word, and the bytes of the whole tag.
struct Tag<'t> {
    name: &'t str,
    span: Range<usize>,
}

/// A report's place, message and help, made from Tera's message and the template's text.
pub(super) struct Explained {
    pub span: Range<usize>,
    pub message: String,
    pub help: String,
}

/// Explains a syntax error from the text of the template. `span` and `message` are Tera's, and stay if nothing better is
/// found.
pub(super) fn syntax(text: &str, span: Range<usize>, message: &str) -> Explained {
    let found = if message.contains("unexpected end of input") {
        unfinished(text).or_else(|| never_closed(text, text.len()))
    } else if message.starts_with("unknown tag") {
        unknown_tag(text, &span)
    } else {
        None
    };
    found.unwrap_or_else(|| Explained { span, message: message.to_owned(), help: general(message) })
}

/// Finds the last tag of a template, if its own end is missing: `{{ page.title`, `{% if page`.
fn unfinished(text: &str) -> Option<Explained> {
    let start = ["{{", "{%"].iter().filter_map(|open| text.rfind(open)).max()?;
    let close = if text[start..].starts_with("{{") { "}}" } else { "%}" };
    if text[start..].contains(close) {
        return None;
    }
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let written = text[start..end].trim_end();
    let message = format!("the tag that begins here has no closing `{close}`");
    let help = format!("close it: {written} {close}");
    Some(Explained { span: start..start + 2, message, help })
}

/// Finds the innermost block that is open at a position.
fn never_closed(text: &str, at: usize) -> Option<Explained> {
    let open = open_blocks(text, at).pop()?;
    let close = closing(open.name)?;
    let written = &text[open.span.clone()];
    let message = format!("the block that begins here, `{written}`, is not closed");
    Some(Explained { span: open.span, message, help: format!("write {{% {close} %}} where it ends") })
}

fn unknown_tag(text: &str, span: &Range<usize>) -> Option<Explained> {
    let name = text.get(span.clone())?;
    let here = line_of(text, span.start);
    let is_end = BLOCKS.iter().any(|(_, close)| *close == name);
    if let Some(open) = open_blocks(text, span.start).pop().filter(|_| is_end) {
        let close = closing(open.name)?;
        let (written, line) = (&text[open.span.clone()], line_of(text, open.span.start));
        let message = format!("`{name}` is here while `{written}` of line {line} is still open");
        return Some(Explained {
            span: span.clone(),
            message,
            help: format!("write {{% {close} %}} before line {here}"),
        });
    }
    if is_end {
        let message = format!("`{name}` closes nothing: no block is open here");
        return Some(Explained {
            span: span.clone(),
            message,
            help: "remove the tag, or open the block above".to_owned(),
        });
    }
    let known = BLOCKS.iter().flat_map(|(open, close)| [*open, *close]).chain(OTHERS.iter().copied());
    let help = match name {
        "elseif" | "elsif" | "else if" => "write {% elif … %}".to_owned(),
        "macro" | "import" => "Tera 2 has components instead of macros: {% component name() %}".to_owned(),
        _ => {
            let all = known.clone().collect::<Vec<_>>().join(", ");
            nearest(name, known).unwrap_or_else(|| format!("the tags are {all}"))
        }
    };
    Some(Explained { span: span.clone(), message: format!("there is no tag `{name}`"), help })
}

fn closing(open: &str) -> Option<&'static str> {
    BLOCKS.iter().find(|(name, _)| *name == open).map(|(_, close)| *close)
}

/// Returns the blocks that are open at a position, innermost last. A wrong end tag closes nothing.
fn open_blocks(text: &str, until: usize) -> Vec<Tag<'_>> {
    let mut open: Vec<Tag<'_>> = Vec::new();
    for tag in tags(text, until) {
        // `{% set x = 1 %}` is complete; `{% set x %}` opens a block.
        let is_whole = tag.name == "set" && text[tag.span.clone()].contains('=');
        if closing(tag.name).is_some() && !is_whole {
            open.push(tag);
        } else if open.last().is_some_and(|last| closing(last.name) == Some(tag.name)) {
            open.pop();
        }
    }
    open
}

/// Returns the tags `{% … %}` of a template before a position, without those in comments and raw text.
fn tags(text: &str, until: usize) -> impl Iterator<Item = Tag<'_>> {
    let text = &text[..text.floor_char_boundary(until)];
    let mut at = 0;
    let mut raw = false;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(if raw { "{%" } else { "{" })?;
            let rest = &text[start..];
            if rest.starts_with("{#") {
                at = start + rest.find("#}")? + 2;
                continue;
            }
            if !rest.starts_with("{%") {
                at = start + 1;
                continue;
            }
            let end = start + rest.find("%}")? + 2;
            at = end;
            let inside = text[start + 2..end - 2].trim_start_matches('-').trim_start();
            let name = &inside[..inside.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(inside.len())];
            match name {
                "raw" => raw = true,
                "endraw" => raw = false,
                _ if raw => {}
                _ => return Some(Tag { name, span: start..end }),
            }
        }
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text[..text.floor_char_boundary(at)].matches('\n').count() + 1
}

/// Returns what to do about Tera's other messages.
fn general(message: &str) -> String {
    let help = if message.contains("comment") {
        "end the comment with #}"
    } else if message.contains("raw block") {
        "write {% endraw %} where the raw text ends"
    } else if message.contains("missing its closing") {
        "write the same quote at the end of the text"
    } else if message.contains("but expected }}") {
        "end the tag with }}; if the sign is part of the text, write it as {{ \"…\" }}"
    } else if message.contains("expected identifier") {
        "write a name here: a filter after `|`, a key after `.`"
    } else if message.contains("expected =") {
        "arguments have names: name(key=value)"
    } else if message.contains("already contains") {
        "give the second block another name, or remove it"
    } else {
        "docs/templates.md describes what templates can use; Tera's own documentation describes its language"
    };
    help.to_owned()
}

/// Returns what to do about a name that Tera does not know: suggests the nearest names that its message lists or, for a
/// template, that are in `known`.
pub(super) fn unknown_name<'a>(message: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let wrong = message.split('`').nth(1).unwrap_or_default();
    let is_template = message.contains("template");
    let near = nearest_listed(message).or_else(|| is_template.then(|| nearest(wrong, known)).flatten());
    near.unwrap_or_else(|| match is_template {
        true => "create it in templates/, or name another".to_owned(),
        false => "docs/templates.md lists what is available".to_owned(),
    })
}

/// Suggests the names in Tera's message that are nearest to the unknown one; `None` if it lists none, or none is near.
pub(super) fn nearest_listed(message: &str) -> Option<String> {
    let (_, list) = message.split_once("Available")?.1.split_once(": ")?;
    nearest(message.split('`').nth(1)?, list.split(", ").map(str::trim))
}

#[cfg(test)]
mod tests {
    use super::syntax;

    fn help(text: &str, at: &str, message: &str) -> (String, String) {
        let start = text.rfind(at).unwrap_or(text.len());
        let explained = syntax(text, start..start + at.len(), message);
        (explained.message, explained.help)
    }

    #[test]
    fn an_open_block_is_named() {
        let (message, help) = help("{% block main %}\n{% if a %}\nx", "\u{0}", "unexpected end of input");
        assert_eq!(message, "the block that begins here, `{% if a %}`, is not closed");
        assert_eq!(help, "write {% endif %} where it ends");
    }

    #[test]
    fn the_wrong_end_names_what_is_open() {
        let (message, help) = help(
            "{% for a in b %}\n{# {% if x %} #}{% raw %}{% if %}{% endraw %}\n{% endif %}",
            "endif",
            "unknown tag",
        );
        assert_eq!(message, "`endif` is here while `{% for a in b %}` of line 1 is still open");
        assert_eq!(help, "write {% endfor %} before line 3");
    }

    #[test]
    fn an_unfinished_tag_is_closed() {
        let (message, help) = help("x {{ page.title", "title", "unexpected end of input");
        assert_eq!(
            (message.as_str(), help.as_str()),
            ("the tag that begins here has no closing `}}`", "close it: {{ page.title }}")
        );
    }
}
