//! Fills the slots of a page when its template has run.

use memchr::memmem;

use super::frame::Stand;
use super::shared::Shared;
use super::slots::{CLOSE, OPEN, Slot};
use crate::buffers;
use crate::outputs::draft::Bytes;
use crate::outputs::site::Site;

/// Fills the slots of a page. What only looks like a slot stays, because it lacks the key of what would fill it.
///
/// # Errors
/// [`RenderError`](crate::theme::RenderError) if the template of what fills a slot fails.
pub(super) fn filled(page: Vec<u8>, site: &Site, shared: &Shared, stand: &Stand) -> Bytes {
    let mut out = buffers::take();
    let mut rest = page.as_slice();
    while let Some(at) = memmem::find(rest, OPEN.as_bytes()) {
        let inside = &rest[at + OPEN.len()..];
        let slot = memmem::find(inside, CLOSE.as_bytes()).and_then(|end| Some((end, Slot::parse(&inside[..end])?)));
        let known = slot.filter(|(_, (slot, key))| shared.key(*slot, site, stand) == Some(*key));
        let Some((end, (slot, _))) = known else {
            out.extend_from_slice(&rest[..at + OPEN.len()]);
            rest = inside;
            continue;
        };
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(shared.html(slot, site, stand)?.as_bytes());
        rest = &inside[end + CLOSE.len()..];
    }
    out.extend_from_slice(rest);
    buffers::give_back(page);
    Ok(out)
}
