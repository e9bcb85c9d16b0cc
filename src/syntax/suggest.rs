//! Suggestions for a wrong name: "did you mean …?"

use std::collections::BTreeMap;

use crate::diagnostic::{Code, SHOWN_PER_FILE};

/// The most suggestions in a help line.
const SUGGESTIONS: usize = 3;
/// The longest name that is compared, in bytes. Ids have at most 150, and a comparison costs the product of the lengths.
const LONGEST: usize = 200;

/// Limits how often suggestions are computed for one file, because each compares a name with many thousands. Only the first
/// [`SHOWN_PER_FILE`] reports of a kind are shown anyway.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowance(BTreeMap<Code, usize>);

impl Allowance {
    /// Counts one more report of a kind. Returns whether suggestions may be computed for it.
    pub(crate) fn spend(&mut self, code: Code) -> bool {
        let spent = self.0.entry(code).or_default();
        *spent += 1;
        *spent <= SHOWN_PER_FILE
    }
}

/// Returns a help line with the known names nearest to a wrong one; `None` if none is near.
pub(crate) fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    did_you_mean(&nearest_names(wrong, known))
}

/// Returns the known names nearest to a wrong one, at most three. Case is ignored.
///
/// A name is near if its optimal string alignment distance (restricted Damerau-Levenshtein) is at most a third of the longer
/// name, rounded up; if the wrong name is one of its parts between hyphens (`assad` finds `bashar-al-assad`); or if both have
/// several parts and the last is the same. The order is by distance, then by name.
pub(crate) fn nearest_names<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    if wrong.len() > LONGEST {
        return Vec::new();
    }
    let wrong = wrong.to_lowercase();
    let mut near: Vec<(usize, &str)> =
        known.into_iter().filter_map(|name| distance(&wrong, name).map(|distance| (distance, name))).collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(SUGGESTIONS);
    near.into_iter().map(|(_, name)| name).collect()
}

/// Returns the help line ``did you mean `a`, `b` or `c`?``, or `None` if there are no names.
pub(crate) fn did_you_mean(names: &[impl AsRef<str>]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean {one}?")),
        [first @ .., last] => Some(format!("did you mean {} or {last}?", first.join(", "))),
    }
}

/// Returns the distance of a known name from a wrong one, which is in lower case; `None` if it is not near. Names that only
/// share a part have the largest.
fn distance(wrong: &str, known: &str) -> Option<usize> {
    if known.len() > LONGEST {
        return None;
    }
    let longest = wrong.len().max(known.len());
    let may_be_near = wrong.len().abs_diff(known.len()) <= longest.div_ceil(3) * 4;
    let shares_part = wrong.contains('-') || known.contains('-');
    if !may_be_near && !shares_part {
        return None;
    }
    let known = known.to_lowercase();
    let longer = wrong.chars().count().max(known.chars().count());
    if wrong.chars().count().abs_diff(known.chars().count()) <= longer.div_ceil(3) {
        let distance = strsim::osa_distance(wrong, &known);
        if distance <= longer.div_ceil(3) {
            return Some(distance);
        }
    }
    let part_of = |long: &str, short: &str| short.len() >= 4 && long.split('-').any(|part| part == short);
    let shares_last = wrong.rsplit('-').next() == known.rsplit('-').next() && wrong.contains('-');
    (part_of(&known, wrong) || (shares_last && known.contains('-'))).then_some(longer)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_keyboard_finds_its_word() {
        let known = ["bashar-al-assad", "vladimir-putin", "russia"];
        assert_eq!(nearest("bashar-assad", known).as_deref(), Some("did you mean `bashar-al-assad`?"));
        assert_eq!(nearest("rusia", known).as_deref(), Some("did you mean `russia`?"));
        assert_eq!(nearest("assad", known).as_deref(), Some("did you mean `bashar-al-assad`?"));
        assert_eq!(nearest("finland", known), None);
    }
}
