//! Scripts that pass a value to the page: one call with JSON in it.
//!
//! Most files of the index are little else than texts, so these are written without a copy.

/// How many bytes of a text are examined at once, which the compiler makes into vector instructions.
const BLOCK: usize = 32;

/// Returns a script that passes the value that `write` writes to the page.
pub(super) fn call(family: &str, number: usize, write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut script = format!("annalsSearch(\"{family}\",{number},").into_bytes();
    write(&mut script);
    script.extend_from_slice(b");\n");
    script
}

/// Writes an array.
pub(super) fn array<T>(items: impl Iterator<Item = T>, out: &mut Vec<u8>, mut item: impl FnMut(T, &mut Vec<u8>)) {
    out.push(b'[');
    for (number, value) in items.enumerate() {
        if number > 0 {
            out.push(b',');
        }
        item(value, out);
    }
    out.push(b']');
}

/// Writes a text in quotation marks, with escapes (RFC 8259, section 7) and without any character that can end a script element,
/// begin a comment or end a line in old scripts.
pub(super) fn text(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, from) = rest.split_at(plain(rest));
        out.extend_from_slice(plain);
        let Some((byte, after)) = from.split_first() else { break };
        rest = after;
        match byte {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            0xe2 => match after {
                // U+2028 and U+2029.
                [0x80, 0xa8, after @ ..] => {
                    out.extend_from_slice(b"\\u2028");
                    rest = after;
                }
                [0x80, 0xa9, after @ ..] => {
                    out.extend_from_slice(b"\\u2029");
                    rest = after;
                }
                _ => out.push(*byte),
            },
            _ => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
    }
    out.push(b'"');
}

/// Returns how many bytes from the first one on need no escape.
fn plain(bytes: &[u8]) -> usize {
    let special = |byte: u8| byte < 0x20 || matches!(byte, b'"' | b'\\' | b'<' | b'>' | b'&' | 0xe2);
    let blocks = bytes.chunks_exact(BLOCK);
    let clean = blocks.take_while(|block| !block.iter().fold(false, |found, byte| found | special(*byte))).count();
    let from = clean * BLOCK;
    bytes[from..].iter().position(|byte| special(*byte)).map_or(bytes.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use crate::markup::script_safe;

    #[test]
    fn texts_are_json_that_is_safe_in_scripts() {
        for c in '\0'..=char::MAX {
            for before in ["", "thirty-one bytes before, one more "] {
                let text = format!("{before}{c}{c}\n");
                let mut out = Vec::new();
                super::text(&text, &mut out);
                let json = serde_json::to_string(&text).expect("a text is JSON");
                assert_eq!(String::from_utf8(out), Ok(script_safe(&json)));
            }
        }
    }
}
