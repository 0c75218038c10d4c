//! Strangers, broken lines and crowds.

use crate::support::{AYAH, Scene, people};
use payung_district::{Config, DistrictError, Limits, Log, Server, Transport};
use payung_keys::certificate_der_from_pem;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

async fn connect(scene: &Scene) -> TlsStream<TcpStream> {
    let pem = scene.office().authority.certificate_pem().unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate_der_from_pem(&pem).unwrap().into()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(scene.addr()).await.unwrap();
    TlsConnector::from(Arc::new(config)).connect("127.0.0.1".try_into().unwrap(), stream).await.unwrap()
}

async fn read_all(stream: &mut TlsStream<TcpStream>) -> String {
    let mut answer = Vec::new();
    let _ =
        tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await.expect("an end");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_cut_at_any_byte_loses_and_doubles_nothing() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    for serial in 1..=20 {
        laptop.release(people::farmer(AYAH, serial));
    }
    let body = laptop.bytes();
    let head =
        format!("POST /v1/exchange HTTP/1.1\r\nhost: district\r\ncontent-length: {}\r\n\r\n", body.len());
    let whole = [head.as_bytes(), &body].concat();
    for cut in (0..whole.len()).step_by(whole.len() / 40) {
        let mut stream = connect(&scene).await;
        stream.write_all(&whole[..cut]).await.unwrap();
        let _ = stream.shutdown().await;
    }
    assert_eq!(payung_district::report::status(&scene.office()).unwrap().entries, 0);
    // The answer is lost: everything was sent, nothing is read.
    let mut stream = connect(&scene).await;
    stream.write_all(&whole).await.unwrap();
    stream.flush().await.unwrap();
    drop(stream);
    let answer = scene.exchange(body).await;
    assert_eq!(answer.receipts[0].seq, 21);
    let status = payung_district::report::status(&scene.office()).unwrap();
    assert_eq!((status.entries, status.people_total, status.receipts), (21, 20, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_nothing_is_let_go() {
    let limits = Limits {
        header: Duration::from_millis(300),
        handshake: Duration::from_millis(300),
        request: Duration::from_millis(500),
        ..Limits::default()
    };
    let scene = Scene::with_limits(limits).await;
    let mut silent = TcpStream::connect(scene.addr()).await.unwrap();
    let mut slow_head = connect(&scene).await;
    slow_head.write_all(b"POST /v1/exchange HTTP/1.1\r\nhost:").await.unwrap();
    let mut slow_body = connect(&scene).await;
    slow_body
        .write_all(b"POST /v1/exchange HTTP/1.1\r\nhost: d\r\ncontent-length: 100\r\n\r\nabc")
        .await
        .unwrap();
    let mut nothing = [0; 1];
    let closed =
        tokio::time::timeout(Duration::from_secs(10), silent.read(&mut nothing)).await.expect("an end");
    assert!(matches!(closed, Ok(0) | Err(_)), "no handshake");
    assert!(!read_all(&mut slow_head).await.contains(" 200 "));
    assert!(read_all(&mut slow_body).await.starts_with("HTTP/1.1 408"), "says that it took too long");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_is_told_to_come_back() {
    let scene = Scene::with_limits(Limits { connections_max: 2, ..Limits::default() }).await;
    let (_one, _two) = (connect(&scene).await, connect(&scene).await);
    let mut third = connect(&scene).await;
    third.write_all(b"GET /v1/health HTTP/1.1\r\nhost: d\r\nconnection: close\r\n\r\n").await.unwrap();
    let answer = read_all(&mut third).await.to_lowercase();
    assert!(answer.starts_with("http/1.1 503") && answer.contains("retry-after: 5"), "{answer}");

    let scene = Scene::with_limits(Limits { requests_max: 1, waiting_max: 0, ..Limits::default() }).await;
    let laptop = scene.laptop(AYAH).await;
    let mut reading = connect(&scene).await;
    reading
        .write_all(b"POST /v1/exchange HTTP/1.1\r\nhost: d\r\ncontent-length: 9\r\n\r\nabc")
        .await
        .unwrap();
    reading.flush().await.unwrap();
    let mut refused = None;
    for _ in 0..50 {
        let response = scene.send(laptop.bytes()).await;
        if response.status() == 503 {
            refused = Some(response);
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let refused = refused.expect("one request at a time");
    assert_eq!(
        (refused.headers()["retry-after"].as_bytes(), &refused.headers()["payung-code"]),
        (&b"5"[..], &"busy".parse().unwrap())
    );
}

/// A request whose body never ends.
async fn dripping(scene: &Scene) -> TlsStream<TcpStream> {
    let mut stream = connect(scene).await;
    stream.write_all(b"POST /v2 HTTP/1.1\r\nhost: d\r\ncontent-length: 900\r\n\r\nabc").await.unwrap();
    stream.flush().await.unwrap();
    stream
}

/// The seconds that somebody turned away is told to wait.
async fn retry_after(scene: &Scene) -> Option<u64> {
    let response = scene.client().get(scene.url("/v1/health")).send().await.unwrap();
    (response.status() == 503).then(|| response.headers()["retry-after"].to_str().unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_strangers_hold_neither_the_turn_nor_all_places() {
    let limits = Limits { requests_max: 1, waiting_max: 7, ..Limits::default() };
    let scene = Scene::with_limits(limits).await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let one = dripping(&scene).await;
    assert_eq!(scene.exchange(laptop.bytes()).await.receipts[0].seq, 2, "one turn, and it is free");
    let _two = dripping(&scene).await;
    let mut told = None;
    for _ in 0..200 {
        told = retry_after(&scene).await;
        if told.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(told.is_some(), "an address holds a quarter of the places");
    drop(one);
    for _ in 0..200 {
        if retry_after(&scene).await.is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("a place that was left is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_turned_away_are_told_different_times_and_none_waits_for_ever() {
    let limits = Limits {
        requests_max: 1,
        waiting_max: 0,
        returning_per_second_max: 1,
        retry_spread_s: 6,
        ..Limits::default()
    };
    let scene = Scene::with_limits(limits).await;
    let _slow = dripping(&scene).await;
    let mut told = Vec::new();
    while told.len() < 14 {
        match retry_after(&scene).await {
            Some(wait) => told.push(wait),
            None => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
    let distinct: std::collections::BTreeSet<&u64> = told.iter().collect();
    assert!(distinct.len() >= 5 && told.iter().all(|wait| (5..=11).contains(wait)), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_share_one_memory_and_one_address_does_not_fill_it() {
    let scene = Scene::with_limits(Limits { bodies_kib_max: 256, ..Limits::default() }).await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let large = scene.send(vec![7; 100 * 1_024]).await;
    assert_eq!((large.status().as_u16(), &large.headers()["payung-code"]), (503, &"busy".parse().unwrap()));
    for _ in 0..20 {
        assert_eq!(scene.send(vec![7; 40 * 1_024]).await.status(), 400, "what was read is given back");
    }
    assert_eq!(scene.exchange(laptop.bytes()).await.receipts[0].seq, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_village_in_every_second_is_taken_and_nobody_is_lost() {
    let limits = Limits { requests_max: 2, waiting_max: 40, ..Limits::default() };
    let scene = Scene::with_limits(limits).await;
    let mut laptops = Vec::new();
    for serial in 0..24 {
        let mut laptop = scene.laptop(AYAH).await;
        laptop.release(people::farmer(AYAH, serial + 1));
        laptops.push(laptop);
    }
    let client = scene.client();
    let sends = laptops.iter().map(|laptop| {
        let (client, url, body) = (client.clone(), scene.url("/v1/exchange"), laptop.bytes());
        tokio::spawn(async move {
            loop {
                let answer = client.post(&url).body(body.clone()).send().await.unwrap();
                if answer.status() == 200 {
                    return answer.bytes().await.unwrap();
                }
                assert_eq!(answer.status(), 503);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        })
    });
    for send in sends.collect::<Vec<_>>() {
        let answer = payung_journal::ExchangeAnswer::decode(&send.await.unwrap()).unwrap();
        assert_eq!(answer.receipts[0].seq, 2);
    }
    let status = payung_district::report::status(&scene.office()).unwrap();
    assert_eq!((status.people_total, status.entries, status.entries_receipted), (24, 48, 48));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_lets_the_request_under_way_finish() {
    let mut scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let body = laptop.bytes();
    let head = format!(
        "POST /v1/exchange HTTP/1.1\r\nhost: d\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = connect(&scene).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 4];
    stream.read_exact(&mut go_on).await.unwrap();
    let address = scene.addr();
    let stopping = tokio::spawn(async move { scene.stop().await });
    while TcpStream::connect(address).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stream.write_all(&body).await.unwrap();
    let answer = read_all(&mut stream).await;
    assert!(answer.contains("HTTP/1.1 200"), "{answer}");
    stopping.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_stays_on_loopback_unless_a_proxy_stands_before_it() {
    let scene = Scene::kebumen().await;
    let start = |listen: &str, behind_proxy| {
        Server::start(Config {
            data: scene.data(),
            listen: listen.parse().unwrap(),
            transport: Transport::Plain { behind_proxy },
            limits: Limits::default(),
            tools: scene.tools(),
            log: Log::new(|_| {}),
        })
    };
    assert!(matches!(start("0.0.0.0:0", false).await, Err(DistrictError::Asked(_))));
    start("0.0.0.0:0", true).await.unwrap().stop().await;
    let running = start("127.0.0.1:0", false).await.unwrap();
    let said = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(quiet_tls()).build().unwrap();
    let health = said.get(format!("http://{}/v1/health", running.addr)).send().await.unwrap();
    assert!(health.text().await.unwrap().contains("33.05"));
    running.stop().await;
}

/// The client wants some TLS even where it uses none.
fn quiet_tls() -> rustls::ClientConfig {
    rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}
