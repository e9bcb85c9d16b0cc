//! Archives of the web: hosts that keep copies of pages as they were.

use serde_json::json;

use crate::diagnostic::Code;
use crate::syntax::{Decode, Decoder, Node, Schema, nearest, object_schema, record};

/// The archives that every site may use: public ones, and those of national libraries and of the UN.
const KNOWN: &[&str] = &[
    "web.archive.org",
    "archive.org",
    "archive.today",
    "archive.fo",
    "archive.is",
    "archive.li",
    "archive.md",
    "archive.ph",
    "archive.vn",
    "perma.cc",
    "webcitation.org",
    "archive-it.org",
    "ghostarchive.org",
    "archives.un.org",
    "arquivo.pt",
    "haw.nsk.hr",
    "swap.stanford.edu",
    "vefsafn.is",
    "warp.da.ndl.go.jp",
    "webarchiv.cz",
    "webarchiv.onb.ac.at",
    "webarchive.archive.unhcr.org",
    "webarchive.bac-lac.gc.ca",
    "webarchive.loc.gov",
    "webarchive.nationalarchives.gov.uk",
    "webarchive.nla.gov.au",
    "webarchive.nrscotland.gov.uk",
    "webarchive.org.uk",
];

/// A host as site.toml names it: `archive.example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host(String);

impl Decode for Host {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        const FORM: &str = "write the host alone: \"archive.example.org\"";
        let Some(text) = decoder.exact_text(node) else {
            return Self::placeholder();
        };
        if decoder.refuse_empty(node, text, || FORM.to_owned()) {
            return Self::placeholder();
        }
        let host = host(&format!("https://{text}"));
        if host.as_deref() == Some(text) && text.contains('.') {
            return Self(text.to_owned());
        }
        let meant = self::host(text).or(host).filter(|host| host.contains('.') && host != text);
        let help = meant.as_ref().map_or_else(|| FORM.to_owned(), |host| format!("write \"{host}\""));
        decoder.report(Code::InvalidValue, node.span.clone(), format!("`{text}` is not a host")).help(help);
        Self(meant.unwrap_or_default())
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "minLength": 1 }))
    }
}

record! {
    /// Where archived copies may be, besides the archives that annals knows.
    pub(crate) struct ArchivesConfig("[archives]") {
        /// Further archives, by their hosts.
        hosts: Vec<Host>,
    }
}

/// Where archived copies may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archives {
    /// The hosts that site.toml adds; `None` if it may name any, because it could not be read.
    hosts: Option<Vec<String>>,
}

impl Archives {
    pub(super) fn of(config: Option<ArchivesConfig>) -> Self {
        let hosts = config.into_iter().flat_map(|config| config.hosts).map(|host| host.0);
        Self { hosts: Some(hosts.filter(|host| !host.is_empty()).collect()) }
    }

    /// Returns the archives of a site.toml that could not be read: any host may be one.
    pub(super) const fn any() -> Self {
        Self { hosts: None }
    }

    fn hosts(&self) -> impl Iterator<Item = &str> {
        KNOWN.iter().copied().chain(self.hosts.iter().flatten().map(String::as_str))
    }

    /// Returns the host of a URL if it is at none of the archives, nor at a subdomain of one. `None` too if the text is no
    /// URL, or if any host may be an archive.
    #[must_use]
    pub fn unknown_host(&self, url: &str) -> Option<String> {
        self.hosts.as_ref()?;
        let host = host(url)?;
        let is_of = |known: &str| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
        (!self.hosts().any(is_of)).then_some(host)
    }

    /// Returns help that names the archive that was probably meant by a host.
    #[must_use]
    pub fn nearest(&self, host: &str) -> Option<String> {
        nearest(host, self.hosts())
    }
}

/// Returns the host of a URL, in lower case and without a final dot.
fn host(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.host_str().map(|host| host.trim_end_matches('.').to_owned())
}
