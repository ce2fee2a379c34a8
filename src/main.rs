//! The command line of Relève.

use std::process::ExitCode;

fn main() -> ExitCode {
    releve::cli::run()
}
