//! Open data: what is in each file, and what is in none.

use serde_json::Value as Json;

use crate::common::{Site, annals, run};

/// Every format with its file in the site.
const FILES: [(&str, &str); 16] = [
    ("json", "data/events.json"),
    ("ndjson", "data/events.ndjson"),
    ("schema", "data/schema.json"),
    ("csv", "data/events.csv"),
    ("sources-csv", "data/sources.csv"),
    ("votes-csv", "data/votes.csv"),
    ("actors-csv", "data/actors.csv"),
    ("datapackage", "data/datapackage.json"),
    ("geojson", "data/events.geojson"),
    ("jsonld", "data/events.jsonld"),
    ("timelinejs", "data/timelinejs.json"),
    ("icalendar", "calendar.ics"),
    ("bibtex", "data/sources.bib"),
    ("csl-json", "data/sources.csl.json"),
    ("gexf", "data/meetings.gexf"),
    ("cff", "CITATION.cff"),
];

fn json(site: &Site, path: &str) -> Json {
    serde_json::from_str(&site.page(path)).expect("it is JSON")
}

/// A site with an entry that has everything.
fn site() -> Site {
    let event = r#"+++
title = "Talks in Sochi"
date = "2017-11~"
kind = "meeting"
actors = ["a", "b"]
places = ["p"]
follows = ["z"]
[[sources]]
id = "s"
title = "Communiqué"
publisher = "Agency"
url = "https://example.org/s"
date = 2017-11-21
[[accounts]]
by = "a"
says = "They agreed."
source = "s"
+++
They met.[^s] <!-- secret-comment -->

[//]: # (secret-note)
[unused]: https://secret.example/
"#;
    let other =
        "kind = \"person\"\nwikidata = \"Q1\"\n[extra]\nx = \"secret-extra\"\n[private]\nx = \"secret-private\"\n";
    Site::new()
        .file("site.toml", "title = \"T\"\nbase_url = \"https://example.org/x/\"\n[extra]\nx = \"secret-extra\"\n")
        .event("z", "2016-01-01", "")
        .file("content/events/talks.md", event)
        .file("content/actors/a.md", format!("+++\nname = \"A\"\n{other}+++\n"))
        .file("content/actors/b.md", "+++\nname = \"B\"\nkind = \"state\"\n+++\n")
        .file("content/places/p.md", "+++\nname = \"P\"\nlat = 43.58547\nlon = 39.72313\nprecision = \"city\"\n+++\n")
}

#[test]
fn an_export_is_the_file_of_the_site() {
    let site = site();
    site.build();
    for (format, path) in FILES {
        let exported = site.run(&["export", format]);
        assert_eq!((exported.code, exported.stderr.as_str()), (0, ""), "{format}");
        assert!(exported.stdout == site.page(path), "{format} is not {path}");
    }
}

#[test]
fn an_export_can_go_to_a_file() {
    let site = site();
    let file = site.path("out.csv");
    let done = site.run(&["export", "csv", "--bom", "--output", &file.to_string_lossy()]);
    assert_eq!((done.code, done.stdout.as_str()), (0, ""));
    let text = std::fs::read_to_string(file).expect("it was written");
    assert!(text.starts_with("\u{feff}id,date,"), "{text}");
    assert!(!site.path("public").exists());
}

#[test]
fn a_site_with_errors_is_not_exported() {
    let site = site().event("bad", "2017-11-20", "actors = [\"nobody\"]\n");
    let refused = site.run(&["export", "json"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.contains("error[unknown-actor]"), "{}", refused.stderr);
    assert!(refused.stderr.contains("nothing was exported"), "{}", refused.stderr);
}

#[test]
fn what_pages_do_not_show_is_in_no_file() {
    let site = site();
    site.build();
    for (path, bytes) in site.output() {
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "{path}");
    }
    let text = &json(&site, "data/events.json")["events"][1]["text"];
    assert_eq!(text, "They met.[^s] <!-- -->");
}

#[test]
fn places_are_rounded_in_every_file() {
    let site = site();
    site.build();
    for (path, bytes) in site.output() {
        assert!(!String::from_utf8_lossy(&bytes).contains("43.585"), "{path}");
    }
    let place = &json(&site, "data/events.json")["places"][0];
    assert_eq!((&place["lat"], &place["lon"], &place["precision"]), (&43.59.into(), &39.72.into(), &"city".into()));
}

#[test]
fn a_retracted_event_has_no_facts() {
    let site = site().file(
        "content/events/gone.md",
        "+++\ntitle = \"Gone\"\ndate = 2018-02-03\nkind = \"meeting\"\nsummary = \"secret\"\nretracted = \"Wrong.\"\naliases = [\"old\"]\n+++\nsecret\n",
    );
    site.build();
    let retracted = json(&site, "data/events.json")["retracted"].clone();
    let expected = r#"[{"id":"gone","url":"https://example.org/x/events/gone.html","path":"events/gone.html","title":"Gone","reason":"Wrong.","aliases":["events/old.html"]}]"#;
    assert_eq!(retracted, serde_json::from_str::<Json>(expected).expect("it is JSON"));
    for (_, path) in FILES {
        assert!(!site.page(path).contains("2018-02-03"), "{path}");
    }
}

#[test]
fn no_date_becomes_more_exact() {
    for (edtf, slide, calendar) in [
        ("2017-11-20", r#"{"day":20,"month":11,"year":2017} null"#, "20171120 20171121"),
        ("2017-11~", r#"{"month":11,"year":2017} null"#, "20171101 20171201"),
        ("201X", r#"{"year":2010} {"year":2019}"#, "20100101 20200101"),
        ("2011-03-15/..", r#"{"day":15,"month":3,"year":2011} null"#, "20110315 20110316"),
        ("../2011-03", r#"{"month":3,"year":2011} null"#, "20110331 20110401"),
        (
            "{2017-12-30,2018-01-02}",
            r#"{"day":30,"month":12,"year":2017} {"day":2,"month":1,"year":2018}"#,
            "20171230 20180103",
        ),
        (
            "2017-11-20T12:30:00+03:00",
            r#"{"day":20,"hour":12,"minute":30,"month":11,"second":0,"year":2017} null"#,
            "20171120 20171121",
        ),
        ("-0044-03-15", r#"{"day":15,"month":3,"year":-45} null"#, "none"),
    ] {
        let site = Site::new().event("e", &format!("\"{edtf}\""), "");
        site.build();
        let event = &json(&site, "data/timelinejs.json")["events"][0];
        assert_eq!(format!("{} {}", event["start_date"], event["end_date"]), slide, "{edtf}");
        let text = site.page("calendar.ics");
        let days: Vec<&str> =
            text.lines().filter_map(|line| line.split_once(";VALUE=DATE:")).map(|(_, day)| day).collect();
        assert_eq!(if days.is_empty() { "none".to_owned() } else { days.join(" ") }, calendar, "{edtf}");
        assert_eq!(json(&site, "data/events.json")["events"][0]["date"], *edtf);
    }
}

/// The type `date` of Table Schema allows only the years 1 to 9999.
#[test]
fn a_column_of_days_has_a_type_that_allows_all_of_its_own_days() {
    let types = |date: &str, accessed: &str| {
        let source = format!("[[sources]]\nid = \"s\"\ntitle = \"S\"\ndate = \"XXXX\"\naccessed = {accessed}\n");
        let site = Site::new().file(
            "content/events/a.md",
            format!("+++\ntitle = \"A\"\ndate = {date}\nkind = \"meeting\"\n{source}+++\nText.[^s]\n"),
        );
        site.build();
        let package = json(&site, "data/datapackage.json");
        let of = |table: usize, column: &str| {
            let fields = package["resources"][table]["schema"]["fields"].as_array().expect("it has columns").clone();
            let field = fields.into_iter().find(|field| field["name"] == column).expect("the column is there");
            field["type"].as_str().expect("it has a type").to_owned()
        };
        [of(0, "earliest"), of(0, "latest"), of(0, "updated"), of(1, "accessed")]
    };
    assert_eq!(types("2017-11-20", "2020-01-01"), ["date", "date", "date", "date"]);
    assert_eq!(types("\"-0043-03-15\"", "2020-01-01"), ["string", "string", "date", "date"]);
    assert_eq!(types("\"-0043/2017\"", "2020-01-01"), ["string", "date", "date", "date"]);
    assert_eq!(types("\"Y12000\"", "2020-01-01"), ["string", "string", "date", "date"]);
    assert_eq!(types("2017-11-20", "\"0000-01-01\""), ["date", "date", "date", "string"]);
}

#[test]
fn a_renamed_event_keeps_its_place_in_calendars() {
    let of = |site: &Site| {
        site.build();
        let text = site.page("calendar.ics");
        text.lines().find_map(|line| line.strip_prefix("UID:")).map(str::to_owned)
    };
    let config = "title = \"T\"\nbase_url = \"https://example.org/x/\"\n";
    let before = Site::new().file("site.toml", config).event("first", "2017-11-20", "");
    let after =
        Site::new().file("site.toml", config).event("third", "2017-11-20", "aliases = [\"first\", \"second\"]\n");
    assert_eq!(of(&before).as_deref(), Some("first@example.org"));
    assert_eq!(of(&after), of(&before));
}

#[test]
fn whoever_publishes_is_named_where_it_is_cited() {
    let publication = "[publication]\npublisher = \"Institute\"\nauthors = [\"Doe, Jane\", \"Board\"]\nversion = \"2.1\"\ndoi = \"10.5281/zenodo.1\"\n";
    let site = site();
    site.write("site.toml", format!("title = \"T\"\nbase_url = \"https://example.org/x/\"\n{publication}"));
    site.build();
    let cff = site.page("CITATION.cff");
    for line in [
        r#"authors: [{"family-names":"Doe","given-names":"Jane"},{"name":"Board"}]"#,
        "version: \"2.1\"",
        "doi: \"10.5281/zenodo.1\"",
    ] {
        assert!(cff.lines().any(|found| found == line), "{cff}");
    }
    let event = site.page("events/talks.html");
    assert!(event.contains("Doe, Jane; Board, “Talks in Sochi”, T."), "{event}");
    assert!(event.contains("author = {Doe, Jane and {Board}}"), "{event}");
    let data = site.page("data.html");
    assert!(data.contains("Doe, Jane; Board, “T”. Version 2.1."), "{data}");
    assert!(data.contains(r#""identifier":"https://doi.org/10.5281/zenodo.1""#), "{data}");
}

#[test]
fn a_doi_is_only_the_identifier() {
    for (written, help) in [
        ("https://doi.org/10.5281/zenodo.1", "write only the identifier: \"10.5281/zenodo.1\""),
        ("doi:10.5281/zenodo.1", "write only the identifier: \"10.5281/zenodo.1\""),
        ("zenodo.1", "a DOI begins with 10., a number and a slash"),
    ] {
        let config = format!("title = \"T\"\n[publication]\ndoi = \"{written}\"\n");
        let report = Site::new().file("site.toml", config).run(&["check"]);
        assert_eq!(report.code, 1);
        assert!(report.stderr.contains("site.toml:3:7") && report.stderr.contains(help), "{}", report.stderr);
    }
}

#[test]
fn exports_are_the_same_everywhere() {
    let site = site();
    let exported = |format: &str, zone: &str, locale: &str| {
        let mut command = annals();
        command.arg("--root").arg(site.root()).args(["export", format]).env("TZ", zone).env("LC_ALL", locale);
        run(&mut command).stdout
    };
    for (format, _) in FILES {
        let here = exported(format, "UTC", "C");
        assert_eq!(exported(format, "Pacific/Kiritimati", "ar_SY.UTF-8"), here, "{format}");
        assert_eq!(exported(format, "America/Los_Angeles", "de_DE.UTF-8"), here, "{format}");
    }
}

#[test]
fn a_text_that_changed_changes_only_files_with_texts() {
    let site = site();
    let write = |words: &str| {
        let matter = "title = \"Event z\"\ndate = 2016-01-01\nkind = \"meeting\"\nsummary = \"S\"\n";
        site.write("content/events/z.md", format!("+++\n{matter}+++\n{words}\n"));
    };
    write("Words.");
    site.build();
    let before = site.output();
    write("Other words.");
    site.build();
    let changed: Vec<String> = site
        .output()
        .into_iter()
        .filter(|(path, bytes)| before.iter().any(|(other, old)| other == path && old != bytes))
        .map(|(path, _)| path)
        .filter(|path| FILES.iter().any(|(_, file)| file == path))
        .collect();
    assert_eq!(changed, ["data/events.json", "data/events.ndjson"]);
}

#[test]
fn a_timeline_comes_back_from_its_data() {
    for folder in ["tests/data/hostile", "tests/golden/forms/site"] {
        let site = Site::copy_of(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        let first = site.run(&["export", "json"]).stdout;
        let copy = Site::empty();
        copy.write("events.json", &first);
        let file = copy.path("events.json");
        let into = copy.path("copy");
        let import = ["import", "annals", &file.to_string_lossy(), "--into", &into.to_string_lossy()];
        let report = copy.run(&import);
        let mut second = annals();
        let second = run(second.arg("--root").arg(&into).args(["export", "json"])).stdout;
        // A retracted event has no date any more.
        let retracted = |line: &str| line.contains("\"reason\":");
        let lines = |text: &str| text.lines().filter(|line| !retracted(line)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(&second), lines(&first), "{}{}", report.stdout, report.stderr);
    }
}

#[test]
fn slides_come_back_from_a_timeline() {
    let slides = r#"{"title":{"text":{"headline":"T","text":"<p>About it.</p>"}},"events":[
{"start_date":{"year":"2017","month":"11"},"end_date":{"year":"2018"},"text":{"headline":"A &amp; B","text":"<p>They <em>met</em>: <a href=\"https://example.org/a\">report</a>.</p>"},"group":"Talks"},
{"start_date":{"year":2019},"text":{"headline":"A year","text":""}}]}"#;
    let site = Site::empty();
    site.write("slides.json", slides);
    let (file, into) = (site.path("slides.json"), site.path("copy"));
    let done = site.run(&["import", "timelinejs", &file.to_string_lossy(), "--into", &into.to_string_lossy()]);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    let mut command = annals();
    let exported = run(command.arg("--root").arg(&into).args(["export", "timelinejs"])).stdout;
    let exported: Json = serde_json::from_str(&exported).expect("it is JSON");
    let expected: Json = serde_json::from_str(slides).expect("it is JSON");
    let number =
        |value: &Json| value.as_str().map_or(value.clone(), |text| text.parse::<i64>().expect("a number").into());
    for (before, after) in
        expected["events"].as_array().expect("slides").iter().zip(exported["events"].as_array().expect("slides"))
    {
        assert_eq!(after["text"], before["text"]);
        assert_eq!(after["group"], before["group"]);
        for end in ["start_date", "end_date"] {
            for part in ["year", "month", "day"] {
                assert_eq!(after[end][part], number(&before[end][part]), "{end} {part}");
            }
        }
    }
    assert_eq!(exported["title"]["text"]["headline"], "T");
}
