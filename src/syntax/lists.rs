//! Lists on one line whose commas are wrong.

use super::Language;
use super::slips::{Slip, entry, line};

/// `[a,,b]`, `[,a]`: a list on one line that has a comma too many.
pub(super) fn empty_item(text: &str, at: usize, language: Language) -> Option<Slip> {
    let span = line(text, at);
    let entry = entry(&text[span.clone()], language.sign())?;
    let inside = entry.value.strip_prefix('[')?.strip_suffix(']')?;
    if inside.contains(['[', '{']) {
        return None;
    }
    let items: Vec<&str> = inside.split(',').map(str::trim).collect();
    let kept: Vec<&str> = items.iter().copied().filter(|item| !item.is_empty()).collect();
    let has_quoted_comma = kept.iter().any(|item| item.matches(['"', '\'']).count() % 2 == 1);
    if kept.len() == items.len() || kept.is_empty() || has_quoted_comma {
        return None;
    }
    let start = span.start + entry.start;
    let help = format!("write {}{} [{}]", entry.key, language.between(), kept.join(", "));
    Some(Slip::new(start..start + entry.value.len(), "this list has a comma without an item", help))
}

/// `["a" "b"]`: a list on one line that lacks a comma.
pub(super) fn missing_comma(text: &str, at: usize, language: Language) -> Option<Slip> {
    let span = line(text, at);
    let entry = entry(&text[span.clone()], language.sign())?;
    let inside = entry.value.strip_prefix('[')?.strip_suffix(']')?;
    let list = with_commas(entry.value);
    if inside.contains(['[', '{']) || list == entry.value {
        return None;
    }
    let start = span.start + entry.start;
    let help = format!("write {}{} {list}", entry.key, language.between());
    Some(Slip::new(start..start + entry.value.len(), "a comma is missing between two items of this list", help))
}

/// Adds a comma between quoted items of a list that have none.
pub(super) fn with_commas(list: &str) -> String {
    let mut out = String::with_capacity(list.len() + 4);
    let mut open = None;
    let mut is_escaped = false;
    // Where the last item ended, if nothing but spaces follows it so far.
    let mut ended = None;
    for c in list.chars() {
        match open {
            Some('"') if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(quote) if c == quote => {
                open = None;
                out.push(c);
                ended = Some(out.len());
                continue;
            }
            Some(_) => {}
            None if matches!(c, '"' | '\'') => {
                if let Some(end) = ended.take() {
                    out.insert_str(end, if end == out.len() { ", " } else { "," });
                }
                open = Some(c);
            }
            None if c.is_whitespace() => {}
            None => ended = None,
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::with_commas;

    #[test]
    fn commas_are_added_only_between_items() {
        for (list, wanted) in [
            (r#"["a" "b" 'c']"#, r#"["a", "b", 'c']"#),
            (r#"["a", "b""#, r#"["a", "b""#),
            (r#"["a""b"]"#, r#"["a", "b"]"#),
            (r#"["a \" b" "c"]"#, r#"["a \" b", "c"]"#),
            (r#"['a "b" "c"', 1]"#, r#"['a "b" "c"', 1]"#),
        ] {
            assert_eq!(with_commas(list), wanted);
        }
    }
}
