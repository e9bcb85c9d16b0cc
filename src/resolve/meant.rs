//! The documents and files that a dead link probably means, because they exist under another address.

use super::files::{Files, name};
use super::registry::Registry;
use crate::content::slug;
use crate::fields::nearest_url;
use crate::id::{self, Collection};

/// The most files that a help offers.
const OFFERED: usize = 3;

/// Returns the link to a document as authors write it: `@/events/<id>.md`.
pub(super) fn file_link(id: &str, collection: Collection) -> String {
    format!("@/{}/{id}.md", collection.folder())
}

/// Returns links to the documents that a path names by folder and id, or by id alone.
pub(super) fn documents(path: &str, anchor: Option<&str>, registry: &Registry<'_>) -> Vec<String> {
    let Some((collection, id)) = id::in_path(path) else { return Vec::new() };
    let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    for id in [id::normalise(id), slug(id)] {
        let in_its_folder = collection.filter(|of| registry.find(*of, &id).is_some());
        let found: Vec<Collection> = match in_its_folder {
            Some(collection) => vec![collection],
            None => Collection::ALL.into_iter().filter(|of| registry.find(*of, &id).is_some()).collect(),
        };
        if !found.is_empty() {
            return found.into_iter().map(|of| format!("{}{anchor}", file_link(&id, of))).collect();
        }
    }
    Vec::new()
}

/// Returns up to [`OFFERED`] files that a wrong path may mean: files of the same name, ignoring letter case, and among them
/// those that share the longest end of the path with it. Each is given as whether it is in `content/`, and its path inside
/// that folder or `static/`.
pub(super) fn files<'a>(path: &str, files: &'a Files<'_>) -> Vec<(bool, &'a str)> {
    let Some(same_name) = files.names().get(&name(path).to_lowercase()) else { return Vec::new() };
    let mut rest = Some(path);
    // The more of the written path a file shares, the likelier it is meant.
    while let Some(tail) = rest {
        let ends = |file: &str| file == tail || file.strip_suffix(tail).is_some_and(|before| before.ends_with('/'));
        let found: Vec<_> = same_name.iter().copied().filter(|(_, file)| ends(file)).take(OFFERED).collect();
        if !found.is_empty() {
            return found;
        }
        rest = tail.split_once('/').map(|(_, below)| below);
    }
    same_name.iter().copied().take(OFFERED).collect()
}

/// Returns a link to a file as it is written in the document at `document`, a path inside `content/`.
pub(super) fn link_to((in_content, path): (bool, &str), document: &str) -> String {
    let link = if in_content { relative(path, document) } else { path.to_owned() };
    if link.contains([' ', '(', ')']) { format!("<{link}>") } else { link }
}

/// Returns a path inside `content/` relative to the folder of a document there.
pub(super) fn relative(path: &str, document: &str) -> String {
    let mut from: Vec<&str> = document.split('/').collect();
    from.pop();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(from.len() - shared) + &to[shared..].join("/")
}

/// Returns the URL that was meant if a path is the address of a web page, such as one without `https://`.
pub(super) fn web_page(path: &str) -> Option<String> {
    nearest_url(path)
}

/// Returns `write a` or `write a, b or c`; `None` if there are no links.
pub(super) fn write(links: &[String]) -> Option<String> {
    match links {
        [] => None,
        [one] => Some(format!("write {one}")),
        [first @ .., last] => Some(format!("write {} or {last}", first.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_file_is_named_from_the_folder_of_the_document() {
        assert_eq!(relative("events/a.png", "events/e.md"), "a.png");
        assert_eq!(relative("events/2017/a.png", "events/e.md"), "2017/a.png");
        assert_eq!(relative("places/a.png", "events/2017/e.md"), "../../places/a.png");
        assert_eq!(relative("a.png", "events/e.md"), "../a.png");
    }
}
