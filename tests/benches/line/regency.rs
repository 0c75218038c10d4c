//! A whole regency comes online in the same minute: every village of Kebumen with a few people each, against the real
//! program on a real disk.

use payung_district::{District as Office, Tools as OfficeTools, enrolment};
use payung_domain::VillageCode;
use payung_register::{Import, ImportRow, Op, Register, Tools};
use payung_sync::{HttpLink, Schedule, SharedRegister, SyncError, enrol, synchronise};
use payung_system::{SystemClock, SystemRandom};
use payung_tests::line::memory_folder;
use payung_tests::{District, people as neighbours};
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpSocket};

const VILLAGES: usize = 460;
const PEOPLE_EACH: u32 = 20;
/// They all come within this time.
const WITHIN: Duration = Duration::from_secs(10);
const SECRET: &str = "padi sawah kuning";

pub async fn print() {
    println!(
        "\n== {VILLAGES} villages come online within {} s, {PEOPLE_EACH} new people each, TLS",
        WITHIN.as_secs()
    );
    // The district's files are on a real disk; those of 460 laptops would share it, which they never do.
    let (folder, laptops) = (tempfile::tempdir().expect("folder"), memory_folder());
    let district = District::start(folder.path(), "33.05");
    let tools = OfficeTools { clock: Arc::new(SystemClock), randomness: Arc::new(SystemRandom) };
    let office = Office::open(district.data(), tools).expect("district");
    let authority = office.authority.certificate_pem().expect("PEM");
    let url = format!("https://127.0.0.1:{}", district.port());
    let mut villages = Vec::new();
    for (number, code) in codes().into_iter().take(VILLAGES).enumerate() {
        let register =
            village(&laptops.path().join(format!("village-{number}")), code, number as u32 * PEOPLE_EACH);
        let file = enrolment::issue(&office, code).expect("enrolment file");
        // Its connection ends here: all these villages come from one address, which may keep only so many open.
        let link = HttpLink::new(&url, &authority).expect("link");
        enrol(&register, &link, file).await.expect("enrolled");
        villages.push(register);
    }
    let before = memory(&district);
    let told_later = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let mut waits = Vec::new();
    for (number, register) in villages.into_iter().enumerate() {
        let told_later = Arc::clone(&told_later);
        let door = own_address(number, district.port()).await;
        let link = HttpLink::new(&format!("https://127.0.0.1:{door}"), &authority).expect("link");
        waits.push(tokio::spawn(async move {
            tokio::time::sleep(WITHIN.mul_f64(number as f64 / VILLAGES as f64)).await;
            served(&register, &link, &told_later).await
        }));
    }
    let mut times = Vec::new();
    for wait in waits {
        times.push(wait.await.expect("a village"));
    }
    let all = begun.elapsed();
    times.sort_unstable();
    let after = memory(&district);
    let status = district.status();
    assert_eq!(
        status["people_total"],
        times.len() as u64 * u64::from(PEOPLE_EACH),
        "everybody is there once"
    );
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64();
    println!(
        "all served after {:.1} s; one village's wait: median {:.2} s, 95% {:.2} s, longest {:.2} s; told \"later\" {} times",
        all.as_secs_f64(),
        at(0.5),
        at(0.95),
        at(1.0),
        told_later.load(Ordering::Relaxed)
    );
    println!(
        "memory of the server: {} kB before, {} kB after, {} kB at most",
        before.now_kb, after.now_kb, after.most_kb
    );
}

/// Every village comes from an address of its own, as villages do: the server shares its places out by address. The port
/// behind which this one reaches the server.
async fn own_address(number: usize, server: u16) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let port = listener.local_addr().expect("a port").port();
    let own = Ipv4Addr::new(127, 1, (number / 250) as u8, (number % 250) as u8 + 1);
    tokio::spawn(async move {
        loop {
            let (mut laptop, _) = listener.accept().await.expect("a connection");
            tokio::spawn(async move {
                let socket = TcpSocket::new_v4().expect("a socket");
                socket.bind((own, 0).into()).expect("an address");
                let Ok(mut there) = socket.connect((Ipv4Addr::LOCALHOST, server).into()).await else {
                    return;
                };
                let _ = tokio::io::copy_bidirectional(&mut laptop, &mut there).await;
            });
        }
    });
    port
}

/// Until it went through, waiting as long as it was asked to.
async fn served(register: &SharedRegister, link: &HttpLink, told_later: &AtomicU64) -> Duration {
    let begun = Instant::now();
    let mut schedule = Schedule::default();
    loop {
        match synchronise(register, link, |_| {}).await {
            Ok(_) => return begun.elapsed(),
            Err(error) => {
                if let SyncError::Busy { .. } = error {
                    told_later.fetch_add(1, Ordering::Relaxed);
                }
                tokio::time::sleep(schedule.failed(error.retry_after(), &SystemRandom)).await;
            }
        }
    }
}

/// A village with people whom nobody else has.
fn village(data: &Path, code: VillageCode, others: u32) -> SharedRegister {
    let code = code.to_string();
    neighbours::cheap_register(data, &code, SECRET);
    let slot = Register::people(data).expect("people")[0].id;
    let tools = Tools::new(Arc::new(SystemClock), Arc::new(SystemRandom));
    let mut register = Register::unlock(data, slot, SECRET, tools).expect("unlock");
    let row = |serial| ImportRow {
        sheet: 0,
        row: serial + 1,
        values: neighbours::one(&code, others + serial),
        errors: Vec::new(),
    };
    let rows = (1..=PEOPLE_EACH).map(row).collect();
    let import = Import { file_name: "contoh.csv".to_owned(), rows, ready: true, ..Import::default() };
    register.transact(Op::Import(import)).expect("import");
    Arc::new(Mutex::new(Some(register)))
}

/// Every desa and kelurahan of Kebumen.
fn codes() -> Vec<VillageCode> {
    let numbers =
        (1..=26).flat_map(|kecamatan| (1001..1100).chain(2001..2100).map(move |desa| (kecamatan, desa)));
    numbers
        .filter_map(|(kecamatan, desa)| VillageCode::parse(&format!("33.05.{kecamatan:02}.{desa}")).ok())
        .filter(|code| payung_regions::place(*code).is_some())
        .collect()
}

struct Memory {
    now_kb: u64,
    most_kb: u64,
}

fn memory(district: &District) -> Memory {
    let text = std::fs::read_to_string(format!("/proc/{}/status", district.process())).unwrap_or_default();
    let line = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
    };
    Memory { now_kb: line("VmRSS"), most_kb: line("VmHWM") }
}
