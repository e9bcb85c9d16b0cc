//! Runs git so that its answers depend on the commits alone, and so that nothing that the repository configures is run.
//!
//! A repository may come from anybody. git is only asked to list and to print objects: no hooks, filters, pagers, signatures,
//! monitors, helpers or connections. Every setting that could change an answer is overridden here; of those of the user, only
//! `safe.directory`, which says which repositories are trusted, has an effect.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

/// Settings that could change an answer or run something.
const SETTINGS: [&str; 14] = [
    "core.quotePath=false",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=",
    "diff.external=",
    "diff.orderFile=/dev/null",
    "diff.relative=false",
    "log.follow=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "safe.bareRepository=explicit",
    "gc.auto=0",
];

/// Variables of the environment that begin with `GIT_` and may stay: where git's own programs are, and whether a folder's
/// owner counts as another user, which tests ask for.
const KEPT: [&str; 2] = ["GIT_EXEC_PATH", "GIT_TEST_ASSUME_DIFFERENT_OWNER"];

/// Why git gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// git is not installed, or cannot be run.
    NotInstalled,
    /// The repository belongs to another user, and nobody said that it can be trusted.
    Untrusted,
    /// The site is in no repository, or nothing has been committed.
    Nothing,
    /// git cannot read the repository.
    Unreadable,
}

/// Returns a git command in a folder with [`SETTINGS`] and a cleaned environment, whose output and messages are piped.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["--no-pager", "--no-replace-objects"]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.args(arguments);
    let inherited = std::env::vars_os().map(|(name, _)| name);
    for name in inherited.filter(|name| name.to_str().is_none_or(|name| name.starts_with("GIT_"))) {
        if !KEPT.iter().any(|kept| name == *kept) {
            command.env_remove(name);
        }
    }
    command.envs([
        ("LC_ALL", "C"),
        ("TZ", "UTC"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_ATTR_NOSYSTEM", "1"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", ""),
        ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_ASKPASS", ""),
        ("GIT_PAGER", "cat"),
    ]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command and returns everything that it prints.
pub(super) fn ask(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Refusal> {
    let output = command(folder, arguments).output().map_err(|_| Refusal::NotInstalled)?;
    if output.status.success() { Ok(output.stdout) } else { Err(refusal(&output.stderr)) }
}

/// Returns why git failed, by its message, which `LC_ALL=C` keeps in English.
fn refusal(said: &[u8]) -> Refusal {
    let said = String::from_utf8_lossy(said);
    let says = |words: &str| said.contains(words);
    if says("dubious ownership") || says("unsafe repository") {
        Refusal::Untrusted
    } else if says("does not have any commits")
        || says("ambiguous argument 'HEAD'")
        || says("not a git repository (or any")
    {
        Refusal::Nothing
    } else {
        Refusal::Unreadable
    }
}

/// Calls `take` with each piece of a command's output, up to the next zero byte, until `take` returns `false`. Returns whether
/// all pieces were taken.
pub(super) fn pieces(folder: &Path, arguments: &[&str], mut take: impl FnMut(&[u8]) -> bool) -> Result<bool, Refusal> {
    let mut child = command(folder, arguments).spawn().map_err(|_| Refusal::NotInstalled)?;
    let complaints = complaints(&mut child);
    let mut piece = Vec::new();
    let mut whole = true;
    if let Some(printed) = child.stdout.take() {
        let mut printed = BufReader::with_capacity(1 << 16, printed);
        while printed.read_until(0, &mut piece).is_ok_and(|read| read > 0) {
            if piece.last() == Some(&0) {
                piece.pop();
            }
            if !take(&piece) {
                whole = false;
                break;
            }
            piece.clear();
        }
    }
    if !whole {
        // Nobody reads its output any more, so it would wait for ever.
        let _ = child.kill();
    }
    let ended = child.wait().map_err(|_| Refusal::Unreadable)?;
    let said = complaints.map(|said| said.join().unwrap_or_default()).unwrap_or_default();
    if whole && !ended.success() { Err(refusal(&said)) } else { Ok(whole) }
}

/// Reads a command's standard error in another thread, so that neither of its outputs can block the other. About the first
/// 4 KiB are kept.
fn complaints(child: &mut Child) -> Option<JoinHandle<Vec<u8>>> {
    let said = child.stderr.take()?;
    Some(std::thread::spawn(move || {
        let mut lines = BufReader::new(said);
        let (mut all, mut line) = (Vec::new(), Vec::new());
        while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            if all.len() < 4096 {
                all.extend_from_slice(&line);
            }
            line.clear();
        }
        all
    }))
}

/// Calls `take` with each blob: the position of its id in `ids`, and its bytes. Blobs that are missing, or larger than `limit`
/// bytes, are left out.
pub(super) fn blobs(
    folder: &Path,
    ids: &[&str],
    limit: usize,
    mut take: impl FnMut(usize, Vec<u8>),
) -> Result<(), Refusal> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut command = command(folder, &["cat-file", "--batch", "--buffer"]);
    let mut child = command.stdin(Stdio::piped()).spawn().map_err(|_| Refusal::NotInstalled)?;
    let complaints = complaints(&mut child);
    let asked = ids.iter().flat_map(|id| [id.as_bytes(), b"\n"]).collect::<Vec<_>>().concat();
    let asking = child.stdin.take().map(|mut stdin| std::thread::spawn(move || stdin.write_all(&asked)));
    if let Some(printed) = child.stdout.take() {
        let mut printed = BufReader::with_capacity(1 << 16, printed);
        for number in 0..ids.len() {
            match next_blob(&mut printed, limit) {
                Ok(Some(bytes)) => take(number, bytes),
                Ok(None) => {}
                Err(_) => break,
            }
        }
    }
    let _ = asking.map(JoinHandle::join);
    let ended = child.wait().map_err(|_| Refusal::Unreadable)?;
    let _ = complaints.map(JoinHandle::join);
    if ended.success() { Ok(()) } else { Err(Refusal::Unreadable) }
}

/// Reads the next answer of `git cat-file --batch`: a line with id, type and size, the bytes, and a line feed. `None` if the
/// object is missing, too large, or no blob.
fn next_blob(printed: &mut BufReader<ChildStdout>, limit: usize) -> std::io::Result<Option<Vec<u8>>> {
    use std::io::{Error, Read as _};
    let mut line = String::new();
    if printed.read_line(&mut line)? == 0 {
        return Err(Error::other("git ended early"));
    }
    let mut words = line.split_whitespace().skip(1);
    let (kind, size) = (words.next(), words.next().and_then(|size| size.parse::<u64>().ok()));
    let Some(size) = size else { return Ok(None) };
    if kind == Some("blob") && usize::try_from(size).is_ok_and(|size| size <= limit) {
        let mut bytes = Vec::new();
        printed.by_ref().take(size).read_to_end(&mut bytes)?;
        printed.read_exact(&mut [0])?;
        return Ok(Some(bytes));
    }
    std::io::copy(&mut printed.by_ref().take(size + 1), &mut std::io::sink())?;
    Ok(None)
}
