//! What the commands print, and where.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::{Exit, Failure, Format};
use crate::build::Timings;
use crate::diagnostic::{self, Report};

/// Prints a report: people's on standard error, programs' on standard output.
pub(super) fn report(report: &Report, format: Format, root: &Path) -> Result<(), Failure> {
    match format {
        Format::Human => {
            let colour = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
            note(&diagnostic::human(report, colour));
            let line = count_line(report);
            if !line.is_empty() {
                note(&format!("{line}\n"));
            }
        }
        Format::Json => {
            out(&format!("{}\n", diagnostic::json(report)))?;
        }
        Format::Github => {
            out(&diagnostic::github(report, &prefix(root)))?;
        }
    }
    Ok(())
}

/// What stands before the names of a site's files where the command runs elsewhere: `timeline/`.
fn prefix(root: &Path) -> String {
    let parts = root.components().filter(|part| !matches!(part, std::path::Component::CurDir));
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    match (root.is_absolute(), parts.is_empty()) {
        (true, _) | (false, true) => String::new(),
        (false, false) => parts.join("/") + "/",
    }
}

/// `2 errors and 1 warning`; nothing where there is nothing.
fn count_line(report: &Report) -> String {
    let several = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let parts = [several(report.errors(), "error"), several(report.warnings(), "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

/// Prints how long each stage took, to standard error.
pub(super) fn timings(timings: &Timings) {
    let total: std::time::Duration = timings.stages.iter().map(|(_, time)| *time).sum();
    let mut text = String::new();
    for (stage, time) in timings.stages.iter().chain([&("total", total)]) {
        text.push_str(&format!("{:>9.1} ms  {stage}\n", time.as_secs_f64() * 1000.0));
    }
    note(&text);
}

/// Writes to standard output. A reader that has gone away is no failure.
pub(super) fn out(text: &str) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(Exit::Done),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => Err(Failure::Machine(format!("standard output: {error}"))),
    }
}

/// Writes to standard error. If even that fails there is nobody to tell.
pub(super) fn note(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints why a command could not do its work.
pub(super) fn failure(message: &str) {
    note(&format!("annals: {message}\n"));
}

/// Whether a person watches standard error.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}
