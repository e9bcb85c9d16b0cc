//! SHA-256 sums of the site's files, and `SHA256SUMS`, the published list of them, which `sha256sum -c` checks.
//!
//! Sums are always those of published bytes, never of a source file: a picture's sum is that of its copy without metadata.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of the list in the site. It lists every file except itself and the manifest.
pub(crate) const FILE: &str = "SHA256SUMS";

/// The SHA-256 sum of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum([u8; 32]);

impl Sum {
    /// Computes the sum of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Parses a sum that is written as 64 hexadecimal digits.
    fn parse(digits: &str) -> Option<Self> {
        let mut sum = [0; 32];
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in sum.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).ok()?;
        }
        Some(Self(sum))
    }
}

/// A writer that also computes the sum of what is written.
pub(crate) struct Summing<W> {
    to: W,
    hash: Sha256,
}

impl<W> Summing<W> {
    /// Passes everything on to `to`.
    pub(crate) fn new(to: W) -> Self {
        Self { to, hash: Sha256::new() }
    }

    /// Returns the sum of everything that was written.
    pub(crate) fn sum(self) -> Sum {
        Sum(self.hash.finalize().into())
    }
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl fmt::Display for Sum {
    /// Writes 64 hexadecimal digits in lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sum({self})")
    }
}

/// Returns the text of the list: one line for each file, in the order of paths as bytes.
#[must_use]
pub(crate) fn list<'p>(files: impl Iterator<Item = (&'p str, Sum)>) -> String {
    let sorted: BTreeMap<&str, Sum> = files.collect();
    let mut text = String::with_capacity(sorted.keys().map(|path| path.len() + 67).sum());
    for (path, sum) in sorted {
        // GNU's form for names that do not fit on a line: a backslash at the beginning says that the name is escaped.
        if path.contains(['\\', '\n', '\r']) {
            let path = path.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r");
            text.push_str(&format!("\\{sum}  {path}\n"));
        } else {
            text.push_str(&format!("{sum}  {path}\n"));
        }
    }
    text
}

/// Parses the text of a list into sums by path; `None` if a line is malformed.
#[must_use]
pub(crate) fn parse(text: &str) -> Option<BTreeMap<String, Sum>> {
    text.lines().map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<(String, Sum)> {
    let (line, is_escaped) = line.strip_prefix('\\').map_or((line, false), |line| (line, true));
    let (digits, path) = line.split_at_checked(64)?;
    let path = path.strip_prefix("  ").or_else(|| path.strip_prefix(" *"))?;
    let path = if is_escaped { unescaped(path)? } else { path.to_owned() };
    Some((path, Sum::parse(digits)?))
}

fn unescaped(path: &str) -> Option<String> {
    let mut characters = path.chars();
    let mut plain = String::with_capacity(path.len());
    while let Some(c) = characters.next() {
        plain.push(match c {
            '\\' => match characters.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            c => c,
        });
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::{Sum, list, parse};

    #[test]
    fn every_name_can_be_read_back() {
        let names = ["b", "a b", "-x", " y", "*z", r"c\d", "e\nf", "g\rh", "é", r"\", "a"];
        let files: Vec<(&str, Sum)> = names.iter().map(|name| (*name, Sum::of(name.as_bytes()))).collect();
        let text = list(files.iter().copied());
        assert!(text.lines().any(|line| line.starts_with('\\') && line.ends_with(r"  e\nf")), "{text}");
        let read = parse(&text).expect("it is a list");
        assert_eq!(read.len(), names.len());
        assert!(files.iter().all(|(name, sum)| read[*name] == *sum));
    }

    #[test]
    fn what_is_not_a_list_is_refused() {
        assert!(parse("<!doctype html>\n").is_none());
        assert!(parse(&format!("{}  a\n", "0".repeat(63))).is_none());
        assert!(parse(&format!("{}é  a\n", "0".repeat(63))).is_none());
    }
}
