//! `annals check`

use std::path::Path;

use clap::Args;

use super::{ContentArguments, Exit, Format, ReportArguments, print};
use crate::build::{Timings, prepare};
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
    let prepared = prepare(root, &arguments.content.options(None), &mut timings)?;
    let report = &prepared.report;
    arguments.report.print(report, &timings, root)?;
    if arguments.report.refuses(report) {
        return Ok(if prepared.ready.failed() { Exit::Unread } else { Exit::Content });
    }
    if arguments.report.format == Format::Human {
        print::line(&format!("{}: no errors", counted(prepared.ready.renderer.site.timeline.events.len(), "event")))?;
    }
    Ok(Exit::Done)
}
