//! Whether two versions of an entry differ only in words.

use super::body::{Body, without_places};
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
        let aliases = self.aliases.iter().map(|alias| &alias.value);
        (self.readable && earlier.readable)
            && (&self.id, &self.file, &self.media_files) == (&earlier.id, &earlier.file, &earlier.media_files)
            && aliases.eq(earlier.aliases.iter().map(|alias| &alias.value))
            && is_same(&**new, &same)
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
            && links().all(|(new, old)| new.problem.is_none() && old.problem.is_none())
            && (self.anchored, &self.anchors) == (other.anchored, &other.anchors)
            && (&self.citations, &self.unknown_citations) == (&other.citations, &other.unknown_citations)
    }
}

/// Whether two values are the same, wherever they are in their files.
fn is_same<T: std::fmt::Debug>(a: &T, b: &T) -> bool {
    without_places(&format!("{a:?}")) == without_places(&format!("{b:?}"))
}
