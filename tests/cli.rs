//! The command line: commands, options, formats, exit statuses.

use crate::common::{Site, annals, run, steady};
use snapbox::assert_data_eq;
use snapbox::str;

#[test]
fn a_folder_without_a_site_is_a_wrong_command_line() {
    let site = Site::empty();
    for command in ["build", "check"] {
        let run = site.run(&[command]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("no site.toml") && run.stderr.contains("annals init DIR"), "{}", run.stderr);
    }
}

#[test]
fn an_unknown_option_is_exit_2() {
    assert_eq!(run(annals().args(["build", "--nonsense"])).code, 2);
    assert_eq!(run(annals().arg("nonsense")).code, 2);
}

#[test]
fn root_may_come_before_or_after_the_command() {
    let site = Site::new().event("a", "2017-11-20", "");
    let root = site.root();
    assert_eq!(run(annals().arg("--root").arg(root).arg("check")).code, 0);
    assert_eq!(run(annals().arg("check").arg("--root").arg(root)).code, 0);
}

#[test]
fn build_says_what_it_did() {
    let site = Site::new().event("a", "2017-11-20", "");
    let run = site.run(&["build"]);
    assert_data_eq!(
        steady(&run.stdout),
        str![[r#"
1 event, [..] files ([..] written) in [TIME]: public/index.html

"#]]
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn strict_lets_warnings_count() {
    let site = Site::new().event("a", "2017-11-20", "").file("content/notes.txt", "x");
    assert_eq!(site.run(&["build"]).code, 0);
    assert_eq!(site.run(&["check"]).code, 0);
    assert_eq!(site.run(&["check", "--strict"]).code, 1);
    let fresh = Site::new().file("content/notes.txt", "x");
    assert_eq!(fresh.run(&["build", "--strict"]).code, 1);
    assert!(!fresh.path("public").exists());
}

/// Twelve warnings, and an error in the file that comes first.
fn mostly_warnings() -> Site {
    (0..12).fold(Site::new().event("a", "2017-11-20", "actors = [\"nobody\"]\n"), |site, number| {
        site.file(&format!("content/notes-{number:02}.txt"), "x")
    })
}

#[test]
fn errors_come_after_the_warnings_and_the_summary_after_both() {
    let site = mostly_warnings();
    let run = site.run(&["check"]);
    let error = run.stderr.find("error[unknown-actor]").expect("the error is shown");
    assert!(run.stderr.rfind("warning[stray-file]: ").is_some_and(|warning| warning < error), "{}", run.stderr);
    let summary = r"
12 warning[stray-file]
 1 error[unknown-actor]

1 error and 12 warnings
";
    assert!(run.stderr.ends_with(summary), "{}", run.stderr);
    let few = Site::new().event("a", "2017-11-20", "actors = [\"nobody\"]\n").run(&["check"]);
    assert!(!few.stderr.contains("1 error[") && few.stderr.ends_with("1 error\n"), "{}", few.stderr);
}

#[test]
fn errors_only_counts_the_warnings_it_does_not_show() {
    let site = mostly_warnings();
    for command in ["check", "build"] {
        let run = site.run(&[command, "--errors-only"]);
        assert_eq!(run.code, 1);
        assert!(
            run.stderr.starts_with("error[unknown-actor]") && !run.stderr.contains("warning[stray-file]: "),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("1 error and 12 warnings\n"), "{}", run.stderr);
    }
    let json = site.run(&["check", "--errors-only", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("the report is JSON");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["warnings"], 12);
    // With --strict, the site is refused because of them.
    let strict = site.run(&["check", "--errors-only", "--strict"]);
    assert!(strict.stderr.contains("warning[stray-file]: "), "{}", strict.stderr);
}

#[test]
fn one_of_a_kind_is_singular() {
    let one = Site::new().event("a", "2017-11-20", "").run(&["check"]);
    assert_eq!(one.stdout, "1 event: no errors\n");
    assert_eq!(Site::new().run(&["check"]).stdout, "0 events: no errors\n");
    let warning = Site::new().file("content/notes.txt", "x").run(&["check"]);
    assert!(warning.stderr.ends_with("\n1 warning\n"), "{}", warning.stderr);
}

#[test]
fn check_writes_nothing() {
    let site = Site::new().event("a", "2017-11-20", "");
    assert_eq!(site.run(&["check"]).code, 0);
    assert!(!site.path("public").exists());
}

#[test]
fn the_json_report_has_the_documented_shape() {
    let site = Site::new().event("a", "2017-11-20", "actors = [\"b\"]\n");
    let run = site.run(&["check", "--format", "json"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr, "");
    assert_data_eq!(
        run.stdout,
        str![[r#"
{"diagnostics":[{"severity":"error","code":"unknown-actor","file":"content/events/a.md","line":5,"column":11,"end_line":5,"end_column":14,"message":"no actor has the id `b`","help":"define the actor in content/actors/b.md"}],"errors":1,"warnings":0,"notes":0}

"#]]
    );
}

#[test]
fn the_github_report_is_one_annotation_a_line() {
    let site = Site::new().event("a,b:c", "2017-11-20", "").event("d", "2017-11-20", "colour = \"100%\"\n");
    let run = site.run(&["check", "--format", "github"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.stdout,
        str![[r#"
::error file=content/events/a%2Cb%3Ac.md,line=1,col=1,endLine=1,endColumn=1,title=invalid-id::`a,b:c` cannot be the id of an event: an id has letters, digits, `-` and `_`, not `,`%0Ahelp: rename the file, for example to `a-b-c.md`: its name is the id and part of the URL
::error file=content/events/d.md,line=5,col=1,endLine=5,endColumn=7,title=unknown-key::`colour` is not a key of an event%0Ahelp: the keys of an event are title, short_title, date, kind, actors, places, processes, tags, confidence, importance, follows, draft, embargo, retracted, wikidata, vote, sources, accounts, corrections, summary, media, aliases, extra, private

"#]]
    );
}

#[test]
fn init_makes_a_site_that_builds_without_a_warning() {
    let folder = Site::empty();
    let new = folder.path("x");
    let made = run(annals().arg("init").arg(&new));
    assert_eq!(made.code, 0, "{}", made.stderr);
    let built = run(annals().args(["build", "--strict", "--root"]).arg(&new));
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(new.join("public/events/1945-06-26-charter-signed.html").exists());
    let again = run(annals().arg("init").arg(&new));
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("not empty"), "{}", again.stderr);
}

#[test]
fn new_makes_a_draft_that_the_author_can_fill_in() {
    let site = Site::new();
    let run = site.run(&["new", "Putin \"receives\" Assad", "--date", "2017-11-20", "--kind", "meeting"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "content/events/2017-11-20-putin-receives-assad.md\n");
    let text = std::fs::read_to_string(site.path(run.stdout.trim())).expect("the entry is there");
    assert!(
        text.contains("title = \"Putin \\\"receives\\\" Assad\"\ndate = 2017-11-20\nkind = \"meeting\"\n"),
        "{text}"
    );
    assert!(text.contains("draft = true"), "{text}");
    let again = site.run(&["new", "Putin receives Assad", "--date", "2017-11-20", "--kind", "meeting"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("already exists"), "{}", again.stderr);
}

#[test]
fn new_puts_the_date_into_the_id_as_far_as_it_is_known() {
    let forms = [
        ("-0044-03-15", "minus-0044-03-15", "\"-0044-03-15\""),
        ("2017-11~", "2017-11", "\"2017-11~\""),
        ("201X", "201x", "\"201X\""),
        ("2017-XX-20", "2017", "\"2017-XX-20\""),
        ("2017-21", "2017", "\"2017-21\""),
        ("2017-11-20/2017-11-22", "2017-11-20", "\"2017-11-20/2017-11-22\""),
        ("../2011-03", "2011-03", "\"../2011-03\""),
        ("[2013-08-20,2013-08-21]", "2013-08-20", "\"[2013-08-20,2013-08-21]\""),
        ("Y170000002", "170000002", "\"Y170000002\""),
        ("2017-11-20 09:30 +0200", "2017-11-20", "2017-11-20T09:30:00+02:00"),
    ];
    for (date, id, value) in forms {
        let site = Site::new();
        let run = site.run(&["new", "Ides of March", "--date", date, "--kind", "visit"]);
        assert_eq!(run.code, 0, "{date}: {}", run.stderr);
        assert_eq!(run.stdout, format!("content/events/{id}-ides-of-march.md\n"), "{date}");
        let text = std::fs::read_to_string(site.path(run.stdout.trim())).expect("the entry is there");
        assert!(text.contains(&format!("\ndate = {value}\n")), "{date}: {text}");
        assert_eq!(site.run(&["check", "--drafts"]).code, 0, "{date}");
    }
    assert_eq!(Site::new().run(&["new", "X", "--date=-0044", "--kind", "visit"]).code, 0);
}

#[test]
fn new_says_how_to_write_the_date() {
    let site = Site::new();
    let help = |date: &str| site.run(&["new", "X", "--date", date, "--kind", "visit"]).stderr;
    assert!(help("March 5, 2011").contains("write 2011-03-05"), "{}", help("March 5, 2011"));
    assert!(help("01/02/2010").contains("2010-02-01 if the day comes first"), "{}", help("01/02/2010"));
    assert!(help("2019-02-29").contains("February 2019 has 28 days"), "{}", help("2019-02-29"));
    for date in ["XXXX-12-25", "uuuu-12-25", "[XXXX..2011]", "-1XXX"] {
        assert!(help(date).contains("an event needs a year"), "{}", help(date));
    }
}

#[test]
fn new_refuses_what_a_check_would_refuse() {
    let site = Site::new();
    let date = site.run(&["new", "X", "--date", "2017-02-30", "--kind", "meeting"]);
    assert_eq!(date.code, 2);
    let kind = site.run(&["new", "X", "--date", "2017", "--kind", "meating"]);
    assert_eq!(kind.code, 2);
    assert!(kind.stderr.contains("did you mean `meeting`?"), "{}", kind.stderr);
    let range = site.run(&["new", "X", "--date", "2017-11~/..", "--kind", "meeting"]);
    assert_eq!(range.code, 0, "{}", range.stderr);
    assert!(!site.path("content/events/x.md").exists() || range.stdout.contains("x.md"));
}

#[test]
fn the_schema_is_made_from_the_types_that_are_read() {
    let run = run(annals().arg("schema"));
    let schema: serde_json::Value = serde_json::from_str(&run.stdout).expect("the schema is JSON");
    let event = &schema["$defs"]["event"];
    assert_eq!(event["required"], serde_json::json!(["title", "date", "kind"]));
    assert_eq!(event["additionalProperties"], false);
    let levels = &event["properties"]["confidence"]["enum"];
    assert_eq!(*levels, serde_json::json!(["confirmed", "probable", "disputed", "unverified"]));
    assert_eq!(event["properties"]["sources"]["items"]["required"], serde_json::json!(["id", "title"]));
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run(annals().args(["completions", shell]));
        assert!(run.stdout.contains("build") && run.stdout.contains("serve"), "{shell}");
    }
}

#[test]
fn timings_name_every_stage() {
    let site = Site::new().event("a", "2017-11-20", "");
    let run = site.run(&["build", "--timings"]);
    for stage in ["load", "resolve", "templates", "values", "plan", "report", "render and write", "publish", "total"] {
        assert!(run.stderr.lines().any(|line| line.ends_with(stage)), "no {stage} in {}", run.stderr);
    }
}

#[test]
fn a_wrong_base_url_is_refused() {
    let site = Site::new().event("a", "2017-11-20", "");
    assert_eq!(site.run(&["build", "--base-url", "example.org"]).code, 2);
    assert_eq!(site.run(&["build", "--base-url", "https://example.org/a/sub"]).code, 0);
    let page = site.page("events/a.html");
    assert!(page.contains(r#"<link rel="canonical" href="https://example.org/a/sub/events/a.html">"#), "{page}");
}

#[test]
fn new_writes_nothing_that_a_check_would_report() {
    let titles = [
        ("A \u{202e}b", "U+202E"),
        ("A \u{1b}[31m b", "U+001B"),
        ("A \u{7f} b", "U+007F"),
        ("A \u{fdd0} b", "U+FDD0"),
        ("A {{x}} b", "template code"),
        ("A {% x %} b", "template code"),
        ("A <!-- b --> c", "comment"),
        ("A %% b %% c", "comment"),
        ("A {# b #} c", "comment"),
    ];
    for (title, reason) in titles {
        let site = Site::new();
        let run = site.run(&["new", title, "--date", "2017", "--kind", "visit"]);
        assert_eq!(run.code, 2, "{title:?}: {}", run.stderr);
        assert!(run.stderr.contains(reason), "{title:?}: {}", run.stderr);
        assert!(!site.path("content").exists(), "{title:?}");
    }
    for title in [
        "A \"b\" \\ 'c'",
        "Ж — «б»",
        "مي\u{200c}خواهم",
        "A\u{a0}b",
        "A & <b>",
        "50 % of {a}",
        "A\u{200b}b",
        "*A* [b](c) [^d]",
    ] {
        let site = Site::new();
        let run = site.run(&["new", title, "--date", "2017-11-20", "--kind", "visit"]);
        let check = site.run(&["check", "--drafts", "--strict"]);
        assert!(run.code == 2 || check.code == 0, "{title:?}: {}{}", run.stderr, check.stderr);
    }
}

#[test]
fn new_takes_no_id_and_no_address_of_another() {
    let refused = |site: Site| {
        let run = site.run(&["new", "Visit", "--date", "2017-11-20", "--kind", "visit"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(!site.path("content/events/2017-11-20-visit.md").exists());
        run.stderr
    };
    let other =
        |path: &str| Site::new().file(path, "+++\ntitle = \"A\"\ndate = 2017-11-20\nkind = \"visit\"\n+++\nText.\n");
    assert!(
        refused(other("content/events/2017/2017-11-20-visit.md")).contains("content/events/2017/2017-11-20-visit.md")
    );
    assert!(refused(other("content/events/2017-11-20-Visit.md")).contains("is taken by"));
    let alias = Site::new().event("a", "2017-11-20", "aliases = [\"2017-11-20-visit\"]\n");
    assert!(refused(alias).contains("is an alias of content/events/a.md"));
    assert!(refused(Site::new().file("static/events/2017-11-20-visit.html", "x")).contains("static/events/"));
}
