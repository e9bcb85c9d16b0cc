//! The arguments of `cargo xtask bench`.

use std::collections::BTreeSet;
use std::path::PathBuf;

pub const USAGE: &str = "usage: cargo xtask bench [ENTRIES [ROUNDS]] [OPTIONS]

Times annals beside the floor, Hugo and Pagefind, in turn, and prints medians and ratios (10000 entries, 5 rounds).

  --only ROWS       only these rows, and those that they are compared with: floor, copy, build, memory, unchanged,
                    edited, check, syria, hugo, pagefind, serve, serve-syria, cold (cargo build)
  --scale           sites of 1,000, 10,000 and 100,000 entries: time, memory, output
  --million         --scale and one build of 1,000,000 entries
  --browser         sites of 1,000 and 10,000 entries in Chromium: first paint, longest task, keystrokes, bytes
  --edits COUNT     the memory of the preview over this many edits
  --program FILE    this annals, instead of the one that cargo builds";

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    Floor,
    Copy,
    Build,
    Memory,
    Unchanged,
    Edited,
    Check,
    Syria,
    Hugo,
    Pagefind,
    Serve,
    ServeSyria,
    Cold,
}

/// All rows, with their names in `--only`.
const ROWS: [(&str, Row); 13] = [
    ("floor", Row::Floor),
    ("copy", Row::Copy),
    ("build", Row::Build),
    ("memory", Row::Memory),
    ("unchanged", Row::Unchanged),
    ("edited", Row::Edited),
    ("check", Row::Check),
    ("syria", Row::Syria),
    ("hugo", Row::Hugo),
    ("pagefind", Row::Pagefind),
    ("serve", Row::Serve),
    ("serve-syria", Row::ServeSyria),
    ("cold", Row::Cold),
];

impl Row {
    /// The rows that this one is compared with.
    fn needs(self) -> &'static [Self] {
        match self {
            Self::Build | Self::Check => &[Self::Floor],
            Self::Copy | Self::Unchanged | Self::Edited | Self::Hugo => &[Self::Build, Self::Floor],
            Self::Pagefind => &[Self::Hugo, Self::Build, Self::Floor],
            Self::Floor | Self::Memory | Self::Syria | Self::Serve | Self::ServeSyria | Self::Cold => &[],
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    Rows(BTreeSet<Row>),
    Scale { million: bool },
    Browser,
    Edits(usize),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub entries: usize,
    pub rounds: usize,
    pub task: Task,
    pub program: Option<PathBuf>,
}

impl Options {
    pub fn parse(arguments: &[&str]) -> Result<Self, String> {
        let all = ROWS.iter().map(|(_, row)| *row).collect();
        let mut options = Self { entries: 10_000, rounds: 5, task: Task::Rows(all), program: None };
        let mut numbers = 0;
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().copied().ok_or_else(|| format!("{argument} needs a value\n\n{USAGE}"));
            match *argument {
                "--only" => options.task = Task::Rows(rows(value()?)?),
                "--scale" => options.task = Task::Scale { million: options.task == Task::Scale { million: true } },
                "--million" => options.task = Task::Scale { million: true },
                "--browser" => options.task = Task::Browser,
                "--edits" => options.task = Task::Edits(number(value()?)?),
                "--program" => options.program = Some(PathBuf::from(value()?)),
                text if text.starts_with('-') || numbers == 2 => return Err(USAGE.to_owned()),
                text if numbers == 0 => (options.entries, numbers) = (number(text)?, 1),
                text => (options.rounds, numbers) = (number(text)?, 2),
            }
        }
        Ok(options)
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| format!("{text} is not a number above 0"))
}

/// Returns the rows that a list of names, separated by commas, asks for, and those that they are compared with.
fn rows(names: &str) -> Result<BTreeSet<Row>, String> {
    let mut rows = BTreeSet::new();
    for name in names.split(',') {
        let row = ROWS.iter().find(|(known, _)| *known == name.trim());
        let (_, row) = row.ok_or_else(|| format!("there is no row {name}\n\n{USAGE}"))?;
        rows.insert(*row);
        rows.extend(row.needs());
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::{Options, Row, Task, USAGE};

    #[test]
    fn chosen_rows_bring_those_that_they_are_compared_with() {
        let options = Options::parse(&["1000", "--only", "check, unchanged"]).expect("these are options");
        assert_eq!((options.entries, options.rounds), (1000, 5));
        assert_eq!(options.task, Task::Rows([Row::Floor, Row::Build, Row::Unchanged, Row::Check].into()));
    }

    #[test]
    fn every_option_is_documented() {
        let documentation = include_str!("../../../docs/performance.md");
        for option in
            USAGE.split_whitespace().filter(|word| word.starts_with("--")).map(|word| word.trim_end_matches(':'))
        {
            assert!(documentation.contains(option), "docs/performance.md does not mention {option}");
        }
    }

    #[test]
    fn an_unknown_row_is_named() {
        let message = Options::parse(&["--only", "chek"]).expect_err("no row has this name");
        assert!(message.starts_with("there is no row chek\n"), "{message}");
    }

    #[test]
    fn the_million_comes_with_the_other_sizes() {
        for arguments in [&["--scale", "--million"], &["--million", "--scale"]] {
            assert_eq!(Options::parse(arguments).map(|options| options.task), Ok(Task::Scale { million: true }));
        }
    }
}
