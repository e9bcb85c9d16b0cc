//! The entries of the artificial timeline, in a form that does not depend on the program they are written for.

use std::fmt::Write as _;

use super::random::Random;

const KINDS: [&str; 16] = [
    "summit",
    "meeting",
    "talks-round",
    "resolution",
    "veto",
    "agreement",
    "ceasefire",
    "statement",
    "appointment",
    "conference",
    "sanctions",
    "letter",
    "vote",
    "visit",
    "report",
    "recognition",
];
const CONFIDENCE: [&str; 5] = ["confirmed", "confirmed", "confirmed", "probable", "disputed"];
const ACTORS: usize = 64;
const PLACES: usize = 40;
const PROCESSES: usize = 12;

/// The artificial timeline. Entries are made one by one, so that a million of them need little memory.
pub struct Corpus {
    /// Actors, places and processes.
    pub things: Vec<Thing>,
    /// The ids of all entries; each begins with the entry's date.
    ids: Vec<String>,
    random: Random,
}

/// The kind of a [`Thing`], and its folder in a site of annals.
pub enum Folder {
    Actors,
    Places,
    Processes,
}

/// An actor, a place or a process.
pub struct Thing {
    pub folder: Folder,
    pub id: String,
    pub name: String,
}

/// An event. Actors, place and process are indices of [`Corpus::things`].
pub struct Entry {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
    pub actors: Vec<usize>,
    pub place: usize,
    pub process: usize,
    pub confidence: &'static str,
    pub summary: String,
    pub sources: Vec<Source>,
    /// Markdown with one link to another entry, whose address is [`LINK`].
    pub body: String,
    /// The id of the entry that the text links to.
    pub other: String,
}

/// A source, cited as `s0`, `s1` and so on.
pub struct Source {
    pub title: String,
    pub publisher: String,
    pub url: String,
}

/// The placeholder in a text for the address of another entry, which each program writes in its own way.
pub const LINK: &str = "LINK";

impl Corpus {
    pub fn new(entries: usize) -> Self {
        let mut random = Random(1711);
        let things = (0..ACTORS + PLACES + PROCESSES).map(|number| Thing::new(number, random.title(2))).collect();
        let ids = (0..entries).map(|number| format!("{}-entry-{number}", random.date())).collect();
        Self { things, ids, random }
    }

    /// Makes all entries in order and passes each to `each`; stops at its first error. A second call makes other entries,
    /// because the random numbers continue.
    pub fn for_each<E>(&mut self, mut each: impl FnMut(&[Thing], &Entry) -> Result<(), E>) -> Result<(), E> {
        (0..self.ids.len()).try_for_each(|number| {
            let entry = entry(number, &self.ids, &mut self.random);
            each(&self.things, &entry)
        })
    }
}

impl Thing {
    fn new(number: usize, name: String) -> Self {
        let (folder, id) = match number {
            _ if number < ACTORS => (Folder::Actors, format!("actor-{number}")),
            _ if number < ACTORS + PLACES => (Folder::Places, format!("place-{number}")),
            _ => (Folder::Processes, format!("process-{number}")),
        };
        Self { folder, id, name }
    }
}

impl Entry {
    /// The entry's date, as `2011-01-31`.
    pub fn date(&self) -> &str {
        &self.id[..10]
    }
}

fn entry(number: usize, ids: &[String], random: &mut Random) -> Entry {
    let first = random.below(ACTORS);
    let actors = 1 + random.below(4);
    let mut entry = Entry {
        id: ids[number].clone(),
        actors: (0..actors).map(|step| (first + step * 7) % ACTORS).collect(),
        title: random.title(6),
        kind: KINDS[random.below(KINDS.len())],
        place: ACTORS + random.below(PLACES),
        process: ACTORS + PLACES + random.below(PROCESSES),
        confidence: CONFIDENCE[random.below(CONFIDENCE.len())],
        summary: random.sentence(),
        sources: Vec::new(),
        body: String::new(),
        other: String::new(),
    };
    let sources = 1 + random.below(3);
    for source in 0..sources {
        let (title, publisher) = (random.title(6), random.title(2));
        entry.sources.push(Source { title, publisher, url: format!("https://example.org/{number}/{source}") });
    }
    for paragraph in 0..4 {
        let sentences: Vec<String> = (0..4).map(|_| random.sentence()).collect();
        let cited = if paragraph < sources { format!("[^s{paragraph}]") } else { String::new() };
        let _ = writeln!(entry.body, "{} *{}*.{cited}\n", sentences.join(" "), random.words(2));
        match paragraph {
            0 => {
                entry.other = ids[random.below(ids.len())].clone();
                let _ =
                    writeln!(entry.body, "See [another]({LINK}) and [the record](https://example.org/r/{number}).\n");
            }
            1 => {
                let heading = random.words(3);
                let items = [random.sentence(), random.sentence()];
                let _ = writeln!(entry.body, "## {heading}\n\n- {}\n- {}\n", items[0], items[1]);
            }
            _ => {}
        }
    }
    let _ = writeln!(entry.body, "> {} {}", random.sentence(), random.sentence());
    entry
}
