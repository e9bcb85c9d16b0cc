//! Bare addresses: `https://example.org/report` in a text is a link, as in GitHub Flavored Markdown (section 6.9).
//!
//! Only http and https count here, not `www.` or e-mail addresses. Punctuation of other scripts ends an address too.

use std::ops::Range;

use super::finding::Finding;
use super::runs::Run;
use super::words::beginning_of;
use crate::diagnostic::Code;
use crate::id::is_of_id;

/// The longest address that is recognised, in bytes.
const LONGEST: usize = 2000;

/// Returns the bytes of the bare http and https addresses among the plain words of a text, in order.
pub(super) fn addresses(text: &str, runs: &[Run]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in runs.iter().filter(|run| !run.in_link && run.may_hold(b":")) {
        let range = run.unescaped(text);
        let bytes = &text.as_bytes()[range.clone()];
        let mut from = range.start;
        for at in memchr::memchr_iter(b':', bytes).map(|at| range.start + at) {
            if at < from || !text[at..].starts_with("://") {
                continue;
            }
            let Some(start) = scheme(text, from, at) else { continue };
            if let Some(end) = end(text, at + 3, range.end) {
                found.push(start..end);
                from = end;
            }
        }
    }
    found
}

/// Splits runs of plain words at the addresses in them, which are not searched for mark-up.
pub(super) fn without(runs: Vec<Run>, addresses: &[Range<usize>]) -> Vec<Run> {
    if addresses.is_empty() {
        return runs;
    }
    let mut left = Vec::with_capacity(runs.len() + addresses.len());
    let mut addresses = addresses.iter().peekable();
    for mut run in runs {
        while let Some(address) = addresses.next_if(|address| address.start < run.span.end) {
            let rest = Run {
                span: address.end..run.span.end,
                begins_line: false,
                begins_block: false,
                escaped: false,
                ..run.clone()
            };
            if run.span.start < address.start {
                left.push(Run { span: run.span.start..address.start, touches_markup: false, ..run });
            }
            run = rest;
        }
        if !run.span.is_empty() {
            left.push(run);
        }
    }
    left
}

/// Reports bare addresses that mark-up or a character reference cuts off: `https://example.org/*a*`,
/// `https://example.org/a&amp;b`.
pub(super) fn cut_off(text: &str, runs: &[Run], addresses: &[Range<usize>]) -> Vec<Finding> {
    if addresses.is_empty() {
        return Vec::new();
    }
    let goes_on = |run: &Run| ["&amp;", "&#38;", "&#x26;"].iter().any(|and| text[run.span.end..].starts_with(and));
    let touching = runs.iter().filter(|run| run.touches_markup || goes_on(run));
    let cut = touching.filter(|run| addresses.binary_search_by_key(&run.span.end, |address| address.end).is_ok());
    let finding = |run: &Run| {
        let (message, help) = match goes_on(run) {
            true => ("the URL ends here, because a reference begins", "write the address with & alone"),
            false => ("the URL ends here, because mark-up begins", "write the whole address between < and >"),
        };
        let start = text[..run.span.end].rfind("http").unwrap_or(run.span.start);
        Finding::new(Code::FailedMarkup, start..run.span.end, message, help)
    };
    cut.map(finding).collect()
}

/// Returns the start of the scheme before the `://` at `at`, if it is http or https, begins at `from` or later, and is not
/// part of a longer word.
fn scheme(text: &str, from: usize, at: usize) -> Option<usize> {
    ["https", "http"].iter().find_map(|scheme| {
        let start = at.checked_sub(scheme.len()).filter(|start| *start >= from)?;
        let is_scheme = text.get(start..at)?.eq_ignore_ascii_case(scheme);
        let before = text[..start].chars().next_back();
        let is_begun = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '+' | '.' | '-'));
        (is_scheme && is_begun).then_some(start)
    })
}

/// Returns the end of the address whose `://` ends at `host`; `None` without a valid domain, which has a dot, and no
/// underscore in its last two labels.
fn end(text: &str, host: usize, limit: usize) -> Option<usize> {
    let rest = beginning_of(&text[host..limit], LONGEST);
    let length = rest.find(ends_address).unwrap_or(rest.len());
    let mut address = &rest[..length];
    let authority = address.find(['/', '?', '#']).unwrap_or(address.len());
    let after_user = user(&address[..authority]);
    let name = &address[after_user..authority];
    let name = &name[..name.find(|c| !is_of_host(c)).unwrap_or(name.len())];
    // A full stop after the name belongs to the sentence.
    let parts = name.strip_suffix('.').unwrap_or(name);
    let is_host =
        parts.contains('.') && parts.split('.').rev().take(2).all(|part| !part.is_empty() && !part.contains('_'));
    if !is_host {
        return None;
    }
    // Characters that no host can contain belong to the sentence too: `https://example.org’s`.
    let after_name = after_user + name.len();
    let port = address[after_name..authority].strip_prefix(':');
    let is_whole = port.map_or(after_name == authority, |port| port.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_whole {
        let digits = port.map_or(0, |port| port.bytes().take_while(u8::is_ascii_digit).count());
        address = &address[..after_name + if digits > 0 { digits + 1 } else { 0 }];
    }
    let mut open = address.matches(['(', '[']).count();
    let mut closed = address.matches([')', ']']).count();
    loop {
        let last = address.chars().next_back()?;
        let is_loose = match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' | '’' => true,
            ')' | ']' => closed > open,
            '(' | '[' => true,
            other => crate::names::is_invisible(other),
        };
        if !is_loose {
            return Some(host + address.len());
        }
        match last {
            ')' | ']' => closed -= 1,
            '(' | '[' => open -= 1,
            _ => {}
        }
        address = &address[..address.len() - last.len_utf8()];
    }
}

/// Returns where the host begins in an authority, after `user:password@` if there is one (RFC 3986, section 3.2).
fn user(authority: &str) -> usize {
    let is_of_user = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '~' | '%' | ':' | '+' | '!' | '$');
    authority.rfind('@').filter(|at| authority[..*at].chars().all(is_of_user)).map_or(0, |at| at + 1)
}

fn is_of_host(c: char) -> bool {
    is_of_id(c) || c == '.' || crate::names::is_invisible(c)
}

/// Returns whether a character ends an address: white space, brackets, quotation marks, dashes longer than a hyphen, and
/// Chinese, Japanese, Arabic and Devanagari punctuation.
fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '…')
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
        || matches!(c, '،' | '؛' | '؟' | '۔' | '।' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::end;

    #[test]
    fn an_address_ends_where_its_sentence_goes_on() {
        for (text, wanted) in [
            ("example.org/a.", "example.org/a"),
            ("example.org.", "example.org"),
            ("example.org/a), b", "example.org/a"),
            ("example.org/a_(b))", "example.org/a_(b)"),
            ("example.org/a?b=c&d=e!?", "example.org/a?b=c&d=e"),
            ("example.org/报告。后来", "example.org/报告"),
            ("example.org/تقرير، ثم", "example.org/تقرير"),
            ("example.org:8080/a#b”", "example.org:8080/a#b"),
            ("example.org/a**", "example.org/a"),
            ("example.org, then", "example.org"),
            ("example.org)", "example.org"),
            ("example.org]; b", "example.org"),
            ("example.org’s", "example.org"),
            ("example.org!*", "example.org"),
            ("example.org:", "example.org"),
            ("example.org:80, b", "example.org:80"),
            ("u:p@example.org/a", "u:p@example.org/a"),
        ] {
            assert_eq!(end(text, 0, text.len()).map(|end| &text[..end]), Some(wanted), "{text}");
        }
        for text in ["", "/a", "localhost/a", "a b.c", "..", "a_b.c_d/"] {
            assert_eq!(end(text, 0, text.len()), None, "{text}");
        }
    }
}
