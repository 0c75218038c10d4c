//! What the head waits for: freezing and signing a statement of 100 people, entering his room; and the clerk: the list of
//! all statements.

use divan::Bencher;
use payung_domain::{Field, FieldValues, VillageCode};
use payung_register::{
    HeadSession, Import, ImportRow, NewPerson, Op, PersonId, Register, Role, Setup, StatementId, Tools,
};
use payung_seal::{Place, Room, make_room};
use payung_system::{SystemClock, SystemRandom};
use std::fmt::Write;
use std::sync::Arc;
use tempfile::TempDir;

const SECRET: &str = "kelapa gading 77";
/// People in the measured statement.
const PEOPLE: u32 = 100;
const SAMPLES: u32 = 20;
/// About what a statement of that size weighs, bytes.
const PDF_BYTES: usize = 180_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = SAMPLES, sample_size = 1)]
fn freeze_100_people(bencher: Bencher) {
    let mut desk = Desk::new();
    let head = desk.head();
    let statement = desk.waiting(PEOPLE);
    bencher.bench_local(|| desk.freeze(&head, statement));
}

/// The head's secret, the signature, the entry and 100 people's states, durably.
#[divan::bench(sample_count = SAMPLES, sample_size = 1)]
fn sign_100_people(bencher: Bencher) {
    let mut desk = Desk::new();
    let head = desk.head();
    let letters: Vec<StatementId> = (0..SAMPLES).map(|_| desk.waiting(PEOPLE)).collect();
    for letter in &letters {
        desk.freeze(&head, *letter);
    }
    let mut next = letters.into_iter();
    bencher.bench_local(|| {
        let statement = next.next().expect("one for each sample");
        let shown = desk.register.statement(statement).expect("statement").digest.expect("frozen");
        let op = Op::Sign { head: &head, secret: SECRET, statement, shown };
        desk.register.transact(op).expect("signed")
    });
}

/// With the full cost of guessing a secret.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn enter_the_heads_room(bencher: Bencher) {
    let mut desk = Desk::new();
    desk.head();
    bencher.bench_local(|| desk.head());
}

#[divan::bench(sample_count = SAMPLES, sample_size = 1)]
fn list_500_statements(bencher: Bencher) {
    let mut desk = Desk::new();
    for _ in 0..500 {
        desk.waiting(1);
    }
    bencher.bench_local(|| desk.register.statements().expect("list"));
}

struct Desk {
    _dir: TempDir,
    register: Register,
    people: u32,
}

impl Desk {
    fn new() -> Self {
        let dir = TempDir::new().expect("folder");
        let tools = Tools::new(Arc::new(SystemClock), Arc::new(SystemRandom));
        let (register, _) = Register::create(dir.path(), &setup(), tools).expect("register");
        Self { _dir: dir, register, people: 0 }
    }

    fn head(&mut self) -> HeadSession {
        self.register.enter_head_room(2, SECRET).expect("the room opens")
    }

    fn waiting(&mut self, count: u32) -> StatementId {
        let serials = self.people + 1..=self.people + count;
        let people = serials.clone().map(|serial| PersonId(i64::from(serial))).collect();
        let rows = serials.map(|serial| ImportRow {
            sheet: 0,
            row: serial,
            values: person(serial),
            errors: Vec::new(),
        });
        let import =
            Import { file_name: "bench".to_owned(), rows: rows.collect(), ready: true, ..Import::default() };
        self.register.transact(Op::Import(import)).expect("imported");
        self.people += count;
        let op = Op::PrepareStatement { people, collective: true, number: "470/1/2026".to_owned() };
        self.register.transact(op).expect("listed").statement.expect("statement")
    }

    fn freeze(&mut self, head: &HeadSession, statement: StatementId) {
        let now = self.register.now();
        let utc_offset = self.register.regulation().utc_offset;
        let op = Op::Freeze {
            head,
            statement,
            room: room(head, now, utc_offset),
            page: "{}".to_owned(),
            pages: 4,
            content: [7; 32],
            strokes: vec![7; 9_000],
            on: now.civil_date(utc_offset),
            certificate: self.register.certificate_for(head).expect("certificate"),
        };
        self.register.transact(op).expect("frozen");
    }
}

/// One page that weighs as much as a statement of 100 people.
fn room(head: &HeadSession, at: payung_domain::Timestamp, utc_offset: payung_domain::UtcOffset) -> Room {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_owned(),
        format!("<</Length {PDF_BYTES}>>\nstream\n{}\nendstream", " ".repeat(PDF_BYTES)),
    ];
    let mut text = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", text.len()).expect("text");
        write!(text, "{number} 0 obj\n{object}\nendobj\n").expect("text");
    }
    let start = text.len();
    write!(text, "xref\n0 5\n{table}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n")
        .expect("text");
    let place = Place {
        signer: head.name().to_owned(),
        title: head.title().to_owned(),
        reason: "Surat Pernyataan".to_owned(),
        location: "Contoh".to_owned(),
        at,
        utc_offset,
    };
    make_room(text.as_bytes(), &place).expect("room")
}

fn setup() -> Setup {
    let person = |name: &str, role, secret: &str| NewPerson {
        name: name.to_owned(),
        role,
        secret: secret.to_owned().into(),
    };
    Setup {
        village: VillageCode::parse("33.05.01.2001").expect("village"),
        village_name: "Contoh".to_owned(),
        district_name: "Uji".to_owned(),
        regency_name: "Kebumen".to_owned(),
        head_title: "Kepala Desa".to_owned(),
        regulations: Vec::new(),
        people: vec![
            person("Siti Aminah", Role::Operator, "padi sawah kuning"),
            person("Harjo Sumarto", Role::Head, SECRET),
        ],
        idle_lock_minutes: 10,
    }
}

fn person(serial: u32) -> FieldValues {
    let (day, month) = (1 + serial % 28, 1 + serial / 28 % 12);
    [
        (Field::Nik, format!("330501{day:02}{month:02}80{:04}", 1 + serial / 336)),
        (Field::Name, format!("Orang Uji {serial}")),
        (Field::BirthDate, format!("1980-{month:02}-{day:02}")),
        (Field::Sex, "L".to_owned()),
        (Field::KtpRegency, "33.05".to_owned()),
        (Field::KtpEvidence, "ktp_el".to_owned()),
        (Field::Domiciled, "ya".to_owned()),
        (Field::Occupation, "petani".to_owned()),
        (Field::Workplace, "sawah desa".to_owned()),
        (Field::WorkingSince, "2010".to_owned()),
        (Field::StillWorking, "ya".to_owned()),
        (Field::Vulnerable, "ya".to_owned()),
        (Field::NotSeriouslyIll, "ya".to_owned()),
        (Field::WageParticipant, "tidak".to_owned()),
        (Field::OtherCover, "tidak_ada".to_owned()),
    ]
    .into_iter()
    .collect()
}
