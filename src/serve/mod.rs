//! The live preview: the site from memory over HTTP, rebuilt after each edit. By default only this machine can see it.
//!
//! Pages are rendered when a browser asks for them, so an edit costs reading and resolving, not rendering the site. An open
//! page gets each new state as a Server-Sent Event, and updates itself or shows the report over itself.

mod content_type;
mod host;
mod page;
mod server;
mod watch;

pub(crate) use host::Host;
pub(crate) use server::{Preview, run};
