//! From the list of files to the published site: each file is made, or kept if it would be the same as before.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::ready::{Prepared, Ready, Timings, report_refusal};
use super::recall::Recall;
use crate::buffers;
use crate::cards;
use crate::diagnostic::{Diagnostic, Problems, Report, Texts};
use crate::error::Error;
use crate::id::SitePath;
use crate::key::{Key, Keyer};
use crate::load::unreadable as unreadable_file;
use crate::outputs::{self, Content, Draft, Maker, Output};
use crate::picture_cache::Original;
use crate::pictures::{self, Refusal};
use crate::publish::{Publisher, Summary, Written};
use crate::record::Made;
use crate::source_path::SourcePath;
use crate::sum;
use crate::theme::{Engine, RenderError};

/// Why a file could not be made.
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

/// The bytes of a file, and the name of the cached copy that they are the same as.
type Bytes = (Vec<u8>, Option<String>);

/// What a file was written as, and the name of the cached copy that it is the same as. The first is `None` if the machine
/// failed: the publisher keeps the error.
type Copied = (Option<Written>, Option<String>);

/// The results of making the files of a build.
#[derive(Default)]
struct Results<'a> {
    made: Mutex<BTreeMap<String, Made>>,
    failures: Mutex<Vec<(&'a Output, MakeError)>>,
    /// How long all threads together took for each sort of file.
    spent: Mutex<BTreeMap<&'static str, Duration>>,
}

impl Results<'_> {
    fn spend(&self, output: &Output, time: Duration) {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        *spent.entry(output.content.sort()).or_default() += time;
    }

    fn spent_in_order(&self) -> Vec<(&'static str, Duration)> {
        let spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        outputs::sorts().filter_map(|sort| Some((sort, *spent.get(sort)?))).collect()
    }
}

impl Prepared {
    /// Makes every file that is not as the last build left it, and publishes the site. Calls `progress` after each file.
    ///
    /// # Errors
    /// An [`Error`] if the machine fails.
    pub fn publish(
        &self,
        publisher: Publisher,
        recall: Option<Recall>,
        timings: &mut Timings,
        progress: &(dyn Fn() + Sync),
    ) -> Result<Outcome, Error> {
        // Made before the pool works through the list, because the whole pool makes it and no job may wait for another. It
        // needs much memory only while it is made.
        timings.stage("search index", || self.make_search_index(recall.as_ref(), &publisher));
        let results = Results::default();
        timings.stage("render and write", || {
            // The copies of one picture are adjacent, so one thread decodes it once and makes them all.
            let groups: Vec<&[Output]> = self.outputs.chunk_by(Output::is_of_same_picture).collect();
            let (early, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group[0].is_early());
            for groups in [early, others] {
                // Each group is a task of its own: a thread that took several large files would keep the others waiting.
                groups.par_iter().with_max_len(1).for_each(|group| {
                    let mut last = None;
                    for output in *group {
                        let start = Instant::now();
                        self.ready.make_or_keep(output, &mut last, &publisher, recall.as_ref(), &results);
                        results.spend(output, start.elapsed());
                        progress();
                    }
                });
                self.ready.renderer.release_search_index();
            }
        });
        timings.files = results.spent_in_order();
        if let Some(report) =
            self.ready.outcome_of(results.failures.into_inner().unwrap_or_else(PoisonError::into_inner))?
        {
            return Ok(Outcome::Failed(report));
        }
        let sums = timings.stage("checksums", || publisher.write_sums());
        let summary = timings.stage("publish", || publisher.finish())?;
        self.ready.cache.sweep();
        if let Some(recall) = recall {
            let mut made = results.made.into_inner().unwrap_or_else(PoisonError::into_inner);
            made.extend(sums.map(|sums| (sum::FILE.to_owned(), made_of_sums(sums))));
            let events = self.ready.renderer.site.timeline.events.len();
            timings.stage("keep history", || self.ready.repository.keep(&self.ready.root));
            let is_settled = self.ready.repository.is_settled();
            timings.stage("record", || {
                let recall = if is_settled { recall } else { recall.without_commit() };
                recall.remember(&self.ready.loaded.read(), made, &self.report, events);
            });
        }
        Ok(Outcome::Published(summary))
    }

    /// Makes the search index, if a file that needs it is not as the last build left it.
    fn make_search_index(&self, recall: Option<&Recall>, publisher: &Publisher) {
        let (renderer, words) = (&self.ready.renderer, &self.ready.words);
        let is_kept = |path: &SitePath, key| recall.is_some_and(|recall| recall.kept(path, key, publisher).is_some());
        if !renderer.needs_search_index(&is_kept) {
            return;
        }
        let locked = || words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = recall.and_then(Recall::words) {
            *locked() = kept;
        }
        renderer.make_search_index();
        // This process builds only once, so memory is better used for pages.
        let made = std::mem::take(&mut *locked());
        if let Some(recall) = recall {
            recall.keep_words(made);
        }
    }
}

/// Records the list of sums. It is never kept, because it is made of all files.
fn made_of_sums(Written { stamp, sum }: Written) -> Made {
    Made::new(Keyer::default().text(sum::FILE).finish(), stamp, sum, None)
}

impl Ready {
    /// Makes the bytes of one file.
    ///
    /// # Errors
    /// [`MakeError`] if a template fails, or a file cannot be read.
    pub fn make(&self, output: &Output) -> Result<Vec<u8>, MakeError> {
        self.bytes(output, &mut None).map(|(bytes, _)| bytes)
    }

    /// Renders a file, and paints it if it is a drawing.
    fn rendered(&self, maker: Maker<'_>) -> Result<Bytes, MakeError> {
        let is_drawing = matches!(maker, Maker::Drawing(_));
        let bytes = maker.make().map_err(MakeError::Template)?;
        if !is_drawing {
            return Ok((bytes, None));
        }
        let (bytes, name) = self.cache.painted(&bytes, cards::png);
        Ok((bytes, Some(name)))
    }

    /// Returns a file that is rendered, ready to be made; `None` for others.
    fn draft<'a>(&'a self, output: &'a Output) -> Option<Draft<'a>> {
        match &output.content {
            Content::Render(job) => Some(self.renderer.draft(&output.path, job)),
            Content::BuiltIn(_) | Content::Copy(_) | Content::Picture(..) => None,
        }
    }

    /// Makes the bytes of a file. `last` caches the picture read last, because the next output may be another copy of it.
    fn bytes(&self, output: &Output, last: &mut Option<Original>) -> Result<Bytes, MakeError> {
        match &output.content {
            Content::Render(job) => self.rendered(self.renderer.draft(&output.path, job).maker()),
            Content::BuiltIn(bytes) => Ok((bytes.to_vec(), None)),
            Content::Copy(file) => {
                let bytes = fs::read(file).map_err(|error| unreadable_file(file, error))?;
                let stripped = pictures::stripped(&bytes).map_err(|refusal| self.refused(file, refusal))?;
                Ok((stripped.unwrap_or(bytes), None))
            }
            Content::Picture(file, header, variant) => {
                let original = match last.take().filter(|original| original.file() == file) {
                    Some(original) => original,
                    None => Original::read(file).map_err(|error| unreadable_file(file, error))?,
                };
                let original = last.insert(original);
                let copy = original.copy(header, variant, &self.cache);
                let bytes = copy.map_err(|refusal| self.refused(file, refusal))?;
                Ok((bytes, Some(original.name_of(variant))))
            }
        }
    }

    /// Returns the key of what a file that is not rendered is made from; `None` if that is not known.
    fn key(&self, output: &Output, recall: &Recall) -> Option<Key> {
        let mut keyer = Keyer::default();
        match &output.content {
            Content::Render(_) => return None,
            Content::BuiltIn(bytes) => keyer.bytes(bytes),
            Content::Copy(file) => keyer.key(recall.key(file)?),
            Content::Picture(file, _, variant) => {
                keyer.key(recall.key(file)?).text(variant.format.ending());
                keyer.number(variant.width.into()).number(variant.height.into())
            }
        };
        Some(keyer.finish())
    }

    fn refused(&self, file: &Path, refusal: Refusal) -> MakeError {
        let inside = file.strip_prefix(&self.root).unwrap_or(file);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let mut problems = Problems::default();
        report_refusal(&parts.join("/").into(), refusal, &mut problems);
        MakeError::Picture(problems)
    }

    /// Makes a file and writes it, unless it is in the output folder and would be the same.
    fn make_or_keep<'a>(
        &'a self,
        output: &'a Output,
        last: &mut Option<Original>,
        publisher: &Publisher,
        recall: Option<&Recall>,
        results: &Results<'a>,
    ) {
        let draft = self.draft(output);
        let key = match &draft {
            Some(draft) => Some(draft.key),
            None => recall.and_then(|recall| self.key(output, recall)),
        };
        let kept = recall.zip(key).and_then(|(recall, key)| recall.kept(&output.path, key, publisher));
        let made = if let Some(made) = kept {
            made.copy.iter().for_each(|copy| self.cache.touch(copy));
            publisher.keep(&output.path, made.sum);
            Some(made)
        } else {
            match self.write(draft, output, last, publisher) {
                Ok((written, copy)) => {
                    key.zip(written).map(|(key, written)| Made::new(key, written.stamp, written.sum, copy))
                }
                Err(error) => {
                    results.failures.lock().unwrap_or_else(PoisonError::into_inner).push((output, error));
                    None
                }
            }
        };
        if let (Some(made), Content::Render(job)) = (&made, &output.content) {
            self.renderer.tell_size(job, made.stamp.size());
        }
        if let Some(made) = made.filter(|_| recall.is_some()) {
            let mut all = results.made.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(output.path.as_str().to_owned(), made);
        }
    }

    /// Makes and writes one file.
    fn write<'a>(
        &'a self,
        draft: Option<Draft<'a>>,
        output: &'a Output,
        last: &mut Option<Original>,
        publisher: &Publisher,
    ) -> Result<Copied, MakeError> {
        let (bytes, copy) = match draft.map(Draft::maker) {
            Some(Maker::InParts(write)) => return Ok((publisher.write_in_parts(&output.path, write), None)),
            Some(maker) => self.rendered(maker)?,
            None => self.bytes(output, last)?,
        };
        let written = publisher.write(&output.path, &bytes);
        buffers::give_back(bytes);
        Ok((written, copy))
    }

    /// Turns failures into a report; `None` if there are none. Fails if the machine caused one of them.
    fn outcome_of(&self, failures: Vec<(&Output, MakeError)>) -> Result<Option<Report>, Error> {
        let mut errors = Vec::new();
        let mut of_pictures = Problems::default();
        for (output, failure) in failures {
            match failure {
                MakeError::Template(error) => errors.push((output, error)),
                MakeError::Picture(problems) => of_pictures.extend(problems),
                MakeError::Machine(error) => return Err(error),
            }
        }
        if errors.is_empty() && of_pictures.is_empty() {
            return Ok(None);
        }
        let mut report = self.render_report(errors);
        report.extend(Report::new(of_pictures, &Texts::new()));
        Ok(Some(report))
    }

    /// Reports one problem for each place in a template, however many pages it affects.
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
        Report::new(problems, &Engine::texts(self.loaded.templates()))
    }
}
