//! Screenshots of the built site for review: three widths, both colour schemes.

use std::fs;
use std::process::Command;

use crate::{Outcome, root, sh, test};

const PAGES: [&str; 15] = [
    "index.html",
    "timeline/2017.html",
    "events/2017-11-20-putin-receives-assad-in-sochi.html",
    "actors/index.html",
    "actors/vladimir-putin.html",
    "processes/index.html",
    "processes/astana.html",
    "kinds/veto.html",
    "map.html",
    "places/geneva.html",
    "glossary.html",
    "search.html",
    "sources.html",
    "corrections.html",
    "print.html",
];
const WIDTHS: [u32; 3] = [320, 800, 1440];

pub fn run(arguments: &[&str]) -> Outcome {
    test::chromium()?;
    let folder = root().join(arguments.first().copied().unwrap_or("screenshots"));
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    sh(&mut crate::cargo(&["run", "--release", "--quiet", "--", "build", "--output", "target/site"]))?;
    let script = root().join("tests/browser/screenshots.mjs");
    let widths = WIDTHS.map(|width| width.to_string()).join(",");
    sh(Command::new("node")
        .arg(script)
        .current_dir(root().join("tests/browser"))
        .env("SITE", root().join("target/site"))
        .env("OUT", &folder)
        .env("PAGES", PAGES.join(","))
        .env("WIDTHS", widths))
}
