//! One file as a document: its id, what its front matter says, and its text as HTML.
//!
//! [`Document::parse`] is the order of the steps. It also drops problems that are only a consequence of others: a source is
//! not unknown if the sources could not be read.

use std::sync::{Arc, LazyLock};

use super::aliases;
use super::body::Body;
use super::checks;
use super::converter::Markdown;
use super::front_matter;
use super::matter::Matter;
use super::media;
use super::settings::Settings;
use super::words::slug;
use crate::diagnostic::{Code, Diagnostic, Problems, refused_characters, unresolved_merges};
use crate::id::{self, Collection, DocumentId, SitePath};
use crate::source_path::SourcePath;
use crate::syntax::{self, Decoder, Language, Piece, Spanned};

/// One document. It exists, and defines its id, even if its file could not be read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its collection and id.
    pub id: DocumentId,
    /// Its file, relative to the root.
    pub file: SourcePath,
    /// Its front matter; a placeholder if there is none that can be read.
    pub matter: Arc<Matter>,
    /// Its text as HTML, and what it refers to; empty if it was not read.
    pub body: Arc<Body>,
    /// The paths that redirect to it, in the order of the key `aliases`, without those that were reported.
    pub aliases: Vec<Spanned<SitePath>>,
    /// For each picture of the key `media`, the path of its file inside `content/`; `None` if it was reported as invalid or
    /// as listed twice.
    pub media_files: Vec<Option<String>>,
    /// Whether its front matter could be read completely. If not, nothing is concluded from what it lacks.
    pub readable: bool,
}

impl Document {
    /// Parses the text of an entry's file, from which a byte order mark has been removed, and collects every problem that
    /// can be found without other documents.
    #[must_use]
    pub fn parse(collection: Collection, file: &SourcePath, text: &str, settings: &Settings) -> (Self, Problems) {
        let mut problems = Problems::default();
        let mut document = Self::unread(collection, file, &mut problems);
        if text.len() > settings.limits.entry_bytes {
            let limit = settings.limits.entry_bytes;
            let message = format!("the file has {} bytes; the limit is {limit}", text.len());
            let help = "split the entry, or raise `entry_bytes` under [limits] in site.toml";
            problems.report(Code::TooLarge, file, message).help(help);
            return (document, problems);
        }
        let merges = unresolved_merges(file, text);
        if !merges.is_empty() {
            // With both versions of a merge in the file, further problems are not the author's.
            problems.extend(merges);
            return (document, problems);
        }
        problems.extend(refused_characters(file, text));
        let clean = problems.is_empty();
        let Some(parts) = front_matter::split(file, text, &mut problems) else {
            return (document, problems);
        };
        let piece = Piece {
            file,
            text: &text[parts.matter.clone()],
            offset: parts.matter.start,
            max_depth: settings.limits.front_matter_depth,
            fenced: true,
        };
        let (mut node, of_syntax) = match parts.language {
            Language::Toml => syntax::parse_toml(&piece),
            Language::Yaml => syntax::parse_yaml(&piece),
        };
        // A key that seems to be missing may be in the part that a syntax error cut off.
        document.readable = clean && !of_syntax.iter().any(is_syntax_error);
        problems.extend(of_syntax);
        node.span = parts.opening;
        let mut decoder = Decoder::new(file, text, parts.language);
        document.matter = Arc::new(Matter::decode(collection, &node, &mut decoder));
        let (mut of_matter, doubtful) = decoder.finish();
        if !document.readable {
            of_matter.retain(|problem| problem.code() != Code::MissingKey);
        }
        problems.extend(of_matter);
        let nameless = document.matter.sources().iter().any(|source| source.id.value.0.is_empty());
        let sources_known = document.readable && !nameless && !doubtful.contains("sources");
        let accounts_known = document.readable && !doubtful.contains("accounts");
        // A value under a wrong key or of a wrong type may name anything.
        document.readable &= doubtful.is_empty();
        let markdown = Markdown {
            file,
            text: &text[parts.body.clone()],
            file_text: text,
            offset: parts.body.start,
            collection,
            sources: document.matter.sources(),
            settings,
        };
        let (body, mut of_text) = markdown.convert();
        document.body = Arc::new(body);
        of_text.extend(document.check_itself());
        if !sources_known {
            // The sources exist; another mistake kept them from being read.
            of_text.retain(|problem| problem.code() != Code::UnknownSource);
        }
        if !accounts_known || of_text.iter().any(|problem| problem.code() == Code::NestingTooDeep) {
            // The accounts, or the rest of the text, may cite the source.
            of_text.retain(|problem| problem.code() != Code::UncitedSource);
        }
        problems.extend(of_text);
        (document, problems)
    }

    /// Drops its front matter and text, which frees whatever a Timeline does not share. It cannot be resolved after that.
    pub fn forget(&mut self) {
        // All of them share one, because a site has many documents.
        static FORGOTTEN: LazyLock<(Arc<Matter>, Arc<Body>)> =
            LazyLock::new(|| (Arc::new(Matter::placeholder(Collection::Pages)), Arc::default()));
        (self.matter, self.body) = FORGOTTEN.clone();
    }

    /// Checks front matter and text against each other, and fills in `aliases` and `media_files`.
    fn check_itself(&mut self) -> Problems {
        let (aliases, mut problems) = aliases::paths(&self.file, &self.id, &self.matter.common().aliases);
        self.aliases = aliases;
        let (media_files, of_media) = media::files(&self.file, &self.matter.common().media);
        self.media_files = media_files;
        problems.extend(of_media);
        problems.extend(checks::order_of_dates(&self.file, &self.matter));
        match &*self.matter {
            Matter::Event(event) => {
                problems.extend(checks::sources(&self.file, event, &self.body));
                problems.extend(event.vote.iter().flat_map(|vote| vote.check(&self.file)));
            }
            Matter::Place(place) => problems.extend(checks::coordinates(&self.file, place)),
            Matter::Actor(actor) => problems.extend(actor.names_once(&self.file)),
            Matter::Process(_) | Matter::Page(_) => {}
        }
        problems
    }

    /// Makes a document without contents, whose id is the file's name without `.md`, in NFC. Reports a name that is not a
    /// valid id or does not end in `.md`.
    #[must_use]
    pub fn unread(collection: Collection, file: &SourcePath, problems: &mut Problems) -> Self {
        let name = file.rsplit('/').next().unwrap_or_default();
        let stem = name.strip_suffix(".md").or_else(|| name.get(..name.len().saturating_sub(".md".len())));
        let id = id::normalise(stem.unwrap_or(name));
        if let Err(reason) = id::check(&id) {
            let message = format!("`{id}` cannot be the id of {}: {reason}", collection.one());
            let slug = slug(&id);
            let help = match id::check(&slug) {
                Ok(()) => {
                    format!("rename the file, for example to `{slug}.md`: its name is the id and part of the URL")
                }
                Err(_) => "rename the file; its name without .md is the id and part of the URL".to_owned(),
            };
            problems.report(Code::InvalidId, file, message).help(help);
        } else if !name.ends_with(".md") {
            let message =
                format!("`{name}` is not a valid file name of an entry: its ending must be `.md`, in lower case");
            problems.report(Code::InvalidId, file, message).help(format!("rename it to `{id}.md`"));
        }
        Self {
            id: DocumentId { collection, id: id.into() },
            file: file.clone(),
            matter: Arc::new(Matter::placeholder(collection)),
            body: Arc::default(),
            aliases: Vec::new(),
            media_files: Vec::new(),
            readable: false,
        }
    }
}

fn is_syntax_error(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code(), Code::TomlSyntax | Code::YamlSyntax | Code::NestingTooDeep | Code::DuplicateKey)
}
