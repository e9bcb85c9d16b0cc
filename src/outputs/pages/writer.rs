//! [`PageWriter`], which writes one page, and what many pages have in common.

use std::borrow::Cow;

use tera::Value;

use super::charts::Charts;
use super::entry_links::EntryLinks;
use super::event_list;
use super::fill::filled;
use super::frame::Stand;
use super::items::Form;
use super::page::Page;
use super::shared::Shared;
use super::slots::Slot;
use crate::date::EdtfDate;
use crate::id::SitePath;
use crate::outputs::draft::{Context, Draft};
use crate::outputs::site::Site;
use crate::outputs::values::object;
use crate::theme::Locale;
use crate::timeline::{DocumentIx, Entry, EventIx, ListIx, Timeline};

/// Writes one page.
pub(super) struct PageWriter<'a> {
    pub site: &'a Site,
    pub shared: &'a Shared,
    /// Which page it is.
    pub page: &'a Page,
    /// Where it is written.
    pub path: &'a SitePath,
    /// The relative path from its folder to the site's root. On 404.html it is absolute if the site has a base URL.
    pub root: String,
}

impl<'a> PageWriter<'a> {
    pub(super) fn new(site: &'a Site, shared: &'a Shared, page: &'a Page, path: &'a SitePath) -> Self {
        let root = match page {
            Page::NotFound => root_on_host(&site.timeline),
            _ => None,
        };
        Self { site, shared, page, path, root: root.unwrap_or_else(|| path.depth().root()) }
    }

    pub(super) fn timeline(&self) -> &'a Timeline {
        &self.site.timeline
    }

    pub(super) fn locale(&self) -> &'a Locale {
        &self.site.locale
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.locale().text(key, &[])
    }

    /// Returns what the charts of this page are made from.
    pub(super) fn charts(&self) -> Charts<'_> {
        let (timeline, locale) = (self.timeline(), self.locale());
        Charts { timeline, locale, columns: self.shared.outline.columns.as_ref(), root: &self.root }
    }

    /// Returns a description for a page that has none of its own: its title, and how much of what it shows.
    pub(super) fn counted(&self, title: &str, count: String) -> String {
        let site = self.timeline().config.title.as_str();
        let arguments = [("title", title.into()), ("count", count.into()), ("site", site.into())];
        self.locale().text("description-counted", &arguments)
    }

    /// Returns the description of a document: its summary, or else the beginning of its text, or else a substitute.
    pub(super) fn description<'e>(&self, entry: &'e Entry, substitute: impl FnOnce() -> String) -> Cow<'e, str> {
        if let Some(summary) = entry.summary.as_deref().filter(|summary| !summary.is_empty()) {
            return summary.into();
        }
        let lead = &entry.lead;
        if lead.is_empty() { substitute().into() } else { lead.into() }
    }

    /// Returns the page that a template makes of a context, with its slots filled.
    pub(super) fn write(&self, template: impl Into<Cow<'static, str>>, context: Context<'a>) -> Draft<'a> {
        let (site, shared, stand) = (self.site, self.shared, self.stand());
        Draft::of(template, context, &site.engine).and_then(move |page| filled(page, site, shared, &stand))
    }

    /// Returns where the page is, as far as what it shares with others depends on that.
    pub(super) fn stand(&self) -> Stand {
        let url = self.page.may_be_in_menus().then(|| self.path.url());
        Stand { depth: self.path.depth(), root: self.root.clone(), url }
    }

    /// Returns the breadcrumb of a page directly below the timeline.
    pub(super) fn trail(&self) -> Vec<(String, Page)> {
        vec![(self.word("timeline"), Page::Home)]
    }

    /// Returns the breadcrumb of a page below another, whose name is the message with this key.
    pub(super) fn trail_through(&self, key: &str, page: Page) -> Vec<(String, Page)> {
        let mut trail = self.trail();
        trail.push((self.word(key), page));
        trail
    }

    /// Returns a page's address from the site's root, for templates.
    pub(super) fn url(&self, page: &Page) -> Value {
        Value::safe_string(&page.path(self.timeline()).url())
    }

    pub(super) fn body(&self, entry: &Entry) -> Value {
        Value::safe_string(&entry.html(&self.root, &|list| self.list(list)))
    }

    /// Returns the slot of a list of events in a text.
    pub(super) fn list(&self, list: ListIx) -> String {
        Slot::List(list).text(event_list::key(&self.timeline()[list], self.site))
    }

    pub(super) fn events(&self, list: &[EventIx]) -> Value {
        Value::from(self.site.events(list))
    }

    /// Returns the items of a list of events, with headings of this level.
    pub(super) fn items(&self, events: &[EventIx], level: u8) -> Vec<Value> {
        self.listed(events, Form::Item(level))
    }

    /// Returns the items of a short list of links to events.
    pub(super) fn event_links(&self, events: &[EventIx]) -> Value {
        Value::from(self.listed(events, Form::Link))
    }

    fn listed(&self, events: &[EventIx], form: Form) -> Vec<Value> {
        events.iter().map(|ix| self.slot(*ix, form)).collect()
    }

    /// Returns the slot of an event in a list of this form.
    pub(super) fn slot(&self, event: EventIx, form: Form) -> Value {
        Slot::Event(event, form).value(self.site.event_key(event))
    }

    pub(super) fn linked_from(&self, entry: &Entry) -> Vec<Value> {
        let link = |document: &DocumentIx| {
            let entry = self.timeline().entry(*document);
            object! {
                "name": entry.title.as_str(),
                "url": Value::safe_string(&entry.path().url()),
            }
        };
        entry.linked_from.iter().map(link).collect()
    }

    /// Adds the links to edit an entry, to see its history and to report an error in it. `date` is that of its event.
    pub(super) fn insert_entry_links(&self, entry: &Entry, date: Option<&EdtfDate>, context: &mut Context<'_>) {
        let links = EntryLinks::of(self.timeline(), self.locale(), entry, date, &self.root);
        context.insert("edit_url", links.edit);
        context.insert("history_url", links.history);
        context.insert("report_url", links.report);
    }
}

/// Returns the path of the site's root on its host, if the site has a base URL. Hosts serve 404.html at any depth, so its
/// links begin with this.
fn root_on_host(timeline: &Timeline) -> Option<String> {
    let base = url::Url::parse(timeline.config.base_url.as_deref()?).ok()?;
    Some(base.path().to_owned())
}
