//! HTTP/1.1 over TLS to the district, whose own authority the enrolment file pinned. No other authority is trusted and
//! no proxy or redirect is followed.

use crate::link::{Link, LinkError};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Largest answer read, bytes.
const ANSWER_MAX: usize = 16 * 1024 * 1024;

/// How long a line may keep the program waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    pub connect: Duration,
    /// Longest silence. A line that is dead without having said so is given up after it.
    pub silence: Duration,
    /// Longest whole exchange: 8 MiB over a 32 kB/s line take four minutes.
    pub exchange: Duration,
}

/// The slowest line that is still one, bytes per second: a request of many bytes may take so long to go out.
const SLOWEST_PER_S: u64 = 1_000;

impl Waits {
    /// Until an answer begins: the request has to go out first, and the client cannot see how far it is.
    fn answer_begins(&self, request_bytes: usize) -> Duration {
        self.silence + Duration::from_millis(request_bytes as u64 * 1_000 / SLOWEST_PER_S)
    }
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            exchange: Duration::from_secs(300),
        }
    }
}

/// The district at the address of the enrolment file.
pub struct HttpLink {
    client: reqwest::Client,
    url: String,
    waits: Waits,
    /// The district's server answered that it knows no rounds; remembered as long as this link.
    old: AtomicBool,
}

impl HttpLink {
    /// `url` is the district's base address. `authority_pem` is the only authority trusted; an `http://` address (for
    /// loopback or behind a proxy) uses none.
    pub fn new(url: &str, authority_pem: &str) -> Result<Self, LinkError> {
        Self::with_waits(url, authority_pem, Waits::default())
    }

    pub fn with_waits(url: &str, authority_pem: &str, waits: Waits) -> Result<Self, LinkError> {
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
            .default_headers(nothing_said())
            .pool_max_idle_per_host(1)
            .connect_timeout(waits.connect)
            .timeout(waits.exchange);
        // Bytes that nobody acknowledges: the one silence that shows while a request goes out.
        #[cfg(target_os = "linux")]
        let client = client.tcp_user_timeout(waits.silence);
        let client = client.build().map_err(|_| LinkError::Offline)?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned(), waits, old: AtomicBool::new(false) })
    }

    /// Whether somebody listens at the district's address: a bare TCP connection, a few hundred bytes.
    pub async fn answers(&self) -> bool {
        let Ok(url) = reqwest::Url::parse(&self.url) else { return false };
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { return false };
        let host = host.trim_matches(['[', ']']);
        tokio::time::timeout(self.waits.connect, tokio::net::TcpStream::connect((host, port)))
            .await
            .is_ok_and(|connected| connected.is_ok())
    }

    /// The second language's messages name no type: every header is paid for.
    async fn post(
        &self,
        path: &str,
        kind: Option<&'static str>,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, LinkError> {
        let begins = self.waits.answer_begins(body.len());
        let mut request = self.client.post(format!("{}{path}", self.url)).body(body);
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        let mut response = in_time(begins, request.send()).await?;
        let status = response.status();
        let retry_after = response
            .headers()
            .get("retry-after")
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .map(Duration::from_secs);
        let mut answer = Vec::new();
        while let Some(chunk) = in_time(self.waits.silence, response.chunk()).await? {
            if answer.len() + chunk.len() > ANSWER_MAX {
                return Err(LinkError::Unreadable);
            }
            answer.extend_from_slice(&chunk);
        }
        match status.as_u16() {
            200 => Ok(answer),
            404 => Err(LinkError::Unknown),
            429 | 502 | 503 | 504 => Err(LinkError::Busy { retry_after }),
            400..=499 => Err(LinkError::Refused {
                words: String::from_utf8_lossy(&answer).chars().take(300).collect(),
            }),
            _ => Err(LinkError::Busy { retry_after }),
        }
    }
}

impl Link for HttpLink {
    async fn round(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        if self.old.load(Ordering::Relaxed) {
            return Err(LinkError::Unknown);
        }
        let answer = self.post("/v2", None, request).await;
        if answer == Err(LinkError::Unknown) {
            self.old.store(true, Ordering::Relaxed);
        }
        answer
    }

    async fn attachment(&self, call: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.post("/v2/attachments", None, call).await
    }

    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.post("/v1/exchange", Some("application/octet-stream"), request).await
    }

    async fn enrol(&self, request: String) -> Result<String, LinkError> {
        let answer = self.post("/v1/enrol", Some("application/json"), request.into_bytes()).await?;
        String::from_utf8(answer).map_err(|_| LinkError::Unreadable)
    }
}

/// The client would say that it accepts anything; said in as few bytes as it allows.
fn nothing_said() -> HeaderMap {
    HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(""))])
}

/// A line that stays silent longer is as good as none.
async fn in_time<T>(wait: Duration, work: impl Future<Output = reqwest::Result<T>>) -> Result<T, LinkError> {
    match tokio::time::timeout(wait, work).await {
        Ok(done) => done.map_err(|error| classify(&error)),
        Err(_) => Err(LinkError::Offline),
    }
}

/// Sorts a failure by what the clerk can do about it.
fn classify(error: &reqwest::Error) -> LinkError {
    match error.source().and_then(tls_error) {
        Some(rustls::Error::InvalidCertificate(problem)) => certificate_problem(problem),
        Some(_) => LinkError::NotTheDistrict,
        None if error.is_connect() || error.is_timeout() => LinkError::Offline,
        None => LinkError::Broken,
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
