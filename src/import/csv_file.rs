//! Any CSV, with a mapping file; and a first mapping file made from what a table holds.

use std::path::Path;

use super::entry::Harvest;
use super::loss::Issue;
use super::map::FieldMap;
use super::mapped::{Record, add};
use super::options::Options;
use super::stop::Stop;
use super::table::{Shape, Table};

/// Reads a table with the mapping file of the command line.
///
/// # Errors
/// [`Stop`] if there is no mapping file, it names columns that the table lacks, or the table cannot be read.
pub(super) fn read_file(path: &Path, options: &Options) -> Result<Harvest, Stop> {
    let Some(map) = &options.map else {
        return Err(Stop::bad(
            "a table needs a mapping file",
            "make one with: annals import csv FILE --draft-map > map.toml, and use it with --map map.toml",
        ));
    };
    let table = Table::open(path, &Shape { delimiter: map.delimiter, columns: map.columns.clone() })?;
    let missing: Vec<&FieldMap> = map.fields.iter().filter(|field| !table.has(&field.name)).collect();
    if let Some(field) = missing.first() {
        let columns = table.columns().iter().map(String::as_str);
        let help = crate::syntax::nearest(&field.name, columns)
            .unwrap_or_else(|| format!("the columns are {}", table.columns().join(", ")));
        return Err(Stop::bad(format!("the table has no column `{}`, which the mapping file names", field.name), help));
    }
    let mut harvest = Harvest::default();
    table.each(&mut harvest, |row, harvest| {
        let fields = row.filled().filter(|(column, _)| !column.is_empty());
        let fields = fields.map(|(column, cell)| (column.to_owned(), vec![cell.to_owned()])).collect();
        let record = Record { at: row.at.clone(), fields, ..Record::default() };
        let done: Result<(), Issue> = add(&record, map, options, harvest);
        harvest.losses.refused.extend(done.err());
    })?;
    Ok(harvest)
}

/// Returns the columns of a table: the name of each, how many of its cells are filled, and up to three different examples.
///
/// # Errors
/// [`Stop`] if the table cannot be read.
pub(super) fn columns_of(path: &Path) -> Result<Vec<(String, usize, Vec<String>)>, Stop> {
    let table = Table::open(path, &Shape::default())?;
    let mut columns: Vec<(String, usize, Vec<String>)> =
        table.columns().iter().filter(|name| !name.is_empty()).map(|name| (name.clone(), 0, Vec::new())).collect();
    let mut harvest = Harvest::default();
    table.each(&mut harvest, |row, _| {
        for (name, cell) in row.filled() {
            if let Some((_, count, examples)) = columns.iter_mut().find(|(column, ..)| column == name) {
                *count += 1;
                if examples.len() < 3 && !examples.iter().any(|example| example == cell) {
                    examples.push(cell.to_owned());
                }
            }
        }
    })?;
    Ok(columns)
}
