//! A new person without the mouse; the last change taken back; the next of the family in a few keys.

use crate::scene::{KEBUMEN, Scene};
use payung_domain::Field;
use payung_tests::village::PASSPHRASE;
use payung_tests::{people, steps};

#[tokio::test]
async fn a_new_person_is_entered_by_the_keyboard_alone() {
    let scene = Scene::new("entering-fast", KEBUMEN);
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window.find("nav-calon").await;
    window.chord("alt", '2').await;
    window.find("daftar-kosong").await;
    window.tab_to("nav-beranda").await;
    window.keys("n").await;
    window.find("isian-nik").await;

    let mut person = people::one(KEBUMEN.1, 5);
    // As it stands on the card, without a sign between.
    let birth = person.get(Field::BirthDate).expect("birth date").split('-').rev().collect::<String>();
    person.set(Field::BirthDate, birth);
    let keys = window.type_person(&person).await;
    println!("{keys} keys for a whole person");
    steps::saved(&window).await;
    window.attribute("syarat-age", "data-outcome", "met").await;
    window.screenshot("terisi").await;

    window.chord("ctrl", '\n').await;
    window.find("dialog-siap").await;
    window.tab_to("ya-siap").await;
    window.keys("\n").await;
    window.gone("dialog-siap").await;
    window.says("keadaan", "siap dibuatkan pernyataan").await;
    window.close().await;
    scene.village.verify_journal();
}

#[tokio::test]
async fn the_last_change_is_taken_back_durably() {
    let scene = Scene::new("undo", KEBUMEN);
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    let person = people::one(KEBUMEN.1, 6);
    let name = person.get(Field::Name).expect("name").to_owned();
    steps::new_person(&window).await;
    steps::fill_person(&window, &person).await;
    steps::fill_field(&window, "tempat_kerja", "Pasar Ayah").await;
    steps::saved(&window).await;
    window.click("urungkan").await;
    window.value("isian-tempat_kerja", "Sawah").await;
    steps::saved(&window).await;
    window.kill().await;

    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, &name).await;
    window.value("isian-tempat_kerja", "Sawah").await;
    window.close().await;
}

#[tokio::test]
async fn the_family_is_offered_and_the_same_person_is_never_entered_twice() {
    let scene = Scene::new("never-twice", KEBUMEN);
    let folder = scene.folder.path();
    let mut family: Vec<_> = (1..=3).map(|serial| people::one(KEBUMEN.1, serial)).collect();
    for person in &mut family {
        person.set(Field::Kk, "3305010101000077");
    }
    // The first one a second time: another NIK, another spelling, the same day of birth and family.
    let mut again = family[0].clone();
    let name = family[0].get(Field::Name).expect("name").to_owned();
    again.set(
        Field::Nik,
        people::nik("330501", again.get(Field::BirthDate).expect("birth date"), false, 4_321),
    );
    again.set(Field::Name, name.replace("Slamet", "Selamet"));
    family.push(again.clone());
    scene.village.import(&people::write(&folder.join("keluarga.csv"), &family));

    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, &name).await;
    window.says("anggota-kk", "Warga").await;
    window.says("mirip", "KK").await;
    window.screenshot("mungkin-orang-yang-sama").await;
    window.click("mirip-bandingkan-1").await;
    window.find("dialog-mirip").await;
    window.screenshot("bandingkan").await;
    window.click("bukan-sama").await;
    window.fill("alasan-bukan-sama", "Sudah ditanya, dua orang").await;
    window.click("ya-bukan-sama").await;
    window.gone("mirip").await;
    window.close().await;
}
