//! After the loss of a laptop: a backup put back at the first start, and the village goes on.

use crate::scene::{KEBUMEN, Scene, screenshots};
use payung_domain::Field;
use payung_tests::village::PASSPHRASE;
use payung_tests::{Window, dialogs, people, steps};

const NAME: &str = "recovery";

#[tokio::test]
async fn a_backup_is_put_back_at_the_first_start_and_the_village_goes_on() {
    let scene = Scene::enrolled(NAME, KEBUMEN);
    let folder = scene.folder.path();
    scene.village.import_ready(&people::write_csv(folder, KEBUMEN.1, 1, 2));
    let name = |serial| people::one(KEBUMEN.1, serial).get(Field::Name).expect("name").to_owned();
    let stick = folder.join("stick");
    std::fs::create_dir(&stick).expect("a stick");
    let backup = stick.join("desa.payung-cadangan");

    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window.click("nav-sinkronisasi").await;
    window.click("buat-cadangan").await;
    dialogs::answer_with_path("Simpan cadangan", &backup).await;
    window.says("cadangan-selesai", "dibaca ulang").await;
    window.scroll_to("kotak-cadangan").await;
    window.screenshot("cadangan").await;
    // What came after the backup and has arrived comes back from the district.
    steps::open_person(&window, &name(1)).await;
    steps::fill_field(&window, "tempat_kerja", "Pasar Ayah").await;
    steps::saved(&window).await;
    steps::mark_ready(&window, false).await;
    steps::sync(&window).await;
    window.close().await;

    let fresh = folder.join("new-laptop");
    let damaged = stick.join("rusak.payung-cadangan");
    let mut bytes = std::fs::read(&backup).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&damaged, bytes).expect("a damaged copy");
    let window = Window::open(&fresh, &screenshots(NAME)).await;
    window.click("mulai-pulihkan").await;
    window.click("pilih-cadangan").await;
    dialogs::answer_with_path("Berkas cadangan Payung", &damaged).await;
    window.says("pulihkan-gagal", "rusak").await;
    window.screenshot("rusak").await;
    window.click("pilih-cadangan").await;
    dialogs::answer_with_path("Berkas cadangan Payung", &backup).await;
    window.says("isi-cadangan", "Siti Aminah").await;
    window.screenshot("isi-cadangan").await;
    window.click("pulihkan").await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window.find("nav-beranda").await;
    steps::sync(&window).await;
    window.screenshot("sesudah-pulih").await;
    steps::open_person(&window, &name(1)).await;
    let element = window.find("isian-tempat_kerja").await;
    let typed = element.prop("value").await.expect("value").unwrap_or_default();
    assert_eq!(typed, "Pasar Ayah", "what was under a receipt is back");
    window.says("pengiriman", "sudah sampai di kabupaten").await;

    // And it goes on: what is written now arrives.
    steps::open_person(&window, &name(2)).await;
    steps::fill_field(&window, "tempat_kerja", "Sawah Argopeni").await;
    steps::saved(&window).await;
    steps::mark_ready(&window, false).await;
    steps::sync(&window).await;
    steps::open_person(&window, &name(2)).await;
    window.says("pengiriman", "sudah sampai di kabupaten").await;
    window.screenshot("berlanjut").await;
    window.close().await;
}
