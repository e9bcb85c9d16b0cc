//! `annals build`: writes the site, or finds that it is up to date.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::progress::Progress;
use super::{ContentArguments, Exit, Format, ReportArguments, print};
use crate::build::{Options, Outcome, Prepared, Recall, Timings, Unchanged, prepare};
use crate::commit;
use crate::config;
use crate::diagnostic::{Report, counted};
use crate::error::Error;
use crate::publish::{Publisher, Summary};
use crate::source_path::Folder;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder to write, relative to the site's folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    output: PathBuf,
    /// The URL of the published site, instead of base_url in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    content: ContentArguments,
    /// Make every page again, and record nothing for the next build
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    report: ReportArguments,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Error> {
    let start = Instant::now();
    let base_url = arguments.base_url.as_deref().map(base_url).transpose()?;
    refuse_source_folder(root, &arguments.output)?;
    refuse_no_folder(root, &arguments.output)?;
    let mut timings = Timings::default();
    let target = root.join(&arguments.output);
    let options = arguments.content.options(base_url);
    let look = || if arguments.no_cache { None } else { Recall::of(root, &target, &options) };
    // Most of what git does is waiting for the disk, so it runs beside the look at the files.
    let (recall, commit) = std::thread::scope(|scope| {
        let git = scope.spawn(|| commit::of(root));
        (timings.stage("look", look), timings.stage("git", || git.join().unwrap_or_default()))
    });
    let options = Options { commit, ..options };
    let recall = recall.map(|recall| recall.under(&options));
    let mut publisher = None;
    let built = match recall.as_ref().filter(|recall| recall.may_be_unchanged()) {
        Some(recall) => {
            let publisher = publisher.insert(timings.stage("look at output", || Publisher::begin(&target)));
            let unchanged = publisher.as_ref().ok().and_then(|publisher| recall.unchanged(publisher));
            unchanged.filter(|last| !arguments.report.refuses(&last.report))
        }
        None => None,
    };
    let built = match built {
        Some(unchanged) => Built::unchanged(unchanged),
        None => build(root, arguments, &options, start, &mut timings, |prepared, timings, progress| {
            let publisher = publisher.unwrap_or_else(|| Publisher::begin(&target))?;
            prepared.publish(publisher, recall, timings, progress)
        })?,
    };
    arguments.report.print(&built.report, &timings, root)?;
    match built.summary {
        Some(summary) => {
            if arguments.report.format == Format::Human {
                print::line(&done(&summary, built.events, start, &arguments.output))?;
            }
            Ok(Exit::Done)
        }
        None => {
            if arguments.report.format == Format::Human {
                if !built.report.has_errors() {
                    print::note("with --strict, warnings count as errors");
                }
                print::note("nothing was written; the existing site, if any, is unchanged");
            }
            Ok(if built.failed { Exit::Unread } else { Exit::Content })
        }
    }
}

/// The result of a build.
struct Built {
    report: Report,
    /// What was published; `None` if the report forbids that.
    summary: Option<Summary>,
    events: usize,
    /// Whether the machine could not read something.
    failed: bool,
}

impl Built {
    fn unchanged(last: Unchanged) -> Self {
        Self { report: last.report, summary: Some(last.summary), events: last.events, failed: false }
    }
}

/// Reads the site, and publishes it if nothing forbids that.
fn build(
    root: &Path,
    arguments: &Arguments,
    options: &Options,
    start: Instant,
    timings: &mut Timings,
    publish: impl FnOnce(&Prepared, &mut Timings, &(dyn Fn() + Sync)) -> Result<Outcome, Error>,
) -> Result<Built, Error> {
    let prepared = prepare(root, options, timings)?;
    let mut report = prepared.report.clone();
    let mut summary = None;
    if !arguments.report.refuses(&report) {
        let progress = Progress::new(start, prepared.outputs.len());
        let outcome = publish(&prepared, timings, &|| progress.tick());
        progress.clear();
        match outcome? {
            Outcome::Published(published) => summary = Some(published),
            Outcome::Failed(more) => report.extend(more),
        }
    }
    let built = Built {
        report,
        summary,
        events: prepared.ready.renderer.site.timeline.events.len(),
        failed: prepared.ready.failed(),
    };
    // The process is about to end. Freeing millions of small values one by one would take longer than letting the system do it.
    std::mem::forget(prepared);
    Ok(built)
}

/// Parses `--base-url`.
pub(super) fn base_url(url: &str) -> Result<String, Error> {
    config::base_url(url).map_err(|refused| {
        let meant = refused.meant.map_or_else(String::new, |meant| format!("; write {meant}"));
        Error::usage(format!("--base-url {url}: {}{meant}", refused.reason))
    })
}

/// Refuses an output inside a folder that the site is read from, because the next build would read it, and one that contains
/// the site.
fn refuse_source_folder(root: &Path, output: &Path) -> Result<(), Error> {
    let target = real(&root.join(output));
    let inside = Folder::ALL.map(Folder::name).into_iter().find(|folder| target.starts_with(real(&root.join(folder))));
    if let Some(folder) = inside {
        return Err(Error::usage(format!(
            "--output {}: the site is read from {}; name another folder",
            output.display(),
            root.join(folder).display()
        )));
    }
    if real(root).starts_with(&target) {
        return Err(Error::usage(format!(
            "--output {}: it contains the site's own folder; name a folder for the output only",
            output.display()
        )));
    }
    Ok(())
}

/// Refuses an output that is a file, or a symbolic link that cannot be followed, such as one that points to itself.
fn refuse_no_folder(root: &Path, output: &Path) -> Result<(), Error> {
    let target = root.join(output);
    let refused = |what: &str| {
        Err(Error::usage(format!(
            "--output {}: {what}; move it away, or name another folder with --output DIR",
            output.display()
        )))
    };
    match std::fs::metadata(&target) {
        Ok(found) if !found.is_dir() => refused("this is a file, not a folder"),
        Err(error) if error.kind() != ErrorKind::NotFound && target.is_symlink() => {
            refused("this symbolic link cannot be followed")
        }
        _ => Ok(()),
    }
}

/// Returns a path with symbolic links and `..` resolved, even if its last parts do not exist yet.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = absolute.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    let Some((ancestor, mut real)) = there else { return absolute };
    for part in absolute.strip_prefix(ancestor).unwrap_or(Path::new("")).components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => real.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    real
}

fn done(summary: &Summary, events: usize, start: Instant, output: &Path) -> String {
    let changed = match (summary.written, summary.removed) {
        (0, 0) => "nothing changed".to_owned(),
        (written, 0) => format!("{written} written"),
        (written, removed) => format!("{written} written, {removed} removed"),
    };
    format!(
        "{}, {} ({changed}) in {:.2} s: {}",
        counted(events, "event"),
        counted(summary.files, "file"),
        start.elapsed().as_secs_f64(),
        output.join("index.html").display()
    )
}
