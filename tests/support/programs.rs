//! The programs as they were built, run as child processes.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Where the build put a program. The tests run from the same target folder.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test knows its own path");
    let folder = test.ancestors().find(|folder| folder.join(name).is_file());
    folder.map(|folder| folder.join(name)).unwrap_or_else(|| {
        panic!("{name} is not built beside {}: run `cargo build --workspace --bins` first", test.display())
    })
}

/// Runs a program to its end and gives what it said.
pub fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"))
}

/// Runs a program that must succeed; gives its standard output.
pub fn succeed(command: &mut Command) -> String {
    let output = run(command);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed with {}: {stderr}", output.status);
    String::from_utf8(output.stdout).expect("programs print UTF-8")
}
