//! The timeline for frames of other sites: its page, the code on data.html, and the events that it loads.

use serde_json::Value as Json;

use crate::common::Site;

/// A site with an actor, a process, and events of every sort.
fn site() -> Site {
    Site::new()
        .file("site.toml", "title = \"A & B\"\nbase_url = \"https://example.org/t/\"\nlicence = \"CC-BY-4.0\"\n")
        .file("content/actors/russia.md", "+++\nname = \"Russia\"\nkind = \"state\"\n+++\n")
        .file("content/actors/quiet.md", "+++\nname = \"Quiet\"\nkind = \"state\"\n+++\n")
        .file("content/processes/astana.md", "+++\nname = \"Astana <talks>\"\n+++\n")
        .event("one", "2017-01-23", "actors = [\"russia\"]\nprocesses = [\"astana\"]\nconfidence = \"disputed\"\n")
        .event("two", "\"2017-02~\"", "processes = [\"astana\"]\n")
        .event("canary-draft", "2017-03-01", "actors = [\"russia\"]\ndraft = true\n")
        .event("canary-later", "2017-03-02", "actors = [\"russia\"]\nembargo = 2999-01-01\n")
        .event("canary-gone", "2017-03-03", "actors = [\"russia\"]\nretracted = \"It did not happen.\"\n")
}

/// The calls in a script of events: paths and values.
fn calls(script: &str) -> Vec<(String, Json)> {
    let calls = script.split("annalsEmbed(").skip(1).map(|call| {
        let arguments = format!("[{}]", call.trim_end().trim_end_matches(");"));
        let Json::Array(mut arguments) = serde_json::from_str(&arguments).expect("it is JSON") else { unreachable!() };
        let value = arguments.pop().expect("a value");
        (arguments[0].as_str().expect("a path").to_owned(), value)
    });
    calls.collect()
}

#[test]
fn the_page_is_kept_from_search_engines_and_names_the_home_page() {
    let site = site();
    site.build();
    let page = site.page("embed.html");
    assert!(page.contains(r#"<meta name="robots" content="noindex">"#), "{page}");
    assert!(page.contains(r#"<link rel="canonical" href="https://example.org/t/">"#), "{page}");
    assert!(!site.page("sitemap.xml").contains("embed"), "it is not in the sitemap");
    let policy = |page: &str| {
        let (_, rest) = page.split_once("Content-Security-Policy\" content=\"").expect("a policy");
        rest.split('"').next().expect("an end").to_owned()
    };
    assert_eq!(policy(&page), policy(&site.page("index.html")));
    assert!(!policy(&page).contains("frame-ancestors"), "browsers ignore it here");
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"), "{page}");
    for other in ["annals.js", "annals.css", "fonts", "<header class=\"site-header\"", "<script>", "<style", "style=\""]
    {
        assert!(!page.contains(other), "{other}");
    }
}

#[test]
fn the_page_has_the_latest_events_and_the_licence_without_a_script() {
    let mut site = site();
    for day in 1..=12 {
        site = site.event(&format!("day-{day}"), &format!("2018-01-{day:02}"), "");
    }
    site.build();
    let page = site.page("embed.html");
    let links: Vec<&str> = page.split("href=\"events/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(links.len(), 10);
    assert_eq!((links[0], links[9]), ("day-12.html", "day-3.html"));
    assert!(page.contains(r#"<base target="_blank">"#), "links leave the frame");
    assert!(page.contains(r#"<a class="home" href="index.html">A &amp; B</a>"#), "{page}");
    assert!(page.contains(r#"rel="license external">Texts: CC-BY-4.0</a>"#), "{page}");
    for address in page.split("href=\"").chain(page.split("src=\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
        let is_outside = ["https://example.org/t/", "https://creativecommons.org/licenses/by/4.0/"].contains(&address);
        assert!(is_outside || !address.contains("//") && !address.starts_with('/'), "{address} is not relative");
    }
}

#[test]
fn a_site_without_events_says_so() {
    let site = Site::new();
    site.build();
    assert!(site.page("embed.html").contains("No events."));
    assert_eq!(calls(&site.page("embed/all.js"))[0].1["count"], 0);
}

#[test]
fn the_data_page_gives_the_code_with_the_address_of_the_site() {
    let site = site();
    site.build();
    let page = site.page("data.html");
    let (_, section) = page.split_once("id=\"_embed\"").expect("the section");
    let code = section.split("</code>").next().expect("the code");
    let frame = "&lt;iframe class=&quot;annals&quot;\n  src=&quot;https://example.org/t/embed.html?process=astana&quot;\n  \
                 title=&quot;A &amp;amp; B&quot;";
    let code = code.replace("&#34;", "&quot;").replace("&#x2F;", "/");
    assert!(code.contains(frame), "{code}");
    assert!(code.contains("frame.contentWindow === source"), "{code}");
    assert!(!code.contains("<script"), "{code}");
    assert!(section.contains(r#"<a href="embed.html?process=astana">Open this example</a>"#), "{section}");
    for parameter in ["process=astana", "actor=russia", "from=2017", "order=newest", "limit=10", "theme=dark"] {
        assert!(section.contains(&format!("<code>{parameter}</code>")), "{parameter}");
    }
    assert!(!section.contains("YOUR-SITE"), "{section}");
}

#[test]
fn examples_of_a_period_have_years_that_the_page_can_read() {
    for (dates, from, to) in [
        (&["\"-0044\"", "2017-11-20", "\"Y12017\""][..], "-0044", "2017-06"),
        (&["\"Y-12000\"", "\"0999\""], "0999", "0999-06"),
        (&["\"Y12017\""], "2017", "2017-06"),
        (&[], "2017", "2017-06"),
    ] {
        let site =
            (0..).zip(dates).fold(Site::new(), |site, (number, date)| site.event(&format!("e{number}"), date, ""));
        let page = site.build().page("data.html");
        for parameter in [format!("<code>from={from}</code>"), format!("<code>to={to}</code>")] {
            assert!(page.contains(&parameter), "{dates:?}: {parameter}");
        }
    }
}

#[test]
fn without_base_url_the_code_has_a_placeholder_and_the_page_no_canonical_address() {
    let site = Site::new().event("one", "2017-01-23", "");
    site.build();
    let page = site.page("data.html");
    assert!(page.contains("Replace https://YOUR-SITE/ with the address of this site."), "{page}");
    assert!(page.contains("https://YOUR-SITE/embed.html"), "{page}");
    assert!(!site.page("embed.html").contains("canonical"));
}

#[test]
fn each_actor_and_process_has_its_published_events() {
    let site = site();
    site.build();
    let russia = calls(&site.page("embed/actor/russia.js"));
    assert_eq!(russia.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["actor/russia", "actor/russia.0"]);
    assert_eq!((&russia[0].1["name"], &russia[0].1["count"]), (&"Russia".into(), &1.into()));
    let row = &russia[1].1["events"][0];
    assert_eq!(
        (&row[1], &row[3], &row[4]),
        (&"one".into(), &"23\u{a0}January 2017".into(), &"glyph glyph-meeting".into())
    );
    let facts = serde_json::json!([["kind", "Meeting"], ["actor", "Russia"], ["confidence", "disputed"]]);
    assert_eq!(row[6].to_string().to_lowercase(), facts.to_string().to_lowercase());

    let astana = calls(&site.page("embed/process/astana.js"));
    assert_eq!(astana[0].1["name"], "Astana <talks>");
    assert_eq!(astana[1].1["events"].as_array().map(Vec::len), Some(2));
    assert_eq!(astana[1].1["events"][1][4], "mark mark-month is-approximate");
    assert_eq!(calls(&site.page("embed/actor/quiet.js"))[0].1["count"], 0, "an actor without events is known");
    for (path, bytes) in site.output() {
        let is_embed = path.starts_with("embed");
        assert!(!is_embed || !String::from_utf8_lossy(&bytes).contains("canary"), "{path}");
    }
}

#[test]
fn days_of_a_row_are_those_of_the_filters() {
    let site = Site::new()
        .event("a", "2017-01-23", "")
        .event("b", "\"2017-01-23/2017-01-24\"", "")
        .event("c", "\"2017-02\"", "")
        .event("d", "\"2017-03-01/..\"", "");
    site.build();
    let all = calls(&site.page("embed/all.js"));
    let rows = all[1].1["events"].as_array().expect("rows").iter();
    let days: Vec<String> = rows.map(|row| row[7].to_string()).collect();
    assert_eq!(
        days,
        ["[736657]", "[736657,736658,[736657,736658]]", "[736666,736693]", "[736694,null,[736694,736694]]"]
    );
    assert_eq!(all[0].1["parts"].to_string(), "[[736657,null]]", "an open end has no last day");
}

#[test]
fn a_long_selection_is_in_parts() {
    let mut site = Site::new().file("content/actors/russia.md", "+++\nname = \"Russia\"\nkind = \"state\"\n+++\n");
    for number in 0..101 {
        site = site.event(&format!("e{number}"), &format!("{}-01-01", 1900 + number), "actors = [\"russia\"]\n");
    }
    site.build();
    let head = calls(&site.page("embed/actor/russia.js"));
    assert_eq!(head.len(), 1, "the head has no events");
    assert_eq!(head[0].1["parts"].as_array().map(Vec::len), Some(2));
    let counts = [0, 1].map(|part| {
        let part = calls(&site.page(&format!("embed/actor/russia.{part}.js")));
        part[0].1["events"].as_array().map(Vec::len)
    });
    assert_eq!(counts, [Some(100), Some(1)]);
}

#[test]
fn hostile_titles_end_no_script() {
    let site = Site::new().file(
        "content/events/x.md",
        "+++\ntitle = \"</script><script>alert(1)</script> ]]> \u{2028}\"\ndate = 2017-01-01\nkind = \"meeting\"\n+++\nText.\n",
    );
    site.build();
    let script = site.page("embed/all.js");
    assert!(!script.contains('<') && !script.contains('\u{2028}'), "{script}");
    assert!(!site.page("embed.html").contains("<script>alert"));
}

#[test]
fn a_site_replaces_script_and_sheet_and_adds_to_the_head() {
    let site = Site::new()
        .file("static/assets/embed.css", "body{}")
        .file("static/assets/embed.js", "own();")
        .file("templates/head.html", "<link rel=\"stylesheet\" href=\"{{ root }}assets/mine.css\">");
    site.build();
    assert_eq!((site.page("assets/embed.css").as_str(), site.page("assets/embed.js").as_str()), ("body{}", "own();"));
    assert!(site.page("embed.html").contains("href=\"assets/mine.css\""), "its tokens apply here too");
}
