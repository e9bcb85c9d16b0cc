//! What wrong ids and anchors were meant to be. Suggestions are computed after all documents are resolved, so that one limit
//! bounds their cost for the whole site.

use std::collections::{BTreeSet, HashMap};

use super::DocumentNo;
use super::meant::file_link;
use super::registry::Registry;
use crate::diagnostic::Problems;
use crate::id::{self, Collection};
use crate::syntax::{did_you_mean, nearest_names};

/// An unknown id or anchor that was reported. Similar ones are searched for once all documents are resolved.
pub(super) struct Unknown {
    /// The index of the report among those of its document.
    pub diagnostic: usize,
    pub wanted: Wanted,
    pub name: String,
}

/// Where an unknown id or anchor was written, and which ones could be meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// As an id, in front matter.
    Id(Collection),
    /// In `[[…]]`, perhaps with a collection.
    Link(Option<Collection>),
    /// In a link to a document's file.
    File(Collection),
    /// As an anchor of a document.
    Anchor(DocumentNo),
}

impl Wanted {
    /// Returns the collections that may have the id.
    fn collections(self) -> impl Iterator<Item = Collection> {
        let only = match self {
            Self::Id(collection) | Self::File(collection) => Some(collection),
            Self::Link(collection) => collection,
            Self::Anchor(_) => None,
        };
        let is_id = !matches!(self, Self::Anchor(_));
        Collection::ALL.into_iter().filter(move |of| is_id && only.is_none_or(|only| only == *of))
    }

    /// Writes a known id in the form that is used there.
    fn written(self, id: &str) -> String {
        match self {
            Self::Id(_) => id.to_owned(),
            Self::Link(_) => format!("[[{id}]]"),
            Self::File(collection) => file_link(id, collection),
            Self::Anchor(_) => format!("#{id}"),
        }
    }

    /// Returns how many names a wrong one is compared with.
    fn cost(self, registry: &Registry<'_>) -> usize {
        match self {
            Self::Anchor(document) => registry.document(document).body.anchors.len(),
            _ => self.collections().map(|of| registry.ids(of).len()).sum(),
        }
    }
}

/// The most pairs of names that are compared in one run. Each wrong one is compared with all right ones, and there may be
/// thousands of both.
const COMPARISONS: usize = 500_000;

/// The ids similar to a wrong one: the help, and the documents that have them.
struct Near {
    help: String,
    documents: Vec<DocumentNo>,
}

/// Adds similar ids to the reports of unknown ones, from the first document on, up to [`COMPARISONS`]. Returns the documents
/// that were suggested.
pub(super) fn suggest<'d>(
    registry: &Registry<'_>,
    reports: impl Iterator<Item = (Vec<Unknown>, &'d mut Problems)>,
) -> BTreeSet<DocumentNo> {
    let mut known: HashMap<(Wanted, String), Option<Near>> = HashMap::new();
    let mut left = COMPARISONS;
    let mut suggested = BTreeSet::new();
    for (unknown, problems) in reports {
        for unknown in unknown {
            let near = known.entry((unknown.wanted, unknown.name)).or_insert_with_key(|(wanted, name)| {
                left = left.checked_sub(wanted.cost(registry))?;
                near(registry, *wanted, name)
            });
            if let (Some(near), Some(diagnostic)) = (near, problems.get_mut(unknown.diagnostic)) {
                diagnostic.help(&near.help);
                suggested.extend(&near.documents);
            }
        }
    }
    suggested
}

fn near(registry: &Registry<'_>, wanted: Wanted, name: &str) -> Option<Near> {
    if let Wanted::Anchor(document) = wanted {
        let anchors = registry.document(document).body.anchors.iter().map(String::as_str);
        let written: Vec<String> = nearest_names(name, anchors).into_iter().map(|near| wanted.written(near)).collect();
        return Some(Near { help: did_you_mean(&written)?, documents: Vec::new() });
    }
    let of_id = |id: &&str| wanted.collections().filter_map(|of| registry.find(of, id)).collect::<Vec<_>>();
    let plain = bare_id(name).unwrap_or(name);
    if matches!(wanted, Wanted::Id(_)) && plain != name {
        let documents = of_id(&plain);
        if !documents.is_empty() {
            return Some(Near { help: format!("write the id alone: {plain}"), documents });
        }
    }
    let ids: BTreeSet<&str> = wanted.collections().flat_map(|of| registry.nearest(of, plain)).collect();
    let ids = nearest_names(plain, ids);
    let written: Vec<String> = ids.iter().map(|id| wanted.written(id)).collect();
    Some(Near { help: did_you_mean(&written)?, documents: ids.iter().flat_map(of_id).collect() })
}

/// Returns the id in what other programs write in its place: `[[id|words]]`, `[words](@/actors/id.md)`, `actors/id`, `@id`.
fn bare_id(written: &str) -> Option<&str> {
    let written = written.trim();
    let inside = match written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        Some(link) => link.split(['|', '#']).next()?,
        None => written.split_once("](").map_or(written, |(_, address)| address.trim_end_matches(')')),
    };
    let inside = inside.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '#'));
    let inside = if inside.contains('/') { inside } else { inside.trim_start_matches('@') };
    id::in_path(inside).map(|(_, id)| id)
}
