//! Comments that markdown does not hide, and code for other programs.
//!
//! Markdown hides `<!-- … -->` within a paragraph, or from the beginning of a line to the end of the list item or quotation
//! around it. Everywhere else a comment is text like any other. Comments are private, so the document is refused.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::finding::{Finding, code_of};
use super::raw_html::unclosed_comment;
use super::runs::Run;
use crate::diagnostic::{Code, Span};
use crate::foreign::{Found, Kind, notations};

/// What must not be published, and where.
#[derive(Debug, Default)]
pub(super) struct Comments {
    pub findings: Vec<Finding>,
    /// Where comments were found: nothing else is reported inside them.
    pub inside: Vec<Range<usize>>,
}

impl Comments {
    /// Returns whether a span overlaps a comment.
    pub(super) fn hide(&self, span: &Span) -> bool {
        let next = self.inside.partition_point(|inside| inside.end <= span.start);
        self.inside.get(next).is_some_and(|inside| inside.start < span.end)
    }
}

/// Searches everything that a text would show: its plain words, the titles of links and pictures, the language of a block
/// of code, and code without a closing fence.
pub(super) fn comments(text: &str, events: &[(Event<'_>, Span)], runs: &[Run]) -> Comments {
    // Without one of these there is nothing to find, and most texts have none.
    if memchr::memchr3(b'%', b'{', b'>', text.as_bytes()).is_none() && !text.contains("<!") && !text.contains("]:") {
        return Comments::default();
    }
    let mut search = Search { text, comments: Comments::default(), open: None };
    let mut runs = runs.iter().peekable();
    let mut html = None;
    for (event, span) in events {
        while let Some(run) = runs.next_if(|run| run.span.start <= span.start) {
            search.words(run);
        }
        match event {
            Event::Start(Tag::HtmlBlock) => html = Some(span.clone()),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(span) = html.take() {
                    search.html_block(span);
                }
            }
            Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => search.value(title, span),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                search.value(language, span);
                if !is_closed(&text[span.clone()]) {
                    search.range(span.start + fence(&text[span.clone()])..span.end);
                }
            }
            _ => {}
        }
    }
    runs.for_each(|run| search.words(run));
    if let Some((kind, start)) = search.open
        && kind == Kind::Opening
    {
        search.comments.inside.push(start..text.len());
    }
    search.comments
}

struct Search<'t> {
    text: &'t str,
    comments: Comments,
    /// The notation that began and has not ended yet, and where.
    open: Option<(Kind, usize)>,
}

impl Search<'_> {
    fn words(&mut self, run: &Run) {
        if run.begins_line && !run.escaped && run.may_hold(b"[") {
            self.definition(run);
        }
        if run.may_hold(b"<%{>") {
            self.range(run.unescaped(self.text));
        }
    }

    /// Searches a range of the text. Nothing is reported inside a comment that began in an earlier one.
    fn range(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        for found in notations(text) {
            let span = range.start + found.at.start..range.start + found.span().end;
            match (self.open, found.kind) {
                // The end of a comment that was reported where it began.
                (Some((Kind::Opening, start)), Kind::Closing) | (Some((Kind::Percent, start)), Kind::Percent) => {
                    self.comments.inside.push(start..span.end);
                    self.open = None;
                    continue;
                }
                (Some(_), _) => continue,
                (None, _)
                    if found.kind == Kind::Template
                        && found.written.trim_start_matches(['{', '<', '%', '-', ' ']).starts_with("end") =>
                {
                    continue;
                }
                (None, _) => {}
            }
            self.report(&found, span.clone());
            let is_whole =
                found.written.len() > found.at.len() && (found.written.ends_with('>') || found.written.ends_with("%%"));
            if matches!(found.kind, Kind::Opening | Kind::Percent) && !is_whole {
                self.open = Some((found.kind, span.start));
            } else {
                self.comments.inside.push(span);
            }
        }
    }

    /// Searches a value that is published but has no place of its own in the text: a link's title, the language of code.
    fn value(&mut self, value: &str, span: &Span) {
        if let Some(found) = notations(value).next() {
            let help = "delete it: comments are not hidden in titles or beside code";
            self.comments.findings.push(Finding::new(code_of(&found), span.clone(), found.message(), help));
        }
    }

    /// Notes a comment that a block of HTML does not close. Markdown hides all others in it.
    fn html_block(&mut self, span: Span) {
        let html = &self.text[span.clone()];
        if let Some(start) = unclosed_comment(html) {
            // This is reported as raw HTML that does not end.
            self.open = Some((Kind::Opening, span.start + start));
        }
    }

    /// Reports `[//]: # (a note)` where it is not hidden: anywhere but at the beginning of a paragraph.
    fn definition(&mut self, run: &Run) {
        let line = &self.text[run.span.clone()];
        let label = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")).map(|(label, _)| label);
        if let Some(label) = label.filter(|label| is_note(label)) {
            let message = format!("`[{label}]: …` hides nothing here: it would be published");
            let help = "put a blank line before it, and the whole note on one line; or write <!-- … -->";
            let finding = Finding::new(Code::VisibleComment, run.span.clone(), message, help);
            self.comments.inside.push(run.span.clone());
            self.comments.findings.push(finding);
        }
    }

    fn report(&mut self, found: &Found<'_>, span: Span) {
        let rest = &self.text[span.end..];
        let help = match found.kind {
            Kind::Opening if found.at.len() != 4 || !found.written.starts_with("<!--") => {
                "a comment is written <!-- … -->, with two hyphens on both sides; for code, use backticks"
            }
            Kind::Opening
                if !found.written.ends_with("-->") && memchr::memmem::find(rest.as_bytes(), b"-->").is_none() =>
            {
                "end the comment with -->"
            }
            Kind::Opening => {
                "put the comment on a line of its own outside lists, quotations and tables, or keep it within one paragraph"
            }
            Kind::Closing => {
                "delete it, or begin the comment with <!--; for an arrow, write →; for code, use backticks"
            }
            Kind::Percent | Kind::Braces => "write it as <!-- … -->, which is not published; for code, use backticks",
            Kind::Template => "write the text it should produce; for code, use backticks",
        };
        self.comments.findings.push(Finding::new(code_of(found), span, found.message(), help));
    }
}

/// Returns whether a definition with this label is a note by convention, such as `[//]: # (a note)`, and is not meant for a
/// link.
pub(super) fn is_note(label: &str) -> bool {
    ["//", "#", "%", "_", "-", "comment"].contains(&label.to_lowercase().as_str())
}

/// Whether a fenced block of code has its closing fence.
pub(super) fn is_closed(block: &str) -> bool {
    let mark = block.chars().next().unwrap_or('`');
    let length = block.chars().take_while(|c| *c == mark).count();
    let is_end = |line: &str| {
        // The mark of a quotation or the indentation of a list may come first.
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.len() >= length && line.chars().all(|c| c == mark)
    };
    let mut lines = block.lines();
    lines.next();
    lines.next_back().is_some_and(is_end)
}

/// Returns the length in bytes of the line that opens a block of code, with its line end.
fn fence(block: &str) -> usize {
    block.find('\n').map_or(block.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::is_closed;

    #[test]
    fn a_fence_is_closed_by_its_like() {
        for block in ["```\na\n```", "~~~~ x\n~~~~~\n", "```\na\n> ```  "] {
            assert!(is_closed(block), "{block}");
        }
        for block in ["```", "```\na", "````\na\n```", "```\n~~~", "```\na\n``` b"] {
            assert!(!is_closed(block), "{block}");
        }
    }
}
