//! What a file is by its first bytes, whatever its name says.
//!
//! Bytes in, an answer out, and reports on the wrong types. `pictures/` parses the pictures themselves; this room recognises
//! what is there instead by mistake: pages that a server sent, and pointers that version control left.

use crate::diagnostic::{Code, Problems};
use crate::source_path::SourcePath;

/// How many bytes from the beginning of a file are needed to tell its type.
pub(crate) const BEGINNING: usize = 1024;

/// What a file's first bytes show it to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileType {
    /// An empty file.
    Empty,
    /// The few lines that Git LFS stores instead of a file.
    LfsPointer,
    /// The path that git-annex stores instead of a file.
    AnnexPointer,
    /// JPEG.
    Jpeg,
    /// PNG, including animated PNG.
    Png,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// AVIF.
    Avif,
    /// HEIF and HEIC.
    Heif,
    /// TIFF, and cameras' raw formats that are based on it.
    Tiff,
    /// BMP.
    Bmp,
    /// A Windows icon or cursor.
    Ico,
    /// JPEG XL.
    Jxl,
    /// SVG.
    Svg,
    /// An HTML page.
    Html,
    /// Other XML, or a drawing whose beginning is longer than [`BEGINNING`].
    Xml,
    /// PDF.
    Pdf,
    /// A ZIP archive, which includes office documents.
    Zip,
    /// Text.
    Text,
    /// None of these.
    Other,
}

use FileType::{
    AnnexPointer, Avif, Bmp, Empty, Gif, Heif, Html, Ico, Jpeg, Jxl, LfsPointer, Other, Pdf, Png, Svg, Text, Tiff,
    WebP, Xml, Zip,
};

impl FileType {
    /// Recognises a file by its first bytes, of which [`BEGINNING`] are enough.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [] => Empty,
            [0xFF, 0xD8, 0xFF, ..] => Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => WebP,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Gif,
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => Avif,
            [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', ..]
            | [_, _, _, _, b'f', b't', b'y', b'p', b'm', b'i', b'f', ..] => Heif,
            [b'I', b'I', 0x2A | 0x2B, 0, ..] | [b'M', b'M', 0, 0x2A | 0x2B, ..] => Tiff,
            [0, 0, 1 | 2, 0, ..] => Ico,
            [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Jxl,
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Bmp,
            [b'P', b'K', 3, 4, ..] => Zip,
            _ => Self::of_text(bytes),
        }
    }

    fn of_text(bytes: &[u8]) -> Self {
        // PDF readers look for the mark in the first kilobyte.
        if memchr::memmem::find(bytes, b"%PDF-").is_some_and(|at| at == 0 || at < BEGINNING - 5 && !is_text(bytes)) {
            return Pdf;
        }
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        // Browsers recognise a page by its first tag, whatever its encoding is and whatever else is in it.
        if !is_text(bytes) && !text.starts_with('<') {
            return Other;
        }
        let lower = text.to_ascii_lowercase();
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| lower.starts_with(beginning));
        let is_lfs = begins(&["version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/"]);
        if is_lfs && lower.contains("\noid ") {
            LfsPointer
        } else if begins(&["/annex/objects/"]) {
            AnnexPointer
        } else if begins(&["<!doctype html"]) || begins_with_tag(&lower) || lower.contains("<html") {
            Html
        } else if begins(&["<svg"]) || (begins(&["<"]) && lower.contains("<svg")) {
            Svg
        } else if begins(&["<?xml", "<!--", "<!doctype"]) {
            Xml
        } else if is_text(bytes) {
            Text
        } else {
            Other
        }
    }

    /// Returns the type that a file's extension stands for, if it is one that is checked: a picture or a PDF.
    #[must_use]
    pub fn promised(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "jpe" | "jfif" => Jpeg,
            "png" | "apng" => Png,
            "webp" => WebP,
            "gif" => Gif,
            "avif" => Avif,
            "heic" | "heif" => Heif,
            "tif" | "tiff" => Tiff,
            "bmp" => Bmp,
            "ico" | "cur" => Ico,
            "jxl" => Jxl,
            "svg" => Svg,
            "pdf" => Pdf,
            _ => return None,
        })
    }

    /// Returns whether a file of this type may have a name that promises the other type.
    #[must_use]
    pub fn keeps(self, promised: Self) -> bool {
        self == promised
            || match promised {
                // Browsers accept any of these as a site's icon, and programs write PNG under this name.
                Ico => matches!(self, Png | Bmp | Svg),
                // A drawing may begin with a long comment.
                Svg => self == Xml,
                Heif => self == Avif,
                _ => false,
            }
    }

    /// Returns whether it is a picture, whether browsers show the format or not.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        self.is_shown() || matches!(self, Heif | Tiff | Jxl)
    }

    /// Returns whether browsers show it as a picture in a page.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Jpeg | Png | WebP | Gif | Avif | Bmp | Ico | Svg)
    }

    /// Returns the type in words, with its article: `an HTML page`.
    #[must_use]
    pub const fn one(self) -> &'static str {
        match self {
            Empty => "an empty file",
            LfsPointer => "a pointer of Git LFS",
            AnnexPointer => "a pointer of git-annex",
            Jpeg => "a JPEG picture",
            Png => "a PNG picture",
            WebP => "a WebP picture",
            Gif => "a GIF picture",
            Avif => "an AVIF picture",
            Heif => "a HEIF picture",
            Tiff => "a TIFF picture",
            Bmp => "a BMP picture",
            Ico => "an icon",
            Jxl => "a JPEG XL picture",
            Svg => "an SVG drawing",
            Html => "an HTML page",
            Xml => "an XML file",
            Pdf => "a PDF file",
            Zip => "a ZIP archive",
            Text => "plain text",
            Other => "a file of another kind",
        }
    }

    /// Returns the usual extension, without the dot, if there is one.
    #[must_use]
    pub const fn ending(self) -> Option<&'static str> {
        Some(match self {
            Jpeg => "jpg",
            Png => "png",
            WebP => "webp",
            Gif => "gif",
            Avif => "avif",
            Heif => "heic",
            Tiff => "tif",
            Bmp => "bmp",
            Ico => "ico",
            Jxl => "jxl",
            Svg => "svg",
            Html => "html",
            Xml => "xml",
            Pdf => "pdf",
            Zip => "zip",
            Text => "txt",
            Empty | LfsPointer | AnnexPointer | Other => return None,
        })
    }
}

/// What is wrong with a file, as the parts of a report that can be made at any place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong, in words that follow the file's name: `is only a pointer …`.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Flaw {
    fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }

    /// Reports the flaw on the file as a whole.
    pub(crate) fn report(&self, file: &SourcePath, problems: &mut Problems) {
        problems.report(self.code, file, format!("the file {}", self.message)).help(&self.help);
    }
}

/// Returns the flaw of a file that is only a pointer of version control.
#[must_use]
pub(crate) fn unfetched(found: FileType) -> Option<Flaw> {
    let (name, help) = match found {
        LfsPointer => ("Git LFS", "fetch the file itself: git lfs pull"),
        AnnexPointer => ("git-annex", "fetch the file itself: git annex get"),
        _ => return None,
    };
    Some(Flaw::new(Code::UnfetchedFile, format!("is only a pointer of {name}, not the file that it points to"), help))
}

/// Returns the flaw of a file without contents of its own: one that is empty or only a pointer.
#[must_use]
pub(crate) fn missing(found: FileType) -> Option<Flaw> {
    let empty =
        || Flaw::new(Code::EmptyFile, "is empty", "put the file itself there; a copy or a download may have failed");
    unfetched(found).or_else(|| (found == Empty).then(empty))
}

/// Returns the flaw of a file whose contents do not match its extension. Only pictures and PDF files are checked.
#[must_use]
pub(crate) fn misnamed(path: &str, found: FileType) -> Option<Flaw> {
    let promised = FileType::promised(path).filter(|promised| !found.keeps(*promised))?;
    if let Some(missing) = missing(found) {
        return Some(missing);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (is, says) = (found.one(), promised.one());
    let help = match (found, found.ending()) {
        (Html, _) => "a server sent a page instead: download the file itself".to_owned(),
        (_, Some(ending)) => format!("rename it to `{stem}.{ending}`"),
        (_, None) => format!("save it as {says}, or give it another extension"),
    };
    Some(Flaw::new(Code::MisnamedFile, format!("is {is}, but its name says {says}"), help))
}

/// Returns the flaw of a file that a page shows as a picture, but that browsers cannot show. If its name is not that of a
/// picture either, the help is to link to it.
#[must_use]
pub(crate) fn not_shown(path: &str, found: FileType) -> Flaw {
    let problem = no_picture(found);
    let is_named = FileType::promised(path).is_some_and(FileType::is_picture);
    if is_named { problem } else { Flaw { help: "link to it, without the `!`: [words](…)".to_owned(), ..problem } }
}

/// Returns the flaw of a file that is used as a picture, but is not one that most browsers show.
#[must_use]
pub(crate) fn no_picture(found: FileType) -> Flaw {
    let (message, help) = match found {
        Html => ("is not a picture: it is an HTML page", "a server sent a page instead: download the picture itself"),
        Heif | Tiff | Jxl => {
            let message = format!("is {}, which most browsers do not show", found.one());
            return Flaw::new(Code::UnreadablePicture, message, "save it as JPEG, PNG or WebP");
        }
        Other => ("is not a picture format that annals or browsers support", "save it again as JPEG, PNG or WebP"),
        _ => {
            let message = format!("is not a picture: it is {}", found.one());
            return Flaw::new(Code::UnreadablePicture, message, "put the picture itself there: JPEG, PNG or WebP");
        }
    };
    Flaw::new(Code::UnreadablePicture, message, help)
}

/// Endings of file types that browsers may run script from.
const ACTIVE: &[&str] =
    &["htm", "html", "xhtml", "xht", "svg", "xml", "js", "mjs", "css", "swf", "shtml", "mht", "mhtml"];
/// Endings for which hosts send a type that no browser runs script from, whatever the bytes are. Pictures and PDF files, of
/// which the same is true, are known by [`FileType::promised`].
const INERT: &[&str] = &[
    "txt", "text", "md", "csv", "tsv", "json", "geojson", "zip", "gz", "xz", "7z", "docx", "xlsx", "pptx", "odt",
    "ods", "odp", "rtf", "epub", "mp3", "ogg", "opus", "wav", "m4a", "flac", "mp4", "webm", "ogv", "mov", "vtt", "srt",
    "ics", "bib",
];

/// Returns whether browsers may run scripts in a file: by its extension or, where hosts do not know the extension or there is
/// none, by its first bytes, as browsers then guess the type.
#[must_use]
pub(crate) fn is_active(path: &str, found: FileType) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    let is_guessed = !INERT.contains(&ending.as_str()) && FileType::promised(path).is_none();
    ACTIVE.contains(&ending.as_str()) || (is_guessed && matches!(found, Html | Svg | Xml))
}

/// Returns whether a text in lower case begins with one of the tags by which browsers recognise a page of unknown type (WHATWG
/// MIME Sniffing, section 7.1).
fn begins_with_tag(lower: &str) -> bool {
    const TAGS: &[&str] = &[
        "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "body", "br", "p",
    ];
    let Some(rest) = lower.strip_prefix('<') else { return false };
    let tag = |tag: &&str| rest.strip_prefix(*tag).is_some_and(|after| after.starts_with([' ', '>', '\n', '\t', '\r']));
    TAGS.iter().any(tag)
}

/// Returns whether bytes are UTF-8 without the binary data bytes of WHATWG MIME Sniffing; the last character may be cut off.
fn is_text(bytes: &[u8]) -> bool {
    let whole = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    whole && !bytes.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
}

#[cfg(test)]
mod tests {
    use super::FileType;

    #[test]
    fn bytes_decide() {
        let lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
        for (bytes, expected) in [
            (&b""[..], FileType::Empty),
            (lfs.as_bytes(), FileType::LfsPointer),
            (b"/annex/objects/SHA256E-s10--ab.jpg\n", FileType::AnnexPointer),
            (b"GIF89a\x01\0", FileType::Gif),
            (b"\0\0\0\x20ftypavif", FileType::Avif),
            (b"\0\0\0\x20ftypheic", FileType::Heif),
            (b"\n<!DOCTYPE html><title>Log in</title>", FileType::Html),
            (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"x\">", FileType::Svg),
            (b"<!-- long -->", FileType::Xml),
            (b"%PDF-1.7\n%\xE2\xE3", FileType::Pdf),
            (b"<P>Words</P>", FileType::Html),
            (b"<TITLE\n>caf\xE9", FileType::Html),
            (b"<script>\x01</script>", FileType::Html),
            (b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>caf\xE9</a>", FileType::Xml),
            (b"<a.b@example.org> wrote", FileType::Text),
            (b"<\x01\x02", FileType::Other),
            ("Grüße".as_bytes(), FileType::Text),
            (&"Grüße".as_bytes()[..3], FileType::Text),
            (b"\0\x01\x02\x03\x04\x05\x06\x07", FileType::Other),
        ] {
            assert_eq!(FileType::of(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
