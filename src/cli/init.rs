//! `annals init`: creates a small working site.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};

use super::{Exit, print};
use crate::error::Error;

/// A small timeline about the founding of the United Nations.
static SKELETON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/skeleton");

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder to create
    dir: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let dir = &arguments.dir;
    let failed = |error: std::io::Error| Error::at(dir, error);
    let taken = match fs::read_dir(dir) {
        // A new repository has `.git` and perhaps a few other files whose names begin with a dot.
        Ok(entries) => entries.flatten().any(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(failed(error)),
    };
    if taken {
        return Err(Error::usage(format!("{} is not empty; name a new folder", dir.display())));
    }
    fs::create_dir_all(dir).map_err(failed)?;
    write(&SKELETON, dir).map_err(failed)?;
    let ignore = dir.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "/public\n/.public.annals-*\n").map_err(failed)?;
    }
    let dir = dir.display();
    print::line(&format!("Created a small timeline in {dir}."))?;
    print::line("")?;
    print::line(&format!("    annals serve --root {dir} --open    preview it while you write"))?;
    print::line(&format!("    annals build --root {dir}           write the site to {dir}/public"))
}

fn write(folder: &Dir<'_>, to: &Path) -> std::io::Result<()> {
    for file in folder.files() {
        let path = to.join(file.path());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, file.contents())?;
    }
    folder.dirs().try_for_each(|inner| write(inner, to))
}
