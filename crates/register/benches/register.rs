//! What a clerk waits for, on a register of 100,000 people: a durable save, a search, unlocking. `PEOPLE` in the
//! environment makes it smaller.

use divan::Bencher;
use payung_domain::{Field, FieldValues, Readiness, Unwatched, VillageCode};
use payung_keys::KdfCost;
use payung_register::{
    Destination, Import, ImportRow, ListQuery, NewPerson, Op, PersonId, PopulationQuery, Register, Role,
    Setup, Sort, Tools, View,
};
use payung_system::{SystemClock, SystemRandom};
use std::sync::{Arc, LazyLock, Mutex};
use tempfile::TempDir;

const PASSPHRASE: &str = "padi sawah kuning";

fn main() {
    divan::main();
}

/// The large register, made once, open between benchmarks.
static LARGE: LazyLock<Mutex<Large>> = LazyLock::new(|| Mutex::new(Large::new()));

struct Large {
    dir: TempDir,
    register: Option<Register>,
}

impl Large {
    fn new() -> Self {
        let people = people();
        let dir = TempDir::new().expect("folder");
        let (mut register, _) = Register::create(dir.path(), &setup(), tools()).expect("register");
        for from in (0..people).step_by(10_000) {
            let file = file(from..people.min(from + 10_000), Destination::Applicants);
            register.transact(Op::Import(file)).expect("imported");
        }
        Self { dir, register: Some(register) }
    }

    fn register(&mut self) -> &mut Register {
        self.register.as_mut().expect("open")
    }
}

#[divan::bench(sample_count = 50)]
fn save_one_field_durably(bencher: Bencher) {
    let mut large = LARGE.lock().expect("alone");
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        let value = format!("08{count}");
        let op = Op::SaveField { person: PersonId(1 + count % 1_000), field: Field::Phone, value };
        large.register().transact(op).expect("saved")
    });
}

#[divan::bench(args = ["s", "sl", "siti", "siti am", "djo", "soe", "moch", "dusun 3", "0007", "3305", "tidak ada"], sample_count = 50)]
fn search(bencher: Bencher, words: &str) {
    let mut large = LARGE.lock().expect("alone");
    let query = ListQuery { search: words.to_owned(), limit: 50, ..ListQuery::default() };
    bencher.bench_local(|| large.register().list(&query).expect("page"));
}

#[divan::bench(args = ["ages", "occupation", "hamlet", "missing", "readiness", "view", "all of them"], sample_count = 50)]
fn filter(bencher: Bencher, by: &str) {
    let mut large = LARGE.lock().expect("alone");
    let mut query = ListQuery { limit: 50, ..ListQuery::default() };
    let asked = |what| by == what || by == "all of them";
    if asked("ages") {
        query.ages = Some((30, 45));
    }
    if asked("occupation") {
        query.occupations = vec!["petani".to_owned()];
    }
    if asked("hamlet") {
        query.hamlets = vec!["Dusun 3".to_owned()];
    }
    if asked("missing") {
        query.missing = Some(Field::Occupation);
    }
    if asked("readiness") {
        query.readiness = vec![Readiness::Attestable];
    }
    if asked("view") {
        query.view = Some(View::ReadyForStatement);
    }
    bencher.bench_local(|| large.register().list(&query).expect("page"));
}

#[divan::bench(sample_count = 50)]
fn facets_of_everyone(bencher: Bencher) {
    let mut large = LARGE.lock().expect("alone");
    bencher.bench_local(|| large.register().facets());
}

/// Of people who are there: the most there is to compare with.
#[divan::bench(sample_count = 200)]
fn who_is_alike(bencher: Bencher) {
    let mut large = LARGE.lock().expect("alone");
    let mut serial = 0;
    bencher.bench_local(|| {
        serial = (serial + 7_919) % 100_000;
        large.register().alike(&person(serial), None).expect("compared")
    });
}

#[divan::bench(args = [Sort::Name, Sort::Newest, Sort::Hamlet, Sort::BirthDate], sample_count = 20)]
fn first_page_of_everyone(bencher: Bencher, sort: Sort) {
    let mut large = LARGE.lock().expect("alone");
    let query = ListQuery { sort, limit: 50, ..ListQuery::default() };
    bencher.bench_local(|| large.register().list(&query).expect("page"));
}

#[divan::bench(sample_count = 50)]
fn count_by_state(bencher: Bencher) {
    let mut large = LARGE.lock().expect("alone");
    bencher.bench_local(|| large.register().counts());
}

#[divan::bench(sample_count = 50)]
fn one_person_with_everything(bencher: Bencher) {
    let mut large = LARGE.lock().expect("alone");
    bencher.bench_local(|| large.register().person(PersonId(500)).expect("person"));
}

/// With the full cost of guessing a passphrase.
#[divan::bench(sample_count = 5)]
fn unlock(bencher: Bencher) {
    let mut large = LARGE.lock().expect("alone");
    large.register = None;
    let dir = large.dir.path().to_owned();
    bencher.bench_local(|| Register::unlock(&dir, 1, PASSPHRASE, tools()).expect("opens"));
    large.register = Some(Register::unlock(&dir, 1, PASSPHRASE, tools()).expect("opens"));
}

/// The same people as a population beside the applicants, made once.
static POPULATED: LazyLock<Mutex<Large>> = LazyLock::new(|| {
    let people = people();
    let dir = TempDir::new().expect("folder");
    let (mut register, _) = Register::create(dir.path(), &setup(), tools()).expect("register");
    let file = file(0..people, Destination::Population);
    register.transact(Op::Import(file)).expect("imported");
    register.population(&PopulationQuery::default()).expect("read into memory");
    Mutex::new(Large { dir, register: Some(register) })
});

#[divan::bench(args = ["", "s", "siti am", "moch", "dusun 3", "0007", "tidak ada"], sample_count = 50)]
fn search_the_population(bencher: Bencher, words: &str) {
    let mut large = POPULATED.lock().expect("alone");
    let query = PopulationQuery { search: words.to_owned(), limit: 50, ..PopulationQuery::default() };
    bencher.bench_local(|| large.register().population(&query).expect("page"));
}

/// Every row is known already: each one is compared.
#[divan::bench(sample_count = 3)]
fn plan_10_000_rows(bencher: Bencher) {
    let mut large = POPULATED.lock().expect("alone");
    let file = file(0..10_000, Destination::Population);
    bencher.bench_local(|| large.register().plan_import(&file, &Unwatched).expect("a plan"));
}

#[divan::bench(sample_count = 3)]
fn import_10_000_rows_as_population(bencher: Bencher) {
    import_10_000_rows(bencher, Destination::Population);
}

#[divan::bench(sample_count = 3)]
fn import_10_000_rows_as_candidates(bencher: Bencher) {
    import_10_000_rows(bencher, Destination::Applicants);
}

fn import_10_000_rows(bencher: Bencher, destination: Destination) {
    let dir = TempDir::new().expect("folder");
    let (mut register, _) = Register::create(dir.path(), &setup(), tools()).expect("register");
    let mut from = 0;
    bencher.bench_local(|| {
        let file = file(from..from + 10_000, destination);
        from += 10_000;
        register.transact(Op::Import(file)).expect("imported")
    });
}

fn people() -> u32 {
    std::env::var("PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

fn file(serials: std::ops::Range<u32>, destination: Destination) -> Import {
    let row = |serial| ImportRow { sheet: 0, row: serial, values: person(serial), errors: Vec::new() };
    Import {
        file_name: "bench".to_owned(),
        rows: serials.map(row).collect(),
        destination,
        ready: true,
        ..Import::default()
    }
}

fn tools() -> Tools {
    Tools {
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandom),
        cost: KdfCost::STANDARD,
        bytes_max: None,
    }
}

fn setup() -> Setup {
    Setup {
        village: VillageCode::parse("33.05.01.2001").expect("village"),
        village_name: "Contoh".to_owned(),
        district_name: "Uji".to_owned(),
        regency_name: "Kebumen".to_owned(),
        head_title: "Kepala Desa".to_owned(),
        regulations: Vec::new(),
        people: vec![NewPerson {
            name: "Siti Aminah".to_owned(),
            role: Role::Operator,
            secret: PASSPHRASE.to_owned().into(),
        }],
        idle_lock_minutes: 10,
    }
}

/// Invented; as different from each other as real names are.
fn person(serial: u32) -> FieldValues {
    const FIRST: [&str; 16] = [
        "Siti", "Slamet", "Budi", "Sri", "Karto", "Wahyu", "Suparmi", "Joko", "Ngatiyem", "Darmo", "Agus",
        "Tono", "Rina", "Eko", "Wagiyem", "Imam",
    ];
    const LAST: [&str; 13] = [
        "Aminah",
        "Riyadi",
        "Santoso",
        "Lestari",
        "Sumarto",
        "Hidayat",
        "Rahayu",
        "Wibowo",
        "Utami",
        "Prasetyo",
        "Mulyani",
        "Setiawan",
        "Ambarwati",
    ];
    let pick = |list: &[&str], salt: u32| {
        list[(serial.wrapping_mul(2_654_435_761) >> salt) as usize % list.len()].to_owned()
    };
    let (day, month, year) = (1 + serial % 28, 1 + serial / 28 % 12, 1965 + serial / 336 % 38);
    let nik = format!("330501{day:02}{month:02}{:02}{:04}", year % 100, 1 + serial / 12_768);
    [
        (Field::Nik, nik),
        (Field::Name, format!("{} {}", pick(&FIRST, 7), pick(&LAST, 13))),
        (Field::Kk, format!("33050112{:08}", serial / 3)),
        (Field::BirthDate, format!("{year}-{month:02}-{day:02}")),
        (Field::Sex, "L".to_owned()),
        (Field::Address, format!("Jl. Sawah {}", serial % 90)),
        (Field::Rt, format!("{:03}", serial % 12)),
        (Field::Rw, format!("{:03}", serial % 4)),
        (Field::Hamlet, format!("Dusun {}", serial % 9)),
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
