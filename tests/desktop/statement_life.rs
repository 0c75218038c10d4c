//! A letter from the head's signature to the meterai, the district's word, and what strangers say of the PDF.

use crate::scene::{KEBUMEN, Scene, screenshots};
use payung_domain::Field;
use payung_tests::programs::{run, succeed};
use payung_tests::village::{HEAD_SECRET, PASSPHRASE};
use payung_tests::{dialogs, people, steps};
use std::path::{Path, PathBuf};
use std::process::Command;

const SERIAL: &str = "A1B2C3D4E5F6G7H89";

#[tokio::test]
async fn a_letter_gets_its_meterai_and_the_head_his_certificate() {
    let scene = Scene::enrolled("statement-life", KEBUMEN);
    scene.village.import_ready(&people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 2));
    let person = people::one(KEBUMEN.1, 1);
    let name = person.get(Field::Name).expect("name").to_owned();
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;

    // Signed on screen: not stamped yet, and said so.
    steps::prepare_letter(&window).await;
    steps::head_signs(&window, HEAD_SECRET, None).await;
    steps::open_letter(&window).await;
    window.says("keadaan-surat", "menunggu meterai").await;
    window.says("kata-tanda-tangan", "tidak tersertifikasi").await;
    let signed = scene.folder.path().join("surat.pdf");
    steps::save_letter(&window, &signed).await;
    strangers_read(&signed, "Signature is Valid");

    // The print dialog opens over the pages without the drawing; the clerk closes it again.
    window.click("cetak-surat").await;
    window.click("cetak-wet_original").await;
    window.click("ya-cetak").await;
    dialogs::look_and_cancel("Print", &screenshots("statement-life").join("dialog-cetak.png")).await;
    window.gone("dialog-cetak").await;

    // The stamped sheets come back as one scanned file.
    let scan = scanned(&signed, scene.folder.path());
    window.click("catat-meterai").await;
    window.click("pilih-berkas-meterai").await;
    dialogs::answer_with_path("Pindaian atau PDF bermeterai", &scan).await;
    window.attribute("hasil-berkas", "data-verdict", "complete").await;
    window.screenshot("meterai-lembar").await;
    window.click("ke-meterai").await;
    window.click("jenis-meterai-tempel").await;
    window.fill("nomor-seri", "a1b2 c3d4 e5f6 g7h8 9").await;
    window.says("nomor-seri-terbaca", SERIAL).await;
    window.fill("letak-asli", "Map pernyataan 2026, lemari arsip").await;
    window.screenshot("meterai-isian").await;
    window.click("simpan-meterai").await;
    window.says("meterai-tercatat", SERIAL).await;
    window.says("keadaan-surat", "lengkap").await;
    window.screenshot("surat-lengkap").await;
    steps::open_person(&window, &name).await;
    window.attribute("syarat-statement", "data-outcome", "met").await;

    // The district receives it, and an officer compares the fingerprint with the head himself.
    steps::sync(&window).await;
    let fingerprint = read_fingerprint(&scene);
    scene.district.succeed(&[
        "head",
        "certify",
        "--village",
        KEBUMEN.1,
        "--fingerprint",
        &fingerprint,
        "--officer",
        "Petugas Dinas",
    ]);
    steps::sync(&window).await;
    steps::open_letter(&window).await;
    window.says("pengiriman-surat", "sudah sampai di kabupaten").await;

    // The export now carries the district's time stamp and still is the letter that was signed.
    let stamped = scene.folder.path().join("surat-bercap-waktu.pdf");
    steps::save_letter(&window, &stamped).await;
    strangers_read(&stamped, "Signature is Valid");

    // Payung's own report, in the window and at the terminal, also of a file that somebody changed.
    window.click("nav-pernyataan").await;
    window.click("periksa-surat").await;
    window.click("pilih-berkas-periksa").await;
    dialogs::answer_with_path("PDF atau pindaian", &stamped).await;
    window.attribute("hasil-periksa", "data-outcome", "valid").await;
    window.find("surat-dikenal").await;
    window.screenshot("periksa-utuh").await;
    let changed = altered(&stamped);
    window.click("pilih-berkas-periksa").await;
    dialogs::answer_with_path("PDF atau pindaian", &changed).await;
    window.attribute("hasil-periksa", "data-outcome", "not_valid").await;
    window.screenshot("periksa-berubah").await;
    window.close().await;

    let root = scene.folder.path().join("root.pem");
    scene.district.succeed(&["authority", "--out", root.to_str().expect("path")]);
    let judged = |file: &Path| {
        let mut command = Command::new(payung_tests::programs::program("payung"));
        run(command.args(["statement", "verify"]).arg(file).arg("--authority").arg(&root))
    };
    let verdict = |file: &Path| judged(file).status.code();
    assert_eq!(verdict(&stamped), Some(0));
    let said = String::from_utf8_lossy(&judged(&stamped).stdout).into_owned();
    assert!(said.contains("Cap waktu: "), "the district's time stamp is in: {said}");
    assert_eq!(verdict(&changed), Some(1));
    assert_eq!(verdict(&scan), Some(1), "a scan bears no signature");
    assert_eq!(verdict(&root), Some(2), "a certificate is no PDF");
    scene.village.verify_journal();
    let status = scene.village.status();
    assert_eq!(status["people"]["sudah sampai di kabupaten"], 2, "{status}");
}

/// The fingerprint of the village's one head, as the officer's list shows it.
fn read_fingerprint(scene: &Scene) -> String {
    let list = scene.district.succeed(&["head", "list", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list).expect("the list is JSON");
    list[0]["fingerprint"].as_str().expect("one head").to_owned()
}

/// The pages as a scanner gives them: pictures in a PDF, nothing to select, no signature.
fn scanned(pdf: &Path, folder: &Path) -> PathBuf {
    let prefix = folder.join("lembar");
    succeed(Command::new("pdftoppm").args(["-r", "150", "-gray", "-jpeg"]).arg(pdf).arg(&prefix));
    let mut sheets: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jpg"))
        .collect();
    sheets.sort();
    let out = folder.join("pindaian.pdf");
    std::fs::write(&out, payung_tests::scanner::pdf_of(&sheets)).expect("scan");
    out
}

fn altered(pdf: &Path) -> PathBuf {
    let mut bytes = std::fs::read(pdf).expect("PDF");
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    let out = pdf.with_file_name("diubah.pdf");
    std::fs::write(&out, bytes).expect("altered PDF");
    out
}

fn strangers_read(pdf: &Path, words: &str) {
    let said = run(Command::new("pdfsig").arg(pdf));
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains(words) && said.contains("Total document signed"), "{said}");
}
