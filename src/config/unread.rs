//! What site.toml may define in parts that annals could not read.

use std::collections::BTreeSet;

use crate::syntax::{Keys, Node, Value};

/// Kinds of events that site.toml may define in a part that annals could not read. An event of such a kind is not reported:
/// the mistake is in site.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum UnreadKinds {
    /// There are none.
    #[default]
    None,
    /// Those with these ids, which site.toml names in a table that means nothing, such as `[kind.raid]`.
    Named(BTreeSet<String>),
    /// There may be any: a part of site.toml could not be read.
    Any,
}

impl UnreadKinds {
    /// Returns whether a kind may be among them.
    #[must_use]
    pub fn may_hold(&self, id: &str) -> bool {
        match self {
            Self::None => false,
            Self::Named(ids) => ids.contains(id),
            Self::Any => true,
        }
    }

    /// Returns the ids that are known.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        let ids = if let Self::Named(ids) = self { Some(ids) } else { None };
        ids.into_iter().flatten().map(String::as_str)
    }
}

/// Collects the keys of the tables under unknown keys of site.toml: each may be meant as a kind.
pub(super) fn kinds(node: &Node, known: Keys) -> UnreadKinds {
    let Value::Table(table) = &node.value else { return UnreadKinds::None };
    let unknown = table.iter().filter(|(key, _)| !known.contains(&&*key.name));
    let tables = unknown.filter_map(|(_, node)| if let Value::Table(table) = &node.value { Some(table) } else { None });
    let ids: BTreeSet<String> = tables.flat_map(|table| table.iter()).map(|(key, _)| key.name.to_string()).collect();
    if ids.is_empty() { UnreadKinds::None } else { UnreadKinds::Named(ids) }
}
