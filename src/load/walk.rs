//! The files below a folder of the site, and what is wrong with their names.

use std::collections::BTreeMap;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic};
use crate::id::{self, Collection};
use crate::names;

/// The contents of a folder of the site.
#[derive(Default)]
pub(super) struct Walked {
    /// The files by their path inside the folder, in NFC and with `/` between its parts; in the order of their paths on disk.
    pub files: Vec<(String, PathBuf)>,
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the machine could not read something.
    pub failed: bool,
}

/// Lists a folder of the site.
pub(super) fn walk(root: &Path, folder: &str) -> Walked {
    let top = root.join(folder);
    let mut walked = Walked::default();
    if top.is_symlink() {
        walked.diagnostics.push(symlink(root, &folder.into(), &top));
        return walked;
    }
    match std::fs::symlink_metadata(&top) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return walked,
        Err(error) => {
            walked.unread(&folder.into(), &error);
            return walked;
        }
        Ok(metadata) if !metadata.is_dir() => {
            let message = format!("`{folder}` is {}, not a folder", kind_of(metadata.file_type()));
            walked.diagnostics.push(Diagnostic::whole(Code::UnreadableFile, &folder.into(), message).help("rename it"));
            return walked;
        }
        Ok(_) => {}
    }
    let mut names = Names::default();
    let mut entries = WalkDir::new(&top).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(&top).to_owned();
                walked.unread(&file_name(root, &path), &error.into());
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        if !is_visible(folder, entry.file_name().as_encoded_bytes()) {
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        // Computed only for a report: most names are fine.
        let file = || file_name(root, entry.path());
        let inside = entry.path().strip_prefix(&top).unwrap_or(entry.path());
        let Some(inside) = slashed(inside).map(|inside| id::normalise(&inside)) else {
            let message = "the file's name is not UTF-8";
            walked.diagnostics.push(Diagnostic::whole(Code::NotUtf8, &file(), message).help("rename the file"));
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        };
        if let Some(problem) = names.refused(folder, &inside, &file, is_folder) {
            walked.diagnostics.push(problem);
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        if !is_folder && names::is_backup(last(&inside)) {
            walked.diagnostics.push(backup(&file()));
            continue;
        }
        walked.diagnostics.extend(names.unportable(folder, &inside, &file, is_folder));
        if entry.path_is_symlink() {
            walked.diagnostics.push(symlink(root, &file(), entry.path()));
        } else if entry.file_type().is_file() {
            walked.files.push((inside, entry.into_path()));
        } else if !is_folder || is_entry(folder, &inside) {
            walked.diagnostics.push(no_file(&file(), entry.file_type()));
        }
    }
    walked
}

impl Walked {
    fn unread(&mut self, file: &Arc<str>, error: &io::Error) {
        self.failed = true;
        self.diagnostics.push(unread(file, error));
    }
}

/// The report on a file or folder that the machine does not let annals read.
pub(super) fn unread(file: &Arc<str>, error: &io::Error) -> Diagnostic {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "give the user that runs annals the right to read it",
        io::ErrorKind::NotFound => "it disappeared while the site was being read: run annals again",
        _ => "check whether another program can read it",
    };
    Diagnostic::whole(Code::UnreadableFile, file, format!("this cannot be read: {error}")).help(help)
}

/// The report on something other than a file, such as a named pipe, which would block whoever opens it.
fn no_file(file: &Arc<str>, found: FileType) -> Diagnostic {
    let message = format!("this is {}, not a file", kind_of(found));
    let help =
        if found.is_dir() { "rename the folder, without an extension" } else { "put a file there, or remove it" };
    Diagnostic::whole(Code::UnreadableFile, file, message).help(help)
}

/// The report on an earlier version of a file. It is not published: it may hold what an author deleted on purpose.
fn backup(file: &Arc<str>) -> Diagnostic {
    let message = "this looks like an editor's backup copy, and annals ignores it";
    Diagnostic::whole(Code::StrayFile, file, message).help("delete it; if it belongs to the site, rename it")
}

fn kind_of(found: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if found.is_fifo() {
            return "a named pipe";
        }
        if found.is_socket() {
            return "a socket";
        }
        if found.is_block_device() || found.is_char_device() {
            return "a device";
        }
    }
    if found.is_dir() { "a folder" } else { "a file" }
}

/// How a report names a file.
type FileName<'a> = &'a dyn Fn() -> Arc<str>;

/// What has been reported about names so far.
#[derive(Default)]
struct Names {
    /// Paths that have letters beyond ASCII, in NFC.
    beyond_ascii: BTreeMap<String, Arc<str>>,
    /// Case-folded paths of everything except entries, with the path as written.
    folded: BTreeMap<String, String>,
}

impl Names {
    /// A name that cannot be used at all.
    fn refused(&mut self, folder: &str, inside: &str, file: FileName<'_>, is_folder: bool) -> Option<Diagnostic> {
        let name = last(inside);
        let report = |message: String, help: String| Diagnostic::whole(Code::InvalidName, &file(), message).help(help);
        if let Some((flaw, help)) = names::flaw(name) {
            return Some(report(format!("the name `{}` {flaw}", names::quoted(name)), help));
        }
        if folder == "static" && inside == crate::publish::MANIFEST {
            let message = format!("annals itself writes `{inside}` into the site");
            return Some(report(message, "rename it or delete it".to_owned()));
        }
        if inside.len() > names::LONGEST_PATH {
            let message = format!("its path has {} bytes; the limit is {}", inside.len(), names::LONGEST_PATH);
            return Some(report(message, "shorten the names of its folders".to_owned()));
        }
        if is_folder || inside.is_ascii() {
            return None;
        }
        let first = self.beyond_ascii.insert(inside.to_owned(), file())?;
        let forms = [first, file()].map(|path| if *path == *id::normalise(&path) { "NFC" } else { "NFD" });
        let message = format!(
            "another file has this name: the two differ only in how Unicode writes their letters ({} there, {} here)",
            forms[0], forms[1]
        );
        Some(report(message, "delete one of them, or rename it".to_owned()))
    }

    /// A name that some systems cannot store.
    fn unportable(&mut self, folder: &str, inside: &str, file: FileName<'_>, is_folder: bool) -> Option<Diagnostic> {
        // An entry's name is its id, which is checked as such.
        if !is_folder && is_entry(folder, inside) {
            return None;
        }
        let report =
            |message: String, help: String| Diagnostic::whole(Code::UnportableName, &file(), message).help(help);
        let name = last(inside);
        if let Some((why, help)) = names::unportable(name) {
            return Some(report(format!("the name `{}` {why}", names::quoted(name)), help));
        }
        let first = self.folded.insert(id::fold(inside), inside.to_owned())?;
        // Two such files in static/ would have one path in the site, which is reported when the site is planned.
        if first == inside || (folder == "static" && !is_folder) {
            return None;
        }
        let message =
            format!("the name differs only in case from `{}`: Windows and macOS keep only one of them", last(&first));
        Some(report(message, "rename one of them".to_owned()))
    }
}

/// Whether a path inside a folder of the site is that of an entry.
fn is_entry(folder: &str, inside: &str) -> bool {
    let collection = inside.split_once('/').and_then(|(top, _)| Collection::of_folder(top));
    let is_markdown = inside.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"));
    folder == "content" && collection.is_some() && is_markdown
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a name is read. In static/, names that begin with a dot are: hosts look for .nojekyll and .well-known.
pub(super) fn is_visible(folder: &str, name: &[u8]) -> bool {
    match name {
        b".git" | b".gitkeep" | b".gitignore" | b".gitattributes" => false,
        name if names::is_litter(name) || std::str::from_utf8(name).is_ok_and(names::is_editor_lock) => false,
        name => folder == "static" || !name.starts_with(b"."),
    }
}

/// The report on a symbolic link.
pub(super) fn symlink(root: &Path, file: &Arc<str>, path: &Path) -> Diagnostic {
    let inside = match (path.canonicalize(), root.canonicalize()) {
        (Ok(target), Ok(root)) => target.starts_with(root),
        _ => false,
    };
    let help = "put the file itself there";
    if inside {
        return Diagnostic::whole(Code::SymlinkSkipped, file, "symbolic links are not followed").help(help);
    }
    Diagnostic::whole(Code::SymlinkOutside, file, "the symbolic link points outside the site's folder or to nothing")
        .help(help)
}

/// A file as a report names it: from the site's root, as it is on disk.
fn file_name(root: &Path, path: &Path) -> Arc<str> {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/").into()
}

/// A path with `/` between its parts; `None` if a part is not UTF-8.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(std::ffi::OsStr::to_str).collect();
    parts.map(|parts| parts.join("/"))
}
