//! Every mistake that an author can make has an exact report.
//!
//! Each file of `tests/broken/` holds a site and its report; `tests/README.md` has the format.
//! `ANNALS_BLESS=1 cargo test --test suite broken::` rewrites the reports and the examples in `docs/diagnostics.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::common::blessing;
use crate::common::case::Case;
use annals::steps::Code;
use rayon::prelude::*;

/// The cases with the reports that they must get: blessing happens here, before any test reads them.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let bless = |case: Case| {
        if !blessing() || !is_chosen(&case) {
            return case;
        }
        let blessed = case.with_report(&case.run());
        blessed.save();
        blessed
    };
    Case::all().into_par_iter().map(bless).collect()
});

/// Whether a case is among those that `ANNALS_CASE` asks for: without it, all are.
fn is_chosen(case: &Case) -> bool {
    case.name.contains(&std::env::var("ANNALS_CASE").unwrap_or_default())
}

/// The report of the case that is named after a code, which is the code's example in the documentation.
fn example(code: &str) -> Option<&'static str> {
    CASES.iter().find(|case| case.name == code).map(Case::report)
}

#[test]
fn each_broken_site_gives_its_exact_report() {
    let chosen: Vec<&Case> = CASES.iter().filter(|case| is_chosen(case)).collect();
    let differences: Vec<String> = chosen.par_iter().filter_map(|case| difference(case, &case.run())).collect();
    assert!(
        differences.is_empty(),
        "{} of {} reports differ (`-` in the case, `+` now):\n{}",
        differences.len(),
        chosen.len(),
        differences.concat()
    );
}

/// Returns the difference between the report in a case and the present one; `None` if they are equal.
fn difference(case: &Case, present: &str) -> Option<String> {
    if case.report() == present {
        return None;
    }
    let data = |text: &str| snapbox::Data::text(text.to_owned());
    let mut out = String::new();
    snapbox::report::write_diff(
        &mut out,
        &data(case.report()),
        &data(present),
        Some(&format!("tests/broken/{}.md", case.name)),
        Some(&"annals build"),
        snapbox::report::Palette::plain(),
    )
    .expect("a string takes everything");
    Some(out)
}

#[test]
fn nothing_in_a_case_is_invisible_to_a_reviewer() {
    for case in CASES.iter() {
        let unseen = case.unseen();
        assert!(unseen.is_empty(), "tests/broken/{}.md: write it with escapes:\n{}", case.name, unseen.join("\n"));
    }
}

#[test]
fn a_case_that_cannot_be_read_is_refused_with_the_reason() {
    let refused = |text: &str| Case::parse("test", text).err().unwrap_or_default();
    let case = |block: &str| {
        refused(&format!(
            r"# A title

A sentence.

{block}"
        ))
    };
    assert_eq!(refused("Text.\n"), "the first line must be a heading: # …");
    assert_eq!(
        refused(
            r"# A title

```report
```
"
        ),
        "say what is wrong and why the report is right, before the first block"
    );
    assert_eq!(case("```toml site.toml\n"), "the block ```toml site.toml has no end");
    assert!(case("```toml\n```\n").ends_with("which file? Write its path after the language"));
    assert!(case("```markdown two words.md\n```\n").ends_with("a path with spaces needs quotes"));
    assert!(
        case(
            r"```toml site.toml
```
```toml site.toml
```
"
        )
        .ends_with("the case already has this file")
    );
    assert!(
        case(
            r"```report
```
```report
```
"
        )
        .ends_with("the case already has a report")
    );
    assert!(case("```absent site.toml\nText.\n```\n").ends_with("a file that is absent has no text"));
    assert!(case("```toml site.toml escaped\na\\qb\n```\n").ends_with("`\\qb` is no escape"));
}

#[test]
fn blessing_rewrites_the_report_and_nothing_else() {
    let text = r"# A title

A sentence.

```toml site.toml
title = 1
```

```report
exit 0
```

More words.
";
    let case = Case::parse("test", text).expect("the case can be read");
    assert_eq!(case.with_report("exit 1\na\n").text(), text.replace("exit 0", "exit 1\na"));
    let unseen = "exit 1\n```\ne\u{301} \u{a0}\u{202e}\\ \n";
    let blessed = case.with_report(unseen);
    assert!(blessed.text().contains(
        r"````report escaped
exit 1
```
e\u{301} \u{a0}\u{202e}\\\x20
````
"
    ));
    assert_eq!(blessed.report(), unseen);
    assert_eq!(case.with_report("open").report(), "open");
}

#[test]
fn every_code_has_a_broken_site_that_shows_it() {
    let mut shown = BTreeSet::new();
    for case in CASES.iter() {
        let codes = Code::ALL.iter().map(|code| code.name());
        shown.extend(codes.filter(|name| case.report().contains(&format!("[{name}]"))));
    }
    // A repository cannot contain a name that some systems cannot store: `tests/files.rs` shows it.
    shown.insert("unportable-name");
    let missing: Vec<_> = Code::ALL.iter().map(|code| code.name()).filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn the_documentation_lists_every_code_with_its_report() {
    let file = documentation();
    let mut text = fs::read_to_string(&file).expect("the documentation is there");
    if blessing() {
        text = with_examples(&text);
        fs::write(&file, &text).expect("the documentation can be written");
    }
    for code in Code::ALL {
        let name = code.name();
        assert!(text.contains(&format!("\n## {name}\n")), "docs/diagnostics.md has no section {name}");
        if name == "unportable-name" {
            continue; // see above
        }
        let report = example(name).unwrap_or_else(|| panic!("there is no case named after {name}"));
        let first = report.lines().find(|line| line.contains(&format!("[{name}]"))).expect("the case shows its code");
        assert!(text.contains(first), "docs/diagnostics.md does not show the report of {name}: {first}");
    }
}

fn documentation() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md")
}

/// The documentation with each section's example replaced by the present report.
fn with_examples(text: &str) -> String {
    let mut out = String::new();
    for section in text.split_inclusive("\n## ") {
        let name = section.lines().next().unwrap_or_default();
        let (_, report) = example(name).and_then(|report| report.split_once('\n')).unwrap_or_default();
        let is_problem = |block: &&str| ["error[", "warning[", "note["].iter().any(|level| block.starts_with(level));
        let problems: Vec<&str> = report.split("\n\n").filter(is_problem).collect();
        match (section.find("```text\n"), problems.is_empty()) {
            (Some(start), false) => {
                let end = start + 8 + section[start + 8..].find("```").expect("the block has an end");
                out.push_str(&format!("{}```text\n{}\n{}", &section[..start], problems.join("\n\n"), &section[end..]));
            }
            _ => out.push_str(section),
        }
    }
    out
}
