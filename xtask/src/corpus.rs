//! An artificial site of any size: the same number gives the same entries, so that timings can be compared.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;

const SYLLABLES: [&str; 24] = [
    "ba", "de", "ka", "lo", "mi", "na", "po", "ra", "si", "tu", "ve", "za", "or", "an", "el", "in", "ash", "har",
    "kel", "dun", "mor", "tal", "ver", "gen",
];
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

pub fn run(entries: &str, dir: &Path) -> Outcome {
    let entries: usize = entries.parse().map_err(|_| format!("{entries} is not a number of entries"))?;
    write(entries, dir).map_err(|error| format!("{}: {error}", dir.display()))
}

/// Writes a site with a number of events, and the actors, places and processes that they name.
pub fn write(entries: usize, dir: &Path) -> std::io::Result<()> {
    let mut random = Random(1711);
    let names: Vec<String> = (0..ACTORS + PLACES + PROCESSES).map(|_| title(&random.words(2))).collect();
    for (number, name) in names.iter().enumerate() {
        let matter = match number {
            _ if (ACTORS..ACTORS + PLACES).contains(&number) => {
                format!("name = \"{name}\"\nlat = {}.5\nlon = {}.25\n", 30 + number % 12, 25 + number % 23)
            }
            _ => format!("name = \"{name}\"\n"),
        };
        put(dir, &format!("content/{}.md", thing(number)), &format!("+++\n{matter}+++\n"))?;
    }
    put(dir, "site.toml", "title = \"Corpus\"\nbase_url = \"https://example.org/\"\n")?;
    let ids: Vec<String> = (0..entries).map(|number| format!("{}-entry-{number}", date(&mut random))).collect();
    for (number, id) in ids.iter().enumerate() {
        put(dir, &format!("content/events/{id}.md"), &event(number, id, &ids, &mut random))?;
    }
    Ok(())
}

/// The folder and id of the actor, place or process with a number.
fn thing(number: usize) -> String {
    match number {
        _ if number < ACTORS => format!("actors/actor-{number}"),
        _ if number < ACTORS + PLACES => format!("places/place-{number}"),
        _ => format!("processes/process-{number}"),
    }
}

fn id_of(number: usize) -> String {
    let thing = thing(number);
    thing.split_once('/').map_or(thing.clone(), |(_, id)| id.to_owned())
}

fn event(number: usize, id: &str, ids: &[String], random: &mut Random) -> String {
    let first = random.below(ACTORS);
    let actors = 1 + random.below(4);
    let actors: Vec<String> = (0..actors).map(|step| format!("\"{}\"", id_of((first + step * 7) % ACTORS))).collect();
    let mut text = format!(
        "+++\ntitle = \"{}\"\ndate = {}\nkind = \"{}\"\nactors = [{}]\nplaces = [\"{}\"]\nprocesses = [\"{}\"]\nconfidence = \"{}\"\nsummary = \"{}\"\n",
        title(&random.words(6)),
        &id[..10],
        KINDS[random.below(KINDS.len())],
        actors.join(", "),
        id_of(ACTORS + random.below(PLACES)),
        id_of(ACTORS + PLACES + random.below(PROCESSES)),
        CONFIDENCE[random.below(CONFIDENCE.len())],
        random.sentence(),
    );
    let sources = 1 + random.below(3);
    for source in 0..sources {
        let _ = write!(
            text,
            "\n[[sources]]\nid = \"s{source}\"\ntitle = \"{}\"\npublisher = \"{}\"\nurl = \"https://example.org/{number}/{source}\"\ndate = {}\n",
            title(&random.words(6)),
            title(&random.words(2)),
            &id[..10],
        );
    }
    text.push_str("+++\n");
    for paragraph in 0..4 {
        let sentences: Vec<String> = (0..4).map(|_| random.sentence()).collect();
        let cited = if paragraph < sources { format!("[^s{paragraph}]") } else { String::new() };
        let _ = writeln!(text, "{} *{}*.{cited}\n", sentences.join(" "), random.words(2));
        match paragraph {
            0 => {
                let other = &ids[random.below(ids.len())];
                let _ = writeln!(
                    text,
                    "See [another](@/events/{other}.md) and [the record](https://example.org/r/{number}).\n"
                );
            }
            1 => {
                let _ = writeln!(text, "## {}\n\n- {}\n- {}\n", random.words(3), random.sentence(), random.sentence());
            }
            _ => {}
        }
    }
    let _ = writeln!(text, "> {} {}", random.sentence(), random.sentence());
    text
}

fn date(random: &mut Random) -> String {
    let (year, month, day) = (2011 + random.below(15), 1 + random.below(12), 1 + random.below(28));
    format!("{year}-{month:02}-{day:02}")
}

fn title(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + characters.as_str()
}

fn put(dir: &Path, path: &str, text: &str) -> std::io::Result<()> {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder"))?;
    fs::write(path, text)
}

/// A linear congruential generator (Knuth's MMIX constants): the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }

    fn words(&mut self, count: usize) -> String {
        let word = |random: &mut Self| {
            let syllables = 1 + random.below(4);
            (0..syllables).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect::<String>()
        };
        (0..count).map(|_| word(self)).collect::<Vec<_>>().join(" ")
    }

    fn sentence(&mut self) -> String {
        let length = 7 + self.below(12);
        title(&self.words(length)) + "."
    }
}
