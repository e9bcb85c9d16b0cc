//! The files of the search index contain what the pages contain, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::Site;
use serde_json::Value;

/// Returns the value that a file of the index passes to `annalsSearch`.
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

/// Returns how many files of a family the index has.
fn count(site: &Site, family: &str) -> usize {
    site.output().iter().filter(|(path, _)| path.starts_with(&format!("search/{family}-"))).count()
}

/// A word with its documents, and whether it is in their titles.
type Term = (String, Vec<(u64, bool)>);

/// Returns all words of the index, one list for each file of terms.
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
    assert_eq!(of("Event one"), "\tA straße.\nText.\n\u{c}Recep Erdoğan\nSochi\nMeeting\nTelegraph\nGazette");
    assert!(of("Event three").starts_with("\ta \"quoted\" \\ </script> line\n"));
    assert_eq!(of("About"), "A\u{2028}separator.");
}

/// The lines of a text of the index, each with the number of its anchor; 0 for those without.
fn anchored_lines(text: &str) -> Vec<(usize, &str)> {
    let (body, rest) = text.split_once('\u{c}').unwrap_or((text, ""));
    let mut number = 0;
    let numbered = body.lines().map(|line| {
        number += usize::from(!line.starts_with('\t'));
        (number, line.trim())
    });
    numbered.chain(rest.lines().map(|line| (0, line))).filter(|(_, line)| !line.is_empty()).collect()
}

#[test]
fn the_lines_of_a_text_belong_to_the_anchors_of_its_page() {
    let site = site();
    site.write("content/pages/handshake.png", crate::pictures::encoded(1, 1, image::ImageFormat::Png));
    site.write(
        "content/pages/all.md",
        r#"+++
title = "All"
summary = "Summed up."
+++
First & *foremost*.[^note]

![A handshake](handshake.png)

## A heading {#own}

- one
  - two
    over two lines
- [x] three

> four

1. five

   six

| seven | eight |
|--:|---|
| nine | ten |

```
eleven
```

twelve

[^note]: thirteen
"#,
    );
    site.build();
    let number = titles(&site).iter().position(|title| title == "All").expect("it is a document");
    let texts = value(&site, "texts", number / 4);
    let lines = anchored_lines(texts[number % 4].as_str().expect("it is a text"));
    let page = site.page("all.html");
    let of_anchor = |number: usize| {
        let (_, html) = page.split_once(&format!(" id=\"_p{number}\">")).expect("the page has the anchor");
        let html = html.split(" id=\"_p").next().unwrap_or_default();
        html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect::<String>()
    };
    let found: Vec<(usize, &str)> = lines.iter().copied().filter(|(number, _)| *number > 0).collect();
    for (number, line) in &found {
        let text = of_anchor(*number).replace('\n', " ").replace("&amp;", "&");
        assert!(text.contains(line), "{number}: {line} in {text}");
    }
    let words: Vec<&str> = found.iter().map(|(_, line)| *line).collect();
    assert_eq!(
        words,
        [
            "First & foremost.",
            "A heading",
            "one",
            "two over two lines",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen"
        ]
    );
    assert_eq!((lines[0], found[1].0), ((0, "Summed up."), 3), "a picture has an anchor but no words");
    assert!(!page.contains(&format!(" id=\"_p{}\"", found.last().map_or(0, |(number, _)| *number) + 1)));
}

#[test]
fn no_two_texts_share_an_anchor_in_print() {
    let site = Site::new().event("a", "2017-11-20", "").event("b", "2017-11-21", "");
    for id in ["a", "b"] {
        let path = format!("content/events/{id}.md");
        let text = std::fs::read_to_string(site.path(&path)).expect("the entry is there");
        site.write(&path, format!("{text}\n## Talks\n\nSee [above](#_p1).\n"));
    }
    site.build();
    let print = site.page("print.html");
    let ids: Vec<&str> = print.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    assert!(unique.contains("_e1-_p1") && unique.contains("_e2-_p1"), "{ids:?}");
    assert!(print.contains("href=\"#_e2-_p1\""), "a link within a text stays in it");
    site.write("content/pages/p.md", "+++\ntitle = \"P\"\n+++\n[Words](#_p2), [more](#_p0).\n\nOther.\n");
    let report = site.run(&["check"]).stderr;
    assert_eq!(report.matches("dead-anchor").count(), 1, "{report}");
    assert!(report.contains("`#_p0`"), "{report}");
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
        // Pseudo-random words, the same at every run. Every second one is one of 300; the others are rare.
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
