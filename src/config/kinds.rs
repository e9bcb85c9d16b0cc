//! The kinds of events: those of site.toml, or the built-in ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Code;
use crate::fields::{LanguageTag, Line};
use crate::syntax::{Decoder, Key, Named, choice, record};

choice! {
    /// A group of kinds of events, with a common colour and shape.
    pub enum Family("a family of kinds") {
        /// People meet.
        Talks = "talks",
        /// A body decides.
        Decisions = "decisions",
        /// Parties agree.
        Agreements = "agreements",
        /// Somebody is put under pressure.
        Pressure = "pressure",
        /// Somebody takes or leaves an office.
        Persons = "persons",
        /// Somebody speaks or writes.
        Words = "words",
    }
}

record! {
    /// A kind of event.
    pub(crate) struct KindConfig("a kind") {
        /// The kind's name in the site's language.
        name: Line,
        /// Its family, which determines colour and shape (`words`).
        family: Option<Family>,
        /// What the kind means, in a sentence.
        summary: Option<Line>,
        /// The name in other languages, by language tag. Checked, but not used yet.
        names: Named<Line>,
    }
}

/// A kind of event that the site defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The word used in front matter and in URLs.
    pub id: Arc<str>,
    /// The site's own name for it; built-in kinds are named by the interface language.
    pub name: Option<String>,
    /// What it means, if the site says so.
    pub summary: Option<String>,
    /// Its family, which determines colour and shape.
    pub family: Family,
}

/// Returns the kinds that site.toml defines, or the built-in ones, and reports ids and language tags that are not valid.
pub(super) fn kinds(named: Named<KindConfig>, decoder: &mut Decoder<'_>) -> Vec<Kind> {
    if named.0.is_empty() {
        return built_in_kinds();
    }
    let mut seen = BTreeSet::new();
    let kind = |(key, kind): (Key, KindConfig)| {
        for (language, _) in &kind.names.0 {
            if let Err(reason) = LanguageTag::parse(&language.name) {
                let message = format!("`{}` is not a language tag: {reason}", language.name);
                decoder
                    .report(Code::InvalidLanguage, language.span.clone(), message)
                    .help(LanguageTag::help(&language.name));
            }
        }
        if !seen.insert(crate::id::fold(&key.name)) {
            let message = format!("the kind `{}` differs only in case from another", key.name);
            decoder.report(Code::DuplicateId, key.span.clone(), message).help("rename one of the two");
        }
        if let Err(reason) = crate::id::check(&key.name) {
            let message = format!("`{}` cannot be a kind: {reason}", key.name);
            decoder
                .report(Code::InvalidId, key.span, message)
                .help(format!("write [kinds.{}], and its name as `name`", joined(&key.name)));
        }
        Kind {
            id: (*key.name).into(),
            name: Some(kind.name.to_string()),
            summary: kind.summary.map(|line| line.to_string()),
            family: kind.family.or_else(|| built_in_family(&key.name)).unwrap_or(Family::Words),
        }
    };
    named.0.into_iter().map(kind).collect()
}

/// Turns words into an id: letters and digits, joined by hyphens.
fn joined(words: &str) -> String {
    let words = words.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    if id.is_empty() { "kind".to_owned() } else { id }
}

const BUILT_IN_KINDS: &[(&str, Family)] = &[
    ("summit", Family::Talks),
    ("meeting", Family::Talks),
    ("talks-round", Family::Talks),
    ("resolution", Family::Decisions),
    ("veto", Family::Decisions),
    ("agreement", Family::Agreements),
    ("ceasefire", Family::Agreements),
    ("statement", Family::Words),
    ("appointment", Family::Persons),
    ("resignation", Family::Persons),
    ("conference", Family::Talks),
    ("sanctions", Family::Pressure),
    ("letter", Family::Words),
    ("vote", Family::Decisions),
    ("visit", Family::Talks),
    ("recognition", Family::Decisions),
    ("suspension", Family::Decisions),
    ("report", Family::Words),
];

fn built_in_family(id: &str) -> Option<Family> {
    let kind = BUILT_IN_KINDS.iter().find(|(built_in, _)| *built_in == id);
    kind.map(|(_, family)| *family)
}

/// Returns the kinds of a site that defines none.
#[must_use]
fn built_in_kinds() -> Vec<Kind> {
    BUILT_IN_KINDS
        .iter()
        .map(|(id, family)| Kind { id: (*id).into(), name: None, summary: None, family: *family })
        .collect()
}
