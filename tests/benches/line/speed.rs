//! How fast new applicants become durable at the district: packed, signed, carried, proved, stored, judged, answered,
//! receipted and taken in again.

use crate::table::release;
use payung_tests::line::Line;
use payung_tests::peers;
use std::time::Instant;

const EACH: u32 = 10_000;
const LAPTOPS: usize = 4;

pub async fn print() {
    println!("\n== New applicants a second, loopback, files in {}", where_files_are());
    let line = laptop().await;
    let begun = Instant::now();
    line.sync().await.expect("sync");
    let alone = begun.elapsed().as_secs_f64();
    println!(
        "one laptop, {EACH} applicants, both ends in one process: {:.0} a second",
        f64::from(EACH) / alone
    );

    let mut lines = Vec::new();
    for _ in 0..LAPTOPS {
        lines.push(laptop().await);
    }
    let begun = Instant::now();
    let all = lines.into_iter().map(|line| {
        tokio::spawn(async move {
            line.sync().await.expect("sync");
            line
        })
    });
    let mut done = Vec::new();
    for one in all {
        done.push(one.await.expect("a laptop"));
    }
    let together = begun.elapsed().as_secs_f64();
    println!(
        "{LAPTOPS} laptops of {LAPTOPS} districts at once, {EACH} each: {:.0} a second in all",
        f64::from(EACH) * LAPTOPS as f64 / together
    );
}

/// A level village with so many people waiting.
async fn laptop() -> Line {
    let line = Line::plain().await;
    for people in peers::applicants(EACH).chunks(2_000) {
        release(&line, people);
    }
    line
}

fn where_files_are() -> &'static str {
    if std::path::Path::new("/dev/shm").is_dir() { "memory (/dev/shm)" } else { "the temporary folder" }
}
