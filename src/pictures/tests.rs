//! Pictures made here, byte by byte where it matters.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::{Format, Header, Orientation, Picture, Refusal, Variant, exif, inspect, stripped};

const CANARY: &[u8] = b"canary-59.9139N-10.7522E";

/// A picture whose four quarters are red, green, blue and white, so that all its rotations differ.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).expect("the picture can be written");
    bytes.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(quarters(width, height), ImageFormat::Jpeg)
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("it is short").to_be_bytes();
    [&[0xFF, marker], &length[..], data].concat()
}

fn riff(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("it is short").to_le_bytes();
    [&name[..], &length, data, &vec![0; data.len() % 2]].concat()
}

fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("it is short").to_be_bytes();
    // The checksum of a dropped chunk is not checked.
    [&length[..], name, data, &[0; 4]].concat()
}

/// Exif with an orientation and, in what a GPS directory would be, the canary; little-endian, as cameras write it.
fn camera_exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II\x2A\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0; 4]);
    tiff.extend(CANARY);
    tiff
}

/// A JPEG as a phone writes it: Exif, XMP, IPTC, a comment, a maker's segment, and a film behind its end.
fn from_a_phone(orientation: u8) -> Vec<u8> {
    let plain = jpeg(64, 32);
    let mut bytes = plain[..2].to_vec();
    bytes.extend(segment(0xE1, &[exif::PREFIX, &camera_exif(orientation)].concat()));
    bytes.extend(segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", CANARY].concat()));
    bytes.extend(segment(0xED, &[b"Photoshop 3.0\0", CANARY].concat()));
    bytes.extend(segment(0xFE, CANARY));
    bytes.extend(segment(0xE5, CANARY));
    bytes.extend(&plain[2..]);
    bytes.extend(CANARY);
    bytes
}

fn holds_canary(bytes: &[u8]) -> bool {
    bytes.windows(CANARY.len()).any(|window| window == CANARY)
}

fn header(bytes: &[u8]) -> Header {
    inspect(Cursor::new(bytes)).expect("memory can be read").expect("it is a picture").expect("it has a header")
}

fn strip(bytes: &[u8]) -> Vec<u8> {
    stripped(bytes).expect("it is whole").expect("it is a picture")
}

fn pixels(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory(bytes).expect("it can be decoded").into_rgba8()
}

#[test]
fn nothing_that_a_phone_wrote_survives_a_copy() {
    let original = from_a_phone(1);
    assert!(holds_canary(&original));
    let copy = strip(&original);
    assert!(!holds_canary(&copy));
    assert_eq!(pixels(&copy), pixels(&original), "the pixels are the same");
    assert!(!copy.windows(4).any(|window| window == b"Exif"));
    assert_eq!(strip(&copy), copy, "there is nothing more to take");
}

#[test]
fn a_turned_picture_keeps_its_orientation_and_nothing_else() {
    let copy = strip(&from_a_phone(6));
    assert!(!holds_canary(&copy));
    let header = header(&copy);
    assert_eq!((header.width, header.height, header.orientation), (32, 64, Orientation(6)));
}

#[test]
fn png_and_webp_lose_their_metadata_too() {
    let plain = encoded(quarters(10, 6), ImageFormat::Png);
    let end = plain.len() - 12;
    let texts = [png_chunk(b"tEXt", CANARY), png_chunk(b"eXIf", &camera_exif(6)), png_chunk(b"prVt", CANARY)].concat();
    // After the size, which is the first chunk, and before the end.
    let original = [&plain[..33], &texts, &plain[33..end], &png_chunk(b"iTXt", CANARY), &plain[end..], CANARY].concat();
    let copy = strip(&original);
    assert!(!holds_canary(&copy));
    assert_eq!(pixels(&copy), pixels(&plain));
    assert_eq!((header(&copy).width, header(&copy).height), (6, 10), "the orientation stays");

    let plain = encoded(quarters(10, 6), ImageFormat::WebP);
    let mut head = vec![0x0C, 0, 0, 0];
    head.extend([9, 0, 0, 5, 0, 0]);
    let chunks = [
        riff(b"VP8X", &head),
        plain[12..].to_vec(),
        riff(b"EXIF", &camera_exif(8)),
        riff(b"XMP ", CANARY),
        riff(b"odd ", CANARY),
    ];
    let original = riff(b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat());
    let copy = strip(&original);
    assert!(!holds_canary(&copy));
    assert_eq!(pixels(&copy), pixels(&plain));
    assert_eq!((header(&copy).width, header(&copy).height), (6, 10), "the orientation stays");
}

#[test]
fn other_formats_lose_their_metadata_or_are_refused_for_it() {
    // One black pixel, in the words of GIF89a; then a comment and XMP.
    let (head, image) =
        (&b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF"[..], &b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"[..]);
    let length = [u8::try_from(CANARY.len()).expect("it is short")];
    let comment = [&b"\x21\xFE"[..], &length, CANARY, &[0]].concat();
    let xmp = [&b"\x21\xFF\x0BXMP DataXMP"[..], &length, CANARY, &[0]].concat();
    let repeated = &b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0"[..];
    let copy = strip(&[head, &comment, repeated, &xmp, image, b";", CANARY].concat());
    assert_eq!(copy, [head, repeated, image, b";"].concat());

    let avif = |more: &[u8]| [&b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf"[..], more].concat();
    assert_eq!(stripped(&avif(b"meta iinf infe av01")), Ok(None));
    assert_eq!(stripped(&avif(b"meta iinf infe av01 Exif")), Err(Refusal::Metadata));
    assert_eq!(stripped(&camera_exif(1)), Err(Refusal::Metadata), "Exif is a TIFF file in small");
    assert_eq!(stripped(&exif::only(Orientation(6))), Ok(None));
    // BigTIFF with one entry: its width, or a GPS directory.
    let big = |tag: [u8; 2]| [b"II\x2B\0\x08\0\0\0\x10\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0", &tag[..], &[0; 18]].concat();
    assert_eq!(stripped(&big([0x00, 0x01])), Ok(None));
    assert_eq!(stripped(&big([0x25, 0x88])), Err(Refusal::Metadata));
}

#[test]
fn jpeg_xl_is_refused_for_every_part_that_is_not_needed_to_show_it() {
    let part = |name: &[u8; 4], data: &[u8]| {
        let length = u32::try_from(data.len() + 8).expect("it is short").to_be_bytes();
        [&length[..], name, data].concat()
    };
    let head = [part(b"JXL ", b"\r\n\x87\n"), part(b"ftyp", b"jxl \0\0\0\0jxl ")].concat();
    let pixels = part(b"jxlc", b"\xFF\x0A Exif");
    assert_eq!(stripped(&[&head[..], &pixels].concat()), Ok(None));
    assert_eq!(stripped(b"\xFF\x0A Exif"), Ok(None), "pixels without boxes");
    let long = [&b"\0\0\0\x01jxlc\0\0\0\0\0\0\0\x12"[..], b"\xFF\x0A"].concat();
    assert_eq!(stripped(&[&head[..], &long].concat()), Ok(None));
    for name in [b"Exif", b"xml ", b"brob", b"jumb", b"jbrd"] {
        let more = part(name, CANARY);
        assert_eq!(stripped(&[&head[..], &more, &pixels].concat()), Err(Refusal::Metadata), "{name:?}");
        assert_eq!(stripped(&[&head[..], &long, &more].concat()), Err(Refusal::Metadata), "{name:?}");
    }
    let endless = [&head[..], b"\0\0\0\0jxlc\xFF\x0A", &part(b"Exif", CANARY)].concat();
    assert_eq!(stripped(&endless), Ok(None), "a box without length is the last one");
    assert_eq!(stripped(&[&head[..], b"\0\0\0\x02jxlc"].concat()), Err(Refusal::Metadata), "it cannot be read");
}

#[test]
fn header_and_copy_agree_on_how_a_picture_is_turned() {
    let plain = encoded(quarters(10, 6), ImageFormat::WebP);
    let head = riff(b"VP8X", &[0x08, 0, 0, 0, 9, 0, 0, 5, 0, 0]);
    let webp = |parts: &[&[u8]]| riff(b"RIFF", &[&b"WEBP"[..], &parts.concat()].concat());
    let (turned, upright) = (riff(b"EXIF", &camera_exif(6)), riff(b"EXIF", &camera_exif(1)));
    let plain_png = encoded(quarters(10, 6), ImageFormat::Png);
    let png = |parts: &[&[u8]]| [&plain_png[..33], &parts.concat(), &plain_png[33..]].concat();
    let (turned_png, upright_png) = (png_chunk(b"eXIf", &camera_exif(6)), png_chunk(b"eXIf", &camera_exif(1)));
    for (original, size) in [
        (webp(&[&head, &plain[12..], &turned, &upright]), (6, 10)),
        (webp(&[&head, &plain[12..], &upright, &turned]), (10, 6)),
        (webp(&[&plain[12..], &turned]), (10, 6)),
        (png(&[&turned_png, &upright_png]), (6, 10)),
        (png(&[&upright_png, &turned_png]), (10, 6)),
    ] {
        let (before, after) = (header(&original), header(&strip(&original)));
        assert_eq!((before.width, before.height), size);
        assert_eq!((after.width, after.height, after.orientation), (size.0, size.1, before.orientation));
    }
}

#[test]
fn a_profile_for_colours_stays_in_every_copy() {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    profile.extend(b"a wide gamut");
    let plain = jpeg(1200, 40);
    let icc = segment(0xE2, &[&b"ICC_PROFILE\0\x01\x01"[..], &profile].concat());
    let original = [&plain[..2], &icc, &plain[2..]].concat();
    let has_profile = |bytes: &[u8]| bytes.windows(12).any(|window| window == b"a wide gamut");
    assert!(has_profile(&strip(&original)));
    let picture = Picture::decode(&original).expect("it can be decoded");
    for variant in picture.header().variants() {
        let copy = picture.encode(&variant).expect("it can be encoded");
        assert!(has_profile(&copy), "{variant:?}");
        assert_eq!(pixels(&copy).dimensions(), (variant.width, variant.height));
    }
}

#[test]
fn a_grey_picture_with_a_profile_is_not_offered_where_the_profile_has_no_room() {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"GRAY");
    profile.extend(b"dot gain 20%");
    let plain = encoded(DynamicImage::from(quarters(700, 40)).into_luma8(), ImageFormat::Jpeg);
    let icc = segment(0xE2, &[&b"ICC_PROFILE\0\x01\x01"[..], &profile].concat());
    let picture = Picture::decode(&[&plain[..2], &icc, &plain[2..]].concat()).expect("it can be decoded");
    let variants = picture.header().variants();
    assert_eq!(variants.iter().map(|variant| variant.format).collect::<Vec<_>>(), [Format::Jpeg; 2]);
    for variant in variants {
        let copy = picture.encode(&variant).expect("it can be encoded");
        assert!(copy.windows(12).any(|window| window == b"dot gain 20%"));
        assert!(header(&copy).grey_profile);
    }
    assert!(!header(&plain).grey_profile);
}

#[test]
fn all_eight_orientations_are_turned_upright() {
    let (red, green, blue, white) = ([255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]);
    // The corners as they must be seen: top left, top right, bottom left, bottom right (Exif 2.32, 4.6.4 A).
    let seen = [
        [red, green, blue, white],
        [green, red, white, blue],
        [white, blue, green, red],
        [blue, white, red, green],
        [red, blue, green, white],
        [blue, red, white, green],
        [white, green, blue, red],
        [green, white, red, blue],
    ];
    for (number, corners) in (1..).zip(seen) {
        let picture = Picture::decode(&from_a_phone(number)).expect("it can be decoded");
        let size = if number < 5 { (64, 32) } else { (32, 64) };
        assert_eq!((picture.header().width, picture.header().height), size, "orientation {number}");
        for variant in picture.header().variants() {
            let copy = picture.encode(&variant).expect("it can be encoded");
            assert_eq!(header(&copy).orientation, Orientation::UPRIGHT, "it is turned once");
            let image = pixels(&copy);
            assert_eq!(image.dimensions(), size, "orientation {number}");
            let (right, bottom) = (size.0 - 4, size.1 - 4);
            for ((x, y), colour) in [(3, 3), (right, 3), (3, bottom), (right, bottom)].into_iter().zip(corners) {
                let found = image.get_pixel(x, y).0;
                let near = (0..3).all(|channel| found[channel].abs_diff(colour[channel]) < 40);
                assert!(near, "orientation {number}, {variant:?}: {found:?} at {x}, {y} instead of {colour:?}");
            }
        }
    }
}

#[test]
fn no_copy_is_larger_than_the_picture_or_than_webp_can_be() {
    let widths = |width, height| {
        let header = Header::new(Format::Jpeg, (width, height), Orientation::UPRIGHT).expect("it has a size");
        let variants = header.variants();
        assert!(variants.iter().all(|variant| variant.width <= width && variant.height <= height.max(1)));
        assert!(variants.iter().all(|variant| variant.height <= 16_383 && variant.height > 0));
        variants.iter().filter(|variant| variant.format == Format::WebP).map(|v| v.width).collect::<Vec<_>>()
    };
    assert_eq!(widths(4000, 3000), [480, 960, 1600]);
    assert_eq!(widths(1600, 1200), [480, 960, 1600]);
    assert_eq!(widths(1000, 1000), [480, 1000], "960 is too near to 1000");
    assert_eq!(widths(300, 200), [300]);
    assert_eq!(widths(1, 1), [1]);
    assert_eq!(widths(65_535, 1), [480, 960, 1600]);
    assert_eq!(widths(1000, 60_000), [273], "the height decides");
}

#[test]
fn copies_can_be_decoded_and_look_like_the_picture() {
    let transparent = RgbaImage::from_fn(700, 500, |x, _| Rgba([200, 30, 60, if x < 350 { 0 } else { 255 }]));
    let grey = DynamicImage::from(quarters(700, 500)).into_luma8();
    let shaded = DynamicImage::from(transparent.clone()).into_luma_alpha8();
    let originals = [
        jpeg(700, 500),
        encoded(quarters(700, 500), ImageFormat::Png),
        encoded(quarters(700, 500), ImageFormat::WebP),
        encoded(transparent, ImageFormat::Png),
        encoded(grey, ImageFormat::Jpeg),
        encoded(shaded, ImageFormat::Png),
        encoded(DynamicImage::from(quarters(700, 500)).into_rgb16(), ImageFormat::Png),
    ];
    for original in originals {
        let picture = Picture::decode(&original).expect("it can be decoded");
        for variant in picture.header().variants() {
            let copy = picture.encode(&variant).expect("it can be encoded");
            assert_eq!(Format::of(&copy), Some(variant.format));
            let (large, small) = (pixels(&original), pixels(&copy));
            assert_eq!(small.dimensions(), (variant.width, variant.height));
            for (x, y) in [(10, 10), (690, 10), (10, 490), (690, 490)] {
                let scaled = (x * variant.width / 700, y * variant.height / 500);
                let (a, b) = (large.get_pixel(x, y).0, small.get_pixel(scaled.0, scaled.1).0);
                let near = a[3].abs_diff(b[3]) < 3 && (a[3] == 0 || (0..3).all(|c| a[c].abs_diff(b[c]) < 12));
                assert!(near, "{variant:?} at {x}, {y}: {a:?} became {b:?}");
            }
        }
    }
}

#[test]
fn what_is_no_still_picture_for_screens_is_refused() {
    let refusal = |bytes: &[u8]| Picture::decode(bytes).err();
    let four_inks = {
        let mut bytes = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
        encoder.encode(&[0; 4 * 64], 8, 8, jpeg_encoder::ColorType::Cmyk).expect("it can be encoded");
        bytes
    };
    assert_eq!(refusal(&four_inks), Some(Refusal::Cmyk));
    let png = encoded(quarters(8, 8), ImageFormat::Png);
    let moving = [&png[..33], &png_chunk(b"acTL", &[0; 8]), &png[33..]].concat();
    assert_eq!(refusal(&moving), Some(Refusal::Animated));
    let whole = jpeg(64, 32);
    assert!(matches!(refusal(&whole[..whole.len() - 2]), Some(Refusal::Broken(_))));
    assert!(matches!(refusal(b"\xFF\xD8\xFF"), Some(Refusal::Broken(_))));
    assert_eq!(stripped(b"%PDF-1.4"), Ok(None));
}

#[test]
fn a_file_that_is_cut_or_spoilt_anywhere_breaks_nothing() {
    let originals =
        [from_a_phone(3), encoded(quarters(9, 7), ImageFormat::Png), encoded(quarters(9, 7), ImageFormat::WebP)];
    for original in originals {
        for at in 0..original.len() {
            let _ = inspect(Cursor::new(&original[..at])).expect("memory can be read");
            let _ = stripped(&original[..at]);
            let mut spoilt = original.clone();
            spoilt[at] ^= 0xFF;
            let _ = inspect(Cursor::new(&spoilt)).expect("memory can be read");
            if let Ok(Some(copy)) = stripped(&spoilt) {
                assert!(stripped(&copy).is_ok(), "what is written can be read, with byte {at} spoilt");
            }
        }
        for at in (0..original.len()).step_by(7) {
            let mut spoilt = original.clone();
            spoilt[at] ^= 0x55;
            if let Ok(picture) = Picture::decode(&spoilt) {
                let variant = Variant { width: 3, height: 3, format: Format::WebP };
                let _ = picture.encode(&variant);
            }
        }
    }
}
