//! An artificial timeline of any size. The same number of entries always gives the same files, so that timings can be compared.

mod entry;
mod hugo;
mod random;
mod site;

use std::fs;
use std::io::Result;
use std::path::Path;

use crate::Outcome;
use entry::Corpus;

pub fn run(entries: &str, dir: &Path, is_for_hugo: bool) -> Outcome {
    let entries: usize = entries.parse().map_err(|_| format!("{entries} is not a number of entries"))?;
    let write = if is_for_hugo { write_for_hugo } else { write };
    write(entries, dir).map_err(|error| format!("{}: {error}", dir.display()))
}

/// Writes a site of annals with `entries` events, and the actors, places and processes that they name.
pub fn write(entries: usize, dir: &Path) -> Result<()> {
    site::write(&mut Corpus::new(entries), dir)
}

/// Writes the same events as a site for Hugo, with the templates in `xtask/hugo/`.
pub fn write_for_hugo(entries: usize, dir: &Path) -> Result<()> {
    hugo::write(&mut Corpus::new(entries), dir)
}

fn put(dir: &Path, path: &str, text: &str) -> Result<()> {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder"))?;
    fs::write(path, text)
}
