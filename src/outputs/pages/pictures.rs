//! Pictures of entries: the copies that are written, and how pages show them.

use tera::Value;

use crate::outputs::values::object;
use crate::pictures::{Format, Variant};
use crate::timeline::{Entry, Media};

/// Returns the pictures of an entry. `root` is the relative path from the page's folder to the site's root.
pub(super) fn values(entry: &Entry, root: &str) -> Value {
    Value::from(entry.media.iter().map(|media| value(media, root)).collect::<Vec<_>>())
}

fn value(media: &Media, root: &str) -> Value {
    let variants = media.header.variants();
    let of = |format: Format| variants.iter().filter(move |variant| variant.format == format);
    let address = |variant: &Variant| format!("{root}{}", media.copy(variant).url());
    let srcset = |format: Format| {
        let files: Vec<String> = of(format).map(|variant| format!("{} {}w", address(variant), variant.width)).collect();
        Value::safe_string(&files.join(", "))
    };
    let source = |format: Format| object! { "type": format.media_type(), "srcset": srcset(format) };
    let is_other = media.header.format != Format::WebP && variants.iter().any(|variant| variant.format == Format::WebP);
    let formats = if is_other { vec![Format::WebP] } else { vec![] };
    // Browsers without support for `srcset` show the largest copy in the picture's own format.
    let src = of(media.header.format).next_back().map(address).unwrap_or_default();
    object! {
        "alt": media.alt.as_str(),
        "caption": media.caption.as_deref(),
        "credit": media.credit.as_deref(),
        "licence": media.licence.as_deref(),
        "width": media.header.width,
        "height": media.header.height,
        "sources": formats.into_iter().map(source).collect::<Vec<_>>(),
        "srcset": srcset(media.header.format),
        "src": Value::safe_string(&src),
    }
}
