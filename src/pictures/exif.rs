//! Exif, from which only the orientation of the picture is needed (CIPA DC-008, tag 0x0112).

use super::Orientation;

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// The prefix of the TIFF structure in JPEG, and in some WebP files.
pub(super) const PREFIX: &[u8] = b"Exif\0\0";

/// Returns the orientation in Exif data, with or without [`PREFIX`]; upright if it has none.
pub(super) fn orientation(data: &[u8]) -> Orientation {
    let tiff = data.strip_prefix(PREFIX).unwrap_or(data);
    let found = entry(tiff, |tag| tag == ORIENTATION).filter(|entry| entry.kind == SHORT);
    found.and_then(|entry| Orientation::new(entry.short)).unwrap_or(Orientation::UPRIGHT)
}

/// Returns whether a file is TIFF and its first picture has Exif, GPS, XMP or IPTC data.
pub(super) fn is_telling_tiff(bytes: &[u8]) -> bool {
    entry(bytes, |tag| matches!(tag, 0x8769 | 0x8825 | 0x02BC | 0x83BB)).is_some()
}

/// An entry of an image file directory.
struct DirectoryEntry {
    kind: u16,
    /// The value, if its type is SHORT.
    short: u16,
}

/// Returns the first entry with a wanted tag in the first directory (TIFF 6.0, section 2). In BigTIFF, numbers and places are
/// longer.
fn entry(tiff: &[u8], wanted: impl Fn(u16) -> bool) -> Option<DirectoryEntry> {
    let (little, big) = match tiff.get(..4)? {
        b"II\x2A\0" => (true, false),
        b"MM\0\x2A" => (false, false),
        b"II\x2B\0" => (true, true),
        b"MM\0\x2B" => (false, true),
        _ => return None,
    };
    let number = |at: usize, length: usize| {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let add = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let short = |at: usize| number(at, 2).and_then(|number| u16::try_from(number).ok());
    let (directory, count, step, value) = if big { (number(8, 8)?, 8, 20, 12) } else { (number(4, 4)?, 2, 12, 8) };
    let mut at = directory.checked_add(count)?;
    for _ in 0..number(directory, count)? {
        if wanted(short(at)?) {
            return Some(DirectoryEntry { kind: short(at + 2)?, short: short(at + value)? });
        }
        at = at.checked_add(step)?;
    }
    None
}

/// Returns Exif data with only the orientation, without [`PREFIX`].
pub(super) fn only(orientation: Orientation) -> Vec<u8> {
    let mut tiff = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.push(orientation.0);
    // The rest of the value's four bytes, and no next directory.
    tiff.extend([0; 6]);
    tiff
}
