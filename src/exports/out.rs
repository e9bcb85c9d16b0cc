//! The buffered writer of all formats, so that large files are never in memory as a whole. Formats need not handle errors: the
//! first one is kept until the end.

use std::io::{self, Write};

use serde::Serialize;

use super::record;

/// How many bytes are gathered before they are passed on.
const ENOUGH: usize = 64 * 1024;

/// A file that is being written.
pub(super) struct Out<'w> {
    buffer: Vec<u8>,
    to: &'w mut dyn Write,
    failed: Option<io::Error>,
}

impl<'w> Out<'w> {
    /// Writes to `to`, which needs no buffer of its own.
    pub(super) fn new(to: &'w mut dyn Write) -> Self {
        Self { buffer: Vec::with_capacity(ENOUGH + ENOUGH / 4), to, failed: None }
    }

    /// Adds bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.pass_on(ENOUGH);
    }

    /// Adds a value as JSON.
    pub(super) fn record<T: Serialize + ?Sized>(&mut self, value: &T) {
        record::write(value, &mut self.buffer);
        self.pass_on(ENOUGH);
    }

    /// Adds values as JSON, each on a line of its own, with commas between them.
    pub(super) fn records<T: Serialize>(&mut self, values: impl Iterator<Item = T>) {
        for (number, value) in values.enumerate() {
            self.bytes(if number == 0 { b"\n" } else { b",\n" });
            self.record(&value);
        }
    }

    /// Writes what is left in the buffer.
    ///
    /// # Errors
    /// The first error of the writer, to which nothing was written after it.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.pass_on(0);
        self.failed.map_or(Ok(()), Err)
    }

    fn pass_on(&mut self, enough: usize) {
        if self.buffer.len() < enough {
            return;
        }
        if self.failed.is_none() {
            self.failed = self.to.write_all(&self.buffer).err();
        }
        self.buffer.clear();
    }
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
