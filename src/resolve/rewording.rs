//! Updates the last Timeline if an edit changed only words, as most edits in a preview do, instead of resolving everything
//! again.

use std::sync::Arc;

use super::assemble::Resolved;
use super::documents;
use crate::config::GateLevel;
use crate::content::{Document, Matter};
use crate::timeline::{Entry, Timeline};

/// Returns the last resolution with the new words of the events that changed; `changed` has each document as it is now and as
/// it was. `None` if anything else might follow from the edit: then everything has to be resolved again.
#[must_use]
pub(crate) fn reworded(last: &Resolved, changed: &[(&Document, &Document)]) -> Option<Resolved> {
    // Unchanged events are shared.
    let mut timeline = Timeline::clone(&last.timeline);
    for (new, old) in changed {
        reword(&mut timeline, new, old, last)?;
    }
    Some(Resolved { timeline: Arc::new(timeline), problems: last.problems.clone() })
}

fn reword(timeline: &mut Timeline, new: &Document, old: &Document, last: &Resolved) -> Option<()> {
    let Matter::Event(matter) = &*new.matter else { return None };
    let is_reported = last.problems.iter().any(|problem| problem.places().any(|place| place.file == new.file));
    let is_gated = timeline.config.gates.uncited_paragraph.is_some_and(|level| level != GateLevel::Off);
    if is_reported || (is_gated && !new.body.unsupported.is_empty()) || !new.is_reworded(old) {
        return None;
    }
    let at = timeline.events.iter().position(|event| event.entry.id == new.id)?;
    let title = matter.title.to_string();
    if title != timeline.events[at].entry.title && is_quoted(&timeline.events[at].entry, timeline) {
        return None;
    }
    let entry = &mut Arc::make_mut(&mut timeline.events[at]).entry;
    entry.title = title;
    entry.summary = matter.common.summary.as_ref().map(ToString::to_string);
    entry.lead = documents::lead(new, &entry.links);
    entry.text = Arc::clone(&new.body.text);
    // The edit may have moved the aliases in the file.
    entry.aliases.clone_from(&new.aliases);
    Some(())
}

/// Returns whether the text of another entry shows the title of this one, as links by id do.
fn is_quoted(entry: &Entry, timeline: &Timeline) -> bool {
    let path = Some(entry.path());
    let mut links = entry.linked_from.iter().flat_map(|from| &timeline.entry(*from).links);
    links.any(|link| link.title.is_some() && link.path == path)
}
