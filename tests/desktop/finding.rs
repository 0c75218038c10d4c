//! Finding somebody however the name is spelled, narrowing the list, and going anywhere by Ctrl+K.

use crate::scene::{KEBUMEN, Scene};
use payung_domain::{Field, FieldValues};
use payung_tests::village::PASSPHRASE;
use payung_tests::{people, steps};

/// As WebDriver names it.
const ESCAPE: &str = "\u{E00C}";

fn named(serial: u32, name: &str, occupation: &str) -> FieldValues {
    let mut person = people::one(KEBUMEN.1, serial);
    person.set(Field::Name, name);
    person.set(Field::Occupation, occupation);
    person
}

#[tokio::test]
async fn somebody_is_found_in_any_spelling_and_the_list_is_narrowed() {
    let scene = Scene::new("finding", KEBUMEN);
    let mut all = vec![
        named(1, "Muhammad Soekarno", "petani"),
        named(2, "Moch. Sukarno Djojo", "nelayan"),
        named(3, "Siti Nurjanah", "pedagang"),
        named(4, "Slamet Riyadi", "petani"),
    ];
    all[3].set(Field::OtherCover, "");
    scene.village.import(&people::write(&scene.folder.path().join("empat.csv"), &all));
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window.click("nav-calon").await;
    for (words, found) in [("moh suka", "2"), ("joyo", "1"), ("riyadi slamet", "1"), ("zainal", "0")] {
        window.fill("cari", words).await;
        window.says("jumlah-ditemukan", &format!("{found} dari 4")).await;
    }
    window.keys(ESCAPE).await;
    window.says_not("jumlah-ditemukan", "dari").await;

    // A saved view, then one occupation.
    window.click("pandangan-missing_facts").await;
    window.says("jumlah-ditemukan", "1 dari 4").await;
    window.says_somewhere("Slamet Riyadi").await;
    window.screenshot("lengkapi-data").await;
    window.click("saring-semua").await;
    window.click("saring-lain").await;
    window.find("panel-saringan").await;
    window.click("saring-pekerjaan-petani").await;
    window.screenshot("saringan").await;
    window.click("tutup-saringan").await;
    window.says("jumlah-ditemukan", "2 dari 4").await;
    window.close().await;
}

#[tokio::test]
async fn control_k_finds_people_and_pages() {
    let scene = Scene::new("quick-search", KEBUMEN);
    let all = [named(1, "Muhammad Soekarno", "petani"), named(2, "Siti Nurjanah", "pedagang")];
    scene.village.import(&people::write(&scene.folder.path().join("dua.csv"), &all));
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window.find("nav-calon").await;
    window.chord("control", 'k').await;
    window.find("cari-cepat-isian").await;
    window.keys("nurj").await;
    window.says("dialog-cari", "Siti Nurjanah").await;
    window.screenshot("orang").await;
    window.keys("\n").await;
    window.says("nama-orang", "Siti Nurjanah").await;
    window.chord("control", 'k').await;
    window.find("cari-cepat-isian").await;
    window.keys("impor").await;
    window.find("hasil-ke-impor").await;
    window.keys("\n").await;
    window.find("pilih-berkas").await;
    window.close().await;
}
