//! Pictures: what readers get, and what nobody gets.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;

use crate::common::{Site, annals, files, run};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

const CANARY: &str = "canary-59.9139N-10.7522E";
const CACHE: &str = ".cache/annals/pictures";

pub(crate) fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, ((x / 9 + y / 7) % 2 * 200) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, format).expect("the picture can be written");
    bytes.into_inner()
}

/// A JPEG as a phone writes it: Exif with an orientation and a place, XMP, Photoshop data, a comment, and bytes after its end.
fn from_a_phone(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let segment = |marker: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).expect("it is short").to_be_bytes();
        [&[0xFF, marker], &length[..], data].concat()
    };
    // Big-endian TIFF: a directory of two entries, the orientation and the place of the GPS directory (tag 0x8825).
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    exif.extend(CANARY.as_bytes());
    let plain = encoded(width, height, ImageFormat::Jpeg);
    [
        &plain[..2],
        &segment(0xE1, &exif),
        &segment(0xE1, format!("http://ns.adobe.com/xap/1.0/\0<x>{CANARY}</x>").as_bytes()),
        &segment(0xED, format!("Photoshop 3.0\0{CANARY}").as_bytes()),
        &segment(0xFE, CANARY.as_bytes()),
        &plain[2..],
        CANARY.as_bytes(),
    ]
    .concat()
}

const MEDIA: &str = r#"[[media]]
file = "Round table.jpg"
alt = "A \"round\" table."
caption = "The second day."
credit = "Somebody"
licence = "CC0-1.0"
"#;

fn site_with_picture() -> Site {
    Site::new()
        .event("e", "2017-11-20", MEDIA)
        .file("content/events/Round table.jpg", encoded(700, 400, ImageFormat::Jpeg))
}

/// The addresses in `src` and `srcset` of a page, as paths of the site.
fn pictures_of(page: &str, root: &str) -> BTreeSet<String> {
    let values = |name: &str| {
        let parts: Vec<String> = page.split(&format!(" {name}=\"")).skip(1).map(str::to_owned).collect();
        parts.into_iter().map(|part| part.split('"').next().unwrap_or_default().to_owned())
    };
    let of_sets = values("srcset").flat_map(|set| set.split(", ").map(str::to_owned).collect::<Vec<_>>());
    let addresses = of_sets.filter_map(|item| item.split(' ').next().map(str::to_owned)).chain(values("src"));
    let inside = addresses.map(|address| address.strip_prefix(root).expect("it is relative").to_owned());
    // Scripts have a `src` too.
    inside.filter(|path| !path.starts_with("assets/")).collect()
}

#[test]
fn a_page_shows_its_picture_in_sizes_and_formats_that_are_there() {
    let site = site_with_picture();
    site.build();
    let page = site.page("events/e.html");
    for part in [
        "<source type=\"image/webp\" srcset=\"../media/events/e/round-table-480.webp 480w, ../media/events/e/round-table-700.webp 700w\" sizes=",
        "<img src=\"../media/events/e/round-table-700.jpg\" srcset=\"../media/events/e/round-table-480.jpg 480w, ../media/events/e/round-table-700.jpg 700w\"",
        "width=\"700\" height=\"400\" alt=\"A &quot;round&quot; table.\" loading=\"lazy\" decoding=\"async\"",
        "The second day.",
        "Somebody",
        "CC0-1.0",
    ] {
        assert!(page.contains(part), "the page has no {part}:\n{page}");
    }
    let shown = pictures_of(&page, "../");
    let written: BTreeSet<String> =
        site.output().into_iter().map(|(path, _)| path).filter(|path| path.starts_with("media/")).collect();
    assert_eq!(shown, written, "everything that is shown is written, and nothing else");
    for path in &written {
        let bytes = fs::read(site.path("public").join(path)).expect("the copy is there");
        let image = image::load_from_memory(&bytes).expect("the copy can be decoded");
        let height = if path.contains("-480.") { 274 } else { 400 };
        assert_eq!(image.height(), height, "{path}");
    }
}

#[test]
fn every_kind_of_document_can_have_pictures() {
    let media = "[[media]]\nfile = \"../p.png\"\nalt = \"A picture.\"\n";
    let site = Site::new()
        .file("content/p.png", encoded(20, 10, ImageFormat::Png))
        .file("content/actors/x.md", format!("+++\nname = \"X\"\n{media}+++\n"))
        .file("content/places/x.md", format!("+++\nname = \"X\"\n{media}+++\n"))
        .file("content/processes/x.md", format!("+++\nname = \"X\"\n{media}+++\n"))
        .file("content/pages/x.md", format!("+++\ntitle = \"X\"\n{media}+++\n"))
        .event("x", "2017-11-20", &format!("actors = [\"x\"]\nplaces = [\"x\"]\n{media}"));
    assert_eq!(site.codes(), [""; 0]);
    site.build();
    for (folder, root) in [("actors", "../"), ("places", "../"), ("processes", "../"), ("events", "../"), ("pages", "")]
    {
        let page = if folder == "pages" { "x.html".to_owned() } else { format!("{folder}/x.html") };
        let shown = pictures_of(&site.page(&page), root);
        let expected = ["png", "webp"].map(|ending| format!("media/{folder}/x/p-20.{ending}"));
        assert_eq!(shown, expected.into_iter().collect(), "{page}");
    }
}

#[test]
fn no_picture_tells_where_it_was_taken() {
    let site = Site::new()
        .event("e", "2017-11-20", "[[media]]\nfile = \"a.jpg\"\nalt = \"A\"\n")
        .file("content/events/a.jpg", from_a_phone(80, 40, 6))
        .file(
            "content/pages/p.md",
            r#"+++
title = "P"
+++
![B](b.jpg) [C](c.jpeg) ![D](img/d.jpg)
"#,
        )
        .file("content/pages/b.jpg", from_a_phone(80, 40, 6))
        .file("content/pages/c.jpeg", from_a_phone(80, 40, 1))
        .file("static/img/d.jpg", from_a_phone(80, 40, 8))
        .file("static/no-ending", from_a_phone(80, 40, 1));
    site.build();
    let mut pictures = 0;
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(CANARY), "{path} tells where it was taken");
        let is_upright = path.starts_with("media/") || path == "pages/c.jpeg" || path == "no-ending";
        assert!(!(is_upright && text.contains("Exif")), "{path} has Exif without need");
        pictures += usize::from(bytes.starts_with(&[0xFF, 0xD8]));
    }
    assert_eq!(pictures, 5);
    // Browsers still rotate what they rotated before, and the page gives the size after rotation.
    assert_eq!(site.page("p.html").matches("width=\"40\" height=\"80\" alt=").count(), 2, "{}", site.page("p.html"));
    assert!(site.page("events/e.html").contains("width=\"40\" height=\"80\""));
    for name in ["pages/b.jpg", "img/d.jpg"] {
        let bytes = fs::read(site.path("public").join(name)).expect("it was copied");
        assert!(String::from_utf8_lossy(&bytes).contains("Exif"), "{name} lost its orientation");
    }
}

#[test]
fn a_picture_in_the_text_is_shown_under_every_setting_for_raw_html() {
    for (setting, html) in [("deny", ""), ("sanitise", "<b>x</b> "), ("allow", "<b>x</b> ")] {
        let site = Site::new()
            .file("site.toml", format!("title = \"T\"\n[markdown]\nraw_html = \"{setting}\"\n"))
            .file(
                "content/pages/p.md",
                format!(
                    r#"+++
title = "P"
+++
{html}![A](a.png)
"#
                ),
            )
            .file("content/pages/a.png", encoded(20, 10, ImageFormat::Png));
        site.build();
        let page = site.page("p.html");
        assert!(page.contains("src=\"pages/a.png\"") && page.contains("alt=\"A\""), "{setting}: {page}");
        assert!(!page.contains('\u{1}'), "{setting}: {page}");
        // The sanitiser drops the attributes, but the picture is still shown.
        let has_size = page.contains("width=\"20\" height=\"10\"");
        assert_eq!(has_size, setting != "sanitise", "{setting}: {page}");
    }
}

#[test]
fn an_unchanged_picture_is_taken_from_the_cache() {
    let site = site_with_picture();
    site.build();
    let kept = files(&site.path(CACHE));
    assert_eq!(kept.len(), 4);
    assert_eq!(fs::read_to_string(site.path(".cache/annals/.gitignore")).expect("the file is there"), "*\n");
    // A mark in each kept copy: if it appears in the site, the copy was not made again.
    for (name, bytes) in &kept {
        site.write(&format!("{CACHE}/{name}"), [bytes.as_slice(), b"mark"].concat());
    }
    fs::remove_dir_all(site.path("public")).expect("the site can be deleted");
    site.build();
    for (path, bytes) in site.output().iter().filter(|(path, _)| path.starts_with("media/")) {
        assert!(bytes.ends_with(b"mark"), "{path} was made again");
    }
    // Another picture with the same name is a different picture, and the old copies are removed.
    site.write("content/events/Round table.jpg", encoded(700, 401, ImageFormat::Jpeg));
    site.build();
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>();
    let now = files(&site.path(CACHE));
    assert_eq!(now.len(), 4);
    assert!(names(&now).is_disjoint(&names(&kept)));
    assert!(site.output().iter().all(|(_, bytes)| !bytes.ends_with(b"mark")));
}

#[test]
fn a_cache_that_cannot_be_used_or_holds_rubbish_does_no_harm() {
    let site = site_with_picture();
    site.build();
    let right = site.output();
    for (name, _) in files(&site.path(CACHE)) {
        site.write(&format!("{CACHE}/{name}"), "");
    }
    site.build();
    assert!(site.output() == right, "an empty copy was taken for one");
    fs::remove_dir_all(site.path(".cache")).expect("the cache can be deleted");
    site.write(".cache", "no folder");
    fs::remove_dir_all(site.path("public")).expect("the site can be deleted");
    site.build();
    assert!(site.output() == right);
}

#[cfg(unix)]
#[test]
fn the_cache_is_never_written_through_a_link() {
    let outside = Site::empty();
    let site = site_with_picture();
    std::os::unix::fs::symlink(outside.root(), site.path(".cache")).expect("links can be made");
    site.build();
    assert_eq!(files(outside.root()).len(), 0);
}

#[test]
fn a_check_and_a_refused_build_make_no_copies() {
    let site = site_with_picture().file(
        "content/pages/p.md",
        r#"+++
title = "P"
+++
[x](gone.pdf)
"#,
    );
    assert_eq!(site.codes(), ["missing-file"]);
    assert_eq!(site.run(&["build"]).code, 1);
    assert!(!site.path(".cache").exists());
}

#[test]
fn a_picture_that_breaks_off_is_an_error_of_the_content() {
    let whole = encoded(60, 40, ImageFormat::Jpeg);
    let cut = &whole[..whole.len() * 3 / 4];
    let in_media = Site::new()
        .event("e", "2017-11-20", "[[media]]\nfile = \"a.jpg\"\nalt = \"A\"\n")
        .file("content/events/a.jpg", cut);
    let copied = Site::new().event("e", "2017-11-20", "").file("static/a.jpg", cut);
    for (site, file) in [(in_media, "content/events/a.jpg"), (copied, "static/a.jpg")] {
        assert_eq!(site.codes(), [""; 0], "the beginning is whole");
        let run = site.run(&["build"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.contains("error[unreadable-picture]") && run.stderr.contains(file), "{}", run.stderr);
        assert_eq!(run.stderr.matches("unreadable-picture").count(), 1, "{}", run.stderr);
        assert!(!site.path("public").exists());
    }
}

#[test]
fn pictures_of_what_is_not_published_are_in_no_output() {
    for line in ["draft = true", "embargo = 2999-01-01", "retracted = \"Wrong.\""] {
        let site = Site::new()
            .event(
                "e",
                "2017-11-20",
                &format!(
                    r#"{line}
[[media]]
file = "secret.png"
alt = "S"
"#
                ),
            )
            .file("content/events/secret.png", encoded(20, 10, ImageFormat::Png))
            .event("f", "2017-11-20", "");
        assert_eq!(site.codes(), [""; 0], "{line}: the file is not stray");
        site.build();
        let found: Vec<_> = site.output().into_iter().filter(|(path, _)| path.contains("secret")).collect();
        assert_eq!(found.len(), 0, "{line}");
        assert!(!site.path(CACHE).exists(), "{line}: it was not even decoded");
    }
}

#[test]
fn names_that_would_meet_are_kept_apart() {
    let media = |file: &str| format!("[[media]]\nfile = \"{file}\"\nalt = \"A\"\n");
    let png = encoded(20, 10, ImageFormat::Png);
    let all = ["a.png", "A.jpg", "sub/a.png", "a-2.png"].map(media).concat();
    let site = Site::new()
        .event("e", "2017-11-20", &all)
        .file("content/events/a.png", &png)
        .file("content/events/A.jpg", encoded(20, 10, ImageFormat::Jpeg))
        .file("content/events/sub/a.png", &png)
        .file("content/events/a-2.png", &png);
    assert_eq!(site.codes(), [""; 0]);
    site.build();
    assert_eq!(pictures_of(&site.page("events/e.html"), "../").len(), 8);
    let taken = site.file("static/media/events/e/a-20.webp", "mine");
    assert_eq!(taken.codes(), ["output-collision"]);
}

#[test]
fn pictures_are_the_same_whatever_the_number_of_threads() {
    let site = site_with_picture()
        .event("f", "2017-11-21", "[[media]]\nfile = \"b.png\"\nalt = \"B\"\n")
        .file("content/events/b.png", encoded(600, 300, ImageFormat::Png));
    let outputs = ["1", "5"].map(|threads| {
        let _ = fs::remove_dir_all(site.path(".cache"));
        let target = site.path(&format!("out-{threads}"));
        let mut command = annals();
        command.env("RAYON_NUM_THREADS", threads).arg("build").arg("--root").arg(site.root());
        assert_eq!(run(command.arg("--output").arg(&target)).code, 0);
        files(&target)
    });
    assert!(outputs[0].iter().any(|(path, _)| path.ends_with(".webp")));
    assert!(outputs[0] == outputs[1]);
}
