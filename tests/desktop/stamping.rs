//! The meterai comes in by paper: the original printed, stamped, scanned, and put before the window.

use crate::scene::{KEBUMEN, Scene, put_before};
use payung_tests::programs::succeed;
use payung_tests::village::{HEAD_SECRET, PASSPHRASE};
use payung_tests::{Window, people, steps};
use std::path::{Path, PathBuf};
use std::process::Command;

#[tokio::test]
async fn a_letter_is_stamped_on_paper_and_its_scans_complete_it() {
    let scene = Scene::enrolled("stamping", KEBUMEN);
    scene.village.import_ready(&people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 2));
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::prepare_letter(&window).await;
    steps::head_signs(&window, HEAD_SECRET, None).await;

    steps::open_letter(&window).await;
    window.says("keadaan-surat", "menunggu meterai").await;
    let pages = scanned(&printed(&window, scene.folder.path()).await);
    window.click("catat-meterai").await;
    window.find("pilih-berkas-meterai").await;

    // One page is missing: told, not taken.
    put_before(scene.village.data(), &pages[..1]);
    window.attribute("hasil-berkas", "data-verdict", "missing").await;
    put_before(scene.village.data(), &pages);
    window.attribute("hasil-berkas", "data-verdict", "complete").await;
    window.screenshot("hasil-berkas").await;
    window.click("ke-meterai").await;
    window.fill("nomor-seri", "a1b2 c3d4 e5f6 g7h8 9").await;
    window.says("nomor-seri-terbaca", "A1B2C3D4E5F6G7H89").await;
    window.fill("letak-asli", "Lemari arsip kantor desa").await;
    window.click("simpan-meterai").await;
    window.gone("dialog-meterai").await;
    window.says("keadaan-surat", "lengkap").await;
    window.says("meterai-tercatat", "A1B2C3D4E5F6G7H89").await;
    window.screenshot("lengkap").await;

    // One letter of the serial was mistyped: corrected with a reason, and the scans need not come again.
    window.click("betulkan-meterai").await;
    window.find("berkas-tetap").await;
    window.fill("nomor-seri", "A1B2C3D4E5F6G7H88").await;
    window.fill("alasan-betulkan", "Nomor seri salah ketik").await;
    window.screenshot("betulkan").await;
    window.click("simpan-meterai").await;
    window.gone("dialog-meterai").await;
    window.says("meterai-tercatat", "A1B2C3D4E5F6G7H88").await;
    window.says("meterai-dibetulkan", "Nomor seri salah ketik").await;
    window.find("buka-berkas-2").await;
    window.says("riwayat-surat", "A1B2C3D4E5F6G7H89 dicatat").await;

    // The same picture, put before the window anywhere else, is only looked at.
    put_before(scene.village.data(), &pages[..1]);
    window.attribute("hasil-periksa", "data-outcome", "sheets").await;
    window.find("surat-dikenal").await;
    window.close().await;
    scene.village.verify_journal();
}

/// The print for the wet signature, as the window gets it.
pub async fn printed(window: &Window, folder: &Path) -> PathBuf {
    let asked = "window.__TAURI_INTERNALS__.invoke('print_pdf', \
        { id: Number(location.hash.split('/').pop()), what: 'wet_original' })";
    let path = folder.join("asli.pdf");
    std::fs::write(&path, window.bytes(asked).await).expect("pages");
    path
}

/// What a scanner makes of the paper.
fn scanned(pdf: &Path) -> Vec<PathBuf> {
    succeed(Command::new("pdftoppm").args(["-jpeg", "-r", "200"]).arg(pdf).arg(pdf.with_extension("")));
    let folder = pdf.parent().expect("a folder");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("folder")
        .map(|entry| entry.expect("file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jpg"))
        .collect();
    pages.sort();
    assert_eq!(pages.len(), 2, "a letter and its annex");
    pages
}
