//! The table of `cargo xtask bench`: most rows are measured in turn, round by round, and the last ones once at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::edit::Edit;
use super::folder::{Scratch, Size, copy, difference};
use super::options::{Options, Row};
use super::process::{Others, Sample, memory, time};
use super::programs::{self, build};
use super::table::{self, Figure, Line, Wanted};
use super::{browser, disturbance, heading};
use crate::{Outcome, cargo, corpus, root};

/// The bytes on the disk that each entry takes: in the sites for annals and Hugo, and in the outputs of all programs.
const BYTES_PER_ENTRY: f64 = 200e3;

pub fn run(options: &Options, rows: &BTreeSet<Row>) -> Outcome {
    let mut bench = Bench::new(options, rows.clone())?;
    let others = Others::watch();
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        bench.round(round)?;
    }
    bench.notes.push(disturbance(&others));
    let mut lines = bench.lines();
    if bench.rows.contains(&Row::Memory) {
        lines.push(bench.memory()?);
    }
    for (row, name, site, limit) in
        [(Row::Serve, "serve", "site", 80.0), (Row::ServeSyria, "serve, Syria", "syria", 50.0)]
    {
        if bench.rows.contains(&row) {
            lines.extend(browser::serve(&bench.annals, &bench.folder.join(site), name, limit, options.rounds));
        }
    }
    if bench.rows.contains(&Row::Cold) {
        lines.push(cold()?);
    }
    let disk = if bench.folder.is_in_memory() { "a memory disk" } else { "a real disk" };
    let Options { entries, rounds, .. } = options;
    let versions = [&[programs::version(&bench.annals, "--version")], bench.versions.as_slice()].concat();
    heading(&format!("{entries} entries on {disk}, medians, rounds: {rounds}"), &versions);
    table::print(&["wall", "processor", "ratio of processor times"], &lines);
    if let Some(Size { files, bytes, .. }) = bench.size {
        println!("\nannals wrote {files} files, {:.0} MB.", bytes as f64 / 1e6);
    }
    for note in bench.notes {
        println!("{note}");
    }
    Ok(())
}

struct Bench {
    folder: Scratch,
    rows: BTreeSet<Row>,
    annals: PathBuf,
    floor: PathBuf,
    hugo: PathBuf,
    pagefind: PathBuf,
    versions: Vec<String>,
    samples: BTreeMap<Row, Vec<Sample>>,
    /// How much annals wrote in the first round.
    size: Option<Size>,
    /// Sentences that are printed below the table.
    notes: Vec<String>,
}

impl Bench {
    /// Builds or fetches the programs and writes the sites. If Hugo or Pagefind cannot be fetched, their rows are left out and
    /// a note says why.
    fn new(options: &Options, mut rows: BTreeSet<Row>) -> Result<Self, String> {
        let folder = Scratch::new(options.entries as f64 * BYTES_PER_ENTRY + 50e6)?;
        let (mut versions, mut notes) = (Vec::new(), Vec::new());
        let mut fetched =
            |row: Row, name: &str, argument: &str, without: &[Row], fetch: fn() -> Result<PathBuf, String>| {
                if !rows.contains(&row) {
                    return PathBuf::new();
                }
                match fetch() {
                    Ok(program) => {
                        versions.push(programs::version(&program, argument));
                        program
                    }
                    Err(message) => {
                        rows.retain(|row| !without.contains(row));
                        notes.push(format!("{name} is left out: {message}"));
                        PathBuf::new()
                    }
                }
            };
        let hugo = fetched(Row::Hugo, "Hugo", "version", &[Row::Hugo, Row::Pagefind], programs::hugo);
        let pagefind = fetched(Row::Pagefind, "Pagefind", "--version", &[Row::Pagefind], programs::pagefind);
        let floor = if rows.contains(&Row::Floor) { programs::floor()? } else { PathBuf::new() };
        let annals = programs::annals(options)?;
        let write = |write: fn(usize, &Path) -> std::io::Result<()>, name: &str| {
            write(options.entries, &folder.join(name)).map_err(|error| error.to_string())
        };
        write(corpus::write, "site")?;
        if rows.contains(&Row::Hugo) {
            write(corpus::write_for_hugo, "hugo")?;
        }
        let syria = folder.join("syria");
        copy(&root().join("content"), &syria.join("content"))?;
        fs::copy(root().join("site.toml"), syria.join("site.toml")).map_err(|error| error.to_string())?;
        let samples = BTreeMap::new();
        Ok(Self { folder, rows, annals, floor, hugo, pagefind, versions, samples, size: None, notes })
    }

    /// Measures each row once. The first round also notes what annals wrote.
    fn round(&mut self, round: usize) -> Outcome {
        let (site, syria) = (self.folder.join("site"), self.folder.join("syria"));
        let (out, built) = (self.folder.join("out"), self.folder.join("out/annals"));
        let _ = fs::remove_dir_all(&out);
        fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        forget(&site)?;
        self.time(Row::Floor, Command::new(&self.floor).arg(&site).arg(out.join("floor")))?;
        self.time(Row::Build, &mut build(&self.annals, &site, &built))?;
        if round == 0 && built.is_dir() {
            self.size = Some(Size::of(&built)?);
            let record = Size::of(&site.join(".cache")).unwrap_or_default().bytes as f64 / 1e6;
            self.notes.extend((record > 0.0).then(|| format!("Its record of the build has {record:.1} MB.")));
        }
        self.time(Row::Copy, Command::new(&self.floor).arg(&site).arg(out.join("copy")).arg(&built))?;
        self.time(Row::Unchanged, &mut build(&self.annals, &site, &built))?;
        if self.rows.contains(&Row::Edited) {
            self.edited(&site, &built, round == 0)?;
        }
        forget(&site)?;
        self.time(Row::Check, Command::new(&self.annals).arg("check").arg("--root").arg(&site))?;
        forget(&syria)?;
        self.time(Row::Syria, &mut build(&self.annals, &syria, &out.join("syria")))?;
        let (source, site) = (self.folder.join("hugo"), out.join("hugo"));
        self.time(Row::Hugo, Command::new(&self.hugo).arg("--source").arg(source).arg("--destination").arg(&site))?;
        self.time(Row::Pagefind, Command::new(&self.pagefind).arg("--site").arg(&site))?;
        fs::remove_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))
    }

    fn time(&mut self, row: Row, command: &mut Command) -> Outcome {
        if self.rows.contains(&row) {
            self.samples.entry(row).or_default().push(time(command)?);
        }
        Ok(())
    }

    /// Measures a build after an edit of one entry, which is then undone. With `is_compared`, notes whether its files have the
    /// same bytes as those of a full build.
    fn edited(&mut self, site: &Path, built: &Path, is_compared: bool) -> Outcome {
        let edit = Edit::new(site)?;
        self.time(Row::Edited, &mut build(&self.annals, site, built))?;
        if is_compared {
            let full = self.folder.join("out/full");
            forget(site)?;
            time(&mut build(&self.annals, site, &full))?;
            let difference = difference(built, &full)?;
            let said = difference.map_or("has the bytes of a full build".to_owned(), |file| {
                format!("DIFFERS from a full build: {file}")
            });
            self.notes.push(format!("The site built after an edit {said}."));
        }
        edit.undo()
    }

    /// Measures the peak memory of one more full build.
    fn memory(&self) -> Result<Line, String> {
        let site = self.folder.join("site");
        forget(&site)?;
        let (_, most) = memory(&mut build(&self.annals, &site, &self.folder.join("out/annals")))?;
        let figure = Figure::at_most(most, "MiB", 250.0);
        Ok(Line { name: "memory of a full build".to_owned(), cells: Vec::new(), figure })
    }

    fn lines(&self) -> Vec<Line> {
        let median = |row: Row| Sample::median(self.samples.get(&row).map_or(&[], Vec::as_slice));
        let line = |row: Row, name: &str, sample: Sample, judge: Option<Judge>| {
            let mut line = Line { name: name.to_owned(), cells: cells(sample), figure: None };
            if let Some((other, unit, wanted)) = judge {
                let other = median(other);
                line.cells.push(format!("{:.2}", sample.cpu / other.cpu));
                line.figure = Some(Figure { value: sample.wall / other.wall, unit: unit.to_owned(), wanted });
            }
            self.samples.contains_key(&row).then_some(line)
        };
        let row = |row: Row, name: &str, judge: Option<Judge>| line(row, name, median(row), judge);
        let both = median(Row::Hugo) + median(Row::Pagefind);
        let most = |other, unit, limit| Some((other, unit, Some(Wanted::AtMost(limit))));
        let least = |limit| Some((Row::Build, "× annals", Some(Wanted::AtLeast(limit))));
        let syria = row(Row::Syria, "build, Syria", None)
            .map(|line| Line { figure: Figure::at_most(median(Row::Syria).wall * 1000.0, "ms", 150.0), ..line });
        let lines = [
            row(Row::Floor, "floor", None),
            row(Row::Copy, "floor and a copy of annals' site", Some((Row::Floor, FLOOR, None))),
            row(Row::Build, "build", most(Row::Floor, FLOOR, 3.0)),
            row(Row::Unchanged, "build, nothing changed", most(Row::Build, FULL, 0.15)),
            row(Row::Edited, "build, one text changed", most(Row::Build, FULL, 0.5)),
            row(Row::Check, "check", most(Row::Floor, FLOOR, 1.3)),
            row(Row::Hugo, "Hugo", least(6.0)),
            line(Row::Pagefind, "Hugo and Pagefind", both, least(30.0)),
            syria,
        ];
        lines.into_iter().flatten().collect()
    }
}

/// What a row's wall time is divided by: another row. Then the unit of the ratio, and the ratio that is wanted.
type Judge = (Row, &'static str, Option<Wanted>);

const FLOOR: &str = "× the floor";
const FULL: &str = "of a full build";

/// Times `cargo build --release` into an empty folder. Fetched crates are not deleted.
fn cold() -> Result<Line, String> {
    let folder = root().join("target/bench/cold");
    let _ = fs::remove_dir_all(&folder);
    let sample = time(cargo(&["build", "--release", "--quiet", "--target-dir"]).arg(&folder))?;
    let _ = fs::remove_dir_all(&folder);
    let figure = Figure::at_most(sample.wall, "s", 150.0);
    Ok(Line { name: "cold cargo build --release".to_owned(), cells: cells(sample), figure })
}

fn cells(sample: Sample) -> Vec<String> {
    vec![format!("{:.3} s", sample.wall), format!("{:.2} s", sample.cpu)]
}

/// Removes the `.cache` of a site, so that the next build is a full one.
fn forget(site: &Path) -> Outcome {
    let record = site.join(".cache");
    match fs::remove_dir_all(&record) {
        Err(error) if record.exists() => Err(format!("{}: {error}", record.display())),
        _ => Ok(()),
    }
}
