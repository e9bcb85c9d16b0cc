//! Notation that must never be printed: comments, and code of template languages, which annals does not run.
//!
//! An author who writes `<!-- … -->`, `%% … %%` or `{{ … }}` means a note or a command. Markdown hides only the first of
//! these, and not everywhere. This room finds what it does not hide, in texts and in the values of front matter.

use std::ops::Range;

/// The kinds of notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `<!--` and whatever else begins with `<!`, such as `<!—` and `<!-`. In texts, comments that markdown hides are not
    /// searched.
    Opening,
    /// `-->` without a beginning.
    Closing,
    /// `%%`, Obsidian's comments.
    Percent,
    /// Comments of other programs: `{# … #}`, `{>> … <<}`, `{/* … */}`, `{::comment}`, `<%# … %>`.
    Braces,
    /// `{{ … }}`, `{% … %}` or `<% … %>`.
    Template,
}

/// A notation, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found<'t> {
    /// Which notation it is.
    pub kind: Kind,
    /// The bytes of its opening mark.
    pub at: Range<usize>,
    /// From the mark to what closes it on its line, or else to the end of the line, but at most 160 bytes.
    pub written: &'t str,
}

impl Found<'_> {
    /// The bytes from the mark to the end of what is written.
    #[must_use]
    pub(crate) fn span(&self) -> Range<usize> {
        self.at.start..self.at.start + self.written.len()
    }

    /// Whether it is a comment; otherwise it is code.
    #[must_use]
    pub(crate) fn is_comment(&self) -> bool {
        self.kind != Kind::Template
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub(crate) fn message(&self) -> String {
        let shown = shortened(self.written);
        match self.kind {
            Kind::Opening => format!("the comment `{shown}` would be published"),
            Kind::Closing => {
                "`-->` closes no comment here, so the text it was meant to hide would be published".to_owned()
            }
            Kind::Percent | Kind::Braces => {
                format!("`{shown}` is a comment in other programs; here it would be published")
            }
            Kind::Template => format!("`{shown}` is template code for another program; readers would see it"),
        }
    }
}

/// Finds all notations in a text, in order. A notation inside another one is not among them.
#[must_use]
pub(crate) fn notations(text: &str) -> Notations<'_> {
    let closing = memchr::memchr(b'>', text.as_bytes()).and_then(|_| memchr::memmem::find(text.as_bytes(), CLOSING));
    Notations { text, at: 0, closing, candidate: candidate(text, 0) }
}

const CLOSING: &[u8] = b"-->";

/// An iterator over the notations in a text. It takes time linear in the text's length.
#[derive(Debug)]
pub(crate) struct Notations<'t> {
    text: &'t str,
    at: usize,
    /// The next `-->`.
    closing: Option<usize>,
    /// The next character that may begin a notation.
    candidate: Option<usize>,
}

/// Returns where the next character is that may begin a notation other than `-->`.
fn candidate(text: &str, from: usize) -> Option<usize> {
    memchr::memchr3(b'<', b'%', b'{', &text.as_bytes()[from..]).map(|found| from + found)
}

impl<'t> Iterator for Notations<'t> {
    type Item = Found<'t>;

    fn next(&mut self) -> Option<Found<'t>> {
        let bytes = self.text.as_bytes();
        loop {
            if self.closing.is_some_and(|closing| closing < self.at) {
                self.closing = memchr::memmem::find(&bytes[self.at..], CLOSING).map(|found| self.at + found);
            }
            if self.candidate.is_some_and(|candidate| candidate < self.at) {
                self.candidate = candidate(self.text, self.at);
            }
            if let Some(end) = self.closing.filter(|end| self.candidate.is_none_or(|candidate| *end < candidate)) {
                self.at = end + CLOSING.len();
                return Some(Found { kind: Kind::Closing, at: end..self.at, written: &self.text[end..self.at] });
            }
            let start = self.candidate?;
            if let Some((kind, length, close)) = opening(&self.text[start..]) {
                let line = beginning(&self.text[start..]);
                let inside = closed(kind, close, &line[length..]).map(|end| length + end);
                let written = line[..inside.unwrap_or(line.len())].trim_end();
                self.at = start + inside.unwrap_or(line.len());
                return Some(Found { kind, at: start..start + length, written });
            }
            self.at = start + 1;
        }
    }
}

/// Returns where a notation ends on its line, in bytes from the end of its mark; `None` if nothing closes it there.
fn closed(kind: Kind, close: &str, inside: &str) -> Option<usize> {
    let end = if kind == Kind::Opening {
        let ends = inside.match_indices('>').find(|(at, _)| inside[..*at].ends_with(is_dash));
        ends.map(|(at, _)| at)
    } else {
        inside.find(close)
    };
    end.map(|end| end + close.len())
}

/// A hyphen, or a dash that word processors turn one into.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Returns the first line of a text, or at most 160 bytes of it.
fn beginning(text: &str) -> &str {
    text[..text.floor_char_boundary(160)].lines().next().unwrap_or_default()
}

/// Returns the notation at the start of a text: its kind, the length of its mark in bytes, and what closes it.
fn opening(text: &str) -> Option<(Kind, usize, &'static str)> {
    let after = |mark: &str| text.strip_prefix(mark);
    if let Some(rest) = after("<!") {
        let dashes = rest.chars().take(4).take_while(|c| is_dash(*c));
        let length = 2 + dashes.map(char::len_utf8).sum::<usize>();
        return Some((Kind::Opening, length, ">"));
    }
    if after("<%").is_some() && after("<%#").is_none() && after("<%--").is_none() {
        return Some((Kind::Template, 2, "%>"));
    }
    if after("%%").is_some() {
        return Some((Kind::Percent, 2, "%%"));
    }
    if after("{{").is_some() {
        return Some((Kind::Template, 2, "}}"));
    }
    if after("{%").is_some() {
        return Some((Kind::Template, 2, "%}"));
    }
    for (mark, close) in [("{>>", "<<}"), ("{/", "}"), ("{::", "}"), ("{# ", "#}"), ("<%#", "%>"), ("<%--", "%>")] {
        if after(mark).is_some() {
            return Some((Kind::Braces, mark.len(), close));
        }
    }
    let is_jinja = after("{#").is_some_and(|rest| beginning(rest).contains("#}"));
    is_jinja.then_some((Kind::Braces, 2, "#}"))
}

/// A comment as a report shows it: shortened, but long enough to find it.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, notations};

    #[test]
    fn every_notation_is_found_at_its_place() {
        for (text, kind, span) in [
            ("a <!-- b --> c", Kind::Opening, 2..12),
            ("a <!— b —> c", Kind::Opening, 2..14),
            ("a <!- b", Kind::Opening, 2..7),
            ("a --> b", Kind::Closing, 2..5),
            ("a < b --> <!--", Kind::Closing, 6..9),
            ("5 % a %%b%% c", Kind::Percent, 6..11),
            ("{a} {{ b }} c", Kind::Template, 4..11),
            ("{{< b >}}", Kind::Template, 0..9),
            ("{% if x %}", Kind::Template, 0..10),
            ("a <%= b %> c", Kind::Template, 2..10),
            ("<% if x -%>", Kind::Template, 0..11),
            ("<%# b %> c", Kind::Braces, 0..8),
            ("<%-- b --%> c", Kind::Braces, 0..11),
            ("a {# b #}", Kind::Braces, 2..9),
            ("a {#b#}", Kind::Braces, 2..7),
            ("{>>b<<} c", Kind::Braces, 0..7),
        ] {
            let found = notations(text).next().unwrap_or_else(|| panic!("nothing in {text}"));
            assert_eq!((found.kind, found.span()), (kind, span), "{text}");
        }
        let kinds: Vec<_> = notations("%%a%% <!- {{b}} --> {{c").map(|found| found.kind).collect();
        assert_eq!(kinds, [Kind::Percent, Kind::Opening, Kind::Template]);
    }

    #[test]
    fn plain_text_holds_none() {
        for text in ["5 % of 10%", "{a}", "a -- b", "a -> b", "x < y > z", "<5 % of it", "{#id}", "<b>", ""] {
            assert_eq!(notations(text).next(), None, "{text}");
        }
    }
}
