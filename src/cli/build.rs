//! `annals build`

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::progress::Progress;
use super::{ContentArguments, Exit, Failure, Format, ReportArguments, print};
use crate::build::{Outcome, Timings, prepare};
use crate::config::check_base_url;
use crate::diagnostic::counted;
use crate::publish::Summary;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder to write, relative to the site's folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    output: PathBuf,
    /// Where the site will stand, instead of site.toml's base_url
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    content: ContentArguments,
    #[command(flatten)]
    report: ReportArguments,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Failure> {
    let start = Instant::now();
    if let Some(url) = &arguments.base_url {
        check_base_url(url).map_err(|reason| Failure::Usage(format!("--base-url {url}: {reason}")))?;
    }
    refuse_source_folder(root, &arguments.output)?;
    let options = arguments.content.options(arguments.base_url.clone());
    let mut timings = Timings::default();
    let prepared = prepare(root, &options, &mut timings)?;
    let mut report = prepared.report.clone();
    let mut summary = None;
    if !arguments.report.refuses(&report) {
        let progress = Progress::new(start, prepared.outputs.len());
        let target = root.join(&arguments.output);
        let outcome = prepared.publish(&target, &mut timings, &|| progress.tick());
        progress.clear();
        match outcome? {
            Outcome::Published(published) => summary = Some(published),
            Outcome::Failed(more) => report.extend(more),
        }
    }
    let events = prepared.site.timeline.events.len();
    // The process ends. To give back millions of small values one by one takes it longer than the system takes for all.
    std::mem::forget(prepared);
    arguments.report.print(&report, &timings, root)?;
    match summary {
        Some(summary) => {
            if arguments.report.format == Format::Human {
                print::line(&done(&summary, events, start, &arguments.output))?;
            }
            Ok(Exit::Done)
        }
        None => {
            if arguments.report.format == Format::Human {
                if !report.has_errors() {
                    print::note("with --strict, warnings count as errors");
                }
                print::note("nothing was written; the site in the output folder, if there is one, is as it was");
            }
            Ok(Exit::Content)
        }
    }
}

/// The output cannot lie in a folder that the site is read from: the next build would read it.
fn refuse_source_folder(root: &Path, output: &Path) -> Result<(), Failure> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let target = absolute(&root.join(output));
    let folders = ["content", "static", "templates", "locales"].map(|folder| absolute(&root.join(folder)));
    let inside = folders.iter().find(|folder| target.starts_with(folder));
    match inside {
        Some(folder) => Err(Failure::Usage(format!(
            "--output {}: the site is read from {}; name another folder",
            output.display(),
            folder.display()
        ))),
        None => Ok(()),
    }
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
