//! Links and pictures that markdown does not recognise because something in them is wrong.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::contacts::{example_of, nearest_address};
use super::finding::Finding;
use super::runs::Run;
use super::words::{beginning_of, shortened};
use crate::diagnostic::{Code, Span};
use crate::fields::{help_for_spaced_host, mailbox_flaw, nearest_url, percent_encoded, spaced_host, url_and_words};

/// The longest link that is recognised, in bytes. It bounds the work for each bracket.
const LONGEST: usize = 1000;

/// Reports everything that looks like a link or a picture but is not one, and links without words.
pub(super) fn failed_links(text: &str, events: &[(Event<'_>, Span)], runs: &[Run]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if runs.iter().any(|run| run.may_hold(BRACKETS)) {
        in_words(text, events, runs, &mut findings);
    }
    empty(text, events, &mut findings);
    findings
}

/// Every failed link among plain words contains one of these.
const BRACKETS: &[u8] = b"[]<";

fn in_words(text: &str, events: &[(Event<'_>, Span)], runs: &[Run], findings: &mut Vec<Finding>) {
    let blocks = Blocks::new(events);
    // Where the last finding ended: brackets before that belong to it.
    let mut told = 0;
    for run in runs.iter().filter(|run| run.may_hold(BRACKETS)) {
        let range = run.unescaped(text);
        for at in memchr::memchr2_iter(b']', b'[', text[range.clone()].as_bytes()).map(|at| range.start + at) {
            if at < told {
                continue;
            }
            let found = match text.as_bytes()[at] {
                b'[' => double(text, at, range.end, &blocks),
                _ if !text[at + 1..].starts_with(['(', ' ', '\u{a0}']) => continue,
                _ => unseen(text, at, range.end, told, &blocks),
            };
            if found.is_none() && text.as_bytes()[at] == b'[' {
                continue;
            }
            told = found.as_ref().map_or(at, |finding| finding.span.end).max(told);
            findings.extend(found);
        }
        angled(text, range, &blocks, findings);
        reversed(text, run, findings);
    }
}

/// Reports links without words, which readers can neither see nor follow: `[](…)`, `[[id|]]`, `[[#]]`.
fn empty(text: &str, events: &[(Event<'_>, Span)], findings: &mut Vec<Finding>) {
    for (number, (event, span)) in events.iter().enumerate() {
        let Event::Start(Tag::Link { link_type, dest_url, .. }) = event else { continue };
        let mut inside = events[number + 1..].iter().map(|(event, _)| event);
        let first = inside.find(|event| !matches!(event, Event::Text(words) if words.trim().is_empty()));
        let has_no_words = matches!(first, Some(Event::End(TagEnd::Link)));
        let (address, has_no_target) = match link_type {
            LinkType::WikiLink { .. } => (dest_url.trim(), dest_url.trim().trim_matches('#').is_empty()),
            _ => (dest_url.as_ref(), false),
        };
        let help = match link_type {
            _ if has_no_target => "write [[id]] or [[id|words]]; for literal brackets, \\[\\[".to_owned(),
            _ if !has_no_words => continue,
            LinkType::WikiLink { .. } => format!("write [[{address}]] or [[{address}|words]]"),
            _ => format!("write words between the brackets: [words]({address})"),
        };
        let message = match has_no_target {
            true => "this link by id names no document",
            false => "this link has no words, so readers would not see it",
        };
        let written = text[span.clone()].trim_end();
        findings.push(Finding::new(Code::FailedLink, span.start..span.start + written.len(), message, help));
    }
}

/// Reports `<https://…>` and `<name@example.org>` with white space in them.
fn angled(text: &str, words: Range<usize>, blocks: &Blocks, findings: &mut Vec<Finding>) {
    for at in memchr::memchr_iter(b'<', text[words.clone()].as_bytes()).map(|at| words.start + at) {
        let inside = &text[at + 1..blocks.end(text, at).max(at + 1)];
        let close = memchr::memchr2(b'<', b'>', inside.as_bytes()).filter(|end| inside[*end..].starts_with('>'));
        let Some(address) = close.map(|end| &inside[..end]) else { continue };
        let lower = beginning_of(address, 8).to_lowercase();
        let is_of_web = ["http://", "https://", "www."].iter().any(|begin| lower.starts_with(begin));
        let has_scheme = is_of_web || ["mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
        if !address.contains(char::is_whitespace) || !(has_scheme || has_mailbox(address)) {
            continue;
        }
        let help = match address.split_once('|') {
            Some((address, words)) => format!("write [{}]({address})", words.trim()),
            None if has_scheme => {
                without_guess(address, None).unwrap_or_else(|| format!("write <{}>", plain_address(address)))
            }
            None => named_mailbox(address),
        };
        let message = "the address between `<` and `>` has a space, so it would be printed as it is";
        findings.push(Finding::new(Code::FailedLink, at..at + address.len() + 2, message, help));
    }
}

/// Whether words between `<` and `>` have an e-mail address or most of one: `John Smith a@b.org`, `a@b c.org`.
fn has_mailbox(words: &str) -> bool {
    let is_around = |(before, after): (&str, &str)| {
        let name = before.trim_end().chars().next_back().is_some_and(char::is_alphanumeric);
        let host = after.trim_start().split(char::is_whitespace).next().unwrap_or_default();
        let is_broken = before.ends_with(' ') || after.starts_with(' ');
        let is_host = host.starts_with(char::is_alphanumeric) && !host.contains('@');
        name && is_host && words.contains('.') && (!is_broken || host.contains('.'))
    };
    words.len() <= 100 && !words.contains('\n') && words.split_once('@').is_some_and(is_around)
}

/// The help for an e-mail address between `<` and `>` with other words or spaces.
fn named_mailbox(address: &str) -> String {
    if let Some(meant) = nearest_address(&format!("mailto:{address}")) {
        return format!("write <{}>", meant.trim_start_matches("mailto:"));
    }
    let is_mailbox = |word: &&str| mailbox_flaw(word).is_none() && word.contains('.');
    let parts: Vec<&str> = address.split_whitespace().map(|word| word.trim_matches([',', ';'])).collect();
    let mailboxes: Vec<&str> = parts.iter().copied().filter(is_mailbox).collect();
    match mailboxes.as_slice() {
        [] => example_of("mailto", address),
        [mailbox] => {
            let words: Vec<&str> = parts.into_iter().filter(|word| word != mailbox).collect();
            format!("write [{}](mailto:{mailbox})", words.join(" "))
        }
        several => format!("write each between its own brackets: <{}>", several.join(">, <")),
    }
}

/// The help for `[words][https://…]`, where an address is in the place of a reference's name.
pub(super) fn of_reference(link: &str, name: &str) -> Option<String> {
    let words = link.strip_prefix('[')?.split("][").next()?;
    is_address(name).then(|| format!("write {}", rewritten("", words, name)))
}

/// Where the paragraphs, headings, list items and cells of a text end, in order, because a link cannot extend beyond one.
struct Blocks(Vec<usize>);

impl Blocks {
    fn new(events: &[(Event<'_>, Span)]) -> Self {
        use pulldown_cmark::TagEnd::{Heading, Item, Paragraph, TableCell};
        let ends = events.iter().filter_map(|(event, span)| match event {
            Event::End(Paragraph | Heading(_) | Item | TableCell) => Some(span.end),
            _ => None,
        });
        let mut ends: Vec<usize> = ends.collect();
        ends.sort_unstable();
        Self(ends)
    }

    /// Returns where the block around `at` ends, but no more than [`LONGEST`] bytes after `at`.
    fn end(&self, text: &str, at: usize) -> usize {
        let end = self.0[self.0.partition_point(|end| *end <= at)..].first().copied().unwrap_or(text.len());
        at + beginning_of(&text[at..end.max(at)], LONGEST).len()
    }
}

/// Returns a finding if the `]` at `at` ends the words of a failed link: `](…` that the parser did not read as one, or
/// `] (…)` with an address. `end` is the end of the plain words; the link cannot begin before `from`.
fn unseen(text: &str, at: usize, end: usize, from: usize, blocks: &Blocks) -> Option<Finding> {
    let after = &text[at + 1..end.max(at + 1)];
    let gap = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
    let open = at + 1 + gap;
    if !text[open..].starts_with('(') || (gap > 0 && open >= end) {
        return None;
    }
    let start = beginning(text, at, from)?;
    let words = text[start..at].trim_start_matches(['!', '[']);
    let picture = if text[start..].starts_with('!') { "!" } else { "" };
    let block_end = blocks.end(text, open);
    let close = match gap {
        0 => closing(&text[open..block_end]),
        _ => memchr::memchr(b')', beginning_of(&text[open..block_end], 300).as_bytes()),
    };
    let close = close.map(|close| open + close);
    let what = if picture.is_empty() { "link" } else { "picture" };
    let Some(close) = close else {
        if gap > 0 {
            return None;
        }
        let line = text[start..block_end].lines().next().unwrap_or_default();
        let message = format!("the address of this {what} has no closing parenthesis, so it would be printed as it is");
        let address = text[open + 1..block_end].split_whitespace().next().unwrap_or_default();
        // Another bracket was typed in place of the parenthesis.
        let address = address.split_once([']', '}', '>']).map_or(address, |(address, _)| address);
        let help = format!("end the address with `)`: {}", rewritten(picture, words, address));
        return Some(Finding::new(Code::FailedLink, start..(start + line.len()).max(open + 1), message, help));
    };
    let address = text[open + 1..close].trim();
    let span = start..close + 1;
    if gap > 0 {
        if !is_address(address) {
            return None;
        }
        let message = format!("this is not a {what}: there is a space between the words and the URL");
        return Some(Finding::new(
            Code::FailedLink,
            span,
            message,
            format!("write {}", rewritten(picture, words, address)),
        ));
    }
    let reason =
        if address.contains(char::is_whitespace) { "has a space" } else { "is not one that markdown recognises" };
    let message = format!("the address of this {what} {reason}, so it would be printed as it is");
    let help =
        without_guess(address, Some(words)).unwrap_or_else(|| format!("write {}", rewritten(picture, words, address)));
    Some(Finding::new(Code::FailedLink, span, message, help))
}

/// Returns the link as it should be written. `picture` is `!` or empty.
fn rewritten(picture: &str, words: &str, address: &str) -> String {
    let quotes = ['"', '\'', '“', '”', '„', '«'];
    let address = without_size(address);
    let (address, title) = match address.find(|c: char| c.is_whitespace()) {
        Some(space) if address[space..].trim_start().starts_with(quotes) => {
            let title = address[space..].trim().trim_matches(quotes).replace('"', "'");
            (&address[..space], format!(" \"{title}\""))
        }
        _ => match address.rsplit_once(" \"").and_then(|(address, title)| Some((address, title.strip_suffix('"')?))) {
            Some((address, title)) => (address, format!(" \"{title}\"")),
            None => (address, String::new()),
        },
    };
    let address = address.trim().trim_matches(['<', '>']);
    let is_outside = address.contains("://") || ["mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme));
    let address = match address.contains(char::is_whitespace) || address.contains(['(', ')']) {
        true if is_outside => plain_address(address).replace('(', "%28").replace(')', "%29"),
        true => format!("<{}>", address.split_whitespace().collect::<Vec<_>>().join(" ")),
        false => address.to_owned(),
    };
    format!("{picture}[{}]({address}{title})", shortened(words))
}

/// Returns the help for an address that cannot be guessed, because a space in a mailbox, telephone number or host may be a
/// slip or stand for something; `None` if it can be guessed. `words` are those of the link, if it has any.
fn without_guess(address: &str, words: Option<&str>) -> Option<String> {
    let address: String = address.lines().map(str::trim).collect();
    let address = address.split_once(" \"").map_or(address.as_str(), |(address, _)| address).trim();
    let urls: Vec<&str> = address.split_whitespace().filter(|part| part.contains("://")).collect();
    if let [first, .., _] = urls.as_slice() {
        let first = first.trim_end_matches([',', ';']);
        return Some(match words {
            Some(words) => {
                format!("a link has one address: write [{}]({first}), and a link for each other", shortened(words))
            }
            None => format!("write each address between its own brackets: <{first}>"),
        });
    }
    if let Some(host) = spaced_host(address) {
        return Some(match (url_and_words(address), words) {
            (Some((url, title)), Some(words)) => format!("write [{}]({url} \"{title}\")", shortened(words)),
            (Some((url, title)), None) => format!("put the words between brackets: [{}]({url})", shortened(title)),
            (None, _) => help_for_spaced_host(host),
        });
    }
    let (scheme, rest) = address.split_once(':')?;
    let name = rest.split(['?', '|']).next()?.trim();
    let is_known = !matches!(scheme, "mailto" | "tel") || nearest_address(address).is_some();
    (!is_known && name.contains(char::is_whitespace)).then(|| example_of(scheme, name))
}

/// Returns an address without the white space in it: as [`nearest_address`] or [`nearest_url`] corrects it, or else with
/// its lines joined and its spaces percent-encoded.
fn plain_address(address: &str) -> String {
    let joined: String = address.lines().map(str::trim).collect();
    match nearest_address(&joined) {
        Some(nearest) => nearest,
        None if joined.starts_with("mailto:") => {
            joined.split_whitespace().collect::<Vec<_>>().join("%20").replace("%20?", "?")
        }
        None => nearest_url(&joined).unwrap_or_else(|| percent_encoded(&joined)),
    }
}

/// The address of a picture without the size that other programs take after it: `p.png =300x200`.
fn without_size(address: &str) -> &str {
    let is_size =
        |size: &str| !size.is_empty() && size.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | '*' | '%'));
    match address.rsplit_once(" =") {
        Some((rest, size)) if is_size(size.trim()) => rest.trim_end(),
        _ => address,
    }
}

/// Returns where a link begins, at its `[` or `![`, whose words end with the `]` at `close`. `None` if the bracket is
/// escaped, before `from`, more than [`LONGEST`] bytes away or in another paragraph.
fn beginning(text: &str, close: usize, from: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.as_bytes()[from..close].iter().enumerate().rev().take(LONGEST) {
        match byte {
            b']' => depth += 1,
            b'[' if depth > 0 => depth -= 1,
            b'[' if text[..from + at].ends_with('\\') => return None,
            b'[' => {
                let at = from + at;
                return Some(if text[..at].ends_with('!') && at > from { at - 1 } else { at });
            }
            b'\n' if text.as_bytes()[..from + at].ends_with(b"\n") => return None,
            _ => {}
        }
    }
    None
}

/// Returns where the `)` is that closes the `(` at the beginning of a text. If they do not balance, it is the last `)`
/// before the end of a line; `None` without any.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut last = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                last = Some(at);
                if depth == 0 {
                    return last;
                }
            }
            '\n' if last.is_some() => return last,
            _ => {}
        }
    }
    last
}

fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["http://", "https://", "www.", "mailto:", "@/", "../", "./"].iter().any(|begin| lower.starts_with(begin))
        || (!text.contains(char::is_whitespace)
            && [".md", ".pdf", ".jpg", ".jpeg", ".png", ".html"].iter().any(|end| lower.ends_with(end)))
}

/// Returns the finding for `[[` that did not become a link: it has no `]]`, or no target before it.
fn double(text: &str, at: usize, end: usize, blocks: &Blocks) -> Option<Finding> {
    let rest = &text[at..end];
    if !rest.starts_with("[[") || text[..at].ends_with('[') {
        return None;
    }
    let in_block = &text[at..blocks.end(text, at)];
    let close = in_block.find("]]").filter(|close| !in_block[2..*close.max(&2)].contains("[[")).map(|close| close + 2);
    let line = in_block.lines().next().unwrap_or_default().trim_end();
    let (message, length) = match close {
        Some(close) => ("this link by id has no target, so it would be printed as it is", close),
        None => ("this link by id has no closing `]]`, so it would be printed as it is", line.len()),
    };
    let help = "write [[id]] or [[id|words]] on one line; for literal brackets, \\[\\[";
    Some(Finding::new(Code::FailedLink, at..at + length.max(2), message, help))
}

/// Reports links with their brackets the wrong way round: `(words)[https://…]`.
fn reversed(text: &str, run: &Run, findings: &mut Vec<Finding>) {
    let range = run.unescaped(text);
    for at in memchr::memchr_iter(b')', &text.as_bytes()[range.clone()]).map(|at| range.start + at) {
        if !text[at..range.end].starts_with(")[") {
            continue;
        }
        let line = beginning_of(&text[at + 2..], LONGEST).lines().next().unwrap_or_default();
        let Some(close) = line.find(']').filter(|close| is_address(&line[..*close])) else { continue };
        if let Some(open) = text[range.start..at].rfind('(') {
            let (start, address) = (range.start + open, &line[..close]);
            let message = "this is not a link: its brackets are the wrong way round";
            let help = format!("write [{}]({address})", shortened(&text[start + 1..at]));
            findings.push(Finding::new(Code::FailedLink, start..at + 3 + close, message, help));
        }
    }
}
