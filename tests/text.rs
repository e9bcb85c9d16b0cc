//! What becomes of an entry's text: mark-up that is taken, and mark-up that is reported.

use std::sync::Arc;

use crate::common::Site;
use annals::config::{Limits, RawHtml};
use annals::content::{Document, Settings, SourceFile};
use annals::id::Collection;

fn parse(text: &str, raw_html: RawHtml) -> (String, Vec<&'static str>) {
    let text: Arc<str> = format!(
        r#"+++
title = "P"
+++
{text}
"#
    )
    .into();
    let source = SourceFile { file: "content/pages/p.md".into(), text };
    let settings = Settings { limits: Limits::default(), raw_html };
    let (document, diagnostics) = Document::parse(Collection::Pages, &source, &settings);
    (document.body.html("../"), diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect())
}

#[track_caller]
fn assert_html(text: &str, wanted: &str) {
    let (html, codes) = parse(text, RawHtml::Deny);
    assert_eq!((html.trim(), codes.as_slice()), (wanted, [].as_slice()), "{text}");
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
    assert_html("## Long words {#short}", "<h2 id=\"short\">Long words</h2>");
    assert_html("Long words {#short}\n---", "<h2 id=\"short\">Long words</h2>");
    assert_html("## Braces {x} within", "<h2 id=\"braces-x-within\">Braces {x} within</h2>");
    assert_html("## `{x}`", "<h2 id=\"x\"><code>{x}</code></h2>");
    assert_codes("## A {.b}", &["silent-change"]);
    assert_codes("## A {}", &["silent-change"]);
    assert_codes("## A {% b %}", &["template-code"]);
    assert_codes("## A {#b}\n\n## C {#b}", &["duplicate-anchor"]);
}

#[test]
fn links_by_id_lead_to_documents_and_show_their_titles() {
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
fn what_no_author_means_is_reported() {
    for text in [
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
    ] {
        assert_codes(text, &["failed-markup"]);
    }
    for text in [
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
    ] {
        assert_codes(text, &["failed-link"]);
    }
    for text in [
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
        "[Applause]: loud",
        "[1]: Ibid.",
        "Text.\n\n[1]: https://example.org",
    ] {
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
        assert!(!html.contains("&lt;") && !html.contains("<img") && html.contains("<p>After.</p>"), "{name}: {html}");
        let (_, codes) = parse(&format!("A <{name}> b\n\nAfter."), RawHtml::Sanitise);
        assert_eq!(codes, ["raw-html"], "{name}");
    }
}
