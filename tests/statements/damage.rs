//! Damage of every kind shows, and files that are no statement say what they are.

use crate::desk::Desk;
use crate::letter::{Seeded, page, world};
use payung_seal::{Outcome, SameStatement, SealError, is_this_statement, verify_pdf};

/// Random changes in each kind of file.
const ROUNDS: usize = 1_000;

#[test]
fn a_thousand_changed_bytes_are_all_noticed() {
    let world = world();
    let known = world.knowledge();
    let letter = world.signed(&world.with_code(page(1, false)), &world.certificate());
    let stamped = world.exported(&letter);
    let random = Seeded::new(20_261_121);
    for round in 0..ROUNDS {
        let good = if round % 2 == 0 { &letter.bytes } else { &stamped };
        let mut bytes = good.clone();
        // Half of the changes anywhere, half in the place of the signature, which the signature itself cannot cover.
        let at = match random.number() % 2 {
            0 => random.number() % bytes.len(),
            _ => letter.room.gap.start - 1 + random.number() % (letter.room.gap.len() + 2),
        };
        bytes[at] ^= (random.number() % 255 + 1) as u8;
        if let Ok(report) = verify_pdf(&bytes, &known) {
            assert_ne!(report.outcome, Outcome::Valid, "round {round}: byte {at} changed unnoticed");
        }
    }
}

#[test]
fn every_digit_of_signature_and_time_stamp_counts() {
    let world = world();
    let known = world.knowledge();
    let letter = world.signed(&page(1, false), &world.certificate());
    let stamped = world.exported(&letter);
    let used = letter.room.gap.start..letter.room.gap.start + 6_400;
    let mut unnoticed = Vec::new();
    for at in used {
        let mut bytes = stamped.clone();
        bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
        let noticed = verify_pdf(&bytes, &known).map_or(true, |report| report.outcome != Outcome::Valid);
        if !noticed {
            unnoticed.push(at - letter.room.gap.start);
        }
    }
    assert_eq!(unnoticed, [] as [usize; 0], "digits changed unnoticed");
}

#[test]
fn unreadable_files_say_which_way() {
    let world = world();
    let known = world.knowledge();
    let letter = world.signed(&page(1, false), &world.certificate());
    let desk = Desk::new();
    desk.put("surat.pdf", &letter.bytes);
    desk.done("qpdf", &["--encrypt", "rahasia", "rahasia", "256", "--", "surat.pdf", "terkunci.pdf"]);
    desk.done("qpdf", &["--encrypt", "", "rahasia", "256", "--", "surat.pdf", "terbatas.pdf"]);
    let read = |bytes: &[u8]| verify_pdf(bytes, &known).expect_err("not readable");
    assert_eq!(read(&desk.get("terkunci.pdf")), SealError::Encrypted);
    assert_eq!(read(&desk.get("terbatas.pdf")), SealError::Encrypted);
    assert_eq!(read(&letter.bytes[..letter.bytes.len() / 2]), SealError::Truncated);
    assert_eq!(read(b"{\\rtf1 surat}"), SealError::NotPdf);
    let words: Vec<String> =
        [SealError::Encrypted, SealError::Truncated, SealError::NotPdf, read(&vec![0; 200 << 20])]
            .iter()
            .map(ToString::to_string)
            .collect();
    for (index, one) in words.iter().enumerate() {
        assert!(one.ends_with('.') && !words[..index].contains(one), "each has its own words: {one}");
    }
}

#[test]
fn somebody_elses_statement_is_named() {
    let world = world();
    let ours = world.signed(&page(3, true), &world.certificate());
    let mut other = page(2, true);
    other.number = "400.5.2/999/2008/XI/2026".into();
    let theirs = world.signed(&other, &world.certificate());
    let told = |bytes: &[u8]| match is_this_statement(bytes, &ours.bytes, &ours.pdf.content_hash) {
        SameStatement::Other(words) => words,
        same => panic!("{same:?}"),
    };
    assert!(told(&theirs.bytes).contains("400.5.2/999/2008/XI/2026"));
    assert!(told(b"hello").contains("bukan PDF"));
    let desk = Desk::new();
    desk.put("surat.pdf", &ours.bytes);
    desk.done("qpdf", &["--empty", "--pages", "surat.pdf", "1", "--", "satu.pdf"]);
    told(&desk.get("satu.pdf"));
}

#[test]
fn a_file_written_anew_by_another_program_is_still_this_statement() {
    let world = world();
    let ours = world.signed(&world.with_code(page(60, true)), &world.certificate());
    let desk = Desk::new();
    desk.put("surat.pdf", &ours.bytes);
    desk.done("qpdf", &["--object-streams=generate", "surat.pdf", "ditulis-ulang.pdf"]);
    let anew = desk.get("ditulis-ulang.pdf");
    assert_eq!(is_this_statement(&anew, &ours.bytes, &ours.pdf.content_hash), SameStatement::SameContent);
    let report = verify_pdf(&anew, &world.knowledge()).expect("read");
    assert_eq!(report.outcome, Outcome::NotValid, "its signature did not survive that");
}

#[test]
fn prints_for_wet_signatures_and_copies_are_the_same_statement() {
    let world = world();
    let page = world.with_code(page(3, true));
    let signed = world.signed(&page, &world.certificate());
    let wet = payung_statement::StatementPage { drawn_signature: None, ..page.clone() };
    let copy = payung_statement::StatementPage { copy: true, ..page };
    for (what, variant) in [("wet", wet), ("copy", copy)] {
        let pdf = payung_statement::render(&variant).expect("a letter");
        assert_eq!(pdf.content_hash, signed.pdf.content_hash, "{what}");
        assert_eq!(
            is_this_statement(&pdf.bytes, &signed.bytes, &signed.pdf.content_hash),
            SameStatement::SameContent,
            "{what}"
        );
    }
}

#[test]
fn a_number_changed_on_a_rewritten_page_is_another_document() {
    let world = world();
    let page = page(3, true);
    let ours = world.signed(&page, &world.certificate());
    let mut other = page.clone();
    // The embedded data masks the NIK and holds the facts as digests: here they are made to agree, the page is not.
    other.people[1].nik = "3305010202680009".into();
    let forged = payung_statement::render(&other).expect("a letter");
    assert!(matches!(
        is_this_statement(&forged.bytes, &ours.bytes, &ours.pdf.content_hash),
        SameStatement::Other(_)
    ));
}
