//! An officer holds a letter against the district's record, with the program itself.

use crate::support::heads::Head;
use crate::support::laptop::today;
use crate::support::paper::signed_paper;
use crate::support::{AYAH, Laptop, ROWOKELE, Scene, people};
use payung_domain::VillageCode;
use payung_journal::Event;
use payung_keys::sha256;
use std::path::PathBuf;
use std::process::{Command, Output};

const SERIAL: &str = "A1B2C3D4E5F6G7H89";

fn check(scene: &Scene, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_payung-district"))
        .args(["statement", "check", "--data"])
        .arg(scene.data())
        .args(arguments)
        .output()
        .unwrap()
}

/// Ends with that code; what it said.
fn said(output: &Output, code: i32) -> String {
    let words = [output.stdout.clone(), output.stderr.clone()].concat();
    let words = String::from_utf8(words).unwrap();
    assert_eq!(output.status.code(), Some(code), "{words}");
    words
}

async fn sync(scene: &Scene, laptop: &mut Laptop) {
    let answer = scene.exchange(laptop.bytes()).await;
    laptop.learn(&answer, &scene.office().key().public());
}

fn certify(scene: &Scene, village: &str, head: &Head) {
    let meant = payung_district::head::Meant {
        village: VillageCode::parse(village).unwrap(),
        fingerprint: head.fingerprint(),
        officer: "Rina".into(),
    };
    payung_district::head::certify(&scene.office(), &meant, None).unwrap();
}

fn write(scene: &Scene, name: &str, bytes: &[u8]) -> PathBuf {
    let path = scene.folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_says_where_the_sheet_belongs_and_the_record_says_the_rest() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let content = sha256(&[b"content", b"460/1"]);
    let code = head.code(AYAH, "460/1", 1, content);
    let words = said(&check(&scene, &["--qr", &code]), 1);
    assert!(words.contains("460/1") && words.contains("surat ini tidak ada"), "{words}");

    let statement = laptop.sign(head.sealed("460/1", &[person]));
    sync(&scene, &mut laptop).await;
    let words = said(&check(&scene, &["--qr", &code]), 1);
    assert!(words.contains("belum disahkan kabupaten") && words.contains(&head.fingerprint()), "{words}");
    certify(&scene, AYAH, &head);
    let words = said(&check(&scene, &["--qr", &code]), 0);
    assert!(
        words.contains("menunggu meterai") && words.contains("Cap waktu kabupaten: 21 November 2026"),
        "{words}"
    );
    laptop.stamp(statement, SERIAL);
    sync(&scene, &mut laptop).await;
    let words = said(&check(&scene, &["--qr", &code]), 0);
    assert!(words.contains("ditandatangani dan bermeterai"), "{words}");
    assert!(!words.contains(SERIAL) && !words.to_lowercase().contains(" sah."), "{words}");
    let json: serde_json::Value =
        serde_json::from_str(&said(&check(&scene, &["--qr", &code, "--format", "json"]), 0)).unwrap();
    assert_eq!(
        (json["holds"].as_bool(), json["records"][0]["state"].as_str()),
        (Some(true), Some("stamped"))
    );
    assert_eq!(json["records"][0]["village"], AYAH);

    // Somebody else's key over the same content, and a count that was changed before signing.
    let mut elsewhere = scene.laptop(ROWOKELE).await;
    let stranger = Head::of(&mut elsewhere);
    let words = said(&check(&scene, &["--qr", &stranger.code(AYAH, "460/1", 1, content)]), 1);
    assert!(words.contains("kunci lain"), "{words}");
    said(&check(&scene, &["--qr", &head.code(AYAH, "460/1", 2, content)]), 1);
    said(&check(&scene, &["--qr", &head.code(ROWOKELE, "460/1", 1, content)]), 1);

    laptop.withdraw(statement);
    sync(&scene, &mut laptop).await;
    assert!(said(&check(&scene, &["--qr", &code]), 1).contains("dicabut kepala desa"));
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_are_forged_damaged_or_of_something_else_are_named() {
    let scene = Scene::kebumen().await;
    let head = Head::of(&mut Laptop::new(AYAH));
    let code = head.code(AYAH, "460/1", 1, [7; 32]);
    let mut letters: Vec<char> = code.chars().collect();
    letters[20] = if letters[20] == 'A' { 'B' } else { 'A' };
    let forged: String = letters.into_iter().collect();
    let words = said(&check(&scene, &["--qr", &forged]), 1);
    assert!(words.contains("tidak asli"), "{words}");
    assert!(said(&check(&scene, &["--qr", &code[..60]]), 2).contains("rusak"));
    assert!(said(&check(&scene, &["--qr", "https://contoh.go.id"]), 2).contains("bukan kode QR"));
    assert!(said(&check(&scene, &["--qr", "PAYUNG9:ABC/1"]), 2).contains("lebih baru"));
    assert!(said(&check(&scene, &[]), 2).contains("belum lengkap"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_file_is_found_by_its_content_and_its_heads_key() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let paper = signed_paper(&head, "460/1");
    let path = write(&scene, "surat.pdf", &paper.bytes);
    let file = path.to_str().unwrap();
    assert!(said(&check(&scene, &[file]), 1).contains("surat ini tidak ada"));
    laptop.sign(head.sealed_over("460/1", &[person], paper.document, paper.content));
    sync(&scene, &mut laptop).await;
    assert!(said(&check(&scene, &[file]), 1).contains("belum disahkan"));
    certify(&scene, AYAH, &head);
    let words = said(&check(&scene, &[file]), 0);
    assert!(words.contains("Tanda tangan utuh") && words.contains("menunggu meterai"), "{words}");

    let altered = paper.bytes.windows(6).position(|bytes| bytes == b"Slamet").unwrap();
    let mut bytes = paper.bytes.clone();
    bytes[altered] = b's';
    let path = write(&scene, "diubah.pdf", &bytes);
    let words = said(&check(&scene, &[path.to_str().unwrap()]), 1);
    assert!(words.contains("tidak utuh") && words.contains("surat ini tidak ada"), "{words}");

    // The same data in a letter that another key signed.
    let stranger = Head::of(&mut Laptop::new(ROWOKELE));
    let path = write(&scene, "tiruan.pdf", &signed_paper(&stranger, "460/1").bytes);
    assert!(said(&check(&scene, &[path.to_str().unwrap()]), 1).contains("kunci lain"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_first_program_is_found_whole() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let bytes = b"%PDF-1.7 as the first program made it";
    let mut old = head.plain("460/1", &[person]);
    old.document = sha256(&[bytes]);
    let statement = laptop.sign(old.signed(&head.key));
    laptop.write(Event::StatementStamped { statement, on: today(), stamp: None });
    sync(&scene, &mut laptop).await;
    certify(&scene, AYAH, &head);
    let path = write(&scene, "lama.pdf", bytes);
    assert!(said(&check(&scene, &[path.to_str().unwrap()]), 0).contains("bermeterai"));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_letter_are_refused_with_what_to_do() {
    let scene = Scene::kebumen().await;
    let text = write(&scene, "catatan.txt", b"bukan surat");
    assert!(said(&check(&scene, &[text.to_str().unwrap()]), 2).contains("bukan PDF"));
    let png = write(&scene, "rusak.png", b"\x89PNG\r\n\x1a\nrusak");
    assert!(said(&check(&scene, &[png.to_str().unwrap()]), 2).contains("Gambar"));
    assert!(said(&check(&scene, &["/nonexistent.pdf"]), 2).contains("tidak dapat dibaca"));
    assert!(said(&check(&scene, &[scene.folder.path().to_str().unwrap()]), 2).contains("tidak dapat dibaca"));
    let huge = write(&scene, "besar.pdf", b"%PDF-1.7");
    std::fs::OpenOptions::new().write(true).open(&huge).unwrap().set_len(200 << 20).unwrap();
    assert!(said(&check(&scene, &[huge.to_str().unwrap()]), 2).contains("terlalu besar"));
}
