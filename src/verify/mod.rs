//! Comparing a copy of a site with a fresh build: `annals verify`.
//!
//! The copy's own `build.json` says which build to make: of which commit, on which day, with which options. Every file of
//! that build is made in memory and compared with the copy's, byte by byte. Nothing is written into the site's folder,
//! and nothing is taken over from an earlier build.

mod curl;
mod difference;
mod folder;
mod found;
mod scratch;
mod source;
mod web;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::build::{MakeError, Options, Prepared, Timings, prepare};
use crate::config;
use crate::content::Goal;
use crate::diagnostic::Report;
use crate::error::Error;
use crate::outputs::Output;
use crate::provenance::{self, Provenance};
use crate::resolve::Publication;
use crate::sum::{self, Sum};
use folder::InFolder;
use found::{BATCH, Compared, Found, MISSING_PAGE};
use source::Source;
use web::OnHost;

/// A copy of a site.
pub(crate) enum Copy {
    /// In a folder.
    Folder(PathBuf),
    /// On a host, at a base URL.
    Web(String),
}

/// How a copy compares with a fresh build.
pub(crate) struct Verdict {
    /// How the copy was built, as its `build.json` says.
    pub provenance: Provenance,
    /// Whether the fresh build was made from the site's folder as it is, which may differ from the recorded commit.
    pub of_folder: bool,
    /// How many files are the same.
    pub same: usize,
    /// Files that differ, by path, and how.
    pub differing: BTreeMap<String, String>,
    /// Files that the copy lacks.
    pub missing: Vec<String>,
    /// Files that only the copy has.
    pub extra: Vec<String>,
    /// What else is worth knowing: why a fresh build may differ, and how a host treats the site.
    pub notes: Vec<String>,
}

impl Verdict {
    /// Returns whether the copy has exactly the files of the fresh build.
    #[must_use]
    pub(crate) fn is_same(&self) -> bool {
        self.differing.is_empty() && self.missing.is_empty() && self.extra.is_empty()
    }

    fn add(&mut self, path: &str, compared: Compared) {
        match compared {
            Compared::Same => self.same += 1,
            Compared::Missing => self.missing.push(path.to_owned()),
            Compared::Differs(how) => {
                self.differing.insert(path.to_owned(), how);
            }
        }
    }
}

/// Why there is no verdict.
pub(crate) enum Unverified {
    /// The site has errors, so it cannot be built.
    Content(Report),
    /// The machine failed, or the command asks for what cannot be done.
    Error(Error),
}

impl From<Error> for Unverified {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Compares a copy with a fresh build of the site in the folder `root`. With `as_is` that is a build of the folder as it is,
/// whatever commit the copy was built from. `progress` is called with the number of files, then after each of them.
///
/// # Errors
/// [`Unverified`] if the copy has no valid `build.json`, the site cannot be built, or the machine or network fails.
pub(crate) fn verify(root: &Path, copy: &Copy, as_is: bool, progress: &dyn Progress) -> Result<Verdict, Unverified> {
    let opened = open(copy)?;
    let provenance = provenance_of(opened.as_ref(), copy)?;
    let source = Source::of(root, &provenance, as_is)?;
    let prepared = prepare(source.root(), &options(&provenance)?, &mut Timings::default())?;
    if prepared.report.has_errors() {
        return Err(Unverified::Content(prepared.report));
    }
    let mut notes = source.notes(&provenance);
    if provenance.annals != env!("CARGO_PKG_VERSION") {
        notes.push(format!(
            "annals {} built the copy, and this is annals {}, which may make other bytes; use the same version to be sure",
            provenance.annals,
            env!("CARGO_PKG_VERSION")
        ));
    }
    let of_folder = source.is_folder_as_it_is();
    let (differing, missing, extra) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut verdict = Verdict { provenance, of_folder, same: 0, differing, missing, extra, notes };
    compare(&prepared, opened.as_ref(), progress, &mut verdict)?;
    // Freeing the site piece by piece takes longer than freeing all of it when the process ends.
    std::mem::forget(prepared);
    Ok(verdict)
}

/// An observer of the comparison.
pub(crate) trait Progress: Sync {
    /// Called once, before the first of this number of files is compared.
    fn begin(&self, files: usize);
    /// Called after each file, by any thread.
    fn tick(&self);
}

/// Opens a copy.
fn open(copy: &Copy) -> Result<Box<dyn Found>, Error> {
    Ok(match copy {
        Copy::Folder(folder) => Box::new(InFolder::new(folder)?),
        Copy::Web(base) => Box::new(OnHost::new(base)?),
    })
}

/// Reads the copy's `build.json`.
fn provenance_of(opened: &dyn Found, copy: &Copy) -> Result<Provenance, Error> {
    let at = match copy {
        Copy::Folder(folder) => folder.display().to_string(),
        Copy::Web(base) => base.clone(),
    };
    let file = provenance::FILE;
    let answer = opened.fetch(&[file])?.into_iter().next();
    match answer.map(|answer| answer.bytes()).transpose()?.flatten() {
        Some(bytes) => Provenance::parse(&bytes).map_err(|flaw| {
            Error::usage(format!("{at}: its {file} is not one that annals wrote: {flaw}"))
                .hint("give the address of the site's home page, or the folder that has it")
        }),
        None => Err(Error::usage(format!("{at} has no {file}, which says how the site was built"))
            .hint("name the site's folder or address, or publish the site again with this version of annals")),
    }
}

/// Returns the options of the recorded build.
fn options(provenance: &Provenance) -> Result<Options, Error> {
    let refused = |what: String| Error::usage(format!("{}: {what}", provenance::FILE));
    let today = provenance.day().ok_or_else(|| refused(format!("{} is not a day", provenance.day)))?;
    let base_url = match &provenance.base_url {
        Some(url) => Some(config::base_url(url).map_err(|flaw| refused(format!("{url}: {}", flaw.reason)))?),
        None => None,
    };
    let publication = Publication { drafts: provenance.drafts, future: provenance.future, today };
    Ok(Options {
        goal: Goal::Site,
        publication,
        base_url,
        preview: false,
        commit: provenance.commit.clone(),
        cache: false,
    })
}

/// Makes every file and compares it with the copy's.
fn compare(
    prepared: &Prepared,
    opened: &dyn Found,
    progress: &dyn Progress,
    verdict: &mut Verdict,
) -> Result<(), Unverified> {
    let ready = &prepared.ready;
    ready.renderer.make_search_index();
    progress.begin(prepared.outputs.len());
    let missing_page = prepared.outputs.iter().find(|output| output.path.as_str() == MISSING_PAGE);
    let missing_page = missing_page.map(|output| made(prepared, output)).transpose()?.unwrap_or_default();
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for batch in prepared.outputs.chunks(BATCH) {
        let paths: Vec<&str> = batch.iter().map(|output| output.path.as_str()).collect();
        let answers = opened.fetch(&paths)?;
        let compared: Result<Vec<(Sum, Compared)>, Unverified> = batch
            .par_iter()
            .zip(answers)
            .map(|(output, answer)| {
                let bytes = made(prepared, output)?;
                let compared = answer.compare(&bytes, output.path.as_str(), &missing_page)?;
                progress.tick();
                Ok((Sum::of(&bytes), compared))
            })
            .collect();
        for (path, (sum, compared)) in paths.into_iter().zip(compared?) {
            sums.insert(path, sum);
            if matches!(compared, Compared::Missing) && opened.consumes(path) {
                let note = format!("the host reads {path} and does not serve it, so it was not compared");
                verdict.notes.push(note);
            } else {
                verdict.add(path, compared);
            }
        }
    }
    let list = sum::list(sums.iter().map(|(path, sum)| (*path, *sum)));
    let answer = opened.fetch(&[sum::FILE])?.into_iter().next();
    if let Some(answer) = answer {
        verdict.add(sum::FILE, answer.compare(list.as_bytes(), sum::FILE, &missing_page)?);
    }
    verdict.extra = opened.others(&|path| path == sum::FILE || sums.contains_key(path))?;
    let home = prepared.outputs.iter().find(|output| output.path.as_str() == "index.html");
    let home = home.map(|output| made(prepared, output)).transpose()?.unwrap_or_default();
    verdict.notes.extend(opened.notes(&home, &missing_page)?);
    Ok(())
}

/// Makes a file of the fresh build in memory.
fn made(prepared: &Prepared, output: &Output) -> Result<Vec<u8>, Unverified> {
    prepared.ready.make(output).map_err(|error| match error {
        MakeError::Template(error) => Unverified::Content(prepared.ready.render_report(vec![(output, error)])),
        MakeError::Picture(problems) => Unverified::Content(Report::new(problems, &crate::diagnostic::Texts::new())),
        MakeError::Machine(error) => Unverified::Error(error),
    })
}
