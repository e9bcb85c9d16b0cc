//! Tables: CSV with a comma, semicolon, tab or bar between its cells (RFC 4180), read row by row.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use rustc_hash::FxHashMap;

use super::at::At;
use super::entry::Harvest;
use super::loss::Issue;
use super::stop::Stop;
use crate::error::Error;

/// How much of a file is looked at to tell what it is, in bytes.
const BEGINNING: usize = 1 << 16;

/// A table that is being read.
pub(super) struct Table {
    reader: csv::Reader<BufReader<File>>,
    columns: Vec<String>,
    numbers: FxHashMap<String, usize>,
    /// Whether lines end in CRLF. The reader has then not counted the end of the row before.
    has_crlf: bool,
    /// The first row, if the file has no header.
    first: Option<ByteRecord>,
}

/// How a table is to be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// The character between cells; `None` to find out from the first row.
    pub delimiter: Option<u8>,
    /// The columns of a table without a header row.
    pub columns: Option<Vec<String>>,
}

/// A row of a table.
pub(super) struct Row<'t> {
    columns: &'t [String],
    numbers: &'t FxHashMap<String, usize>,
    cells: &'t StringRecord,
    /// Where the row begins.
    pub at: At,
}

impl Row<'_> {
    /// Returns the cell of a column, without white space around it; empty if there is no such column.
    #[must_use]
    pub(super) fn get(&self, column: &str) -> &str {
        self.numbers.get(column).and_then(|number| self.cells.get(*number)).unwrap_or_default().trim()
    }

    /// Returns all cells that are not blank, with their columns, without white space around them.
    pub(super) fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        let cells = self.columns.iter().zip(self.cells.iter());
        cells.map(|(column, cell)| (column.as_str(), cell.trim())).filter(|(_, cell)| !cell.is_empty())
    }

    /// Makes an issue about a cell.
    #[must_use]
    pub(super) fn issue(&self, column: &str, message: impl Into<String>) -> Issue {
        Issue::new(&self.at, Some(column), message)
    }
}

impl Table {
    /// Opens a table and reads its header. With columns in `shape`, the first row is a header only if at least half of its
    /// cells are among their names; otherwise it is data.
    ///
    /// # Errors
    /// [`Stop`] if the file cannot be read, is empty, is no text in UTF-8, or has two columns of one name.
    pub(super) fn open(path: &Path, shape: &Shape) -> Result<Self, Stop> {
        let failed = |error| Stop::Failed(Error::at(path, error));
        let mut file = File::open(path).map_err(failed)?;
        let mut beginning = Vec::with_capacity(BEGINNING);
        file.by_ref().take(BEGINNING as u64).read_to_end(&mut beginning).map_err(failed)?;
        let skipped = if beginning.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        refuse_other_files(&beginning)?;
        file.seek(SeekFrom::Start(skipped)).map_err(failed)?;
        let delimiter = shape.delimiter.unwrap_or_else(|| delimiter(&beginning));
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(BufReader::with_capacity(1 << 16, file));
        let mut first = ByteRecord::new();
        if !reader.read_byte_record(&mut first).map_err(|error| broken(&error))? {
            return Err(Stop::Bad(Issue::new(&At::line(1), None, "the file is empty")));
        }
        let header: Vec<String> =
            first.iter().map(|cell| String::from_utf8_lossy(cell).trim().trim_matches('\u{feff}').to_owned()).collect();
        let is_header =
            |names: &[String]| header.iter().filter(|name| names.contains(name)).count() * 2 >= header.len();
        let (columns, first) = match &shape.columns {
            Some(names) if !is_header(names) => (names.clone(), Some(first)),
            _ => (header, None),
        };
        let mut numbers = FxHashMap::default();
        for (number, column) in columns.iter().enumerate() {
            if !column.is_empty() && numbers.insert(column.clone(), number).is_some() {
                let issue = Issue::new(&At::line(1), Some(column), "two columns have this name");
                return Err(Stop::Bad(issue.help("give one of them another name")));
            }
        }
        let has_crlf = memchr::memmem::find(&beginning, b"\r\n").is_some();
        Ok(Self { reader, columns, numbers, has_crlf, first })
    }

    /// Returns the names of the columns.
    #[must_use]
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Returns whether there is a column of this name.
    #[must_use]
    pub(super) fn has(&self, column: &str) -> bool {
        self.numbers.contains_key(column)
    }

    /// Calls `each` for every row that is not blank. Rows with too many cells, or not in UTF-8, are refused.
    ///
    /// # Errors
    /// [`Stop`] if the file cannot be read further.
    pub(super) fn each(
        mut self,
        harvest: &mut Harvest,
        mut each: impl FnMut(&Row<'_>, &mut Harvest),
    ) -> Result<(), Stop> {
        let mut bytes = ByteRecord::new();
        loop {
            match self.first.take() {
                Some(first) => bytes = first,
                None if !self.reader.read_byte_record(&mut bytes).map_err(|error| broken(&error))? => return Ok(()),
                None => {}
            }
            let position = bytes.position().map_or(0, csv::Position::line);
            let is_first = bytes.position().is_some_and(|position| position.byte() == 0);
            let line = position + u64::from(self.has_crlf && !is_first);
            let at = At::line(line);
            if bytes.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            harvest.losses.read += 1;
            let has_more = bytes.iter().skip(self.columns.len()).any(|cell| !cell.trim_ascii().is_empty());
            if has_more {
                let message =
                    format!("the row has {} cells, and there are {} columns", bytes.len(), self.columns.len());
                let help = "put cells that hold the separator or a quotation mark between quotation marks";
                harvest.losses.refused.push(Issue::new(&at, None, message).help(help));
                continue;
            }
            match StringRecord::from_byte_record(bytes) {
                Ok(cells) => {
                    each(&Row { columns: &self.columns, numbers: &self.numbers, cells: &cells, at }, harvest);
                    bytes = cells.into_byte_record();
                }
                Err(error) => {
                    let column = self.columns.get(error.utf8_error().field()).map(String::as_str);
                    let issue = Issue::new(&at, column, "the cell is not UTF-8");
                    harvest.losses.refused.push(issue.help("save the table as UTF-8"));
                    bytes = error.into_byte_record();
                }
            }
        }
    }
}

/// Refuses files that cannot be text in UTF-8: archives, UTF-16, and any with a zero byte.
fn refuse_other_files(beginning: &[u8]) -> Result<(), Stop> {
    let at = At { line: 1, column: 1, ..At::default() };
    let refused = |message: &str, help: &str| Err(Stop::Bad(Issue::new(&at, None, message).help(help)));
    if beginning.starts_with(b"PK\x03\x04") {
        return refused("this is an office document or an archive, not CSV", "export the sheet as CSV in UTF-8");
    }
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") || beginning.contains(&0) {
        return refused("this is not text in UTF-8", "save the table as CSV in UTF-8");
    }
    Ok(())
}

/// Returns the most frequent of the separators in the first row, outside quotation marks.
fn delimiter(beginning: &[u8]) -> u8 {
    let mut is_quoted = false;
    let mut counts = [0usize; 4];
    const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
    for byte in beginning {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            _ if !is_quoted => {
                if let Some(number) = SEPARATORS.iter().position(|separator| separator == byte) {
                    counts[number] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let number = counts.iter().position(|count| *count == most).unwrap_or(0);
    SEPARATORS[number]
}

fn broken(error: &csv::Error) -> Stop {
    let line = error.position().map_or(0, csv::Position::line);
    Stop::Bad(Issue::new(&At::line(line), None, format!("the table cannot be read: {error}")))
}
