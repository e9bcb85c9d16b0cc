//! How names become documents: which spellings are one name, and which id it gets.
//!
//! Spellings that differ only in case, punctuation or diacritics are one name. So are a name and the same name with a bracket
//! at its end (`HTS`), unless the bracket holds a digit or several brackets follow the same name: `Police (2011-2017)` and
//! `Protesters (Iraq)` are names of their own. The id depends on the name alone, so it is the same in every import.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::content::{MatterValue, slug};
use crate::fold;
use crate::id::{self, Collection};
use crate::key::Key;

/// The longest id that is made from a name, in bytes.
const LONGEST: usize = 100;

/// The number of a spelling in its [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name(u32);

/// A spelling of a name in the input.
#[derive(Debug)]
pub(super) struct Spelling {
    /// The name as it is written, on one line.
    pub name: String,
    /// What distinguishes it from others of the same spelling: the country of a place, folded; empty if nothing does.
    pub context: String,
    /// How often it occurs.
    pub count: usize,
    /// What the input says about it, for the document that will be written.
    pub facts: Vec<(&'static str, MatterValue)>,
}

/// The names of a collection that an input mentions.
#[derive(Debug)]
pub(super) struct Names {
    /// Which collection their documents are in.
    pub collection: Collection,
    spellings: Vec<Spelling>,
    known: FxHashMap<(String, String), Name>,
}

/// What spellings of one name have in common: the folded name, the context, and, if spellings are kept apart, the name as
/// written.
type GroupKey<'n> = (String, &'n str, &'n str);

/// Spellings of one name, which gets one document.
#[derive(Debug)]
pub(super) struct Group {
    /// The spellings, the one that becomes the name first.
    pub spellings: Vec<Name>,
}

impl Names {
    /// Makes a list without names.
    #[must_use]
    pub(super) fn of(collection: Collection) -> Self {
        Self { collection, spellings: Vec::new(), known: FxHashMap::default() }
    }

    /// Adds a name that an entry mentions, or counts it again; `None` if it is empty.
    pub(super) fn add(&mut self, name: &str, context: &str) -> Option<Name> {
        let name = super::plain::line(name);
        if name.is_empty() {
            return None;
        }
        let key = (name, context.to_owned());
        if let Some(known) = self.known.get(&key) {
            self.spellings[known.0 as usize].count += 1;
            return Some(*known);
        }
        let number = Name(u32::try_from(self.spellings.len()).ok()?);
        let (name, context) = key.clone();
        self.spellings.push(Spelling { name, context, count: 1, facts: Vec::new() });
        self.known.insert(key, number);
        Some(number)
    }

    /// Returns a name that was added before.
    #[must_use]
    pub(super) fn find(&self, name: &str, context: &str) -> Option<Name> {
        self.known.get(&(super::plain::line(name), context.to_owned())).copied()
    }

    /// Adds what the input says about a name under a key. A later value of the same key is ignored.
    pub(super) fn tell(&mut self, name: Name, key: &'static str, value: Option<MatterValue>) {
        let facts = &mut self.spellings[name.0 as usize].facts;
        if let Some(value) = value.filter(|_| !facts.iter().any(|(known, _)| *known == key)) {
            facts.push((key, value));
        }
    }

    /// Returns what the input says about a name under a key.
    #[must_use]
    pub(super) fn fact(&self, name: Name, key: &str) -> Option<&MatterValue> {
        self.get(name).facts.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// Returns a spelling.
    #[must_use]
    pub(super) fn get(&self, name: Name) -> &Spelling {
        &self.spellings[name.0 as usize]
    }

    /// Returns how many spellings there are.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.spellings.len()
    }

    /// Returns the position of a name among all, from 0.
    #[must_use]
    pub(super) const fn number(name: Name) -> usize {
        name.0 as usize
    }

    /// Groups the spellings of each name, in the order of their folded names. With `apart`, each spelling is a group.
    #[must_use]
    pub(super) fn groups(&self, apart: bool) -> Vec<Group> {
        let mut by_key: BTreeMap<GroupKey<'_>, Vec<Name>> = BTreeMap::new();
        for (number, spelling) in (0u32..).zip(&self.spellings) {
            let as_written = if apart { spelling.name.as_str() } else { "" };
            by_key.entry((folded(&spelling.name), &spelling.context, as_written)).or_default().push(Name(number));
        }
        if !apart {
            self.merge_brackets(&mut by_key);
        }
        let mut groups: Vec<Group> = by_key.into_values().map(|spellings| Group { spellings }).collect();
        for group in &mut groups {
            group.spellings.sort_by(|a, b| self.weight(*b).cmp(&self.weight(*a)));
        }
        groups
    }

    /// Adds a name with a bracket at its end to the same name without one, if it occurs and has no other bracket.
    fn merge_brackets<'n>(&'n self, by_key: &mut BTreeMap<GroupKey<'n>, Vec<Name>>) {
        let mut bracketed: BTreeMap<(String, &'n str), Vec<GroupKey<'n>>> = BTreeMap::new();
        for (key, names) in by_key.iter() {
            let base = names.first().and_then(|name| without_bracket(&self.get(*name).name));
            if let Some(base) = base {
                bracketed.entry((folded(base), key.1)).or_default().push(key.clone());
            }
        }
        for ((base, context), keys) in bracketed {
            let bare = (base, context, "");
            if let [key] = keys.as_slice()
                && *key != bare
                && by_key.contains_key(&bare)
                && let Some(names) = by_key.remove(key)
            {
                by_key.entry(bare).or_default().extend(names);
            }
        }
    }

    /// Returns the rank of a spelling. The greatest of a group becomes the name: without a bracket, then the most frequent,
    /// then with the most non-ASCII characters, then the last in code point order.
    fn weight(&self, name: Name) -> (bool, usize, usize, &str) {
        let spelling = self.get(name);
        let marks = spelling.name.chars().filter(|c| !c.is_ascii()).count();
        (without_bracket(&spelling.name).is_none(), spelling.count, marks, &spelling.name)
    }
}

/// Returns a name in the form in which names are compared: its words as search folds them. Without any, the name itself in NFC.
#[must_use]
pub(super) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold::words(name, |word| {
        folded.push_str(word);
        folded.push(' ');
    });
    if folded.is_empty() { id::normalise(name) } else { folded }
}

/// Returns a name without the bracket at its end; `None` if it has none, or one with a digit.
#[must_use]
pub(super) fn without_bracket(name: &str) -> Option<&str> {
    let pairs = [('(', ')'), ('[', ']'), ('（', '）')];
    pairs.into_iter().find_map(|(open, close)| {
        let (before, inside) = name.strip_suffix(close)?.rsplit_once(open)?;
        let before = before.trim_end();
        (!before.is_empty() && !inside.chars().any(char::is_numeric)).then_some(before)
    })
}

/// Makes a valid id from a name alone. It gets a suffix made from the name if the name has no letter or digit, is too long, or
/// would be a reserved id.
#[must_use]
pub(super) fn id_of(name: &str) -> String {
    let has_word = name.chars().any(char::is_alphanumeric);
    let slug = slug(name);
    let slug = allowed(&slug);
    let cut = cut(&slug);
    if !has_word || cut.len() < slug.len() || id::check(cut).is_err() {
        let base = if has_word { cut } else { "name" };
        return suffixed(base, name);
    }
    cut.to_owned()
}

/// Returns an id with a suffix of six hexadecimal digits, a hash of `from`.
#[must_use]
pub(super) fn suffixed(id: &str, from: &str) -> String {
    let hash = Key::of(id::normalise(from).as_bytes()).to_string();
    let base = cut(id);
    let base = if base.is_empty() { "name" } else { base };
    format!("{base}-{}", &hash[..6])
}

/// Removes the characters of an id that ids cannot have.
#[must_use]
pub(super) fn allowed(id: &str) -> String {
    let keep =
        |c: &char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(*c) || "-_".contains(*c);
    id::normalise(&id.chars().filter(keep).collect::<String>())
}

fn cut(id: &str) -> &str {
    id[..id.floor_char_boundary(LONGEST)].trim_end_matches(['-', '_'])
}

#[cfg(test)]
mod tests {
    use super::{Names, id_of};
    use crate::id::{self, Collection};

    fn grouped(names: &[&str]) -> Vec<Vec<String>> {
        let mut all = Names::of(Collection::Actors);
        names.iter().for_each(|name| {
            all.add(name, "");
        });
        let of = |group: super::Group| group.spellings.iter().map(|name| all.get(*name).name.clone()).collect();
        all.groups(false).into_iter().map(of).collect()
    }

    #[test]
    fn spellings_of_one_name_are_one_group() {
        assert_eq!(grouped(&["Élan", "ELAN", "Elan", "Elan"]), [["Elan", "Élan", "ELAN"]]);
        assert_eq!(grouped(&["Free Party", "free-party", "Free Party (FP)"]).len(), 1);
        assert_eq!(grouped(&["حزب", "حِزب"]).len(), 1);
    }

    #[test]
    fn brackets_that_tell_names_apart_do() {
        assert_eq!(grouped(&["Protesters (Ostland)", "Protesters (Westland)"]).len(), 2);
        assert_eq!(grouped(&["Protesters", "Protesters (Ostland)", "Protesters (Westland)"]).len(), 3);
        assert_eq!(grouped(&["Police of Ostland (2011-2017)", "Police of Ostland"]).len(), 2);
        assert_eq!(grouped(&["Protesters (Ostland)"]).len(), 1);
    }

    #[test]
    fn every_name_gets_a_valid_id() {
        let long = "x".repeat(300);
        for name in [
            "a",
            "!!!",
            "???",
            "../../etc/passwd",
            "CON",
            "index",
            "=1+1",
            "a\u{202e}b",
            "قوات",
            "😀",
            &long,
            "a.b/c\\d",
        ] {
            assert_eq!(id::check(&id_of(name)), Ok(()), "{name}: {}", id_of(name));
        }
        assert_ne!(id_of("!!!"), id_of("???"));
        assert_eq!(id_of("Sample Front (SF)"), "sample-front-sf");
    }
}
