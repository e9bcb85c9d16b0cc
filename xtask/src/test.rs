//! Runs every check: formatting, lints, documentation, tests, open data, servers, and the built site in browsers.

use std::path::Path;
use std::process::Command;

use crate::{Outcome, cargo, corpus, data, root, sh};

/// Runs two lanes side by side, because each often waits: for the network, the linker, or a test that sleeps. Browser tests
/// come afterwards, because they wait for a page only for a limited time.
pub fn run() -> Outcome {
    sh(&mut cargo(&["fmt", "--all", "--check"]))?;
    let (checked, used) = std::thread::scope(|scope| {
        let used = scope.spawn(use_program);
        (check_program(), used.join().unwrap_or_else(|_| Err("using the program panicked".to_owned())))
    });
    checked.and(used)?;
    browser_tests()
}

/// Installs and builds what all tests outside of cargo need, and runs those that need no browser.
fn use_program() -> Outcome {
    prepare_browser_tests()?;
    data_tests()?;
    prepare_deploy_tests()?;
    deploy_tests()
}

/// Tests the open data of the Syria timeline, of a site with every form of date, and of one whose words look like formulas and
/// markup.
fn data_tests() -> Outcome {
    let sites = ["target/site", "target/sites/forms/public", "target/sites/hostile/public"];
    data::run(&sites.map(|site| root().join(site)))
}

/// Runs lints, documentation and tests with cargo. Warnings are errors.
fn check_program() -> Outcome {
    sh(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    refuse_dead_code()?;
    sh(cargo(&["doc", "--no-deps", "--quiet", "--document-private-items"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    sh(&mut cargo(&["test", "--workspace", "--quiet"]))
}

/// Refuses code that only tests use: without `steps`, rustc knows that nothing else can.
fn refuse_dead_code() -> Outcome {
    let mut clippy = cargo(&["clippy", "--package", "annals", "--lib", "--quiet", "--"]);
    clippy.args(["--cfg", "without_steps", "--deny", "dead_code"]);
    // What `steps` re-exports is neither reachable nor used without it.
    clippy.args(["--allow", "unreachable_pub", "--allow", "unused_imports", "--allow", "clippy::all"]);
    sh(&mut clippy)
}

/// Installs and builds what the browser tests need, and type-checks the scripts.
fn prepare_browser_tests() -> Outcome {
    browsers()?;
    let folder = root().join("tests/browser");
    sh(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
    sh(Command::new("npx").args(["tsc", "--project", "."]).current_dir(&folder))?;
    geckodriver()?;
    build_sites()
}

/// Installs what the tests of `deploy/` need.
fn prepare_deploy_tests() -> Outcome {
    install(&[
        ("/usr/sbin/nginx", &["nginx-light"]),
        ("/usr/bin/caddy", &["caddy"]),
        ("/usr/bin/curl", &["curl"]),
        ("/usr/bin/rsync", &["rsync"]),
    ])?;
    let folder = root().join("tests/deploy");
    sh(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder))
}

/// Tests nginx and Caddy on the loopback interface, with the files of `deploy/`, and lints workflows.
fn deploy_tests() -> Outcome {
    let mut node = Command::new("node");
    node.arg("--test").current_dir(root().join("tests/deploy"));
    sh(node.env("ANNALS", root().join("target/release/annals")))
}

fn browser_tests() -> Outcome {
    let sites = SITES.map(|(name, path)| (name, root().join(path)));
    // Two files at a time: much of a browser's time goes into waiting.
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=2"]).current_dir(root().join("tests/browser"));
    sh(node.envs(sites).env("ANNALS", root().join("target/release/annals")))
}

/// The environment variables by which browser tests find their sites, with the paths of these.
const SITES: [(&str, &str); 5] = [
    ("SITE", "target/site"),
    ("FORMS_SITE", "target/sites/forms/public"),
    ("WORDS_SITE", "target/sites/words/public"),
    ("HUNDRED_SITE", "target/sites/hundred/public"),
    ("BIG_SITE", "target/sites/big/public"),
];

/// Builds the sites of all tests outside of cargo: the Syria timeline, a site with every form of date, one for words that
/// readers type, one with hostile words, and artificial sites of a hundred and of ten thousand events, whose entries are
/// written only once.
fn build_sites() -> Outcome {
    sh(&mut annals(&["build", "--strict", "--output", "target/site"]))?;
    for (root, output) in [
        ("tests/golden/forms/site", "target/sites/forms/public"),
        ("tests/browser/words", "target/sites/words/public"),
        ("tests/data/hostile", "target/sites/hostile/public"),
    ] {
        sh(&mut annals(&["build", "--root", root, "--output", &absolute(output)]))?;
    }
    for (name, entries) in [("hundred", 100), ("big", 10_000)] {
        let site = root().join("target/sites").join(name);
        if !site.join("site.toml").exists() {
            corpus::write(entries, &site).map_err(|error| format!("{}: {error}", site.display()))?;
        }
        sh(&mut annals(&["build", "--root", &site.to_string_lossy()]))?;
    }
    Ok(())
}

fn absolute(path: &str) -> String {
    root().join(path).to_string_lossy().into_owned()
}

fn annals(arguments: &[&str]) -> Command {
    let mut command = cargo(&["run", "--release", "--quiet", "--"]);
    command.args(arguments);
    command
}

/// Installs Chromium from Debian's packages if it is missing, unless the environment variable `CHROMIUM` names another.
pub fn chromium() -> Outcome {
    if std::env::var_os("CHROMIUM").is_some() {
        return Ok(());
    }
    install(&[("/usr/bin/chromium", &["chromium", "fonts-noto-core"])])
}

/// Installs Chromium, with and without windows, its driver, Firefox, and programs for the tests of paper and open data.
/// WebKitGTK (`webkit2gtk-driver`, `xvfb`) is not installed here, and tested if it is there.
fn browsers() -> Outcome {
    chromium()?;
    install(&[
        ("/usr/bin/chromium-headless-shell", &["chromium", "chromium-headless-shell"]),
        ("/usr/bin/chromedriver", &["chromium", "chromium-driver"]),
        ("/usr/bin/firefox-esr", &["firefox-esr"]),
        ("/usr/bin/pdftotext", &["poppler-utils"]),
        ("/usr/bin/ogrinfo", &["gdal-bin"]),
        ("/usr/share/doc/python3-venv", &["python3-venv"]),
    ])
}

fn geckodriver() -> Outcome {
    if root().join("target/tools/bin/geckodriver").exists() {
        return Ok(());
    }
    // A debug build compiles faster and drives just as fast.
    sh(&mut cargo(&["install", "geckodriver", "--version", "0.37.0", "--locked", "--debug", "--root", "target/tools"]))
}

/// Installs Debian packages. Each program is given as the path that shows whether it is there, and the packages that bring it.
fn install(programs: &[(&str, &[&str])]) -> Outcome {
    let missing: Vec<&str> = programs
        .iter()
        .filter(|(program, _)| !Path::new(program).exists())
        .flat_map(|(_, packages)| packages.iter().copied())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    sh(&mut apt(&["update", "-qq"]))?;
    sh(apt(&["install", "-y", "-qq", "--no-install-recommends"]).args(missing))
}

fn apt(arguments: &[&str]) -> Command {
    let superuser = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0"));
    let mut command = if superuser { Command::new("apt-get") } else { Command::new("sudo") };
    if !superuser {
        command.arg("apt-get");
    }
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}
