//! Decoded pictures: rows of pixels with one byte per channel.

use std::borrow::Cow;

use resize::Pixel::RGBA8P;
use resize::Type;
use rgb::RGBA8;

use super::{Orientation, Variant};

/// The channels of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Grey,
    GreyWithAlpha,
    Colour,
    ColourWithAlpha,
}

impl Kind {
    /// Bytes per pixel.
    const fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyWithAlpha => 2,
            Self::Colour => 3,
            Self::ColourWithAlpha => 4,
        }
    }

    const fn has_alpha(self) -> bool {
        matches!(self, Self::GreyWithAlpha | Self::ColourWithAlpha)
    }
}

/// A picture as it is seen, row by row from the top left.
#[derive(Clone)]
pub(super) struct Pixels {
    pub width: u32,
    pub height: u32,
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

impl Pixels {
    /// Checks the output of a decoder; `None` if the number of bytes does not match the size.
    pub(super) fn new((width, height): (usize, usize), kind: Kind, bytes: Vec<u8>) -> Option<Self> {
        let expected = width.checked_mul(height)?.checked_mul(kind.channels())?;
        let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        (bytes.len() == expected && expected > 0).then_some(Self { width, height, kind, bytes })
    }

    pub(super) fn is_grey(&self) -> bool {
        matches!(self.kind, Kind::Grey | Kind::GreyWithAlpha)
    }

    /// Rotates and mirrors a picture to make it upright (Exif 2.32, section 4.6.4 A).
    pub(super) fn turn_upright(&mut self, orientation: Orientation) {
        if orientation == Orientation::UPRIGHT {
            return;
        }
        let (width, height) = (self.width as usize, self.height as usize);
        let (last_x, last_y) = (width - 1, height - 1);
        let channels = self.kind.channels();
        let (new_width, new_height) = if orientation.turns() { (height, width) } else { (width, height) };
        let mut turned = Vec::with_capacity(self.bytes.len());
        for y in 0..new_height {
            for x in 0..new_width {
                let (from_x, from_y) = match orientation.0 {
                    2 => (last_x - x, y),
                    3 => (last_x - x, last_y - y),
                    4 => (x, last_y - y),
                    5 => (y, x),
                    6 => (y, last_y - x),
                    7 => (last_x - y, last_y - x),
                    8 => (last_x - y, x),
                    _ => (x, y),
                };
                let at = (from_y * width + from_x) * channels;
                turned.extend_from_slice(&self.bytes[at..at + channels]);
            }
        }
        self.bytes = turned;
        if orientation.turns() {
            std::mem::swap(&mut self.width, &mut self.height);
        }
    }

    /// Removes the alpha channel if every pixel is opaque.
    pub(super) fn drop_idle_alpha(&mut self) {
        let channels = self.kind.channels();
        let is_opaque = |pixel: &[u8]| pixel[channels - 1] == u8::MAX;
        if !self.kind.has_alpha() || !self.bytes.chunks_exact(channels).all(is_opaque) {
            return;
        }
        let colours = self.bytes.chunks_exact(channels).flat_map(|pixel| &pixel[..channels - 1]);
        self.bytes = colours.copied().collect();
        self.kind = if self.is_grey() { Kind::Grey } else { Kind::Colour };
    }

    /// Returns the same picture in colour: grey becomes three equal channels, and alpha stays.
    pub(super) fn as_colour(&self) -> Cow<'_, Self> {
        let (kind, bytes) = match self.kind {
            Kind::Colour | Kind::ColourWithAlpha => return Cow::Borrowed(self),
            Kind::Grey => (Kind::Colour, self.bytes.iter().flat_map(|grey| [*grey; 3]).collect()),
            Kind::GreyWithAlpha => {
                let pixels = self.bytes.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]);
                (Kind::ColourWithAlpha, pixels.collect())
            }
        };
        Cow::Owned(Self { width: self.width, height: self.height, kind, bytes })
    }

    /// Scales down to the size of a copy, with a Lanczos filter of three lobes; transparent pixels have no weight.
    ///
    /// All pixels go through the resizer as four bytes, because its code is compiled again for each sort of pixel.
    pub(super) fn resized(&self, variant: &Variant) -> Option<Self> {
        let size = |(width, height): (u32, u32)| Some((usize::try_from(width).ok()?, usize::try_from(height).ok()?));
        let (from, to) = (size((self.width, self.height))?, size((variant.width, variant.height))?);
        let mut small = vec![RGBA8::default(); to.0.checked_mul(to.1)?];
        let mut resizer = resize::new(from.0, from.1, to.0, to.1, RGBA8P, Type::Lanczos3).ok()?;
        resizer.resize(&self.as_four_bytes(), &mut small).ok()?;
        let pixels = small.iter();
        let bytes = match self.kind {
            Kind::Grey => pixels.map(|pixel| pixel.r).collect(),
            Kind::GreyWithAlpha => pixels.flat_map(|pixel| [pixel.r, pixel.a]).collect(),
            Kind::Colour => pixels.flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect(),
            Kind::ColourWithAlpha => pixels.flat_map(|pixel| [pixel.r, pixel.g, pixel.b, pixel.a]).collect(),
        };
        Some(Self { width: variant.width, height: variant.height, kind: self.kind, bytes })
    }

    /// Returns the pixels as red, green, blue and opacity.
    fn as_four_bytes(&self) -> Vec<RGBA8> {
        let pixels = self.bytes.chunks_exact(self.kind.channels());
        match self.kind {
            Kind::Grey => pixels.map(|p| RGBA8::new(p[0], p[0], p[0], u8::MAX)).collect(),
            Kind::GreyWithAlpha => pixels.map(|p| RGBA8::new(p[0], p[0], p[0], p[1])).collect(),
            Kind::Colour => pixels.map(|p| RGBA8::new(p[0], p[1], p[2], u8::MAX)).collect(),
            Kind::ColourWithAlpha => pixels.map(|p| RGBA8::new(p[0], p[1], p[2], p[3])).collect(),
        }
    }
}
