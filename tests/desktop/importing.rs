//! Many people from the village's own file: looked through, narrowed, taken, mended, taken back.

use crate::scene::{KEBUMEN, Scene};
use payung_domain::{Field, FieldValues, Unwatched};
use payung_tests::village::PASSPHRASE;
use payung_tests::{Window, dialogs, people, steps};
use std::path::{Path, PathBuf};

/// Thirty people: ten fishers, one whose NIK is too short, one who is there twice with another occupation.
fn village_file(folder: &Path) -> PathBuf {
    let mut all: Vec<FieldValues> = (1..=30).map(|serial| people::one(KEBUMEN.1, serial)).collect();
    for fisher in &mut all[..10] {
        fisher.set(Field::Occupation, "nelayan");
    }
    all[28].set(Field::Nik, "33050");
    all[29] = all[0].clone();
    all[29].set(Field::Occupation, "pedagang");
    people::write(&folder.join("Penduduk Krajan.csv"), &all)
}

async fn sit_down(scene: &Scene) -> Window {
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window
}

#[tokio::test]
async fn a_file_is_looked_through_narrowed_taken_mended_and_taken_back() {
    let scene = Scene::new("importing", KEBUMEN);
    let file = village_file(scene.folder.path());
    let window = sit_down(&scene).await;
    steps::open_import(&window, &file).await;
    window.says("jenis-berkas", "Payung").await;
    window.click("tujuan-applicants").await;
    steps::import_figures(&window, [30, 28, 0, 0, 2, 0]).await;
    window.click("rupa-refused").await;
    window.says("baris-impor-30", "33050").await;
    window.says("baris-impor-31", "baris 2").await;
    window.screenshot("ditolak").await;

    // The refused rows come back as a workbook with the clerk's own values.
    let corrected = scene.folder.path().join("perbaikan.xlsx");
    window.click("simpan-perbaikan").await;
    dialogs::answer_with_path("Simpan berkas perbaikan", &corrected).await;
    steps::wait_for_file(&corrected).await;
    let again =
        payung_sheets::read_people(&corrected, &Unwatched).expect("the corrected copy is a file to import");
    assert_eq!(again.rows.len(), 2, "both refused rows");

    window.click("buka-saringan").await;
    window.click("saring-pekerjaan-nelayan").await;
    steps::import_figures(&window, [30, 10, 0, 0, 0, 20]).await;
    window.screenshot("nelayan-saja").await;
    window.click("impor-sekarang").await;
    window.says("impor-selesai", "10 calon penerima baru").await;
    window.screenshot("selesai").await;
    window.click("nav-calon").await;
    window.says("jumlah-ditemukan", "10").await;

    // The second time they are known; then everything is as before.
    steps::open_import(&window, &file).await;
    window.click("tujuan-applicants").await;
    steps::import_figures(&window, [30, 18, 0, 10, 2, 0]).await;
    window.click("berkas-lain").await;
    window.click_where("batalkan-impor-", "").await;
    window.click("ya-batalkan").await;
    window.says("hasil-batal", "10").await;
    window.screenshot("dibatalkan").await;
    window.click("nav-calon").await;
    window.says_somewhere("Belum ada").await;
    window.close().await;
    scene.village.verify_journal();
}

#[tokio::test]
async fn the_population_stays_in_the_village_and_somebody_is_picked_from_it() {
    let scene = Scene::enrolled("population", KEBUMEN);
    let before = scene.village.status();
    let file = village_file(scene.folder.path());
    let window = sit_down(&scene).await;
    steps::open_import(&window, &file).await;
    window.click("tujuan-population").await;
    steps::import_figures(&window, [30, 28, 0, 0, 2, 0]).await;
    window.click("impor-sekarang").await;
    window.says("impor-selesai", "28 penduduk baru").await;

    window.click("nav-calon").await;
    window.click("tab-penduduk").await;
    let name = people::one(KEBUMEN.1, 7).get(Field::Name).expect("name").to_owned();
    window.fill("cari-penduduk", &name).await;
    window.click_where("penduduk-", &name).await;
    window.screenshot("penduduk").await;
    window.click("ambil-penduduk").await;
    window.says_somewhere("calon penerima").await;
    steps::open_person(&window, &name).await;
    window.says("keadaan", "draf").await;
    steps::sync(&window).await;
    window.close().await;

    let status = scene.village.status();
    assert_eq!(status["entries"], before["entries"], "neither the population nor a draft travels: {status}");
    assert_eq!(scene.district.status()["people_total"], 0, "the district never hears of them");
    scene.village.verify_journal();
}
