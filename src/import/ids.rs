//! Which document each name and each entry gets.

use rustc_hash::{FxHashMap, FxHashSet};

use super::entry::{Entry, Harvest, Wish};
use super::loss::{Issue, Merge};
use super::names::{Group, Name, Names, folded, id_of, suffixed};
use super::target::Target;
use crate::content::MatterValue;
use crate::id::{self, Collection};

/// How far apart two places of one name may be, in degrees, to be the same.
const FAR: f64 = 0.5;

/// The documents of the names of a collection.
pub(super) struct Named {
    /// The id of the document of each spelling, by the spelling's number. Empty for spellings that no entry uses.
    pub ids: Vec<String>,
    /// The documents that the site lacks: id and front matter.
    pub new: Vec<(String, Vec<(&'static str, MatterValue)>)>,
    /// How many documents the site has already.
    pub known: usize,
    /// Spellings that were taken for one name.
    pub merges: Vec<Merge>,
}

/// Gives each name that is used a document: one that the site has, or a new one. With `apart`, each spelling is a name.
#[must_use]
pub(super) fn of_names(names: &Names, used: &FxHashSet<Name>, target: &Target, apart: bool) -> Named {
    let mut named = Named { ids: vec![String::new(); names.len()], new: Vec::new(), known: 0, merges: Vec::new() };
    let mut groups = names.groups(apart);
    groups.retain(|group| group.spellings.iter().any(|name| used.contains(name)));
    let mut ambiguous: FxHashMap<String, usize> = FxHashMap::default();
    for group in &groups {
        *ambiguous.entry(folded(&names.get(group.spellings[0]).name)).or_default() += 1;
    }
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for group in &groups {
        let key = folded(&names.get(group.spellings[0]).name);
        let is_alone = ambiguous.get(&key) == Some(&1);
        let known = is_alone.then(|| known(names, group, target)).flatten();
        let id = known.clone().unwrap_or_else(|| free_id(names, group, target, &seen));
        seen.insert(id::fold(&id));
        let is_known = target.file(names.collection, &id).is_some();
        named.known += usize::from(is_known);
        report_merge(names, group, &id, is_known, &mut named.merges);
        for name in &group.spellings {
            named.ids[Names::number(*name)] = id.clone();
        }
        if !is_known {
            named.new.push((id, fields(names, group)));
        }
    }
    named
}

/// Returns the document of the site that has one of the group's names. A place at another point is another document.
fn known(names: &Names, group: &Group, target: &Target) -> Option<String> {
    let point = group.spellings.iter().find_map(|name| {
        let degree = |key| match names.fact(*name, key) {
            Some(MatterValue::Decimal(degree)) => Some(*degree),
            _ => None,
        };
        degree("lat").zip(degree("lon"))
    });
    let is_near = |of_site: Option<(f64, f64)>| match (of_site, point) {
        (Some(a), Some(b)) => (a.0 - b.0).abs() < FAR && (a.1 - b.1).abs() < FAR,
        _ => true,
    };
    let known = group.spellings.iter().flat_map(|name| target.named(names.collection, &folded(&names.get(*name).name)));
    known.into_iter().find(|known| is_near(known.point)).map(|known| known.id.clone())
}

/// Returns an id that nothing else has. It depends on the name alone, unless something else has that id.
fn free_id(names: &Names, group: &Group, target: &Target, seen: &FxHashSet<String>) -> String {
    let first = names.get(group.spellings[0]);
    let id = id_of(&first.name);
    let has_other_name = |id: &str| {
        let has_name = |known: &super::target::Known| known.id == id;
        target.file(names.collection, id).is_some()
            && !target.named(names.collection, &folded(&first.name)).iter().any(has_name)
    };
    let is_other = known(names, group, target).is_none() && target.file(names.collection, &id).is_some();
    if seen.contains(&id::fold(&id)) || is_other || has_other_name(&id) || target.is_taken(names.collection, &id) {
        return suffixed(&id, &format!("{}{}", first.name, first.context));
    }
    id
}

fn report_merge(names: &Names, group: &Group, id: &str, is_known: bool, merges: &mut Vec<Merge>) {
    let [first, others @ ..] = group.spellings.as_slice() else { return };
    let mut others: Vec<String> = others.iter().map(|name| names.get(*name).name.clone()).collect();
    others.dedup();
    if !others.is_empty() {
        merges.push(Merge {
            folder: names.collection.folder(),
            id: id.to_owned(),
            name: names.get(*first).name.clone(),
            others,
            is_kept: is_known,
        });
    }
}

/// Returns the front matter of the document of a group. If spellings have different values of a key, the first counts.
fn fields(names: &Names, group: &Group) -> Vec<(&'static str, MatterValue)> {
    let first = names.get(group.spellings[0]);
    let mut fields = vec![("name", MatterValue::Text(first.name.clone()))];
    let others: Vec<&str> = group.spellings[1..].iter().map(|name| names.get(*name).name.as_str()).collect();
    if !others.is_empty() && names.collection == Collection::Actors {
        fields.push(("names", MatterValue::texts(others)));
    }
    for name in &group.spellings {
        for (key, value) in &names.get(*name).facts {
            if !fields.iter().any(|(known, _)| known == key) {
                fields.push((key, value.clone()));
            }
        }
    }
    fields
}

/// Returns the id of an entry whose input gives this one: the same in NFC, or one made from it if it cannot be an id.
#[must_use]
pub(super) fn given(id: &str) -> String {
    let normalised = id::normalise(id);
    if id::check(&normalised).is_ok() { normalised } else { id_of(id) }
}

/// Gives each entry its id; entries that cannot have one are refused.
pub(super) fn of_entries(harvest: &mut Harvest, target: &Target) -> Vec<(String, Entry)> {
    let mut seen: FxHashSet<(Collection, String)> = FxHashSet::default();
    let mut with_ids = Vec::with_capacity(harvest.entries.len());
    for entry in std::mem::take(&mut harvest.entries) {
        match id_of_entry(&entry, &seen, target) {
            Ok(id) => {
                if let Wish::Given(given) = &entry.id
                    && *given != id
                {
                    harvest.losses.change("id", given, "it cannot be an id of annals");
                }
                seen.insert((entry.collection, id::fold(&id)));
                with_ids.push((id, entry));
            }
            Err(message) => harvest.losses.refused.push(Issue::new(&entry.at, None, message)),
        }
    }
    with_ids
}

fn id_of_entry(entry: &Entry, seen: &FxHashSet<(Collection, String)>, target: &Target) -> Result<String, String> {
    let is_seen = |id: &str| seen.contains(&(entry.collection, id::fold(id)));
    let is_foreign = |id: &str| target.is_taken(entry.collection, id) && target.file(entry.collection, id).is_none();
    match &entry.id {
        Wish::Given(given) => {
            let id = self::given(given);
            if is_seen(&id) {
                return Err(format!("the id `{id}` occurs twice in the input"));
            }
            if is_foreign(&id) {
                return Err(format!("an alias or a file has the address of `{id}`"));
            }
            Ok(id)
        }
        Wish::Made(base) => {
            let base = if id::check(base).is_ok() && base.len() <= 100 { base.clone() } else { id_of(base) };
            if !is_seen(&base) && !is_foreign(&base) {
                return Ok(base);
            }
            let id = suffixed(&base, &format!("{:?}{}", entry.fields, entry.text));
            if is_seen(&id) { Err("the same entry occurs twice in the input".to_owned()) } else { Ok(id) }
        }
    }
}
