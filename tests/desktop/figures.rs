//! Prints what a person at the window waits for, on a register of 100,000 people: start to usable, unlock, key press to
//! painted list, memory. Measures; asserts nothing about time.

#![allow(clippy::disallowed_methods)] // measuring is what this program is for

use payung_tests::programs::succeed;
use payung_tests::village::PASSPHRASE;
use payung_tests::{Village, Window, people};
use std::time::Instant;

const PEOPLE: u32 = 100_000;
const KEYS: [&str; 9] = ["w", "wa", "slamet", "karto 1", "330501", "33", "dusun", "krajan", "joko 99"];

/// Types into the search field and waits until the list has changed and two frames were painted.
const TYPE_AND_WAIT: &str = "
    const [words, done] = arguments;
    const field = document.querySelector('[data-testid=cari]');
    const started = performance.now();
    const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
    });
    seen.observe(document.body, { childList: true, subtree: true, characterData: true });
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, words);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    setTimeout(() => done(-1), 5000);
";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = tempfile::tempdir().expect("folder");
    let village = Village::new(folder.path(), "33.05.01.2001");
    let file = people::write_csv(folder.path(), "33.05.01.2001", 1, PEOPLE);
    let started = Instant::now();
    succeed(village.command(&["import"]).arg(&file));
    println!("import of {PEOPLE} rows from CSV: {:.1} s", started.elapsed().as_secs_f64());

    let mut starts = Vec::new();
    for _ in 0..3 {
        let started = Instant::now();
        let window = Window::open(village.data(), folder.path()).await;
        window.find("kata-sandi").await;
        starts.push(started.elapsed().as_millis());
        window.close().await;
    }
    println!("start to usable, WebDriver session included: {starts:?} ms");

    let window = Window::open(village.data(), folder.path()).await;
    window.click_where("siapa-", "Siti Aminah").await;
    window.fill("kata-sandi", PASSPHRASE).await;
    let started = Instant::now();
    window.click("buka").await;
    window.find("nav-calon").await;
    println!("unlock to first screen: {} ms", started.elapsed().as_millis());
    window.click("nav-calon").await;
    window.find("jumlah-ditemukan").await;
    let mut painted = Vec::new();
    for words in KEYS {
        let took =
            window.client.execute_async(TYPE_AND_WAIT, vec![words.into()]).await.expect("the search field");
        painted.push((words, took.as_f64().unwrap_or(-1.0).round()));
    }
    painted.sort_by(|a, b| a.1.total_cmp(&b.1));
    println!("key press to painted list: median {} ms, all {painted:?}", painted[painted.len() / 2].1);
    for (name, mebibytes) in window.memory() {
        println!("memory of {name}: {mebibytes} MiB (proportional set size)");
    }
    window.close().await;
}
