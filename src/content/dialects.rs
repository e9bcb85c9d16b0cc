//! Inline mark-up of other programs' markdown, which would be printed as it is.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::finding::Finding;
use super::runs::Run;
use super::words::{beginning_of, shortened};
use crate::diagnostic::{Code, Span};
use crate::fields::nearest_url;

/// The longest piece, in bytes, that two marks can enclose. Marks further apart have nothing to do with each other.
const LONGEST: usize = 500;

/// Reports mark-up that other programs understand and annals does not: formulas, superscripts and subscripts, shortcodes,
/// block ids, sizes of pictures.
pub(super) fn dialects(text: &str, events: &[(Event<'_>, Span)], runs: &[Run]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for of_block in runs.chunk_by(|a, b| a.block == b.block) {
        if of_block.iter().any(|run| run.may_hold(b"$")) {
            formulas_in_dollars(text, of_block, &mut findings);
        }
        if of_block.iter().any(|run| run.escaped) {
            formulas_in_brackets(text, of_block, &mut findings);
        }
        for run in of_block.iter().filter(|run| run.may_hold(b"^~:<")) {
            let range = run.unescaped(text);
            if run.may_hold(b"^~") {
                scripts(text, range.clone(), &mut findings);
            }
            if run.may_hold(b":") {
                shortcodes(text, range.clone(), &mut findings);
            }
            if run.may_hold(b"<") {
                addresses(text, range, &mut findings);
            }
            if run.may_hold(b"^") {
                findings.extend(block_id(text, run));
            }
        }
    }
    for (event, span) in events {
        if let Event::Start(Tag::Image { link_type, .. }) = event
            && !matches!(link_type, LinkType::WikiLink { .. })
        {
            findings.extend(size_of_picture(text, span));
        }
    }
    findings
}

/// Reports superscripts and subscripts: `x^2^` and `H~2~O`.
fn scripts(text: &str, range: Range<usize>, findings: &mut Vec<Finding>) {
    let words = &text[range.clone()];
    let mut told = 0;
    for at in memchr::memchr2_iter(b'^', b'~', words.as_bytes()) {
        if at < told {
            continue;
        }
        let is_raised = words.as_bytes()[at] == b'^';
        let mark = if is_raised { '^' } else { '~' };
        let rest = beginning_of(&words[at + 1..], 20);
        let Some(inside) = rest.find(mark).map(|end| &rest[..end]) else { continue };
        let close = at + 1 + inside.len();
        let before = words[..at].chars().next_back();
        let after = words[close + 1..].chars().next();
        // `5~6` is a range, and `2^3^4` a power of a power.
        let is_script = match mark {
            '^' => {
                before.is_some_and(|c| c.is_alphanumeric() || c == ')')
                    && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '−'))
                    && after.is_none_or(|c| !c.is_alphanumeric() && c != '^')
            }
            _ => {
                before.is_some_and(|c| c.is_ascii_alphabetic() || c == ')')
                    && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−'))
                    && after != Some('~')
            }
        };
        if inside.is_empty() || !is_script {
            continue;
        }
        let word = words[..at]
            .rfind(|c: char| !c.is_alphanumeric() && c != ')')
            .map_or(0, |end| end + words[end..].chars().next().map_or(1, char::len_utf8));
        let what = if is_raised { "superscript" } else { "subscript" };
        let message = format!("`{}` makes no {what} here, so the marks would be printed", &words[at..=close]);
        let characters: Option<String> = inside.chars().map(|c| small(c, is_raised)).collect();
        let rest = words[close + 1..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let help = match characters {
            Some(characters) => format!("write {}{characters}{rest}", &words[word..at]),
            None => format!("write it without the marks: {}{inside}", &words[word..at]),
        };
        findings.push(Finding::new(Code::FailedMarkup, range.start + at..range.start + close + 1, message, help));
        told = close + 1;
    }
}

/// Returns the superscript or subscript character for a digit or sign; `None` for anything else.
fn small(c: char, is_raised: bool) -> Option<char> {
    let (digits, signs) = if is_raised {
        ("⁰¹²³⁴⁵⁶⁷⁸⁹", ['⁺', '⁻'])
    } else {
        ("₀₁₂₃₄₅₆₇₈₉", ['₊', '₋'])
    };
    match c {
        '+' => Some(signs[0]),
        '-' | '−' => Some(signs[1]),
        _ => digits.chars().nth(usize::try_from(c.to_digit(10)?).ok()?),
    }
}

/// Reports shortcodes of emoji: `:tada:`.
fn shortcodes(text: &str, range: Range<usize>, findings: &mut Vec<Finding>) {
    let words = &text[range.clone()];
    for at in memchr::memchr_iter(b':', words.as_bytes()) {
        let rest = &words[at + 1..];
        let is_of_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '+');
        let name = &rest[..rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())];
        let is_name = name.len() > 1
            && (name.starts_with(|c: char| c.is_ascii_lowercase()) || ["+1", "-1", "100"].contains(&name));
        let touches = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == ':' || c == '/');
        let before = text[..range.start + at].chars().next_back();
        let after = rest[name.len()..].strip_prefix(':');
        if !is_name || touches(before) || after.is_none_or(|after| touches(after.chars().next())) {
            continue;
        }
        let message = format!("`:{name}:` means nothing here and would be printed");
        let help = format!("write the emoji itself; where the colons are meant to be read, \\:{name}:");
        let start = range.start + at;
        findings.push(Finding::new(Code::FailedMarkup, start..start + name.len() + 2, message, help));
    }
}

/// Reports addresses between `<` and `>` that lack a scheme: `<www.example.org>`.
fn addresses(text: &str, range: Range<usize>, findings: &mut Vec<Finding>) {
    let words = &text[range.clone()];
    for at in memchr::memchr_iter(b'<', words.as_bytes()) {
        let inside = beginning_of(&words[at + 1..], LONGEST);
        let Some(inside) = inside.find('>').map(|end| &inside[..end]) else { continue };
        let is_address = inside.to_ascii_lowercase().starts_with("www.") || inside.contains('/');
        let is_one_word = !inside.contains(char::is_whitespace);
        let Some(whole) = nearest_url(inside).filter(|_| is_address && is_one_word) else { continue };
        let message = "the address between `<` and `>` has no https://, so it would be printed as it is";
        let start = range.start + at;
        let span = start..start + inside.len() + 2;
        findings.push(Finding::new(Code::FailedLink, span, message, format!("write <{whole}>")));
    }
}

/// Reports Obsidian's ids of blocks: `^name` at the end of a line.
fn block_id(text: &str, run: &Run) -> Option<Finding> {
    let range = run.unescaped(text);
    if !text[range.end..].is_empty() && !text[range.end..].starts_with(['\n', '\r']) {
        return None;
    }
    let words = text[range.clone()].trim_end();
    let at = memchr::memrchr(b'^', words.as_bytes())?;
    let name = &words[at + 1..];
    // `x ^2` and `e ^kt` are powers.
    let is_name = name.len() > 2
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && name.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_apart = words[..at].ends_with(' ') || (at == 0 && run.begins_line && !run.escaped);
    if !is_name || !is_apart {
        return None;
    }
    let message = format!("`^{name}` means nothing here and would be printed");
    let help = "delete it: only a heading has an anchor of its own: ## Words {#anchor}";
    Some(Finding::new(Code::FailedMarkup, range.start + at..range.start + words.len(), message, help))
}

/// Reports a size in the alt text of a picture: `![A handshake|300](picture.jpg)`.
fn size_of_picture(text: &str, span: &Span) -> Option<Finding> {
    let written = &text[span.clone()];
    let (inside, rest) = written
        .strip_prefix("![")?
        .rsplit_once(']')
        .filter(|(_, rest)| rest.starts_with('('))
        .or_else(|| written.strip_prefix("![")?.split_once(']'))?;
    let (words, size) = inside.rsplit_once('|')?;
    let is_size = size.trim().starts_with(|c: char| c.is_ascii_digit())
        && size.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    if !is_size {
        return None;
    }
    let words = words.trim_end_matches('\\').trim();
    let message = format!("`|{size}` sets no width here: it would be part of the alt text");
    let end = span.start + 2 + inside.len();
    let help = format!("write ![{}]{}", shortened(words), shortened(rest));
    Some(Finding::new(Code::FailedMarkup, end - size.len() - 1..end, message, help))
}

/// Reports formulas between dollars: `$$x$$`, also over several lines, and a line `$$` that begins a block.
fn formulas_in_dollars(text: &str, block: &[Run], findings: &mut Vec<Finding>) {
    let mut open: Option<usize> = None;
    for run in block {
        let range = run.unescaped(text);
        for at in memchr::memmem::find_iter(text[range.clone()].as_bytes(), b"$$").map(|at| range.start + at) {
            if text[..at].ends_with('$') || text[at + 2..].starts_with('$') {
                continue;
            }
            let Some(start) = open.replace(at) else { continue };
            let inside = &text[start + 2..at];
            let is_formula = inside.trim() == inside || inside.contains(['\\', '^', '_', '=', '+', '\n']);
            if !inside.trim().is_empty() && inside.len() <= LONGEST && is_formula {
                findings.push(formula(start..at + 2, inside));
                open = None;
            }
        }
    }
    if let Some(at) = open
        && block.iter().any(|run| run.span.start == at && run.begins_block && text[run.span.clone()].trim_end() == "$$")
    {
        findings.push(formula(at..at + 2, ""));
    }
}

/// Reports formulas between escaped brackets: `\(x\)`, `\[x = 1\]`. Square brackets without a sign of a formula were only
/// escaped to be printed.
///
/// A subscript alone makes a formula where it is one: `\[x_1\]` and `\[x_{ij}\]`, a single letter and its index. Between
/// longer words the same sign joins the parts of a name, such as `\[file_name\]`.
fn formulas_in_brackets(text: &str, block: &[Run], findings: &mut Vec<Finding>) {
    let escaped = |run: &&Run, mark: char| run.escaped && text[run.span.start..].starts_with(mark);
    let mut told = 0;
    for (number, run) in block.iter().enumerate().filter(|(_, run)| run.escaped) {
        let close = match text.as_bytes()[run.span.start] {
            b'(' => ')',
            b'[' => ']',
            _ => continue,
        };
        let start = run.span.start - 1;
        let near = block[number + 1..].iter().take(20);
        let Some(end) = near.into_iter().find(|run| escaped(run, close)).map(|run| run.span.start) else { continue };
        let inside = &text[start + 2..end - 1];
        let is_command = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_formula = match close {
            ')' => !text[..start].ends_with(']'),
            _ => inside.contains(['^', '=']) || is_indexed(inside.trim()) || inside.split('\\').skip(1).any(is_command),
        };
        if start >= told && is_formula && !inside.trim().is_empty() && inside.len() <= LONGEST {
            findings.push(formula(start..end + 1, inside));
            told = end + 1;
        }
    }
}

/// Whether a text is one letter with an index: `x_1`, `a_{ij}`.
fn is_indexed(text: &str) -> bool {
    let Some((letter, index)) = text.split_once('_') else { return false };
    let is_index = index.starts_with('{') || index.len() <= 2 && index.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mut letters = letter.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none() && is_index && !index.is_empty()
}

fn formula(span: Span, inside: &str) -> Finding {
    let inside = inside.trim();
    let is_plain = !inside.is_empty() && !inside.contains(['\\', '^', '_', '{', '\n']);
    let help = match is_plain {
        true => format!("write {}", shortened(inside)),
        false => "write it in words or with plain characters: x² + y² = 1".to_owned(),
    };
    Finding::new(
        Code::FailedMarkup,
        span,
        "annals does not typeset formulas, so readers would see plain characters",
        help,
    )
}
