//! Votes of a body: the numbers, who voted how, and the outcome.

use super::index::ActorIx;

/// How a body voted.
#[derive(Clone, Debug)]
pub struct Vote {
    /// The body.
    pub body: ActorIx,
    /// What was voted on, by its symbol or name.
    pub document: Option<String>,
    /// How many voted in favour.
    pub yes: u32,
    /// How many voted against.
    pub no: u32,
    /// How many abstained; `None` if the entry does not say.
    pub abstained: Option<u32>,
    /// How many were absent or did not vote; `None` if the entry does not say.
    pub absent: Option<u32>,
    /// Who voted against, as far as known.
    pub against: Vec<ActorIx>,
    /// Who abstained, as far as known.
    pub abstaining: Vec<ActorIx>,
    /// Who was absent or did not vote, as far as known.
    pub not_voting: Vec<ActorIx>,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a vote ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What was voted on was adopted.
    Adopted,
    /// It was not.
    Rejected,
    /// It was not, because of a veto.
    Vetoed,
}

impl Outcome {
    /// All outcomes, in the order in which readers can choose them.
    pub const ALL: [Self; 3] = [Self::Adopted, Self::Rejected, Self::Vetoed];

    /// Returns whether what was voted on was adopted.
    #[must_use]
    pub const fn is_adopted(self) -> bool {
        matches!(self, Self::Adopted)
    }

    /// Returns its word in messages and class names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Rejected => "rejected",
            Self::Vetoed => "vetoed",
        }
    }
}
