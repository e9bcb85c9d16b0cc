//! The pages about the whole timeline (sources, corrections, printable version), and the end of an event's page.

use std::collections::BTreeSet;

use crate::common::Site;

fn event(title: &str, date: &str, more: &str, text: &str) -> String {
    format!(
        r#"+++
title = '{title}'
date = {date}
kind = "meeting"
{more}+++
{text}
"#
    )
}

fn source(id: &str, fields: &str) -> String {
    format!("[[sources]]\nid = \"{id}\"\n{fields}\n")
}

/// Every `id` of a page.
fn ids(page: &str) -> Vec<&str> {
    page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Every anchor in the same page that a link points to.
fn fragments(page: &str) -> BTreeSet<&str> {
    page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[track_caller]
fn assert_before(page: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = page[from..].find(part).unwrap_or_else(|| panic!("no {part} after byte {from} of {page}"));
        from += at + part.len();
    }
}

#[test]
fn a_work_that_several_events_cite_is_listed_once_with_all_of_them() {
    let same = "title = \"Same\"\npublisher = \"Beta\"\nurl = \"https://example.org/same\"\ndate = 2017-11-21";
    let archived = format!("{same}\narchive = \"https://web.archive.org/copy\"");
    let printed = "title = \"On paper\"\npublisher = \"Élan\"\ndate = \"2016\"";
    let site = Site::new()
        .file(
            "content/events/a.md",
            event("First", "2017-11-20", &(source("x", same) + &source("p", printed)), "A.[^x] B.[^p]"),
        )
        .file(
            "content/events/b.md",
            event("Second", "2017-11-21", &(source("y", &archived) + &source("q", printed)), "A.[^y] B.[^q]"),
        )
        .file("content/events/c.md", event("Third", "2017-11-22", &source("n", "title = \"Nobody's\""), "C.[^n]"));
    site.build();
    let index = site.page("sources.html");
    assert!(index.contains("3 sources, 2 publishers, 2 without an archived copy."), "{index}");
    assert!(index.contains(r##"<li><a href="#_letter-E">E</a></li>"##), "{index}");
    assert_before(&index, &["others_b.html#_publisher-beta", "1 source, 1 archived", "Élan", "No publisher"]);
    let pages = ["b", "e", "none"].map(|letter| site.page(&format!("sources/others_{letter}.html"))).concat();
    for title in [">Same<", ">On paper<", ">Nobody&#39;s<"] {
        assert_eq!(pages.matches(title).count(), 1, "{title} in {pages}");
    }
    assert_before(&pages, &[">Same<", "https://web.archive.org/copy", ">First<", ">Second<", ">On paper<"]);
    assert_before(&pages, &[">On paper<", ">First<", ">Second<", "Nobody", ">Third<"]);
    assert_eq!(pages.matches(">archived copy<").count(), 1, "only what is archived says so: {pages}");
}

#[test]
fn the_works_of_a_publisher_are_in_the_order_of_their_dates() {
    let dates = ["\"2018\"", "\"XXXX\"", "2017-11-20", "\"2017\""];
    let sources: String = dates
        .iter()
        .enumerate()
        .map(|(number, date)| {
            source(&format!("s{number}"), &format!("title = \"T{number}\"\npublisher = \"P\"\ndate = {date}"))
        })
        .collect();
    let site = Site::new().file("content/events/a.md", event("E", "2017-11-20", &sources, "[^s0][^s1][^s2][^s3]"));
    site.build();
    assert_before(&site.page("sources/others_p.html"), &[">T3<", ">T2<", ">T0<", ">T1<"]);
}

#[test]
fn all_corrections_are_on_one_page_newest_first() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    assert!(site.page("corrections.html").contains("No entry has been corrected or retracted."));
    assert!(site.page("events/a.html").contains("This entry has not been corrected."));
    let corrected = r#"[[corrections]]
date = 2018-01-01
note = "Old & fixed"
[[corrections]]
date = 2019-01-01
note = "New"
"#;
    let site = site
        .event("a", "2017-11-20", corrected)
        .event("b", "2017-11-21", "[[corrections]]\ndate = 2018-06-01\nnote = \"Between\"\n")
        .event("c", "2017-11-22", "retracted = \"It did not happen.\"\n");
    site.build();
    let page = site.page("corrections.html");
    assert_before(&page, &["1 January 2019", "New", "1 June 2018", "Between", "1 January 2018", "Old &amp; fixed"]);
    assert_before(&page, &["Retracted entries", r#"<a href="events/c.html">Event c</a>"#, "It did not happen."]);
    assert_before(
        &site.page("events/a.html"),
        &["<h2 id=\"_corrections\">Corrections</h2>", "1 January 2018", "1 January 2019"],
    );
    assert!(site.page("events/c.html").contains(r#"href="../corrections.html""#));
}

#[test]
fn the_history_of_an_entry_is_linked_where_there_is_a_repository() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    assert!(!site.page("events/a.html").contains(">History</a>"));
    let site = site.file("site.toml", "title = \"T\"\nrepository = \"https://example.org/r\"\n");
    site.build();
    let page = site.page("events/a.html");
    assert!(
        page.contains(r#"<a href="https://example.org/r/commits/HEAD/content/events/a.md" rel="external">"#),
        "{page}"
    );
}

#[test]
fn an_entry_is_cited_with_what_is_known_and_its_title_is_only_text() {
    let title = "</pre><script>x</script> 5 % {of} A&B_\\";
    let site = Site::new()
        .file("site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\nlicence = \"CC-BY-4.0\"\n")
        .file(
            "content/events/a.md",
            event(title, "2017-11-20", "[[corrections]]\ndate = 2018-01-02\nnote = \"N\"\n", ""),
        );
    site.build();
    let page = site.page("events/a.html");
    assert!(!page.contains("<script>x"), "{page}");
    let bibtex = r"  title = {{&lt;/pre&gt;&lt;script&gt;x&lt;/script&gt; 5 \% \textbraceleft{}of\textbraceright{} A\&amp;B\_\textbackslash{}}},";
    assert!(page.contains(bibtex), "{page}");
    assert_before(&page, &["@online{a,", "date = {2018-01-02}", "url = {https://example.org/events/a.html}"]);
    assert!(page.contains("&quot;issued&quot;: { &quot;date-parts&quot;: [[2018, 1, 2]] }"), "{page}");
    assert!(page.contains(r#"data-address="https://example.org/events/a.html">"#), "{page}");
}

/// Two events with the same ids of sources, headings and footnotes, one work in both, links within the text.
fn gathered() -> Site {
    let shared = source("s", "title = \"Shared\"\npublisher = \"P\"\nurl = \"https://example.org/s\"\ndate = \"2017\"");
    let own = |name: &str| source("o", &format!("title = \"Own {name}\"\npublisher = \"P\"\ndate = \"2017\""));
    let account = r#"[[accounts]]
by = "x"
says = "So it was."
source = "o"
"#;
    let text = r"## Talks

One.[^o] Two.[^s] Three.[^o] A note.[^n] [Back](#talks), [there](#_source-o), [b](@/events/b.md#talks).

### Deep

#### Deeper

[^n]: The note.";
    Site::new()
        .file("content/actors/x.md", "+++\nname = \"X\"\n+++\n")
        .file("content/events/a.md", event("A", "2017-11-20", &(shared.clone() + &own("A") + account), text))
        .file("content/events/b.md", event("B", "\"2018\"", &(own("B") + &shared + account), text))
}

#[test]
fn the_printed_timeline_numbers_its_sources_through_and_has_no_id_twice() {
    let site = gathered();
    site.build();
    let page = site.page("print.html");
    let ids = ids(&page);
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice: {ids:?}");
    let dead: Vec<_> = fragments(&page).into_iter().filter(|fragment| !unique.contains(fragment)).collect();
    assert!(dead.is_empty(), "{dead:?} lead nowhere");
    assert_before(
        &page,
        &[
            r##"<a href="#_month2017-11">November</a> <span class="count">(1)</span>"##,
            r##"<h5 id="_e1-talks">"##,
            r##"<a id="_e1-_cite-o-1" href="#_source-1" role="doc-noteref">[1]</a>"##,
            r##"href="#_source-2" role="doc-noteref">[2]</a>"##,
            r##"<a id="_e1-_cite-o-2" href="#_source-1" role="doc-noteref">[1]</a>"##,
            r##"<a id="_e1-_noteref-a-1" href="#_e1-_note-a" role="doc-noteref">[a]</a>"##,
            r##"<a href="#_e1-talks">Back</a>, <a href="#_source-1">there</a>, <a href="events/b.html#talks">b</a>"##,
            "<h6 id=\"_e1-deep\"><span id=\"_e1-_p3\">Deep</span></h6>",
            "<h6 id=\"_e1-deeper\"><span id=\"_e1-_p4\">Deeper</span></h6>",
            r##"So it was.<sup class="citation"><a href="#_source-1">[1]</a>"##,
            "Month not known",
            r##"<a id="_e2-_cite-o-1" href="#_source-3" role="doc-noteref">[3]</a>"##,
            r##"<a id="_e2-_cite-s-1" href="#_source-2" role="doc-noteref">[2]</a>"##,
            r#"<li id="_source-1"><span class="source-publisher">P:</span> <cite>Own A"#,
            r#"<li id="_source-2"><span class="source-publisher">P:</span> <cite><a href="https://example.org/s" rel="external">Shared"#,
            r#"<li id="_source-3"><span class="source-publisher">P:</span> <cite>Own B"#,
        ],
    );
    assert!(page.contains("2 events, 3 sources.") && page.contains("noindex"), "{page}");
}

#[test]
fn the_printed_timeline_is_right_where_raw_html_is_cleaned_too() {
    let site = gathered();
    site.build();
    let plain = site.page("print.html");
    let site = site.file("site.toml", "title = \"Test\"\n[markdown]\nraw_html = \"sanitise\"\n");
    let text = fs_text(&site, "content/events/a.md").replace("A note.", "A <b>note</b>.");
    let site = site.file("content/events/a.md", text);
    site.build();
    let cleaned = site.page("print.html");
    let same = |page: &str| page.replace("<b>note</b>", "note").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(same(&cleaned), same(&plain));
}

fn fs_text(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.path(path)).expect("the file is there")
}

#[test]
fn a_long_timeline_is_printed_by_years() {
    let mut site = Site::new();
    for number in 0..501 {
        site = site.event(&format!("e{number}"), if number < 300 { "2016-05-01" } else { "2017-11-20" }, "");
    }
    site.build();
    let page = site.page("print.html");
    assert!(page.contains(r#"<a href="print/2016.html">2016</a> <span class="count">300 events</span>"#), "{page}");
    let year = site.page("print/2017.html");
    assert_eq!(year.matches("<article class=\"print-entry").count(), 201);
    assert!(year.contains("Test: 2017</h1>") && year.contains("noindex"), "{year}");
}

#[test]
fn a_reference_to_a_control_character_does_no_harm() {
    let texts = [
        "A &#1;7&#1; b &#x1;l9&#1;x&#1;",
        "```&#1;l9&#1;\nx\n```",
        "[a](@/pages/p.md \"&#1;l9&#1;&#1;\")",
        "# &#1;h&#1;&#1;",
    ];
    for text in texts {
        for raw_html in ["deny", "sanitise", "allow"] {
            let site =
                Site::new().file("site.toml", format!("title = \"T\"\n[markdown]\nraw_html = \"{raw_html}\"\n")).file(
                    "content/pages/p.md",
                    format!(
                        r#"+++
title = "P"
+++
{text}

[p](@/pages/p.md)
"#
                    ),
                );
            site.build();
            let page = site.page("p.html");
            assert!(page.contains(r#"<a href="p.html">p</a>"#) && !page.contains('\u{1}'), "{text}: {page}");
        }
    }
    let site = Site::new().file("site.toml", "title = \"T\"\n[markdown]\nraw_html = \"sanitise\"\n").file(
        "content/pages/p.md",
        r#"+++
title = "P"
+++
<b title="&#1;">x</b> &#1 <i>&#1;l5&#1;</i> [p](@/pages/p.md)
"#,
    );
    site.build();
    assert!(site.page("p.html").contains(r#"<a href="p.html">p</a>"#), "{}", site.page("p.html"));
}
