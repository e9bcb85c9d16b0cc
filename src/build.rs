//! The pipeline from end to end: what `build`, `check` and `serve` have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Problems, Report, Texts};
use crate::error::Error;
use crate::file_type;
use crate::load::{Beginnings, load, texts_of, unreadable as unreadable_file};
use crate::outputs::{Content, Output, Renderer, plan};
use crate::picture_cache::{Cache, Original};
use crate::pictures::{self, Refusal};
use crate::publish::{Publisher, Summary};
use crate::resolve::{Files, Publication, resolve};
use crate::source_path::{Folder, SourcePath};
use crate::theme::{Engine, Locale, RenderError};

/// What a build depends on besides the site's folder.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which entries are published, and the day of the build.
    pub publication: Publication,
    /// Overrides `base_url` of site.toml; normalised by [`crate::config::base_url`].
    pub base_url: Option<String>,
    /// Whether this is a preview at the root of its own host, where `base_url` does not apply.
    pub preview: bool,
}

/// How long each stage of a build took.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    /// The name and duration of each stage, in order.
    pub stages: Vec<(&'static str, Duration)>,
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

/// A site that is ready to be rendered, and what is wrong with it.
pub struct Prepared {
    /// What makes pages: the model and the theme.
    pub renderer: Renderer,
    /// The files to write.
    pub outputs: Vec<Output>,
    /// All problems found without rendering.
    pub report: Report,
    /// Whether the machine could not read something; the report says what.
    pub failed: bool,
    /// The site's own templates, for reports on rendering.
    templates: BTreeMap<String, Arc<str>>,
    root: PathBuf,
    cache: Cache,
}

/// Reads, resolves and plans a site.
///
/// # Errors
/// An [`Error`] where there is no site or the machine fails.
pub fn prepare(root: &Path, options: &Options, timings: &mut Timings) -> Result<Prepared, Error> {
    let mut loaded = timings.stage("load", || load(root))?;
    if let Some(base_url) = &options.base_url {
        loaded.config.base_url = Some(base_url.clone());
    }
    if options.preview {
        loaded.config.base_url = loaded.config.base_url.map(|_| "http://localhost/".to_owned());
    }
    let mut problems = std::mem::take(&mut loaded.problems);
    let language = loaded.config.language.clone();
    let resolved = timings.stage("resolve", || {
        let documents = std::mem::take(&mut loaded.documents);
        let files = Files::new(
            loaded.content_files.keys().map(String::as_str).collect(),
            loaded.static_files.keys().map(String::as_str).collect(),
            &loaded.beginnings.types,
            &loaded.beginnings.pictures,
        );
        resolve(loaded.config, &documents, &files, &options.publication)
    });
    report_static_files(&loaded.beginnings, &mut problems);
    if !loaded.incomplete {
        problems.extend(resolved.problems);
    }
    let (locale, engine) = timings.stage("templates", || {
        let (locale, mut of_theme) = Locale::new(&language, &loaded.locales);
        let locale = Arc::new(locale);
        let (engine, of_templates) = Engine::new(&loaded.templates, &locale);
        of_theme.extend(of_templates);
        let merging = problems.iter().filter(|problem| problem.code() == Code::MergeConflict);
        let merging: BTreeSet<&SourcePath> = merging.map(Diagnostic::file).collect();
        if !merging.iter().any(|file| file.within(Folder::Templates).is_some()) {
            of_theme.extend(Engine::unused(&loaded.templates));
        }
        // What is wrong with one side of a merge may be right on the other.
        of_theme.retain(|problem| !merging.contains(problem.file()));
        problems.extend(of_theme);
        (locale, engine)
    });
    let renderer = timings.stage("values", || Renderer::new(resolved.timeline, engine, locale));
    let plan = timings.stage("plan", || plan(&renderer, &loaded.static_files, &loaded.content_files));
    problems.extend(plan.problems);
    let report = timings.stage("report", || {
        let mut texts = std::mem::take(&mut loaded.texts);
        texts_of(root, &problems, &mut texts);
        if problems.iter().any(|problem| problem.code() == Code::TemplateError) {
            texts.extend(Engine::texts(&loaded.templates));
        }
        Report::new(problems, &texts)
    });
    Ok(Prepared {
        renderer,
        outputs: plan.outputs,
        report,
        failed: loaded.failed,
        templates: loaded.templates,
        root: root.to_owned(),
        cache: Cache::of_site(root),
    })
}

/// Problems of files in `static/`, which are published whether a page links to them or not: a picture that cannot be parsed
/// cannot be stripped of its metadata.
fn report_static_files(beginnings: &Beginnings, problems: &mut Problems) {
    for (file, found) in beginnings.types.iter().filter(|(file, _)| file.within(Folder::Static).is_some()) {
        if let Some(Err(refusal)) = beginnings.pictures.get(file) {
            report_refusal(file, *refusal, problems);
        } else if let Some(flaw) = file_type::unfetched(*found) {
            flaw.report(file, problems);
        }
    }
}

fn report_refusal(file: &SourcePath, refusal: Refusal, problems: &mut Problems) {
    let message = format!("the picture cannot be used: {refusal}");
    problems.report(Code::UnreadablePicture, file, message).help(refusal.help());
}

/// Why the bytes of a file could not be made.
#[derive(Debug)]
pub enum MakeError {
    /// A template failed.
    Template(RenderError),
    /// A picture cannot be decoded, or cannot be stripped of its metadata.
    Picture(Problems),
    /// The machine failed.
    Machine(Error),
}

impl From<Error> for MakeError {
    fn from(error: Error) -> Self {
        Self::Machine(error)
    }
}

/// How a build ended when the machine did not fail.
pub enum Outcome {
    /// The site is published.
    Published(Summary),
    /// Pages could not be rendered; the old site is unchanged.
    Failed(Report),
}

impl Prepared {
    /// The bytes of one file.
    ///
    /// # Errors
    /// [`MakeError`] where a template fails, or a file cannot be read.
    pub fn make(&self, output: &Output) -> Result<Vec<u8>, MakeError> {
        self.make_next(output, &mut None)
    }

    /// The bytes of one file. `last` caches the picture read last, because the next output may be another copy of it.
    fn make_next(&self, output: &Output, last: &mut Option<Original>) -> Result<Vec<u8>, MakeError> {
        match &output.content {
            Content::Render(job) => self.renderer.render(&output.path, job).map_err(MakeError::Template),
            Content::BuiltIn(bytes) => Ok(bytes.to_vec()),
            Content::Copy(file) => {
                let bytes = fs::read(file).map_err(|error| unreadable_file(file, error))?;
                let stripped = pictures::stripped(&bytes).map_err(|refusal| self.refused(file, refusal))?;
                Ok(stripped.unwrap_or(bytes))
            }
            Content::Picture(file, header, variant) => {
                let original = match last.take().filter(|original| original.file() == file) {
                    Some(original) => original,
                    None => Original::read(file).map_err(|error| unreadable_file(file, error))?,
                };
                let copy = last.insert(original).copy(header, variant, &self.cache);
                copy.map_err(|refusal| self.refused(file, refusal))
            }
        }
    }

    fn refused(&self, file: &Path, refusal: Refusal) -> MakeError {
        let inside = file.strip_prefix(&self.root).unwrap_or(file);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let mut problems = Problems::default();
        report_refusal(&parts.join("/").into(), refusal, &mut problems);
        MakeError::Picture(problems)
    }

    /// Renders every page and publishes the site. Calls `progress` after each file.
    ///
    /// # Errors
    /// An [`Error`] where the machine fails or the output folder is not annals' to replace.
    pub fn publish(
        &self,
        target: &Path,
        timings: &mut Timings,
        progress: &(dyn Fn() + Sync),
    ) -> Result<Outcome, Error> {
        let publisher = Publisher::begin(target)?;
        // Before the pool works through the list: the whole pool makes these, and a job must not wait for another. The index
        // needs much memory only while it is made, the events' values for the rest of the build.
        timings.stage("search index", || self.renderer.make_search_index());
        timings.stage("events", || self.renderer.site.make_events());
        let failures = Mutex::new(Vec::new());
        timings.stage("render and write", || {
            // The copies of one picture are adjacent, so one thread decodes it once and makes them all.
            let groups: Vec<&[Output]> = self.outputs.chunk_by(Output::is_of_same_picture).collect();
            groups.par_iter().for_each(|group| {
                let mut last = None;
                for output in *group {
                    match self.make_next(output, &mut last) {
                        Ok(bytes) => publisher.write(&output.path, &bytes),
                        Err(error) => {
                            let mut failures = failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                            failures.push((output, error));
                        }
                    }
                    progress();
                }
            });
        });
        let failures = failures.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut errors = Vec::new();
        let mut of_pictures = Problems::default();
        for (output, failure) in failures {
            match failure {
                MakeError::Template(error) => errors.push((output, error)),
                MakeError::Picture(problems) => of_pictures.extend(problems),
                MakeError::Machine(error) => return Err(error),
            }
        }
        if !errors.is_empty() || !of_pictures.is_empty() {
            let mut report = self.render_report(errors);
            report.extend(Report::new(of_pictures, &Texts::new()));
            return Ok(Outcome::Failed(report));
        }
        let summary = timings.stage("publish", || publisher.finish())?;
        self.cache.sweep();
        Ok(Outcome::Published(summary))
    }

    /// One problem for each place in a template, however many pages it affects.
    pub fn render_report(&self, mut errors: Vec<(&Output, RenderError)>) -> Report {
        errors.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        let mut places: BTreeMap<(SourcePath, usize), (Diagnostic, &Output, usize)> = BTreeMap::new();
        for (output, RenderError(diagnostic)) in errors {
            let start = diagnostic.span().map_or(0, |span| span.start);
            let place = places.entry((diagnostic.file().clone(), start)).or_insert((*diagnostic, output, 0));
            place.2 += 1;
        }
        let mut problems = Problems::default();
        for (mut diagnostic, output, pages) in places.into_values() {
            let happened = match pages {
                1 => format!("this happened in {}", output.path),
                2 => format!("this happened in {} and another file", output.path),
                _ => format!("this happened in {} and {} other files", output.path, pages - 1),
            };
            diagnostic.more_help(&happened);
            problems.push(diagnostic);
        }
        Report::new(problems, &Engine::texts(&self.templates))
    }
}
