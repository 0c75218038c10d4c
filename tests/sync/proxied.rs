//! The real client and the real server over a bad line: cut at every byte, answers lost, dripping, silent, doubled.

use payung_sync::{SyncError, Waits};
use payung_tests::line::{Line, WAITS};
use payung_tests::peers;
use payung_tests::proxy::{Cut, Lose, Way, Weather};
use std::time::Duration;

/// A line that breaks behind each byte of a whole exchange, one after the other, until a whole exchange fits before it.
async fn cut_everywhere(line: &mut Line, way: Way, step: usize) -> (u64, u64) {
    let (mut broken, mut whole) = (0, 0);
    for after in (0..).step_by(step) {
        line.release(1);
        let cut = Cut { way, after, abrupt: after % 2 == 0 };
        line.proxy.set(Weather { cut: Some(cut), ..Weather::default() });
        let before = line.proxy.counts().struck;
        let told = line.sync().await;
        let struck = line.proxy.counts().struck > before;
        line.proxy.set(Weather::default());
        match told {
            Ok(_) => {}
            Err(SyncError::Offline) => {
                broken += 1;
                line.sync().await.unwrap_or_else(|error| panic!("{way:?} {after}: {error}"));
            }
            Err(other) => panic!("{way:?} {after}: a cut line is offline, not {other:?}"),
        }
        line.assert_level(&format!("cut {way:?} after {after} bytes"));
        whole += 1;
        if !struck {
            break;
        }
    }
    (whole - 1, broken)
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_at_every_byte_of_a_whole_exchange() {
    let mut line = Line::plain().await;
    for way in [Way::Up, Way::Down] {
        let (offsets, told) = cut_everywhere(&mut line, way, 1).await;
        println!("cut {way:?} behind each of {offsets} bytes: {told} told offline, none lost, none doubled");
        assert!(offsets > 100, "the exchange is too small to prove anything: {offsets} bytes {way:?}");
    }
    line.assert_proved("after all cuts");
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_within_tls() {
    let mut line = Line::tls().await;
    for way in [Way::Up, Way::Down] {
        let (offsets, told) = cut_everywhere(&mut line, way, 13).await;
        println!("TLS cut {way:?} at {offsets} places, 13 bytes apart: {told} told offline");
        assert!(offsets > 20, "the exchange is too small to prove anything: {offsets} places {way:?}");
    }
    line.assert_proved("after all cuts within TLS");
}

/// Until it goes through, as the program tries again by itself; how many attempts that took.
async fn until_through(line: &Line, what: &str) -> u32 {
    for attempt in 1..200 {
        match line.sync().await {
            Ok(_) => return attempt,
            Err(SyncError::Offline) => {}
            Err(other) => panic!("{what}: {other:?}"),
        }
    }
    panic!("{what}: never through");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_nth_answer_lost() {
    let mut line = Line::plain().await;
    for every in [2, 3, 4, 5] {
        line.proxy.set(Weather { lose: Lose::Every(every), ..Weather::default() });
        let before = line.proxy.counts();
        let mut attempts = 0;
        for _ in 0..10 {
            line.release(5);
            attempts += until_through(&line, &format!("every {every}. answer lost")).await;
        }
        let lost = line.proxy.counts().struck - before.struck;
        println!("every {every}. answer lost: {lost} lost, {attempts} attempts for 10 batches");
        assert!(lost >= 2, "answers were lost: {lost}");
        line.proxy.set(Weather::default());
        line.assert_level(&format!("every {every}. answer lost"));
    }
    line.assert_proved("after lost answers");
}

/// Bytes of a village's batches at that chance of a lost answer, against those over a perfect line.
#[tokio::test(flavor = "multi_thread")]
async fn answers_lost_by_chance() {
    const BATCHES: usize = 15;
    const PEOPLE: usize = 100;
    let people = peers::applicants((BATCHES * PEOPLE) as u32);
    let mut whole = Line::plain().await;
    for batch in people.chunks(PEOPLE) {
        whole.release_these(batch.to_vec());
        until_through(&whole, "a perfect line").await;
    }
    let perfect = whole.proxy.counts();
    for (of_one, most) in [(0.2, 1.15), (0.5, 1.5)] {
        let mut line = Line::plain().await;
        line.proxy.set(Weather { lose: Lose::Chance { of_one, seed: 7 }, ..Weather::default() });
        let mut attempts = 0;
        for batch in people.chunks(PEOPLE) {
            line.release_these(batch.to_vec());
            attempts += until_through(&line, "answers lost by chance").await;
        }
        let counts = line.proxy.counts();
        line.proxy.set(Weather::default());
        let extra = counts.bytes() as f64 / perfect.bytes() as f64;
        println!(
            "{:.0}% of answers lost, {BATCHES} batches of {PEOPLE}: {} lost, {attempts} attempts, {} bytes up, {} down; \
             whole line {} up, {} down: {:+.1}% bytes",
            of_one * 100.0,
            counts.struck,
            counts.up,
            counts.down,
            perfect.up,
            perfect.down,
            (extra - 1.0) * 100.0
        );
        line.assert_proved("answers lost by chance");
        assert!(extra <= most, "{:.0}% lost cost {extra:.2} times the bytes", of_one * 100.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dripping_line_is_waited_for() {
    let mut line = Line::plain().await;
    line.release(1);
    line.proxy.set(Weather { drip: Some(Duration::from_millis(1)), ..Weather::default() });
    // Silence is counted from the last byte that came: a line that drips is alive.
    let waits = Waits { silence: Duration::from_secs(4), ..WAITS };
    let before = line.proxy.counts();
    line.sync_by(&line.link(waits)).await.expect("a slow line is no broken one");
    println!("dripped {} bytes, a byte at a time", line.proxy.counts().bytes() - before.bytes());
    line.proxy.set(Weather::default());
    line.assert_proved("after dripping");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_falls_silent_is_given_up() {
    let mut line = Line::plain().await;
    let waits = Waits {
        connect: Duration::from_millis(400),
        silence: Duration::from_millis(400),
        exchange: Duration::from_secs(5),
    };
    let mut silences = 0;
    for after in [0, 1, 50, 200, 400, 600, 800, 1_000] {
        line.release(1);
        line.proxy.set(Weather { half_open_after: Some(after), ..Weather::default() });
        match line.sync_by(&line.link(waits)).await {
            Ok(_) => {}
            Err(SyncError::Offline) => silences += 1,
            Err(other) => panic!("silent after {after} bytes: {other:?}"),
        }
        line.proxy.set(Weather::default());
        until_through(&line, "after a silence").await;
        line.assert_level(&format!("silent after {after} bytes"));
    }
    println!("{silences} of 8 half-open lines given up, everything sent afterwards");
    assert!(silences >= 5, "{silences}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_delivered_twice() {
    let mut line = Line::plain().await;
    line.proxy.set(Weather { twice: true, ..Weather::default() });
    for _ in 0..20 {
        line.release(3);
        line.sync().await.expect("sync");
        line.proxy.settled().await;
        line.assert_level("delivered twice");
    }
    println!("{} requests delivered twice each", line.proxy.counts().requests);
    assert!(line.proxy.counts().requests >= 20);
    line.assert_proved("after doubled requests");
}
