//! What resolving promises: the parsed documents stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use annals::steps::{Collection, Config, Day, Document, Files, Goal, Publication, Resolved, Settings, resolve};

const TALKS: &str = r#"+++
title = "Talks"
date = "2012-06-30"
kind = "meeting"
actors = ["envoy"]
+++
After the [[ceasefire]], see [the envoy](@/actors/envoy.md#life) and [below](#end).

## End
"#;

const CEASEFIRE: &str = r#"+++
title = "Ceasefire"
date = "2012-04-12"
kind = "ceasefire"
+++
Kept for days.
"#;

const ENVOY: &str = r#"+++
name = "The envoy"
+++
## Life

Born in [[talks|a hotel]].
"#;

fn parse(config: &Config, collection: Collection, id: &str, text: &str) -> Document {
    let file = format!("content/{}/{id}.md", collection.folder());
    let settings = Settings::of(config, Goal::Site);
    let (document, problems) = Document::parse(collection, &file.into(), text, &settings);
    assert!(problems.is_empty(), "{problems:?}");
    document
}

fn resolved(config: &Config, documents: &[Document]) -> Resolved {
    let (types, pictures) = (BTreeMap::new(), BTreeMap::new());
    let files = Files::new(BTreeSet::new(), BTreeSet::new(), &types, &pictures);
    let today = Day { year: 2026, month: 1, day: 1 };
    resolve(config.clone(), documents, &files, &Publication { drafts: false, future: false, today })
}

#[test]
fn documents_parsed_once_can_be_resolved_again() {
    let (config, _) = Config::parse("title = \"T\"");
    let parse = |collection, id, text| parse(&config, collection, id, text);
    let mut documents = vec![
        parse(Collection::Events, "ceasefire", CEASEFIRE),
        parse(Collection::Events, "talks", TALKS),
        parse(Collection::Actors, "envoy", ENVOY),
    ];
    let before = format!("{documents:?}");
    let first = resolved(&config, &documents);
    assert!(first.problems.is_empty(), "{:?}", first.problems);
    assert_eq!(format!("{documents:?}"), before, "resolving wrote into a document");
    let second = resolved(&config, &documents);
    assert_eq!(format!("{:?}", second.timeline), format!("{:?}", first.timeline));

    // One document changes; the others keep the bodies they were parsed to, and their links follow.
    documents[0] = parse(Collection::Events, "ceasefire", &CEASEFIRE.replace("Ceasefire", "Truce"));
    let third = resolved(&config, &documents);
    assert!(third.problems.is_empty(), "{:?}", third.problems);
    let talks = &third.timeline.events[1].entry;
    assert!(
        talks.html("../", &|_| String::new()).contains(r#"<a href="../events/ceasefire.html">Truce</a>"#),
        "{}",
        talks.html("../", &|_| String::new())
    );
    assert!(std::sync::Arc::ptr_eq(&talks.text, &first.timeline.events[1].entry.text));
}

#[test]
fn the_same_text_has_right_links_at_every_depth() {
    let (config, _) = Config::parse("title = \"T\"");
    let documents = [
        parse(&config, Collection::Events, "ceasefire", CEASEFIRE),
        parse(&config, Collection::Events, "talks", TALKS),
        parse(&config, Collection::Actors, "envoy", ENVOY),
    ];
    let resolved = resolved(&config, &documents);
    let talks = &resolved.timeline.events[1].entry;
    for root in ["", "../", "../../", "../../../"] {
        let html = talks.html(root, &|_| String::new());
        for link in [format!("{root}events/ceasefire.html"), format!("{root}actors/envoy.html#life"), "#end".to_owned()]
        {
            assert!(html.contains(&format!("href=\"{link}\"")), "{link} in {html}");
        }
    }
}
