//! annals' own events.json, version 1.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashSet;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::at::At;
use super::entry::{Entry, Harvest, NeededKind, Wish};
use super::json::{as_text, broken, line_of, part_of, text_of};
use super::loss::{Issue, Losses};
use super::plain::{clean, line};
use super::relink::{Fate, Link, relink};
use super::shapes::{LISTS, Shape};
use super::stop::Stop;
use super::target::Target;
use crate::config::{Config, Family};
use crate::content::{MatterValue, push_below_header, push_pair};
use crate::diagnostic::Severity;
use crate::id::{self, Collection};
use crate::source_path::Folder;

/// The version that is read.
const VERSION: u64 = 1;

/// Reads an `events.json`.
///
/// # Errors
/// [`Stop`] if the file cannot be read or is not one.
pub(super) fn read_file(path: &Path, target: &Target) -> Result<Harvest, Stop> {
    let text = text_of(path)?;
    let root: BTreeMap<String, &RawValue> = serde_json::from_str(&text).map_err(|error| broken(&error))?;
    let of_root = |key: &str| root.get(key).and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok());
    if of_root("format").is_none_or(|format| format != "annals") {
        let message = "this is not a file of annals: it lacks \"format\": \"annals\"";
        return Err(Stop::bad(message, "annals writes one to data/events.json of every site"));
    }
    if of_root("version").and_then(|version| version.as_u64()) != Some(VERSION) {
        let help = format!("this annals reads version {VERSION}; a newer one may read it");
        return Err(Stop::bad("the file has another version", help));
    }
    let mut reader = Reader { target, known: FxHashSet::default(), hosts: Vec::new(), losses: Losses::default() };
    let list = |key: &str| -> Result<Vec<&RawValue>, Stop> {
        let Some(raw) = root.get(key) else { return Ok(Vec::new()) };
        serde_json::from_str(part_of(&text, raw))
            .map_err(|_| Stop::bad(format!("`{key}` is not a list"), "the file must be unchanged"))
    };
    for (key, collection, _) in LISTS {
        for raw in list(key)? {
            let id = serde_json::from_str::<Named>(raw.get()).map(|named| named.id).unwrap_or_default();
            reader.known.insert((*collection, id::fold(&id)));
        }
    }
    let mut harvest = Harvest::default();
    for (key, collection, shape) in LISTS {
        let mut from = (0, 0);
        for raw in list(key)? {
            reader.losses.read += 1;
            let at = line_of(&text, raw, &mut from);
            match reader.entry(raw, at, *collection, shape) {
                Ok(entry) => harvest.entries.push(entry),
                Err(issue) => reader.losses.refused.push(issue),
            }
        }
    }
    kinds(of_root("kinds"), target.is_new, &mut harvest);
    settings(&of_root, &mut reader, &mut harvest);
    let known = ["$schema", "format", "version", "updated", "kinds"];
    let read =
        |key: &str| known.contains(&key) || SETTINGS.contains(&key) || LISTS.iter().any(|(list, ..)| *list == key);
    for (key, value) in root.iter().filter(|(key, _)| !read(key)) {
        reader.losses.lose(key, value.get(), "this version of annals does not know it");
    }
    harvest.losses = reader.losses;
    Ok(harvest)
}

#[derive(serde::Deserialize)]
struct Named {
    #[serde(default)]
    id: String,
}

/// The settings of a site that the file has.
const SETTINGS: &[&str] =
    &["title", "description", "url", "language", "licence", "publisher", "authors", "edition", "doi"];

/// Takes over the settings for a new site. Those of an existing site stay, so the file's are counted as lost, and so are those
/// that this version of annals does not have.
fn settings(of_root: &dyn Fn(&str) -> Option<Value>, reader: &mut Reader<'_>, harvest: &mut Harvest) {
    let text = |key: &str| of_root(key).map(|value| line(&as_text(&value))).filter(|text| !text.is_empty());
    if !reader.target.is_new {
        for key in SETTINGS.iter().filter(|key| of_root(key).is_some()) {
            reader.losses.lose(key, &text(key).unwrap_or_default(), "the site has a site.toml already");
        }
        return;
    }
    let plain = [
        ("title", "title"),
        ("description", "description"),
        ("base_url", "url"),
        ("language", "language"),
        ("licence", "licence"),
    ];
    let mut wanted: Vec<(&'static str, MatterValue)> =
        plain.into_iter().filter_map(|(key, from)| Some((key, text(from)?.into()))).collect();
    let publication = [("publisher", "publisher"), ("version", "edition"), ("doi", "doi")];
    let mut table: Vec<(String, MatterValue)> =
        publication.into_iter().filter_map(|(key, from)| Some((key.to_owned(), text(from)?.into()))).collect();
    if let Some(Value::Array(authors)) = of_root("authors") {
        let authors: Vec<String> = authors.iter().map(|author| line(&as_text(author))).collect();
        table.insert(table.len().min(1), ("authors".to_owned(), MatterValue::texts(authors)));
    }
    if !table.is_empty() {
        wanted.push(("publication", MatterValue::Table(table)));
    }
    if !reader.hosts.is_empty() {
        let hosts = MatterValue::texts(std::mem::take(&mut reader.hosts));
        wanted.push(("archives", MatterValue::Table(vec![("hosts".to_owned(), hosts)])));
    }
    for (key, value) in wanted {
        if is_setting(key, &value) {
            harvest.settings.push((key, value));
        } else {
            reader.losses.lose(key, "", "site.toml of this version of annals cannot hold it");
        }
    }
}

/// Returns whether site.toml of this version of annals may hold a value under a key.
fn is_setting(key: &str, value: &MatterValue) -> bool {
    let mut text = if key == "title" { String::new() } else { "title = \"T\"\n".to_owned() };
    match value {
        MatterValue::Table(_) => push_below_header(&mut text, &[key], value),
        _ => push_pair(&mut text, key, value),
    }
    !Config::parse(&text).1.iter().any(|problem| problem.severity() == Severity::Error)
}

/// Adds the kinds that are needed: for a new site all that the file lists, otherwise those of its events. Kinds of events that
/// the file does not list are named after their ids.
fn kinds(listed: Option<Value>, is_new: bool, harvest: &mut Harvest) {
    let text = |kind: &Value, key: &str| line(&kind.get(key).map(as_text).unwrap_or_default());
    let used: FxHashSet<String> = harvest
        .entries
        .iter()
        .filter_map(|entry| match entry.get("kind") {
            Some(MatterValue::Text(kind)) if entry.collection == Collection::Events => Some(kind.clone()),
            _ => None,
        })
        .collect();
    let listed = listed.and_then(|list| list.as_array().cloned()).unwrap_or_default();
    for kind in &listed {
        let id = text(kind, "id");
        if id::check(&id).is_ok() && (is_new || used.contains(&id)) {
            let name = text(kind, "name");
            let named = super::slide::kind_named(&id);
            let family = text(kind, "family");
            let is_known = Family::ALL.iter().any(|known| known.name() == family);
            let family = if is_known { family } else { named.family };
            let summary = Some(text(kind, "summary")).filter(|summary| !summary.is_empty());
            harvest.need(NeededKind { id, name: if name.is_empty() { named.name } else { name }, family, summary });
        }
    }
    let mut others: Vec<String> = used.into_iter().filter(|kind| id::check(kind).is_ok()).collect();
    others.sort();
    others.iter().for_each(|kind| harvest.need(super::slide::kind_named(kind)));
}

struct Reader<'a> {
    target: &'a Target,
    /// The documents of the file, by folded id.
    known: FxHashSet<(Collection, String)>,
    /// Hosts of archived copies that a new site.toml must name under `[archives]`.
    hosts: Vec<String>,
    losses: Losses,
}

impl Reader<'_> {
    fn has(&self, collection: Collection, id: &str) -> bool {
        self.known.contains(&(collection, id::fold(id))) || self.target.file(collection, id).is_some()
    }

    fn entry(
        &mut self,
        raw: &RawValue,
        at: At,
        collection: Collection,
        shape: &[(&'static str, Shape)],
    ) -> Result<Entry, Issue> {
        let Ok(Value::Object(object)) = serde_json::from_str::<Value>(raw.get()) else {
            return Err(Issue::new(&at, None, "this is not an object"));
        };
        let text = |key: &str| object.get(key).map(as_text).unwrap_or_default();
        let id = text("id");
        if let Err(reason) = id::check(&id) {
            return Err(Issue::new(
                &at,
                Some("id"),
                format!("`{}` is not an id: {reason}", crate::date::shortened(&id)),
            ));
        }
        if text("date").is_empty() && !text("reason").is_empty() {
            let message = "it was retracted, and its date and kind are not published: there is no entry to write";
            return Err(Issue::new(&at, None, message));
        }
        let mut entry = Entry::document(collection, Wish::Given(id), at);
        let name = collection.noun();
        for (key, value) in self.fields(&object, shape, name, collection) {
            if let Some((known, _)) = shape.iter().find(|(known, _)| *known == key) {
                entry.set(known, Some(value));
            }
        }
        if !text("reason").is_empty() {
            entry.set("retracted", Some(line(&text("reason")).into()));
        }
        let body = clean(&text("text"));
        entry.text = relink(&body, |link| self.fate(link, collection));
        Ok(entry)
    }

    /// Returns the values of an object for front matter, in the order of `shape`. Keys that `shape` lacks are counted as lost;
    /// `path` names the object there: `event.sources`.
    fn fields(
        &mut self,
        object: &Map<String, Value>,
        shape: &[(&'static str, Shape)],
        path: &str,
        collection: Collection,
    ) -> Vec<(String, MatterValue)> {
        let mut fields = Vec::new();
        for (key, of_key) in shape {
            let plain = key.trim_end_matches('!');
            let Some(value) = object.get(plain) else { continue };
            // A copy with a SHA-256 may be on any host.
            let has_hash = plain == "archive" && object.contains_key("archive_sha256");
            let of_key = if has_hash { Shape::Words } else { *of_key };
            let name = format!("{path}.{plain}");
            if let Some(value) = self.value(value, of_key, &name, collection) {
                fields.push((plain.to_owned(), value));
            }
        }
        for (key, value) in object {
            if !shape.iter().any(|(known, _)| known.trim_end_matches('!') == key) {
                self.losses.lose(
                    &format!("{path}.{key}"),
                    &value.to_string(),
                    "this version of annals does not know it",
                );
            }
        }
        fields
    }

    fn value(&mut self, value: &Value, shape: Shape, path: &str, collection: Collection) -> Option<MatterValue> {
        let text = as_text(value);
        match shape {
            Shape::Derived => None,
            Shape::Words => Some(line(&text)).filter(|text| !text.is_empty()).map(MatterValue::Text),
            Shape::Date => (!text.is_empty()).then_some(MatterValue::Date(text)),
            Shape::Number => value.as_i64().map(MatterValue::Number),
            Shape::Decimal => value.as_f64().map(MatterValue::Decimal),
            Shape::Bool => value.as_bool().filter(|truth| *truth || path.ends_with(".adopted")).map(MatterValue::Bool),
            Shape::List => {
                let items: Vec<String> = value.as_array()?.iter().map(|item| line(&as_text(item))).collect();
                (!items.is_empty()).then(|| MatterValue::texts(items))
            }
            Shape::Ref(of) if self.has(of, &text) => Some(text.into()),
            Shape::Ref(_) => {
                self.losses.lose(path, &text, "neither the file nor the site has this document");
                None
            }
            Shape::Refs(of) => {
                let mut ids = Vec::new();
                for id in value.as_array()?.iter().map(as_text) {
                    if self.has(of, &id) {
                        ids.push(id);
                    } else {
                        self.losses.lose(path, &id, "neither the file nor the site has this document");
                    }
                }
                (!ids.is_empty()).then(|| MatterValue::texts(ids))
            }
            Shape::Table(shape) => self.table(value, shape, path, collection),
            Shape::Tables(shape) => {
                let tables: Vec<MatterValue> =
                    value.as_array()?.iter().filter_map(|item| self.table(item, shape, path, collection)).collect();
                (!tables.is_empty()).then_some(MatterValue::List(tables))
            }
            Shape::File => self.file(&text, path, collection),
            Shape::Archive => {
                let unknown = self.target.config.archives.unknown_host(&text);
                match unknown {
                    Some(host) if self.target.is_new => {
                        self.hosts.extend((!self.hosts.contains(&host)).then_some(host));
                    }
                    Some(host) => {
                        self.losses.lose(path, &host, "site.toml does not name this archive under [archives]");
                        return None;
                    }
                    None => {}
                }
                Some(text.into())
            }
        }
    }

    /// Returns a table; `None` if it lacks a key that it needs.
    fn table(
        &mut self,
        value: &Value,
        shape: &[(&'static str, Shape)],
        path: &str,
        collection: Collection,
    ) -> Option<MatterValue> {
        let fields = self.fields(value.as_object()?, shape, path, collection);
        let needed = shape.iter().filter_map(|(key, _)| key.strip_suffix('!'));
        let is_whole = needed.clone().all(|key| fields.iter().any(|(known, _)| known == key));
        // A needed key that the input has was counted when its value was refused.
        if !is_whole && !needed.into_iter().all(|key| value.get(key).is_some()) {
            self.losses.lose(path, &value.to_string(), "a part that it needs is lost");
        }
        is_whole.then_some(MatterValue::Table(fields))
    }

    /// Returns a picture's path from the folder of its collection. If the site's `content/` lacks the file, it is counted as
    /// lost.
    fn file(&mut self, file: &str, path: &str, collection: Collection) -> Option<MatterValue> {
        let content = self.target.root.join(Folder::Content.name());
        let is_plain = !file.is_empty()
            && !file.starts_with('/')
            && !file.contains(['\\', ':'])
            && file.split('/').all(|part| part != "..");
        let inside = file.strip_prefix(&format!("{}/", collection.folder()));
        if is_plain && content.join(file).is_file() {
            return Some(inside.map_or_else(|| format!("../{file}"), ToOwned::to_owned).into());
        }
        self.losses.lose(path, file, "the picture is not in content/ of the site: copy it there first");
        None
    }

    /// Decides what becomes of a link. One inside the site stays if the file or the site has its target; otherwise its words
    /// stay.
    fn fate(&mut self, link: &Link<'_>, collection: Collection) -> Fate {
        let target = link.target;
        let schemes = ["https://", "http://", "mailto:", "tel:", "#", "@count"];
        if schemes.iter().any(|scheme| target.starts_with(scheme)) {
            return Fate::Stays;
        }
        let plain = target.split('#').next().unwrap_or_default();
        let is_document = link.is_wiki && !link.is_picture || plain.ends_with(".md");
        if is_document && let Some((of, id)) = id::in_path(plain) {
            let found = match of {
                Some(of) => self.has(of, id),
                None if plain.starts_with("./") || !link.is_wiki => self.has(collection, id),
                None => Collection::ALL.into_iter().any(|of| self.has(of, id)),
            };
            if found {
                return Fate::Stays;
            }
        }
        let inside = percent_encoding::percent_decode_str(plain).decode_utf8_lossy().into_owned();
        let is_plain = inside.split('/').all(|part| part != "..");
        let root = &self.target.root;
        let content = root.join(Folder::Content.name()).join(collection.folder());
        let files = [content.join(&inside), root.join(Folder::Static.name()).join(&inside)];
        if !is_document && is_plain && files.iter().any(|file| file.is_file()) {
            return Fate::Stays;
        }
        let why = "neither the file nor the site has what it links to; its words stay";
        self.losses.lose(&format!("{}.text: link", collection.noun()), target, why);
        Fate::Words
    }
}
