//! Where a site is in its repository, and which commit is built.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::git::{self, Refusal};
use crate::key::{Key, Keyer};

/// The state of a repository: all that the log of a site depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The full id of the commit that is checked out, in hexadecimal.
    pub commit: String,
    /// The folder of the site in the repository: empty, or ending in `/`.
    pub folder: String,
    /// The ids of the commits whose parents a shallow clone lacks, sorted. Empty in a complete clone.
    pub shallow: Vec<String>,
}

impl Head {
    /// Asks git about the repository that the folder `root` is in.
    pub(super) fn of(root: &Path) -> Result<Self, Refusal> {
        let arguments = ["rev-parse", "--show-prefix", "--git-path", "shallow", "HEAD"];
        let answer = git::ask(root, &arguments)?;
        let answer = String::from_utf8(answer).map_err(|_| Refusal::Unreadable)?;
        let mut lines = answer.split('\n');
        let mut line = || lines.next().map(str::to_owned).ok_or(Refusal::Unreadable);
        let (folder, shallow, commit) = (line()?, line()?, line()?);
        let is_id = commit.len() >= 40 && commit.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_id {
            return Err(Refusal::Nothing);
        }
        let shallow = fs::read_to_string(root.join(shallow)).unwrap_or_default();
        let mut shallow: Vec<String> = shallow.lines().map(str::to_owned).collect();
        shallow.sort();
        Ok(Self { commit, folder, shallow })
    }
}

/// Returns a key that changes when the site's commit or the depth of its history does: that of the repository's files that
/// record both. `None` if the site is in no repository. git is not run.
#[must_use]
pub(crate) fn fingerprint(root: &Path) -> Option<Key> {
    let root = std::path::absolute(root).ok()?;
    let root = root.canonicalize().unwrap_or(root);
    let found = root.ancestors().map(|folder| folder.join(".git")).find(|path| path.symlink_metadata().is_ok())?;
    let own = if found.is_dir() { found.clone() } else { linked(&found).unwrap_or_else(|| found.clone()) };
    let common = fs::read_to_string(own.join("commondir")).map_or_else(|_| own.clone(), |path| own.join(path.trim()));
    let mut keyer = Keyer::default();
    keyer.bytes(found.as_os_str().as_encoded_bytes());
    let mut add = |path: &Path| {
        keyer.maybe(fs::read(path).ok().map(|bytes| Key::of(&bytes).to_string()).as_deref());
    };
    let head = fs::read_to_string(own.join("HEAD")).unwrap_or_default();
    add(&found);
    add(&own.join("HEAD"));
    if let Some(branch) = head.trim().strip_prefix("ref: ") {
        let loose = common.join(branch);
        add(&loose);
        if !loose.is_file() {
            add(&common.join("packed-refs"));
        }
    }
    add(&common.join("reftable/tables.list"));
    add(&common.join("shallow"));
    Some(keyer.finish())
}

/// Returns the folder that a file named `.git` points to, as linked working trees and submodules have it.
fn linked(file: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(file).ok()?;
    let named = text.strip_prefix("gitdir:")?.trim();
    Some(file.parent()?.join(named))
}
