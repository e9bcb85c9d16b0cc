//! The past of a site: what git says about its entries, and what of that was published.
//!
//! git runs once over the log and once over the contents of old revisions. These are parsed
//! like the present ones. Names, addresses and messages of commits are never asked for, ids of blobs and old texts never
//! leave this room: what comes out are the [`History`](crate::timeline::History) of each entry and the list of all changes.
//!
//! A site without a repository, or whose repository git cannot read, has no history, and everything else is as it would be.

mod differences;
mod facts;
mod fill;
mod git;
mod head;
mod log;
mod names;
mod published;
mod repository;

pub use head::fingerprint;
pub use repository::Repository;
