//! `annals new`: writes a draft event, after checking that nothing else has its id or address.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::SystemTime;

use clap::Args;

use super::{Exit, print};
use crate::config::{self, Config};
use crate::content::{Document, FrontMatter, Goal, MatterValue, Settings, slug};
use crate::date::{self, EdtfDate, Place};
use crate::error::Error;
use crate::id::{self, Collection, DocumentId};
use crate::load::{load, no_site, unreadable};
use crate::source_path::{Folder, SourcePath};
use crate::syntax::nearest;

#[derive(Args)]
pub(super) struct Arguments {
    /// The event's title
    title: String,
    /// When it happened, in EDTF: 2017-11-20, 2017-11, 2017-11-20/2017-11-22, …
    #[arg(long, value_name = "EDTF", allow_hyphen_values = true)]
    date: String,
    /// The kind of event
    #[arg(long)]
    kind: String,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Error> {
    let path = root.join(config::FILE);
    let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => no_site(root),
        _ => unreadable(&path, error),
    })?;
    let (config, _) = Config::parse(&text);
    let title = arguments.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(Error::usage("an event needs a title".to_owned()));
    }
    let date = date_of(&arguments.date)?;
    if !config.kinds.iter().any(|kind| *kind.id == *arguments.kind) {
        let known: Vec<&str> = config.kinds.iter().map(|kind| kind.id.as_ref()).collect();
        let help = nearest(&arguments.kind, known.iter().copied())
            .unwrap_or_else(|| format!("it is one of {}", known.join(", ")));
        return Err(Error::usage(format!("--kind {}: no such kind; {help}", arguments.kind)));
    }
    let id = id_of(&title, &date);
    id::check(&id).map_err(|reason| Error::usage(format!("the title gives the id `{id}`: {reason}")))?;
    let file = Folder::Content.file(&format!("events/{id}.md"));
    let path = root.join(&*file);
    if path.exists() {
        return Err(is_there(&path));
    }
    let text = entry(&title, &date, &arguments.kind);
    refuse_faults(&file, &text, &config)?;
    refuse_taken(root, &id)?;
    write_new(&path, &text)?;
    print::line(&file)
}

/// Refuses an entry in which parsing finds a problem.
fn refuse_faults(file: &SourcePath, text: &str, config: &Config) -> Result<(), Error> {
    let settings = Settings::of(config, Goal::Report);
    let (_, problems) = Document::parse(Collection::Events, file, text, &settings);
    let Some(diagnostic) = problems.into_iter().next() else { return Ok(()) };
    let help = diagnostic.helped_by().map(|help| format!("; {help}")).unwrap_or_default();
    Err(Error::usage(format!("{}{help}", diagnostic.message())))
}

/// Refuses an id that another event has, in whatever folder and letter case, and an address that an alias or a file has.
fn refuse_taken(root: &Path, id: &str) -> Result<(), Error> {
    let loaded = load(root, Goal::Report, SystemTime::now(), None)?;
    let documents = loaded.documents();
    let page = DocumentId { collection: Collection::Events, id: id.into() }.path();
    let has_id = |document: &&Document| {
        document.id.collection == Collection::Events && id::fold(&document.id.id) == id::fold(id)
    };
    if let Some(other) = documents.iter().find(has_id) {
        return Err(Error::usage(format!("the id `{id}` is taken by {}; change the title", other.file)));
    }
    let has_alias = |document: &&Document| document.aliases.iter().any(|alias| alias.value == page);
    if let Some(other) = documents.iter().find(has_alias) {
        return Err(Error::usage(format!("`{id}` is an alias of {}; change the title", other.file)));
    }
    if loaded.static_files().contains_key(page.as_str()) {
        return Err(Error::usage(format!(
            "{} has the address of this entry; change the title",
            Folder::Static.file(page.as_str())
        )));
    }
    Ok(())
}

fn is_there(path: &Path) -> Error {
    Error::usage(format!("{} already exists", path.display()))
}

/// Parses `--date`. The error says how to write what was meant.
fn date_of(written: &str) -> Result<EdtfDate, Error> {
    let shown = date::shortened(written);
    let refused = |reason: &str, help: Option<String>| {
        let help = help.map(|help| format!("; {help}")).unwrap_or_default();
        Error::usage(format!("--date {shown}: {reason}{help}"))
    };
    let date = EdtfDate::read(written).map_err(|error| {
        let mut meant = date::suggest(written);
        meant.retain(|suggestion| EdtfDate::parse(&suggestion.edtf).is_ok_and(|date| date.has_year()));
        let help = date::help(&meant, Place::Shell).or_else(|| date::impossible_day(written));
        if date::lacks_year(written) {
            let periods = || "give the narrowest period that is certain, such as a decade: 201X".to_owned();
            return refused("an event needs a year", Some(help.unwrap_or_else(periods)));
        }
        let reason = if help.is_none() || error.is_telling() { error.reason } else { "this is not a date in EDTF" };
        refused(reason, help)
    })?;
    if !date.has_year() {
        let help = "give the narrowest period that is certain, such as a decade: 201X".to_owned();
        return Err(refused("an event needs a year", Some(help)));
    }
    Ok(date)
}

/// Returns an id of at most 100 bytes, made from the title and the first day, month or year of the date, as far as it is
/// known.
fn id_of(title: &str, date: &EdtfDate) -> String {
    let id = format!("{}-{}", date.slug(), slug(title));
    let cut = id.floor_char_boundary(100);
    id::normalise(id[..cut].trim_end_matches('-'))
}

fn entry(title: &str, date: &EdtfDate, kind: &str) -> String {
    let nothing = MatterValue::List(Vec::new());
    let mut matter = FrontMatter::new();
    matter
        .key("title", &title.into())
        .key("date", &MatterValue::Date(date.canonical()))
        .key("kind", &kind.into())
        .comment("summary = \"One or two plain sentences.\"")
        .key("actors", &nothing)
        .key("places", &nothing)
        .key("processes", &nothing)
        .key("draft", &MatterValue::Bool(true))
        .blank();
    let example = [
        "[[sources]]",
        "id = \"source\"",
        "title = \"…\"",
        "publisher = \"…\"",
        "url = \"https://…\"",
        "date = 2017-11-21",
    ];
    example.iter().for_each(|line| {
        matter.comment(line);
    });
    matter.with_text("What happened, in sentences that each cite their source, like this: `[^source]`.")
}

/// Writes a file that must not exist yet.
fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => is_there(path),
        _ => Error::at(path, error),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}
