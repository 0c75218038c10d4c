//! Walks through the main job in the real window and leaves a screenshot of every screen: what `make run` does where
//! there is no display.
//!
//! usage: payung-walkthrough DATA SCREENSHOTS

use payung_tests::village::{HEAD_SECRET, PASSPHRASE};
use payung_tests::{Window, steps};
use std::path::Path;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, data, screenshots] = &arguments[..] else { panic!("usage: payung-walkthrough DATA SCREENSHOTS") };
    let window = Window::open(Path::new(data), Path::new(screenshots)).await;
    window.find("kata-sandi").await;
    window.screenshot("01-buka").await;
    let (operator, ready) = if data.contains("klungkung") {
        ("Ni Made Ayu", ["Ni Wayan Suarti", "I Made Sudarma"])
    } else {
        ("Siti Aminah", ["Suparmi", "Slamet Riyadi"])
    };
    steps::unlock(&window, operator, PASSPHRASE).await;
    window.find("nav-beranda").await;
    window.screenshot("02-beranda").await;

    window.click("nav-calon").await;
    window.find("daftar-orang").await;
    window.screenshot("03-calon-penerima").await;
    // Whoever is still a draft and has no open question becomes a candidate; on a second walk they are already.
    for name in ready {
        steps::open_person(&window, name).await;
        window.screenshot(&format!("04-satu-orang-{}", name.replace(' ', "-"))).await;
        if window.text("keadaan").await.to_lowercase().contains("draf") {
            steps::mark_ready(&window, false).await;
        }
    }

    window.click("nav-pernyataan").await;
    window.find("buat-surat").await;
    window.screenshot("05-pernyataan").await;
    window.click("buat-surat").await;
    window.find_any(&["pilih-semua", "belum-ada-yang-siap"]).await;
    window.screenshot("06-surat-baru").await;
    if window.is_there("pilih-semua").await {
        steps::prepare_letter(&window).await;
        window.attribute("halaman-1", "data-drawn", "true").await;
        window.screenshot("07-surat").await;
        steps::head_signs(&window, HEAD_SECRET, Some("08")).await;
    }

    steps::sync(&window).await;
    window.screenshot("09-sinkronisasi").await;
    window.click("nav-calon").await;
    window.fill("cari", "").await;
    window.find("daftar-orang").await;
    window.screenshot("10-sesudah-sinkronisasi").await;
    window.click("nav-impor").await;
    window.find("pilih-berkas").await;
    window.screenshot("11-impor").await;
    window.click("nav-pengaturan").await;
    window.find("simpan-pengaturan").await;
    window.screenshot("12-pengaturan").await;
    window.click("nav-beranda").await;
    window.find("hitungan-complete").await;
    window.screenshot("13-beranda-akhir").await;
    window.close().await;
    println!("Walked through {data}; screenshots in {screenshots}");
}
