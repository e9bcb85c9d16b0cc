//! A small site in, reports and pages out.

pub(crate) mod case;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A site in a temporary folder, which is removed at the end of the test.
pub(crate) struct Site {
    root: PathBuf,
    /// Holds the root, and what a test puts beside it.
    _folder: TempDir,
}

/// The output and exit status of a run of annals.
pub(crate) struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Site {
    /// A site with only a title.
    pub(crate) fn new() -> Self {
        let site = Self::empty();
        site.file("site.toml", "title = \"Test\"\n")
    }

    /// A folder without even a site.toml.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let root = folder.path().join("site");
        fs::create_dir(&root).expect("folders can be made");
        Self { root, _folder: folder }
    }

    /// A copy of a folder, including symbolic links.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        let site = Self::empty();
        copy(folder, site.root());
        site
    }

    /// The same site with one more file, or with another text in it.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// An event of the kind `meeting`, with front matter lines in addition to title and date.
    pub(crate) fn event(self, id: &str, date: &str, more: &str) -> Self {
        let text = format!("+++\ntitle = \"Event {id}\"\ndate = {date}\nkind = \"meeting\"\n{more}+++\nText.\n");
        self.file(&format!("content/events/{id}.md"), text)
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        fs::write(path, text).expect("the file can be written");
    }

    /// Makes a symbolic link, on systems that have them.
    pub(crate) fn link(&self, path: &str, target: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        #[cfg(unix)]
        std::os::unix::fs::symlink(target, path).expect("links can be made");
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Runs a command of annals on the site.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(annals().arg("--root").arg(self.root()).args(arguments))
    }

    /// Builds the site, which must succeed.
    #[track_caller]
    pub(crate) fn build(&self) -> &Self {
        let run = self.run(&["build"]);
        assert_eq!(run.code, 0, "the build failed:\n{}{}", run.stdout, run.stderr);
        self
    }

    /// The text of a file of the built site.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        let file = self.path("public").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// All files of the built site with their bytes, by path.
    pub(crate) fn output(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.path("public"))
    }

    /// Runs a check and returns the codes of its diagnostics, in the order of the report.
    #[track_caller]
    pub(crate) fn codes(&self) -> Vec<String> {
        let run = self.run(&["check", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
        let diagnostics = report["diagnostics"].as_array().expect("there is a list of diagnostics");
        diagnostics.iter().map(|d| d["code"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

pub(crate) fn annals() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.env_remove("SOURCE_DATE_EPOCH");
    command
}

pub(crate) fn run(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().expect("annals can be run");
    Run {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8(stdout).expect("annals prints UTF-8"),
        stderr: String::from_utf8(stderr).expect("annals prints UTF-8"),
    }
}

/// All files below a folder with their bytes, by path, in order.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    walk.into_iter()
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let inside = entry.path().strip_prefix(folder).expect("the file is in the folder");
            let name = inside.to_string_lossy().replace('\\', "/");
            (name, fs::read(entry.path()).expect("the file can be read"))
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().expect("the file has a type");
        if kind.is_symlink() {
            let target = fs::read_link(&from).expect("the link can be read");
            #[cfg(unix)]
            std::os::unix::fs::symlink(target, to).expect("links can be made");
        } else if kind.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("the file can be copied");
        }
    }
}

/// Whether expected output is rewritten instead of compared: `ANNALS_BLESS=1 cargo test`.
pub(crate) fn blessing() -> bool {
    std::env::var_os("ANNALS_BLESS").is_some()
}

/// Returns the output of annals with `[TIME]` in place of how many seconds a command took.
pub(crate) fn steady(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        match line.split_once(") in ") {
            Some((before, after)) if after.contains(" s: ") => {
                let (_, file) = after.split_once(" s: ").expect("it was just found");
                out.push_str(&format!("{before}) in [TIME]: {file}"));
            }
            _ => out.push_str(line),
        }
    }
    out
}
