//! The `annals` program. All it does is in the library's `cli`.

use std::process::ExitCode;

/// A build makes and drops millions of small strings on several threads: the system's allocator is slow at that. It is
/// mimalloc's second line: the third gives memory back only after a second, and holds half as much again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annals::cli::run()
}
