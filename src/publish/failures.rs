//! Why a folder cannot be published into.

use std::io;
use std::path::Path;

use crate::error::Error;

/// The error where a folder is not empty and annals did not make it.
pub(super) fn not_ours(target: &Path) -> Error {
    Error::usage(format!("the folder {} is not empty and was not made by annals", target.display()))
        .hint("name another with --output, or empty it")
}

/// The error where a folder contains files that annals did not write.
pub(super) fn foreign(target: &Path, files: &[String]) -> Error {
    let files = files.join(", ");
    Error::usage(format!("{} contains files that annals did not write: {files}", target.display()))
        .hint("move them to static/, from where they are copied, or delete them")
}

/// The error where another process is writing into the folder.
pub(super) fn busy(target: &Path) -> Error {
    Error::usage(format!("another annals is writing into {}", target.display())).hint("wait until it is done")
}

/// The error where the machine failed while files were moved into a folder that cannot be exchanged.
pub(super) fn unfinished(target: &Path, source: io::Error) -> Error {
    Error::machine(format!("{} contains files of both the old and the new site", target.display()))
        .because(source)
        .hint("run annals build again")
}
