//! What the data sets of events have in common: columns with a fixed home, places with a precision.

use super::at::At;
use super::countries;
use super::entry::{Entry, Harvest};
use super::loss::Issue;
use super::names::{Name, folded};
use super::plain::{line, line_value, refused};
use super::table::Row;
use crate::content::MatterValue;

/// Where the values of a column go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// Into keys, names, sources or the text of the entry.
    Entry,
    /// Under `[extra]` of the entry.
    Extra,
    /// Under `[extra]` of the place.
    Place,
    /// Nowhere, because of this.
    Lost(&'static str),
}

/// Counts the cells of a row by their homes, and returns those for `[extra]` of the entry. Columns that are not in `homes` are
/// kept there too.
pub(super) fn extra(row: &Row<'_>, homes: &[(&str, Home)], harvest: &mut Harvest) -> Vec<(String, MatterValue)> {
    let mut extra = Vec::new();
    for (column, cell) in row.filled() {
        let home = homes.iter().find(|(known, _)| *known == column).map_or(Home::Extra, |(_, home)| *home);
        if refused(cell) > 0 {
            harvest.losses.change(column, cell, "characters that control text or turn its direction were removed");
        }
        match home {
            Home::Entry => {}
            Home::Lost(why) => harvest.losses.lose(column, cell, why),
            Home::Place => harvest.losses.keep(column, cell),
            Home::Extra => {
                harvest.losses.keep(column, cell);
                extra.extend(line_value(cell).map(|_| (column_key(column), number_or_text(cell))));
            }
        }
    }
    extra
}

/// Returns a column's name as a key of `[extra]`; `column` if it is empty.
#[must_use]
pub(super) fn column_key(column: &str) -> String {
    let key = line(column);
    if key.is_empty() { "column".to_owned() } else { key }
}

/// Returns a whole number as a number, anything else as text. `007` and `+7` are text, because a number would not keep their
/// form.
#[must_use]
pub(super) fn number_or_text(cell: &str) -> MatterValue {
    match cell.parse::<i64>() {
        Ok(number) if number.to_string() == cell => MatterValue::Number(number),
        _ => MatterValue::Text(line(cell)),
    }
}

/// How exactly the place of an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exactness {
    /// The town or the point itself.
    City,
    /// Its surroundings.
    Region,
    /// Only a larger area, whose point would say nothing.
    Country,
}

/// The cells of a row that describe its place.
pub(super) struct PlaceCells<'r> {
    /// The column of its name.
    pub name: &'static str,
    /// The columns of the areas that contain it, smallest first.
    pub areas: &'r [&'static str],
    /// How exactly it is known.
    pub exactness: Exactness,
}

/// Adds the place of a row, with its country, precision and areas, and a point unless only a larger area is known. `None` if
/// the row names no place.
pub(super) fn place(row: &Row<'_>, cells: &PlaceCells<'_>, harvest: &mut Harvest) -> Option<Name> {
    let name = row.get(cells.name);
    let of_area = cells.areas.iter().rev().map(|column| row.get(column)).find(|area| !area.is_empty());
    let country = row.get("country");
    let name = match cells.exactness {
        _ if name.is_empty() => of_area.unwrap_or(country).to_owned(),
        Exactness::City => name.to_owned(),
        Exactness::Region => format!("{name} area"),
        Exactness::Country if cells.areas.is_empty() && !country.is_empty() => country.to_owned(),
        Exactness::Country => of_area.unwrap_or(name).to_owned(),
    };
    let areas: Vec<&str> = cells.areas.iter().map(|column| row.get(column)).filter(|area| !area.is_empty()).collect();
    let context = match cells.exactness {
        Exactness::Country => folded(country),
        _ => format!("{}{}", folded(country), areas.last().map(|area| folded(area)).unwrap_or_default()),
    };
    let place = harvest.places.add(&name, &context)?;
    if cells.exactness != Exactness::Country {
        let names = ["latitude", "longitude"];
        point(&PointCells { names, cells: names.map(|name| row.get(name)), at: &row.at }, place, harvest);
    }
    let precision = match cells.exactness {
        Exactness::City => "city",
        Exactness::Region => "region",
        Exactness::Country => "country",
    };
    match countries::code(country) {
        Some(code) => harvest.places.tell(place, "country", Some(code.into())),
        None if !country.is_empty() => {
            harvest.losses.lose("country", country, "no country of ISO 3166-1 has this name");
        }
        None => {}
    }
    harvest.places.tell(place, "precision", Some(precision.into()));
    let inside = if cells.exactness == Exactness::Country { 1 } else { areas.len() };
    let extra: Vec<(String, MatterValue)> = cells
        .areas
        .iter()
        .rev()
        .take(inside)
        .filter_map(|column| Some(((*column).to_owned(), line_value(row.get(column))?)))
        .collect();
    harvest.places.tell(place, "extra", (!extra.is_empty()).then_some(MatterValue::Table(extra)));
    Some(place)
}

/// A latitude and a longitude in the input.
pub(super) struct PointCells<'r> {
    /// The names of the two fields.
    pub names: [&'r str; 2],
    /// What they hold; empty for nothing.
    pub cells: [&'r str; 2],
    /// Where they are.
    pub at: &'r At,
}

/// Records the point of a place. One that cannot be right is reported; half a point, and one that differs from that of an
/// earlier entry, are lost.
pub(super) fn point(point: &PointCells<'_>, place: Name, harvest: &mut Harvest) {
    let both = point.names.join(", ");
    match point.cells {
        ["", ""] => return,
        [_, ""] | ["", _] => {
            for (name, cell) in point.names.into_iter().zip(point.cells).filter(|(_, cell)| !cell.is_empty()) {
                harvest.losses.lose(name, cell, "the other half of the point is missing");
            }
            return;
        }
        _ => {}
    }
    let mut refuse = |name: &str, message: String| {
        harvest.losses.notes.push(Issue::new(point.at, Some(name), message).help("the place has no point"));
    };
    let mut values = [0.0; 2];
    for (number, limit) in [90.0, 180.0].into_iter().enumerate() {
        match degrees(point.cells[number], limit) {
            Ok(degrees) => values[number] = degrees,
            Err(message) => return refuse(point.names[number], message),
        }
    }
    if values == [0.0, 0.0] {
        return refuse(&both, "0, 0 is in the open sea; data sets use it for unknown".to_owned());
    }
    let [lat, lon] = values.map(MatterValue::Decimal);
    let known = harvest.places.fact(place, "lat").zip(harvest.places.fact(place, "lon"));
    if known.is_some_and(|known| known != (&lat, &lon)) {
        harvest.losses.lose(&both, &point.cells.join(", "), "an earlier entry gives the place another point");
        return;
    }
    harvest.places.tell(place, "lat", Some(lat));
    harvest.places.tell(place, "lon", Some(lon));
}

/// Parses degrees from `-limit` to `limit`, with a decimal point or comma.
///
/// # Errors
/// What is wrong, in a sentence without a full stop.
fn degrees(cell: &str, limit: f64) -> Result<f64, String> {
    let number = cell.trim().replace(',', ".").parse::<f64>();
    let shown = crate::date::shortened(cell);
    match number {
        Ok(number) if number.is_finite() && number.abs() <= limit => Ok(number),
        Ok(_) => Err(format!("`{shown}` is not between -{limit} and {limit} degrees")),
        Err(_) => Err(format!("`{shown}` is not a number of degrees")),
    }
}

/// Adds names to a list that holds each once, and records their `kind`.
pub(super) fn add_names<'n>(
    list: &mut Vec<Name>,
    names: impl Iterator<Item = &'n str>,
    all: &mut super::names::Names,
    kind: Option<&str>,
) {
    for name in names {
        let Some(name) = all.add(name, "") else { continue };
        all.tell(name, "kind", kind.map(MatterValue::from));
        if !list.contains(&name) {
            list.push(name);
        }
    }
}

/// Adds an event to the harvest, with `extra` as its `[extra]`.
pub(super) fn finish(mut entry: Entry, extra: Vec<(String, MatterValue)>, harvest: &mut Harvest) {
    entry.set("extra", (!extra.is_empty()).then_some(MatterValue::Table(extra)));
    harvest.entries.push(entry);
}
