//! Whoever uses a screen reader, the keyboard or large print reaches everything: axe looks at every screen of the real
//! window and finds nothing serious.

use crate::scene::{KEBUMEN, Scene};
use payung_domain::Field;
use payung_tests::village::{HEAD_SECRET, PASSPHRASE};
use payung_tests::{Window, people, steps};
use serde_json::Value;

/// The rules of axe, as the UI's own packages bring them.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

const ESCAPE: &str = "\u{E00C}";

/// What axe finds serious, each with the places; what is wider than the window, or than the part of it that shows it, is a
/// finding too. Colours that are still fading in are nobody's finding: what moves comes to rest first, all but what turns
/// for ever.
const FINDINGS: &str = "
    const done = arguments[arguments.length - 1];
    const moving = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
    const rest = Promise.allSettled(moving.map((one) => one.finished));
    rest.then(() => axe.run(document, { resultTypes: ['violations'] })).then(({ violations, passes }) => {
        const serious = violations.filter((one) => ['serious', 'critical'].includes(one.impact));
        const found = serious.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join(', '));
        if (document.documentElement.scrollWidth > innerWidth + 1) found.push('wider than the window');
        for (const part of document.querySelectorAll('body *:not(input, textarea, select)')) {
            const sideways = part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1;
            const { overflowX, overflowY } = getComputedStyle(part);
            if (sideways && overflowX !== 'hidden' && overflowY !== 'visible')
                found.push('scrolls sideways: ' + part.tagName + ' ' + part.className);
        }
        done({ found, passed: passes.length });
    }, (error) => done({ found: ['axe failed: ' + error], passed: 0 }));
";

struct Reader {
    window: Window,
    found: Vec<String>,
}

impl Reader {
    async fn open(scene: &Scene) -> Self {
        let window = scene.open().await;
        window.find("kata-sandi").await;
        let rules = std::fs::read_to_string(AXE).expect("axe: run npm ci in ui");
        window.client.execute(&rules, Vec::new()).await.expect("axe is loaded");
        Self { window, found: Vec::new() }
    }

    /// Looks at the screen, once that element is there.
    async fn read(&mut self, screen: &str, testid: &str) {
        self.window.find(testid).await;
        let said = self.window.client.execute_async(FINDINGS, Vec::new()).await.expect("axe answers");
        let found = said["found"].as_array().expect("findings");
        assert!(
            said["passed"].as_u64() > Some(0) || !found.is_empty(),
            "axe looked at nothing on {screen}: {said}"
        );
        let words = found.iter().filter_map(Value::as_str).map(|one| format!("{screen}: {one}"));
        self.found.extend(words);
        self.window.screenshot(screen).await;
    }
}

#[tokio::test]
async fn every_screen_can_be_read_aloud_and_reached() {
    let scene = Scene::enrolled("reach", KEBUMEN);
    let file = people::write_csv(scene.folder.path(), KEBUMEN.1, 1, 4);
    scene.village.import_ready(&file);
    let name = people::one(KEBUMEN.1, 2).get(Field::Name).expect("name").to_owned();
    let mut reader = Reader::open(&scene).await;
    reader.read("buka", "kata-sandi").await;
    steps::unlock(&reader.window, "Siti Aminah", PASSPHRASE).await;
    reader.read("beranda", "nav-beranda").await;
    reader.window.chord("ctrl", 'k').await;
    reader.read("cari-cepat", "dialog-cari").await;
    reader.window.keys(ESCAPE).await;
    reader.window.gone("dialog-cari").await;

    reader.window.click("nav-calon").await;
    reader.read("calon", "daftar-orang").await;
    reader.window.click("saring-lain").await;
    reader.read("saringan", "panel-saringan").await;
    reader.window.click("tutup-saringan").await;
    reader.window.click("bantuan").await;
    reader.read("bantuan", "panel-bantuan").await;
    reader.window.keys(ESCAPE).await;
    reader.window.click("tab-penduduk").await;
    reader.read("penduduk", "penduduk-kosong").await;
    steps::open_person(&reader.window, &name).await;
    reader.read("orang", "nama-orang").await;
    steps::new_person(&reader.window).await;
    reader.read("orang-baru", "isian-nik").await;

    steps::open_import(&reader.window, &file).await;
    reader.read("impor", "angka-read").await;
    reader.window.click("nav-sinkronisasi").await;
    reader.read("sinkronisasi", "sinkronkan").await;
    reader.window.click("nav-pengaturan").await;
    reader.read("pengaturan", "tema").await;

    reader.window.click("nav-pernyataan").await;
    reader.read("pernyataan", "buat-surat").await;
    steps::prepare_letter(&reader.window).await;
    reader.window.attribute("halaman-1", "data-drawn", "true").await;
    reader.read("surat", "keadaan-surat").await;
    reader.window.click("serahkan-ke-kepala").await;
    reader.read("ruang-masuk", "rahasia-kepala").await;
    reader.window.fill("rahasia-kepala", HEAD_SECRET).await;
    reader.window.click("masuk-ruang").await;
    reader.read("ruang-baca", "akhir-daftar").await;

    let found = std::mem::take(&mut reader.found);
    reader.window.close().await;
    assert!(found.is_empty(), "axe found:\n{}", found.join("\n"));
}
