//! PNG files, chunk by chunk (ISO/IEC 15948, clause 5).

use std::io::{self, BufReader, Read, Seek};

use super::take::{take, take_up_to};
use super::{ENDS_EARLY, Format, Header, MOST_PARTS, Orientation, Refusal, exif};

const SIGNATURE: usize = 8;

/// Chunks that are needed to show a picture: its dimensions, colours, pixels and frames.
const NEEDED: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Reads the header: all chunks before the pixels.
pub(super) fn header<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Result<Header, Refusal>> {
    take::<SIGNATURE>(reader)?;
    let mut size = None;
    let mut orientation = None;
    let mut animated = false;
    let mut grey = false;
    let mut profile = false;
    for _ in 0..MOST_PARTS {
        let length = u32::from_be_bytes(take::<4>(reader)?);
        let name = take::<4>(reader)?;
        match (&name, size) {
            (b"IHDR", None) if length == 13 => {
                let [a, b, c, d, e, f, g, h, _depth, colours] = take::<10>(reader)?;
                size = Some((u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])));
                grey = matches!(colours, 0 | 4);
                reader.seek_relative(3 + 4)?;
                continue;
            }
            (_, None) => return Ok(Err(Refusal::Broken("it does not begin with its dimensions"))),
            (b"IDAT", Some(size)) => {
                let header = Header::new(Format::Png, size, orientation.unwrap_or(Orientation::UPRIGHT));
                let no_copies = animated.then_some(Refusal::Animated);
                return Ok(header.map(|header| Header { grey_profile: grey && profile, no_copies, ..header }));
            }
            (b"eXIf", _) => {
                // Of several, of which the format allows one, the first counts.
                let data = take_up_to(reader, length)?;
                orientation.get_or_insert_with(|| exif::orientation(&data));
                reader.seek_relative(4)?;
                continue;
            }
            (b"iCCP", _) => profile = true,
            (b"acTL", _) => animated = true,
            _ => {}
        }
        reader.seek_relative(i64::from(length) + 4)?;
    }
    Ok(Err(Refusal::Broken("it has too many chunks")))
}

/// Returns the same picture with only the chunks that are needed to show it.
pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(&bytes[..SIGNATURE]);
    let mut at = SIGNATURE;
    let mut seen_pixels = false;
    let mut orientation = None;
    loop {
        let head = bytes.get(at..at + 8).ok_or(ENDS_EARLY)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let name = &head[4..];
        let end = (at + 12).checked_add(length).ok_or(ENDS_EARLY)?;
        let chunk = bytes.get(at..end).ok_or(ENDS_EARLY)?;
        at = end;
        seen_pixels |= name == b"IDAT";
        if name == b"eXIf" && !seen_pixels && orientation.is_none() {
            let found = exif::orientation(&chunk[8..8 + length]);
            orientation = Some(found);
            if found != Orientation::UPRIGHT {
                keep(&mut kept, *b"eXIf", &exif::only(found));
            }
        }
        if NEEDED.iter().any(|needed| name == *needed) {
            kept.extend(chunk);
        }
        if name == b"IEND" {
            return if seen_pixels { Ok(kept) } else { Err(ENDS_EARLY) };
        }
    }
}

fn keep(kept: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    kept.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let from = kept.len();
    kept.extend(name);
    kept.extend(data);
    let checksum = checksum(&kept[from..]);
    kept.extend(checksum.to_be_bytes());
}

/// Computes the CRC of a chunk (ISO/IEC 15948, annex D), bit by bit: only a few bytes ever need one.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    };
    !bytes.iter().fold(u32::MAX, step)
}
