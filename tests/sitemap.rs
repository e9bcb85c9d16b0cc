//! The sitemap names every page that search engines may list, once, and no other.

use std::collections::BTreeSet;

use crate::common::Site;

fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

fn pages(site: &Site) -> Vec<(String, String)> {
    let html = site.output().into_iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("pages are UTF-8"))).collect()
}

/// A site with a year divided into months, sources divided into pages, and printable versions by year.
fn large_site(base_url: &str) -> Site {
    let mut site = Site::new().file(
        "site.toml",
        format!("title = \"T\"\nbase_url = \"{base_url}\"\ncontact = \"mailto:desk@example.org\"\n"),
    );
    for number in 0..1002 {
        let source = |id: &str, publisher: &str| {
            format!(
                r#"[[sources]]
id = "{id}"
title = "S{number}{id}"
publisher = "{publisher}"
date = "2017"
"#
            )
        };
        let sources = [source("a", "A"), source("b", "B"), source("c", "ب")].concat();
        site = site.event(&format!("e{number}"), &format!("2017-{:02}-01", number % 3 + 1), &sources);
    }
    site.event("قمة", "2016-01-01", "aliases = [\"old\"]\n")
        .event("gone", "2016-01-01", "retracted = \"Wrong.\"\n")
        .file("content/actors/a.md", "+++\nname = \"A\"\n+++\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n")
}

#[test]
fn the_sitemap_has_exactly_the_pages_that_may_be_listed() {
    let site = large_site("https://bücher.example/über/");
    site.build();
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.is_ascii(), "addresses are ASCII");
    let mut listed: Vec<String> = between(&sitemap, "<loc>", "</loc>").into_iter().map(str::to_owned).collect();
    let base = "https://xn--bcher-kva.example/%C3%BCber/";
    let address = |path: &str| {
        let encoded = percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS).to_string();
        format!("{base}{}", encoded.strip_suffix("index.html").unwrap_or(&encoded))
    };
    let indexed = pages(&site).into_iter().filter(|(_, html)| !html.contains("content=\"noindex\""));
    let mut written: Vec<String> = indexed.map(|(path, _)| address(&path)).collect();
    listed.sort();
    written.sort();
    assert_eq!(listed, written);
    for path in ["timeline/2017-02.html", "sources/a_p2.html", "events/قمة.html", "index.html"] {
        assert!(listed.contains(&address(path)), "{path} is not in the sitemap");
    }
    for path in ["print.html", "print/2017.html", "events/gone.html", "old.html", "events/old.html", "404.html"] {
        assert!(!listed.contains(&address(path)), "{path} is in the sitemap");
    }
}

#[test]
fn every_page_that_may_be_listed_says_what_it_is_and_where() {
    let site = large_site("https://example.org/t/");
    site.build();
    let all = pages(&site);
    for (path, html) in &all {
        let is_print = path.starts_with("print");
        if html.contains("content=\"noindex\"") && !is_print {
            continue;
        }
        let description = between(html, "<meta name=\"description\" content=\"", "\"");
        assert!(description.first().is_some_and(|text| text.len() > 3), "{path} has no description: {description:?}");
        let address = format!("https://example.org/t/{}", path.strip_suffix("index.html").unwrap_or(path));
        let canonical = between(html, "<link rel=\"canonical\" href=\"", "\"");
        assert_eq!(canonical.len(), 1, "{path}");
        assert_eq!(percent_encoding::percent_decode_str(canonical[0]).decode_utf8_lossy(), address);
    }
    let titles: BTreeSet<&str> = all.iter().flat_map(|(_, html)| between(html, "<title>", "</title>")).collect();
    assert!(titles.len() > 1000, "the titles of documents are there");
}

/// A site in which documents, kinds and years have the same names.
fn site_of_namesakes() -> Site {
    let entry = |name: &str| format!("+++\nname = \"{name}\"\n+++\n");
    let event = |title: &str, date: &str| {
        format!(
            r#"+++
title = "{title}"
date = "{date}"
kind = "meeting"
+++
"#
        )
    };
    let mut site = Site::new()
        .file(
            "site.toml",
            r#"title = "Sanctions"
[kinds.meeting]
name = "Meeting"
[kinds.sanctions]
name = "Sanctions"
[kinds.more]
name = "Meeting"
"#,
        )
        .file("content/processes/sanctions.md", entry("Sanctions"))
        .file("content/actors/sanctions.md", entry("Sanctions"))
        .file("content/actors/sanctions-2.md", entry("Sanctions"))
        .file("content/places/sanctions.md", entry("Sanctions"))
        .file("content/places/other.md", entry("Sanctions (place)"))
        .file(
            "content/pages/sanctions.md",
            r#"+++
title = "Sanctions"
aliases = ["one", "two"]
+++
"#,
        )
        .file("content/pages/list.md", "+++\ntitle = \"Sources\"\n+++\n")
        .file("content/pages/year.md", "+++\ntitle = \"2017\"\n+++\n")
        .event("v", "2019-01-01", "[vote]\nbody = \"sanctions\"\nyes = 3\nno = 0\nadopted = true\n");
    site = with_namesakes_of_pages(site);
    let events = [
        ("a", "Talks", "2017-11-20"),
        ("b", "Talks", "2017-11-20"),
        ("c", "Talks", "2018"),
        ("d", "Sanctions", "2018"),
        ("e", "2017", "2017"),
    ];
    for (id, title, date) in events {
        site = site.file(&format!("content/events/{id}.md"), event(title, date));
    }
    site.write(
        "content/events/gone.md",
        r#"+++
title = "Talks"
date = 2018-01-01
kind = "meeting"
retracted = "R"
+++
"#,
    );
    site
}

/// Adds a text about the site with the title of each page that no entry has.
fn with_namesakes_of_pages(mut site: Site) -> Site {
    for (id, title) in [
        ("votes", "Votes"),
        ("data", "Data"),
        ("embed", "Embedded timeline"),
        ("map", "Map"),
        ("kinds", "Kinds"),
        ("search", "Search"),
        ("print", "Printable version"),
        ("corrections", "Corrections"),
        ("lost", "Page not found"),
        ("actors", "Actors"),
    ] {
        site = site.file(&format!("content/pages/of-{id}.md"), format!("+++\ntitle = \"{title}\"\n+++\n"));
    }
    site
}

#[test]
fn no_two_pages_have_the_same_title() {
    let site = site_of_namesakes();
    site.build();
    let mut by_title: Vec<(String, String)> = pages(&site)
        .into_iter()
        .map(|(path, html)| (between(&html, "<title>", "</title>")[0].to_owned(), path))
        .collect();
    by_title.sort();
    for pair in by_title.windows(2) {
        assert_ne!(pair[0].0, pair[1].0, "{} and {} have the same title", pair[0].1, pair[1].1);
    }
    let title = |path: &str| between(&site.page(path), "<title>", "</title>")[0].to_owned();
    assert_eq!(title("index.html"), "Sanctions");
    assert_eq!(title("processes/sanctions.html"), "Sanctions (process) – Sanctions");
    assert_eq!(title("kinds/sanctions.html"), "Sanctions (kind) – Sanctions");
    assert_eq!(title("actors/sanctions-2.html"), "Sanctions (actor) (sanctions-2) – Sanctions");
    assert_eq!(title("timeline/2017.html"), "2017 – Sanctions");
    assert_eq!(title("sources.html"), "Sources – Sanctions");
    assert_eq!(title("events/d.html"), "Sanctions (2018) – Sanctions");
    assert_eq!(title("votes.html"), "Votes – Sanctions");
    for name in
        ["Votes", "Data", "Embedded timeline", "Map", "Kinds", "Search", "Corrections", "Page not found", "Actors"]
    {
        let of_page = format!("{name} (page) – Sanctions");
        assert!(by_title.iter().any(|(title, _)| *title == of_page), "{of_page}");
    }
}

#[test]
fn the_page_for_lost_readers_asks_its_own_host_only() {
    let site = Site::new();
    let toml =
        |base_url: &str| format!("title = \"T\"\nbase_url = \"{base_url}\"\ncontact = \"mailto:desk@example.org\"\n");
    for refused in [
        "https://example.org//x",
        "https://example.org/a//x/",
        "https://example.org/a/../x",
        "https://me@example.org/x",
        "https://example.org/?x",
        "https://example.org/#x",
        "ftp://example.org/x",
    ] {
        site.write("site.toml", toml(refused));
        assert_eq!(site.codes(), ["invalid-url"], "{refused}");
        let run = site.run(&["build", "--base-url", refused]);
        assert_eq!(run.code, 2, "{refused}");
        assert!(run.stderr.contains("; write https://example.org/"), "{}", run.stderr);
    }
    site.write("site.toml", toml("https://example.org/x"));
    site.build();
    let page = site.page("404.html");
    for address in between(&page, "href=\"", "\"").into_iter().chain(between(&page, "src=\"", "\"")) {
        let own =
            address.starts_with("/x/") || address.starts_with('#') || address.starts_with("https://example.org/x/");
        assert!(own, "404.html links to {address}");
    }
    assert!(!page.contains("rel=\"canonical\""), "it has no address of its own");
}
