//! Authors' private notes: no comment reaches an output, wherever it is in an entry and however it is written.

use std::sync::Arc;

use crate::common::Site;
use annals::steps::{Collection, Document, Goal, Limits, Problems, RawHtml, ResolvedLink, Settings, Severity};

/// Comments as HTML, Obsidian and several generators write them, and as they go wrong.
const COMMENTS: &[&str] = &[
    "<!-- CANARY -->",
    "<!-- CANARY\nCANARY -->",
    "<!-- CANARY\n\nCANARY -->",
    r"<!-- CANARY

- CANARY

> CANARY -->",
    "<!-- CANARY",
    "<!-- a <!-- b --> CANARY -->",
    "<!---CANARY--->",
    "<!--> CANARY -->",
    "<!-- CANARY --!>",
    "<!-- a\n\n`CANARY` -->",
    "<!— CANARY —>",
    "<!– CANARY –>",
    "<!- CANARY ->",
    "<! CANARY -->",
    "%%CANARY%%",
    "%% CANARY\n\nCANARY %%",
    "%%\nCANARY\n%%",
    "{% comment %}CANARY{% endcomment %}",
    r"{%- comment -%}

CANARY

{%- endcomment -%}",
    "{{/* CANARY */}}",
    "{{< CANARY >}}",
    "{# CANARY #}",
    "{>>CANARY<<}",
    "{::comment}CANARY{:/comment}",
    "{/* CANARY */}",
];

/// Where a comment may be; `@` stands for it.
const PLACES: &[&str] = &[
    "@",
    "Words @ words.",
    "Words.@",
    "@ words",
    "Words\n@",
    "Words\\\n@\nwords",
    "  @",
    "- @",
    "- item @",
    "- item\n\n  @",
    "1. a\n2. b @\n3. c",
    "- [ ] task @",
    "- [x] @",
    "> @",
    "> quotation @",
    "> - @\n> - b",
    "Met.[^a]\n\n[^a]: A footnote. @",
    "Met.[^a]\n\n[^a]: @",
    "| a | b |\n|---|---|\n| c @ | d |",
    "| a | b |\n|---|---|\n| c | d @ |",
    "| a @ | b |\n|---|---|\n| c | d |",
    "| a | b |\n|---|---|\n| c | d |\n@",
    "## Heading @",
    "# @",
    "Heading @\n---",
    "## Heading {#id @}",
    "## Heading @ {#id}",
    "[words @](https://example.org)",
    "[@](https://example.org)",
    "[words](https://example.org \"@\")",
    "[words](https://example.org '@')",
    "[words][r]\n\n[r]: https://example.org \"@\"",
    "[words @][r]\n\n[r]: https://example.org",
    "![A picture @](x.png)",
    "![A picture](x.png \"@\")",
    "[[alpha|@]]",
    "[[alpha|words @]]",
    "[[@]]",
    "*emphasis @ emphasis*",
    "**@**",
    "~~struck @~~",
    "*a @ b* @ **c @ d**",
    "`code` @ `code`",
    "```\ncode\n```\n@",
    "```\ncode\n@",
    "- ```\n  code\n@",
    "    code\n\n@",
    "<div>@</div>",
    "<div>\n@\n</div>",
    r"<div>

@

</div>",
    "Words <b>@</b> words.",
    "Words <b title=\"@\">b</b>.",
    "<p title=\"@\">b</p>",
    "Met.[^@]",
    "https://example.org/a @",
    "https://example.org/@",
    "Words --- @",
    "***\n@\n***",
    r"@

Words.

@",
];

fn parse(text: &str, raw_html: RawHtml) -> (Document, Problems) {
    let front_matter = "+++\ntitle = \"P\"\n+++\n";
    let text: Arc<str> = format!("{front_matter}{text}\n").into();
    let settings = Settings { goal: Goal::Site, limits: Limits::default(), raw_html };
    Document::parse(Collection::Pages, &"content/pages/p.md".into(), &text, &settings)
}

/// Returns a placeholder for each link of a document that has not been resolved.
fn unresolved(document: &Document) -> Vec<ResolvedLink> {
    vec![ResolvedLink::default(); document.body.links.len()]
}

fn is_refused(problems: &Problems) -> bool {
    problems.iter().any(|problem| problem.code().severity() == Severity::Error && problem.span().is_some())
}

#[test]
fn no_comment_is_published_wherever_it_is_and_however_it_is_written() {
    let mut wrong = Vec::new();
    for raw_html in [RawHtml::Deny, RawHtml::Sanitise, RawHtml::Allow] {
        for place in PLACES {
            for comment in COMMENTS {
                let text = place.replace('@', comment);
                let (document, problems) = parse(&text, raw_html);
                if is_refused(&problems) {
                    continue;
                }
                let (body, links) = (&document.body, unresolved(&document));
                let outputs =
                    [body.text.html("", &links, &|_| String::new()), body.text.plain_text(&links), body.lead(&links)];
                if outputs.iter().any(|output| output.contains("CANARY")) {
                    wrong.push(format!("{}: {text:?} is published as {:?}", raw_html.name(), outputs[0]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_comment_that_markdown_hides_is_no_mistake() {
    for place in [
        "@",
        "Words @ words.",
        r"Words.

@

Words.",
        "- item @",
        "> quotation @",
        "## Heading @",
        "*a @ b*",
    ] {
        for comment in ["<!-- CANARY -->", "<!-- CANARY\nCANARY -->"] {
            let text = place.replace('@', comment);
            if text.starts_with(['>', '-', '#']) && text.contains('\n') {
                continue;
            }
            let (document, problems) = parse(&text, RawHtml::Deny);
            assert!(problems.is_empty(), "{text}: {problems:?}");
            assert!(
                !document.body.text.html("", &unresolved(&document), &|_| String::new()).contains("CANARY"),
                "{text}"
            );
        }
    }
    let (_, problems) = parse(
        r"<!-- CANARY

CANARY

- CANARY

-->

Words.",
        RawHtml::Deny,
    );
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn code_keeps_what_looks_like_a_comment() {
    for comment in ["<!-- x -->", "<!— x —>", "%%x%%", "{{ x }}", "{% x %}", "{# x #}"] {
        for place in ["`@`", "```\n@\n```", "~~~\n@\n~~~", "    @", "- `@`", "> ```\n> @\n> ```"] {
            let text = place.replace('@', comment);
            let (document, problems) = parse(&text, RawHtml::Deny);
            assert!(problems.is_empty(), "{text}: {problems:?}");
            let words = document.body.text.plain_text(&unresolved(&document));
            assert!(words.contains(comment), "{text}: {words}");
        }
    }
}

#[test]
fn each_comment_is_reported_once() {
    for text in [
        r"Words <!-- a **b

c** {{ d }} [e](f g)

- h -->

Words.",
        "Words %% a\n\nb %% words.",
        "Words <!— a —> words.",
        "- <!-- a\n\nb -->",
        "Words {% comment %} a {% endcomment %}.",
        "Words <!-- a",
    ] {
        let (_, problems) = parse(text, RawHtml::Deny);
        assert_eq!(problems.len(), 1, "{text}: {problems:#?}");
    }
}

#[test]
fn no_value_of_front_matter_or_settings_publishes_a_comment() {
    for comment in ["<!-- a -->", "<!— a —>", "--> a", "%%a%%", "{{ a }}", "{% a %}", "{# a #}"] {
        let value = format!("'''Words {comment}'''");
        let event = |key: &str, more: &str| {
            let title = if key == "title" { &value } else { "\"T\"" };
            let rest = if key == "title" { String::new() } else { format!("{key} = {value}\n") };
            format!(
                r#"+++
title = {title}
date = 2017-11-20
kind = "meeting"
{more}{rest}+++
Text.[^s]
"#
            )
        };
        let source = "[[sources]]\nid = \"s\"\ntitle = \"S\"\n";
        let untitled = "[[sources]]\nid = \"s\"\n";
        let account = "[[accounts]]\nby = \"a\"\nsource = \"s\"\n";
        let actor = "+++\nname = \"A\"\n+++\n";
        for (key, more) in [
            ("title", source),
            ("publisher", source),
            ("title ", untitled),
            ("says", &format!("{source}{account}")),
            ("note", &format!("{source}[[corrections]]\ndate = 2018-01-01\n")),
            ("caption", &format!("{source}[[media]]\nfile = \"x.png\"\nalt = \"A\"\n")),
        ] {
            let site = Site::new()
                .file("content/events/e.md", event(key, more))
                .file("content/actors/a.md", actor)
                .file("content/events/x.png", "");
            let run = site.run(&["check"]);
            assert_eq!(run.code, 1, "{key} = {value}: {}", run.stderr);
            let is_reported = ["visible-comment", "template-code"].iter().any(|code| run.stderr.contains(code));
            assert!(is_reported, "{key} = {value}: {}", run.stderr);
        }
        for config in [format!("title = {value}\n"), format!("title = \"T\"\ndescription = {value}\n")] {
            let run = Site::new().file("site.toml", config).run(&["check"]);
            assert_eq!(run.code, 1, "{}", run.stderr);
        }
    }
}
