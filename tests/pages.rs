//! The pages of a small site.

use crate::common::Site;

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
        ("2011-03-15/..", "from 15 March 2011 on", "it continues, or its end is open"),
        ("../2011-03", "until March 2011", "its beginning is open"),
        ("2011-03/", "from March 2011, end not known", "its end is not known"),
        ("2017-21", "spring 2017", "month and day are not known"),
        ("[2013-08-20,2013-08-21]", "20 August 2013 or 21 August 2013", "one of these dates"),
        ("{2017-11-20,2017-11-22}", "20 November 2017 and 22 November 2017", ""),
        ("2004-06~-11", "11 June 2004 (year and month approximate)", "approximate"),
        ("-0044-03-15", "15 March 45 BC", ""),
        ("Y170000002", "170000002", "month and day are not known"),
        ("2017-XX-20", "day 20 of a month of 2017", ">the month is not known<"),
        ("2017-1X", "a month from October to December 2017", "the day is not known, the month is only partly known"),
        ("2017-0X", "a month from January to September 2017", "the month is only partly known"),
        ("2017-X2", "February or December 2017", "the month is only partly known"),
        ("2017-X0", "October 2017", ">the day is not known<"),
        ("2017-11-1X", "a day from 10 to 19 November 2017", ">the day is only partly known<"),
        ("2017-02-2X", "a day from 20 to 28 February 2017", ">the day is only partly known<"),
        ("2017-12-3X", "30 or 31 December 2017", ">the day is only partly known<"),
        ("2017-11-X1", "1, 11 or 21 November 2017", ">the day is only partly known<"),
        ("2017-1X-XX", "a day from October to December 2017", "the month is only partly known"),
        ("2017-XX-XX", "a day in 2017", ">month and day are not known<"),
        ("20XX", "a year from 2000 to 2099", "the year is not known"),
        ("200X", "a year from 2000 to 2009", "the year is not known"),
        ("20X7", "a year from 2007 to 2097 (20X7)", "the year is not known"),
        ("000X", "a year from 1 BC to 9", "the year is not known"),
        ("201X-12-25", "25 December of a year in the 2010s", ">the year is only partly known<"),
        ("201X~", "a year in the 2010s (approximate)", "approximate"),
        ("2017-XX-20?", "day 20 of a month of 2017 (uncertain)", "the month is not known, uncertain"),
        ("201X-21", "spring of a year in the 2010s", "year and month are only partly known"),
        ("1950S2", "about 1950 (from 1900 to 1999)", "the year is not known"),
        ("[2013-08-20..2013-08-25]", "a day from 20 to 25 August 2013", "one of these dates"),
        ("{2013-08-20..2013-08-25}", "20–25 August 2013", ""),
        ("2017/2018..", "2017 – 2018 or later", "it continues, or its end is open"),
        ("2017-11-20T12:30:00+02", "20 November 2017, 12:30 (UTC+2)", ""),
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
fn the_mark_of_an_open_date_has_an_arrow_at_each_open_end() {
    let forms = [
        ("2012/..", "mark-open opens-after"),
        ("2012-03/", "mark-open opens-after"),
        ("../2011-03~", "mark-open opens-before is-approximate"),
        ("/2011-03", "mark-open opens-before"),
        ("..2011/2013..", "mark-open opens-before opens-after"),
        ("[..2011]", "mark-open opens-before"),
        ("2017-11-20/2017-11-22", "mark-days"),
    ];
    for (edtf, mark) in forms {
        let site = Site::new().event("a", &format!("\"{edtf}\""), "");
        site.build();
        assert!(site.page("events/a.html").contains(&format!("class=\"mark {mark}\"")), "{edtf}");
    }
}

#[test]
fn what_tools_write_is_shown_as_the_date_that_it_is() {
    let forms = [
        ("2017-11-20T09:30Z", "20 November 2017, 09:30 UTC", "2017-11-20T09:30:00Z"),
        ("2017-11-20 09:30", "20 November 2017, 09:30 local time", "2017-11-20T09:30:00"),
        ("2017-11-20T09:30:15.999Z", "20 November 2017, 09:30:15 UTC", "2017-11-20T09:30:15Z"),
        ("2017-11-20t09:30:00z", "20 November 2017, 09:30 UTC", "2017-11-20T09:30:00Z"),
        ("2017-11-20 09:30:00 +0200", "20 November 2017, 09:30 (UTC+2)", "2017-11-20T09:30:00+02:00"),
    ];
    for (written, words, edtf) in forms {
        let toml = Site::new().event("a", &format!("\"{written}\""), "");
        let yaml = Site::new()
            .file("content/events/a.md", format!("---\ntitle: A\ndate: {written}\nkind: meeting\n---\nText.\n"));
        for site in [toml, yaml] {
            site.build();
            let page = site.page("events/a.html").replace('\u{a0}', " ");
            assert!(page.contains(words), "{written}: {page}");
            assert!(page.contains(&format!("datetime=\"{edtf}\"")), "{written}: {page}");
        }
    }
    // TOML has dates of its own, with and without an offset, with a fraction, in both cases of letters.
    for bare in ["2017-11-20T09:30Z", "2017-11-20 09:30:00.25", "2017-11-20t09:30:00z", "2017-11-20T09:30:00.000+02:00"]
    {
        let site = Site::new().event("a", bare, "");
        site.build();
        assert!(site.page("events/a.html").contains("20\u{a0}November 2017, 09:30"), "{bare}");
    }
}

/// Months and their events as a page lists them.
fn months(page: &str) -> Vec<(String, Vec<String>)> {
    let sections = page.split("class=\"month-name\"").skip(1);
    let month = |section: &str| {
        let name = section.split('>').nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default().trim();
        let links = section.match_indices("events/").filter_map(|(at, _)| section[at + 7..].split(".html").next());
        let mut events: Vec<String> = links.map(str::to_owned).collect();
        events.dedup();
        (name.to_owned(), events)
    };
    sections.map(month).collect()
}

#[test]
fn half_known_months_and_seasons_stand_where_their_earliest_day_puts_them() {
    let site = Site::new()
        .event("january", "2011-01-05", "")
        .event("year", "\"2011\"", "")
        .event("some-month", "\"2011-XX\"", "")
        .event("day-20", "\"2011-XX-20\"", "")
        .event("quarter", "\"2011-33\"", "")
        .event("summer", "\"2011-22\"", "")
        .event("june", "2011-06-30", "")
        .event("june-first", "2011-06-01", "")
        .event("to-summer", "\"/2011-22\"", "")
        .event("autumn", "\"2011-1X\"", "")
        .event("one-of", "\"[2011-10-03,2012]\"", "");
    site.build();
    let expected = [
        ("Month not known", vec!["year", "some-month", "day-20"]),
        ("January", vec!["quarter", "january"]),
        ("June", vec!["june-first", "to-summer", "summer", "june"]),
        ("October", vec!["autumn", "one-of"]),
    ];
    for path in ["index.html", "timeline/2011.html"] {
        let listed = months(&site.page(path));
        let names: Vec<&str> = listed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, expected.clone().map(|(name, _)| name), "{path}");
        for ((name, events), (_, wanted)) in listed.iter().zip(&expected) {
            let mut events = events.clone();
            let mut wanted = wanted.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
            events.sort();
            wanted.sort();
            assert_eq!(events, wanted, "{path}, {name}");
        }
    }
    let print = site.page("print.html");
    for (name, _) in &expected {
        let heading = if *name == "Month not known" { format!(">{name}</h3>") } else { format!(">{name} 2011</h3>") };
        assert!(print.contains(&heading), "print.html has no {heading}");
    }
}

#[test]
fn a_year_that_is_not_known_is_called_so_everywhere() {
    let site = Site::new().event("decade", "\"201X\"", "").event("day", "2011-03-05", "");
    site.build();
    for path in ["index.html", "print.html", "timeline/2010.html"] {
        let page = site.page(path);
        assert!(page.contains("Year not known") && !page.contains("Month not known"), "{path}: {page}");
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
    let yaml = r#"---
title: T
date: 2017
kind: meeting
actors: [a]
sources:
  - id: s
    title: "S: one"
    publisher: P
    date: 2017-11-20
---
Text.[^s]
"#;
    let toml = r#"+++
title = "T"
date = "2017"
kind = "meeting"
actors = ["a"]
[[sources]]
id = "s"
title = "S: one"
publisher = "P"
date = 2017-11-20
+++
Text.[^s]
"#;
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
fn aliases_redirect_to_the_page_from_any_depth() {
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
        .file(
            "content/events/r.md",
            r#"+++
title = "Wrong"
date = 2017-11-20
kind = "meeting"
summary = "A summary."
retracted = "It did not happen."
+++
The text.
"#,
        )
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
    // The typeface's licence contains its own address.
    for (path, bytes) in site.output().into_iter().filter(|(path, _)| path != "assets/fonts/OFL.txt") {
        let text =
            String::from_utf8_lossy(&bytes).replace("https://schema.org", "").replace("http://www.w3.org/2000/svg", "");
        let text = text.replace("http://gexf.net/1.3", "").replace("https://json-schema.org/draft/2020-12/schema", "");
        // The code for other sites has a placeholder for the address of a site without `base_url`.
        let text = text.replace("https://YOUR-SITE/", "").replace("https:&#x2F;&#x2F;YOUR-SITE&#x2F;", "");
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
    let text = r#"+++
title = "P"
+++
## Talks

## Talks

## Talks 1

## Talks

## _Sources_
"#;
    let site = Site::new().file("content/pages/p.md", text);
    site.build();
    let page = site.page("p.html");
    for anchor in ["talks", "talks-1", "talks-1-1", "talks-2", "sources"] {
        assert_eq!(page.matches(&format!("id=\"{anchor}\"")).count(), 1, "{anchor} in {page}");
    }
}
