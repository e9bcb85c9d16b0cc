//! The publishers of works, by letter, and the pages over which their works are divided: one for each publisher of many, one for
//! the others of each letter. A page that would be too heavy continues on another.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::content::slug;

/// The fewest works for which a publisher has a page of its own.
pub(super) const MANY: usize = 10;
/// The most bytes of works on a page, roughly. With the rest of the page this is less than 150 KB.
const PAGE: usize = 110_000;
/// The most bytes of a publisher's name in addresses, not counting what makes it unique.
const NAME: usize = 100;

/// A publisher of works.
#[derive(Clone, Debug)]
pub(super) struct Publisher {
    /// The name; `None` for works without a publisher.
    pub name: Option<String>,
    /// Its anchor on its page, without `_publisher-`, and the name of its own page.
    pub anchor: String,
    /// Its works by number, earliest first, undated ones last.
    pub works: Vec<usize>,
    /// The first page with its works, by number.
    pub page: usize,
}

impl Publisher {
    /// Whether it has a page of its own.
    pub(super) fn has_page(&self) -> bool {
        self.name.is_some() && self.works.len() >= MANY
    }
}

/// The publishers whose names begin with the same letter.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// The letter, `#` for names that begin with anything else, or empty for works without a publisher.
    pub name: String,
    /// The publishers by number.
    pub publishers: Range<usize>,
    /// The first page of those that have none of their own, by number.
    pub page: Option<usize>,
}

/// What a page of works is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A publisher, by number.
    Publisher(usize),
    /// The publishers of a letter that have no page of their own, by the letter's number.
    Letter(usize),
}

/// A page of works.
#[derive(Debug)]
pub(super) struct WorksPage {
    pub subject: Subject,
    /// Which of the subject's pages it is, from 0.
    pub part: usize,
    /// The publishers on it, each with the range of its works.
    pub publishers: Vec<(usize, Range<usize>)>,
}

/// Sorts publishers by letter and name, and groups them by letter. Works without a publisher come last.
pub(super) fn publishers(mut groups: Vec<(Option<&str>, Vec<usize>)>) -> (Vec<Publisher>, Vec<Letter>) {
    groups.sort_by_cached_key(|(name, _)| (name.is_none(), letter(*name), name.map(str::to_lowercase), *name));
    let mut anchors: HashMap<String, usize> = HashMap::new();
    let mut letters: Vec<Letter> = Vec::new();
    let mut publishers = Vec::with_capacity(groups.len());
    for (name, works) in groups {
        if letters.last().is_none_or(|last| last.name != letter(name)) {
            let at = publishers.len();
            letters.push(Letter { name: letter(name), publishers: at..at, page: None });
        }
        let anchor = anchor(name, &mut anchors);
        publishers.push(Publisher { name: name.map(str::to_owned), anchor, works, page: 0 });
        if let Some(last) = letters.last_mut() {
            last.publishers.end = publishers.len();
        }
    }
    (publishers, letters)
}

/// Divides the works into pages, and notes where each publisher and letter begins. `weight` tells how many bytes a work
/// takes.
pub(super) fn divide(
    publishers: &mut [Publisher],
    letters: &mut [Letter],
    weight: impl Fn(usize) -> usize,
) -> Vec<WorksPage> {
    let mut pages = Vec::new();
    for (number, letter) in letters.iter_mut().enumerate() {
        let (own, others): (Vec<usize>, Vec<usize>) =
            letter.publishers.clone().partition(|publisher| publishers[*publisher].has_page());
        for publisher in own {
            add(Subject::Publisher(publisher), &[publisher], publishers, &weight, &mut pages);
        }
        letter.page = (!others.is_empty()).then_some(pages.len());
        add(Subject::Letter(number), &others, publishers, &weight, &mut pages);
    }
    pages
}

/// Adds the pages about a subject, with the works of these publishers. A work heavier than a page has a page of its own.
fn add(
    subject: Subject,
    of_subject: &[usize],
    publishers: &mut [Publisher],
    weight: &impl Fn(usize) -> usize,
    pages: &mut Vec<WorksPage>,
) {
    let mut room = 0;
    let mut part = 0;
    for number in of_subject {
        for (at, work) in publishers[*number].works.clone().into_iter().enumerate() {
            let size = weight(work);
            if room < size {
                pages.push(WorksPage { subject, part, publishers: Vec::new() });
                (part, room) = (part + 1, PAGE);
            }
            room = room.saturating_sub(size);
            if at == 0 {
                publishers[*number].page = pages.len() - 1;
            }
            let Some(page) = pages.last_mut() else { continue };
            match page.publishers.last_mut() {
                Some((last, works)) if last == number => works.end = at + 1,
                _ => page.publishers.push((*number, at..at + 1)),
            }
        }
    }
}

/// Returns the name of a page, without folder and extension. A slug has no `_`, and an anchor adds only `_` and digits to
/// one, so no name of a publisher is that of a letter or a part.
pub(super) fn page_name(page: &WorksPage, publishers: &[Publisher], letters: &[Letter]) -> String {
    let name = match page.subject {
        Subject::Publisher(number) => publishers[number].anchor.clone(),
        Subject::Letter(number) => match letters[number].name.as_str() {
            "" => "others_none".to_owned(),
            "#" => "others_0".to_owned(),
            letter => format!("others_{}", letter.to_lowercase()),
        },
    };
    if page.part == 0 { name } else { format!("{name}_p{}", page.part + 1) }
}

/// Returns the letter under which a name is listed: the first one, as a capital without marks.
fn letter(name: Option<&str>) -> String {
    let Some(name) = name else { return String::new() };
    let first = name.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.nfd().next());
    let first = first.filter(|c| c.is_alphabetic()).and_then(|c| c.to_uppercase().next());
    first.map_or_else(|| "#".to_owned(), String::from)
}

/// Returns a publisher's name for addresses, which no other publisher has. `taken` counts the uses of each slug.
fn anchor(name: Option<&str>, taken: &mut HashMap<String, usize>) -> String {
    let mut base = name.map_or_else(|| "none".to_owned(), slug);
    base.truncate(base.floor_char_boundary(NAME));
    // Some names cannot be those of files.
    if crate::id::check(&base).is_err() {
        base.push('_');
    }
    let uses = taken.entry(base.clone()).or_default();
    *uses += 1;
    // A slug has no `_`, so no name produces this anchor by itself.
    if *uses == 1 { base } else { format!("{base}_{uses}") }
}

#[cfg(test)]
mod tests {
    use super::{anchor, divide, letter, page_name, publishers};

    #[test]
    fn names_are_listed_under_their_first_letter_without_its_marks() {
        let names = ["Élysée", "“The” Hague", "  al-Arabiya", "24 heures", "…", "أهرام", "ßtraße"];
        let letters = names.map(|name| letter(Some(name)));
        assert_eq!(letters, ["E", "T", "A", "#", "#", "ا", "S"]);
        assert_eq!(letter(None), "");
    }

    #[test]
    fn names_that_files_cannot_have_get_others() {
        let mut taken = std::collections::HashMap::new();
        let names = ["CON", "Index", "A B", "a-b", &"é".repeat(200)].map(|name| anchor(Some(name), &mut taken));
        assert_eq!(names, ["con_", "index_", "a-b", "a-b_2", &"é".repeat(50)]);
    }

    #[test]
    fn a_page_is_about_a_publisher_of_many_works_or_about_the_others_of_a_letter() {
        let groups = vec![
            (Some("Zeta"), vec![0]),
            (Some("Alpha"), (1..41).collect()),
            (Some("Also"), vec![41, 42]),
            (Some("1"), vec![43]),
            (None, (44..60).collect()),
        ];
        let (mut publishers, mut letters) = publishers(groups);
        let pages = divide(&mut publishers, &mut letters, |work| if work < 21 { 5000 } else { 1000 });
        let names: Vec<String> = pages.iter().map(|page| page_name(page, &publishers, &letters)).collect();
        assert_eq!(names, ["others_0", "alpha", "alpha_p2", "others_a", "others_z", "others_none"]);
        assert_eq!(pages[2].publishers, [(1, 30..40)]);
        assert_eq!(publishers.iter().map(|publisher| publisher.page).collect::<Vec<_>>(), [0, 1, 3, 4, 5]);
    }
}
