//! Without any line: a file for the district on a stick, and its answer back.

use crate::scene::{KEBUMEN, Scene, put_before};
use payung_domain::Field;
use payung_tests::village::PASSPHRASE;
use payung_tests::{dialogs, people, pictures, programs::succeed, steps};

#[tokio::test]
async fn a_village_without_a_line_sends_by_stick_and_takes_the_answer_in() {
    let mut scene = Scene::enrolled("stick", KEBUMEN);
    scene.district.kill();
    let folder = scene.folder.path().to_owned();
    scene.village.import_ready(&people::write_csv(&folder, KEBUMEN.1, 1, 2));
    let name = people::one(KEBUMEN.1, 1).get(Field::Name).expect("name").to_owned();
    let stick = folder.join("stick");
    std::fs::create_dir(&stick).expect("a stick");
    let (sent, answer) = (stick.join("kiriman.payungusb"), stick.join("jawaban.payungusb"));

    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, &name).await;
    put_before(scene.village.data(), &[pictures::card(&folder.join("KTP.jpg"))]);
    window.click("jenis-foto-ktp").await;
    window.attribute("foto-ktp-1", "data-state", "waiting").await;
    window.click("nav-sinkronisasi").await;
    window.click("simpan-kiriman").await;
    dialogs::answer_with_path("Simpan kiriman di flashdisk", &sent).await;
    window.find("kiriman-tersimpan").await;
    window.scroll_to("kotak-flashdisk").await;
    window.screenshot("kiriman").await;
    // Nothing has arrived because a file was written.
    steps::open_person(&window, &name).await;
    window.says("pengiriman", "belum terkirim").await;

    succeed(scene.district.command("bundle").arg("import").arg(&sent).arg("--answer").arg(&answer));
    window.click("nav-sinkronisasi").await;
    // The wrong one of the two files is told apart.
    window.click("masukkan-jawaban").await;
    dialogs::answer_with_path("Jawaban kabupaten di flashdisk", &sent).await;
    window.says("jawaban-gagal", "bukan jawaban").await;
    window.screenshot("salah-berkas").await;
    window.click("masukkan-jawaban").await;
    dialogs::answer_with_path("Jawaban kabupaten di flashdisk", &answer).await;
    window.find("jawaban-masuk").await;
    window.scroll_to("kotak-flashdisk").await;
    window.screenshot("jawaban").await;
    steps::open_person(&window, &name).await;
    window.says("pengiriman", "sudah sampai di kabupaten").await;
    window.attribute("foto-ktp-1", "data-state", "kept").await;

    // Taken in once more, by dropping it: said, and nothing changes.
    window.click("nav-sinkronisasi").await;
    put_before(scene.village.data(), std::slice::from_ref(&answer));
    window.says("kotak-flashdisk", "sudah pernah dimasukkan").await;
    window.find("riwayat-sinkron").await;
    window.scroll_to("riwayat-sinkron").await;
    window.screenshot("riwayat").await;
    window.close().await;
    scene.village.verify_journal();
}
