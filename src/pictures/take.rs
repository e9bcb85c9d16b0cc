//! Reading the next bytes of a file.

use std::io::{self, Read};

/// Reads the next `N` bytes.
pub(super) fn take<const N: usize>(reader: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads the next `length` bytes, or fewer if the file ends. Memory grows with what is read, because the file itself gives the
/// length and may be wrong.
pub(super) fn take_up_to(reader: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(u64::from(length)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
