//! No author's text reaches a terminal or a build log without being made harmless, in any form of the report, on either stream.

use crate::common::{Run, Site, annals, run};

/// Characters that control a terminal or are invisible, and beginnings of lines that build services obey.
const HOSTILE: &[&str] = &[
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{9b}2J",
    "\u{85}",
    "\u{7f}",
    "\u{8}\u{8}\u{8}",
    "a\rb",
    "\u{200b}\u{feff}\u{2060}",
    "\u{202e}desrever\u{2066}",
    "\u{200e}\u{200f}\u{61c}",
    "a\u{2028}b\u{2029}c",
    "\u{e0041}\u{e007f}",
    "\u{fff9}\u{ad}\u{180e}",
];

const COMMANDS: &[&str] = &["::add-mask::x", " ##[set-env name=A;]x", " ##vso[task.setvariable]x"];

/// All of them at once, because a run takes longer than checking its output.
fn vectors() -> [String; 2] {
    [HOSTILE.concat(), COMMANDS.concat()]
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Asserts that the output of a run is harmless. Only the report for GitHub may contain commands, and only annals' own.
#[track_caller]
fn assert_harmless(run: &Run, what: &str) {
    assert!((0..=3).contains(&run.code), "{what}: exit {}", run.code);
    for text in [&run.stdout, &run.stderr] {
        let hidden = text.chars().find(|c| is_hidden(*c));
        assert!(hidden.is_none(), "{what}: {hidden:?} was printed in {text:?}");
        for line in text.lines() {
            let own = line.starts_with("::error file=") || line.starts_with("::warning file=");
            assert!(own || !line.trim_start().starts_with("::"), "{what}: a command was printed: {line:?}");
            assert!(!line.contains("##[") && !line.contains("##vso["), "{what}: a command was printed: {line:?}");
        }
    }
}

#[track_caller]
fn try_everything(site: &Site, what: &str) {
    for format in ["human", "json", "github"] {
        let run = site.run(&["build", "--format", format]);
        assert_harmless(&run, &format!("{what}, --format {format}"));
        if format == "json" {
            let report: Result<serde_json::Value, _> = serde_json::from_str(&run.stdout);
            assert!(report.is_ok(), "{what}: {:?} is not JSON", run.stdout);
        }
    }
}

/// Entries with a hostile text wherever an author can write one.
fn entries_with(hostile: &str) -> [String; 7] {
    let escaped: String = hostile.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    [
        format!(
            r#"+++
title = "{hostile}"
date = "{hostile}"
kind = "{hostile}"
{hostile}
+++
{hostile}
"#
        ),
        format!(
            r#"+++
title = "{escaped}"
date = "{escaped}"
kind = "{escaped}"
actors = ["{escaped}"]
"{escaped}" = 1
confidence = "{escaped}"
aliases = ["/{escaped}"]
[[sources]]
id = "{escaped}"
title = "x"
url = "{escaped}"
language = "{escaped}"
+++
Words.
"#
        ),
        format!(
            r"---
title: {hostile}
{hostile}: {hostile}
kind: [{hostile}
---
[a]({hostile}) [^{hostile}] [b](@/events/{hostile}.md)
"
        ),
        format!(
            r#"---
title: "a
date: 2017
{hostile}
{hostile}"
kind: @{hostile}
---
Words.
"#
        ),
        format!("{hostile}\n+++\n+++\n"),
        format!(
            r#"+++
title = "x"
{hostile}+++
{hostile}
"#
        ),
        format!(
            r#"+++
title = "A"
date = 2017-11-20
kind = "visit"
+++
See [the
{hostile}
one](@/events/omega.md)
"#
        ),
    ]
}

#[test]
fn no_word_of_an_entry_is_printed_as_it_is() {
    for hostile in vectors() {
        for (number, entry) in entries_with(&hostile).iter().enumerate() {
            let site = Site::new().file("content/events/a.md", entry);
            try_everything(&site, &format!("entry {number} with {hostile:?}"));
        }
    }
}

#[test]
fn no_word_of_site_template_or_locale_is_printed_as_it_is() {
    for hostile in vectors() {
        let entry = r#"+++
title = "A"
+++
Words.
"#;
        let sites = [
            Site::new().file(
                "site.toml",
                format!(
                    r#"title = "{hostile}"
language = "{hostile}"
{hostile}
[kinds."{hostile}"]
name = 1
"#
                ),
            ),
            Site::new().file("templates/page.html", format!("{{{{ page.{hostile} }}}}\n{hostile}\n{{% {hostile} %}}")),
            Site::new().file(
                "templates/page.html",
                format!("{{{{ page[\"{hostile}\"] }}}}\n{{{{ throw(message=\"{hostile}\") }}}}"),
            ),
            Site::new().file("templates/page.html", format!("{{{{ text(key=\"{hostile}\") }}}}")),
            Site::new().file("locales/en.ftl", format!("{hostile}\nskip-link = {{ {hostile} }}\nbroken {hostile}\n")),
        ];
        for (number, site) in sites.into_iter().enumerate() {
            let site = site.file("content/pages/p.md", entry);
            try_everything(&site, &format!("site {number} with {hostile:?}"));
        }
    }
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_is_printed_as_it_is() {
    for hostile in vectors() {
        let name: String = format!("x\n{hostile}").replace('/', "-");
        let site = Site::new()
            .file(&format!("content/events/{name}.md"), "+++\ntitle = 1\n+++\n")
            .file(&format!("content/{name}.txt"), "x")
            .file(&format!("templates/{name}.html"), "{{ x")
            .file(&format!("locales/{name}.ftl"), "x");
        try_everything(&site, &format!("a file called {name:?}"));
    }
}

#[cfg(unix)]
#[test]
fn no_argument_is_printed_as_it_is() {
    for hostile in vectors() {
        let site = Site::new().event("a", "2017-11-20", "");
        let odd = format!("x\n{hostile}").replace('/', "-");
        for arguments in [
            vec!["build", "--output", odd.as_str()],
            vec!["build", "--base-url", odd.as_str()],
            vec!["check", "--format", odd.as_str()],
            vec![odd.as_str()],
            vec!["new", odd.as_str(), "--date", odd.as_str(), "--kind", "visit"],
            vec!["new", odd.as_str(), "--date", "2017", "--kind", odd.as_str()],
            vec!["new", odd.as_str(), "--date", "2017", "--kind", "visit"],
        ] {
            assert_harmless(&site.run(&arguments), &format!("{arguments:?}"));
        }
        let folder = site.path(&odd);
        assert_harmless(&run(annals().arg("check").arg("--root").arg(&folder)), &format!("a folder called {odd:?}"));
        assert_harmless(&run(annals().arg("init").arg(&folder)), &format!("a new folder called {odd:?}"));
        assert_harmless(&run(annals().arg("init").arg(&folder)), &format!("a folder called {odd:?} that is taken"));
        assert_harmless(&run(annals().arg("build").arg("--root").arg(&folder)), &format!("a site in {odd:?}"));
    }
}

#[test]
fn json_holds_the_names_of_files_as_they_are() {
    let site = Site::new().file("content/events/a\u{200b}\u{9b}b.md", "+++\n+++\n");
    let run = site.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    assert_eq!(report["diagnostics"][0]["file"], "content/events/a\u{200b}\u{9b}b.md");
    assert!(run.stdout.contains("a\\u200b\\u009bb.md"), "{}", run.stdout);
}

#[test]
fn a_hidden_character_is_shown_as_its_code_point_and_pointed_at() {
    let site = Site::new().event("a", "2017-11-20", "summary = \"a\u{200b}b\u{202e}c\"\n");
    let run = site.run(&["check"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    let line = lines.iter().position(|line| line.starts_with("5 |")).expect("the line is shown");
    assert_eq!(lines[line], "5 | summary = \"a\\u{200b}b\\u{202e}c\"");
    assert_eq!(lines[line + 1], "  |                      ^^^^^^^^");
}

#[test]
fn colours_are_annals_own() {
    let site = Site::new().event("a", "2017-11-20", "kind2 = \"\u{1b}[5mx\"\nconfidence = \"\u{1b}[5mx\"\n");
    let run = run(annals().env("CLICOLOR_FORCE", "1").arg("check").arg("--root").arg(site.root()));
    assert!(run.stderr.contains("\u{1b}[") && !run.stderr.contains("\u{1b}[5m"), "{:?}", run.stderr);
}
