//! The targets of the links in a text, and whether they exist.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{References, Resolver, Wanted};
use crate::content::{Document, Link, Target};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::file_type::{self, FileType, Problem};
use crate::id::{Collection, SitePath};
use crate::pictures::{Header, Refusal};
use crate::syntax::{did_you_mean, nearest_names};

/// Extensions of files in which browsers may run scripts.
const ACTIVE_FILES: &[&str] =
    &["htm", "html", "xhtml", "xht", "svg", "xml", "js", "mjs", "css", "swf", "shtml", "mht", "mhtml"];

/// The files, other than documents, that a text may link to.
pub struct Files<'a> {
    /// Paths inside `content/`.
    pub content: BTreeSet<&'a str>,
    /// Paths inside `static/`.
    pub in_static: BTreeSet<&'a str>,
    /// The type of each, by its first bytes; the key is the path from the site's root.
    pub types: &'a BTreeMap<String, FileType>,
    /// The headers of the pictures among them; the key is the path from the site's root.
    pub pictures: &'a BTreeMap<String, Result<Header, Refusal>>,
}

/// Whether browsers may run scripts in a file, by its extension.
pub(super) fn is_active(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ACTIVE_FILES.contains(&ending.as_str()))
}

/// Reports a picture that annals refuses.
pub(super) fn report_refusal(path: &str, refusal: Refusal, span: &Span, resolver: &mut Resolver<'_, '_>) {
    let message = format!("the picture `{path}` cannot be used: {refusal}");
    resolver.report(Code::UnreadablePicture, span.clone(), message, Some(refusal.help().to_owned()));
}

impl Files<'_> {
    /// Reports a linked file that is empty, a pointer, or of the wrong type. `picture` says whether the page shows it.
    fn check(&self, file: &str, span: &Span, resolver: &mut Resolver<'_, '_>, picture: bool) {
        let Some(found) = self.types.get(file).copied() else { return };
        // The file is missing wherever it is linked from, so it is reported once, on the file.
        if let Some(problem) = file_type::missing(found) {
            resolver.diagnostics.push(problem.of_file(&file.into()));
            return;
        }
        // A damaged picture in static/ is reported there, whether it is linked or not.
        let inside = file.strip_prefix("content/");
        if let Some((inside, Err(refusal))) = inside.zip(self.pictures.get(file)) {
            report_refusal(inside, *refusal, span, resolver);
            return;
        }
        // Browsers recognise bitmap pictures by their bytes, but SVG by its name.
        let is_drawing = found == FileType::Svg && FileType::promised(file) != Some(FileType::Svg);
        let unfit = picture && !is_active(file) && (!found.is_shown() || is_drawing);
        let problem = if unfit { Some(file_type::not_shown(file, found)) } else { file_type::misnamed(file, found) };
        if let Some(problem) = problem {
            report_problem(inside.unwrap_or(file), problem, span, resolver);
        }
    }
}

/// Reports a problem of a file at the place that names it.
pub(super) fn report_problem(path: &str, problem: Problem, span: &Span, resolver: &mut Resolver<'_, '_>) {
    resolver.report(problem.code, span.clone(), format!("`{path}` {}", problem.message), Some(problem.help));
}

impl References {
    /// The target of a link in the text; `None` if it stays in the page.
    pub fn follow(
        &mut self,
        link: &Link,
        document: &Document,
        resolver: &mut Resolver<'_, '_>,
        files: &Files<'_>,
    ) -> Option<SitePath> {
        self.sizes.push(None);
        self.titles.push(None);
        match &link.target {
            Target::Here => {
                check_anchor(link, document, resolver);
                None
            }
            Target::Document { path, exact } => {
                let number = find_document(path, *exact, link, resolver)?;
                check_anchor(link, resolver.registry.document(number), resolver);
                self.linked_documents.push(number);
                Some(resolver.registry.document(number).id.path())
            }
            Target::Id { id, collection } => {
                let number = find_by_id(id, *collection, link, resolver)?;
                let found = resolver.registry.document(number);
                check_anchor(link, found, resolver);
                self.linked_documents.push(number);
                *self.titles.last_mut()? = Some(found.matter.title().to_string());
                Some(found.id.path())
            }
            Target::File { in_static, beside, picture } => {
                let path = if files.content.contains(beside.as_str()) {
                    self.linked_files.push(beside.clone());
                    beside
                } else if files.in_static.contains(in_static.as_str()) {
                    in_static
                } else {
                    let page = beside.strip_suffix(".html").and_then(|page| page.rsplit('/').next());
                    let document = page.and_then(|id| resolver.registry.find(document.id.collection, id));
                    let document = document.map(|number| resolver.registry.document(number));
                    let message = format!("there is no file content/{beside}");
                    let help = Some(match (document, in_static.is_empty()) {
                        (Some(document), _) => {
                            format!("link to the document: {}", file_link(&document.id.id, document.id.collection))
                        }
                        (None, true) => "put the file there".to_owned(),
                        (None, false) => format!("put the file there, or into static/ as static/{in_static}"),
                    });
                    resolver.report(Code::MissingFile, link.span.clone(), message, help);
                    return None;
                };
                let top = if path == beside { "content" } else { "static" };
                let file = format!("{top}/{path}");
                if let Some(Ok(header)) = files.pictures.get(&file) {
                    *self.sizes.last_mut()? = Some((header.width, header.height));
                }
                let reported = resolver.diagnostics.len();
                let is_known = self.unsound_files.contains(&file);
                if !is_known {
                    files.check(&file, &link.span, resolver, *picture);
                }
                if resolver.diagnostics.len() > reported {
                    self.unsound_files.insert(file);
                } else if !is_known && path == beside && is_active(path) {
                    let message = format!("`{beside}` is a file in which browsers may run scripts");
                    let help = Some("convert it, for example to PDF or PNG, or put it into static/".to_owned());
                    resolver.report(Code::RefusedFile, link.span.clone(), message, help);
                }
                Some(SitePath::new(path.as_str()))
            }
        }
    }
}

/// The document at a path inside `content/`. Reports one that does not exist or will not be published.
fn find_document(path: &str, exact: bool, link: &Link, resolver: &mut Resolver<'_, '_>) -> Option<usize> {
    let registry = resolver.registry;
    let collection = path.split_once('/').and_then(|(folder, _)| Collection::of_folder(folder));
    let name = path.rsplit('/').next().unwrap_or_default();
    let id = crate::id::normalise(name.strip_suffix(".md").unwrap_or(name));
    // `@/` names a document by its file name, wherever the file is below the collection's folder.
    let by_id = || (!exact && name.ends_with(".md")).then(|| registry.find(collection?, &id)).flatten();
    let Some(number) = registry.find_file(path).or_else(by_id) else {
        let help = match collection {
            Some(collection) => {
                resolver.suggest_later(Code::DeadLink, Wanted::File(collection), &id);
                format!("write the document, as content/{path}")
            }
            None => "links to documents are written @/events/<file>.md".to_owned(),
        };
        resolver.report(Code::DeadLink, link.span.clone(), format!("there is no document `{path}`"), Some(help));
        return None;
    };
    report_unpublished(number, link, resolver);
    Some(number)
}

fn report_unpublished(number: usize, link: &Link, resolver: &mut Resolver<'_, '_>) {
    if let Some(reason) = resolver.registry.unpublished(number).filter(|_| resolver.published) {
        let message = format!("this links to an entry that will not be published: {reason}");
        let help = Some("publish it, or remove the link".to_owned());
        resolver.report(Code::UnpublishedLink, link.span.clone(), message, help);
    }
}

/// The document that `[[id]]` names. Reports an id that no document has, or several.
fn find_by_id(id: &str, collection: Option<Collection>, link: &Link, resolver: &mut Resolver<'_, '_>) -> Option<usize> {
    let registry = resolver.registry;
    let searched = || Collection::ALL.into_iter().filter(|of| collection.is_none_or(|collection| collection == *of));
    let found: Vec<usize> = searched().filter_map(|of| registry.find(of, id)).collect();
    let named = |number: &usize| {
        let id = &registry.document(*number).id;
        format!("[[{}/{}]]", id.collection.folder(), id.id)
    };
    match found.as_slice() {
        [number] => {
            report_unpublished(*number, link, resolver);
            Some(*number)
        }
        [] => {
            // Other programs link by the title.
            let slug = crate::content::slug(id);
            resolver.suggest_later(Code::DeadLink, Wanted::Link(collection), &slug);
            let help = "links by id are written [[id]]; an id is a file's name without .md".to_owned();
            let kind = collection.map_or("document", Collection::noun);
            resolver.report(Code::DeadLink, link.span.clone(), format!("no {kind} has the id `{id}`"), Some(help));
            None
        }
        several => {
            let message = format!("`{id}` is the id of {} documents", several.len());
            let help = several.iter().map(named).collect::<Vec<_>>().join(" or ");
            resolver.report(Code::AmbiguousLink, link.span.clone(), message, Some(format!("write {help}")));
            None
        }
    }
}

/// The form in which links name a document.
pub(super) fn file_link(id: &str, collection: Collection) -> String {
    format!("@/{}/{id}.md", collection.folder())
}

fn check_anchor(link: &Link, document: &Document, resolver: &mut Resolver<'_, '_>) {
    let Some(anchor) = link.anchor.as_deref().filter(|anchor| !anchor.is_empty()) else {
        return;
    };
    let anchors = &document.body.anchors;
    if document.readable && !anchors.contains(anchor) {
        let message = format!("{} has no anchor `#{anchor}`", document.file);
        let help = resolver.allowance.spend(Code::DeadAnchor).then(|| {
            let near = nearest_names(anchor, anchors.iter().map(String::as_str));
            let near: Vec<String> = near.into_iter().map(|near| format!("#{near}")).collect();
            did_you_mean(&near).unwrap_or_else(|| known_anchors(anchors))
        });
        resolver.report(Code::DeadAnchor, link.span.clone(), message, help);
    }
}

/// A help line with the anchors of a page.
fn known_anchors(anchors: &BTreeSet<String>) -> String {
    const SHOWN: usize = 8;
    // Anchors of sources would sort first, but are seldom meant.
    let (own, others): (Vec<&String>, Vec<&String>) = anchors.iter().partition(|anchor| anchor.starts_with('_'));
    let names: Vec<String> = others.into_iter().chain(own).take(SHOWN).map(|anchor| format!("#{anchor}")).collect();
    match (names.is_empty(), anchors.len() > SHOWN) {
        (true, _) => "the page has no headings to link to".to_owned(),
        (false, false) => format!("the anchors on this page are {}", names.join(", ")),
        (false, true) => format!("the anchors on this page are {}, …", names.join(", ")),
    }
}

/// Reports files in `content/` that are not documents and that no text links to.
pub(super) fn stray(files: &Files<'_>, references: &[References]) -> Vec<Diagnostic> {
    let used = references.iter().flat_map(|found| found.linked_files.iter().chain(&found.media_files));
    let used: BTreeSet<&str> = used.map(String::as_str).collect();
    files
        .content
        .difference(&used)
        .map(|path| {
            let file = format!("content/{path}").into();
            Diagnostic::whole(Code::StrayFile, &file, "nothing uses this file").help(stray_help(path))
        })
        .collect()
}

/// What to do with an unused file. It may be an entry with a wrong name.
fn stray_help(path: &str) -> String {
    const LINK: &str = "link to it from an entry, or move it to static/";
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, ending)) = name.rsplit_once('.') else { return LINK.to_owned() };
    let in_collection = path.split_once('/').is_some_and(|(folder, _)| Collection::of_folder(folder).is_some());
    match ending.to_ascii_lowercase().as_str() {
        "md" => "entries belong in content/events, actors, places, processes or pages".to_owned(),
        _ if !in_collection => LINK.to_owned(),
        "markdown" | "mdown" | "mkd" | "mkdn" | "mdwn" | "mdtext" | "mdx" => {
            format!("the names of entries end in .md: rename it to `{stem}.md`")
        }
        "txt" | "text" => format!("{LINK}; if it is an entry, rename it to `{stem}.md`"),
        _ => LINK.to_owned(),
    }
}
