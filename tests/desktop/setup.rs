//! A new village from nothing: choose the place, the people, keep the code, take in the district's file.

use crate::scene::{KEBUMEN, Scene, screenshots};
use payung_tests::{Window, steps};

#[tokio::test]
async fn a_new_village_is_set_up_in_the_window() {
    let scene = Scene::new("setup", KEBUMEN);
    let data = scene.folder.path().join("new-village");
    let file = scene.district.enrolment_file("33.05.12.1024");
    let window = Window::open(&data, &screenshots("setup")).await;
    window.click("mulai-baru").await;
    window.fill("kabupaten", "kebumen").await;
    window.click("kabupaten-33.05").await;
    window.find("kecamatan").await;
    window.fill("kecamatan", "kebumen").await;
    window.click("kecamatan-33.05.12").await;
    window.fill("desa", "").await;
    window.click("desa-33.05.12.1024").await;
    window.says("desa-terpilih", "33.05.12.1024").await;
    window.screenshot("tempat").await;
    window.click("lanjut").await;

    window.fill("operator-1-nama", "Dewi Lestari").await;
    window.fill("operator-1-sandi", "jagung manis sekali").await;
    window.fill("operator-1-sandi-lagi", "jagung manis sekali").await;
    window.click("kepala-kapan-later").await;
    window.screenshot("orang").await;
    window.click("lanjut").await;

    window.click("berkas-kapan-later").await;
    window.click("siapkan").await;
    let shown = window.find("kode-tampil").await;
    let code = shown.attr("data-kode").await.expect("attribute").expect("the recovery code");
    let again = window.find("kode-ulang").await;
    let group: usize =
        again.attr("data-kelompok").await.expect("attribute").expect("a number").parse().expect("number");
    window.screenshot("kode-pemulihan").await;
    window.fill("kode-ulang", code.split('-').nth(group - 1).expect("that group")).await;
    window.click("kode-selesai").await;

    // A kelurahan has a Lurah; the district's file comes later.
    window.find("nav-beranda").await;
    window.click("nav-sinkronisasi").await;
    window.click("cara-lain").await;
    window.fill("letak-berkas-pendaftaran", &file.to_string_lossy()).await;
    window.click("baca-berkas-pendaftaran").await;
    window.click("hubungkan").await;
    window.says("pil-sambungan", "Semua sudah sampai di kabupaten").await;
    window.screenshot("terhubung").await;

    // Forgotten passphrase: the paper opens the register.
    window.click("kunci").await;
    window.click("lupa").await;
    window.fill("kode-pemulihan", &code.to_lowercase().replace('-', " ")).await;
    window.fill("sandi-baru", "singkong rebus hangat").await;
    window.fill("sandi-baru-lagi", "singkong rebus hangat").await;
    window.click("buka-dengan-kode").await;
    window.find("nav-beranda").await;
    window.click("kunci").await;
    steps::unlock(&window, "Dewi Lestari", "singkong rebus hangat").await;
    window.find("nav-beranda").await;
    window.close().await;
}
