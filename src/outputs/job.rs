//! The list of output families, and what follows from it: [`Job`], a file of any family, and what the files of each family
//! share.

use super::card::Card;
use super::draft::Draft;
use super::embed;
use super::family::{Indexed, OutputFamily};
use super::feed;
use super::filter;
use super::ground::Ground;
use super::pages::Page;
use super::provenance;
use super::site::Site;
use super::sitemap;
use crate::exports::Format;
use crate::id::SitePath;
use crate::search;
use crate::timeline::{Entry, Timeline};

/// Makes [`Job`] and [`OutputFamilies`] from the list of families.
macro_rules! families {
    ($($(#[doc = $doc:literal])* $name:ident($file:ty) shares $shared:ident;)*) => {
        /// A file to render.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Job {
            $($(#[doc = $doc])* $name($file),)*
        }

        /// The names of all families, in their order.
        pub const OUTPUT_FAMILIES: &[&str] = &[$(<$file as OutputFamily>::ID),*];

        /// What the files of each family share.
        pub(super) struct OutputFamilies {
            $($(#[doc = $doc])* pub(super) $shared: <$file as OutputFamily>::Shared,)*
        }

        impl OutputFamilies {
            /// Makes what the files of each family share.
            pub(super) fn new(timeline: &Timeline) -> Self {
                Self { $($shared: <$file as OutputFamily>::shared(timeline),)* }
            }

            /// Does the same, reusing what still holds of what the families share for an earlier Timeline.
            pub(super) fn after(timeline: &Timeline, earlier: &Timeline, families: &Self) -> Self {
                Self { $($shared: <$file as OutputFamily>::shared_after(timeline, earlier, &families.$shared),)* }
            }

            /// Lists every file, one family after the other.
            pub(super) fn jobs(&self, site: &Site) -> Vec<Job> {
                let mut jobs = Vec::new();
                $(
                    let files = <$file as OutputFamily>::plan(site, &self.$shared, &|| indexed(&jobs, &site.timeline));
                    jobs.extend(files.into_iter().map(Job::$name));
                )*
                jobs
            }

            /// Returns a file, ready to be made, with links that are relative to the path `at`.
            pub(super) fn draft<'a>(
                &'a self,
                job: &'a Job,
                at: &'a SitePath,
                site: &'a Site,
            ) -> Draft<'a> {
                match job {
                    $(Job::$name(file) => file.draft(at, site, &self.$shared),)*
                }
            }
        }

        impl Job {
            /// Returns the name of its family.
            #[must_use]
            pub const fn family(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => <$file as OutputFamily>::ID,)*
                }
            }

            /// Returns the path to which it is written.
            #[must_use]
            pub fn path(&self, timeline: &Timeline) -> SitePath {
                match self {
                    $(Self::$name(file) => file.path(timeline),)*
                }
            }

            /// Returns the document whose page it is; `None` if it is not a document's page.
            #[must_use]
            pub fn entry<'t>(&self, timeline: &'t Timeline) -> Option<&'t Entry> {
                match self {
                    $(Self::$name(file) => file.entry(timeline),)*
                }
            }

            /// Returns whether it is a page that search engines may list. The sitemap has exactly these pages; every other
            /// HTML page says `noindex`.
            #[must_use]
            pub fn is_indexed(&self) -> bool {
                match self {
                    $(Self::$name(file) => file.is_indexed(),)*
                }
            }

            fn updated(&self, timeline: &Timeline) -> Option<crate::date::Day> {
                match self {
                    $(Self::$name(file) => file.updated(timeline),)*
                }
            }
        }
    };
}

families! {
    /// HTML pages.
    Page(Page) shares pages;
    /// The grounds of small maps.
    Ground(Ground) shares grounds;
    /// The events, for the filters' script.
    Filter(filter::File) shares filter;
    /// The events, for embed.html.
    Embed(embed::File) shares embed;
    /// The search index.
    Search(search::File) shares search;
    /// Open data.
    Data(Format) shares data;
    /// Feeds.
    Feed(feed::File) shares feeds;
    /// Social cards.
    Card(Card) shares cards;
    /// How the site was built.
    Provenance(provenance::File) shares provenance;
    /// The sitemap and robots.txt. It lists the pages of the families before it, so it is the last.
    Sitemap(sitemap::File) shares sitemap;
}

/// Returns the pages among some files that search engines may list.
fn indexed(jobs: &[Job], timeline: &Timeline) -> Vec<Indexed> {
    let indexed = jobs.iter().filter(|job| job.is_indexed());
    indexed.map(|job| Indexed { path: job.path(timeline), updated: job.updated(timeline) }).collect()
}
