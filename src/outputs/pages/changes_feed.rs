//! The feed of corrections and changes (Atom, RFC 4287): whoever took a fact from the timeline learns that it was corrected.
//!
//! With a git history it has the entries that were added, corrected, changed or retracted. Without one it has the
//! corrections that entries record, because their days are known.

use tera::Value;

use super::page::Page;
use super::writer::PageWriter;
use crate::markup::{escaped, xml_characters};
use crate::outputs::draft::{Context, Draft};
use crate::outputs::feed::moment;
use crate::outputs::values::object;
use crate::timeline::{ChangeIx, ChangeSort, ChangedEntry, Correction, DocumentIx, Entry, Event};

/// The most changes that the feed has.
const CHANGES: usize = 100;

const TEMPLATE: &str = "feeds/changes.xml";

/// An entry of the feed. `id` is `address` with a fragment that no other change to the entry has, `updated` is in the
/// format of RFC 3339, and `content` is HTML.
struct Item {
    id: String,
    address: String,
    title: String,
    updated: String,
    content: String,
}

impl<'a> PageWriter<'a> {
    /// Renders the feed of corrections and changes.
    pub(super) fn changes_feed(&self) -> Draft<'a> {
        let items = match self.changes_feed_items() {
            Ok(items) => items,
            Err(error) => return Draft::new(Context::default().key(TEMPLATE), move || Err(error)),
        };
        let timeline = self.timeline();
        let base = timeline.config.base_url.as_deref().unwrap_or_default();
        let home = if timeline.has_changes() { Page::Changes } else { Page::Corrections };
        let mut context = Context::default();
        context.insert("title", self.word("changes"));
        context.insert("description", self.word("changes-feed"));
        context.insert("feed_url", self.path.canonical(base));
        context.insert("home_url", home.path(timeline).canonical(base));
        context.insert("updated", items.first().map_or_else(|| moment(None), |item| item.updated.clone()));
        let entries = items.into_iter().map(|item| {
            object! {
                "id": item.id,
                "address": item.address,
                "title": item.title,
                "updated": item.updated,
                "content": item.content,
            }
        });
        context.insert("entries", entries.collect::<Vec<_>>());
        Draft::of(TEMPLATE, context, &self.site.engine).then(xml_characters)
    }

    fn changes_feed_items(&self) -> Result<Vec<Item>, crate::theme::RenderError> {
        let timeline = self.timeline();
        if timeline.has_changes() {
            let told = timeline.past.changes.iter().filter(|ix| timeline.change(**ix).1.sort != ChangeSort::Edited);
            return told.take(CHANGES).map(|ix| self.changed_item(*ix)).collect();
        }
        let corrections =
            timeline.events.iter().flat_map(|event| event.corrections.iter().map(move |one| (&**event, one)));
        let mut corrections: Vec<(&Event, &Correction)> = corrections.collect();
        corrections.sort_by_key(|(event, correction)| (std::cmp::Reverse(correction.date), &event.entry.id));
        Ok(corrections
            .into_iter()
            .take(CHANGES)
            .map(|(event, correction)| self.corrected_item(event, correction))
            .collect())
    }

    /// Makes the item of a change in the git history.
    fn changed_item(&self, ix: ChangeIx) -> Result<Item, crate::theme::RenderError> {
        let timeline = self.timeline();
        let (entry, change) = timeline.change(ix);
        let (corrections, reason) = match ix.entry {
            ChangedEntry::Document(DocumentIx::Event(event)) => (&timeline[event].corrections[..], None),
            ChangedEntry::Document(_) => (&[][..], None),
            ChangedEntry::Retracted(number) => (&[][..], timeline.retracted[number].retracted.as_deref()),
        };
        let mut context = Context::default();
        // A feed has no place in the site, so its links are absolute.
        context.insert("root", Value::safe_string(timeline.config.base_url.as_deref().unwrap_or_default()));
        context.insert("change", self.change(change, corrections));
        context.insert("reason", reason);
        context.insert("summary", entry.summary.as_deref().filter(|_| change.sort == ChangeSort::Added));
        let html = self.site.engine.part("feeds/change.html", &context.into(), |html| html.trim().to_owned())?;
        let kind = self.word(&format!("change-{}", change.sort.name()));
        let number = format!("_{}-{}", change.commit.as_str(), ix.change);
        Ok(self.item(entry, &number, &kind, change.moment.to_string(), html))
    }

    /// Makes the item of a correction that an entry records.
    fn corrected_item(&self, event: &Event, correction: &Correction) -> Item {
        let alike = event.corrections.iter().filter(|other| other.date == correction.date);
        let number = alike.take_while(|other| !std::ptr::eq(*other, correction)).count();
        let number = format!("_corrected-{}-{}", correction.date, number + 1);
        let content = format!("<p>{}</p>", escaped(&correction.note));
        self.item(&event.entry, &number, &self.word("change-corrected"), moment(Some(correction.date)), content)
    }

    fn item(&self, entry: &Entry, number: &str, kind: &str, updated: String, content: String) -> Item {
        let base = self.timeline().config.base_url.as_deref().unwrap_or_default();
        let address = entry.path().canonical(base);
        let named = [("change", kind.into()), ("title", entry.title.as_str().into())];
        let title = self.locale().text("change-of", &named);
        Item { id: format!("{address}#{number}"), address, title, updated, content }
    }
}
