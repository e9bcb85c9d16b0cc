//! Links and pictures in a text: which targets are allowed, and how they are written into HTML.

use std::borrow::Cow;
use std::fmt::Write as _;

use pulldown_cmark::{Event, LinkType};

use super::body::{Link, Target};
use super::contacts::{example_of, nearest_address, number_flaw};
use super::converter::{Converter, inline};
use super::text::slot;
use super::words::{shortened, visible};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fields::{mailbox_flaw, nearest_url, percent_encoded, web_url};
use crate::id::{self, Collection};
use crate::source_path::Folder;

impl Converter<'_> {
    pub(super) fn open_link(&mut self, url: &str, title: &str, link_type: LinkType, span: Span) {
        let url: Cow<'_, str> = match link_type {
            LinkType::Email => format!("mailto:{url}").into(),
            _ => url.into(),
        };
        let href = self.address(&url, &span, false);
        let mut tag = "<a".to_owned();
        if let Some(href) = href {
            tag.push_str(" href=\"");
            tag.push_str(&href);
            tag.push('"');
        }
        if matches!(scheme(url.trim()).as_deref(), Some("http" | "https")) {
            tag.push_str(r#" rel="external""#);
        }
        if !title.is_empty() {
            let _ = write!(tag, r#" title="{}""#, escaped(title));
        }
        tag.push('>');
        self.out.push(inline(tag));
    }

    pub(super) fn image(&mut self, url: &str, title: &str, alt: &str, span: Span) {
        if url.trim().starts_with("@/") {
            let help = format!("write a link: [words]({})", url.trim());
            self.refuse(&span, format!("`{url}` is a document, not a picture"), &help);
            return;
        }
        let Some(src) = self.address(url, &span, true) else { return };
        if alt.trim().is_empty() {
            let help = "describe the picture between the brackets, for readers who cannot see it: ![A handshake](…)";
            self.lacks_alt(url, &span, help.to_owned());
        }
        // A picture that is not refused is a file of the site, so its link is the last one.
        let size = slot::size(self.body.links.len().saturating_sub(1));
        let mut tag = format!(r#"<img src="{src}"{size} alt="{}" loading="lazy""#, escaped(alt));
        if !title.is_empty() {
            let _ = write!(tag, r#" title="{}""#, escaped(title));
        }
        tag.push('>');
        self.out.push(inline(tag));
    }

    /// Returns the value of `href` or `src`: an escaped address, or a slot. `None` if the address is refused, which is
    /// reported.
    fn address(&mut self, url: &str, span: &Span, picture: bool) -> Option<String> {
        let url = url.trim();
        self.links_seen += 1;
        if self.links_seen > self.markdown.settings.limits.links {
            self.report_too_many_links(span);
            return None;
        }
        if let Some(scheme) = scheme(url) {
            return self.outside_address(url, &scheme, span, picture);
        }
        if let Some((message, help)) = unreachable(url) {
            self.refuse(span, message, &help);
            return None;
        }
        if let Some(whole) = outside(url) {
            let message = format!("`{url}` is not the address of a file");
            self.report(Code::InvalidUrl, span.clone(), message).help(format!("write {whole}"));
            return None;
        }
        let (path, anchor) = match url.split_once('#') {
            Some((path, anchor)) => (path, Some(decoded(anchor))),
            None => (url, None),
        };
        let path = decoded(path.split('?').next().unwrap_or_default());
        if picture && path.is_empty() && anchor.is_some() {
            let message = format!("`{url}` is a place on the page, not a picture");
            self.refuse(span, message, &format!("write a link: [words]({url})"));
            return None;
        }
        let Some(target) = self.target(&path, picture) else {
            let help = inside_link(url).unwrap_or_else(|| "link to a file inside content/ or static/".to_owned());
            self.refuse(span, format!("`{url}` points outside the site"), &help);
            return None;
        };
        if path.is_empty() && anchor.as_deref().unwrap_or_default().is_empty() {
            let message = if picture { "the picture has no address" } else { "the link has no address" };
            self.report(Code::DeadLink, span.clone(), message).help("write an address between the parentheses");
            return None;
        }
        Some(self.inside(target, anchor, false, span))
    }

    /// Adds a link inside the site to the body, and returns the slot for its address.
    fn inside(&mut self, target: Target, anchor: Option<String>, is_by_words: bool, span: &Span) -> String {
        if !matches!(target, Target::Here) {
            self.support();
        }
        let span = self.in_file(span);
        self.body.links.push(Link { target, anchor, is_by_words, span, problem: None });
        slot::link(self.body.links.len() - 1)
    }

    /// Begins a link to a document by its id, `[[id]]` or `[[id|words]]`. Returns whether words from the text follow; if not,
    /// the link shows the document's title.
    pub(super) fn open_link_by_id(&mut self, written: &str, has_words: bool, span: Span) -> bool {
        // In a table the bar is escaped, because it would end the cell.
        let name = written.trim().trim_end_matches('\\').trim();
        if let Some(citation) = name.strip_prefix('^') {
            self.out.push(Event::Text("[".into()));
            self.citation(&id::normalise(citation), span);
            self.out.push(Event::Text("]".into()));
            return has_words;
        }
        if name == "_TOC_" {
            let help = "delete it: annals makes no table of contents".to_owned();
            self.report(Code::FailedMarkup, span, "`[[_TOC_]]` means nothing here").help(help);
            self.out.push(inline("<a>"));
            return has_words;
        }
        self.links_seen += 1;
        if self.links_seen > self.markdown.settings.limits.links {
            self.report_too_many_links(&span);
            self.out.push(inline("<a>"));
            return has_words;
        }
        let (name, anchor) = match name.split_once('#') {
            Some((name, anchor)) => (name.trim(), Some(id::normalise(anchor.trim()))),
            None => (name, None),
        };
        // Replaced by the title once that is known.
        let own = if name.is_empty() { written.trim().trim_start_matches('#') } else { name };
        let target = if name.is_empty() { Target::Here } else { by_id(name) };
        let address = self.inside(target, anchor, true, &span);
        let words = match has_words {
            true => String::new(),
            false => slot::words(self.body.links.len() - 1, &escaped(own)),
        };
        self.out.push(inline(format!(r#"<a href="{address}">{words}"#)));
        has_words
    }

    /// Shows `![[picture.jpg]]`, or reports something that annals cannot embed.
    pub(super) fn embed(&mut self, written: &str, alt: Option<&str>, span: Span) {
        let name = written.trim().trim_end_matches('\\').trim();
        let is_picture =
            ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg"].iter().any(|ending| has_ending(name, ending));
        if !is_picture {
            let message = format!("`![[{name}]]` cannot be embedded: annals embeds only pictures");
            self.refuse(&span, message, &format!("write a link: [[{name}]]"));
            return;
        }
        // `![[picture.jpg|300]]` gives the width, not an alt text.
        let is_size = |alt: &&str| alt.chars().all(|c| c.is_ascii_digit() || c == 'x');
        match alt.map(str::trim).filter(|alt| !is_size(alt)) {
            Some(alt) => self.image(name, "", alt, span),
            // The file is used nevertheless, and checked like others.
            None if self.address(name, &span, true).is_some() => {
                let address = if name.contains(' ') { format!("<{name}>") } else { name.to_owned() };
                let help = format!("describe the picture, for readers who cannot see it: ![A handshake]({address})");
                self.lacks_alt(name, &span, help);
            }
            None => {}
        }
    }

    /// Notes that the picture whose address was read just now has no alt text, which is reported if its file exists.
    fn lacks_alt(&mut self, url: &str, span: &Span, help: String) {
        let message = format!("the picture `{}` has no alt text", shortened(url));
        let span = self.in_file(span);
        let mut problem = Diagnostic::new(Code::MissingAlt, (self.markdown.file, span), message);
        problem.help(help);
        if let Some(link) = self.body.links.last_mut() {
            link.problem = Some(Box::new(problem));
        }
    }

    fn report_too_many_links(&mut self, span: &Span) {
        if !self.too_many_links {
            self.too_many_links = true;
            let limit = self.markdown.settings.limits.links;
            let message = format!("the text has more than {limit} links");
            self.report(Code::TooManyLinks, span.clone(), message)
                .help("split the entry, or raise `links` under [limits] in site.toml");
        }
    }

    fn outside_address(&mut self, url: &str, scheme: &str, span: &Span, picture: bool) -> Option<String> {
        if picture {
            let help =
                "put the picture beside the entry or into static/; pages must not load anything from other hosts";
            let message = match scheme {
                "http" | "https" => format!("the picture `{}` is on another host", shortened(url)),
                _ => format!("a picture is a file of the site, not a `{scheme}:` address"),
            };
            self.refuse(span, message, help);
            return None;
        }
        match scheme {
            "http" | "https" => {
                if let Err(reason) = web_url(url) {
                    let message = format!("`{}` is not a URL: {reason}", shortened(url));
                    let meant = named_in_chat(url).or_else(|| nearest_url(url)).map(|meant| format!("write {meant}"));
                    let is_empty = url[scheme.len() + 1..].trim_matches('/').is_empty();
                    let example = || "write the whole address: https://example.org/page".to_owned();
                    self.report(Code::InvalidUrl, span.clone(), message)
                        .maybe_help(meant.or_else(|| is_empty.then(example)));
                    return None;
                }
            }
            "mailto" | "tel" => {
                let rest = &url[scheme.len() + 1..];
                let flaw = if scheme == "tel" { number_flaw(rest) } else { mailbox_flaw(rest) };
                if let Some(reason) = flaw {
                    let message = format!("`{}` is not a {scheme} address: {reason}", shortened(url));
                    let meant = named_in_chat(url).or_else(|| nearest_address(url));
                    let help = meant.map_or_else(|| example_of(scheme, rest), |meant| format!("write {meant}"));
                    self.report(Code::InvalidUrl, span.clone(), message).help(help);
                    return None;
                }
            }
            _ => {
                let help = local_file(url).unwrap_or_else(|| {
                    "links can begin with https://, http://, mailto:, tel: or @/, or name a file of the site".to_owned()
                });
                let help = nearest_url(url).map_or(help, |meant| format!("write {meant}"));
                self.refuse(span, format!("addresses that begin with `{scheme}:` are refused"), &help);
                return None;
            }
        }
        Some(escaped(url))
    }

    fn refuse(&mut self, span: &Span, message: String, help: &str) {
        self.report(Code::RefusedUrl, span.clone(), message).help(help);
    }

    /// The target of a path without a scheme; `None` if it points outside the site.
    fn target(&self, path: &str, picture: bool) -> Option<Target> {
        if path.is_empty() {
            return Some(Target::Here);
        }
        if let Some(path) = path.strip_prefix("@/") {
            return Some(Target::Document { path: joined("", path)?, exact: false });
        }
        let inside = self.markdown.file.within(Folder::Content).unwrap_or(self.markdown.file);
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = joined(folder, path)?;
        if !picture && has_ending(path, "md") {
            return Some(Target::Document { path: beside, exact: true });
        }
        let in_static = joined("", path).unwrap_or_default();
        Some(Target::File { in_static, beside, picture })
    }
}

/// Why a path does not work when the site is opened from disk, and what to write.
fn unreachable(url: &str) -> Option<(String, String)> {
    if url.starts_with("//") {
        let meant = nearest_url(url).unwrap_or_else(|| "the whole https:// address".to_owned());
        let help = format!("write {meant}");
        return Some((format!("`{url}` names another host without saying how to reach it"), help));
    }
    if !url.starts_with('/') && (!url.contains('\\') || url.contains("://")) {
        return None;
    }
    let help = inside_link(url).unwrap_or_else(|| {
        "write @/events/<file>.md for a document, the path inside static/ for a file, https://… for a web page"
            .to_owned()
    });
    Some((format!("`{url}` does not work when the site is opened from disk"), help))
}

/// The help with the link that a path from the site's root, or with backslashes, stands for, as far as its shape shows it.
fn inside_link(url: &str) -> Option<String> {
    let plain = url.replace('\\', "/");
    let (path, anchor) = plain.split_at(plain.find('#').unwrap_or(plain.len()));
    let from_root = path.trim_start_matches(['/', '.']);
    let below = ["content/", "static/", "public/"].iter().find_map(|top| from_root.strip_prefix(top));
    let path = below.unwrap_or(from_root);
    match id::in_path(path) {
        Some((Some(collection), id)) => Some(format!("write @/{}/{id}.md{anchor}", collection.folder())),
        Some((None, id)) if !path.trim_end_matches('/').contains('/') => {
            Some(format!("for the page, write @/pages/{id}.md{anchor}; for a file of static/, write {path}"))
        }
        None if !path.is_empty() => Some(format!("write {path}{anchor}")),
        _ => None,
    }
}

/// Returns the help for a path on the author's own disk, such as `C:\a\b.pdf` or `file:///a/b.pdf`; `None` if the address
/// is no such path.
fn local_file(url: &str) -> Option<String> {
    let (scheme, path) = url.split_once(':')?;
    let name = path.rsplit(['/', '\\']).next().filter(|name| name.contains('.'))?;
    (scheme.len() == 1 || scheme.eq_ignore_ascii_case("file"))
        .then(|| format!("put the file beside the entry or into static/, and write {name}"))
}

/// Returns the whole address if one without a scheme is written like a web or e-mail address, such as `www.example.org`,
/// and not like the path of a file.
fn outside(url: &str) -> Option<String> {
    if !url.contains('/') && mailbox_flaw(url).is_none() {
        return Some(format!("mailto:{url}"));
    }
    if url.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("www.")) {
        return nearest_url(url);
    }
    let may_be_whole = url.contains([':', '：']) || url.contains("//");
    let meant = may_be_whole.then(|| nearest_url(url)).flatten();
    meant.filter(|meant| *meant != format!("https://{}", percent_encoded(url)))
}

/// A link as chat programs write it: `<https://example.org|words>`.
fn named_in_chat(url: &str) -> Option<String> {
    let (address, words) = url.split_once('|').or_else(|| url.split_once("%7C"))?;
    let is_sound = match address.strip_prefix("mailto:") {
        Some(mailbox) => mailbox_flaw(mailbox).is_none(),
        None => web_url(address).is_ok(),
    };
    let words = words.replace("%20", " ");
    (is_sound && !words.trim().is_empty()).then(|| format!("[{}]({address})", words.trim()))
}

/// The document that `id`, `id.md` or `events/id` names.
fn by_id(name: &str) -> Target {
    let name = name.strip_suffix(".md").unwrap_or(name).trim_start_matches("@/");
    let (folder, id) = name.rsplit_once('/').map_or((None, name), |(folder, id)| (Some(folder), id));
    let collection = folder.and_then(|folder| folder.split('/').next()).and_then(Collection::of_folder);
    Target::Id { id: id::normalise(id), collection }
}

fn escaped(text: &str) -> String {
    crate::markup::escaped(&visible(text))
}

/// Returns the scheme of an absolute URL (RFC 3986, section 3.1) in lower case. Control characters and white space in it
/// are skipped, because browsers skip some of them.
pub(super) fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let scheme: String = scheme.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// An address without percent-encoding, in NFC, the form in which paths and anchors are compared.
fn decoded(text: &str) -> String {
    crate::id::normalise(&percent_encoding::percent_decode_str(text).decode_utf8_lossy())
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(ending))
}

/// A relative path resolved against a folder, in NFC; `None` if it goes above the top folder.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(crate::id::normalise(&parts.join("/")))
}
