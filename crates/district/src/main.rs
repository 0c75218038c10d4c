//! `payung-district`: see [`payung_district::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    payung_district::cli::main()
}
