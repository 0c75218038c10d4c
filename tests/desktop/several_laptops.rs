//! Two laptops of one village: the second joins with the district's file, both change one person, a person chooses.

use crate::scene::{KEBUMEN, Scene, put_before, screenshots};
use payung_domain::Field;
use payung_tests::village::{HEAD_SECRET, PASSPHRASE};
use payung_tests::{Window, people, pictures, steps};
use std::path::{Path, PathBuf};

const OTHER_SECRET: &str = "jagung manis sekali";
const NAME: &str = "several-laptops";

#[tokio::test]
async fn a_second_laptop_joins_and_what_both_changed_is_chosen_field_by_field() {
    let mut scene = Scene::enrolled(NAME, KEBUMEN);
    scene.village.import_ready(&people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 3));
    scene.village.sync();
    let person = people::one(KEBUMEN.1, 1);
    let name = person.get(Field::Name).expect("name").to_owned();
    let second = scene.folder.path().join("second-laptop");
    join(&scene, &second, &name).await;

    // Neither hears of the other.
    scene.district.kill();
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    change(&window, &name, &[("tempat_kerja", "Pasar Ayah"), ("telepon", "081234567890")]).await;
    window.close().await;
    let window = Window::open(&second, &screenshots(NAME)).await;
    steps::unlock(&window, "Dewi Lestari", OTHER_SECRET).await;
    change(&window, &name, &[("tempat_kerja", "Pelabuhan Logending")]).await;

    scene.district.restart();
    steps::sync(&window).await;
    window.close().await;
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::sync(&window).await;
    steps::open_person(&window, &name).await;
    window.find("ada-dua-isian").await;
    window.screenshot("ada-dua-isian").await;
    window.click("bandingkan-isian").await;
    window.find("bandingkan").await;
    window.says("beda-tempat_kerja", "Pasar Ayah").await;
    window.says("beda-tempat_kerja", "Pelabuhan Logending").await;
    window.screenshot("bandingkan").await;
    window.click_where("pilih-tempat_kerja-", "Pelabuhan Logending").await;
    window.click_where("pilih-telepon-", "081234567890").await;
    window.says("dipakai-tempat_kerja", "Pelabuhan Logending").await;
    window.screenshot("dipilih").await;
    window.click("simpan-pilihan").await;
    window.find_any(&["isian-tempat_kerja", "dialog-siap"]).await;
    if window.is_there("dialog-siap").await {
        window.click("ya-siap").await;
    }
    window.gone("ada-dua-isian").await;
    holds(&window, &name).await;
    steps::sync(&window).await;
    window.says("hasil-sinkron", "").await;
    window.screenshot("cocok").await;
    window.close().await;

    // The other laptop sees what was chosen.
    let window = Window::open(&second, &screenshots(NAME)).await;
    steps::unlock(&window, "Dewi Lestari", OTHER_SECRET).await;
    steps::sync(&window).await;
    holds(&window, &name).await;
    window.screenshot("laptop-lain").await;
    window.click("nav-sinkronisasi").await;
    window.says("kotak-laptop", "laptop lain").await;
    window.scroll_to("kotak-laptop").await;
    window.screenshot("laptop-desa").await;
    window.close().await;
    scene.village.verify_journal();
}

/// A letter that one laptop signed is the same to the byte on the other, and its photos are there.
#[tokio::test]
async fn a_signed_letter_and_a_photo_reach_the_second_laptop() {
    let scene = Scene::enrolled("letter-of-another-laptop", KEBUMEN);
    let folder = scene.folder.path();
    scene.village.import_ready(&people::write_csv(folder, KEBUMEN.1, 1, 2));
    let name = people::one(KEBUMEN.1, 1).get(Field::Name).expect("name").to_owned();
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, &name).await;
    put_before(scene.village.data(), &[pictures::card(&folder.join("KTP.jpg"))]);
    window.click("jenis-foto-ktp").await;
    window.attribute("foto-ktp-1", "data-state", "waiting").await;
    steps::prepare_letter(&window).await;
    steps::head_signs(&window, HEAD_SECRET, None).await;
    steps::open_letter(&window).await;
    let signed = window.bytes(LETTER).await;
    assert!(signed.starts_with(b"%PDF-"));
    steps::sync(&window).await;
    steps::open_person(&window, &name).await;
    window.attribute("foto-ktp-1", "data-state", "kept").await;
    window.close().await;

    let second = folder.join("second-laptop");
    join(&scene, &second, &name).await;
    let window = Window::open(&second, &screenshots("letter-of-another-laptop")).await;
    steps::unlock(&window, "Dewi Lestari", OTHER_SECRET).await;
    steps::sync(&window).await;
    steps::open_letter(&window).await;
    window.says("keadaan-surat", "menunggu meterai").await;
    assert!(window.bytes(LETTER).await == signed, "the signed bytes, not pages set anew");
    window.screenshot("surat-laptop-lain").await;
    steps::open_person(&window, &name).await;
    window.says("keadaan", "menunggu meterai").await;
    window.attribute("foto-ktp-1", "data-state", "kept").await;
    window.find("lihat-foto-ktp-1").await;
    window.scroll_to("foto").await;
    window.screenshot("foto-laptop-lain").await;
    window.close().await;
}

/// The letter that is shown, as the window gets it.
const LETTER: &str =
    "window.__TAURI_INTERNALS__.invoke('statement_pdf', { id: Number(location.hash.split('/').pop()) })";

/// The first start of the second laptop: the district's file names the village, people and secrets are its own.
async fn join(scene: &Scene, data: &Path, somebody: &str) {
    let file: PathBuf = scene.district.enrolment_file(KEBUMEN.1);
    let window = Window::open(data, &screenshots(NAME)).await;
    window.screenshot("mulai").await;
    window.click("mulai-bergabung").await;
    window.click("cara-lain").await;
    window.fill("letak-berkas-pendaftaran", &file.to_string_lossy()).await;
    window.click("baca-berkas-pendaftaran").await;
    window.find("isi-berkas-pendaftaran").await;
    window.screenshot("bergabung").await;
    window.click("lanjut").await;
    window.fill("operator-1-nama", "Dewi Lestari").await;
    window.fill("operator-1-sandi", OTHER_SECRET).await;
    window.fill("operator-1-sandi-lagi", OTHER_SECRET).await;
    window.click("kepala-kapan-later").await;
    window.click("lanjut").await;
    let shown = window.find("kode-tampil").await;
    let code = shown.attr("data-kode").await.expect("attribute").expect("the recovery code");
    let again = window.find("kode-ulang").await;
    let group: usize =
        again.attr("data-kelompok").await.expect("attribute").expect("a number").parse().expect("number");
    window.fill("kode-ulang", code.split('-').nth(group - 1).expect("that group")).await;
    window.click("kode-selesai").await;
    window.find("nav-beranda").await;
    window.says("pil-sambungan", "Semua sudah sampai di kabupaten").await;
    window.screenshot("sesudah-bergabung").await;
    steps::open_person(&window, somebody).await;
    window.says("pengiriman", "sudah sampai di kabupaten").await;
    window.close().await;
}

async fn change(window: &Window, name: &str, values: &[(&str, &str)]) {
    steps::open_person(window, name).await;
    for (field, value) in values {
        steps::fill_field(window, field, value).await;
    }
    steps::saved(window).await;
    window.find("ada-perbaikan").await;
    steps::mark_ready(window, false).await;
    window.says("pengiriman", "belum terkirim").await;
}

/// The chosen values: one from each laptop.
async fn holds(window: &Window, name: &str) {
    steps::open_person(window, name).await;
    for (field, value) in [("tempat_kerja", "Pelabuhan Logending"), ("telepon", "081234567890")] {
        let element = window.find(&format!("isian-{field}")).await;
        let typed = element.prop("value").await.expect("value").unwrap_or_default();
        assert_eq!(typed, value, "{field}");
    }
}
