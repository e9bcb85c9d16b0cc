//! Which files a fresh build is made from: the recorded commit, in a clone of its own unless it is checked out.

use std::path::{Path, PathBuf};

use super::scratch::Scratch;
use crate::commit::{check_out, of, prefix};
use crate::error::Error;
use crate::provenance::{Commit, Provenance};

pub(super) enum Source {
    /// The site's folder. The note says why it may not be the recorded commit; `None` if it is.
    Folder(PathBuf, Option<String>),
    /// A clone that has the recorded commit checked out, the site's folder in it, and why it was needed.
    Clone(#[expect(dead_code, reason = "it keeps the folder until the comparison ends")] Scratch, PathBuf, String),
}

impl Source {
    /// Finds or makes the source of the recorded build of the site in the folder `root`.
    pub(super) fn of(root: &Path, provenance: &Provenance, as_is: bool) -> Result<Self, Error> {
        let folder = |note: Option<String>| Ok(Self::Folder(root.to_owned(), note));
        let Some(recorded) = &provenance.commit else {
            return folder(Some(
                "no commit is recorded, so this compares the copy with the site's folder as it is".to_owned(),
            ));
        };
        let id = &recorded.id;
        if as_is {
            return folder(Some(format!(
                "the copy was built from commit {id}, but is compared with the folder as it is"
            )));
        }
        if recorded.modified {
            let note =
                "the copy was built from files that were not committed, so it is compared with the folder as it is";
            return folder(Some(note.to_owned()));
        }
        let Some(now) = of(root) else {
            return Err(Error::usage(format!(
                "the copy was built from commit {id}, but {} is not in git",
                root.display()
            ))
            .hint("clone the site's repository, or compare with the folder as it is: --as-is"));
        };
        if now == *recorded {
            return folder(None);
        }
        let why = match (now.id == *id, now.modified) {
            (true, true) => "files of the site were changed since".to_owned(),
            (true, false) => "the history here has another depth".to_owned(),
            (false, true) => format!("{} is checked out, and files of the site were changed since", now.id),
            (false, false) => format!("{} is checked out", now.id),
        };
        cloned(root, recorded, format!("commit {id} was built in a temporary clone, because here {why}"))
    }

    /// Returns the folder of the site to build.
    pub(super) fn root(&self) -> &Path {
        match self {
            Self::Folder(root, _) | Self::Clone(_, root, _) => root,
        }
    }

    /// Returns whether it is the site's folder although that may not be the recorded commit.
    pub(super) const fn is_folder_as_it_is(&self) -> bool {
        matches!(self, Self::Folder(_, Some(_)))
    }

    /// Says why the build may not be the recorded one, or why it was made in a clone.
    pub(super) fn notes(&self, provenance: &Provenance) -> Vec<String> {
        let (Self::Folder(_, Some(note)) | Self::Clone(_, _, note)) = self else { return Vec::new() };
        let mut notes = vec![note.clone()];
        let depth = |commit: Option<Commit>| commit.and_then(|commit| commit.depth);
        if let (Self::Clone(_, root, _), recorded) = (self, depth(provenance.commit.clone()))
            && depth(of(root)) != recorded
        {
            notes.push(
                "the repository here has less history than was recorded; fetch it: git fetch --unshallow".to_owned(),
            );
        }
        notes
    }
}

fn cloned(root: &Path, commit: &Commit, why: String) -> Result<Source, Error> {
    let scratch = Scratch::new()?;
    let top = scratch.path().join("site");
    check_out(root, commit, &top).map_err(|said| {
        let said = if said.is_empty() { String::new() } else { format!(": {said}") };
        Error::usage(format!("commit {}, from which the copy was built, cannot be checked out{said}", commit.id))
            .hint("fetch it (git fetch, in a shallow clone git fetch --unshallow), or compare with the folder: --as-is")
    })?;
    let inside = top.join(prefix(root).unwrap_or_default());
    Ok(Source::Clone(scratch, inside, why))
}
