//! Converts markdown that was written for another program: removes template code and comments, and turns raw HTML into
//! markdown. Links are left to `relink.rs`.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::html;
use super::html_writer;
use super::loss::Losses;
use super::plain::clean;
use crate::content::markdown_options;
use crate::foreign::notations;

/// How far the end of a notation is searched for, in bytes.
const FAR: usize = 4000;

/// Returns a text without anything that annals refuses, except links. HTML comments stay, because annals hides them too.
pub(super) fn converted(text: &str, losses: &mut Losses) -> String {
    let text = clean_code(&clean(text), losses);
    without_html(&text, losses)
}

/// Returns the byte ranges of code spans and code blocks, whose contents are shown as written.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut block: Option<usize> = None;
    for (event, span) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block = Some(span.start),
            Event::End(TagEnd::CodeBlock) => ranges.extend(block.take().map(|start| start..span.end)),
            Event::Code(_) => ranges.push(span),
            _ => {}
        }
    }
    ranges
}

/// Removes template code and comments of other programs, and counts them as lost.
fn clean_code(text: &str, losses: &mut Losses) -> String {
    let code = code(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for found in notations(text) {
        if found.at.start < at || code.iter().any(|range| range.contains(&found.at.start)) {
            continue;
        }
        let start = found.at.start;
        let mark = &text[found.at.clone()];
        // HTML comments are hidden by annals too.
        if mark == "<!--" {
            continue;
        }
        let close = match mark {
            "{{" => "}}",
            "{%" => "%}",
            "%%" => "%%",
            "{#" | "{# " => "#}",
            _ => "",
        };
        let limit = (found.at.end + FAR).min(text.len());
        let after = text.get(found.at.end..text.floor_char_boundary(limit)).unwrap_or_default();
        let end =
            Some(close).filter(|close| !close.is_empty()).and_then(|close| Some(after.find(close)? + close.len()));
        let end = end.map_or(found.span().end, |length| found.at.end + length);
        // A reference to another text that is the target of a link becomes a plain target.
        if let Some(target) = reference(&text[start..end]).filter(|_| text[..start].ends_with('(')) {
            out.push_str(&text[at..start]);
            out.push_str(&target);
            at = end;
            continue;
        }
        let what = if found.is_comment() { "text: comment" } else { "text: template code" };
        losses.lose(what, &text[start..end], "it is for another program");
        out.push_str(&text[at..start]);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// Returns the text that `{{< ref "x" >}}`, `{{% relref "x" %}}` or `{% post_url x %}` refers to.
fn reference(code: &str) -> Option<String> {
    let words: Vec<&str> = code.trim_matches(['{', '}', '%', '<', '>', ' ']).split_whitespace().collect();
    let [name, target, ..] = words.as_slice() else { return None };
    let is_reference = matches!(*name, "ref" | "relref" | "post_url" | "link");
    let target = target.trim_matches(['"', '\'', '`']);
    let is_plain = target.chars().all(|c| c.is_alphanumeric() || "-_./#".contains(c));
    (is_reference && is_plain && !target.is_empty()).then(|| target.to_owned())
}

/// Replaces raw HTML by markdown. What markdown cannot express is removed and counted as lost.
fn without_html(text: &str, losses: &mut Losses) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (event, span) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let block = &text[span.clone()];
                if block.trim_start().starts_with("<!--") && block.trim_end().ends_with("-->") {
                    continue;
                }
                let converted = html::markdown(block);
                for (element, count) in &converted.dropped {
                    (0..*count)
                        .for_each(|_| losses.lose(&format!("text: <{element}>"), "", "markdown has no such element"));
                }
                edits.push((span, format!("{}\n", converted.markdown)));
            }
            Event::InlineHtml(tag) if !tag.starts_with("<!--") => {
                let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next();
                let name = name.unwrap_or_default().to_ascii_lowercase();
                let mark = match name.as_str() {
                    "b" | "strong" => "**",
                    "i" | "em" => "*",
                    "s" | "del" => "~~",
                    "br" => "\\\n",
                    _ => {
                        if !tag.starts_with("</") {
                            losses.lose(&format!("text: <{name}>"), &tag, "markdown has no such element");
                        }
                        ""
                    }
                };
                // The contents of such an element are not for readers.
                let is_hidden = html_writer::DROPPED.contains(&name.as_str()) && !tag.starts_with("</");
                let close = is_hidden.then(|| end_tag(&text[span.end..], &name)).flatten();
                let end = close.and_then(|close| Some(span.end + close + text[span.end + close..].find('>')? + 1));
                edits.push((span.start..end.unwrap_or(span.end), mark.to_owned()));
            }
            _ => {}
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, words) in edits.into_iter().filter(|(span, _)| !span.is_empty()) {
        if span.start >= at {
            out.push_str(&text[at..span.start]);
            out.push_str(&words);
            at = span.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Returns the byte at which the end tag of an element begins, in any letter case.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let named = |rest: &str| rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(|at| named(&text[at + 2..]))
}

#[cfg(test)]
mod tests {
    use super::converted;
    use crate::import::loss::Losses;

    #[test]
    fn what_hidden_elements_hold_is_not_shown() {
        let text = "a <script>b</script> c <SCRIPT>d</SCRIPT> e <style>f</b></Style> g";
        assert_eq!(converted(text, &mut Losses::default()), "a  c  e  g");
    }

    #[test]
    fn what_other_programs_run_is_removed_and_counted() {
        let mut losses = Losses::default();
        let text = "a {{< ref \"x\" >}} b %%note\nmore%% c\n\n`{{ code }}`\n\n<div>so <b>it</b></div>\n\nx <span>y</span> <b>z</b>";
        assert_eq!(converted(text, &mut losses), "a  b  c\n\n`{{ code }}`\n\nso **it**\n\nx y **z**");
        let counts: Vec<_> = losses.lost.iter().map(|(field, all)| (field.as_str(), all[0].count)).collect();
        assert_eq!(counts, [("text: <span>", 1), ("text: comment", 1), ("text: template code", 1)]);
    }
}
