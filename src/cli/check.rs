//! `annals check`

use std::path::Path;

use clap::Args;

use super::{ContentArguments, Exit, Failure, Format, print};
use crate::build::{Timings, prepare};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    content: ContentArguments,
    /// Let warnings count as errors
    #[arg(long)]
    strict: bool,
    /// Tell how long each stage took
    #[arg(long)]
    timings: bool,
    /// In which form problems are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Failure> {
    let mut timings = Timings::default();
    let prepared = prepare(root, &arguments.content.options(None), &mut timings)?;
    let report = &prepared.report;
    print::report(report, arguments.format, root)?;
    if arguments.timings {
        print::timings(&timings);
    }
    let refused = report.has_errors() || (arguments.strict && report.warnings() > 0);
    if refused {
        return Ok(Exit::Content);
    }
    if arguments.format == Format::Human {
        print::out(&format!("{} events: no errors\n", prepared.site.timeline.events.len()))?;
    }
    Ok(Exit::Done)
}
