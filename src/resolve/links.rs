//! The targets of the links in a text, and whether they exist.

use std::collections::BTreeSet;

use super::DocumentNo;
use super::files::Files;
use super::meant;
use super::references::{References, Resolver};
use super::suggestions::Wanted;
use crate::content::{Document, Link, ResolvedLink, Target};
use crate::diagnostic::{Code, Problems, Span};
use crate::file_type::{self, FileType, Flaw};
use crate::id::{Collection, DocumentId, SitePath};
use crate::pictures::Refusal;
use crate::source_path::{Folder, SourcePath};

/// Reports a picture that annals refuses.
pub(super) fn report_refusal(path: &str, refusal: Refusal, span: &Span, resolver: &mut Resolver<'_, '_>) {
    let message = format!("the picture `{path}` cannot be used: {refusal}");
    resolver.report(Code::UnreadablePicture, span.clone(), message).help(refusal.help());
}

/// Reports a linked file that is empty, a pointer, or of the wrong type. `picture` says whether the page shows it.
fn check_file(file: &SourcePath, files: &Files<'_>, span: &Span, resolver: &mut Resolver<'_, '_>, picture: bool) {
    let Some(found) = files.types.get(file).copied() else { return };
    // The file is missing wherever it is linked from, so it is reported once, on the file.
    if let Some(flaw) = file_type::missing(found) {
        flaw.report(file, &mut resolver.problems);
        return;
    }
    // A damaged picture in static/ is reported there, whether it is linked or not.
    let inside = file.within(Folder::Content);
    if let Some((inside, Err(refusal))) = inside.zip(files.pictures.get(file)) {
        report_refusal(inside, *refusal, span, resolver);
        return;
    }
    // Browsers recognise bitmap pictures by their bytes, but SVG by its name.
    let is_drawing = found == FileType::Svg && FileType::promised(file) != Some(FileType::Svg);
    let unfit = picture && !file_type::is_active(file, FileType::Other) && (!found.is_shown() || is_drawing);
    let problem = if unfit { Some(file_type::not_shown(file, found)) } else { file_type::misnamed(file, found) };
    if let Some(problem) = problem {
        report_problem(inside.unwrap_or(file), problem, span, resolver);
    }
}

/// Reports a problem of a file at the place that names it.
pub(super) fn report_problem(path: &str, problem: Flaw, span: &Span, resolver: &mut Resolver<'_, '_>) {
    resolver.report(problem.code, span.clone(), format!("`{path}` {}", problem.message)).help(problem.help);
}

fn report_active(path: &str, span: &Span, resolver: &mut Resolver<'_, '_>) {
    let message = format!("`{path}` is a file in which browsers may run scripts");
    let help = "convert it, for example to PDF or PNG, or put it into static/";
    resolver.report(Code::RefusedFile, span.clone(), message).help(help);
}

impl References {
    /// Finds what a link of the text points to, and reports what is wrong with it.
    pub(super) fn follow(
        &mut self,
        link: &Link,
        document: &Document,
        resolver: &mut Resolver<'_, '_>,
        files: &Files<'_>,
    ) -> ResolvedLink {
        let found = match &link.target {
            Target::Here => {
                let DocumentId { collection, id } = &document.id;
                let number = resolver.registry.find(*collection, id);
                number.map(|number| ResolvedLink { anchor: anchor(link, number, resolver), ..ResolvedLink::default() })
            }
            Target::Document { path, exact } => {
                find_document(path, *exact, link, resolver).map(|number| self.link_to(number, link, resolver))
            }
            Target::Id { id, collection } => find_by_id(id, *collection, link, resolver, files).map(|number| {
                let title = Some(resolver.registry.document(number).matter.title().to_string());
                ResolvedLink { title, ..self.link_to(number, link, resolver) }
            }),
            Target::File { .. } => self
                .follow_to_file(link, document, resolver, files)
                .map(|found| ResolvedLink { anchor: link.anchor.clone(), ..found }),
        };
        found.unwrap_or_else(|| ResolvedLink { anchor: link.anchor.clone(), ..ResolvedLink::default() })
    }

    /// Records that the text links to a document, checks the link's anchor, and returns the document's page.
    fn link_to(&mut self, number: DocumentNo, link: &Link, resolver: &mut Resolver<'_, '_>) -> ResolvedLink {
        self.linked_documents.push(number);
        let path = Some(resolver.registry.document(number).id.path());
        ResolvedLink { path, anchor: anchor(link, number, resolver), ..ResolvedLink::default() }
    }

    /// Resolves a link to a file. A file beside the entry takes precedence over one of the same path in `static/`.
    fn follow_to_file(
        &mut self,
        link: &Link,
        document: &Document,
        resolver: &mut Resolver<'_, '_>,
        files: &Files<'_>,
    ) -> Option<ResolvedLink> {
        let Target::File { in_static, beside, picture } = &link.target else { return None };
        let is_beside = files.content.contains(beside.as_str());
        let path = if is_beside {
            self.linked_files.push(beside.clone());
            beside
        } else if files.in_static.contains(in_static.as_str()) {
            in_static
        } else {
            self.miss(link, document, resolver, files);
            return None;
        };
        resolver.problems.extend(link.problem.as_deref().cloned());
        let file = if is_beside { Folder::Content } else { Folder::Static }.file(path);
        let size = match files.pictures.get(&file) {
            Some(Ok(header)) => Some((header.width, header.height)),
            _ => None,
        };
        if self.unsound_files.contains(&file) {
            return Some(ResolvedLink { path: Some(SitePath::new(path.as_str())), size, ..ResolvedLink::default() });
        }
        // A file that is refused for its extension is not also compared with its bytes: one report is enough.
        let is_refused = is_beside && file_type::is_active(&file, FileType::Other) && !files.is_missing(&file);
        let reported = resolver.problems.len();
        if !is_refused {
            check_file(&file, files, &link.span, resolver, *picture);
        }
        if resolver.problems.len() > reported {
            self.unsound_files.insert(file);
        } else if is_refused || (is_beside && files.is_active(&file)) {
            report_active(beside, &link.span, resolver);
        }
        Some(ResolvedLink { path: Some(SitePath::new(path.as_str())), size, ..ResolvedLink::default() })
    }

    /// Reports a link to a file that does not exist, with the file that was probably meant.
    fn miss(&mut self, link: &Link, document: &Document, resolver: &mut Resolver<'_, '_>, files: &Files<'_>) {
        let Target::File { in_static, beside, picture } = &link.target else { return };
        let written = if in_static.is_empty() { beside } else { in_static };
        let own = document.file.within(Folder::Content).unwrap_or(&document.file);
        let found = meant::files(written, files);
        self.linked_files
            .extend(found.iter().filter(|(in_content, _)| *in_content).map(|(_, path)| (*path).to_owned()));
        let links: Vec<String> = found.into_iter().map(|file| meant::link_to(file, own)).collect();
        let documents = || meant::documents(beside, link.anchor.as_deref(), resolver.registry);
        let help = meant::write(&links)
            .or_else(|| meant::write(&documents()).filter(|_| !picture))
            .or_else(|| meant::web_page(written).filter(|_| !picture).map(|url| format!("for a web page, write {url}")))
            .unwrap_or_else(|| match in_static.is_empty() {
                true => "put the file there".to_owned(),
                false => format!("put the file there, or into static/ as {}", Folder::Static.file(in_static)),
            });
        let message = format!("there is no file {}", Folder::Content.file(beside));
        resolver.report(Code::MissingFile, link.span.clone(), message).help(help);
    }
}

/// Finds the document at a path inside `content/`. Reports one that does not exist or will not be published.
fn find_document(path: &str, exact: bool, link: &Link, resolver: &mut Resolver<'_, '_>) -> Option<DocumentNo> {
    let registry = resolver.registry;
    let collection = path.split_once('/').and_then(|(folder, _)| Collection::of_folder(folder));
    let name = path.rsplit('/').next().unwrap_or_default();
    let id = crate::id::normalise(name.strip_suffix(".md").unwrap_or(name));
    // `@/` names a document by its file name, wherever the file is below the collection's folder.
    let by_id = || (!exact && name.ends_with(".md")).then(|| registry.find(collection?, &id)).flatten();
    let Some(number) = registry.find_file(path).or_else(by_id) else {
        if resolver.is_misplaced(collection, &id) {
            return None;
        }
        let meant = meant::write(&meant::documents(path, link.anchor.as_deref(), registry));
        let help = match (meant, collection) {
            (Some(meant), _) => meant,
            (None, Some(collection)) => {
                resolver.suggest_later(Code::DeadLink, Wanted::File(collection), &id);
                format!("create the document as {}", Folder::Content.file(path))
            }
            (None, None) => "links to documents are written @/events/<file>.md".to_owned(),
        };
        resolver.report(Code::DeadLink, link.span.clone(), format!("there is no document `{path}`")).help(help);
        return None;
    };
    report_unpublished(number, link, resolver);
    Some(number)
}

fn report_unpublished(number: DocumentNo, link: &Link, resolver: &mut Resolver<'_, '_>) {
    if let Some(reason) = resolver.registry.unpublished(number).filter(|_| resolver.published) {
        let message = format!("this links to an entry that will not be published: {reason}");
        let help = "publish it, or remove the link";
        resolver.report(Code::UnpublishedLink, link.span.clone(), message).help(help);
    }
}

/// Finds the document that `[[id]]` names. Reports an id that no document has, or more than one.
fn find_by_id(
    id: &str,
    collection: Option<Collection>,
    link: &Link,
    resolver: &mut Resolver<'_, '_>,
    files: &Files<'_>,
) -> Option<DocumentNo> {
    let registry = resolver.registry;
    let searched = || Collection::ALL.into_iter().filter(|of| collection.is_none_or(|collection| collection == *of));
    let found: Vec<DocumentNo> = searched().filter_map(|of| registry.find(of, id)).collect();
    let named = |number: &DocumentNo| {
        let id = &registry.document(*number).id;
        format!("[[{}/{}]]", id.collection.folder(), id.id)
    };
    match found.as_slice() {
        [number] => {
            report_unpublished(*number, link, resolver);
            Some(*number)
        }
        [] if resolver.is_misplaced(collection, id) => None,
        [] => {
            let help = file_by_id(id, resolver, files).unwrap_or_else(|| {
                // Other programs link by title, so ids are compared with the title's slug.
                let slug = crate::content::slug(id);
                resolver.suggest_later(Code::DeadLink, Wanted::Link(collection), &slug);
                "links by id are written [[id]]; an id is a file's name without .md".to_owned()
            });
            let kind = collection.map_or("document", Collection::noun);
            resolver.report(Code::DeadLink, link.span.clone(), format!("no {kind} has the id `{id}`")).help(help);
            None
        }
        several => {
            let message = format!("`{id}` is the id of {} documents", several.len());
            let help = several.iter().map(named).collect::<Vec<_>>().join(" or ");
            resolver.report(Code::AmbiguousLink, link.span.clone(), message).help(format!("write {help}"));
            None
        }
    }
}

/// Returns the help for `[[…]]` around the name of a file, because only documents are linked that way; `None` if it is not
/// such a name.
fn file_by_id(id: &str, resolver: &Resolver<'_, '_>, files: &Files<'_>) -> Option<String> {
    let own = resolver.file.within(Folder::Content).unwrap_or(&resolver.file);
    let is_picture = FileType::promised(id).is_some_and(FileType::is_shown);
    let marked = |link: &str| match is_picture {
        true => format!("![what it shows]({link})"),
        false => format!("[words]({link})"),
    };
    let links: Vec<String> = meant::files(id, files).into_iter().map(|file| meant::link_to(file, own)).collect();
    if let [link] = links.as_slice() {
        return Some(format!("write {}", marked(link)));
    }
    let is_file = !links.is_empty() || FileType::promised(id).is_some();
    is_file.then(|| {
        format!(
            "[[…]] links to documents; a link to a file is written {}",
            marked(links.first().map_or(id, String::as_str))
        )
    })
}

/// Returns the anchor in a document that a link means. One that the document does not have is returned as written, and
/// reported.
fn anchor(link: &Link, number: DocumentNo, resolver: &mut Resolver<'_, '_>) -> Option<String> {
    let written = link.anchor.as_deref()?;
    let document = resolver.registry.document(number);
    let found = document.body.anchor_of(link);
    if document.readable && !written.is_empty() && found.is_none() {
        let message = format!("{} has no anchor `#{written}`", document.file);
        let meant = if link.is_by_words { crate::content::slug(written) } else { written.to_owned() };
        resolver.suggest_later(Code::DeadAnchor, Wanted::Anchor(number), &meant);
        resolver.report(Code::DeadAnchor, link.span.clone(), message).help(known_anchors(&document.body.anchors));
    }
    found.or_else(|| Some(written.to_owned()))
}

/// Returns a help line that lists anchors of a page.
fn known_anchors(anchors: &BTreeSet<String>) -> String {
    const SHOWN: usize = 8;
    // Anchors of sources begin with `_` and would sort first, but are seldom meant.
    let is_own = |anchor: &&String| anchor.starts_with('_');
    let all = anchors.iter().filter(|anchor| !is_own(anchor)).chain(anchors.iter().filter(is_own));
    let names: Vec<String> = all.take(SHOWN).map(|anchor| format!("#{anchor}")).collect();
    match (names.is_empty(), anchors.len() > SHOWN) {
        (true, _) => "the page has no headings to link to".to_owned(),
        (false, false) => format!("the anchors on this page are {}", names.join(", ")),
        (false, true) => format!("the anchors on this page are {}, …", names.join(", ")),
    }
}

/// Reports files in `content/` that are not documents and that no text links to.
pub(super) fn report_stray(files: &Files<'_>, references: &[References], problems: &mut Problems) {
    let used = references.iter().flat_map(|found| found.linked_files.iter().chain(&found.media_files));
    let used: BTreeSet<&str> = used.map(String::as_str).collect();
    for path in files.content.difference(&used) {
        let file = Folder::Content.file(path);
        problems.report(Code::StrayFile, &file, "nothing uses this file").help(stray_help(path));
    }
}

/// Returns what to do with an unused file, which may be an entry with a wrong name.
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
