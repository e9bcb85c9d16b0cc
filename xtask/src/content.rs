//! Statistics of the Syria timeline's content, for editors to read before publishing: which sources its entries cite, their
//! degrees of confidence, and what all editorial gates find. The task fails if paragraphs lack citations, if entries have a
//! single source, if votes are cited to the text of a resolution alone, or if entries share sentences.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use toml::{Table, Value};

use crate::{Outcome, cargo, root};

/// The shortest sentence that counts as shared, in bytes.
const SHORT: usize = 30;
/// The gates, as site.toml names them; the codes in reports have hyphens instead. The task fails if one of the first three
/// finds anything.
const GATES: [&str; 8] = [
    "uncited_paragraph",
    "single_source",
    "vote_cited_to_text_alone",
    "no_primary_document",
    "one_sided_accounts",
    "unarchived_landmark",
    "relayed_source",
    "described_title",
];

pub fn run() -> Outcome {
    let folder = root().join("content");
    let entries = files(&folder.join("events"))?.iter().map(|file| Entry::read(file)).collect::<Result<Vec<_>, _>>()?;
    println!("What there is");
    for collection in ["actors", "places", "processes", "pages"] {
        line(files(&folder.join(collection))?.len(), collection);
    }
    overview(&entries);
    let found = gates()?;
    println!("\nWhat all gates find, at the level `warn`");
    for gate in GATES {
        let (problems, events) = found.get(gate).map_or((0, 0), |files| (files.values().sum(), files.len()));
        let gate = gate.replace('_', " ");
        line(problems, &if problems == events { gate } else { format!("{gate}, in {events} events") });
    }
    without_document(&entries, found.get("no_primary_document"));
    let shared = shared_sentences(&entries);
    println!("\nSentences shared by two entries");
    line(shared.len(), "");
    for (sentence, names) in &shared {
        println!("        {}: {sentence}", names.join(", "));
    }
    let gaps: Vec<&str> = GATES[..3].iter().copied().filter(|gate| found.contains_key(*gate)).collect();
    if !gaps.is_empty() {
        return Err(format!("the content has gaps: {}", gaps.join(", ")));
    }
    if shared.is_empty() { Ok(()) } else { Err("entries share sentences".to_owned()) }
}

fn line(count: usize, what: &str) {
    println!("{}", format!("{count:>6}  {what}").trim_end());
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    Ok(files)
}

/// The file of an event. Its name is the id.
struct Entry {
    name: String,
    matter: Table,
    text: String,
}

impl Entry {
    fn read(file: &Path) -> Result<Self, String> {
        let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = fs::read_to_string(file).map_err(|error| fault(&error))?;
        let parts = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
        let (matter, text) = parts.ok_or_else(|| fault(&"there is no front matter in TOML"))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, matter: matter.parse().map_err(|error| fault(&error))?, text: text.to_owned() })
    }

    fn tables(&self, key: &str) -> Vec<&Table> {
        self.matter.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).collect()
    }

    fn word(&self, key: &str) -> Option<&str> {
        self.matter.get(key).and_then(Value::as_str)
    }
}

/// Prints how many events, votes, accounts, corrections and sources there are, and how many of each degree of confidence.
fn overview(entries: &[Entry]) {
    let sources: Vec<&Table> = entries.iter().flat_map(|entry| entry.tables("sources")).collect();
    let with = |key: &str| sources.iter().filter(|source| source.contains_key(key)).count();
    let landmark = |entry: &&Entry| entry.matter.get("importance").and_then(Value::as_integer) == Some(1);
    let undated = |source: &&&Table| source.get("date").and_then(Value::as_str) == Some("XXXX");
    let words = entries.iter().map(|entry| entry.text.split_whitespace().count());
    line(entries.len(), "events");
    line(entries.iter().filter(landmark).count(), "landmarks");
    line(entries.iter().filter(|entry| entry.matter.contains_key("follows")).count(), "events that follow another");
    line(entries.iter().filter(|entry| entry.matter.contains_key("vote")).count(), "votes");
    line(entries.iter().map(|entry| entry.tables("accounts").len()).sum(), "accounts");
    line(entries.iter().filter(|entry| !entry.matter.contains_key("accounts")).count(), "events without accounts");
    line(entries.iter().map(|entry| entry.tables("corrections").len()).sum(), "corrections");
    line(words.clone().min().unwrap_or_default(), "words in the shortest text");
    line(words.max().unwrap_or_default(), "words in the longest text");
    println!("\nSources");
    line(sources.len(), "in all");
    for (kind, count) in
        tally(sources.iter().map(|source| source.get("kind").and_then(Value::as_str).unwrap_or("none")))
    {
        line(count, &format!("of the kind {kind}"));
    }
    line(with("relay"), "read at a relay");
    line(with("title_is_description"), "whose title is a description");
    line(with("archive"), "with an archived copy");
    line(sources.iter().filter(undated).count(), "without a date (XXXX)");
    println!("\nGrades");
    for (grade, count) in tally(entries.iter().map(|entry| entry.word("confidence").unwrap_or("confirmed"))) {
        line(count, grade);
    }
}

/// Counts each word; the most frequent come first, equally frequent ones in alphabetical order.
fn tally<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// Prints the events that cite neither a document nor a statement, each with the reason in `no_primary` of its `[private]`
/// table.
fn without_document(entries: &[Entry], found: Option<&Found>) {
    println!("\nEvents without a document or statement, and why");
    for entry in entries.iter().filter(|entry| found.is_some_and(|files| files.contains_key(&entry.name))) {
        let private = entry.matter.get("private").and_then(Value::as_table);
        let reason = private.and_then(|private| private.get("no_primary")).and_then(Value::as_str);
        println!("        {}: {}", entry.name, reason.unwrap_or("no reason is noted"));
    }
}

/// How many problems each event has, by its id.
type Found = BTreeMap<String, usize>;

/// Returns what each gate finds, by its name, from a check of a copy of the site in which all gates are at the level `warn`.
fn gates() -> Result<BTreeMap<&'static str, Found>, String> {
    let site = root().join("target/tmp/gates");
    let copied = copy(&root().join("content"), &site.join("content"));
    copied.map_err(|error| format!("{}: {error}", site.display()))?;
    let config = fs::read_to_string(root().join("site.toml")).map_err(|error| format!("site.toml: {error}"))?;
    let mut config: Table = config.parse().map_err(|error| format!("site.toml: {error}"))?;
    let levels: Table = GATES.iter().map(|gate| ((*gate).to_owned(), Value::from("warn"))).collect();
    config.insert("gates".to_owned(), levels.into());
    let config = toml::to_string(&config).map_err(|error| format!("site.toml: {error}"))?;
    fs::write(site.join("site.toml"), config).map_err(|error| format!("{}: {error}", site.display()))?;
    let output =
        cargo(&["run", "--release", "--quiet", "--", "check", "--format", "json", "--root"]).arg(&site).output();
    let output = output.map_err(|error| format!("annals check: {error}"))?;
    let report: Json = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("annals check: {error}\n{}", String::from_utf8_lossy(&output.stderr)))?;
    let mut found: BTreeMap<&'static str, Found> = BTreeMap::new();
    for problem in report["diagnostics"].as_array().into_iter().flatten() {
        let code = problem["code"].as_str().unwrap_or_default().replace('-', "_");
        let Some(gate) = GATES.into_iter().find(|gate| *gate == code) else { continue };
        let file = Path::new(problem["file"].as_str().unwrap_or_default());
        let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        *found.entry(gate).or_default().entry(id).or_default() += 1;
    }
    Ok(found)
}

/// Copies a folder to `to`, which is deleted first.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Returns the sentences that several entries have word for word, with the names of these entries.
fn shared_sentences(entries: &[Entry]) -> Vec<(String, Vec<&str>)> {
    let mut sentences: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for entry in entries {
        for sentence in sentences_of(&entry.text) {
            let names = sentences.entry(sentence).or_default();
            if names.last() != Some(&entry.name.as_str()) {
                names.push(&entry.name);
            }
        }
    }
    sentences.into_iter().filter(|(_, names)| names.len() > 1).collect()
}

/// Returns the sentences of a text, without citations and with the words of links alone. Every `.`, `;`, `?` and `!` ends one.
fn sentences_of(body: &str) -> Vec<String> {
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
