//! Sources and accounts: where claims come from, and who makes them.

use super::formed::Sha256;
use super::id_ref::IdRef;
use crate::date::EdtfDate;
use crate::fields::{Confidence, FullDate, LanguageTag, Line, WebUrl};
use crate::syntax::{Decoder, Field, FieldSchema, Fields, Record, Spanned, choice, record};

choice! {
    /// What sort of work a source is.
    pub enum SourceKind("a kind of source") {
        /// A document of those who act: a resolution, a treaty, a record, a law.
        Document = "document",
        /// A report by somebody else.
        Press = "press",
        /// What somebody who acts says: a speech, a communiqué, a letter.
        Statement = "statement",
        /// A collection of data.
        Dataset = "dataset",
    }
}

impl SourceKind {
    /// Returns whether it is a primary source: a document or a statement of those who act.
    #[must_use]
    pub const fn is_primary(self) -> bool {
        matches!(self, Self::Document | Self::Statement)
    }
}

record! {
    /// Where a claim comes from. Cited in the text as `[^id]`.
    pub struct Source("a source") {
        /// The name it is cited by, unique within the entry.
        id: Spanned<IdRef>,
        /// The title as published, or a description of the document.
        title: Line,
        /// Whether the title is a description of the author's own, not the publisher's.
        title_is_description: bool,
        /// What sort of work it is.
        kind: Option<SourceKind>,
        /// Who published it.
        publisher: Option<Line>,
        /// Who relays it, if it was read there and not at its publisher.
        relay: Option<Line>,
        /// Where it can be read.
        url: Option<WebUrl>,
        /// When it was published: EDTF. `XXXX` means that the source has no date.
        date: Option<EdtfDate>,
        /// The day on which it was read, not before its publication.
        accessed: Option<Spanned<FullDate>>,
        /// A copy at an archive that annals or site.toml knows, or any copy whose hash is given.
        archive: Option<Spanned<WebUrl>>,
        /// The SHA-256 of the copy, as 64 hexadecimal digits.
        archive_sha256: Option<Sha256>,
        /// The language it is written in, as a BCP 47 tag.
        language: Option<LanguageTag>,
        ..unread: Unread,
    }
}

/// Whether a part of a table could not be read, which was reported. What the table seems to lack may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread(pub bool);

impl Record for Unread {
    const FIELDS: &'static [Field] = &[];

    fn take(fields: &Fields<'_>, _: &mut Decoder<'_>) -> Self {
        Self(fields.has_unread())
    }

    fn placeholder() -> Self {
        Self(true)
    }

    fn schema() -> Vec<FieldSchema> {
        Vec::new()
    }
}

record! {
    /// What one party says about an event.
    pub struct Account("an account") {
        /// Who says it: an actor's id.
        by: Spanned<IdRef>,
        /// What they say, in the author's words.
        says: Line,
        /// The source that reports it: the id of one of the entry's sources.
        source: Option<Spanned<IdRef>>,
        /// How well the account is established, where that differs from the event.
        confidence: Option<Confidence>,
        ..unread: Unread,
    }
}
