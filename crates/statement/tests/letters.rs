//! What the letters say, read back from the finished PDF by poppler.

mod support;

use payung_domain::VillageKind;
use payung_statement::{render, short_hash};
use support::{kebumen, klungkung, poppler, squeezed, strokes, text, text_pages};

const ANNEX: &str = "daftar lampiran yang merupakan bagian tidak terpisahkan";

#[test]
fn one_person_stands_on_one_page_with_work_age_and_article() {
    let pdf = render(&kebumen(1, false)).expect("a statement");
    let text = &text_pages(&pdf.bytes)[0];
    assert_eq!(pdf.pages, 1, "one person fits on one page");
    for words in [
        "PEMERINTAH KABUPATEN KEBUMEN",
        "KECAMATAN AYAH",
        "DESA KARANGDUWUR",
        "SURAT PERNYATAAN",
        "Nomor: 400.5.2/017/2008/XI/2026",
        "Sutarno Wiryawan",
        "Kepala Desa Karangduwur",
        "Wagiman",
        "330501 020268 0001",
        "Kebumen, 2 Februari 1968",
        "58 (lima puluh delapan) tahun",
        "Buruh tani",
        "Sawah Blok Kulon",
        "1991",
        "adalah pekerja",
        "Pasal 10 ayat (3) huruf a Peraturan Bupati Kebumen Nomor 56 Tahun 2024",
        "dibuat dengan sebenarnya",
        "Karangduwur, 21 November 2026",
        "tempat meterai",
        "Halaman 1 dari 1",
    ] {
        assert!(text.contains(words), "the page should say \u{201c}{words}\u{201d}:\n{text}");
    }
    for words in ["RANCANGAN", "CONTOH", "tidak tersertifikasi", ANNEX] {
        assert!(!text.contains(words), "the page should not say \u{201c}{words}\u{201d}");
    }
}

#[test]
fn a_collective_statement_counts_in_words_and_lists_everyone_in_the_annex() {
    let page = kebumen(21, true);
    let pdf = render(&page).expect("a statement");
    let pages = text_pages(&pdf.bytes);
    assert_eq!(pages.len(), pdf.pages, "poppler counts the same pages");
    assert!(pages[0].contains("atas 21 (dua puluh satu) orang sebagaimana daftar lampiran"));
    assert!(pages[0].contains(ANNEX));
    assert!(!pages[0].contains("Sawah Blok Kulon"), "people stand in the annex only");
    let annex = pages[1..].join(" ");
    let laid_out = text(&pdf.bytes);
    for person in &page.people {
        let nik = format!("{} {} {}", &person.nik[..6], &person.nik[6..12], &person.nik[12..]);
        assert!(laid_out.contains(&nik), "person {} is listed", person.number);
    }
    assert!(annex.contains("Daftar ini ditutup pada nomor urut 21 dan memuat 21 (dua puluh satu) orang"));
}

#[test]
fn number_hash_and_place_for_paraf_stand_on_every_page_and_the_head_repeats() {
    let pdf = render(&kebumen(100, true)).expect("a statement");
    let pages = text_pages(&pdf.bytes);
    let hash = short_hash(&pdf.content_hash);
    assert!(pages.len() > 3, "a hundred people need several pages");
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains("400.5.2/017/2008/XI/2026"), "number on page {}", index + 1);
        assert!(page.contains(&hash), "content hash on page {}", index + 1);
        assert!(page.contains(&format!("Halaman {} dari {}", index + 1, pages.len())), "page {}", index + 1);
        assert_eq!(page.contains("paraf dan cap"), index > 0, "room for paraf on annex page {}", index + 1);
    }
    let with_rows = pages[1..].iter().filter(|page| page.contains("Kecamatan") || page.contains("3305"));
    for page in with_rows {
        assert!(page.contains("Nama dan NIK"), "the table's head repeats");
    }
}

#[test]
fn the_letter_of_proposal_cites_no_article_and_every_page_says_it_is_a_draft() {
    let pdf = render(&klungkung(30, true)).expect("a letter");
    let pages = text_pages(&pdf.bytes);
    for page in &pages {
        assert!(page.contains("RANCANGAN - belum berlaku"));
        assert!(!page.contains("Pasal"), "no article is cited");
    }
    let first = &pages[0];
    assert!(first.contains("SURAT PENGANTAR USULAN"));
    assert!(first.contains("Perbekel Batukandik"));
    assert!(first.contains("I Gusti Ngurah Agung Wiratmaja"));
    assert!(first.contains("Rancangan Peraturan Bupati Klungkung"));
    assert!(!first.contains("SURAT PERNYATAAN"));
    assert!(!first.contains("tempat meterai"));
}

#[test]
fn a_regulation_in_force_leaves_no_draft_mark() {
    let mut page = klungkung(1, false);
    page.regulation.draft = false;
    let text = text(&render(&page).expect("a letter").bytes);
    assert!(!text.contains("RANCANGAN") && !text.contains("belum berlaku"), "{text}");
}

#[test]
fn a_lurah_signs_for_a_kelurahan_with_his_nip() {
    let mut page = kebumen(1, false);
    page.office.village_kind = VillageKind::Kelurahan;
    page.head.title = "Lurah".into();
    page.head.nip = Some("19780412 200501 1 003".into());
    let text = text(&render(&page).expect("a statement").bytes);
    assert!(text.contains("KELURAHAN KARANGDUWUR") && !text.contains("DESA KARANGDUWUR"));
    assert!(text.contains("Lurah Karangduwur"));
    assert!(text.contains("NIP 19780412 200501 1 003"));
}

#[test]
fn a_drawn_signature_is_vectors_and_called_what_it_is() {
    let plain = render(&kebumen(2, true)).expect("a statement");
    let mut page = kebumen(2, true);
    page.drawn_signature = Some(strokes());
    let drawn = render(&page).expect("a statement");
    assert!(text(&drawn.bytes).contains("Tanda tangan elektronik tidak tersertifikasi"));
    assert_eq!(plain.content_hash, drawn.content_hash, "drawing does not change what is attested");
    assert_ne!(plain.bytes, drawn.bytes);
    let images = poppler("pdfimages", &["-list"], &drawn.bytes, &[]);
    assert_eq!(
        images.lines().count(),
        2,
        "no raster pictures, only the two lines of the table's head:\n{images}"
    );
}

#[test]
fn a_sample_says_so_on_every_page() {
    let mut page = kebumen(30, true);
    page.demo = true;
    for page in text_pages(&render(&page).expect("a statement").bytes) {
        assert!(page.contains("CONTOH") && page.contains("data rekaan"));
    }
}

#[test]
fn an_empty_number_leaves_a_line_to_write_on() {
    let mut page = kebumen(1, false);
    page.number = String::new();
    let text = squeezed(&text(&render(&page).expect("a statement").bytes));
    assert!(text.contains("Nomor: ....."), "{text}");
}
