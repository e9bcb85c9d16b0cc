//! The site that gets the entries: which ids, names and addresses it has already.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::folded;
use crate::config::{self, Config};
use crate::content::{Document, Goal, Matter};
use crate::error::Error;
use crate::id::{self, Collection};
use crate::load::load;

/// A document that the site has.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Its id.
    pub id: String,
    /// Its point, if it is a place with one.
    pub point: Option<(f64, f64)>,
}

/// The site that gets the entries.
#[derive(Debug)]
pub(super) struct Target {
    /// Its folder.
    pub root: PathBuf,
    /// Whether it has no site.toml yet.
    pub is_new: bool,
    /// Its settings; the defaults for a new site.
    pub config: Config,
    /// The files of its documents, by collection and folded id.
    files: FxHashMap<(Collection, String), String>,
    /// Its actors, places and processes by folded name.
    names: FxHashMap<(Collection, String), Vec<Known>>,
    /// Paths of the built site that aliases and static files have, folded.
    taken: FxHashSet<String>,
}

impl Target {
    /// Reads the site in a folder. A folder that is empty or does not exist will become a new site.
    ///
    /// # Errors
    /// [`Error`] if the folder holds something else, or cannot be read.
    pub(super) fn open(root: &Path) -> Result<Self, Error> {
        if !root.join(config::FILE).exists() {
            refuse_other_folders(root)?;
            return Ok(Self::new(root, true, Config::parse("title = \"Timeline\"").0));
        }
        let loaded = load(root, Goal::Report, SystemTime::now(), None)?;
        let mut target = Self::new(root, false, loaded.config().clone());
        for document in loaded.documents() {
            target.register(&document);
        }
        target.taken.extend(loaded.static_files().keys().map(|path| id::fold(path)));
        Ok(target)
    }

    fn new(root: &Path, is_new: bool, config: Config) -> Self {
        Self {
            root: root.to_owned(),
            is_new,
            config,
            files: FxHashMap::default(),
            names: FxHashMap::default(),
            taken: FxHashSet::default(),
        }
    }

    fn register(&mut self, document: &Document) {
        let collection = document.id.collection;
        self.files.insert((collection, id::fold(&document.id.id)), document.file.to_string());
        self.taken.extend(document.aliases.iter().map(|alias| id::fold(alias.value.as_str())));
        let (names, point): (Vec<&str>, _) = match &*document.matter {
            Matter::Actor(actor) => {
                let others = actor.names.iter().chain(&actor.native_name).map(|name| &*name.value);
                (std::iter::once(&*actor.name).chain(others).collect(), None)
            }
            Matter::Place(place) => {
                let point = place.lat.as_ref().zip(place.lon.as_ref()).map(|(lat, lon)| (lat.value, lon.value));
                (vec![&place.name], point)
            }
            Matter::Process(process) => (vec![&process.name], None),
            Matter::Event(_) | Matter::Page(_) => return,
        };
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let known = Known { id: document.id.id.to_string(), point };
            let entry = self.names.entry((collection, folded(name))).or_default();
            if !entry.iter().any(|other| other.id == known.id) {
                entry.push(known);
            }
        }
    }

    /// Returns the path of a document's file from the site's root. The letter case of the id does not matter.
    #[must_use]
    pub(super) fn file(&self, collection: Collection, id: &str) -> Option<&str> {
        self.files.get(&(collection, id::fold(id))).map(String::as_str)
    }

    /// Returns the actors, places or processes that have a name, which must be [`folded`].
    #[must_use]
    pub(super) fn named(&self, collection: Collection, folded: &str) -> &[Known] {
        self.names.get(&(collection, folded.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Returns whether an alias or a static file has the address that a document would get.
    #[must_use]
    pub(super) fn is_taken(&self, collection: Collection, id: &str) -> bool {
        self.taken.contains(&id::fold(collection.path(id).as_str()))
    }
}

/// Refuses a folder that holds anything but a site. Files whose names begin with a dot do not count.
fn refuse_other_folders(root: &Path) -> Result<(), Error> {
    let is_visible = |entry: &fs::DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_empty = match fs::read_dir(root) {
        Ok(entries) => !entries.flatten().any(|entry| is_visible(&entry)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(Error::at(root, error)),
    };
    if is_empty {
        return Ok(());
    }
    let message = format!("{} is not empty and has no {}", root.display(), config::FILE);
    Err(Error::usage(message).hint("name the folder of a site, or a new folder, with --into DIR"))
}
