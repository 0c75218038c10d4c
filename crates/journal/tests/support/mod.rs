//! Things that every test of the journal needs. Nobody in here lives.
#![allow(dead_code)]

use payung_domain::{
    Answer, CivilDate, EndKind, Field, FieldValues, MeteraiKind, MeteraiSerial, Randomness, Readiness,
    Timestamp, VillageCode,
};
use payung_journal::*;
use payung_keys::{Signature, SigningKey, from_hex, hex, sha256};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// Randomness that is the same on every run.
pub struct Seeded {
    seed: u64,
    drawn: AtomicU64,
}

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }
}

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = sha256(&[b"test", &self.seed.to_be_bytes(), &count.to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

pub const NOW: Timestamp = Timestamp(1_795_222_800_000);

pub fn device_key() -> SigningKey {
    SigningKey::generate(&Seeded::new(1))
}

pub fn district_key() -> SigningKey {
    SigningKey::generate(&Seeded::new(2))
}

pub fn head_key() -> SigningKey {
    SigningKey::generate(&Seeded::new(3))
}

pub fn series() -> SeriesId {
    SeriesId::generate(&Seeded::new(10))
}

pub fn village() -> VillageCode {
    VillageCode::parse("33.05.01.2001").unwrap()
}

pub fn day(year: i32, month: u32, day: u32) -> CivilDate {
    CivilDate::new(year, month, day).unwrap()
}

pub fn regulation() -> RegulationRef {
    RegulationRef { id: "kebumen-56-2024".to_owned(), digest: sha256(&[b"regulation"]) }
}

pub fn person(number: u64) -> EntityId {
    EntityId::new(series(), number)
}

/// A made-up applicant.
pub fn values(number: u64) -> FieldValues {
    const FIRST: [&str; 6] = ["SITI", "BUDI", "SRI", "AGUS", "DEWI", "SLAMET"];
    const LAST: [&str; 7] = ["RAHAYU", "SANTOSO", "WATI", "PRASETYO", "LESTARI", "HIDAYAT", "WIDODO"];
    let draw = |what: &str, below: u64| {
        let hash = sha256(&[what.as_bytes(), &number.to_be_bytes()]);
        u64::from(u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])) % below
    };
    let (year, month, date) = (1962 + draw("year", 44), 1 + draw("month", 12), 1 + draw("day", 28));
    let name = |what: &str| {
        format!("{} {}", FIRST[draw(what, 6) as usize], LAST[draw(&format!("{what} last"), 7) as usize])
    };
    let words = ["petani", "nelayan", "tukang_ojek", "pedagang"];
    [
        (Field::Nik, format!("330501{date:02}{month:02}{:02}{:04}", year % 100, 1 + draw("serial", 9000))),
        (Field::Name, name("name")),
        (Field::Kk, format!("3305010101{:06}", draw("kk", 1_000_000))),
        (Field::BirthPlace, "KEBUMEN".to_owned()),
        (Field::BirthDate, format!("{year}-{month:02}-{date:02}")),
        (Field::Sex, if draw("sex", 2) == 0 { "L" } else { "P" }.to_owned()),
        (Field::Address, format!("Jl. Pemuda No. {}", draw("address", 200))),
        (Field::Rt, format!("{:03}", 1 + draw("rt", 9))),
        (Field::Rw, format!("{:03}", 1 + draw("rw", 5))),
        (Field::Village, "33.05.01.2001".to_owned()),
        (Field::KtpRegency, "33.05".to_owned()),
        (Field::Domiciled, "ya".to_owned()),
        (Field::Occupation, words[draw("occupation", 4) as usize].to_owned()),
        (Field::StillWorking, "ya".to_owned()),
        (Field::Phone, format!("0812{:08}", draw("phone", 100_000_000))),
        (Field::MotherName, name("mother")),
    ]
    .into_iter()
    .collect()
}

pub fn statement() -> SignedStatement {
    SignedStatement {
        number: "470/21/XI/2026".to_owned(),
        collective: true,
        signed_on: day(2026, 11, 21),
        people: vec![(person(2), person(3)), (person(4), person(4))],
        struck: vec![(person(5), "sudah pindah".to_owned())],
        document: sha256(&[b"pdf"]),
        signer: "Contoh Kepala".to_owned(),
        title: "Kepala Desa".to_owned(),
        key: head_key().public(),
        regulation: regulation(),
        office: "Pemerintah Desa Contoh".to_owned(),
        signature: Signature::from_bytes([0; 64]),
        seal: None,
        replaces: Vec::new(),
    }
    .signed(&head_key())
}

pub fn sealed_statement() -> SignedStatement {
    SignedStatement {
        seal: Some(Seal {
            signature: head_key().sign_hash(&sha256(&[b"attributes"])),
            certificate: sha256(&[b"certificate"]),
            content: sha256(&[b"statement.json"]),
        }),
        replaces: vec![person(7), person(8)],
        ..statement()
    }
}

fn stamp() -> Stamp {
    Stamp {
        kind: MeteraiKind::Paper,
        serial: MeteraiSerial::parse("A1B2C3D4E5F6G7H89").unwrap(),
        original_at: "Map pernyataan 2026, lemari arsip".to_owned(),
        evidence: vec![Evidence {
            digest: sha256(&[b"scan"]),
            bytes: 141_000,
            media: "image/jpeg".to_owned(),
        }],
    }
}

/// One entry of every kind, by the name of its golden file.
pub fn every_event() -> Vec<(&'static str, Event)> {
    let old = SigningKey::generate(&Seeded::new(4));
    let old_series = SeriesId::generate(&Seeded::new(11));
    let key = device_key().public();
    let continues = Continues::sign(&old, old_series, 77, Head::start(old_series), series(), &key);
    vec![
        (
            "series_opened",
            Event::SeriesOpened { kind: SeriesKind::Shared, village: village(), key, continues: None },
        ),
        (
            "series_continued",
            Event::SeriesOpened {
                kind: SeriesKind::Local,
                village: village(),
                key,
                continues: Some(continues),
            },
        ),
        (
            "person_released",
            Event::PersonReleased {
                values: values(1),
                registered_on: day(2026, 11, 21),
                regulation: regulation(),
                readiness: Readiness::Attestable,
            },
        ),
        (
            "person_corrected",
            Event::PersonCorrected {
                person: person(2),
                base: person(2),
                changed: vec![(Field::Name, Some("SITI RAHAYU".to_owned())), (Field::Phone, None)],
                registered_on: day(2026, 11, 22),
                regulation: regulation(),
                readiness: Readiness::WithNotes,
                also: Vec::new(),
            },
        ),
        (
            "person_ended",
            Event::PersonEnded {
                person: person(2),
                base: person(3),
                kind: EndKind::Moved,
                on: day(2026, 11, 20),
                reason: "pindah ke kabupaten lain".to_owned(),
            },
        ),
        (
            "head_key_introduced",
            Event::HeadKeyIntroduced {
                name: "Contoh Kepala".to_owned(),
                title: "Kepala Desa".to_owned(),
                key: head_key().public(),
            },
        ),
        ("statement_signed", Event::StatementSigned { statement: statement() }),
        (
            "statement_stamped",
            Event::StatementStamped { statement: person(9), on: day(2026, 11, 23), stamp: None },
        ),
        (
            "answered",
            Event::Answered {
                person: person(2),
                version: person(3),
                answer: Answer::NeedsFix,
                reasons: vec![
                    Reason {
                        field: Some(Field::BirthDate),
                        rule: Some("age".to_owned()),
                        message: "Tanggal lahir tidak cocok dengan KTP.".to_owned(),
                    },
                    Reason { field: None, rule: None, message: "Hubungi kami.".to_owned() },
                ],
                officer: Some("Petugas Contoh".to_owned()),
                regulation: regulation(),
            },
        ),
        (
            "nik_held_elsewhere",
            Event::NikHeldElsewhere {
                person: person(2),
                version: person(2),
                other_village: VillageCode::parse("33.05.02.2003").unwrap(),
            },
        ),
        (
            "trail",
            Event::Trail {
                what: TrailKind::DraftChanged,
                subject: Some(12),
                fields: vec![Field::Name, Field::Phone],
                note: String::new(),
            },
        ),
        ("of_a_newer_program", Event::Unknown { kind: 4711, body: vec![0xff, 0, 1] }),
    ]
}

/// Kinds and fields that came after the first program.
pub fn later_events() -> Vec<(&'static str, Event)> {
    vec![
        ("statement_sealed", Event::StatementSigned { statement: sealed_statement() }),
        (
            "statement_stamped_with_serial",
            Event::StatementStamped { statement: person(9), on: day(2026, 11, 23), stamp: Some(stamp()) },
        ),
        (
            "statement_withdrawn",
            Event::StatementWithdrawn {
                statement: person(9),
                on: day(2026, 11, 24),
                reason: "salah nomor".to_owned(),
            },
        ),
        (
            "statement_timestamped",
            Event::StatementTimestamped { statement: person(9), token: vec![0x30, 0x03, 0x02, 0x01, 0x00] },
        ),
        (
            "head_certified",
            Event::HeadCertified {
                key: head_key().public(),
                certificate: vec![0x30, 0x00],
                officer: "Petugas Contoh".to_owned(),
            },
        ),
        (
            "head_revoked",
            Event::HeadRevoked {
                key: head_key().public(),
                from: NOW,
                reason: RevocationReason::OfficeEnded,
                officer: "Petugas Contoh".to_owned(),
                note: "Masa jabatan berakhir.".to_owned(),
            },
        ),
        (
            "stamp_refused",
            Event::StampRefused {
                statement: person(9),
                serial: MeteraiSerial::parse("A1B2C3D4E5F6G7H89").unwrap(),
                other_village: Some(VillageCode::parse("33.05.02.2003").unwrap()),
                message: "Nomor seri ini sudah dipakai.".to_owned(),
            },
        ),
    ]
}

/// Events that came with several devices.
pub fn newest_events() -> Vec<(&'static str, Event)> {
    vec![
        (
            "person_corrected_over_two",
            Event::PersonCorrected {
                person: person(2),
                base: person(3),
                changed: vec![(Field::Rt, Some("003".to_owned()))],
                registered_on: day(2026, 11, 22),
                regulation: regulation(),
                readiness: Readiness::Attestable,
                also: vec![person(4)],
            },
        ),
        (
            "series_reentered",
            Event::SeriesOpened {
                kind: SeriesKind::Shared,
                village: village(),
                key: device_key().public(),
                continues: Some(
                    Continues {
                        series: series(),
                        seq: 7,
                        head: Head([7; 32]),
                        signature: None,
                        reentered: 3,
                    }
                    .signed(&device_key(), SeriesId([9; 16]), &device_key().public()),
                ),
            },
        ),
        (
            "attached",
            Event::Attached {
                about: person(2),
                attachment: Attachment {
                    kind: AttachmentKind::Ktp,
                    digest: sha256(&[b"photo"]),
                    bytes: 123_456,
                    media: "image/jpeg".to_owned(),
                    name: "ktp.jpg".to_owned(),
                },
            },
        ),
        (
            "attachment_removed",
            Event::AttachmentRemoved { attached: person(6), reason: "Foto orang lain".to_owned() },
        ),
        (
            "attachment_refused",
            Event::AttachmentRefused { digest: sha256(&[b"photo"]), message: "Gambar rusak.".to_owned() },
        ),
        (
            "device_revoked",
            Event::DeviceRevoked {
                device: DeviceId([4; 16]),
                officer: "Petugas Contoh".to_owned(),
                note: "Laptop hilang.".to_owned(),
            },
        ),
    ]
}

pub fn entry(event: Event) -> Entry {
    Entry::new(NOW, "Operator Contoh", event)
}

/// A village's shared series in memory.
pub struct Chain {
    pub series: SeriesId,
    pub bodies: Vec<Vec<u8>>,
    pub heads: Vec<Head>,
    seed: u64,
}

impl Chain {
    /// Opened by the device key, then so many people. `branch` makes another history.
    pub fn of_people(people: u64, branch: u64) -> Self {
        let opened = Event::SeriesOpened {
            kind: SeriesKind::Shared,
            village: village(),
            key: device_key().public(),
            continues: None,
        };
        let released = (1..=people).map(|number| Event::PersonReleased {
            values: values(number + branch * 1_000),
            registered_on: day(2026, 11, 21),
            regulation: regulation(),
            readiness: Readiness::Attestable,
        });
        let mut chain = Self { series: series(), bodies: Vec::new(), heads: Vec::new(), seed: 0 };
        for event in std::iter::once(opened).chain(released) {
            chain.push(entry(event).encode());
        }
        chain
    }

    /// The district's decisions for the village.
    pub fn of_decisions(events: impl IntoIterator<Item = Event>) -> Self {
        let opened = Event::SeriesOpened {
            kind: SeriesKind::Decisions,
            village: village(),
            key: district_key().public(),
            continues: None,
        };
        let series = SeriesId::generate(&Seeded::new(11));
        let mut chain = Self { series, bodies: Vec::new(), heads: Vec::new(), seed: 500_000 };
        for event in std::iter::once(opened).chain(events) {
            chain.push(Entry::new(NOW, "Kabupaten Kebumen", event).encode());
        }
        chain
    }

    pub fn push(&mut self, body: Vec<u8>) {
        let seq = self.bodies.len() as u64 + 1;
        let before = self.heads.last().copied().unwrap_or(Head::start(self.series));
        self.heads.push(before.next(&digest(&self.seed_of(seq).salt(seq), &body)));
        self.bodies.push(body);
    }

    pub fn seed_of(&self, seq: u64) -> Seed {
        Seed::generate(&Seeded::new(self.seed + 1_000 + stretch_of(seq)))
    }

    pub fn head(&self, seq: u64) -> Head {
        if seq == 0 { Head::start(self.series) } else { self.heads[seq as usize - 1] }
    }

    pub fn len(&self) -> u64 {
        self.bodies.len() as u64
    }

    pub fn position(&self, seq: u64) -> Position {
        Position { series: self.series, seq, head: self.head(seq) }
    }

    pub fn frame(&self, from: u64, to: u64) -> Frame {
        let carried = |seq: u64| Carried::Body {
            body: self.bodies[seq as usize - 1].clone(),
            salt: SaltSource::Stretch(self.seed_of(seq)),
        };
        Frame {
            series: self.series,
            first_seq: from,
            base: self.head(from - 1),
            entries: (from..=to).map(carried).collect(),
        }
    }

    pub fn checkpoint(&self, seq: u64) -> Checkpoint {
        Checkpoint::sign(&device_key(), self.series, seq, self.head(seq))
    }
}

/// Compares with the committed file. Only a file that is not there yet is written, and only when asked: what was
/// released never changes.
pub fn golden(name: &str, bytes: &[u8]) -> Vec<u8> {
    let known = old_bytes(name, bytes);
    assert_eq!(
        hex(&known),
        hex(bytes),
        "the bytes of {name} changed: old entries and frames must stay readable"
    );
    known
}

/// The committed file, for bytes that may be written differently today but must still be read.
pub fn old_bytes(name: &str, today: &[u8]) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.hex"));
    if !path.exists() && std::env::var_os("PAYUNG_WRITE_GOLDEN").is_some() {
        let digits = hex(today);
        let lines: Vec<&str> =
            digits.as_bytes().chunks(100).map(|line| std::str::from_utf8(line).unwrap()).collect();
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    from_hex(&text.split_whitespace().collect::<String>()).expect("the golden file is hexadecimal")
}
