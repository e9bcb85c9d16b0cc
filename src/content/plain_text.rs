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

/// The character references that are decoded. Any other is left as written.
const REFERENCES: [(&str, char); 7] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&nbsp;", '\u{a0}'),
];

/// The beginning of the attribute with an anchor, which directly follows the name of a tag.
const ANCHOR: &str = " id=\"_p";

/// Returns the words of a text's HTML in lines. The first line belongs to the first anchor, and each further one to the
/// next anchor, unless it begins with a tab.
pub(super) fn of_html(html: &str) -> String {
    let mut lines = Lines { text: String::with_capacity(html.len()), start: 0, is_anchored: false };
    let mut rest = html;
    while let Some(at) = memchr::memchr3(b'<', b'&', b'\n', rest.as_bytes()) {
        lines.text.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'<' => rest = lines.after_tag(rest),
            b'&' => {
                let known = REFERENCES.iter().find(|(name, _)| rest.starts_with(name));
                lines.text.push(known.map_or('&', |(_, c)| *c));
                rest = &rest[known.map_or(1, |(name, _)| name.len())..];
            }
            _ => {
                if lines.has_words() && !lines.text.ends_with(' ') {
                    lines.text.push(' ');
                }
                rest = &rest[1..];
            }
        }
    }
    lines.text.push_str(rest);
    lines.end();
    lines.text.truncate(lines.text.trim_end().len());
    lines.text
}

/// The lines so far.
struct Lines {
    text: String,
    /// Where the last line begins.
    start: usize,
    /// Whether an anchor begins with the last line.
    is_anchored: bool,
}

impl Lines {
    fn has_words(&self) -> bool {
        self.text.len() > self.start
    }

    /// Ends the last line, if it has words.
    fn end(&mut self) {
        self.text.truncate(self.start + self.text[self.start..].trim_end_matches(' ').len());
        if self.has_words() {
            // Few lines have no anchor of their own: further cells of a row, raw HTML.
            if !self.is_anchored {
                self.text.insert(self.start, '\t');
            }
            self.begin(false);
        }
    }

    fn begin(&mut self, is_anchored: bool) {
        self.text.push('\n');
        self.start = self.text.len();
        self.is_anchored = is_anchored;
    }

    /// Skips the tag, or the piece that is not text, at the beginning of `rest`, and returns what follows. A tag that is
    /// not inline begins a new line.
    fn after_tag<'a>(&mut self, rest: &'a str) -> &'a str {
        for (begin, end) in SKIPPED {
            if rest.starts_with(begin) {
                return rest.find(end).map_or("", |at| &rest[at + end.len()..]);
            }
        }
        let inside = rest.trim_start_matches(['<', '/']);
        let length = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(length);
        if attributes.starts_with(ANCHOR) {
            self.end();
            // The last anchor has no words: a picture, for example.
            if self.is_anchored {
                self.begin(true);
            }
            self.is_anchored = true;
        } else if !INLINE.contains(&name) {
            self.end();
        }
        rest.find('>').map_or("", |at| &rest[at + 1..])
    }
}

#[cfg(test)]
mod tests {
    use super::of_html;

    #[test]
    fn markup_and_citations_go_and_paragraphs_stay_lines() {
        let html = "<h2 id=\"a\"><span id=\"_p1\">Talks &amp; <em>terms</em></span></h2>\n<p id=\"_p2\">They met\nin Sochi.<sup \
                    class=\"citation\"><a href=\"#_source-x\">[1]</a></sup> He said &quot;no&quot;.</p>\n<ul>\n<li \
                    id=\"_p3\">one</li>\n<li id=\"_p4\">two</li>\n</ul>\n";
        assert_eq!(of_html(html), "Talks & terms\nThey met in Sochi. He said \"no\".\none\ntwo");
        assert_eq!(of_html("<p id=\"_p1\">a &unknown; b <"), "a &unknown; b");
        assert_eq!(of_html(""), "");
    }

    #[test]
    fn a_line_without_an_anchor_of_its_own_begins_with_a_tab() {
        let row = "<table><tbody>\n<tr id=\"_p1\"><td>a</td><td>b</td></tr>\n</tbody></table>\n";
        let html =
            format!("{row}<p id=\"_p2\"><img src=\"x\"></p>\n<p id=\"_p3\">c</p>\n<pre><code>d\n</code></pre>\n");
        assert_eq!(of_html(&html), "a\n\tb\n\nc\n\td");
        assert_eq!(of_html("\n<div>a</div>"), "\ta");
    }
}
