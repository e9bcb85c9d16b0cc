//! Measurements in Chromium, by the scripts in `tests/browser/measure/`.

use std::path::Path;
use std::process::{Command, Stdio};

use super::folder::Scratch;
use super::options::Options;
use super::process::time;
use super::table::{self, Figure, Line, Wanted};
use super::{heading, programs};
use crate::{Outcome, corpus, root, sh, test};

/// Measures the time from a saved edit to the page that shows it: one line for each kind of edit, with the median of `edits`
/// edits. `limit`, in milliseconds, is the wanted maximum of each.
///
/// If the script fails, the only line says why.
pub fn serve(annals: &Path, site: &Path, name: &str, limit: f64, edits: usize) -> Vec<Line> {
    let measured = measure("serve.mjs", |node| {
        node.arg(annals).arg(site).arg(root().join("templates/event.html")).arg(edits.to_string());
    });
    let line = |what: &str, figure| Line { name: format!("{name}: {what}"), cells: Vec::new(), figure };
    match measured {
        Ok(results) => results
            .into_iter()
            .map(|result| line(&result.name, Figure::at_most(result.value, &result.unit, limit)))
            .collect(),
        Err(message) => vec![line(&format!("not measured: {message}"), None)],
    }
}

/// Prints how much memory the preview uses after some and after all of `edits` edits.
pub fn memory(options: &Options, edits: usize) -> Outcome {
    let (annals, folder) = (programs::annals(options)?, Scratch::new(options.entries as f64 * 10e3)?);
    let site = folder.join("site");
    corpus::write(options.entries, &site).map_err(|error| error.to_string())?;
    let results = measure("serve.mjs", |node| {
        node.arg(&annals).arg(&site).arg(root().join("templates/event.html")).arg(edits.to_string()).arg("memory");
    })?;
    heading(&format!("{} entries, {edits} edits during one preview", options.entries), &[]);
    table::print(&[], &results.into_iter().map(Measured::line).collect::<Vec<_>>());
    Ok(())
}

/// Prints first paint, longest task, keystrokes and bytes of pages, on a site of `options.entries` events and one of a tenth of
/// them.
pub fn pages(options: &Options) -> Outcome {
    let (annals, folder) = (programs::annals(options)?, Scratch::new(options.entries as f64 * 60e3)?);
    let fewer = (options.entries / 10).max(1);
    for (name, entries) in [("fewer", fewer), ("site", options.entries)] {
        let site = folder.join(name);
        corpus::write(entries, &site).map_err(|error| error.to_string())?;
        time(&mut programs::build(&annals, &site, &site.join("public")))?;
    }
    let results = measure("pages.mjs", |node| {
        node.arg(folder.join("fewer/public")).arg(folder.join("site/public")).arg(options.rounds.to_string());
    })?;
    heading(&format!("{} entries in Chromium, beside {fewer}; medians", options.entries), &[]);
    table::print(&[], &results.into_iter().map(Measured::line).collect::<Vec<_>>());
    Ok(())
}

/// A line that a script printed: name, number, unit and the wanted maximum, if any, separated by tabs.
struct Measured {
    name: String,
    value: f64,
    unit: String,
    limit: Option<f64>,
}

impl Measured {
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.split('\t');
        let (name, value, unit) = (fields.next()?.to_owned(), fields.next()?.parse().ok()?, fields.next()?.to_owned());
        Some(Self { name, value, unit, limit: fields.next().and_then(|limit| limit.parse().ok()) })
    }

    fn line(self) -> Line {
        let Self { name, value, unit, limit } = self;
        let figure = Some(Figure { value, unit, wanted: limit.map(Wanted::AtMost) });
        Line { name, cells: Vec::new(), figure }
    }
}

/// Runs a script of `tests/browser/measure/` and reads its results. Lines of another form are ignored.
fn measure(script: &str, arguments: impl FnOnce(&mut Command)) -> Result<Vec<Measured>, String> {
    test::chromium()?;
    let folder = root().join("tests/browser");
    if !folder.join("node_modules").exists() {
        sh(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
    }
    let mut node = Command::new("node");
    node.arg(format!("measure/{script}")).current_dir(&folder);
    arguments(&mut node);
    let output = node.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    let printed = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("{script} failed"));
    }
    Ok(printed.lines().filter_map(Measured::read).collect())
}
