//! Link reference definitions, `[label]: https://…` (CommonMark, section 4.7): lines that readers do not see.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, RefDefs, Tag};

use super::comments::is_note;
use super::finding::Finding;
use super::words::shortened;
use crate::diagnostic::{Code, Span};

/// Reports definitions without effect: no link uses them, or their label was defined before. Notes are none of these: see
/// [`is_note`].
pub(super) fn idle(text: &str, events: &[(Event<'_>, Span)], definitions: &RefDefs<'_>) -> Vec<Finding> {
    if definitions.iter().all(|(label, _)| is_note(label)) {
        return Vec::new();
    }
    let used = used(events, definitions);
    let first = definitions.iter().filter(|(label, _)| !is_note(label));
    let mut idle: Vec<(Span, &str, bool)> = first
        .filter(|(_, definition)| !used.contains(&definition.span.start))
        .map(|(label, definition)| (definition.span.clone(), label, false))
        .collect();
    let repeated = repeated(text, events, definitions).filter(|(_, label)| !is_note(label));
    idle.extend(repeated.filter_map(|(span, label)| {
        let first = definitions.get(label)?.span.start;
        (first < span.start).then(|| (span, label, used.contains(&first)))
    }));
    idle.sort_unstable_by_key(|(span, ..)| span.start);
    idle.into_iter().map(|(span, label, is_repeated)| finding(text, &span, label, is_repeated)).collect()
}

/// Returns the bytes of all definitions without effect, in order. Unlike [`idle`], it includes notes.
pub(super) fn without_effect(text: &str, events: &[(Event<'_>, Span)], definitions: &RefDefs<'_>) -> Vec<Span> {
    let used = used(events, definitions);
    let unused = definitions.iter().map(|(_, definition)| definition.span.clone());
    let unused = unused.filter(|span| !used.contains(&span.start));
    let mut found: Vec<Span> = unused.chain(repeated(text, events, definitions).map(|(span, _)| span)).collect();
    found.sort_unstable_by_key(|span| span.start);
    found
}

/// Returns the first byte of each definition that a link or picture uses.
fn used(events: &[(Event<'_>, Span)], definitions: &RefDefs<'_>) -> BTreeSet<usize> {
    let used = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => definitions.get(id),
        _ => None,
    });
    used.map(|definition| definition.span.start).collect()
}

fn finding(text: &str, span: &Span, label: &str, is_repeated: bool) -> Finding {
    let written = text[span.clone()].trim_end();
    let first = written.lines().next().unwrap_or_default();
    let (message, help) = match is_repeated {
        true => (
            format!("`[{}]` was defined before, so this line has no effect", shortened(label)),
            "give it a label of its own, and use that in its links; where it is not needed, delete it".to_owned(),
        ),
        false => (
            format!("no link uses `[{}]`, so this line is not shown", shortened(label)),
            format!("if it is text, write \\{}; if it is not needed, delete it", shortened(first)),
        ),
    };
    Finding::new(Code::SilentChange, span.start..span.start + written.len(), message, help)
}

/// Returns the lines of repeated definitions with their labels. The parser keeps only the first definition of a label, so
/// these are lines that look like a definition and are part of nothing that is shown.
fn repeated<'t>(
    text: &'t str,
    events: &[(Event<'_>, Span)],
    definitions: &RefDefs<'_>,
) -> impl Iterator<Item = (Span, &'t str)> {
    let is_block = |event: &Event<'_>| match event {
        Event::Start(tag) => !matches!(tag, Tag::Link { .. } | Tag::Image { .. }),
        event => matches!(event, Event::End(_)),
    };
    let shown = events.iter().filter(|(event, _)| !is_block(event));
    let mut shown: Vec<Range<usize>> = shown.map(|(_, span)| span.clone()).collect();
    shown.extend(definitions.iter().map(|(_, definition)| definition.span.clone()));
    shown.sort_unstable_by_key(|span| span.start);
    let is_shown = move |at: usize| {
        let next = shown.partition_point(|span| span.start <= at);
        shown[..next].last().is_some_and(|span| at < span.end)
    };
    let mut from = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = from + (line.len() - line.trim_start_matches([' ', '\t', '>']).len());
        from += line.len();
        let (label, _) = text[at..from].strip_prefix('[')?.split_once("]:")?;
        let is_label = !label.trim().is_empty() && !label.starts_with('^') && !label.contains('[');
        (is_label && !is_shown(at)).then(|| (at..from, label.trim()))
    })
}
