//! The documentation matches the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{Site, annals, run};

fn doc(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the document is there")
}

/// An event with every key that all events of one site can have; `more` is lines of front matter for others.
fn event_with_everything(title: &str, more: &str) -> String {
    format!(
        r#"+++
title = "{title}"
date = "2017-11~"
kind = "meeting"
summary = "S"
actors = ["a", "b"]
places = ["p"]
processes = ["q"]
tags = ["t"]
aliases = ["old-{title}"]
{more}wikidata = "Q1"
[vote]
body = "a"
document = "S/2017/962"
yes = 1
no = 1
abstained = 1
absent = 1
against = ["b"]
adopted = false
[[sources]]
id = "s"
title = "S"
title_is_description = true
kind = "press"
publisher = "P"
relay = "R"
url = "https://example.org"
date = 2017-11-20
accessed = 2018-01-01
archive = "https://web.archive.org/"
language = "nb"
[[accounts]]
by = "a"
says = "X"
source = "s"
confidence = "disputed"
[[corrections]]
date = 2018-01-01
note = "N"
[[media]]
file = "p.png"
alt = "A"
caption = "C"
credit = "D"
licence = "E"
+++
Text.[^s] [p](@/places/p.md) [a](@/actors/a.md)
"#
    )
}

/// An actor in which every key has a value.
const ACTOR: &str = r#"+++
name = "A"
kind = "state"
wikidata = "Q1"
part_of = ["b"]
names = ["C"]
native_name = "ألف"
[[member_of]]
actor = "b"
from = "2000"
to = "2001"
[[became]]
actor = "b"
date = "2001"
[[roles]]
title = "R"
from = "2000"
to = "2010"
+++
"#;

/// A site in which every template has something to show, and prints everything that it gets.
fn dumping_site() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut site = Site::new()
        .file(
            "site.toml",
            r#"title = "T"
base_url = "https://example.org/"
licence = "CC-BY-4.0"
repository = "https://example.org/r"
"#,
        )
        .file("content/events/p.png", picture())
        .file("content/events/one.md", event_with_everything("one", "importance = 1\n"))
        .file("content/events/two.md", event_with_everything("two", "follows = [\"one\"]\n"))
        .file("content/events/gone.md", event_with_everything("gone", "retracted = \"R\"\n"))
        .file("content/actors/a.md", ACTOR)
        .file("content/actors/b.md", "+++\nname = \"B\"\n+++\n")
        .file(
            "content/places/p.md",
            r#"+++
name = "P"
lat = 1.5
lon = 2.5
country = "RU"
within = "w"
+++
"#,
        )
        .file("content/places/w.md", "+++\nname = \"W\"\n+++\n")
        .file(
            "content/processes/q.md",
            r##"+++
name = "Q"
date = "2017"
colour = "#123"
+++
"##,
        )
        .file(
            "content/pages/about.md",
            r#"+++
title = "About"
nav = 1
+++
"#,
        );
    for template in files(&root.join("templates")) {
        if template != "components.html" && template != "base.html" {
            site = site.file(&format!("templates/{template}"), "{{ __tera_context }}");
        }
    }
    site
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(4, 3).write_to(&mut bytes, image::ImageFormat::Png).expect("the picture can be written");
    bytes.into_inner()
}

fn files(folder: &Path) -> Vec<String> {
    crate::common::files(folder).into_iter().map(|(name, _)| name).collect()
}

/// The keys in a context as Tera prints it.
fn keys(text: &str) -> BTreeSet<String> {
    let text = text.replace("&quot;", "\"");
    let quoted = text.split('"').collect::<Vec<_>>();
    let followed = quoted.windows(2).filter(|pair| pair[1].trim_start().starts_with(':'));
    let name = |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    followed.map(|pair| pair[0]).filter(name).map(str::to_owned).collect()
}

#[test]
fn every_value_that_a_template_gets_is_documented() {
    let site = dumping_site();
    site.build();
    let documentation = doc("docs/templates.md");
    let messages: BTreeSet<String> = doc("locales/en.ftl")
        .lines()
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key.trim().replace('-', "_")))
        .collect();
    let mut found = BTreeSet::new();
    for (path, bytes) in site.output() {
        if path.ends_with(".html") || path.ends_with(".xml") {
            found.extend(keys(&String::from_utf8_lossy(&bytes)));
        }
    }
    assert!(found.len() > 60, "only {} values were found: {found:?}", found.len());
    let missing: Vec<_> = found
        .iter()
        .filter(|key| !messages.contains(*key))
        .filter(|key| !documentation.contains(&format!("`{key}`")) && !documentation.contains(&format!(".{key}`")))
        .collect();
    assert!(missing.is_empty(), "docs/templates.md does not mention {missing:?}");
}

#[test]
fn every_template_function_and_component_is_documented() {
    let documentation = doc("docs/templates.md");
    for template in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")) {
        assert!(documentation.contains(&format!("`{template}`")), "docs/templates.md does not mention {template}");
    }
    for name in ["text", "json"] {
        assert!(documentation.contains(&format!("`{name}")), "docs/templates.md does not mention {name}");
    }
    for component in doc("templates/components.html").split("{%- component ").skip(1) {
        let name = component.split('(').next().unwrap_or_default();
        assert!(documentation.contains(&format!("`{name}")), "docs/templates.md does not mention the component {name}");
    }
}

#[test]
fn every_key_of_front_matter_and_site_toml_is_documented() {
    let schema: serde_json::Value = serde_json::from_str(&run(annals().arg("schema")).stdout).expect("it is JSON");
    let documentation = doc("docs/content-format.md") + &doc("docs/site-toml.md");
    fn walk(schema: &serde_json::Value, documentation: &str, missing: &mut Vec<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            for (key, inner) in properties {
                let forms = [format!("`{key}`"), format!("{key} ="), format!("[{key}")];
                if !forms.iter().any(|form| documentation.contains(form)) {
                    missing.push(key.clone());
                }
                walk(inner, documentation, missing);
                walk(&inner["items"], documentation, missing);
                walk(&inner["additionalProperties"], documentation, missing);
            }
        }
    }
    let mut missing = Vec::new();
    for definition in schema["$defs"].as_object().expect("there are definitions").values() {
        walk(definition, &documentation, &mut missing);
    }
    assert!(missing.is_empty(), "the documentation does not mention {missing:?}");
}

#[test]
fn every_phrase_that_the_program_asks_for_is_there() {
    let messages = doc("locales/en.ftl");
    let has = |key: &str| messages.lines().any(|line| line.starts_with(&format!("{key} =")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut missing = BTreeSet::new();
    for (name, bytes) in crate::common::files(&root) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if name.ends_with("tests.rs") {
            continue;
        }
        for call in ["phrase(\"", ".text(\"", "word(\"", "filled(phrases, \"", "count(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                if !has(key) && !key.contains(' ') {
                    missing.insert(format!("{key} in {name}"));
                }
            }
        }
    }
    for template in crate::common::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")) {
        let text = String::from_utf8_lossy(&template.1).into_owned();
        for rest in text.split("key=\"").skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            if !has(key) {
                missing.insert(format!("{key} in {}", template.0));
            }
        }
    }
    assert!(missing.is_empty(), "locales/en.ftl lacks {missing:?}");
}
