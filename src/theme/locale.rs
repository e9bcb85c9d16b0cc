//! The words of the interface, in Fluent (`locales/<language>.ftl`), and the names of countries and languages
//! (`locales/names/<language>.ftl`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::{ResolverError, errors::ReferenceKind};
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use rustc_hash::FxHashSet;
use tera::value::Key as Name;
use tera::{Map, Value};
use unic_langid::LanguageIdentifier;

use super::built_in;
use super::fallback::{FALLBACK, fallen, own};
use super::references::{Target, references};
use crate::date::Phrases;
use crate::diagnostic::{Code, Problems, is_refused};
use crate::fields::LanguageTag;
use crate::key::{Key, Keyer};
use crate::source_path::{Folder, SourcePath};

/// The prefix of the key of a country's name, followed by its code.
const COUNTRY: &str = "country-";
/// The prefix of the key of a language's name, followed by its tag.
const LANGUAGE: &str = "language-";

/// The words of one language.
pub struct Locale {
    bundle: FluentBundle<FluentResource>,
    /// The keys of all messages except the names of countries and languages, which are looked up by code.
    ids: Vec<String>,
    /// The keys of all terms, without their hyphen.
    terms: FxHashSet<String>,
    /// The keys of messages that only the fallback has. Empty if that is the language itself.
    fallen: FxHashSet<String>,
    key: Key,
}

impl Locale {
    /// Reads the words of a language: a site's own override the built-in ones, and a message that both lack is English.
    #[must_use]
    pub fn new(language: &LanguageTag, of_site: &BTreeMap<String, Arc<str>>) -> (Self, Problems) {
        let mut problems = Problems::default();
        let identifier: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Isolation marks would get into every attribute and file name with a number or a name.
        bundle.set_use_isolating(false);
        let built_in = built_in::locales();
        let mut keys = Keys::default();
        let mut fallen = FxHashSet::default();
        let primary = language.split('-').next().unwrap_or_default();
        let mut names = vec![FALLBACK, primary, language];
        names.dedup();
        let mut read = Vec::new();
        for name in names {
            let known = keys.messages.len();
            let files = [format!("names/{name}.ftl"), format!("{name}.ftl")];
            for text in files.iter().filter_map(|file| built_in.get(file.as_str())) {
                add(&mut bundle, (*text).to_owned(), &mut keys);
            }
            for (file, text) in files.iter().filter_map(|file| of_site.get_key_value(file)) {
                let path = Folder::Locales.file(file);
                for (span, message) in add(&mut bundle, text.to_string(), &mut keys) {
                    let help = broken_line(text, span.start);
                    problems.report(Code::LocaleError, (&path, span), message).help(help);
                }
                read.push((path, text));
            }
            if name != FALLBACK {
                keys.messages[known..].iter().for_each(|id| _ = fallen.remove(id));
            } else if primary != FALLBACK {
                fallen.extend(keys.messages.iter().cloned());
            }
        }
        let Keys { messages: mut ids, terms } = keys;
        ids.retain(|id| !id.starts_with(COUNTRY) && !id.starts_with(LANGUAGE));
        ids.sort();
        ids.dedup();
        let mut keyer = Keyer::default();
        keyer.text(language);
        of_site.iter().for_each(|(name, text)| _ = keyer.text(name).text(text));
        let locale = Self { bundle, ids, terms, fallen, key: keyer.finish() };
        read.iter().for_each(|(file, text)| locale.report_dangling(file, text, &mut problems));
        for (name, text) in of_site {
            report_escapes(&Folder::Locales.file(name), text, &mut problems);
        }
        (locale, problems)
    }

    /// Returns the key of the language and the site's own files. The built-in words are the same in all builds by one
    /// version of annals.
    #[must_use]
    pub const fn key(&self) -> Key {
        self.key
    }

    /// Reports where messages and terms in a site's file refer to messages, terms or functions that do not exist. The file
    /// must be one of those that this was made from.
    fn report_dangling(&self, file: &SourcePath, text: &str, problems: &mut Problems) {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let place = |name: &str| name.as_ptr() as usize - resource.source().as_ptr() as usize;
        for entry in resource.entries() {
            let (what, value, attributes) = match entry {
                Entry::Message(message) => {
                    (format!("message `{}`", message.id.name), message.value.as_ref(), &message.attributes)
                }
                Entry::Term(term) => (format!("term `-{}`", term.id.name), Some(&term.value), &term.attributes),
                _ => continue,
            };
            let patterns = value.into_iter().chain(attributes.iter().map(|attribute| &attribute.value));
            for target in patterns.flat_map(references).filter(|target| !self.has_target(*target)) {
                let name = target.name();
                let missing = match target {
                    Target::Message(_, None) | Target::Function(_) => name.to_owned(),
                    Target::Message(_, Some(attribute)) => format!("{name}.{attribute}"),
                    Target::Term(_) => format!("-{name}"),
                };
                let start = place(name) - usize::from(matches!(target, Target::Term(_)));
                let span = start..start + missing.len();
                let message = format!("the {what} refers to `{missing}`, which does not exist");
                problems.report(Code::LocaleError, (file, span), message).help(self.instead(target));
            }
        }
    }

    fn has_target(&self, target: Target<'_>) -> bool {
        let message = |id| self.bundle.get_message(id);
        match target {
            Target::Message(id, None) => message(id).is_some_and(|message| message.value().is_some()),
            Target::Message(id, Some(name)) => message(id).is_some_and(|message| message.get_attribute(name).is_some()),
            Target::Term(id) => self.terms.contains(id),
            Target::Function(_) => false,
        }
    }

    /// Returns what to write instead of a reference to something that does not exist.
    fn instead(&self, target: Target<'_>) -> String {
        let words = "or write the words themselves";
        match target {
            Target::Message(id, None) => crate::syntax::nearest(id, self.ids.iter().map(String::as_str))
                .unwrap_or_else(|| format!("add a line {id} = …, {words}")),
            Target::Message(id, Some(name)) => format!("add an indented line .{name} = … to {id}, {words}"),
            Target::Term(id) => format!("add a line -{id} = …, {words}"),
            Target::Function(_) => {
                "messages cannot call functions: write the words, or the { $variable } alone".to_owned()
            }
        }
    }

    /// Returns the message with a key, with arguments; the key itself if there is no such message.
    #[must_use]
    pub fn text(&self, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        self.format(key, arguments, &mut Vec::new()).unwrap_or_else(|| key.to_owned())
    }

    /// Returns the message with a key, marked if it fell back; `None` if there is no such message.
    fn format(
        &self,
        key: &str,
        arguments: &[(&str, FluentValue<'_>)],
        errors: &mut Vec<FluentError>,
    ) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let has_fallen = self.fallen.contains(key);
        let marked = |(name, value)| match value {
            FluentValue::String(text) if has_fallen => (name, FluentValue::from(own(&text).into_owned())),
            value => (name, value),
        };
        let arguments: FluentArgs<'_> = arguments.iter().cloned().map(marked).collect();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), errors);
        Some(if has_fallen { fallen(&text).into_owned() } else { text.into_owned() })
    }

    /// Returns whether some messages fell back, so that pages must mark their language.
    #[must_use]
    pub fn has_fallen(&self) -> bool {
        !self.fallen.is_empty()
    }

    /// Returns the message with a key, for templates, whose mistakes must be reported.
    ///
    /// # Errors
    /// The reason in a few words: there is no such message, or it cannot be formatted, as when an argument is missing.
    pub fn try_text(&self, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> Result<String, String> {
        let mut errors = Vec::new();
        let text = self.format(key, arguments, &mut errors);
        let text = text.ok_or_else(|| format!("there is no message `{key}` in locales/"))?;
        match errors.first() {
            None => Ok(text),
            Some(error) => Err(format!("the message `{key}` cannot be formatted: {error}")),
        }
    }

    /// Returns whether there is a message with this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// Returns the name of a language by its BCP 47 tag: that of the whole tag, or else of its primary subtag, or else the
    /// tag itself.
    #[must_use]
    pub fn language<'t>(&self, tag: &'t str) -> Cow<'t, str> {
        let primary = tag.split('-').next().unwrap_or_default();
        let key = [tag, primary].map(|tag| format!("{LANGUAGE}{tag}")).into_iter().find(|key| self.has(key));
        key.map_or(Cow::Borrowed(tag), |key| self.text(&key, &[]).into())
    }

    /// Returns the name of a country by its ISO 3166-1 alpha-2 code, or the code itself if there is no name.
    #[must_use]
    pub fn country<'c>(&self, code: &'c str) -> Cow<'c, str> {
        let key = format!("{COUNTRY}{code}");
        if self.has(&key) { self.text(&key, &[]).into() } else { code.into() }
    }

    /// Returns the name of a kind of event: the site's own, or else that of the interface.
    #[must_use]
    pub fn kind(&self, id: &str, own: Option<&str>) -> String {
        own.map_or_else(|| self.text(&format!("kind-{id}"), &[]), str::to_owned)
    }

    /// Returns a message with a number, its argument `count`, in the plural form for that number.
    #[must_use]
    pub fn count(&self, key: &str, count: usize) -> String {
        self.text(key, &[("count", FluentValue::from(count))])
    }

    /// Returns all messages without arguments, except names of countries and languages, as the templates' `t`: `skip-link`
    /// is `t.skip_link`.
    #[must_use]
    pub fn plain_messages(&self) -> Value {
        let mut map = Map::new();
        for id in &self.ids {
            let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = self.bundle.format_pattern(pattern, None, &mut errors);
            if !errors.iter().any(needs_argument) {
                let text = if self.fallen.contains(id) { fallen(&text).into_owned() } else { text.into_owned() };
                map.insert(Name::from(id.replace('-', "_")), Value::from(text));
            }
        }
        Value::from(map)
    }
}

impl Phrases for Locale {
    fn phrase(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.text(key, &arguments)
    }
}

/// Reports escapes in a site's file (`\u0001`, `\UFFFE00`) of characters that files must not contain.
fn report_escapes(file: &SourcePath, text: &str, problems: &mut Problems) {
    let refused = |(at, letter): (usize, &str)| {
        let end = at + if letter == "\\u" { 6 } else { 8 };
        let digits = text.get(at + 2..end)?;
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
        is_refused(c).then_some((at..end, c))
    };
    for (span, c) in text.match_indices("\\u").chain(text.match_indices("\\U")).filter_map(refused) {
        let message = format!("the escape makes the character U+{:04X}, which no page may contain", u32::from(c));
        problems.report(Code::ControlCharacter, (file, span), message).help("remove the escape");
    }
}

fn needs_argument(error: &FluentError) -> bool {
    matches!(error, FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { .. })))
}

/// Returns what to do about a line that is not Fluent.
fn broken_line(text: &str, at: usize) -> String {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let name = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    match line.split_once(':').or_else(|| line.split_once(char::is_whitespace)).unwrap_or((line, "")) {
        (key, words) if name(key.trim()) && !line.contains('=') && line.len() < 200 => {
            let words = if words.trim().is_empty() { "…" } else { words.trim() };
            format!("write {} = {words}; if the line continues the message above, indent it", key.trim())
        }
        _ => "each message is `key = words`; indent lines that continue it; `{` begins a value".to_owned(),
    }
}

/// The keys of what files define.
#[derive(Default)]
struct Keys {
    /// Those of messages, in the order of the files; perhaps some more than once.
    messages: Vec<String>,
    /// Those of terms, without their hyphen.
    terms: FxHashSet<String>,
}

/// Adds a file's messages and terms, overriding existing ones. Returns errors with their places.
fn add(bundle: &mut FluentBundle<FluentResource>, text: String, keys: &mut Keys) -> Vec<(Range<usize>, String)> {
    let (resource, errors) = match FluentResource::try_new(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    for entry in resource.entries() {
        match entry {
            Entry::Message(message) => keys.messages.push(message.id.name.to_owned()),
            Entry::Term(term) => _ = keys.terms.insert(term.id.name.to_owned()),
            _ => {}
        }
    }
    bundle.add_resource_overriding(resource);
    errors.into_iter().map(|error| (error.pos, error.kind.to_string())).collect()
}
