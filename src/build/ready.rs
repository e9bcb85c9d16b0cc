//! From files to a site that is ready to be made.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use crate::content::Goal;
use crate::diagnostic::{Code, Problems, Report};
use crate::error::Error;
use crate::file_type;
use crate::history::Repository;
use crate::load::{Beginnings, Changes, Loaded, load, texts_of};
use crate::outputs::{self, Output, Renderer, plan};
use crate::picture_cache::Cache;
use crate::pictures::Refusal;
use crate::provenance::{Commit, Provenance};
use crate::resolve::{Files, Publication, Resolved, resolve, reworded};
use crate::search::KeptWords;
use crate::source_path::{Folder, SourcePath};
use crate::theme::{Engine, Locale};

/// What a build depends on besides the site's folder.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether files will be made, or only the report.
    pub goal: Goal,
    /// Which entries are published, and the day of the build.
    pub publication: Publication,
    /// Overrides `base_url` of site.toml; normalised by [`crate::config::base_url`].
    pub base_url: Option<String>,
    /// Whether this is a preview at the root of its own host, where `base_url` does not apply.
    pub preview: bool,
    /// What git knows about the site's folder, to be recorded in the site.
    pub commit: Option<Commit>,
    /// Whether copies of pictures and painted cards are taken from the site's cache and kept in it.
    pub cache: bool,
}

impl Options {
    /// Returns the circumstances of a build with these options, as the site records them.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        let Publication { drafts, future, today } = self.publication;
        let base_url = self.base_url.clone();
        Provenance { drafts, future, base_url, ..Provenance::new(today, self.commit.clone()) }
    }
}

/// How long each stage of a build took.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    /// The name and duration of each stage, in order.
    pub stages: Vec<(&'static str, Duration)>,
    /// How long making and writing each sort of file took, all threads together.
    pub files: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Runs a stage and records how long it took.
    pub fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.stages.push((name, start.elapsed()));
        result
    }
}

/// A site that is read and resolved. Its files can be made, but are not listed yet.
pub struct Ready {
    /// What makes pages: the model and the theme.
    pub renderer: Renderer,
    /// What was read.
    pub(super) loaded: Loaded,
    pub(super) repository: Arc<Repository>,
    resolved: Arc<Resolved>,
    theme: Arc<Theme>,
    /// The problems found so far.
    problems: Problems,
    pub(super) root: PathBuf,
    pub(super) cache: Cache,
    /// The words of the documents that were indexed last, which the next search index reuses.
    pub(super) words: Arc<Mutex<KeptWords>>,
}

/// A site whose files are listed, and what is wrong with it.
pub struct Prepared {
    /// The site.
    pub ready: Arc<Ready>,
    /// The files to write.
    pub outputs: Vec<Output>,
    /// All problems found without rendering.
    pub report: Report,
}

/// The site's templates and interface words, compiled.
struct Theme {
    locale: Arc<Locale>,
    engine: Engine,
    problems: Problems,
    /// Reports on templates that no page is made with.
    unused: Problems,
}

/// Reads, resolves and plans a site.
///
/// # Errors
/// An [`Error`] if there is no site or the machine fails.
pub fn prepare(root: &Path, options: &Options, timings: &mut Timings) -> Result<Prepared, Error> {
    let mut ready = read(root, options, None, timings)?;
    if let Some(ready) = Arc::get_mut(&mut ready) {
        ready.loaded.forget_documents();
    }
    let (outputs, problems) = timings.stage("plan", || ready.plan());
    let report = timings.stage("report", || ready.report(problems));
    Ok(Prepared { ready, outputs, report })
}

/// Reads and resolves a site. `last` is an earlier reading and the files that may have changed since: the rest is taken over,
/// and if nothing changed, the earlier reading itself is returned.
///
/// # Errors
/// An [`Error`] if there is no site or the machine fails.
pub(crate) fn read(
    root: &Path,
    options: &Options,
    last: Option<(&Arc<Ready>, &Changes)>,
    timings: &mut Timings,
) -> Result<Arc<Ready>, Error> {
    let loaded = timings.stage("load", || {
        load(root, options.goal, SystemTime::now(), last.map(|(last, changes)| (&last.loaded, changes)))
    })?;
    let last = last.map(|(last, _)| last);
    let known = last.map(|last| &last.repository);
    let repository = timings.stage("history", || Repository::read(root, loaded.config(), known));
    let same_content = |last: &&Arc<Ready>| loaded.has_content_of(&last.loaded) && repository.is_as(&last.repository);
    let is_same = |last: &&Arc<Ready>| same_content(last) && loaded.has_theme_of(&last.loaded);
    if let Some(last) = last.filter(is_same) {
        return Ok(Arc::clone(last));
    }
    let resolved = match last.filter(same_content) {
        Some(last) => Arc::clone(&last.resolved),
        None => timings.stage("resolve", || {
            let last = last.filter(|last| repository.is_as(&last.repository));
            let changed = last.and_then(|last| Some((last, loaded.changed_since(&last.loaded)?)));
            let again = changed.and_then(|(last, changed)| reworded(&last.resolved, &changed));
            Arc::new(again.unwrap_or_else(|| resolved(&loaded, &repository, options)))
        }),
    };
    let same_theme = |last: &&Arc<Ready>| {
        loaded.has_theme_of(&last.loaded) && loaded.config().language == last.loaded.config().language
    };
    let theme = match last.filter(same_theme) {
        Some(last) => Arc::clone(&last.theme),
        None => timings.stage("templates", || Arc::new(Theme::new(&loaded))),
    };
    let mut renderer = timings.stage("values", || {
        let (timeline, engine, locale) =
            (Arc::clone(&resolved.timeline), theme.engine.clone(), Arc::clone(&theme.locale));
        match last {
            Some(last) => Renderer::after(&last.renderer, timeline, engine, locale, options.provenance()),
            None => Renderer::new(timeline, engine, locale, options.provenance()),
        }
    });
    let words = last.map_or_else(Arc::default, |last| Arc::clone(&last.words));
    renderer.keep_words(&words);
    let mut problems = loaded.problems();
    report_static_files(loaded.beginnings(), &mut problems);
    if !loaded.incomplete() {
        problems.extend(resolved.problems.clone());
    }
    problems.extend(repository.problems());
    theme.report(&mut problems);
    let cache = if options.cache { Cache::of_site(root) } else { Cache::none() };
    let root = root.to_owned();
    Ok(Arc::new(Ready { renderer, loaded, repository, resolved, theme, problems, root, cache, words }))
}

fn resolved(loaded: &Loaded, repository: &Repository, options: &Options) -> Resolved {
    let mut config = loaded.config().clone();
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
    }
    if options.preview {
        config.base_url = config.base_url.map(|_| "http://localhost/".to_owned());
    }
    let files = Files::new(
        loaded.content_files().keys().map(String::as_str).collect(),
        loaded.static_files().keys().map(String::as_str).collect(),
        &loaded.beginnings().types,
        &loaded.beginnings().pictures,
    );
    let mut resolved = resolve(config, &loaded.documents(), &files, &options.publication);
    if let Some(timeline) = Arc::get_mut(&mut resolved.timeline) {
        repository.fill(timeline, options.publication.today);
    }
    resolved
}

impl Theme {
    fn new(loaded: &Loaded) -> Self {
        let (locale, mut problems) = Locale::new(&loaded.config().language, loaded.locales());
        let locale = Arc::new(locale);
        let (engine, of_templates) = Engine::new(loaded.templates(), &locale);
        problems.extend(of_templates);
        Self { locale, engine, problems, unused: Engine::unused(loaded.templates()) }
    }

    /// Adds the theme's problems to all others, except those that the other side of an unresolved merge may not have.
    fn report(&self, problems: &mut Problems) {
        let merging = problems.iter().filter(|problem| problem.code() == Code::MergeConflict);
        let merging: BTreeSet<SourcePath> = merging.map(|problem| problem.file().clone()).collect();
        let is_certain = !merging.iter().any(|file| file.within(Folder::Templates).is_some());
        let unused = self.unused.iter().filter(|_| is_certain);
        for problem in self.problems.iter().chain(unused).filter(|problem| !merging.contains(problem.file())) {
            problems.push(problem.clone());
        }
    }
}

impl Ready {
    /// Lists the files to write, and reports paths that clash.
    #[must_use]
    pub fn plan(&self) -> (Vec<Output>, Problems) {
        let plan = plan(&self.renderer, self.loaded.static_files(), self.loaded.content_files());
        (plan.outputs, plan.problems)
    }

    /// Returns the page of an event by its path, without listing all files.
    #[must_use]
    pub fn event_page(&self, path: &str) -> Option<Output> {
        outputs::event_page(&self.renderer.site.timeline, path)
    }

    /// Returns the report on all problems, with those of the plan.
    #[must_use]
    pub fn report(&self, of_plan: Problems) -> Report {
        let mut problems = self.problems.clone();
        problems.extend(of_plan);
        let mut texts = self.loaded.texts();
        texts_of(&self.root, &problems, &mut texts);
        if problems.iter().any(|problem| problem.code() == Code::TemplateError) {
            texts.extend(Engine::texts(self.loaded.templates()));
        }
        Report::new(problems, &texts)
    }

    /// Returns whether the machine could not read something; the report says what.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.loaded.failed()
    }
}

/// Reports problems of files in `static/`, which are published whether a page links to them or not: a picture that cannot be
/// parsed cannot be stripped of its metadata.
fn report_static_files(beginnings: &Beginnings, problems: &mut Problems) {
    for (file, found) in beginnings.types.iter().filter(|(file, _)| file.within(Folder::Static).is_some()) {
        if let Some(Err(refusal)) = beginnings.pictures.get(file) {
            report_refusal(file, *refusal, problems);
        } else if let Some(flaw) = file_type::unfetched(*found) {
            flaw.report(file, problems);
        }
    }
}

pub(super) fn report_refusal(file: &SourcePath, refusal: Refusal, problems: &mut Problems) {
    let message = format!("the picture cannot be used: {refusal}");
    problems.report(Code::UnreadablePicture, file, message).help(refusal.help());
}
