//! Addresses of people: `mailto:` (RFC 6068) and `tel:` (RFC 3966), and what a failed one was meant to be.

use crate::fields::nearest_mailbox;
use crate::names;

/// Returns the mailto or tel address that was meant: a number with hyphens between its groups of digits, or what
/// [`nearest_mailbox`] finds. `None` if that is still invalid.
pub(super) fn nearest_address(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once(':')?;
    if !scheme.trim().eq_ignore_ascii_case("tel") {
        return nearest_mailbox(url).map(|mailbox| format!("mailto:{mailbox}"));
    }
    // Spaces between groups of digits are written as hyphens (RFC 3966, section 5.1.1).
    let groups: Vec<&str> =
        rest.trim().trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').collect();
    let number = groups.into_iter().filter(|group| !group.is_empty()).collect::<Vec<_>>().join("-");
    number_flaw(&number).is_none().then(|| format!("tel:{number}"))
}

/// Returns the help for an invalid mailto or tel address if nobody can know what was meant. `rest` is what follows
/// `mailto:` or `tel:`.
pub(super) fn example_of(scheme: &str, rest: &str) -> String {
    match scheme {
        "tel" => "write the number with its country code and without spaces: tel:+49-30-123456".to_owned(),
        _ if rest.contains(char::is_whitespace) => {
            "an e-mail address has no spaces: remove them, or write %20 where one is part of the name".to_owned()
        }
        _ => "write the address after the colon: mailto:name@example.org".to_owned(),
    }
}

/// Returns why a text is not a telephone number; `None` if it is one. It accepts more than RFC 3966, section 3, does: of
/// the parameters after `;`, only white space and invisible characters are refused.
pub(super) fn number_flaw(text: &str) -> Option<String> {
    let number = text.split(';').next().unwrap_or_default();
    if let Some(c) = text.chars().find(|c| c.is_whitespace() || names::is_invisible(*c)) {
        return Some(format!("it contains {}", names::named(c)));
    }
    let is_number = number.chars().any(|c| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_hexdigit() || "+-.()*#".contains(c));
    (!is_number).then(|| "it has no telephone number".to_owned())
}
