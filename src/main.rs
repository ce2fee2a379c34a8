//! The command line of Relève.

use std::process::ExitCode;

/// Pages are built from many small strings on several threads: the allocator of the C library made them wait for
/// each other (docs/performance.md).
#[global_allocator]
static ALLOCATEUR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    releve::cli::run()
}
