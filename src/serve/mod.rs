//! The live preview: the site from memory on 127.0.0.1, made anew at each edit.
//!
//! Pages are rendered when a browser asks for them, so an edit costs reading and resolving, not rendering the site. The
//! page is told of each new state over a stream of events (Server-Sent Events) and reloads, or shows the report over itself.

mod page;
mod server;
mod watch;

pub use server::{Preview, ServeError, run};
