//! Whether a reader can follow the URL of a web page (RFC 3986), and why not.

use url::{Host, ParseError, Url};

use crate::names;

/// The longest part of a host between two dots, in bytes (RFC 1035, section 2.3.4).
const LONGEST_LABEL: usize = 63;
/// The longest host, in bytes, without the dot at its end (the same section, less the bytes of the encoding).
const LONGEST_HOST: usize = 253;

/// Checks that a text is an absolute http or https URL without user name and password, with a host that a server can have.
///
/// # Errors
/// The reason in a few words.
pub(crate) fn web_url(text: &str) -> Result<(), String> {
    if is_plain(text) { Ok(()) } else { examined(text) }
}

/// Does what [`web_url`] does, for any text. The parser follows the URL Standard, as browsers do, and repairs some
/// addresses, which are refused here.
fn examined(text: &str) -> Result<(), String> {
    if let Some((_, c)) = text.char_indices().find(|(at, c)| !is_of_url(*c) || is_unseen(text, *at)) {
        return Err(format!("it contains {}", names::named(c)));
    }
    let url = Url::parse(text).map_err(flaw)?;
    let scheme = url.scheme();
    if !matches!(scheme, "http" | "https") {
        return Err(format!("`{scheme}` is neither http nor https"));
    }
    let after = text[scheme.len() + 1..].strip_prefix("//");
    let Some(after) = after.filter(|after| !after.starts_with('/')) else {
        return Err(format!("two slashes must follow `{scheme}:`"));
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it contains a user name or a password".to_owned());
    }
    if ["http://", "https://"].iter().any(|scheme| after.starts_with(scheme)) {
        return Err("it begins with two schemes".to_owned());
    }
    host_flaw(&url).map_or(Ok(()), Err)
}

/// Returns whether a text is certainly a valid URL, without asking the parser: ASCII letters, digits and hyphens in the
/// host, which ends in letters; no port. `false` leaves that open.
fn is_plain(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_label = |label: &str| {
        let letters = label.as_bytes();
        let is_word = letters.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-');
        // Two hyphens may begin the encoded form of a name in another script.
        is_word && !label.contains("--") && !letters.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_host = host.len() <= LONGEST_LABEL
        && host.split('.').all(is_label)
        && host.rsplit_once('.').is_some_and(|(_, last)| last.bytes().all(|byte| byte.is_ascii_lowercase()));
    is_host && path.bytes().all(|byte| byte.is_ascii_graphic() && is_of_url(char::from(byte)))
}

/// What the parser found, in an author's words.
fn flaw(error: ParseError) -> String {
    match error {
        ParseError::RelativeUrlWithoutBase => "it does not begin with https:// or http://",
        ParseError::EmptyHost => "it has no host",
        ParseError::InvalidPort => "its port is not a number up to 65535",
        ParseError::InvalidIpv4Address => "its host is not a valid IPv4 address",
        ParseError::InvalidIpv6Address => "its host is not a valid IPv6 address",
        ParseError::IdnaError | ParseError::InvalidDomainCharacter => "its host is not a valid domain name",
        other => return other.to_string(),
    }
    .to_owned()
}

/// Returns why no server can have the host of a URL; `None` if one can. A single dot at its end is the root of the domain
/// names and may be there (RFC 3986, section 3.2.2).
fn host_flaw(url: &Url) -> Option<String> {
    let Some(Host::Domain(host)) = url.host() else { return None };
    let labels = host.strip_suffix('.').unwrap_or(host);
    if let Some(c) = labels.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.')) {
        return Some(format!("its host contains {}", names::named(c)));
    }
    if labels.split('.').any(str::is_empty) {
        return Some("a part of its host is empty".to_owned());
    }
    if let Some(label) = labels.split('.').find(|label| label.len() > LONGEST_LABEL) {
        return Some(format!("a part of its host has {} characters; the limit is {LONGEST_LABEL}", label.len()));
    }
    let length = labels.len();
    (length > LONGEST_HOST).then(|| format!("its host has {length} characters; the limit is {LONGEST_HOST}"))
}

/// Returns whether an author may write a character in a URL without encoding it. Letters of every script are allowed:
/// browsers encode them.
pub(super) fn is_of_url(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !"<>\"\\^`{|}".contains(c)
}

/// Whether the character at a place is invisible and not one that a word or an emoji needs: a joiner between letters, a
/// variation selector after a symbol.
pub(super) fn is_unseen(text: &str, at: usize) -> bool {
    let Some(c) = text[at..].chars().next().filter(|c| !c.is_ascii()) else { return false };
    let selects = matches!(c, '\u{FE00}'..='\u{FE0F}') && !text[..at].ends_with(|c: char| c.is_ascii());
    names::is_invisible(c) && !selects && !names::joins(text, at)
}

/// A text without the characters that nobody sees.
pub(super) fn seen(text: &str) -> String {
    text.char_indices().filter(|(at, _)| !is_unseen(text, *at)).map(|(_, c)| c).collect()
}

/// Percent-encodes every character of an address that [`is_of_url`] refuses (RFC 3986, section 2.1). A `%` stays, so
/// nothing is encoded twice.
#[must_use]
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_of_url(c) {
            encoded.push(c);
        } else {
            let mut bytes = [0; 4];
            encoded.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{examined, is_plain};

    #[test]
    fn nearly_all_urls_are_plain() {
        for url in ["https://example.org", "http://www.un-dsl.example.org/a/b.pdf?c=d&e=%20#f", "https://a1.b2.org/"] {
            assert!(is_plain(url), "{url}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_url_is_never_refused(parts in proptest::collection::vec(prop::sample::select(PARTS), 0..8)) {
            let url = format!("https://{}", parts.concat());
            prop_assert!(!is_plain(&url) || examined(&url).is_ok(), "{url}");
        }
    }

    const PARTS: &[&str] = &[
        "example",
        "org",
        "a",
        "xn",
        "0x1",
        "127",
        "1",
        "-",
        "--",
        ".",
        "/",
        ":",
        "@",
        "?",
        "#",
        "%",
        "%2",
        "[",
        "]",
        "\\",
        "é",
        "http:",
        "https://",
        "&",
        "'",
        "\"",
        "~",
        "localhost",
        "A",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    ];
}
