//! `[cards]`: which events have a social card of their own.

use crate::syntax::{choice, record};

choice! {
    /// Which events have a social card of their own.
    pub enum CardEvents("which events have a card") {
        /// Those of importance 1.
        Landmarks = "landmarks",
        /// Every event.
        All = "all",
        /// No event.
        None = "none",
    }
}

record! {
    /// Pictures that other sites show beside a link to a page.
    pub(crate) struct CardsConfig("[cards]") {
        /// Which events have a card of their own: `landmarks` (the default), `all` or `none`. The others have that of their process.
        events: Option<CardEvents>,
    }
}
