//! The artificial timeline as a site for Hugo: the same entries, and templates for the same kinds of page.

use std::fmt::Write as _;
use std::io::Result;
use std::path::Path;

use super::entry::{Corpus, Entry, LINK, Thing};
use super::put;

/// The files of `xtask/hugo/`: settings and templates.
const FILES: [(&str, &str); 9] = [
    ("hugo.toml", include_str!("../../hugo/hugo.toml")),
    ("layouts/baseof.html", include_str!("../../hugo/layouts/baseof.html")),
    ("layouts/home.html", include_str!("../../hugo/layouts/home.html")),
    ("layouts/page.html", include_str!("../../hugo/layouts/page.html")),
    ("layouts/section.html", include_str!("../../hugo/layouts/section.html")),
    ("layouts/taxonomy.html", include_str!("../../hugo/layouts/taxonomy.html")),
    ("layouts/term.html", include_str!("../../hugo/layouts/term.html")),
    ("layouts/_partials/date.html", include_str!("../../hugo/layouts/_partials/date.html")),
    ("layouts/_partials/events.html", include_str!("../../hugo/layouts/_partials/events.html")),
];

pub fn write(corpus: &mut Corpus, dir: &Path) -> Result<()> {
    for (path, text) in FILES {
        put(dir, path, text)?;
    }
    corpus.for_each(|things, entry| put(dir, &format!("content/events/{}.md", entry.id), &event(things, entry)))
}

fn event(things: &[Thing], entry: &Entry) -> String {
    let name = |thing: usize| format!("\"{}\"", things[thing].name);
    let actors: Vec<String> = entry.actors.iter().map(|actor| name(*actor)).collect();
    let mut text = format!(
        "+++\ntitle = \"{}\"\ndate = {}\nkinds = [\"{}\"]\nactors = [{}]\nplaces = [{}]\nprocesses = [{}]\nyears = [\"{}\"]\nsummary = \"{}\"\n\n[params]\nconfidence = \"{}\"\n",
        entry.title,
        entry.date(),
        entry.kind,
        actors.join(", "),
        name(entry.place),
        name(entry.process),
        &entry.date()[..4],
        entry.summary,
        entry.confidence,
    );
    for source in &entry.sources {
        let _ = write!(
            text,
            "\n[[params.sources]]\ntitle = \"{}\"\npublisher = \"{}\"\nurl = \"{}\"\ndate = {}\n",
            source.title,
            source.publisher,
            source.url,
            entry.date(),
        );
    }
    text.push_str("+++\n");
    text.push_str(&entry.body.replace(LINK, &format!("{{{{< relref \"/events/{}.md\" >}}}}", entry.other)));
    // Hugo has no citations, so sources are footnotes.
    for (number, source) in entry.sources.iter().enumerate() {
        let _ = write!(text, "\n[^s{number}]: {}, {}.\n", source.title, source.publisher);
    }
    text
}
