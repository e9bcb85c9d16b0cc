//! One pass over the log: which revisions each text had, from the newest back.
//!
//! Only the branch that is built is read (`--first-parent`): the commits of a merged branch count as one, at the moment of the
//! merge, because that is when they were published. A text keeps its history if git detects that it was renamed, or if the
//! commit that adds it deletes a text of the same name and collection in another folder.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::git::{self, Refusal};
use super::head::Head;
use crate::date::Moment;
use crate::id::Collection;

/// The most commits that are read.
const COMMITS: usize = 100_000;
/// The most revisions that are read.
const REVISIONS: usize = 200_000;

/// A text as a commit left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Revision {
    /// The id of the commit.
    pub commit: String,
    /// The date of the commit (`%ct`, git's committer date).
    pub moment: Moment,
    /// The id of the blob.
    pub blob: String,
    /// The path from the top of the repository.
    pub path: String,
    /// How it came to be.
    pub origin: Origin,
}

/// How a revision came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Origin {
    /// The commit added it.
    Added,
    /// The commit changed it.
    Changed,
    /// The commit gave it another path and left this much of it the same, in per cent; 0 if git detected no rename.
    Renamed(u8),
    /// The known history begins with it, and it may be older.
    Unknown,
}

/// The revisions of all texts on the branch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Log {
    /// The texts by their present paths in the repository; deleted ones by the last paths that they had.
    texts: BTreeMap<String, Text>,
    /// The moment of the commit at which the known history begins, if it is not the first one.
    pub begins: Option<Moment>,
    /// Whether older commits were left out because there are too many.
    is_cut: bool,
}

/// A text with its revisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Text {
    /// Newest first.
    revisions: Vec<Revision>,
    /// Whether it was deleted.
    is_deleted: bool,
}

/// What a commit did to one file, as `git log --raw` says it.
struct Touched {
    /// git's letter: `A` for added, `D` deleted, `M` modified, `R` renamed, and others.
    status: u8,
    /// In per cent; 0 unless it was renamed.
    similarity: u8,
    blob: String,
    /// The path before a rename; otherwise the same as `path`.
    from: String,
    path: String,
}

/// A commit that is being read.
#[derive(Default)]
struct Commit {
    id: String,
    moment: Option<Moment>,
    /// The id of the commit that it followed on the branch.
    parent: Option<String>,
    files: Vec<Touched>,
}

impl Log {
    /// Asks git for the log of a repository. If `earlier` is that of an earlier commit of the branch, only newer commits are
    /// read.
    pub(super) fn read(root: &Path, head: &Head, earlier: Option<&(Head, Self)>) -> Result<Self, Refusal> {
        let earlier = earlier.filter(|(old, log)| old.shallow == head.shallow && !log.is_cut);
        if let Some((old, log)) = earlier {
            if old.commit == head.commit {
                return Ok(log.clone());
            }
            let range = format!("{}..{}", old.commit, head.commit);
            // The earlier commit may no longer be on this branch.
            if let Ok(newer) = Reading::of(root, head, &range, FULL)
                && newer.oldest_parent.as_deref() == Some(old.commit.as_str())
            {
                return Ok(newer.upon(log));
            }
        }
        // A partial clone lacks the blobs that git must compare to detect renames with changes.
        let all = |renames| Reading::of(root, head, &head.commit, renames).map(|reading| reading.log);
        all(FULL).or_else(|_| all("-M100%"))
    }

    /// Returns the path of each text that still exists, with its revisions, newest first.
    pub(super) fn into_texts(self) -> impl Iterator<Item = (String, Vec<Revision>)> {
        let texts = self.texts.into_iter().filter(|(_, text)| !text.is_deleted);
        texts.map(|(path, text)| (path, with_origin(text.revisions)))
    }
}

/// Sets the origin of the oldest revision to [`Origin::Unknown`], unless its commit added the text.
fn with_origin(mut revisions: Vec<Revision>) -> Vec<Revision> {
    if let Some(oldest) = revisions.last_mut().filter(|oldest| oldest.origin != Origin::Added) {
        oldest.origin = Origin::Unknown;
    }
    revisions
}

/// git's option to detect renames of texts of which at least 60 per cent stay the same.
const FULL: &str = "-M60%";

impl<'h> Reading<'h> {
    /// Reads a range of the log. `renames` is git's option for detecting renames.
    fn of(root: &Path, head: &'h Head, range: &str, renames: &str) -> Result<Self, Refusal> {
        let most = format!("--max-count={}", COMMITS + 1);
        let arguments = [
            "log",
            "--first-parent",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-show-signature",
            "--no-decorate",
            "--no-notes",
            "--encoding=UTF-8",
            renames,
            "-l1000",
            &most,
            "--format=tformat:%H %ct %P",
            // No path: git would compare a pattern with each name in a folder, for each commit.
            range,
            "--",
        ];
        let mut reading =
            Self { commits: 0, revisions: 0, lines: Lines::default(), log: Log::default(), oldest_parent: None, head };
        let mut pieces = Pieces::default();
        let whole = git::pieces(root, &arguments, |piece| {
            let Some(commit) = pieces.take(piece) else { return true };
            reading.take(&commit)
        })?;
        if whole {
            reading.take(&pieces.commit);
        }
        Ok(reading)
    }

    /// Returns the whole log: what was read, followed by an earlier log whose newest commit is the parent of the oldest one
    /// read.
    fn upon(self, earlier: &Log) -> Log {
        let mut log = self.log;
        for (path, text) in &earlier.texts {
            match self.lines.by_path.get(path) {
                None => _ = log.texts.insert(path.clone(), text.clone()),
                // Another text has taken the path.
                Some(None) => {}
                Some(Some(name)) => {
                    log.texts.entry(name.clone()).or_default().revisions.extend(text.revisions.iter().cloned());
                }
            }
        }
        Log { begins: log.begins.or(earlier.begins), ..log }
    }
}

/// The state of putting together the pieces that `git log --raw -z` prints: a line for each commit; then for each file a line
/// that begins with a colon, and one or two paths.
#[derive(Default)]
struct Pieces {
    commit: Commit,
    /// The line of a file whose paths come next.
    file: Option<Touched>,
}

impl Pieces {
    /// Takes the next piece. If it begins a commit, returns the commit before, which is now complete.
    fn take(&mut self, piece: &[u8]) -> Option<Commit> {
        if let Some(mut file) = self.file.take() {
            let path = String::from_utf8_lossy(piece).into_owned();
            if file.from.is_empty() && matches!(file.status, b'R' | b'C') {
                file.from = path;
                self.file = Some(file);
                return None;
            }
            if file.from.is_empty() {
                file.from.clone_from(&path);
            }
            file.path = path;
            self.commit.files.push(file);
            return None;
        }
        let line = std::str::from_utf8(piece).unwrap_or_default().trim();
        if let Some(file) = line.strip_prefix(':') {
            // Modes before and after, ids before and after, and the status.
            let mut words = file.split(' ').skip(3);
            let (blob, status) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let similarity = status.get(1..).and_then(|number| number.parse().ok()).unwrap_or(0);
            let status = status.bytes().next().unwrap_or(b'?');
            let (from, path) = (String::new(), String::new());
            self.file = Some(Touched { status, similarity, blob: blob.to_owned(), from, path });
            return None;
        }
        let mut words = line.split(' ');
        let (id, seconds, parent) = (words.next()?, words.next()?, words.next());
        let moment = seconds.parse().ok().map(Moment::of_seconds);
        let next = Commit { id: id.to_owned(), moment, parent: parent.map(str::to_owned), files: Vec::new() };
        Some(std::mem::replace(&mut self.commit, next)).filter(|commit| commit.moment.is_some())
    }
}

/// Which text a path is part of, at the commit that is being read.
#[derive(Default)]
struct Lines {
    /// The text that each path belongs to; `None` if what was there earlier is another text. Looked up, never iterated.
    by_path: FxHashMap<String, Option<String>>,
}

/// A log that is being read.
struct Reading<'h> {
    commits: usize,
    revisions: usize,
    lines: Lines,
    log: Log,
    /// The first parent of the oldest commit that was read.
    oldest_parent: Option<String>,
    head: &'h Head,
}

impl Reading<'_> {
    /// Takes the next commit, which is older than those before. Returns `false` if no more may be read.
    fn take(&mut self, commit: &Commit) -> bool {
        let Some(moment) = commit.moment else { return true };
        self.commits += 1;
        self.oldest_parent.clone_from(&commit.parent);
        let is_edge = self.head.shallow.binary_search(&commit.id).is_ok();
        self.log.is_cut = self.commits > COMMITS || self.revisions > REVISIONS;
        if is_edge || self.log.is_cut {
            self.log.begins = Some(moment);
        }
        let mut moved: Vec<(String, String)> = Vec::new();
        for file in commit.files.iter().filter(|file| is_text(&file.path)) {
            let text = self.lines.by_path.get(&file.path).cloned();
            if file.status == b'D' {
                // The newest commit comes first: a text without a later revision no longer exists.
                if text.is_none() {
                    self.lines.by_path.insert(file.path.clone(), Some(file.path.clone()));
                    self.log.texts.entry(file.path.clone()).or_default().is_deleted = true;
                }
                continue;
            }
            let text = text.unwrap_or_else(|| Some(file.path.clone()));
            self.lines.by_path.insert(file.path.clone(), text.clone());
            let Some(text) = text else { continue };
            let from = commit.moved_from(file);
            let origin = match (file.status, &from) {
                _ if is_edge => Origin::Unknown,
                (_, Some((_, similarity))) => Origin::Renamed(*similarity),
                // A file that was renamed from outside a collection was no entry before.
                (b'A' | b'R', None) => Origin::Added,
                _ => Origin::Changed,
            };
            let (id, path, blob) = (commit.id.clone(), file.path.clone(), file.blob.clone());
            let revision = Revision { commit: id, moment, blob, path, origin };
            self.log.texts.entry(text.clone()).or_default().revisions.push(revision);
            self.revisions += 1;
            if let Some((from, _)) = from {
                self.lines.by_path.insert(file.path.clone(), None);
                moved.push((from.to_owned(), text));
            }
        }
        // After all files of the commit: two texts may have exchanged their paths.
        for (from, text) in moved {
            self.lines.by_path.insert(from, Some(text));
        }
        !self.log.is_cut
    }
}

impl Commit {
    /// Returns the earlier path of a text that the commit moved, and how much of it stayed the same in per cent. Either git
    /// detected a rename, or the commit deleted a text of the same name and collection, which counts as 0.
    fn moved_from<'c>(&'c self, file: &'c Touched) -> Option<(&'c str, u8)> {
        if file.status == b'R' {
            return Some((file.from.as_str(), file.similarity)).filter(|(from, _)| is_text(from));
        }
        let place = of_collection(&file.path).filter(|_| file.status == b'A')?;
        let is_same = |other: &&Touched| other.status == b'D' && of_collection(&other.path) == Some(place);
        self.files.iter().find(is_same).map(|other| (other.path.as_str(), 0))
    }
}

/// Returns whether a path may be that of an entry.
fn is_text(path: &str) -> bool {
    of_collection(path).is_some()
}

/// Returns the collection and the file name of an entry's path, wherever its site is in the repository. `None` if the file does
/// not end in `.md`, or no folder above it has the name of a collection.
pub(super) fn of_collection(path: &str) -> Option<(Collection, &str)> {
    let (folders, name) = path.rsplit_once('/')?;
    name.ends_with(".md").then_some(())?;
    let collection = folders.split('/').rev().find_map(Collection::of_folder)?;
    Some((collection, name))
}
