//! Statistics of the Syria timeline's content, for editors to check before publishing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::{Outcome, root};

/// The shortest sentence that counts as shared, in characters.
const SHORT: usize = 30;

pub fn run() -> Outcome {
    let folder = root().join("content");
    let mut counts = Counts::default();
    for file in files(&folder.join("events"))? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        counts.event(&name, &text);
    }
    for collection in ["actors", "places", "processes", "pages"] {
        println!("{:>6}  {collection}", files(&folder.join(collection))?.len());
    }
    counts.print()
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    Ok(files)
}

#[derive(Default)]
struct Counts {
    events: usize,
    landmarks: usize,
    sources: usize,
    undated: usize,
    accounts: usize,
    follows: usize,
    fewest_words: usize,
    most_words: usize,
    uncited: Vec<String>,
    incomplete: Vec<String>,
    single: Vec<String>,
    sentences: BTreeMap<String, Vec<String>>,
}

impl Counts {
    fn event(&mut self, name: &str, text: &str) {
        let Some((matter, body)) = text.trim_start_matches("+++\n").split_once("\n+++\n") else { return };
        self.events += 1;
        self.landmarks += usize::from(matter.contains("\nimportance = 1"));
        self.follows += usize::from(matter.contains("\nfollows = [\""));
        self.accounts += matter.matches("[[accounts]]").count();
        let sources: Vec<&str> = matter.split("[[sources]]").skip(1).collect();
        self.sources += sources.len();
        for source in &sources {
            let source = source.split("[[").next().unwrap_or_default();
            self.undated += usize::from(source.contains("\ndate = \"XXXX\""));
            if !source.contains("\npublisher = ") || !source.contains("\ndate = ") {
                self.incomplete.push(name.to_owned());
            }
        }
        if sources.len() < 2 {
            self.single.push(name.to_owned());
        }
        let paragraphs: Vec<&str> = body.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).collect();
        for paragraph in &paragraphs {
            if !paragraph.contains("[^") && !paragraph.starts_with('#') {
                self.uncited.push(name.to_owned());
            }
        }
        let words = body.split_whitespace().count();
        self.most_words = self.most_words.max(words);
        self.fewest_words = if self.fewest_words == 0 { words } else { self.fewest_words.min(words) };
        for sentence in sentences(body) {
            let entries = self.sentences.entry(sentence).or_default();
            if entries.last().is_none_or(|last| last != name) {
                entries.push(name.to_owned());
            }
        }
    }

    fn print(&self) -> Outcome {
        let shared: Vec<_> = self.sentences.iter().filter(|(_, entries)| entries.len() > 1).collect();
        for (count, what) in [
            (self.events, "events"),
            (self.landmarks, "landmarks"),
            (self.follows, "events that follow another"),
            (self.accounts, "accounts"),
            (self.sources, "sources"),
            (self.undated, "sources without a date (XXXX)"),
            (self.fewest_words, "words in the shortest text"),
            (self.most_words, "words in the longest text"),
            (self.single.len(), "events with fewer than two sources"),
            (self.uncited.len(), "paragraphs without a citation"),
            (self.incomplete.len(), "sources without publisher or date"),
            (shared.len(), "sentences shared by two entries"),
        ] {
            println!("{count:>6}  {what}");
        }
        for (sentence, entries) in &shared {
            println!("        shared by {}: {sentence}", entries.join(", "));
        }
        let wrong = [&self.uncited, &self.incomplete, &self.single];
        for name in wrong.iter().copied().flatten() {
            println!("        look at {name}");
        }
        let whole = shared.is_empty() && self.uncited.is_empty() && self.incomplete.is_empty();
        if whole { Ok(()) } else { Err("the content has gaps".to_owned()) }
    }
}

/// The sentences of a text without links and citations.
fn sentences(body: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = body;
    while let Some(at) = rest.find(['[', ']']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with("[^") {
            rest.find(']').map_or("", |end| &rest[end + 1..])
        } else if rest.starts_with("](") {
            rest.find(')').map_or("", |end| &rest[end + 1..])
        } else {
            &rest[1..]
        };
    }
    text.push_str(rest);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentences = words.split(['.', ';', '?', '!']).map(|sentence| sentence.trim().to_owned());
    sentences.filter(|sentence| sentence.len() >= SHORT).collect()
}
