//! Watching the site's folder.
//!
//! The system tells of edits at once. But what it watches are folders themselves, not their names: a folder that is replaced
//! by another of its name (a checkout, a synchronised disk, a switched link) is watched no longer. So there are two more looks:
//! several times a second, whether site and folders are still the same; and every few seconds, whether any file is another,
//! for disks of which the system tells nothing.

use std::fs::Metadata;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

/// How long nothing more must happen before an edit counts as done: editors save in several steps.
const SETTLE: Duration = Duration::from_millis(20);
/// The same where many files change: a checkout, an unpacked archive.
const SETTLE_BURST: Duration = Duration::from_millis(150);
/// How many events are a burst.
const BURST: usize = 40;
/// Changes that never end are shown all the same after this time.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is looked whether the folders are still the same.
const GLANCE: Duration = Duration::from_millis(200);
/// How often at the most all files are looked at, and how many times longer than a look the pause after it is.
const SURVEY: Duration = Duration::from_secs(2);
const REST: u32 = 50;

/// Folders that a site is read from.
const FOLDERS: [&str; 4] = ["content", "templates", "static", "locales"];

/// Watches what a site is made of.
pub(super) struct Watch {
    root: PathBuf,
    /// Replaced when a folder is. None where the system cannot watch; then folders are only polled.
    watcher: Option<RecommendedWatcher>,
    identity: Identity,
    /// What all files were when they were last looked at; none while an edit is not yet shown.
    survey: Option<u64>,
    next_survey: Instant,
    changes: Receiver<Change>,
    sender: Sender<Change>,
}

/// What the system told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Something in a folder.
    Edit,
    /// A folder itself came or went, or events were lost.
    Folder,
}

/// What the root and its folders are: another folder of the same name is another. A number may be given again at once, a
/// time not.
type Identity = Vec<Option<(u64, u64, Option<SystemTime>)>>;

impl Watch {
    /// Begins to watch.
    pub fn new(root: &Path) -> Self {
        let (sender, changes) = channel();
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let identity = identity(&root);
        let mut watch =
            Self { root, watcher: None, identity, survey: None, next_survey: Instant::now(), changes, sender };
        watch.watch();
        watch.survey = Some(watch.look());
        watch
    }

    /// Asks the system to tell of changes in the folders that are there now.
    fn watch(&mut self) {
        self.watcher = None;
        // Behind a link is the folder that is watched; events name it by its own path.
        let Ok(root) = self.root.canonicalize() else { return };
        let (ours, sender) = (root.clone(), self.sender.clone());
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Some(change) = change(&ours, &event) {
                // The receiver is gone only when the preview ends.
                let _ = sender.send(change);
            }
        });
        let Ok(mut watcher) = watcher else { return };
        let mut complete = watcher.watch(&root, RecursiveMode::NonRecursive).is_ok();
        for folder in FOLDERS.map(|name| root.join(name)) {
            if folder.symlink_metadata().is_ok_and(|found| found.is_dir()) {
                complete &= watcher.watch(&folder, RecursiveMode::Recursive).is_ok();
            }
        }
        // A system that has no room for all watches is not trusted with some.
        self.watcher = complete.then_some(watcher);
    }

    /// Waits for the next edit to be done.
    pub fn wait(&mut self) {
        if self.survey.is_none() {
            // The edit before this one is shown: what differs from now on is new.
            self.survey = Some(self.look());
        }
        loop {
            let change = self.changes.recv_timeout(GLANCE);
            let identity = identity(&self.root);
            let replaced = identity != self.identity || change == Ok(Change::Folder);
            if change.is_ok() || replaced {
                let more = self.settle();
                if replaced || more {
                    self.identity = self::identity(&self.root);
                    self.watch();
                }
                self.survey = None;
                return;
            }
            if Instant::now() >= self.next_survey {
                let survey = Some(self.look());
                if survey != self.survey {
                    self.survey = survey;
                    self.watch();
                    return;
                }
            }
            if change == Err(RecvTimeoutError::Disconnected) {
                // The sender is ours: this cannot be. But a loop without a pause must not be either.
                std::thread::sleep(GLANCE);
            }
        }
    }

    /// Waits until nothing more happens. Whether a folder came or went meanwhile.
    fn settle(&self) -> bool {
        let (start, mut events, mut folders) = (Instant::now(), 1, false);
        while start.elapsed() < PATIENCE {
            let quiet = if events > BURST || folders { SETTLE_BURST } else { SETTLE };
            match self.changes.recv_timeout(quiet) {
                Ok(change) => {
                    events += 1;
                    folders |= change == Change::Folder;
                }
                Err(_) => break,
            }
        }
        folders
    }

    /// Looks at all files: a number that is another where any of them is.
    fn look(&mut self) -> u64 {
        let start = Instant::now();
        let folders = FOLDERS.iter().map(|name| self.root.join(name));
        let paths = folders.flat_map(|folder| WalkDir::new(folder).into_iter().flatten());
        let files = paths.filter_map(|entry| Some((entry.path().to_owned(), entry.metadata().ok()?)));
        let config = self.root.join(crate::config::FILE);
        let config = config.symlink_metadata().ok().map(|found| (config, found));
        // The order in which a folder is listed has no meaning.
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
    let folders = FOLDERS.iter().map(|name| root.join(name).symlink_metadata().ok().filter(Metadata::is_dir));
    // The root may be reached by a link that is switched.
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

/// What an event means for the site; nothing where it only tells of reading, or of other folders such as the output.
fn change(root: &Path, event: &notify::Result<notify::Event>) -> Option<Change> {
    let Ok(event) = event else { return Some(Change::Folder) };
    if event.need_rescan() {
        return Some(Change::Folder);
    }
    if is_reading(event.kind) || !event.paths.iter().any(|path| is_of_site(root, path)) {
        return None;
    }
    let moves =
        matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    let is_folder = |path: &PathBuf| path.parent() == Some(root) && FOLDERS.iter().any(|name| path.ends_with(name));
    let of_folder = moves && event.paths.iter().any(is_folder);
    Some(if of_folder { Change::Folder } else { Change::Edit })
}

fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(AccessKind::Read | AccessKind::Open(_) | AccessKind::Any))
}

/// site.toml and the four folders; not the output, which is in the same place.
fn is_of_site(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return false };
    let first: PathBuf = inside.components().take(1).collect();
    first == Path::new(crate::config::FILE) || FOLDERS.iter().any(|folder| first == Path::new(folder))
}
