//! `build.json`: what the site was built from and how.

use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use crate::id::SitePath;
use crate::provenance::FILE;
use crate::timeline::Timeline;

/// The file that says how the site was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File;

impl OutputFamily for File {
    const ID: &'static str = "provenance";

    type Shared = ();

    fn shared(_timeline: &Timeline) {}

    fn plan(_site: &Site, (): &(), _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        vec![Self]
    }

    fn path(&self, _timeline: &Timeline) -> SitePath {
        SitePath::new(FILE)
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, (): &'a ()) -> Draft<'a> {
        Draft::made(site.provenance.json().into_bytes())
    }
}
