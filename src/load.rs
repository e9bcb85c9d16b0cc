//! Files to documents: the only room before publishing that reads a disk.
//!
//! Symbolic links are never followed. Entries are read and parsed side by side; their order is that of their paths.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::config::{self, Config};
use crate::content::{Document, Settings, SourceFile};
use crate::diagnostic::{Code, Diagnostic, Texts, one_side, refused_characters, unresolved_merges};
use crate::id::Collection;
use crate::pictures::{self, Header, Refusal};

/// Everything that a site's folder holds, read.
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
    /// What the beginnings of those files tell that are pictures, by their path from the site's root.
    pub pictures: BTreeMap<String, Result<Header, Refusal>>,
    /// The site's own templates, by their path inside `templates/`.
    pub templates: BTreeMap<String, Arc<str>>,
    /// The site's own interface words, by their path inside `locales/`.
    pub locales: BTreeMap<String, Arc<str>>,
    /// The texts of the theme, of site.toml, and of those entries that something is wrong with so far. [`texts_of`] reads
    /// others.
    pub texts: Texts,
    /// What was wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a site could not be read at all.
#[derive(Debug)]
pub enum LoadError {
    /// There is no site.toml in the folder.
    NoSite(PathBuf),
    /// The machine failed: a file could not be read.
    Io(PathBuf, io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSite(root) => write!(f, "there is no {} in {}", config::FILE, root.display()),
            Self::Io(path, error) => write!(f, "{} cannot be read: {error}", path.display()),
        }
    }
}

impl std::error::Error for LoadError {}

/// Reads the site at `root`.
///
/// # Errors
/// [`LoadError`] where there is no site or the machine fails. Whatever is wrong with the content is a diagnostic.
pub fn load(root: &Path) -> Result<Loaded, LoadError> {
    let mut reader = Reader { root, texts: Texts::new(), diagnostics: Vec::new() };
    let config = reader.config()?;
    let entries = reader.walk("content")?;
    let (documents, content_files) = reader.documents(entries, &config)?;
    let static_files: BTreeMap<String, PathBuf> = reader.walk("static")?.into_iter().collect();
    reader.copied_texts("static", &static_files)?;
    reader.copied_texts("content", &content_files)?;
    Ok(Loaded {
        pictures: pictures(&content_files, &static_files)?,
        documents,
        content_files,
        static_files,
        templates: reader.text_files("templates", &[".html", ".xml"])?,
        locales: reader.text_files("locales", &[".ftl"])?,
        config,
        texts: reader.texts,
        diagnostics: reader.diagnostics,
    })
}

/// Reads again the entries that diagnostics point into and whose texts were not kept. A file that is gone has none; one
/// that was changed meanwhile is shown as it is now.
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
}

impl Reader<'_> {
    fn config(&mut self) -> Result<Config, LoadError> {
        let path = self.root.join(config::FILE);
        if !path.is_file() {
            return Err(LoadError::NoSite(self.root.to_owned()));
        }
        let file: Arc<str> = config::FILE.into();
        if path.is_symlink() {
            let diagnostic = self.symlink(&file, &path);
            self.diagnostics.push(diagnostic);
        }
        let bytes = std::fs::read(&path).map_err(|error| LoadError::Io(path, error))?;
        let (text, problem) = decode(&file, bytes);
        self.diagnostics.extend(problem);
        let (config, diagnostics) = Config::parse(&text);
        self.diagnostics.extend(diagnostics);
        self.texts.insert(file, text);
        Ok(config)
    }

    /// The files below a folder of the site, by their path inside it, in the order of their paths.
    fn walk(&mut self, folder: &str) -> Result<Vec<(String, PathBuf)>, LoadError> {
        let top = self.root.join(folder);
        let mut files = Vec::new();
        if top.is_symlink() {
            let diagnostic = self.symlink(&folder.into(), &top);
            self.diagnostics.push(diagnostic);
            return Ok(files);
        }
        if !top.is_dir() {
            return Ok(files);
        }
        // static/ may hold what hosts look for under such names: .nojekyll, .well-known.
        let visible = |name: &std::ffi::OsStr| match name.as_encoded_bytes() {
            b".git" | b".gitkeep" | b".gitignore" | b".gitattributes" | b".DS_Store" => false,
            name => folder == "static" || !name.starts_with(b"."),
        };
        let walk = WalkDir::new(&top).min_depth(1).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| visible(entry.file_name())) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(&top).to_owned();
                LoadError::Io(path, error.into())
            })?;
            let inside = entry.path().strip_prefix(&top).unwrap_or(entry.path());
            let Some(inside) = slashed(inside) else {
                let name: Arc<str> = format!("{folder}/{}", inside.display()).into();
                let message = "the file's name is not UTF-8";
                self.diagnostics.push(Diagnostic::whole(Code::NotUtf8, &name, message).help("rename the file"));
                continue;
            };
            if entry.path_is_symlink() {
                let diagnostic = self.symlink(&format!("{folder}/{inside}").into(), entry.path());
                self.diagnostics.push(diagnostic);
            } else if entry.file_type().is_file() {
                files.push((inside, entry.into_path()));
            }
        }
        Ok(files)
    }

    fn symlink(&self, file: &Arc<str>, path: &Path) -> Diagnostic {
        let inside = match (path.canonicalize(), self.root.canonicalize()) {
            (Ok(target), Ok(root)) => target.starts_with(root),
            _ => false,
        };
        let help = "put the file itself there";
        if inside {
            return Diagnostic::whole(Code::SymlinkSkipped, file, "symbolic links are not followed").help(help);
        }
        Diagnostic::whole(Code::SymlinkOutside, file, "the symbolic link leads out of the site or nowhere").help(help)
    }

    /// The files of a folder of the theme, of the types that belong there.
    fn text_files(&mut self, folder: &str, types: &[&str]) -> Result<BTreeMap<String, Arc<str>>, LoadError> {
        let mut texts = BTreeMap::new();
        for (inside, path) in self.walk(folder)? {
            let file: Arc<str> = format!("{folder}/{inside}").into();
            if !types.iter().any(|ending| inside.ends_with(ending)) {
                let help = format!("{folder}/ holds {} files", types.join(" and "));
                let diagnostic = Diagnostic::whole(Code::StrayFile, &file, "the file belongs to nothing");
                self.diagnostics.push(diagnostic.help(help));
                continue;
            }
            let bytes = std::fs::read(&path).map_err(|error| LoadError::Io(path, error))?;
            let (text, problem) = decode(&file, bytes);
            self.diagnostics.extend(refused_characters(&file, &text));
            self.texts.insert(Arc::clone(&file), Arc::clone(&text));
            let merges = unresolved_merges(&file, &text);
            let text = if merges.is_empty() { text } else { one_side(&text).into() };
            self.diagnostics.extend(merges);
            match problem {
                Some(problem) => self.diagnostics.push(problem),
                None => {
                    texts.insert(inside, text);
                }
            }
        }
        Ok(texts)
    }

    /// Looks for the marks of merges in those files that are copied and hold text.
    fn copied_texts(&mut self, folder: &str, files: &BTreeMap<String, PathBuf>) -> Result<(), LoadError> {
        let texts = files.par_iter().filter(|(inside, _)| TEXT_FILES.contains(&ending(inside).as_str()));
        let read: Result<Vec<_>, LoadError> = texts
            .map(|(inside, path)| {
                let bytes = std::fs::read(path).map_err(|error| LoadError::Io(path.clone(), error))?;
                let file: Arc<str> = format!("{folder}/{inside}").into();
                let (text, _) = decode(&file, bytes);
                let merges = unresolved_merges(&file, &text);
                Ok((!merges.is_empty()).then_some((file, text, merges)))
            })
            .collect();
        for (file, text, merges) in read?.into_iter().flatten() {
            self.texts.insert(file, text);
            self.diagnostics.extend(merges);
        }
        Ok(())
    }

    /// Reads and parses all entries; every other file may be one that an entry links to.
    fn documents(
        &mut self,
        files: Vec<(String, PathBuf)>,
        config: &Config,
    ) -> Result<(Vec<Document>, BTreeMap<String, PathBuf>), LoadError> {
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
        let read: Result<Vec<_>, LoadError> = entries
            .into_par_iter()
            .map(|(collection, inside, path)| {
                let bytes = std::fs::read(&path).map_err(|error| LoadError::Io(path, error))?;
                let file = format!("content/{inside}").into();
                let (document, text, diagnostics) = document(collection, file, bytes, &settings);
                // Most texts are never pointed into, and all together they are large.
                let text = (!diagnostics.is_empty()).then_some(text);
                Ok((document, text, diagnostics))
            })
            .collect();
        let mut documents = Vec::new();
        for (document, text, diagnostics) in read? {
            self.texts.extend(text.map(|text| (Arc::clone(&document.file), text)));
            self.diagnostics.extend(diagnostics);
            documents.push(document);
        }
        Ok((documents, content_files))
    }
}

/// Files that are copied as they are and hold text, by the ending of their names. Hosts read some that have none: `CNAME`,
/// `_redirects`.
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

/// The ending of a file's name in lower case; of `_redirects` and `.nojekyll` it is empty.
fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

/// Looks at the beginning of every file that is no document; pictures are known by that, not by their names.
fn pictures(
    content_files: &BTreeMap<String, PathBuf>,
    static_files: &BTreeMap<String, PathBuf>,
) -> Result<BTreeMap<String, Result<Header, Refusal>>, LoadError> {
    let of_content = content_files.par_iter().map(|file| ("content", file));
    let all = of_content.chain(static_files.par_iter().map(|file| ("static", file)));
    let looked_at = all.map(|(top, (inside, path))| {
        let header = File::open(path).and_then(pictures::inspect);
        let header = header.map_err(|error| LoadError::Io(path.clone(), error))?;
        Ok(header.map(|header| (format!("{top}/{inside}"), header)))
    });
    looked_at.filter_map(Result::transpose).collect()
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

/// The text of a file without its byte order mark. Where it is not UTF-8, what stands there is shown with U+FFFD.
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

/// A path with `/` between its parts; `None` where a part is not UTF-8.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(std::ffi::OsStr::to_str).collect();
    parts.map(|parts| parts.join("/"))
}
