//! What a build takes over from the build before it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::ready::Options;
use crate::diagnostic::Report;
use crate::history;
use crate::id::SitePath;
use crate::key::{Key, Keyer};
use crate::publish::{Publisher, Summary};
use crate::record::{Difference, Inputs, Made, Record, Shelf};
use crate::search::KeptWords;

/// The name of the cached file with the words of documents.
const WORDS: &str = "words";

/// The last build's record, and the files that this one reads.
pub struct Recall {
    root: PathBuf,
    target: PathBuf,
    shelf: Arc<Shelf>,
    record: Option<Record>,
    inputs: Inputs,
    difference: Difference,
    /// The key of the circumstances of this build.
    provenance: Key,
    /// The fingerprint of the commit that the site's repository is at.
    commit: Option<Key>,
    /// The keys of files that are copied, by their path on disk.
    copied: Mutex<BTreeMap<PathBuf, Key>>,
    /// Reads the words of documents while the site is read, and writes them while pages are made.
    words: Mutex<Option<JoinHandle<Option<KeptWords>>>>,
}

/// A site that is as the last build left it.
pub struct Unchanged {
    /// What the last build reported.
    pub report: Report,
    /// How many events the timeline has.
    pub events: usize,
    /// The files of the site, none of them written.
    pub summary: Summary,
}

impl Recall {
    /// Looks up the last build of a site into `target`, and at the files that the site is read from. `None` if nothing can be
    /// taken over or kept, so that the build does everything.
    #[must_use]
    pub fn of(root: &Path, target: &Path, options: &Options) -> Option<Self> {
        let shelf = Shelf::of(root, target, key_of(options))?;
        let (record, inputs) = rayon::join(|| shelf.read(), || Inputs::look(root));
        let commit = history::fingerprint(root);
        let mut inputs = inputs?;
        let difference = record.as_ref().map(|record| inputs.compare(root, &record.inputs));
        let difference = difference.unwrap_or(Difference::Contents);
        let shelf = Arc::new(shelf);
        let reads_words = (record.is_some() && difference == Difference::Contents).then(|| {
            let shelf = Arc::clone(&shelf);
            std::thread::spawn(move || KeptWords::from_bytes(&shelf.kept(WORDS)?))
        });
        let words = Mutex::new(reads_words);
        let copied = Mutex::default();
        Some(Self {
            words,
            copied,
            root: root.to_owned(),
            target: target.to_owned(),
            shelf,
            record,
            inputs,
            difference,
            provenance: options.provenance().key(),
            commit,
        })
    }

    /// Sets the circumstances of the build, which differ once its commit is known. The other options must be the same.
    #[must_use]
    pub fn under(self, options: &Options) -> Self {
        Self { provenance: options.provenance().key(), ..self }
    }

    /// Returns whether the files that the site is read from, the circumstances and the commit are as in the last build.
    #[must_use]
    pub fn may_be_unchanged(&self) -> bool {
        let is_of_same = |record: &Record| (record.provenance, record.commit) == (self.provenance, self.commit);
        self.difference != Difference::Contents && self.record.as_ref().is_some_and(is_of_same)
    }

    /// Returns the site if the files that it is read from, and those in the output folder, are as the last build left them.
    #[must_use]
    pub fn unchanged(&self, publisher: &Publisher) -> Option<Unchanged> {
        let record = self.record.as_ref().filter(|_| self.may_be_unchanged())?;
        let is_same = publisher.has_exactly(record.outputs.keys().map(String::as_str))
            && record.all_as_left(&self.target, &|path| publisher.stamp(path));
        if !is_same {
            return None;
        }
        if self.difference == Difference::Stamps {
            self.shelf.write(&record.with(self.inputs.clone()));
        }
        let summary = Summary { files: record.outputs.len(), written: 0, removed: 0 };
        Some(Unchanged { report: record.report.clone(), events: record.events, summary })
    }

    /// Returns a file in the output folder if it is as the last build left it and was made from what has this key.
    #[must_use]
    pub fn kept(&self, path: &SitePath, key: Key, publisher: &Publisher) -> Option<Made> {
        let record = self.record.as_ref()?;
        let made = record.outputs.get(path.as_str()).filter(|made| made.key == key)?;
        made.is_as_left(&self.target, path.as_str(), publisher.stamp(path.as_str())).then(|| made.clone())
    }

    /// Returns the words of documents that the last build indexed; `None` if they are not known or were asked for before.
    #[must_use]
    pub fn words(&self) -> Option<KeptWords> {
        let reading = self.words.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        reading.join().ok()?
    }

    /// Keeps the words of documents for the next build, on a thread of its own.
    pub fn keep_words(&self, words: KeptWords) {
        let shelf = Arc::clone(&self.shelf);
        let keeping = std::thread::spawn(move || {
            shelf.keep(WORDS, &words.to_bytes());
            None
        });
        *self.words.lock().unwrap_or_else(PoisonError::into_inner) = Some(keeping);
    }

    /// Returns the key of the contents of one of the site's files; `None` if it cannot be read.
    #[must_use]
    pub fn key(&self, file: &Path) -> Option<Key> {
        let known = self.copied.lock().unwrap_or_else(PoisonError::into_inner).get(file).copied();
        let key = known.or_else(|| self.inputs.key(&self.root, file))?;
        self.copied.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), key);
        Some(key)
    }

    /// Marks the history as unread, so that no later build counts as unchanged.
    #[must_use]
    pub fn without_commit(self) -> Self {
        Self { commit: Some(Key::of(b"unread")), ..self }
    }

    /// Records the build for the next one. `read` gives the keys of files that were read, by their path on disk.
    pub fn remember(mut self, read: &[(PathBuf, Key)], made: BTreeMap<String, Made>, report: &Report, events: usize) {
        // Waits until the words are written, because the record refers to them.
        let _ = self.words();
        let copied = self.copied.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.inputs.learn(&self.root, copied.iter().map(|(path, key)| (path.as_path(), *key)));
        self.inputs.learn(&self.root, read.iter().map(|(path, key)| (path.as_path(), *key)));
        let record = Record::new(self.inputs, made, &self.target, report.clone(), events, self.provenance);
        self.shelf.write(&record.at(self.commit));
    }
}

/// Returns the key of the options that a build depends on, without the day and the commit, which its provenance has.
fn key_of(options: &Options) -> Key {
    let publication = &options.publication;
    let mut keyer = Keyer::default();
    keyer.number(u64::from(publication.drafts)).number(u64::from(publication.future));
    keyer.number(u64::from(options.preview)).maybe(options.base_url.as_deref());
    keyer.finish()
}
