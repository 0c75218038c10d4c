//! Paper through the real print dialog, printed to a file: every page in its own size, on its own sheet.

use crate::scene::{KEBUMEN, Scene, screenshots};
use crate::stamping::printed as original;
use fantoccini::key::Key;
use payung_tests::programs::succeed;
use payung_tests::village::{HEAD_SECRET, PASSPHRASE};
use payung_tests::{Window, dialogs, people, steps};
use std::path::{Path, PathBuf};
use std::process::Command;

const DOTS_PER_MM: f64 = 150.0 / 25.4;
/// Darker than this is ink.
const INK: u8 = 128;

#[tokio::test]
async fn paper_comes_out_in_its_own_size() {
    let scene = Scene::enrolled("printing", KEBUMEN);
    scene.village.import_ready(&people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 2));
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::prepare_letter(&window).await;
    steps::head_signs(&window, HEAD_SECRET, None).await;
    steps::open_letter(&window).await;
    window.find("cetak-surat").await;

    // A dialog that was closed printed nothing: nobody is asked and nothing is noted.
    ask_for_original(&window).await;
    dialogs::look_and_cancel("Print", &screenshots("printing").join("dialog-cetak.png")).await;
    window.gone("dialog-cetak").await;
    ask_for_original(&window).await;
    let paper = to_file(&window, "surat-a4").await;
    assert_same(&original(&window, scene.folder.path()).await, Lies::Upright, &paper, [210.0, 297.0]);

    // Printed is noted without a question: the next original would be the second.
    window.click("cetak-surat").await;
    window.click("cetak-wet_original").await;
    window.find("asli-sudah-dicetak").await;
    window.press("ya-cetak", Key::Escape).await;
    window.gone("dialog-pilih-cetak").await;

    // The book lies on its side on an upright sheet; the list for the meeting stands on the office's longer sheet.
    window.click("nav-pernyataan").await;
    window.click("buku-surat").await;
    window.click("cetak-buku").await;
    let paper = to_file(&window, "buku-a4").await;
    let shown = "window.__TAURI_INTERNALS__.invoke('book_pdf', { \
        from: document.querySelector('[data-testid=buku-dari]').value, \
        to: document.querySelector('[data-testid=buku-sampai]').value })";
    assert_same(&kept(&window, shown, &scene, "buku.pdf").await, Lies::OnItsSide, &paper, [210.0, 297.0]);

    window.click("nav-pengaturan").await;
    window.click("kertas-f4").await;
    window.click("simpan-pengaturan").await;
    window.find("pengaturan-tersimpan").await;
    window.click("nav-calon").await;
    window.click("menu-cetak").await;
    window.click("daftar-musyawarah").await;
    window.click("cetak-daftar").await;
    let paper = to_file(&window, "daftar-f4").await;
    let shown = "window.__TAURI_INTERNALS__.invoke('public_list_pdf', { ids: null })";
    assert_same(&kept(&window, shown, &scene, "daftar.pdf").await, Lies::Upright, &paper, [215.0, 330.0]);
    window.close().await;
    scene.village.verify_journal();
}

async fn ask_for_original(window: &Window) {
    window.click("cetak-surat").await;
    window.click("cetak-wet_original").await;
    window.click("ya-cetak").await;
}

/// What the open print dialog leaves when it prints to a file.
async fn to_file(window: &Window, name: &str) -> PathBuf {
    dialogs::print_to_file("Print").await;
    window.find("terkirim-ke-pencetak").await;
    window.screenshot(name).await;
    window.click("selesai-cetak").await;
    window.gone("dialog-cetak").await;
    let file = window.documents().join(format!("{name}.pdf"));
    std::fs::rename(window.documents().join("output.pdf"), &file).expect("the print");
    std::fs::copy(&file, screenshots("printing").join(format!("{name}.pdf"))).expect("a print to look at");
    file
}

async fn kept(window: &Window, promise: &str, scene: &Scene, name: &str) -> PathBuf {
    let path = scene.folder.path().join(name);
    std::fs::write(&path, window.bytes(promise).await).expect("pages");
    path
}

#[derive(Clone, Copy, PartialEq)]
enum Lies {
    Upright,
    OnItsSide,
}

/// Sheet by sheet: the size, and the ink in the same place, within a millimetre and one part in a hundred.
fn assert_same(shown: &Path, lies: Lies, paper: &Path, sheet: [f64; 2]) {
    let (wanted, found) = (pages(shown, lies), pages(paper, Lies::Upright));
    assert_eq!(wanted.len(), found.len(), "as many sheets as pages");
    for (number, (wanted, found)) in wanted.iter().zip(&found).enumerate() {
        println!("page {}: shown {wanted:.2?}, on paper {found:.2?} (mm)", number + 1);
        for (wanted, found) in sheet.iter().chain(&wanted.ink).zip(found.sheet.iter().chain(&found.ink)) {
            assert!((wanted - found).abs() <= 1.0, "page {}: {wanted} mm became {found} mm", number + 1);
        }
        for side in [0, 1] {
            let scale = (found.ink[side + 2] - found.ink[side]) / (wanted.ink[side + 2] - wanted.ink[side]);
            assert!((scale - 1.0).abs() <= 0.01, "page {}: scaled by {scale}", number + 1);
        }
    }
}

/// Millimetres: width and height of the sheet; left, top, right and bottom of what is inked on it.
#[derive(Debug)]
struct Page {
    sheet: [f64; 2],
    ink: [f64; 4],
}

fn pages(pdf: &Path, lies: Lies) -> Vec<Page> {
    let pictures = pdf.with_extension("pages");
    std::fs::create_dir(&pictures).expect("folder");
    succeed(
        Command::new("pdftoppm").args(["-r", "150", "-gray", "-png"]).arg(pdf).arg(pictures.join("page")),
    );
    let files = std::fs::read_dir(&pictures).expect("folder");
    let mut files: Vec<PathBuf> = files.map(|entry| entry.expect("file").path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let page = image::open(file).expect("a page").into_luma8();
            measured(&if lies == Lies::OnItsSide { image::imageops::rotate90(&page) } else { page })
        })
        .collect()
}

fn measured(page: &image::GrayImage) -> Page {
    let inked = page.enumerate_pixels().filter(|(_, _, dot)| dot.0[0] < INK);
    let around = inked.fold([u32::MAX, u32::MAX, 0, 0], |[left, top, right, bottom], (x, y, _)| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    });
    let mm = |dots: u32| f64::from(dots) / DOTS_PER_MM;
    Page { sheet: [mm(page.width()), mm(page.height())], ink: around.map(mm) }
}
