//! Works as lists of sources show them: each is rendered once, when the first page that has it is made.

use std::sync::{Arc, OnceLock};

use tera::Value;

use crate::config::Config;
use crate::date::EdtfDate;
use crate::fields::LanguageTag;
use crate::key::{Key, Keyer};
use crate::outputs::draft::Context;
use crate::outputs::site::Site;
use crate::outputs::values::object;
use crate::theme::RenderError;
use crate::timeline::{CitedSource, CitedWork, Timeline};

/// Returns the key of what lists show of a work.
pub(super) fn key(work: &CitedWork, timeline: &Timeline) -> Key {
    let source = work.described(timeline);
    let mut keyer = Keyer::default();
    keyer.text(&source.title).maybe(source.url.as_deref()).maybe(work.archive(timeline));
    keyer.maybe(source.language.as_deref()).number(u64::from(source.is_described)).maybe(source.relay.as_deref());
    keyer.maybe(source.date.as_ref().map(EdtfDate::canonical).as_deref());
    keyer.finish()
}

/// Returns what lists show of a work; `kept` has it once it is rendered.
pub(super) fn work_line(work: &CitedWork, kept: &OnceLock<Arc<str>>, site: &Site) -> Result<Arc<str>, RenderError> {
    if let Some(line) = kept.get() {
        return Ok(Arc::clone(line));
    }
    let (config, locale) = (&site.timeline.config, &*site.locale);
    let source = work.described(&site.timeline);
    let dated = source.date.as_ref().filter(|date| !date.is_unknown());
    let foreign = foreign_language(source, config);
    let mut context = Context::default();
    context.insert("title", source.title.as_str());
    context.insert("url", source.url.as_deref());
    context.insert("described", source.is_described);
    context.insert("relay", source.relay.as_deref());
    // Only what `date_of` shows, because there are many works.
    context.insert("date", dated.map(|date| object! { "words": date.words(locale), "datetime": date.html_datetime() }));
    context.insert("archive", work.archive(&site.timeline));
    context.insert("foreign_language", foreign);
    context.insert("foreign_language_name", foreign.map(|tag| locale.language(tag)));
    context.insert("title_language", title_language(source, config));
    let html = site.engine.part("work-line.html", &context.into(), |html| html.trim().into())?;
    Ok(Arc::clone(kept.get_or_init(|| html)))
}

/// Returns the language tag of a source, if its primary language is not the site's.
pub(super) fn foreign_language<'s>(source: &'s CitedSource, config: &Config) -> Option<&'s str> {
    let own = config.language.primary();
    source.language.as_deref().filter(|tag| !tag.split('-').next().unwrap_or_default().eq_ignore_ascii_case(&own))
}

/// Returns the `tag` and the `direction` of a title's language, if that is plainly the foreign language of the work: many
/// titles are descriptions in the page's language.
pub(super) fn title_language(source: &CitedSource, config: &Config) -> Option<Value> {
    let language = LanguageTag::parse(foreign_language(source, config)?).ok()?;
    let is_plain = language.is_plainly_of(&source.title, &config.language);
    is_plain.then(|| object! { "tag": language.to_string(), "direction": language.direction() })
}
