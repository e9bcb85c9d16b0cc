//! From files to documents: reads everything in a site's folder that a site is made from.
//!
//! Symbolic links are reported and not followed. Paths are in NFC, whatever form the disk
//! stores, so that what an author types finds the file. Whatever cannot be read is reported, and the rest is still read.
//! Entries are read and parsed in parallel, and ordered by path.

mod beginnings;
mod changes;
mod decode;
mod entries;
mod loaded;
mod merges;
mod part;
mod read;
mod walk;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use unicode_normalization::UnicodeNormalization;

use crate::config::{self, Config};
use crate::content::{Goal, Settings};
use crate::diagnostic::{
    Code, Diagnostic, Place, Problems, Severity, Texts, one_side, refused_characters, unresolved_merges,
};
use crate::error::Error;
use crate::id::Collection;
use crate::key::Key;
use crate::source_path::{Folder, SourcePath};

pub(crate) use beginnings::Beginnings;
pub(crate) use changes::Changes;
pub(crate) use loaded::Loaded;

use decode::{any_text, decode, is_unfetched};
use entries::read_entries;
use loaded::{Content, Files, ThemeFiles};
use part::Part;

/// Returns the error for a folder without a site.
#[must_use]
pub(crate) fn no_site(root: &Path) -> Error {
    Error::usage(format!("there is no {} in {}", config::FILE, root.display()))
        .hint("name the site's folder with --root DIR, or make a site with: annals init DIR")
}

/// Returns the error for a file of the site that cannot be read.
#[must_use]
pub(crate) fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::machine(format!("{} cannot be read", path.display())).because(source)
}

/// Reads the site at `root`. `moment` is the current time. `last` is an earlier reading and the files that may have changed
/// since: everything else is taken over from it.
///
/// # Errors
/// An [`Error`] if there is no site, or its site.toml cannot be read. Problems with the content, and with all other files that
/// cannot be read, are in [`Loaded::problems`].
pub(crate) fn load(
    root: &Path,
    goal: Goal,
    moment: SystemTime,
    last: Option<(&Loaded, &Changes)>,
) -> Result<Loaded, Error> {
    let kept = |reached: &dyn Fn(&Changes, &Loaded) -> bool| last.filter(|(last, changes)| !reached(changes, last));
    let config = match kept(&|changes, _| changes.reach_config(root)) {
        Some((last, _)) => Arc::clone(&last.config),
        None => Arc::new(read_config(root)?),
    };
    let content = match kept(&|changes, last| changes.reach_names(root, last)) {
        Some((last, _)) => Arc::clone(&last.content),
        None => {
            let content = walked(root, Folder::Content).map(|files| sorted_out(root, files));
            same_or_new(content, last.map(|(last, _)| &last.content))
        }
    };
    let entries = read_entries(&content.value, Settings::of(&config.value, goal), moment, last);
    let statics_reached = |changes: &Changes, _: &Loaded| changes.reach(root, Folder::Static);
    let statics = match kept(&statics_reached) {
        Some((last, _)) => Arc::clone(&last.statics),
        None => {
            let statics = walked(root, Folder::Static).map(|files| files.into_iter().collect());
            same_or_new(statics, last.map(|(last, _)| &last.statics))
        }
    };
    let same_names = |last: &Loaded| Arc::ptr_eq(&last.content, &content) && Arc::ptr_eq(&last.statics, &statics);
    let files_reached = |changes: &Changes, last: &Loaded| {
        statics_reached(changes, last) || changes.reach_names(root, last) || !same_names(last)
    };
    let beginnings = match kept(&files_reached) {
        Some((last, _)) => Arc::clone(&last.beginnings),
        None => same_or_new(look_at(&content.value.files, &statics.value), last.map(|(last, _)| &last.beginnings)),
    };
    let templates = match kept(&|changes, _| changes.reach(root, Folder::Templates)) {
        Some((last, _)) => Arc::clone(&last.templates),
        None => Arc::new(text_files(root, Folder::Templates, &[".html", ".xml"])),
    };
    let locales = match kept(&|changes, _| changes.reach(root, Folder::Locales)) {
        Some((last, _)) => Arc::clone(&last.locales),
        None => Arc::new(text_files(root, Folder::Locales, &[".ftl"])),
    };
    Ok(Loaded { config, content, entries, statics, beginnings, templates, locales })
}

/// Rereads the files in `content/` that problems point into and whose texts were not kept. A file that no longer exists has no
/// text; one that has changed is shown in its new state.
pub(crate) fn texts_of(root: &Path, problems: &Problems, texts: &mut Texts) {
    for Place { file, .. } in problems.iter().flat_map(Diagnostic::places).filter(|place| place.span.is_some()) {
        if texts.contains_key(file) || file.within(Folder::Content).is_none() {
            continue;
        }
        if let Ok(bytes) = std::fs::read(root.join(&**file)) {
            texts.insert(file.clone(), any_text(decode(file, &bytes, &mut Problems::default())));
        }
    }
}

fn read_config(root: &Path) -> Result<Part<Config>, Error> {
    let path = root.join(config::FILE);
    let file: SourcePath = config::FILE.into();
    let mut problems = Problems::default();
    if path.is_symlink() {
        // Without its settings the site would be another one.
        walk::symlink(root, &file, &path, &mut problems).at_level(Severity::Error);
        return Ok(Part { problems, ..Part::default() }.map(|()| Config::unread()));
    }
    if !path.is_file() {
        return Err(no_site(root));
    }
    let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
    let read = vec![(path, Key::of(&bytes))];
    if is_unfetched(&file, &bytes, &mut problems) {
        return Ok(Part { problems, read, ..Part::default() }.map(|()| Config::unread()));
    }
    let text = any_text(decode(&file, &bytes, &mut problems));
    let (config, of_config) = Config::parse(&text);
    problems.extend(of_config);
    let texts = Texts::from([(file, text)]);
    Ok(Part { texts, problems, read, ..Part::default() }.map(|()| config))
}

/// Returns what was read before if it is equal, so that pointers tell what changed.
fn same_or_new<T: PartialEq>(part: Part<T>, last: Option<&Arc<Part<T>>>) -> Arc<Part<T>> {
    match last.filter(|last| ***last == part) {
        Some(last) => Arc::clone(last),
        None => Arc::new(part),
    }
}

/// Lists the files below a folder of the site, by their path inside it, in the order of their paths.
fn walked(root: &Path, folder: Folder) -> Part<Vec<(String, PathBuf)>> {
    let walked = walk::walk(root, folder);
    Part {
        value: walked.files,
        problems: walked.problems,
        failed: walked.failed,
        incomplete: walked.failed,
        ..Part::default()
    }
}

/// Finds the types of files other than entries, and the merges in those that are copied unchanged.
fn look_at(content_files: &Files, static_files: &Files) -> Part<Beginnings> {
    let (beginnings, unread) = beginnings::look_at(content_files, static_files);
    let mut part = Part { failed: !unread.is_empty(), problems: unread, ..Part::default() };
    for (file, text, merges) in merges::look_at(content_files, static_files) {
        part.texts.insert(file, text);
        part.problems.extend(merges);
    }
    part.map(|()| beginnings)
}

/// Reads the theme's files in a folder that have one of the given extensions.
fn text_files(root: &Path, folder: Folder, types: &[&str]) -> Part<ThemeFiles> {
    let walked = walked(root, folder);
    let mut part = Part { failed: walked.failed, incomplete: walked.incomplete, ..Part::<ThemeFiles>::default() };
    part.problems.extend(walked.problems);
    for (inside, path) in walked.value {
        let file = folder.file(&inside);
        if !types.iter().any(|ending| inside.ends_with(ending)) {
            let help = format!("{}/ contains only {} files", folder.name(), types.join(" and "));
            part.problems.report(Code::StrayFile, &file, "nothing uses this file").help(help);
            continue;
        }
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                part.failed = true;
                walk::unread(&file, &error, &mut part.problems);
                continue;
            }
        };
        part.read.push((path, Key::of(&bytes)));
        if is_unfetched(&file, &bytes, &mut part.problems) {
            continue;
        }
        let decoded = decode(&file, &bytes, &mut part.problems);
        let is_readable = decoded.is_ok();
        let text = any_text(decoded);
        part.texts.insert(file.clone(), Arc::clone(&text));
        let merges = unresolved_merges(&file, &text);
        let text = if merges.is_empty() {
            part.problems.extend(refused_characters(&file, &text));
            text
        } else {
            one_side(&text).into()
        };
        part.problems.extend(merges);
        if is_readable {
            part.value.insert(inside, text);
        }
    }
    names_in_nfc(&mut part.value);
    part
}

/// Separates entries from the other files in `content/`, to which entries may link.
fn sorted_out(root: &Path, files: Vec<(String, PathBuf)>) -> Content {
    let mut content = Content::default();
    for (inside, path) in files {
        let collection = inside.split_once('/').and_then(|(folder, _)| Collection::of_folder(folder));
        let markdown = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
        match collection {
            Some(collection) if markdown => {
                // The name as on disk, so that the place in a report and the link to the file's history work. Only letters
                // beyond ASCII have another form in NFC.
                let is_as_on_disk = inside.is_ascii();
                let file = if is_as_on_disk { Folder::Content.file(&inside) } else { walk::file_name(root, &path) };
                content.entries.push((collection, file, path));
            }
            _ => {
                content.files.insert(inside, path);
            }
        }
    }
    content.entries.sort_by(|(_, _, a), (_, _, b)| a.cmp(b));
    content
}

/// Normalises to NFC the names by which templates include or extend each other.
fn names_in_nfc(texts: &mut BTreeMap<String, Arc<str>>) {
    let decomposed = |name: &String| (name.nfd().collect::<String>(), name.clone());
    let names: Vec<(String, String)> = texts.keys().filter(|name| !name.is_ascii()).map(decomposed).collect();
    for text in texts.values_mut() {
        for (name, normal) in names.iter().filter(|(name, normal)| name != normal) {
            if text.contains(name) {
                *text = text.replace(name, normal).into();
            }
        }
    }
}
