//! The grounds of small maps: coasts and borders around the places of an event. Pages refer to a ground by its address, because
//! many events were at the same places, and a browser then loads it only once.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::family::{Indexed, OutputFamily};
use super::site::Site;
use crate::figures::map::locator_ground;
use crate::id::SitePath;
use crate::key::Keyer;
use crate::timeline::{PlaceIx, Timeline};

/// The ground around some places: at least one, each with a point, each once, in the order of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ground(Vec<PlaceIx>);

impl OutputFamily for Ground {
    const ID: &'static str = "grounds of small maps";

    type Shared = ();

    fn shared(_timeline: &Timeline) {}

    /// Lists a ground for each place with a point, and one for each set of such places where an event was.
    fn plan(site: &Site, (): &(), _indexed: &dyn Fn() -> Vec<Indexed>) -> Vec<Self> {
        let timeline = &site.timeline;
        let single = (0..timeline.places.len()).filter_map(|number| Self::of(&[PlaceIx(number)], timeline));
        let sets = timeline.events.iter().filter_map(|event| Self::of(&event.places, timeline));
        single.chain(sets).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn path(&self, timeline: &Timeline) -> SitePath {
        let ids = self.0.iter().map(|ix| timeline[*ix].entry.id.id.as_ref());
        SitePath::new(match self.0.as_slice() {
            [place] => format!("maps/{}.svg", timeline[*place].entry.id.id),
            // Ids have no slash, so this folder cannot be a place.
            _ => {
                let mut keyer = Keyer::default();
                ids.for_each(|id| {
                    keyer.text(id);
                });
                format!("maps/several/{}.svg", keyer.finish())
            }
        })
    }

    fn draft<'a>(&'a self, _at: &'a SitePath, site: &'a Site, (): &'a ()) -> Draft<'a> {
        let points = self.points(&site.timeline);
        let mut keyer = Keyer::default();
        for (lat, lon) in &points {
            keyer.number(lat.to_bits()).number(lon.to_bits());
        }
        Draft::new(keyer.finish(), move || Ok(locator_ground(&points).into_bytes()))
    }
}

impl Ground {
    /// Returns the ground around those of the places that have a point; `None` if none has one.
    pub fn of(places: &[PlaceIx], timeline: &Timeline) -> Option<Self> {
        let mut set: Vec<PlaceIx> = places.iter().copied().filter(|ix| timeline[*ix].point.is_some()).collect();
        set.sort_unstable();
        set.dedup();
        (!set.is_empty()).then_some(Self(set))
    }

    /// Returns the places, in the order of the timeline.
    pub fn places(&self) -> &[PlaceIx] {
        &self.0
    }

    /// Returns the latitude and longitude of each place, in degrees.
    fn points(&self, timeline: &Timeline) -> Vec<(f64, f64)> {
        self.0.iter().filter_map(|ix| timeline[*ix].point.map(|point| (point.lat, point.lon))).collect()
    }
}
