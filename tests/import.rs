//! Imports: the exact report and the exact files of a sample of each format, and what no import may do.
//!
//! The samples are in `import/`, what is expected of each in `import/expected/`. Names, places and events in them are invented.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Run, Site, annals, blessing, files, run};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// Imports a file into a site. The command runs in the folder of the file, so that reports name it without a path.
fn import_into(site: &Site, format: &str, input: &Path, more: &[&str]) -> Run {
    let folder = input.parent().expect("a sample is in a folder");
    let name = input.file_name().expect("a sample has a name");
    let mut command = annals();
    command.current_dir(folder).args(["import", format]).arg(name).arg("--into").arg(site.root()).args(more);
    run(&mut command)
}

/// Everything that an import printed and wrote, as one text.
fn outcome(site: &Site, run: &Run) -> String {
    let mut text = format!("exit {}\n{}{}", run.code, run.stderr, run.stdout);
    for (name, bytes) in files(site.root()) {
        if !name.starts_with(".cache") {
            text.push_str(&format!("\n==> {name}\n{}", String::from_utf8(bytes).expect("what is written is UTF-8")));
        }
    }
    text
}

/// Imports a sample and compares everything with what was reviewed. A check must find no error in what was written, and a
/// second run must change nothing.
#[track_caller]
fn expect(case: &str, format: &str, input: &str, more: &[&str]) {
    let site = Site::empty();
    let first = import_into(&site, format, &sample(input), more);
    let text = outcome(&site, &first);
    let expected = sample("expected").join(format!("{case}.txt"));
    if blessing() {
        fs::create_dir_all(sample("expected")).expect("folders can be made");
        fs::write(&expected, &text).expect("the file can be written");
    }
    let reviewed = fs::read_to_string(&expected).unwrap_or_default();
    snapbox::assert_data_eq!(text, snapbox::Data::text(reviewed).raw());
    let check = site.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    let before = files(site.root());
    let second = import_into(&site, format, &sample(input), more);
    assert!(second.stdout.contains(": nothing changed\n"), "{}", second.stdout);
    assert!(!second.stdout.contains("Kept: "), "{}", second.stdout);
    assert_eq!(files(site.root()), before);
}

/// Imports a text into a site, and returns the report.
#[track_caller]
fn report_of(site: &Site, format: &str, (name, text): (&str, &str), more: &[&str]) -> serde_json::Value {
    let input = Site::empty().file(name, text);
    let run = import_into(site, format, &input.path(name), &[more, &["--format", "json"]].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stderr, run.stdout))
}

/// What a list of the report counts, as one line each: `field ×count: examples: why`.
fn counted(report: &serde_json::Value, list: &str) -> Vec<String> {
    let items = report[list].as_array().expect("it is a list");
    let text = |value: &serde_json::Value| value.as_str().expect("it is a text").to_owned();
    let line = |item: &serde_json::Value| {
        let examples: Vec<String> = item["examples"].as_array().expect("it is a list").iter().map(text).collect();
        format!("{} ×{}: {}: {}", text(&item["field"]), item["count"], examples.join(", "), text(&item["why"]))
    };
    items.iter().map(line).collect()
}

#[test]
fn acled_becomes_entries() {
    expect("acled", "acled", "acled.csv", &[]);
}

#[test]
fn ucdp_becomes_entries() {
    expect("ucdp", "ucdp", "ucdp.csv", &[]);
}

#[test]
fn ucdp_without_a_header_row_is_the_same() {
    let (with, without) = (Site::empty(), Site::empty());
    import_into(&with, "ucdp", &sample("ucdp.csv"), &[]);
    let run = import_into(&without, "ucdp", &sample("ucdp-without-header.csv"), &[]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    for event in ["ucdp-900001", "ucdp-900002"] {
        let file = format!("content/events/2017/{event}.md");
        let text = |site: &Site| fs::read_to_string(site.path(&file)).expect("the event is there");
        assert_eq!(text(&with), text(&without));
    }
}

#[test]
fn a_timeline_of_timelinejs_becomes_entries() {
    expect("timelinejs-json", "timelinejs", "timelinejs.json", &[]);
    expect("timelinejs-csv", "timelinejs", "timelinejs.csv", &["--kind", "meeting"]);
}

#[test]
fn no_part_of_a_slide_is_lost_silently() {
    let text = r#"{
"title": { "text": { "headline": "T", "text": "D" }, "media": { "url": "https://example.org/a", "caption": "C" }, "end_date": { "year": 2019 } },
"events": [
{ "start_date": { "year": 2017, "month": 11, "day": 20, "hour": 9 }, "end_date": { "year": 2017, "month": 11, "day": 20, "hour": 17 },
  "text": { "headline": "A" }, "group": "Talks", "unique_id": "no id!" },
{ "start_date": { "year": 2018, "month": 0, "day": 5 }, "end_date": { "month": 3 }, "text": { "headline": "B" },
  "media": { "url": "https://example.org/b", "caption": "Cap", "alt": "Alt" } },
{ "start_date": { "year": 2019, "month": 1, "hour": 8 }, "text": { "headline": "C" } }],
"eras": [
{ "start_date": { "year": 2017 }, "end_date": { "year": 2018 }, "text": { "headline": "Talks", "text": "Words" }, "media": { "url": "https://example.org/c" } },
{ "start_date": { "year": 2019 }, "text": { "headline": "Talks" } },
{ "start_date": { "year": 2017 }, "end_date": { "year": 2018 }, "text": { "headline": "Other", "text": "Words" },
  "media": { "url": "https://example.org/d", "credit": "Cr" }, "background": { "color": "red" } }]
}"#;
    let site = Site::empty();
    let report = report_of(&site, "timelinejs", ("slides.json", text), &[]);
    assert_eq!(report["read"], 7);
    let of_group = "a group of slides has the era's name, and gives it only the dates";
    assert_eq!(
        counted(&report, "lost"),
        [
            "alt ×1: Alt: the link has the caption as its words".to_owned(),
            "day ×1: 5: the slide has a day, but no month".to_owned(),
            "end_date.month ×1: 3: the end has no year".to_owned(),
            "era ×1: Talks: an earlier era has this name".to_owned(),
            format!("era.media ×1: https://example.org/c: {of_group}"),
            format!("era.text ×1: Words: {of_group}"),
            "time ×1: 17:0:0: a date has only one time of day".to_owned(),
            "time ×1: 8:0:0: the slide has a time, but no day".to_owned(),
            "title.caption ×1: C: the home page has none".to_owned(),
            "title.end_date ×1: 2019: the home page has none".to_owned(),
            "title.media ×1: https://example.org/a: the home page has none".to_owned(),
        ]
    );
    let changed = counted(&report, "changed");
    let of_id = "unique_id ×1: no id!: it cannot be an id of annals, so the id was made from the date and the title";
    assert!(changed.contains(&of_id.to_owned()), "{changed:?}");
    let event = fs::read_to_string(site.path("content/events/2017-11-20-a.md")).expect("the event is there");
    assert!(event.contains("date = 2017-11-20T09:00:00\n"), "{event}");
    let era = fs::read_to_string(site.path("content/processes/other.md")).expect("the process is there");
    assert!(
        era.ends_with("[extra]\nbackground_color = \"red\"\n+++\nWords\n\n[Media](https://example.org/d) — Cr\n"),
        "{era}"
    );
    let talks = fs::read_to_string(site.path("content/processes/talks.md")).expect("the process is there");
    assert!(talks.contains("date = \"2017/2018\""), "{talks}");
    assert_eq!(site.run(&["check"]).code, 0);
}

#[test]
fn any_table_becomes_entries_with_a_mapping() {
    let map = sample("map.toml");
    expect("csv", "csv", "table.csv", &["--map", map.to_str().expect("the path is UTF-8")]);
}

/// Imports a table whose columns have the names of what they become, with a number where two become the same.
fn table_report(site: &Site, header: &str, rows: &str) -> serde_json::Value {
    let to = |column: &str| column.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let fields: String = header.split(',').map(|column| format!("\"{column}\" = \"{}\"\n", to(column))).collect();
    let map = Site::empty().file("map.toml", format!("[fields]\n{fields}"));
    let map = map.path("map.toml");
    let table = format!("{header}\n{rows}");
    report_of(site, "csv", ("table.csv", &table), &["--map", map.to_str().expect("the path is UTF-8")])
}

#[test]
fn no_cell_of_a_table_is_lost_silently() {
    let header = "id,title,title2,date,year,places,place.lat,place.lon,place.precision,place.country,kind,aliases";
    let rows = "a b!,One,Another,2017,1999,Town,60.39,5.32,city,UK,meeting,old/a;../b\n\
        b,Two,,2018,,Town,61,5.32,region,UK,,\n\
        c,Three,,2018,,,60,5,city,UK,,\n\
        d,Four,,2018,,Elsewhere,0,0,,,,\n\
        e,Five,,2018,,Nowhere,60,,,,,\n";
    let site = Site::empty();
    let report = table_report(&site, header, rows);
    let no_place = "the event has no place, or several";
    assert_eq!(
        counted(&report, "lost"),
        [
            "aliases ×1: ../b: it is not the path of a page".to_owned(),
            "place.country ×1: UK: ".to_owned() + no_place,
            "place.lat ×1: 60: ".to_owned() + no_place,
            "place.lat ×1: 60: the other half of the point is missing".to_owned(),
            "place.lat, place.lon ×1: 61, 5.32: an earlier entry gives the place another point".to_owned(),
            "place.lon ×1: 5: ".to_owned() + no_place,
            "place.precision ×1: region: an earlier entry gives the place another precision".to_owned(),
            "place.precision ×1: city: ".to_owned() + no_place,
            "title2 ×1: Another: another field gave the same key".to_owned(),
            "year ×1: 1999: another field gave the date".to_owned(),
        ]
    );
    assert_eq!(counted(&report, "changed"), ["id ×1: a b!: it cannot be an id of annals"]);
    assert_eq!(report["notes"][0]["message"], "0, 0 is in the open sea; data sets use it for unknown");
    let town = fs::read_to_string(site.path("content/places/town.md")).expect("the place is there");
    assert_eq!(town, "+++\nname = \"Town\"\nlat = 60.39\nlon = 5.32\ncountry = \"GB\"\nprecision = \"city\"\n+++\n");
    let event = fs::read_to_string(site.path("content/events/a-b.md")).expect("the event is there");
    assert!(event.starts_with("+++\ntitle = \"One\"\ndate = \"2017\"\nkind = \"meeting\"\n"), "{event}");
}

#[test]
fn a_date_in_parts_is_as_exact_as_its_largest_missing_part_allows() {
    let site = Site::empty();
    let rows = "One,2017,,20,\nTwo,2017,3,4,week\n";
    let report = table_report(&site, "title,year,month,day,date.precision", rows);
    assert_eq!(
        counted(&report, "lost"),
        [
            "date.precision ×1: week: the value is not one that annals has",
            "day ×1: 20: a larger part of the date is missing",
        ]
    );
    assert!(site.path("content/events/2017-one.md").exists() && site.path("content/events/2017-03-04-two.md").exists());
}

#[test]
fn a_drafted_mapping_can_be_used_as_it_is() {
    let drafted = import_into(&Site::empty(), "csv", &sample("table.csv"), &["--draft-map"]);
    assert_eq!(drafted.code, 0, "{}", drafted.stderr);
    assert!(drafted.stdout.contains("# 4 filled: `Sample talks`"), "{}", drafted.stdout);
    let site = Site::empty();
    let map = site.root().with_file_name("map.toml");
    fs::write(&map, drafted.stdout).expect("the file can be written");
    let run = import_into(&site, "csv", &sample("table.csv"), &["--map", map.to_str().expect("the path is UTF-8")]);
    assert!(run.stdout.starts_with("table.csv: wrote 2 events"), "{}{}", run.stderr, run.stdout);
    assert_eq!(site.run(&["check"]).code, 0);
}

#[test]
fn folders_of_markdown_become_entries() {
    expect("jekyll", "markdown", "jekyll", &[]);
    expect("hugo", "markdown", "hugo", &[]);
    expect("obsidian", "markdown", "obsidian", &[]);
    expect("decap", "markdown", "decap", &["--from", "decap"]);
}

#[test]
fn links_in_a_folder_go_to_the_ids_that_the_mapping_gives() {
    let input = Site::empty()
        .file("a.md", "---\nnumber: talks 1\ndate: 2017\n---\nSee [b](b.md), [[c]], ![x](x.png) and [gone](gone.md).\n")
        .file("b.md", "---\nnumber: talks-2\ndate: 2018\n---\nAfter [a](a.md).\n")
        .file("c.md", "---\ndate: 2019\n---\nSee [![x](x.png)](b.md).\n");
    let map = Site::empty().file("map.toml", "[fields]\nnumber = \"id\"\ndate = \"date\"\n");
    let map = map.path("map.toml");
    let site = Site::empty();
    let more = ["--map", map.to_str().expect("the path is UTF-8"), "--format", "json"];
    let run = import_into(&site, "markdown", input.root(), &more);
    let text = |id: &str| {
        let file = fs::read_to_string(site.path(&format!("content/events/{id}.md"))).unwrap_or_default();
        file.rsplit("+++\n").next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        ["talks-1", "talks-2", "c"].map(text),
        [
            "See [b](@/events/talks-2.md), [c](@/events/c.md), x and gone.\n",
            "After [a](@/events/talks-1.md).\n",
            "See [x](@/events/talks-2.md).\n",
        ],
        "{}",
        run.stdout
    );
    let report = serde_json::from_str(&run.stdout).expect("the report is JSON");
    assert_eq!(
        counted(&report, "lost"),
        [
            "text: link ×1: gone.md: no imported file is meant; its words stay",
            "text: picture ×2: x.png: pictures are not copied; its description stays",
        ]
    );
    assert_eq!(counted(&report, "changed"), ["id ×1: talks 1: it cannot be an id of annals"]);
}

#[test]
fn the_settings_of_another_timeline_are_counted_if_the_site_has_its_own() {
    let text = r#"{"format":"annals","version":1,"title":"T","edition":"2.1","doi":"10.1/x","kinds":[],"events":[]}"#;
    let report = report_of(&Site::new(), "annals", ("events.json", text), &[]);
    let why = "the site has a site.toml already";
    assert_eq!(
        counted(&report, "lost"),
        [format!("doi ×1: 10.1/x: {why}"), format!("edition ×1: 2.1: {why}"), format!("title ×1: T: {why}")]
    );
    let site = Site::empty();
    let report = report_of(&site, "annals", ("events.json", text), &[]);
    assert_eq!(counted(&report, "lost"), Vec::<String>::new());
    assert!(fs::read_to_string(site.path("site.toml")).expect("it is there").contains("version = \"2.1\""));
}

#[test]
fn broken_json_is_reported_where_it_breaks_and_template_code_is_not_json() {
    let folder = Site::new()
        .file("a.md", "{\n\t\"title\": \"Gespräch\" \"date\": \"2017\"\n}\nText.")
        .file("b.md", "{\"title\": \"é")
        .file("2017-11-20-c.md", "{{< figure src=\"x.jpg\" >}}\n\nText of c.")
        .file("2017-11-20-d.md", "{}Text of d.");
    let site = Site::empty();
    let run = import_into(&site, "markdown", folder.root(), &[]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stdout.contains("a.md:2:22: the front matter is not JSON: expected `,` or `}`"), "{}", run.stdout);
    assert!(
        run.stdout.contains("b.md:1:12: the front matter is not JSON: EOF while parsing a string"),
        "{}",
        run.stdout
    );
    for name in ["c", "d"] {
        let text = fs::read_to_string(site.path(&format!("content/events/2017-11-20-{name}.md"))).unwrap_or_default();
        assert!(text.ends_with(&format!("\nText of {name}.\n")), "{}{text}", run.stdout);
    }
}

#[test]
fn the_events_of_annals_become_entries_again() {
    expect("annals", "annals", "events.json", &[]);
}

#[test]
fn a_picture_that_is_there_is_kept() {
    let site = Site::new().file("content/events/hall.jpg", "x");
    let run = import_into(&site, "annals", &sample("events.json"), &["--add-kinds"]);
    let text = fs::read_to_string(site.path("content/events/2017-11-20-sample-meeting.md")).unwrap_or_default();
    assert!(text.contains("[[media]]\nfile = \"hall.jpg\"\nalt = \"A hall\"\n"), "{}{text}", run.stdout);
}

#[test]
fn a_dry_run_reports_the_same_and_writes_nothing() {
    for (format, input) in [("acled", "acled.csv"), ("timelinejs", "timelinejs.json"), ("markdown", "jekyll")] {
        let (site, other) = (Site::empty(), Site::empty());
        let dry = import_into(&site, format, &sample(input), &["--dry-run"]);
        let wet = import_into(&other, format, &sample(input), &[]);
        assert!(files(site.root()).is_empty());
        let would = dry.stdout.replace("would write", "wrote").replace("would be written", "was written");
        assert_eq!((would, dry.code), (wet.stdout, wet.code));
    }
}

#[test]
fn files_of_other_contents_are_kept_wherever_they_are() {
    let site = Site::empty();
    import_into(&site, "acled", &sample("acled.csv"), &[]);
    let (old, new) = ("content/events/2017/acled-smp1.md", "content/events/ACLED-SMP1.md");
    let edited = fs::read_to_string(site.path(old)).expect("it was written").replace("Sample row.", "Edited.");
    fs::remove_file(site.path(old)).expect("it can be removed");
    site.write(new, &edited);
    site.write("content/actors/sample-front.md", "+++\nname = \"The Front\"\nnames = [\"Sample Front\"]\n+++\n");
    let before = files(site.root());
    let again = import_into(&site, "acled", &sample("acled.csv"), &[]);
    assert!(
        again
            .stdout
            .contains("Kept: these files exist with other contents\n    content/events/ACLED-SMP1.md (line 2)\n"),
        "{}",
        again.stdout
    );
    assert_eq!(files(site.root()), before);
}

#[test]
fn names_that_the_site_knows_get_no_second_document() {
    let site = Site::new()
        .file("content/actors/front.md", "+++\nname = \"Front of Samples\"\nnames = [\"SAMPLE front\"]\n+++\n")
        .file("content/places/sample-town.md", "+++\nname = \"Sample Town\"\nlat = 1.0\nlon = 1.0\n+++\n");
    let run = import_into(&site, "acled", &sample("acled.csv"), &["--add-kinds"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let event = fs::read_to_string(site.path("content/events/2017/acled-smp1.md")).expect("it was written");
    assert!(event.contains("\"sample-police\", \"front\"]"), "{event}");
    assert!(!site.path("content/actors/sample-front.md").exists());
    // A place of the same name far away is another one.
    assert!(event.contains("places = [\"sample-town-"), "{event}");
    assert_eq!(site.run(&["check"]).code, 0, "{}", site.run(&["check"]).stderr);
}

#[test]
fn ids_that_aliases_have_are_taken() {
    let table = "date,title\n2017-11-20,Sample talks\n";
    let map = "[fields]\ndate = \"date\"\ntitle = \"title\"\n";
    let site = Site::new().event("other", "2017-11-20", "aliases = [\"2017-11-20-sample-talks\"]\n");
    let folder = site.root().parent().expect("it has a parent").to_owned();
    fs::write(folder.join("a.csv"), table).expect("the file can be written");
    fs::write(folder.join("m.toml"), map).expect("the file can be written");
    let more = ["--map", "m.toml", "--kind", "meeting"];
    let run = import_into(&site, "csv", &folder.join("a.csv"), &more);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(site.run(&["check"]).code, 0, "{}", site.run(&["check"]).stderr);
    assert!(import_into(&site, "csv", &folder.join("a.csv"), &more).stdout.contains("nothing changed"));
}

#[test]
fn an_existing_site_toml_is_changed_only_on_request() {
    let site = Site::new().event("a", "2017-11-20", "");
    let refused = import_into(&site, "acled", &sample("acled.csv"), &[]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert!(
        refused.stderr.contains("[kinds.battles]\nname = \"Battles\"\nfamily = \"pressure\"\n"),
        "{}",
        refused.stderr
    );
    assert!(!site.path("content/actors").exists());
    assert_eq!(fs::read_to_string(site.path("site.toml")).expect("it is there"), "title = \"Test\"\n");
    let added = import_into(&site, "acled", &sample("acled.csv"), &["--add-kinds"]);
    assert!(added.stdout.contains("These lines were added to site.toml:"), "{}{}", added.stdout, added.stderr);
    // The built-in kinds, which the first [kinds.…] replaces, are there too.
    assert_eq!(site.run(&["check"]).code, 0, "{}", site.run(&["check"]).stderr);
}

#[test]
fn false_precision_is_reported_and_widened_on_request() {
    let mut table = "date,title\n".to_owned();
    for number in 0..6 {
        table.push_str(&format!("201{number}-01-01,Year {number}\n2017-{:02}-01,Month {number}\n", number + 2));
    }
    let site = Site::empty();
    let folder = site.root().parent().expect("it has a parent").to_owned();
    fs::write(folder.join("a.csv"), table).expect("the file can be written");
    fs::write(folder.join("m.toml"), "[fields]\ndate = \"date\"\ntitle = \"title\"\n")
        .expect("the file can be written");
    let run = import_into(&site, "csv", &folder.join("a.csv"), &["--map", "m.toml", "--dry-run"]);
    let expected = "\nPerhaps false precision\n       \
        6  of 12 events dated to the day are on 1 January; if only the period is known, use --january-1-as-year\n       \
        6  of 12 events dated to the day are on the first of another month; if only the period is known, use --day-1-as-month\n";
    assert!(run.stdout.contains(expected), "{}", run.stdout);
    import_into(&site, "csv", &folder.join("a.csv"), &["--map", "m.toml", "--january-1-as-year", "--day-1-as-month"]);
    let date =
        |file: &str| fs::read_to_string(site.path(&format!("content/events/{file}.md"))).expect("it was written");
    assert!(date("2011-year-1").contains("\ndate = \"2011\"\n"));
    assert!(date("2017-03-month-1").contains("\ndate = \"2017-03\"\n"));
}

#[test]
fn the_json_report_has_the_documented_shape() {
    let site = Site::empty();
    let run = import_into(&site, "acled", &sample("acled.csv"), &["--format", "json", "--dry-run"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    let documentation =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("it is there");
    for key in report.as_object().expect("it is an object").keys() {
        assert!(documentation.contains(&format!("`{key}`")), "docs/import.md does not mention {key}");
    }
    assert_eq!(
        report["written"],
        serde_json::json!({ "events": 4, "actors": 7, "places": 4, "processes": 0, "pages": 0 })
    );
    assert_eq!(
        report["lost"][0],
        serde_json::json!({ "field": "iso", "count": 5, "examples": ["578"], "why": "it repeats another column" })
    );
    assert_eq!(report["refused"][0]["line"], 6);
    assert_eq!(report["refused"][0]["field"], "event_date");
}

#[test]
fn bad_input_is_reported_with_its_place() {
    let site = Site::empty();
    let folder = site.root().parent().expect("it has a parent").to_owned();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("the file can be written");
    write("broken.json", b"{\n  \"events\": [,]\n}");
    write("other.json", b"{\"a\": 1}");
    write("utf16.csv", b"\xff\xfea\0");
    write("latin.csv", b"event_id_cnty,event_date,event_type,location\nX1,2017-11-20,Battles,Caf\xe9\n");
    write("map.toml", b"[fields]\na = \"titel\"\n");
    write("table.csv", b"a\nb\n");
    for (format, input, more, code, message) in [
        (
            "timelinejs",
            "broken.json",
            &[][..],
            1,
            "annals: broken.json:2:14: this is not JSON as it should be: expected value\n",
        ),
        (
            "timelinejs",
            "other.json",
            &[],
            1,
            "annals: other.json: this is not a file of TimelineJS: it has no `events`",
        ),
        ("annals", "other.json", &[], 1, "annals: other.json: this is not a file of annals"),
        (
            "acled",
            "utf16.csv",
            &[],
            1,
            "annals: utf16.csv:1:1: this is not text in UTF-8; save the table as CSV in UTF-8\n",
        ),
        (
            "acled",
            "table.csv",
            &[],
            1,
            "annals: table.csv: this is not a file of ACLED: it has no column `event_id_cnty`",
        ),
        ("csv", "table.csv", &[], 1, "annals: table.csv: a table needs a mapping file; make one with"),
        (
            "csv",
            "table.csv",
            &["--map", "map.toml"],
            2,
            "annals: map.toml:2:5: a field cannot become `titel`; did you mean `title`?\n",
        ),
        ("csv", "absent.csv", &[], 2, "annals: absent.csv does not exist\n"),
    ] {
        let run = import_into(&site, format, &folder.join(input), more);
        assert_eq!(run.code, code, "{input}: {}", run.stderr);
        assert!(run.stderr.starts_with(message), "{input}: {}", run.stderr);
        assert!(files(site.root()).is_empty());
    }
    let latin = import_into(&site, "acled", &folder.join("latin.csv"), &["--dry-run"]);
    assert!(
        latin.stdout.contains("latin.csv:2: location: the cell is not UTF-8; save the table as UTF-8\n"),
        "{}",
        latin.stdout
    );
}

#[test]
fn only_a_site_or_a_new_folder_takes_entries() {
    let site = Site::empty().file("notes.txt", "x");
    let run = import_into(&site, "acled", &sample("acled.csv"), &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is not empty and has no site.toml"), "{}", run.stderr);
    #[cfg(unix)]
    {
        let site = Site::new();
        let elsewhere = site.root().with_file_name("elsewhere");
        fs::create_dir(&elsewhere).expect("folders can be made");
        fs::create_dir(site.path("content")).expect("folders can be made");
        site.link("content/events", elsewhere.to_str().expect("the path is UTF-8"));
        let run = import_into(&site, "acled", &sample("acled.csv"), &["--add-kinds"]);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(files(&elsewhere).is_empty());
    }
}

/// What may be in a cell of somebody else's table.
const HOSTILE: &[&str] = &[
    "=1+1",
    "@SUM(A1)",
    "line\nbreak",
    "\"quoted\"",
    "\u{202e}right to left",
    "سطر",
    "😀𝕏",
    "*bold* _it_ `code`",
    "<script>x</script>",
    "[a](javascript:x)",
    "[[a]]",
    "[^a]",
    "{{ x }}",
    "{% x %}",
    "%%note%%",
    "<!-- c -->",
    "-->",
    "../../x",
    "con",
    "index",
    "# h",
    "- [ ] t",
    "|a|b|\n|-|-|",
    "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c",
    "+++",
    "---",
    "\u{0}\u{7}",
    "a\\",
    "&#1;",
    "$$x$$",
    "https://exa mple.org",
    "http://[",
    "\u{fffe}",
    "1. one\n3. three",
    "    code",
    "~~~\nx",
    "![x](y.png)",
];

#[test]
fn whatever_a_table_holds_a_check_finds_no_error() {
    let mut table = String::from("date,title,text,html,who,where,tag,url,publisher,extra\n");
    for (number, part) in HOSTILE.iter().enumerate() {
        let cell = format!("\"{}\"", part.replace('"', "\"\""));
        table.push_str(&format!("2017-11-{:02}", number % 28 + 1));
        table.push_str(&format!(",{cell}").repeat(9));
        table.push('\n');
    }
    let map = r#"
[fields]
date = "date"
title = "title"
text = "text"
html = "html"
who = { to = "actors", split = "" }
where = { to = "places", split = "" }
tag = "tags"
url = "source.url"
publisher = "source.publisher"
extra = "extra.any thing"
"#;
    let site = Site::empty();
    let folder = site.root().parent().expect("it has a parent").to_owned();
    // With a NUL, the file would not be accepted as text.
    fs::write(folder.join("a.csv"), table.replace('\0', "\u{1}")).expect("the file can be written");
    fs::write(folder.join("m.toml"), map).expect("the file can be written");
    let run = import_into(&site, "csv", &folder.join("a.csv"), &["--map", "m.toml"]);
    assert!(!run.stdout.contains("it would not pass a check"), "{}", run.stdout);
    let check = site.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    assert!(!run.stdout.contains('\u{202e}'));
    let outside: Vec<_> = files(&folder).into_iter().filter(|(name, _)| !name.starts_with("site/")).collect();
    assert_eq!(outside.len(), 2, "nothing is written outside the site");
    site.build();
    assert!(import_into(&site, "csv", &folder.join("a.csv"), &["--map", "m.toml"]).stdout.contains("nothing changed"));
}

#[test]
fn the_example_of_the_documentation_works() {
    let documentation =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("it is there");
    let section = documentation.split("\n## Any table\n").nth(1).expect("the section is there");
    let block = |language: &str| {
        let begin = section.split(&format!("\n```{language}\n")).nth(1).expect("the block is there");
        format!("{}\n", begin.split("\n```\n").next().unwrap_or_default())
    };
    let site = Site::empty();
    let folder = site.root().parent().expect("it has a parent").to_owned();
    fs::write(folder.join("meetings.csv"), block("csv")).expect("the file can be written");
    fs::write(folder.join("map.toml"), block("toml")).expect("the file can be written");
    let text = block("text");
    let (command, printed) = text.split_once('\n').expect("it has several lines");
    let words = command.trim_start_matches("$ annals ").split(' ');
    let run = run(annals().current_dir(&folder).args(words));
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (printed, ""));
    let event = folder.join("timeline/content/events/2017-11-20-first-round-of-sample-talks.md");
    assert_eq!(fs::read_to_string(event).expect("it was written"), block("markdown"));
}

#[test]
fn whatever_a_slide_holds_a_check_finds_no_error() {
    let html = [
        "<b>a</b>b",
        "!<a href=\"https://example.org/_a_\">[x</a>",
        "<ul><li>a<li>b",
        "&#1;&#x202e;",
        "<table><td>a|b",
    ];
    let slides = HOSTILE.iter().chain(&html).map(|part| {
        serde_json::json!({
            "start_date": { "year": 2017 },
            "text": { "headline": part, "text": format!("{part}!{part}") },
            "media": { "url": "https://example.org/a_(b)", "caption": part, "credit": part },
            "group": part,
            "unique_id": part,
            *part: part,
        })
    });
    let timeline = serde_json::json!({ "events": slides.collect::<Vec<_>>() });
    let site = Site::empty();
    let input = site.root().with_file_name("a.json");
    fs::write(&input, timeline.to_string()).expect("the file can be written");
    let run = import_into(&site, "timelinejs", &input, &[]);
    assert!(!run.stdout.contains("it would not pass a check"), "{}", run.stdout);
    assert_eq!(site.run(&["check"]).code, 0, "{}", site.run(&["check"]).stderr);
    assert!(import_into(&site, "timelinejs", &input, &[]).stdout.contains("nothing changed"));
}
