//! Media types of files, by extension, ignoring case.

/// Returns the media type of a file, for the header `Content-Type`. A file with an unknown extension counts as binary data.
pub(super) fn of(name: &str) -> &'static str {
    let ending = name.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "geojson" => "application/geo+json",
        "ndjson" | "jsonl" => "application/x-ndjson",
        "webmanifest" => "application/manifest+json",
        "xml" | "gexf" => "application/xml",
        "svg" => "image/svg+xml",
        "png" | "apng" => "image/png",
        "jpg" | "jpeg" | "jpe" | "jfif" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "heic" => "image/heic",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "jxl" => "image/jxl",
        "ico" => "image/x-icon",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "vtt" => "text/vtt; charset=utf-8",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" | "tgz" => "application/gzip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "epub" => "application/epub+zip",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "wasm" => "application/wasm",
        "txt" | "text" | "ftl" | "md" | "cff" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "bib" => "text/x-bibtex; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_case_of_an_ending_does_not_matter() {
        assert_eq!(of("img/Photo.JPG"), "image/jpeg");
        assert_eq!(of("Logo.SVG"), "image/svg+xml");
        assert_eq!(of("a.b/plain"), "application/octet-stream");
        assert_eq!(of("data/events.NDJSON"), "application/x-ndjson");
    }

    #[test]
    fn every_file_that_annals_makes_has_a_type() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/forms/site");
        let today = crate::date::Day { year: 2026, month: 1, day: 1 };
        let publication = crate::resolve::Publication { drafts: false, future: false, today };
        let options = crate::build::Options {
            goal: crate::content::Goal::Site,
            publication,
            base_url: None,
            preview: false,
            commit: None,
            cache: true,
        };
        let prepared = crate::build::prepare(&root, &options, &mut crate::build::Timings::default());
        for output in prepared.expect("the golden site can be read").outputs {
            assert_ne!(of(output.path.as_str()), "application/octet-stream", "{}", output.path);
        }
    }
}
