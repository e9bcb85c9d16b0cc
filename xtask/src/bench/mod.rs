//! Times annals beside programs that do less (the floor) or about the same (Hugo, Pagefind), on an artificial timeline.
//!
//! All programs use the same disk, a memory disk if one has room, and write into folders that do not exist yet. In each round
//! every program runs once, so what disturbs the machine for a while disturbs all of them.

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
use options::{Options, Task, USAGE};

pub fn run(arguments: &[&str]) -> Outcome {
    if arguments.contains(&"--help") {
        println!("{USAGE}");
        return Ok(());
    }
    let options = Options::parse(arguments)?;
    match &options.task {
        Task::Rows(rows) => rounds::run(&options, rows),
        Task::Scale { million } => scale::run(&options, *million),
        Task::Browser => browser::pages(&options),
        Task::Edits(edits) => browser::memory(&options, *edits),
    }
}

/// Prints a line above a table: what was measured, day and commit, versions of other programs, and the machine.
fn heading(what: &str, versions: &[String]) {
    println!("\n{what}; {}; {}\n", [&[programs::commit()], versions].concat().join(", "), programs::machine());
}

/// Returns a sentence about how much other programs disturbed the measurement until now.
fn disturbance(others: &process::Others) -> String {
    let percent = others.share() * 100.0;
    let reliable =
        if percent > 5.0 { "; times are too long, and only the ratios of processor times mean something" } else { "" };
    format!("Other programs used {percent:.0} % of the processors meanwhile{reliable}.")
}
