//! A folder of markdown with front matter: one event for each file that has a date.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;

use super::at::At;
use super::body::converted;
use super::entry::{Entry, Harvest, Wish};
use super::ids::given;
use super::json::{as_text, place};
use super::loss::{Issue, Losses};
use super::map::Map;
use super::mapped::{Record, add, id_in};
use super::names::id_of;
use super::options::Options;
use super::programs::{detect, map};
use super::relink::{Fate, Link, relink};
use super::stop::Stop;
use crate::date::EdtfDate;
use crate::error::Error;
use crate::fields::web_url;
use crate::source_path::SourcePath;
use crate::syntax::{Node, Piece, Value, parse_toml, parse_yaml};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 8 << 20;

/// Reads a folder, by the mapping file of the command line, or else by what the keys of its program mean.
///
/// # Errors
/// [`Stop`] if it cannot be read or holds no markdown.
pub(super) fn read_folder(folder: &Path, options: &Options) -> Result<Harvest, Stop> {
    let files = files(folder)?;
    let built_in = map(options.from.or_else(|| detect(folder)));
    let map = options.map.as_ref().unwrap_or(&built_in);
    let ids = Ids::of(folder, &files, map);
    let mut harvest = Harvest::default();
    for file in &files {
        harvest.losses.read += 1;
        if let Err(issue) = event(folder, file, map, &ids, options, &mut harvest) {
            harvest.losses.refused.push(issue);
        }
    }
    unlink_unpublished(options, &mut harvest);
    Ok(harvest)
}

/// Reduces links to their words if their target was not imported, or if a published text links to a draft.
fn unlink_unpublished(options: &Options, harvest: &mut Harvest) {
    let is_draft =
        |entry: &Entry| entry.get("draft").is_some() || options.unsourced_as_drafts && entry.get("sources").is_none();
    let mut ids: BTreeMap<String, bool> = BTreeMap::new();
    for entry in &harvest.entries {
        if let Wish::Given(id) = &entry.id {
            ids.insert(format!("@/events/{}.md", given(id)), is_draft(entry));
        }
    }
    for entry in harvest.entries.iter_mut().filter(|entry| entry.text.contains("@/events/")) {
        let from_draft = is_draft(entry);
        entry.text = relink(&entry.text, |link| {
            let why = match ids.get(link.target) {
                _ if !link.target.starts_with("@/") => return Fate::Stays,
                Some(to_draft) if from_draft || !to_draft => return Fate::Stays,
                Some(_) => "it links to a draft; its words stay",
                None => "it links to a file that became no event; its words stay",
            };
            harvest.losses.lose("text: link to what is not published", link.target, why);
            Fate::Words
        });
    }
}

/// Returns the keys of all front matter in a folder, each with the number of files that have it, and up to three different
/// examples. Files that cannot be read are ignored.
///
/// # Errors
/// [`Stop`] if the folder cannot be read or holds no markdown.
pub(super) fn keys_of(folder: &Path) -> Result<Vec<(String, usize, Vec<String>)>, Stop> {
    let mut keys: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    for file in files(folder)? {
        let Ok(parts) = parts(folder, &file) else { continue };
        for (key, values) in parts.fields {
            let (count, examples) = keys.entry(key).or_default();
            *count += 1;
            let value = values.join("; ");
            if examples.len() < 3 && !examples.contains(&value) {
                examples.push(value);
            }
        }
    }
    Ok(keys.into_iter().map(|(key, (count, examples))| (key, count, examples)).collect())
}

/// Returns the markdown files of a folder (`.md` and `.markdown`), by their path inside it, in order. Hidden files and folders,
/// and folders of built sites, are left out.
fn files(folder: &Path) -> Result<Vec<String>, Stop> {
    if folder.is_file() {
        return Err(Stop::bad("this is a file", "name the folder that it is in"));
    }
    let is_read = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0
            || !(name.starts_with('.') || ["node_modules", "_site", "public", "_layouts"].contains(&&*name))
    };
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_read) {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or_else(|| folder.to_owned(), Path::to_owned);
            let source = error.into_io_error().unwrap_or_else(|| std::io::Error::other("the folder cannot be read"));
            Stop::Failed(Error::at(&path, source))
        })?;
        let ending = entry.path().extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let is_markdown = ending.is_some_and(|ending| ending == "md" || ending == "markdown");
        if entry.file_type().is_file() && is_markdown {
            let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            files.push(inside.to_string_lossy().replace('\\', "/"));
        }
    }
    if files.is_empty() {
        return Err(Stop::bad("the folder holds no markdown", "its files must end in .md or .markdown"));
    }
    Ok(files)
}

/// Returns the name of a file without folder and ending; for an index, the name of its folder.
fn stem(file: &str) -> &str {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if matches!(stem, "index" | "_index") && !folder.is_empty() {
        folder.rsplit('/').next().unwrap_or(stem)
    } else {
        stem
    }
}

/// The ids of the files, by the names that links may use, in lower case. If two files have the same name, the first counts.
struct Ids(BTreeMap<String, String>);

impl Ids {
    fn of(folder: &Path, files: &[String], map: &Map) -> Self {
        let gives_ids = map.fields.iter().any(|field| field.to == "id");
        let given_in = |file: &str| id_in(&parts(folder, file).ok()?.fields_by(map), map);
        let mut ids = BTreeMap::new();
        for file in files {
            let stem = stem(file);
            let id = Some(file).filter(|_| gives_ids).and_then(|file| given_in(file));
            let id = id.map_or_else(|| id_of(stem), |id| given(&id));
            // Links may leave out the date at the beginning of a file's name.
            let undated = stem.get(11..).filter(|_| date_of_name(stem).is_some());
            for name in [Some(stem), undated].into_iter().flatten() {
                ids.entry(name.to_lowercase()).or_insert_with(|| id.clone());
            }
        }
        Self(ids)
    }

    /// Returns the id of the file that a link means. Only the last part of its path counts.
    fn find(&self, target: &str) -> Option<&str> {
        let path = target.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        let path = ["/index.html", "/index.md", ".html", ".markdown", ".md"]
            .iter()
            .find_map(|ending| path.strip_suffix(ending))
            .unwrap_or(&path);
        let last = path.rsplit('/').next().unwrap_or_default();
        self.0.get(&last.to_lowercase()).map(String::as_str)
    }
}

/// Returns the date of ten characters at the beginning of a file's name, if nothing or `-`, `_` or a space follows.
fn date_of_name(stem: &str) -> Option<&str> {
    let date = stem.get(..10).filter(|date| EdtfDate::parse(date).is_ok())?;
    matches!(stem.as_bytes().get(10), None | Some(b'-' | b'_' | b' ')).then_some(date)
}

fn event(
    folder: &Path,
    file: &str,
    map: &Map,
    ids: &Ids,
    options: &Options,
    harvest: &mut Harvest,
) -> Result<(), Issue> {
    let parts = parts(folder, file)?;
    let body = converted(&parts.body, &mut harvest.losses);
    let body = relink(&body, |link| fate(link, ids, &mut harvest.losses));
    let stem = stem(file);
    let words = date_of_name(stem).map_or(stem, |_| stem.get(11..).unwrap_or_default());
    let date = date_of_name(stem).unwrap_or_default().to_owned();
    let record = Record {
        at: parts.at.clone(),
        fields: parts.fields_by(map),
        body: Some(body.trim().to_owned()),
        id: id_of(stem),
        fallback: (words.replace(['-', '_'], " "), date),
        undated: Some("an event needs one; texts without a date belong into content/pages/"),
    };
    add(&record, map, options, harvest)
}

/// Decides what becomes of a link: one to another file of the folder goes to its event, one to the web stays, and of any other
/// only the words stay.
fn fate(link: &Link<'_>, ids: &Ids, losses: &mut Losses) -> Fate {
    let target = link.target;
    let is_of_web = target.starts_with("https://") || target.starts_with("http://");
    let is_plain = ["mailto:", "tel:"].iter().any(|start| target.starts_with(start)) && !link.is_wiki;
    if !link.is_picture && (is_plain || is_of_web && web_url(target).is_ok()) {
        return Fate::Stays;
    }
    if !link.is_picture
        && !is_of_web
        && let Some(id) = ids.find(target)
    {
        return Fate::To(format!("@/events/{id}.md"));
    }
    if link.is_picture {
        losses.lose("text: picture", target, "pictures are not copied; its description stays");
    } else {
        losses.lose("text: link", target, "no imported file is meant; its words stay");
    }
    Fate::Words
}

/// A file, cut into front matter and text.
struct Parts {
    at: At,
    fields: Vec<(String, Vec<String>)>,
    body: String,
}

impl Parts {
    /// Returns the fields in the order of the mapping, those that it does not mention last.
    fn fields_by(self, map: &Map) -> Vec<(String, Vec<String>)> {
        let order = |name: &str| map.fields.iter().position(|field| field.name == name).unwrap_or(usize::MAX);
        let mut fields = self.fields;
        fields.sort_by_key(|(name, _)| order(name));
        fields
    }
}

fn parts(folder: &Path, file: &str) -> Result<Parts, Issue> {
    let at = At { file: file.to_owned(), ..At::default() };
    let path: PathBuf = folder.join(file);
    let size = std::fs::metadata(&path).map(|found| found.len()).unwrap_or(0);
    if size > LARGEST {
        return Err(Issue::new(&at, None, "the file has more than 8 MiB"));
    }
    let bytes =
        std::fs::read(&path).map_err(|error| Issue::new(&at, None, format!("the file cannot be read: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Issue::new(&at, None, "the file is not UTF-8").help("save it as UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let placed = |offset: usize| At { file: file.to_owned(), ..place(&text, offset) };
    let Cut { form, matter, text: body_start } = match cut(&text) {
        Ok(Some(cut)) => cut,
        Ok(None) => return Ok(Parts { at, fields: Vec::new(), body: text }),
        Err((offset, message)) => return Err(Issue::new(&placed(offset), None, message)),
    };
    let name = SourcePath::from(file);
    let piece = Piece { file: &name, text: &text[matter.clone()], offset: matter.start, max_depth: 32, fenced: true };
    let (node, problems) = match form {
        Form::Toml => parse_toml(&piece),
        Form::Yaml => parse_yaml(&piece),
    };
    if let Some(problem) = problems.into_iter().next() {
        let mut issue = Issue::new(&placed(problem.span().map_or(0, |span| span.start)), None, problem.message());
        issue.help = problem.helped_by().map(ToOwned::to_owned);
        return Err(issue);
    }
    let mut fields = Vec::new();
    flatten(&node, "", &mut fields);
    Ok(Parts { at: placed(0), fields, body: text[body_start..].to_owned() })
}

/// How front matter is written. JSON is read as YAML, which includes it.
#[derive(Clone, Copy)]
enum Form {
    Toml,
    Yaml,
}

/// Where front matter is in a file, and where the text after it begins.
struct Cut {
    form: Form,
    matter: Range<usize>,
    text: usize,
}

/// Finds front matter; `None` if there is none.
///
/// # Errors
/// The byte at which front matter is broken, and how.
fn cut(text: &str) -> Result<Option<Cut>, (usize, String)> {
    if is_json(text) {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
        return match values.next() {
            Some(Ok(_)) => {
                let end = values.byte_offset();
                Ok(Some(Cut { form: Form::Yaml, matter: 0..end, text: end }))
            }
            Some(Err(error)) => Err((offset_of(&error, text), broken_json(&error))),
            None => Ok(None),
        };
    }
    let first = text.lines().next().unwrap_or_default().trim_end();
    let form = match first {
        "+++" => Form::Toml,
        "---" => Form::Yaml,
        _ => return Ok(None),
    };
    let start = text.find('\n').map_or(text.len(), |end| end + 1);
    let mut line_start = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == first {
            return Ok(Some(Cut { form, matter: start..line_start, text: line_start + line.len() }));
        }
        line_start += line.len();
    }
    Err((0, format!("the front matter has no closing `{first}` line")))
}

/// Returns whether a file begins with a JSON object, as Hugo allows, and not with template code or an attribute of Kramdown.
fn is_json(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|inside| inside.trim_start().starts_with(['"', '}']))
}

/// Returns the byte at which JSON is broken.
fn offset_of(error: &serde_json::Error, text: &str) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    text.floor_char_boundary(lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1))
}

/// Says how JSON is broken, without the place.
fn broken_json(error: &serde_json::Error) -> String {
    let error = error.to_string();
    format!("the front matter is not JSON: {}", error.split(" at line ").next().unwrap_or(&error))
}

/// Collects the values of front matter as texts, by key; those of inner tables by keys such as `params.author`. Empty values
/// are left out.
fn flatten(node: &Node<'_>, path: &str, fields: &mut Vec<(String, Vec<String>)>) {
    let Value::Table(table) = &node.value else { return };
    for (key, value) in table {
        let name = if path.is_empty() { key.name.to_string() } else { format!("{path}.{}", key.name) };
        let parts: Vec<String> = match &value.value {
            Value::Table(_) => {
                flatten(value, &name, fields);
                continue;
            }
            Value::List(items) => items.iter().map(|item| text_of(item)).collect(),
            _ => vec![text_of(value)],
        };
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
        if !parts.is_empty() {
            fields.push((name, parts));
        }
    }
}

fn text_of(node: &Node<'_>) -> String {
    match &node.value {
        Value::Integer { plain: Some(plain), .. } => plain.clone(),
        other => {
            let json = other.to_json();
            let text = as_text(&json);
            if text.is_empty() && !json.is_null() && !json.is_string() { json.to_string() } else { text }
        }
    }
}
