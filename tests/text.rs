//! An entry's text: mark-up that is accepted, and mark-up that is reported.

use std::sync::Arc;

use crate::common::Site;
use annals::steps::{Collection, Document, Goal, Limits, RawHtml, ResolvedLink, Settings};

fn parse(text: &str, raw_html: RawHtml) -> (String, Vec<&'static str>) {
    let text: Arc<str> = format!(
        r#"+++
title = "P"
+++
{text}
"#
    )
    .into();
    let settings = Settings { goal: Goal::Site, limits: Limits::default(), raw_html };
    let (document, problems) = Document::parse(Collection::Pages, &"content/pages/p.md".into(), &text, &settings);
    let links = vec![ResolvedLink::default(); document.body.links.len()];
    (
        document.body.text.html("../", &links, &|_| String::new()),
        problems.iter().map(|diagnostic| diagnostic.code().name()).collect(),
    )
}

/// HTML without the anchors of paragraphs.
fn without_anchors(html: &str) -> String {
    let mut pieces = html.split(" id=\"_p");
    let first = pieces.next().unwrap_or_default().to_owned();
    first + &pieces.map(|piece| piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == '"')).collect::<String>()
}

#[track_caller]
fn assert_html(text: &str, wanted: &str) {
    let (html, codes) = parse(text, RawHtml::Deny);
    assert_eq!((without_anchors(html.trim()).as_str(), codes.as_slice()), (wanted, [].as_slice()), "{text}");
}

#[test]
fn paragraphs_headings_items_and_rows_have_anchors() {
    let (html, codes) = parse(
        r"## Talks

First.

- one
  - two
- three

  four

> five

| a | b |
|--:|---|
| c | d |",
        RawHtml::Sanitise,
    );
    assert_eq!(codes, [""; 0]);
    let tags: Vec<&str> = html.split(" id=\"_p").map(|piece| &piece[piece.rfind('<').unwrap_or(0)..]).collect();
    let tags = &tags[..tags.len() - 1];
    assert_eq!(tags, ["<span", "<p", "<p", "<li", "<p", "<p", "<p", "<tr", "<tr"], "{html}");
    for number in 1..=tags.len() {
        assert!(html.contains(&format!(" id=\"_p{number}\"")), "{number}: {html}");
    }
}

#[track_caller]
fn assert_codes(text: &str, wanted: &[&str]) {
    let (html, codes) = parse(text, RawHtml::Deny);
    assert_eq!(codes, wanted, "{text}: {html}");
}

#[test]
fn bare_addresses_become_links() {
    let link = |url: &str| format!("<a href=\"{url}\" rel=\"external\">{url}</a>");
    let (plain, path) = (link("https://example.org/a_b_c"), link("http://example.org/报告"));
    assert_html("See https://example.org/a_b_c.", &format!("<p>See {plain}.</p>"));
    assert_html("(https://example.org/a_b_c)", &format!("<p>({plain})</p>"));
    let shouted = "HTTPS://example.org/";
    assert_html(shouted, &format!("<p>{}</p>", link(shouted)));
    assert_html("[a](< HTTP://x.org >)", r#"<p><a href="HTTP://x.org" rel="external">a</a></p>"#);
    assert_html("见http://example.org/报告。后来", &format!("<p>见{path}。后来</p>"));
    assert_html("*https://example.org/a_b_c*", &format!("<p><em>{plain}</em></p>"));
    assert_html("`https://example.org/a`", "<p><code>https://example.org/a</code></p>");
    assert_html("https\\://example.org/a", "<p>https://example.org/a</p>");
    assert_html("[https://example.org/a](https://example.org/a)", &format!("<p>{}</p>", link("https://example.org/a")));
    let host = link("https://example.org");
    assert_html("See https://example.org, then", &format!("<p>See {host}, then</p>"));
    assert_html("(https://example.org)", &format!("<p>({host})</p>"));
    assert_html("[https://example.org]", &format!("<p>[{host}]</p>"));
    assert_html("https://example.org’s", &format!("<p>{host}’s</p>"));
    assert_codes("https://example.org/a&amp;b", &["failed-markup"]);
    assert_html("xhttps://example.org or https://localhost", "<p>xhttps://example.org or https://localhost</p>");
    assert_codes("https://example.org/a^b", &["invalid-url"]);
    assert_codes("https://example.org/*a*", &["failed-markup"]);
}

#[test]
fn tasks_have_a_box_that_their_words_name() {
    assert_html(
        "- [x] *Met*\n- [ ] Left\n  - [ ] Home",
        r#"<ul>
<li><label><input type="checkbox" disabled checked> <em>Met</em></label></li>
<li><label><input type="checkbox" disabled> Left</label>
<ul>
<li><label><input type="checkbox" disabled> Home</label></li>
</ul>
</li>
</ul>"#,
    );
    let (html, _) = parse("- [x] Met <b>here</b>", RawHtml::Sanitise);
    assert!(html.contains("type=\"checkbox\"") && html.contains("disabled"), "{html}");
}

#[test]
fn a_single_tilde_is_a_word_and_two_strike_through() {
    assert_html("~2011 and ~50 ~~gone~~", "<p>~2011 and ~50 <del>gone</del></p>");
    let site = Site::new().file(
        "content/pages/p.md",
        r#"+++
title = "P"
+++
From ~2011 to 2012~.

## ~50 dead~
"#,
    );
    site.build();
    assert!(site.page("p.html").contains("content=\"From ~2011 to 2012~.\""), "{}", site.page("p.html"));
}

#[test]
fn code_is_never_rewritten() {
    let code = "&lt;td style=\"text-align: left\"&gt;";
    assert_html("`<td style=\"text-align: left\">`", &format!("<p><code>{code}</code></p>"));
    assert_html(
        "| a | b |\n|:--|--:|\n| c | `style=\"text-align: right\"` |",
        "<table><thead><tr><th class=\"align-left\">a</th><th class=\"align-right\">b</th></tr></thead><tbody>\n<tr><td class=\"align-left\">c</td><td class=\"align-right\"><code>style=\"text-align: right\"</code></td></tr>\n</tbody></table>",
    );
}

#[test]
fn headings_have_anchors_of_their_own() {
    assert_html("## Long words {#short}", "<h2 id=\"short\"><span>Long words</span></h2>");
    assert_html("Long words {#short}\n---", "<h2 id=\"short\"><span>Long words</span></h2>");
    assert_html("## Braces {x} within", "<h2 id=\"braces-x-within\"><span>Braces {x} within</span></h2>");
    assert_html("## `{x}`", "<h2 id=\"x\"><span><code>{x}</code></span></h2>");
    assert_codes("## A {.b}", &["silent-change"]);
    assert_codes("## A {}", &["silent-change"]);
    assert_codes("## A {% b %}", &["template-code"]);
    assert_codes("## A {#b}\n\n## C {#b}", &["duplicate-anchor"]);
}

#[test]
fn links_by_id_go_to_documents_and_show_their_titles() {
    let event = |text: &str| {
        format!(
            r#"+++
title = "Beta & Co"
date = 2017-11-20
kind = "meeting"
+++
{text}
"#
        )
    };
    let site = Site::new()
        .file("content/events/beta.md", event("## The talks\n\nText."))
        .file("content/events/sub/gamma.md", event("See [[beta]]."))
        .file(
            "content/pages/p.md",
            r#"+++
title = "P"
+++
See [[beta]], [[beta|the *talks*]], [[beta#The talks]], [[events/gamma]].

| a |
|---|
| [[beta\|b]] |
"#,
        );
    site.build();
    let page = site.page("p.html");
    for link in [
        "<a href=\"events/beta.html\">Beta &amp; Co</a>",
        "<a href=\"events/beta.html\">the <em>talks</em></a>",
        "<a href=\"events/beta.html#the-talks\">Beta &amp; Co</a>",
        "<a href=\"events/gamma.html\">Beta &amp; Co</a>",
        "<a href=\"events/beta.html\">b</a>",
    ] {
        assert!(page.contains(link), "{link} is not in {page}");
    }
    assert!(page.contains("content=\"See Beta &amp; Co, the talks, Beta"), "{page}");
    assert!(site.page("print.html").contains(">Beta &amp; Co</a>"));
}

#[test]
fn a_link_by_id_finds_an_anchor_as_written_and_a_heading_by_its_words() {
    let event = r#"+++
title = "Beta"
date = 2017-11-20
kind = "meeting"

[[sources]]
id = "UN"
title = "S/RES/2254"
publisher = "United Nations"
date = 2015-12-18
+++
They met.[^UN]

## First {#MyAnchor}

## Second {#café}

## myanchor

## Of A_b: the end
"#;
    let site = Site::new().file("content/events/beta.md", event).file(
        "content/pages/p.md",
        "+++\ntitle = \"P\"\n+++\n[[beta#MyAnchor]] [[beta#myanchor]] [[beta#Myanchor]] [[beta#_source-UN]] \
         [[beta#cafe\u{301}]] [[beta#CAFE\u{301}]] [[beta#Of A_b: the end]] [[beta#of-a-b-the-end]] [[beta# ]]\n\n\
         [[#Here we are]] [[#_p1]]\n\n## Here we are\n",
    );
    site.build();
    let page = site.page("p.html");
    let start = page.find("<p id=\"_p1\"").expect("the text has a paragraph");
    let anchors: Vec<&str> =
        page[start..].split("href=\"").skip(1).take(11).filter_map(|rest| rest.split('"').next()).collect();
    let wanted = [
        "events/beta.html#MyAnchor",
        "events/beta.html#myanchor",
        "events/beta.html#myanchor",
        "events/beta.html#_source-UN",
        "events/beta.html#caf%C3%A9",
        "events/beta.html#caf%C3%A9",
        "events/beta.html#of-a-b-the-end",
        "events/beta.html#of-a-b-the-end",
        "events/beta.html#",
        "#here-we-are",
        "#_p1",
    ];
    assert_eq!(anchors, wanted);
}

/// Mark-up that has no effect.
const FAILED_MARKUP: &[&str] = &[
    "他说**「是」**后",
    "他说*「是」*后",
    "他说_「是」_后",
    "** bold**",
    "**bold **",
    "**bold",
    "~~gone ~~ x",
    "~gone~",
    "** bold **",
    "**bold **",
    "a ** b",
    "###Heading",
    "#Heading",
    "```\nx",
    "~~~\nx\n```",
    "- ```\n  x\n\ny",
    "| a | b |\n| c | d |",
    "==x==",
    "他说==重要==的",
    "a~b~c",
    "^[note]",
    "> [!NOTE]\n> x",
    "Words {.x}",
    "[A](https://example.org){target=_blank}",
    "- [] x",
    "``x",
    "!!! note\n",
    ":::note\n",
    "a __bold b",
];

/// Text that looks like a link but is not one in Markdown.
const FAILED_LINKS: &[&str] = &[
    "[a](b c.pdf)",
    "![a](b c.jpg)",
    "[a](https://example.org/b c)",
    "[a] (https://example.org)",
    "[a] (b.pdf)",
    "<https://example.org/b c>",
    "(a)[https://example.org]",
    "[a](b “c”)",
    "[*a*](b c)",
    "[a](b",
    "[[",
    "[[]]",
    "[[a",
    "> [a](b c)",
    "- [a](b c)",
    "## [a](b c)",
    "[](https://example.org)",
    "[ ](https://example.org)",
    "Text[^n] and [^n text.\n\n[^n]: Note.",
    "Text[^n] and [ ^n].\n\n[^n]: Note.",
    "Text[^n] and [＾n].\n\n[^n]: Note.",
    "Text[^n] and ［^n］.\n\n[^n]: Note.",
    "Text[^n] and [@n].\n\n[^n]: Note.",
];

/// Text that Markdown shows differently from how it is written.
const SILENT_CHANGES: &[&str] = &[
    "20. a\n22. b",
    "1. a\n3. b",
    "20. a\n20. b",
    "1990. It was.",
    "20. November was cold.",
    "1990) It was.",
    "On the day\n- x",
    "a b,\n+ c",
    "A sentence.\n---",
    "One\ntwo\n===",
    "| a |\n|---|\n| b | c |",
    "| a | b |\n|---|---|\n| c | d |\ntext",
    "Sana`a and Ta`izz",
    "He met `Ain and Ba`ath men.",
    "In Sana`a and Ra` b",
    "| a |\n|---|\n| b |\ntext\nmore",
    "[a]\n\n[a]: https://example.org\n[a]: https://example.org/b",
    "[a]\n\n[a]: https://example.org\n\n[A]: https://example.org/b",
    "[^a]\n\n[^a]:\n    c",
    "[Applause]: loud",
    "[1]: Ibid.",
    "Text.\n\n[1]: https://example.org",
];

#[test]
fn what_no_author_means_is_reported() {
    for text in FAILED_MARKUP {
        assert_codes(text, &["failed-markup"]);
    }
    for text in FAILED_LINKS {
        assert_codes(text, &["failed-link"]);
    }
    for text in SILENT_CHANGES {
        assert_codes(text, &["silent-change"]);
    }
    assert_codes("[Q]: Yes\n[A]: No", &["silent-change", "silent-change"]);
    for text in [
        r"[^a]

[^a]: b

    c",
        r"[^a]

[^a]: b

  c",
    ] {
        assert_codes(text, &["silent-change"]);
    }
}

#[test]
fn mark_up_of_other_programs_is_reported() {
    for text in [
        "x^2^ and y",
        "the 1^st^",
        "H~2~O",
        "log~10~",
        "a $$x$$ b",
        "$$\nx_1 + y_1\n$$",
        "a \\(x\\) b",
        "\\[\\frac{a}{b}\\]",
        ":tada: a",
        "a (:+1:)",
        "term\n: what it means",
        "term\n\n: what it means",
        "text ^block-id",
        "- a ^37066d\n- b",
        "## Heading ^id-1",
        "[[_TOC_]]",
    ] {
        assert_codes(text, &["failed-markup"]);
    }
    assert_codes("see <www.example.org/a_b_c> b", &["failed-link"]);
    assert_codes("a [^unknown b", &["failed-link"]);
    for text in ["<%= a *b* c %>", "a <% if x %> b <% end %>"] {
        assert_codes(text, &["template-code"]);
    }
    assert_codes("<%# a %> <%-- b --%>", &["visible-comment", "visible-comment"]);
    assert_codes("![A handshake|300x200](p.png)", &["failed-markup"]);
    assert_codes("[[**s**]]", &[]);
    assert_codes("| a | b |\n|---|---|\n| [[p|words]] | c |", &["failed-link"]);
    assert_codes("| a | b |\n|---|---|\n| [[p|words]] |", &["failed-link"]);
    assert_codes("| [[p|words]] | c |\n|---|---|\n| d | e |", &["failed-markup"]);
}

#[test]
fn mark_up_that_lacks_a_space_is_reported_once() {
    for text in [
        "- [x]done",
        "1. [ ]open",
        "-[x] done",
        "-[ ] open\n-[x] done",
        "1.a\n2.b\n3.c",
        "1)a\n\n2)b",
        "-a\n-b\n-c",
        "- a\n-b",
        "> *a\n> *b",
        "1. a\n2.b",
        "####### seven",
        "#######",
    ] {
        assert_codes(text, &["failed-markup"]);
    }
    for text in ["##", "a\n\n#\n\nb", "> ##"] {
        assert_codes(text, &["silent-change"]);
    }
}

#[test]
fn what_is_like_the_mark_up_of_other_programs_is_not_reported() {
    for text in [
        "x^2 + y^2 and x^2+y^2 and 2^3^4 and ^_^",
        "costs $$ and $$ more, or $5 and $10",
        "\\[sic\\] and \\[t\\]he \\[a\\] note \\(c)",
        "at 10:30:45, 1:2:3, Note: see: this :)",
        "http://example.org:80:b",
        "K__ and 20__ and ____, the __th",
        "1.5 million\n2.5 million",
        "-5\n-10",
        "5.a",
        "-based\nand so on",
        "A long sentence that goes on until here, and then another line\ncomes\n: b",
        "e ^kt",
        "m ^2",
        "<me@example.org> <https://www.example.org>",
        "a <5 % b> c",
        "```\n:tada: x^2^ <% a %>\n####### b\n-a\n-b\n```",
        "`:tada:` `x^2^` `\\(x\\)` `<%= a %>` `![A|300](p.png)`",
        "\\:tada: \\#######",
        "\\-a\n\\-b",
        "`git log`s and `a b`-like",
        "使用`git log`查看",
        "`a = b`er",
        "[a]\n[a]: x\n\n[a]: https://example.org",
        "[a]\n\n```\n[a]: x\n```\n\n[a]: https://example.org",
        "| a |\n|---|\n| b |",
        "| a | b |\n|---|---|\n| [[p\\|words]] | c |",
    ] {
        assert_codes(text, &[]);
    }
}

#[test]
fn names_of_citations_are_compared_in_nfc() {
    for (cited, defined) in [("e\u{301}", "\u{e9}"), ("\u{e9}", "e\u{301}")] {
        assert_codes(&format!("A[^{cited}]\n\n[^{defined}]: Note."), &[]);
        assert_codes(&format!("A[^{defined}] and [^{cited} b.\n\n[^{defined}]: Note."), &["failed-link"]);
        let source = format!(
            "[[sources]]\nid = \"{defined}\"\ntitle = \"T\"\npublisher = \"P\"\ndate = \"2017\"\n+++\nA[^{cited}].\n"
        );
        let site = Site::new().file(
            "content/events/a.md",
            format!("+++\ntitle = \"A\"\ndate = 2017-11-20\nkind = \"meeting\"\n{source}"),
        );
        assert_eq!(site.codes(), [""; 0], "{cited}");
    }
    assert_codes("[^a]\n\n[^a]: x\n\n[^A]: y", &["uncited-source"]);
    assert_codes("[^B]\n\n[^b]: x", &["unknown-source"]);
}

#[test]
fn a_name_of_both_a_source_and_a_footnote_is_one_mistake() {
    let sources = "[[sources]]\nid = \"welt\"\ntitle = \"T\"\npublisher = \"P\"\ndate = \"2017\"\n";
    let site = Site::new().file(
        "content/events/a.md",
        format!(
            "+++\ntitle = \"A\"\ndate = 2017-11-20\nkind = \"meeting\"\n{sources}+++\nA.[^welt]\n\n[^welt]: Note.\n"
        ),
    );
    assert_eq!(site.codes(), ["duplicate-source"]);
}

#[test]
fn a_file_at_another_path_is_missing_and_not_stray() {
    let png = crate::pictures::encoded(4, 3, image::ImageFormat::Png);
    for (written, help) in [
        ("![A](Photo.png)", "write photo.png"),
        ("![A](pictures/photo.png)", "write photo.png"),
        ("[A](../attachments/deep/a%20b.png)", "write <../attachments/a b.png>"),
        ("![A](a%20b.png)", "write <../attachments/a b.png>"),
    ] {
        let site = Site::new()
            .file("content/pages/p.md", format!("+++\ntitle = \"P\"\n+++\n{written}\n"))
            .file(if help.contains("photo") { "content/pages/photo.png" } else { "content/attachments/a b.png" }, &png);
        assert_eq!(site.codes(), ["missing-file"], "{written}");
        let report = site.run(&["check"]).stderr;
        assert!(report.contains(help), "{written}: {report}");
    }
    let media = "[[media]]\nfile = \"Photo.png\"\nalt = \"A\"\n";
    let site = Site::new()
        .file("content/pages/p.md", format!("+++\ntitle = \"P\"\n{media}+++\nText.\n"))
        .file("content/pages/photo.png", &png);
    assert_eq!(site.codes(), ["missing-file"]);
    assert!(site.run(&["check"]).stderr.contains("write \"photo.png\""));
    let site = Site::new()
        .file("content/pages/p.md", "+++\ntitle = \"P\"\n+++\n![[photo.png]]\n")
        .file("content/pages/photo.png", &png);
    assert_eq!(site.codes(), ["missing-alt"]);
}

#[test]
fn what_authors_mean_is_not_reported() {
    for text in [
        "5 * 3 and 5*3",
        "snake_case_name",
        "a* b* c",
        "* a",
        "f**k and ****",
        "2 ** 3",
        "a = b == c",
        "~50",
        "#MeToo was first.",
        "#1",
        "\\#Heading",
        "\\*\\*a\\*\\*",
        "1. a\n1. b",
        "0. a\n0. b",
        "1. a\n2. b",
        r"1. a

Text.

2. b",
        "3. a\n4. b",
        "He came:\n- a\n- b",
        "Title\n---",
        "Title\n===",
        "[sic] (he said)",
        "[a], (b)",
        "\\[a](b c)",
        "a [b] c",
        "`[a](b c)` `**a` `{{ x }}`",
        "```\n**a\n[a](b c)\n```",
        "Sana`a",
        "Words {a} {1}",
        "x < y > z",
        "100 %",
        "a -- b",
        "a -> b",
        "hard\\\nbreak",
        r"[^a]

[^a]: b

c",
        "[^a]\n\n[^a]: b\n    c",
        "a^2 and x^[1](https://example.org)",
        "<http://example.org/_a_>",
        "<http://example.org/**a**>",
        "<http://example.org/~a~b>",
        "[a][É É] and [b]\n\n[é  é]: https://example.org\n[B]: https://example.org/b",
        "Text.\n\n[//]: # (a note)\n[comment]: # (a note)",
        "Words (a){a=b}",
        "[me@example.org] and [^1 of 2",
        "5~6月，7~8月",
        "50~60% and 70~80%",
        "from A~Z and from a~z",
        "if a==1 and b==2",
    ] {
        assert_codes(text, &[]);
    }
}

#[test]
fn a_hidden_element_is_not_published_with_its_page() {
    for text in ["<p hidden>x</p>", "A <span hidden=\"\">x</span>", "<div style=\"display: none\">\nx\n</div>"] {
        for raw_html in [RawHtml::Sanitise, RawHtml::Allow] {
            let (_, codes) = parse(text, raw_html);
            assert_eq!(codes, ["raw-html"], "{text}");
        }
    }
    let (_, codes) = parse("<p class=\"hidden\">The hidden war</p>", RawHtml::Sanitise);
    assert_eq!(codes, [""; 0]);
}

#[test]
fn sanitised_html_prints_no_tags_and_takes_nothing_with_it() {
    for name in ["noscript", "noembed", "iframe", "xmp", "title", "textarea", "template"] {
        let (html, codes) = parse(
            &format!(
                r#"<div>
<{name}><img alt="A" src="x.png"></{name}>
</div>

After."#
            ),
            RawHtml::Sanitise,
        );
        assert_eq!(codes, [""; 0], "{name}");
        assert!(!html.contains("&lt;") && !html.contains("<img") && html.contains(">After.</p>"), "{name}: {html}");
        let (_, codes) = parse(&format!("A <{name}> b\n\nAfter."), RawHtml::Sanitise);
        assert_eq!(codes, ["raw-html"], "{name}");
    }
}

/// The helps of the reports on one file of a site, in order.
#[track_caller]
fn helps(site: &Site, file: &str) -> Vec<String> {
    let run = site.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    let problems = report["diagnostics"].as_array().expect("there is a list of problems");
    let of_file = problems.iter().filter(|diagnostic| diagnostic["file"] == file);
    of_file.map(|diagnostic| diagnostic["help"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Checks the help in the reports on several links, each of which is a paragraph of one event.
#[track_caller]
fn assert_helps(cases: &[(&str, &str)]) {
    let text: Vec<&str> = cases.iter().map(|(written, _)| *written).collect();
    let front = "+++\ntitle = \"E\"\ndate = 2017-11-20\nkind = \"meeting\"\nactors = [\"c\"]\nplaces = [\"s\"]\n+++\n";
    let site = Site::new()
        .file("content/events/e.md", format!("{front}{}\n", text.join("\n\n")))
        .file("content/actors/c.md", "+++\nname = \"C\"\n+++\n")
        .file("content/places/s.md", "+++\nname = \"S\"\n+++\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n")
        .file("content/events/q.png", PNG)
        .file("static/p.png", PNG)
        .file("static/img/r.png", PNG)
        .file("static/report.pdf", "%PDF-1.4\n");
    let wanted: Vec<&str> = cases.iter().map(|(_, help)| *help).collect();
    assert_eq!(helps(&site, "content/events/e.md"), wanted);
}

/// A picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc`\0\0\0\x02\0\x01\xe2!\xbc3\0\0\0\0IEND\xaeB`\x82";

#[test]
fn a_link_to_a_document_by_another_path_is_given_as_it_should_be() {
    assert_helps(&[
        ("[a](places/s.md)", "write @/places/s.md"),
        ("[a](places/s.md#x)", "write @/places/s.md#x"),
        ("[a](../places/s.html)", "write @/places/s.md"),
        ("[a](../places/s)", "write @/places/s.md"),
        ("[a](c)", "write @/actors/c.md"),
        ("[a](@/s.md)", "write @/places/s.md"),
        ("[a](@/content/places/s.md)", "write @/places/s.md"),
        ("[a](/places/s/)", "write @/places/s.md"),
        ("[a](../about.html)", "write @/pages/about.md"),
        ("[a](..\\places\\s.md)", "write @/places/s.md"),
        ("[a][@/places/s.md]", "write [a](@/places/s.md)"),
    ]);
}

#[test]
fn a_link_to_a_file_by_another_path_is_given_as_it_should_be() {
    assert_helps(&[
        ("![A](static/p.png)", "write p.png"),
        ("![A](../../static/p.png)", "write p.png"),
        ("![A](/p.png)", "write p.png"),
        ("![A](events/q.png)", "write q.png"),
        ("![A](content/events/q.png)", "write q.png"),
        ("![A](R.PNG)", "write img/r.png"),
        ("![A](n.png)", "put the file there, or into static/ as static/n.png"),
        ("[a](C:\\b.pdf)", "put the file beside the entry or into static/, and write b.pdf"),
        ("[[p.png]]", "write ![what it shows](p.png)"),
        ("[[report.pdf]]", "write [words](report.pdf)"),
        ("![A](p.png =300x200)", "write ![A](p.png)"),
    ]);
}

#[test]
fn a_link_to_the_web_that_is_none_is_given_as_it_should_be() {
    assert_helps(&[
        ("[w][http://a.org]", "write [w](http://a.org)"),
        ("[w](https://x.org/a\nb)", "write [w](https://x.org/ab)"),
        ("[w](https://x.org]", "end the address with `)`: [w](https://x.org)"),
        ("[w](tel:+49 30)", "write [w](tel:+49-30)"),
        ("[w](mailto: a@b.org)", "write [w](mailto:a@b.org)"),
        ("[w](http:x.org)", "write http://x.org"),
        ("[w](http//x.org)", "write http://x.org"),
        ("[w](hhttps://x.org)", "write https://x.org"),
        ("[w](doi:10.1000/1)", "write https://doi.org/10.1000/1"),
        ("[w](10.1000/1)", "for a web page, write https://doi.org/10.1000/1"),
        ("[w](//x.org)", "write https://x.org"),
        ("<https://x.org|a>", "write [a](https://x.org)"),
        ("<https://x.org|a b>", "write [a b](https://x.org)"),
        ("<mailto:a@b.org|a@b.org>", "write [a@b.org](mailto:a@b.org)"),
        ("https://x\u{200b}.org/a", "write https://x.org/a"),
        ("[w](https://x.org/a\u{ad}b)", "write https://x.org/ab"),
    ]);
    assert_codes(
        "[w](https://x.org.) and https://x.org\u{200b} [می](https://x.org/می\u{200c}خواهم) [t](tel:+4930)",
        &[],
    );
}

/// Checks the help in the report on the URL of a source. Without a report, because the URL is accepted, the help is empty.
#[track_caller]
fn assert_url(url: &str, wanted: &str) {
    let source = format!("[[sources]]\nid = \"a\"\ntitle = \"A\"\npublisher = \"P\"\ndate = \"2017\"\nurl = '{url}'\n");
    let front = format!("+++\ntitle = \"E\"\ndate = 2017-11-20\nkind = \"meeting\"\n{source}+++\nText.[^a]\n");
    let site = Site::new().file("content/events/e.md", front);
    assert_eq!(helps(&site, "content/events/e.md").concat(), wanted, "{url}");
}

#[test]
fn the_url_of_a_source_is_given_as_it_should_be() {
    for url in ["https:/x.org", "hhttps://x.org", "//x.org", "<https://x.org>", "x.org", "https://x\u{200b}.org"] {
        assert_url(url, "write https://x.org");
    }
    for url in ["https://x..org", "https://.x.org", "https:///x.org", "https://https://x.org", "Source: https://x.org"]
    {
        assert_url(url, "write https://x.org");
    }
    assert_url("http//x.org", "write http://x.org");
    assert_url("10.1000/1", "write https://doi.org/10.1000/1");
    assert_url("git@github.com:a/b.git", "write https://github.com/a/b");
    assert_url("https://x.org, https://y.org", "write only one URL here: https://x.org or https://y.org");
    let general = "write the whole address, beginning with https:// or http://";
    assert_url("The Times", &format!("{general}; if this is the publisher's name, write publisher = \"The Times\""));
    assert_url("n/a", &format!("{general}; if there is none, remove the line"));
    assert_url(&format!("https://{}.org", "a".repeat(64)), general);
    for url in
        ["https://x.org.", "https://web.archive.org/web/2017/https://x.org", "https://fa.example/می\u{200c}خواهم"]
    {
        assert_url(url, "");
    }
}

#[test]
fn an_id_is_given_without_what_other_programs_write_around_it() {
    for id in ["[[c]]", "c.md", "@/actors/c.md", "actors/c", "[[actors/c|The C]]", "[C](../actors/c.md)"] {
        let site = Site::new()
            .event("e", "2017-11-20", &format!("actors = [\"{id}\"]\n"))
            .file("content/actors/c.md", "+++\nname = \"C\"\n+++\n");
        assert_eq!(helps(&site, "content/events/e.md"), ["write the id alone: c"], "{id}");
        assert_eq!(site.codes(), ["unknown-actor"], "{id}");
    }
}

#[test]
fn a_slip_in_a_list_or_a_table_name_is_given_as_it_should_be() {
    let yaml = |line: &str, help: &str| {
        let text = format!("---\ntitle: E\ndate: 2017-11-20\nkind: meeting\n{line}\n---\nText.\n");
        let site = Site::new().file("content/events/e.md", text);
        assert_eq!(helps(&site, "content/events/e.md"), [help], "{line}");
    };
    yaml("tags: [a,,b]", "write tags: [a, b]");
    yaml("tags: [a, b", "end it with `]`: tags: [a, b]");
    yaml("tags: [[[c]]]", "write it without brackets: c");
    yaml("tags: \"[[c]]\"", "put it between brackets: [\"c\"]");
    let toml = |line: &str, help: &str| {
        let site = Site::new().event("e", "2017-11-20", &format!("{line}\n"));
        assert_eq!(helps(&site, "content/events/e.md"), [help], "{line}");
    };
    toml("tags = [\"a\",,\"b\"]", "write tags = [\"a\", \"b\"]");
    toml("tags = [\"a\" \"b\"]", "write tags = [\"a\", \"b\"]");
    let site = Site::new().file("site.toml", "title = \"T\"\n[kinds.ké]\nname = \"K\"\n");
    assert_eq!(helps(&site, "site.toml"), ["write [kinds.\"ké\"]"]);
}
