//! The page of an event.

use tera::Value;

use super::citation::Citation;
use super::head::Head;
use super::page::Page;
use super::work_line::{foreign_language, title_language};
use super::writer::PageWriter;
use super::{basis, pictures, vote};
use crate::config::Config;
use crate::content::SourceKind;
use crate::date::year_words;
use crate::exports::json_ld;
use crate::key::Keyer;
use crate::outputs::draft::Draft;
use crate::outputs::values;
use crate::outputs::values::object;
use crate::theme::Locale;
use crate::timeline::{CitedSource, Event, EventIx};

impl<'a> PageWriter<'a> {
    pub(super) fn event(&self, ix: EventIx) -> Draft<'a> {
        let timeline = self.timeline();
        let event = &timeline[ix];
        let year = event.date.key().start.year;
        let mut trail = self.trail();
        trail.extend(Page::of_year(year, timeline).map(|page| (year_words(year, self.locale()), page)));
        let description = self.description(&event.entry, || {
            let (kind, date) = (self.site.values.kind_name(event.kind), event.date.words(self.locale()));
            let title = event.entry.title.as_str();
            let arguments = [("title", title.into()), ("kind", kind.into()), ("date", date.into())];
            self.locale().text("description-of-event", &arguments)
        });
        let mut context = self.context(Head {
            description: Some(&description),
            breadcrumb: trail,
            json_ld: vec![json_ld::article(event, timeline)],
            kind: "article",
            ..Head::new(&event.entry.title)
        });
        let single = |ix: Option<EventIx>| Value::from(ix.map(|ix| self.site.event(ix)));
        let last = timeline.events.len() - 1;
        context.insert("event", self.site.event(ix));
        context.insert("body", self.body(&event.entry));
        context.insert("locator", self.shared.locators.of(&event.places, timeline, self.locale()));
        context.insert("vote", event.vote.as_ref().map(|of_event| vote::value(of_event, self.site)));
        context.insert("grounds", basis::words(event, self.locale()));
        context.insert("wikidata", event.entry.wikidata.as_deref());
        let (config, locale) = (&timeline.config, self.locale());
        let sources = move || event.sources.iter().map(|one| source(one, config, locale)).collect::<Vec<_>>().into();
        context.insert_later("sources", Keyer::default().value(&event.sources).finish(), sources);
        context.insert("accounts", self.accounts(event));
        let corrections = event.corrections.iter().map(|correction| self.correction(correction));
        context.insert("media", pictures::values(&event.entry, &self.root));
        context.insert("corrections", corrections.collect::<Vec<_>>());
        self.insert_citation(Citation::of(event, &timeline.config), &mut context);
        context.insert("around", self.around(event, ix));
        context.insert("linked_from", self.linked_from(&event.entry));
        context.insert("previous", single(ix.0.checked_sub(1).map(EventIx)));
        context.insert("next", single((ix.0 < last).then_some(EventIx(ix.0 + 1))));
        self.insert_entry_links(&event.entry, Some(&event.date), &mut context);
        context.insert("history", self.history(&event.entry, &event.corrections));
        self.write("event.html", context)
    }

    fn accounts(&self, event: &Event) -> Vec<Value> {
        let account = |account: &crate::timeline::Account| {
            let source = account.source.map(|number| (number + 1, format!("_source-{}", event.sources[number].id)));
            object! {
                "by": self.site.values.actor(account.by),
                "says": account.says.as_str(),
                "confidence": account.confidence.map(|level| self.word(&format!("confidence-{}", level.name()))),
                "source_number": source.as_ref().map(|(number, _)| *number),
                "source_anchor": source.map(|(_, anchor)| anchor),
            }
        };
        event.accounts.iter().map(account).collect()
    }
}

/// Returns the value of a source in the numbered list.
fn source(source: &CitedSource, config: &Config, locale: &Locale) -> Value {
    let dated = source.date.as_ref().filter(|date| !date.is_unknown());
    object! {
        "id": source.id.as_str(),
        "anchor": format!("_source-{}", source.id),
        "title": source.title.as_str(),
        "described": source.is_described,
        "kind": source.kind.map(SourceKind::name),
        "publisher": source.publisher.as_deref(),
        "relay": source.relay.as_deref(),
        "url": source.url.as_deref(),
        "date": dated.map(|date| values::date(date, locale)),
        "accessed": source.accessed.map(|day| day.words(locale)),
        "archive": source.archive.as_deref(),
        "language": source.language.as_deref(),
        "foreign_language": foreign_language(source, config),
        "foreign_language_name": foreign_language(source, config).map(|tag| locale.language(tag).into_owned()),
        "title_language": title_language(source, config),
        "backlinks": (1..=source.citations).map(|use_| Value::from(format!("_cite-{}-{use_}", source.id))).collect::<Vec<_>>(),
    }
}
