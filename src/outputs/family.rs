//! What a family of outputs is: files of one sort, which one module lists, names and makes.
//!
//! A family is one file that implements [`OutputFamily`] and one line in the list of `job.rs`. That line puts its files into
//! the plan, the preview and, where they may be listed, the sitemap.

use super::draft::Draft;
use super::site::Site;
use crate::date::Day;
use crate::id::SitePath;
use crate::timeline::{Entry, Timeline};

/// A file of a family.
pub(super) trait OutputFamily: Sized {
    /// The family's name. ARCHITECTURE.md describes the family under it.
    const ID: &'static str;

    /// What the family's files share and is made once.
    type Shared: Send + Sync;

    /// Makes what the family's files share.
    fn shared(timeline: &Timeline) -> Self::Shared;

    /// Does the same, reusing what still holds of what was made for an earlier Timeline.
    fn shared_after(timeline: &Timeline, _earlier: &Timeline, _shared: &Self::Shared) -> Self::Shared {
        Self::shared(timeline)
    }

    /// Lists the family's files. `indexed` returns the pages of the families before it that search engines may list.
    fn plan(site: &Site, shared: &Self::Shared, indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self>;

    /// Returns the path to which the file is written.
    fn path(&self, timeline: &Timeline) -> SitePath;

    /// Returns the document whose page it is; `None` if it is not a document's page.
    fn entry<'t>(&self, _timeline: &'t Timeline) -> Option<&'t Entry> {
        None
    }

    /// Returns whether it is a page that search engines may list.
    fn is_indexed(&self) -> bool {
        false
    }

    /// Returns the day on which what it shows last changed, for the sitemap; `None` if that is not known.
    fn updated(&self, _timeline: &Timeline) -> Option<Day> {
        None
    }

    /// Returns the file, ready to be made, with links that are relative to the path `at`.
    fn draft<'a>(&'a self, at: &'a SitePath, site: &'a Site, shared: &'a Self::Shared) -> Draft<'a>;
}

/// A page that search engines may list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    /// Where it is written.
    pub path: SitePath,
    /// The day of its last change, where that is known.
    pub updated: Option<Day>,
}
