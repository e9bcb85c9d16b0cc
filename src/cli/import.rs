//! `annals import`: arguments and printing; the import itself is in [`crate::import`].

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Exit, print};
use crate::error::Error;
use crate::import::{self, Doing, Options, Program, Report, Stop, Widening};

#[derive(Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct Arguments {
    /// The format of the input
    #[arg(value_enum)]
    kind_of_input: import::Format,
    /// The file or folder to import
    #[arg(value_name = "FILE|FOLDER")]
    input: PathBuf,
    /// The site's folder, instead of --root; a new folder becomes a site
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// The mapping file: which column or key becomes what
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,
    /// Print a mapping file made from what the input holds, and write nothing
    #[arg(long)]
    draft_map: bool,
    /// The program that a folder of markdown was written for; found out if not given
    #[arg(long, value_enum, value_name = "PROGRAM")]
    from: Option<Program>,
    /// Report everything and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The kind of events whose input names none
    #[arg(long)]
    kind: Option<String>,
    /// Add kinds that site.toml lacks to its end
    #[arg(long)]
    add_kinds: bool,
    /// Give each spelling of a name a document of its own
    #[arg(long)]
    keep_spellings: bool,
    /// Make drafts of events without a source
    #[arg(long)]
    unsourced_as_drafts: bool,
    /// Import days that are 1 January as the year
    #[arg(long)]
    january_1_as_year: bool,
    /// Import days that are the first of a month as the month
    #[arg(long)]
    day_1_as_month: bool,
    /// How the report is printed
    #[arg(long, value_enum, default_value = "human")]
    format: ReportFormat,
}

/// How the report of an import is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people
    Human,
    /// One JSON object
    Json,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Error> {
    if !arguments.input.exists() {
        return Err(Error::usage(format!("{} does not exist", arguments.input.display())));
    }
    refuse_useless(arguments)?;
    match import(root, arguments) {
        Ok(exit) => Ok(exit),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Kinds(lines)) => {
            print::note(
                "annals: site.toml lacks kinds of events, so nothing was imported; add these lines to it, or let --add-kinds add them:",
            );
            lines.lines().for_each(print::note);
            if lines.contains("[kinds.event]") {
                print::note("");
                print::note("--kind KIND imports events of another kind, such as one that the site has");
            }
            Ok(Exit::Usage)
        }
        Err(Stop::Bad(issue)) => {
            let input = arguments.input.display().to_string();
            if arguments.format == ReportFormat::Json {
                let mut report =
                    Report { input, format: arguments.kind_of_input.name().to_owned(), ..Report::default() };
                report.losses.refused.push(issue);
                print_report(&report, arguments.format)?;
            } else {
                print::failure(&issue.text(&input));
            }
            Ok(Exit::Content)
        }
    }
}

/// Refuses options that do not apply to the format.
fn refuse_useless(arguments: &Arguments) -> Result<(), Error> {
    let format = arguments.kind_of_input;
    let has_map = matches!(format, import::Format::Csv | import::Format::Markdown);
    let refused =
        |option: &str, of: &str| Err(Error::usage(format!("{option} is for {of}, not for {}", format.name())));
    if arguments.map.is_some() && !has_map {
        return refused("--map", "csv and markdown");
    }
    if arguments.draft_map && !has_map {
        return refused("--draft-map", "csv and markdown");
    }
    if arguments.from.is_some() && format != import::Format::Markdown {
        return refused("--from", "markdown");
    }
    Ok(())
}

fn import(root: &Path, arguments: &Arguments) -> Result<Exit, Stop> {
    let map = arguments.map.as_deref().map(import::Map::read).transpose()?;
    if arguments.draft_map {
        let map = import::draft_map(arguments.kind_of_input, &arguments.input)?;
        return Ok(print::document(&map)?);
    }
    let options = Options {
        widening: Widening { january_1: arguments.january_1_as_year, day_1: arguments.day_1_as_month },
        keep_spellings: arguments.keep_spellings,
        unsourced_as_drafts: arguments.unsourced_as_drafts,
        kind: arguments.kind.clone(),
        from: arguments.from,
        map,
    };
    let doing = Doing { is_dry: arguments.dry_run, adds_kinds: arguments.add_kinds };
    let into = arguments.into.as_deref().unwrap_or(root);
    let report = import::import(arguments.kind_of_input, &arguments.input, into, &options, doing)?;
    print_report(&report, arguments.format)?;
    Ok(if report.has_refusals() { Exit::Content } else { Exit::Done })
}

fn print_report(report: &Report, format: ReportFormat) -> Result<Exit, Error> {
    match format {
        ReportFormat::Human => print::lines(&report.text()),
        ReportFormat::Json => print::document(&format!("{}\n", report.json())),
    }
}
