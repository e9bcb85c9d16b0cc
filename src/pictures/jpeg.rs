//! JPEG files, segment by segment (ITU-T T.81, annex B).

use std::io::{self, BufReader, Read, Seek};

use super::take::{take, take_up_to};
use super::{ENDS_EARLY, Format, Header, MOST_PARTS, Orientation, Refusal, exif};

const BEGIN: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
/// The start of a segment with a part of a colour profile.
const PROFILE: &[u8; 12] = b"ICC_PROFILE\0";
const APP14: u8 = 0xEE;

/// Returns whether a marker begins a frame, which has the dimensions.
const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

/// Reads the header: all segments before the first scan.
pub(super) fn header<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Result<Header, Refusal>> {
    take::<2>(reader)?;
    let mut orientation = None;
    let mut frame = None;
    let mut profile = false;
    for _ in 0..MOST_PARTS {
        let [first, mut marker] = take::<2>(reader)?;
        if first != 0xFF {
            return Ok(Err(NO_MARKER));
        }
        while marker == 0xFF {
            [marker] = take::<1>(reader)?;
        }
        if marker == SCAN {
            let Some((kind, depth, size, colours)) = frame else {
                return Ok(Err(Refusal::Broken("its dimensions are missing")));
            };
            let header = Header::new(Format::Jpeg, size, orientation.unwrap_or(Orientation::UPRIGHT));
            let grey_profile = profile && colours == 1;
            let no_copies = no_copies(kind, depth, colours);
            return Ok(header.map(|header| Header { grey_profile, no_copies, ..header }));
        }
        let length = u16::from_be_bytes(take::<2>(reader)?);
        let Some(length) = length.checked_sub(2) else {
            return Ok(Err(TOO_SHORT));
        };
        if marker == APP1 && orientation.is_none() {
            let data = take_up_to(reader, u32::from(length))?;
            orientation = data.starts_with(exif::PREFIX).then(|| exif::orientation(&data));
        } else if marker == APP2 && length >= 12 {
            profile |= &take::<12>(reader)? == PROFILE;
            reader.seek_relative(i64::from(length) - 12)?;
        } else if is_frame(marker) && length >= 6 {
            let [depth, high, low, wide, narrow, colours] = take::<6>(reader)?;
            let size = (u32::from(u16::from_be_bytes([wide, narrow])), u32::from(u16::from_be_bytes([high, low])));
            frame = Some((marker, depth, size, colours));
            reader.seek_relative(i64::from(length) - 6)?;
        } else {
            reader.seek_relative(i64::from(length))?;
        }
    }
    Ok(Err(Refusal::Broken("it has too many segments")))
}

const fn no_copies(kind: u8, depth: u8, colours: u8) -> Option<Refusal> {
    match (kind, depth, colours) {
        (_, _, 4) => Some(Refusal::Cmyk),
        (0xC0..=0xC2, 8, 1 | 3) => None,
        _ => Some(Refusal::UnsupportedJpeg),
    }
}

const NO_MARKER: Refusal = Refusal::Broken("it has unexpected data between its segments");
const TOO_SHORT: Refusal = Refusal::Broken("one of its segments is too short");

/// Returns the same picture with only the segments that are needed to show it. Anything after its end is dropped too: phones
/// put other pictures and films there, with metadata of their own.
pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend([0xFF, BEGIN]);
    let mut at = 2;
    let mut orientation = None;
    let mut seen_scan = false;
    loop {
        let marker = next_marker(bytes, &mut at)?;
        if marker == END {
            kept.extend([0xFF, END]);
            return if seen_scan { Ok(kept) } else { Err(ENDS_EARLY) };
        }
        let data = segment(bytes, &mut at)?;
        if marker == APP1 && orientation.is_none() && data.starts_with(exif::PREFIX) {
            let found = exif::orientation(data);
            orientation = Some(found);
            if found != Orientation::UPRIGHT && !seen_scan {
                let only = [exif::PREFIX, &exif::only(found)].concat();
                keep(&mut kept, APP1, &only);
            }
        }
        if let Some(data) = needed(marker, data) {
            keep(&mut kept, marker, &data);
        }
        if marker == SCAN {
            seen_scan = true;
            let end = end_of_scan(bytes, at)?;
            kept.extend(&bytes[at..end]);
            at = end;
        }
    }
}

fn next_marker(bytes: &[u8], at: &mut usize) -> Result<u8, Refusal> {
    if *bytes.get(*at).ok_or(ENDS_EARLY)? != 0xFF {
        return Err(NO_MARKER);
    }
    while *bytes.get(*at).ok_or(ENDS_EARLY)? == 0xFF {
        *at += 1;
    }
    *at += 1;
    Ok(bytes[*at - 1])
}

fn segment<'a>(bytes: &'a [u8], at: &mut usize) -> Result<&'a [u8], Refusal> {
    let length = bytes.get(*at..*at + 2).ok_or(ENDS_EARLY)?;
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    let start = *at + 2;
    *at += length;
    if length < 2 {
        return Err(TOO_SHORT);
    }
    bytes.get(start..*at).ok_or(ENDS_EARLY)
}

fn keep(kept: &mut Vec<u8>, marker: u8, data: &[u8]) {
    // It was a segment before, or is shorter, so the length fits.
    let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX);
    kept.extend([0xFF, marker]);
    kept.extend(length.to_be_bytes());
    kept.extend(data);
}

/// Returns the part of a segment that is needed to show the picture: tables, frames, scans, and what determines its colours.
/// `None` for other segments.
fn needed(marker: u8, data: &[u8]) -> Option<std::borrow::Cow<'_, [u8]>> {
    match marker {
        0xC0..=0xCF | SCAN | 0xDB | 0xDC | 0xDD => Some(data.into()),
        APP2 if data.starts_with(PROFILE) => Some(data.into()),
        APP14 if data.starts_with(b"Adobe") => data.get(..12).map(Into::into),
        // The JFIF header gives the pixel density; a preview may follow it.
        APP0 if data.starts_with(b"JFIF\0") => {
            let head = data.get(..12)?;
            Some([head, &[0, 0]].concat().into())
        }
        _ => None,
    }
}

/// Returns where the coded pixels of a scan end: at a marker that is neither a stuffed zero nor a restart.
fn end_of_scan(bytes: &[u8], from: usize) -> Result<usize, Refusal> {
    let mut at = from;
    loop {
        let next = bytes[at..].iter().position(|byte| *byte == 0xFF).ok_or(ENDS_EARLY)?;
        at += next;
        match bytes.get(at + 1).ok_or(ENDS_EARLY)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Ok(at),
        }
    }
}
