//! HTML inside markdown.

use std::borrow::Cow;

use ammonia::{Builder, UrlRelative};

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
    use super::{sanitise, without_comments};

    #[test]
    fn comments_vanish() {
        assert_eq!(without_comments("a<!-- b -->c<!--d-->"), ("ac".into(), None));
        assert_eq!(without_comments("a <!-- b"), ("a ".into(), Some(2)));
    }

    #[test]
    fn script_is_taken_out() {
        let html = sanitise("<p onclick=x>a<script>b</script><a href='javascript:c'>d</a><b>e</b></p>");
        assert_eq!(html, "<p>a<a>d</a><b>e</b></p>");
    }
}
