//! Full builds of sites of 1,000 to 1,000,000 entries: time, memory and output.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::folder::{Scratch, Size};
use super::options::Options;
use super::process::{Others, Sample, memory, time};
use super::programs::{self, build};
use super::table::{self, Figure, Line};
use super::{disturbance, heading};
use crate::{Outcome, corpus};

/// The bytes on the disk that each entry takes, until the first size has been measured.
const BYTES_PER_ENTRY: f64 = 50e3;
/// The block size of disks, in bytes. A file takes whole blocks, so half a block of it is empty on average.
const BLOCK: f64 = 4096.0;
const COLUMNS: [&str; 6] = ["wall", "processor", "files", "output", "each file gzipped", "largest page"];

pub fn run(options: &Options, million: bool) -> Outcome {
    let annals = programs::annals(options)?;
    let (mut lines, mut notes, mut base) = (Vec::new(), Vec::new(), Sample::default());
    let (mut needed, others) = (BYTES_PER_ENTRY, Others::watch());
    for (entries, rounds) in
        [(1_000, options.rounds), (10_000, options.rounds), (100_000, options.rounds.min(3)), (1_000_000, 1)]
    {
        if entries == 1_000_000 && !million {
            break;
        }
        eprintln!("{entries} entries");
        let folder = match Scratch::new(entries as f64 * needed) {
            Ok(folder) => folder,
            Err(message) => {
                notes.push(format!("{entries} entries are left out: {message}."));
                continue;
            }
        };
        if !folder.is_in_memory() {
            notes.push(format!("{entries} entries were on a real disk, because memory has no room for them."));
        }
        let measured = measure(&annals, &folder, entries, rounds)?;
        if entries == 10_000 {
            base = measured.sample;
        }
        needed = measured.bytes_per_entry();
        lines.extend(measured.lines(base));
    }
    notes.push(disturbance(&others));
    heading(&format!("Full builds of sites by size, medians, rounds: {} at most", options.rounds), &[]);
    table::print(&COLUMNS, &lines);
    for note in notes {
        println!("{note}");
    }
    Ok(())
}

struct Measured {
    entries: usize,
    sample: Sample,
    memory: f64,
    size: Size,
    zipped: Option<u64>,
}

/// Writes a site and builds it `rounds` times in full: the median of the times, and the largest memory.
fn measure(annals: &Path, folder: &Scratch, entries: usize, rounds: usize) -> Result<Measured, String> {
    let (site, output) = (folder.join("site"), folder.join("out"));
    corpus::write(entries, &site).map_err(|error| format!("{}: {error}", site.display()))?;
    let (mut samples, mut most, mut size) = (Vec::new(), 0.0, Size::default());
    for _ in 0..rounds {
        let _ = fs::remove_dir_all(&output);
        let _ = fs::remove_dir_all(site.join(".cache"));
        let (sample, used) = memory(&mut build(annals, &site, &output))?;
        samples.push(sample);
        most = used.max(most);
        size = Size::of(&output)?;
    }
    // Compressing the pages of a million entries would take half an hour.
    let zipped = if entries > 100_000 { None } else { zip(&output).ok() };
    Ok(Measured { entries, sample: Sample::median(&samples), memory: most, size, zipped })
}

/// Compresses each file of a folder in place, with gzip, and returns the sum of their sizes in bytes.
fn zip(folder: &Path) -> Result<u64, String> {
    time(Command::new("gzip").args(["-r", "-q"]).arg(folder))?;
    Ok(Size::of(folder)?.bytes)
}

impl Measured {
    /// Estimates the bytes on the disk that each entry takes, its own file included, with a reserve of a tenth.
    fn bytes_per_entry(&self) -> f64 {
        let blocks = self.size.bytes as f64 + self.size.files as f64 * BLOCK / 2.0;
        (blocks / self.entries as f64 + BLOCK) * 1.1
    }

    /// Returns a line for the time and one for the memory. `base` is the time of 10,000 entries, or 0 if there is none yet.
    fn lines(&self, base: Sample) -> [Line; 2] {
        let Self { entries, sample, memory, size, zipped } = self;
        let limit = match entries {
            10_000 => Figure::at_most(*memory, "MiB", 250.0),
            100_000 => Figure::at_most(*memory, "MiB", 1.2 * 1024.0),
            _ => Figure::only(*memory, "MiB"),
        };
        let value = sample.wall / base.wall;
        let unit = format!("× 10000 entries ({:.2} by processor time)", sample.cpu / base.cpu);
        let ratio = match entries {
            100_000 if base.wall > 0.0 => Figure::at_most(value, &unit, 10.5),
            _ if *entries > 10_000 && base.wall > 0.0 => Figure::only(value, &unit),
            _ => None,
        };
        let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
        let (largest, page) = &size.largest;
        let cells = vec![
            format!("{:.2} s", sample.wall),
            format!("{:.2} s", sample.cpu),
            size.files.to_string(),
            megabytes(size.bytes),
            zipped.map(megabytes).unwrap_or_default(),
            format!("{page}, {:.0} kB", *largest as f64 / 1e3),
        ];
        [
            Line { name: format!("{entries} entries"), cells, figure: ratio },
            Line { name: format!("{entries} entries, memory"), cells: Vec::new(), figure: limit },
        ]
    }
}
