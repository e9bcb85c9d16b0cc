//! What the preview adds to a page: a script that follows the site's state, and the style of the report over the page.

/// The path of the preview's own files. It cannot clash with a page, because ids do not begin with a dot.
pub(super) const PREFIX: &str = "/.annals/";

/// The script that follows the site's state and updates the page.
pub(super) const SCRIPT: &str = include_str!("preview.js");
/// The style sheet of the report.
pub(super) const STYLE: &str = include_str!("preview.css");

/// Adds the preview's script to a page that was made in state `version`.
pub(super) fn with_preview(html: &str, version: u64) -> String {
    let added = format!(
        "<link rel=\"stylesheet\" href=\"{PREFIX}preview.css\">\n<script src=\"{PREFIX}preview.js\" data-version=\"{version}\" defer></script>\n</head>"
    );
    html.replacen("</head>", &added, 1)
}

/// Returns a page with only the report, because there is no site to show yet.
pub(super) fn only_report(version: u64) -> String {
    page("", version)
}

/// Returns a page with only a text.
pub(super) fn of_text(text: &str, version: u64) -> String {
    page(&format!("<pre>{}</pre>\n", crate::markup::escaped(text)), version)
}

fn page(body: &str, version: u64) -> String {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>annals</title>\n</head>\n<body>\n{body}</body>\n</html>\n"
    );
    with_preview(&page, version)
}
