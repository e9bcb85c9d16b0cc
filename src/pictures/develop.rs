//! From a picture's file to its published copies: decoded once, turned upright, scaled down, encoded.

use std::borrow::Cow;
use std::io::Cursor;

use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::inspect::{inspect, stripped};
use super::pixels::{Kind, Pixels};
use super::{Format, Header, Orientation, Refusal, Variant, webp};

/// Names everything that determines a copy's bytes besides the picture. A changed name invalidates cached copies.
pub(crate) const PARAMETERS: &str = "2: lanczos3, jpeg 82 progressive, webp 82 or lossless";
/// The quality of JPEG, 1 to 100: no visible artefacts, and half the bytes of 95.
const JPEG_QUALITY: u8 = 82;
/// The quality of lossy WebP, 0 to 100.
const WEBP_QUALITY: f32 = 82.0;

const UNREADABLE: Refusal = Refusal::Broken("its pixels cannot be decoded");
const UNWRITABLE: Refusal = Refusal::Broken("it cannot be written in this size");

/// A decoded picture, upright.
pub(crate) struct Picture {
    header: Header,
    pixels: Pixels,
    /// The ICC profile of the pixels; sRGB if `None`.
    profile: Option<Vec<u8>>,
    /// The file without its metadata.
    stripped: Vec<u8>,
}

impl Picture {
    /// Decodes a picture's file and turns it upright.
    ///
    /// # Errors
    /// [`Refusal`] if it is not a picture, or not one that can be resized.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Refusal> {
        let header = inspect(Cursor::new(bytes)).ok().flatten().ok_or(UNREADABLE)??;
        if let Some(refusal) = header.no_copies {
            return Err(refusal);
        }
        let stripped = stripped(bytes)?.ok_or(UNREADABLE)?;
        let (mut pixels, profile) = match header.format {
            Format::Jpeg => from_jpeg(&stripped)?,
            Format::Png => from_png(&stripped, &header)?,
            Format::WebP => from_webp(&stripped)?,
        };
        pixels.turn_upright(header.orientation);
        if (pixels.width, pixels.height) != (header.width, header.height) {
            return Err(Refusal::Broken("its dimensions are not those in its header"));
        }
        pixels.drop_idle_alpha();
        let profile =
            profile.filter(|profile| is_for(profile, b"RGB ") || is_for(profile, b"GRAY") && pixels.is_grey());
        if profile.as_deref().is_some_and(|profile| is_for(profile, b"RGB ")) {
            pixels = pixels.as_colour().into_owned();
        }
        Ok(Self { header, pixels, profile, stripped })
    }

    /// Returns its format, dimensions and orientation.
    #[must_use]
    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    /// Encodes a copy. One in the same size and format is the original without metadata, unless it is JPEG or had to be
    /// turned.
    ///
    /// # Errors
    /// [`Refusal`] if the format cannot represent it.
    pub(crate) fn encode(&self, variant: &Variant) -> Result<Vec<u8>, Refusal> {
        let same_size = (variant.width, variant.height) == (self.header.width, self.header.height);
        // Re-encoding at the same size would only make it larger or worse.
        let is_itself = same_size && variant.format == self.header.format && variant.format != Format::Jpeg;
        if is_itself && self.header.orientation == Orientation::UPRIGHT {
            return Ok(self.stripped.clone());
        }
        let smaller = if same_size { None } else { Some(self.pixels.resized(variant).ok_or(UNWRITABLE)?) };
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
        // A JPEG has no transparency, so none of its copies has.
        let colours = if pixels.is_grey() { jpeg_encoder::ColorType::Luma } else { jpeg_encoder::ColorType::Rgb };
        let (width, height) = (side(pixels.width)?, side(pixels.height)?);
        encoder.encode(&pixels.bytes, width, height, colours).map_err(|_| UNWRITABLE)?;
        Ok(out)
    }

    fn png(&self, pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::new();
        let mut info = png::Info::with_size(pixels.width, pixels.height);
        info.bit_depth = png::BitDepth::Eight;
        info.color_type = match pixels.kind {
            Kind::Grey => png::ColorType::Grayscale,
            Kind::GreyWithAlpha => png::ColorType::GrayscaleAlpha,
            Kind::Colour => png::ColorType::Rgb,
            Kind::ColourWithAlpha => png::ColorType::Rgba,
        };
        info.icc_profile = self.profile.as_deref().map(Cow::Borrowed);
        let encoder = png::Encoder::with_info(&mut out, info).map_err(|_| UNWRITABLE)?;
        let mut writer = encoder.write_header().map_err(|_| UNWRITABLE)?;
        writer.write_image_data(&pixels.bytes).map_err(|_| UNWRITABLE)?;
        writer.finish().map_err(|_| UNWRITABLE)?;
        Ok(out)
    }

    /// Encodes lossy WebP, or lossless WebP if the original is PNG, such as a drawing, and that takes no more bytes.
    fn webp(&self, pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
        let (width, height) = (pixels.width, pixels.height);
        let pixels = pixels.as_colour();
        let encoder = match pixels.kind {
            Kind::ColourWithAlpha | Kind::GreyWithAlpha => ::webp::Encoder::from_rgba(&pixels.bytes, width, height),
            Kind::Colour | Kind::Grey => ::webp::Encoder::from_rgb(&pixels.bytes, width, height),
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
            Some(profile) if is_for(profile, b"RGB ") => webp::with_profile(&bytes, profile, (width, height)),
            // No WebP copy is planned for a picture with a greyscale profile.
            Some(_) => Err(UNWRITABLE),
            None => Ok(bytes),
        }
    }
}

/// Returns whether a profile is for this colour space (ICC.1:2022, section 7.2.6).
fn is_for(profile: &[u8], space: &[u8; 4]) -> bool {
    profile.get(16..20) == Some(space)
}

type Decoded = (Pixels, Option<Vec<u8>>);

fn from_jpeg(bytes: &[u8]) -> Result<Decoded, Refusal> {
    // Strict decoders refuse what every browser shows.
    let options = DecoderOptions::default().set_strict_mode(false);
    let options = options.set_max_width(usize::from(u16::MAX)).set_max_height(usize::from(u16::MAX));
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| UNREADABLE)?;
    let (kind, wanted) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (Kind::Grey, ColorSpace::Luma),
        _ => (Kind::Colour, ColorSpace::RGB),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let (width, height) = decoder.dimensions().ok_or(UNREADABLE)?;
    let pixels = decoder.decode().map_err(|_| UNREADABLE)?;
    Ok((Pixels::new((width, height), kind, pixels).ok_or(UNREADABLE)?, decoder.icc_profile()))
}

fn from_png(bytes: &[u8], header: &Header) -> Result<Decoded, Refusal> {
    // Four channels of two bytes, plus tables: a file that claims to need more is a decompression bomb.
    let most = usize::try_from(header.pixels() * 8 + (64 << 20)).map_err(|_| UNREADABLE)?;
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: most });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| UNREADABLE)?;
    let size = reader.output_buffer_size().filter(|size| *size <= most).ok_or(UNREADABLE)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(|_| UNREADABLE)?;
    let kind = match frame.color_type {
        png::ColorType::Grayscale => Kind::Grey,
        png::ColorType::GrayscaleAlpha => Kind::GreyWithAlpha,
        png::ColorType::Rgb => Kind::Colour,
        png::ColorType::Rgba => Kind::ColourWithAlpha,
        png::ColorType::Indexed => return Err(UNREADABLE),
    };
    let profile = reader.info().icc_profile.as_deref().map(<[u8]>::to_vec);
    let size = (frame.width as usize, frame.height as usize);
    Ok((Pixels::new(size, kind, pixels).ok_or(UNREADABLE)?, profile))
}

fn from_webp(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(|_| UNREADABLE)?;
    let kind = if decoder.has_alpha() { Kind::ColourWithAlpha } else { Kind::Colour };
    let (width, height) = decoder.dimensions();
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or(UNREADABLE)?];
    decoder.read_image(&mut pixels).map_err(|_| UNREADABLE)?;
    let profile = decoder.icc_profile().ok().flatten();
    Ok((Pixels::new((width as usize, height as usize), kind, pixels).ok_or(UNREADABLE)?, profile))
}
