//! The files of open data, one for each format.

use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use crate::exports::Format;
use crate::id::SitePath;
use crate::timeline::Timeline;

impl OutputFamily for Format {
    const ID: &'static str = "data";

    type Shared = ();

    fn shared(_timeline: &Timeline) {}

    fn plan(_site: &Site, (): &(), _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn path(&self, _timeline: &Timeline) -> SitePath {
        Self::path(*self)
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, (): &'a ()) -> Draft<'a> {
        let dataset = site.dataset();
        Draft::in_parts(site.data.key(*self, &dataset), move |to| self.write(&dataset, to))
    }
}
