//! The files of the search index as a family of outputs.

use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use crate::id::SitePath;
use crate::search::{self, Corpus, File, Index};
use crate::timeline::Timeline;

/// Returns what a site's search index is made from.
pub(super) fn corpus(site: &Site) -> Corpus<'_> {
    Corpus { timeline: &site.timeline, kind_names: &site.values.kind_names, locale: &site.locale, typed: &site.typed }
}

impl OutputFamily for File {
    const ID: &'static str = "search index";

    type Shared = Index;

    fn shared(_timeline: &Timeline) -> Index {
        Index::default()
    }

    fn plan(site: &Site, _index: &Index, _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        search::files(&site.timeline)
    }

    fn path(&self, _timeline: &Timeline) -> SitePath {
        File::path(*self)
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, index: &'a Index) -> Draft<'a> {
        let corpus = corpus(site);
        Draft::new(index.key(&corpus, *self), move || Ok(index.file(&corpus, *self)))
    }
}
