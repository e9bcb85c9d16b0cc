//! Whether two versions of an entry differ only in words.

use super::body::Body;
use super::document::Document;
use super::matter::Matter;

impl Document {
    /// Returns whether an event differs from its earlier version only in words: in title, summary and text, but not in what
    /// they refer to, nor in what others can refer to. `false` unless both versions could be read completely.
    #[must_use]
    pub fn is_reworded(&self, earlier: &Self) -> bool {
        let (Matter::Event(new), Matter::Event(old)) = (&*self.matter, &*earlier.matter) else { return false };
        let mut same = (**old).clone();
        same.title.clone_from(&new.title);
        same.common.summary.clone_from(&new.common.summary);
        (self.readable && earlier.readable)
            && (&self.id, &self.file, &self.media_files) == (&earlier.id, &earlier.file, &earlier.media_files)
            && self.aliases == earlier.aliases
            && **new == same
            && self.body.refers_as(&earlier.body)
    }
}

impl Body {
    /// Returns whether it refers to the same things in the same order, and has the same places to refer to. `false` if
    /// either has a query, because the words of a count are a number that must be checked.
    fn refers_as(&self, other: &Self) -> bool {
        let links = || self.links.iter().zip(&other.links);
        (self.queries.is_empty() && other.queries.is_empty())
            && self.links.len() == other.links.len()
            && links().all(|(new, old)| (&new.target, &new.anchor) == (&old.target, &old.anchor))
            && links().all(|(new, old)| new.is_by_words == old.is_by_words)
            && links().all(|(new, old)| new.problem.is_none() && old.problem.is_none())
            && (self.anchored, &self.anchors) == (other.anchored, &other.anchors)
            && (&self.citations, &self.unknown_citations) == (&other.citations, &other.unknown_citations)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Limits, RawHtml};
    use crate::content::{Document, Goal, Settings};
    use crate::id::Collection;

    fn event(matter: &str, text: &str) -> Document {
        let text = format!("+++\ntitle = \"T\"\ndate = 2020-01-01\nkind = \"meeting\"\n{matter}+++\n{text}\n");
        let settings = Settings { goal: Goal::Site, limits: Limits::default(), raw_html: RawHtml::Deny };
        Document::parse(Collection::Events, &"content/events/a.md".into(), &text, &settings).0
    }

    #[test]
    fn only_words_make_a_rewording() {
        let tagged = |tag: &str| event(&format!("tags = [\"{tag}\"]\n"), "Text.");
        assert!(tagged("span: 1").is_reworded(&tagged("span: 1")));
        assert!(!tagged("span: 1").is_reworded(&tagged("span: 2")), "a tag is no word, whatever is in it");
        let moved = event("# A comment.\ntags = [\"span: 1\"]\nactors = [\"b\"]\n", "More text.");
        assert!(moved.is_reworded(&event("actors = [\"b\"]\ntags = [\"span: 1\"]\n", "Text.")));
        let linked = |link: &str| event("", &format!("## One\n\n{link}."));
        assert!(!linked("[a](#One)").is_reworded(&linked("[[#One]]")), "only the second finds the heading");
    }

    #[test]
    fn the_key_of_a_text_covers_its_queries_and_not_their_places() {
        let query = |query: &str| {
            let body = event("", &format!("```events\n{query}\n```")).body;
            assert_eq!(body.queries.len(), 1, "{query}");
            body.key()
        };
        assert_ne!(query("kind = \"span: 1\""), query("kind = \"span: 2\""));
        assert_ne!(query("kind = \"a\""), query("actor = \"a\""));
        assert_ne!(query("from = \"2020\""), query("to = \"2020\""));
        assert_ne!(query("kind = \"a\"\norder = \"newest\""), query("kind = \"a\"\norder = \"oldest\""));
        assert_eq!(query("kind = \"a\"\nfrom = \"2020\""), query("from = \"2020\" # A comment.\nkind = [ \"a\" ]"));
    }
}
