//! Puts the history of each entry into the Timeline.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::differences::{Comparison, precision};
use super::facts::Facts;
use super::log::Origin;
use super::names::{Names, documents};
use super::published::{Fate, Stage, of_entry, stages};
use super::repository::{Known, Repository};
use crate::config::Config;
use crate::content::Precision;
use crate::date::Day;
use crate::timeline::{
    Change, ChangeIx, ChangeSort, ChangedEntry, CommitId, Correction, DocumentIx, Fact, History, Past, Timeline,
};

impl Repository {
    /// Puts the history of each entry into a Timeline that is being made. `today` is the day of the build in UTC. Without a
    /// history, nothing changes.
    pub(crate) fn fill(&self, timeline: &mut Timeline, today: Day) {
        if !self.is_known() {
            return;
        }
        let of_documents: Vec<(DocumentIx, &[Known])> = documents(timeline)
            .map(|document| (document, timeline.entry(document)))
            .map(|(document, entry)| (document, of_entry(entry, self.revisions(&entry.file))))
            .collect();
        let names = Names::of(timeline, &of_documents);
        let view = View { timeline, names: &names, today };
        let histories: Vec<History> =
            of_documents.par_iter().map(|(document, known)| view.of_document(*document, known)).collect();
        let retracted: Vec<History> = timeline
            .retracted
            .iter()
            .map(|event| of_entry(&event.entry, self.revisions(&event.entry.file)))
            .map(|known| retraction(known, &timeline.config, today))
            .collect();
        let places = of_documents.iter().map(|(document, _)| ChangedEntry::Document(*document));
        let places = places.chain((0..retracted.len()).map(ChangedEntry::Retracted));
        let changes = in_order(places.zip(histories.iter().chain(&retracted)));
        for ((document, _), history) in of_documents.iter().zip(histories) {
            timeline.entry_mut(*document).history = history;
        }
        for (event, history) in timeline.retracted.iter_mut().zip(retracted) {
            event.entry.history = history;
        }
        timeline.past = Past { folder: self.folder().to_owned(), begins: self.begins(), changes };
    }
}

/// Returns all changes, newest first, those of one commit together in the order of [`order`].
fn in_order<'h>(histories: impl Iterator<Item = (ChangedEntry, &'h History)>) -> Vec<ChangeIx> {
    let mut all: Vec<(&Change, ChangeIx)> = histories
        .flat_map(|(entry, history)| {
            let changes = history.changes.iter().enumerate();
            changes.map(move |(number, change)| (change, ChangeIx { entry, change: number }))
        })
        .collect();
    // Stable: changes of the same sort stay in the order of their entries.
    all.sort_by_key(|(change, _)| (Reverse(change.moment), change.commit.clone(), order(change.sort)));
    all.into_iter().map(|(_, ix)| ix).collect()
}

/// Returns the rank of a sort of change within a commit: the lowest is what a reader should see first.
const fn order(sort: ChangeSort) -> u8 {
    match sort {
        ChangeSort::Retracted => 0,
        ChangeSort::Corrected => 1,
        ChangeSort::Changed => 2,
        ChangeSort::Added => 3,
        ChangeSort::Edited => 4,
    }
}

/// Today's timeline, in whose terms changes are described.
struct View<'t> {
    timeline: &'t Timeline,
    names: &'t Names,
    today: Day,
}

/// What was there before a revision.
enum Before<'k> {
    /// No entry.
    Nothing,
    /// An entry whose contents are unknown or must not be shown.
    Something,
    /// An entry with these facts.
    Facts(&'k Facts),
}

impl View<'_> {
    fn of_document(&self, document: DocumentIx, revisions: &[Known]) -> History {
        let config = &self.timeline.config;
        let comparison = self.comparison(document, revisions);
        let mut history = History::default();
        let mut before = Before::Nothing;
        for Stage { known, fate } in stages(revisions, config, self.today) {
            let is_known = known.origin != Origin::Unknown;
            let (moment, facts) = match fate {
                Fate::Published(moment, facts) => (moment, facts),
                Fate::Retracted => {
                    // What a retracted entry said before is not shown.
                    history.changes.clear();
                    before = Before::Something;
                    continue;
                }
                Fate::Unread | Fate::Unpublished => {
                    let is_vague = matches!(fate, Fate::Unread) || !is_known;
                    if is_vague && matches!(before, Before::Nothing) {
                        before = Before::Something;
                    }
                    continue;
                }
            };
            let commit = CommitId::of(&known.commit);
            let mut change = Change {
                moment,
                commit,
                sort: ChangeSort::Added,
                facts: Vec::new(),
                parts: Vec::new(),
                corrections: Vec::new(),
            };
            match before {
                Before::Nothing if is_known => history.changes.push(change),
                Before::Nothing | Before::Something => {}
                Before::Facts(earlier) => {
                    change.corrections = self.corrections(document, earlier, facts);
                    change.parts = Comparison::parts(earlier, facts);
                    let changed = comparison.facts(earlier, facts);
                    change.sort = match (change.corrections.is_empty(), changed.is_empty()) {
                        (false, _) => ChangeSort::Corrected,
                        (true, false) => ChangeSort::Changed,
                        (true, true) => ChangeSort::Edited,
                    };
                    let is_change = change.sort != ChangeSort::Edited || !change.parts.is_empty();
                    if config.history.facts {
                        change.facts = changed;
                    }
                    history.changes.extend(is_change.then_some(change));
                }
            }
            before = Before::Facts(facts);
        }
        history
    }

    fn comparison(&self, document: DocumentIx, revisions: &[Known]) -> Comparison<'_> {
        let of_revision = |known: &Known| {
            let facts = known.facts.as_ref()?;
            precision(facts.values.get(&Fact::Precision)?.first()?)
        };
        let today = match document {
            DocumentIx::Place(place) => self.timeline[place].precision,
            _ => Precision::Exact,
        };
        // Precisions are ordered from the most exact to the coarsest.
        let strictest = revisions.iter().filter_map(of_revision).chain([today]).max().unwrap_or(Precision::Country);
        Comparison { names: self.names, default_confidence: self.timeline.config.default_confidence, strictest }
    }

    /// Returns the corrections that a revision added and the event still has, by their positions in the event's list.
    fn corrections(&self, document: DocumentIx, from: &Facts, to: &Facts) -> Vec<usize> {
        let DocumentIx::Event(event) = document else { return Vec::new() };
        let is_new = |correction: &Correction| {
            let is_it = |(day, note): &(Day, String)| (*day, note) == (correction.date, &correction.note);
            to.corrections.iter().any(is_it) && !from.corrections.iter().any(is_it)
        };
        let all = self.timeline[event].corrections.iter().enumerate();
        all.filter(|(_, correction)| is_new(correction)).map(|(number, _)| number).collect()
    }
}

/// Returns the history of a retracted entry: only its retraction, or nothing if the commit that retracted it is unknown.
fn retraction(revisions: &[Known], config: &Config, today: Day) -> History {
    let stages = stages(revisions, config, today);
    let start = stages.iter().rev().take_while(|stage| matches!(stage.fate, Fate::Retracted)).last();
    let change = start.filter(|stage| stage.known.origin != Origin::Unknown).map(|stage| Change {
        moment: stage.known.moment,
        commit: CommitId::of(&stage.known.commit),
        sort: ChangeSort::Retracted,
        facts: Vec::new(),
        parts: Vec::new(),
        corrections: Vec::new(),
    });
    History { changes: change.into_iter().collect() }
}
