//! A register and a district in one process, with everything between them in the hands of the test: the scene of what
//! travels on sticks and in pieces.

use payung_district::exchange::{self, TurnedAway};
use payung_district::{District, Log, Setup, Tools, attachments, enrolment};
use payung_domain::{Clock, Field, RegencyCode, Timestamp, VillageCode};
use payung_journal::{AttachmentKind, RoundAnswer};
use payung_register::{
    About, Import, ImportRow, Inbound, NewEnrolment, NewFile, Op, PersonId, Register, Tools as VillageTools,
};
use payung_sync::{Carried, Link, LinkError, SharedRegister, carry_attachments, synchronise};
use payung_system::{SystemClock, SystemRandom};
use payung_tests::people;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

pub const VILLAGE: &str = "33.05.01.2001";
pub const NEIGHBOUR: &str = "33.05.02.2001";
const SECRET: &str = "padi sawah kuning";

/// A district without a server: what a request would reach is called.
pub fn district(folder: &Path, name: &str) -> District {
    let setup = Setup {
        regency: RegencyCode::parse("33.05").expect("regency"),
        url: "https://127.0.0.1:1".to_owned(),
        regulation: None,
    };
    let tools = Tools { clock: Arc::new(SystemClock), randomness: Arc::new(SystemRandom) };
    District::create(&folder.join(name), &setup, tools).expect("district")
}

/// Its disk is copied, while its program does not run.
pub fn copy_disk(folder: &Path, name: &str, copy: &str) {
    std::fs::create_dir(folder.join(copy)).expect("a disk");
    for file in std::fs::read_dir(folder.join(name)).expect("disk") {
        let file = file.expect("file");
        std::fs::copy(file.path(), folder.join(copy).join(file.file_name())).expect("copied");
    }
}

pub fn start_again(folder: &Path, name: &str) -> District {
    let tools = Tools { clock: Arc::new(SystemClock), randomness: Arc::new(SystemRandom) };
    District::open(&folder.join(name), tools).expect("district")
}

/// A clock that can be set forward.
#[derive(Default)]
pub struct Later(AtomicI64);

impl Later {
    pub fn days(&self, days: i64) {
        self.0.fetch_add(days * 86_400_000, Ordering::Relaxed);
    }
}

impl Clock for Later {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().millis() + self.0.load(Ordering::Relaxed))
    }
}

/// A laptop of a village, not enrolled.
pub fn laptop(folder: &Path, name: &str, village: &str) -> SharedRegister {
    laptop_with(folder, name, village, Arc::new(SystemClock))
}

pub fn laptop_with(folder: &Path, name: &str, village: &str, clock: Arc<dyn Clock>) -> SharedRegister {
    let data = folder.join(name);
    people::cheap_register(&data, village, SECRET);
    let operator = Register::people(&data).expect("people").remove(0).id;
    let tools = VillageTools::new(clock, Arc::new(SystemRandom));
    let register = Register::unlock(&data, operator, SECRET, tools).expect("register");
    Arc::new(Mutex::new(Some(register)))
}

pub fn enrol(laptop: &SharedRegister, district: &District) {
    on(laptop, |register| {
        let file = enrolment::issue(district, register.village().code).expect("enrolment file");
        let request = register.enrol_request(&file).expect("request");
        let answer = enrolment::enrol(district, &request).map_err(|_| "refused").expect("enrolled");
        let answer = serde_json::from_slice(&answer).expect("answer");
        register.transact(Op::Enrolled(NewEnrolment { file, answer })).expect("enrolled");
    });
}

pub fn on<T>(laptop: &SharedRegister, work: impl FnOnce(&mut Register) -> T) -> T {
    work(laptop.lock().expect("register").as_mut().expect("unlocked"))
}

/// So many new people, all *siap*.
pub fn release(laptop: &SharedRegister, first_serial: u32, count: u32) -> Vec<PersonId> {
    on(laptop, |register| {
        let village = register.village().code.to_string();
        let rows = (0..count).map(|index| ImportRow {
            sheet: 0,
            row: index + 2,
            values: people::one(&village, first_serial + index),
            errors: Vec::new(),
        });
        let import = Import {
            file_name: "orang.csv".to_owned(),
            rows: rows.collect(),
            ready: true,
            ..Import::default()
        };
        let done = register.transact(Op::Import(import)).expect("import");
        assert_eq!(done.import.expect("report").ready, u64::from(count));
        done.people
    })
}

/// A picture as far as its first bytes say, different for every mark.
pub fn photo(mark: u32, bytes: usize) -> Vec<u8> {
    let mut photo = vec![0xff, 0xd8, 0xff, 0xe0];
    photo.extend_from_slice(&mark.to_be_bytes());
    let mut at = u64::from(mark) | 1;
    while photo.len() < bytes {
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        photo.push((at >> 56) as u8);
    }
    photo
}

pub fn attach(laptop: &SharedRegister, person: PersonId, kind: AttachmentKind, bytes: Vec<u8>) {
    let file = NewFile { name: "ktp.jpg".to_owned(), media: "image/jpeg".to_owned(), bytes };
    let about = About::Person(person);
    on(laptop, |register| register.transact(Op::Attach { about, kind, file }).expect("attached"));
}

/// A line that loses what the test says: the n-th message of each kind reaches nobody, or its answer is lost.
pub struct Wire<'a> {
    pub district: &'a District,
    /// Answers lost: each message with a number divisible by this; 0: none.
    pub lose_every: u64,
    pub calls: AtomicU64,
    pub bytes_up: AtomicU64,
}

impl<'a> Wire<'a> {
    pub fn to(district: &'a District) -> Self {
        Self { district, lose_every: 0, calls: AtomicU64::new(0), bytes_up: AtomicU64::new(0) }
    }

    pub fn losing_every(district: &'a District, lose_every: u64) -> Self {
        Self { lose_every, ..Self::to(district) }
    }

    fn pass(&self, message: &[u8], work: Door) -> Result<Vec<u8>, LinkError> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        self.bytes_up.fetch_add(message.len() as u64, Ordering::Relaxed);
        let lost = self.lose_every > 0 && number.is_multiple_of(self.lose_every);
        if lost && number.is_multiple_of(2) {
            return Err(LinkError::Offline);
        }
        let answer = work(self.district, &quiet(), message)
            .map_err(|refused| LinkError::Refused { words: format!("{refused:?}") })?;
        if lost { Err(LinkError::Offline) } else { Ok(answer) }
    }
}

/// One of the district's doors: bytes in, bytes out.
type Door = fn(&District, &Log, &[u8]) -> Result<Vec<u8>, TurnedAway>;

impl Link for Wire<'_> {
    async fn round(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.pass(&request, exchange::round)
    }

    async fn attachment(&self, call: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.pass(&call, attachments::answer)
    }

    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.pass(&request, exchange::exchange)
    }

    async fn enrol(&self, _request: String) -> Result<String, LinkError> {
        Err(LinkError::Unknown)
    }
}

pub fn quiet() -> Log {
    Log::new(|_| {})
}

/// Data until both are level, over a line that works.
pub fn sync(laptop: &SharedRegister, district: &District) {
    let synchronised = wait(synchronise(laptop, &Wire::to(district), |_| {}));
    synchronised.expect("synchronised");
}

/// Rounds without a driver: everything that this register does not hold of its village comes.
pub fn rounds(laptop: &SharedRegister, district: &District) {
    on(laptop, |register| {
        for _ in 0..50 {
            let request = register.round_request(2_000).expect("request");
            let signed = register.sign_round(&request).expect("signed").to_bytes();
            let answer = exchange::round(district, &quiet(), &signed).map_err(|_| "refused").expect("answer");
            let answer = RoundAnswer::decode(&answer, &request, &*register).expect("readable");
            let (more, pushed) = (answer.more, !request.push.is_empty());
            let inbound = Inbound {
                receipts: answer.receipts,
                frames: answer.frames,
                checkpoints: answer.checkpoints,
                stands: answer.stands,
                total: answer.total,
                refusals: answer.refusals,
                ..Inbound::default()
            };
            register.transact(Op::Learned(inbound)).expect("learnt");
            if !more && !pushed {
                return;
            }
        }
        panic!("rounds without end");
    });
}

/// Photos and documents over such a line.
pub fn carry(laptop: &SharedRegister, wire: &Wire<'_>) -> Result<Carried, payung_sync::SyncError> {
    wait(carry_attachments(laptop, wire, |_| {}))
}

pub fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
    runtime.block_on(future)
}

/// Everybody of a village at the district, by NIK, each with how many rows.
pub fn at_the_district(district: &District, folder: &Path) -> BTreeMap<String, u32> {
    let out = folder.join("export.csv");
    payung_district::report::export(district, &out).expect("export");
    let text = std::fs::read_to_string(&out).expect("export");
    std::fs::remove_file(&out).expect("export");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("header").split(',').collect();
    let nik = header.iter().position(|name| *name == "nik").expect("nik");
    let mut found = BTreeMap::new();
    for line in lines {
        let nik = line.split(',').nth(nik).expect("nik").trim_matches('"').to_owned();
        *found.entry(nik).or_insert(0) += 1;
    }
    found
}

/// The NIKs of so many test people, each once.
pub fn expected(first_serial: u32, count: u32) -> BTreeMap<String, u32> {
    let nik = |serial| people::one(VILLAGE, serial).get(Field::Nik).expect("nik").to_owned();
    (first_serial..first_serial + count).map(|serial| (nik(serial), 1)).collect()
}

/// How much of a register waits, data and photos.
pub fn waiting(laptop: &SharedRegister) -> (u64, u64) {
    on(laptop, |register| {
        let data = register.village_series().expect("series");
        let data = data.iter().map(|series| series.seq - series.held_seq).sum();
        (data, register.attachment_counts().expect("counts").waiting)
    })
}

pub fn verified(laptop: &SharedRegister) {
    on(laptop, |register| register.verify_journal().expect("the journal is whole"));
}

pub fn village() -> VillageCode {
    VillageCode::parse(VILLAGE).expect("village")
}

/// A folder that stands for a stick.
pub fn stick(folder: &Path) -> PathBuf {
    let stick = folder.join("stick");
    std::fs::create_dir_all(&stick).expect("stick");
    stick
}
