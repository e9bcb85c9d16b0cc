//! Feeds are valid XML whatever an author writes, work outside the site, and never claim what is not known.

use crate::common::Site;

const SITE: &str = "title = \"T\"\nbase_url = \"https://example.org/t/\"\ncontact = \"mailto:desk@example.org\"\n";

fn event(date: &str, more: &str, text: &str) -> String {
    format!(
        r#"+++
title = "A"
date = "{date}"
kind = "meeting"
{more}+++
{text}
"#
    )
}

fn source(id: &str, date: &str) -> String {
    format!(
        r#"[[sources]]
id = "{id}"
title = "S"
publisher = "P"
date = "{date}"
"#
    )
}

/// The days on which the feed and its entries were updated, the feed's first.
fn updates(feed: &str) -> Vec<&str> {
    let day = |rest: &'_ str| rest.find("T00:00:00Z</updated>");
    feed.split("<updated>").skip(1).map(|rest| &rest[..day(rest).expect("it is the beginning of a day")]).collect()
}

/// The day on which a feed says that an event was updated.
#[track_caller]
fn updated(date: &str, more: &str) -> String {
    let site = Site::new().file("site.toml", SITE).file("content/events/a.md", event(date, more, "Text."));
    let feed = site.build().page("feeds/atom.xml");
    let days = updates(&feed);
    assert_eq!(days[0], days[1], "the feed is as new as its newest entry");
    days[1].to_owned()
}

#[test]
fn an_entry_was_updated_when_it_was_corrected_or_its_newest_source_published() {
    let sources = source("a", "2017-11-22") + &source("b", "2017-11-21");
    assert_eq!(updated("2017-11-20", &sources), "2017-11-22");
    let read = sources.replacen("date", "accessed = 2026-11-01\ndate", 1);
    assert_eq!(updated("2017-11-20", &read), "2017-11-22", "the day on which a source was read is none of these");
    let corrections = r#"[[corrections]]
date = 2018-01-02
note = "N"
[[corrections]]
date = 2018-01-01
note = "M"
"#;
    assert_eq!(updated("2017-11-20", &(sources + corrections)), "2018-01-02");
    let later = source("a", "2019-01-01") + corrections;
    assert_eq!(updated("2017-11-20", &later), "2019-01-01", "a source that is newer was added later");
}

#[test]
fn a_date_that_is_less_exact_than_a_day_makes_no_entry_newer_than_it_is() {
    assert_eq!(updated("2017-11-20", &source("a", "2017-12")), "2017-12-01");
    assert_eq!(updated("2017-11-20", &(source("a", "2017-12") + &source("b", "2017-12-05"))), "2017-12-05");
    for vague in ["2018~", "2018-05-01?", "XXXX", "../2018"] {
        assert_eq!(updated("2017-11-20", &source("a", vague)), "2017-11-20", "{vague}");
    }
}

#[test]
fn an_entry_without_a_day_has_one_that_its_event_certainly_touched() {
    assert_eq!(updated("2017-11-20/2017-11-22", ""), "2017-11-22");
    assert_eq!(updated("2017-11", ""), "2017-11-01");
    assert_eq!(updated("2011-03-15/..", ""), "2011-03-15");
    assert_eq!(updated("-0044-03-15", ""), "1970-01-01");
    assert_eq!(updated("Y12017", ""), "9999-12-31");
}

#[test]
fn the_sitemap_and_structured_data_say_the_same_and_nothing_that_is_not_known() {
    let site = Site::new()
        .file("site.toml", SITE)
        .file("content/events/a.md", event("2017-11-20", &source("a", "2017-11-21"), "Text.[^a]"))
        .file("content/events/b.md", event("2017-11-20", "", "Text."));
    site.build();
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/t/events/a.html</loc><lastmod>2017-11-21</lastmod></url>"));
    assert!(sitemap.contains("<loc>https://example.org/t/events/b.html</loc></url>"));
    assert!(site.page("events/a.html").contains("\"dateModified\":\"2017-11-21\""));
    assert!(!site.page("events/b.html").contains("dateModified"));
}

#[test]
fn what_a_feed_holds_can_be_followed_from_anywhere() {
    let text = "# One\n\nSee [B](@/events/b.md#two), [below](#one), [C](@/actors/c.md), [out](https://other.org/?a=1&b=2).[^s] A note.[^n]\n\n\
                ![P](p.png)\n\n<img src=\"q.png\" srcset=\"q.png 1x, ../r.png 2x\" alt=\"Q\"> <a href='../about.html' id=x>About</a>\n\n[^n]: Note.";
    let site = Site::new()
        .file("site.toml", format!("{SITE}[markdown]\nraw_html = \"allow\"\n"))
        .file(
            "content/events/a.md",
            event("2017-11-20", &format!("actors = [\"c\"]\n{}", source("s", "2017-11-20")), text),
        )
        .file("content/events/b.md", event("2017-11-19", "", "# Two"))
        .file("content/actors/c.md", "+++\nname = \"C\"\n+++\n")
        .file("content/events/p.png", picture());
    site.build();
    for feed in ["feeds/atom.xml", "feeds/actors/c.xml"] {
        let content = content(&site.page(feed));
        let addresses: Vec<&str> = ["href=\"", "src=\"", "srcset=\""]
            .into_iter()
            .flat_map(|name| content.split(name).skip(1).filter_map(|rest| rest.split('"').next()))
            .collect();
        assert!(addresses.len() >= 11, "{addresses:?}");
        for address in addresses.iter().flat_map(|set| set.split(", ")) {
            assert!(address.starts_with("https://"), "{address} in {feed} is relative");
        }
        assert!(content.contains("href=\"https://example.org/t/events/a.html#_source-s\""), "{content}");
        assert!(content.contains("href=\"https://example.org/t/events/a.html#one\""));
        assert!(content.contains("href=\"https://example.org/t/events/b.html#two\""));
        assert!(content.contains("srcset=\"https://example.org/t/events/q.png 1x, https://example.org/t/r.png 2x\""));
        assert!(content.contains("href=\"https://example.org/t/about.html\""));
        assert!(!content.contains(" id="), "an id of one entry may be that of another: {content}");
    }
}

/// Returns the content of the first entry of an Atom feed, as HTML.
fn content(feed: &str) -> String {
    let (_, rest) = feed.split_once("<content type=\"html\">").expect("there is an entry");
    let (content, _) = rest.split_once("</content>").expect("it ends");
    content
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(4, 3).write_to(&mut bytes, image::ImageFormat::Png).expect("the picture can be written");
    bytes.into_inner()
}

/// Whether XML 1.0 allows every character of a text.
fn is_xml(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..))
}

#[test]
fn no_reference_brings_a_character_that_xml_refuses() {
    let references = r#"&#1; &#xFFFE; &#65535; &#x1FFFE; &#xFDD0; <b title="&#xFFFF;">x</b> [&#xFFFE;](https://example.org "&#xFFFE;") `&#xFFFE;`

# &#xFFFE;

| &#xFFFE; |
|---|
| &#x8; |
"#;
    for raw_html in ["sanitise", "allow"] {
        let site = Site::new()
            .file("site.toml", format!("{SITE}[markdown]\nraw_html = \"{raw_html}\"\n"))
            .file("content/events/a.md", event("2017-11-20", "", references));
        site.build();
        for (path, bytes) in site.output().into_iter().filter(|(path, _)| path.ends_with("ml")) {
            let text = String::from_utf8(bytes).expect("it is UTF-8");
            assert!(is_xml(&text), "{path} holds a character that XML refuses");
            assert!(!text.contains(['\u{FDD0}', '\u{1FFFE}']), "{path} holds a noncharacter");
            assert!(!text.to_lowercase().contains("&#xfffe"), "{path} holds a reference to one");
        }
    }
}

#[test]
fn a_character_that_xml_refuses_is_refused_where_it_is_written() {
    for text in ["\u{FFFE}", "\u{FFFF}", "\u{FDD0}", "\u{10FFFF}"] {
        let site = Site::new().file("content/events/a.md", event("2017-11-20", "", text));
        assert_eq!(site.codes(), ["control-character"]);
    }
    for escape in ["\\uFFFE", "\\U0001FFFF", "\\u0008"] {
        let summary = format!("summary = \"a {escape} b\"\n");
        let site = Site::new().file("content/events/a.md", event("2017-11-20", &summary, ""));
        assert_eq!(site.codes(), ["control-character"], "{escape}");
        let yaml = format!(
            r#"---
title: "a {escape} b"
date: 2017-11-20
kind: meeting
---
"#
        );
        assert_eq!(Site::new().file("content/events/a.md", yaml).codes(), ["control-character"], "{escape} in YAML");
        let extra = format!("[extra]\nlist = [{{ a = \"{escape}\" }}]\n");
        let site = Site::new().file("content/events/a.md", event("2017-11-20", &extra, ""));
        assert_eq!(site.codes(), ["control-character"], "{escape} in [extra]");
    }
    let surrogate = r#"---
title: "a \ud800 b"
date: 2017-11-20
kind: meeting
---
"#;
    assert_eq!(Site::new().file("content/events/a.md", surrogate).run(&["check"]).code, 1);
}

#[test]
fn every_feed_names_the_authors_or_else_the_publisher_or_else_the_site() {
    for (publication, names) in [
        ("", vec!["T"]),
        ("[publication]\npublisher = \"P & Q\"\n", vec!["P & Q"]),
        ("[publication]\npublisher = \"P\"\nauthors = [\"Doe, Jane\", \"Board\"]\n", vec!["Doe, Jane", "Board"]),
    ] {
        let site = Site::new()
            .file("site.toml", format!("{SITE}{publication}"))
            .file("content/events/a.md", event("2017-11", "", "Text."));
        site.build();
        let json: serde_json::Value = serde_json::from_str(&site.page("feeds/feed.json")).expect("it is JSON");
        let authors = json["authors"].as_array().expect("it is a list");
        assert!(authors.iter().map(|author| author["name"].as_str().unwrap_or_default()).eq(names.iter().copied()));
        for feed in ["feeds/atom.xml", "feeds/changes.xml"] {
            let feed = site.page(feed);
            let named = feed.split("<author><name>").skip(1).filter_map(|rest| rest.split('<').next());
            assert!(named.map(|name| name.replace("&amp;", "&")).eq(names.iter().copied()), "{feed}");
        }
    }
}

#[test]
fn the_date_of_an_item_is_in_an_extension_that_is_an_object() {
    let site = Site::new().file("site.toml", SITE).file("content/events/a.md", event("2017-11~", "", "Text."));
    site.build();
    let feed: serde_json::Value = serde_json::from_str(&site.page("feeds/feed.json")).expect("it is JSON");
    assert_eq!(feed["items"][0]["_annals"], serde_json::json!({ "date": "2017-11~" }));
    let mut extensions =
        feed["items"][0].as_object().expect("it is an object").iter().filter(|(key, _)| key.starts_with('_'));
    assert!(extensions.all(|(_, value)| value.is_object()));
}
