//! `annals verify`: prints how a copy of the site differs from a fresh build.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Exit, Format, print};
use crate::config;
use crate::diagnostic::{counted, shown};
use crate::error::Error;
use crate::provenance::Provenance;
use crate::verify::{Copy, Progress, Unverified, Verdict, verify};

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of the copy, relative to the site's folder, or its address
    #[arg(value_name = "DIR|URL", default_value = "public")]
    copy: String,
    /// Compare with the site's folder as it is, not with the commit that the copy was built from
    #[arg(long)]
    as_is: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "human")]
    format: Form,
}

/// How the result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Human,
    /// One JSON object
    Json,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Error> {
    let copy = copy(root, &arguments.copy)?;
    let watched = Watched { start: Instant::now(), bar: OnceLock::new() };
    let outcome = verify(root, &copy, arguments.as_is, &watched);
    watched.clear();
    match outcome {
        Ok(verdict) => {
            match arguments.format {
                Form::Human => human(&verdict, &arguments.copy)?,
                Form::Json => print::document(&format!("{}\n", json(&verdict, &arguments.copy)))?,
            };
            Ok(if verdict.is_same() { Exit::Done } else { Exit::Content })
        }
        Err(Unverified::Content(report)) => {
            print::report(&report, Format::Human, root)?;
            Err(Error::usage("the site has errors, so there is no build to compare with"))
        }
        Err(Unverified::Error(error)) => Err(error),
    }
}

fn copy(root: &Path, named: &str) -> Result<Copy, Error> {
    if !named.contains("://") {
        return Ok(Copy::Folder(root.join(PathBuf::from(named))));
    }
    let base = named.strip_suffix("index.html").unwrap_or(named);
    let refused = |reason: String| Error::usage(format!("{}: {reason}", shown(named)));
    config::base_url(base).map(Copy::Web).map_err(|flaw| refused(flaw.reason))
}

/// The bar that shows how far the comparison is.
struct Watched {
    start: Instant,
    bar: OnceLock<super::progress::Progress>,
}

impl Watched {
    fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.clear();
        }
    }
}

impl Progress for Watched {
    fn begin(&self, files: usize) {
        self.bar.get_or_init(|| super::progress::Progress::new(self.start, files));
    }

    fn tick(&self) {
        if let Some(bar) = self.bar.get() {
            bar.tick();
        }
    }
}

fn human(verdict: &Verdict, copy: &str) -> Result<Exit, Error> {
    for note in &verdict.notes {
        print::note(&format!("note: {note}"));
    }
    for (path, how) in &verdict.differing {
        print::line(&format!("differs  {path}: {how}"))?;
    }
    for path in &verdict.missing {
        print::line(&format!("missing  {path}"))?;
    }
    for path in &verdict.extra {
        print::line(&format!("extra    {path}"))?;
    }
    let build = build(&verdict.provenance, verdict.of_folder);
    if verdict.is_same() {
        return print::line(&format!("{copy}: all {} are the same as in {build}", counted(verdict.same, "file")));
    }
    let counts = [
        (verdict.differing.len(), "differs", "differ"),
        (verdict.missing.len(), "is missing", "are missing"),
        (verdict.extra.len(), "is extra", "are extra"),
    ];
    let said = counts.iter().filter(|(count, ..)| *count > 0);
    let said: Vec<String> =
        said.map(|(count, one, several)| format!("{count} {}", if *count == 1 { one } else { several })).collect();
    print::line(&format!("{copy}: compared with {build}, {}; {} the same", said.join(", "), counted_is(verdict.same)))
}

fn counted_is(count: usize) -> String {
    format!("{} {}", counted(count, "file"), if count == 1 { "is" } else { "are" })
}

/// Describes the build that a copy was compared with.
fn build(provenance: &Provenance, of_folder: bool) -> String {
    let of = match &provenance.commit {
        Some(commit) if !of_folder => format!("commit {}", commit.id),
        _ => "the site's folder".to_owned(),
    };
    let options = [(provenance.drafts, " with drafts"), (provenance.future, " with entries under embargo")];
    let options: String = options.iter().filter(|(set, _)| *set).map(|(_, words)| *words).collect();
    format!("a build of {of} on {}{options}", provenance.day)
}

fn json(verdict: &Verdict, copy: &str) -> String {
    let differing = verdict.differing.iter().map(|(path, how)| json!({ "path": path, "how": how }));
    json!({
        "copy": copy,
        "verified": verdict.is_same(),
        "build": verdict.provenance,
        "built_from": if verdict.of_folder { "folder" } else { "commit" },
        "same": verdict.same,
        "differing": differing.collect::<Vec<_>>(),
        "missing": verdict.missing,
        "extra": verdict.extra,
        "notes": verdict.notes,
    })
    .to_string()
}
