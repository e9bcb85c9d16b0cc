//! A copy in a folder.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::found::{Answer, Found};
use crate::diagnostic::shown;
use crate::error::Error;
use crate::id::normalise;
use crate::publish;

pub(super) struct InFolder(PathBuf);

impl InFolder {
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        if folder.is_dir() {
            return Ok(Self(folder.to_owned()));
        }
        Err(Error::usage(format!("there is no folder {}", folder.display()))
            .hint("build the site first, or name the folder or address of a copy"))
    }
}

impl Found for InFolder {
    fn fetch(&self, paths: &[&str]) -> Result<Vec<Answer>, Error> {
        Ok(paths.iter().map(|path| Answer::File(self.0.join(path))).collect())
    }

    fn others(&self, is_known: &dyn Fn(&str) -> bool) -> Result<Vec<String>, Error> {
        let mut others = Vec::new();
        let walk = WalkDir::new(&self.0).min_depth(1).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| !publish::is_bystander(entry.file_name(), entry.depth() == 1)) {
            let entry = entry.map_err(|error| Error::at(&self.0, error.into()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let inside = entry.path().strip_prefix(&self.0).unwrap_or(entry.path());
            let inside = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            // macOS may return a name in another normalisation form.
            if !is_known(&inside) && !is_known(&normalise(&inside)) {
                others.push(shown(&inside));
            }
        }
        Ok(others)
    }

    fn consumes(&self, _path: &str) -> bool {
        false
    }

    fn notes(&self, _home: &[u8], _missing_page: &[u8]) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }
}
