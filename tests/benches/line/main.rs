//! What crosses the line, how fast, and what a whole regency at once does to its server. Prints figures; nothing fails for
//! being slow. `make bench` runs it; with a word (`table`, `speed`, `regency`) only that part.

#![allow(clippy::disallowed_methods)] // a bench reads the clock

#[path = "../../../crates/district/tests/support/laptop.rs"]
#[allow(dead_code)]
mod laptop;
#[path = "../../../crates/district/tests/support/people.rs"]
#[allow(dead_code)]
mod people;
mod regency;
#[path = "../../../crates/district/tests/support/rounds.rs"]
mod rounds;
mod speed;
mod table;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wants = |part: &str| wanted.is_empty() || wanted.iter().any(|word| word == part);
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    if wants("table") {
        runtime.block_on(table::print());
    }
    if wants("speed") {
        runtime.block_on(speed::print());
    }
    if wants("regency") {
        runtime.block_on(regency::print());
    }
}
