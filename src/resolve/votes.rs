//! Who voted, and whether the body had that many members.

use super::references::{References, Resolver};
use crate::content::{ActorMatter, EventMatter, Matter, Vote};
use crate::date::{Day, EdtfDate};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::Collection;

impl Resolver<'_, '_> {
    /// Finds the actors of an event's vote, and reports more votes than the body can have had on that day.
    pub(super) fn vote(&mut self, event: &EventMatter, found: &mut References) {
        let Some(vote) = &event.vote else { return };
        found.body = self.one(Collection::Actors, &vote.body);
        for (list, ids) in found.voters.iter_mut().zip([&vote.against, &vote.abstaining, &vote.not_voting]) {
            *list = self.list(Collection::Actors, ids);
        }
        let Some(body) = found.body else { return };
        let document = self.registry.document(body);
        let Matter::Actor(actor) = &*document.matter else { return };
        let Some((most, span)) = most_members(actor, &event.date) else { return };
        if vote.total().is_some_and(|total| total > u64::from(most)) {
            let body = (&document.file, span);
            self.too_many(vote, most).also_at(body, "the number of members is here");
        }
    }

    fn too_many(&mut self, vote: &Vote, most: u32) -> &mut Diagnostic {
        let total = vote.total().unwrap_or_default();
        let keys = [("yes", Some(&vote.yes)), ("no", Some(&vote.no)), ("abstained", vote.abstained.as_ref())];
        let keys = keys.into_iter().chain([("absent", vote.absent.as_ref())]);
        let given = keys.filter_map(|(key, count)| Some((key, count?))).collect::<Vec<_>>();
        let written: Vec<String> = given.iter().map(|(key, _)| format!("`{key}`")).collect();
        let written = match written.as_slice() {
            [several @ .., last] if !several.is_empty() => format!("{} and {last}", several.join(", ")),
            all => all.concat(),
        };
        let members = if most == 1 { "1 member".to_owned() } else { format!("{most} members") };
        let message = format!("{written} make {total} votes, but `{}` had {members} at the time", vote.body.value.0);
        // The largest number is most likely the wrong one.
        let largest = given.iter().max_by_key(|(_, count)| count.value.0).map_or(0..0, |(_, count)| count.span.clone());
        self.report(Code::ImpossibleVote, largest, message)
            .help("correct the numbers; or, if the body had more members by then, add a [[members]] with `from` to it")
    }
}

/// Returns the most members that a body can have had at a date, and where it says so; `None` if it does not say.
fn most_members(body: &ActorMatter, date: &EdtfDate) -> Option<(u32, Span)> {
    let begins = |from: &Option<EdtfDate>| from.as_ref().and_then(EdtfDate::earliest);
    if body.members.iter().any(|members| members.unread.0) {
        return None;
    }
    let mut members: Vec<_> = body.members.iter().collect();
    members.sort_by_key(|members| begins(&members.from));
    let first: Option<Day> = begins(&members.first()?.from);
    // Before the first number that is known, the body may have had any number of members.
    if first.is_some_and(|first| date.earliest().is_none_or(|earliest| earliest < first)) {
        return None;
    }
    let mut most: Option<(u32, Span)> = None;
    for (number, entry) in members.iter().enumerate() {
        let next = members.get(number + 1).map(|next| next.from.as_ref().and_then(EdtfDate::latest));
        let is_over = next.flatten().zip(date.earliest()).is_some_and(|(end, earliest)| end < earliest);
        let is_ahead = begins(&entry.from).zip(date.latest()).is_some_and(|(start, latest)| start > latest);
        if is_over || is_ahead {
            continue;
        }
        let count = entry.count.value.0?;
        if most.as_ref().is_none_or(|(known, _)| count > *known) {
            most = Some((count, entry.count.span.clone()));
        }
    }
    most
}
