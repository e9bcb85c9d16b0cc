//! The `annals` program. Everything it does is in the library's `cli`.

use std::process::ExitCode;

/// A build allocates and frees millions of small strings on several threads, which the system's allocator does slowly. This is
/// mimalloc v2: v3 returns memory only after a second, and uses half as much memory again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annals::cli::run()
}
