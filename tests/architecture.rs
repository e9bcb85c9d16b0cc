//! The code keeps to ARCHITECTURE.md: rooms use only the rooms that its table allows, no files use each other in a cycle, files
//! are short, and some rooms read neither files nor clocks. Files are searched as text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A row of the table of rooms.
struct Room {
    /// Files and folders below `src/`: `build.rs`, `outputs/`, `outputs/pages/`.
    paths: Vec<String>,
    /// A path of each room that it may use; `None` if it may use every room below it.
    knows: Option<Vec<String>>,
}

/// The rooms, from top to bottom.
struct Rooms(Vec<Room>);

impl Rooms {
    fn read() -> Self {
        let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the document is there");
        let table = text.split("## Rooms").nth(1).expect("it has the section Rooms");
        let rows = table.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
        let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect::<Vec<_>>();
        let room = |row: &str| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let knows = match cells[3] {
                "every room below" => None,
                "no other room" => Some(Vec::new()),
                listed => Some(names(listed)),
            };
            Room { paths: names(cells[1]), knows }
        };
        Self(rows.skip(2).map(room).collect())
    }

    /// Returns the index of the room that a file or module belongs to: of all rows, the one with the longest path that matches.
    fn of(&self, path: &str) -> Option<usize> {
        let matching = |room: &Room| {
            let lengths = room.paths.iter().filter(|of| match of.strip_suffix('/') {
                Some(folder) => path == folder || path.starts_with(of.as_str()),
                None => {
                    let module = of.trim_end_matches(".rs");
                    path == of.as_str() || path == module || path.starts_with(&format!("{module}/"))
                }
            });
            lengths.map(String::len).max()
        };
        let found = self.0.iter().enumerate().filter_map(|(number, room)| Some((matching(room)?, number)));
        found.max().map(|(_, number)| number)
    }

    fn name(&self, room: usize) -> &str {
        &self.0[room].paths[0]
    }

    fn allows(&self, from: usize, to: usize) -> bool {
        from == to
            || match &self.0[from].knows {
                None => to > from,
                Some(known) => known.iter().any(|name| self.0[to].paths.contains(name)),
            }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of `src/` by their path inside it, without comments and without their tests.
fn sources() -> BTreeMap<String, String> {
    let folder = root().join("src");
    let files = walkdir::WalkDir::new(&folder).into_iter().map(|entry| entry.expect("the folder can be read"));
    let rust = files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    let read = |entry: walkdir::DirEntry| {
        let inside = entry.path().strip_prefix(&folder).expect("it is inside");
        let text = fs::read_to_string(entry.path()).expect("the file can be read");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code = code.replace("pub(in crate::", "pub(in ");
        let code = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        (inside.to_string_lossy().replace('\\', "/"), code.collect::<Vec<_>>().join("\n"))
    };
    let mut sources: BTreeMap<String, String> = rust.map(read).collect();
    // Files that are compiled for tests alone.
    let of_tests = |(file, code): (&String, &String)| {
        let folder = folder_of(file).to_owned();
        let declared = code.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split_once(';'));
        declared.map(move |(name, _)| format!("{folder}/{name}.rs")).collect::<Vec<_>>()
    };
    for file in sources.iter().flat_map(of_tests).collect::<Vec<_>>() {
        sources.remove(&file);
    }
    sources
}

/// The module of a file's children: `outputs` for `outputs/mod.rs`, `config` for `config.rs`.
fn folder_of(file: &str) -> &str {
    file.strip_suffix("/mod.rs").unwrap_or_else(|| file.trim_end_matches(".rs"))
}

/// The modules and items that a file names by way of `crate::`, `super::` and `self::`, as paths inside `src/`.
fn named_by(file: &str, code: &str) -> BTreeSet<String> {
    let own = folder_of(file);
    let parent = own.rsplit_once('/').map_or("", |(parent, _)| parent);
    let above = parent.rsplit_once('/').map_or("", |(above, _)| above);
    let mut paths = named(code, "crate::");
    for (start, base) in [("super::super::", above), ("super::", parent), ("self::", own)] {
        let found = named(code, start).into_iter().filter(|path| !path.starts_with("super"));
        paths.extend(found.map(|path| if base.is_empty() { path } else { format!("{base}/{path}") }));
    }
    // A module names its children without a prefix.
    for line in code.lines().filter_map(|line| line.trim_start().strip_prefix("pub use ").or(line.strip_prefix("use ")))
    {
        let first = line.split("::").next().unwrap_or_default();
        if code.contains(&format!("mod {first};")) {
            paths.extend(named(&format!("self::{line}"), "self::").into_iter().map(|path| format!("{own}/{path}")));
        }
    }
    paths
}

/// The paths that a file names after `start`, such as `crate::`, with groups in braces written out.
fn named(code: &str, start: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(start) {
        let whole_word = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if whole_word {
            expand("", &code[at + start.len()..], &mut found);
        }
    }
    found
}

/// Adds the paths at the start of `code` to `found`, each after `prefix`, and returns how much of `code` they take.
fn expand(prefix: &str, code: &str, found: &mut BTreeSet<String>) -> usize {
    let mut path = prefix.to_owned();
    let mut at = 0;
    while at < code.len() {
        let rest = &code[at..];
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !word.is_empty() {
            path.push_str(&word);
            at += word.len();
        } else if rest.starts_with("::") {
            path.push('/');
            at += 2;
        } else if rest.starts_with('{') && path.ends_with('/') || rest.starts_with('{') && path.is_empty() {
            at += 1;
            while !code[at..].starts_with('}') && at < code.len() {
                let taken = expand(&path, &code[at..], found);
                at += taken.max(1);
            }
            return at + 1;
        } else {
            break;
        }
    }
    if !path.is_empty() && !path.ends_with('/') {
        found.insert(path);
    }
    at
}

#[test]
fn every_file_has_a_room() {
    let rooms = Rooms::read();
    let homeless: Vec<String> =
        sources().into_keys().filter(|file| file != "lib.rs" && rooms.of(file).is_none()).collect();
    assert!(homeless.is_empty(), "ARCHITECTURE.md has no row for {homeless:?}");
    for room in &rooms.0 {
        for path in &room.paths {
            assert!(root().join("src").join(path).exists(), "ARCHITECTURE.md names `{path}`, which does not exist");
        }
        for name in room.knows.iter().flatten() {
            assert!(rooms.0.iter().any(|other| other.paths.contains(name)), "`{name}` is no room");
        }
    }
}

#[test]
fn rooms_know_only_what_the_table_allows() {
    let rooms = Rooms::read();
    let mut wrong = BTreeSet::new();
    for (file, code) in sources() {
        let Some(from) = rooms.of(&file) else { continue };
        for path in named_by(&file, &code) {
            let Some(to) = rooms.of(&path) else { continue };
            if !rooms.allows(from, to) {
                wrong.insert(format!("src/{file} uses {}: {} may not know {}", path, rooms.name(from), rooms.name(to)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} arrows:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_table_has_no_unused_permission() {
    let rooms = Rooms::read();
    let mut used = BTreeSet::new();
    for (file, code) in sources() {
        let Some(from) = rooms.of(&file) else { continue };
        used.extend(named_by(&file, &code).iter().filter_map(|path| Some((from, rooms.of(path)?))));
    }
    let mut unused = Vec::new();
    for (from, room) in rooms.0.iter().enumerate() {
        for name in room.knows.iter().flatten() {
            let to = rooms.0.iter().position(|other| other.paths.contains(name));
            if to.is_some_and(|to| !used.contains(&(from, to))) {
                unused.push(format!("{} need not know {name}", rooms.name(from)));
            }
        }
    }
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn arrows_point_down_the_table() {
    let rooms = Rooms::read();
    for (from, room) in rooms.0.iter().enumerate() {
        for name in room.knows.iter().flatten() {
            let to = rooms.0.iter().position(|other| other.paths.contains(name));
            assert!(to.is_some_and(|to| to > from), "{} knows {name}, which is above it", rooms.name(from));
        }
    }
}

/// Returns the files of `src/` that a file uses. Naming a type of a module that has children does not count as a use of its
/// file.
fn uses(file: &str, code: &str, files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let file_of = |path: &String| {
        let mut path = path.as_str();
        let mut last = "";
        loop {
            for candidate in [format!("{path}.rs"), format!("{path}/mod.rs")] {
                if files.contains_key(&candidate) {
                    let is_type = last.starts_with(|c: char| c.is_uppercase());
                    let of_folder =
                        candidate.ends_with("mod.rs") || files.keys().any(|file| file.starts_with(&format!("{path}/")));
                    return (!(is_type && of_folder)).then_some(candidate);
                }
            }
            (path, last) = path.rsplit_once('/')?;
        }
    };
    named_by(file, code).iter().filter_map(file_of).filter(|used| used != file).collect()
}

#[test]
fn no_files_use_each_other_in_a_cycle() {
    let files = sources();
    let graph: BTreeMap<&String, BTreeSet<String>> = files
        .iter()
        .filter(|(file, _)| *file != "lib.rs")
        .map(|(file, code)| (file, uses(file, code, &files)))
        .collect();
    let reachable = |start: &String| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = graph.get(start).into_iter().flatten().collect();
        while let Some(file) = next.pop() {
            if seen.insert(file) {
                next.extend(graph.get(file).into_iter().flatten());
            }
        }
        seen
    };
    let in_cycles: Vec<&str> =
        graph.keys().filter(|file| reachable(file).contains(**file)).map(|file| file.as_str()).collect();
    assert!(in_cycles.is_empty(), "these files are part of a cycle: {in_cycles:#?}");
}

#[test]
fn no_file_is_longer_than_450_lines() {
    let folder = root().join("src");
    for file in sources().keys() {
        let lines = fs::read_to_string(folder.join(file)).expect("the file can be read").lines().count();
        assert!(lines <= 450, "src/{file} has {lines} lines");
    }
}

/// What reads or writes files, reads clocks or the environment, runs programs, or prints.
const EFFECTS: [&str; 11] = [
    "fs::",
    "File::open",
    ".read_dir(",
    ".exists()",
    ".canonicalize(",
    "::now(",
    "env::",
    "Command::new",
    "TcpStream",
    "println!",
    "print!(",
];

#[test]
fn the_rooms_that_the_document_calls_pure_have_no_effects() {
    let rooms = Rooms::read();
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the document is there");
    let rule = text.lines().find_map(|line| line.strip_prefix("- No room between `")).expect("the rule is there");
    let (above, rest) = rule.split_once("` and `").expect("it names two rooms");
    let below = rest.split('`').next().unwrap_or_default();
    let place = |name| rooms.of(name).unwrap_or_else(|| panic!("`{name}` is no room"));
    let pure = place(above) + 1..place(below);
    assert!(pure.len() > 15, "{pure:?}");
    for (file, code) in sources().iter().filter(|(file, _)| rooms.of(file).is_some_and(|room| pure.contains(&room))) {
        // What a disk says about a file is a value that they may get.
        let code = code.replace("fs::Metadata", "");
        for effect in EFFECTS {
            assert!(!code.contains(effect), "src/{file} has `{effect}`");
        }
    }
}

#[test]
fn what_reads_and_writes_the_site_reads_no_clock_and_prints_nothing() {
    for (file, code) in sources().iter().filter(|(file, _)| file.starts_with("load/") || file.starts_with("publish/")) {
        for effect in ["::now(", "println!", "print!("] {
            assert!(!code.contains(effect), "src/{file} has `{effect}`");
        }
    }
}
