//! The sources by agency and publisher: an index, and pages that are never heavy.

use crate::common::Site;

const KB: usize = 1024;

/// A table of a source with these keys.
fn source(id: usize, keys: &str) -> String {
    format!("[[sources]]\nid = \"s{id}\"\n{keys}\n")
}

/// An event that cites sources, each given by its keys.
fn event(sources: &[String]) -> String {
    let tables: String = sources.iter().enumerate().map(|(id, keys)| source(id, keys)).collect();
    let text: String = (0..sources.len()).map(|id| format!("[^s{id}]")).collect();
    format!("+++\ntitle = \"E\"\ndate = 2017-11-20\nkind = \"meeting\"\n{tables}+++\n{text}\n")
}

#[test]
fn a_publisher_of_ten_works_has_a_page_and_the_others_of_a_letter_share_one() {
    let of = |name: &str, number: usize| {
        format!("title = \"{name} {number}\"\npublisher = \"{name}\"\ndate = \"{}\"", 2010 + number)
    };
    let mut all: Vec<String> = (0..10).map(|number| of("Reuters", number)).collect();
    all.extend((0..9).map(|number| of("Rappler", number)));
    all.push("title = \"R\"\npublisher = \"RIA\"\nrelay = \"YourBasin\"".to_owned());
    let site = Site::new().file("content/events/a.md", event(&all));
    site.build();
    let index = site.page("sources.html");
    let item = |url: &str, name: &str, count: &str| {
        format!("<a href=\"sources/{url}\">{name}</a> <span class=\"count\">{count}</span>")
    };
    assert!(index.contains(&item("reuters.html", "Reuters", "10 sources, 2010–2019")), "{index}");
    assert!(index.contains(&item("others_r.html#_publisher-rappler", "Rappler", "9 sources, 2010–2018")), "{index}");
    assert!(index.contains(&item("others_r.html#_publisher-ria", "RIA", "1 source")), "{index}");
    let others = site.page("sources/others_r.html");
    assert_eq!(others.matches("class=\"cited-in\"").count(), 10);
    assert!(others.contains("via YourBasin"), "{others}");
    assert!(others.contains("<title>Sources: other publishers, R"), "{others}");
    assert_eq!(site.page("sources/reuters.html").matches("class=\"cited-in\"").count(), 10);
}

#[test]
fn sources_can_be_filtered_by_what_they_are() {
    let kinds = ["document", "press", "press", "statement"];
    let work = |(at, kind): (usize, &&str)| {
        let archive = if at == 0 { "\narchive = \"https://web.archive.org/a\"" } else { "" };
        format!(
            "title = \"T{at}\"\npublisher = \"P{at}\"\nkind = \"{kind}\"\nurl = \"https://example.org/{at}\"{archive}"
        )
    };
    let all: Vec<String> = kinds.iter().enumerate().map(work).collect();
    let site = Site::new().file("content/events/a.md", event(&all));
    site.build();
    let index = site.page("sources.html");
    assert!(index.contains("They are 2 primary sources and 2 press reports."), "{index}");
    for choice in [
        "document\"> Documents <span class=\"count\">1<",
        "press\"> Press <span class=\"count\">2<",
        "archived\"> With an archived copy <span class=\"count\">1<",
    ] {
        assert!(index.contains(&format!("id=\"_sources-{choice}")), "{choice} in {index}");
    }
    assert!(!index.contains("_sources-dataset"), "there is none");
    assert!(
        index.contains("<li class=\"has-document has-archived\">")
            && index.contains("<li class=\"has-press has-unarchived\">")
    );
    let page = site.page("sources/others_p.html");
    assert_eq!(page.matches("<li class=\"has-press has-unarchived\">").count(), 2, "{page}");
    assert_eq!(page.matches(">archived copy<").count(), 1, "{page}");
}

#[test]
fn no_page_of_sources_is_heavy() {
    let mut site = Site::new();
    for number in 0..12 {
        let work = |at: usize| {
            let publisher =
                if at.is_multiple_of(2) { "Wire".to_owned() } else { format!("Paper {number} of the {at}th district") };
            format!(
                "title = \"A report on what was said on day {at} & after\"\npublisher = \"{publisher}\"\nurl = \"https://example.org/{number}/{at}\""
            )
        };
        let all: Vec<String> = (0..200).map(work).collect();
        site = site.file(&format!("content/events/an-event-with-a-rather-long-name-{number}.md"), event(&all));
    }
    site.build();
    let pages: Vec<(String, Vec<u8>)> =
        site.output().into_iter().filter(|(path, _)| path.starts_with("sources")).collect();
    assert!(pages.len() >= 10, "{}", pages.len());
    for (path, bytes) in &pages {
        assert!(bytes.len() <= 150 * KB, "{path} has {} bytes", bytes.len());
    }
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).matches("class=\"cited-in\"").count();
    assert_eq!(pages.iter().map(|(_, bytes)| text(bytes)).sum::<usize>(), 2400, "each work is on one page");
    let index = site.page("sources.html");
    assert!(index.contains("more publishers</a>"), "what has no room is a link");
    assert!(site.page("sources/wire_p2.html").contains("rel=\"prev\" href=\"../sources/wire.html\""));
}
