//! Pictures in front matter: which file each one names.

use std::collections::BTreeMap;

use super::links::{joined, scheme};
use super::records::Media;
use crate::diagnostic::{Code, Problems, Span};
use crate::source_path::{Folder, SourcePath};

/// Returns the path of each picture's file inside `content/`; `None` if it is invalid or listed twice, which is reported.
/// Whether the file exists is checked later.
pub(super) fn files(document: &SourcePath, media: &[Media]) -> (Vec<Option<String>>, Problems) {
    let inside = document.within(Folder::Content).unwrap_or(document);
    let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut problems = Problems::default();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let file = |item: &Media| {
        let path = item.file.value.0.as_deref()?;
        let mut report = |code, message: String, help: &str| {
            problems.report(code, (document, item.file.span.clone()), message).help(help);
            None
        };
        if path.trim().is_empty() {
            return report(Code::EmptyValue, "the file name is empty".into(), HELP);
        }
        if scheme(path).is_some() || path.starts_with(['/', '@']) || path.contains('\\') {
            return report(Code::RefusedUrl, format!("`{path}` is not the path of a file beside the entry"), HELP);
        }
        let Some(file) = joined(folder, path) else {
            return report(Code::RefusedUrl, format!("`{path}` points outside content/"), HELP);
        };
        if let Some(first) = seen.get(&file).cloned() {
            let message = format!("the picture `{path}` is listed twice");
            problems
                .report(Code::DuplicateReference, (document, item.file.span.clone()), message)
                .help("remove one of the two")
                .also_at((document, first), "first listed here");
            return None;
        }
        seen.insert(file.clone(), item.file.span.clone());
        Some(file)
    };
    (media.iter().map(file).collect(), problems)
}

const HELP: &str =
    "put the picture into content/, preferably beside the entry, and write its path from there: file = \"sochi.jpg\"";
