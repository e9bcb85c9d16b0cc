//! `site.toml`: the settings of the whole site.

mod addresses;
mod archives;
mod cards;
mod gates;
mod kinds;
mod licence;
mod publication;
mod repository;
mod unread;

pub(crate) use addresses::{BaseUrl, Contact, base_url};
pub(crate) use archives::Archives;
pub(crate) use cards::CardEvents;
pub(crate) use gates::{GateLevel, Gates};
pub(crate) use kinds::{Family, Kind};
pub(crate) use licence::licence_url;
pub(crate) use publication::{Author, Publication};
pub(crate) use repository::{CodeHost, ShownHistory};
pub(crate) use unread::UnreadKinds;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Problems, one_side, refused_characters, unresolved_merges};
use crate::fields::{Confidence, Extra, LanguageTag, Line, Private, WebUrl};
use crate::source_path::SourcePath;
use crate::syntax::{
    self, Decode, Decoder, Language, Named, Node, Piece, Schema, Spanned, Type, Value, choice, object_schema, record,
};
use archives::ArchivesConfig;
use cards::CardsConfig;
use kinds::{KindConfig, kinds};
use publication::PublicationConfig;
use repository::HistoryConfig;

/// The name of the file at a site's root.
pub(crate) const FILE: &str = "site.toml";

choice! {
    /// What happens to HTML in an entry's text.
    pub enum RawHtml("a way to treat raw HTML") {
        /// It is an error.
        Deny = "deny",
        /// Harmless elements stay, the rest is removed.
        Sanitise = "sanitise",
        /// It is published unchanged; only for sites whose authors are all trusted.
        Allow = "allow",
    }
}

record! {
    /// Which entries are published.
    pub(crate) struct PublishConfig("[publish]") {
        /// The levels of confidence that are published. Without the key: all.
        confidence: Option<Vec<Confidence>>,
    }
}

record! {
    /// How markdown is read.
    pub(crate) struct MarkdownConfig("[markdown]") {
        /// What happens to raw HTML: `deny` (the default), `sanitise` or `allow`.
        raw_html: Option<RawHtml>,
    }
}

/// A limit from site.toml; `None` if it could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit(Option<i64>);

impl Decode for Limit {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        if let Value::Integer { number, .. } = node.value {
            return Self(Some(number));
        }
        decoder.wrong_type(node, Type::WholeNumber);
        Self(None)
    }

    fn placeholder() -> Self {
        Self(None)
    }

    fn schema() -> Schema {
        object_schema(serde_json::json!({ "type": "integer", "minimum": 1 }))
    }
}

record! {
    /// Limits on the size, nesting and links of an entry, and on pictures.
    pub(crate) struct LimitsConfig("[limits]") {
        /// The size of an entry in bytes (1 MiB).
        entry_bytes: Option<Spanned<Limit>>,
        /// How deep front matter may be nested (32).
        front_matter_depth: Option<Spanned<Limit>>,
        /// How deep lists and quotations may be nested (100).
        markdown_depth: Option<Spanned<Limit>>,
        /// How many links an entry may have (10000).
        links: Option<Spanned<Limit>>,
        /// How many pixels a picture in `[[media]]` may have (100000000).
        picture_pixels: Option<Spanned<Limit>>,
    }
}

record! {
    /// A group of actors that the matrix of meetings keeps together.
    pub struct Bloc("[[blocs]]") {
        /// Its name in the site's language.
        name: Line,
        /// The ids of its actors, in the order in which the matrix shows them.
        actors: Vec<Spanned<Line>>,
    }
}

record! {
    /// Files with the data of the timeline.
    pub(crate) struct DataConfig("[data]") {
        /// Whether CSV files begin with a byte order mark, by which Excel recognises UTF-8 (false).
        csv_bom: bool,
    }
}

record! {
    /// How the map of all places is shown.
    pub(crate) struct MapConfig("[map]") {
        /// The ids of the places to which the first step of zooming goes (the place on the main map with the most events).
        focus: Vec<Spanned<Line>>,
    }
}

record! {
    /// site.toml.
    pub(crate) struct SiteConfig("site.toml") {
        /// The site's title.
        title: Line,
        /// What the site is, in two sentences.
        description: Option<Line>,
        /// The site's published URL, for everything that needs an absolute address: feeds, sitemap, canonical URLs.
        base_url: Option<Spanned<BaseUrl>>,
        /// The language that entries are written in (en).
        language: Option<LanguageTag>,
        /// The licence of the site's texts, as an SPDX identifier.
        licence: Option<Line>,
        /// The repository on a code host, for edit and history links.
        repository: Option<WebUrl>,
        /// The software of the code host, if its address does not tell: `github`, `gitlab`, `forgejo`, `gitea` or `bitbucket`.
        repository_host: Option<CodeHost>,
        /// The branch that readers edit and whose history they see (the default branch).
        repository_branch: Option<Line>,
        /// Where readers can report an error: a `mailto:` or an https address.
        contact: Option<Contact>,
        /// The confidence of entries that do not name one (confirmed).
        default_confidence: Option<Confidence>,
        /// The kinds of events. Without any, the built-in ones are used.
        kinds: Named<KindConfig>,
        /// Which entries are published.
        publish: Option<PublishConfig>,
        /// How markdown is read.
        markdown: Option<MarkdownConfig>,
        /// Limits on the size, nesting and links of an entry, and on pictures.
        limits: Option<LimitsConfig>,
        /// Where archived copies may be, besides the archives that annals knows.
        archives: Option<ArchivesConfig>,
        /// What is reported of entries that an editor may not want to publish as they are.
        gates: Option<Gates>,
        /// Groups of actors that the matrix of meetings keeps together.
        blocs: Vec<Bloc>,
        /// How the map of all places is shown.
        map: Option<MapConfig>,
        /// Who publishes the timeline, for citations and data.
        publication: Option<PublicationConfig>,
        /// Files with the data of the timeline.
        data: Option<DataConfig>,
        /// What pages say about how entries changed.
        history: Option<HistoryConfig>,
        /// Pictures that other sites show beside a link to a page.
        cards: Option<CardsConfig>,
        /// Values for the site's own templates.
        extra: Extra,
        /// Notes that never reach any output.
        private: Private,
    }
}

/// Limits on the size, nesting and links of an entry, and on pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest size of an entry, in bytes.
    pub entry_bytes: usize,
    /// The deepest nesting of tables and lists in front matter.
    pub front_matter_depth: usize,
    /// The deepest nesting of lists, quotations and emphasis in markdown.
    pub markdown_depth: usize,
    /// The most links in an entry.
    pub links: usize,
    /// The most pixels of a picture in `[[media]]`.
    pub picture_pixels: usize,
}

impl Limits {
    /// The highest limits that site.toml can set.
    const HIGHEST: Self = Self {
        entry_bytes: ANY_NUMBER,
        // The parser recurses once per level: 128 levels fit every stack.
        front_matter_depth: 128,
        markdown_depth: 1000,
        links: ANY_NUMBER,
        picture_pixels: ANY_NUMBER,
    };
}

const ANY_NUMBER: usize = 1 << 30;

impl Default for Limits {
    fn default() -> Self {
        Self {
            entry_bytes: 1 << 20,
            front_matter_depth: 32,
            markdown_depth: 100,
            links: 10_000,
            picture_pixels: 100_000_000,
        }
    }
}

/// A site's settings with every default filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The site's title.
    pub title: String,
    /// What the site is.
    pub description: Option<String>,
    /// The site's published URL, in ASCII, ending in `/`.
    pub base_url: Option<String>,
    /// The language of the entries.
    pub language: LanguageTag,
    /// The licence, as an SPDX identifier.
    pub licence: Option<String>,
    /// The repository, without a slash or `.git` at its end.
    pub repository: Option<String>,
    /// The software of the code host, if site.toml names it.
    pub repository_host: Option<CodeHost>,
    /// The branch that readers edit, if it is not the default one.
    pub repository_branch: Option<String>,
    /// Where readers can report an error.
    pub contact: Option<Contact>,
    /// The confidence of entries that do not name one.
    pub default_confidence: Confidence,
    /// The kinds of events, in the site's order.
    pub kinds: Vec<Kind>,
    /// The levels of confidence that are published.
    pub published: Vec<Confidence>,
    /// What happens to raw HTML.
    pub raw_html: RawHtml,
    /// Limits on the size, nesting and links of an entry, and on pictures.
    pub limits: Limits,
    /// Where archived copies may be.
    pub archives: Archives,
    /// The editorial gates, each with its level.
    pub gates: Gates,
    /// Groups of actors that the matrix of meetings keeps together, in the site's order.
    pub blocs: Vec<Bloc>,
    /// The ids of the places to which the first step of zooming goes.
    pub focus: Vec<Spanned<Line>>,
    /// Who publishes the timeline.
    pub publication: Publication,
    /// Whether CSV files begin with a byte order mark.
    pub csv_bom: bool,
    /// What pages say about how entries changed.
    pub history: ShownHistory,
    /// Which events have a social card of their own.
    pub cards: CardEvents,
    /// Values for the site's own templates.
    pub extra: Extra,
    /// Kinds that site.toml may define in a part that could not be read.
    pub unread_kinds: UnreadKinds,
}

impl Config {
    /// Parses the text of site.toml and collects its problems. The settings are usable even if there are some.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Problems) {
        let file = SourcePath::from(FILE);
        let merges = unresolved_merges(&file, text);
        if !merges.is_empty() {
            // After an unfinished merge, the rest of the site is checked with the settings of one side.
            let (mut config, _) = Self::parse(&one_side(text));
            config.assume_unread(&ALL_DOUBTFUL.into());
            return (config, merges);
        }
        let piece =
            Piece { file: &file, text, offset: 0, max_depth: Limits::default().front_matter_depth, fenced: false };
        let (mut node, mut problems) = syntax::parse_toml(&piece);
        let is_cut = !problems.is_empty();
        problems.extend(refused_characters(&file, text));
        node.span = 0..0;
        let mut decoder = Decoder::new(&file, text, Language::Toml);
        let site = SiteConfig::decode(&node, &mut decoder);
        let mut config = Self::from_site(site, &mut decoder);
        let (mut of_values, mut doubtful) = decoder.finish();
        if is_cut {
            doubtful.extend(ALL_DOUBTFUL);
        } else {
            config.unread_kinds = unread::kinds(&node, SiteConfig::KEYS);
        }
        config.assume_unread(&doubtful);
        if doubtful.contains("contact") || doubtful.contains("repository") {
            of_values.retain(|problem| problem.code() != Code::NoContact);
        }
        problems.extend(of_values);
        (config, problems)
    }

    /// Returns the settings for a site.toml of which nothing could be read. They accept whatever an entry holds.
    #[must_use]
    pub fn unread() -> Self {
        let (mut config, _) = Self::parse("title = \"\"");
        config.assume_unread(&ALL_DOUBTFUL.into());
        config
    }

    /// Makes settings that could not be read accept whatever an entry holds, so that one mistake is one report.
    fn assume_unread(&mut self, doubtful: &BTreeSet<&'static str>) {
        // If the table of a misspelt `kinds` was found, only the kinds in it are missing.
        if doubtful.contains("kinds") && self.unread_kinds == UnreadKinds::None {
            self.unread_kinds = UnreadKinds::Any;
        }
        if doubtful.contains("limits") {
            self.limits = Limits::HIGHEST;
        }
        if doubtful.contains("archives") {
            self.archives = Archives::any();
        }
        if doubtful.contains("markdown") {
            self.raw_html = RawHtml::Allow;
        }
    }

    fn from_site(site: SiteConfig, decoder: &mut Decoder<'_>) -> Self {
        let publish = site.publish.and_then(|publish| publish.confidence);
        let raw_html = site.markdown.and_then(|markdown| markdown.raw_html);
        if site.contact.is_none() && site.repository.is_none() {
            no_contact(site.base_url.as_ref(), decoder);
        }
        let base_url = site.base_url.map(|url| url.value.0);
        Self {
            title: site.title.to_string(),
            description: site.description.map(|line| line.to_string()),
            contact: site.contact.map(|contact| contact.seen_from(base_url.as_deref())),
            base_url,
            language: site.language.unwrap_or_else(LanguageTag::placeholder),
            licence: site.licence.map(|line| line.to_string()),
            repository: site.repository.map(|url| url.trim_end_matches('/').trim_end_matches(".git").to_owned()),
            repository_host: site.repository_host,
            repository_branch: site.repository_branch.map(|branch| branch.to_string()),
            default_confidence: site.default_confidence.unwrap_or(Confidence::Confirmed),
            kinds: kinds(site.kinds, decoder),
            published: publish.unwrap_or_else(|| Confidence::ALL.to_vec()),
            raw_html: raw_html.unwrap_or(RawHtml::Deny),
            limits: site.limits.map(|limits| self::limits(&limits, decoder)).unwrap_or_default(),
            archives: Archives::of(site.archives),
            gates: site.gates.unwrap_or_else(Gates::placeholder),
            blocs: site.blocs,
            focus: site.map.map(|map| map.focus).unwrap_or_default(),
            publication: site.publication.map(Publication::from).unwrap_or_default(),
            csv_bom: site.data.is_some_and(|data| data.csv_bom),
            history: ShownHistory::of(site.history.as_ref()),
            cards: site.cards.and_then(|cards| cards.events).unwrap_or(CardEvents::Landmarks),
            extra: site.extra,
            unread_kinds: UnreadKinds::None,
        }
    }
}

/// The keys on which reports of entries depend.
const ALL_DOUBTFUL: [&str; 6] = ["kinds", "limits", "markdown", "contact", "repository", "archives"];

/// Reports a site that is meant to be published (it has a base URL) but tells readers nowhere to report errors.
fn no_contact(base_url: Option<&Spanned<BaseUrl>>, decoder: &mut Decoder<'_>) {
    if let Some(url) = base_url.filter(|url| addresses::base_url(&url.0).is_ok()) {
        let message = "the site will be published here, but readers cannot report errors";
        decoder.report(Code::NoContact, url.span.clone(), message).help(
            "add a line contact = \"mailto:…\" or contact = \"https://…\", or name the repository on a code host",
        );
    }
}

fn limits(config: &LimitsConfig, decoder: &mut Decoder<'_>) -> Limits {
    let default = Limits::default();
    let mut limit = |value: &Option<Spanned<Limit>>, default: usize, highest: usize| {
        let Some((value, number)) = value.as_ref().and_then(|value| Some((value, value.0?))) else {
            return default;
        };
        match usize::try_from(number) {
            Ok(number) if (1..=highest).contains(&number) => number,
            _ => {
                let message = format!("a limit is a number from 1 to {highest}");
                decoder
                    .report(Code::InvalidValue, value.span.clone(), message)
                    .help(format!("without the line, the limit is {default}"));
                default
            }
        }
    };
    let highest = Limits::HIGHEST;
    Limits {
        entry_bytes: limit(&config.entry_bytes, default.entry_bytes, highest.entry_bytes),
        front_matter_depth: limit(&config.front_matter_depth, default.front_matter_depth, highest.front_matter_depth),
        markdown_depth: limit(&config.markdown_depth, default.markdown_depth, highest.markdown_depth),
        links: limit(&config.links, default.links, highest.links),
        picture_pixels: limit(&config.picture_pixels, default.picture_pixels, highest.picture_pixels),
    }
}
