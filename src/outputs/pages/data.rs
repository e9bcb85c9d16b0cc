//! The page of open data: what each file is, how many records it has, how large it is, how to cite the timeline, and how to
//! show it on another site.

use tera::Value;

use super::citation::Citation;
use super::fill::filled;
use super::head::Head;
use super::writer::PageWriter;
use crate::exports::{Dataset, Format, Group, json_ld};
use crate::key::Keyer;
use crate::outputs::draft::Draft;
use crate::outputs::feed::{Feed, Form};
use crate::outputs::site::Site;
use crate::outputs::values::object;

impl<'a> PageWriter<'a> {
    /// Returns the page of open data. It states the sizes of files, which are known only when these are made, so its key
    /// covers what they are made from instead.
    pub(super) fn data(&self) -> Draft<'a> {
        let (title, intro) = (self.word("data"), self.word("data-intro"));
        let (site, shared, stand) = (self.site, self.shared, self.stand());
        let mut context = self.context(Head {
            description: Some(&intro),
            breadcrumb: self.trail(),
            json_ld: vec![json_ld::dataset(&site.dataset())],
            ..Head::new(&title)
        });
        context.insert("intro", intro.as_str());
        context.insert("embed", self.embed_code());
        self.insert_citation(Citation::of_timeline(&site.dataset()), &mut context);
        let mut keyer = Keyer::default();
        keyer.key(context.key(TEMPLATE));
        Format::ALL.iter().for_each(|format| _ = keyer.key(site.data.key(*format, &site.dataset())));
        let page = Draft::new(keyer.finish(), move || {
            context.insert("groups", groups(site));
            site.engine.render(TEMPLATE, &tera::Context::from(context))
        });
        page.and_then(move |page| filled(page, site, shared, &stand))
    }
}

const TEMPLATE: &str = "data.html";

/// Returns the files in groups, each with its description, its number of records, and its size; and the feeds, if there are
/// any.
fn groups(site: &Site) -> Vec<Value> {
    let dataset = site.dataset();
    let groups = Group::ALL.into_iter().map(|group| {
        let files = Format::ALL.into_iter().filter(|format| format.group() == group);
        let files: Vec<Value> = files.map(|format| file(format, &dataset, site)).collect();
        object! { "id": group.name(), "name": site.locale.text(&format!("data-group-{}", group.name()), &[]), "files": files, "is_feeds": false }
    });
    groups.chain(feeds(site)).collect()
}

fn file(format: Format, dataset: &Dataset<'_>, site: &Site) -> Value {
    let path = format.path();
    object! {
        "id": format.name(),
        "name": path.as_str().rsplit('/').next().unwrap_or_default(),
        "url": Value::safe_string(&path.url()),
        "media_type": format.media_type(),
        "what": site.locale.text(&format!("data-{}", format.name()), &[]),
        "count": format.count(dataset).map(|count| site.locale.count(unit(format), count)),
        "size": size(site.data.size(format, dataset), site),
    }
}

/// Returns the feeds of the whole timeline and that of changes; `None` without a base URL.
fn feeds(site: &Site) -> Option<Value> {
    site.timeline.config.base_url.as_ref()?;
    let feeds = [Form::Atom, Form::Json].map(|form| {
        let path = Feed::All.path(form, &site.timeline);
        object! {
            "id": form.name(),
            "name": path.as_str().rsplit('/').next().unwrap_or_default(),
            "url": Value::safe_string(&path.url()),
            "media_type": form.media_type(),
            "what": site.locale.text(&format!("data-feed-{}", form.name()), &[]),
            "count": Value::none(),
            "size": Value::none(),
        }
    });
    let changes = object! {
        "id": "changes",
        "name": "changes.xml",
        "url": "feeds/changes.xml",
        "media_type": Form::Atom.media_type(),
        "what": site.locale.text("data-feed-changes", &[]),
        "count": Value::none(),
        "size": Value::none(),
    };
    let feeds: Vec<Value> = feeds.into_iter().chain([changes]).collect();
    let name = site.locale.text("data-group-feeds", &[]);
    Some(object! { "id": "feeds", "name": name, "files": feeds, "is_feeds": true })
}

/// Returns the key of the message that counts a file's records.
const fn unit(format: Format) -> &'static str {
    match format {
        Format::SourcesCsv => "sources-count",
        Format::VotesCsv => "data-votes",
        Format::ActorsCsv => "data-actors",
        Format::Bibtex | Format::CslJson => "data-works",
        Format::Gexf => "data-pairs",
        _ => "events-count",
    }
}

/// Returns a size in words: kilobytes of a thousand bytes, rounded up, or from a million bytes on megabytes with one
/// decimal, rounded down.
fn size(bytes: u64, site: &Site) -> String {
    let (key, number) = if bytes < 1_000_000 {
        ("data-kilobytes", bytes.div_ceil(1000).to_string())
    } else {
        ("data-megabytes", format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000))
    };
    site.locale.text(key, &[("size", number.into())])
}
