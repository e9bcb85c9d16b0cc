//! Times annals beside programs that do less (the floor) or about the same (Hugo, Pagefind), on an artificial timeline.
//!
//! All programs read from and write to the same disk, a memory disk if there is one, take turns round by round, and write into
//! folders that do not exist yet.

mod browser;
mod edit;
mod folder;
mod options;
mod process;
mod programs;
mod rounds;
mod scale;
mod table;

use crate::Outcome;
use options::{Options, Task};

pub fn run(arguments: &[&str]) -> Outcome {
    let options = Options::parse(arguments)?;
    match &options.task {
        Task::Rows(rows) => rounds::run(&options, rows),
        Task::Scale { million } => scale::run(&options, *million),
        Task::Browser => browser::pages(&options),
        Task::Edits(edits) => browser::memory(&options, *edits),
    }
}

/// Prints what was measured on what, above a table.
fn heading(what: &str, versions: &[String]) {
    println!("\n{what}; {}; {}\n", [&[programs::commit()], versions].concat().join(", "), programs::machine());
}

/// Says how much other programs disturbed the measurement, which ended just now.
fn disturbance(others: &process::Others) -> String {
    let percent = others.share() * 100.0;
    let reliable =
        if percent > 5.0 { "; times are too long, and only the ratios of processor times mean something" } else { "" };
    format!("Other programs used {percent:.0} % of the processors meanwhile{reliable}.")
}
