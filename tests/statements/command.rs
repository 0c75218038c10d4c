//! `payung statement verify` as a stranger meets it.

use crate::desk::Desk;
use crate::letter::{page, world};
use payung_tests::programs::program;
use serde_json::Value;
use std::process::{Command, Output};

fn verify(desk: &Desk, words: &[&str]) -> Output {
    Command::new(program("payung"))
        .args(["statement", "verify"])
        .args(words)
        .current_dir(desk.path(""))
        .output()
        .expect("payung is built")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_signed_letter_is_valid_and_says_by_whom() {
    let world = world();
    let letter = world.signed(&world.with_code(page(3, true)), &world.certificate());
    let desk = Desk::new();
    desk.put("surat.pdf", &letter.bytes);
    desk.put("root.pem", world.root_pem().as_bytes());

    let stranger = verify(&desk, &["surat.pdf"]);
    assert_eq!(code(&stranger), Some(0), "{}", said(&stranger));
    for words in ["Tanda tangan utuh", "Penerbit sertifikat tidak dikenal", "Sutarno Wiryawan", "3 orang"] {
        assert!(said(&stranger).contains(words), "{words} in:\n{}", said(&stranger));
    }
    let known = verify(&desk, &["--authority", "root.pem", "--format", "json", "surat.pdf"]);
    let report: Value = serde_json::from_slice(&known.stdout).expect("JSON");
    assert_eq!(code(&known), Some(0));
    assert_eq!(report["outcome"], "valid");
    assert_eq!(report["signatures"][0]["covers_whole_document"], true);
    assert_eq!(report["statement"]["people"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["statement"]["code"], payung_statement::short_hash(&letter.pdf.content_hash));
    assert!(!said(&known).to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| word == "sah"));
}

#[test]
fn a_certificate_that_came_later_is_known_beside_the_file() {
    let world = world();
    let letter = world.signed(&page(1, false), &world.self_issued());
    let desk = Desk::new();
    desk.put("surat.pdf", &letter.bytes);
    desk.put("root.pem", world.root_pem().as_bytes());
    desk.put("kepala.cer", &world.certificate());
    let words = ["--authority", "root.pem", "--head-certificate", "kepala.cer", "surat.pdf"];
    let accepted = verify(&desk, &words);
    assert_eq!(code(&accepted), Some(0));
    assert!(said(&accepted).contains("disahkan kabupaten"), "{}", said(&accepted));
}

#[test]
fn what_is_not_validly_signed_ends_with_one() {
    let world = world();
    let letter = world.signed(&world.with_code(page(1, false)), &world.certificate());
    let desk = Desk::new();
    let mut changed = letter.bytes.clone();
    changed[5_000] ^= 1;
    desk.put("berubah.pdf", &changed);
    desk.put("polos.pdf", &letter.pdf.bytes);
    let output = verify(&desk, &["berubah.pdf"]);
    assert!(code(&output) == Some(1) || code(&output) == Some(2), "{}", said(&output));
    assert!(!said(&output).contains("tidak berubah sejak"), "{}", said(&output));

    let plain = verify(&desk, &["polos.pdf"]);
    assert_eq!(code(&plain), Some(1));
    for words in
        ["tidak memuat tanda tangan elektronik", "lembar 1 dari surat Nomor 400.5.2/017/2008/XI/2026"]
    {
        assert!(said(&plain).contains(words), "{words} in:\n{}", said(&plain));
    }
    desk.done("pdftoppm", &["-r", "150", "-jpeg", "-singlefile", "polos.pdf", "foto"]);
    let photo = verify(&desk, &["--format", "json", "foto.jpg"]);
    let report: Value = serde_json::from_slice(&photo.stdout).expect("JSON");
    assert_eq!((code(&photo), &report["outcome"]), (Some(1), &Value::from("no_signature")));
    assert_eq!(report["sheets"][0]["genuine"], true);
}

#[test]
fn what_cannot_be_read_ends_with_two_and_one_line() {
    let desk = Desk::new();
    desk.put("teks.txt", b"hello");
    desk.put("terpotong.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n");
    let large = std::fs::File::create(desk.path("besar.pdf")).expect("file");
    large.set_len(200 << 20).expect("200 MB");
    for (file, words) in [
        ("teks.txt", "bukan PDF"),
        ("terpotong.pdf", "terpotong"),
        ("besar.pdf", "200 MB"),
        ("tidak-ada.pdf", "tidak dapat dibaca"),
    ] {
        let output = verify(&desk, &[file]);
        assert_eq!(code(&output), Some(2), "{file}: {}", said(&output));
        assert!(said(&output).contains(words) && said(&output).lines().count() == 1, "{}", said(&output));
    }
    let output = verify(&desk, &["--authority", "teks.txt", "teks.txt"]);
    assert_eq!(code(&output), Some(2));
    assert!(said(&output).contains("bukan sertifikat"));
}
