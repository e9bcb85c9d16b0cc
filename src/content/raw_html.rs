//! Raw HTML in a text: refused, sanitised or kept, as `raw_html` in site.toml says.
//!
//! Comments are removed in any case. References to control characters are replaced, because one of these marks a slot
//! ([`SLOT`](super::text::SLOT)).

use std::borrow::Cow;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::Event;
use url::Url;

use super::converter::{self, Converter};
use super::finding::code_of;
use super::words::shortened;
use crate::config::RawHtml;
use crate::diagnostic::{Code, Span, is_noncharacter};
use crate::foreign::notations;

/// Elements that are removed with their contents: scripts, frames, fallbacks for either, drawings, and those whose contents
/// browsers read as text.
const REMOVED: [&str; 15] = [
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

/// Returns the element that is removed with its contents and that begins (`true`) or ends with the tag at the start of
/// some HTML; `None` for any other tag.
pub(super) fn removed_element(html: &str) -> Option<(&'static str, bool)> {
    let begins = !html.starts_with("</");
    let name = tag_name(html);
    let element = REMOVED.iter().find(|element| **element == name)?;
    let is_empty = begins && html.split('>').next().is_some_and(|tag| tag.ends_with('/'));
    (!is_empty).then_some((element, begins))
}

/// Returns the name in the tag at the start of some HTML, in lower case.
fn tag_name(html: &str) -> String {
    let inside = html.strip_prefix('<').unwrap_or_default();
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

/// Returns the bytes of the comments in some HTML, in order. One that has no end extends to the end of the HTML.
pub(super) fn comments_in(html: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find("<!--").map(|at| from + at) {
        // `<!-->` and `<!--->` are empty comments (HTML, section 13.2.5.43).
        let end = html[start + 2..].find("-->").map_or(html.len(), |at| start + 2 + at + "-->".len());
        found.push(start..end);
        from = end;
    }
    found
}

/// Returns the byte at which the comment begins that has no end, if there is one in some HTML.
pub(super) fn unclosed_comment(html: &str) -> Option<usize> {
    let last = comments_in(html).pop()?;
    (!html[last.clone()].ends_with("-->")).then_some(last.start)
}

/// HTML with `instead` in place of every byte of its comments.
fn with_comments_as<'t>(html: &'t str, instead: &str) -> Cow<'t, str> {
    let comments = comments_in(html);
    if comments.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut kept = String::with_capacity(html.len());
    let mut from = 0;
    for comment in comments {
        kept.push_str(&html[from..comment.start]);
        kept.push_str(&instead.repeat(comment.len()));
        from = comment.end;
    }
    kept.push_str(&html[from..]);
    Cow::Owned(kept)
}

/// HTML with a replacement character for every reference to a control character (`&#1;`) or a noncharacter (`&#xFFFE;`):
/// pages must not contain these, and slots are made of them.
#[must_use]
pub(super) fn without_control_references(html: &str) -> Cow<'_, str> {
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
pub(super) fn sanitise(html: &str) -> String {
    Builder::default()
        .add_generic_attributes(["id", "class", "role", "dir", "lang"])
        .add_tags(["aside", "section", "label", "input"])
        .add_clean_content_tags(REMOVED)
        .add_tag_attributes("input", ["checked"])
        // The only form field in a text is the checkbox of a task.
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .add_tag_attributes("a", ["rel"])
        .add_tag_attributes("img", ["loading"])
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(|element, attribute, value| {
            let loads = (element, attribute) == ("img", "src");
            (!(loads && is_elsewhere(value))).then_some(Cow::Borrowed(value))
        })
        .clean(html)
        .to_string()
}

/// Returns whether a browser would look for an address of a page on another host, whether the page is on the web or on a disk.
/// Browsers accept many forms of such an address: `\\host/x`, `https:/host/x`, a tab between two slashes.
fn is_elsewhere(address: &str) -> bool {
    ["https://site.invalid/events/page.html", "file:///site/events/page.html"].iter().any(|page| {
        let Ok(page) = Url::parse(page) else { return true };
        let host = |url: &Url| (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port());
        page.join(address).map_or(true, |found| host(&found) != host(&page))
    })
}

/// The words of a piece of HTML that [`sanitise`] would keep, as HTML without elements.
pub(super) fn text_of(html: &str) -> String {
    Builder::empty().clean_content_tags(REMOVED.into()).clean(html).to_string()
}

impl<'a> Converter<'a> {
    /// Notes that an element is reported where it begins, so that its end is not reported too.
    fn note_reported(&mut self, tag: &str) {
        if !tag.starts_with("</") {
            *self.open_html.entry(tag_name(tag)).or_default() += 1;
        }
    }

    /// Notes the end of an element that was reported where it began. Returns whether the tag is one.
    fn close_reported(&mut self, tag: &str) -> bool {
        let open = self.open_html.get_mut(&tag_name(tag)).filter(|open| tag.starts_with("</") && **open > 0);
        open.map(|open| *open -= 1).is_some()
    }

    pub(super) fn html_block(&mut self, pieces: &[(Event<'a>, Span)]) {
        let Some((_, first)) = pieces.first() else { return };
        let text: String = pieces.iter().filter_map(|(event, _)| converter::text_of(event)).collect();
        let start = first.start;
        let end = pieces.last().map_or(first.end, |(_, span)| span.end);
        self.raw_html(&text, start..end, true);
    }

    pub(super) fn raw_html(&mut self, text: &str, span: Span, block: bool) {
        let source = &self.markdown.text[span.clone()];
        if let Some(start) = unclosed_comment(source) {
            let at = span.start + start;
            self.report(Code::RawHtml, at..at + 4, "the comment that begins here has no end")
                .help("end it with -->; otherwise everything after it would be lost");
        }
        let kept = with_comments_as(text, "");
        if kept.trim().is_empty() {
            return;
        }
        let kept = without_control_references(&kept).into_owned();
        if self.markdown.settings.raw_html == RawHtml::Deny {
            if !block && self.close_reported(kept.trim()) {
                self.out.push(Event::Text(kept.into()));
                return;
            }
            if !block {
                self.note_reported(kept.trim());
            }
            let shown = kept.trim().lines().next().unwrap_or_default();
            let at = span.start + with_comments_as(source, " ").find(shown).unwrap_or(0);
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
        // In a list or a quotation, lines of the source have something before them, so a tag of several lines is not in it.
        let source = with_comments_as(&self.markdown.text[span.clone()], " ");
        let lower = html.to_ascii_lowercase();
        let is_program = lower.trim_start().starts_with("<script") || lower.trim_start().starts_with("<style");
        if !is_program && let Some(found) = notations(html).next() {
            let help = "delete it, or write a comment as <!-- … -->, with no other comment in it";
            let at = span.start + source.find(found.written).unwrap_or(0);
            let end = (at + found.written.len()).min(span.end);
            self.report(code_of(&found), at..end, found.message()).help(help);
        }
        let mut from = 0;
        for (at, _) in lower.match_indices('<') {
            let tag = &lower[at..at + 1 + lower[at + 1..].find(['<', '>']).unwrap_or(lower.len() - at - 1)];
            if is_hidden(tag) {
                let message = "this element is hidden, but its words would be published with the page";
                let help = "delete the element, or what hides it";
                let found = source[from..].find(&html[at..at + tag.len()]).map(|found| from + found);
                from = found.map_or(from, |found| found + tag.len());
                let start = span.start + found.unwrap_or(0);
                self.report(Code::RawHtml, start..(start + tag.len()).min(span.end), message).help(help);
            }
        }
        if self.markdown.settings.raw_html == RawHtml::Sanitise {
            self.note_removed(html, span);
        }
    }

    /// Notes which elements that are removed with their contents begin or end in some HTML.
    fn note_removed(&mut self, html: &str, span: &Span) {
        for (at, _) in html.match_indices('<') {
            match (removed_element(&html[at..]), self.open_removed.last()) {
                (Some((name, false)), Some((open, _))) if *open == name => {
                    self.open_removed.pop();
                }
                (Some((name, true)), None) => self.open_removed.push((name, span.clone())),
                _ => {}
            }
        }
    }

    /// Reports an unclosed element that would remove the rest of the text.
    pub(super) fn report_removed(&mut self) {
        for (name, span) in std::mem::take(&mut self.open_removed) {
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
    use super::{is_elsewhere, sanitise, unclosed_comment, with_comments_as, without_control_references};

    #[test]
    fn comments_vanish() {
        for (html, kept, unclosed) in [
            ("a<!-- b -->c<!--d-->", "ac", None),
            ("a <!-- b", "a ", Some(2)),
            ("a<!-->b<!--->c<!---->d", "abcd", None),
            ("a <!--", "a ", Some(2)),
        ] {
            assert_eq!((&*with_comments_as(html, ""), unclosed_comment(html)), (kept, unclosed), "{html}");
            assert_eq!(with_comments_as(html, " ").len(), html.len(), "{html}");
        }
    }

    #[test]
    fn a_picture_on_another_host_is_recognised_in_any_form() {
        for address in [
            "https://example.org/x",
            "HTTPS://example.org/x",
            "//example.org/x",
            "\\\\example.org/x",
            "/\\example.org/x",
            "\\/example.org\\x",
            "/\t/example.org/x",
            " //example.org/x",
            "https:/example.org/x",
            "https:example.org/x",
            "http:\\\\example.org",
            "//localhost/x",
            "file://example.org/x",
        ] {
            assert!(is_elsewhere(address), "{address}");
        }
        for address in
            ["x.png", "../x.png?a=https://example.org", "/x.png", "a//b.png", "%5C%5Cexample.org/x", "#a", ""]
        {
            assert!(!is_elsewhere(address), "{address}");
        }
        let html =
            sanitise("<p><img src='\\\\example.org/x' alt='a'><img src='/&#9;/example.org/x'><img src='x.png'></p>");
        assert_eq!(html, "<p><img alt=\"a\"><img><img src=\"x.png\"></p>");
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
