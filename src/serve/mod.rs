//! The live preview: the site from memory over HTTP, made again at each edit. Without another wish, for this machine only.
//!
//! Pages are rendered when a browser asks for them, so an edit costs reading and resolving, not rendering the site. The
//! page is told of each new state over a stream of events (Server-Sent Events) and reloads, or shows the report over itself.

mod content_type;
mod host;
mod page;
mod server;
mod watch;

pub use host::Host;
pub use server::{Preview, run};
