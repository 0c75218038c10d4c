//! The book for the auditor and the list for the meeting of the village.

mod support;

use payung_statement::{LIST_ROWS_MAX, Paper, PublicPerson, StatementError, render_book, render_public_list};
use support::{book, emblem, poppler, public_list, text, text_pages};

#[test]
fn the_book_counts_statements_people_stamps_and_their_cost() {
    let pdf = render_book(&book(60)).expect("a book");
    let pages = text_pages(&pdf.bytes);
    let text = text(&pdf.bytes);
    assert!(text.contains("BUKU REGISTER SURAT PERNYATAAN DAN BEA METERAI"), "{text}");
    assert!(text.contains("Surat bertanggal 1 Januari 2026 sampai dengan 21 November 2026"));
    assert!(
        text.contains(
            "Jumlah: 60 surat, 2.970 orang, 48 meterai dengan bea Rp480.000; 12 surat menunggu meterai."
        ),
        "{text}"
    );
    for words in ["Meterai elektronik", "belum bermeterai", "Rp10.000", "A1B2C3D4E5F600001"] {
        assert!(text.contains(words), "the book says \u{201c}{words}\u{201d}");
    }
    assert!(pages.len() > 1 && pages.iter().all(|page| page.contains("Nomor surat")), "its head repeats");
    assert!(pages[pages.len() - 1].contains("Sutarno Wiryawan"));
}

#[test]
fn a_book_without_stamps_asks_for_nobody_to_sign() {
    let mut page = book(3);
    page.head = None;
    for row in &mut page.rows {
        row.stamp = None;
        row.stamp_needed = false;
        row.number = String::new();
    }
    let text = text(&render_book(&page).expect("a book").bytes);
    assert!(text.contains("0 meterai dengan bea Rp0.") && text.contains("tidak diminta"), "{text}");
    assert!(text.contains("tanpa nomor") && !text.contains("Sutarno"), "{text}");
}

#[test]
fn the_public_list_masks_the_nik_and_promises_nothing() {
    let mut list = public_list(80);
    list.people.push(PublicPerson {
        name: "Sudah Bertopeng".into(),
        nik: "330512******0001".into(),
        hamlet: None,
    });
    let full: Vec<String> = list.people.iter().map(|person| person.nik.clone()).collect();
    let pdf = render_public_list(&list).expect("a list");
    let text = text(&pdf.bytes);
    for nik in full.iter().take(80) {
        assert!(!text.contains(nik), "a whole NIK is printed");
        assert!(text.contains(&format!("{}******{}", &nik[..6], &nik[12..])), "the masked NIK is printed");
    }
    assert!(text.contains("330512******0001"), "{text}");
    assert!(text.contains("81 (delapan puluh satu) orang"));
    assert!(text.contains("belum berarti ditetapkan"));
    assert!(!text.contains("RANCANGAN"));
    list.draft = true;
    let pages = text_pages(&render_public_list(&list).expect("a list").bytes);
    assert!(pages.len() > 1 && pages.iter().all(|page| page.contains("RANCANGAN - belum berlaku")));
}

#[test]
fn lists_come_on_folio_with_the_emblem_and_the_same_bytes_each_time() {
    let mut list = public_list(5);
    (list.paper, list.emblem) = (Paper::F4, Some(emblem()));
    let pdf = render_public_list(&list).expect("a list");
    assert!(poppler("pdfinfo", &[], &pdf.bytes, &[]).contains("609.449 x 935.433"));
    assert_eq!(pdf.bytes, render_public_list(&list).expect("a list").bytes);
    let mut page = book(5);
    page.paper = Paper::F4;
    let info = poppler("pdfinfo", &[], &render_book(&page).expect("a book").bytes, &[]);
    assert!(info.contains("935.433 x 609.449"), "the book lies on its side:\n{info}");
}

#[test]
fn empty_and_endless_lists_are_refused() {
    assert_eq!(render_book(&book(0)).err(), Some(StatementError::NoRows));
    let found = LIST_ROWS_MAX + 1;
    assert_eq!(
        render_public_list(&public_list(found as u32)).err(),
        Some(StatementError::TooManyRows { found })
    );
    let mut list = public_list(2);
    list.people[1].name = " ".into();
    assert_eq!(
        render_public_list(&list).err(),
        Some(StatementError::Empty { place: "nama (nomor 2)".into() })
    );
}

#[test]
fn debug_output_names_nobody() {
    let list = public_list(2);
    let shown = format!("{list:?} {:?} {:?}", list.people, book(1));
    assert!(!shown.contains("Wagiman") && !shown.contains("3305") && !shown.contains("Sutarno"), "{shown}");
}
