//! The folder that sites are built in, and the contents of folders: size, differences, copies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::kibibytes;
use crate::root;

const NAME: &str = "annals-bench-";

/// A temporary folder, removed when this is dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes a folder on a disk with room for some bytes: on the memory disk `/dev/shm`, or else in `target/bench`. A real disk
    /// writes back at arbitrary times, which would be counted for whichever program is running.
    ///
    /// # Errors
    ///
    /// If neither has room, or the folder cannot be made.
    pub fn new(bytes: f64) -> Result<Self, String> {
        let memory = Path::new("/dev/shm");
        remove_old(memory);
        // The files of a memory disk use memory, however large the disk claims to be, and the programs need some too.
        let available = kibibytes("/proc/meminfo", "MemAvailable:").unwrap_or(0.0) * 1024.0;
        let is_roomy = memory.is_dir() && free(memory) > bytes && available > bytes * 1.3;
        let disk = root().join("target/bench");
        fs::create_dir_all(&disk).map_err(|error| format!("{}: {error}", disk.display()))?;
        remove_old(&disk);
        if !is_roomy && free(&disk) < bytes {
            let (needed, free) = (bytes / 1e9, free(&disk) / 1e9);
            return Err(format!("not enough room: about {needed:.1} GB are needed, {free:.1} GB are free"));
        }
        let folder = if is_roomy { memory } else { &disk }.join(format!("{NAME}{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self(folder))
    }

    pub fn join(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub fn is_in_memory(&self) -> bool {
        self.0.starts_with("/dev/shm")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes the folders of runs that were killed.
fn remove_old(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(NAME));
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Returns the free bytes of a folder's disk, as `df` gives them; 0 if it fails.
fn free(folder: &Path) -> f64 {
    let output = Command::new("df").args(["-B1", "--output=avail"]).arg(folder).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0.0)
}

/// How much a folder contains, with its subfolders.
#[derive(Default)]
pub struct Size {
    pub files: usize,
    pub bytes: u64,
    /// The bytes and the path of the largest HTML file.
    pub largest: (u64, String),
}

impl Size {
    pub fn of(folder: &Path) -> Result<Self, String> {
        let mut size = Self::default();
        for (path, bytes) in files(folder)? {
            size.files += 1;
            size.bytes += bytes;
            if path.ends_with(".html") && bytes > size.largest.0 {
                size.largest = (bytes, path);
            }
        }
        Ok(size)
    }
}

/// Returns the path inside a folder and the size in bytes of each of its files, in the order of the paths.
fn files(folder: &Path) -> Result<Vec<(String, u64)>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).map_err(|error| format!("{}: {error}", next.display()))? {
            let entry = entry.map_err(|error| error.to_string())?;
            let found = entry.metadata().map_err(|error| error.to_string())?;
            if found.is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                let path = path.strip_prefix(folder).unwrap_or(&path);
                files.push((path.to_string_lossy().into_owned(), found.len()));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the path of the first file that only one of two folders has, or that has other bytes in the other; `None` if they
/// are equal.
pub fn difference(one: &Path, other: &Path) -> Result<Option<String>, String> {
    let (ones, others) = (files(one)?, files(other)?);
    for (at, (path, bytes)) in ones.iter().enumerate() {
        let is_same = others.get(at) == Some(&(path.clone(), *bytes))
            && fs::read(one.join(path)).ok() == fs::read(other.join(path)).ok();
        if !is_same {
            return Ok(Some(path.clone()));
        }
    }
    Ok(others.get(ones.len()).map(|(path, _)| path.clone()))
}

/// Copies the files of a folder to the same paths in another.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    for (path, _) in files(from)? {
        let (from, to) = (from.join(&path), to.join(&path));
        let folder = to.parent().expect("a file has a folder");
        let copied = fs::create_dir_all(folder).and_then(|()| fs::copy(&from, &to));
        copied.map_err(|error| format!("{}: {error}", to.display()))?;
    }
    Ok(())
}
