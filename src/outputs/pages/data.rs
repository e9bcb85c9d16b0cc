//! The page of open data: what each file is, how many records it has, how large it is, how to cite the timeline, and how to
//! show it on another site.

use tera::Value;

use super::citation::Citation;
use super::fill::filled;
use super::head::Head;
use super::page::Page;
use super::writer::PageWriter;
use crate::exports::{Dataset, Format, Group, json_ld};
use crate::id::SitePath;
use crate::key::Keyer;
use crate::outputs::draft::Draft;
use crate::outputs::feed::{Feed, Form};
use crate::outputs::site::Site;
use crate::outputs::values::object;
use crate::theme::Locale;

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
        "size": size(site.data.size(format, dataset), &site.locale),
    }
}

/// Returns the feeds of the whole timeline and that of changes; `None` without a base URL.
fn feeds(site: &Site) -> Option<Value> {
    site.timeline.config.base_url.as_ref()?;
    let feed = |id: &str, path: &SitePath, form: Form| {
        object! {
            "id": id,
            "name": path.as_str().rsplit('/').next().unwrap_or_default(),
            "url": Value::safe_string(&path.url()),
            "media_type": form.media_type(),
            "what": site.locale.text(&format!("data-feed-{id}"), &[]),
            "count": Value::none(),
            "size": Value::none(),
        }
    };
    let of_all = |form: Form| feed(form.name(), &Feed::All.path(form, &site.timeline), form);
    let changes = feed("changes", &Page::ChangesFeed.path(&site.timeline), Form::Atom);
    let feeds = vec![of_all(Form::Atom), of_all(Form::Json), changes];
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
fn size(bytes: u64, locale: &Locale) -> String {
    let (key, number) = if bytes < 1_000_000 {
        ("data-kilobytes", bytes.div_ceil(1000).to_string())
    } else {
        let separator = locale.text("decimal-separator", &[]);
        ("data-megabytes", format!("{}{separator}{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000))
    };
    locale.text(key, &[("size", number.into())])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::size;
    use crate::config::Config;
    use crate::theme::Locale;

    #[test]
    fn a_size_has_the_decimal_separator_of_the_language() {
        let locale = |language: &str, words: &str| {
            let (config, _) = Config::parse(&format!("title = \"T\"\nlanguage = \"{language}\"\n"));
            Locale::new(&config.language, &BTreeMap::from([(format!("{language}.ftl"), words.into())])).0
        };
        let english = locale("en", "");
        for (bytes, words) in [(1, "1 kB"), (999_999, "1000 kB"), (1_000_000, "1.0 MB"), (12_395_000, "12.3 MB")] {
            assert_eq!(size(bytes, &english), words);
        }
        let french = "data-megabytes = { $size } Mo\ndecimal-separator = ,\n";
        assert_eq!(size(12_395_000, &locale("fr", french)), "12,3 Mo");
        let none = locale("fr", "data-megabytes = { $size } Mo\n");
        assert_eq!(size(12_395_000, &none), "12.3 Mo", "a point has no language, so nothing marks it as English");
    }
}
