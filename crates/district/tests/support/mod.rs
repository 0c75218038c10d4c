//! The scene of every test.

pub mod heads;
pub mod laptop;
pub mod member;
pub mod paper;
pub mod people;

pub use laptop::Laptop;

use payung_district::{Config, District, Limits, Log, Running, Server, Setup, Tools, Transport, enrolment};
use payung_domain::{Clock, RegencyCode, Timestamp, VillageCode};
use payung_journal::{EnrolAnswer, EnrolmentFile, ExchangeAnswer};
use payung_keys::certificate_der_from_pem;
use payung_system::SystemRandom;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

pub const AYAH: &str = "33.05.01.2001";
pub const ROWOKELE: &str = "33.05.02.2001";

/// 21 November 2026 at noon in Kebumen, until a test moves it.
pub struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

impl SetClock {
    pub fn advance_days(&self, days: i64) {
        self.0.fetch_add(days * 86_400_000, Ordering::SeqCst);
    }
}

/// A district with its server running.
pub struct Scene {
    pub folder: tempfile::TempDir,
    pub clock: Arc<SetClock>,
    pub log: Arc<Mutex<Vec<String>>>,
    limits: Limits,
    running: Option<Running>,
}

impl Scene {
    pub async fn kebumen() -> Self {
        Self::with_limits(Limits::default()).await
    }

    pub async fn with_limits(limits: Limits) -> Self {
        let now = chrono::DateTime::parse_from_rfc3339("2026-11-21T12:00:00+07:00").unwrap();
        let clock = Arc::new(SetClock(AtomicI64::new(now.timestamp_millis())));
        let mut scene =
            Self { folder: tempfile::tempdir().unwrap(), clock, log: Arc::default(), limits, running: None };
        let setup = Setup {
            regency: RegencyCode::parse("33.05").unwrap(),
            url: "https://127.0.0.1:8443".into(),
            regulation: None,
        };
        District::create(&scene.data(), &setup, scene.tools()).unwrap();
        scene.start().await;
        scene
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("district")
    }

    pub fn tools(&self) -> Tools {
        Tools { clock: Arc::clone(&self.clock) as Arc<dyn Clock>, randomness: Arc::new(SystemRandom) }
    }

    pub async fn start(&mut self) {
        let lines = Arc::clone(&self.log);
        let config = Config {
            data: self.data(),
            listen: "127.0.0.1:0".parse().unwrap(),
            transport: Transport::Tls,
            limits: self.limits.clone(),
            tools: self.tools(),
            log: Log::new(move |line| lines.lock().unwrap().push(line.to_owned())),
        };
        self.running = Some(Server::start(config).await.unwrap());
    }

    pub async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    pub fn addr(&self) -> std::net::SocketAddr {
        self.running.as_ref().unwrap().addr
    }

    pub fn url(&self, path: &str) -> String {
        format!("https://{}{path}", self.addr())
    }

    /// As an officer's program opens the folder, beside the running server.
    pub fn office(&self) -> District {
        District::open(&self.data(), self.tools()).unwrap()
    }

    pub fn enrolment_file(&self, village: &str) -> EnrolmentFile {
        enrolment::issue(&self.office(), VillageCode::parse(village).unwrap()).unwrap()
    }

    /// Trusts the district's authority and nothing else.
    pub fn client(&self) -> reqwest::Client {
        client(&self.office().authority.certificate_pem().unwrap())
    }

    /// A laptop of that village, enrolled.
    pub async fn laptop(&self, village: &str) -> Laptop {
        let laptop = Laptop::new(village);
        let answer = self.enrol(&laptop, &self.enrolment_file(village)).await;
        assert_eq!(answer.status(), 200, "{:?}", answer.text().await);
        laptop
    }

    pub async fn enrol(&self, laptop: &Laptop, file: &EnrolmentFile) -> reqwest::Response {
        let body = serde_json::to_vec(&laptop.enrol_request(file)).unwrap();
        self.client().post(self.url("/v1/enrol")).body(body).send().await.unwrap()
    }

    pub async fn send(&self, bytes: Vec<u8>) -> reqwest::Response {
        self.client().post(self.url("/v1/exchange")).body(bytes).send().await.unwrap()
    }

    pub async fn exchange(&self, bytes: Vec<u8>) -> ExchangeAnswer {
        let response = self.send(bytes).await;
        assert_eq!(response.status(), 200);
        ExchangeAnswer::decode(&response.bytes().await.unwrap()).unwrap()
    }

    pub fn logged(&self, word: &str) -> bool {
        self.log.lock().unwrap().iter().any(|line| line.contains(word))
    }

    pub fn log_text(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }
}

pub fn client(authority_pem: &str) -> reqwest::Client {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate_der_from_pem(authority_pem).unwrap().into()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap()
}

pub fn read_answer(bytes: &[u8]) -> EnrolAnswer {
    serde_json::from_slice(bytes).unwrap()
}

/// Every byte in every file under a folder, for tests that look for what must not be there.
pub fn all_bytes(folder: &Path) -> Vec<u8> {
    std::fs::read_dir(folder).unwrap().flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}
