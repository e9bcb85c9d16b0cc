//! Text as part of HTML, SVG, XML and scripts.

/// Text in which nothing is markup: safe between tags and in quoted attributes.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing to memory cannot fail.
    let _ = tera::escape_html(text, &mut out);
    text_of(out)
}

/// Bytes that a template or an escape made of text, as text. They are UTF-8, which is checked without a copy.
#[must_use]
pub fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// JSON in which no character can end a script element or begin a comment.
#[must_use]
pub fn script_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 32);
    let mut rest = json;
    // The last two share their first byte with other characters.
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

/// The bytes of a UTF-8 text as XML may hold them (XML 1.0, section 2.2): a replacement character stands for every
/// control character, U+FFFE and U+FFFF. Sources hold none, so this copies nothing as a rule.
#[must_use]
pub fn xml_characters(bytes: Vec<u8>) -> Vec<u8> {
    let suspicious = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF;
    // Whole blocks without a branch for each byte, which the compiler makes into vector instructions.
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
