//! Words and phrases that a technical writer would not use, in everything that somebody reads.
//!
//! [`TICS`] is the whole list, each entry with what to write instead. Files are searched as running text: line breaks, comment
//! markers and mark-up count as spaces, `_` separates words (so test names are covered), and case does not matter.

use std::fs;
use std::path::Path;

/// What to avoid, and what to write instead.
const TICS: &[(&str, &str)] = &[
    // Old or translated words.
    ("anew", "again, or a verb with re-: rebuild, rewrite"),
    ("mend", "fix, correct"),
    ("mends", "fixes"),
    ("mended", "corrected"),
    ("mending", "fixing"),
    ("dearer", "slower, more expensive"),
    ("dearest", "slowest, most expensive"),
    ("nearer", "closer; for maps, zoom in"),
    ("farther", "further; for maps, zoom out"),
    ("parted by", "separated by"),
    ("a fourth of", "a quarter of"),
    ("without regard to", "ignoring"),
    ("withdrawn", "retracted"),
    ("in a circle", "in a cycle"),
    ("no circles", "no cycles"),
    // Phrasal verbs that mean something else, or nothing, in English.
    ("take out", "remove"),
    ("takes out", "removes"),
    ("taken out", "removed"),
    ("take it out", "remove it"),
    ("take one out", "remove one"),
    ("take the key out", "remove the key"),
    ("take the metadata out", "remove the metadata"),
    ("takes it out", "removes it"),
    ("takes them out", "removes them"),
    ("pass by", "ignore, skip"),
    ("passed by", "ignored, skipped"),
    ("pass it by", "ignore it"),
    ("passed over", "ignored, skipped"),
    ("turned about", "reversed, the wrong way round"),
    ("narrow down", "filter"),
    // Links go somewhere, files are somewhere.
    ("lead to", "link to, go to; of a cause: cause"),
    ("leads to", "links to, goes to; of a cause: causes"),
    ("leading to", "linking to"),
    ("leads nowhere", "has no target"),
    ("lead here", "link here, work"),
    ("leads round", "forms a cycle"),
    ("lead round", "form a cycle"),
    ("stands in", "is in"),
    ("stands at", "is at"),
    ("stands on", "is on"),
    ("stands under", "is under, below"),
    ("stands below", "is below"),
    ("stands above", "is above"),
    ("stands before", "precedes"),
    ("stands after", "follows"),
    ("stands between", "is between"),
    ("stands beside", "is beside"),
    ("stands there", "is there"),
    ("stand in", "are in"),
    ("stand at", "are at"),
    ("stand on", "are on"),
    ("stand under", "are under, below"),
    ("stand below", "are below"),
    ("stand between", "be between"),
    ("stand beside", "are beside"),
    ("stand side by side", "are shown side by side"),
    ("stand together", "are given together"),
    ("stand apart", "are listed separately"),
    ("lies in", "is in; of a date: falls in"),
    ("lies at", "is at"),
    ("lies on", "is on"),
    ("lies under", "is under"),
    ("lies beside", "is beside"),
    ("lie in", "are in; of dates: fall in"),
    ("lie at", "are at"),
    ("lie on", "are on"),
    ("lie under", "are under"),
    ("at hand", "available"),
    // Telling and saying.
    ("is told", "is reported, is described"),
    ("are told", "are reported"),
    ("is said", "name what says it"),
    ("are said", "name what says it"),
    ("nowhere said", "missing"),
    ("says nothing of", "does not mention"),
    ("spoken of", "mentioned"),
    // Connectives.
    ("but for", "except"),
    ("so many", "name the number: at most 5, the limit"),
    ("is as it was", "is unchanged"),
    ("are as they were", "are unchanged"),
    ("as it stands", "as written"),
    ("and the like", "name the others, or leave it out"),
    ("or the like", "name the others, or leave it out"),
    (", the newest first", "newest first"),
    (", the earliest first", "earliest first"),
    // "For" as "because".
    (", for it", "because it"),
    (", for its", "because its"),
    (", for he", "because he"),
    (", for they", "because they"),
    (", for their", "because their"),
    (", for those", "because those"),
    (", for these", "because these"),
    (", for this", "because this"),
    (", for that", "because that"),
    (", for there", "because there"),
    (", for nothing", "because nothing"),
    (", for nobody", "because nobody"),
    (", for no", "because no"),
    (", for only", "because only"),
    (", for otherwise", "because otherwise"),
    (", for if", "because if"),
    (", for where", "because where"),
];

/// Where somebody reads annals' words: a file, or a folder with the extensions of its files that count.
const READ: &[(&str, &[&str])] = &[
    ("README.md", &["md"]),
    ("ARCHITECTURE.md", &["md"]),
    ("CHANGELOG.md", &["md"]),
    ("CONTRIBUTING.md", &["md"]),
    ("benches", &["rs"]),
    ("build.rs", &["rs"]),
    ("docs", &["md"]),
    ("locales/en.ftl", &["ftl"]),
    ("scripts", &["js"]),
    ("src", &["css", "js", "md", "rs"]),
    ("styles", &["css"]),
    ("templates", &["html", "xml"]),
    ("tests", &["mjs", "rs"]),
    ("xtask", &["mjs", "py", "rs"]),
];

/// Phrases of the list that are right where they are: the file, the phrase, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("CHANGELOG.md", "withdrawn", "the old names of a message and a value"),
    ("src/outputs/pages/time.rs", "stand in", "a variable named after the noun"),
    ("src/theme/engine.rs", "stand in", "a variable named after the noun"),
];

/// A text as lower-case words with single spaces, and the line of each byte.
fn running(text: &str) -> (String, Vec<usize>) {
    let mut words = String::from(" ");
    let mut lines = vec![1];
    for (number, line) in text.lines().enumerate() {
        for c in line.chars().chain(['\n']).flat_map(char::to_lowercase) {
            let punctuation = matches!(c, ',' | ';' | '.' | ':' | '(' | ')');
            if punctuation && words.ends_with(' ') {
                words.pop();
                lines.pop();
            }
            match c {
                _ if punctuation || c.is_alphanumeric() || c == '-' || c == '\'' => words.push(c),
                _ if words.ends_with(' ') => {}
                _ => words.push(' '),
            }
            lines.resize(words.len(), number + 1);
        }
    }
    (words, lines)
}

/// Whether a word goes on with these characters: a letter or digit, or a hyphen or apostrophe before one. A quotation mark
/// ends it.
fn continues(mut rest: impl Iterator<Item = char>) -> bool {
    match rest.next() {
        Some('-' | '\'') => rest.next().is_some_and(char::is_alphanumeric),
        next => next.is_some_and(char::is_alphanumeric),
    }
}

/// The phrases of the list in a text, each with its line.
fn tics(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let (words, lines) = running(text);
    let mut found = Vec::new();
    for (phrase, instead) in TICS {
        for (start, _) in words.match_indices(phrase) {
            let before = continues(words[..start].chars().rev()) && !phrase.starts_with(',');
            let after = continues(words[start + phrase.len()..].chars());
            if !before && !after {
                found.push((lines[start], *phrase, *instead));
            }
        }
    }
    found.sort_unstable();
    found
}

/// The files of [`READ`] with their texts, by path from the repository's folder. This file is not among them.
fn read() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for (place, extensions) in READ {
        let found = files.len();
        let walk = walkdir::WalkDir::new(root.join(place)).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.file_name() != "node_modules") {
            let entry = entry.expect("the folder can be read");
            let path = entry.path().strip_prefix(root).expect("the file is in the repository");
            let name = path.to_string_lossy().replace('\\', "/");
            let counts = path.extension().is_some_and(|extension| extensions.iter().any(|one| extension == *one));
            if entry.file_type().is_file() && counts && name != "tests/prose.rs" {
                files.push((name, fs::read_to_string(entry.path()).expect("the file is UTF-8")));
            }
        }
        assert!(files.len() > found, "{place} has no files");
    }
    files
}

#[test]
fn nothing_that_somebody_reads_has_a_phrase_of_the_list() {
    let mut wrong = Vec::new();
    let mut unused: Vec<_> = EXCEPTIONS.iter().map(|(file, phrase, _)| (*file, *phrase)).collect();
    for (file, text) in read() {
        for (line, phrase, instead) in tics(&text) {
            if EXCEPTIONS.iter().any(|(place, excepted, _)| *place == file && *excepted == phrase) {
                unused.retain(|exception| *exception != (file.as_str(), phrase));
            } else {
                wrong.push(format!("{file}:{line}: \"{phrase}\": {instead}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} phrases to replace:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unused.is_empty(), "nothing needs these exceptions any more: {unused:?}");
}

#[test]
fn a_phrase_is_found_across_lines_and_marks_but_not_inside_words() {
    let found = |text: &str| tics(text).into_iter().map(|(line, phrase, _)| (line, phrase)).collect::<Vec<_>>();
    assert_eq!(found("/// The key\n/// stands\n/// `in` it, for\n/// it must."), [(2, "stands in"), (3, ", for it")]);
    assert_eq!(found("fn it_is_made_anew() {}"), [(1, "anew")]);
    assert_eq!(found("Stand-ins, for italics; amended, recommended; anew's, mend-all."), []);
    assert_eq!(found("says('the page is made anew'); says('Mend it')"), [(1, "anew"), (1, "mend")]);
}
