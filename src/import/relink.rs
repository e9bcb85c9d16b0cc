//! Links in a markdown text: kept, pointed elsewhere, or reduced to their words.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::plain::{destination, push_escaped};
use crate::content::markdown_options;

/// A link or picture in a text.
#[derive(Debug)]
pub(super) struct Link<'t> {
    /// Where it goes.
    pub target: &'t str,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether it is written as `[[…]]`.
    pub is_wiki: bool,
}

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Stays,
    /// It goes elsewhere.
    To(String),
    /// Only its words stay.
    Words,
}

/// Rewrites a text so that every link and picture becomes what `fate` decides.
#[must_use]
pub(super) fn relink(text: &str, mut fate: impl FnMut(&Link<'_>) -> Fate) -> String {
    let mut text = text.to_owned();
    let mut made: Vec<String> = Vec::new();
    let mut fate = |link: &Link<'_>| {
        if made.iter().any(|target| target == link.target) {
            return Fate::Stays;
        }
        let fate = fate(link);
        if let Fate::To(target) = &fate {
            made.push(target.clone());
        }
        fate
    };
    // What is inside a link that was reduced to its words may only now be one: `[[a](b)](c)`.
    for _ in 0..3 {
        let edits = edits(&text, &mut fate);
        if edits.is_empty() {
            break;
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (span, words) in edits {
            out.push_str(&text[at..span.start]);
            out.push_str(&words);
            at = span.end;
        }
        out.push_str(&text[at..]);
        text = out;
    }
    text
}

type Edit = (Range<usize>, String);

/// Returns what to replace, in order and without overlaps: of a link what is before and after its words, so that a picture in
/// them can be replaced too.
fn edits(text: &str, fate: &mut impl FnMut(&Link<'_>) -> Fate) -> Vec<Edit> {
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(text, markdown_options()).into_offset_iter().collect();
    let mut edits = Vec::new();
    for (number, (event, span)) in events.iter().enumerate() {
        let (link_type, target, is_picture) = match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => (*link_type, dest_url, false),
            Event::Start(Tag::Image { link_type, dest_url, .. }) => (*link_type, dest_url, true),
            _ => continue,
        };
        let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
        let fate = fate(&Link { target, is_picture, is_wiki });
        if fate == Fate::Stays || matches!(link_type, LinkType::Autolink | LinkType::Email) && fate != Fate::Words {
            continue;
        }
        let (open, close) = match fate {
            Fate::To(target) => {
                let open = if is_picture { "![" } else { "[" };
                (open.to_owned(), format!("]({})", destination(&target)))
            }
            _ => (String::new(), String::new()),
        };
        if matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
            let mut words = open;
            push_escaped(&mut words, target, false);
            edits.push((span.clone(), words + &close));
            continue;
        }
        match inside(&events[number + 1..], span) {
            Some(words) => edits.extend([(span.start..words.start, open), (words.end..span.end, close)]),
            None => edits.push((span.clone(), open + &close)),
        }
    }
    edits.sort_by_key(|(span, _)| span.start);
    edits
}

/// Returns where the words of a link or picture are; `None` if it has none. `after` are the events after its beginning.
fn inside(after: &[(Event<'_>, Range<usize>)], span: &Range<usize>) -> Option<Range<usize>> {
    let inside = after.iter().take_while(|(_, inner)| inner.end <= span.end);
    let inside = inside.filter(|(event, inner)| !matches!(event, Event::End(_)) && inner.start > span.start);
    inside.fold(None, |words: Option<Range<usize>>, (_, inner)| {
        let words = words.unwrap_or_else(|| inner.clone());
        Some(words.start.min(inner.start)..words.end.max(inner.end))
    })
}

#[cfg(test)]
mod tests {
    use super::{Fate, relink};

    #[test]
    fn links_are_kept_moved_or_reduced_to_words() {
        let text = "[a *b*](old.md) [[Note|words]] [[Note]] ![alt](x.png) <https://example.org> `[c](old.md)` [![i](x.png)](old.md)";
        let linked = relink(text, |link| match link.target {
            "old.md" => Fate::To("@/events/new.md".to_owned()),
            "Note" | "x.png" => Fate::Words,
            _ => Fate::Stays,
        });
        let new = "@/events/new.md";
        let expected = format!("[a *b*]({new}) words Note alt <https://example.org> `[c](old.md)` [i]({new})");
        assert_eq!(linked, expected);
    }

    #[test]
    fn every_link_is_decided_once() {
        let text = "[![i](x.png) *w*](old.md) [![i](x.png)](gone.md) ![a [b](gone.md)](x.png) [[[a](gone.md)](gone.md)](gone.md)";
        let mut decided: Vec<String> = Vec::new();
        let linked = relink(text, |link| match link.target {
            "old.md" => Fate::To("@/events/new.md".to_owned()),
            target => {
                decided.push(target.to_owned());
                Fate::Words
            }
        });
        assert_eq!(linked, "[i *w*](@/events/new.md) i a b a");
        decided.sort();
        assert_eq!(decided, ["gone.md", "gone.md", "gone.md", "gone.md", "gone.md", "x.png", "x.png", "x.png"]);
    }
}
