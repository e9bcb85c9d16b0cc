//! The `annals` program. All it does is in the library's `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    annals::cli::run()
}
