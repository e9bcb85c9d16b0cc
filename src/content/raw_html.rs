//! HTML inside markdown.

use std::borrow::Cow;

use ammonia::{Builder, UrlRelative};

use crate::diagnostic::is_noncharacter;

/// A text with every HTML comment taken out, and where a comment begins that has no end: it reaches to the end.
#[must_use]
pub fn without_comments(html: &str) -> (Cow<'_, str>, Option<usize>) {
    if !html.contains("<!--") {
        return (Cow::Borrowed(html), None);
    }
    let mut kept = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        kept.push_str(&rest[..start]);
        match rest[start + 4..].find("-->") {
            Some(end) => rest = &rest[start + 4 + end + 3..],
            None => return (Cow::Owned(kept), Some(html.len() - rest.len() + start)),
        }
    }
    kept.push_str(rest);
    (Cow::Owned(kept), None)
}

/// HTML with a replacement character for every reference to a control character (`&#1;`) or a noncharacter (`&#xFFFE;`):
/// no page may hold those, and slots are made of them.
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

/// HTML with everything taken out that could run, load or deceive. annals' own citations and anchors stay.
#[must_use]
pub fn sanitise(html: &str) -> String {
    Builder::default()
        .add_generic_attributes(["id", "class", "role", "dir", "lang"])
        .add_tags(["aside", "section"])
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

#[cfg(test)]
mod tests {
    use super::{sanitise, without_comments, without_control_references};

    #[test]
    fn comments_vanish() {
        assert_eq!(without_comments("a<!-- b -->c<!--d-->"), ("ac".into(), None));
        assert_eq!(without_comments("a <!-- b"), ("a ".into(), Some(2)));
    }

    #[test]
    fn no_reference_brings_a_control_character() {
        assert_eq!(without_control_references("a&#1;b&#x01c&#X1;."), "a\u{fffd}b\u{fffd}\u{fffd}.");
        assert_eq!(without_control_references("&#10;&#65;&#x41;&#;&#x;&"), "&#10;&#65;&#x41;&#;&#x;&");
        assert_eq!(without_control_references("&#xFFFE;&#64976;&#x1FFFF;"), "\u{fffd}\u{fffd}\u{fffd}");
        // What is left must not make a new one.
        assert_eq!(without_control_references("&#&#1;1;"), "&#\u{fffd}1;");
    }

    #[test]
    fn script_is_taken_out() {
        let html = sanitise("<p onclick=x>a<script>b</script><a href='javascript:c'>d</a><b>e</b></p>");
        assert_eq!(html, "<p>a<a>d</a><b>e</b></p>");
    }
}
