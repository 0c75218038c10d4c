//! Wrong passphrase, kill -9, a NIK that another village holds, an age that BPJS will not take.

use crate::scene::{KEBUMEN, Scene};
use payung_domain::Field;
use payung_tests::village::PASSPHRASE;
use payung_tests::{Village, people, steps};

#[tokio::test]
async fn a_wrong_passphrase_says_so_and_the_right_one_opens() {
    let scene = Scene::new("wrong-passphrase", KEBUMEN);
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", "bukan kata sandi").await;
    window.says_somewhere("Kata sandi salah").await;
    window.screenshot("kata-sandi-salah").await;
    assert!(!window.is_there("nav-beranda").await, "nothing opens");
    // The next try is taken after a moment; the button says so and counts down.
    window.says_not("buka", "Tunggu").await;
    window.fill("kata-sandi", PASSPHRASE).await;
    window.click("buka").await;
    window.find("nav-beranda").await;
    window.close().await;
}

#[tokio::test]
async fn what_was_typed_survives_kill_9() {
    let scene = Scene::new("kill-9", KEBUMEN);
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::new_person(&window).await;
    // Not even a whole NIK: a draft is saved as typed.
    window.fill("isian-nik", "330501").await;
    window.fill("isian-nama", "Suparmi Belum Lengkap").await;
    steps::saved(&window).await;
    window.kill().await;

    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, "Suparmi Belum Lengkap").await;
    window.says("keadaan", "draf").await;
    let typed = window.find("isian-nik").await.prop("value").await.expect("value").unwrap_or_default();
    assert_eq!(typed.replace(' ', ""), "330501", "as typed, not as it should be");
    window.close().await;
}

#[tokio::test]
async fn a_nik_of_another_village_waits_for_an_officer_and_the_window_says_so() {
    let scene = Scene::enrolled("nik-elsewhere", KEBUMEN);
    let neighbour = Village::new(scene.folder.path(), "33.05.02.2001");
    let mut theirs = people::one(KEBUMEN.1, 9);
    theirs.set(Field::Village, "33.05.02.2001");
    neighbour.import_ready(&people::write(&scene.folder.path().join("theirs.csv"), &[theirs]));
    neighbour.enrol(&scene.district.enrolment_file("33.05.02.2001"));
    neighbour.sync();

    let ours = people::one(KEBUMEN.1, 9);
    scene
        .village
        .import_ready(&people::write(&scene.folder.path().join("ours.csv"), std::slice::from_ref(&ours)));
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::sync(&window).await;
    steps::open_person(&window, ours.get(Field::Name).expect("name")).await;
    window.says("keadaan", "NIK ganda - menunggu petugas").await;
    window.says("jawaban-kini", "33.05.02.2001").await;
    window.screenshot("nik-ganda").await;
    window.close().await;
}

#[tokio::test]
async fn sixty_five_years_and_six_months_fits_the_regulation_and_is_warned_of() {
    let scene = Scene::new("sixty-five", KEBUMEN);
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::new_person(&window).await;
    let today = {
        use payung_domain::{Clock, UtcOffset};
        payung_system::SystemClock.now().civil_date(UtcOffset { hours: 7 })
    };
    let (year, month) = if today.month() > 6 {
        (today.year() - 65, today.month() - 6)
    } else {
        (today.year() - 66, today.month() + 6)
    };
    let birth = payung_domain::CivilDate::new(year, month, 1).expect("a first of a month");
    window.fill("isian-nik", &people::nik("330501", &birth.to_string(), false, 1)).await;
    window.fill("isian-nama", "Kasno Tua").await;
    // The day follows from the NIK by itself; the clerk types the one on the card over it.
    window.value("isian-tanggal_lahir", &format!("01-{month:02}-{year}")).await;
    window.fill("isian-tanggal_lahir", &birth.to_string()).await;
    window.attribute("syarat-age", "data-outcome", "met").await;
    window.find("peringatan-bpjs_age_limit").await;
    window.screenshot("65-tahun-6-bulan").await;
    window.close().await;
}

#[tokio::test]
async fn the_line_returns_and_the_village_sends_by_itself() {
    let mut scene = Scene::enrolled("line-returns", KEBUMEN);
    scene.district.kill();
    scene.village.import_ready(&people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 2));
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    window.attribute("pil-sambungan", "data-state", "offline").await;
    window.says("pil-sambungan", "2 menunggu").await;
    window.screenshot("tanpa-internet").await;
    scene.district.restart();
    window.says("pil-sambungan", "Semua sudah sampai di kabupaten").await;
    window.close().await;
    assert_eq!(scene.village.status()["delivery"]["sudah sampai di kabupaten"], 2);
}
