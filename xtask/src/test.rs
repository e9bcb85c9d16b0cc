//! Everything that must hold, in one command: form, lints, documentation, tests, and the built site in a browser.

use std::path::Path;
use std::process::Command;

use crate::{Outcome, cargo, root, sh};

pub fn run() -> Outcome {
    sh(&mut cargo(&["fmt", "--all", "--check"]))?;
    sh(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    sh(cargo(&["doc", "--no-deps", "--quiet", "--document-private-items"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    sh(&mut cargo(&["test", "--workspace", "--quiet"]))?;
    sh(&mut cargo(&["run", "--release", "--quiet", "--", "build", "--strict", "--output", "target/site"]))?;
    browser()
}

/// The browser tests, with what they need installed.
fn browser() -> Outcome {
    chromium()?;
    let folder = root().join("tests/browser");
    sh(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
    sh(Command::new("node").arg("--test").current_dir(&folder).env("SITE", root().join("target/site")))
}

/// Debian's Chromium, from its packages where it is not there yet.
pub fn chromium() -> Outcome {
    if Path::new("/usr/bin/chromium").exists() || std::env::var_os("CHROMIUM").is_some() {
        return Ok(());
    }
    let apt = |arguments: &[&str]| {
        let superuser = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0"));
        let mut command = if superuser { Command::new("apt-get") } else { Command::new("sudo") };
        if !superuser {
            command.arg("apt-get");
        }
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    sh(&mut apt(&["update", "-qq"]))?;
    sh(&mut apt(&["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core"]))
}
