//! What git knows about a site's folder: the commit, the depth of history, and whether files differ from the commit.
//!
//! It asks the `git` executable and changes nothing in the repository, not even the index. Nothing that the repository's own
//! configuration names is run; filters of the user's configuration, such as that of Git LFS, are. Without git, or if the site
//! is in no commit, nothing is known.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{iter, thread};

use crate::config;
use crate::names;
use crate::provenance::Commit;
use crate::source_path::Folder;

/// The length of a commit's id in `build.json`, in hexadecimal digits.
const DIGITS: usize = 12;

/// Asks git about the site in a folder. `None` without git, or if the commit that is checked out has no site.toml there.
#[must_use]
pub(crate) fn of(root: &Path) -> Option<Commit> {
    let paths: Vec<&str> = iter::once(config::FILE).chain(Folder::ALL.map(Folder::name)).collect();
    let site = format!("HEAD:./{}", config::FILE);
    // Both take a while, so they run at the same time.
    let (known, modified) = thread::scope(|scope| {
        let modified = scope.spawn(|| is_modified(root, &paths));
        let known = output(git(root).args(["rev-parse", "--is-shallow-repository", "HEAD", &site]));
        (known, modified.join().unwrap_or(true))
    });
    let known = known?;
    let mut lines = known.lines();
    let (is_shallow, id) = (lines.next()? == "true", lines.next()?);
    let depth = if is_shallow { depth(root) } else { None };
    Some(Commit { id: id.get(..DIGITS)?.to_owned(), depth, modified })
}

/// Returns a git command for a folder's repository that takes no optional locks, never prompts, and runs no hooks and no file
/// system monitor. It fetches nothing that a partial clone lacks, because the remote may be a command. All other settings of
/// the user and the repository apply.
#[must_use]
pub(crate) fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    // git sets these for its hooks, and the hook that runs annals may belong to another repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"] {
        git.env_remove(variable);
    }
    git.envs([("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")]);
    git.envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "file")]).arg("-C").arg(folder);
    git.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0"]);
    git
}

/// Returns whether a file below `paths` that annals might read is not as in the commit, or git cannot tell. Submodules are
/// asked one by one, because otherwise git would run the filters of their own configurations.
fn is_modified(folder: &Path, paths: &[&str]) -> bool {
    let Some(filters) = filters_of_repository(folder) else { return true };
    let mut status = git(folder);
    for (number, (key, value)) in filters.iter().enumerate() {
        let variable = format!("ANNALS_FILTER_{number}");
        status.arg(format!("--config-env={key}={variable}")).env(variable, value);
    }
    status.args(["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignored=traditional"]);
    status.args(["--ignore-submodules=dirty", "--"]).args(paths);
    let (status, entries) = thread::scope(|scope| {
        let entries = scope.spawn(|| output(git(folder).args(["ls-files", "--stage", "-z", "--"]).args(paths)));
        (output(&mut status), entries.join().unwrap_or_default())
    });
    let (Some(status), Some(entries)) = (status, entries) else { return true };
    let is_modified_submodule = |entry: &str| {
        let Some(path) = entry.strip_prefix("160000 ").and_then(|entry| entry.split_once('\t')) else { return false };
        let submodule = folder.join(path.1);
        submodule.join(".git").exists() && is_modified(&submodule, &["."])
    };
    lists_a_file(&status) || entries.split('\0').any(is_modified_submodule)
}

/// Returns the settings of filters that the configuration of a repository has, each with the value that it has outside that
/// configuration, empty for none. A filter is a command, and `git status` runs it on files that may have changed. `None` if
/// git cannot list them.
fn filters_of_repository(folder: &Path) -> Option<BTreeMap<String, String>> {
    let listed = git(folder).args(["config", "--list", "--show-scope", "-z"]).stdin(Stdio::null()).output().ok()?;
    // Without the exact name, a filter could not be turned off.
    let listed = String::from_utf8(listed.stdout).ok().filter(|_| listed.status.success())?;
    let (mut outside, mut inside) = (BTreeMap::new(), BTreeMap::new());
    let mut words = listed.split('\0');
    while let (Some(scope), Some(setting)) = (words.next(), words.next()) {
        let (key, value) = setting.split_once('\n').unwrap_or((setting, "true"));
        if key.starts_with("filter.") {
            let is_outside = matches!(scope, "system" | "global" | "command");
            if is_outside { &mut outside } else { &mut inside }.insert(key.to_owned(), value.to_owned());
        }
    }
    for (key, value) in &mut inside {
        *value = outside.remove(key).unwrap_or_default();
    }
    Some(inside)
}

/// Runs a command and returns what it prints; `None` if it fails.
#[must_use]
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns whether the output of `git status -z` lists a file that annals might read, by its name: desktop litter is not.
fn lists_a_file(status: &str) -> bool {
    let files = status.split('\0').filter_map(|line| line.get(3..));
    files.map(|file| file.rsplit('/').next().unwrap_or_default()).any(|name| !names::is_litter(name.as_bytes()))
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
pub(crate) fn prefix(root: &Path) -> Option<String> {
    output(git(root).args(["rev-parse", "--show-prefix"])).map(|prefix| prefix.trim_end_matches('\n').to_owned())
}

/// Makes `folder` a clone of the site's repository with one commit checked out, and history of the recorded depth.
/// The repository itself is not changed. A clone with the whole history shares its objects.
///
/// # Errors
/// The first line of git's message.
pub(crate) fn check_out(root: &Path, commit: &Commit, folder: &Path) -> Result<(), String> {
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
