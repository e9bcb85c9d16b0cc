//! Where the links of a text lead, and whether that is there.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{References, Resolver};
use crate::content::{Document, Link, Target};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::{Collection, SitePath};
use crate::pictures::{Header, Refusal};
use crate::syntax::did_you_mean;

/// File types that browsers may run script from.
const ACTIVE_FILES: &[&str] =
    &["htm", "html", "xhtml", "xht", "svg", "xml", "js", "mjs", "css", "swf", "shtml", "mht", "mhtml"];

/// The files that a text may lead to beside documents.
pub struct Files<'a> {
    /// Paths inside `content/`.
    pub content: BTreeSet<&'a str>,
    /// Paths inside `static/`.
    pub in_static: BTreeSet<&'a str>,
    /// What the beginnings of those among them tell that are pictures, by their path from the site's root.
    pub pictures: &'a BTreeMap<String, Result<Header, Refusal>>,
}

/// Whether a browser may run script from a file, by its ending.
pub(super) fn is_active(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ACTIVE_FILES.contains(&ending.as_str()))
}

/// The report on a picture that annals does not take.
pub(super) fn report_refusal(path: &str, refusal: Refusal, span: &Span, resolver: &mut Resolver<'_, '_>) {
    let message = format!("the picture `{path}` cannot be used: {refusal}");
    resolver.report(Code::UnreadablePicture, span.clone(), message, Some(refusal.help().to_owned()));
}

impl References {
    /// Where a link of the text leads; `None` stays in the page.
    pub fn follow(
        &mut self,
        link: &Link,
        document: &Document,
        resolver: &mut Resolver<'_, '_>,
        files: &Files<'_>,
    ) -> Option<SitePath> {
        self.sizes.push(None);
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
            Target::File { in_static, beside } => {
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
                            format!("lead to the document: {}", file_link(&document.id.id, document.id.collection))
                        }
                        (None, true) => "put the file there".to_owned(),
                        (None, false) => format!("put the file there, or into static/ as static/{in_static}"),
                    });
                    resolver.report(Code::MissingFile, link.span.clone(), message, help);
                    return None;
                };
                let top = if path == beside { "content" } else { "static" };
                match files.pictures.get(&format!("{top}/{path}")) {
                    Some(Ok(header)) => *self.sizes.last_mut()? = Some((header.width, header.height)),
                    Some(Err(refusal)) => report_refusal(path, *refusal, &link.span, resolver),
                    None => {}
                }
                if path == beside && is_active(path) {
                    let message = format!("`{beside}` is a file that a browser may run script from");
                    let help = Some(
                        "convert it, for example to PDF or PNG; static/ may hold it, for static/ is the site's own"
                            .to_owned(),
                    );
                    resolver.report(Code::RefusedFile, link.span.clone(), message, help);
                }
                Some(SitePath::new(path.as_str()))
            }
        }
    }
}

/// The document at a path inside `content/`, reported where it is not there or will not be published.
fn find_document(path: &str, exact: bool, link: &Link, resolver: &mut Resolver<'_, '_>) -> Option<usize> {
    let registry = resolver.registry;
    let collection = path.split_once('/').and_then(|(folder, _)| Collection::of_folder(folder));
    let name = path.rsplit('/').next().unwrap_or_default();
    let id = crate::id::normalise(name.strip_suffix(".md").unwrap_or(name));
    // `@/` names a document by its file's name, wherever below the collection's folder the file lies.
    let by_id = || (!exact && name.ends_with(".md")).then(|| registry.find(collection?, &id)).flatten();
    let Some(number) = registry.find_file(path).or_else(by_id) else {
        let near = collection.filter(|_| resolver.allowance.spend(Code::DeadLink)).map(|collection| {
            let links = registry.nearest(collection, &id).into_iter().map(|id| file_link(id, collection));
            links.collect::<Vec<_>>()
        });
        let help = did_you_mean(&near.unwrap_or_default()).or_else(|| match collection {
            Some(_) => Some(format!("write the document, as content/{path}")),
            None => Some("links to documents are written @/events/<file>.md".to_owned()),
        });
        resolver.report(Code::DeadLink, link.span.clone(), format!("there is no document `{path}`"), help);
        return None;
    };
    if let Some(reason) = registry.unpublished(number).filter(|_| resolver.published) {
        let message = format!("the link leads to an entry that will not be published: {reason}");
        let help = Some("publish it, or take the link out".to_owned());
        resolver.report(Code::UnpublishedLink, link.span.clone(), message, help);
    }
    Some(number)
}

/// How a document is named in a link.
fn file_link(id: &str, collection: Collection) -> String {
    format!("@/{}/{id}.md", collection.folder())
}

fn check_anchor(link: &Link, document: &Document, resolver: &mut Resolver<'_, '_>) {
    let Some(anchor) = link.anchor.as_deref().filter(|anchor| !anchor.is_empty()) else {
        return;
    };
    let anchors = &document.body.anchors;
    if document.readable && !anchors.contains(anchor) {
        let message = format!("{} has no place called `#{anchor}`", document.file);
        let may_look = resolver.allowance.spend(Code::DeadAnchor);
        let help = may_look.then(|| crate::syntax::nearest(anchor, anchors.iter().map(String::as_str))).flatten();
        resolver.report(Code::DeadAnchor, link.span.clone(), message, help);
    }
}

/// Files in `content/` that are no documents and that no text links to.
pub(super) fn stray(files: &Files<'_>, references: &[References]) -> Vec<Diagnostic> {
    let used = references.iter().flat_map(|found| found.linked_files.iter().chain(&found.media_files));
    let used: BTreeSet<&str> = used.map(String::as_str).collect();
    files
        .content
        .difference(&used)
        .map(|path| {
            let file = format!("content/{path}").into();
            let help = if path.ends_with(".md") {
                "documents lie in content/events, actors, places, processes or pages"
            } else {
                "link to it from an entry, or move it to static/"
            };
            Diagnostic::whole(Code::StrayFile, &file, "the file belongs to nothing").help(help)
        })
        .collect()
}
