//! How many new applicants a second a district takes, durable: `cargo bench --bench taking`. The requests are made before;
//! measured is everything from their bytes to the bytes of the answer: decoding, verifying, storing, judging, the receipt,
//! fsync. `THREADS`, `VILLAGES` and `PEOPLE` (in one request) say otherwise than usual.

#[path = "../tests/support/laptop.rs"]
#[allow(dead_code)]
mod laptop;
#[path = "../tests/support/people.rs"]
#[allow(dead_code)]
mod people;
#[path = "../tests/support/rounds.rs"]
mod rounds;

use payung_district::{District, Log, Setup, Tools, exchange};
use payung_domain::{Clock, RegencyCode};
use payung_system::{SystemClock, SystemRandom};
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

fn number(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Milliseconds of all cores that this process used so far; `None` where the system does not tell. On a machine that is
/// busy with other things this says more than the clock.
fn cores_ms() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) * 10)
}

/// Bytes that this process has given to the disk so far.
fn written() -> Option<u64> {
    let io = std::fs::read_to_string("/proc/self/io").ok()?;
    io.lines().find_map(|line| line.strip_prefix("write_bytes: ")).and_then(|bytes| bytes.trim().parse().ok())
}

/// The most memory this process ever had, in MiB.
fn memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok().map(|kib| kib / 1_024)
}

/// How long the same bytes take if nothing but writing and fsync is done, in so many pieces.
fn floor_ms(folder: &std::path::Path, bytes: u64, pieces: u32) -> i64 {
    use std::io::Write;
    let piece = vec![7; usize::try_from(bytes / u64::from(pieces.max(1))).unwrap_or(0)];
    let mut file = std::fs::File::create(folder.join("floor")).expect("a file");
    let begun = SystemClock.now().millis();
    for _ in 0..pieces {
        file.write_all(&piece).and_then(|()| file.sync_data()).expect("a write");
    }
    SystemClock.now().millis() - begun
}

fn main() {
    let (threads, villages, people) = (number("THREADS", 4), number("VILLAGES", 60), number("PEOPLE", 1_000));
    let folder = tempfile::tempdir().expect("a folder");
    let tools = Tools { clock: Arc::new(SystemClock), randomness: Arc::new(SystemRandom) };
    let setup = Setup {
        regency: RegencyCode::parse("33.05").expect("a regency"),
        url: "https://127.0.0.1:8443".into(),
        regulation: None,
    };
    let district = District::create(folder.path(), &setup, tools).expect("a district");
    let requests = rounds::requests(&district, villages, people, rounds::applicant);
    let count = requests.len() as f64;
    let up: usize = requests.iter().map(Vec::len).sum();
    let queue = Mutex::new(requests);
    let (down, log) = (Mutex::new(0), Log::new(|_| {}));
    let (begun, used, disk) = (SystemClock.now().millis(), cores_ms(), written());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(bytes) = queue.lock().expect("a queue").pop() else { break };
                    let answer = exchange::round(&district, &log, &bytes).expect("an answer");
                    *down.lock().expect("a sum") += answer.len();
                }
            });
        }
    });
    let took = Duration::from_millis((SystemClock.now().millis() - begun) as u64);
    let disk = written().zip(disk).map(|(now, before)| now - before);
    let used = cores_ms().zip(used).map(|(now, before)| now - before);
    let status = payung_district::report::status(&district).expect("a status");
    let taken = count * f64::from(people);
    assert_eq!(status.people_total as f64, taken, "everybody is there");
    let rate = taken / took.as_secs_f64();
    println!(
        "{taken} applicants in {count} requests over {threads} threads: {took:?}, {rate:.0} applicants/s; \
         {:.1} bytes up and {:.1} down each",
        up as f64 / taken,
        f64::from(u32::try_from(*down.lock().expect("a sum")).unwrap_or(u32::MAX)) / taken
    );
    if let Some(used) = used {
        let each = used as f64 * 1_000.0 / taken;
        println!("{used} ms of cores, {each:.1} us each: {:.0} applicants/s of one core", 1e6 / each);
    }
    if let Some(disk) = disk {
        println!(
            "{} MiB to the disk, {:.0} bytes each; writing and fsync alone, one for each request: {} ms",
            disk >> 20,
            disk as f64 / taken,
            floor_ms(folder.path(), disk, villages)
        );
    }
    println!("at most {} MiB of memory, the requests and this bench included", memory_mib().unwrap_or(0));
    let size = |name: &str| std::fs::metadata(folder.path().join(name)).map_or(0, |file| file.len());
    println!("database {} MiB, log {} MiB", size("district.db") >> 20, size("district.db-wal") >> 20);
}
