//! The command line: arguments, one file per command, printing, exit codes.

mod build;
mod check;
mod export;
mod import;
mod init;
mod new;
mod print;
mod progress;
mod serve;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::build::{Options, Timings};
use crate::content::Goal;
use crate::date::{Day, EdtfDate};
use crate::diagnostic::Report;
use crate::error::{Error, Kind};
use crate::resolve::Publication;

/// A static site generator for conflict timelines: dated, sourced claims in, a site out.
#[derive(Parser)]
#[command(name = "annals", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    /// The site's folder, which contains site.toml
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site
    Build(build::Arguments),
    /// Report every problem and write nothing
    Check(check::Arguments),
    /// Preview in a browser; reloads after changes and shows problems in the page
    Serve(serve::Arguments),
    /// Create a small working timeline in a new folder
    Init(init::Arguments),
    /// Create a draft event
    New(new::Arguments),
    /// Write the timeline in an open format
    Export(export::Arguments),
    /// Import a timeline or data of another program
    Import(import::Arguments),
    /// Compare the site, or a deployed copy, with a fresh build
    Verify(verify::Arguments),
    /// Print the JSON Schema of front matter and site.toml
    Schema,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on standard error
    Human,
    /// One JSON object on standard output
    Json,
    /// Annotations for GitHub workflows, on standard output
    Github,
}

/// How `build` and `check` report.
#[derive(Args)]
struct ReportArguments {
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Show only errors; warnings are counted. With --strict they are errors, and shown
    #[arg(long)]
    errors_only: bool,
    /// Print how long each stage took
    #[arg(long)]
    timings: bool,
    /// How problems are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

impl ReportArguments {
    /// Returns whether a report prevents publishing.
    fn refuses(&self, report: &Report) -> bool {
        report.has_errors() || (self.strict && report.warnings() > 0)
    }

    /// Prints a report and, with `--timings`, how long each stage took.
    fn print(&self, report: &Report, timings: &Timings, root: &Path) -> Result<(), Error> {
        let errors = (self.errors_only && !self.strict).then(|| report.errors_only());
        print::report(errors.as_ref().unwrap_or(report), self.format, root)?;
        if self.timings {
            print::timings(timings);
        }
        Ok(())
    }
}

/// What `build`, `check` and `serve` have in common.
#[derive(Args, Clone)]
struct ContentArguments {
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
    /// Publish entries under embargo too
    #[arg(long)]
    future: bool,
}

impl ContentArguments {
    fn options(&self, base_url: Option<String>) -> Options {
        Options {
            goal: Goal::Site,
            publication: Publication { drafts: self.drafts, future: self.future, today: today() },
            base_url,
            preview: false,
            commit: None,
            cache: true,
        }
    }
}

/// Returns the day of the build in UTC. `SOURCE_DATE_EPOCH`, in seconds since 1970, overrides it, so that builds can be
/// reproduced byte for byte.
fn today() -> Day {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let moment =
        epoch.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0)).unwrap_or_else(chrono::Utc::now);
    let date = EdtfDate::parse(&moment.format("%Y-%m-%d").to_string());
    date.ok().and_then(|date| date.earliest()).unwrap_or(Day { year: 9999, month: 12, day: 31 })
}

/// How a command ended, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// 0: done.
    Done,
    /// 1: the content has errors, or a copy of the site differs from a fresh build.
    Content,
    /// 2: the command asks for something that cannot be done; the reason was printed.
    Usage,
    /// 3: files could not be read; the report names them.
    Unread,
}

/// Runs the command line and returns the exit status: 0 done; 1 the content has errors or a copy differs; 2 the command line
/// is wrong; 3 the machine failed.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            print::usage(&error);
            return ExitCode::from(2);
        }
        Err(help) => help.exit(),
    };
    let root = cli.root.as_path();
    let outcome = match &cli.command {
        Command::Build(arguments) => build::run(root, arguments),
        Command::Check(arguments) => check::run(root, arguments),
        Command::Serve(arguments) => serve::run(root, arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::New(arguments) => new::run(root, arguments),
        Command::Export(arguments) => export::run(root, arguments),
        Command::Import(arguments) => import::run(root, arguments),
        Command::Verify(arguments) => verify::run(root, arguments),
        Command::Schema => schema(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "annals", &mut script);
            print::document(&String::from_utf8_lossy(&script))
        }
    };
    match outcome {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::Content) => ExitCode::from(1),
        Ok(Exit::Usage) => ExitCode::from(2),
        Ok(Exit::Unread) => ExitCode::from(3),
        Err(error) => {
            print::failure(&error.to_string());
            ExitCode::from(match error.kind {
                Kind::Usage => 2,
                Kind::Machine => 3,
            })
        }
    }
}

fn schema() -> Result<Exit, Error> {
    let schema = serde_json::to_string_pretty(&crate::content::schema());
    print::document(&format!("{}\n", schema.map_err(|error| Error::machine(error.to_string()))?))
}
