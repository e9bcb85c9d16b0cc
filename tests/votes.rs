//! What readers see of votes, of actors with several names, and of what sources are.

use crate::common::Site;

/// The vetoes of the Security Council on Syria: date, document, tally (for, against, abstentions), who voted against, who
/// abstained.
const VETOES: [(&str, &str, [u32; 3], &str, &str); 18] = [
    ("2011-10-04", "S/2011/612", [9, 2, 4], "China, Russia", "Brazil, India, Lebanon, South Africa"),
    ("2012-02-04", "S/2012/77", [13, 2, 0], "China, Russia", ""),
    ("2012-07-19", "S/2012/538", [11, 2, 2], "China, Russia", "Pakistan, South Africa"),
    ("2014-05-22", "S/2014/348", [13, 2, 0], "China, Russia", ""),
    ("2016-10-08", "S/2016/846", [11, 2, 2], "Russia, Venezuela", "Angola, China"),
    ("2016-12-05", "S/2016/1026", [11, 3, 1], "China, Russia, Venezuela", "Angola"),
    ("2017-02-28", "S/2017/172", [9, 3, 3], "Bolivia, China, Russia", "Egypt, Ethiopia, Kazakhstan"),
    ("2017-04-12", "S/2017/315", [10, 2, 3], "Bolivia, Russia", "China, Ethiopia, Kazakhstan"),
    ("2017-10-24", "S/2017/884", [11, 2, 2], "Bolivia, Russia", "China, Kazakhstan"),
    ("2017-11-16", "S/2017/962", [11, 2, 2], "Bolivia, Russia", "China, Egypt"),
    ("2017-11-17", "S/2017/970", [12, 2, 1], "Bolivia, Russia", "China"),
    ("2018-04-10", "S/2018/321", [12, 2, 1], "Bolivia, Russia", "China"),
    ("2019-09-19", "S/2019/756", [12, 2, 1], "China, Russia", "Equatorial Guinea"),
    ("2019-12-20", "S/2019/961", [13, 2, 0], "China, Russia", ""),
    ("2020-07-07", "S/2020/654", [13, 2, 0], "China, Russia", ""),
    ("2020-07-10", "S/2020/667", [13, 2, 0], "China, Russia", ""),
    ("2022-07-08", "S/2022/538", [13, 1, 1], "Russia", "China"),
    ("2023-07-11", "S/2023/506", [13, 1, 1], "Russia", "China"),
];

/// Returns the id of the actor with a name.
fn id(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split(", ").filter(|name| !name.is_empty())
}

fn ids(list: &str) -> String {
    names(list).map(|name| format!("\"{}\"", id(name))).collect::<Vec<_>>().join(", ")
}

/// A site with the vetoes as its events.
fn vetoes() -> Site {
    let mut site = Site::new().file(
        "content/actors/council.md",
        "+++\nname = \"Security Council\"\n[[members]]\ncount = 15\nfrom = \"1966\"\n+++\n",
    );
    for (date, document, [yes, no, abstained], against, abstaining) in VETOES {
        let event = format!(
            r#"+++
title = "Veto of {document}"
date = {date}
kind = "veto"
[vote]
body = "council"
document = "{document}"
yes = {yes}
no = {no}
abstained = {abstained}
against = [{}]
abstaining = [{}]
adopted = false
+++
Text.
"#,
            ids(against),
            ids(abstaining)
        );
        site = site.file(&format!("content/events/{date}-veto.md"), event);
        for name in names(against).chain(names(abstaining)) {
            site.write(&format!("content/actors/{}.md", id(name)), format!("+++\nname = \"{name}\"\n+++\n"));
        }
    }
    site
}

/// The words between tags.
fn words(html: &str) -> String {
    html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// The cells of a table's body, row by row.
fn rows(page: &str) -> Vec<Vec<String>> {
    let body = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).expect("there is a table");
    let cells = |row: &str| {
        let row = row.replace("<th", "<td").replace("</th>", "</td>");
        row.split("<td").skip(1).map(|cell| words(&format!("<td{cell}")).trim().to_owned()).collect()
    };
    body.split("<tr").skip(1).map(cells).collect()
}

#[test]
fn the_page_of_votes_has_each_with_date_document_tally_voters_and_outcome() {
    let site = vetoes();
    site.build();
    let page = site.page("votes.html");
    let shown = rows(&page);
    assert_eq!(shown.len(), VETOES.len());
    for (row, (date, document, [yes, no, abstained], against, abstaining)) in shown.iter().zip(VETOES) {
        assert!(page.contains(&format!("<time datetime=\"{date}\">{}</time>", row[0])), "{row:?}");
        let expected = [
            &format!("Veto of {document}"),
            "Security Council",
            document,
            "Vetoed",
            &format!("{yes}–{no}–{abstained}"),
            &yes.to_string(),
            &no.to_string(),
            &abstained.to_string(),
            "",
            against,
            abstaining,
        ];
        assert_eq!(row[1..], expected);
        assert!(page.contains(&format!("href=\"https://undocs.org/{document}\"")), "{document}");
    }
    assert_eq!(page.matches("<th scope=\"col\"").count(), 12);
    assert!(page.contains("<a id=\"vetoed\" href=\"#vetoed\">Vetoed <span class=\"count\">18</span></a>"), "{page}");
    assert!(!page.contains("href=\"#adopted\""), "no vote ended like that");
    assert!(site.page("index.html").contains("<a href=\"votes.html\">Votes</a>"), "the menu has it");
    assert!(site.page("index.html").contains("data-facet=\"vote\">"), "the filters have it");
}

#[test]
fn the_page_of_an_event_has_its_vote_as_a_table() {
    let site = vetoes();
    site.build();
    let page = site.page("events/2016-10-08-veto.html");
    let expected =
        [["In favour", "11", ""], ["Against", "2", "Russia, Venezuela"], ["Abstained", "2", "Angola, China"]];
    assert_eq!(rows(&page), expected);
    let caption =
        page.split("<caption>").nth(1).and_then(|rest| rest.split("</caption>").next()).expect("there is one");
    assert_eq!(words(caption), "Security Council ·\u{a0}S/2016/846 ·\u{a0}Vetoed");
}

#[test]
fn only_a_failed_vote_of_the_kind_veto_is_called_one() {
    let vote = "[vote]\nbody = \"council\"\nyes = 4\nno = 4\nabstained = 7\nadopted = false\n";
    let adopted = vote.replace("false", "true");
    let event =
        |kind: &str, vote: &str| format!("+++\ntitle = \"T\"\ndate = 2017-11-20\nkind = \"{kind}\"\n{vote}+++\n");
    let site = Site::new()
        .file("content/actors/council.md", "+++\nname = \"Council\"\n+++\n")
        .file("content/events/a.md", event("vote", vote))
        .file("content/events/b.md", event("resolution", &adopted));
    site.build();
    assert!(site.page("events/a.html").contains(">Not adopted<"));
    assert!(site.page("events/b.html").contains(">Adopted<"));
    let data = site.page("filter/events.js");
    assert!(
        data.contains(r#""vote":[["adopted","Adopted"],["rejected","Not adopted"],["vetoed","Vetoed"]]"#),
        "{data}"
    );
    assert!(data.contains("2,0,\"2017-11-20\",[1]]") && data.contains("2,0,\"2017-11-20\",[0]]"), "{data}");
}

#[test]
fn a_site_without_published_votes_has_no_page_of_votes() {
    let vote = "draft = true\n[vote]\nbody = \"council\"\nyes = 4\nno = 4\nadopted = false\n";
    let site = Site::new()
        .file("content/actors/council.md", "+++\nname = \"Council\"\n+++\n")
        .event("a", "2017-11-20", "")
        .event("b", "2017-11-20", vote);
    site.build();
    assert!(!site.path("public/votes.html").exists());
    let home = site.page("index.html");
    assert!(!home.contains("votes.html"), "{home}");
    assert!(home.contains("data-facet=\"vote\" hidden>"), "{home}");
}

#[test]
fn an_actor_is_shown_and_found_under_every_name() {
    let site = Site::new()
        .file(
            "content/actors/hts.md",
            r#"+++
name = "Hayat Tahrir al-Sham"
names = ["HTS", "Хайят Тахрир аш-Шам"]
native_name = "هيئة تحرير الشام"
[[member_of]]
actor = "room"
from = "2017"
to = "2018"
[[member_of]]
actor = "army"
+++
"#,
        )
        .file(
            "content/actors/nusra.md",
            "+++\nname = \"Nusra Front\"\n[[became]]\nactor = \"hts\"\ndate = 2017-01-28\n+++\n",
        )
        .file("content/actors/room.md", "+++\nname = \"Operations Room\"\n+++\n")
        .file("content/actors/army.md", "+++\nname = \"Army\"\n+++\n")
        .event("a", "2017-11-20", "actors = [\"hts\", \"nusra\"]\n");
    site.build();
    let page = site.page("actors/hts.html");
    let facts = words(page.split("<dl>").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("there are facts"));
    let facts = facts.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        facts,
        "Name in its own languageهيئة تحرير الشام Also known asHTS; Хайят Тахрир аш-Шам Member of Operations Room 2017 – 2018 Army \
         Formerly Nusra Front (28 January 2017) Events1 event, 2017"
    );
    assert!(page.contains(r#"<span lang="und-Arab" dir="rtl">هيئة تحرير الشام</span>"#), "{page}");
    assert!(page.contains(r#"<span lang="und-Cyrl" dir="ltr">Хайят Тахрир аш-Шам</span>"#), "{page}");
    assert!(site.page("actors/nusra.html").contains("<dt>Became</dt>"));
    assert!(site.page("actors/room.html").contains("<dt>Members and former members</dt>"));
    let index: String = site
        .output()
        .iter()
        .filter(|(path, _)| path.starts_with("search/texts-"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for name in ["HTS", "Хайят", "هيئة تحرير الشام"] {
        assert!(index.contains(name), "{name} in {index}");
    }
}

/// A site with an event that cites some sources.
fn cited(sources: &[&str], more: &str) -> Site {
    let tables = sources.iter().enumerate().map(|(number, keys)| {
        format!(
            "[[sources]]\nid = \"s{number}\"\ntitle = \"Title {number}\"\npublisher = \"AP\"\ndate = \"2017\"\n{keys}\n"
        )
    });
    let citations: String = (0..sources.len()).map(|number| format!("[^s{number}]")).collect();
    let tables: String = tables.collect();
    Site::new().file(
        "content/events/a.md",
        format!("+++\ntitle = \"T\"\ndate = 2017-11-20\nkind = \"meeting\"\n{tables}{more}+++\nText.{citations}\n"),
    )
}

#[test]
fn a_description_is_not_set_as_a_title() {
    let site = cited(&["title_is_description = true", ""], "");
    site.build();
    for page in ["events/a.html", "sources/others_a.html", "print.html"] {
        let html = site.page(page);
        assert!(
            html.contains("Title 0 <span class=\"source-described\">(description)</span></span>"),
            "{page}: {html}"
        );
        assert!(!html.contains("<cite>Title 0"), "{page}");
        assert!(html.contains("<cite>Title 1</cite>"), "{page}");
    }
    let page = site.page("events/a.html");
    assert!(page.contains(r#""description":"Title 0""#) && page.contains(r#""name":"Title 1""#), "{page}");
    assert!(!page.contains(r#""name":"Title 0""#), "{page}");
}

#[test]
fn who_relays_a_source_is_named_after_its_publisher() {
    let site = cited(&["relay = \"YourBasin\""], "");
    site.build();
    assert!(words(&site.page("events/a.html")).contains("Title 0, AP, via YourBasin, 2017"));
    assert!(words(&site.page("sources/others_a.html")).contains("Title 0, via YourBasin, 2017"));
}

#[test]
fn an_event_says_what_its_grade_rests_on() {
    let grounds = |sources: &[&str]| {
        let site = cited(sources, "");
        site.build();
        let page = site.page("events/a.html");
        page.split("<span class=\"grounds\">").nth(1).and_then(|rest| rest.split('<').next()).map(str::to_owned)
    };
    let [document, statement, press] = ["kind = \"document\"", "kind = \"statement\"", "kind = \"press\""];
    let all = grounds(&[document, statement, press, ""]);
    assert_eq!(all.as_deref(), Some("Rests on 2 primary sources, one press report and one other source."));
    assert_eq!(grounds(&[press, press]).as_deref(), Some("Rests on 2 press reports."));
    assert_eq!(grounds(&["kind = \"dataset\""]).as_deref(), Some("Rests on one dataset."));
    assert_eq!(grounds(&["", ""]), None, "of what kind they are is not known");
}

#[test]
fn the_confidence_of_an_account_is_beside_its_author() {
    let account = "[[accounts]]\nby = \"a\"\nsays = \"So.\"\nconfidence = \"disputed\"\n";
    let site = cited(&[""], account).file("content/actors/a.md", "+++\nname = \"A\"\n+++\n");
    site.build();
    for (page, name) in [("events/a.html", "A</a>"), ("print.html", "A</a>")] {
        let expected = format!("{name} <span class=\"confidence\">Disputed</span>");
        assert!(site.page(page).contains(&expected), "{page}: {}", site.page(page));
    }
}

#[test]
fn events_places_and_processes_link_to_wikidata() {
    let site = Site::new()
        .event("a", "2017-11-20", "wikidata = \"Q1\"\nplaces = [\"p\"]\nprocesses = [\"q\"]\n")
        .file("content/places/p.md", "+++\nname = \"P\"\nwikidata = \"Q2\"\n+++\n")
        .file("content/processes/q.md", "+++\nname = \"Q\"\nwikidata = \"Q3\"\n+++\n");
    site.build();
    for (page, item) in [("events/a.html", "Q1"), ("places/p.html", "Q2"), ("processes/q.html", "Q3")] {
        let link = format!("<a href=\"https://www.wikidata.org/wiki/{item}\" rel=\"external\">Wikidata ({item})</a>");
        assert!(site.page(page).contains(&link), "{page}");
    }
}

/// A test of the content of this repository, not of the program: its vetoes against the table above.
#[test]
fn the_syria_timeline_has_every_veto_with_its_date_tally_and_voters() {
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::copy_of(&repository.join("content"));
    let content = site.path("content");
    std::fs::create_dir(&content).expect("the folder can be made");
    for folder in ["actors", "events", "pages", "places", "processes"] {
        std::fs::rename(site.path(folder), content.join(folder)).expect("the folder can be moved");
    }
    let config = std::fs::read(repository.join("site.toml")).expect("site.toml can be read");
    let site = site.file("site.toml", config);
    site.build();
    let page = site.page("votes.html");
    let vetoes: Vec<Vec<String>> = rows(&page).into_iter().filter(|row| row[4] == "Vetoed").collect();
    assert_eq!(vetoes.len(), VETOES.len());
    let sorted = |list: &str| {
        let mut names: Vec<String> = names(list).map(str::to_owned).collect();
        names.sort();
        names
    };
    for (row, (date, document, [yes, no, abstained], against, abstaining)) in vetoes.iter().zip(VETOES) {
        assert!(page.contains(&format!("<time datetime=\"{date}\">{}</time>", row[0])), "{date}: {row:?}");
        assert_eq!(row[3], document, "{date}");
        assert_eq!(row[6..9], [yes, no, abstained].map(|count| count.to_string()), "{date}");
        assert_eq!(sorted(&row[10]), sorted(against), "{date}");
        assert_eq!(sorted(&row[11]), sorted(abstaining), "{date}");
    }
}
