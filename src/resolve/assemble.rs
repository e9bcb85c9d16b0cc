//! From documents to a Timeline: the order of all steps.

use std::collections::BTreeSet;
use std::mem;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::choices::Choices;
use super::files::Files;
use super::order::Order;
use super::references::{QueryReferences, References, Resolver};
use super::registry::Registry;
use super::{DocumentNo, Publication};
use super::{documents, links, misplaced, names, queries, relations, suggestions};
use crate::config::Config;
use crate::content::{Became, Document, Matter};
use crate::diagnostic::{Code, Problems, Span};
use crate::id::{Collection, SitePath};
use crate::timeline::{Actor, Entry, Event, History, Kind, Page, Past, Place, Process, Timeline};

/// A Timeline and the problems found while resolving it. If any of them is an error, it must not be published.
pub struct Resolved {
    /// The site.
    pub timeline: Arc<Timeline>,
    /// The problems found.
    pub problems: Problems,
}

/// Resolves all documents of a site. `files` are those that links and pictures may name besides documents.
///
/// The documents do not change: they can be resolved again, together with others or under other settings.
#[must_use]
pub fn resolve<'a>(
    config: Config,
    documents: &'a [Document],
    files: &Files<'a>,
    publication: &Publication,
) -> Resolved {
    let mut problems = Problems::default();
    let registry = Registry::new(documents, &config, publication, files, &mut problems);
    let published: Vec<bool> =
        DocumentNo::all(documents).map(|(number, _)| registry.unpublished(number).is_none()).collect();
    let mut references: Vec<References> = documents
        .par_iter()
        .zip(&published)
        .map(|(document, published)| References::find(document, *published, &registry, files, &config))
        .collect();
    let mut choices = Choices::find(&config, &registry);
    let of_site = [(mem::take(&mut choices.unknown), &mut choices.problems)];
    let suggested = suggestions::suggest(
        &registry,
        references.iter_mut().map(|found| (mem::take(&mut found.unknown), &mut found.problems)).chain(of_site),
    );
    problems.extend(mem::take(&mut choices.problems));
    for found in &mut references {
        problems.extend(mem::take(&mut found.problems));
    }
    report_cycles(documents, &references, &mut problems);
    names::report_shared(documents, &references, &mut problems);
    let misplaced: BTreeSet<&String> =
        references.iter().flat_map(|found| &found.misplaced).chain(&choices.misplaced).collect();
    for path in &misplaced {
        misplaced::report(path, &mut problems);
    }
    // An unreadable document may name anything, so nothing is reported as unused, and no number as wrong.
    let all_is_known = misplaced.is_empty() && documents.iter().all(|document| document.readable);
    if all_is_known {
        report_unused(documents, &references, &suggested, &mut problems);
        links::report_stray(files, &references, &mut problems);
    }
    let asked = queries_of(documents, &mut references);
    let (mut timeline, order) = assemble(config, documents, references, &published);
    choices.fill(&mut timeline, &order);
    if !asked.is_empty() {
        let by_default = shown_by_default(documents, &order, &registry);
        let reports = all_is_known.then_some(&mut problems);
        queries::answer(&mut timeline, &asked, &order, &by_default, reports);
    }
    Resolved { timeline: Arc::new(timeline), problems }
}

impl References {
    fn find(document: &Document, published: bool, registry: &Registry<'_>, files: &Files<'_>, config: &Config) -> Self {
        let mut resolver = Resolver::new(registry, &document.file, published);
        let mut found = Self::default();
        match &*document.matter {
            Matter::Event(event) => {
                found.kind = resolver.kind(config, &event.kind).unwrap_or(0);
                found.actors = resolver.list(Collection::Actors, &event.actors);
                found.places = resolver.list(Collection::Places, &event.places);
                found.processes = resolver.list(Collection::Processes, &event.processes);
                found.follows = resolver.follows(event, &event.follows);
                let by = |account: &crate::content::Account| resolver.one(Collection::Actors, &account.by);
                found.accounts = event.accounts.iter().map(by).collect();
                resolver.gates(document, &found.accounts, &config.gates);
                resolver.vote(event, &mut found);
                resolver.archives(&config.archives, event);
            }
            Matter::Actor(actor) => {
                found.parents = resolver.list(Collection::Actors, &actor.part_of);
                let of = |member: &crate::content::Membership| resolver.other("member_of", &member.actor);
                found.member_of = actor.member_of.iter().map(of).collect();
                found.became = actor.became.iter().map(|became| resolver.other("became", &became.actor)).collect();
            }
            Matter::Place(place) => {
                found.parents = resolver.list(Collection::Places, place.within.as_slice());
            }
            Matter::Process(_) | Matter::Page(_) => {}
        }
        for link in &document.body.links {
            let resolved = found.follow(link, document, &mut resolver, files);
            found.links.push(resolved);
        }
        found.queries = document.body.queries.iter().map(|asked| resolver.query(&asked.query, config)).collect();
        found.take_media(document, &mut resolver, files, &config.limits);
        found.problems = resolver.problems;
        found.unknown = resolver.unknown;
        found.misplaced = resolver.misplaced;
        found
    }
}

/// Moves the queries of texts out of `references`: each document that has any, with what they name.
fn queries_of<'a>(
    documents: &'a [Document],
    references: &mut [References],
) -> Vec<(DocumentNo, &'a Document, Vec<QueryReferences>)> {
    let with_queries = references.iter_mut().enumerate().filter(|(_, found)| !found.queries.is_empty());
    with_queries
        .map(|(number, found)| (DocumentNo(number), &documents[number], mem::take(&mut found.queries)))
        .collect()
}

/// Returns for each event of the Timeline whether a build without `--drafts` and `--future` shows it.
fn shown_by_default(documents: &[Document], order: &Order, registry: &Registry<'_>) -> Vec<bool> {
    let events = order
        .sequence
        .iter()
        .filter(|number| documents[number.0].id.collection == Collection::Events && order.index(**number).is_some());
    events.map(|number| registry.is_shown_by_default(*number)).collect()
}

/// Reports each cycle in `follows`, `part_of`, `within` and `became` once: at the relation that closes it, with up to
/// [`SHOWN_RELATIONS`] of the others.
fn report_cycles(documents: &[Document], references: &[References], problems: &mut Problems) {
    let parents = |found: &References| found.follows.iter().chain(&found.parents).map(|number| number.0).collect();
    let parents: Vec<Vec<usize>> = references.iter().map(parents).collect();
    for cycle in relations::cycles(&parents) {
        report_cycle(&cycle, documents, relation, "remove one of the relations", problems);
    }
    let successors = |found: &References| found.became.iter().flatten().map(|number| number.0).collect();
    let successors: Vec<Vec<usize>> = references.iter().map(successors).collect();
    for cycle in relations::cycles(&successors).iter().filter(|cycle| !may_return(cycle, documents)) {
        let help = "remove one of the relations; if an actor became again what it had been, each needs a `date`, and \
                    these must follow each other";
        report_cycle(cycle, documents, succession, help, problems);
    }
}

/// A function that returns the key under which one document names another, and where it does.
type Relation = fn(&Document, &Document) -> Option<(&'static str, Span)>;

fn report_cycle(cycle: &[usize], documents: &[Document], relation: Relation, help: &str, problems: &mut Problems) {
    let Some((first, last)) = cycle.first().zip(cycle.last()) else { return };
    let Some((key, closing)) = relation(&documents[*last], &documents[*first]) else { return };
    let names = cycle.iter().chain([first]).map(|number| documents[*number].id.id.as_ref());
    let message = format!("`{key}` forms a cycle: {}", names.collect::<Vec<_>>().join(" → "));
    let problem = problems.report(Code::Cycle, (&documents[*last].file, closing), message);
    match cycle {
        [_] => problem.help(format!("remove `{}` from `{key}`", documents[*first].id.id)),
        _ => problem.help(help),
    };
    for pair in cycle.windows(2).take(SHOWN_RELATIONS) {
        if let Some((_, span)) = relation(&documents[pair[0]], &documents[pair[1]]) {
            problem.also_at((&documents[pair[0]].file, span), format!("`{key}` here"));
        }
    }
}

/// The most relations of a cycle that are shown besides the one that closes it.
const SHOWN_RELATIONS: usize = 5;

/// Returns the key under which a document names another as its predecessor or its whole, and where it does.
fn relation(from: &Document, to: &Document) -> Option<(&'static str, Span)> {
    let (key, ids) = match &*from.matter {
        Matter::Event(event) => ("follows", event.follows.as_slice()),
        Matter::Actor(actor) => ("part_of", actor.part_of.as_slice()),
        Matter::Place(place) => ("within", place.within.as_slice()),
        Matter::Process(_) | Matter::Page(_) => return None,
    };
    let named = ids.iter().find(|id| *id.value.0 == *to.id.id);
    Some((key, named.map_or(0..0, |id| id.span.clone())))
}

/// Returns where an actor says what it became, if it became the other.
fn became<'d>(from: &'d Document, to: &Document) -> Option<&'d Became> {
    let Matter::Actor(actor) = &*from.matter else { return None };
    actor.became.iter().find(|became| *became.actor.value.0 == *to.id.id)
}

fn succession(from: &Document, to: &Document) -> Option<(&'static str, Span)> {
    became(from, to).map(|became| ("became", became.actor.span.clone()))
}

/// Whether an actor may have become itself again: every succession has a date, and each may have come after the one before it,
/// beginning with any of them.
fn may_return(cycle: &[usize], documents: &[Document]) -> bool {
    let next = cycle.iter().cycle().skip(1);
    let date = |(from, to): (&usize, &usize)| became(&documents[*from], &documents[*to])?.date.as_ref();
    let Some(dates) = cycle.iter().zip(next).map(date).collect::<Option<Vec<_>>>() else { return false };
    let reversed = dates.iter().zip(dates.iter().cycle().skip(1)).filter(|(one, next)| one.certainly_after(next));
    reversed.count() <= 1
}

/// Reports actors and places that no front matter names. Links, queries and site.toml do not count. Those that were
/// `suggested` for an unknown id are exempt, because the misspelt id is the one mistake.
fn report_unused(
    documents: &[Document],
    references: &[References],
    suggested: &BTreeSet<DocumentNo>,
    problems: &mut Problems,
) {
    let mut used = vec![false; documents.len()];
    for number in suggested {
        used[number.0] = true;
    }
    for found in references {
        let actors = found.accounts.iter().chain([&found.body]).chain(&found.member_of).chain(&found.became).flatten();
        let actors = actors.chain(found.voters.iter().flatten()).chain(&found.actors);
        for number in actors.chain(&found.places).chain(&found.parents) {
            used[number.0] = true;
        }
    }
    for (document, _) in documents.iter().zip(&used).filter(|(document, used)| !**used && document.readable) {
        let code = match document.id.collection {
            Collection::Actors => Code::UnusedActor,
            Collection::Places => Code::UnusedPlace,
            Collection::Events | Collection::Processes | Collection::Pages => continue,
        };
        let message = format!("no event names the {} `{}`", document.id.collection.noun(), document.id.id);
        problems.report(code, &document.file, message).help("name it in an event, or delete the file");
    }
}

/// Puts the published documents in order and turns every document number into an index.
fn assemble(
    config: Config,
    documents: &[Document],
    mut references: Vec<References>,
    published: &[bool],
) -> (Timeline, Order) {
    let order = Order::of(documents, published);
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
        lists: Vec::new(),
        blocs: Vec::new(),
        focus: Vec::new(),
        linked_files: linked_files(&references, &order),
        past: Past::default(),
        works: OnceLock::new(),
        shape: Arc::default(),
    };
    let mut links = BTreeSet::new();
    let mut of_sequence = Vec::with_capacity(order.sequence.len());
    for number in &order.sequence {
        let found = mem::take(&mut references[number.0]);
        if let Some(from) = order.index(*number) {
            links.extend(found.linked_documents.iter().filter_map(|to| Some((order.index(*to)?, from))));
        }
        of_sequence.push((&documents[number.0], found));
    }
    let assembled: Vec<Assembled> = of_sequence
        .into_par_iter()
        .map(|(document, found)| Assembled::new(document, found, &order, &timeline.config))
        .collect();
    timeline.events.reserve_exact(assembled.len());
    for document in assembled {
        match document {
            Assembled::Event(event) if event.retracted.is_some() => {
                timeline.retracted.push(Arc::unwrap_or_clone(event));
            }
            Assembled::Event(event) => timeline.events.push(event),
            Assembled::Actor(actor) => timeline.actors.push(actor),
            Assembled::Place(place) => timeline.places.push(place),
            Assembled::Process(process) => timeline.processes.push(process),
            Assembled::Page(page) => timeline.pages.push(page),
        }
    }
    relations::fill(&mut timeline);
    relations::link_back(&mut timeline, &links);
    (timeline, order)
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

/// Returns the files that published texts link to. The text of a retracted event is not published.
fn linked_files(references: &[References], order: &Order) -> Vec<SitePath> {
    let is_published = |(number, _): &(usize, &References)| order.index(DocumentNo(*number)).is_some();
    let of_published = references.iter().enumerate().filter(is_published);
    let files: BTreeSet<&String> = of_published.flat_map(|(_, found)| &found.linked_files).collect();
    files.into_iter().map(|path| SitePath::new(path.as_str())).collect()
}

/// A document in its form in the Timeline.
enum Assembled {
    Event(Arc<Event>),
    Actor(Actor),
    Place(Place),
    Process(Process),
    Page(Page),
}

impl Assembled {
    fn new(document: &Document, mut found: References, order: &Order, config: &Config) -> Self {
        let common = document.matter.common();
        let entry = Entry {
            id: document.id.clone(),
            file: document.file.clone(),
            title: document.matter.title().to_string(),
            summary: common.summary.as_ref().map(ToString::to_string),
            wikidata: document.matter.wikidata().map(str::to_owned),
            text: Arc::clone(&document.body.text),
            lead: documents::lead(document, &found.links),
            links: mem::take(&mut found.links),
            lists: Vec::new(),
            aliases: document.aliases.clone(),
            media: mem::take(&mut found.media),
            linked_from: Vec::new(),
            extra: common.extra.clone(),
            history: History::default(),
        };
        match &*document.matter {
            Matter::Event(matter) => {
                let mut event = documents::event(entry, matter, &document.body.citations, &found, order, config);
                if event.retracted.is_some() {
                    event.entry.media.clear();
                }
                Self::Event(Arc::new(event))
            }
            Matter::Actor(matter) => Self::Actor(documents::actor(entry, matter, &found, order)),
            Matter::Place(matter) => Self::Place(documents::place(entry, matter, &found, order)),
            Matter::Process(matter) => Self::Process(documents::process(entry, matter)),
            Matter::Page(matter) => Self::Page(Page { entry, nav: matter.nav }),
        }
    }
}
