//! Actors that share a name: perhaps one actor in two documents.

use rustc_hash::FxHashMap;

use super::DocumentNo;
use super::references::References;
use crate::content::{ActorMatter, Document, Matter};
use crate::diagnostic::{Code, Problems, Span};
use crate::fold;

/// Reports each name that two actors have, compared as search compares words, unless one of the two became the other,
/// directly or in several steps.
pub(super) fn report_shared(documents: &[Document], references: &[References], problems: &mut Problems) {
    // Looked up, never iterated.
    let mut first: FxHashMap<String, (DocumentNo, &str)> = FxHashMap::default();
    for (number, document) in DocumentNo::all(documents) {
        let Matter::Actor(actor) = &*document.matter else { continue };
        let mut reported = Vec::new();
        for (name, span) in names(actor) {
            let folded = folded(name);
            if folded.is_empty() {
                continue; // signs alone, which search cannot compare
            }
            let (other, of_other) = *first.entry(folded).or_insert((number, name));
            let became = |a: DocumentNo, b: DocumentNo| successors(a, references).contains(&b);
            if other == number || became(other, number) || became(number, other) || reported.contains(&other) {
                continue;
            }
            reported.push(other);
            let other = &documents[other.0];
            let known = if of_other == name { String::new() } else { format!(" (there `{of_other}`)") };
            let message = format!("the actor `{}` is called `{name}` too{known}", other.id.id);
            let place = span.map_or_else(|| (&document.file).into(), |span| (&document.file, span).into());
            let place: crate::diagnostic::Place = place;
            problems
                .report(Code::SharedName, place, message)
                .help(format!(
                    "if they are the same, keep one document and its names; if one became the other, write [[became]] with \
                     actor = \"{}\" in the earlier; if not, tell them apart by their names",
                    document.id.id
                ))
                .also_at(&other.file, "the other actor");
        }
    }
}

/// Returns an actor and all its successors, direct or not. `became` may form a cycle.
fn successors(actor: DocumentNo, references: &[References]) -> Vec<DocumentNo> {
    let mut found = vec![actor];
    let mut next = 0;
    while let Some(known) = found.get(next) {
        let further = references[known.0].became.iter().flatten().filter(|further| !found.contains(further));
        let further: Vec<DocumentNo> = further.copied().collect();
        found.extend(further);
        next += 1;
    }
    found
}

/// Returns the names of an actor, each with its place. The place of the main name is not known.
fn names(actor: &ActorMatter) -> impl Iterator<Item = (&str, Option<Span>)> {
    let others = actor.names.iter().chain(&actor.native_name).map(|name| (&*name.value, Some(name.span.clone())));
    std::iter::once((&*actor.name, None)).chain(others).filter(|(name, _)| !name.is_empty())
}

/// Folds a name as search folds words.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold::words(name, |word| {
        folded.push_str(word);
        folded.push(' ');
    });
    folded
}
