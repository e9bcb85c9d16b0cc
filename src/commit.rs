//! What git knows about a site's folder: the commit, the depth of history, and whether files differ from the commit.
//!
//! It asks the `git` executable and changes nothing in the repository, not even the index. Without git, or if the site is in no
//! commit, nothing is known.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::config;
use crate::names;
use crate::provenance::Commit;
use crate::source_path::Folder;

/// The length of a commit's id in `build.json`, in hexadecimal digits.
const DIGITS: usize = 12;

/// Asks git about the site in a folder. `None` without git, or if the commit that is checked out has no site.toml there.
#[must_use]
pub fn of(root: &Path) -> Option<Commit> {
    let mut status = git(root);
    status.args(["status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignored=traditional", "--"]);
    status.arg(config::FILE).args(Folder::ALL.map(Folder::name));
    status.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null());
    // Both commands take a while, so they run at the same time.
    let status = status.spawn().ok()?;
    let site = format!("HEAD:./{}", config::FILE);
    let known = output(git(root).args(["rev-parse", "--is-shallow-repository", "HEAD", &site]));
    let status = status.wait_with_output().ok()?;
    let known = known?;
    let mut lines = known.lines();
    let (is_shallow, id) = (lines.next()? == "true", lines.next()?);
    let modified = !status.status.success() || is_modified(&status.stdout);
    let depth = if is_shallow { depth(root) } else { None };
    Some(Commit { id: id.get(..DIGITS)?.to_owned(), depth, modified })
}

/// Returns a git command for a folder's repository that takes no optional locks, never prompts, and runs no hooks and no file
/// system monitor. All other settings of the user and the repository apply.
#[must_use]
pub fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    // git sets these for its hooks, and the hook that runs annals may belong to another repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"] {
        git.env_remove(variable);
    }
    git.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C").arg("-C").arg(folder);
    git.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0"]);
    git
}

/// Runs a command and returns what it prints; `None` if it fails.
#[must_use]
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns whether the output of `git status -z` lists a file that annals might read, by its name: desktop litter is not.
fn is_modified(status: &[u8]) -> bool {
    let files = status.split(|byte| *byte == 0).filter_map(|line| line.get(3..));
    let name = |file: &[u8]| file.rsplit(|byte| *byte == b'/').next().unwrap_or_default().to_owned();
    files.map(name).any(|name| !names::is_litter(&name))
}

/// Returns how many commits deep the history of a shallow clone is, as `git clone --depth` counts: 1 is the commit alone.
fn depth(root: &Path) -> Option<u32> {
    let text = output(git(root).args(["rev-list", "--parents", "HEAD"]))?;
    let parents: BTreeMap<&str, Vec<&str>> = text
        .lines()
        .filter_map(|line| {
            let mut ids = line.split(' ');
            Some((ids.next()?, ids.collect()))
        })
        .collect();
    let head = text.split([' ', '\n']).next()?;
    let mut depths = BTreeMap::from([(head, 1)]);
    let mut queue = VecDeque::from([head]);
    while let Some(id) = queue.pop_front() {
        let below = depths[id] + 1;
        for parent in parents.get(id).into_iter().flatten() {
            if !depths.contains_key(parent) {
                depths.insert(parent, below);
                queue.push_back(parent);
            }
        }
    }
    depths.into_values().max()
}

/// Returns the path of a site's folder inside its repository, with a slash at its end; empty at the repository's top, `None` if
/// git fails.
#[must_use]
pub fn prefix(root: &Path) -> Option<String> {
    output(git(root).args(["rev-parse", "--show-prefix"])).map(|prefix| prefix.trim_end_matches('\n').to_owned())
}

/// Makes `folder` a clone of the site's repository with one commit checked out, and history of the recorded depth.
/// The repository itself is not changed. A clone with the whole history shares its objects.
///
/// # Errors
/// The first line of git's message.
pub fn check_out(root: &Path, commit: &Commit, folder: &Path) -> Result<(), String> {
    let spec = format!("{}^{{commit}}", commit.id);
    let id = run(git(root).args(["rev-parse", "--verify", "--quiet", "--end-of-options", &spec]))?;
    let id = id.trim_end();
    let top = run(git(root).args(["rev-parse", "--path-format=absolute", "--git-common-dir"]))?;
    let top = OsStr::new(top.trim_end_matches('\n'));
    match commit.depth {
        None => {
            run(git(root).args(["clone", "--quiet", "--shared", "--no-checkout", "--template="]).arg(top).arg(folder))?;
        }
        Some(depth) => {
            run(git(root).args(["init", "--quiet", "--template="]).arg(folder))?;
            let depth = format!("--depth={depth}");
            run(git(folder).args(["fetch", "--quiet", "--update-shallow", &depth]).arg(top).arg(id))?;
        }
    }
    run(git(folder).args(["-c", "advice.detachedHead=false", "checkout", "--quiet", "--detach", id])).map(|_| ())
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("git: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.lines().find(|line| !line.is_empty()).unwrap_or("git failed").to_owned())
}
