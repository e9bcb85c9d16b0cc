//! What stands in the pages of a small site.

mod common;

use common::Site;

fn source(id: &str) -> String {
    format!("[[sources]]\nid = \"{id}\"\ntitle = \"Title of {id}\"\npublisher = \"P\"\ndate = \"2017-11\"\n")
}

/// The titles of the events in the order in which a page lists them.
fn order(page: &str) -> Vec<String> {
    page.split("event-title\">")
        .skip(1)
        .filter_map(|rest| rest.split('>').nth(1)?.split('<').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_date_form_is_shown_no_more_precisely_than_it_is_written() {
    let forms = [
        ("2017", "2017", "month and day are not known"),
        ("2017-11", "November 2017", "the day is not known"),
        ("2017-11-20T09:30:00Z", "20 November 2017, 09:30 UTC", ""),
        ("2017-11-20T12:30:00+03:00", "20 November 2017, 12:30 (UTC+3)", ""),
        ("2017-11-20/2017-11-22", "20–22 November 2017", ""),
        ("2017-11-28/2017-12-14", "28 November – 14 December 2017", ""),
        ("2016-12-29/2017-01-02", "29 December 2016 – 2 January 2017", ""),
        ("2017-11~", "about November 2017", "the day is not known, approximate"),
        ("2017?", "2017 (uncertain)", "uncertain: the sources leave doubt"),
        ("2017-11-XX", "a day in November 2017", "the day is not known"),
        ("201X", "a year in the 2010s", "the year is not known"),
        ("2011-03-15/..", "from 15 March 2011 on", "it goes on, or its end is open"),
        ("../2011-03", "until March 2011", "its beginning is open"),
        ("2011-03/", "from March 2011, end not known", "its end is not known"),
        ("2017-21", "spring 2017", "month and day are not known"),
        ("[2013-08-20,2013-08-21]", "20 August 2013 or 21 August 2013", "one of these dates"),
        ("{2017-11-20,2017-11-22}", "20 November 2017 and 22 November 2017", ""),
        ("2004-06~-11", "11 June 2004 (year and month approximate)", "approximate"),
        ("-0044-03-15", "15 March 45 BC", ""),
        ("Y170000002", "170000002", "month and day are not known"),
    ];
    for (edtf, words, precision) in forms {
        let site = Site::new().event("a", &format!("\"{edtf}\""), "");
        site.build();
        let page = site.page("events/a.html").replace('\u{a0}', " ");
        assert!(page.contains(words), "{edtf}: {page}");
        if precision.is_empty() {
            assert!(!page.contains("class=\"precision\""), "{edtf} claims less than it knows");
        } else {
            assert!(page.contains(precision), "{edtf}: {page}");
        }
    }
}

#[test]
fn events_come_in_the_order_of_the_contract() {
    let site = Site::new()
        .event("whole-year", "\"2017\"", "")
        .event("open-end", "\"2017-01-01/..\"", "")
        .event("day", "2017-01-01", "")
        .event("morning", "\"2017-01-01T09:00:00Z\"", "")
        .event("evening", "\"2017-01-01T21:00:00+03:00\"", "")
        .event("landmark", "2017-01-01", "importance = 1\n")
        .event("month", "\"2017-01\"", "")
        .event("open-start", "\"../2016-12-31\"", "")
        .event("later", "2017-01-02", "");
    site.build();
    let expected = ["open-start", "landmark", "day", "morning", "evening", "month", "whole-year", "open-end", "later"];
    let pages: Vec<String> = expected.iter().map(|id| site.page(&format!("events/{id}.html"))).collect();
    for pair in expected.windows(2).zip(&pages) {
        let ([_, next], page) = pair else { unreachable!("windows of two") };
        let link = format!(r#"<link rel="next" href="../events/{next}.html">"#);
        assert!(page.contains(&link), "{next} does not come next in {page}");
    }
}

#[test]
fn citations_are_numbered_as_the_text_cites_and_lead_both_ways() {
    let front = format!("{}{}{}", source("a"), source("b"), source("c"));
    let text = format!(
        "+++\ntitle = \"T\"\ndate = 2017-11-20\nkind = \"meeting\"\n{front}+++\nFirst.[^b] Second.[^a] Again.[^b] Third.[^c]\n"
    );
    let site = Site::new().file("content/events/e.md", text);
    site.build();
    let page = site.page("events/e.html");
    for part in [
        r##"<a id="_cite-b-1" href="#_source-b" role="doc-noteref">[1]</a>"##,
        r##"<a id="_cite-a-1" href="#_source-a" role="doc-noteref">[2]</a>"##,
        r##"<a id="_cite-b-2" href="#_source-b" role="doc-noteref">[1]</a>"##,
        r##"href="#_cite-b-2" role="doc-backlink""##,
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    let place = |id: &str| page.find(&format!("<li id=\"_source-{id}\"")).expect("the source is listed");
    assert!(place("b") < place("a") && place("a") < place("c"));
}

#[test]
fn an_ordinary_footnote_still_works() {
    let text = "+++\ntitle = \"T\"\nnav = 1\n+++\nA claim.[^n]\n\n[^n]: The note.\n";
    let site = Site::new().file("content/pages/about.md", text);
    site.build();
    let page = site.page("about.html");
    assert!(page.contains(r##"href="#_note-a""##) && page.contains("The note."), "{page}");
    assert!(page.contains(r#"<a href="about.html" aria-current="page">T</a>"#), "{page}");
}

#[test]
fn links_between_documents_work_from_every_depth() {
    let site = Site::new()
        .file("content/places/sochi.md", "+++\nname = \"Sochi\"\n+++\nSee [it](../events/2017/e.md) and [about](@/pages/about.md#the-method).\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n## The method\n\n[Sochi](@/places/sochi.md)\n")
        .file("content/events/2017/e.md", "+++\ntitle = \"E\"\ndate = 2017-11-20\nkind = \"visit\"\nplaces = [\"sochi\"]\n+++\n[Sochi](@/places/sochi.md) [file](a.pdf) [logo](logo.png)\n")
        .file("content/events/2017/a.pdf", "%PDF")
        .file("static/logo.png", "png");
    site.build();
    assert!(site.page("places/sochi.html").contains(r#"<a href="../events/e.html">it</a>"#));
    assert!(site.page("places/sochi.html").contains(r#"<a href="../about.html#the-method">about</a>"#));
    assert!(site.page("about.html").contains(r#"<a href="places/sochi.html">Sochi</a>"#));
    let event = site.page("events/e.html");
    assert!(
        event.contains(r#"<a href="../events/2017/a.pdf">file</a>"#)
            && event.contains(r#"<a href="../logo.png">logo</a>"#),
        "{event}"
    );
    assert_eq!(site.page("events/2017/a.pdf"), "%PDF");
    assert!(site.page("places/sochi.html").contains("Pages that link here"));
}

#[test]
fn yaml_front_matter_says_the_same() {
    let yaml = "---\ntitle: T\ndate: 2017\nkind: meeting\nactors: [a]\nsources:\n  - id: s\n    title: \"S: one\"\n    publisher: P\n    date: 2017-11-20\n---\nText.[^s]\n";
    let toml = "+++\ntitle = \"T\"\ndate = \"2017\"\nkind = \"meeting\"\nactors = [\"a\"]\n[[sources]]\nid = \"s\"\ntitle = \"S: one\"\npublisher = \"P\"\ndate = 2017-11-20\n+++\nText.[^s]\n";
    let pages: Vec<String> = [yaml, toml]
        .iter()
        .map(|text| {
            let site =
                Site::new().file("content/actors/a.md", "+++\nname = \"A\"\n+++\n").file("content/events/e.md", text);
            site.build();
            site.page("events/e.html")
        })
        .collect();
    assert_eq!(pages[0], pages[1]);
}

#[test]
fn aliases_lead_to_the_page_from_any_depth() {
    let site =
        Site::new().event("new-name", "2017-11-20", "aliases = [\"old-name\", \"2017/11/old-name/\", \"a.html\"]\n");
    site.build();
    assert!(site.page("events/old-name.html").contains("url=../events/new-name.html"));
    assert!(site.page("2017/11/old-name/index.html").contains("url=../../../events/new-name.html"));
    assert!(site.page("a.html").contains("url=events/new-name.html"));
}

#[test]
fn a_retracted_entry_keeps_its_address_and_says_only_why() {
    let site = Site::new()
        .file("content/events/r.md", "+++\ntitle = \"Wrong\"\ndate = 2017-11-20\nkind = \"meeting\"\nsummary = \"A summary.\"\nretracted = \"It did not happen.\"\n+++\nThe text.\n")
        .event("e", "2017-11-21", "");
    site.build();
    let page = site.page("events/r.html");
    assert!(page.contains("Wrong") && page.contains("It did not happen."), "{page}");
    assert!(!page.contains("A summary.") && !page.contains("The text.") && page.contains("noindex"), "{page}");
    assert!(!site.page("index.html").contains("Wrong"));
}

#[test]
fn a_year_with_many_events_is_spread_over_months() {
    let mut site = Site::new().event("unknown", "\"2017\"", "");
    for number in 0..1005 {
        let date = format!("2017-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
        site = site.event(&format!("e{number}"), &date, "");
    }
    site.build();
    let november = site.page("timeline/2017-11.html");
    assert!(november.contains("November 2017"), "{november}");
    assert_eq!(order(&november).len(), 83);
    assert!(site.page("timeline/2017.html").contains(r#"<a href="../timeline/2017-11.html">November</a>"#));
    assert!(site.page("index.html").contains("All of 2017"));
}

#[test]
fn far_and_sparse_years_do_no_harm() {
    let site =
        Site::new().event("far", "\"Y170000002\"", "").event("wide", "\"0000/9999\"", "").event("bc", "\"-0500\"", "");
    site.build();
    let years: Vec<String> =
        site.output().into_iter().map(|(path, _)| path).filter(|path| path.starts_with("timeline/")).collect();
    assert_eq!(years, ["timeline/-500.html", "timeline/0000.html", "timeline/170000002.html"]);
}

#[test]
fn a_site_overrides_any_single_file_of_the_theme() {
    let site = Site::new()
        .event("a", "2017-11-20", "")
        .file(
            "templates/404.html",
            "{% extends \"base.html\" %}{% block main %}<h1>Nothing at {{ site.title }}</h1>{% endblock %}",
        )
        .file("static/assets/annals.css", "body{}")
        .file("locales/en.ftl", "timeline = Chronicle\n");
    site.build();
    assert!(site.page("404.html").contains("<h1>Nothing at Test</h1>"));
    assert_eq!(site.page("assets/annals.css"), "body{}");
    assert!(site.page("events/a.html").contains(">Chronicle</a>"));
}

#[test]
fn a_day_keeps_to_its_month_and_no_line_begins_with_a_dash() {
    let site = Site::new().event("a", "\"2017-02-23/2017-03-03\"", "");
    site.build();
    assert!(site.page("events/a.html").contains("23\u{a0}February\u{a0}– 3\u{a0}March 2017"));
}

#[test]
fn countries_and_languages_have_names() {
    let source = |id: &str, language: &str| {
        format!(
            "[[sources]]\nid = \"{id}\"\ntitle = \"T\"\npublisher = \"P\"\ndate = \"2017\"\nlanguage = \"{language}\"\n"
        )
    };
    let sources = [source("one", "nb"), source("two", "pt-AO"), source("three", "ber"), source("four", "en")].concat();
    let place = |country: &str| format!("+++\nname = \"Place\"\ncountry = \"{country}\"\n+++\n");
    let site = Site::new()
        .event("a", "2017-11-20", &sources)
        .file("content/places/ankara.md", place("TR"))
        .file("content/places/amman.md", place("JO"))
        .file("content/places/nowhere.md", place("QQ"))
        .file("locales/names/en.ftl", "country-TR = Turkey\n");
    site.build();
    let event = site.page("events/a.html");
    let languages: Vec<_> =
        event.split("source-language\">(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(languages, ["Norwegian Bokmål", "Portuguese", "ber"]);
    for (place, country) in [("ankara", "Turkey"), ("amman", "Jordan"), ("nowhere", "QQ")] {
        let page = site.page(&format!("places/{place}.html"));
        assert!(page.contains(&format!("<dt>Country</dt><dd>{country}</dd>")), "{place} is not in {country}");
    }
}

#[test]
fn absolute_addresses_stand_only_where_they_must() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    // The licence of the typeface names its own address.
    for (path, bytes) in site.output().into_iter().filter(|(path, _)| path != "assets/fonts/OFL.txt") {
        let text =
            String::from_utf8_lossy(&bytes).replace("https://schema.org", "").replace("http://www.w3.org/2000/svg", "");
        assert!(!text.contains("http://") && !text.contains("https://"), "{path} has an absolute address");
    }
    assert!(!site.path("public/sitemap.xml").exists());
    let site = site.file("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/x\"\n");
    site.build();
    assert!(site.page("sitemap.xml").contains("<loc>https://example.org/x/events/a.html</loc>"));
    assert!(site.page("feeds/atom.xml").contains("<id>https://example.org/x/events/a.html</id>"));
    assert!(site.page("robots.txt").contains("Sitemap: https://example.org/x/sitemap.xml"));
}

#[test]
fn headings_that_are_alike_have_anchors_of_their_own() {
    let text = "+++\ntitle = \"P\"\n+++\n## Talks\n\n## Talks\n\n## Talks 1\n\n## Talks\n\n## _Sources_\n";
    let site = Site::new().file("content/pages/p.md", text);
    site.build();
    let page = site.page("p.html");
    for anchor in ["talks", "talks-1", "talks-1-1", "talks-2", "sources"] {
        assert_eq!(page.matches(&format!("id=\"{anchor}\"")).count(), 1, "{anchor} in {page}");
    }
}
