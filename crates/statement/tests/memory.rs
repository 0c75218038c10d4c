//! Setting a thousand statements leaves no more behind than setting a hundred.
#![cfg(target_os = "linux")]

mod support;

use payung_statement::{StatementPage, render};
use support::{QR, kebumen, strokes};

/// What a program may grow over 900 documents, in pages of 4 kB: noise of the allocator, far below one kept document.
const GROWTH_MAX: usize = 8 << 20 >> 12;

#[test]
fn memory_is_flat_over_a_thousand_documents() {
    let mut after_a_hundred = 0;
    for number in 1..=1_000_u32 {
        let mut page =
            StatementPage { qr: Some(QR.into()), drawn_signature: Some(strokes()), ..kebumen(1, false) };
        // Each is another document, and some are refused on the way.
        page.number = format!("400.5.2/{number}/2008/XI/2026");
        if number.is_multiple_of(10) {
            page.people[0].age_years += 1;
            assert!(render(&page).is_err());
        } else {
            assert_eq!(render(&page).expect("a statement").pages, 1);
        }
        if number == 100 {
            after_a_hundred = resident_pages();
        }
    }
    let after_a_thousand = resident_pages();
    println!("resident: {after_a_hundred} pages after 100 documents, {after_a_thousand} after 1,000");
    assert!(
        after_a_thousand <= after_a_hundred + GROWTH_MAX,
        "grew from {after_a_hundred} to {after_a_thousand} pages"
    );
}

fn resident_pages() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    statm.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).expect("resident pages")
}
