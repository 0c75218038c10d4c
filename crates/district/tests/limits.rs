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
