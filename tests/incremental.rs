//! A build reuses what the last build made, and the site is the same as after a full build.

use std::fs;
use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::common::{Run, Site, annals, files, run, steady};

/// An event with a picture.
const PICTURE: &str =
    "+++\ntitle = \"P\"\ndate = 2020-01-02\nkind = \"meeting\"\n[[media]]\nfile = \"p.png\"\nalt = \"A map\"\n+++\n";

/// Something that happens to a site between two builds.
#[derive(Clone, Debug)]
enum Edit {
    /// A file of the site gets this text.
    Write(&'static str, String),
    /// A file of the site gets these bytes.
    Bytes(&'static str, Vec<u8>),
    /// One file of the site is deleted.
    Delete(Index),
    /// A file of the site gets another text of the same length and with the same times.
    Overwrite(Index),
    /// A file of the site is saved without a change.
    Touch(Index),
    /// Somebody changes a file in the output folder, without changing its size.
    Tamper(Index),
    /// Somebody deletes a file in the output folder.
    Lose(Index),
    /// The records of builds are cut off at this position, if `true`, or else a bit of the byte there is flipped.
    Damage(Index, bool),
    /// The folder `.cache` is deleted.
    Forget,
    /// The site is built with `--drafts`.
    Drafts,
}

fn site() -> Site {
    let source = "\n[[sources]]\nid = \"s\"\ntitle = \"S\"\nurl = \"https://example.org/s\"\n";
    Site::new()
        .file("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n")
        .file("content/actors/alpha.md", "+++\nname = \"Alpha\"\nkind = \"state\"\n+++\n")
        .file("content/actors/beta.md", "+++\nname = \"Beta\"\n+++\nSee [a](@/events/a.md).\n")
        .file("content/places/sochi.md", "+++\nname = \"Sochi\"\nlat = 43.6\nlon = 39.7\n+++\n")
        .file("content/processes/talks.md", "+++\nname = \"Talks\"\n+++\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nText.\n")
        .event(
            "a",
            "2017-11-20",
            &format!("actors = [\"alpha\", \"beta\"]\nplaces = [\"sochi\"]\nprocesses = [\"talks\"]\n{source}"),
        )
        .event("b", "2017-11-22", "actors = [\"alpha\"]\nfollows = [\"a\"]\n")
        .event("c", "\"2018-01\"", "actors = [\"beta\", \"alpha\"]\nimportance = 1\n")
        .event("d", "2019-05-01", "draft = true\n")
}

/// Generates an event. Some have a date that does not exist or an actor without a file.
fn event() -> impl Strategy<Value = String> {
    let date = select(vec!["2017-11-20", "2017-11-21", "2018", "2018-01~", "1999-03-04", "2017-13-01"]);
    let actors =
        select(vec!["", "actors = [\"alpha\"]\n", "actors = [\"beta\", \"alpha\"]\n", "actors = [\"nobody\"]\n"]);
    let more = select(vec![
        "",
        "summary = \"In short.\"\n",
        "importance = 1\n",
        "draft = true\n",
        "places = [\"sochi\"]\n",
        "retracted = \"Wrong.\"\n",
    ]);
    let text = select(vec![
        "Text.",
        "Other words, and more.",
        "See [a](@/events/a.md).",
        "See [a](@/events/a.md#_source-s).",
        "![Map](map.png)",
        "Votes:\n\n```events\nvote = \"any\"\nshow = \"table\"\n```\n",
        "All:\n\n```events\norder = \"newest\"\n```\n\n```events\nshow = \"count\"\n```\n",
    ]);
    let vote = select(vec![
        "",
        "[vote]\nbody = \"alpha\"\nyes = 3\nno = 0\nadopted = true\n",
        "[vote]\nbody = \"alpha\"\ndocument = \"S/2017/1\"\nyes = 3\nno = 2\nagainst = [\"beta\"]\nadopted = false\n",
    ]);
    ("[A-Z][a-z]{0,6}", date, actors, more, vote, text).prop_map(|(title, date, actors, more, vote, text)| {
        format!("+++\ntitle = \"{title}\"\ndate = \"{date}\"\nkind = \"meeting\"\n{actors}{more}{vote}+++\n{text}\n")
    })
}

fn png(width: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, 4, image::Rgb([9, 9, 9]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("the picture can be encoded");
    bytes.into_inner()
}

fn edit() -> impl Strategy<Value = Edit> {
    let events = select(vec!["content/events/a.md", "content/events/b.md", "content/events/new.md"]);
    let name = "[A-Z][a-z]{0,5}";
    let actor = (select(vec!["content/actors/alpha.md", "content/actors/new.md"]), name)
        .prop_map(|(path, name)| Edit::Write(path, format!("+++\nname = \"{name}\"\n+++\n")));
    let template = select(vec![
        ("templates/event-item.html", "<li>{{ event.title }}</li>"),
        ("templates/event-item.html", "<li>{{ event.date.words }} {{ level }}</li>"),
        ("templates/header.html", "<p>{{ site.title }} {{ page.url }}</p>"),
        ("templates/work-line.html", "{{ title }}"),
        (
            "templates/event.html",
            "{% extends \"base.html\" %}{% block main %}{{ event.title }}{{ body }}{% endblock %}",
        ),
        ("templates/event.html", "{% extends \"base.html\" %}{% block main %}{{ nothing }}{% endblock %}"),
        ("locales/en.ftl", "timeline = Chronology\n"),
        ("locales/en.ftl", "sources = Works\n"),
        ("static/assets/annals.css", "body { color: red }"),
        ("static/note.txt", "A note."),
        ("site.toml", "title = \"Other\"\n"),
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\nlanguage = \"fr\"\n"),
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/t/\"\ncontact = \"mailto:a@example.org\"\n"),
    ]);
    let picture = (prop::bool::ANY, 4u32..7).prop_map(|(other, width)| {
        if other {
            Edit::Write("content/events/picture.md", PICTURE.to_owned())
        } else {
            Edit::Bytes("content/events/p.png", png(width))
        }
    });
    prop_oneof![
        6 => (events, event()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => actor,
        4 => template.prop_map(|(path, text)| Edit::Write(path, text.to_owned())),
        1 => picture,
        3 => any::<Index>().prop_map(Edit::Delete),
        2 => any::<Index>().prop_map(Edit::Overwrite),
        1 => any::<Index>().prop_map(Edit::Touch),
        2 => any::<Index>().prop_map(Edit::Tamper),
        1 => any::<Index>().prop_map(Edit::Lose),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(at, cut)| Edit::Damage(at, cut)),
        1 => Just(Edit::Forget),
        1 => Just(Edit::Drafts),
    ]
}

impl Edit {
    fn apply(&self, site: &Site) {
        let inputs = || -> Vec<String> {
            let all = files(site.root()).into_iter().map(|(name, _)| name);
            all.filter(|name| !name.starts_with("public/") && !name.starts_with(".cache/") && name != "site.toml")
                .collect()
        };
        let outputs = || files(&site.path("public"));
        match self {
            Self::Write(path, text) => site.write(path, text),
            Self::Bytes(path, bytes) => site.write(path, bytes),
            Self::Delete(at) => {
                fs::remove_file(site.path(at.get(inputs().as_slice()).as_str())).expect("the file can be deleted");
            }
            Self::Overwrite(at) => {
                let path = site.path(at.get(inputs().as_slice()).as_str());
                let times = fs::metadata(&path).and_then(|found| found.modified()).expect("the file has a time");
                let text = fs::read(&path).expect("the file can be read");
                let other: Vec<u8> = text.iter().map(|byte| if *byte == b'a' { b'e' } else { *byte }).collect();
                fs::write(&path, other).expect("the file can be written");
                let file = fs::File::options().write(true).open(&path).expect("the file can be opened");
                file.set_modified(times).expect("the time can be set");
            }
            Self::Touch(at) => {
                let path = site.path(at.get(inputs().as_slice()).as_str());
                let text = fs::read(&path).expect("the file can be read");
                fs::write(&path, text).expect("the file can be written");
            }
            Self::Tamper(at) => {
                let outputs: Vec<_> = outputs().into_iter().filter(|(name, _)| name != ".annals").collect();
                if !outputs.is_empty() {
                    let (name, bytes) = at.get(&outputs);
                    let other: Vec<u8> = bytes.iter().map(|byte| byte ^ 1).collect();
                    fs::write(site.path("public").join(name), other).expect("the file can be written");
                }
            }
            Self::Lose(at) => {
                let outputs: Vec<_> = outputs().into_iter().filter(|(name, _)| name != ".annals").collect();
                if !outputs.is_empty() {
                    let (name, _) = at.get(&outputs);
                    fs::remove_file(site.path("public").join(name)).expect("the file can be deleted");
                }
            }
            Self::Damage(at, cut) => {
                let folder = site.path(".cache/annals/builds");
                let records = if folder.is_dir() { files(&folder) } else { Vec::new() };
                for (name, mut bytes) in records {
                    let place = at.index(bytes.len());
                    if *cut {
                        bytes.truncate(place);
                    } else {
                        bytes[place] ^= 1;
                    }
                    fs::write(folder.join(name), bytes).expect("the record can be written");
                }
            }
            Self::Forget => fs::remove_dir_all(site.path(".cache")).unwrap_or_default(),
            Self::Drafts => _ = site.run(&["build", "--drafts"]),
        }
    }
}

/// Builds a site; returns the run, and the files in the output folder afterwards.
fn built(site: &Site, output: &Path, more: &[&str]) -> (Run, Vec<(String, Vec<u8>)>) {
    let mut command = annals();
    command.arg("build").arg("--root").arg(site.root()).arg("--output").arg(output).args(more);
    let run = run(&mut command);
    (run, if output.is_dir() { files(output) } else { Vec::new() })
}

/// Builds incrementally and, into another folder, with `--no-cache`. Asserts that exit statuses and reports are the same, and
/// so are all files if the build succeeds.
fn assert_same(site: &Site, after: &dyn std::fmt::Debug) {
    let whole = site.root().parent().expect("the site is in a folder").join("whole");
    let _ = fs::remove_dir_all(&whole);
    let (usual, files) = built(site, &site.path("public"), &[]);
    let (again, wanted) = built(site, &whole, &["--no-cache"]);
    assert_eq!(usual.code, again.code, "after {after:?}: {}\n{}", usual.stderr, again.stderr);
    assert_eq!(steady(&usual.stderr), steady(&again.stderr), "after {after:?}");
    if usual.code == 0 {
        let differ = files.iter().zip(&wanted).find(|(a, b)| a != b).map(|(a, b)| (&a.0, &b.0));
        assert!(files.len() == wanted.len() && differ.is_none(), "after {after:?}: {differ:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_edited_the_site_is_that_of_a_full_build(edits in prop::collection::vec(edit(), 1..9)) {
        let site = site();
        assert_same(&site, &"nothing");
        for (number, _) in edits.iter().enumerate() {
            edits[number].apply(&site);
            assert_same(&site, &&edits[..=number]);
        }
    }
}

#[test]
fn a_change_that_no_word_shows_reaches_every_file() {
    let site = site();
    site.write("content/events/map.png", png(4));
    site.write("content/events/plan.png", png(4));
    let headings = "\n## One\n\nText.\n\n## Two\n\nText.\n";
    for (before, after) in [
        ("[a](@/events/a.md)", "[a](@/events/b.md)"),
        ("[a](@/events/a.md)", "[a](@/events/a.md#_source-s)"),
        ("[here](#one)", "[here](#two)"),
        ("[[a]]", "[[a#_source-s]]"),
        ("![Map](map.png)", "![Map](plan.png)"),
        ("```events\norder = \"newest\"\n```", "```events\norder = \"oldest\"\n```"),
        ("```events\nactor = \"alpha\"\n```", "```events\nactor = \"beta\"\n```"),
        ("[4](@count?actor=alpha)", "[4](@count?kind=meeting)"),
    ] {
        for text in [before, after] {
            let matter = "+++\ntitle = \"New\"\ndate = \"2020\"\nkind = \"meeting\"\nactors = [\"alpha\"]\n+++\n";
            site.write("content/events/new.md", format!("{matter}{text}\n{headings}"));
            site.build();
            assert_same(&site, &text);
        }
    }
}

/// A site.toml with every key that docs/site-toml.md lists, each with another value.
const SETTINGS: &[(&str, &str)] = &[
    ("title = \"Test\"", "title = \"Other\""),
    ("description = \"D\"", "description = \"E\""),
    ("base_url = \"https://example.org/\"", "base_url = \"https://example.org/t/\""),
    ("language = \"en\"", "language = \"fr\""),
    ("licence = \"CC-BY-4.0\"", "licence = \"CC0-1.0\""),
    ("repository = \"https://x.org/o/r\"", "repository = \"https://x.org/o/s\""),
    ("repository_host = \"github\"", "repository_host = \"gitlab\""),
    ("repository_branch = \"a\"", "repository_branch = \"b\""),
    ("contact = \"mailto:a@example.org\"", "contact = \"https://x.org/o/r/issues/new\""),
    ("default_confidence = \"confirmed\"", "default_confidence = \"probable\""),
    ("[publish]\nconfidence = [\"confirmed\"]", "[publish]\nconfidence = [\"confirmed\", \"disputed\"]"),
    ("[markdown]\nraw_html = \"sanitise\"", "[markdown]\nraw_html = \"allow\""),
    ("[limits]\nentry_bytes = 5000", "[limits]\nentry_bytes = 5001"),
    ("front_matter_depth = 20", "front_matter_depth = 21"),
    ("markdown_depth = 20", "markdown_depth = 21"),
    ("links = 20", "links = 21"),
    ("picture_pixels = 2000", "picture_pixels = 2001"),
    ("[archives]\nhosts = [\"a.example.org\"]", "[archives]\nhosts = [\"b.example.org\"]"),
    ("[gates]\nsingle_source = \"off\"", "[gates]\nsingle_source = \"note\""),
    ("no_primary_document = \"off\"", "no_primary_document = \"note\""),
    ("uncited_paragraph = \"off\"", "uncited_paragraph = \"note\""),
    ("unarchived_landmark = \"off\"", "unarchived_landmark = \"note\""),
    ("one_sided_accounts = \"off\"", "one_sided_accounts = \"note\""),
    ("vote_cited_to_text_alone = \"off\"", "vote_cited_to_text_alone = \"note\""),
    ("described_title = \"off\"", "described_title = \"note\""),
    ("relayed_source = \"off\"", "relayed_source = \"note\""),
    ("[map]\nfocus = [\"sochi\"]", "[map]\nfocus = [\"vienna\"]"),
    ("[publication]\npublisher = \"P\"", "[publication]\npublisher = \"Q\""),
    ("version = \"1\"", "version = \"2\""),
    ("doi = \"10.1/a\"", "doi = \"10.1/b\""),
    ("authors = [\"Doe, Jane\"]", "authors = [\"Roe, Jane\", \"Board\"]"),
    ("[data]\ncsv_bom = false", "[data]\ncsv_bom = true"),
    ("[history]\nenabled = true", "[history]\nenabled = false"),
    ("facts = true", "facts = false"),
    ("[cards]\nevents = \"landmarks\"", "[cards]\nevents = \"all\""),
    ("[extra]\nfunder = \"A\"", "[extra]\nfunder = \"B\""),
    ("[private]\nnote = \"A\"", "[private]\nnote = \"B\""),
    ("[kinds.meeting]\nname = \"Meeting\"", "[kinds.meeting]\nname = \"Encounter\""),
    ("family = \"talks\"", "family = \"words\""),
    ("summary = \"They meet.\"", "summary = \"They met.\""),
    ("names = { ar = \"A\" }", "names = { ar = \"B\" }"),
    ("[[blocs]]\nname = \"One\"", "[[blocs]]\nname = \"Two\""),
    ("actors = [\"alpha\"]", "actors = [\"beta\"]"),
];

/// Returns site.toml with the other value of one of its keys, and perhaps without some of them.
fn settings(other: Option<usize>, without: &[&str]) -> String {
    let line = |(number, (value, another)): (usize, &(&str, &str))| {
        let is_left_out = without.iter().any(|key| value.lines().any(|line| line.starts_with(key)));
        if is_left_out { String::new() } else { format!("{}\n", if other == Some(number) { another } else { value }) }
    };
    SETTINGS.iter().enumerate().map(line).collect()
}

#[test]
fn every_setting_reaches_every_file() {
    let doc = include_str!("../docs/site-toml.md");
    let tables = doc.split("\n\n").filter(|block| block.starts_with("| key"));
    for key in tables.flat_map(str::lines).filter_map(|row| row.strip_prefix("| `")?.split('`').next()) {
        let is_changed = |value: &str| value.lines().any(|line| line.starts_with(&format!("{key} = ")));
        assert!(SETTINGS.iter().any(|(value, _)| is_changed(value)), "no setting here changes `{key}`");
    }
    let sources = "[[sources]]\nid = \"s\"\ntitle = \"S\"\nlanguage = \"fr\"\nurl = \"https://example.org/s\"\n\
                   [[sources]]\nid = \"t\"\ntitle = \"T\"\nrelay = \"R\"\nurl = \"https://example.org/t\"\n";
    let site = site()
        .file("content/places/vienna.md", "+++\nname = \"Vienna\"\nlat = 48.2\nlon = 16.4\ncountry = \"AT\"\n+++\n")
        .event("e", "2019-05-01", &format!("places = [\"vienna\"]\nactors = [\"alpha\", \"beta\"]\n{sources}"))
        .event("f", "2019-06-01", "confidence = \"disputed\"\n")
        .file("content/pages/raw.md", "+++\ntitle = \"Raw\"\n+++\n<p class=\"a\">A <b>word</b>.</p>\n")
        .file("templates/footer.html", "{{ site.extra.funder }}");
    // Without a contact, readers report in the repository; without authors, the publisher is the author.
    let all = (0..SETTINGS.len()).map(|number| (number, &[][..]));
    let of = |key: &str| SETTINGS.iter().position(|(value, _)| value.contains(key)).expect("it is a setting");
    let rest =
        [(of("repository "), &["contact"][..]), (of("repository_host"), &["contact"]), (of("publisher"), &["authors"])];
    for (number, without) in all.chain(rest) {
        site.write("site.toml", settings(None, without));
        site.build();
        site.write("site.toml", settings(Some(number), without));
        assert_same(&site, &SETTINGS[number].1);
    }
}

/// Builds with `--timings` and returns what it prints: the stages that the build went through.
fn stages(site: &Site, more: &[&str]) -> String {
    let run = site.run(&[&["build", "--timings"], more].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stderr
}

#[test]
fn an_unchanged_site_is_not_even_parsed_and_its_report_is_the_same() {
    let site = site().file("content/actors/unused.md", "+++\nname = \"Unused\"\n+++\n");
    let first = site.run(&["build"]);
    assert!(first.stderr.contains("unused"), "{}", first.stderr);
    let second = site.run(&["build"]);
    assert_eq!(first.stderr, second.stderr);
    assert!(second.stdout.contains("(nothing changed)"), "{}", second.stdout);
    assert!(!stages(&site, &[]).contains("resolve"));
    assert!(stages(&site, &["--no-cache"]).contains("resolve"), "--no-cache reads everything");
    assert_eq!(site.run(&["build", "--strict"]).code, 1, "a warning that was kept is still a warning");
}

#[test]
fn a_file_that_is_saved_without_a_change_counts_as_unchanged() {
    let site = site().file("static/note.txt", "A note.").file("content/events/p.png", png(4));
    site.write("content/events/picture.md", PICTURE);
    site.build();
    for path in ["content/events/a.md", "content/events/p.png", "static/note.txt", "site.toml"] {
        let bytes = fs::read(site.path(path)).expect("the file can be read");
        site.write(path, bytes);
        assert!(!stages(&site, &[]).contains("resolve"), "{path} was only saved");
    }
}

#[test]
fn what_an_interrupted_build_left_is_removed() {
    let site = site();
    site.write(".cache/annals/search/1-0.part", "half");
    site.build();
    let kept: Vec<String> = files(&site.path(".cache/annals/search")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(kept, ["words"]);
}

#[test]
fn a_changed_text_writes_only_what_shows_it() {
    let site = site();
    site.build();
    std::thread::sleep(Duration::from_millis(30));
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nOther.\n");
    let run = site.run(&["build"]);
    let pages = site.page("about.html");
    assert!(pages.contains("Other."));
    assert!(run.stdout.contains("written"), "{}", run.stdout);
    let written: usize =
        run.stdout.split_once('(').and_then(|(_, rest)| rest.split(' ').next()?.parse().ok()).expect("a number");
    assert!(written < 8, "{}", run.stdout);
}

#[test]
fn nothing_is_kept_through_a_link_or_where_nothing_can_be_written() {
    let site = site();
    let elsewhere = site.root().parent().expect("the site is in a folder").join("elsewhere");
    fs::create_dir(&elsewhere).expect("folders can be made");
    site.link(".cache", elsewhere.to_str().expect("the path is UTF-8"));
    site.build();
    site.build();
    assert!(files(&elsewhere).is_empty());
}

#[test]
fn the_published_folder_says_nothing_about_what_it_was_made_from() {
    let site = site();
    site.build();
    assert!(files(&site.path(".cache/annals/builds")).len() == 1);
    assert!(site.output().iter().all(|(name, _)| !name.contains(".cache")));
    let ignored = fs::read_to_string(site.path(".cache/annals/.gitignore")).expect("git ignores what is kept");
    assert_eq!(ignored, "*\n");
}
