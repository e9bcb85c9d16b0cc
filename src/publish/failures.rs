//! Why a folder cannot be published into.

use std::io;
use std::path::Path;

use crate::error::Error;

/// Returns the error for a folder that is not empty and that annals did not make.
pub(super) fn not_ours(target: &Path) -> Error {
    Error::usage(format!("the folder {} is not empty and was not made by annals", target.display()))
        .hint("name another with --output, or empty it")
}

/// Returns the error for a folder with files that annals did not write.
pub(super) fn foreign(target: &Path, files: &[String]) -> Error {
    let files = files.join(", ");
    Error::usage(format!("{} contains files that annals did not write: {files}", target.display()))
        .hint("move them to static/, from where they are copied, or delete them")
}

/// Returns the error for a folder that another process is writing into.
pub(super) fn busy(target: &Path) -> Error {
    Error::usage(format!("another annals is writing into {}", target.display())).hint("wait until it is done")
}

/// Returns the error for a failure of the machine while files were moved into a folder that cannot be exchanged.
pub(super) fn unfinished(target: &Path, source: io::Error) -> Error {
    Error::machine(format!("{} contains files of both the old and the new site", target.display()))
        .because(source)
        .hint("run annals build again")
}
