//! site.toml: a new one for a new site, and the kinds that an existing one lacks.

use std::path::Path;
use std::sync::LazyLock;

use super::entry::{Harvest, NeededKind};
use super::plain::line;
use super::target::Target;
use crate::config::Config;
use crate::content::{MatterValue, push_below_header, push_pair};

/// Returns the text of site.toml for a new site. Its kinds are listed only if the built-in ones are not enough.
#[must_use]
pub(super) fn new_site(harvest: &Harvest, input: &Path) -> String {
    let mut text = String::new();
    let stem = input.file_stem().map(|stem| line(&stem.to_string_lossy())).filter(|stem| !stem.is_empty());
    if !harvest.settings.iter().any(|(key, _)| *key == "title") {
        push_pair(&mut text, "title", &stem.unwrap_or_else(|| "Timeline".to_owned()).into());
    }
    let (tables, plain): (Vec<_>, Vec<_>) =
        harvest.settings.iter().partition(|(_, value)| matches!(value, MatterValue::Table(_)));
    plain.into_iter().for_each(|(key, value)| push_pair(&mut text, key, value));
    tables.into_iter().for_each(|(key, value)| push_below_header(&mut text, &[key], value));
    let built_in = built_in();
    let is_built_in = |kind: &NeededKind| {
        built_in.iter().any(|known| *kind == NeededKind { summary: kind.summary.clone(), ..known.clone() })
    };
    if !harvest.kinds.iter().all(is_built_in) {
        text.push_str(&lines(&harvest.kinds));
    }
    text
}

/// Returns the lines that an existing site.toml lacks; empty if it has every kind.
#[must_use]
pub(super) fn missing_kinds(harvest: &Harvest, target: &Target) -> String {
    let kinds = &target.config.kinds;
    let is_known = |kind: &&NeededKind| kinds.iter().any(|known| *known.id == *kind.id);
    let missing: Vec<NeededKind> = harvest.kinds.iter().filter(|kind| !is_known(kind)).cloned().collect();
    if missing.is_empty() {
        return String::new();
    }
    // With the first [kinds.…], the built-in ones are gone.
    let has_own = kinds.iter().any(|kind| kind.name.is_some());
    let built_in = if has_own { &[] } else { built_in() };
    lines(&built_in.iter().cloned().chain(missing).collect::<Vec<_>>())
}

/// Adds lines to the end of a site.toml; `None` if it would then have more or fewer problems than before.
#[must_use]
pub(super) fn with_lines(text: &str, lines: &str) -> Option<String> {
    let (_, before) = Config::parse(text);
    let extended = format!("{}\n{lines}", text.trim_end());
    let (_, after) = Config::parse(&extended);
    (before.len() == after.len()).then_some(extended)
}

fn lines(kinds: &[NeededKind]) -> String {
    let mut text = String::new();
    for kind in kinds {
        let mut pairs =
            vec![("name".to_owned(), kind.name.as_str().into()), ("family".to_owned(), kind.family.as_str().into())];
        pairs.extend(kind.summary.as_ref().map(|summary| ("summary".to_owned(), summary.as_str().into())));
        push_below_header(&mut text, &["kinds", &kind.id], &MatterValue::Table(pairs));
    }
    text
}

/// Returns the built-in kinds with their English names.
#[must_use]
pub(super) fn built_in() -> &'static [NeededKind] {
    static BUILT_IN: LazyLock<Vec<NeededKind>> = LazyLock::new(read_built_in);
    &BUILT_IN
}

fn read_built_in() -> Vec<NeededKind> {
    let messages = include_str!("../../locales/en.ftl");
    let (config, _) = Config::parse("title = \"Timeline\"");
    let kind = |kind: crate::config::Kind| {
        let start = format!("kind-{} = ", kind.id);
        let name = messages.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or(&kind.id);
        NeededKind::new(&kind.id, name, kind.family.name())
    };
    config.kinds.into_iter().map(kind).collect()
}
