//! Whole sites, file by file, so that the difference shows what a change of templates or model does to every page.
//!
//! Each folder of `tests/golden/` holds `site/` and `expected/`. `ANNALS_BLESS=1 cargo test --test suite golden::` rewrites the
//! latter; read the difference before you commit it. Style sheets and pictures are omitted, because they are only copied, and
//! so are the search index and the cards, which nobody can review; `tests/search.rs` and `tests/cards.rs` read them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Site, blessing, files};

fn goldens() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(folder).expect("tests/golden is there");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    folders.sort();
    folders
}

/// Whether a file depends on the day of the build: `build.json`, and `SHA256SUMS`, which has its sum.
fn is_of_the_day(path: &str) -> bool {
    matches!(path, "build.json" | "SHA256SUMS")
}

#[test]
fn each_golden_site_is_built_as_it_was_reviewed() {
    for golden in goldens() {
        let site = Site::copy_of(&golden.join("site"));
        let run = site.run(&["build", "--strict"]);
        assert_eq!(run.code, 0, "{}: {}", golden.display(), run.stderr);
        let built: Vec<_> = site
            .output()
            .into_iter()
            .filter(|(path, _)| !path.starts_with("assets/") && !path.starts_with("search/"))
            .filter(|(path, _)| !path.starts_with("cards/") && !is_of_the_day(path))
            .collect();
        let expected = golden.join("expected");
        if blessing() {
            let _ = fs::remove_dir_all(&expected);
            for (path, bytes) in &built {
                let file = expected.join(path);
                fs::create_dir_all(file.parent().expect("a file has a folder")).expect("folders can be made");
                fs::write(file, bytes).expect("the page can be written");
            }
        }
        let reviewed = files(&expected);
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        assert_eq!(names(&built), names(&reviewed), "{}", golden.display());
        for ((path, built), (_, reviewed)) in built.iter().zip(&reviewed) {
            eprintln!("{path}"); // the last one printed is the page that differs
            let reviewed = snapbox::Data::text(String::from_utf8_lossy(reviewed).into_owned());
            snapbox::assert_data_eq!(String::from_utf8_lossy(built).into_owned(), reviewed.raw());
        }
    }
}
