//! All tests of the program from outside, in one crate: linking annals once instead of for every file saves most of the time.

mod architecture;
mod broken;
mod cards;
mod charts;
mod cli;
mod comments;
mod common;
mod contact;
mod determinism;
mod docs;
mod documents;
mod embed;
mod event_page;
mod exports;
mod feeds;
mod files;
mod fold;
mod golden;
mod history;
mod hostile;
mod import;
mod incremental;
mod maps;
mod outputs;
mod pages;
mod pictures;
mod privacy;
mod proof;
mod prose;
mod publish;
mod queries;
mod resolve;
mod scripts;
mod search;
mod serve;
mod sitemap;
mod sources;
mod styles;
mod terminal;
mod text;
mod votes;
mod words;

/// A file that is not a module here would never be compiled, and its tests never run.
#[test]
fn every_file_beside_this_one_is_part_of_the_suite() {
    let suite = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in std::fs::read_dir(folder).expect("tests is there") {
        let name = entry.expect("the folder can be read").file_name();
        let Some(name) = name.to_str().and_then(|name| name.strip_suffix(".rs")) else { continue };
        assert!(name == "main" || suite.contains(&format!("\nmod {name};\n")), "tests/main.rs lacks `mod {name};`");
    }
}
