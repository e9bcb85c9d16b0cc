//! The files of the search index contain what the pages contain, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::Site;
use serde_json::Value;

/// The value that a file of the index passes to the page.
#[track_caller]
fn value(site: &Site, family: &str, number: usize) -> Value {
    let text = site.page(&format!("search/{family}-{number}.js"));
    let json = text.strip_prefix(&format!("annalsSearch(\"{family}\",{number},"));
    let json = json.and_then(|rest| rest.strip_suffix(");\n")).expect("a file is one call");
    serde_json::from_str(json).expect("it hands over JSON")
}

fn numbers(text: &str) -> Vec<u64> {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut all, mut number, mut shift) = (Vec::new(), 0, 0);
    for letter in text.chars() {
        let group = letters.find(letter).expect("numbers are letters of Base64") as u64;
        number += (group % 32) << shift;
        shift += 5;
        if group < 32 {
            all.push(number);
            (number, shift) = (0, 0);
        }
    }
    all
}

/// Files of one family.
fn count(site: &Site, family: &str) -> usize {
    site.output().iter().filter(|(path, _)| path.starts_with(&format!("search/{family}-"))).count()
}

/// A word with its documents, and whether it is in their titles.
type Term = (String, Vec<(u64, bool)>);

/// All words, shard by shard.
fn terms(site: &Site) -> Vec<Vec<Term>> {
    let shard = |number| {
        let mut last = Vec::new();
        let mut terms = Vec::new();
        let text = value(site, "terms", number);
        for row in text.as_str().expect("it is a text").split(',').filter(|row| !row.is_empty()) {
            let (word, list) = row.split_once(' ').expect("a word has a list");
            let shared = usize::try_from(numbers(&word[..1])[0]).expect("it is small");
            last.truncate(shared);
            last.extend(word[1..].encode_utf16());
            let mut next = 0;
            let documents = numbers(list).into_iter().map(|code| {
                let document = next + code / 16;
                next = document + 1;
                (document, code % 16 > 7)
            });
            let documents = documents.collect();
            terms.push((String::from_utf16(&last).expect("words are whole"), documents));
        }
        terms
    };
    (0..count(site, "terms")).map(shard).collect()
}

/// The titles of all documents by number.
fn titles(site: &Site) -> Vec<String> {
    let block = |number| value(site, "titles", number).as_array().cloned().unwrap_or_default();
    let rows = (0..count(site, "titles")).flat_map(block);
    rows.map(|row| row[1].as_str().expect("a title is a text").to_owned()).collect()
}

fn site() -> Site {
    Site::new()
        .file(
            "content/actors/a.md",
            r#"+++
name = "Recep Erdoğan"
[[roles]]
title = "Archivist"
+++
"#,
        )
        .file(
            "content/places/p.md",
            r#"+++
name = "Sochi"
+++
A *town* by the sea.
"#,
        )
        .file(
            "content/pages/about.md",
            r#"+++
title = "About"
+++
## Method & “doubt”

Words.
"#,
        )
        .event(
            "one",
            "2017-11-20",
            r#"summary = "A straße."
actors = ["a"]
places = ["p"]
[[sources]]
id = "s"
title = "Telegraph"
publisher = "Gazette"
date = 2018-01-01
"#,
        )
        .event("two", "\"2017-11/..\"", "")
        .event("gone", "2017-11-21", "retracted = \"unfounded\"\n")
}

#[test]
fn words_find_the_pages_that_have_them() {
    let site = site();
    site.write(
        "content/events/one.md",
        site_text(&site).replace(
            "Text.",
            r"Text[^s] in `code`.

| cell |
|---|
| fig |
",
        ),
    );
    site.build();
    let titles = titles(&site);
    let all: BTreeMap<String, Vec<(u64, bool)>> = terms(&site).into_iter().flatten().collect();
    let pages = |word: &str| -> Vec<(&str, bool)> {
        let list = all.get(word).map(Vec::as_slice).unwrap_or_default();
        list.iter().map(|(page, title)| (titles[usize::try_from(*page).expect("small")].as_str(), *title)).collect()
    };
    assert_eq!(pages("erdogan"), [("Event one", false), ("Recep Erdoğan", true)]);
    assert_eq!(pages("sochi"), [("Event one", false), ("Sochi", true)]);
    for (word, page) in
        [("archivist", "Recep Erdoğan"), ("town", "Sochi"), ("doubt", "About"), ("strasse", "Event one")]
    {
        assert_eq!(pages(word), [(page, false)], "{word}");
    }
    for word in ["telegraph", "gazette", "code", "cell", "fig", "20"] {
        assert_eq!(pages(word), [("Event one", false)], "{word}");
    }
    assert_eq!(pages("1"), [], "numbers of citations are no words");
    assert_eq!(pages("unfounded"), [], "a retracted event is not found");
    assert!(!titles.iter().any(|title| title.contains("gone")));
}

fn site_text(site: &Site) -> String {
    std::fs::read_to_string(site.path("content/events/one.md")).expect("the entry is there")
}

#[test]
fn texts_are_those_of_the_documents_and_safe_in_scripts() {
    let site = site().event("three", "2018-01-01", "summary = \"a \\\"quoted\\\" \\\\ </script> line\"\n");
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nA\u{2028}separator.\n");
    site.build();
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!path.starts_with("search/") || !text.contains(['\u{2028}', '\u{2029}']), "{path}");
    }
    let block = |number| value(&site, "texts", number).as_array().cloned().unwrap_or_default();
    let texts: Vec<Value> = (0..count(&site, "texts")).flat_map(block).collect();
    assert_eq!(texts.len(), titles(&site).len());
    let of = |title: &str| {
        let number = titles(&site).iter().position(|other| other == title).expect("it is a document");
        texts[number].as_str().expect("it is a text").to_owned()
    };
    assert_eq!(
        of("Event one"),
        r"A straße.
Text.
Recep Erdoğan
Sochi
Meeting
Telegraph
Gazette"
    );
    assert!(of("Event three").starts_with("a \"quoted\" \\ </script> line\n"));
    assert_eq!(of("About"), "A\u{2028}separator.");
}

#[test]
fn the_manifest_says_when_events_were() {
    let site = Site::new().event("a", "2017-11-20", "").event("b", "\"2017-11\"", "").event("c", "\"2017-12/..\"", "");
    let site =
        site.event("d", "\"../2018-01-05\"", "").event("e", "\"-0044-03-15\"", "").event("f", "\"2018-02-01?\"", "");
    site.build();
    let manifest = value(&site, "manifest", 0);
    let codes = numbers(manifest["facets"].as_str().expect("it is a text"));
    let mut codes = codes.into_iter();
    let mut day = manifest["start"].as_i64().expect("it is a number");
    let events: Vec<_> = (0..6)
        .map(|_| {
            let (kind, code) = (codes.next().expect("a kind"), codes.next().expect("a step"));
            let days = if code % 2 == 1 { codes.next().expect("days") } else { 4 };
            day += i64::try_from(code / 2).expect("it fits");
            assert_eq!(manifest["kinds"][usize::try_from(kind).expect("small")][0], "meeting");
            let first = (days % 2 == 0).then_some(day);
            let last = (days > 3).then_some(day + i64::try_from(days / 4).expect("it fits") - 1);
            (first, last, days % 4 > 1)
        })
        .collect();
    let number = |year, month, day| annals::steps::Day { year, month, day }.number();
    let nov = number(2017, 11, 1);
    let expected = [
        (Some(number(-44, 3, 15)), Some(number(-44, 3, 15)), false),
        (Some(nov), Some(nov + 29), false),
        (Some(nov + 19), Some(nov + 19), false),
        (Some(nov + 30), None, false),
        (None, Some(number(2018, 1, 5)), false),
        (Some(number(2018, 2, 1)), Some(number(2018, 2, 1)), true),
    ];
    assert_eq!(events, expected);
    assert_eq!(codes.count(), usize::try_from(manifest["documents"].as_u64().expect("a number") - 6).expect("small"));
}

#[test]
fn shards_are_of_one_size_in_order_and_found_by_the_manifest() {
    let mut site = Site::new();
    for number in 0_u64..120 {
        // Words that are the same at every run, few of them common.
        let word = |step: u64| {
            let mut state = (number * 400 + step).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
            if step.is_multiple_of(2) {
                state %= 300;
            }
            let letter = |place: u32| char::from(b'a' + u8::try_from(state >> (4 * place) & 15).expect("it is small"));
            (0..6).map(letter).collect::<String>()
        };
        let text: Vec<String> = (0..400).map(word).collect();
        let text = format!(
            "+++\ntitle = \"Event\"\ndate = 2017-01-01\nkind = \"meeting\"\n+++\n{} 𐐀𐐨 ﬀ \u{e000} 漢\n",
            text.join(" ")
        );
        site = site.file(&format!("content/events/e{number}.md"), text);
    }
    site.build();
    let shards = terms(&site);
    assert!(shards.len() > 4, "{}", shards.len());
    let words: Vec<Vec<u16>> = shards.iter().flatten().map(|(word, _)| word.encode_utf16().collect()).collect();
    assert!(words.is_sorted_by(|a, b| a < b), "words are in the order of scripts, each once");
    let manifest = value(&site, "manifest", 0);
    let sizes = numbers(manifest["sizes"].as_str().expect("it is a text"));
    let first: Vec<&str> = manifest["first"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!((first.len(), sizes.len()), (shards.len(), shards.len()));
    let lengths: Vec<usize> =
        (0..shards.len()).map(|number| site.page(&format!("search/terms-{number}.js")).len()).collect();
    let mean = lengths.iter().sum::<usize>() / lengths.len();
    let mut seen = BTreeSet::new();
    for (number, shard) in shards.iter().enumerate() {
        let length = lengths[number];
        assert!(length * 10 < mean * 13, "terms-{number}.js has {length} bytes, the mean is {mean}");
        assert!(
            u64::try_from(length).expect("it fits") <= sizes[number] * 1024 + 40,
            "the size of terms-{number}.js is too low"
        );
        for (word, _) in shard {
            let place = first.iter().filter(|first| first.encode_utf16().le(word.encode_utf16())).count();
            assert_eq!(place.saturating_sub(1), number, "{word}");
            seen.insert(word);
        }
    }
    assert_eq!(seen.len(), words.len());
}
