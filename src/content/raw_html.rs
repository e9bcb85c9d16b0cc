//! Raw HTML in a text: refused, sanitised or kept, as `raw_html` in site.toml says.
//!
//! Comments are removed in any case. References to control characters are replaced, because one of these marks a slot
//! ([`SLOT`](super::text::SLOT)).

use std::borrow::Cow;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::Event;

use super::converter::{self, Converter};
use super::words::shortened;
use crate::config::RawHtml;
use crate::diagnostic::{Code, Span};
use crate::foreign::notations;

/// Elements that are removed with their contents: scripts, frames, fallbacks for either, drawings, and those whose contents
/// browsers read as text.
const HIDDEN: [&str; 15] = [
    "script",
    "style",
    "noscript",
    "noembed",
    "noframes",
    "iframe",
    "xmp",
    "plaintext",
    "textarea",
    "title",
    "template",
    "object",
    "svg",
    "math",
    "select",
];

/// Whether a tag begins (`true`) or ends an element that is removed with its contents; `None` for other tags.
pub(super) fn hidden(tag: &str) -> Option<bool> {
    let inside = tag.strip_prefix('<')?;
    let (name, begins) = inside.strip_prefix('/').map_or((inside, true), |name| (name, false));
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let name = name[..end].to_ascii_lowercase();
    (HIDDEN.contains(&name.as_str()) && !tag.ends_with("/>")).then_some(begins)
}

use crate::diagnostic::is_noncharacter;

/// Removes HTML comments from a text. Also returns the byte at which an unclosed comment begins, which extends to the end
/// of the text.
#[must_use]
pub fn without_comments(html: &str) -> (Cow<'_, str>, Option<usize>) {
    if !html.contains("<!--") {
        return (Cow::Borrowed(html), None);
    }
    let mut kept = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        kept.push_str(&rest[..start]);
        // `<!-->` and `<!--->` are empty comments (HTML, section 13.2.5.43).
        let empty = ["<!-->", "<!--->"].into_iter().find(|empty| rest[start..].starts_with(empty));
        if let Some(empty) = empty {
            rest = &rest[start + empty.len()..];
            continue;
        }
        match rest[start + 4..].find("-->") {
            Some(end) => rest = &rest[start + 4 + end + 3..],
            None => return (Cow::Owned(kept), Some(html.len() - rest.len() + start)),
        }
    }
    kept.push_str(rest);
    (Cow::Owned(kept), None)
}

/// HTML with a replacement character for every reference to a control character (`&#1;`) or a noncharacter (`&#xFFFE;`):
/// pages must not contain these, and slots are made of them.
#[must_use]
pub fn without_control_references(html: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut from = 0;
    for (at, _) in html.match_indices("&#") {
        let digits = &html[at + 2..];
        let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (digits, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let number = u32::from_str_radix(&digits[..end], radix).unwrap_or(u32::MAX);
        let is_control = number < 0x20 && !matches!(number, 0x9 | 0xa | 0xd) || number == 0x7f;
        let is_hidden = is_control || char::from_u32(number).is_some_and(is_noncharacter);
        if at >= from && end > 0 && is_hidden {
            kept.push_str(&html[from..at]);
            kept.push('\u{fffd}');
            let rest = &digits[end..];
            from = html.len() - rest.strip_prefix(';').unwrap_or(rest).len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[from..]);
    Cow::Owned(kept)
}

/// Removes all elements and attributes from HTML that are not known to be harmless, and the addresses of pictures on other
/// hosts. annals' own citations, anchors and checkboxes stay.
#[must_use]
pub fn sanitise(html: &str) -> String {
    Builder::default()
        .add_generic_attributes(["id", "class", "role", "dir", "lang"])
        .add_tags(["aside", "section", "label", "input"])
        .add_clean_content_tags(HIDDEN)
        .add_tag_attributes("input", ["checked"])
        // The only form field in a text is the checkbox of a task.
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .add_tag_attributes("a", ["rel"])
        .add_tag_attributes("img", ["loading"])
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(|element, attribute, value| {
            let elsewhere = value.contains("://") || value.starts_with("//");
            let loads = (element, attribute) == ("img", "src");
            (!(loads && elsewhere)).then_some(Cow::Borrowed(value))
        })
        .clean(html)
        .to_string()
}

/// The words of a piece of HTML that [`sanitise`] would keep, as HTML without elements.
pub(super) fn text_of(html: &str) -> String {
    Builder::empty().clean_content_tags(HIDDEN.into()).clean(html).to_string()
}

impl<'a> Converter<'a> {
    /// Notes an opening tag. Returns whether a closing one ends an element that was noted, and so reported, when it began.
    fn closes_reported(&mut self, html: &str) -> bool {
        let name = |html: &str| {
            let name = html.trim_start_matches(['<', '/']);
            let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
            name[..end].to_ascii_lowercase()
        };
        if !html.starts_with("</") {
            self.open_html.push(name(html));
            return false;
        }
        let closed = name(html);
        let open = self.open_html.iter().rposition(|open| *open == closed);
        open.map(|at| self.open_html.truncate(at)).is_some()
    }

    pub(super) fn html_block(&mut self, pieces: &[(Event<'a>, Span)]) {
        let Some((_, first)) = pieces.first() else { return };
        let text: String = pieces.iter().filter_map(|(event, _)| converter::text_of(event)).collect();
        let start = first.start;
        let end = pieces.last().map_or(first.end, |(_, span)| span.end);
        self.raw_html(&text, start..end, true);
    }

    pub(super) fn raw_html(&mut self, text: &str, span: Span, block: bool) {
        let (kept, unclosed) = without_comments(text);
        if let Some(start) = unclosed {
            let at = span.start + start;
            self.report(Code::RawHtml, at..at + 4, "the comment that begins here has no end")
                .help("end it with -->; otherwise everything after it would be lost");
        }
        if kept.trim().is_empty() {
            return;
        }
        let kept = without_control_references(&kept).into_owned();
        if self.markdown.settings.raw_html == RawHtml::Deny {
            if !block && self.closes_reported(kept.trim()) {
                self.out.push(Event::Text(kept.into()));
                return;
            }
            let shown = kept.trim().lines().next().unwrap_or_default();
            let at = span.start + text.find(shown).unwrap_or(0);
            let is_after_comment = block && text.trim_start().starts_with("<!--") && !shown.starts_with('<');
            let (message, help) = match is_after_comment {
                true => (
                    format!("a line that begins with a comment is HTML up to its end: `{}`", shortened(shown)),
                    "put these words on a line of their own, below the comment",
                ),
                false => (
                    format!("raw HTML is refused: `{}`", shortened(shown)),
                    "write it as markdown; or, if every author is trusted, set raw_html under [markdown] in site.toml",
                ),
            };
            self.report(Code::RawHtml, at..(at + shown.len()).min(span.end), message).help(help);
            self.out.push(Event::Text(kept.into()));
            return;
        }
        self.look_for_hidden(&kept, &span);
        self.has_raw_html = true;
        self.out.push(if block { Event::Html(kept.into()) } else { Event::InlineHtml(kept.into()) });
    }

    /// Reports what HTML that is kept or sanitised would publish by mistake: comments and code of other programs, and
    /// elements that are hidden. If it is sanitised, notes elements that are removed with their contents.
    fn look_for_hidden(&mut self, html: &str, span: &Span) {
        let lower = html.to_ascii_lowercase();
        let is_program = lower.trim_start().starts_with("<script") || lower.trim_start().starts_with("<style");
        if !is_program && let Some(found) = notations(html).next() {
            let code = if found.is_comment() { Code::VisibleComment } else { Code::TemplateCode };
            let help = "delete it, or write a comment as <!-- … -->, with no other comment in it";
            let at = self.markdown.text[span.clone()].rfind(found.written).map_or(span.start, |at| span.start + at);
            let end = (at + found.written.len()).min(span.end);
            self.report(code, at..end, found.message()).help(help);
        }
        for (at, _) in lower.match_indices('<') {
            let tag = &lower[at..at + 1 + lower[at + 1..].find(['<', '>']).unwrap_or(lower.len() - at - 1)];
            if is_hidden(tag) {
                let message = "this element is hidden, but its words would be published with the page";
                let help = "delete the element, or what hides it";
                let start = self.markdown.text[span.clone()].find(&html[at..at + tag.len()]);
                let start = start.map_or(span.start, |start| span.start + start);
                self.report(Code::RawHtml, start..(start + tag.len()).min(span.end), message).help(help);
            }
        }
        if self.markdown.settings.raw_html != RawHtml::Sanitise {
            return;
        }
        for (at, _) in lower.match_indices('<') {
            let tag = &lower[at + 1..];
            let (tag, closes) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
            let Some(name) = HIDDEN.iter().find(|name| {
                tag.strip_prefix(**name)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
            }) else {
                continue;
            };
            match (closes, self.open_hidden.last()) {
                (true, Some((open, _))) if open == name => {
                    self.open_hidden.pop();
                }
                (false, None) if !tag.split('>').next().is_some_and(|inside| inside.ends_with('/')) => {
                    self.open_hidden.push(((*name).to_owned(), span.clone()));
                }
                _ => {}
            }
        }
    }

    /// Reports an unclosed element that would remove the rest of the text.
    pub(super) fn report_hidden(&mut self) {
        for (name, span) in std::mem::take(&mut self.open_hidden) {
            let first = self.markdown.text[span.clone()].lines().next().unwrap_or_default().len();
            let message =
                format!("the element <{name}> that begins here has no end: everything after it would be lost");
            self.report(Code::RawHtml, span.start..span.start + first, message)
                .help(format!("close it with </{name}>, or delete it"));
        }
    }
}

/// Whether a tag, in lower case, hides its element, by the attribute `hidden` or by a style.
fn is_hidden(tag: &str) -> bool {
    let is_attribute = |word: &str| word.trim_end_matches('/').split('=').next() == Some("hidden");
    let style: String = tag.chars().filter(|c| !c.is_whitespace()).collect();
    !tag.starts_with("</")
        && (tag.split_whitespace().skip(1).any(is_attribute)
            || ["display:none", "visibility:hidden"].iter().any(|hiding| style.contains(hiding)))
}

#[cfg(test)]
mod tests {
    use super::{sanitise, without_comments, without_control_references};

    #[test]
    fn comments_vanish() {
        assert_eq!(without_comments("a<!-- b -->c<!--d-->"), ("ac".into(), None));
        assert_eq!(without_comments("a <!-- b"), ("a ".into(), Some(2)));
        assert_eq!(without_comments("a<!-->b<!--->c<!---->d"), ("abcd".into(), None));
    }

    #[test]
    fn no_reference_brings_a_control_character() {
        assert_eq!(without_control_references("a&#1;b&#x01c&#X1;."), "a\u{fffd}b\u{fffd}\u{fffd}.");
        assert_eq!(without_control_references("&#10;&#65;&#x41;&#;&#x;&"), "&#10;&#65;&#x41;&#;&#x;&");
        assert_eq!(without_control_references("&#xFFFE;&#64976;&#x1FFFF;"), "\u{fffd}\u{fffd}\u{fffd}");
        // The remainder must not form a new one.
        assert_eq!(without_control_references("&#&#1;1;"), "&#\u{fffd}1;");
    }

    #[test]
    fn no_tag_is_printed_as_words() {
        for name in ["noscript", "noembed", "noframes", "iframe", "xmp", "textarea", "title", "template"] {
            let html = format!("<div>a<{name}><img src=x onerror=y>b</{name}>c</div>");
            assert_eq!(sanitise(&html), "<div>ac</div>", "{name}");
        }
        assert_eq!(sanitise("<p>a<svg><text>b</text></svg>c<math><mi>d</mi></math></p>"), "<p>ac</p>");
    }

    #[test]
    fn a_field_is_at_most_a_box_that_nobody_can_tick() {
        let html = sanitise("<label><input checked> a</label><input type=password name=x onfocus=y>");
        let boxes = html.matches("<input ").count();
        assert_eq!(
            (boxes, html.matches("type=\"checkbox\"").count(), html.matches("disabled=\"\"").count()),
            (2, 2, 2),
            "{html}"
        );
        assert!(!html.contains("onfocus") && !html.contains("name"), "{html}");
    }

    #[test]
    fn script_is_removed() {
        let html = sanitise("<p onclick=x>a<script>b</script><a href='javascript:c'>d</a><b>e</b></p>");
        assert_eq!(html, "<p>a<a>d</a><b>e</b></p>");
    }
}
