//! The list of all files of a site: rendered, built-in and copied. Files that would have the same path are reported.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::job::{Job, OUTPUT_FAMILIES};
use super::pages::Page;
use super::renderer::Renderer;
use crate::diagnostic::{Code, Problems, Span};
use crate::id::{self, Collection, SitePath};
use crate::pictures::{Header, Variant};
use crate::source_path::{Folder, SourcePath};
use crate::sum;
use crate::theme;
use crate::timeline::{EventIx, Timeline};

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it is written.
    pub path: SitePath,
    /// What is written.
    pub content: Content,
    origin: Origin,
}

impl Output {
    /// Returns whether it is written before pages: open data, because pages state their sizes, and the search index,
    /// because it is in memory until its files are written.
    #[must_use]
    pub const fn is_early(&self) -> bool {
        matches!(self.content, Content::Render(Job::Data(_) | Job::Search(_)))
    }

    /// Returns whether both are copies of the same picture, so that it needs to be decoded only once.
    #[must_use]
    pub fn is_of_same_picture(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Picture(this, ..), Content::Picture(that, ..)) => this == that,
            _ => false,
        }
    }
}

/// Where the bytes of a file come from.
#[derive(Clone, Debug)]
pub enum Content {
    /// A file of an output family.
    Render(Job),
    /// A file of the built-in theme.
    BuiltIn(&'static [u8]),
    /// A file of the site's folder, copied; a picture without its metadata.
    Copy(PathBuf),
    /// A copy of a picture of the site's folder: the picture's file, its header as of when the site was read, and the size
    /// and format of the copy.
    Picture(PathBuf, Header, Variant),
}

impl Content {
    /// The sort of file that it is: a family of [`OUTPUT_FAMILIES`], [`STATIC_FILES`] or [`PICTURES`].
    #[must_use]
    pub const fn sort(&self) -> &'static str {
        match self {
            Self::Render(job) => job.family(),
            Self::BuiltIn(_) | Self::Copy(_) => STATIC_FILES,
            Self::Picture(..) => PICTURES,
        }
    }
}

/// The sort of files that are copied, or part of annals.
const STATIC_FILES: &str = "static files";
/// The sort of copies of pictures in other sizes or formats.
const PICTURES: &str = "pictures";

/// All sorts of files, in the order of the list of families.
pub(crate) fn sorts() -> impl Iterator<Item = &'static str> {
    OUTPUT_FAMILIES.iter().copied().chain([STATIC_FILES, PICTURES])
}

/// What a file is made for. Reports on two files with the same path name it.
#[derive(Clone, Debug)]
enum Origin {
    /// annals itself.
    Generated,
    /// A document's page.
    Document(SourcePath),
    /// An alias in a document.
    Alias(SourcePath, Span),
    /// A file of the site's own.
    File(SourcePath),
}

/// The list of files, and reports on paths that clash.
pub(crate) struct Plan {
    /// The files in the order of their paths, each path once.
    pub outputs: Vec<Output>,
    /// Reports on paths that two files would have.
    pub problems: Problems,
}

/// Lists every file of the site. `static_files` and `content_files` map paths inside `static/` and `content/` to files on
/// disk.
#[must_use]
pub(crate) fn plan(
    renderer: &Renderer,
    static_files: &BTreeMap<String, PathBuf>,
    content_files: &BTreeMap<String, PathBuf>,
) -> Plan {
    let timeline = &renderer.site.timeline;
    let mut list = List::default();
    // The list of sums is made of all files, so it is not one of them, but nothing else may have its path.
    list.add(SitePath::new(sum::FILE), Content::BuiltIn(&[]), Origin::Generated);
    rendered(renderer, &mut list);
    assets(static_files, &mut list);
    for path in &timeline.linked_files {
        if let Some(file) = content_files.get(path.as_str()) {
            let name = Folder::Content.file(path.as_str());
            list.add(path.clone(), Content::Copy(file.clone()), Origin::File(name));
        }
    }
    media(timeline, content_files, &mut list);
    aliases(timeline, &mut list);
    list.finish()
}

/// Returns the page of an event by its path, without listing all other files; `None` if no event has this path.
#[must_use]
pub(crate) fn event_page(timeline: &Timeline, path: &str) -> Option<Output> {
    let number = timeline.events.iter().position(|event| event.entry.path().as_str() == path)?;
    let content = Content::Render(Job::Page(Page::Event(EventIx(number))));
    Some(Output { path: SitePath::new(path), content, origin: Origin::Generated })
}

/// Adds the files that are rendered, except redirects.
fn rendered(renderer: &Renderer, list: &mut List) {
    let timeline = &renderer.site.timeline;
    for job in renderer.jobs() {
        let origin = match job.entry(timeline) {
            Some(entry) => Origin::Document(entry.file.clone()),
            None => Origin::Generated,
        };
        list.add(job.path(timeline), Content::Render(job), origin);
    }
}

/// Adds the site's own static files, and those of the built-in theme that they do not replace.
fn assets(static_files: &BTreeMap<String, PathBuf>, list: &mut List) {
    for asset in theme::assets() {
        if !static_files.contains_key(asset.path) {
            list.add(SitePath::new(asset.path), Content::BuiltIn(asset.bytes), Origin::Generated);
        }
    }
    for (path, file) in static_files {
        let name = Folder::Static.file(path);
        list.add(SitePath::new(path.as_str()), Content::Copy(file.clone()), Origin::File(name));
    }
}

/// Adds the copies of pictures that entries show.
fn media(timeline: &Timeline, content_files: &BTreeMap<String, PathBuf>, list: &mut List) {
    let entries = Collection::ALL.into_iter().flat_map(|collection| timeline.entries(collection));
    for item in entries.flat_map(|entry| &entry.media) {
        let Some(file) = content_files.get(&item.file) else { continue };
        for variant in item.header.variants() {
            let content = Content::Picture(file.clone(), item.header.clone(), variant);
            list.add(item.copy(&variant), content, Origin::Generated);
        }
    }
}

fn aliases(timeline: &Timeline, list: &mut List) {
    for collection in Collection::ALL {
        for entry in timeline.entries(collection) {
            for alias in &entry.aliases {
                let origin = Origin::Alias(entry.file.clone(), alias.span.clone());
                let page = Page::Redirect { from: alias.value.clone(), to: entry.path() };
                list.add(alias.value.clone(), Content::Render(Job::Page(page)), origin);
            }
        }
    }
}

#[derive(Default)]
struct List {
    outputs: Vec<Output>,
}

impl List {
    fn add(&mut self, path: SitePath, content: Content, origin: Origin) {
        self.outputs.push(Output { path, content, origin });
    }

    /// Sorts the list by path, and reports two files with the same path, of which the one added first stays, and a file
    /// with the path of another's folder. Paths that differ only in case count as the same, because many disks do not
    /// distinguish them.
    fn finish(mut self) -> Plan {
        let folded: Vec<String> = self.outputs.par_iter().map(|output| output.path.as_str().to_lowercase()).collect();
        let mut taken: FxHashMap<&str, usize> = FxHashMap::default();
        taken.reserve(folded.len());
        let mut kept: Vec<bool> = Vec::with_capacity(folded.len());
        let mut problems = Problems::default();
        for (number, (output, path)) in self.outputs.iter().zip(&folded).enumerate() {
            let first = *taken.entry(path).or_insert(number);
            kept.push(first == number);
            if first != number {
                report_clash(output, &self.outputs[first], &mut problems);
            }
        }
        for (number, path) in folded.iter().enumerate().filter(|(number, _)| kept[*number]) {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            if let Some(file) = folders.filter_map(|folder| taken.get(folder)).next() {
                report_clash(&self.outputs[number], &self.outputs[*file], &mut problems);
            }
        }
        let mut kept = kept.into_iter();
        self.outputs.retain(|output| kept.next().unwrap_or_default() && output.path.as_str() != sum::FILE);
        self.outputs.par_sort_by(|a, b| a.path.cmp(&b.path));
        Plan { outputs: self.outputs, problems }
    }
}

/// Returns the name of a file without `.html`.
fn stem(path: &SitePath) -> &str {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".html").unwrap_or(name)
}

impl Output {
    /// Returns what would be written, in words for a report.
    fn described(&self) -> String {
        match &self.origin {
            Origin::Generated if self.path.as_str().ends_with(".html") => "a page that annals makes".to_owned(),
            Origin::Generated => "a file that annals makes".to_owned(),
            Origin::Document(file) => format!("the page of {file}"),
            Origin::Alias(file, _) => format!("an alias in {file}"),
            Origin::File(file) => format!("the file {file}"),
        }
    }
}

/// Reports that two files clash, at the one that an author can change. Says nothing if both are annals' own, or if the
/// cause is reported already.
fn report_clash(late: &Output, first: &Output, problems: &mut Problems) {
    let (blamed, other) = match (&late.origin, &first.origin) {
        (Origin::Generated, Origin::Generated) => return,
        // Two documents with one id are reported as such.
        (Origin::Document(_), Origin::Document(_)) => return,
        // So is an id that is reserved.
        (Origin::Document(_), _) if id::check(stem(&late.path)).is_err() => return,
        (Origin::Generated, _) => (first, late),
        // An alias yields to a page, a page to nothing.
        (_, Origin::Alias(..)) if !matches!(late.origin, Origin::Alias(..)) => (first, late),
        _ => (late, first),
    };
    let (path, what) = (&blamed.path, other.described());
    let problem = match &blamed.origin {
        Origin::Generated => return,
        Origin::Alias(file, span) => {
            let message = format!("the alias would replace {what}, at {path}");
            problems.report(Code::AliasCollision, (file, span.clone()), message).help("remove the alias")
        }
        Origin::Document(file) | Origin::File(file) => {
            let message = format!("{file} would be written to {path}, which is {what}");
            problems.report(Code::OutputCollision, file, message).help("rename the file")
        }
    };
    if let Origin::Alias(file, span) = &other.origin {
        problem.also_at((file, span.clone()), "the other alias is here");
    }
}
