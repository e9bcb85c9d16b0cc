//! Files that would be documents if they had other names: `content/actor/c.md`, `content/actors/c.markdown`.
//!
//! If an entry refers to such a file, its name is the one mistake: that is reported, and the unknown ids are not.

use std::collections::HashMap;

use super::files::Files;
use crate::content::slug;
use crate::diagnostic::{Code, Problems};
use crate::id::{self, Collection};
use crate::source_path::Folder;
use crate::syntax::nearest_names;

/// Extensions of markdown, which are the first eight, and those that editors give a text by themselves.
const ENDINGS: &[&str] = &["md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdtext", "mdx", "txt", "text", ""];

/// The files among those of `content/` that would be documents if they had other names.
pub(super) struct Misplaced<'a> {
    /// By id: the collection whose folder the file is in or was meant to be in, if recognisable, and the file. Looked up,
    /// never iterated.
    by_id: HashMap<String, Vec<(Option<Collection>, &'a str)>>,
}

impl<'a> Misplaced<'a> {
    /// Finds them by their names alone; none is read.
    pub(super) fn among(files: &Files<'a>) -> Self {
        let mut by_id: HashMap<String, Vec<(Option<Collection>, &str)>> = HashMap::new();
        for path in files.content.iter().copied() {
            let (stem, ending) = parts(path);
            let folder = path.split_once('/').map(|(folder, _)| folder);
            // A text in a folder of no collection is an entry only where its ending says so.
            let is_markdown = matches!(ENDINGS.iter().position(|known| *known == ending), Some(0..8));
            let in_collection = folder.is_some_and(|folder| Collection::of_folder(folder).is_some());
            if ENDINGS.contains(&ending.as_str()) && (is_markdown || in_collection) {
                by_id.entry(id::normalise(stem)).or_default().push((folder.and_then(meant), path));
            }
        }
        Self { by_id }
    }

    /// Returns the file, by its path inside `content/`, that would be the document of an id.
    pub(super) fn find(&self, collection: Option<Collection>, id: &str) -> Option<&'a str> {
        let fits = |of: Option<Collection>| of.is_none() || collection.is_none() || of == collection;
        self.by_id.get(id)?.iter().find(|(of, _)| fits(*of)).map(|(_, path)| *path)
    }
}

/// Reports a file that an entry refers to as a document.
pub(super) fn report(path: &str, problems: &mut Problems) {
    let file = Folder::Content.file(path);
    let (stem, _) = parts(path);
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let help = match folder {
        Some(folder) if Collection::of_folder(folder).is_some() => format!("rename it to `{stem}.md`"),
        Some(folder) => match meant(folder) {
            Some(collection) => {
                format!("move it: {}", Folder::Content.file(&format!("{}/{stem}.md", collection.folder())))
            }
            None => FOLDERS.to_owned(),
        },
        None => FOLDERS.to_owned(),
    };
    let message = format!("entries refer to `{stem}`, but because of its name this file is not read as an entry");
    problems.report(Code::InvalidName, &file, message).help(help);
}

const FOLDERS: &str =
    "entries belong in content/events, actors, places, processes or pages, and their names end in .md";

/// Returns the stem of a file's name, and its extension in lower case without the dot.
fn parts(path: &str) -> (&str, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (stem, ending.to_ascii_lowercase())
}

/// Returns the collection whose folder was probably meant by a folder's name.
fn meant(folder: &str) -> Option<Collection> {
    let near = nearest_names(folder, Collection::ALL.map(Collection::folder));
    Collection::of_folder(folder)
        .or_else(|| Collection::of_folder(&slug(folder)))
        .or_else(|| near.first().and_then(|near| Collection::of_folder(near)))
}
