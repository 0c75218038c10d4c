//! A village and its district in one process, over the real client and the real server, with a proxy between them. Both
//! keep real encrypted files, in memory where the system offers that: what is shown here is what a line can do, and a disk
//! is shown elsewhere.

use crate::people;
use crate::proxy::Proxy;
use payung_district::{
    Config, District, Limits, Log, Running, Server, Setup, Tools, Transport, enrolment, report, store,
};
use payung_domain::{FieldValues, RegencyCode, VillageCode};
use payung_register::{Import, ImportRow, Op, Register, RegisterError};
use payung_sync::{HttpLink, Outcome, SharedRegister, SyncError, Waits, enrol, synchronise};
use payung_system::{SystemClock, SystemRandom};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

pub const VILLAGE: &str = "33.05.01.2001";
pub const SECRET: &str = "padi sawah kuning";

/// Short enough for a test, long enough for a busy machine.
pub const WAITS: Waits = Waits {
    connect: Duration::from_secs(5),
    silence: Duration::from_secs(20),
    exchange: Duration::from_secs(60),
};

pub struct Line {
    pub folder: TempDir,
    pub register: SharedRegister,
    pub proxy: Proxy,
    transport: Transport,
    pub authority: String,
    url: String,
    running: Option<Running>,
    next_serial: u32,
}

impl Line {
    /// Plain HTTP, so that the proxy can count requests.
    pub async fn plain() -> Self {
        Self::over(Transport::Plain { behind_proxy: false }).await
    }

    pub async fn tls() -> Self {
        Self::over(Transport::Tls).await
    }

    /// The village is enrolled and level with its district.
    async fn over(transport: Transport) -> Self {
        let folder = memory_folder();
        let proxy = Proxy::start().await;
        let url = proxy.url(if transport == Transport::Tls { "https" } else { "http" });
        let setup = Setup {
            regency: RegencyCode::parse("33.05").expect("regency"),
            url: url.replace("http://", "https://"),
            regulation: None,
        };
        let district = District::create(&folder.path().join("district"), &setup, tools()).expect("district");
        let authority = district.authority.certificate_pem().expect("PEM");
        let file = enrolment::issue(&district, VillageCode::parse(VILLAGE).expect("village")).expect("file");
        drop(district);
        people::cheap_register(&folder.path().join("village"), VILLAGE, SECRET);
        let register = Arc::default();
        let mut line =
            Self { folder, register, proxy, transport, authority, url, running: None, next_serial: 1 };
        line.serve().await;
        line.open();
        enrol(&line.register, &line.link(WAITS), file).await.expect("enrolled");
        line.sync().await.expect("level at the beginning");
        line.proxy.forget_counts();
        line
    }

    /// The district's server, in this process.
    pub async fn serve(&mut self) {
        let config = Config {
            data: self.district_data(),
            listen: "127.0.0.1:0".parse().expect("address"),
            transport: self.transport,
            limits: Limits::default(),
            tools: tools(),
            log: Log::new(|_| {}),
        };
        let running = Server::start(config).await.expect("the server starts");
        self.proxy.lead_to(running.addr);
        self.running = Some(running);
    }

    /// Where the district's server listens.
    pub fn addr(&self) -> SocketAddr {
        self.running.as_ref().expect("the server runs").addr
    }

    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// Unlocks the register here. A program that another test is just starting may hold the folder's lock until it has
    /// become itself.
    pub fn open(&self) {
        let data = self.village_data();
        let tools = payung_register::Tools::new(Arc::new(SystemClock), Arc::new(SystemRandom));
        let slot = Register::people(&data).expect("people")[0].id;
        let opened = loop {
            match Register::unlock(&data, slot, SECRET, tools.clone()) {
                Err(RegisterError::Busy) => std::thread::yield_now(),
                opened => break opened.expect("unlock"),
            }
        };
        *self.register.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
    }

    /// Gives the register's folder free for another program.
    pub fn close(&self) {
        self.register.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    pub fn village_data(&self) -> PathBuf {
        self.folder.path().join("village")
    }

    pub fn district_data(&self) -> PathBuf {
        self.folder.path().join("district")
    }

    pub fn link(&self, waits: Waits) -> HttpLink {
        HttpLink::with_waits(&self.url, &self.authority, waits).expect("link")
    }

    /// By a connection of its own.
    pub async fn sync(&self) -> Result<Outcome, SyncError> {
        synchronise(&self.register, &self.link(WAITS), |_| {}).await
    }

    pub async fn sync_by(&self, link: &HttpLink) -> Result<Outcome, SyncError> {
        synchronise(&self.register, link, |_| {}).await
    }

    pub fn with<T>(&self, work: impl FnOnce(&mut Register) -> T) -> T {
        let mut register = self.register.lock().unwrap_or_else(PoisonError::into_inner);
        work(register.as_mut().expect("the register is open"))
    }

    /// So many new people, released.
    pub fn release(&mut self, count: u32) {
        let first = self.next_serial;
        self.release_these((0..count).map(|index| people::one(VILLAGE, first + index)).collect());
    }

    /// These new people, released.
    pub fn release_these(&mut self, people: Vec<FieldValues>) {
        let count = people.len() as u32;
        let rows = (2..)
            .zip(people)
            .map(|(row, values)| ImportRow { sheet: 0, row, values, errors: Vec::new() })
            .collect();
        let import = Import { file_name: "contoh.csv".to_owned(), rows, ready: true, ..Import::default() };
        let report = self.with(|register| register.transact(Op::Import(import))).expect("import").import;
        assert_eq!(report.expect("report").ready, u64::from(count), "everybody is released");
        self.next_serial += count;
    }

    pub fn released(&self) -> u64 {
        u64::from(self.next_serial - 1)
    }

    /// As an officer's program opens the folder, beside the running server.
    pub fn district(&self) -> District {
        District::open(&self.district_data(), tools()).expect("district")
    }

    /// Everything is at the district once, byte for byte and in order, and both sides say so.
    pub fn assert_level(&self, what: &str) {
        let district = self.district();
        let there = store::view(&*district.store, |reads| {
            reads.series_of_village(VillageCode::parse(VILLAGE).expect("village"))
        })
        .expect("series");
        let (here, outbox) = self
            .with(|register| (register.shared_series().expect("series"), register.outbox().expect("outbox")));
        assert_eq!(outbox.waiting_entries(), 0, "{what}: nothing waits");
        assert_eq!(outbox.waiting_people, 0, "{what}: everybody has arrived");
        let own: Vec<_> = there.iter().filter(|series| series.id == here.series).collect();
        assert_eq!(own.len(), 1, "{what}: the series is there");
        // The head is a hash over every entry: equal heads are equal bytes in equal order.
        assert_eq!((own[0].length, own[0].head), (here.seq, here.head), "{what}: the same entries");
        let status = report::status(&district).expect("status");
        assert_eq!(status.people_total as u64, self.released(), "{what}: nobody is there twice");
    }

    /// Goes through every byte of the register as well.
    pub fn assert_proved(&self, what: &str) {
        self.assert_level(what);
        self.with(|register| register.verify_journal()).unwrap_or_else(|error| panic!("{what}: {error}"));
    }
}

/// A folder in memory, where the system has one: a test of thousands of exchanges waits for no disk.
pub fn memory_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("folder")
}

pub fn tools() -> Tools {
    Tools { clock: Arc::new(SystemClock), randomness: Arc::new(SystemRandom) }
}
