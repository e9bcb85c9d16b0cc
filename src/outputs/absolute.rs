//! HTML for feeds, in which relative addresses would have no base.
//!
//! Every address becomes absolute, even within the same page: a citation links to the list of sources on the entry's page.
//! Ids are removed, because the entries of one feed would share them. This works on the tags as written, so it covers raw
//! HTML as well.

use url::Url;

/// Attributes whose value is one address.
const ADDRESSES: [&str; 10] =
    ["href", "src", "cite", "poster", "data", "action", "formaction", "longdesc", "background", "xlink:href"];

/// Returns `html` with absolute addresses and without ids. `page` is the absolute URL against which addresses are resolved;
/// if it cannot be parsed, `html` is returned unchanged.
pub(super) fn absolute(html: &str, page: &str) -> String {
    let Ok(page) = Url::parse(page) else { return html.to_owned() };
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        rest = if let Some(comment) = tag.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(comment.len(), |end| end + 3);
            out.push_str(&tag[..4 + end]);
            &comment[end..]
        } else if tag[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            start_tag(tag, &page, &mut out)
        } else {
            out.push('<');
            &tag[1..]
        };
    }
    out.push_str(rest);
    out
}

/// Writes the start tag at the beginning of `text` up to its `>`, and returns the rest.
fn start_tag<'h>(text: &'h str, page: &Url, out: &mut String) -> &'h str {
    let name = text[1..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let Some(name) = name else {
        out.push_str(text);
        return "";
    };
    out.push_str(&text[..=name]);
    let mut rest = &text[name + 1..];
    loop {
        let start = rest.find(|c: char| !c.is_ascii_whitespace() && c != '/').unwrap_or(rest.len());
        let (space, attribute) = rest.split_at(start);
        if attribute.is_empty() || attribute.starts_with('>') {
            out.push_str(space);
            return attribute;
        }
        let (written, after) = attribute.split_at(attribute_length(attribute));
        rest = after;
        write_attribute(space, written, page, out);
    }
}

/// Returns the length in bytes of the attribute at the beginning of `text`: a name of at least one character, and perhaps
/// `=` and a value.
fn attribute_length(text: &str) -> usize {
    let ends_name = |(at, c): &(usize, char)| *at > 0 && (c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'));
    let name = text.char_indices().find(ends_name).map_or(text.len(), |(at, _)| at);
    let Some(value) = text[name..].trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
        return name;
    };
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |end| end + 2),
        _ => value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()),
    };
    text.len() - value.len() + length
}

fn write_attribute(space: &str, written: &str, page: &Url, out: &mut String) {
    let (name, value) = match written.split_once('=') {
        Some((name, value)) => (name.trim_ascii_end(), value.trim_ascii_start()),
        None => (written, ""),
    };
    let is = |other: &&str| name.eq_ignore_ascii_case(other);
    if is(&"id") {
        return;
    }
    let is_address = ADDRESSES.iter().any(is);
    if !is_address && !is(&"srcset") {
        out.push_str(space);
        out.push_str(written);
        return;
    }
    let quotes = |c| c == '"' || c == '\'';
    let value = value.strip_prefix(quotes).map_or(value, |inside| inside.strip_suffix(quotes).unwrap_or(inside));
    let value = unescaped(value);
    let value = if is_address { joined(&value, page) } else { joined_set(&value, page) };
    out.push_str(space);
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&crate::markup::escaped(&value));
    out.push('"');
}

/// Resolves an address against that of the page. Returns it unchanged if browsers could not read it.
fn joined(address: &str, page: &Url) -> String {
    let address = address.trim();
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme)) {
        return address.to_owned();
    }
    page.join(address).map_or_else(|_| address.to_owned(), String::from)
}

/// Resolves the candidates of a `srcset`: each an address, and perhaps a width (`640w`) or a density (`2x`). They are read as
/// HTML prescribes: an address ends at white space, and may contain commas, but not begin or end with one.
fn joined_set(set: &str, page: &Url) -> String {
    let is_gap = |c: char| c.is_ascii_whitespace() || c == ',';
    let mut candidates = Vec::new();
    let mut rest = set.trim_start_matches(is_gap);
    while !rest.is_empty() {
        let (written, after) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let address = written.trim_end_matches(',');
        // A comma that ends an address ends the candidate.
        let size = if address == written { size_length(after) } else { 0 };
        candidates.push(format!("{} {}", joined(address, page), after[..size].trim()).trim_end().to_owned());
        rest = after[size..].trim_start_matches(is_gap);
    }
    candidates.join(", ")
}

/// Returns the length in bytes of what follows an address in a `srcset`, up to the comma that ends the candidate. Commas in
/// parentheses do not.
fn size_length(text: &str) -> usize {
    let mut is_inside = false;
    let ends = |(_, c): &(usize, char)| {
        is_inside = *c == '(' || is_inside && *c != ')';
        *c == ',' && !is_inside
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

/// Decodes the character references that annals writes in addresses. `&amp;` comes last, so that `&amp;lt;` is not decoded
/// twice.
fn unescaped(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let value = value.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::absolute;

    const PAGE: &str = "https://example.org/t/events/a.html";

    #[test]
    fn every_address_is_seen_from_the_page_and_ids_go() {
        let cases = [
            ("<a href=\"../places/b.html#x\">B</a>", "<a href=\"https://example.org/t/places/b.html#x\">B</a>"),
            (
                "<a id=\"_cite-s-1\" href=\"#_source-s\">[1]</a>",
                "<a href=\"https://example.org/t/events/a.html#_source-s\">[1]</a>",
            ),
            (
                "<img src='p.png' srcset='p.png 1x, ../q.png 2x' alt=a>",
                "<img src=\"https://example.org/t/events/p.png\" srcset=\"https://example.org/t/events/p.png 1x, https://example.org/t/q.png 2x\" alt=a>",
            ),
            (
                "<img srcset=\" ,w_1,h_2/p.png 1x,q,r.png 2x, s.png,\tdata:image/png;base64,AA== 3x, t.png\">",
                "<img srcset=\"https://example.org/t/events/w_1,h_2/p.png 1x, https://example.org/t/events/q,r.png 2x, \
                 https://example.org/t/events/s.png, data:image/png;base64,AA== 3x, https://example.org/t/events/t.png\">",
            ),
            ("<a href=\"https://other.org/?a=1&amp;b=2\">c</a>", "<a href=\"https://other.org/?a=1&amp;b=2\">c</a>"),
            ("<a href=x>c</a>", "<a href=\"https://example.org/t/events/x\">c</a>"),
            ("<a\nHREF = \"/x\"\n>c</a><br/>", "<a\nHREF=\"https://example.org/x\"\n>c</a><br/>"),
            (
                "<a href=\"mailto:a@b.c\">m</a> <video controls poster=p>",
                "<a href=\"mailto:a@b.c\">m</a> <video controls poster=\"https://example.org/t/events/p\">",
            ),
        ];
        for (html, wanted) in cases {
            assert_eq!(absolute(html, PAGE), wanted);
        }
    }

    #[test]
    fn what_is_no_whole_tag_does_no_harm() {
        for html in [
            "<",
            "a < b",
            "<a",
            "<a href",
            "<a href=",
            "<a href=\"",
            "<a é",
            "<!-- <a href=x>",
            "<!--",
            "</p>",
            "<a =>",
            "<a =",
            "<p/é=\"x",
        ] {
            absolute(html, PAGE);
        }
        assert_eq!(absolute("1 < 2 <!-- <a href=x> --></p>", PAGE), "1 < 2 <!-- <a href=x> --></p>");
    }
}
