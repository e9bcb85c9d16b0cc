//! Buffers that each thread reuses from page to page: allocating memory of this size costs more than writing a page into it.

use std::cell::RefCell;

/// The capacity of a new buffer in bytes: most pages fit.
const CAPACITY: usize = 64 * 1024;
/// The largest buffer that is kept, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The most buffers that a thread keeps.
const MOST: usize = 3;

thread_local! {
    static FREE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Takes an empty buffer with a capacity of at least 64 KiB: one that this thread gave back, or a new one.
#[must_use]
pub(crate) fn take() -> Vec<u8> {
    FREE.with_borrow_mut(Vec::pop).unwrap_or_else(|| Vec::with_capacity(CAPACITY))
}

/// Empties a buffer and keeps it for the next [`take`] of this thread. Drops it if the thread keeps enough buffers, or if it
/// is too small or too large.
pub(crate) fn give_back(mut buffer: Vec<u8>) {
    buffer.clear();
    FREE.with_borrow_mut(|free| {
        if free.len() < MOST && (CAPACITY..=LARGEST).contains(&buffer.capacity()) {
            free.push(buffer);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, give_back, take};

    #[test]
    fn a_buffer_is_used_again_and_is_empty() {
        let mut buffer = take();
        buffer.extend_from_slice(b"page");
        let place = buffer.as_ptr();
        give_back(buffer);
        let again = take();
        assert_eq!((again.as_ptr(), again.len()), (place, 0));
        assert!(again.capacity() >= CAPACITY);
    }
}
