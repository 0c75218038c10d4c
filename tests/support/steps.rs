//! What a clerk, a head and a visitor do in the window, in their words. Tests and the demonstration walk the same way.

use crate::dialogs;
use crate::window::Window;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use payung_domain::{Field, FieldValues};
use std::path::Path;
use std::time::Duration;

/// Chooses a name and gives the secret; the frame appears when both are right.
pub async fn unlock(window: &Window, name: &str, secret: &str) {
    window.find("kata-sandi").await;
    window.click_where("siapa-", name).await;
    window.fill("kata-sandi", secret).await;
    window.click("buka").await;
}

/// Opens the form of a new person from anywhere in the frame.
pub async fn new_person(window: &Window) {
    window.click("nav-calon").await;
    window.click("orang-baru").await;
    window.find("isian-nik").await;
}

/// Fills the form as the clerk does: every column the form shows, in the template's order.
pub async fn fill_person(window: &Window, values: &FieldValues) {
    for (field, value) in values.iter().filter(|(field, _)| *field != Field::Village) {
        fill_field(window, field.name(), value).await;
    }
    saved(window).await;
    for (field, value) in values.iter().filter(|(field, _)| *field != Field::Village) {
        holds_field(window, field.name(), value).await;
    }
}

/// One field, whatever control it is.
pub async fn fill_field(window: &Window, name: &str, value: &str) {
    let testid = format!("isian-{name}");
    let tag = window.find(&testid).await.tag_name().await.expect("tag").to_lowercase();
    match tag.as_str() {
        "input" | "textarea" => window.fill(&testid, value).await,
        "select" => window.choose(&testid, value).await,
        _ => window.answer(&format!("{testid}-{value}")).await,
    }
}

/// Waits until the field shows this value.
async fn holds_field(window: &Window, name: &str, value: &str) {
    let testid = format!("isian-{name}");
    let tag = window.find(&testid).await.tag_name().await.expect("tag").to_lowercase();
    match tag.as_str() {
        "input" => window.value(&testid, &written(name, value)).await,
        "textarea" | "select" => window.value(&testid, value).await,
        _ => window.chosen(&format!("{testid}-{value}")).await,
    }
}

/// As the form writes a value: numbers of sixteen digits in groups, dates with the day first.
fn written(name: &str, value: &str) -> String {
    match (name, value.split('-').collect::<Vec<_>>().as_slice()) {
        ("nik" | "no_kk", [digits]) => format!("{} {} {}", &digits[..6], &digits[6..12], &digits[12..]),
        (_, [year, month, day]) if year.len() == 4 => format!("{day}-{month}-{year}"),
        _ => value.to_owned(),
    }
}

/// Waits until the form says that everything is on disk.
pub async fn saved(window: &Window) {
    window.attribute("tersimpan", "data-state", "saved").await;
}

/// *Tandai siap*, with notes where rules are open.
pub async fn mark_ready(window: &Window, with_notes: bool) {
    window.click("tandai-siap").await;
    window.find("dialog-siap").await;
    if with_notes {
        window.click("siap-dengan-catatan").await;
    }
    window.click("ya-siap").await;
    window.gone("dialog-siap").await;
}

/// Opens a person by searching for the name.
pub async fn open_person(window: &Window, name: &str) {
    window.click("nav-calon").await;
    window.fill("cari", name).await;
    window.value("cari", name).await;
    window.attribute("daftar-orang", "aria-busy", "false").await;
    window.click_where("baris-", name).await;
    window.says("nama-orang", name).await;
}

/// Opens a file of people for import, chosen through the system's dialog, and waits for the preview.
pub async fn open_import(window: &Window, path: &Path) {
    window.click("nav-impor").await;
    window.find_any(&["pilih-berkas", "impor-lagi"]).await;
    if window.is_there("impor-lagi").await {
        // What came of the last import stays on the page until it is left.
        window.click("impor-lagi").await;
    }
    window.click("pilih-berkas").await;
    dialogs::answer_with_path("Berkas data penduduk atau calon penerima", path).await;
    window.find("jenis-berkas").await;
    window.find("angka-read").await;
}

/// Waits until the figures of the import are these: read, new, changed, same, refused, skipped.
pub async fn import_figures(window: &Window, figures: [u32; 6]) {
    let parts = ["read", "new", "changed", "same", "refused", "skipped"];
    for (part, figure) in parts.into_iter().zip(figures) {
        window.reads(&format!("angka-{part}"), &figure.to_string()).await;
    }
}

/// Makes one collective letter of everybody who is ready; it shows its pages.
pub async fn prepare_letter(window: &Window) {
    window.click("nav-pernyataan").await;
    window.click("buat-surat").await;
    window.click("pilih-semua").await;
    window.click("bentuk-collective").await;
    window.click("jadikan-surat").await;
    window.find("keadaan-surat").await;
}

/// Opens the newest letter from the list.
pub async fn open_letter(window: &Window) {
    window.click("nav-pernyataan").await;
    window.click_where("surat-buka-", "").await;
    window.find("keadaan-surat").await;
}

/// Saves the letter's PDF through the system's dialog.
pub async fn save_letter(window: &Window, path: &Path) {
    window.click("simpan-pdf").await;
    dialogs::answer_with_path("Simpan PDF", path).await;
    wait_for_file(path).await;
}

/// Waits until a file is there and holds something.
pub async fn wait_for_file(path: &Path) {
    for _ in 0..300 {
        if std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{} was not written", path.display());
}

/// The head sits down: own secret, reads, declares, draws, sees the final pages, gives the secret again.
/// `shots` names screenshots to be taken on the way.
pub async fn head_signs(window: &Window, secret: &str, shots: Option<&str>) {
    let shot = |name: &str| shots.map(|prefix| format!("{prefix}-{name}"));
    window.click("serahkan-ke-kepala").await;
    window.find("rahasia-kepala").await;
    window.screenshot_if(shot("ruang-masuk")).await;
    window.fill("rahasia-kepala", secret).await;
    window.click("masuk-ruang").await;
    window.find("akhir-daftar").await;
    window.scroll_to("akhir-daftar").await;
    window.screenshot_if(shot("ruang-baca")).await;
    window.click("sudah-baca").await;
    window.find("kalimat-pernyataan").await;
    window.click("saya-nyatakan").await;
    window.screenshot_if(shot("ruang-nyatakan")).await;
    window.click("ke-tanda-tangan").await;
    draw(window, "bidang-tanda-tangan").await;
    window.screenshot_if(shot("ruang-tanda-tangan")).await;
    window.click("lihat-halaman-akhir").await;
    window.find("rahasia-tanda-tangan").await;
    window.find("halaman-1").await;
    window.attribute("halaman-1", "data-drawn", "true").await;
    window.screenshot_if(shot("ruang-halaman-akhir")).await;
    window.fill("rahasia-tanda-tangan", secret).await;
    window.click("tandatangani").await;
    window.find("selesai").await;
    window.screenshot_if(shot("ruang-selesai")).await;
    window.click("selesai-keluar").await;
    window.find("nav-beranda").await;
}

/// A few strokes with the mouse.
pub async fn draw(window: &Window, pad: &str) {
    let element = window.find(pad).await;
    let moment = Some(Duration::from_millis(40));
    let mut mouse = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
        element,
        duration: moment,
        x: -120.0,
        y: 10.0,
    });
    for (x, y) in [(60.0, -50.0), (40.0, 70.0), (50.0, -60.0), (60.0, 40.0)] {
        mouse = mouse
            .then(PointerAction::Down { button: 0 })
            .then(PointerAction::MoveBy { duration: moment, x, y })
            .then(PointerAction::MoveBy { duration: moment, x: 12.0, y: -6.0 })
            .then(PointerAction::Up { button: 0 });
    }
    window.client.perform_actions(mouse).await.expect("the mouse draws");
}

/// Presses *Sinkronkan* and waits for what came of it.
pub async fn sync(window: &Window) {
    window.click("nav-sinkronisasi").await;
    window.click("sinkronkan").await;
    window.find("hasil-sinkron").await;
}
