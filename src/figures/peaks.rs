//! The highest columns of a chart, named in it: "December 2016: 8".

use super::columns::Columns;
use super::svg::{Svg, number, share};
use crate::markup::escaped;

/// The most columns that are named.
const MOST: usize = 3;
/// The smallest distance between two named columns, as a share of the axis.
const APART: f64 = 0.16;
/// A column is named only if it has at least this share of the events of the highest one.
const HIGH: f64 = 0.6;
/// Within this share of the axis from either end, a name begins or ends at the middle of its column instead of being centred
/// on it.
const EDGE: f64 = 0.08;

/// Returns the columns to name, highest first: the index of each, and how many events it has. They are high, and not close to a
/// higher one; of equal columns the earlier comes first.
#[must_use]
pub(crate) fn peaks(totals: &[usize]) -> Vec<(usize, usize)> {
    let mut columns: Vec<(usize, usize)> = totals.iter().copied().enumerate().collect();
    columns.sort_by_key(|(at, total)| (std::cmp::Reverse(*total), *at));
    let highest = columns.first().map_or(0, |(_, total)| *total);
    let mut peaks: Vec<(usize, usize)> = Vec::new();
    for (at, total) in columns {
        let is_apart = |(other, _): &(usize, usize)| share(at.abs_diff(*other), totals.len()) >= APART;
        // A single event is no peak.
        let is_high = total > 1 && share(total, highest) >= HIGH;
        if is_high && peaks.len() < MOST && peaks.iter().all(is_apart) {
            peaks.push((at, total));
        }
    }
    peaks
}

/// Writes the names of columns as SVG text, with positions in per cent, for a chart whose full height is `scale` events.
/// `words` makes a name from the index of a column and its number of events.
#[must_use]
pub(crate) fn labels(
    peaks: &[(usize, usize)],
    columns: &Columns,
    scale: usize,
    words: &dyn Fn(usize, usize) -> String,
) -> String {
    let mut svg = Svg::default();
    for (at, total) in peaks {
        let middle = share(2 * at + 1, 2 * columns.count);
        let anchor = match middle {
            middle if middle < EDGE => "start",
            middle if middle > 1.0 - EDGE => "end",
            _ => "middle",
        };
        let y = 100.0 - share(*total, scale) * 100.0;
        svg.write(format_args!(
            "<text class=\"{anchor}\" x=\"{}%\" y=\"{}%\" dy=\"-4\">{}</text>",
            number(middle * 100.0),
            number(y),
            escaped(&words(*at, *total))
        ));
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::peaks;

    #[test]
    fn the_highest_columns_are_named_if_they_are_apart() {
        let mut totals = vec![0; 192];
        for (at, total) in [(60, 8), (61, 7), (10, 5), (120, 4), (170, 8)] {
            totals[at] = total;
        }
        assert_eq!(peaks(&totals), [(60, 8), (170, 8), (10, 5)], "61 is beside a higher one, and 120 is too low");
        assert_eq!(peaks(&[1, 1, 0]), [], "one event is no peak");
        assert_eq!(peaks(&[]), []);
    }
}
