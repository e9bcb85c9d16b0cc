//! The documentation is true of the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{Site, annals, run};

fn doc(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the document is there")
}

/// A site in which every template has something to show, and shows all that it gets.
fn dumping_site() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let event = |title: &str, more: &str| {
        format!(
            "+++\ntitle = \"{title}\"\ndate = \"2017-11~\"\nkind = \"meeting\"\nsummary = \"S\"\nactors = [\"a\", \"b\"]\nplaces = [\"p\"]\nprocesses = [\"q\"]\ntags = [\"t\"]\naliases = [\"old-{title}\"]\n{more}[[sources]]\nid = \"s\"\ntitle = \"S\"\npublisher = \"P\"\nurl = \"https://example.org\"\ndate = 2017-11-20\naccessed = 2018-01-01\narchive = \"https://example.org\"\nlanguage = \"nb\"\n[[accounts]]\nby = \"a\"\nsays = \"X\"\nsource = \"s\"\n[[corrections]]\ndate = 2018-01-01\nnote = \"N\"\n[[media]]\nfile = \"p.png\"\nalt = \"A\"\ncaption = \"C\"\ncredit = \"D\"\nlicence = \"E\"\n+++\nText.[^s] [p](@/places/p.md) [a](@/actors/a.md)\n"
        )
    };
    let mut site = Site::new()
        .file("site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\nlicence = \"CC-BY-4.0\"\nrepository = \"https://example.org/r\"\n")
        .file("content/events/p.png", picture())
        .file("content/events/one.md", event("one", "importance = 1\n"))
        .file("content/events/two.md", event("two", "follows = [\"one\"]\n"))
        .file("content/events/gone.md", event("gone", "retracted = \"R\"\n"))
        .file("content/actors/a.md", "+++\nname = \"A\"\nkind = \"state\"\nwikidata = \"Q1\"\npart_of = [\"b\"]\n[[roles]]\ntitle = \"R\"\nfrom = \"2000\"\nto = \"2010\"\n+++\n")
        .file("content/actors/b.md", "+++\nname = \"B\"\n+++\n")
        .file("content/places/p.md", "+++\nname = \"P\"\nlat = 1.5\nlon = 2.5\ncountry = \"RU\"\nwithin = \"w\"\n+++\n")
        .file("content/places/w.md", "+++\nname = \"W\"\n+++\n")
        .file("content/processes/q.md", "+++\nname = \"Q\"\ndate = \"2017\"\ncolour = \"#123\"\n+++\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\nnav = 1\n+++\n");
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

/// The names of keys in what Tera prints of a context.
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
    assert!(missing.is_empty(), "docs/templates.md says nothing of {missing:?}");
}

#[test]
fn every_template_function_and_component_is_documented() {
    let documentation = doc("docs/templates.md");
    for template in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")) {
        assert!(documentation.contains(&format!("`{template}`")), "docs/templates.md says nothing of {template}");
    }
    for name in ["text", "json"] {
        assert!(documentation.contains(&format!("`{name}")), "docs/templates.md says nothing of {name}");
    }
    for component in doc("templates/components.html").split("{%- component ").skip(1) {
        let name = component.split('(').next().unwrap_or_default();
        assert!(documentation.contains(&format!("`{name}")), "docs/templates.md says nothing of the component {name}");
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
    assert!(missing.is_empty(), "the documentation says nothing of {missing:?}");
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
