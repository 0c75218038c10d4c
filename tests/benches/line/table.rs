//! The table of what others need for the same thousand people, with this program's column measured now, and the floor.

use payung_domain::{Field, FieldValues};
use payung_register::{Acknowledge, Import, ImportRow, ListQuery, Op};
use payung_tests::line::Line;
use payung_tests::peers;
use payung_tests::proxy::{Counts, Lose, Weather};
use std::time::{Duration, Instant};

/// A bad village line: 300 ms there and back, 32 kB a second.
const BAD_LINE: (Duration, u64) = (Duration::from_millis(150), 32_000);
const CUT_BATCHES: usize = 20;
const CUT_BATCH: usize = 25;

pub async fn print() {
    println!("\n== What crosses the line (bytes with HTTP's heads, without TLS; loopback, one laptop)");
    let thousand = batch(1_000).await;
    let hundred = batch(100).await;
    let (nothing, one) = small_rounds().await;
    let bad = over_a_bad_line().await;
    let (extra, doubled) = answers_cut().await;
    let row = |what: &str, peers: [&str; 4], measured: String, goal: &str| {
        println!("| {what} | {} | **{measured}** | {goal} |", peers.join(" | "));
    };
    println!("| | ODK Central | PouchDB | Kinto | Anki sync | Payung, now | goal |");
    println!("|---|---|---|---|---|---|---|");
    row(
        "bytes up per new applicant, 1,000 / 100 in a batch",
        ["1,420", "859", "777", "73 / 93"],
        format!("{:.1} / {:.1}", per(thousand.up, 1_000), per(hundred.up, 100)),
        "40 / 60",
    );
    row(
        "bytes down per new applicant, judged and answered",
        ["", "", "", ""],
        format!("{:.1} / {:.1}", per(thousand.down, 1_000), per(hundred.down, 100)),
        "",
    );
    row("nothing to send", ["", "718 B", "", "307 B, 1 request"], said(nothing), "250 B, 1 request");
    row(
        "one field changed",
        ["whole record", "2,770 B", "", "2,605 B, 7 requests"],
        said(one),
        "500 B, 1 request",
    );
    row(
        "100 applicants over 300 ms, 32 kB/s",
        ["39.4 s", "4.7 s", "7.0 s", "2.4 s"],
        format!("{:.2} s", bad.as_secs_f64()),
        "1.2 s",
    );
    row(
        "20% of answers cut: extra bytes / lost / doubled",
        ["+29% / 0 / 0", "+33% / 0 / 0", "+17% / 0 / 0", "+371% / 0 / 0"],
        format!("{extra:+.0}% / 0 / {doubled}"),
        "+15% / 0 / 0",
    );
    print_floor();
}

fn print_floor() {
    println!("\nThe floor: the same facts without identifiers, packed by others; bytes per applicant");
    println!(
        "| in a batch of | JSON | gzip | brotli | columns in gzip | in brotli | in zstd | entropy of each field alone |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for count in [1_000, 100] {
        let floor = peers::floor(&peers::applicants(count));
        println!(
            "| {count} | {:.0} | {:.0} | {:.0} | {:.1} | {:.1} | {:.1} | {:.1} |",
            floor.json,
            floor.json_gzip,
            floor.json_brotli,
            floor.columns_gzip,
            floor.columns_brotli,
            floor.columns_zstd,
            floor.entropy
        );
    }
}

fn per(bytes: u64, count: u64) -> f64 {
    bytes as f64 / count as f64
}

fn said(counts: Counts) -> String {
    let requests = if counts.requests == 1 { "request" } else { "requests" };
    format!("{} B ({} up), {} {requests}", counts.bytes(), counts.up, counts.requests)
}

pub fn release(line: &Line, applicants: &[FieldValues]) {
    let row = |(index, values): (usize, &FieldValues)| ImportRow {
        sheet: 0,
        row: index as u32 + 2,
        values: values.clone(),
        errors: Vec::new(),
    };
    let rows = applicants.iter().enumerate().map(row).collect();
    let import = Import { file_name: "contoh.csv".to_owned(), rows, ready: true, ..Import::default() };
    let report = line.with(|register| register.transact(Op::Import(import))).expect("import").import;
    assert_eq!(report.expect("report").ready, applicants.len() as u64, "everybody is released");
}

async fn batch(count: u32) -> Counts {
    let line = Line::plain().await;
    release(&line, &peers::applicants(count));
    line.proxy.forget_counts();
    line.sync().await.expect("sync");
    line.proxy.counts()
}

/// Nothing to send, then one changed field.
async fn small_rounds() -> (Counts, Counts) {
    let line = Line::plain().await;
    release(&line, &peers::applicants(100));
    line.sync().await.expect("sync");
    line.proxy.forget_counts();
    line.sync().await.expect("nothing to send");
    let nothing = line.proxy.counts();
    // The second correction is the ordinary case: both sides know the one before.
    for address in ["Jl. Kenanga No. 3", "Jl. Melati No. 7"] {
        line.with(|register| {
            let person =
                register.list(&ListQuery { limit: 1, ..ListQuery::default() }).expect("list").rows[0].id;
            let value = address.to_owned();
            register.transact(Op::SaveField { person, field: Field::Address, value }).expect("typed");
            let acknowledge = Acknowledge { notes: true, ..Acknowledge::default() };
            register.transact(Op::Release { person, acknowledge }).expect("ready");
        });
        line.proxy.forget_counts();
        line.sync().await.expect("one field");
    }
    (nothing, line.proxy.counts())
}

async fn over_a_bad_line() -> Duration {
    let line = Line::plain().await;
    release(&line, &peers::applicants(100));
    let (delay, rate) = BAD_LINE;
    line.proxy.set(Weather { delay, up_per_s: Some(rate), down_per_s: Some(rate), ..Weather::default() });
    let begun = Instant::now();
    line.sync().await.expect("sync");
    begun.elapsed()
}

/// Extra bytes in percent against the same batches on a whole line, and how many people are there twice.
async fn answers_cut() -> (f64, u64) {
    let mut bytes = [0; 2];
    let mut doubled = 0;
    for (total, lose) in bytes.iter_mut().zip([Lose::Nothing, Lose::Chance { of_one: 0.2, seed: 42 }]) {
        let line = Line::plain().await;
        line.proxy.set(Weather { lose, ..Weather::default() });
        for people in peers::applicants((CUT_BATCHES * CUT_BATCH) as u32).chunks(CUT_BATCH) {
            release(&line, people);
            while line.sync().await.is_err() {}
        }
        *total = line.proxy.counts().bytes();
        let status = payung_district::report::status(&line.district()).expect("status");
        let there = status.people_total as u64;
        let sent = (CUT_BATCHES * CUT_BATCH) as u64;
        assert!(there >= sent, "{} of {sent} people are lost", sent - there);
        doubled += there - sent;
    }
    ((bytes[1] as f64 / bytes[0] as f64 - 1.0) * 100.0, doubled)
}
