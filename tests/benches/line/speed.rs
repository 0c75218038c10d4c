//! How fast new applicants become durable at the district: at the server alone, and with the laptop's own work.

use crate::rounds;
use crate::table::release;
use payung_district::{Config, District, Limits, Log, Server, Setup, Transport, report};
use payung_domain::{Field, RegencyCode};
use payung_tests::line::{Line, memory_folder, tools};
use payung_tests::peers;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const EACH: u32 = 10_000;
const LAPTOPS: usize = 4;
/// Whole rounds sent to the server: of so many villages, over so many connections.
const VILLAGES: u32 = 60;
const CONNECTIONS: usize = 8;

pub async fn print() {
    println!(
        "\n== New applicants a second over HTTP on loopback: verified, stored durably, judged, answered, receipted"
    );
    for each in [1_000, 100] {
        let folder = tempfile::tempdir().expect("folder");
        served(folder.path(), each, "on this disk").await;
    }
    served(memory_folder().path(), 1_000, "files in memory").await;
    println!(
        "\n== The same with the laptop's own work: packing, signing, and taking the answers in; files in memory"
    );
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

/// The server alone: whole signed rounds, made before, as laptops send them.
async fn served(folder: &Path, each: u32, place: &str) {
    let setup = Setup {
        regency: RegencyCode::parse("33.05").expect("regency"),
        url: "https://127.0.0.1:8443".to_owned(),
        regulation: None,
    };
    let data = folder.join("district");
    let district = District::create(&data, &setup, tools()).expect("district");
    let everybody = peers::applicants(VILLAGES * each);
    let requests = rounds::requests(&district, VILLAGES, each, |village, serial| {
        let mut person = everybody[serial as usize].clone();
        person.set(Field::Village, village);
        person
    });
    let bytes: usize = requests.iter().map(Vec::len).sum();
    drop(district);
    let config = Config {
        data: data.clone(),
        listen: "127.0.0.1:0".parse().expect("address"),
        transport: Transport::Plain { behind_proxy: false },
        limits: Limits::default(),
        tools: tools(),
        log: Log::new(|_| {}),
    };
    let running = Server::start(config).await.expect("the server starts");
    let queue = Arc::new(Mutex::new(requests));
    let begun = Instant::now();
    let senders = (0..CONNECTIONS).map(|_| tokio::spawn(send_all(running.addr, Arc::clone(&queue))));
    for sender in senders.collect::<Vec<_>>() {
        sender.await.expect("a sender");
    }
    let took = begun.elapsed().as_secs_f64();
    running.stop().await;
    let status = report::status(&District::open(&data, tools()).expect("district")).expect("status");
    let people = f64::from(VILLAGES * each);
    assert_eq!(status.people_total as f64, people, "everybody is there once");
    println!(
        "the server, {VILLAGES} rounds of {each} over {CONNECTIONS} connections, {place}: {:.0} a second ({:.1} bytes each)",
        people / took,
        bytes as f64 / people
    );
}

/// One round after the other over one connection, each answered before the next.
async fn send_all(server: SocketAddr, queue: Arc<Mutex<Vec<Vec<u8>>>>) {
    let mut stream = TcpStream::connect(server).await.expect("a connection");
    loop {
        let Some(round) = queue.lock().expect("queue").pop() else { return };
        let head = format!("POST /v2 HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n\r\n", round.len());
        stream.write_all(&[head.as_bytes(), &round].concat()).await.expect("sent");
        let answer = answer(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

/// Reads one answer whole; its head.
async fn answer(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let (head, length) = loop {
        assert!(stream.read_buf(&mut read).await.expect("an answer") > 0, "the server hung up");
        let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&read[..end]).into_owned();
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        break (head, end + 4 + length.unwrap_or(0usize));
    };
    while read.len() < length {
        assert!(stream.read_buf(&mut read).await.expect("an answer") > 0, "the answer is whole");
    }
    head
}

/// A level village with so many people waiting.
async fn laptop() -> Line {
    let line = Line::plain().await;
    for people in peers::applicants(EACH).chunks(2_000) {
        release(&line, people);
    }
    line
}
