//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, whatever the quotation marks around it. Such a
//! text gets an apostrophe in front, which spreadsheets do not show. Numbers and dates are left alone: they hold no letters that
//! a formula could call.

use super::dataset::Dataset;
use super::out::Out;
use super::tables::{Cell, Table};

/// The mark by which Excel recognises UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Between the items of a list in one cell.
const SEPARATOR: &str = "|";

/// A table with a line of headings.
pub(super) fn table(table: Table, dataset: &Dataset<'_>, out: &mut Out<'_>) {
    if dataset.has_mark {
        out.bytes(BYTE_ORDER_MARK);
    }
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let mut record = ::csv::ByteRecord::new();
    let names = table.columns.iter().map(|column| column.name);
    // What is written goes to memory first, which cannot fail, and all rows have the same number of cells.
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

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    // Some programs also take the wide forms of the signs, and ignore white space before them.
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
