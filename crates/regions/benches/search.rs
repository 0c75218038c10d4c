//! Searching among all 83,762 villages, as at each key press.

use payung_regions::{Level, search};

fn main() {
    divan::main();
}

#[divan::bench(args = ["", "k", "karangsari", "anyar", "33.05.01", "karangsari kebumen", "tidak ada"])]
fn village_of_the_country(query: &str) -> usize {
    search(Level::Village, None, query, 20).len()
}

#[divan::bench(args = ["", "karangsari"])]
fn village_of_kebumen(query: &str) -> usize {
    search(Level::Village, Some("33.05"), query, 20).len()
}
