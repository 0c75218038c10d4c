//! What independent programs say of our files.

use crate::desk::Desk;
use crate::letter::{page, world};
use payung_keys::{Trust, hex, sha256};
use payung_seal::{Outcome, verify_pdf};

#[test]
fn pdfsig_finds_the_signature_valid_and_with_the_districts_root_trusted() {
    let world = world();
    let letter = world.signed(&world.with_code(page(12, true)), &world.certificate());
    let desk = Desk::new();
    let file = desk.put("surat.pdf", &letter.bytes);
    let stranger = desk.done("pdfsig", &["-nssdir", &desk.nss(None), &file]);
    for words in ["Signature is Valid", "Total document signed", "Sutarno Wiryawan", "ETSI.CAdES.detached"] {
        assert!(stranger.contains(words), "{words} in:\n{stranger}");
    }
    assert!(!stranger.contains("Certificate is Trusted"), "{stranger}");
    let desk = Desk::new();
    let file = desk.put("surat.pdf", &letter.bytes);
    let known = desk.done("pdfsig", &["-nssdir", &desk.nss(Some(&world.root_pem())), &file]);
    for words in ["Signature is Valid", "Total document signed", "Certificate is Trusted"] {
        assert!(known.contains(words), "{words} in:\n{known}");
    }
}

#[test]
fn pyhanko_agrees() {
    let world = world();
    let letter = world.signed(&page(1, false), &world.certificate());
    let desk = Desk::new();
    let file = desk.put("surat.pdf", &letter.bytes);
    let root = desk.put("root.pem", world.root_pem().as_bytes());
    let said = desk.done(
        "pyhanko",
        &[
            "sign",
            "validate",
            "--no-revocation-check",
            "--validation-time",
            "2026-11-22",
            "--trust",
            &root,
            "--pretty-print",
            &file,
        ],
    );
    for words in ["judged VALID", "covers the entire file"] {
        assert!(said.contains(words), "{words} in:\n{said}");
    }
}

#[test]
fn the_file_with_the_districts_time_stamp_is_valid_everywhere() {
    let world = world();
    let letter = world.signed(&page(3, true), &world.certificate());
    let bytes = world.exported(&letter);
    assert_eq!(bytes.len(), letter.bytes.len(), "the stamp stands in the reserved place");

    let report = verify_pdf(&bytes, &world.knowledge()).expect("read");
    let [one] = &report.signatures[..] else { panic!("one signature") };
    assert_eq!(report.outcome, Outcome::Valid);
    assert!(one.covers_whole_document);
    assert!(matches!(one.trust, Trust::Trusted { .. }), "{:?}", one.trust);
    assert!(matches!(one.timestamp_trust, Some(Trust::Trusted { .. })), "{:?}", one.timestamp_trust);

    let desk = Desk::new();
    let file = desk.put("surat.pdf", &bytes);
    let nss = desk.nss(Some(&world.root_pem()));
    let said = desk.done("pdfsig", &["-nssdir", &nss, &file]);
    for words in ["Signature is Valid", "Total document signed", "Certificate is Trusted"] {
        assert!(said.contains(words), "{words} in:\n{said}");
    }
    let root = desk.path("root.pem").display().to_string();
    let said = desk.done(
        "pyhanko",
        &[
            "sign",
            "validate",
            "--no-revocation-check",
            "--validation-time",
            "2026-11-24",
            "--trust",
            &root,
            "--pretty-print",
            &file,
        ],
    );
    for words in ["judged VALID", "Signature timestamp", "trusted"] {
        assert!(said.contains(words), "{words} in:\n{said}");
    }
}

#[test]
fn the_file_stays_a_sound_pdf_with_its_fonts_and_its_data() {
    let world = world();
    let letter = world.signed(&world.with_code(page(40, true)), &world.self_issued());
    let desk = Desk::new();
    let file = desk.put("surat.pdf", &letter.bytes);
    let said = desk.done("qpdf", &["--check", &file]);
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");

    let fonts = desk.done("pdffonts", &[&file]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(row.split_whitespace().rev().nth(4), Some("yes"), "embedded: {row}");
    }

    desk.done("pdfdetach", &["-savefile", "statement.json", "-o", "taken.json", &file]);
    let taken = sha256(&[&desk.get("taken.json")]);
    assert_eq!(hex(&taken), hex(&letter.pdf.content_hash));
    let statement = verify_pdf(&letter.bytes, &world.knowledge()).expect("read").statement.expect("data");
    assert_eq!(statement.content, taken);
    assert_eq!(statement.people.len(), 40);
    assert_eq!(statement.number, crate::letter::NUMBER);
    assert_eq!(statement.pages_without_code, [] as [u32; 0], "the code is found on every page");
    assert_eq!(statement.code, payung_statement::short_hash(&taken));
    let printed = desk.done("pdftotext", &["-layout", &file, "-"]);
    assert!(printed.matches(&statement.code).count() >= letter.pdf.pages, "{printed}");
}

#[test]
fn a_hundred_people_signed_fit_the_weakest_line() {
    let world = world();
    let letter = world.signed(&world.with_code(page(100, true)), &world.certificate());
    let grown = letter.bytes.len() - letter.pdf.bytes.len();
    assert!(grown <= 12_500, "signing adds {grown} bytes");
    assert!(letter.bytes.len() <= 200_000, "{} bytes", letter.bytes.len());
}

#[test]
fn the_same_letter_gives_the_same_signed_bytes() {
    let world = world();
    let one = world.signed(&page(2, true), &world.certificate());
    world.signed(&page(1, false), &world.self_issued());
    assert_eq!(one.bytes, world.signed(&page(2, true), &world.certificate()).bytes);
}
