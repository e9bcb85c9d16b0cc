//! "Did you mean …?"

/// How many suggestions a help line has at the most.
const SUGGESTIONS: usize = 3;

/// A help line with the known names nearest to a wrong one, or nothing where none is near.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    did_you_mean(&nearest_names(wrong, known))
}

/// The known names nearest to a wrong one, at most three.
///
/// Near is a Damerau-Levenshtein distance of at most a third of the longer word, or a shared part between hyphens
/// (`assad` finds `bashar-al-assad`). The order is by distance, then by name.
pub fn nearest_names<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wrong = wrong.to_lowercase();
    let mut near: Vec<(usize, &str)> =
        known.into_iter().filter_map(|name| distance(&wrong, &name.to_lowercase()).map(|d| (d, name))).collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(SUGGESTIONS);
    near.into_iter().map(|(_, name)| name).collect()
}

/// `did you mean `a`, `b` or `c`?`
pub fn did_you_mean(names: &[impl AsRef<str>]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean {one}?")),
        [first @ .., last] => Some(format!("did you mean {} or {last}?", first.join(", "))),
    }
}

fn distance(wrong: &str, known: &str) -> Option<usize> {
    let longer = wrong.chars().count().max(known.chars().count());
    if wrong.len().abs_diff(known.len()) <= longer.div_ceil(3) * 4 {
        let distance = strsim::osa_distance(wrong, known);
        if distance <= longer.div_ceil(3) {
            return Some(distance);
        }
    }
    let part_of = |long: &str, short: &str| short.len() >= 4 && long.split('-').any(|part| part == short);
    let shares_last = wrong.rsplit('-').next() == known.rsplit('-').next() && wrong.contains('-');
    (part_of(known, wrong) || (shares_last && known.contains('-'))).then_some(longer)
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
