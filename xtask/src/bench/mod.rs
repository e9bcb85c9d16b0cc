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
    let load = process::load();
    match &options.task {
        Task::Rows(rows) => rounds::run(&options, rows),
        Task::Scale { million } => scale::run(&options, *million),
        Task::Browser => browser::pages(&options),
        Task::Edits(edits) => browser::memory(&options, *edits),
    }?;
    if load > IDLE {
        println!(
            "\nThe machine was busy before this began (load {load:.1}): the times are too long, and ratios unreliable."
        );
    }
    Ok(())
}

/// The greatest load of a machine on which nothing else runs.
const IDLE: f64 = 0.5;

/// Prints what was measured on what, above a table.
fn heading(what: &str, versions: &[String]) {
    println!("\n{what}; {}; {}\n", [&[programs::commit()], versions].concat().join(", "), programs::machine());
}
