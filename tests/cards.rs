//! Social cards: which ones are made, which page names which, and what is kept from build to build.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{Site, files};

const BASE: &str = "title = \"Talks\"\nbase_url = \"https://example.org/t/\"\ncontact = \"mailto:a@example.org\"\n";
const CACHE: &str = ".cache/annals/cards";

/// A landmark, an event of a process, and an event of none.
fn site(settings: &str) -> Site {
    Site::new()
        .file("site.toml", format!("{BASE}{settings}"))
        .event("landmark", "2017-11-20", "importance = 1\nprocesses = [\"geneva\"]\nactors = [\"envoy\"]\n")
        .event("round", "2018-01-30", "processes = [\"geneva\"]\nplaces = [\"sochi\"]\n")
        .event("other", "\"2019\"", "")
        .file("content/processes/geneva.md", "+++\nname = \"Geneva talks\"\n+++\nText.\n")
        .file("content/actors/envoy.md", "+++\nname = \"Envoy\"\n+++\nText.\n")
        .file("content/places/sochi.md", "+++\nname = \"Sochi\"\ncountry = \"RU\"\n+++\nText.\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nText.\n")
}

/// The cards of a built site, by their paths.
fn cards(site: &Site) -> BTreeMap<String, Vec<u8>> {
    site.output().into_iter().filter(|(path, _)| path.starts_with("cards/")).collect()
}

/// Returns the `content` of the `meta` element of a page with this name or property.
fn meta(page: &str, name: &str) -> Option<String> {
    let rest = page.split(&format!("=\"{name}\" content=\"")).nth(1)?;
    rest.split('"').next().map(str::to_owned)
}

/// The path of the card that a page names.
fn card_of(site: &Site, path: &str) -> Option<String> {
    let url = meta(&site.page(path), "og:image")?;
    Some(url.strip_prefix("https://example.org/t/").expect("the address is absolute").to_owned())
}

#[test]
fn each_card_is_a_small_png_of_the_size_that_pages_say() {
    let site = site("[cards]\nevents = \"all\"\n");
    site.build();
    let cards = cards(&site);
    assert!(cards.len() > 12, "pages, kinds, processes and events have cards");
    for (path, bytes) in cards {
        assert!(bytes.len() < 60_000, "{path} has {} bytes", bytes.len());
        let picture = image::load_from_memory(&bytes).unwrap_or_else(|error| panic!("{path}: {error}")).to_rgb8();
        assert_eq!(picture.dimensions(), (1200, 630), "{path}");
        assert_eq!(picture.get_pixel(2, 2).0, [0xFB, 0xFA, 0xF6], "{path}: the paper");
        let ink = picture.pixels().filter(|pixel| pixel.0 == [0x1C, 0x1A, 0x17]).count();
        assert!(ink > 7000, "{path}: {ink} pixels of ink are more than those of the lines");
    }
}

#[test]
fn each_page_names_the_most_particular_card() {
    let site = site("");
    site.build();
    for (page, card) in [
        ("index.html", "timeline"),
        ("timeline/2017.html", "timeline"),
        ("about.html", "timeline"),
        ("print.html", "timeline"),
        ("map.html", "map"),
        ("sources.html", "sources"),
        ("data.html", "data"),
        ("corrections.html", "corrections"),
        ("actors/index.html", "actors"),
        ("actors/envoy.html", "actors"),
        ("places/sochi.html", "places"),
        ("processes/index.html", "processes"),
        ("processes/geneva.html", "processes/geneva"),
        ("kinds/index.html", "kinds"),
        ("kinds/meeting.html", "kinds/meeting"),
        ("events/landmark.html", "events/landmark"),
        ("events/round.html", "processes/geneva"),
        ("events/other.html", "timeline"),
    ] {
        assert_eq!(card_of(&site, page).as_deref(), Some(&*format!("cards/{card}.png")), "{page}");
    }
    assert_eq!(card_of(&site, "404.html"), None);
    let page = site.page("events/landmark.html");
    for (name, value) in [
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "Event landmark (20\u{a0}November 2017), with its place on a chart of all events"),
        ("twitter:card", "summary_large_image"),
    ] {
        assert_eq!(meta(&page, name).as_deref(), Some(value), "{name}");
    }
}

#[test]
fn every_card_that_a_page_names_is_there() {
    for events in ["landmarks", "all", "none"] {
        let site = site(&format!("[cards]\nevents = \"{events}\"\n"));
        site.build();
        let cards = cards(&site);
        for (path, _) in site.output().into_iter().filter(|(path, _)| path.ends_with(".html")) {
            let card = card_of(&site, &path);
            assert!(card.as_ref().is_none_or(|card| cards.contains_key(card)), "{path}: {card:?}");
        }
    }
}

#[test]
fn site_toml_decides_which_events_have_a_card() {
    for (settings, wanted) in [
        ("", vec!["landmark"]),
        ("[cards]\n", vec!["landmark"]),
        ("[cards]\nevents = \"landmarks\"\n", vec!["landmark"]),
        ("[cards]\nevents = \"all\"\n", vec!["landmark", "other", "round"]),
        ("[cards]\nevents = \"none\"\n", vec![]),
    ] {
        let site = site(settings);
        site.build();
        let cards = cards(&site);
        let events: Vec<_> = cards.keys().filter_map(|path| path.strip_prefix("cards/events/")).collect();
        let wanted: Vec<_> = wanted.iter().map(|id| format!("{id}.png")).collect();
        assert_eq!(events, wanted, "{settings}");
        assert!(cards.contains_key("cards/processes/geneva.png") && cards.contains_key("cards/timeline.png"));
    }
}

#[test]
fn a_value_that_cards_cannot_have_is_reported_where_it_is() {
    let run = site("[cards]\nevents = \"landmark\"\n").run(&["check"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for part in ["site.toml:5:10", "`landmark`", "help", "`landmarks`"] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    let unknown = site("[cards]\nevent = \"all\"\n").run(&["check"]);
    assert!(unknown.code == 1 && unknown.stderr.contains("site.toml:5:1"), "{}", unknown.stderr);
}

#[test]
fn without_a_base_url_there_are_no_cards() {
    let site = site("").file("site.toml", "title = \"Talks\"\n");
    site.build();
    assert!(cards(&site).is_empty());
    let page = site.page("index.html");
    assert!(!page.contains("og:image") && !page.contains("twitter:card"));
    assert!(!site.path(CACHE).exists());
}

#[test]
fn cards_are_the_same_in_every_build_with_and_without_the_cache() {
    let site = site("[cards]\nevents = \"all\"\n");
    site.build();
    let first = cards(&site);
    let one_thread = site.run(&["build", "--no-cache", "--output", "other"]);
    assert_eq!(one_thread.code, 0, "{}", one_thread.stderr);
    let again: BTreeMap<_, _> =
        files(&site.path("other")).into_iter().filter(|(path, _)| path.starts_with("cards/")).collect();
    assert_eq!(first, again);
}

#[test]
fn a_card_that_was_painted_before_is_taken_from_the_cache() {
    let site = site("");
    site.build();
    let kept = files(&site.path(CACHE));
    assert_eq!(kept.len(), cards(&site).values().collect::<std::collections::BTreeSet<_>>().len());
    // Bytes after the end of each kept PNG show whether the next build takes the card from the cache.
    for (name, bytes) in &kept {
        fs::write(site.path(CACHE).join(name), [bytes, &b"kept"[..]].concat()).expect("the file can be written");
    }
    fs::remove_dir_all(site.path("public")).expect("the site can be removed");
    site.build();
    let from_cache = cards(&site);
    assert!(from_cache.values().all(|bytes| bytes.ends_with(b"kept")));
    // Unchanged cards are not even looked up in the cache; the one with a changed title is painted.
    site.write("content/processes/geneva.md", "+++\nname = \"Vienna talks\"\n+++\nText.\n");
    site.build();
    let changed = cards(&site);
    let differ: Vec<_> =
        changed.iter().filter(|(path, bytes)| from_cache[*path] != **bytes).map(|(path, _)| path).collect();
    assert_eq!(differ, ["cards/processes/geneva.png"]);
    assert_eq!(files(&site.path(CACHE)).len(), kept.len(), "the old card is swept out");
}

#[test]
fn a_damaged_card_in_the_cache_is_painted_again() {
    let site = site("");
    site.build();
    let first = cards(&site);
    for (name, _) in files(&site.path(CACHE)) {
        fs::write(site.path(CACHE).join(name), "").expect("the file can be written");
    }
    fs::remove_dir_all(site.path("public")).expect("the site can be removed");
    site.build();
    assert_eq!(cards(&site), first);
}

/// A site with one landmark of this title.
fn titled(title: &str) -> Site {
    let text =
        format!("+++\ntitle = '''{title}'''\ndate = 2017-11-20\nkind = \"meeting\"\nimportance = 1\n+++\nText.\n");
    Site::new().file("site.toml", BASE).file("content/events/e.md", text)
}

#[test]
fn a_title_is_drawn_and_never_read_as_markup() {
    let cards: Vec<Vec<u8>> =
        ["A & B", "A &amp; B", "<b>A</b>", "</style><text>A", "\"A\" 'B' ]]>", "A\u{1F54A} B", "Erdoğan"]
            .into_iter()
            .map(|title| {
                let site = titled(title);
                site.build();
                let card = cards(&site).remove("cards/events/e.png").expect("it has a card");
                assert!(image::load_from_memory(&card).is_ok(), "{title}");
                card
            })
            .collect();
    let distinct: std::collections::BTreeSet<_> = cards.iter().collect();
    assert_eq!(distinct.len(), cards.len(), "each title looks different");
}

#[test]
fn a_title_in_letters_that_the_faces_lack_is_left_off_and_the_date_stands_for_it() {
    let alike: Vec<_> = ["قمة دمشق", "大马士革", "פסגה", "Damascus (دمشق)"]
        .into_iter()
        .map(|title| {
            let site = titled(title);
            site.build();
            assert!(
                meta(&site.page("events/e.html"), "og:image:alt")
                    .is_some_and(|alt| alt.starts_with("20\u{a0}November 2017"))
            );
            cards(&site).remove("cards/events/e.png").expect("it has a card")
        })
        .collect();
    assert!(alike.windows(2).all(|pair| pair[0] == pair[1]), "boxes or half a title would differ");
}

#[test]
fn a_site_whose_name_cannot_be_written_has_cards_only_of_what_can() {
    let site = site("").file("site.toml", BASE.replace("Talks", "محادثات"));
    site.build();
    assert_eq!(card_of(&site, "index.html"), None);
    assert_eq!(card_of(&site, "events/other.html"), None);
    assert!(!site.page("events/other.html").contains("twitter:card"));
    assert_eq!(card_of(&site, "events/landmark.html").as_deref(), Some("cards/events/landmark.png"));
}

#[test]
fn a_retracted_claim_has_no_card_of_its_own() {
    let site = site("[cards]\nevents = \"all\"\n").event("gone", "2018-02-01", "retracted = \"It did not happen.\"\n");
    site.build();
    assert_eq!(card_of(&site, "events/gone.html").as_deref(), Some("cards/timeline.png"));
    assert!(!cards(&site).contains_key("cards/events/gone.png"));
}
