//! The `<title>` of a page: its own title and the site's, and if two pages have the same title, what distinguishes them.

use rustc_hash::FxHashMap;

use super::Site;
use super::job::Job;
use crate::date::{Month, year_words};
use crate::theme::unmarked;

/// The qualified titles of pages that would otherwise have the same title as another, by path.
#[derive(Debug, Default)]
pub(super) struct Titles(FxHashMap<String, String>);

impl Site {
    /// The title of the page at a path, unique in the site.
    pub(super) fn own_title<'s>(&'s self, path: &str, title: &'s str) -> &'s str {
        let titles = self.titles.get_or_init(|| Titles::new(self));
        titles.0.get(path).map_or(title, String::as_str)
    }
}

impl Titles {
    fn new(site: &Site) -> Self {
        let mut by_title: FxHashMap<String, Vec<Job>> = FxHashMap::default();
        for job in Job::pages(site) {
            by_title.entry(unmarked(&title(site, &job)).into_owned()).or_default().push(job);
        }
        let mut doubles: Vec<(String, Vec<Job>)> = by_title
            .iter()
            .filter(|(_, jobs)| jobs.len() > 1)
            .map(|(title, jobs)| (title.clone(), jobs.clone()))
            .collect();
        doubles.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut own = Self::default();
        for (title, jobs) in doubles {
            // Pages about the whole timeline keep their titles, because there is only one of each.
            let alike: Vec<&Job> = jobs.iter().filter(|job| qualifier(site, job).is_some()).collect();
            let mut qualified: FxHashMap<String, Vec<&Job>> = FxHashMap::default();
            for job in &alike {
                qualified.entry(qualified_title(site, job, &title)).or_default().push(job);
            }
            for job in alike {
                let once = qualified_title(site, job, &title);
                let is_alone =
                    qualified.get(&once).is_some_and(|jobs| jobs.len() == 1) && !by_title.contains_key(&once);
                let path = job.path(site);
                let full = if is_alone { once } else { with_detail(site, &once, file_name(path.as_str())) };
                own.0.insert(path.as_str().to_owned(), full);
            }
        }
        own
    }
}

/// A page's own title, as in its heading.
fn title(site: &Site, job: &Job) -> String {
    let timeline = &site.timeline;
    let locale = &*site.locale;
    let word = |key: &str| locale.text(key, &[]);
    if let Some(entry) = job.entry(site) {
        return entry.title.clone();
    }
    match job {
        Job::Home => timeline.config.title.clone(),
        Job::Year(year) => year_words(timeline.years[*year].year, locale),
        Job::Month(year, month) => Month { year: timeline.years[*year].year, month: *month }.words(locale),
        Job::Index(collection) => word(collection.folder()),
        Job::Kind(kind) => site.kind_name(*kind).to_owned(),
        Job::Map => word("map"),
        Job::Kinds => word("kinds"),
        Job::Sources => word("sources"),
        Job::SourcesPart(part) => site.sources_part_title(*part),
        Job::Corrections => word("corrections"),
        Job::Print => word("print"),
        Job::PrintYear(year) => site.print_year_title(*year),
        Job::Search => word("search"),
        Job::NotFound => word("not-found"),
        // The others have no title, or one that names their address.
        _ => String::new(),
    }
}

/// What distinguishes a page from others with the same title: the key of a message for its kind, or a date.
enum Qualifier {
    Message(&'static str),
    Date(String),
}

fn qualifier(site: &Site, job: &Job) -> Option<Qualifier> {
    Some(match job {
        Job::Event(event) => Qualifier::Date(site.timeline[*event].date.words(&*site.locale)),
        Job::Retracted(number) => Qualifier::Date(site.timeline.retracted[*number].date.words(&*site.locale)),
        Job::Actor(_) => Qualifier::Message("title-of-actor"),
        Job::Place(_) => Qualifier::Message("title-of-place"),
        Job::Process(_) => Qualifier::Message("title-of-process"),
        Job::Kind(_) => Qualifier::Message("title-of-kind"),
        Job::Page(_) => Qualifier::Message("title-of-page"),
        _ => return None,
    })
}

fn qualified_title(site: &Site, job: &Job, title: &str) -> String {
    match qualifier(site, job) {
        Some(Qualifier::Message(key)) => site.locale.text(key, &[("title", title.into())]),
        Some(Qualifier::Date(date)) => with_detail(site, title, &date),
        None => title.to_owned(),
    }
}

fn with_detail(site: &Site, title: &str, detail: &str) -> String {
    site.locale.text("title-with-detail", &[("title", title.into()), ("detail", detail.into())])
}

/// The id of a page's document, which is unique among those of its kind.
fn file_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".html").unwrap_or(name)
}
