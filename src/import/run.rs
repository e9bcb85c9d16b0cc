//! From an input to documents and a report.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashSet;

use super::entry::{Entry, Harvest};
use super::ids::{Named, of_entries, of_names};
use super::loss::{Report, Written};
use super::names::{Name, Names};
use super::options::Options;
use super::settings::{missing_kinds, new_site, with_lines};
use super::stop::Stop;
use super::target::Target;
use super::write::{Draft, Fate, refuse_links, write_all};
use super::{acled, annals, csv_file, folder, timelinejs, ucdp};
use crate::config;
use crate::content::MatterValue;
use crate::error::Error;
use crate::id::Collection;

/// How many entries are made into documents and written at a time.
const PORTION: usize = 2000;

/// A foreign format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// TimelineJS: its JSON, or its spreadsheet as CSV
    Timelinejs,
    /// ACLED's CSV
    Acled,
    /// UCDP GED's CSV, also without a header row
    Ucdp,
    /// Any CSV, with a mapping file
    Csv,
    /// A folder of markdown with front matter: Jekyll, Hugo, Obsidian, Decap CMS, or a mapping file
    Markdown,
    /// annals' own events.json
    Annals,
}

impl Format {
    /// Returns the name on the command line.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Timelinejs => "timelinejs",
            Self::Acled => "acled",
            Self::Ucdp => "ucdp",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Annals => "annals",
        }
    }
}

/// What is to be done with what was read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Doing {
    /// Whether nothing is written.
    pub is_dry: bool,
    /// Whether missing kinds are added to site.toml.
    pub adds_kinds: bool,
}

/// Imports an input into the site at `root`.
///
/// # Errors
/// [`Stop`] if the input is not of the format, the site cannot take it, or the machine failed.
pub(crate) fn import(
    format: Format,
    input: &Path,
    root: &Path,
    options: &Options,
    doing: Doing,
) -> Result<Report, Stop> {
    let target = Target::open(root)?;
    refuse_links(root)?;
    let mut harvest = read(format, input, options, &target)?;
    let mut report = Report {
        format: format.name().to_owned(),
        input: input.display().to_string(),
        is_dry: doing.is_dry,
        ..Report::default()
    };
    settle_settings(&harvest, input, &target, doing, &mut report)?;
    count_sources(&mut harvest, options);
    let with_ids = of_entries(&mut harvest, &target);
    let used = |of: fn(&Entry) -> &Vec<Name>| -> FxHashSet<Name> {
        with_ids.iter().flat_map(|(_, entry)| of(entry).iter().copied()).collect()
    };
    let apart = options.keep_spellings;
    let actors = of_names(&harvest.actors, &used(|entry| &entry.actors), &target, apart);
    let places = of_names(&harvest.places, &used(|entry| &entry.places), &target, apart);
    let processes = of_names(&harvest.processes, &used(|entry| &entry.processes), &target, apart);
    let mut ledger =
        Ledger { report: &mut report, target: &target, is_dry: doing.is_dry, written: [Written::default(); 5] };
    let ids = [&actors, &places, &processes].map(|named| named.ids.clone());
    for (named, names) in [(actors, &harvest.actors), (places, &harvest.places), (processes, &harvest.processes)] {
        ledger.named(named, names)?;
    }
    let mut with_ids = with_ids.into_iter();
    loop {
        let portion: Vec<Draft> =
            with_ids.by_ref().take(PORTION).map(|(id, entry)| draft(id, entry, &ids, &mut harvest)).collect();
        if portion.is_empty() {
            break;
        }
        ledger.write(&portion)?;
    }
    let written = ledger.written;
    report.written = Collection::ALL.into_iter().map(Collection::folder).zip(written).collect();
    let mut refused = std::mem::take(&mut report.losses.refused);
    report.losses = harvest.losses;
    report.losses.refused.append(&mut refused);
    report.losses.refused.sort_by(|a, b| (&a.at.file, a.at.line).cmp(&(&b.at.file, b.at.line)));
    Ok(report)
}

/// Makes a first mapping file from the columns or keys of an input.
///
/// # Errors
/// [`Stop`] if the input cannot be read, or its format needs no mapping.
pub(crate) fn draft_map(format: Format, input: &Path) -> Result<String, Stop> {
    match format {
        Format::Csv => Ok(super::draft_map::text(&csv_file::columns_of(input)?, true)),
        Format::Markdown => Ok(super::draft_map::text(&folder::keys_of(input)?, false)),
        _ => Err(Stop::Failed(Error::usage("--draft-map is for csv and markdown; other formats have a mapping"))),
    }
}

fn read(format: Format, input: &Path, options: &Options, target: &Target) -> Result<Harvest, Stop> {
    match format {
        Format::Acled => acled::read_file(input, options),
        Format::Ucdp => ucdp::read_file(input, options),
        Format::Timelinejs => timelinejs::read_file(input, options, target.is_new),
        Format::Csv => csv_file::read_file(input, options),
        Format::Annals => annals::read_file(input, target),
        Format::Markdown => folder::read_folder(input, options),
    }
}

/// Writes a new site.toml, or settles which kinds an existing one lacks.
fn settle_settings(
    harvest: &Harvest,
    input: &Path,
    target: &Target,
    doing: Doing,
    report: &mut Report,
) -> Result<(), Stop> {
    let path = target.root.join(config::FILE);
    if target.is_new {
        let text = new_site(harvest, input);
        let what = if doing.is_dry { "A new site.toml would be written:" } else { "A new site.toml was written:" };
        if !doing.is_dry {
            fs::create_dir_all(&target.root).map_err(|error| Error::at(&target.root, error))?;
            fs::write(&path, &text).map_err(|error| Error::at(&path, error))?;
        }
        report.settings = Some((what.to_owned(), text));
        return Ok(());
    }
    let lines = missing_kinds(harvest, target);
    if lines.is_empty() {
        return Ok(());
    }
    let what = match (doing.is_dry, doing.adds_kinds) {
        (true, _) => "site.toml lacks kinds; add these lines, or let --add-kinds add them:",
        (false, false) => return Err(Stop::Kinds(lines)),
        (false, true) => {
            let text = fs::read_to_string(&path).map_err(|error| Error::at(&path, error))?;
            let Some(text) = with_lines(&text, &lines) else { return Err(Stop::Kinds(lines)) };
            fs::write(&path, text).map_err(|error| Error::at(&path, error))?;
            "These lines were added to site.toml:"
        }
    };
    report.settings = Some((what.to_owned(), lines));
    Ok(())
}

/// Counts events without a source, and makes drafts of them if that is wanted. Retracted events need no source.
fn count_sources(harvest: &mut Harvest, options: &Options) {
    for entry in harvest.entries.iter_mut().filter(|entry| entry.collection == Collection::Events) {
        if entry.get("sources").is_none() && entry.get("retracted").is_none() {
            harvest.losses.unsourced += 1;
            if options.unsourced_as_drafts && entry.get("draft").is_none() {
                entry.set("draft", Some(MatterValue::Bool(true)));
            }
        }
    }
}

/// Makes the document of an entry, with ids in place of names. A text that is too long is cut.
fn draft(id: String, mut entry: Entry, ids: &[Vec<String>; 3], harvest: &mut Harvest) -> Draft {
    let lists = [("actors", &entry.actors), ("places", &entry.places), ("processes", &entry.processes)];
    for ((key, names), ids) in lists.into_iter().zip(ids) {
        let mut list: Vec<&str> = Vec::new();
        for name in names {
            let id = ids[Names::number(*name)].as_str();
            if !list.contains(&id) {
                list.push(id);
            }
        }
        if !list.is_empty() {
            entry.fields.push((key, MatterValue::texts(list)));
        }
    }
    if entry.text.len() > MOST_TEXT {
        harvest.losses.change("text", &entry.text[..entry.text.floor_char_boundary(60)], "it was cut after 512 KiB");
        entry.text.truncate(entry.text.floor_char_boundary(MOST_TEXT));
    }
    Draft {
        collection: entry.collection,
        id,
        folder: entry.folder,
        fields: entry.fields,
        text: entry.text,
        at: entry.at,
    }
}

/// The longest text of an entry, in bytes.
const MOST_TEXT: usize = 1 << 19;

/// A writer of documents that counts what became of them.
struct Ledger<'r> {
    report: &'r mut Report,
    target: &'r Target,
    is_dry: bool,
    /// In the order of [`Collection::ALL`].
    written: [Written; 5],
}

impl Ledger<'_> {
    fn of(&mut self, collection: Collection) -> &mut Written {
        let number = Collection::ALL.iter().position(|other| *other == collection).unwrap_or(0);
        &mut self.written[number]
    }

    /// Writes the documents of names that the site lacks.
    fn named(&mut self, named: Named, names: &Names) -> Result<(), Error> {
        self.of(names.collection).unchanged += named.known;
        self.report.merges.extend(named.merges);
        let drafts = named.new.into_iter().map(|(id, fields)| Draft {
            collection: names.collection,
            id,
            folder: String::new(),
            fields,
            text: String::new(),
            at: super::at::At::default(),
        });
        self.write(&drafts.collect::<Vec<_>>())
    }

    fn write(&mut self, drafts: &[Draft]) -> Result<(), Error> {
        for (draft, fate) in drafts.iter().zip(write_all(drafts, self.target, self.is_dry)?) {
            match fate {
                Fate::New => self.of(draft.collection).new += 1,
                Fate::Unchanged => self.of(draft.collection).unchanged += 1,
                Fate::Kept(file) => self.report.kept.push((file, draft.at.clone())),
                Fate::Refused(issue) => self.report.losses.refused.push(issue),
            }
        }
        Ok(())
    }
}
