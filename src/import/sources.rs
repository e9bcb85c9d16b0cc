//! Sources of an entry as tables of front matter, and the citations of them.

use super::names::{id_of, suffixed};
use super::plain::line;
use crate::content::MatterValue;

/// A source before it gets its id, which is made from the publisher, or else from the title or the address.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SourceDraft {
    /// Its title; a description if it is empty.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Who relays it.
    pub relay: String,
    /// Its address, which was checked.
    pub url: String,
    /// Its date in EDTF: `XXXX` if it is unknown, empty to leave the key out.
    pub date: String,
    /// When it was read, in EDTF.
    pub accessed: String,
    /// Its language, which was checked.
    pub language: String,
    /// `document`, `press`, `statement`, `dataset` or nothing.
    pub kind: String,
}

impl SourceDraft {
    /// Returns whether it has nothing by which somebody could find it: no title, publisher or address.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        [&self.title, &self.publisher, &self.url].iter().all(|text| text.trim().is_empty())
    }
}

/// Returns the sources as the value of `sources`, and a citation of each: `[^a][^b]`. Empty sources are left out.
#[must_use]
pub(super) fn tables(drafts: &[SourceDraft]) -> (Option<MatterValue>, String) {
    let mut ids: Vec<String> = Vec::new();
    let mut tables = Vec::new();
    for draft in drafts.iter().filter(|draft| !draft.is_empty()) {
        let from = [&draft.publisher, &draft.title, &draft.url];
        let from = from.into_iter().find(|text| !text.trim().is_empty()).map_or("source", |text| text.trim());
        let mut id = id_of(from);
        if ids.contains(&id) {
            id = suffixed(&id, &format!("{}{}{}{}", draft.title, draft.url, draft.date, ids.len()));
        }
        tables.push(table(&id, draft));
        ids.push(id);
    }
    let citations = ids.iter().map(|id| format!("[^{id}]")).collect();
    ((!tables.is_empty()).then_some(MatterValue::List(tables)), citations)
}

fn table(id: &str, draft: &SourceDraft) -> MatterValue {
    let title = line(&draft.title);
    let publisher = line(&draft.publisher);
    let is_described = title.is_empty();
    let described = || match publisher.as_str() {
        "" => "Web page".to_owned(),
        publisher => format!("Report by {publisher}"),
    };
    let title = if is_described { described() } else { title };
    let text = |text: &str| Some(line(text)).filter(|line| !line.is_empty()).map(MatterValue::Text);
    let date = |edtf: &str| (!edtf.is_empty()).then(|| MatterValue::Date(edtf.to_owned()));
    let pairs = [
        ("id", Some(id.into())),
        ("title", Some(title.into())),
        ("title_is_description", is_described.then_some(MatterValue::Bool(true))),
        ("kind", text(&draft.kind)),
        ("publisher", text(&publisher)),
        ("relay", text(&draft.relay)),
        ("url", text(&draft.url)),
        ("date", date(&draft.date)),
        ("accessed", date(&draft.accessed)),
        ("language", text(&draft.language)),
    ];
    MatterValue::Table(pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}

/// Adds citations to the end of a text's last paragraph.
#[must_use]
pub(super) fn cited(text: &str, citations: &str) -> String {
    format!("{}{citations}", text.trim_end())
}

/// Splits a cell that holds a list. White space around its parts, and empty parts, are left out.
pub(super) fn split<'t>(cell: &'t str, by: &'t str) -> impl Iterator<Item = &'t str> {
    cell.split(by).map(str::trim).filter(|part| !part.is_empty())
}
