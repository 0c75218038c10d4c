//! What setting a statement costs: time, and the most memory held at once, with drawing and codes.

#[path = "../tests/support/mod.rs"]
mod support;

use divan::{AllocProfiler, Bencher, counter::BytesCount};
use payung_statement::{StatementPage, render, render_book, render_people_list};
use support::everyday::people_list;
use support::{QR, book, kebumen, strokes};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    for people in [1, 100, 500] {
        let pdf = render(&page(people)).expect("a statement");
        println!("{people} people: {} pages, {} bytes", pdf.pages, pdf.bytes.len());
    }
    divan::main();
}

fn page(people: usize) -> StatementPage {
    StatementPage { drawn_signature: Some(strokes()), qr: Some(QR.into()), ..kebumen(people, people > 1) }
}

#[divan::bench(args = [1, 100, 500], sample_count = 10, sample_size = 1)]
fn statement(bencher: Bencher<'_, '_>, people: usize) {
    let page = page(people);
    let bytes = render(&page).expect("a statement").bytes.len();
    bencher.counter(BytesCount::new(bytes)).bench(|| render(&page).expect("a statement"));
}

#[divan::bench(args = [60, 500], sample_count = 5, sample_size = 1)]
fn book_of_statements(bencher: Bencher<'_, '_>, rows: u32) {
    let book = book(rows);
    bencher.bench(|| render_book(&book).expect("a book"));
}

#[divan::bench(args = [500, 5_000], sample_count = 3, sample_size = 1)]
fn list_of_people(bencher: Bencher<'_, '_>, people: u32) {
    let list = people_list(people);
    bencher.bench(|| render_people_list(&list).expect("a list"));
}
