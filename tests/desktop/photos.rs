//! Photos of identity papers: from a file, dropped on the window, from the camera; seen again; sent after the data.

use crate::scene::{KEBUMEN, Scene, put_before};
use payung_tests::village::PASSPHRASE;
use payung_tests::{Window, dialogs, people, pictures, steps};

const DIALOG: &str = "Foto atau pindaian";

#[tokio::test]
async fn a_photo_of_the_card_is_chosen_seen_again_and_arrives_after_the_data() {
    let scene = Scene::enrolled("photos", KEBUMEN);
    let folder = scene.folder.path();
    scene.village.import_ready(&people::write_csv(folder, KEBUMEN.1, 1, 1));
    let person = people::one(KEBUMEN.1, 1);
    let name = person.get(payung_domain::Field::Name).expect("name").to_owned();
    let card = pictures::card(&folder.join("KTP.jpg"));
    let family = pictures::sheet(&folder.join("KK.png"));
    let broken = folder.join("rusak.jpg");
    std::fs::write(&broken, &std::fs::read(&card).expect("the card")[..9_000]).expect("half a picture");

    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, &name).await;
    window.scroll_to("foto").await;
    window.click("pilih-foto-ktp").await;
    dialogs::answer_with_path(DIALOG, &card).await;
    window.says("foto-tersimpan", "kB").await;
    window.attribute("foto-ktp-1", "data-state", "waiting").await;
    assert!(shown(&window, "lihat-foto-ktp-1").await, "the picture is drawn");
    window.screenshot("tersimpan").await;

    // Half a picture is refused with its reason; what was there stays.
    put_before(scene.village.data(), std::slice::from_ref(&broken));
    window.click("jenis-foto-kk").await;
    window.says("foto-gagal", "rusak").await;
    window.screenshot("rusak").await;
    put_before(scene.village.data(), std::slice::from_ref(&family));
    window.click("jenis-foto-kk").await;
    window.attribute("foto-kk-1", "data-state", "waiting").await;

    // Locked and opened again, it is still there.
    window.click("kunci").await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, &name).await;
    window.click("lihat-foto-ktp-1").await;
    window.find("dialog-foto").await;
    assert!(shown(&window, "dialog-foto").await, "the large picture is drawn");
    window.screenshot("dilihat").await;
    window.press("dialog-foto", fantoccini::key::Key::Escape).await;
    window.gone("dialog-foto").await;

    steps::sync(&window).await;
    steps::open_person(&window, &name).await;
    window.says("pengiriman", "sudah sampai di kabupaten").await;
    window.attribute("foto-ktp-1", "data-state", "kept").await;
    window.attribute("foto-kk-1", "data-state", "kept").await;
    window.scroll_to("foto").await;
    assert!(shown(&window, "lihat-foto-kk-1").await && shown(&window, "lihat-foto-ktp-1").await);
    window.screenshot("sampai").await;
    window.close().await;
    let status = scene.village.status();
    assert_eq!(status["attachments"], status["attachments_receipted"], "{status}");
    scene.village.verify_journal();
}

/// The window of a test has a made-up camera: what it shows is taken in like any photo.
#[tokio::test]
async fn a_picture_of_the_camera_is_kept() {
    let scene = Scene::enrolled("camera", KEBUMEN);
    scene.village.import_ready(&people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 1));
    let person = people::one(KEBUMEN.1, 1);
    let window = scene.open().await;
    steps::unlock(&window, "Siti Aminah", PASSPHRASE).await;
    steps::open_person(&window, person.get(payung_domain::Field::Name).expect("name")).await;
    window.click("kamera-ktp").await;
    window.find("dialog-kamera").await;
    window.click("ambil-foto").await;
    window.find("foto-kamera").await;
    window.screenshot("kamera-diambil").await;
    window.click("pakai-foto").await;
    // A made-up picture may be doubted; the clerk decides.
    window.find_any(&["tetap-pakai", "foto-ktp-1"]).await;
    if window.is_there("tetap-pakai").await {
        window.click("tetap-pakai").await;
    }
    window.attribute("foto-ktp-1", "data-state", "waiting").await;
    window.scroll_to("foto").await;
    window.screenshot("tersimpan").await;
    window.close().await;
}

/// Whether a picture inside the element came through with all its pixels.
async fn shown(window: &Window, testid: &str) -> bool {
    window.find(testid).await;
    let script = "const e = document.querySelector(`[data-testid=\"${arguments[0]}\"] img`); \
                  return Boolean(e) && e.complete && e.naturalWidth > 300";
    for _ in 0..100 {
        let drawn = window.client.execute(script, vec![testid.into()]).await;
        if drawn.is_ok_and(|drawn| drawn == true) {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    false
}
