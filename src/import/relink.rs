//! Links in a markdown text: kept, pointed elsewhere, or reduced to their words.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::plain::{destination, push_escaped};

/// A link or picture in a text.
#[derive(Debug)]
pub struct Link<'t> {
    /// Where it goes.
    pub target: &'t str,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether it is written as `[[…]]`.
    pub is_wiki: bool,
}

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// It goes elsewhere.
    To(String),
    /// Only its words stay.
    Words,
}

/// Returns the extensions of CommonMark that annals reads; `content/markdown.rs` has the same.
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// Rewrites a text so that every link and picture becomes what `fate` decides.
#[must_use]
pub fn relink(text: &str, mut fate: impl FnMut(&Link<'_>) -> Fate) -> String {
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
    // A picture inside a link that changes is itself changed in the next pass.
    for _ in 0..3 {
        let edits = edits(&text, &mut fate);
        if edits.is_empty() {
            break;
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (span, words) in edits {
            if span.start >= at {
                out.push_str(&text[at..span.start]);
                out.push_str(&words);
                at = span.end;
            }
        }
        out.push_str(&text[at..]);
        text = out;
    }
    text
}

type Edit = (std::ops::Range<usize>, String);

fn edits(text: &str, fate: &mut impl FnMut(&Link<'_>) -> Fate) -> Vec<Edit> {
    let events: Vec<(Event<'_>, std::ops::Range<usize>)> =
        Parser::new_ext(text, options()).into_offset_iter().collect();
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
        let inside = events[number + 1..].iter().take_while(|(_, inner)| inner.end <= span.end);
        let inside = inside.filter(|(event, inner)| !matches!(event, Event::End(_)) && inner.start > span.start);
        let bounds = inside.fold(None, |bounds: Option<(usize, usize)>, (_, inner)| {
            let (start, end) = bounds.unwrap_or((inner.start, inner.end));
            Some((start.min(inner.start), end.max(inner.end)))
        });
        let mut words = bounds.map(|(start, end)| text[start..end.min(span.end)].to_owned()).unwrap_or_default();
        if is_wiki && matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
            words.clear();
            push_escaped(&mut words, target, false);
        }
        let written = match fate {
            Fate::To(target) if is_picture => format!("![{words}]({})", destination(&target)),
            Fate::To(target) => format!("[{words}]({})", destination(&target)),
            _ => words,
        };
        edits.push((span.clone(), written));
    }
    edits
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
}
