//! A site whose files can be made, one by one or in parallel.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::draft::{self, Draft};
use super::globals::globals;
use super::job::{Job, OutputFamilies};
use super::site::Site;
use crate::exports::Format;
use crate::id::SitePath;
use crate::key::{Key, Keyer};
use crate::provenance::Provenance;
use crate::search::{File, Index, KeptWords, Typed};
use crate::theme::{self, Engine, Locale};
use crate::timeline::Timeline;

/// Makes the files of a site.
pub struct Renderer {
    /// What the files of all families share.
    pub site: Site,
    families: OutputFamilies,
    /// The key of what is the same in all files: templates, words, and the values that every template gets.
    key: Key,
}

impl Renderer {
    /// Creates a renderer from a model and a theme. Templates get their global values here.
    #[must_use]
    pub fn new(timeline: Arc<Timeline>, engine: Engine, locale: Arc<Locale>, provenance: Provenance) -> Self {
        let families = OutputFamilies::new(&timeline);
        Self::of(timeline, engine, locale, provenance, families)
    }

    /// Does the same, reusing what still holds of an earlier renderer.
    #[must_use]
    pub fn after(
        earlier: &Self,
        timeline: Arc<Timeline>,
        engine: Engine,
        locale: Arc<Locale>,
        provenance: Provenance,
    ) -> Self {
        let families = OutputFamilies::after(&timeline, &earlier.site.timeline, &earlier.families);
        Self::of(timeline, engine, locale, provenance, families)
    }

    fn of(
        timeline: Arc<Timeline>,
        mut engine: Engine,
        locale: Arc<Locale>,
        provenance: Provenance,
        families: OutputFamilies,
    ) -> Self {
        let typed = Typed::new(&locale);
        let globals = globals(&timeline, &locale, &typed);
        let mut keyer = Keyer::default();
        keyer.key(engine.key()).key(locale.key());
        globals.iter().for_each(|(_, value)| draft::add(value, &mut keyer));
        engine.set_globals(globals);
        Self { site: Site::new(timeline, engine, locale, typed, provenance), families, key: keyer.finish() }
    }

    /// Writes the timeline in an open format. `has_mark` makes CSV begin with a byte order mark, whatever site.toml says.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn export(&self, format: Format, has_mark: bool, to: &mut dyn Write) -> io::Result<()> {
        let mut dataset = self.site.dataset();
        dataset.has_mark |= has_mark;
        format.write(&dataset, to)
    }

    /// Records the size of a file in bytes, for pages that state it. Only the sizes of open data are kept.
    pub fn tell_size(&self, job: &Job, size: u64) {
        if let Job::Data(format) = job {
            self.site.data.tell_size(*format, size);
        }
    }

    /// Makes the search index with `words`, so that documents whose words it has are not read again. Afterwards it has the
    /// words of this site.
    pub fn keep_words(&mut self, words: &Arc<Mutex<KeptWords>>) {
        self.families.search = Index::keeping(Arc::clone(words));
    }

    /// Returns whether the search index has to be made. `is_kept` tells of a file, by its path and key, whether it is there
    /// already. Must not be called from the thread pool: the pool computes the keys, and no job of it may wait for another.
    pub fn needs_search_index(&self, is_kept: &dyn Fn(&SitePath, Key) -> bool) -> bool {
        let is_kept = |file: File, key| is_kept(&file.path(), self.own(key));
        self.families.search.is_needed(&super::search::corpus(&self.site), &is_kept)
    }

    /// Makes the search index, if it is not made yet. Must not be called from the thread pool, which makes it.
    pub fn make_search_index(&self) {
        self.families.search.make(&super::search::corpus(&self.site));
    }

    /// Frees what only files of the search index need.
    pub fn release_search_index(&self) {
        self.families.search.release();
    }

    /// Adds what is the same in all files of the site to a file's key.
    fn own(&self, key: Key) -> Key {
        Keyer::default().key(self.key).key(key).finish()
    }

    /// Lists the files of all families, without redirects.
    pub(super) fn jobs(&self) -> Vec<Job> {
        self.families.jobs(&self.site)
    }

    /// Returns a file, ready to be made, with links that are relative to `path`.
    #[must_use]
    pub fn draft<'a>(&'a self, path: &'a SitePath, job: &'a Job) -> Draft<'a> {
        let draft = self.families.draft(job, path, &self.site);
        let draft = draft.with(|key| self.own(key));
        // HTML marks the words that fell back to English with their language; other files cannot.
        match self.site.locale.has_fallen() {
            false => draft,
            true if path.as_str().ends_with(".html") => {
                draft.then(|bytes| theme::with_languages(bytes, &self.site.timeline.config.language))
            }
            true => draft.then(theme::without_marks),
        }
    }
}
