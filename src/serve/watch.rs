//! Watching the site's folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// How long nothing more must happen before an edit counts as done: editors save in several steps.
const SETTLE: Duration = Duration::from_millis(20);

/// Watches what a site is made of.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    /// The folders that are watched already: a site may get its `templates/` while it is looked at.
    watched: BTreeSet<&'static str>,
    changes: Receiver<()>,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// What the system says where it cannot.
    pub fn new(root: &Path) -> notify::Result<Self> {
        let (sender, changes) = channel();
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let ours = root.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let changed = match &event {
                Ok(event) => !is_reading(event.kind) && event.paths.iter().any(|path| is_of_site(&ours, path)),
                Err(_) => true,
            };
            if changed {
                // The receiver is gone only when the preview ends.
                let _ = sender.send(());
            }
        })?;
        watcher.watch(&root, RecursiveMode::NonRecursive)?;
        let mut watch = Self { root, watcher, watched: BTreeSet::new(), changes };
        watch.watch_new_folders()?;
        Ok(watch)
    }

    fn watch_new_folders(&mut self) -> notify::Result<()> {
        for name in FOLDERS {
            let folder = self.root.join(name);
            if folder.is_dir() && self.watched.insert(name) {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Waits for the next edit to be done; `false` when there is nothing more to wait for.
    pub fn wait(&mut self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        loop {
            match self.changes.recv_timeout(SETTLE) {
                Ok(()) => {}
                // A folder that cannot be watched is read all the same when another edit comes.
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.watch_new_folders();
                    return true;
                }
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

const FOLDERS: [&str; 4] = ["content", "templates", "static", "locales"];

fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(AccessKind::Read | AccessKind::Open(_) | AccessKind::Any))
}

/// site.toml and the four folders; not the output, which lies in the same place.
fn is_of_site(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return false };
    let first: PathBuf = inside.components().take(1).collect();
    first == Path::new(crate::config::FILE) || FOLDERS.iter().any(|folder| first == Path::new(folder))
}
