//! The past of a site: what git says about its entries, and what of that was published.
//!
//! git runs once over the log and once over the contents of old revisions, which are parsed like the present ones. Names,
//! addresses and messages of commits are never asked for. Ids of blobs and old texts never leave this room; all that does is
//! the [`History`](crate::timeline::History) of each entry and the list of all changes.
//!
//! A site without a repository, or whose repository git cannot read, is built without a history.

mod differences;
mod facts;
mod fill;
mod git;
mod head;
mod log;
mod names;
mod published;
mod repository;

pub(crate) use head::fingerprint;
pub(crate) use repository::Repository;
