//! Addresses of licences, by their SPDX identifiers.

/// Returns the address of a Creative Commons licence, by its SPDX identifier; `None` for other licences.
#[must_use]
pub(crate) fn licence_url(spdx: &str) -> Option<String> {
    if spdx == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let rest = spdx.strip_prefix("CC-")?;
    let (terms, version) = rest.rsplit_once('-')?;
    let known = matches!(terms, "BY" | "BY-SA" | "BY-NC" | "BY-ND" | "BY-NC-SA" | "BY-NC-ND");
    let known = known && matches!(version, "4.0" | "3.0" | "2.5" | "2.0");
    known.then(|| format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase()))
}
