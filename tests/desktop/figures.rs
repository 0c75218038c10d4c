//! Prints what a person at the window waits for, on a register of 100,000 people: start to usable, unlock, key press to
//! painted list, memory. Measures; asserts nothing about time.

#![allow(clippy::disallowed_methods)] // measuring is what this program is for

use payung_tests::programs::succeed;
use payung_tests::village::PASSPHRASE;
use payung_tests::{Village, Window, people};
use std::time::Instant;

const PEOPLE: u32 = 100_000;
/// Each leaves other rows in sight than the one before.
const KEYS: [&str; 8] = ["j", "slamet", "karto 1", "330501", "karto 2", "krajan", "joko 99", "3305"];
const ROUNDS: usize = 5;

/// Types into the search field. Gives the milliseconds until the rows have changed in the page, and until the frame after
/// the one with the new rows begins: then that one was painted.
const TYPE_AND_WAIT: &str = "
    const [words, done] = arguments;
    const field = document.querySelector('[data-testid=cari]');
    const started = performance.now();
    const seen = new MutationObserver(() => {
        seen.disconnect();
        const changed = performance.now() - started;
        requestAnimationFrame(() => requestAnimationFrame(() => done([changed, performance.now() - started])));
    });
    seen.observe(document.body, { childList: true, subtree: true, characterData: true });
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, words);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    setTimeout(() => done(null), 5000);
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
    let (mut changed, mut painted) = (Vec::new(), Vec::new());
    for words in std::iter::repeat_n(KEYS, ROUNDS).flatten() {
        let took =
            window.client.execute_async(TYPE_AND_WAIT, vec![words.into()]).await.expect("the search field");
        let took: (f64, f64) = serde_json::from_value(took).expect("other rows within five seconds");
        changed.push(took.0);
        painted.push(took.1);
    }
    println!("key press to changed rows: {}", spread(changed));
    println!("key press to painted rows: {}", spread(painted));
    for (name, mebibytes) in window.memory() {
        println!("memory of {name}: {mebibytes} MiB (proportional set size)");
    }
    window.close().await;
}

fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let (first, middle, last) = (times[0], times[times.len() / 2], times[times.len() - 1]);
    format!("median {middle:.0} ms, from {first:.0} to {last:.0}")
}
