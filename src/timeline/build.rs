//! Documents to a Timeline.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use rayon::prelude::*;

use super::Publication;
use super::model::{
    Account, Actor, ActorIx, CitedSource, Correction, DocumentIx, Entry, Event, EventIx, Kind, KindIx, Page, PageIx, Place,
    PlaceIx, Point, Process, ProcessIx, Role, Timeline,
};
use super::references::{Registry, Resolver};
use super::relations;
use crate::config::Config;
use crate::content::{
    ActorMatter, Document, EventMatter, Link, Matter, PageMatter, PlaceMatter, Precision, ProcessMatter, Target,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{Collection, SitePath};

/// File types that browsers may run script from.
const ACTIVE_FILES: &[&str] = &["htm", "html", "xhtml", "xht", "svg", "xml", "js", "mjs", "css", "swf", "shtml", "mht", "mhtml"];

/// A Timeline and what was wrong on the way. With errors among the diagnostics it must not be published.
pub struct Resolved {
    /// The site.
    pub timeline: Timeline,
    /// What does not fit together.
    pub diagnostics: Vec<Diagnostic>,
}

/// Resolves all documents of a site. `content_files` and `static_files` hold the paths inside `content/` and `static/`
/// that links may lead to.
#[must_use]
pub fn resolve(
    config: Config,
    documents: Vec<Document>,
    content_files: &BTreeSet<&str>,
    static_files: &BTreeSet<&str>,
    publication: &Publication,
) -> Resolved {
    let mut diagnostics = Vec::new();
    let registry = Registry::new(&documents, &config, publication, &mut diagnostics);
    let files = Files {
        content: content_files,
        in_static: static_files,
    };
    let mut references: Vec<References> = documents
        .par_iter()
        .map(|document| References::find(document, &registry, &files, &config))
        .collect();
    for found in &mut references {
        diagnostics.append(&mut found.diagnostics);
    }
    diagnostics.extend(circles(&documents, &references));
    diagnostics.extend(unused(&documents, &references));
    diagnostics.extend(stray(&files, &references));
    let published: Vec<bool> = (0..documents.len()).map(|number| registry.unpublished(number).is_none()).collect();
    drop(registry);
    let timeline = assemble(config, documents, references, &published);
    Resolved {
        timeline,
        diagnostics,
    }
}

struct Files<'a> {
    content: &'a BTreeSet<&'a str>,
    in_static: &'a BTreeSet<&'a str>,
}

/// What one document refers to, as numbers of documents.
#[derive(Default)]
struct References {
    kind: usize,
    actors: Vec<usize>,
    places: Vec<usize>,
    processes: Vec<usize>,
    follows: Vec<usize>,
    accounts: Vec<Option<usize>>,
    /// `part_of` of an actor, `within` of a place.
    parents: Vec<usize>,
    /// For each link of the text, where it leads.
    paths: Vec<Option<SitePath>>,
    linked_documents: Vec<usize>,
    linked_files: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl References {
    fn find(document: &Document, registry: &Registry<'_>, files: &Files<'_>, config: &Config) -> Self {
        let mut resolver = Resolver {
            registry,
            file: document.file.clone(),
            diagnostics: Vec::new(),
        };
        let mut found = Self::default();
        match &document.matter {
            Matter::Event(event) => {
                found.kind = resolver.kind(config, &event.kind);
                found.actors = resolver.list(Collection::Actors, &event.actors);
                found.places = resolver.list(Collection::Places, &event.places);
                found.processes = resolver.list(Collection::Processes, &event.processes);
                found.follows = resolver.follows(event, &event.follows);
                let by = |account: &crate::content::Account| resolver.one(Collection::Actors, &account.by);
                found.accounts = event.accounts.iter().map(by).collect();
            }
            Matter::Actor(actor) => found.parents = resolver.list(Collection::Actors, &actor.part_of),
            Matter::Place(place) => {
                found.parents = resolver.list(Collection::Places, place.within.as_slice());
            }
            Matter::Process(_) | Matter::Page(_) => {}
        }
        for link in &document.body.links {
            let path = found.follow(link, document, &mut resolver, files);
            found.paths.push(path);
        }
        found.diagnostics = resolver.diagnostics;
        found
    }

    /// Where a link of the text leads; `None` stays in the page.
    fn follow(
        &mut self,
        link: &Link,
        document: &Document,
        resolver: &mut Resolver<'_, '_>,
        files: &Files<'_>,
    ) -> Option<SitePath> {
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
                    let message = format!("there is no file `{in_static}` beside the entry or in static/");
                    let help = Some(format!("put the file there, as content/{beside} or static/{in_static}"));
                    resolver.report(Code::MissingFile, link.span.clone(), message, help);
                    return None;
                };
                let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
                if path == beside && ending.is_some_and(|ending| ACTIVE_FILES.contains(&ending.as_str())) {
                    let message = format!("`{beside}` is a file that a browser may run script from");
                    let help = Some("convert it, for example to PDF or PNG; static/ may hold it, for static/ is the site's own".to_owned());
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
        let near = collection.and_then(|collection| registry.nearest(collection, &id));
        let help = near.or_else(|| Some("links to documents are written @/events/<file>.md".to_owned()));
        resolver.report(Code::DeadLink, link.span.clone(), format!("there is no document `{path}`"), help);
        return None;
    };
    if let Some(reason) = registry.unpublished(number) {
        let message = format!("the link leads to an entry that will not be published: {reason}");
        let help = Some("publish it, or take the link out".to_owned());
        resolver.report(Code::UnpublishedLink, link.span.clone(), message, help);
    }
    Some(number)
}

fn check_anchor(link: &Link, document: &Document, resolver: &mut Resolver<'_, '_>) {
    let Some(anchor) = link.anchor.as_deref().filter(|anchor| !anchor.is_empty()) else {
        return;
    };
    let anchors = &document.body.anchors;
    if document.readable && !anchors.contains(anchor) {
        let message = format!("{} has no place called `#{anchor}`", document.file);
        let help = crate::syntax::nearest(anchor, anchors.iter().map(String::as_str));
        resolver.report(Code::DeadAnchor, link.span.clone(), message, help);
    }
}

/// Circles in `follows`, `part_of` and `within`, each reported once, where it closes.
fn circles(documents: &[Document], references: &[References]) -> Vec<Diagnostic> {
    let edges: Vec<Vec<usize>> = references
        .iter()
        .map(|found| found.follows.iter().chain(&found.parents).copied().collect())
        .collect();
    let mut diagnostics = Vec::new();
    for circle in relations::circles(&edges) {
        let Some((first, last)) = circle.first().zip(circle.last()) else { continue };
        let (key, ids) = match &documents[*last].matter {
            Matter::Event(event) => ("follows", event.follows.as_slice()),
            Matter::Actor(actor) => ("part_of", actor.part_of.as_slice()),
            Matter::Place(place) => ("within", place.within.as_slice()),
            Matter::Process(_) | Matter::Page(_) => continue,
        };
        let names = circle.iter().chain([first]).map(|number| documents[*number].id.id.as_ref());
        let message = format!("`{key}` leads round in a circle: {}", names.collect::<Vec<_>>().join(" → "));
        let closing = ids.iter().find(|id| *id.value.0 == *documents[*first].id.id);
        let span = closing.map_or(0..0, |id| id.span.clone());
        diagnostics.push(
            Diagnostic::at(Code::Cycle, &documents[*last].file, span, message).help("take one of the relations out"),
        );
    }
    diagnostics
}

/// Actors and places that no event names and that nothing else hangs on.
fn unused(documents: &[Document], references: &[References]) -> Vec<Diagnostic> {
    let mut used = vec![false; documents.len()];
    for found in references {
        let accounts = found.accounts.iter().flatten();
        for number in found.actors.iter().chain(&found.places).chain(&found.parents).chain(accounts) {
            used[*number] = true;
        }
    }
    let report = |(document, used): (&Document, &bool)| {
        let code = match document.id.collection {
            Collection::Actors => Code::UnusedActor,
            Collection::Places => Code::UnusedPlace,
            Collection::Events | Collection::Processes | Collection::Pages => return None,
        };
        let message = format!("no event names the {} `{}`", document.id.collection.noun(), document.id.id);
        let help = "name it in an event, or delete the file";
        (!used && document.readable).then(|| Diagnostic::whole(code, &document.file, message).help(help))
    };
    documents.iter().zip(&used).filter_map(report).collect()
}

/// Files in `content/` that are no documents and that no text links to.
fn stray(files: &Files<'_>, references: &[References]) -> Vec<Diagnostic> {
    let linked: BTreeSet<&str> = references.iter().flat_map(|found| &found.linked_files).map(String::as_str).collect();
    files
        .content
        .difference(&linked)
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

/// The published documents with everything in order and every number an index.
fn assemble(config: Config, documents: Vec<Document>, mut references: Vec<References>, published: &[bool]) -> Timeline {
    let order = Order::of(&documents, published);
    let mut timeline = Timeline {
        kinds: config.kinds.iter().map(kind).collect(),
        config,
        events: Vec::new(),
        retracted: Vec::new(),
        actors: Vec::new(),
        places: Vec::new(),
        processes: Vec::new(),
        pages: Vec::new(),
        years: Vec::new(),
        linked_files: linked_files(&references, published),
    };
    let mut links = BTreeSet::new();
    let mut taken: BTreeMap<usize, Document> = documents.into_iter().enumerate().collect();
    for number in &order.sequence {
        let Some(document) = taken.remove(number) else { continue };
        let found = mem::take(&mut references[*number]);
        if let Some(from) = order.index[*number] {
            links.extend(found.linked_documents.iter().filter_map(|to| Some((order.index[*to]?, from))));
        }
        add(&mut timeline, document, found, &order);
    }
    for actor in 0..timeline.actors.len() {
        for whole in timeline.actors[actor].part_of.clone() {
            timeline.actors[whole.0].parts.push(ActorIx(actor));
        }
    }
    for place in 0..timeline.places.len() {
        if let Some(whole) = timeline.places[place].within {
            timeline.places[whole.0].contains.push(PlaceIx(place));
        }
    }
    relations::fill(&mut timeline);
    relations::link_back(&mut timeline, &links);
    timeline
}

fn kind(kind: &crate::config::Kind) -> Kind {
    Kind {
        id: kind.id.clone(),
        name: kind.name.clone(),
        summary: kind.summary.clone(),
        family: kind.family,
        events: Vec::new(),
    }
}

fn linked_files(references: &[References], published: &[bool]) -> Vec<SitePath> {
    let of_published = references.iter().zip(published).filter(|(_, published)| **published);
    let files: BTreeSet<&String> = of_published.flat_map(|(found, _)| &found.linked_files).collect();
    files.into_iter().map(|path| SitePath::new(path.as_str())).collect()
}

/// In which order documents come into the Timeline, and the index that each gets there.
struct Order {
    sequence: Vec<usize>,
    index: Vec<Option<DocumentIx>>,
}

impl Order {
    fn of(documents: &[Document], published: &[bool]) -> Self {
        let mut sequence: Vec<usize> = (0..documents.len()).filter(|number| published[*number]).collect();
        sequence.sort_by(|a, b| compare(&documents[*a], &documents[*b]));
        let mut index = vec![None; documents.len()];
        let mut counts: BTreeMap<Collection, usize> = BTreeMap::new();
        for number in &sequence {
            let document = &documents[*number];
            if is_retracted(document) {
                continue;
            }
            let count = counts.entry(document.id.collection).or_default();
            index[*number] = Some(match document.id.collection {
                Collection::Events => DocumentIx::Event(EventIx(*count)),
                Collection::Actors => DocumentIx::Actor(ActorIx(*count)),
                Collection::Places => DocumentIx::Place(PlaceIx(*count)),
                Collection::Processes => DocumentIx::Process(ProcessIx(*count)),
                Collection::Pages => DocumentIx::Page(PageIx(*count)),
            });
            *count += 1;
        }
        Self { sequence, index }
    }

    fn events(&self, numbers: &[usize]) -> Vec<EventIx> {
        let event = |number: &usize| match self.index[*number] {
            Some(DocumentIx::Event(event)) => Some(event),
            _ => None,
        };
        numbers.iter().filter_map(event).collect()
    }

    fn actors(&self, numbers: &[usize]) -> Vec<ActorIx> {
        numbers.iter().filter_map(|number| self.actor(*number)).collect()
    }

    fn actor(&self, number: usize) -> Option<ActorIx> {
        match self.index[number] {
            Some(DocumentIx::Actor(actor)) => Some(actor),
            _ => None,
        }
    }

    fn places(&self, numbers: &[usize]) -> Vec<PlaceIx> {
        let place = |number: &usize| match self.index[*number] {
            Some(DocumentIx::Place(place)) => Some(place),
            _ => None,
        };
        numbers.iter().filter_map(place).collect()
    }

    fn processes(&self, numbers: &[usize]) -> Vec<ProcessIx> {
        let process = |number: &usize| match self.index[*number] {
            Some(DocumentIx::Process(process)) => Some(process),
            _ => None,
        };
        numbers.iter().filter_map(process).collect()
    }
}

fn is_retracted(document: &Document) -> bool {
    matches!(&document.matter, Matter::Event(event) if event.retracted.is_some())
}

/// Events in the order of the timeline, pages in that of the menu, all else by name; the id decides where all is equal.
fn compare(a: &Document, b: &Document) -> std::cmp::Ordering {
    let by_collection = a.id.collection.cmp(&b.id.collection);
    let by_matter = || match (&a.matter, &b.matter) {
        (Matter::Event(x), Matter::Event(y)) => {
            let key = |event: &EventMatter| (event.date.key(), event.importance);
            key(x).cmp(&key(y))
        }
        (Matter::Page(x), Matter::Page(y)) => {
            let key = |page: &PageMatter| (page.nav.is_none(), page.nav, page.title.to_lowercase());
            key(x).cmp(&key(y))
        }
        (x, y) => x.title().to_lowercase().cmp(&y.title().to_lowercase()),
    };
    by_collection.then_with(by_matter).then_with(|| a.id.id.cmp(&b.id.id))
}

fn add(timeline: &mut Timeline, document: Document, found: References, order: &Order) {
    let Document {
        id,
        file,
        matter,
        mut body,
        aliases,
        ..
    } = document;
    for (link, path) in body.links.iter_mut().zip(found.paths.iter()) {
        link.path.clone_from(path);
    }
    let mut entry = Entry {
        id,
        file,
        title: matter.title().to_string(),
        summary: None,
        body,
        aliases,
        linked_from: Vec::new(),
        extra: crate::fields::Extra::default(),
    };
    match matter {
        Matter::Event(matter) => {
            let event = event(entry, *matter, &found, order, timeline.config.default_confidence);
            if event.retracted.is_some() {
                timeline.retracted.push(event);
            } else {
                timeline.events.push(event);
            }
        }
        Matter::Actor(matter) => timeline.actors.push(actor(entry, *matter, &found, order)),
        Matter::Place(matter) => timeline.places.push(place(entry, *matter, &found, order)),
        Matter::Process(matter) => timeline.processes.push(process(entry, *matter)),
        Matter::Page(matter) => {
            entry.summary = matter.summary.map(|line| line.to_string());
            entry.extra = matter.extra;
            timeline.pages.push(Page {
                entry,
                nav: matter.nav,
            });
        }
    }
}

fn event(
    mut entry: Entry,
    matter: EventMatter,
    found: &References,
    order: &Order,
    default_confidence: crate::fields::Confidence,
) -> Event {
    entry.summary = matter.summary.as_ref().map(ToString::to_string);
    let numbered = numbered_sources(&matter, &entry);
    let number_of = |id: &str| numbered.iter().position(|(index, _)| matter.sources[*index].id.value.0 == id);
    let accounts = matter.accounts.iter().zip(&found.accounts).filter_map(|(account, by)| {
        Some(Account {
            by: order.actor((*by)?)?,
            says: account.says.to_string(),
            source: account.source.as_ref().and_then(|id| number_of(&id.value.0)),
        })
    });
    let correction = |correction: &crate::content::Correction| Correction {
        date: correction.date.0,
        note: correction.note.to_string(),
    };
    let mut corrections: Vec<Correction> = matter.corrections.iter().map(correction).collect();
    corrections.sort_by_key(|correction| correction.date);
    let mut follows = order.events(&found.follows);
    follows.sort_unstable();
    Event {
        accounts: accounts.collect(),
        sources: numbered.iter().map(|(index, citations)| cited(&matter.sources[*index], *citations)).collect(),
        corrections,
        kind: KindIx(found.kind),
        actors: order.actors(&found.actors),
        places: order.places(&found.places),
        processes: order.processes(&found.processes),
        follows,
        followed_by: Vec::new(),
        tags: matter.tags.iter().map(ToString::to_string).collect(),
        confidence: matter.confidence.unwrap_or(default_confidence),
        importance: matter.importance,
        draft: matter.draft,
        retracted: matter.retracted.map(|line| line.to_string()),
        date: matter.date.value,
        entry: Entry {
            extra: matter.extra,
            ..entry
        },
    }
}

/// The sources in the order of their numbers: as the text cites them, then those of accounts, then the rest.
fn numbered_sources(matter: &EventMatter, entry: &Entry) -> Vec<(usize, usize)> {
    let mut numbered = entry.body.citations.clone();
    let by_account = |index: usize| {
        let id = &matter.sources[index].id.value;
        matter.accounts.iter().any(|account| account.source.as_ref().is_some_and(|source| source.value == *id))
    };
    let rest = (0..matter.sources.len()).filter(|index| !entry.body.citations.iter().any(|(cited, _)| cited == index));
    let (of_accounts, uncited): (Vec<usize>, Vec<usize>) = rest.partition(|index| by_account(*index));
    numbered.extend(of_accounts.into_iter().chain(uncited).map(|index| (index, 0)));
    numbered
}

fn cited(source: &crate::content::Source, citations: usize) -> CitedSource {
    CitedSource {
        id: source.id.value.0.clone(),
        title: source.title.to_string(),
        publisher: source.publisher.as_ref().map(ToString::to_string),
        url: source.url.as_ref().map(|url| url.to_string()),
        date: source.date.clone(),
        accessed: source.accessed.map(|day| day.0),
        archive: source.archive.as_ref().map(|url| url.to_string()),
        language: source.language.as_ref().map(|tag| tag.to_string()),
        citations,
    }
}

fn actor(mut entry: Entry, matter: ActorMatter, found: &References, order: &Order) -> Actor {
    entry.summary = matter.summary.map(|line| line.to_string());
    entry.extra = matter.extra;
    let role = |role: crate::content::Role| Role {
        title: role.title.to_string(),
        from: role.from,
        to: role.to,
    };
    Actor {
        entry,
        kind: matter.kind,
        part_of: order.actors(&found.parents),
        parts: Vec::new(),
        wikidata: matter.wikidata.map(|item| item.0),
        roles: matter.roles.into_iter().map(role).collect(),
        events: Vec::new(),
        meets: Vec::new(),
        places: Vec::new(),
    }
}

fn place(mut entry: Entry, matter: PlaceMatter, found: &References, order: &Order) -> Place {
    entry.summary = matter.summary.map(|line| line.to_string());
    entry.extra = matter.extra;
    let coordinates = matter.lat.zip(matter.lon);
    Place {
        entry,
        point: coordinates.and_then(|(lat, lon)| point(*lat, *lon, matter.precision)),
        country: matter.country.map(|code| code.0),
        within: order.places(&found.parents).first().copied(),
        contains: Vec::new(),
        events: Vec::new(),
        actors: Vec::new(),
    }
}

/// A point rounded to what may be shown. Rounding happens here, once, so that no output knows more.
fn point(lat: f64, lon: f64, precision: Option<Precision>) -> Option<Point> {
    let decimals = match precision.unwrap_or(Precision::Exact) {
        Precision::Exact => return Some(Point { lat, lon }),
        Precision::City => 100.0,
        Precision::Region => 10.0,
        Precision::Country => return None,
    };
    let round = |degrees: f64| (degrees * decimals).round() / decimals;
    Some(Point {
        lat: round(lat),
        lon: round(lon),
    })
}

fn process(mut entry: Entry, matter: ProcessMatter) -> Process {
    entry.summary = matter.summary.map(|line| line.to_string());
    entry.extra = matter.extra;
    Process {
        entry,
        date: matter.date,
        colour: matter.colour.map(|colour| colour.to_string()),
        events: Vec::new(),
        actors: Vec::new(),
        places: Vec::new(),
    }
}
