//! HTTP/1.1 over TLS to the district, whose own authority the enrolment file pinned. No other authority is trusted and
//! no proxy or redirect is followed.

use crate::link::{Link, LinkError};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

const CONNECT_WAIT_MAX: Duration = Duration::from_secs(10);
/// Longest silence within an exchange.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Longest whole exchange: 8 MiB over a 32 kB/s line take four minutes.
const EXCHANGE_MAX: Duration = Duration::from_secs(300);
/// Largest answer read, bytes.
const ANSWER_MAX: usize = 16 * 1024 * 1024;

/// The district at the address of the enrolment file.
pub struct HttpLink {
    client: reqwest::Client,
    url: String,
}

impl HttpLink {
    /// `url` is the district's base address. `authority_pem` is the only authority trusted; an `http://` address (for
    /// loopback or behind a proxy) uses none.
    pub fn new(url: &str, authority_pem: &str) -> Result<Self, LinkError> {
        let authority = CertificateDer::from_pem_slice(authority_pem.as_bytes())
            .map_err(|_| LinkError::NotTheDistrict)?;
        let mut roots = rustls::RootCertStore::empty();
        roots.add(authority).map_err(|_| LinkError::NotTheDistrict)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| LinkError::NotTheDistrict)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .http1_only()
            .connect_timeout(CONNECT_WAIT_MAX)
            .read_timeout(SILENCE_MAX)
            .timeout(EXCHANGE_MAX)
            .build()
            .map_err(|_| LinkError::Offline)?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned() })
    }

    /// Whether somebody listens at the district's address: a bare TCP connection, a few hundred bytes.
    pub async fn answers(&self) -> bool {
        let Ok(url) = reqwest::Url::parse(&self.url) else { return false };
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { return false };
        let host = host.trim_matches(['[', ']']);
        tokio::time::timeout(CONNECT_WAIT_MAX, tokio::net::TcpStream::connect((host, port)))
            .await
            .is_ok_and(|connected| connected.is_ok())
    }

    async fn post(&self, path: &str, kind: &'static str, body: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        let request = self.client.post(format!("{}{path}", self.url)).header("content-type", kind).body(body);
        let mut response = request.send().await.map_err(|error| classify(&error))?;
        let status = response.status();
        let retry_after = response
            .headers()
            .get("retry-after")
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .map(Duration::from_secs);
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
            if answer.len() + chunk.len() > ANSWER_MAX {
                return Err(LinkError::Unreadable);
            }
            answer.extend_from_slice(&chunk);
        }
        match status.as_u16() {
            200 => Ok(answer),
            429 | 502 | 503 | 504 => Err(LinkError::Busy { retry_after }),
            400..=499 => Err(LinkError::Refused {
                words: String::from_utf8_lossy(&answer).chars().take(300).collect(),
            }),
            _ => Err(LinkError::Busy { retry_after }),
        }
    }
}

impl Link for HttpLink {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.post("/v1/exchange", "application/octet-stream", request).await
    }

    async fn enrol(&self, request: String) -> Result<String, LinkError> {
        let answer = self.post("/v1/enrol", "application/json", request.into_bytes()).await?;
        String::from_utf8(answer).map_err(|_| LinkError::Unreadable)
    }
}

/// Sorts a failure by what the clerk can do about it.
fn classify(error: &reqwest::Error) -> LinkError {
    match error.source().and_then(tls_error) {
        Some(rustls::Error::InvalidCertificate(problem)) => certificate_problem(problem),
        Some(_) => LinkError::NotTheDistrict,
        None => LinkError::Offline,
    }
}

/// The TLS error at the bottom of a failure. An I/O error hides what it wraps from `source`, and may wrap another one.
fn tls_error<'a>(cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a rustls::Error> {
    if let Some(found) = cause.downcast_ref::<rustls::Error>() {
        return Some(found);
    }
    let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    match wrapped {
        Some(inner) => tls_error(inner),
        None => cause.source().and_then(tls_error),
    }
}

fn certificate_problem(problem: &rustls::CertificateError) -> LinkError {
    use rustls::CertificateError as Problem;
    match problem {
        Problem::Expired
        | Problem::NotValidYet
        | Problem::ExpiredContext { .. }
        | Problem::NotValidYetContext { .. } => LinkError::ClockWrong,
        _ => LinkError::NotTheDistrict,
    }
}
