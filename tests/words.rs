//! The language of words, and the separators between them.

use crate::common::Site;

const SPAN: &str = "<span lang=\"en\" dir=\"ltr\">";

/// The text of HTML, as it is copied and read aloud.
fn text_of(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, body)| body);
    let body = body.split_once("</main>").map_or(body, |(body, _)| body);
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, words)| words));
    }
    text
}

fn arabic_site(locale: &str) -> Site {
    Site::new()
        .file(
            "site.toml",
            r#"title = "مهلة"
language = "ar"
base_url = "https://example.org/"
contact = "mailto:desk@example.org"
[kinds.meeting]
name = "لقاء"
"#,
        )
        .file("locales/ar.ftl", locale)
        .file("content/actors/a.md", "+++\nname = \"سوريا\"\n+++\n")
        .file(
            "content/places/p.md",
            r#"+++
name = "سوتشي"
lat = 43.6
lon = 39.7
country = "RU"
+++
"#,
        )
        .file("content/processes/q.md", "+++\nname = \"أستانا\"\n+++\n")
        .event("a", "2017-11-20", "actors = [\"a\"]\nplaces = [\"p\"]\nprocesses = [\"q\"]\n")
        .file("content/pages/list.md", "+++\ntitle = \"Sources\"\n+++\n")
        .event("b", "2017-11-21", "processes = [\"q\"]\nconfidence = \"disputed\"\n")
}

#[test]
fn english_words_on_an_arabic_page_say_that_they_are_english() {
    let site = arabic_site("timeline = الجدول الزمني\nmonth-11 = نوفمبر\n");
    site.build();
    let page = site.page("events/a.html").replace('\u{a0}', " ");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(
        page.contains(&format!("<a class=\"skip-link\" href=\"#_main\">{SPAN}Skip to content</span></a>")),
        "{page}"
    );
    assert!(page.contains("<a href=\"../index.html\">الجدول الزمني</a>"), "a word that is there is not marked");
    assert!(page.contains("aria-label=\"Menu\""), "there is no element in an attribute");
    assert!(page.contains(&format!("{SPAN}20 <span lang=\"ar\" dir=\"rtl\">نوفمبر</span> 2017</span>")), "{page}");
    assert!(page.contains(&format!("{SPAN}next in <span lang=\"ar\" dir=\"rtl\">أستانا</span></span>")), "{page}");
    for (path, bytes) in site.output() {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        assert!(!text.contains(['\u{FDD0}', '\u{FDD1}', '\u{FDD2}', '\u{FDD3}']), "{path} holds marks");
        assert_eq!(text.matches("<span").count(), text.matches("</span>").count(), "{path}");
        for (at, _) in text.match_indices("<title") {
            let title = &text[at..at + text[at..].find("</title>").unwrap_or(0)];
            assert!(!title.contains("<span"), "{path}: {title}");
        }
        if path.ends_with(".html") {
            for option in text.split("<option").skip(1).filter_map(|rest| rest.split("</option>").next()) {
                assert!(!option.contains("<span"), "{path}: {option}");
            }
        } else {
            assert!(!text.contains(SPAN), "{path} is no page");
        }
    }
    assert!(site.page("list.html").contains("<title>Sources (page) – مهلة</title>"), "two pages are called Sources");
    let link = page.split("class=\"report\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(link.is_some_and(|link| link.is_ascii() && !link.contains("%EF%B7")), "{link:?}");
}

#[test]
fn nothing_is_marked_where_every_word_is_there() {
    let english = arabic_site("").file("site.toml", "title = \"T\"\nlanguage = \"en-GB\"\n");
    english.build();
    assert!(!english.page("events/a.html").contains(SPAN));
    let words = include_str!("../locales/en.ftl").to_owned() + include_str!("../locales/names/en.ftl");
    let arabic = arabic_site(&words);
    arabic.build();
    assert!(!arabic.page("events/a.html").contains(SPAN));
}

#[test]
fn a_title_has_the_language_of_the_work_only_where_it_is_in_it() {
    let source = |id: &str, title: &str, language: &str| {
        format!(
            r#"[[sources]]
id = "{id}"
title = "{title}"
publisher = "P"
url = "https://example.org/{id}"
date = "2017"
language = "{language}"
"#
        )
    };
    let sources = [
        source("a", "Report on the talks", "ar"),
        source("b", "بيان الخارجية", "ar"),
        source("c", "Bericht", "de"),
        source("d", "Statement", "en-GB"),
    ];
    let site = Site::new().event("e", "2017-11-20", &sources.concat());
    site.build();
    for path in ["events/e.html", "sources/others_p.html", "print.html"] {
        let page = site.page(path);
        let page = page.as_str();
        if path != "print.html" {
            assert!(page.contains("<cite><a href=\"https://example.org/a\" rel=\"external\" hreflang=\"ar\">Report on the talks</a></cite>"), "{path}: {page}");
            assert!(
                page.contains(
                    "<cite lang=\"ar\" dir=\"rtl\"><a href=\"https://example.org/b\" rel=\"external\" hreflang=\"ar\">"
                ),
                "{path}"
            );
            assert!(
                page.contains(
                    "<cite><a href=\"https://example.org/c\" rel=\"external\" hreflang=\"de\">Bericht</a></cite>"
                ),
                "{path}"
            );
            assert!(
                page.contains("<cite><a href=\"https://example.org/d\" rel=\"external\">Statement</a></cite>"),
                "{path}"
            );
        }
        assert_eq!(page.matches("(Arabic)").count(), 2, "{path}");
        assert_eq!(page.matches("(German)").count(), 1, "{path}");
    }
    assert_eq!(site.page("events/e.html").matches("\"inLanguage\":\"ar\"").count(), 2, "it is the work's language");
}

#[test]
fn what_is_copied_from_a_list_keeps_its_separators() {
    let site = Site::new()
        .file("content/actors/a.md", "+++\nname = \"Syria\"\n+++\n")
        .file("content/actors/b.md", "+++\nname = \"Russia\"\n+++\n")
        .file("content/places/p.md", "+++\nname = \"Sochi\"\n+++\n")
        .file("locales/en.ftl", "list-separator = {\"; \"}\n")
        .event(
            "e",
            "2017-11-20",
            r#"importance = 1
actors = ["a", "b"]
places = ["p"]
confidence = "disputed"
[[sources]]
id = "s"
title = "S"
publisher = "P"
date = "2017"
"#,
        );
    site.build();
    // A browser copies several spaces as one.
    let copied = |path: &str| text_of(&site.page(path)).split_whitespace().collect::<Vec<_>>().join(" ");
    for path in ["index.html", "timeline/2017.html", "actors/a.html", "places/p.html", "kinds/meeting.html"] {
        let text = copied(path);
        assert!(text.contains("Meeting · Syria; Russia · Sochi · 1 source · Disputed"), "{path}: {text}");
    }
    let print = copied("print.html");
    assert!(print.contains("Meeting · Syria; Russia · Sochi · Disputed"), "{print}");
    let home = copied("index.html");
    assert!(home.contains("20 November 2017 · Meeting"), "{home}");
    let actor = text_of(&site.page("actors/a.html"));
    assert!(!actor.contains("JanFeb") && !actor.contains("JanuaryFebruary"), "{actor}");
}

#[test]
fn scripts_get_the_words_for_every_plural_form() {
    let form = "{ $count ->\n    [one] one\n    [two] two\n    [few] few\n    [many] many\n   *[other] other\n}\n";
    let site = Site::new()
        .file("site.toml", "title = \"T\"\nlanguage = \"ga\"\n")
        .file("locales/ga.ftl", format!("filter-show = {form}embed-count = {form}"))
        .event("a", "2017-11-20", "");
    site.build();
    // For 0, 1, 2, 3, 6, 7, 21, 1000000 and 11.
    let words = "other|one|two|few|few|many|other|other|other";
    assert!(site.page("index.html").contains(&format!("data-show=\"{words}\"")));
    assert!(site.page("embed.html").contains(&format!("data-count=\"{words}\"")));
}
