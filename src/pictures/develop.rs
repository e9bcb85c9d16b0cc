//! From a picture's file to the copies that readers are offered: decoded once, turned upright, made smaller, encoded.

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{Format, Header, Orientation, Refusal, Variant, inspect, stripped, webp};

/// Names everything that decides what a variant's bytes are, beside the picture. Another name is another copy.
pub const PARAMETERS: &str = "1: lanczos3, jpeg 82 progressive, webp 82 or lossless";
/// The quality of JPEG, 1 to 100: artefacts are not seen, and half the bytes of 95 are saved.
const JPEG_QUALITY: u8 = 82;
/// The quality of lossy WebP, 0 to 100.
const WEBP_QUALITY: f32 = 82.0;

const UNREADABLE: Refusal = Refusal::Broken("its pixels cannot be decoded");
const UNWRITABLE: Refusal = Refusal::Broken("it cannot be written in this size");

/// A decoded picture, upright.
pub struct Picture {
    header: Header,
    pixels: Pixels,
    /// The profile that the pixels' colours are meant in; sRGB without one.
    profile: Option<Vec<u8>>,
    /// The file without its metadata.
    stripped: Vec<u8>,
}

struct Pixels {
    width: u32,
    height: u32,
    kind: Kind,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Grey,
    Colour,
    ColourWithAlpha,
}

impl Picture {
    /// Decodes a file.
    ///
    /// # Errors
    /// [`Refusal`] where it is no picture, or none that copies can be made of.
    pub fn decode(bytes: &[u8]) -> Result<Self, Refusal> {
        let header = inspect(Cursor::new(bytes)).ok().flatten().ok_or(UNREADABLE)??;
        if let Some(refusal) = header.undevelopable {
            return Err(refusal);
        }
        let stripped = stripped(bytes)?.ok_or(UNREADABLE)?;
        let format = match header.format {
            Format::Jpeg => ImageFormat::Jpeg,
            Format::Png => ImageFormat::Png,
            Format::WebP => ImageFormat::WebP,
        };
        let mut reader = ImageReader::with_format(Cursor::new(&stripped), format);
        let mut limits = image::Limits::no_limits();
        // Four channels of two bytes, twice over, and room for tables: what a file claims beyond that is a bomb.
        limits.max_alloc = Some(header.pixels() * 16 + (64 << 20));
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|_| UNREADABLE)?;
        let profile = decoder.icc_profile().ok().flatten();
        let mut image = DynamicImage::from_decoder(decoder).map_err(|_| UNREADABLE)?;
        if let Some(orientation) = image::metadata::Orientation::from_exif(header.orientation.0) {
            image.apply_orientation(orientation);
        }
        if (image.width(), image.height()) != (header.width, header.height) {
            return Err(Refusal::Broken("it is of another size than it says"));
        }
        let (pixels, profile) = in_colour(Pixels::of(image), profile)?;
        Ok(Self { header, pixels, profile, stripped })
    }

    /// What the beginning of its file tells.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The bytes of a copy.
    ///
    /// # Errors
    /// [`Refusal`] where the format cannot hold it.
    pub fn encode(&self, variant: &Variant) -> Result<Vec<u8>, Refusal> {
        let same_size = (variant.width, variant.height) == (self.header.width, self.header.height);
        // A copy without loss, or one that was lossy before, would only be larger or worse.
        let is_itself = same_size && variant.format == self.header.format && variant.format != Format::Jpeg;
        if is_itself && self.header.orientation == Orientation::UPRIGHT {
            return Ok(self.stripped.clone());
        }
        let smaller = if same_size { None } else { Some(self.pixels.resized(variant)?) };
        let pixels = smaller.as_ref().unwrap_or(&self.pixels);
        match variant.format {
            Format::Jpeg => self.jpeg(pixels),
            Format::Png => self.png(pixels),
            Format::WebP => self.webp(pixels),
        }
    }

    fn jpeg(&self, pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, JPEG_QUALITY);
        encoder.set_progressive(true);
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).map_err(|_| UNWRITABLE)?;
        }
        let side = |side: u32| u16::try_from(side).map_err(|_| UNWRITABLE);
        let colours = match pixels.kind {
            Kind::Grey => jpeg_encoder::ColorType::Luma,
            Kind::Colour => jpeg_encoder::ColorType::Rgb,
            Kind::ColourWithAlpha => jpeg_encoder::ColorType::Rgba,
        };
        let (width, height) = (side(pixels.width)?, side(pixels.height)?);
        encoder.encode(&pixels.bytes, width, height, colours).map_err(|_| UNWRITABLE)?;
        Ok(out)
    }

    fn png(&self, pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::new();
        let mut encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
        if let Some(profile) = &self.profile {
            encoder.set_icc_profile(profile.clone()).map_err(|_| UNWRITABLE)?;
        }
        let colours = match pixels.kind {
            Kind::Grey => ExtendedColorType::L8,
            Kind::Colour => ExtendedColorType::Rgb8,
            Kind::ColourWithAlpha => ExtendedColorType::Rgba8,
        };
        encoder.write_image(&pixels.bytes, pixels.width, pixels.height, colours).map_err(|_| UNWRITABLE)?;
        Ok(out)
    }

    /// Lossy WebP. What came without loss, such as a drawing, is kept so where that takes no more bytes.
    fn webp(&self, pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
        let (width, height) = (pixels.width, pixels.height);
        let colours = pixels.with_three_channels();
        let encoder = match pixels.kind {
            Kind::ColourWithAlpha => ::webp::Encoder::from_rgba(&pixels.bytes, width, height),
            Kind::Colour | Kind::Grey => ::webp::Encoder::from_rgb(&colours, width, height),
        };
        let encode = |lossless| encoder.encode_simple(lossless, WEBP_QUALITY).map_err(|_| UNWRITABLE);
        let mut bytes = encode(false)?.to_vec();
        if self.header.format == Format::Png {
            let exact = encode(true)?;
            if exact.len() <= bytes.len() {
                bytes = exact.to_vec();
            }
        }
        match &self.profile {
            Some(profile) => webp::with_profile(&bytes, profile, (width, height)),
            None => Ok(bytes),
        }
    }
}

impl Pixels {
    fn of(image: DynamicImage) -> Self {
        let (width, height) = (image.width(), image.height());
        let colour = image.color();
        let (kind, bytes) = if colour.has_alpha() {
            let rgba = image.into_rgba8().into_raw();
            if rgba.iter().skip(3).step_by(4).all(|alpha| *alpha == u8::MAX) {
                let rgb = rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
                (Kind::Colour, rgb.collect())
            } else {
                (Kind::ColourWithAlpha, rgba)
            }
        } else if colour.has_color() {
            (Kind::Colour, image.into_rgb8().into_raw())
        } else {
            (Kind::Grey, image.into_luma8().into_raw())
        };
        Self { width, height, kind, bytes }
    }

    fn with_three_channels(&self) -> std::borrow::Cow<'_, [u8]> {
        match self.kind {
            Kind::Grey => self.bytes.iter().flat_map(|grey| [*grey; 3]).collect(),
            Kind::Colour | Kind::ColourWithAlpha => self.bytes.as_slice().into(),
        }
    }

    fn resized(&self, variant: &Variant) -> Result<Self, Refusal> {
        let kind = match self.kind {
            Kind::Grey => PixelType::U8,
            Kind::Colour => PixelType::U8x3,
            Kind::ColourWithAlpha => PixelType::U8x4,
        };
        let large = ImageRef::new(self.width, self.height, &self.bytes, kind).map_err(|_| UNWRITABLE)?;
        let mut small = Image::new(variant.width, variant.height, kind);
        // Without options: Lanczos with three lobes, transparent pixels weighing nothing.
        Resizer::new().resize(&large, &mut small, None).map_err(|_| UNWRITABLE)?;
        Ok(Self { width: variant.width, height: variant.height, kind: self.kind, bytes: small.into_vec() })
    }
}

/// The pixels with the profile that they are written with. A profile for colours is kept as it is, so no colour is lost.
/// One for greys is applied, for WebP has no room for it. One that does not fit the pixels means nothing.
fn in_colour(pixels: Pixels, profile: Option<Vec<u8>>) -> Result<(Pixels, Option<Vec<u8>>), Refusal> {
    // ICC.1:2022, section 7.2.6: the colours that a profile is for.
    let space = profile.as_deref().and_then(|profile| profile.get(16..20));
    match (space, pixels.kind) {
        (Some(b"RGB "), Kind::Grey) => {
            let bytes = pixels.with_three_channels().into_owned();
            Ok((Pixels { kind: Kind::Colour, bytes, ..pixels }, profile))
        }
        (Some(b"RGB "), _) => Ok((pixels, profile)),
        (Some(b"GRAY"), Kind::Grey) => {
            let bytes = grey_in_srgb(&pixels, profile.as_deref().unwrap_or_default())?;
            Ok((Pixels { kind: Kind::Colour, bytes, ..pixels }, None))
        }
        _ => Ok((pixels, None)),
    }
}

fn grey_in_srgb(pixels: &Pixels, profile: &[u8]) -> Result<Vec<u8>, Refusal> {
    const UNKNOWN: Refusal = Refusal::Broken("its colour profile cannot be read");
    let profile = ColorProfile::new_from_slice(profile).map_err(|_| UNKNOWN)?;
    if profile.color_space != DataColorSpace::Gray {
        return Err(UNKNOWN);
    }
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options).map_err(|_| UNKNOWN)?;
    let mut bytes = vec![0; pixels.bytes.len() * 3];
    transform.transform(&pixels.bytes, &mut bytes).map_err(|_| UNKNOWN)?;
    Ok(bytes)
}
