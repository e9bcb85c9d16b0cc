//! Numbers as letters: small ones take one letter, so that lists of differences are short text.
//!
//! This is a variable-length quantity in Base64, as in source maps, but without a sign. A number is split into groups of
//! five bits, lowest first. Each group is a letter of Base64 (RFC 4648, table 1); all but the last have 32 added.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends a number to `out`.
pub(super) fn push(mut number: u64, out: &mut Vec<u8>) {
    loop {
        let group = usize::try_from(number % 32).unwrap_or(0);
        number /= 32;
        if number == 0 {
            out.push(LETTERS[group]);
            return;
        }
        out.push(LETTERS[group + 32]);
    }
}

/// Reads the numbers in a text, for tests.
#[cfg(test)]
pub(super) fn numbers(text: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    let (mut number, mut shift) = (0, 0);
    for letter in text {
        let value = LETTERS.iter().position(|other| other == letter).expect("it is a letter of Base64") as u64;
        number += (value % 32) << shift;
        shift += 5;
        if value < 32 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::{numbers, push};

    #[test]
    fn what_was_written_is_read_again() {
        let all = [0, 1, 31, 32, 33, 1023, 1024, 719_468, u64::from(u32::MAX), 1 << 53];
        let mut out = Vec::new();
        all.iter().for_each(|number| push(*number, &mut out));
        assert_eq!(numbers(&out), all);
        assert_eq!(&out[..4], b"ABfg", "numbers below 32 take one letter");
    }
}
