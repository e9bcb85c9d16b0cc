//! The built-in scripts: every file of `scripts/` reaches the site, and keeps to the form that the build relies on.

use std::path::Path;

use crate::common::{Site, files};

/// The files of `scripts/` with their texts.
fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let texts = files(&folder).into_iter();
    texts.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("it is text"))).collect()
}

/// The script of a site.
const SCRIPT: &str = "assets/annals.js";
/// The script of its page for frames.
const EMBED_SCRIPT: &str = "assets/embed.js";

#[test]
fn a_site_gets_all_scripts_without_their_comments() {
    let site = Site::new();
    site.build();
    let of_pages = sources().into_iter().filter(|(name, _)| name != "embed.js").map(|file| (SCRIPT, file));
    let of_frames = sources().into_iter().filter(|(name, _)| ["days.js", "embed.js"].contains(&&**name));
    for (path, (name, source)) in of_pages.chain(of_frames.map(|file| (EMBED_SCRIPT, file))) {
        let script = site.page(path);
        let code = source.lines().map(str::trim).filter(|line| !line.is_empty());
        let code: Vec<&str> = code.filter(|line| !line.starts_with(['/', '*'])).collect();
        assert!(code.len() > 5, "scripts/{name} has hardly any code");
        let mut written = script.lines();
        for line in code {
            // Comments of several lines have lines that look like code.
            let is_prose = line.ends_with("*/");
            let is_this =
                |other: &str| line.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(" // "));
            assert!(is_prose || written.any(is_this), "{path} lacks {line}");
        }
        for line in script.lines() {
            assert!(!line.starts_with("//") && !line.starts_with("/*"), "{path}: {line}");
            assert!(!line.is_empty() && line == line.trim(), "{path}: {line}");
        }
    }
}

#[test]
fn the_scripts_of_a_site_are_copied_unchanged() {
    let own = "// My own map.\n\n  show(`\n  // no comment\n`);\n";
    let site = Site::new().file(&format!("static/{SCRIPT}"), own).file("static/assets/mine.js", own);
    site.build();
    assert_eq!(site.page(SCRIPT), own, "in place of the built-in script");
    assert_eq!(site.page("assets/mine.js"), own);
}

#[test]
fn a_script_begins_with_what_it_does_and_is_short() {
    for (name, source) in sources() {
        assert!(source.starts_with("// "), "scripts/{name} does not say what it does");
        assert!(source.lines().count() <= 450, "scripts/{name} is too long");
        for (number, line) in source.lines().enumerate() {
            assert!(line.chars().count() <= 120, "scripts/{name}:{}: {line}", number + 1);
        }
    }
}
