//! Files to documents: the only room before publishing that reads a disk.
//!
//! Symbolic links are never followed. Paths are in NFC, whatever form the disk stores, so that what an author types finds the
//! file. Whatever cannot be read is reported, and the rest is still read. Entries are read and parsed in parallel, and ordered
//! by path.

mod beginnings;
mod merges;
mod walk;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::config::{self, Config};
use crate::content::{Document, Settings};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Texts, one_side, refused_characters, unresolved_merges};
use crate::error::Error;
use crate::file_type::{self, FileType};
use crate::id::Collection;
use crate::source_path::{Folder, SourcePath};

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
    /// The texts of the theme, of site.toml, and of the entries with problems so far. [`texts_of`] reads others.
    pub texts: Texts,
    /// The problems found so far.
    pub problems: Problems,
    /// Whether the machine could not read something; the problems say what.
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
/// An [`Error`] where there is no site, or its site.toml cannot be read. Whatever is wrong with the content, and every other file
/// that cannot be read, is reported in [`Loaded::problems`].
pub fn load(root: &Path) -> Result<Loaded, Error> {
    let mut reader =
        Reader { root, texts: Texts::new(), problems: Problems::default(), failed: false, incomplete: false };
    let config = reader.config()?;
    let entries = reader.walk(Folder::Content);
    let (documents, content_files) = reader.documents(entries, &config);
    let static_files: BTreeMap<String, PathBuf> = reader.walk(Folder::Static).into_iter().collect();
    let (beginnings, unread) = beginnings::look_at(&content_files, &static_files);
    reader.failed |= !unread.is_empty();
    reader.problems.extend(unread);
    for (file, text, merges) in merges::look_at(&content_files, &static_files) {
        reader.texts.insert(file, text);
        reader.problems.extend(merges);
    }
    Ok(Loaded {
        beginnings,
        documents,
        content_files,
        static_files,
        templates: reader.text_files(Folder::Templates, &[".html", ".xml"]),
        locales: reader.text_files(Folder::Locales, &[".ftl"]),
        config,
        texts: reader.texts,
        problems: reader.problems,
        failed: reader.failed,
        incomplete: reader.incomplete,
    })
}

/// Rereads the entries that problems point into and whose texts were not kept. A file that is gone has no text; one that has
/// changed is shown as it is now.
pub fn texts_of(root: &Path, problems: &Problems, texts: &mut Texts) {
    for Place { file, .. } in problems.iter().flat_map(Diagnostic::places).filter(|place| place.span.is_some()) {
        if texts.contains_key(file) || file.within(Folder::Content).is_none() {
            continue;
        }
        if let Ok(bytes) = std::fs::read(root.join(&**file)) {
            texts.insert(file.clone(), any_text(decode(file, &bytes, &mut Problems::default())));
        }
    }
}

struct Reader<'a> {
    root: &'a Path,
    texts: Texts,
    problems: Problems,
    failed: bool,
    incomplete: bool,
}

impl Reader<'_> {
    fn config(&mut self) -> Result<Config, Error> {
        let path = self.root.join(config::FILE);
        if !path.is_file() {
            return Err(no_site(self.root));
        }
        let file: SourcePath = config::FILE.into();
        if path.is_symlink() {
            walk::symlink(self.root, &file, &path, &mut self.problems);
        }
        let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
        if is_unfetched(&file, &bytes, &mut self.problems) {
            return Ok(Config::unread());
        }
        let text = any_text(decode(&file, &bytes, &mut self.problems));
        let (config, problems) = Config::parse(&text);
        self.problems.extend(problems);
        self.texts.insert(file, text);
        Ok(config)
    }

    /// The files below a folder of the site, by their path inside it, in the order of their paths.
    fn walk(&mut self, folder: Folder) -> Vec<(String, PathBuf)> {
        let walked = walk::walk(self.root, folder);
        self.problems.extend(walked.problems);
        self.failed |= walked.failed;
        self.incomplete |= walked.failed;
        walked.files
    }

    /// The theme's files in a folder that have one of the given extensions.
    fn text_files(&mut self, folder: Folder, types: &[&str]) -> BTreeMap<String, Arc<str>> {
        let mut texts = BTreeMap::new();
        for (inside, path) in self.walk(folder) {
            let file = folder.file(&inside);
            if !types.iter().any(|ending| inside.ends_with(ending)) {
                let help = format!("{}/ contains only {} files", folder.name(), types.join(" and "));
                self.problems.report(Code::StrayFile, &file, "nothing uses this file").help(help);
                continue;
            }
            let bytes = match std::fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.failed = true;
                    walk::unread(&file, &error, &mut self.problems);
                    continue;
                }
            };
            if is_unfetched(&file, &bytes, &mut self.problems) {
                continue;
            }
            let decoded = decode(&file, &bytes, &mut self.problems);
            let is_readable = decoded.is_ok();
            let text = any_text(decoded);
            self.texts.insert(file.clone(), Arc::clone(&text));
            let merges = unresolved_merges(&file, &text);
            let text = if merges.is_empty() {
                self.problems.extend(refused_characters(&file, &text));
                text
            } else {
                one_side(&text).into()
            };
            self.problems.extend(merges);
            if is_readable {
                texts.insert(inside, text);
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
                Some(collection) if markdown => entries.push((collection, inside, path)),
                _ => {
                    content_files.insert(inside, path);
                }
            }
        }
        let settings = Settings { limits: config.limits, raw_html: config.raw_html };
        let root = self.root;
        let read: Vec<Read> = entries
            .into_par_iter()
            .map(|(collection, inside, path)| {
                // The name as on disk, so that the place in a report and the link to the file's history work. Only letters
                // beyond ASCII have another form in NFC.
                let is_as_on_disk = inside.is_ascii();
                let file = if is_as_on_disk { Folder::Content.file(&inside) } else { walk::file_name(root, &path) };
                read(collection, &file, &path, &settings)
            })
            .collect();
        let mut documents = Vec::new();
        for Read { document, text, problems, failed } in read {
            self.texts.extend(text.map(|text| (document.file.clone(), text)));
            self.problems.extend(problems);
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
    problems: Problems,
    failed: bool,
}

fn read(collection: Collection, file: &SourcePath, path: &Path, settings: &Settings) -> Read {
    let parsed = with_bytes(path, |bytes| parse(collection, file, bytes, settings));
    parsed.unwrap_or_else(|error| {
        let mut problems = Problems::default();
        walk::unread(file, &error, &mut problems);
        let document = Document::unread(collection, file, &mut problems);
        Read { document, text: None, problems, failed: true }
    })
}

fn parse(collection: Collection, file: &SourcePath, bytes: &[u8], settings: &Settings) -> Read {
    let mut problems = Problems::default();
    if is_unfetched(file, bytes, &mut problems) {
        let document = Document::unread(collection, file, &mut problems);
        return Read { document, text: None, problems, failed: false };
    }
    match decode(file, bytes, &mut problems) {
        Ok(text) => {
            let (document, problems) = Document::parse(collection, file, text, settings);
            let text = (!problems.is_empty()).then(|| text.into());
            Read { document, text, problems, failed: false }
        }
        Err(lossy) => {
            let document = Document::unread(collection, file, &mut problems);
            Read { document, text: Some(lossy.into()), problems, failed: false }
        }
    }
}

/// The largest buffer that a thread keeps from file to file, in bytes.
const KEPT_BUFFER: usize = 1024 * 1024;

/// Reads a file into a buffer that its thread keeps, so that thousands of small files need no memory of their own.
fn with_bytes<T>(path: &Path, consume: impl FnOnce(&[u8]) -> T) -> io::Result<T> {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        // Without `take`, the length of each file would be asked for first.
        File::open(path)?.take(u64::MAX).read_to_end(buffer)?;
        let result = consume(buffer);
        if buffer.capacity() > KEPT_BUFFER {
            *buffer = Vec::new();
        }
        Ok(result)
    })
}

/// Whether a text is only a pointer of version control, which is reported.
fn is_unfetched(file: &SourcePath, bytes: &[u8], problems: &mut Problems) -> bool {
    // Hardly any text begins like this, so one check is enough.
    if !bytes.starts_with(b"version ") && !bytes.starts_with(b"/annex/") {
        return false;
    }
    let flaw = file_type::unfetched(FileType::of(&bytes[..bytes.len().min(file_type::BEGINNING)]));
    flaw.inspect(|flaw| flaw.report(file, problems)).is_some()
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

/// The text of a file without its byte order mark.
///
/// # Errors
/// The text with U+FFFD in place of the bytes that are not UTF-8, which are reported.
fn decode<'b>(file: &SourcePath, bytes: &'b [u8], problems: &mut Problems) -> Result<&'b str, String> {
    const MARK: char = '\u{FEFF}';
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.strip_prefix(MARK).unwrap_or(text)),
        Err(error) => error,
    };
    let text = String::from_utf8_lossy(bytes);
    let unmarked = text.strip_prefix(MARK).unwrap_or(&text);
    let at = error.valid_up_to().saturating_sub(text.len() - unmarked.len());
    problems
        .report(Code::NotUtf8, (file, at..at + '\u{FFFD}'.len_utf8()), "the file is not UTF-8")
        .help("save the file as UTF-8; the character shown as \u{FFFD} is the first that is none");
    Err(unmarked.to_owned())
}

/// What [`decode`] returned, whatever it is.
fn any_text(decoded: Result<&str, String>) -> Arc<str> {
    decoded.map_or_else(Into::into, Into::into)
}
