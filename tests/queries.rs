//! Lists of events and counts in texts.

use crate::common::Site;

fn site() -> Site {
    Site::new()
        .file("content/processes/astana.md", "+++\nname = \"Astana\"\n+++\n")
        .file("content/actors/russia.md", "+++\nname = \"Russia\"\n+++\n")
        .file("content/actors/turkey.md", "+++\nname = \"Turkey\"\n+++\n")
        .file("content/places/sochi.md", "+++\nname = \"Sochi\"\n+++\n")
        .event("one", "2017-01-23", "processes = [\"astana\"]\nactors = [\"russia\"]\n")
        .event("two", "\"2017-02\"", "processes = [\"astana\"]\nactors = [\"turkey\"]\nplaces = [\"sochi\"]\n")
        .event("three", "2018-01-30", "actors = [\"russia\", \"turkey\"]\nplaces = [\"sochi\"]\n")
        .event("draft", "2017-03-14", "processes = [\"astana\"]\ndraft = true\n")
        .event("secret", "2017-03-15", "processes = [\"astana\"]\nembargo = 9999-01-01\n")
}

fn text(site: Site, body: &str) -> Site {
    site.file("content/pages/about.md", format!("+++\ntitle = \"About\"\n+++\n{body}"))
}

/// The ids of the events to which the text of a page links, in order.
fn linked(page: &str) -> Vec<&str> {
    let text = page.split("<main").nth(1).expect("the page has a main part");
    text.split("href=\"events/").skip(1).filter_map(|rest| rest.split(".html").next()).collect()
}

#[test]
fn a_block_becomes_the_list_of_the_events_that_fit_it() {
    for (query, expected) in [
        ("process = \"astana\"", vec!["one", "two"]),
        ("process = \"astana\"\norder = \"newest\"", vec!["two", "one"]),
        ("actor = [\"russia\", \"turkey\"]", vec!["three"]),
        ("actor = \"turkey\"\nplace = \"sochi\"", vec!["two", "three"]),
        ("kind = \"meeting\"\nfrom = \"2017-02\"", vec!["two", "three"]),
        ("to = \"2017\"", vec!["one", "two"]),
        ("from = 2017-01-24\nto = 2018-01-30", vec!["two", "three"]),
        ("events = [\"three\", \"one\"]", vec!["three", "one"]),
        ("", vec!["one", "two", "three"]),
        ("show = \"table\"\nplace = \"sochi\"", vec!["two", "three"]),
    ] {
        let site = text(site(), &format!("```events\n{query}\n```\n"));
        let page = site.build().page("about.html");
        assert_eq!(linked(&page), expected, "{query}");
    }
}

#[test]
fn lists_and_numbers_do_not_change_with_drafts_and_embargoes() {
    let site = text(site(), "[2](@count?process=astana) rounds:\n\n```events\nprocess = \"astana\"\n```\n");
    assert_eq!(site.codes(), [""; 0]);
    let run = site.run(&["build", "--drafts", "--future"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = site.page("about.html");
    assert!(site.path("public/events/draft.html").exists(), "the draft itself is built");
    assert_eq!(linked(&page), ["one", "two"]);
}

#[test]
fn a_count_is_words_and_a_block_can_show_one() {
    let body =
        "They met [2 times](@count?process=astana) *there*.\n\n```events\nactor = \"russia\"\nshow = \"count\"\n```\n";
    let page = text(site(), body).build().page("about.html");
    assert!(page.contains(">They met 2 times <em>there</em>.</p>"), "{page}");
    assert!(page.contains("<p>2 events</p>"), "{page}");
}

#[test]
fn the_words_of_a_count_keep_their_emphasis() {
    let body = "They met [**2** *times*](@count?process=astana), [`2`](@count?process=astana).\n";
    let page = text(site(), body).build().page("about.html");
    assert!(page.contains(">They met <strong>2</strong> <em>times</em>, <code>2</code>.</p>"), "{page}");
}

#[test]
fn lists_in_an_event_are_on_its_page_in_print_and_in_feeds() {
    let site = Site::new()
        .file("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/x/\"\n")
        .file("content/events/2016/a.md", "+++\ntitle = \"A <b>\"\ndate = 2016-01-01\nkind = \"veto\"\n+++\nText.\n")
        .file(
            "content/events/b.md",
            "+++\ntitle = \"B\"\ndate = 2017-01-01\nkind = \"meeting\"\n+++\nVetoes:\n\n```events\nkind = \"veto\"\n```\n",
        );
    site.build();
    for (path, link) in [
        ("events/b.html", "<a href=\"../events/a.html\">A &lt;b&gt;</a>"),
        ("print.html", "<a href=\"events/a.html\">A &lt;b&gt;</a>"),
        (
            "feeds/atom.xml",
            "1 January 2016: &lt;a href=&quot;https://example.org/x/events/a.html&quot;&gt;A &amp;lt;b&amp;gt;&lt;/a&gt;",
        ),
    ] {
        let page = site.page(path);
        assert!(page.contains(link), "{path}: {page}");
    }
}

#[test]
fn a_new_event_changes_the_pages_whose_lists_have_it() {
    let site = text(site(), "```events\nplace = \"sochi\"\n```\n");
    site.build();
    let site = site.event("four", "2019-02-14", "places = [\"sochi\"]\n");
    let page = site.build().page("about.html");
    assert_eq!(linked(&page), ["two", "three", "four"]);
}

#[test]
fn a_query_finds_votes_and_its_table_shows_them() {
    let event = |id: &str, kind: &str, adopted: bool| {
        format!(
            r#"+++
title = "Event {id}"
date = 2017-11-20
kind = "{kind}"
[vote]
body = "council"
document = "S/2017/1"
yes = 11
no = 2
abstained = 2
against = ["russia"]
adopted = {adopted}
+++
Text.
"#
        )
    };
    let site = site()
        .file("content/actors/council.md", "+++\nname = \"Council\"\n+++\n")
        .file("content/events/v1.md", event("v1", "veto", false))
        .file("content/events/v2.md", event("v2", "resolution", true))
        .file("content/events/v3.md", event("v3", "vote", false));
    for (wanted, expected) in [("any", vec!["v1", "v2", "v3"]), ("vetoed", vec!["v1"]), ("rejected", vec!["v3"])] {
        site.write(
            "content/pages/about.md",
            format!("+++\ntitle = \"About\"\n+++\n```events\nvote = \"{wanted}\"\nshow = \"table\"\n```\n"),
        );
        let page = site.build().page("about.html");
        assert_eq!(linked(&page), expected, "{wanted}");
        let against = "Voted against\"><a href=\"actors/russia.html\">Russia</a>, <span class=\"unnamed\">1 not named</span></td>";
        for cell in ["<td class=\"tally-of\">11–2–2</td>", against] {
            assert_eq!(page.matches(cell).count(), expected.len(), "{cell} in {page}");
        }
        assert_eq!(page.contains("<th scope=\"col\">Outcome</th>"), wanted == "any", "{page}");
    }
}

#[test]
fn line_ends_and_indentation_do_not_matter() {
    let windows = "+++\r\ntitle = \"About\"\r\n+++\r\n```events\r\nplace = \"sochi\"\r\nfrom = \"2018\"\r\n```\r\n";
    let in_a_list =
        "+++\ntitle = \"About\"\n+++\n- Later:\n\n  ```events\n  place = \"sochi\"\n  from = \"2018\"\n  ```\n";
    for text in [windows, in_a_list] {
        let page = site().file("content/pages/about.md", text).build().page("about.html");
        assert_eq!(linked(&page), ["three"], "{text}");
    }
}
