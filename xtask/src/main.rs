//! The repository's tasks, each a module: `cargo xtask test`, `bench`, `corpus`, `natural-earth`, `content`, `lighthouse` and
//! `screenshots`. `data` is a part of `test`.

mod bench;
mod content;
mod corpus;
mod data;
mod lighthouse;
mod natural_earth;
mod screenshots;
mod test;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The outcome of a task. The error is a message for the terminal.
pub type Outcome = Result<(), String>;

const USAGE: &str = "usage: cargo xtask TASK

  test                          set up and run every test, as CI does
  bench [ENTRIES [ROUNDS]]      time annals beside the floor, Hugo and Pagefind; see `cargo xtask bench --help`
  corpus ENTRIES DIR [--hugo]   write an artificial site with that many entries, for annals or for Hugo
  natural-earth DIR             make the base map from Natural Earth's shapefiles in a folder
  content                       print what the Syria timeline rests on, how it is graded, and what all gates find
  lighthouse                    score home, event, actor, map and search page in Lighthouse
  screenshots [DIR]             take screenshots of the built site at three widths in both colour schemes (screenshots/)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["test"] => test::run(),
        ["bench", rest @ ..] => bench::run(rest),
        ["corpus", entries, dir] => corpus::run(entries, Path::new(dir), false),
        ["corpus", entries, dir, "--hugo"] => corpus::run(entries, Path::new(dir), true),
        ["natural-earth", dir] => natural_earth::run(Path::new(dir)),
        ["content"] => content::run(),
        ["lighthouse"] => lighthouse::run(),
        ["screenshots", rest @ ..] => screenshots::run(rest),
        ["--help"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the repository's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the repository").to_owned()
}

/// Prints a command, runs it and waits for it. Its output goes to the terminal.
///
/// # Errors
///
/// If it cannot be started, or exits with a failure.
pub fn sh(command: &mut Command) -> Outcome {
    eprintln!("\n$ {}", shown(command));
    let status = command.status().map_err(|error| format!("{}: {error}", shown(command)))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {}", shown(command))) }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Returns a command that runs the cargo that runs this task, in the repository's folder.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.args(arguments).current_dir(root());
    command
}
