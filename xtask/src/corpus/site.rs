//! The artificial timeline as a site of annals.

use std::fmt::Write as _;
use std::io::Result;
use std::path::Path;

use super::entry::{Corpus, Entry, Folder, LINK, Thing};
use super::put;

pub fn write(corpus: &mut Corpus, dir: &Path) -> Result<()> {
    for (number, Thing { folder, id, name }) in corpus.things.iter().enumerate() {
        let name = format!("name = \"{name}\"\n");
        let (folder, matter) = match folder {
            Folder::Actors => ("actors", name),
            Folder::Places => {
                ("places", format!("{name}lat = {}.5\nlon = {}.25\n", 30 + number % 12, 25 + number % 23))
            }
            Folder::Processes => ("processes", name),
        };
        put(dir, &format!("content/{folder}/{id}.md"), &format!("+++\n{matter}+++\n"))?;
    }
    put(dir, "site.toml", "title = \"Corpus\"\nbase_url = \"https://example.org/\"\n")?;
    corpus.for_each(|things, entry| put(dir, &format!("content/events/{}.md", entry.id), &event(things, entry)))
}

fn event(things: &[Thing], entry: &Entry) -> String {
    let id = |thing: usize| format!("\"{}\"", things[thing].id);
    let actors: Vec<String> = entry.actors.iter().map(|actor| id(*actor)).collect();
    let mut text = format!(
        "+++\ntitle = \"{}\"\ndate = {}\nkind = \"{}\"\nactors = [{}]\nplaces = [{}]\nprocesses = [{}]\nconfidence = \"{}\"\nsummary = \"{}\"\n",
        entry.title,
        entry.date(),
        entry.kind,
        actors.join(", "),
        id(entry.place),
        id(entry.process),
        entry.confidence,
        entry.summary,
    );
    for (number, source) in entry.sources.iter().enumerate() {
        let _ = write!(
            text,
            "\n[[sources]]\nid = \"s{number}\"\ntitle = \"{}\"\npublisher = \"{}\"\nurl = \"{}\"\ndate = {}\n",
            source.title,
            source.publisher,
            source.url,
            entry.date(),
        );
    }
    text.push_str("+++\n");
    text.push_str(&entry.body.replace(LINK, &format!("@/events/{}.md", entry.other)));
    text
}
