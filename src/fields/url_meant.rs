//! What a text that is no URL was meant to be: `https:/example.org`, `<https://example.org>`, `doi:10.1000/1`.

use super::mailbox::{mailbox_flaw, nearest_mailbox};
use super::web_url::{is_of_url, percent_encoded, seen, web_url};
use crate::syntax::Decoder;

/// Longer texts are not repaired: no URL of that length was typed.
const LONGEST: usize = 4000;

/// The endings of file names. An address without a scheme that ends in one of them is that of a file, not of a host.
const FILE_ENDINGS: &[&str] = &[
    "csv", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "md", "mp3", "mp4", "odt", "pdf", "png", "svg", "txt",
    "webp", "xls", "xlsx", "zip",
];

/// Returns the URL that a text was meant to be, if there is one plain reading and the text is not that URL already.
#[must_use]
pub(crate) fn nearest_url(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let seen = seen(text);
    let bare = unwrapped(embedded(unwrapped(seen.trim()))?);
    let whole = repaired_host(&absolute(bare, 0)?);
    let encoded = percent_encoded(&whole);
    (encoded != text && web_url(&encoded).is_ok()).then_some(encoded)
}

/// Returns the help for a value that is not a URL. It depends on the key: the value of `url` may be the name of a
/// publisher.
pub(super) fn help_for_url(text: &str, decoder: &Decoder<'_>) -> String {
    let trimmed = text.trim();
    if let Some(meant) = nearest_url(text) {
        return match encodings(text, &meant) {
            Some(encodings) => format!("in a URL {encodings}: write {meant}"),
            None => format!("write {meant}"),
        };
    }
    let several = starts(trimmed);
    if several.len() > 1 && trimmed.contains(char::is_whitespace) {
        let urls = trimmed.split_whitespace().filter(|part| part.contains("://")).take(3);
        let urls: Vec<&str> = urls.map(|url| url.trim_matches([',', ';', '(', ')', '<', '>'])).collect();
        return format!("write only one URL here: {}", urls.join(" or "));
    }
    if let Some(host) = spaced_host(trimmed) {
        return match url_and_words(trimmed) {
            Some((url, _)) => format!("write only the URL: {url}"),
            None => help_for_spaced_host(host),
        };
    }
    let mailbox = trimmed.strip_prefix("mailto:").unwrap_or(trimmed);
    if mailbox_flaw(mailbox).is_none() || nearest_mailbox(trimmed).is_some() {
        return format!("`{trimmed}` is an e-mail address; write the address of a web page: https://…");
    }
    let general = "write the whole address, beginning with https:// or http://";
    if is_placeholder(trimmed) {
        return format!("{general}; if there is none, remove the line");
    }
    if is_file(trimmed) {
        return format!("{general}; a file of the site is linked in the text: [words](file)");
    }
    let is_words = !trimmed.contains(['/', ':', '@', '\\']) && trimmed.chars().any(char::is_alphabetic);
    match is_words && decoder.key() == "url" {
        true => {
            let publisher = decoder.line("publisher", &decoder.quoted(trimmed));
            format!("{general}; if this is the publisher's name, write {publisher}")
        }
        false => general.to_owned(),
    }
}

/// Returns the host of a web address, but only if it contains white space.
#[must_use]
pub(crate) fn spaced_host(address: &str) -> Option<&str> {
    let lower = address.to_ascii_lowercase();
    let rest = match lower.find("://") {
        Some(at) if lower.starts_with("http") => &address[at + 3..],
        _ if lower.starts_with("www.") => address,
        _ => return None,
    };
    let host = rest.trim_start().split(['/', '?', '#']).next()?.trim_end();
    host.contains(char::is_whitespace).then_some(host)
}

/// Returns the help for an address whose host has a space, which may be one too many, or stand for a hyphen or a dot.
#[must_use]
pub(crate) fn help_for_spaced_host(host: &str) -> String {
    format!("a host has no spaces: remove the one in `{host}`, or write what belongs there")
}

/// Splits a text at its first white space into a web address, with https:// if it has no scheme, and the words after it.
/// `None` if those may be a part of the host.
#[must_use]
pub(crate) fn url_and_words(text: &str) -> Option<(String, &str)> {
    let (first, words) = text.split_once(char::is_whitespace)?;
    let url = if first.contains("://") { first.to_owned() } else { format!("https://{first}") };
    let is_host = url.split_once("://").is_some_and(|(_, host)| host.trim_start_matches("www.").contains('.'));
    let goes_on = words.trim_start().split(|c: char| c == '/' || c.is_whitespace()).next()?.contains('.');
    (is_host && !goes_on && web_url(&url).is_ok()).then_some((url, words.trim()))
}

/// Returns which characters of a text are percent-encoded in the URL that was meant, in words: `a space is %20`.
fn encodings(text: &str, meant: &str) -> Option<String> {
    let mut named: Vec<char> = Vec::new();
    for c in text.trim().chars().filter(|c| !is_of_url(*c)) {
        if !named.contains(&c) && named.len() < 4 {
            named.push(c);
        }
    }
    let encodings = named.iter().map(|c| (*c, percent_encoded(&c.to_string())));
    let kept: Vec<(char, String)> = encodings.filter(|(_, encoded)| meant.contains(encoded)).collect();
    let words = kept.iter().map(|(c, encoded)| {
        let name = if *c == ' ' { "a space".to_owned() } else { format!("`{c}`") };
        format!("{name} is {encoded}")
    });
    (!kept.is_empty()).then(|| words.collect::<Vec<_>>().join(" and "))
}

/// Removes pairs of brackets and quotes around a text, as many as there are.
fn unwrapped(text: &str) -> &str {
    const PAIRS: &[(char, char)] =
        &[('<', '>'), ('(', ')'), ('[', ']'), ('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('„', '“'), ('«', '»')];
    let mut text = text;
    while let Some(inside) =
        PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open).and_then(|text| text.strip_suffix(*close)))
    {
        text = inside.trim();
    }
    text
}

/// Where URLs with a scheme begin in a text: at its beginning, or after something that is not part of a URL.
fn starts(text: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let found = lower.match_indices("http").filter(|(at, _)| {
        let rest = &lower[*at..];
        let begins = text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"/=.-_?&%".contains(c));
        begins && (rest.starts_with("http://") || rest.starts_with("https://"))
    });
    found.map(|(at, _)| at).collect()
}

/// The URL in a text that has other words before it: `Source: https://…`, `[words](https://…)`. `None` where the text
/// has several URLs.
fn embedded(text: &str) -> Option<&str> {
    let starts = starts(text);
    let (first, rest) = starts.split_first().map_or((0, [].as_slice()), |(first, rest)| (*first, rest));
    if !rest.is_empty() {
        return None;
    }
    let url = &text[first..];
    if first == 0 {
        return Some(url);
    }
    let open = text[..first].chars().next_back()?;
    let close = match open {
        '(' => ')',
        '<' => '>',
        '[' => ']',
        _ => return (!url.contains(char::is_whitespace)).then_some(url),
    };
    url.split(close).next().filter(|url| !url.contains(char::is_whitespace))
}

/// The whole address of what is written with a broken scheme, without one, or as an identifier.
fn absolute(text: &str, depth: usize) -> Option<String> {
    if let Some(url) = doi(text).or_else(|| repository(text)) {
        return Some(url);
    }
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(letters);
    let is_sign = |c: char| matches!(c, ':' | ';' | '/' | '\\' | '：' | '／' | ' ');
    let after = rest.trim_start_matches(is_sign);
    let signs = &rest[..rest.len() - after.len()];
    if let Some(scheme) = near_scheme(word).filter(|_| signs.contains([':', ';', '：']) || signs.contains("//")) {
        let inner = (depth < 2).then(|| absolute(after, depth + 1)).flatten();
        return match inner.filter(|inner| after.starts_with("http") || !inner.ends_with(after)) {
            Some(inner) => Some(inner),
            None => Some(format!("{scheme}://{}", after.replace("[.]", "."))),
        };
    }
    let host = text.trim_start_matches('/');
    let slashes = text.len() - host.len();
    (slashes != 1 && is_host(host.split(['/', '?', '#']).next()?) && !(slashes == 0 && is_file(host)))
        .then(|| format!("https://{host}"))
}

/// Returns `http` or `https` if a word is one of them with at most one slip of the keyboard, or defanged (`hxxps`).
fn near_scheme(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase().replace('x', "t");
    let near = |scheme: &str| strsim::osa_distance(&word, scheme);
    let scheme = if near("https") <= near("http") { "https" } else { "http" };
    (near(scheme) <= 1).then_some(scheme)
}

/// Returns the URL at doi.org of a DOI: `doi:10.1000/1`, `10.1000/1`.
fn doi(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let rest = if lower.starts_with("doi") { text[3..].trim_start_matches([':', ' ']) } else { text };
    let registrant = rest.strip_prefix("10.")?.split_once('/').filter(|(_, suffix)| !suffix.is_empty())?.0;
    let is_registrant = (4..=9).contains(&registrant.len())
        && registrant.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    is_registrant.then(|| format!("https://doi.org/{rest}"))
}

/// Returns the URL of the web page of a git repository, from `git@host:owner/name.git` or `ssh://git@host/owner/name`.
fn repository(text: &str) -> Option<String> {
    let (host, path) = match ["ssh://", "git://"].iter().find_map(|scheme| text.strip_prefix(scheme)) {
        Some(rest) => rest.split_once('/')?,
        None => text.strip_prefix("git@").and_then(|rest| rest.split_once(':'))?,
    };
    let host = host.trim_start_matches("git@");
    let path = path.strip_suffix(".git").unwrap_or(path);
    is_host(host).then(|| format!("https://{host}/{}", path.trim_start_matches('/')))
}

/// Returns whether a text is a host, labels with dots between them, and perhaps a port.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "0"));
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && name.split('.').all(is_label)
        && last.chars().count() > 1
        && last.chars().all(char::is_alphabetic)
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is the name or the path of a file.
fn is_file(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or(text);
    let is_path = path.starts_with('/') || !path.split('/').next().is_some_and(|first| first.contains('.'));
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_known = ending.is_some_and(|ending| FILE_ENDINGS.contains(&ending.as_str()));
    !text.contains("://") && is_known && (is_path || !path.contains('/')) && !path.starts_with("www.")
}

/// Whether a text only says that there is no URL.
fn is_placeholder(text: &str) -> bool {
    let lower = text.to_lowercase();
    !text.chars().any(char::is_alphanumeric)
        || ["n/a", "na", "none", "null", "tbd", "tba", "todo", "unknown", "missing", "url", "http", "https"]
            .contains(&lower.trim_end_matches([':', '/']))
}

/// Repairs the host of a URL: empty labels, a user name and a password are removed, and commas become dots.
fn repaired_host(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let rest = rest.trim_start_matches('/');
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or(authority).replace(',', ".");
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    format!("{scheme}://{}{path}", labels.join("."))
}
