//! A register for a test, in a folder of its own. On its way out every register is proved as a whole.

use payung_domain::{Clock, Field, FieldValues, State, Timestamp, VillageCode};
use payung_keys::KdfCost;
use payung_register::{
    Acknowledge, Done, HeadSession, NewPerson, Op, PersonDetail, PersonId, Register, RegisterError, Role,
    Setup, Tools,
};
use payung_system::SystemRandom;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

pub const OPERATOR: u32 = 1;
pub const HEAD: u32 = 2;
pub const PASSPHRASE: &str = "padi sawah kuning";
pub const HEAD_SECRET: &str = "kelapa gading 77";
/// 2026-11-21 08.00 WIB.
pub const MORNING: i64 = 1_795_222_800_000;

pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn forward(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn forward_days(&self, days: i64) {
        self.forward(days * 86_400_000);
    }
}

impl Clock for TestClock {
    /// Every look is a millisecond later.
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

pub struct Village {
    dir: Option<TempDir>,
    pub clock: Arc<TestClock>,
    register: Option<Register>,
    pub recovery: String,
}

impl Village {
    pub fn kebumen() -> Self {
        Self::new("33.05.01.2001", "Kebumen", "Kepala Desa")
    }

    pub fn klungkung() -> Self {
        Self::new("51.05.01.2001", "Klungkung", "Perbekel")
    }

    fn new(code: &str, regency: &str, title: &str) -> Self {
        let dir = TempDir::new().expect("folder");
        let clock = Arc::new(TestClock(AtomicI64::new(MORNING)));
        let setup = setup(code, regency, title);
        let (register, code) =
            Register::create(dir.path(), &setup, tools(&clock)).expect("a register can be made");
        Self { dir: Some(dir), clock, register: Some(register), recovery: code.groups() }
    }

    pub fn dir(&self) -> &Path {
        self.dir.as_ref().expect("folder").path()
    }

    pub fn tools(&self) -> Tools {
        tools(&self.clock)
    }

    /// Closes the register as a program does at its end.
    pub fn close(&mut self) {
        self.verify();
        self.register = None;
    }

    pub fn unlock(&mut self) {
        let opened = Register::unlock(self.dir(), OPERATOR, PASSPHRASE, self.tools());
        self.register = Some(opened.expect("the passphrase opens"));
    }

    pub fn put(&mut self, register: Register) {
        self.register = Some(register);
    }

    pub fn head(&mut self) -> HeadSession {
        self.enter_head_room(HEAD, HEAD_SECRET).expect("the head's secret opens his room")
    }

    pub fn draft(&mut self, values: FieldValues) -> PersonId {
        let done = self.transact(Op::NewDraft { values }).expect("a draft is always taken");
        done.person().expect("a draft has a row")
    }

    pub fn save(&mut self, person: PersonId, field: Field, value: &str) {
        self.transact(Op::SaveField { person, field, value: value.to_owned() })
            .expect("a field is saved as typed");
    }

    pub fn release(&mut self, person: PersonId) -> Result<Done, RegisterError> {
        self.transact(Op::Release { person, acknowledge: Acknowledge::default() })
    }

    /// A person who fits the regulation, marked *siap*.
    pub fn candidate(&mut self, serial: u32) -> PersonId {
        let values = applicant(&self.village().code, serial);
        let id = self.draft(values);
        self.release(id).expect("a complete person can be marked siap");
        id
    }

    pub fn detail(&self, id: PersonId) -> PersonDetail {
        self.person(id).expect("the person is there")
    }

    pub fn state(&self, id: PersonId) -> State {
        self.detail(id).status.state
    }

    /// A village in a folder that was filled some other way.
    pub fn found(dir: TempDir) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(MORNING + 3_600_000)));
        let register = Register::unlock(dir.path(), OPERATOR, PASSPHRASE, tools(&clock)).expect("opens");
        Self { dir: Some(dir), clock, register: Some(register), recovery: String::new() }
    }

    fn verify(&self) {
        if let Some(register) = &self.register
            && !std::thread::panicking()
        {
            let verified = register.verify_journal().expect("the register proves itself");
            assert!(verified.entries >= 2, "both series are opened by an entry");
        }
    }
}

impl Drop for Village {
    fn drop(&mut self) {
        self.verify();
    }
}

impl Deref for Village {
    type Target = Register;

    fn deref(&self) -> &Register {
        self.register.as_ref().expect("the register is open")
    }
}

impl DerefMut for Village {
    fn deref_mut(&mut self) -> &mut Register {
        self.register.as_mut().expect("the register is open")
    }
}

/// The file behind a closed register, opened around it.
pub fn database(dir: &Path) -> rusqlite::Connection {
    let text = std::fs::read(dir.join("register.keys.json")).expect("key file");
    let file: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    let wrapped: payung_keys::WrappedKey =
        serde_json::from_value(file["people"][0]["wrapped"].clone()).expect("wrapped key");
    let register = file["register"].as_str().expect("id");
    let key =
        wrapped.unwrap(PASSPHRASE, &format!("payung register {register} person 1 operator")).expect("key");
    let db = rusqlite::Connection::open(dir.join("register.db")).expect("database");
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", payung_keys::hex(key.expose()))).expect("opens");
    db
}

pub fn tools(clock: &Arc<TestClock>) -> Tools {
    let clock: Arc<dyn Clock> = clock.clone();
    Tools { clock, randomness: Arc::new(SystemRandom), cost: KdfCost::LIGHT, bytes_max: None }
}

pub fn setup(code: &str, regency: &str, title: &str) -> Setup {
    let person = |name: &str, role, secret: &str| NewPerson {
        name: name.to_owned(),
        role,
        secret: secret.to_owned().into(),
    };
    Setup {
        village: VillageCode::parse(code).expect("village"),
        village_name: "Contoh".to_owned(),
        district_name: "Uji".to_owned(),
        regency_name: regency.to_owned(),
        head_title: title.to_owned(),
        regulations: Vec::new(),
        people: vec![
            person("Siti Aminah", Role::Operator, PASSPHRASE),
            person("Harjo Sumarto", Role::Head, HEAD_SECRET),
        ],
        idle_lock_minutes: 10,
    }
}

/// Fits both regulations; invented. `serial` tells people apart.
pub fn applicant(village: &VillageCode, serial: u32) -> FieldValues {
    let names = ["Budi", "Slamet", "Karto", "Wahyu", "Joko", "Darmo", "Agus", "Tono"];
    let name = format!("{} Uji {serial}", names[serial as usize % names.len()]);
    let regency = village.regency().to_string();
    [
        (Field::Nik, format!("{}01100580{:04}", village.regency().digits(), serial)),
        (Field::Name, name),
        (Field::BirthDate, "10-05-1980".to_owned()),
        (Field::Sex, "L".to_owned()),
        (Field::Hamlet, format!("Dusun {}", serial % 5)),
        (Field::KtpRegency, regency),
        (Field::KtpEvidence, "ktp_el".to_owned()),
        (Field::Domiciled, "ya".to_owned()),
        (Field::Occupation, "petani".to_owned()),
        (Field::Workplace, "sawah".to_owned()),
        (Field::WorkingSince, "2010".to_owned()),
        (Field::StillWorking, "ya".to_owned()),
        (Field::InformalWorker, "ya".to_owned()),
        (Field::Vulnerable, "ya".to_owned()),
        (Field::NotSeriouslyIll, "ya".to_owned()),
        (Field::WageParticipant, "tidak".to_owned()),
        (Field::OtherCover, "tidak_ada".to_owned()),
        (Field::Dtsen, "ya".to_owned()),
    ]
    .into_iter()
    .collect()
}
