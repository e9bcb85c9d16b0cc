//! Makes text safe inside HTML, SVG, XML and scripts.

/// Escapes a text so that nothing in it is markup: safe between tags and in quoted attributes.
#[must_use]
pub(crate) fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing to memory cannot fail.
    let _ = tera::escape_html(text, &mut out);
    text_of(out)
}

/// Converts the output of a template or an escape, which is UTF-8, without copying it. Invalid bytes would become U+FFFD.
#[must_use]
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Escapes `<`, `>`, `&`, U+2028 and U+2029 in JSON as `\uXXXX`, so that no text in it can end a script element or begin a
/// comment. The value stays the same.
#[must_use]
pub(crate) fn script_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 32);
    let mut rest = json;
    // 0xE2 is the first byte of U+2028 and U+2029, and of other characters too.
    let suspicious = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
    while let Some(at) = rest.bytes().position(suspicious) {
        let (before, from) = rest.split_at(at);
        safe.push_str(before);
        let length = if from.starts_with(|c: char| c.is_ascii()) { 1 } else { '\u{2028}'.len_utf8() };
        let (character, after) = from.split_at(length);
        safe.push_str(match character {
            "<" => "\\u003c",
            ">" => "\\u003e",
            "&" => "\\u0026",
            "\u{2028}" => "\\u2028",
            "\u{2029}" => "\\u2029",
            other => other,
        });
        rest = after;
    }
    safe.push_str(rest);
    safe
}

/// Replaces in a UTF-8 text what XML may not contain (XML 1.0, section 2.2) with U+FFFD: control characters except tab and
/// line ends, U+FFFE and U+FFFF. annals refuses sources with such characters, so this normally returns the same bytes.
#[must_use]
pub(crate) fn xml_characters(bytes: Vec<u8>) -> Vec<u8> {
    let suspicious = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF;
    // Whole blocks without a branch for each byte, so that the compiler vectorises the loop.
    if !bytes.chunks(256).any(|block| block.iter().fold(false, |found, b| found | suspicious(*b))) {
        return bytes;
    }
    let refused = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let text = String::from_utf8_lossy(&bytes);
    if text.contains(refused) { text.replace(refused, "\u{FFFD}").into_bytes() } else { bytes }
}

#[cfg(test)]
mod tests {
    use super::xml_characters;

    #[test]
    fn xml_holds_no_control_character() {
        let of = |text: &str| String::from_utf8(xml_characters(text.as_bytes().to_vec()));
        assert_eq!(
            of("a\u{1}b\u{FFFE}c\u{FFFF}d\te\u{FEFF}").as_deref(),
            Ok("a\u{FFFD}b\u{FFFD}c\u{FFFD}d\te\u{FEFF}")
        );
    }
}
