//! `payung`: what a script or a district officer needs without a window. One module a subcommand; this file only
//! dispatches. A command that fails ends with code 2 and one line on stderr.

mod check;
mod usage;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Payung: pendaftaran pekerja rentan di desa, tanpa internet.
#[derive(Parser)]
#[command(name = "payung", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Periksa syarat setiap calon penerima dalam berkas CSV atau Excel
    Check(check::CheckArgs),
}

fn main() -> ExitCode {
    let arguments = match usage::parse::<Arguments>() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments).map_err(|error| error.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => usage::fail(&words),
    }
}
