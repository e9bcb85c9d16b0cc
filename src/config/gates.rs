//! The editorial gates: what an editor may not want to publish as it is, each with the level at which it is reported.

use crate::syntax::{choice, record};

choice! {
    /// How a gate reports what it finds.
    pub enum GateLevel("a level of a gate") {
        /// Not at all.
        Off = "off",
        /// As a note, which never keeps anything from being published.
        Note = "note",
        /// As a warning, which `--strict` refuses.
        Warn = "warn",
        /// As an error.
        Error = "error",
    }
}

record! {
    /// The gates. Each is off unless site.toml sets it.
    pub struct Gates("[gates]") {
        /// An event that rests on one source.
        single_source: Option<GateLevel>,
        /// An event without a source of the kind `document` or `statement`.
        no_primary_document: Option<GateLevel>,
        /// A paragraph of an event without a citation.
        uncited_paragraph: Option<GateLevel>,
        /// A landmark with a source that has no archived copy.
        unarchived_landmark: Option<GateLevel>,
        /// An event with accounts of one side only.
        one_sided_accounts: Option<GateLevel>,
        /// A vote that is cited to nothing but the text that was voted on.
        vote_cited_to_text_alone: Option<GateLevel>,
        /// A source whose title is a description.
        described_title: Option<GateLevel>,
        /// A source that was read where somebody relays it.
        relayed_source: Option<GateLevel>,
    }
}
