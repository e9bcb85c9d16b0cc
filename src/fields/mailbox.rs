//! E-mail addresses as `mailto:` has them (RFC 6068, section 2), and what a failed one was meant to be.

use super::web_url::{is_unseen, seen, web_url};
use crate::names;

/// Returns why a text cannot follow `mailto:`. `None` if it consists of e-mail addresses with commas between them and
/// perhaps a query, which is not checked.
#[must_use]
pub(crate) fn mailbox_flaw(text: &str) -> Option<String> {
    let refused =
        |at: usize, c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}#".contains(c) || is_unseen(text, at);
    if let Some((_, c)) = text.char_indices().find(|(at, c)| refused(*at, *c)) {
        return Some(format!("an e-mail address cannot contain {}", names::named(c)));
    }
    let addresses = text.split('?').next().unwrap_or_default();
    let wrong = addresses.split(',').find(|address| !is_mailbox(address))?;
    Some(match wrong {
        "" if addresses.is_empty() => "it has no e-mail address".to_owned(),
        "" => "an e-mail address is missing before or after a comma".to_owned(),
        wrong => format!("`{wrong}` is not an e-mail address"),
    })
}

/// Returns whether an address is a name, `@`, and a host that a URL may have. Of the name, only a few signs are refused.
fn is_mailbox(address: &str) -> bool {
    let is_host = |host: &str| !host.contains(['/', ':', '@']) && web_url(&format!("https://{host}/")).is_ok();
    address
        .rsplit_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !name.contains(['@', '/', ':', ';']) && is_host(host))
}

/// Returns the mailbox that was meant by `<name@host>`, `Name <name@host>`, `mailto://name@host`, `name at host`,
/// `name@host,`; `None` if that is still invalid.
#[must_use]
pub(crate) fn nearest_mailbox(text: &str) -> Option<String> {
    let seen = seen(text);
    let mut rest = seen.trim();
    if let Some((_, inside)) = rest.split_once('<') {
        rest = inside.split(['>', '|']).next().unwrap_or(inside);
    }
    if let Some((word, after)) = rest.split_once([':', ';', '：'])
        && (strsim::osa_distance(&word.trim().to_ascii_lowercase(), "mailto") <= 2
            || matches!(word.trim().to_ascii_lowercase().as_str(), "mail" | "email" | "e-mail"))
    {
        rest = after.trim_start_matches(['/', ' ']);
    }
    let mut mailbox = rest.split('|').next().unwrap_or(rest).trim().trim_end_matches('>').to_owned();
    for at in [" at ", "(at)", "[at]", " @ ", "@ ", " @"] {
        mailbox = mailbox.replace(at, "@");
    }
    let (addresses, query) = mailbox.split_at(mailbox.find('?').unwrap_or(mailbox.len()));
    let addresses: Vec<&str> = addresses.split(',').filter(|address| !address.is_empty()).collect();
    mailbox = [&addresses.join(","), query].concat();
    if let Some((name, host)) = mailbox.rsplit_once('@') {
        let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
        mailbox = format!("{name}@{}", labels.join("."));
    }
    mailbox_flaw(&mailbox).is_none().then_some(mailbox)
}
