//! The documents that site.toml names: the actors of blocs, and the places that the map is about.

use std::collections::BTreeSet;
use std::mem;

use super::DocumentNo;
use super::order::Order;
use super::references::Resolver;
use super::registry::Registry;
use super::suggestions::Unknown;
use crate::config::{self, Config};
use crate::content::IdRef;
use crate::diagnostic::Problems;
use crate::fields::Line;
use crate::id::{self, Collection};
use crate::syntax::Spanned;
use crate::timeline::{Bloc, Timeline};

/// The documents that site.toml names, and the problems found in looking for them.
pub(super) struct Choices {
    /// The actors of each bloc. No actor is in two.
    blocs: Vec<Vec<DocumentNo>>,
    focus: Vec<DocumentNo>,
    pub problems: Problems,
    /// Unknown ids for which suggestions will be computed.
    pub unknown: Vec<Unknown>,
    /// Files that would be the named documents if they had other names.
    pub misplaced: BTreeSet<String>,
}

impl Choices {
    pub(super) fn find(config: &Config, registry: &Registry<'_>) -> Self {
        let mut resolver = Resolver::new(registry, &config::FILE.into(), true);
        // All blocs are one list, so that an actor in two of them is reported like one that a list names twice.
        let of_blocs: Vec<Vec<Spanned<IdRef>>> = config.blocs.iter().map(|bloc| ids(&bloc.actors)).collect();
        let mut listed: BTreeSet<DocumentNo> =
            resolver.list(Collection::Actors, &of_blocs.concat()).into_iter().collect();
        let mut first =
            |id: &Spanned<IdRef>| registry.find(Collection::Actors, &id.value.0).filter(|actor| listed.remove(actor));
        let blocs = of_blocs.iter().map(|bloc| bloc.iter().filter_map(&mut first).collect()).collect();
        let focus = resolver.list(Collection::Places, &ids(&config.focus));
        Self {
            blocs,
            focus,
            problems: resolver.problems,
            unknown: mem::take(&mut resolver.unknown),
            misplaced: resolver.misplaced,
        }
    }

    /// Puts the blocs and the focus of the map into the Timeline, without documents that are not published.
    pub(super) fn fill(&self, timeline: &mut Timeline, order: &Order) {
        let blocs = timeline.config.blocs.iter().zip(&self.blocs);
        timeline.blocs =
            blocs.map(|(bloc, actors)| Bloc { name: bloc.name.to_string(), actors: order.actors(actors) }).collect();
        timeline.focus = order.places(&self.focus);
    }
}

fn ids(lines: &[Spanned<Line>]) -> Vec<Spanned<IdRef>> {
    let id = |line: &Spanned<Line>| Spanned { value: IdRef(id::normalise(&line.value)), span: line.span.clone() };
    lines.iter().map(id).collect()
}
