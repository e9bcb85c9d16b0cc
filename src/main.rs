//! The `annals` program. Everything it does is in the library's `cli`.

use std::process::ExitCode;

/// A build allocates and frees millions of small strings on several threads, at which the system's allocator is slow. This is
/// mimalloc v2: v3 returns memory only after a second, and uses half as much again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annals::cli::run()
}
