//! What git says about a site, read once for each commit and kept from build to build.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::git::{self, Refusal};
use super::head::{self, Head};
use super::log::{Log, Origin, Revision, of_collection};
use crate::cache_folder::CacheFolder;
use crate::config::{self, Config};
use crate::content::{Goal, Settings};
use crate::date::Moment;
use crate::diagnostic::{Code, Problems};
use crate::id;
use crate::key::{Key, Keyer};
use crate::record;
use crate::source_path::{Folder, SourcePath};

/// The name of the file of revisions in the cache.
const REVISIONS: &str = "revisions";
/// The name of the file of the log in the cache, which is only read when there are new commits.
const LOG: &str = "log";

/// A revision and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The id of its commit.
    pub commit: String,
    /// The moment of its commit.
    pub moment: Moment,
    /// Its path in the repository.
    pub path: String,
    /// How it came to be.
    pub origin: Origin,
    /// The id of its blob.
    blob: String,
    /// What it says; `None` if it cannot be read.
    pub facts: Option<Facts>,
}

/// What git says about the commit that is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Read {
    /// The key of what it was read from, and of the settings by which texts are read.
    key: Option<Key>,
    /// The key of those settings.
    settings: Option<Key>,
    /// The id of the commit.
    commit: String,
    /// The folder of the site in the repository: empty, or ending in `/`.
    folder: String,
    /// The moment at which the known history begins, if that is not the first commit.
    begins: Option<Moment>,
    /// Whether the repository is a shallow clone.
    is_shallow: bool,
    /// The revisions of each entry, by its path in the repository, newest first.
    texts: BTreeMap<String, Vec<Known>>,
}

/// The history of a site, as git has it.
#[derive(Default)]
pub(crate) struct Repository {
    read: Read,
    /// The log, if it was read.
    log: Option<(Head, Log)>,
    refusal: Option<Refusal>,
    /// Whether the cache already holds it.
    is_kept: bool,
}

impl Repository {
    /// Reads the history of a site. It is taken over from `last` or from the cache if it was read before from the same commit.
    /// Empty if site.toml disables it, or if the site is in no repository.
    #[must_use]
    pub(crate) fn read(root: &Path, config: &Config, last: Option<&Arc<Self>>) -> Arc<Self> {
        if !config.history.enabled {
            return Arc::default();
        }
        let Some(key) = head::fingerprint(root) else { return Arc::default() };
        let settings = Settings::of(config, Goal::Site);
        let settings_key = Key::of(format!("{settings:?}").as_bytes());
        let key = Keyer::default().key(key).key(settings_key).finish();
        if let Some(last) = last.filter(|last| last.read.key == Some(key)) {
            return Arc::clone(last);
        }
        let earlier = match last {
            Some(last) => Some(last.read.clone()),
            None => kept(root, REVISIONS),
        };
        if let Some(read) = earlier.as_ref().filter(|read: &&Read| read.key == Some(key)) {
            return Arc::new(Self { read: read.clone(), log: None, refusal: None, is_kept: true });
        }
        let earlier = earlier.filter(|read| read.settings == Some(settings_key)).unwrap_or_default();
        let log = last.and_then(|last| last.log.clone()).or_else(|| kept(root, LOG).flatten());
        let (mut read, log, refusal) = match ask(root, &settings, earlier, log.as_ref()) {
            Ok((read, log)) => (read, Some(log), None),
            Err(refusal) => (Read::default(), log, Some(refusal)),
        };
        (read.key, read.settings) = (Some(key), Some(settings_key));
        Arc::new(Self { read, log, refusal, is_kept: false })
    }

    /// Returns whether both were read from the same commits with the same settings.
    #[must_use]
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.read.key == other.read.key
    }

    /// Returns whether the same repository would give the same history again. If git cannot read it now, it may be able to
    /// later.
    #[must_use]
    pub(crate) fn is_settled(&self) -> bool {
        self.refusal.is_none_or(|refusal| refusal == Refusal::Nothing)
    }

    /// Writes what was read into the cache for the next build, unless it is already there.
    pub(crate) fn keep(&self, root: &Path) {
        if self.is_kept || self.read.key.is_none() || self.refusal.is_some() {
            return;
        }
        let folder = folder(root);
        if let (Ok(read), Ok(log)) = (postcard::to_allocvec(&self.read), postcard::to_allocvec(&self.log)) {
            record::keep(&folder, REVISIONS, &read);
            record::keep(&folder, LOG, &log);
        }
    }

    /// Returns whether the site has a history that could be read.
    pub(super) fn is_known(&self) -> bool {
        !self.read.commit.is_empty()
    }

    /// Returns the folder of the site in the repository: empty, or ending in `/`.
    pub(super) fn folder(&self) -> &str {
        &self.read.folder
    }

    /// Returns the moment at which the known history begins; `None` if that is the first commit.
    pub(super) const fn begins(&self) -> Option<Moment> {
        self.read.begins
    }

    /// Returns the revisions that git connects with an entry's file, newest first.
    pub(super) fn revisions(&self, file: &SourcePath) -> &[Known] {
        let path = format!("{}{file}", self.read.folder);
        self.read.texts.get(&in_nfc(path)).map_or(&[], Vec::as_slice)
    }

    /// Returns a note on why there is no history, or only a part of it; none if it is complete or there is nothing to read.
    #[must_use]
    pub(crate) fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let file = SourcePath::from(config::FILE);
        let (message, help) = match self.refusal {
            Some(Refusal::NotInstalled) => (
                "the history of the entries is missing: git cannot be run".to_owned(),
                "install git, or write `enabled = false` under [history]",
            ),
            Some(Refusal::Untrusted) => (
                "the history of the entries is missing: another user owns the repository, so git does not read it"
                    .to_owned(),
                "if you trust it: git config --global --add safe.directory FOLDER, with the full path of the repository",
            ),
            Some(Refusal::Unreadable) => (
                "the history of the entries is missing: git cannot read the repository".to_owned(),
                "`git log` in this folder says why; or write `enabled = false` under [history]",
            ),
            Some(Refusal::Nothing) => return problems,
            None => match self.read.begins.filter(|_| !self.read.texts.is_empty()) {
                None => return problems,
                Some(begins) if self.read.is_shallow => (
                    format!("the repository is a shallow clone: the history of the entries begins on {}", begins.day()),
                    "git fetch --unshallow; in a GitHub workflow: `fetch-depth: 0` of actions/checkout",
                ),
                Some(begins) => (
                    format!("the repository is too large: the history of the entries begins on {}", begins.day()),
                    "older changes are not read, so that builds stay fast",
                ),
            },
        };
        problems.report(Code::IncompleteHistory, &file, message).help(help);
        problems
    }
}

fn folder(root: &Path) -> CacheFolder {
    CacheFolder::of_site(root).folder("history")
}

/// Reads what an earlier build kept in the cache. `None` if it is missing, damaged, or of another version of annals.
fn kept<T: for<'b> Deserialize<'b>>(root: &Path, name: &str) -> Option<T> {
    postcard::from_bytes(&record::kept(&folder(root), name)?).ok()
}

/// Asks git for all revisions of a site's texts. What earlier builds know is not asked for again.
fn ask(
    root: &Path,
    settings: &Settings,
    earlier: Read,
    earlier_log: Option<&(Head, Log)>,
) -> Result<(Read, (Head, Log)), Refusal> {
    let head = Head::of(root)?;
    let log = Log::read(root, &head, earlier_log)?;
    let content = format!("{}{}/", head.folder, Folder::Content.name());
    let texts: Vec<(String, Vec<Revision>)> =
        log.clone().into_texts().filter(|(path, _)| path.starts_with(&content)).collect();
    let mut known: FxHashMap<(String, String), Option<Facts>> = FxHashMap::default();
    for revision in earlier.texts.into_values().flatten() {
        known.insert(key_of(&revision.path, &revision.blob), revision.facts);
    }
    let revisions = texts.iter().flat_map(|(_, revisions)| revisions);
    let mut wanted: Vec<(&str, &str)> = revisions
        .filter(|revision| !known.contains_key(&key_of(&revision.path, &revision.blob)))
        .map(|revision| (revision.blob.as_str(), revision.path.as_str()))
        .collect();
    wanted.sort_unstable();
    wanted.dedup_by_key(|(blob, path)| key_of(path, blob));
    known.extend(facts_of(root, &wanted, settings)?);
    let of = |revision: Revision| {
        let facts = known.get(&key_of(&revision.path, &revision.blob)).cloned().flatten();
        let Revision { commit, moment, blob, path, origin } = revision;
        Known { commit, moment, path, origin, blob, facts }
    };
    let texts = texts.into_iter().map(|(path, revisions)| (in_nfc(path), revisions.into_iter().map(of).collect()));
    let read = Read {
        key: None,
        settings: None,
        texts: texts.collect(),
        begins: log.begins,
        is_shallow: !head.shallow.is_empty(),
        commit: head.commit.clone(),
        folder: head.folder.clone(),
    };
    Ok((read, (head, log)))
}

/// Returns a path as it is looked up: in NFC, because a disk and a repository may have different forms of the same letters.
fn in_nfc(path: String) -> String {
    if path.is_ascii() { path } else { id::normalise(&path) }
}

/// Returns what the facts of a text depend on: its collection, which determines how it is read, and its blob.
fn key_of(path: &str, blob: &str) -> (String, String) {
    let collection = of_collection(path).map_or("", |(collection, _)| collection.folder());
    (collection.to_owned(), blob.to_owned())
}

/// How many blobs are in memory at once.
const BATCH: usize = 512;

/// Facts with their [`key_of`].
type KeyedFacts = ((String, String), Option<Facts>);

/// Reads and parses blobs, each given as its id and a path. Those that are missing or too large are not among the results.
fn facts_of(root: &Path, wanted: &[(&str, &str)], settings: &Settings) -> Result<Vec<KeyedFacts>, Refusal> {
    let ids: Vec<&str> = wanted.iter().map(|(blob, _)| *blob).collect();
    let mut all: Vec<KeyedFacts> = Vec::with_capacity(wanted.len());
    let mut batch: Vec<(usize, Vec<u8>)> = Vec::new();
    let parse = |batch: &mut Vec<(usize, Vec<u8>)>, all: &mut Vec<KeyedFacts>| {
        let parsed = batch.par_drain(..).map(|(number, bytes)| {
            let (blob, path) = wanted[number];
            let read = of_collection(path).and_then(|(collection, name)| Facts::of(collection, name, &bytes, settings));
            (key_of(path, blob), read)
        });
        all.par_extend(parsed);
    };
    git::blobs(root, &ids, settings.limits.entry_bytes, |number, bytes| {
        batch.push((number, bytes));
        if batch.len() == BATCH {
            parse(&mut batch, &mut all);
        }
    })?;
    parse(&mut batch, &mut all);
    Ok(all)
}
