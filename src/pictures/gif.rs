//! GIF files, block by block (GIF89a). They are copied without their metadata.

use super::{ENDS_EARLY, Refusal};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const END: u8 = 0x3B;
const APPLICATION: u8 = 0xFF;
const COMMENT: u8 = 0xFE;
/// Applications whose blocks are needed to show the picture: how often it repeats, and its colour profile.
const NEEDED: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Returns whether a file's first bytes are those of a GIF.
pub(super) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a")
}

/// Returns the same picture without comments, without application data except that of [`NEEDED`], and without anything after
/// its end.
pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    const HEAD: usize = 13;
    let mut at = HEAD + table(*bytes.get(10).ok_or(ENDS_EARLY)?);
    let mut kept = bytes.get(..at).ok_or(ENDS_EARLY)?.to_vec();
    loop {
        let from = at;
        let needed = match *bytes.get(at).ok_or(ENDS_EARLY)? {
            EXTENSION => {
                let label = *bytes.get(at + 1).ok_or(ENDS_EARLY)?;
                at += 2;
                let name = bytes.get(at + 1..at + 12).unwrap_or_default();
                label != COMMENT && (label != APPLICATION || NEEDED.contains(&name))
            }
            IMAGE => {
                // Nine bytes of position and size, the image's own colour table, and a byte before its data.
                at += 11 + table(*bytes.get(at + 9).ok_or(ENDS_EARLY)?);
                true
            }
            END => {
                kept.push(END);
                return Ok(kept);
            }
            _ => return Err(Refusal::Broken("it has unexpected data between its blocks")),
        };
        skip_data(bytes, &mut at)?;
        if needed {
            kept.extend(&bytes[from..at]);
        }
    }
}

/// Returns the length in bytes of the colour table that a flags field announces.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Skips a run of data blocks, the last of which is empty.
fn skip_data(bytes: &[u8], at: &mut usize) -> Result<(), Refusal> {
    loop {
        let length = usize::from(*bytes.get(*at).ok_or(ENDS_EARLY)?);
        *at += 1 + length;
        if length == 0 {
            return Ok(());
        }
    }
}
