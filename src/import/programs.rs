//! Programs that read markdown with front matter: which of them a folder was written for, and what their keys mean.

use std::path::Path;

use super::map::{FieldMap, Map};
use super::options::Program;

/// Returns the program that a folder was probably written for, by the files in it and in the two folders above it.
#[must_use]
pub(super) fn detect(folder: &Path) -> Option<Program> {
    let signs: &[(Program, &[&str])] = &[
        (Program::Obsidian, &[".obsidian"]),
        (Program::Jekyll, &["_config.yml", "_config.yaml", "_posts"]),
        (Program::Decap, &["static/admin/config.yml", "public/admin/config.yml", "admin/config.yml"]),
        (Program::Hugo, &["hugo.toml", "hugo.yaml", "hugo.json", "archetypes", "config/_default"]),
    ];
    let has = |folder: &Path, names: &[&str]| names.iter().any(|name| folder.join(name).exists());
    let of = |folder: &Path| signs.iter().find(|(_, names)| has(folder, names)).map(|(program, _)| *program);
    // The folder of the texts may be inside that of the site.
    let named = |name: &str| folder.file_name().is_some_and(|last| last == name);
    if named("_posts") {
        return Some(Program::Jekyll);
    }
    of(folder).or_else(|| of(folder.parent()?)).or_else(|| of(folder.parent()?.parent()?))
}

/// Returns what the keys of a program mean. Others are kept under `[extra]`.
#[must_use]
pub(super) fn map(program: Option<Program>) -> Map {
    let mut keys: Vec<(&str, &str)> = vec![
        ("title", "title"),
        ("date", "date"),
        ("description", "summary"),
        ("summary", "summary"),
        ("excerpt", "summary"),
        ("tags", "tags"),
        ("categories", "tags"),
        ("category", "tags"),
        ("keywords", "tags"),
        ("kind", "kind"),
        ("draft", "draft"),
        ("published", "published"),
        ("layout", "ignore"),
        ("type", "ignore"),
        ("weight", "ignore"),
    ];
    let of_program: &[(&str, &str)] = match program {
        Some(Program::Jekyll) => &[
            ("permalink", "aliases"),
            ("redirect_from", "aliases"),
            ("last_modified_at", "ignore"),
            ("comments", "ignore"),
        ],
        Some(Program::Hugo) => &[
            ("linkTitle", "short_title"),
            ("aliases", "aliases"),
            ("url", "aliases"),
            ("lastmod", "ignore"),
            ("publishDate", "ignore"),
            ("expiryDate", "ignore"),
        ],
        Some(Program::Obsidian) => &[
            ("created", "date"),
            ("modified", "ignore"),
            ("updated", "ignore"),
            ("cssclass", "ignore"),
            ("cssclasses", "ignore"),
        ],
        Some(Program::Decap) => &[("templateKey", "ignore"), ("featuredpost", "ignore"), ("body", "text")],
        None => &[("permalink", "ignore")],
    };
    keys.extend(of_program);
    let fields = keys.into_iter().map(|(name, to)| {
        // If tags are not a list, Jekyll separates them by spaces, the others by commas.
        let split = match (to, program) {
            ("tags", Some(Program::Jekyll)) => Some(" ".to_owned()),
            ("tags", _) => Some(",".to_owned()),
            _ => None,
        };
        FieldMap { split, ..FieldMap::new(name, to) }
    });
    Map { keeps_rest: true, fields: fields.collect(), ..Map::default() }
}
