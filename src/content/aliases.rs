//! A document's `aliases` as paths inside the built site, where redirects are written.
//!
//! An alias becomes a file name, so it is checked like one, after one round of percent-decoding. Whether another page has
//! the same path is checked once all outputs are known.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::id_ref::PathText;
use super::links::scheme;
use super::words::shortened;
use crate::diagnostic::{Code, Problems, Span, is_refused};
use crate::id::{self, Collection, DocumentId, SitePath};
use crate::names;
use crate::source_path::SourcePath;
use crate::syntax::Spanned;

/// Returns the paths of a document's aliases in their order. Those that are invalid, listed twice, or the document's own
/// path are reported and left out.
pub(super) fn paths(
    file: &SourcePath,
    document: &DocumentId,
    aliases: &[Spanned<PathText>],
) -> (Vec<Spanned<SitePath>>, Problems) {
    if aliases.is_empty() {
        return (Vec::new(), Problems::default());
    }
    let own = id::fold(document.path().as_str());
    let mut seen: BTreeMap<SitePath, Span> = BTreeMap::new();
    let mut paths = Vec::new();
    let mut problems = Problems::default();
    for alias in aliases {
        let Some(text) = alias.value.0.as_deref().filter(|text| !text.contains(is_refused)) else {
            continue; // reported when it was read
        };
        let span = alias.span.clone();
        let written = shortened(text);
        match path(document.collection, text) {
            Err(Refusal { reason, help }) => {
                let message = format!("`{written}` cannot be an alias: {reason}");
                let help = help.unwrap_or_else(|| HELP.to_owned());
                problems.report(Code::InvalidAlias, (file, span), message).help(help);
            }
            Ok(path) if id::fold(path.as_str()) == own => {
                let message = format!("`{written}` is the document's own id");
                problems.report(Code::OwnAlias, (file, span), message).help("remove it");
            }
            Ok(path) if seen.contains_key(&path) => {
                let message = format!("the alias `{written}` is listed twice");
                let first = seen[&path].clone();
                problems
                    .report(Code::DuplicateReference, (file, span), message)
                    .help("remove one of the two")
                    .also_at((file, first), "first listed here");
            }
            Ok(path) => {
                seen.insert(path.clone(), span.clone());
                paths.push(Spanned { span, value: path });
            }
        }
    }
    (paths, problems)
}

const HELP: &str = "an alias is an old id, or an old path inside the site such as 2017/11/old-name/";

/// Why a text cannot be an alias, in words that complete "it cannot be an alias: …", and what to write instead.
#[derive(Debug, PartialEq, Eq)]
struct Refusal {
    reason: String,
    help: Option<String>,
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self { reason, help: None }
    }
}

fn refused(reason: impl Into<String>, help: impl Into<String>) -> Refusal {
    Refusal { reason: reason.into(), help: Some(help.into()) }
}

/// Parses an alias: an old id in the document's collection, or a path inside the site. A path that ends in `.html` names a
/// file; `2017/11/old/` and `2017/11/old` both become `2017/11/old/index.html`.
fn path(collection: Collection, alias: &str) -> Result<SitePath, Refusal> {
    if scheme(alias).is_some() && alias.contains("//") {
        let inside = alias.split_once("//").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let help = if inside.is_empty() { HELP.to_owned() } else { wanted(inside) };
        return Err(refused("an alias is a path inside this site, not a whole address", help));
    }
    if let Some(at) = alias.find(['#', '?']) {
        let (what, why) = match alias.as_bytes()[at] {
            b'#' => ("#", "what follows it never leaves the browser, so no host sees it"),
            _ => ("?", "hosts ignore what follows it and serve the same page for all of them"),
        };
        let before = &alias[..at];
        let help = if before.trim_matches('/').is_empty() { HELP.to_owned() } else { wanted(before) };
        return Err(refused(format!("it contains `{what}`; {why}"), help));
    }
    if !alias.contains(['/', '.', '%', '\\']) {
        let alias = id::normalise(alias);
        id::check(&alias)?;
        return Ok(collection.path(&alias));
    }
    if alias.starts_with('/') {
        return Err(refused("a path cannot begin with a slash", wanted(alias)));
    }
    if alias.contains('\\') {
        return Err(refused("a path cannot contain `\\`", wanted(&alias.replace('\\', "/"))));
    }
    let trimmed = alias.trim_end_matches('/');
    let parts: Vec<String> = trimmed.split('/').map(decoded).collect::<Result<_, _>>()?;
    for part in &parts {
        check_part(part)?;
    }
    let decoded = id::normalise(&parts.join("/"));
    if trimmed == alias && !decoded.contains(['/', '.']) {
        id::check(&decoded)?;
        return Ok(collection.path(&decoded));
    }
    let names_a_file = trimmed == alias && decoded.ends_with(".html");
    let path = if names_a_file { decoded } else { format!("{decoded}/index.html") };
    if path.len() > names::LONGEST_PATH {
        let (length, limit) = (path.len(), names::LONGEST_PATH);
        return Err(refused(
            format!("its path has {length} bytes; at most {limit} fit every system"),
            "write the address as readers know it; nobody can have linked to one this long",
        ));
    }
    Ok(SitePath::new(path))
}

/// Help that gives the corrected path.
fn wanted(path: &str) -> String {
    format!("write `{}`", shortened(path.trim_start_matches('/')))
}

/// Removes the percent-encoding of a part of a path, once, as hosts do. Refuses encoded slashes and backslashes, bytes that
/// are not UTF-8, and what is still encoded afterwards.
fn decoded(part: &str) -> Result<String, Refusal> {
    if !part.contains('%') {
        return Ok(part.to_owned());
    }
    let mut hexadecimal = part.split('%').skip(1).map(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !hexadecimal.all(|valid| valid) {
        let reason = "`%` begins the code of a byte, and must be followed by two hexadecimal digits";
        return Err(refused(reason, "write %25 for a percent sign in the address"));
    }
    let decoded = percent_decode_str(part).decode_utf8();
    let decoded =
        decoded.map_err(|_| refused("its percent-encoded bytes are not UTF-8", "write the letters themselves"))?;
    if decoded.contains(['/', '\\']) {
        let sign = if decoded.contains('/') { '/' } else { '\\' };
        return Err(refused(format!("`{part}` contains an encoded `{sign}`, which file names cannot contain"), HELP));
    }
    // `%252e%252e`: a host that decodes twice would leave the folder.
    let again = percent_decode_str(&decoded).decode_utf8_lossy();
    if again != decoded {
        return Err(refused(format!("`{}` is percent-encoded twice", shortened(part)), "encode it once"));
    }
    Ok(decoded.into_owned())
}

/// Checks that a decoded part of a path can be a file name on every system.
fn check_part(part: &str) -> Result<(), Refusal> {
    let part = id::normalise(part);
    let shown = names::quoted(&part);
    if part.is_empty() || part.starts_with('.') || part.ends_with(['.', ' ']) {
        return Err(format!("`{shown}` cannot be a part of a path").into());
    }
    if let Some(c) = part.chars().find(|c| "<>:\"|?*#\\".contains(*c)) {
        return Err(format!("a path cannot contain `{c}`").into());
    }
    if let Some((flaw, _)) = names::flaw(&part).or_else(|| names::unportable(&part)) {
        return Err(format!("the name `{shown}` {flaw}").into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::path;
    use crate::id::Collection;

    fn of(alias: &str) -> Option<String> {
        path(Collection::Events, alias).ok().map(|path| path.as_str().to_owned())
    }

    #[test]
    fn percent_encoding_is_decoded_once() {
        assert_eq!(of("%D0%BC%D0%B8%D1%80/").as_deref(), Some("мир/index.html"));
        assert_eq!(of("%D0%BC%D0%B8%D1%80").as_deref(), Some("events/мир.html"));
        assert_eq!(of("a%20b/c.html").as_deref(), Some("a b/c.html"));
        assert_eq!(of("100%25/").as_deref(), Some("100%/index.html"));
        assert_eq!(of("re%CC%81union/").as_deref(), Some("réunion/index.html"));
    }

    #[test]
    fn nothing_gets_through_by_its_encoding() {
        for alias in [
            "%2e%2e/x/",
            "a/%2E%2E/x/",
            "%252e%252e/x/",
            "a%2Fb/",
            "%2Fetc/",
            "a%5Cb/",
            "a%00b/",
            "a%0Ab/",
            "a%3Fb/",
            "a%23b/",
            "%ff/",
            "%zz/",
            "%/",
            "%2",
            "C%3A/x",
            "a%E2%80%AEb/",
            "con/",
            "%63on/",
            "a%20/",
            "a%2E/",
        ] {
            assert_eq!(of(alias), None, "{alias}");
        }
    }

    #[test]
    fn paths_that_no_file_system_takes_are_refused() {
        assert_eq!(of(&format!("a/{}/", "x".repeat(256))), None);
        assert_eq!(of(&format!("a/{}/", "é".repeat(128))), None);
        assert_eq!(of(&"a/".repeat(1000)), None);
        assert!(of(&format!("a/{}/", "x".repeat(255))).is_some());
    }
}
