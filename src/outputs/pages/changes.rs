//! The page of the latest changes to all entries.

use tera::Value;

use super::head::Head;
use super::writer::PageWriter;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::timeline::{Change, ChangeIx, ChangeSort, ChangedEntry, DocumentIx, Timeline};

/// How many changes the page shows before it ends, always after a whole commit.
const CHANGES: usize = 300;
/// The most changes of one commit and one sort that it shows.
const ALIKE: usize = 12;

/// The changes of one commit, and the first of them.
struct Group<'t> {
    changes: Vec<ChangeIx>,
    first: &'t Change,
}

impl<'a> PageWriter<'a> {
    pub(super) fn all_changes(&self) -> Draft<'a> {
        let timeline = self.timeline();
        let title = self.word("changes");
        let intro = self.word("changes-intro");
        let mut context =
            self.context(Head { description: Some(&intro), breadcrumb: self.trail(), ..Head::new(&title) });
        let (commits, is_all) = latest(timeline);
        let days = commits.chunk_by(|a, b| a.first.moment.day() == b.first.moment.day());
        let day = |commits: &[Group<'_>]| -> Option<Value> {
            let day = commits.first()?.first.moment.day();
            Some(object! {
                "date": day.words(self.locale()),
                "datetime": day.to_string(),
                "commits": commits.iter().map(|commit| self.commit(commit)).collect::<Vec<_>>(),
            })
        };
        let begins = timeline.past.begins.map(|begins| begins.day().words(self.locale()));
        let begins = begins.map(|date| self.locale().text("changes-begin", &[("date", date.into())]));
        context.insert("intro", intro.as_str());
        context.insert("days", days.filter_map(day).collect::<Vec<_>>());
        context.insert("older", (!is_all).then(|| self.word("changes-older")));
        context.insert("begins", begins);
        self.write("changes.html", context)
    }

    /// Returns what a commit changed, as one group for each sort of change.
    fn commit(&self, commit: &Group<'_>) -> Value {
        let timeline = self.timeline();
        let sort = |ix: &ChangeIx| timeline.change(*ix).1.sort;
        let of_sort = |changes: &[ChangeIx]| {
            let more = changes.len().saturating_sub(ALIKE);
            object! {
                "sort": changes.first().map(|ix| sort(ix).name()),
                "is_plain": changes.iter().take(ALIKE).all(|ix| is_plain(timeline.change(*ix).1)),
                "count": self.counted_changes(changes.first().map(sort), changes.len()),
                "changes": changes.iter().take(ALIKE).map(|ix| self.listed_change(*ix)).collect::<Vec<_>>(),
                "more": (more > 0).then(|| self.locale().count("changes-more", more)),
            }
        };
        let groups = commit.changes.chunk_by(|a, b| sort(a) == sort(b)).map(of_sort);
        object! {
            "change": self.change(commit.first, &[]),
            "groups": groups.collect::<Vec<_>>(),
        }
    }

    /// Returns how many changes of one sort there are, in words: "3 entries added".
    fn counted_changes(&self, sort: Option<ChangeSort>, count: usize) -> Option<String> {
        sort.map(|sort| self.locale().count(&format!("changes-{}", sort.name()), count))
    }

    fn listed_change(&self, ix: ChangeIx) -> Value {
        let timeline = self.timeline();
        let (entry, change) = timeline.change(ix);
        let (reason, sort_of) = match ix.entry {
            ChangedEntry::Document(document) => (None, self.sort_of(document)),
            ChangedEntry::Retracted(number) => (timeline.retracted[number].retracted.clone(), None),
        };
        let corrections = match ix.entry {
            ChangedEntry::Document(DocumentIx::Event(event)) => &timeline[event].corrections[..],
            _ => &[],
        };
        object! {
            "title": entry.title.as_str(),
            "url": Value::safe_string(&entry.path().url()),
            "is": sort_of,
            "reason": reason,
            "change": self.change(change, corrections),
        }
    }
}

/// Returns whether the title of its entry is all that a list shows of a change.
const fn is_plain(change: &Change) -> bool {
    matches!(change.sort, ChangeSort::Added | ChangeSort::Edited)
}

/// Returns the latest changes by commit, newest first, and whether these are all. Of many changes of one commit and one
/// sort, only those that are shown count.
fn latest(timeline: &Timeline) -> (Vec<Group<'_>>, bool) {
    let of = |ix: &ChangeIx| timeline.change(*ix).1;
    let commits = timeline.past.changes.chunk_by(|a, b| (of(a).moment, &of(a).commit) == (of(b).moment, &of(b).commit));
    let mut shown = 0;
    let mut latest = Vec::new();
    for changes in commits {
        if shown >= CHANGES {
            return (latest, false);
        }
        shown += changes.chunk_by(|a, b| of(a).sort == of(b).sort).map(|alike| alike.len().min(ALIKE)).sum::<usize>();
        latest.push(Group { first: of(&changes[0]), changes: changes.to_vec() });
    }
    (latest, true)
}
