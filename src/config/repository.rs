//! What site.toml says about the repository of a site: its code host, and its history.

use crate::syntax::{choice, record};

choice! {
    /// The software of a code host, which determines its addresses.
    pub enum CodeHost("a code host") {
        /// GitHub.
        GitHub = "github",
        /// GitLab.
        GitLab = "gitlab",
        /// Forgejo, which is also Codeberg's.
        Forgejo = "forgejo",
        /// Gitea, whose addresses are those of Forgejo.
        Gitea = "gitea",
        /// Bitbucket.
        Bitbucket = "bitbucket",
    }
}

record! {
    /// What pages say about how entries changed.
    pub(crate) struct HistoryConfig("[history]") {
        /// Whether the history of the entries is read from git and shown (true).
        enabled: Option<bool>,
        /// Whether it is shown what facts were before they changed (true).
        facts: Option<bool>,
    }
}

/// What pages say about how entries changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownHistory {
    /// Whether the history of the entries is read from git and shown.
    pub enabled: bool,
    /// Whether pages show what facts were before they changed.
    pub facts: bool,
}

impl ShownHistory {
    /// Returns the settings of a site, with defaults filled in.
    pub(super) fn of(config: Option<&HistoryConfig>) -> Self {
        let is_on = |key: fn(&HistoryConfig) -> Option<bool>| config.and_then(key).unwrap_or(true);
        Self { enabled: is_on(|config| config.enabled), facts: is_on(|config| config.facts) }
    }
}
