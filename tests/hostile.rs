//! Entries arrive as pull requests. Whatever they contain, nothing runs, breaks, or takes forever.

use crate::common::Site;

const ATTACK: &str = "\\\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;{ site.title }";

#[test]
fn no_field_lets_markup_into_a_page() {
    let toml = format!("\"{}\"", ATTACK.replace("\\\"", "\\\\\\\""));
    let event = format!(
        r#"+++
title = {toml}
date = 2017-11-20
kind = "k"
summary = {toml}
actors = ["a"]
places = ["p"]
processes = ["q"]
tags = [{toml}]
[[sources]]
id = "s"
title = {toml}
publisher = {toml}
url = "https://example.org/?a=1&b='%22%3E"
date = "XXXX"
[[accounts]]
by = "a"
says = {toml}
source = "s"
[[corrections]]
date = 2018-01-01
note = {toml}
+++
Text.[^s] `<script>alert(1)</script>` [x](https://example.org/?q='"><script>alert(1)</script>)
"#
    );
    let event = event.replace(" [x](https://example.org/?q='\"><script>alert(1)</script>)", "");
    let name = format!("+++\nname = {toml}\nsummary = {toml}\n");
    let site = Site::new()
        .file(
            "site.toml",
            format!(
                r#"title = {toml}
description = {toml}
base_url = "https://example.org/"
licence = {toml}
[kinds.k]
name = {toml}
summary = {toml}
"#
            ),
        )
        .file("content/events/e.md", &event)
        .file("content/events/f.md", event.replace("2017-11-20", "2017-11-21"))
        .file("content/actors/a.md", format!("{name}[[roles]]\ntitle = {toml}\n+++\n"))
        .file("content/places/p.md", format!("{name}+++\n"))
        .file("content/processes/q.md", format!("{name}+++\n"))
        .file(
            "content/pages/about.md",
            format!(
                r"+++
title = {toml}
nav = 1
+++
## \<b>`{{{{ x }}}}`
"
            ),
        );
    site.build();
    // Browsers show data as text, or save it.
    let is_data = |path: &str| path.starts_with("data/") || ["CITATION.cff", "calendar.ics"].contains(&path);
    for (path, bytes) in site.output().into_iter().filter(|(path, _)| !is_data(path) && !path.ends_with(".json")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("<script>alert"), "{path} holds a script");
        assert!(!text.contains("<img src=x"), "{path} holds an element of an entry's");
        if path.ends_with(".html") || path.ends_with(".xml") {
            assert!(!text.contains("\"'><"), "{path} lets a value end its attribute");
        }
    }
}

#[test]
fn no_address_runs_script() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//evil.example/x",
        "/etc/passwd",
        "../../../etc/passwd",
    ] {
        for text in [
            format!("[x](<{address}>)"),
            format!("<{address}>"),
            format!("![x](<{address}>)"),
            format!("[x]\n\n[x]: <{address}>"),
        ] {
            let site = Site::new().file(
                "content/pages/p.md",
                format!(
                    r#"+++
title = "P"
+++
{text}
"#
                ),
            );
            let run = site.run(&["build"]);
            if run.code == 0 {
                let page = site.page("p.html");
                let link = page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1)).any(|rest| {
                    let value = rest.split('"').next().unwrap_or_default();
                    value.contains("script")
                        || value.starts_with("data:")
                        || value.contains("evil")
                        || value.contains("passwd")
                });
                assert!(!link, "{text} became a link in {page}");
            } else {
                assert_eq!(run.code, 1, "{text}: {}", run.stderr);
            }
        }
    }
}

#[test]
fn raw_html_is_sanitised_or_allowed_only_where_the_site_says_so() {
    let text = r#"+++
title = "P"
+++
A <b onclick="x()">bold</b> word.<!-- gone -->

<script>alert(1)</script>

<div><em>kept</em></div>
"#;
    let site = |setting: &str| {
        let config = format!("title = \"T\"\n[markdown]\nraw_html = \"{setting}\"\n");
        Site::new().file("site.toml", config).file("content/pages/p.md", text)
    };
    assert_eq!(site("deny").codes(), ["raw-html", "raw-html", "raw-html"]);
    let sanitised = site("sanitise");
    sanitised.build();
    let page = sanitised.page("p.html");
    assert!(page.contains("<b>bold</b>") && page.contains("<em>kept</em>"), "{page}");
    assert!(!page.contains("alert") && !page.contains("onclick") && !page.contains("gone"), "{page}");
    let allowed = site("allow");
    allowed.build();
    let page = allowed.page("p.html");
    assert!(page.contains("onclick") && !page.contains("gone"), "{page}");
}

#[test]
fn large_and_deep_texts_are_read_or_refused_but_never_break_it() {
    let megabyte = 900_000;
    let bodies = [
        "[".repeat(megabyte),
        ">".repeat(megabyte),
        "*".repeat(megabyte),
        "<b>".repeat(megabyte / 3),
        "`".repeat(megabyte),
        "[^".repeat(megabyte / 2),
        "[^x]".repeat(megabyte / 4),
        "![](".repeat(megabyte / 4),
        "# a\n".repeat(megabyte / 4),
        "[a](b)".repeat(megabyte / 6),
        "<!--".repeat(megabyte / 4),
        "- ".repeat(2000),
        "> ".repeat(5000),
        (0..1200).map(|depth| format!("{}- x\n", " ".repeat(depth))).collect(),
        "| a ".repeat(megabyte / 4) + "\n" + &"|-".repeat(megabyte / 40),
        "\u{0}\u{1}\u{7f}\u{202e}".repeat(1000),
        "_a_ ".repeat(megabyte / 4),
        "&#0;&#x110000;&nosuch;".repeat(10_000),
    ];
    for body in bodies {
        let site = Site::new().file(
            "content/pages/p.md",
            format!(
                r#"+++
title = "P"
+++
{body}
"#
            ),
        );
        let run = site.run(&["build"]);
        let start: String = body.chars().take(20).collect();
        assert!(run.code == 0 || run.code == 1, "{start}: exit {} {}", run.code, run.stderr);
        assert!(run.stderr.len() < 2_000_000, "{start}: the report has {} bytes", run.stderr.len());
    }
}

#[test]
fn hostile_front_matter_is_refused_but_never_breaks_it() {
    let many = |line: &str| line.repeat(20_000);
    let matters = [
        format!("+++\na = {}\n+++\n", "[".repeat(100_000)),
        format!("+++\na = {}1{}\n+++\n", "[".repeat(60), "]".repeat(60)),
        format!("+++\n{}\n+++\n", "[a]\n".repeat(50_000)),
        format!("+++\n[{}]\n+++\n", vec!["a"; 5_000].join(".")),
        format!("---\na: {}\n---\n", "[".repeat(100_000)),
        format!("---\n{}\n---\n", "- ".repeat(50_000)),
        r"---
a: &x [1]
b: *x
---
"
        .to_owned(),
        "---\na: !!binary aGk=\n---\n".to_owned(),
        format!("---\n{}---\n", many("a: b\n")),
        format!("---\ntitle: {}\n---\n", "x".repeat(500_000)),
        "---\n\ttitle: x\n---\n".to_owned(),
        r"---
? [a]
: b
---
"
        .to_owned(),
        r"---
title: x
...
---
more: y
---
"
        .to_owned(),
        "+++\ntitle = \"\\u202E\"\n+++\n".to_owned(),
        r#"+++
title = 'a'
date = "2017-11-20/\u0000"
+++
"#
        .to_owned(),
        "+++\n= \n+++\n".to_owned(),
        "+++".to_owned(),
        "---\n---".to_owned(),
        "\u{feff}+++\r\ntitle = 'x'\r\n+++\r\n".to_owned(),
    ];
    for matter in matters {
        let site = Site::new().file("content/events/e.md", &matter);
        let run = site.run(&["check"]);
        let start: String = matter.chars().take(30).collect();
        assert_eq!(run.code, 1, "{start}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{start}: {}", run.stderr);
    }
}

/// Returns how long `annals check` of these documents takes, the shortest of three times. The report must be short, too.
fn time_of(documents: &[(String, String)]) -> std::time::Duration {
    let mut site = Site::new().file("site.toml", "title = \"T\"\n[limits]\nentry_bytes = 100000000\n");
    for (file, text) in documents {
        site = site.file(file, text);
    }
    let time = || {
        let start = std::time::Instant::now();
        let run = site.run(&["check"]);
        assert!(run.code == 0 || run.code == 1, "{}", run.stderr);
        let limit = 200_000 * documents.len();
        assert!(run.stderr.len() < limit, "the report has {} bytes", run.stderr.len());
        start.elapsed()
    };
    (0..3).map(|_| time()).min().unwrap_or_default()
}

/// Asserts that time grows linearly with size: eight times as much takes less than thirty times as long. Quadratic work took
/// sixty times as long. The bound is loose, and there are three tries, because the machine may be busy with something else.
#[track_caller]
fn assert_linear(what: &str, documents: &dyn Fn(usize) -> Vec<(String, String)>) {
    let (short, long) = (documents(2_000), documents(16_000));
    let mut tries = Vec::new();
    for _ in 0..3 {
        let times = (time_of(&short), time_of(&long));
        if times.1.as_secs_f64() < 30.0 * times.0.as_secs_f64() {
            return;
        }
        tries.push(times);
    }
    panic!("{what}: {tries:?}");
}

#[test]
fn long_lists_cost_as_much_as_they_are_long() {
    let entry = |matter: String| {
        format!(
            r#"+++
title = "A"
date = 2017-11-20
kind = "visit"
{matter}+++
Words.
"#
        )
    };
    let ids = |count: usize| (0..count).map(|number| format!("\"id-{number:06}\"")).collect::<Vec<_>>().join(", ");
    let lists: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("unknown events", &|count| entry(format!("follows = [{}]\n", ids(count)))),
        ("aliases", &|count| entry(format!("aliases = [{}]\n", ids(count)))),
        ("accounts", &|count| {
            entry(
                (0..count / 2)
                    .map(|number| {
                        format!(
                            r#"[[sources]]
id = "s{number}"
title = "x"
[[accounts]]
by = "a"
says = "x"
source = "s{number}"
"#
                        )
                    })
                    .collect(),
            )
        }),
        ("misplaced keys", &|count| {
            entry(
                (0..count / 2)
                    .map(|number| {
                        format!(
                            r#"[[sources]]
id = "s{number}"
title = "x"
kind = "x"
"#
                        )
                    })
                    .collect(),
            )
        }),
        ("broken lines", &|count| entry("a: b c\n".repeat(count))),
        ("unknown citations", &|count| {
            let sources: String =
                (0..count / 4).map(|number| format!("[[sources]]\nid = \"s{number}\"\ntitle = \"x\"\n")).collect();
            entry(sources) + &(0..count / 2).map(|number| format!("w[^t{number}] ")).collect::<String>()
        }),
    ];
    for (what, list) in lists {
        assert_linear(what, &|count| vec![("content/events/e.md".to_owned(), list(count))]);
    }
}

#[test]
fn many_wrong_links_in_many_documents_cost_as_much_as_there_are() {
    const LINKS: usize = 100;
    let pages = |count: usize, link: &dyn Fn(usize) -> String| -> Vec<(String, String)> {
        let page = |number: usize| {
            let links: String = (0..LINKS).map(|at| link(number * LINKS + at) + " ").collect();
            (format!("content/pages/page-{number:04}.md"), format!("+++\ntitle = \"P\"\n+++\n{links}\n"))
        };
        (0..count / LINKS).map(page).collect()
    };
    assert_linear("unknown links", &|count| pages(count, &|number| format!("[[unknown-{number:06}]]")));
    assert_linear("dead anchors", &|count| {
        let headings: String = (0..count / 8).map(|number| format!("## Part {number:06}\n\n")).collect();
        let target = ("content/pages/target.md".to_owned(), format!("+++\ntitle = \"T\"\n+++\n{headings}"));
        let mut pages = pages(count, &|number| format!("[x](@/pages/target.md#part-{number:06}x)"));
        pages.push(target);
        pages
    });
}
