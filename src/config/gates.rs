//! The editorial gates: checks for what an editor may want to look at before publishing, each with the level of its reports.

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
        /// A paragraph or list item of an event that has no citation and no link to another entry.
        uncited_paragraph: Option<GateLevel>,
        /// A landmark with a source that has an address and no archived copy.
        unarchived_landmark: Option<GateLevel>,
        /// An event whose accounts are all by one actor, or by actors that are part of the same one.
        one_sided_accounts: Option<GateLevel>,
        /// A vote without any source but the text that was voted on, which does not hold the tally.
        vote_cited_to_text_alone: Option<GateLevel>,
        /// A source whose title is a description.
        described_title: Option<GateLevel>,
        /// A source that was read where somebody relays it.
        relayed_source: Option<GateLevel>,
    }
}
