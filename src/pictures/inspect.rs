//! A picture's header, and its file without metadata, whatever its format.

use std::io::{self, BufRead, BufReader, Read, Seek};

use super::{ENDS_EARLY, Format, Header, Refusal, exif, gif, jpeg, png, webp};

/// Reads the header of a picture; `None` if it is not JPEG, PNG or WebP.
///
/// # Errors
/// If reading fails. A file that ends too early is not such an error but a [`Refusal`].
pub(crate) fn inspect(file: impl Read + Seek) -> io::Result<Option<Result<Header, Refusal>>> {
    let mut reader = BufReader::with_capacity(4096, file);
    let Some(format) = Format::of(reader.fill_buf()?) else {
        return Ok(None);
    };
    let header = match format {
        Format::Jpeg => jpeg::header(&mut reader),
        Format::Png => png::header(&mut reader),
        Format::WebP => webp::header(&mut reader),
    };
    match header {
        Ok(header) => Ok(Some(header)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Some(Err(ENDS_EARLY))),
        Err(error) => Err(error),
    }
}

/// Returns a picture's file with the same pixels and without its metadata. The colour profile stays, and so does an
/// orientation other than upright. `None` if the file is not JPEG, PNG, WebP or GIF.
///
/// # Errors
/// [`Refusal::Broken`] if the file breaks the rules of its format; [`Refusal::Metadata`] if it is AVIF, HEIC, JPEG XL or
/// TIFF and has metadata.
pub(crate) fn stripped(bytes: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    match Format::of(bytes) {
        Some(Format::Jpeg) => jpeg::strip(bytes).map(Some),
        Some(Format::Png) => png::strip(bytes).map(Some),
        Some(Format::WebP) => webp::strip(bytes).map(Some),
        None if gif::is(bytes) => gif::strip(bytes).map(Some),
        None if is_telling(bytes) => Err(Refusal::Metadata),
        None => Ok(None),
    }
}

/// Returns whether an AVIF, HEIF, JPEG XL or TIFF picture has metadata. Other formats are not examined.
fn is_telling(bytes: &[u8]) -> bool {
    let holds = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    match bytes {
        // The family of HEIF (ISO/IEC 23008-12) lists its parts by name.
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
            let brands: [&[u8]; 4] = [b"avi", b"he", b"mif", b"msf"];
            let is_picture = brands.iter().any(|name| brand.starts_with(name));
            is_picture && (holds(b"Exif") || holds(b"application/rdf+xml") || holds(b"jumb"))
        }
        [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => has_other_boxes(bytes),
        _ => exif::is_telling_tiff(bytes),
    }
}

/// Returns whether a JPEG XL file in boxes (ISO/IEC 18181-2) has any that is not needed to show the picture. The data for
/// restoring a JPEG (`jbrd`) is not: it holds that file's comments.
fn has_other_boxes(bytes: &[u8]) -> bool {
    const NEEDED: [&[u8; 4]; 6] = [b"JXL ", b"ftyp", b"jxll", b"jxli", b"jxlc", b"jxlp"];
    let mut rest = bytes;
    while let Some((size, named)) = rest.split_first_chunk::<4>() {
        let is_needed = named.first_chunk::<4>().is_some_and(|name| NEEDED.contains(&name));
        let length = match (u32::from_be_bytes(*size), named.get(4..).and_then(<[u8]>::first_chunk::<8>)) {
            // The box extends to the end of the file.
            (0, _) => rest.len(),
            (1, Some(long)) => usize::try_from(u64::from_be_bytes(*long)).unwrap_or(usize::MAX),
            (short, _) => short as usize,
        };
        match rest.get(length..).filter(|_| is_needed && length >= 8) {
            Some(after) => rest = after,
            None => return true,
        }
    }
    false
}
