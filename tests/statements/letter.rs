//! An invented village, its head, its district; a letter rendered, sealed and signed as the programs do it.

use payung_domain::{CivilDate, Randomness, Timestamp, UtcOffset, VillageCode, VillageKind};
use payung_keys::{
    Authority, HeadName, Purpose, SigningKey, Timestamper, certificate_der_from_pem, cms_sign,
    cms_with_timestamp, self_issued, sha256,
};
use payung_seal::{Knowledge, Place, Room, Summary, fill, make_room};
use payung_statement::{
    Kind, Office, Paper, Pdf, PersonLine, Point, RegulationCited, Signatory, StatementPage, Strokes, render,
};
use std::sync::atomic::{AtomicU64, Ordering};

/// 21 November 2026, 10.15 WIB.
pub const NOW: Timestamp = Timestamp(1_795_230_900_000);
pub const DAY_MS: i64 = 86_400_000;
pub const NUMBER: &str = "400.5.2/017/2008/XI/2026";

const WHO: HeadName<'static> = HeadName {
    name: "Sutarno Wiryawan",
    title: "Kepala Desa",
    village: "Desa Karangduwur",
    regency: "Kabupaten Kebumen",
};

/// Randomness that is the same on every run.
pub struct Seeded(u64, AtomicU64);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(seed, AtomicU64::new(0))
    }

    pub fn number(&self) -> usize {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_be_bytes(bytes) as usize
    }
}

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.1.fetch_add(1, Ordering::Relaxed);
            let block = sha256(&[b"letter", &self.0.to_be_bytes(), &count.to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

pub struct World {
    pub head: SigningKey,
    pub authority: Authority,
    pub timestamper: Timestamper,
}

pub fn world() -> World {
    let authority = Authority::create("Kabupaten Kebumen", NOW, &Seeded::new(1)).expect("authority");
    let timestamper = authority.issue_timestamper(NOW, &Seeded::new(2)).expect("time stamper");
    World { head: SigningKey::generate(&Seeded::new(3)), authority, timestamper }
}

/// A signed letter and what it was made of.
pub struct Letter {
    pub pdf: Pdf,
    pub room: Room,
    pub cms: Vec<u8>,
    pub bytes: Vec<u8>,
}

impl World {
    pub fn root_pem(&self) -> String {
        self.authority.certificate_pem().expect("root")
    }

    pub fn root(&self) -> Vec<u8> {
        certificate_der_from_pem(&self.root_pem()).expect("root")
    }

    /// From the district, for the head's key.
    pub fn certificate(&self) -> Vec<u8> {
        let until = Timestamp(NOW.millis() + 1_500 * DAY_MS);
        self.authority
            .certify_head(&self.head.public(), &WHO, NOW, until, &Seeded::new(4))
            .expect("certificate")
    }

    pub fn self_issued(&self) -> Vec<u8> {
        self_issued(&self.head, &WHO, NOW).expect("certificate")
    }

    /// Who knows the district's root.
    pub fn knowledge(&self) -> Knowledge {
        Knowledge {
            roots: vec![self.root()],
            now: Timestamp(NOW.millis() + 3_600_000),
            ..Knowledge::default()
        }
    }

    pub fn signed(&self, page: &StatementPage, certificate: &[u8]) -> Letter {
        let pdf = render(page).expect("a letter");
        let place = Place {
            signer: WHO.name.into(),
            title: WHO.title.into(),
            reason: format!("Surat Pernyataan Nomor {}", page.number),
            location: "Karangduwur".into(),
            at: NOW,
            utc_offset: UtcOffset { hours: 7 },
        };
        let room = make_room(&pdf.bytes, &place).expect("room");
        let cms = cms_sign(&self.head, certificate, &room.digest).expect("signature").der;
        let mut bytes = room.bytes.clone();
        fill(&mut bytes, room.gap.clone(), &cms).expect("it fits");
        Letter { pdf, room, cms, bytes }
    }

    /// The letter with the district's time stamp in the reserved place.
    pub fn exported(&self, letter: &Letter) -> Vec<u8> {
        let signature = payung_keys::read_cms(&letter.cms).expect("own signature").signature_value;
        let token =
            self.timestamper.stamp(&signature, Timestamp(NOW.millis() + 2 * DAY_MS), 77).expect("token");
        let cms = cms_with_timestamp(&letter.cms, &token).expect("with the token");
        let mut bytes = letter.bytes.clone();
        fill(&mut bytes, letter.room.gap.clone(), &cms).expect("it fits");
        bytes
    }

    /// The page with the code that its sheets carry.
    pub fn with_code(&self, page: StatementPage) -> StatementPage {
        let summary = Summary {
            content: payung_statement::content_hash(&page),
            village: VillageCode::parse("33.05.01.2008").expect("code"),
            date: page.date,
            people: page.people.len() as u32,
            number: page.number.clone(),
            signer: page.head.name.clone(),
            key: self.head.public(),
        };
        let signature = self.head.sign(Purpose::Summary, &summary.to_sign());
        StatementPage { qr: Some(summary.text(&signature)), ..page }
    }
}

pub fn page(people: usize, collective: bool) -> StatementPage {
    StatementPage {
        office: Office {
            regency: "Kabupaten Kebumen".into(),
            district: "Kecamatan Ayah".into(),
            village_kind: VillageKind::Desa,
            village: "Karangduwur".into(),
            address: Some("Jalan Pantai Menganti Nomor 12, Karangduwur 54473".into()),
        },
        kind: Kind::SuratPernyataan,
        number: NUMBER.into(),
        collective,
        head: Signatory { name: "Sutarno Wiryawan".into(), title: "Kepala Desa".into(), nip: None },
        place: "Karangduwur".into(),
        date: CivilDate::new(2026, 11, 21).expect("date"),
        regulation: RegulationCited {
            citation: "Peraturan Bupati Kebumen Nomor 56 Tahun 2024 tentang Penyelenggaraan Program \
                       Perlindungan Jaminan Sosial Ketenagakerjaan di Kabupaten Kebumen"
                .into(),
            article: Some("Pasal 10 ayat (3) huruf a".into()),
            draft: false,
        },
        people: (1..=people as u32).map(person).collect(),
        drawn_signature: Some(strokes()),
        stamp_box: true,
        demo: false,
        paper: Paper::A4,
        emblem: None,
        qr: None,
        copy: false,
        replaces: Vec::new(),
    }
}

fn person(number: u32) -> PersonLine {
    const NAMES: [&str; 5] = ["Wagiman", "Siti Rokhayah", "Tukiran bin Karsono", "Ngatinem", "Slamet Riyadi"];
    let birth_date = CivilDate::new(1968, 2, 2).expect("date");
    PersonLine {
        number,
        name: format!("{} {}", NAMES[number as usize % NAMES.len()], number),
        nik: format!("330501020268{number:04}"),
        birth_place: Some("Kebumen".into()),
        birth_date,
        age_years: 58,
        occupation: "Buruh tani".into(),
        workplace: Some("Sawah Blok Kulon".into()),
        since: Some("1991".into()),
        address: Some(format!("Dusun Krajan RT 002 RW {:03}", number % 9 + 1)),
    }
}

fn strokes() -> Strokes {
    let point = |step: u32| {
        let along = step as f32 / 40.0;
        Point { x: 300.0 * along, y: 60.0 + 50.0 * (along * 14.0).sin(), pressure: 0.6, time_ms: step * 9 }
    };
    Strokes(vec![(0..40).map(point).collect()])
}
