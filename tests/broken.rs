//! Every mistake that an author can make has an exact report.
//!
//! Each folder of `tests/broken/` holds a site and `report.txt`: the exit status and what a build prints on standard error.
//! `ANNALS_BLESS=1 cargo test --test broken` rewrites the reports; read the difference before you commit it.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use annals::diagnostic::Code;
use common::{Site, blessing};

fn cases() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .expect("tests/broken is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

#[test]
fn each_broken_site_gives_its_exact_report() {
    let mut wrong = Vec::new();
    for case in cases() {
        let site = Site::copy_of(&case.join("site"));
        let run = site.run(&["build", "--output", "public"]);
        let report = format!("exit {}\n{}", run.code, run.stderr);
        let file = case.join("report.txt");
        if blessing() {
            fs::write(&file, &report).expect("the report can be written");
        } else if fs::read_to_string(&file).unwrap_or_default() != report {
            wrong.push(format!("{}:\n{report}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{} reports differ:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_code_has_a_broken_site_that_shows_it() {
    let mut shown = BTreeSet::new();
    for case in cases() {
        let report = fs::read_to_string(case.join("report.txt")).expect("each case has a report");
        shown.extend(Code::ALL.iter().map(|code| code.name()).filter(|name| report.contains(&format!("[{name}]"))));
    }
    // A repository cannot contain a name that some systems cannot store: `tests/files.rs` shows it.
    shown.insert("unportable-name");
    let missing: Vec<_> = Code::ALL.iter().map(|code| code.name()).filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn the_documentation_lists_every_code_with_its_report() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = folder.join("docs/diagnostics.md");
    let mut text = fs::read_to_string(&file).expect("the documentation is there");
    if blessing() {
        text = with_reports(&text, folder);
        fs::write(&file, &text).expect("the documentation can be written");
    }
    for code in Code::ALL {
        let name = code.name();
        assert!(text.contains(&format!("\n## {name}\n")), "docs/diagnostics.md has no section {name}");
        if name == "unportable-name" {
            continue; // see above
        }
        let report = fs::read_to_string(folder.join(format!("tests/broken/{name}/report.txt")))
            .unwrap_or_else(|_| panic!("there is no case named after {name}"));
        let first = report.lines().find(|line| line.contains(&format!("[{name}]"))).expect("the case shows its code");
        assert!(text.contains(first), "docs/diagnostics.md does not show the report of {name}: {first}");
    }
}

/// The documentation with each section's example replaced by the current report.
fn with_reports(text: &str, folder: &Path) -> String {
    let mut out = String::new();
    for section in text.split_inclusive("\n## ") {
        let name = section.lines().next().unwrap_or_default();
        let report = fs::read_to_string(folder.join(format!("tests/broken/{name}/report.txt"))).unwrap_or_default();
        let blocks: Vec<&str> = report
            .split("\n\n")
            .map(|block| {
                block
                    .trim_start_matches(|c: char| c != 'e' && c != 'w')
                    .trim_start_matches("exit 0\n")
                    .trim_start_matches("exit 1\n")
            })
            .filter(|block| block.starts_with("error[") || block.starts_with("warning["))
            .collect();
        match (section.find("```text\n"), blocks.is_empty()) {
            (Some(start), false) => {
                let end = start + 8 + section[start + 8..].find("```").expect("the block has an end");
                out.push_str(&format!("{}```text\n{}\n{}", &section[..start], blocks.join("\n\n"), &section[end..]));
            }
            _ => out.push_str(section),
        }
    }
    out
}
