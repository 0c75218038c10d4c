//! What comes back from the scanner.

use crate::desk::Desk;
use crate::letter::{page, world};
use payung_seal::{Scan, ScanReport, ScanVerdict, compare_scans, read_scans};

fn scanned(desk: &Desk, file: &str, words: &[&str]) -> Vec<Vec<u8>> {
    let mut all = words.to_vec();
    all.extend([file, "halaman"]);
    desk.done("pdftoppm", &all);
    let mut names: Vec<_> = std::fs::read_dir(desk.path(""))
        .expect("desk")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("halaman"))
        .collect();
    names.sort();
    let pages = names.iter().map(|name| desk.get(name)).collect();
    for name in names {
        std::fs::remove_file(desk.path(&name)).expect("gone");
    }
    pages
}

fn read(pages: &[Vec<u8>]) -> ScanReport {
    let scans: Vec<Scan<'_>> = pages.iter().map(|bytes| Scan { name: "pindai", bytes }).collect();
    read_scans(&scans).expect("pictures")
}

#[test]
fn printed_and_scanned_sheets_are_all_recognised() {
    let world = world();
    let letter = world.signed(&world.with_code(page(60, true)), &world.certificate());
    let (content, count) = (letter.pdf.content_hash, letter.pdf.pages as u32);
    assert!(count > 2, "the annex runs over several pages");
    let desk = Desk::new();
    desk.put("surat.pdf", &letter.bytes);
    for words in
        [&["-r", "150", "-gray", "-jpeg"][..], &["-r", "200", "-png"], &["-r", "300", "-mono", "-png"]]
    {
        let pages = scanned(&desk, "surat.pdf", words);
        let report = read(&pages);
        assert_eq!(compare_scans(&report, &content, count), ScanVerdict::Complete, "{words:?}");
        assert_eq!(
            compare_scans(&read(&pages[..1]), &content, count),
            ScanVerdict::Missing { pages: (2..=count).collect() }
        );
    }
    let whole = Scan { name: "surat.pdf", bytes: &letter.bytes };
    let report = read_scans(&[whole]).expect("drawn");
    assert_eq!(compare_scans(&report, &content, count), ScanVerdict::Complete, "the PDF's own pages");
}

#[test]
fn a_sheet_of_another_letter_among_them_is_refused() {
    let world = world();
    let ours = world.signed(&world.with_code(page(2, true)), &world.certificate());
    let mut other = page(1, false);
    other.number = "400.5.2/018/2008/XI/2026".into();
    let theirs = world.signed(&world.with_code(other), &world.certificate());
    let report = read_scans(&[
        Scan { name: "satu.pdf", bytes: &ours.bytes },
        Scan { name: "lain.pdf", bytes: &theirs.bytes },
    ])
    .expect("drawn");
    let verdict = compare_scans(&report, &ours.pdf.content_hash, ours.pdf.pages as u32);
    assert_eq!(
        verdict,
        ScanVerdict::Foreign {
            file: "lain.pdf".into(),
            page: 1,
            number: "400.5.2/018/2008/XI/2026".into(),
            village: "33.05.01.2008".into()
        }
    );
}
