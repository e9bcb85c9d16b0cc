//! Watching the site's folder.
//!
//! The system announces edits at once. But it watches folders themselves, not their names: when a folder is replaced by another
//! of the same name (a checkout, a synchronised disk, a switched link), it is no longer watched. So there are two more checks:
//! several times a second, whether the site and its folders are still the same; and every few seconds, whether any file has
//! changed, for disks that announce nothing.

use crate::load::Changes;
use crate::source_path::Folder;
use std::fs::Metadata;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

/// How long nothing may happen before an edit counts as complete: editors save in several steps.
const SETTLE: Duration = Duration::from_millis(20);
/// The same after a file was closed or moved to its place, when an edit is usually complete.
const SETTLE_CLOSED: Duration = Duration::from_millis(4);
/// The same when many files change: a checkout, an unpacked archive.
const SETTLE_BURST: Duration = Duration::from_millis(150);
/// From how many events on a change counts as a burst.
const BURST: usize = 40;
/// Changes that do not end are shown after this time anyway.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often the folders are checked for replacement.
const GLANCE: Duration = Duration::from_millis(200);
/// The shortest pause between two checks of all files. It is a quarter of this if the system cannot watch.
const SURVEY: Duration = Duration::from_secs(2);
/// The shortest pause after such a check, as a multiple of the time that it took.
const REST: u32 = 50;

/// Watches the files that a site is made from.
pub(super) struct Watch {
    /// The root as it was given, from which the paths of changed files begin.
    given: PathBuf,
    root: PathBuf,
    /// Replaced when a folder is. `None` if the system cannot watch; then folders are only polled.
    watcher: Option<RecommendedWatcher>,
    identity: Identity,
    /// The fingerprint of all files at the last check; `None` while an edit is not yet shown.
    survey: Option<u64>,
    next_survey: Instant,
    changes: Receiver<Change>,
    sender: Sender<Change>,
}

/// What the system announced.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// Something happened to these files, by their path from the site's root.
    Edit {
        paths: Vec<PathBuf>,
        /// Whether the file is complete: it was closed after writing, or moved to its place.
        complete: bool,
    },
    /// A folder itself appeared or disappeared, or events were lost.
    Folder,
}

/// Identifies the root and its folders, so that a replaced folder is noticed even with the same name. An inode number may be
/// reused at once, but a creation time is not.
type Identity = Vec<Option<(u64, u64, Option<SystemTime>)>>;

impl Watch {
    /// Starts to watch the site at `root`.
    pub(super) fn new(root: &Path) -> Self {
        let (sender, changes) = channel();
        let given = root.to_owned();
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let identity = identity(&root);
        let (survey, next_survey) = (None, Instant::now());
        let mut watch = Self { given, root, watcher: None, identity, survey, next_survey, changes, sender };
        watch.watch();
        watch.survey = Some(watch.look());
        watch
    }

    /// Asks the system to announce changes in the folders that exist now.
    fn watch(&mut self) {
        self.watcher = None;
        // The folder behind a link is watched, and events name it by its own path.
        let Ok(root) = self.root.canonicalize() else { return };
        let (ours, sender) = (root.clone(), self.sender.clone());
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Some(change) = change(&ours, &event) {
                // The receiver is dropped only when the preview ends.
                let _ = sender.send(change);
            }
        });
        let Ok(mut watcher) = watcher else { return };
        let mut complete = watcher.watch(&root, RecursiveMode::NonRecursive).is_ok();
        for folder in Folder::ALL.map(|folder| root.join(folder.name())) {
            if folder.symlink_metadata().is_ok_and(|found| found.is_dir()) {
                complete &= watcher.watch(&folder, RecursiveMode::Recursive).is_ok();
            }
        }
        // If the system cannot watch everything, its events are not relied on at all.
        self.watcher = complete.then_some(watcher);
    }

    /// Waits until the next edit is complete. Returns which files may have changed.
    pub(super) fn wait(&mut self) -> Changes {
        if self.survey.is_none() {
            // The previous edit is shown, so any difference from now on is new.
            self.survey = Some(self.look());
        }
        loop {
            let change = self.changes.recv_timeout(GLANCE);
            let identity = identity(&self.root);
            let replaced = identity != self.identity || change == Ok(Change::Folder);
            let disconnected = change == Err(RecvTimeoutError::Disconnected);
            if change.is_ok() || replaced {
                let changes = self.settle(change.ok());
                if replaced || changes == Changes::Any {
                    self.identity = self::identity(&self.root);
                    self.watch();
                }
                self.survey = None;
                return if replaced { Changes::Any } else { changes };
            }
            if Instant::now() >= self.next_survey {
                let survey = Some(self.look());
                if survey != self.survey {
                    self.survey = survey;
                    self.watch();
                    return Changes::Any;
                }
            }
            if disconnected {
                // This cannot happen, because we hold the sender. But the loop must never spin without a pause.
                std::thread::sleep(GLANCE);
            }
        }
    }

    /// Waits until nothing more happens after a first change. Returns which files may have changed.
    fn settle(&self, first: Option<Change>) -> Changes {
        let (start, mut events, mut changes) = (Instant::now(), 0, Changes::none());
        let mut next = first;
        while start.elapsed() < PATIENCE {
            events += 1;
            let mut quiet = SETTLE;
            match next.take() {
                Some(Change::Edit { paths, complete }) => {
                    quiet = if complete { SETTLE_CLOSED } else { SETTLE };
                    changes = changes.and(Changes::Only(paths.iter().map(|path| self.given.join(path)).collect()));
                }
                Some(Change::Folder) | None => changes = Changes::Any,
            }
            if events > BURST || changes == Changes::Any {
                quiet = SETTLE_BURST;
            }
            match self.changes.recv_timeout(quiet) {
                Ok(change) => next = Some(change),
                Err(_) => break,
            }
        }
        // A burst may have been more than the system could announce.
        if events > BURST { Changes::Any } else { changes }
    }

    /// Computes a fingerprint of all files, which changes when any of them does.
    fn look(&mut self) -> u64 {
        let start = Instant::now();
        let folders = Folder::ALL.iter().map(|folder| self.root.join(folder.name()));
        let paths = folders.flat_map(|folder| WalkDir::new(folder).into_iter().flatten());
        let files = paths.filter_map(|entry| Some((entry.path().to_owned(), entry.metadata().ok()?)));
        let config = self.root.join(crate::config::FILE);
        let config = config.symlink_metadata().ok().map(|found| (config, found));
        // The order of a directory listing is arbitrary, so the fingerprints are summed.
        let look = files.chain(config).map(|(path, found)| fingerprint(&path, &found)).fold(0, u64::wrapping_add);
        let pause = if self.watcher.is_some() { SURVEY } else { SURVEY / 4 };
        self.next_survey = Instant::now() + pause.max(start.elapsed() * REST);
        look
    }
}

fn fingerprint(path: &Path, found: &Metadata) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    found.is_dir().hash(&mut hasher);
    if !found.is_dir() {
        found.len().hash(&mut hasher);
        found.modified().ok().hash(&mut hasher);
        number(found).hash(&mut hasher);
    }
    hasher.finish()
}

fn identity(root: &Path) -> Identity {
    let of = |found: Metadata| {
        let (disk, number) = number(&found);
        (disk, number, found.created().ok())
    };
    let folders =
        Folder::ALL.iter().map(|folder| root.join(folder.name()).symlink_metadata().ok().filter(Metadata::is_dir));
    // The root may be behind a link that is switched.
    std::iter::once(std::fs::metadata(root).ok()).chain(folders).map(|found| found.map(of)).collect()
}

#[cfg(unix)]
fn number(found: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// Returns what an event means for the site; `None` for mere reading and for other folders such as the output.
fn change(root: &Path, event: &notify::Result<notify::Event>) -> Option<Change> {
    let Ok(event) = event else { return Some(Change::Folder) };
    if event.need_rescan() {
        return Some(Change::Folder);
    }
    let paths: Vec<PathBuf> = event.paths.iter().filter(|path| is_of_site(root, path)).cloned().collect();
    if is_reading(event.kind) || paths.is_empty() {
        return None;
    }
    let moves =
        matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    let is_folder =
        |path: &PathBuf| path.parent() == Some(root) && Folder::ALL.iter().any(|folder| path.ends_with(folder.name()));
    let of_folder = moves && event.paths.iter().any(is_folder);
    if of_folder {
        return Some(Change::Folder);
    }
    let is_closed = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
    let is_moved = matches!(event.kind, EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)));
    let inside = paths.iter().filter_map(|path| Some(path.strip_prefix(root).ok()?.to_owned()));
    Some(Change::Edit { paths: inside.collect(), complete: is_closed || is_moved })
}

fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(AccessKind::Read | AccessKind::Open(_) | AccessKind::Any))
}

/// Returns whether a path is site.toml or in one of the four folders, which the output beside them is not.
fn is_of_site(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return false };
    let first: PathBuf = inside.components().take(1).collect();
    first == Path::new(crate::config::FILE) || Folder::ALL.iter().any(|folder| first == Path::new(folder.name()))
}
