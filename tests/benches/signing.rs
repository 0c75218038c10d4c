//! From the facts of a letter to its signed file, as the head waits for it: set, room made, signed, filled in; and what
//! reading it back costs.

#[allow(dead_code, reason = "the bench takes its own part of the tests' village")]
#[path = "../statements/letter.rs"]
mod letter;

use divan::Bencher;
use letter::{page, world};
use payung_seal::verify_pdf;

fn main() {
    for people in [1, 100, 500] {
        let world = world();
        let letter = world.signed(&world.with_code(page(people, people > 1)), &world.certificate());
        println!("{people} people: {} pages, {} bytes signed", letter.pdf.pages, letter.bytes.len());
    }
    divan::main();
}

#[divan::bench(args = [1, 100, 500], sample_count = 10, sample_size = 1)]
fn set_and_signed(bencher: Bencher<'_, '_>, people: usize) {
    let world = world();
    let certificate = world.certificate();
    let page = page(people, people > 1);
    bencher.bench(|| world.signed(&world.with_code(page.clone()), &certificate));
}

#[divan::bench(args = [1, 100, 500], sample_count = 10, sample_size = 1)]
fn read_back(bencher: Bencher<'_, '_>, people: usize) {
    let world = world();
    let letter = world.signed(&world.with_code(page(people, people > 1)), &world.certificate());
    let known = world.knowledge();
    bencher.bench(|| verify_pdf(&letter.bytes, &known));
}
