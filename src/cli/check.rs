//! `annals check`: reports every problem and writes nothing.

use std::path::Path;

use clap::Args;

use super::{ContentArguments, Exit, Format, ReportArguments, print};
use crate::build::{Options, Timings, prepare};
use crate::content::Goal;
use crate::diagnostic::counted;
use crate::error::Error;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    content: ContentArguments,
    #[command(flatten)]
    report: ReportArguments,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Error> {
    let mut timings = Timings::default();
    let options = Options { goal: Goal::Report, ..arguments.content.options(None) };
    let prepared = prepare(root, &options, &mut timings)?;
    let report = &prepared.report;
    arguments.report.print(report, &timings, root)?;
    let exit = match arguments.report.refuses(report) {
        true if prepared.ready.failed() => Exit::Unread,
        true => Exit::Content,
        false => Exit::Done,
    };
    if exit == Exit::Done && arguments.report.format == Format::Human {
        print::line(&format!("{}: no errors", counted(prepared.ready.renderer.site.timeline.events.len(), "event")))?;
    }
    // The program is about to end, and freeing the site piece by piece takes longer than the system takes for all of it.
    std::mem::forget(prepared);
    Ok(exit)
}
