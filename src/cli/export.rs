//! `annals export`: writes the timeline in an open format, to a file or to standard output.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::build::base_url;
use super::{ContentArguments, Exit, print};
use crate::build::{Timings, prepare};
use crate::error::Error;
use crate::exports::Format;

#[derive(Args)]
pub(super) struct Arguments {
    /// The format
    #[arg(value_enum)]
    format: Named,
    /// Write to this file; without it, to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin CSV with a byte order mark, by which Excel recognises UTF-8
    #[arg(long)]
    bom: bool,
    /// The URL at which the site is published; overrides site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    content: ContentArguments,
}

/// An export format as the command line names it.
#[derive(Clone, Copy)]
struct Named(Format);

impl ValueEnum for Named {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: [Named; Format::ALL.len()] = {
            let mut all = [Named(Format::Json); Format::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = Named(Format::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Error> {
    let base_url = arguments.base_url.as_deref().map(base_url).transpose()?;
    let options = arguments.content.options(base_url);
    let prepared = prepare(root, &options, &mut Timings::default())?;
    if prepared.report.has_errors() {
        // Standard output belongs to the data.
        print::report(&prepared.report.errors_only(), super::Format::Human, root)?;
        print::note("nothing was exported");
        return Ok(if prepared.ready.failed() { Exit::Unread } else { Exit::Content });
    }
    let export = |to: &mut dyn Write| prepared.ready.renderer.export(arguments.format.0, arguments.bom, to);
    match &arguments.output {
        Some(file) => {
            File::create(file).and_then(|mut to| export(&mut to)).map_err(|error| Error::at(file, error))?;
            Ok(Exit::Done)
        }
        None => print::unchanged(export),
    }
}
