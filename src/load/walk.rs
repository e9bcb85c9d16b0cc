//! The files below a folder of the site, and what is wrong with their names.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::id::{self, Collection};
use crate::names;
use crate::source_path::{Folder, SourcePath};

/// The contents of a folder of the site.
#[derive(Default)]
pub(super) struct Walked {
    /// The files by their path inside the folder, in NFC and with `/` between its parts; in the order of their paths on disk.
    pub files: Vec<(String, PathBuf)>,
    pub problems: Problems,
    /// Whether the machine could not read something.
    pub failed: bool,
}

/// Lists a folder of the site.
pub(super) fn walk(root: &Path, folder: Folder) -> Walked {
    let mut walk = Walk { root, folder, names: Names::default(), walked: Walked::default() };
    if walk.walked.is_folder(root, folder) {
        walk.list(&root.join(folder.name()), "");
    }
    walk.walked
}

/// The listing of a folder of the site, in progress.
struct Walk<'a> {
    root: &'a Path,
    folder: Folder,
    names: Names,
    walked: Walked,
}

impl Walk<'_> {
    /// Lists a folder on disk in the order of its names. `above` is its path inside the site's folder, in NFC.
    fn list(&mut self, path: &Path, above: &str) {
        let mut entries: Vec<(OsString, io::Result<FileType>)> = Vec::new();
        let listed = std::fs::read_dir(path).and_then(|listing| {
            for entry in listing {
                let entry = entry?;
                entries.push((entry.file_name(), entry.file_type()));
            }
            Ok(())
        });
        if let Err(error) = listed {
            self.walked.unread(&file_name(self.root, path), &error);
        }
        entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (name, found) in entries {
            if is_visible(self.folder, name.as_encoded_bytes()) {
                self.entry(path.join(&name), above, &name, found);
            }
        }
    }

    fn entry(&mut self, path: PathBuf, above: &str, name: &OsStr, found: io::Result<FileType>) {
        let (root, folder, problems) = (self.root, self.folder, &mut self.walked.problems);
        // Computed only for a report: most names are fine.
        let file = || file_name(root, &path);
        let found = match found {
            Ok(found) => found,
            Err(error) => return self.walked.unread(&file(), &error),
        };
        let is_folder = found.is_dir();
        let Some(name) = name.to_str().map(id::normalise) else {
            let message = "the file's name is not UTF-8";
            problems.report(Code::NotUtf8, &file(), message).help("rename the file");
            return;
        };
        let inside = if above.is_empty() { name } else { [above, "/", &name].concat() };
        if let Some((message, help)) = self.names.refused(folder, &inside, &file, is_folder) {
            problems.report(Code::InvalidName, &file(), message).help(help);
            return;
        }
        if !is_folder && names::is_backup(last(&inside)) {
            // It is not published: it may hold what an author deleted on purpose.
            let message = "this looks like an editor's backup copy, and annals ignores it";
            let help = "delete it; if it belongs to the site, rename it";
            problems.report(Code::StrayFile, &file(), message).help(help);
            return;
        }
        if let Some((message, help)) = self.names.unportable(folder, &inside, is_folder) {
            problems.report(Code::UnportableName, &file(), message).help(help);
        }
        if found.is_symlink() {
            symlink(root, &file(), &path, problems);
        } else if found.is_file() {
            self.walked.files.push((inside, path));
        } else {
            if !is_folder || is_entry(folder, &inside) {
                no_file(&file(), found, problems);
            }
            if is_folder {
                self.list(&path, &inside);
            }
        }
    }
}

impl Walked {
    /// Returns whether there is such a folder. Reports anything else that has its name.
    fn is_folder(&mut self, root: &Path, folder: Folder) -> bool {
        let (path, file) = (root.join(folder.name()), SourcePath::from(folder.name()));
        if path.is_symlink() {
            symlink(root, &file, &path, &mut self.problems);
            return false;
        }
        match std::fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => return true,
            Ok(metadata) => {
                let message = format!("`{file}` is {}, not a folder", kind_of(metadata.file_type()));
                self.problems.report(Code::UnreadableFile, &file, message).help("rename it");
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.unread(&file, &error),
        }
        false
    }

    fn unread(&mut self, file: &SourcePath, error: &io::Error) {
        self.failed = true;
        unread(file, error, &mut self.problems);
    }
}

/// Reports a file or folder that the machine does not let annals read.
pub(super) fn unread(file: &SourcePath, error: &io::Error, problems: &mut Problems) {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "give the user that runs annals the right to read it",
        io::ErrorKind::NotFound => "it disappeared while the site was being read: run annals again",
        _ => "check whether another program can read it",
    };
    problems.report(Code::UnreadableFile, file, format!("this cannot be read: {error}")).help(help);
}

/// Reports something other than a file, such as a named pipe, which would block whoever opens it.
fn no_file(file: &SourcePath, found: FileType, problems: &mut Problems) {
    let message = format!("this is {}, not a file", kind_of(found));
    let help =
        if found.is_dir() { "rename the folder, without an extension" } else { "put a file there, or remove it" };
    problems.report(Code::UnreadableFile, file, message).help(help);
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

/// A function that returns the name of a file in a report.
type FileName<'a> = &'a dyn Fn() -> SourcePath;

/// What is wrong with a name, and what to do about it.
type Flaw = (String, String);

/// What has been reported about names so far.
#[derive(Default)]
struct Names {
    /// Paths that have letters beyond ASCII, in NFC, with the paths as on disk.
    beyond_ascii: BTreeMap<String, SourcePath>,
    /// Case-folded paths of everything except entries, with the path as written.
    folded: BTreeMap<String, String>,
}

impl Names {
    /// Returns what is wrong with a name that cannot be used at all.
    fn refused(&mut self, folder: Folder, inside: &str, file: FileName<'_>, is_folder: bool) -> Option<Flaw> {
        let name = last(inside);
        if let Some((flaw, help)) = names::flaw(name) {
            return Some((format!("the name `{}` {flaw}", names::quoted(name)), help));
        }
        if folder == Folder::Static && inside == crate::publish::MANIFEST {
            let message = format!("annals itself writes `{inside}` into the site");
            return Some((message, "rename it or delete it".to_owned()));
        }
        if inside.len() > names::LONGEST_PATH {
            let message = format!("its path has {} bytes; the limit is {}", inside.len(), names::LONGEST_PATH);
            return Some((message, "shorten the names of its folders".to_owned()));
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
        Some((message, "delete one of them, or rename it".to_owned()))
    }

    /// Returns what is wrong with a name that some systems cannot store.
    fn unportable(&mut self, folder: Folder, inside: &str, is_folder: bool) -> Option<Flaw> {
        // An entry's name is its id, which is checked as such.
        if !is_folder && is_entry(folder, inside) {
            return None;
        }
        let name = last(inside);
        if let Some((why, help)) = names::unportable(name) {
            return Some((format!("the name `{}` {why}", names::quoted(name)), help));
        }
        let first = self.folded.insert(id::fold(inside), inside.to_owned())?;
        // Two such files in static/ would have one path in the site, which is reported when the site is planned.
        if first == inside || (folder == Folder::Static && !is_folder) {
            return None;
        }
        let message =
            format!("the name differs only in case from `{}`: Windows and macOS keep only one of them", last(&first));
        Some((message, "rename one of them".to_owned()))
    }
}

/// Returns whether a path inside a folder of the site is that of an entry.
fn is_entry(folder: Folder, inside: &str) -> bool {
    let collection = inside.split_once('/').and_then(|(top, _)| Collection::of_folder(top));
    let is_markdown = inside.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"));
    folder == Folder::Content && collection.is_some() && is_markdown
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns whether a file of this name is read. In static/, names that begin with a dot are: hosts look for .nojekyll and
/// .well-known.
pub(super) fn is_visible(folder: Folder, name: &[u8]) -> bool {
    match name {
        b".git" | b".gitkeep" | b".gitignore" | b".gitattributes" => false,
        name if names::is_litter(name) || std::str::from_utf8(name).is_ok_and(names::is_editor_lock) => false,
        name => folder == Folder::Static || !name.starts_with(b"."),
    }
}

/// Reports a symbolic link: as an error if it points outside the site or to nothing, else as a warning.
pub(super) fn symlink<'p>(
    root: &Path,
    file: &SourcePath,
    path: &Path,
    problems: &'p mut Problems,
) -> &'p mut Diagnostic {
    let inside = match (path.canonicalize(), root.canonicalize()) {
        (Ok(target), Ok(root)) => target.starts_with(root),
        _ => false,
    };
    let (code, message) = match inside {
        true => (Code::SymlinkSkipped, "symbolic links are not followed"),
        false => (Code::SymlinkOutside, "the symbolic link points outside the site's folder or to nothing"),
    };
    problems.report(code, file, message).help("put the file itself there")
}

/// Returns a file's name in a report: its path from the site's root, as it is on disk.
pub(super) fn file_name(root: &Path, path: &Path) -> SourcePath {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/").into()
}
