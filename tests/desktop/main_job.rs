//! The whole job: enter without a network, judge, sign, sync, hear the answer, correct.

use crate::scene::{KEBUMEN, KLUNGKUNG, Scene};
use payung_domain::Field;
use payung_tests::village::{HEAD_SECRET, PASSPHRASE};
use payung_tests::{people, steps};

#[tokio::test]
async fn the_whole_job_in_kebumen_with_the_network_gone_at_entry() {
    let mut scene = Scene::enrolled("kebumen", KEBUMEN);
    scene.district.kill();
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;

    // Without a network the clerk works as ever; nothing is red.
    let person = people::one(KEBUMEN.1, 1);
    let name = person.get(Field::Name).expect("name").to_owned();
    steps::new_person(&window).await;
    window.fill("isian-nik", person.get(Field::Nik).expect("nik")).await;
    window.says("nik-terbaca", "").await;
    steps::fill_person(&window, &person).await;
    window.attribute("syarat-age", "data-outcome", "met").await;
    window.attribute("syarat-statement", "data-outcome", "pending").await;
    window.says("syarat-age", "Pasal 10 ayat (3) huruf a").await;
    window.says("pemeriksaan", "belum berarti ditetapkan").await;
    steps::mark_ready(&window, false).await;
    window.says("keadaan", "siap dibuatkan pernyataan").await;
    window.says("pengiriman", "belum terkirim").await;
    window.attribute("pil-sambungan", "data-state", "offline").await;

    steps::prepare_letter(&window).await;
    steps::head_signs(&window, HEAD_SECRET, None).await;
    steps::open_person(&window, &name).await;
    window.says("keadaan", "menunggu meterai").await;

    scene.district.restart();
    steps::sync(&window).await;
    window.says_somewhere(&name).await;
    window.screenshot("sesudah-sinkronisasi").await;
    steps::open_person(&window, &name).await;
    window.says("pengiriman", "sudah sampai di kabupaten").await;
    window.close().await;

    let status = scene.village.status();
    assert_eq!(status["entries"], status["entries_receipted"], "{status}");
    assert_eq!(status["delivery"]["sudah sampai di kabupaten"], 1, "{status}");
    scene.village.verify_journal();
}

#[tokio::test]
async fn the_whole_job_in_klungkung_where_the_letter_blocks_nothing() {
    let scene = Scene::enrolled("klungkung", KLUNGKUNG);
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window.find("pita-rancangan").await;
    let person = people::one(KLUNGKUNG.1, 2);
    let name = person.get(Field::Name).expect("name").to_owned();
    steps::new_person(&window).await;
    steps::fill_person(&window, &person).await;
    window.attribute("syarat-dtsen", "data-outcome", "pending").await;
    window.find("peringatan-draft_regulation").await;
    steps::mark_ready(&window, false).await;
    steps::sync(&window).await;
    steps::open_person(&window, &name).await;
    window.says("keadaan", "sudah sampai di kabupaten").await;

    steps::prepare_letter(&window).await;
    steps::head_signs(&window, HEAD_SECRET, None).await;

    let nik = person.get(Field::Nik).expect("nik");
    scene.district.decide(&["--nik", nik, "--outcome", "lolos", "--officer", "Petugas Dinas"]);
    steps::sync(&window).await;
    steps::open_person(&window, &name).await;
    window.says("keadaan", "lolos verifikasi").await;
    window.close().await;
}

#[tokio::test]
async fn a_signed_person_changed_afterwards_needs_a_new_statement_and_the_others_stay_covered() {
    let scene = Scene::enrolled("changed-after-signing", KEBUMEN);
    scene.village.import_ready(&people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 3));
    let names: Vec<String> = (1..=3)
        .map(|serial| people::one(KEBUMEN.1, serial).get(Field::Name).expect("name").to_owned())
        .collect();
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::prepare_letter(&window).await;
    steps::head_signs(&window, HEAD_SECRET, None).await;

    steps::open_person(&window, &names[0]).await;
    window.says("keadaan", "menunggu meterai").await;
    steps::fill_field(&window, "tempat_kerja", "Pasar Ayah").await;
    steps::saved(&window).await;
    window.find("ada-perbaikan").await;
    steps::mark_ready(&window, false).await;
    window.find("perlu-pernyataan-baru").await;
    window.says("keadaan", "siap dibuatkan pernyataan").await;

    steps::open_person(&window, &names[1]).await;
    window.says("keadaan", "menunggu meterai").await;
    assert!(!window.is_there("perlu-pernyataan-baru").await, "the others stay covered");
    window.close().await;
}
