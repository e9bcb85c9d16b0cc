//! The words of the HTML that this room makes, for uses that need plain text.
//!
//! The HTML comes from annals' own renderer, so it is well-formed: this does not read arbitrary HTML. If a site allows raw
//! HTML, the worst case is that the contents of tags count as words.

/// Inline elements; every other one begins a new line.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "img", "input", "ins", "kbd", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "u",
];

/// The beginning and end of pieces that are not text: citation and footnote marks, scripts.
const SKIPPED: [(&str, &str); 5] = [
    ("<sup class=\"citation\"", "</sup>"),
    ("<sup class=\"note\"", "</sup>"),
    ("<a class=\"footnote-mark\"", "</a>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
];

const REFERENCES: [(&str, char); 7] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&nbsp;", '\u{a0}'),
];

pub(super) fn of_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr3(b'<', b'&', b'\n', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'<' => rest = after_tag(rest, &mut text),
            b'&' => {
                let known = REFERENCES.iter().find(|(name, _)| rest.starts_with(name));
                text.push(known.map_or('&', |(_, c)| *c));
                rest = &rest[known.map_or(1, |(name, _)| name.len())..];
            }
            _ => {
                if !text.ends_with(['\n', ' ']) {
                    text.push(' ');
                }
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text.truncate(text.trim_end().len());
    text
}

/// What follows the tag, or the piece that is not text, at the beginning of `rest`.
fn after_tag<'a>(rest: &'a str, text: &mut String) -> &'a str {
    for (begin, end) in SKIPPED {
        if rest.starts_with(begin) {
            return rest.find(end).map_or("", |at| &rest[at + end.len()..]);
        }
    }
    let inside = rest.trim_start_matches(['<', '/']);
    let name = inside.find(|c: char| !c.is_ascii_alphanumeric()).map_or(inside, |end| &inside[..end]);
    if !INLINE.contains(&name) && !text.is_empty() && !text.ends_with('\n') {
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    rest.find('>').map_or("", |at| &rest[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::of_html;

    #[test]
    fn markup_and_citations_go_and_paragraphs_stay_lines() {
        let html = "<h2 id=\"a\">Talks &amp; <em>terms</em></h2>\n<p>They met\nin Sochi.<sup class=\"citation\"><a \
                    href=\"#_source-x\">[1]</a></sup> He said &quot;no&quot;.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n";
        assert_eq!(of_html(html), "Talks & terms\nThey met in Sochi. He said \"no\".\none\ntwo");
        assert_eq!(of_html("a &unknown; b <"), "a &unknown; b");
        assert_eq!(of_html(""), "");
    }
}
