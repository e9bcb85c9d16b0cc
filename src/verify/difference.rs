//! How two files differ, in words that say who changed it and where to look.

/// Says how the bytes that were found differ from those that were expected. The two must not be equal.
pub(super) fn between(expected: &[u8], found: &[u8]) -> String {
    if found.is_empty() {
        return "it is empty".to_owned();
    }
    if found.starts_with(&[0x1F, 0x8B]) && !expected.starts_with(&[0x1F, 0x8B]) {
        return "it is compressed, and the host does not say so".to_owned();
    }
    if without_returns(expected).eq(without_returns(found)) {
        return "its line ends were changed".to_owned();
    }
    let start = expected.iter().zip(found).take_while(|(this, that)| this == that).count();
    let rest = (&expected[start..], &found[start..]);
    let end = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(this, that)| this == that).count();
    let (lost, new) = (rest.0.len() - end, rest.1.len() - end);
    let place = place(expected, start);
    match (lost, new) {
        (0, new) => format!("{} added {place}", bytes(new, "was", "were")),
        (lost, 0) => format!("{} missing {place}", bytes(lost, "is", "are")),
        _ => format!("it differs {place} ({} instead of {})", found.len(), bytes(expected.len(), "", "").trim_end()),
    }
}

/// Says where a byte is: its line in a text, its number in another file, both counted from 1.
fn place(bytes: &[u8], at: usize) -> String {
    match std::str::from_utf8(bytes) {
        Ok(_) => format!("at line {}", bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1),
        Err(_) => format!("at byte {}", at + 1),
    }
}

fn bytes(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 byte {one}") } else { format!("{count} bytes {several}") }
}

fn without_returns(bytes: &[u8]) -> impl Iterator<Item = u8> {
    bytes.iter().copied().filter(|byte| *byte != b'\r')
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn a_difference_is_described_by_what_was_done() {
        let page = b"<html>\n<body>\n</body>\n";
        assert_eq!(between(page, b""), "it is empty");
        assert_eq!(between(page, b"<html>\r\n<body>\r\n</body>\r\n"), "its line ends were changed");
        assert_eq!(between(page, b"<html>\n<body>\n<p></body>\n"), "3 bytes were added at line 3");
        assert_eq!(between(page, b"<html>\n<body>\n</body>"), "1 byte is missing at line 3");
        assert_eq!(between(page, b"<html>\n<bode>\n</body>\n"), "it differs at line 2 (22 instead of 22 bytes)");
        assert_eq!(between(page, b"\x1f\x8b\x08"), "it is compressed, and the host does not say so");
        assert_eq!(between(b"\xff\x00\x01", b"\xff\x00\x02"), "it differs at byte 3 (3 instead of 3 bytes)");
    }
}
