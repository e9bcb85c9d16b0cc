//! The page of an event: its order, the list of events around it, and what a reader can do with it.

use crate::common::Site;

const SITE: &str = "title = \"T\"\nbase_url = \"https://example.org/t/\"\nrepository = \"https://github.com/o/r\"\n";

/// The rows of the list around an event.
fn around(site: &Site, path: &str) -> Vec<String> {
    let page = site.page(path);
    let Some((_, list)) = page.split_once("<h2 id=\"_around\">") else { return Vec::new() };
    let (list, _) = list.split_once("</ol>").expect("the list ends");
    list.split("<li").skip(1).map(row).collect()
}

/// Title and relation of a row, with an asterisk before that of the page itself.
fn row(html: &str) -> String {
    let between = |open: &str, close: &str| {
        let (_, rest) = html.split_once(open).unwrap_or_else(|| panic!("{html} has no {open}"));
        rest.split(close).next().unwrap_or_default()
    };
    let title = between("<a ", "</a>").split('>').nth(1).unwrap_or_default();
    let here = if html.starts_with(" aria-current=\"true\"") { "*" } else { "" };
    let title = title.trim_start_matches("Event ");
    format!("{here}{title}: {}", between("<i>", "</i>").replace('\u{a0}', " "))
}

#[test]
fn one_list_says_what_each_event_is_to_this_one() {
    let site = Site::new()
        .file("site.toml", SITE)
        .file("content/processes/talks.md", "+++\nname = \"Talks\"\n+++\n")
        .file("content/processes/council.md", "+++\nname = \"Council\"\n+++\n")
        .event("origin", "2010-01-01", "")
        .event("before", "2015-01-01", "processes = [\"talks\"]\n")
        .event("eve", "2017-11-19", "processes = [\"talks\", \"council\"]\n")
        .event("main", "2017-11-20", "processes = [\"talks\", \"council\"]\nfollows = [\"origin\", \"eve\"]\n")
        .event("morrow", "2017-11-21", "follows = [\"main\"]\n")
        .event("month", "\"2017-11\"", "")
        .event("later", "2018-01-01", "processes = [\"council\"]\n")
        .event("last", "2019-01-01", "processes = [\"talks\", \"council\"]\nfollows = [\"main\"]\n")
        .event("alone", "2022-01-01", "");
    site.build();
    assert_eq!(
        around(&site, "events/main.html"),
        [
            "origin: followed by this event",
            "eve: followed by this event · previous in Talks · previous in Council · same week",
            "*main: this event",
            "morrow: follows this event · same week",
            "later: next in Council",
            "last: follows this event · next in Talks",
        ]
    );
    assert_eq!(around(&site, "events/origin.html"), ["*origin: this event", "main: follows this event"]);
    assert!(around(&site, "events/alone.html").is_empty(), "nothing is around it");
    let page = site.page("events/main.html");
    assert_eq!(page.matches("rel=\"prev\"").count(), 2, "in the head and at the foot");
    assert!(page.contains("<link rel=\"prev\" href=\"../events/eve.html\">"), "{page}");
}

/// Asserts that a page has these parts in this order.
#[track_caller]
fn assert_order(page: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        from += page[from..].find(part).unwrap_or_else(|| panic!("{part} is not there, or not in its place: {page}"));
    }
}

#[test]
fn text_and_sources_come_before_the_facts_and_these_before_what_is_around() {
    let source = "[[sources]]\nid = \"s\"\ntitle = \"S\"\n";
    let site = Site::new()
        .file("site.toml", SITE)
        .file("content/actors/a.md", "+++\nname = \"A\"\nsummary = \"Who.\"\n+++\n\nA text.\n")
        .event("e", "2017-11-20", &format!("actors = [\"a\"]\n{source}"))
        .event("f", "2017-11-21", "actors = [\"a\"]\n");
    site.build();
    assert_order(
        &site.page("events/e.html"),
        &[
            "<h1>",
            "<div class=\"text\">",
            "id=\"_sources\"",
            "<aside",
            "Cite this page",
            "Copy link",
            "Report an error",
            "Edit this entry",
            ">History<",
            "At a glance",
            "</aside>",
            "Around this event",
            "id=\"_corrections\"",
        ],
    );
    assert_order(
        &site.page("actors/a.html"),
        &[
            "<h1>",
            "Who.",
            "A text.",
            "small-chart",
            "<aside",
            "Copy link",
            "Report an error",
            ">History<",
            "At a glance",
            "</aside>",
            "id=\"_events\"",
        ],
    );
}

#[test]
fn a_date_has_its_mark_if_that_says_something_and_else_the_sign_of_the_family() {
    let site = Site::new().event("exact", "2017-11-20", "").event("month", "\"2017-11\"", "").event(
        "about",
        "\"2017-11-20~\"",
        "",
    );
    site.build();
    let line = |id: &str| {
        let page = site.page(&format!("events/{id}.html"));
        let (_, line) = page.split_once("<p class=\"event-date\">").expect("it has a date");
        line.split("</p>").next().unwrap_or_default().to_owned()
    };
    for (id, mark) in [("month", "mark mark-month"), ("about", "mark mark-day is-approximate")] {
        assert!(line(id).starts_with(&format!("<i class=\"{mark}\"")), "{}", line(id));
        assert!(!line(id).contains("glyph"), "{}", line(id));
    }
    assert!(line("exact").starts_with("<i class=\"glyph glyph-"), "{}", line("exact"));
    assert!(!line("exact").contains("mark-"), "{}", line("exact"));
}

#[test]
fn a_citation_names_the_site_as_author_and_leaves_the_day_of_reading_to_the_reader() {
    let citation = |keys: &str| {
        let site = Site::new().file("site.toml", keys).event("e", "2017-11-20", "");
        site.build();
        site.page("events/e.html")
    };
    let page = citation(SITE);
    for part in [
        "<pre id=\"_as-text\">T, “Event e”. Date of the event: 20 November 2017.<span data-accessed=\" Accessed on %1.\"></span> https://example.org/t/events/e.html</pre>",
        "  author = {{T}},\n",
        "<span data-accessed=\",\n  urldate = {%1}\"></span>",
        "%1&quot; }\"></span>\n  }\n]</pre>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!citation("title = \"T\"\n").contains("data-accessed"), "nobody reads it at an address");
}
