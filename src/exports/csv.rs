//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, even inside quotation marks. Texts that
//! begin so get an apostrophe in front. Numbers, dates and truth values are written unchanged: annals made them, and none of
//! them can call a function.

use super::dataset::Dataset;
use super::out::Out;
use super::tables::{Cell, Table};

/// The mark by which Excel recognises UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Separates the items of a list in one cell. Inside an item it is replaced by `/`.
const SEPARATOR: &str = "|";

/// Writes a table: a header row with the columns' names, then its rows. Every row ends in CRLF.
pub(super) fn table(table: Table, dataset: &Dataset<'_>, out: &mut Out<'_>) {
    if dataset.has_mark {
        out.bytes(BYTE_ORDER_MARK);
    }
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let mut record = ::csv::ByteRecord::new();
    let names = table.columns.iter().map(|column| column.name);
    // `Out` keeps its errors until it is finished, and all rows have the same number of cells, so these calls cannot fail.
    let _ = writer.write_record(names);
    for row in (table.rows)(dataset) {
        record.clear();
        row.iter().for_each(|cell| record.push_field(text(cell).as_bytes()));
        let _ = writer.write_byte_record(&record);
    }
    let _ = writer.flush();
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Exact(text) => text.clone(),
        Cell::List(items) => {
            let items = items.iter().map(|item| item.replace(['\r', '\n'], " ").replace(SEPARATOR, "/"));
            harmless(&items.collect::<Vec<_>>().join(SEPARATOR))
        }
    }
}

/// Returns a text with an apostrophe in front if a spreadsheet might take it for a formula.
fn harmless(text: &str) -> String {
    // Some programs also accept the full-width forms of the signs, and ignore white space before them.
    let first = text.trim_start().chars().next();
    let is_formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if is_formula || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_are_texts() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\t=1", "\n"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["a=b", "’", "مؤتمر", ""] {
            assert_eq!(harmless(text), text);
        }
    }
}
