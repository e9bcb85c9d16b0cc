//! A text as its author wrote it, without what its page does not show.
//!
//! Data files hold texts in markdown. Comments, notes and definitions that no link uses are private; so is what the sanitiser
//! removes from raw HTML.

use pulldown_cmark::{Event, RefDefs, Tag};

use super::definitions;
use super::raw_html::{comments_in, removed_element, text_of};
use crate::config::RawHtml;
use crate::diagnostic::Span;

/// What is left where a comment was. It still separates what the comment separated.
const EMPTY_COMMENT: &str = "<!-- -->";

/// Returns the markdown of a text, as far as its page shows it, without white space around it.
pub(super) fn shown_source(
    text: &str,
    events: &[(Event<'_>, Span)],
    definitions: &RefDefs<'_>,
    raw_html: RawHtml,
) -> Box<str> {
    let mut cuts: Vec<(Span, String)> = Vec::new();
    if memchr::memchr(b'<', text.as_bytes()).is_some() {
        cuts = of_html(text, events, raw_html);
    }
    if text.contains("]:") {
        cuts.extend(
            definitions::without_effect(text, events, definitions).into_iter().map(|span| (span, String::new())),
        );
        cuts.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, instead) in cuts {
        // What is inside a cut is part of it.
        if span.start < from {
            continue;
        }
        out.push_str(&text[from..span.start]);
        out.push_str(&instead);
        from = span.end;
    }
    out.push_str(&text[from..]);
    out.trim().into()
}

/// Returns the bytes of comments, and of raw HTML if it is sanitised, each with what replaces it. They are in order; of two
/// that begin together, the longer one comes first.
fn of_html(text: &str, events: &[(Event<'_>, Span)], raw_html: RawHtml) -> Vec<(Span, String)> {
    let mut cuts = Vec::new();
    // Where an element began that is removed with its contents.
    let mut open = None;
    for (event, span) in events {
        let is_block = matches!(event, Event::Start(Tag::HtmlBlock));
        if !is_block && !matches!(event, Event::InlineHtml(_)) {
            continue;
        }
        let html = &text[span.clone()];
        let comments = comments_in(html);
        if raw_html != RawHtml::Sanitise {
            let absolute = |at: Span| at.start + span.start..at.end + span.start;
            cuts.extend(comments.into_iter().map(|at| (absolute(at), EMPTY_COMMENT.to_owned())));
        } else if is_block {
            cuts.push((span.clone(), format!("{}\n", text_of(html).trim())));
        } else if !comments.is_empty() {
            cuts.push((span.clone(), EMPTY_COMMENT.to_owned()));
        } else {
            match removed_element(html) {
                Some((_, true)) => open = open.or(Some(span.start)),
                Some((_, false)) => cuts.extend(open.take().map(|start| (start..span.end, String::new()))),
                None => {}
            }
            cuts.push((span.clone(), String::new()));
        }
    }
    cuts.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    cuts
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::shown_source;
    use crate::config::RawHtml;

    fn shown(text: &str, raw_html: RawHtml) -> String {
        let mut parser = Parser::new_ext(text, Options::empty()).into_offset_iter();
        let events: Vec<_> = parser.by_ref().collect();
        shown_source(text, &events, parser.reference_definitions(), raw_html).into()
    }

    #[test]
    fn comments_vanish_wherever_markdown_hides_them() {
        let text =
            "A <!-- s1 --> b.\n\n<!-- s2\ns2 -->\n\n> <!-- s3\n> s3 -->\n> c\n\n- d <!--> e\n\n`<!-- code -->`\n";
        let shown = shown(text, RawHtml::Deny);
        assert_eq!(shown, "A <!-- --> b.\n\n<!-- -->\n\n> <!-- -->\n> c\n\n- d <!-- --> e\n\n`<!-- code -->`");
    }

    #[test]
    fn definitions_that_no_link_uses_vanish() {
        let text = "[//]: # (s1)\n[//]: # (s2)\n\nSee [a] and [b][A].\n\n[a]: https://example.org/\n[a]: https://s3.example/\n[c]: https://s4.example/ \"s4\"\n";
        assert_eq!(shown(text, RawHtml::Deny), "See [a] and [b][A].\n\n[a]: https://example.org/");
    }

    #[test]
    fn what_the_sanitiser_removes_vanishes() {
        let text = "A <b onclick=s1>bold</b> <script>s2</script> c.\n\n<div data-x=s3>\nText & <i>more</i>\n<style>s4</style></div>\n\nEnd.\n";
        assert_eq!(shown(text, RawHtml::Sanitise), "A bold  c.\n\nText &amp; more\n\nEnd.");
        assert_eq!(shown(text, RawHtml::Allow), text.trim());
    }
}
