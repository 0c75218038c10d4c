//! kill -9 of the real server at any moment.

use crate::support::{AYAH, Laptop, Scene, client, people};
use payung_district::report;
use payung_journal::ExchangeAnswer;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const ROUNDS: u64 = 12;
const PEOPLE_PER_ROUND: u32 = 60;

/// The server as a process of its own, and where it listens.
fn serve(scene: &Scene) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_payung-district"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(scene.data())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let url = said.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("said {said:?}")).to_owned();
    (server, url + "/v1/exchange")
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_nothing_receipted_is_lost_and_nothing_is_doubled() {
    let mut scene = Scene::kebumen().await;
    let mut laptop: Laptop = scene.laptop(AYAH).await;
    let pem = scene.office().authority.certificate_pem().unwrap();
    scene.stop().await;
    let (mut receipted, mut serial) = (0, 0);
    for round in 0..ROUNDS {
        for _ in 0..PEOPLE_PER_ROUND {
            serial += 1;
            laptop.release(people::farmer(AYAH, serial));
        }
        let (mut server, url) = serve(&scene);
        let sent = tokio::spawn(client(&pem).post(url).body(laptop.bytes()).send());
        tokio::time::sleep(Duration::from_millis(8 * round)).await;
        server.kill().unwrap();
        server.wait().unwrap();
        if let Ok(response) = sent.await.unwrap()
            && let Ok(answer) = response.bytes().await
        {
            receipted = ExchangeAnswer::decode(&answer).unwrap().receipts[0].seq;
        }
        let status = report::status(&scene.office()).unwrap();
        assert!(status.entries >= receipted, "a receipt is kept: {} of {receipted}", status.entries);
        assert_eq!(status.entries, status.entries_receipted, "entries and receipt are one transaction");
        assert_eq!(status.people_total, status.entries.saturating_sub(1), "and so is their effect");
        assert_eq!(status.decisions, status.people_total + 1, "and what was answered");
    }
    let (mut server, url) = serve(&scene);
    let answer = client(&pem).post(url).body(laptop.bytes()).send().await.unwrap().bytes().await.unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(ExchangeAnswer::decode(&answer).unwrap().receipts[0].seq, laptop.length());
    assert_eq!(report::status(&scene.office()).unwrap().people_total, u64::from(serial));
}
