//! Files to documents: the only room before publishing that reads a disk.
//!
//! Symbolic links are never followed. Paths are in NFC, whatever form the disk stores, so that what an author types finds the
//! file. Whatever cannot be read is reported, and the rest is still read. Entries are read and parsed in parallel, and ordered
//! by path.

mod beginnings;
mod merges;
mod walk;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::config::{self, Config};
use crate::content::{Document, Settings, SourceFile};
use crate::diagnostic::{Code, Diagnostic, Texts, one_side, refused_characters, unresolved_merges};
use crate::error::Error;
use crate::file_type::{self, FileType};
use crate::id::Collection;

pub use beginnings::Beginnings;

/// Everything read from a site's folder.
#[derive(Debug)]
pub struct Loaded {
    /// The site's settings.
    pub config: Config,
    /// All documents, in the order of their paths.
    pub documents: Vec<Document>,
    /// Files beside entries, by their path inside `content/`.
    pub content_files: BTreeMap<String, PathBuf>,
    /// Files in `static/`, by their path inside it.
    pub static_files: BTreeMap<String, PathBuf>,
    /// The types of these files, and the headers of pictures.
    pub beginnings: Beginnings,
    /// The site's own templates, by their path inside `templates/`.
    pub templates: BTreeMap<String, Arc<str>>,
    /// The site's own interface words, by their path inside `locales/`.
    pub locales: BTreeMap<String, Arc<str>>,
    /// The texts of the theme, of site.toml, and of the entries with problems so far. [`texts_of`] reads
    /// others.
    pub texts: Texts,
    /// The problems found so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the machine could not read something; the diagnostics say what.
    pub failed: bool,
    /// Whether a whole folder could not be read: then the absence of a file means nothing.
    pub incomplete: bool,
}

/// The error where a folder holds no site.
#[must_use]
pub fn no_site(root: &Path) -> Error {
    Error::usage(format!("there is no {} in {}", config::FILE, root.display()))
        .hint("name the site's folder with --root DIR, or make a site with: annals init DIR")
}

/// The error where a file of the site cannot be read.
#[must_use]
pub fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::machine(format!("{} cannot be read", path.display())).because(source)
}

/// Reads the site at `root`.
///
/// # Errors
/// An [`Error`] where there is no site, or its site.toml cannot be read. Whatever is wrong with the content, and every other file that cannot be read, is a
/// diagnostic.
pub fn load(root: &Path) -> Result<Loaded, Error> {
    let mut reader = Reader { root, texts: Texts::new(), diagnostics: Vec::new(), failed: false, incomplete: false };
    let config = reader.config()?;
    let entries = reader.walk("content");
    let (documents, content_files) = reader.documents(entries, &config);
    let static_files: BTreeMap<String, PathBuf> = reader.walk("static").into_iter().collect();
    let (beginnings, unread) = beginnings::look_at(&content_files, &static_files);
    reader.failed |= !unread.is_empty();
    reader.diagnostics.extend(unread);
    for (file, text, merges) in merges::look_at(&content_files, &static_files) {
        reader.texts.insert(file, text);
        reader.diagnostics.extend(merges);
    }
    Ok(Loaded {
        beginnings,
        documents,
        content_files,
        static_files,
        templates: reader.text_files("templates", &[".html", ".xml"]),
        locales: reader.text_files("locales", &[".ftl"]),
        config,
        texts: reader.texts,
        diagnostics: reader.diagnostics,
        failed: reader.failed,
        incomplete: reader.incomplete,
    })
}

/// Rereads the entries that diagnostics point into and whose texts were not kept. A file that is gone has no text; one that has
/// changed is shown as it is now.
pub fn texts_of(root: &Path, diagnostics: &[Diagnostic], texts: &mut Texts) {
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.span.is_some()) {
        if texts.contains_key(&diagnostic.file) || !diagnostic.file.starts_with("content/") {
            continue;
        }
        if let Ok(bytes) = std::fs::read(root.join(&*diagnostic.file)) {
            texts.insert(Arc::clone(&diagnostic.file), decode(&diagnostic.file, bytes).0);
        }
    }
}

struct Reader<'a> {
    root: &'a Path,
    texts: Texts,
    diagnostics: Vec<Diagnostic>,
    failed: bool,
    incomplete: bool,
}

impl Reader<'_> {
    fn config(&mut self) -> Result<Config, Error> {
        let path = self.root.join(config::FILE);
        if !path.is_file() {
            return Err(no_site(self.root));
        }
        let file: Arc<str> = config::FILE.into();
        if path.is_symlink() {
            self.diagnostics.push(walk::symlink(self.root, &file, &path));
        }
        let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
        if let Some(problem) = unfetched(&file, &bytes) {
            self.diagnostics.push(problem);
            return Ok(Config::unread());
        }
        let (text, problem) = decode(&file, bytes);
        self.diagnostics.extend(problem);
        let (config, diagnostics) = Config::parse(&text);
        self.diagnostics.extend(diagnostics);
        self.texts.insert(file, text);
        Ok(config)
    }

    /// The files below a folder of the site, by their path inside it, in the order of their paths.
    fn walk(&mut self, folder: &str) -> Vec<(String, PathBuf)> {
        let walked = walk::walk(self.root, folder);
        self.diagnostics.extend(walked.diagnostics);
        self.failed |= walked.failed;
        self.incomplete |= walked.failed;
        walked.files
    }

    /// The theme's files in a folder that have one of the given extensions.
    fn text_files(&mut self, folder: &str, types: &[&str]) -> BTreeMap<String, Arc<str>> {
        let mut texts = BTreeMap::new();
        for (inside, path) in self.walk(folder) {
            let file: Arc<str> = format!("{folder}/{inside}").into();
            if !types.iter().any(|ending| inside.ends_with(ending)) {
                let help = format!("{folder}/ contains only {} files", types.join(" and "));
                let diagnostic = Diagnostic::whole(Code::StrayFile, &file, "nothing uses this file");
                self.diagnostics.push(diagnostic.help(help));
                continue;
            }
            let bytes = match std::fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.failed = true;
                    self.diagnostics.push(walk::unread(&file, &error));
                    continue;
                }
            };
            if let Some(problem) = unfetched(&file, &bytes) {
                self.diagnostics.push(problem);
                continue;
            }
            let (text, problem) = decode(&file, bytes);
            self.texts.insert(Arc::clone(&file), Arc::clone(&text));
            let merges = unresolved_merges(&file, &text);
            let text = if merges.is_empty() {
                self.diagnostics.extend(refused_characters(&file, &text));
                text
            } else {
                one_side(&text).into()
            };
            self.diagnostics.extend(merges);
            match problem {
                Some(problem) => self.diagnostics.push(problem),
                None => {
                    texts.insert(inside, text);
                }
            }
        }
        names_in_nfc(&mut texts);
        texts
    }

    /// Reads and parses all entries; the other files in `content/` are those that entries may link to.
    fn documents(
        &mut self,
        files: Vec<(String, PathBuf)>,
        config: &Config,
    ) -> (Vec<Document>, BTreeMap<String, PathBuf>) {
        let mut content_files = BTreeMap::new();
        let mut entries = Vec::new();
        for (inside, path) in files {
            let collection = inside.split_once('/').and_then(|(folder, _)| Collection::of_folder(folder));
            let markdown = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
            match collection {
                Some(collection) if markdown => entries.push((collection, path)),
                _ => {
                    content_files.insert(inside, path);
                }
            }
        }
        let settings = Settings { limits: config.limits, raw_html: config.raw_html };
        let root = self.root;
        let read: Vec<Read> = entries
            .into_par_iter()
            .map(|(collection, path)| {
                // The name as on disk, so that the place in a report and the link to the file's history work.
                let inside = path.strip_prefix(root).unwrap_or(&path);
                let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
                read(collection, parts.join("/").into(), &path, &settings)
            })
            .collect();
        let mut documents = Vec::new();
        for Read { document, text, diagnostics, failed } in read {
            self.texts.extend(text.map(|text| (Arc::clone(&document.file), text)));
            self.diagnostics.extend(diagnostics);
            self.failed |= failed;
            documents.push(document);
        }
        (documents, content_files)
    }
}

/// An entry that was read, or could not be.
struct Read {
    document: Document,
    /// The text, if a diagnostic points into it. Most texts are not needed, and all together are large.
    text: Option<Arc<str>>,
    diagnostics: Vec<Diagnostic>,
    failed: bool,
}

fn read(collection: Collection, file: Arc<str>, path: &Path, settings: &Settings) -> Read {
    let mut diagnostics = Vec::new();
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(walk::unread(&file, &error));
            let document = Document::unread(collection, &file, &mut diagnostics);
            return Read { document, text: None, diagnostics, failed: true };
        }
    };
    if let Some(problem) = unfetched(&file, &bytes) {
        diagnostics.push(problem);
        let document = Document::unread(collection, &file, &mut diagnostics);
        return Read { document, text: None, diagnostics, failed: false };
    }
    let (document, text, diagnostics) = document(collection, file, bytes, settings);
    let text = (!diagnostics.is_empty()).then_some(text);
    Read { document, text, diagnostics, failed: false }
}

/// The report on a text that is only a pointer of version control.
fn unfetched(file: &Arc<str>, bytes: &[u8]) -> Option<Diagnostic> {
    // Hardly any text begins like this, so one check is enough.
    let suspicious = bytes.starts_with(b"version ") || bytes.starts_with(b"/annex/");
    let problem = || file_type::unfetched(FileType::of(&bytes[..bytes.len().min(file_type::BEGINNING)]));
    suspicious.then(problem).flatten().map(|problem| problem.of_file(file))
}

fn document(
    collection: Collection,
    file: Arc<str>,
    bytes: Vec<u8>,
    settings: &Settings,
) -> (Document, Arc<str>, Vec<Diagnostic>) {
    let (text, problem) = decode(&file, bytes);
    if let Some(problem) = problem {
        let mut diagnostics = vec![problem];
        let document = Document::unread(collection, &file, &mut diagnostics);
        return (document, text, diagnostics);
    }
    let source = SourceFile { file, text: Arc::clone(&text) };
    let (document, diagnostics) = Document::parse(collection, &source, settings);
    (document, text, diagnostics)
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

/// The text of a file without its byte order mark. Bytes that are not UTF-8 become U+FFFD.
fn decode(file: &Arc<str>, bytes: Vec<u8>) -> (Arc<str>, Option<Diagnostic>) {
    let (text, problem) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
            let at = valid - mark.min(valid);
            let problem = Diagnostic::at(Code::NotUtf8, file, at..at + '\u{FFFD}'.len_utf8(), "the file is not UTF-8");
            (
                text,
                Some(problem.help("save the file as UTF-8; the character shown as \u{FFFD} is the first that is none")),
            )
        }
    };
    (text.strip_prefix('\u{FEFF}').unwrap_or(&text).into(), problem)
}
