//! WebP files, chunk by chunk (RFC 9649, section 2).

use std::io::{self, BufReader, Read, Seek};

use super::take::{take, take_up_to};
use super::{ENDS_EARLY, Format, Header, MOST_PARTS, Orientation, Refusal, exif};

const HEAD: usize = 12;
const PROFILE_FLAG: u8 = 0x20;
const ALPHA_FLAG: u8 = 0x10;
const EXIF_FLAG: u8 = 0x08;
const XMP_FLAG: u8 = 0x04;
const ANIMATION_FLAG: u8 = 0x02;

/// Chunks that are needed to show a picture or a frame of an animation.
const NEEDED: &[&[u8; 4]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// Bytes of a frame before its chunks.
const FRAME_HEAD: usize = 16;

/// How the picture must be turned: as the first chunk with Exif says. Only files of the extended format have such chunks; in
/// other files, readers ignore them.
#[derive(Default)]
struct Turn {
    is_extended: bool,
    first: Option<Orientation>,
}

impl Turn {
    fn exif(&mut self, data: &[u8]) {
        self.first.get_or_insert_with(|| exif::orientation(data));
    }

    fn orientation(&self) -> Orientation {
        self.first.filter(|_| self.is_extended).unwrap_or(Orientation::UPRIGHT)
    }
}

/// Reads the dimensions and everything else that the chunks' headers say.
pub(super) fn header<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Result<Header, Refusal>> {
    let [_, _, _, _, a, b, c, d, ..] = take::<HEAD>(reader)?;
    let mut left = u64::from(u32::from_le_bytes([a, b, c, d])).saturating_sub(4);
    let mut size = None;
    let mut turn = Turn::default();
    let mut animated = false;
    for _ in 0..MOST_PARTS {
        if left < 8 {
            break;
        }
        let [n, a, m, e, a2, b, c, d] = take::<8>(reader)?;
        let length = u32::from_le_bytes([a2, b, c, d]);
        let padded = u64::from(length) + u64::from(length % 2);
        left = left.saturating_sub(8 + padded);
        let mut rest = i64::try_from(padded).unwrap_or(i64::MAX);
        turn.is_extended |= &[n, a, m, e] == b"VP8X";
        match &[n, a, m, e] {
            name @ (b"VP8X" | b"VP8 " | b"VP8L") if size.is_none() => {
                let head = take::<10>(reader)?;
                rest -= 10;
                animated = name == b"VP8X" && head[0] & ANIMATION_FLAG != 0;
                size = size_in(name, head);
                if size.is_none() {
                    return Ok(Err(Refusal::Broken("its dimensions are missing")));
                }
            }
            b"EXIF" => {
                let data = take_up_to(reader, length)?;
                rest -= i64::from(length);
                turn.exif(&data);
            }
            _ => {}
        }
        reader.seek_relative(rest)?;
    }
    let Some(size) = size else { return Ok(Err(Refusal::Broken("its dimensions are missing"))) };
    let header = Header::new(Format::WebP, size, turn.orientation());
    let no_copies = animated.then_some(Refusal::Animated);
    Ok(header.map(|header| Header { no_copies, ..header }))
}

/// Returns width and height from the first ten bytes of a chunk.
fn size_in(name: &[u8; 4], head: [u8; 10]) -> Option<(u32, u32)> {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    match name {
        b"VP8X" => Some((number(&head[4..7]) + 1, number(&head[7..10]) + 1)),
        b"VP8L" if head[0] == 0x2F => {
            let bits = number(&head[1..5]);
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        b"VP8 " if head[3..6] == [0x9D, 0x01, 0x2A] => {
            Some((number(&head[6..8]) & 0x3FFF, number(&head[8..10]) & 0x3FFF))
        }
        _ => None,
    }
}

/// Returns the same picture with only the chunks that are needed to show it.
pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let length = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    let body = bytes.get(HEAD..8usize.saturating_add(length)).ok_or(ENDS_EARLY)?;
    let chunks = chunks(body)?;
    let mut turn = Turn { is_extended: chunks.iter().any(|chunk| chunk.name == b"VP8X"), first: None };
    chunks.iter().filter(|chunk| chunk.name == b"EXIF").for_each(|chunk| turn.exif(chunk.data));
    let orientation = turn.orientation();
    let turned = orientation != Orientation::UPRIGHT;
    let mut kept = Vec::with_capacity(bytes.len());
    for chunk in chunks.iter().filter(|chunk| is_needed(chunk)) {
        let mut data = chunk.data.to_vec();
        if chunk.name == b"VP8X" && !data.is_empty() {
            data[0] &= !(EXIF_FLAG | XMP_FLAG);
            data[0] |= if turned { EXIF_FLAG } else { 0 };
        }
        if chunk.name == b"ANMF" {
            data = frame(chunk.data)?;
        }
        write(&mut kept, chunk.name, &data);
    }
    if turned {
        write(&mut kept, b"EXIF", &exif::only(orientation));
    }
    Ok(file(&kept))
}

/// Returns a frame of an animation with only the chunks that are needed.
fn frame(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut kept = data.get(..FRAME_HEAD).ok_or(ENDS_EARLY)?.to_vec();
    for chunk in chunks(&data[FRAME_HEAD..])?.iter().filter(|chunk| is_needed(chunk)) {
        write(&mut kept, chunk.name, chunk.data);
    }
    Ok(kept)
}

/// Adds a colour profile to a file that libwebp wrote, whose size is `(width, height)` in pixels.
pub(super) fn with_profile(bytes: &[u8], profile: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, Refusal> {
    let chunks = chunks(bytes.get(HEAD..).ok_or(ENDS_EARLY)?)?;
    let alpha = chunks.iter().any(|chunk| match chunk.name {
        b"ALPH" => true,
        b"VP8L" => chunk.data.get(4).is_some_and(|byte| byte & 0x10 != 0),
        _ => false,
    });
    let mut kept = Vec::with_capacity(bytes.len() + profile.len() + 32);
    let mut head = vec![PROFILE_FLAG | if alpha { ALPHA_FLAG } else { 0 }, 0, 0, 0];
    head.extend(&(width - 1).to_le_bytes()[..3]);
    head.extend(&(height - 1).to_le_bytes()[..3]);
    write(&mut kept, b"VP8X", &head);
    write(&mut kept, b"ICCP", profile);
    for chunk in chunks.iter().filter(|chunk| matches!(chunk.name, b"ALPH" | b"VP8 " | b"VP8L")) {
        write(&mut kept, chunk.name, chunk.data);
    }
    Ok(file(&kept))
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    data: &'a [u8],
}

fn is_needed(chunk: &Chunk<'_>) -> bool {
    NEEDED.contains(&chunk.name)
}

fn chunks(body: &[u8]) -> Result<Vec<Chunk<'_>>, Refusal> {
    let mut chunks = Vec::new();
    let mut rest = body;
    while let Some((name, after)) = rest.split_first_chunk::<4>() {
        let (length, after) = after.split_first_chunk::<4>().ok_or(ENDS_EARLY)?;
        let length = u32::from_le_bytes(*length) as usize;
        let data = after.get(..length).ok_or(ENDS_EARLY)?;
        chunks.push(Chunk { name, data });
        rest = after.get(length + length % 2..).unwrap_or_default();
    }
    Ok(chunks)
}

fn write(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend(name);
    // It was a chunk before, or is a profile that came in one, so the length fits.
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(data);
    out.extend(std::iter::repeat_n(0, data.len() % 2));
}

fn file(chunks: &[u8]) -> Vec<u8> {
    let length = u32::try_from(chunks.len() + 4).unwrap_or(u32::MAX).to_le_bytes();
    [b"RIFF".as_slice(), &length, b"WEBP", chunks].concat()
}
