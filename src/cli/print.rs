//! What the commands print, and where. All printing goes through here, so that no file name and no author's words reach a
//! terminal or a build log without being made harmless.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use super::{Exit, Format};
use crate::build::Timings;
use crate::diagnostic::{self, Report, harmless, shown};
use crate::error::Error;

/// Prints a report: for people on standard error, for programs on standard output.
pub(super) fn report(report: &Report, format: Format, root: &Path) -> Result<(), Error> {
    match format {
        Format::Human => {
            let colour = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
            write_note(&diagnostic::human(report, colour));
            write_note(&diagnostic::summary(report));
        }
        Format::Json => {
            document(&format!("{}\n", diagnostic::json(report)))?;
        }
        Format::Github => {
            document(&diagnostic::github(report, &prefix(root)))?;
        }
    }
    Ok(())
}

/// Returns what precedes file names if the command runs outside the site's folder: `timeline/`. Empty for an absolute path.
fn prefix(root: &Path) -> String {
    let parts = root.components().filter(|part| !matches!(part, std::path::Component::CurDir));
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    match (root.is_absolute(), parts.is_empty()) {
        (true, _) | (false, true) => String::new(),
        (false, false) => parts.join("/") + "/",
    }
}

/// Prints how long each stage took, to standard error.
pub(super) fn timings(timings: &Timings) {
    let total: Duration = timings.stages.iter().map(|(_, time)| *time).sum();
    let line = |(name, time): &(&str, Duration)| format!("{:>9.1} ms  {name}\n", time.as_secs_f64() * 1000.0);
    let mut text: String = timings.stages.iter().chain([&("total", total)]).map(line).collect();
    if !timings.files.is_empty() {
        text.push_str("render and write, by sort of file, all threads together:\n");
        text.extend(timings.files.iter().map(line));
    }
    write_note(&text);
}

/// Prints one line on standard output, made harmless because anybody may have named the files in it.
pub(super) fn line(text: &str) -> Result<Exit, Error> {
    document(&format!("{}\n", harmless(&shown(text), false)))
}

/// Prints several lines on standard output, made harmless.
pub(super) fn lines(text: &str) -> Result<Exit, Error> {
    document(&harmless(text, false))
}

/// Writes one of annals' own texts to standard output unchanged. A closed pipe is not an error.
pub(super) fn document(text: &str) -> Result<Exit, Error> {
    unchanged(|out| out.write_all(text.as_bytes()))
}

/// Lets `write` write to standard output unchanged. A closed pipe is not an error.
pub(super) fn unchanged(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Exit, Error> {
    let mut out = io::stdout().lock();
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(Exit::Done),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => Err(Error::machine(format!("standard output: {error}"))),
    }
}

/// Prints one line on standard error, made harmless.
pub(super) fn note(text: &str) {
    write_note(&format!("{}\n", harmless(&shown(text), false)));
}

/// Writes to standard error. If even that fails, there is nowhere to report it.
fn write_note(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints why a command failed.
pub(super) fn failure(message: &str) {
    note(&format!("annals: {message}"));
}

/// Prints what is wrong with the command line, made harmless because a shell may put file names there.
pub(super) fn usage(error: &clap::Error) {
    let colour = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    let text = error.render();
    write_note(&harmless(&if colour { text.ansi().to_string() } else { text.to_string() }, colour));
}

/// Returns whether standard error is a terminal.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}
