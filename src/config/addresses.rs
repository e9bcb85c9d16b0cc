//! The addresses in site.toml: where the site is published, and where readers can write.

use url::Url;

use crate::diagnostic::Code;
use crate::fields::{mailbox_flaw, nearest_mailbox, nearest_url, web_url};
use crate::syntax::{Decode, Decoder, Node, Schema, Value, object_schema};

/// Why a text is not an acceptable address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The reason in a few words.
    pub reason: String,
    /// The address that was probably meant.
    pub meant: Option<String>,
}

/// The address of the folder in which the site is published, in ASCII and with a trailing slash, so that paths can be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl(pub String);

impl Decode for BaseUrl {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let text = String::decode(node, decoder);
        if !matches!(node.value, Value::Text(_)) {
            return Self::placeholder();
        }
        Self(base_url(&text).unwrap_or_else(|refused| {
            let message = format!("`{text}` cannot be the base URL: {}", refused.reason);
            let help = match refused.meant {
                Some(meant) => format!("write \"{meant}\""),
                None => "write the address of the folder: \"https://example.org/timeline/\"".to_owned(),
            };
            decoder.report(Code::InvalidUrl, node.span.clone(), message).help(help);
            text
        }))
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(serde_json::json!({ "type": "string", "format": "uri", "pattern": "^https?://" }))
    }
}

/// Checks a base URL: http or https, a path without empty parts, `.` and `..`, no user, query or anchor. Returns it in ASCII
/// (host in Punycode, path percent-encoded) with a trailing slash.
///
/// # Errors
/// [`Refused`], with the nearest acceptable address if there is one.
pub(crate) fn base_url(text: &str) -> Result<String, Refused> {
    let refused = |reason: String| Refused { reason, meant: nearest_base_url(text) };
    web_url(text).map_err(refused)?;
    if text.contains(['?', '#']) {
        return Err(refused("a base URL cannot have a query or an anchor".to_owned()));
    }
    let path = text.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    if path.starts_with('/') || path.contains("//") {
        return Err(refused("its path has two slashes in a row".to_owned()));
    }
    let plain = |part: &str| part.to_ascii_lowercase().replace("%2e", ".");
    if let Some(part) = path.split('/').find(|part| matches!(plain(part).as_str(), "." | "..")) {
        return Err(refused(format!("`{part}` in its path names another folder")));
    }
    let url = Url::parse(text).map_err(|error| refused(error.to_string()))?;
    Ok(format!("{}/", url.as_str().trim_end_matches('/')))
}

/// Returns the base URL that was probably meant, without the parts that are not allowed.
fn nearest_base_url(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let meant = nearest_url(text).unwrap_or_else(|| text.to_owned());
    let parsed = Url::parse(&meant).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let mut url = parsed.or_else(|| Url::parse(&format!("https://{}", rest.trim_start_matches('/'))).ok())?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let path = parts.join("/");
    url.set_path(&path);
    let meant = format!("{}/", url.as_str().trim_end_matches('/'));
    let has_host = url.host_str().is_some_and(|host| host.contains('.') || host == "localhost");
    (has_host && web_url(&meant).is_ok()).then_some(meant)
}

/// Where readers can report an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// A mailbox: what follows `mailto:` (RFC 6068), in ASCII.
    Mail(String),
    /// A page elsewhere, such as a form: an https address.
    Page(String),
    /// A page of the site itself, by its address from the root.
    OwnPage(String),
}

impl Contact {
    /// Returns the same contact, with a page below the base URL turned into one of the site's own.
    #[must_use]
    pub fn seen_from(self, base_url: Option<&str>) -> Self {
        match self {
            Self::Page(url) => match base_url.and_then(|base| url.strip_prefix(base)) {
                Some("") => Self::OwnPage("index.html".to_owned()),
                Some(path) => Self::OwnPage(path.to_owned()),
                None => Self::Page(url),
            },
            other => other,
        }
    }
}

impl Decode for Contact {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let text = String::decode(node, decoder);
        if !matches!(node.value, Value::Text(_)) {
            return Self::placeholder();
        }
        contact(&text).unwrap_or_else(|refused| {
            let message = format!("`{text}` cannot be the contact: {}", refused.reason);
            let help = match refused.meant {
                Some(meant) => format!("write \"{meant}\""),
                None => "write \"mailto:\" and an e-mail address, or the https:// address of a form".to_owned(),
            };
            decoder.report(Code::InvalidUrl, node.span.clone(), message).help(help);
            Self::placeholder()
        })
    }

    fn placeholder() -> Self {
        Self::Page(String::new())
    }

    fn schema() -> Schema {
        object_schema(serde_json::json!({ "type": "string", "format": "uri", "pattern": "^(mailto:|https://)" }))
    }
}

/// Reads a `mailto:` or https address that readers can write to.
///
/// # Errors
/// [`Refused`], with the nearest acceptable address if there is one.
pub(super) fn contact(text: &str) -> Result<Contact, Refused> {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let reason = match scheme.as_deref() {
        Some("mailto") => {
            let mailbox = &text["mailto:".len()..];
            match mailbox_flaw(mailbox) {
                None => return Ok(Contact::Mail(ascii(mailbox))),
                Some(reason) => reason,
            }
        }
        Some("https") => match web_url(text).and_then(|()| Url::parse(text).map_err(|error| error.to_string())) {
            Ok(url) => return Ok(Contact::Page(url.into())),
            Err(reason) => reason,
        },
        Some("http") => "readers send data to it, so it must be https".to_owned(),
        _ if mailbox_flaw(text.trim()).is_none() => "it does not begin with `mailto:`".to_owned(),
        _ => "it begins neither with `mailto:` nor with `https://`".to_owned(),
    };
    Err(Refused { reason, meant: nearest_contact(text) })
}

/// Returns the mailbox or the page that was probably meant.
fn nearest_contact(text: &str) -> Option<String> {
    if let Some(mailbox) = nearest_mailbox(text) {
        return Some(format!("mailto:{mailbox}"));
    }
    let other_scheme =
        text.split_once("://").filter(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_lowercase()));
    let page = nearest_url(text)
        .or_else(|| web_url(text).is_ok().then(|| text.to_owned()))
        .or_else(|| nearest_url(other_scheme?.1))?;
    let page = page.strip_prefix("http://").map_or_else(|| page.clone(), |rest| format!("https://{rest}"));
    (page != text && contact(&page).is_ok()).then_some(page)
}

/// Percent-encodes every non-ASCII character and every control character.
fn ascii(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::CONTROLS).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Contact, base_url, contact};

    #[test]
    fn a_base_url_is_written_in_ascii_with_a_slash_at_its_end() {
        for (text, wanted) in [
            ("https://example.org", "https://example.org/"),
            ("https://example.org/a/b/", "https://example.org/a/b/"),
            ("https://bücher.example/سوريا", "https://xn--bcher-kva.example/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7/"),
            ("http://localhost:8000/x", "http://localhost:8000/x/"),
        ] {
            assert_eq!(base_url(text).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn an_impossible_base_url_is_refused_with_the_nearest_possible_one() {
        for (text, meant) in [
            ("https://example.org//x", "https://example.org/x/"),
            ("https://example.org/a//b/", "https://example.org/a/b/"),
            ("https://example.org/x//", "https://example.org/x/"),
            ("https://example.org//", "https://example.org/"),
            ("https://example.org/x/../y", "https://example.org/y/"),
            ("https://example.org/x/%2e%2E/y", "https://example.org/y/"),
            ("https://example.org/./y", "https://example.org/y/"),
            ("https://example.org/x?page=1", "https://example.org/x/"),
            ("https://example.org/x#top", "https://example.org/x/"),
            ("https://me:secret@example.org/x", "https://example.org/x/"),
            ("ftp://example.org/x", "https://example.org/x/"),
            ("example.org/x", "https://example.org/x/"),
            ("//example.org/x", "https://example.org/x/"),
            ("https:/example.org/x", "https://example.org/x/"),
            ("https://example.org/a b", "https://example.org/a%20b/"),
        ] {
            let refused = base_url(text).expect_err(text);
            assert_eq!(refused.meant.as_deref(), Some(meant), "{text}: {}", refused.reason);
            assert!(base_url(meant).is_ok(), "{meant}");
        }
        for text in ["", "/x", "file:///srv/www", "https://", "x"] {
            assert_eq!(base_url(text).expect_err(text).meant, None, "{text}");
        }
    }

    #[test]
    fn a_contact_is_a_mailbox_or_a_page() {
        assert_eq!(contact("mailto:desk@example.org"), Ok(Contact::Mail("desk@example.org".to_owned())));
        assert_eq!(
            contact("mailto:a@b.org,c@d.org?cc=e@f.org"),
            Ok(Contact::Mail("a@b.org,c@d.org?cc=e@f.org".to_owned()))
        );
        assert_eq!(contact("https://example.org/form"), Ok(Contact::Page("https://example.org/form".to_owned())));
        for (text, meant) in [
            ("desk@example.org", Some("mailto:desk@example.org")),
            ("mailto://desk@example.org", Some("mailto:desk@example.org")),
            ("mailto: desk@example.org", Some("mailto:desk@example.org")),
            ("www.example.org/form", Some("https://www.example.org/form")),
            ("http://example.org/form", Some("https://example.org/form")),
            ("mailto:desk", None),
            ("javascript:alert(1)", None),
            ("the desk", None),
        ] {
            assert_eq!(contact(text).expect_err(text).meant.as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn a_contact_below_the_base_url_is_a_page_of_the_site() {
        let page = Contact::Page("https://example.org/t/method.html#x".to_owned());
        assert_eq!(
            page.clone().seen_from(Some("https://example.org/t/")),
            Contact::OwnPage("method.html#x".to_owned())
        );
        assert_eq!(page.clone().seen_from(Some("https://example.org/u/")), page);
    }
}
