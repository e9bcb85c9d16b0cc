//! A Timeline for the tests of figures.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::content::{Document, Goal, Settings};
use crate::date::Day;
use crate::id::Collection;
use crate::resolve::{Files, Publication, resolve};
use crate::timeline::Timeline;

/// Makes a Timeline of fictitious meetings of the actors `a` and `b` in the process `p`, one on each date. All are landmarks;
/// their ids are `e0`, `e1`, … in the order of `dates`.
pub(super) fn timeline(dates: &[&str]) -> Timeline {
    let event = |(number, date): (usize, &&str)| {
        let text = format!(
            "+++\ntitle = \"Event {number} <&>\"\ndate = \"{date}\"\nkind = \"meeting\"\nimportance = 1\nactors = [\"a\", \"b\"]\nprocesses = [\"p\"]\n+++\n"
        );
        (Collection::Events, format!("content/events/e{number}.md"), text)
    };
    let named = |collection: Collection, id: &str| {
        (collection, format!("content/{}/{id}.md", collection.folder()), format!("+++\nname = \"Name {id}\"\n+++\n"))
    };
    let others = [(Collection::Actors, "a"), (Collection::Actors, "b"), (Collection::Processes, "p")];
    let files = dates.iter().enumerate().map(event).chain(others.map(|(collection, id)| named(collection, id)));
    let (config, _) = Config::parse("title = \"T\"");
    let settings = Settings::of(&config, Goal::Site);
    let parse = |(collection, file, text): (Collection, String, String)| {
        Document::parse(collection, &file.into(), &text, &settings).0
    };
    let documents: Vec<Document> = files.map(parse).collect();
    let today = Day { year: 2026, month: 1, day: 1 };
    let publication = Publication { drafts: false, future: false, today };
    let (types, pictures) = (BTreeMap::new(), BTreeMap::new());
    let files = Files::new(BTreeSet::new(), BTreeSet::new(), &types, &pictures);
    let resolved = resolve(config, &documents, &files, &publication);
    assert!(resolved.problems.is_empty(), "{:?}", resolved.problems);
    std::sync::Arc::unwrap_or_clone(resolved.timeline)
}
