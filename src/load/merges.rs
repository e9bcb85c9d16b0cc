//! Unresolved merges in files that are copied unchanged.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::decode::{any_text, decode};
use crate::diagnostic::{Problems, unresolved_merges};
use crate::source_path::{Folder, SourcePath};

/// Extensions of text files that are copied unchanged. The empty one is for `CNAME` and `_redirects`, which hosts read.
const TEXT_FILES: [&str; 26] = [
    "",
    "txt",
    "md",
    "csv",
    "tsv",
    "json",
    "geojson",
    "jsonld",
    "css",
    "js",
    "mjs",
    "html",
    "htm",
    "xhtml",
    "xml",
    "svg",
    "webmanifest",
    "toml",
    "yaml",
    "yml",
    "ini",
    "conf",
    "ics",
    "vtt",
    "srt",
    "bib",
];

/// Returns a file's extension in lower case; empty for `_redirects` and `.nojekyll`.
fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

/// Finds the text files that contain marks of a merge, by their path from the site's root, each with its text and reports.
/// Files that cannot be read are reported elsewhere.
pub(super) fn look_at(
    content_files: &BTreeMap<String, PathBuf>,
    static_files: &BTreeMap<String, PathBuf>,
) -> Vec<(SourcePath, Arc<str>, Problems)> {
    let of_content = content_files.par_iter().map(|file| (Folder::Content, file));
    let all = of_content.chain(static_files.par_iter().map(|file| (Folder::Static, file)));
    let texts = all.filter(|(_, (inside, _))| TEXT_FILES.contains(&ending(inside).as_str()));
    let looked_at = texts.filter_map(|(folder, (inside, path))| {
        let file = folder.file(inside);
        let bytes = std::fs::read(path).ok()?;
        let text = any_text(decode(&file, &bytes, &mut Problems::default()));
        let merges = unresolved_merges(&file, &text);
        (!merges.is_empty()).then_some((file, text, merges))
    });
    looked_at.collect()
}
