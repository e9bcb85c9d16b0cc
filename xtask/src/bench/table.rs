//! The table of results: each figure beside the one that is wanted.

/// A line of the table.
pub struct Line {
    pub name: String,
    /// Further values of the row, in the order of the columns of [`print()`]; missing ones are empty.
    pub cells: Vec<String>,
    pub figure: Option<Figure>,
}

/// A number that a line is judged by.
pub struct Figure {
    pub value: f64,
    /// What the number counts, such as `× the floor`.
    pub unit: String,
    pub wanted: Option<Wanted>,
}

#[derive(Clone, Copy)]
pub enum Wanted {
    AtMost(f64),
    AtLeast(f64),
}

impl Figure {
    pub fn at_most(value: f64, unit: &str, limit: f64) -> Option<Self> {
        Some(Self { value, unit: unit.to_owned(), wanted: Some(Wanted::AtMost(limit)) })
    }

    pub fn only(value: f64, unit: &str) -> Option<Self> {
        Some(Self { value, unit: unit.to_owned(), wanted: None })
    }

    fn measured(&self) -> String {
        format!("{} {}", number(self.value), self.unit)
    }

    fn wanted(&self) -> String {
        match self.wanted {
            Some(Wanted::AtMost(limit)) => format!("at most {}", number(limit)),
            Some(Wanted::AtLeast(limit)) => format!("at least {}", number(limit)),
            None => String::new(),
        }
    }

    /// Returns `met`, or by how many per cent of the wanted number the figure misses it; empty if none is wanted.
    fn verdict(&self) -> String {
        let (missing, limit) = match self.wanted {
            Some(Wanted::AtMost(limit)) => (self.value - limit, limit),
            Some(Wanted::AtLeast(limit)) => (limit - self.value, limit),
            None => return String::new(),
        };
        if missing <= 0.0 { "met".to_owned() } else { format!("missed by {:.0} %", missing / limit * 100.0) }
    }
}

/// Formats a number with about three significant digits. Whole numbers have no decimals.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || size.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Prints a Markdown table. `columns` are the titles of the cells of each line.
pub fn print(columns: &[&str], lines: &[Line]) {
    let titles = [&[""], columns, &["measured", "wanted", ""]].concat();
    let mut rows = vec![titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>()];
    for Line { name, cells, figure } in lines {
        let judged = figure.as_ref().map(|figure| [figure.measured(), figure.wanted(), figure.verdict()]);
        let mut row = vec![name.clone()];
        row.extend(columns.iter().enumerate().map(|(at, _)| cells.get(at).cloned().unwrap_or_default()));
        row.extend(judged.unwrap_or_default());
        rows.push(row);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..titles.len()).map(width).collect();
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        println!("| {} |", cells.join(" | "));
        if at == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width + 2)).collect();
            println!("|{}|", rule.join("|"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Wanted};

    #[test]
    fn a_verdict_says_how_far_away_a_figure_is() {
        let verdict = |figure: Option<Figure>| figure.map(|figure| figure.verdict()).unwrap_or_default();
        let at_least = |value| Some(Figure { value, unit: String::new(), wanted: Some(Wanted::AtLeast(30.0)) });
        assert_eq!(verdict(Figure::at_most(3.0, "", 3.0)), "met");
        assert_eq!(verdict(Figure::at_most(7.5, "", 3.0)), "missed by 150 %");
        assert_eq!(verdict(at_least(30.1)), "met");
        assert_eq!(verdict(at_least(15.0)), "missed by 50 %");
        assert_eq!(verdict(Figure::only(3.0, "")), "");
    }
}
