//! The real client against real TLS servers that are wrong in one way each: what a clerk is told follows from it.

use payung_domain::{Clock, Timestamp};
use payung_keys::Authority;
use payung_sync::{HttpLink, Link, LinkError};
use payung_system::{SystemClock, SystemRandom};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

const DAY_MS: i64 = 86_400_000;

/// Answers every request with these bytes. `from` and `to` are the certificate's days, counted from today.
async fn server(authority: &Authority, from: i64, to: i64, answer: &'static str) -> String {
    let now = SystemClock.now().millis();
    let identity = authority
        .issue_server(
            &["127.0.0.1".to_owned()],
            Timestamp(now + from * DAY_MS),
            Timestamp(now + to * DAY_MS),
            &SystemRandom,
        )
        .expect("server certificate");
    let certificate = CertificateDer::from(identity.certificate_der.clone());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(identity.key_der.to_vec()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("certificate and key");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("port");
    let url = format!("https://{}", listener.local_addr().expect("address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

fn authority(name: &str) -> Authority {
    let two_years_ago = Timestamp(SystemClock.now().millis() - 730 * DAY_MS);
    Authority::create(name, two_years_ago, &SystemRandom).expect("authority")
}

async fn told(url: &str, trusted: &Authority) -> Result<Vec<u8>, LinkError> {
    HttpLink::new(url, &trusted.certificate_pem().expect("PEM"))
        .expect("link")
        .exchange(b"request".to_vec())
        .await
}

#[tokio::test]
async fn the_pinned_district_is_heard() {
    let own = authority("Kabupaten Contoh");
    let url = server(&own, -1, 30, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nya").await;
    assert_eq!(told(&url, &own).await, Ok(b"ya".to_vec()));
}

#[tokio::test]
async fn a_certificate_of_another_day_means_a_wrong_clock() {
    let own = authority("Kabupaten Contoh");
    let expired = server(&own, -60, -30, "HTTP/1.1 200 OK\r\n\r\n").await;
    assert_eq!(told(&expired, &own).await, Err(LinkError::ClockWrong), "as seen by a laptop in the future");
    let not_yet = server(&own, 30, 60, "HTTP/1.1 200 OK\r\n\r\n").await;
    assert_eq!(told(&not_yet, &own).await, Err(LinkError::ClockWrong), "as seen by a laptop in the past");
}

#[tokio::test]
async fn somebody_else_under_the_same_address_is_not_the_district() {
    let own = authority("Kabupaten Contoh");
    let other = authority("Kabupaten Contoh");
    let url = server(&other, -1, 30, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nya").await;
    assert_eq!(told(&url, &own).await, Err(LinkError::NotTheDistrict));
}

#[tokio::test]
async fn nobody_there_is_offline_and_too_many_there_is_busy() {
    let own = authority("Kabupaten Contoh");
    assert_eq!(told("https://127.0.0.1:1", &own).await, Err(LinkError::Offline));
    let busy = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 40\r\ncontent-length: 0\r\n\r\n";
    let url = server(&own, -1, 30, busy).await;
    assert_eq!(told(&url, &own).await, Err(LinkError::Busy { retry_after: Some(Duration::from_secs(40)) }));
    let refused = "HTTP/1.1 403 Forbidden\r\ncontent-length: 15\r\n\r\nPerangkat lain.";
    let url = server(&own, -1, 30, refused).await;
    assert_eq!(told(&url, &own).await, Err(LinkError::Refused { words: "Perangkat lain.".to_owned() }));
}
