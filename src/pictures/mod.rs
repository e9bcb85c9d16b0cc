//! Pictures: their headers, their files without metadata, and smaller copies for readers' screens.
//!
//! Bytes and parameters in, bytes out. The one idea: no metadata that a camera or a program wrote gets through, because only
//! what is needed to show the picture is copied. Colour profiles and the orientation are needed; places, names, times,
//! comments and previews are not. A picture that cannot be read is refused, never published.

mod develop;
mod exif;
mod gif;
mod inspect;
mod jpeg;
mod pixels;
mod png;
mod take;
mod webp;

#[cfg(test)]
mod tests;

pub(crate) use develop::{PARAMETERS, Picture};
pub(crate) use inspect::{inspect, stripped};

use std::fmt;

/// The widths of a picture's copies, in pixels; none is wider than the picture itself.
const WIDTHS: [u32; 3] = [480, 960, 1600];
/// The longest side that WebP allows, in pixels.
const LONGEST_SIDE: u32 = 16_383;
/// The most segments or chunks before the pixels; a file with more is refused.
const MOST_PARTS: usize = 10_000;

/// The file formats that annals can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
    /// WebP (RFC 9649).
    WebP,
}

impl Format {
    /// Returns the extension, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }

    /// Returns the media type: `image/jpeg`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    /// Returns the format of a file, by its first twelve bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }
}

/// The orientation of a picture, as an Exif number: 1 to 8, of which 1 is upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// The picture is shown as stored.
    pub const UPRIGHT: Self = Self(1);

    /// Returns the orientation with this Exif number; `None` if there is none.
    fn new(number: u16) -> Option<Self> {
        u8::try_from(number).ok().filter(|number| (1..=8).contains(number)).map(Self)
    }

    /// Returns whether width and height are swapped.
    const fn turns(self) -> bool {
        self.0 >= 5
    }
}

/// What the beginning of a picture's file says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The file format.
    pub format: Format,
    /// The width as it is shown, in pixels.
    pub width: u32,
    /// The height as it is shown, in pixels.
    pub height: u32,
    /// How the stored picture must be turned to be shown.
    pub orientation: Orientation,
    /// Whether it is greyscale with a colour profile. WebP cannot hold such a profile, so no WebP copies are made.
    pub grey_profile: bool,
    /// Why no copies can be made of it, if so; it can still be shown unchanged.
    pub no_copies: Option<Refusal>,
}

impl Header {
    fn new(format: Format, size: (u32, u32), orientation: Orientation) -> Result<Self, Refusal> {
        let (width, height) = if orientation.turns() { (size.1, size.0) } else { size };
        if width == 0 || height == 0 {
            return Err(Refusal::Broken("it has no width or no height"));
        }
        Ok(Self { format, width, height, orientation, grey_profile: false, no_copies: None })
    }

    /// Returns how many pixels it has.
    #[must_use]
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Returns the copies that readers get, smallest first, in WebP and in the picture's own format. The widest copies are as
    /// wide as the picture, but at most 1600 pixels, and narrower if they would be higher than 16,383. Of the smaller widths,
    /// those of more than four fifths of the widest are omitted.
    #[must_use]
    pub fn variants(&self) -> Vec<Variant> {
        let tallest = u64::from(self.width) * u64::from(LONGEST_SIDE) / u64::from(self.height);
        let tallest = u32::try_from(tallest).unwrap_or(u32::MAX);
        let last = self.width.min(WIDTHS[WIDTHS.len() - 1]).min(tallest).max(1);
        let widths = WIDTHS.into_iter().filter(|width| width * 5 / 4 <= last && *width < last).chain([last]);
        let formats = [Format::WebP, self.format];
        let formats = if self.format == Format::WebP || self.grey_profile { &formats[1..] } else { &formats[..] };
        let variant = |width| {
            let height =
                (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width);
            let height = u32::try_from(height).unwrap_or(LONGEST_SIDE).clamp(1, LONGEST_SIDE);
            formats.iter().map(move |format| Variant { width, height, format: *format })
        };
        widths.flat_map(variant).collect()
    }
}

/// A copy of a picture for one width of screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variant {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// The file format.
    pub format: Format,
}

/// Why a picture is refused, in words that complete "the picture cannot be used: …".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The file is damaged; the words say how.
    Broken(&'static str),
    /// It is animated.
    Animated,
    /// Its colours are CMYK, for print.
    Cmyk,
    /// It is a kind of JPEG that browsers do not support either.
    UnsupportedJpeg,
    /// It has metadata that cannot be removed from its format.
    Metadata,
}

impl Refusal {
    /// Returns what an author can do, for a help line.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Broken(_) => "open it in a picture editor and save it again as JPEG, PNG or WebP",
            Self::Animated => "save one frame of it; a moving picture is no evidence of one moment",
            Self::Cmyk => "convert it to RGB in a picture editor",
            Self::Metadata => {
                "remove the metadata in a picture editor, or save the picture as JPEG, PNG or WebP, from which annals removes it"
            }
            Self::UnsupportedJpeg => "save it again as a baseline or progressive JPEG of 8 bits",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Broken(why) => why,
            Self::Animated => "it is animated",
            Self::Cmyk => "its colours are CMYK, for print",
            Self::Metadata => "it has metadata, such as Exif or XMP, which annals cannot remove from this format",
            Self::UnsupportedJpeg => "it is a kind of JPEG that few programs support",
        })
    }
}

const ENDS_EARLY: Refusal = Refusal::Broken("the file ends before the picture does");
