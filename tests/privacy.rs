//! What must not be published is in no file, in no form.

use crate::common::Site;

const CANARY: &str = "canary-7f3a";

#[track_caller]
fn assert_absent(site: &Site) {
    for (path, bytes) in site.output() {
        let found = path.contains(CANARY) || String::from_utf8_lossy(&bytes).to_lowercase().contains(CANARY);
        assert!(!found, "{path} tells what it must not");
    }
}

fn sourced(line: &str) -> String {
    format!(
        r#"+++
title = "{CANARY}"
date = 2017-11-20
kind = "meeting"
summary = "{CANARY}"
actors = ["a"]
aliases = ["old-{CANARY}"]
{line}
[[sources]]
id = "s"
title = "{CANARY}"
publisher = "{CANARY}"
date = 2017
+++
{CANARY}[^s] [file]({CANARY}.pdf)
"#
    )
    .replace("date = 2017\n", "date = \"2017\"\n")
}

fn site_with(line: &str) -> Site {
    Site::new()
        .file(
            "site.toml",
            r#"title = "T"
base_url = "https://example.org/"
[publish]
confidence = ["confirmed"]
"#,
        )
        .file("content/actors/a.md", "+++\nname = \"A\"\n+++\n")
        .file(&format!("content/events/{CANARY}.md"), sourced(line))
        .file(&format!("content/events/{CANARY}.pdf"), "%PDF")
        .event("b", "2017-11-21", "actors = [\"a\"]\n")
}

#[test]
fn a_draft_is_in_no_file() {
    let site = site_with("draft = true");
    site.build();
    assert_absent(&site);
    assert_eq!(site.run(&["build", "--drafts"]).code, 0);
    assert!(site.page(&format!("events/{CANARY}.html")).contains("Draft"));
}

#[test]
fn an_embargoed_entry_is_in_no_file_until_its_day() {
    let site = site_with("embargo = 2999-01-01");
    site.build();
    assert_absent(&site);
    assert_eq!(site.run(&["build", "--future"]).code, 0);
    assert!(site.path(&format!("public/events/{CANARY}.html")).exists());
    let past = site_with("embargo = 2018-01-01");
    past.build();
    assert!(past.path(&format!("public/events/{CANARY}.html")).exists());
}

#[test]
fn the_embargo_ends_with_the_day_in_utc() {
    let site = site_with("embargo = 2018-01-02");
    for (moment, shown) in [("1514851199", false), ("1514851200", true)] {
        let mut command = crate::common::annals();
        command.env("SOURCE_DATE_EPOCH", moment).env("TZ", "Asia/Tokyo").arg("build").arg("--root").arg(site.root());
        assert_eq!(crate::common::run(&mut command).code, 0);
        assert_eq!(site.path(&format!("public/events/{CANARY}.html")).exists(), shown, "{moment}");
    }
}

#[test]
fn an_entry_below_the_gate_is_in_no_file() {
    let site = site_with("confidence = \"unverified\"");
    site.build();
    assert_absent(&site);
}

#[test]
fn private_notes_are_in_no_file() {
    let private = format!("[private]\nnote = \"{CANARY}\"\nlist = [{{ a = \"{CANARY}\" }}]\n");
    let site = Site::new()
        .file("site.toml", format!("title = \"T\"\nbase_url = \"https://example.org/\"\n{private}"))
        .file("content/actors/a.md", format!("+++\nname = \"A\"\n{private}+++\n"))
        .file("content/places/p.md", format!("+++\nname = \"P\"\n{private}+++\n"))
        .file("content/processes/p.md", format!("+++\nname = \"P\"\n{private}+++\n"))
        .file("content/pages/p.md", format!("+++\ntitle = \"P\"\n{private}+++\n"))
        .event("e", "2017-11-20", &format!("actors = [\"a\"]\nplaces = [\"p\"]\n{private}"))
        .file(
            "content/events/y.md",
            format!(
                r"---
title: Y
date: 2017
kind: meeting
private:
  note: {CANARY}
---
Text. <!-- {CANARY} -->

<!--
{CANARY}
-->
"
            ),
        );
    site.build();
    assert_absent(&site);
}

#[test]
fn places_are_shown_no_more_exactly_than_they_may_be() {
    let place = |precision: &str| {
        format!(
            r#"+++
name = "P"
lat = 43.585528
lon = 39.723136
precision = "{precision}"
+++
"#
        )
    };
    for (precision, shown) in [("exact", "43.585528, 39.723136"), ("city", "43.59, 39.72"), ("region", "43.6, 39.7")] {
        let site =
            Site::new().file("content/places/p.md", place(precision)).event("e", "2017-11-20", "places = [\"p\"]\n");
        site.build();
        assert!(site.page("places/p.html").contains(shown), "{precision}");
    }
    let site = Site::new().file("content/places/p.md", place("country")).event("e", "2017-11-20", "places = [\"p\"]\n");
    site.build();
    assert!(!site.page("places/p.html").contains("43."));
}
