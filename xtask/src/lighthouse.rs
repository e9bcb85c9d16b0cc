//! Lighthouse scores of the Syria timeline.

use std::process::Command;

use crate::{Outcome, root, sh, test};

const ADDRESS: &str = "http://127.0.0.1:4173/";
/// The pages to score. The home page is requested without `index.html`, as its canonical link has it.
const PAGES: [&str; 5] = [
    "",
    "events/2017-11-20-putin-receives-assad-in-sochi.html",
    "actors/vladimir-putin.html",
    "map.html",
    "search.html",
];

pub fn run() -> Outcome {
    test::chromium()?;
    let site = root().join("target/sites/lighthouse");
    // Lighthouse compares canonical addresses with those that it requests, so the site is built for them.
    let output = site.to_string_lossy();
    let build = ["run", "--release", "--quiet", "--", "build", "--base-url", ADDRESS, "--output", &output];
    sh(&mut crate::cargo(&build))?;
    let folder = root().join("tests/lighthouse");
    sh(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
    sh(Command::new("node")
        .arg("run.mjs")
        .current_dir(&folder)
        .env("SITE", &site)
        .env("ADDRESS", ADDRESS)
        .env("PAGES", PAGES.join(",")))
}
