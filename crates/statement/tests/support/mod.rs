//! Invented offices and people, and poppler to read what came out.
#![allow(dead_code, reason = "each test file uses its own part")]

use payung_domain::{CivilDate, VillageKind};
use payung_statement::{Kind, Office, PersonLine, Point, RegulationCited, Signatory, StatementPage, Strokes};
use std::path::PathBuf;
use std::process::Command;

pub fn date(year: i32, month: u32, day: u32) -> CivilDate {
    CivilDate::new(year, month, day).expect("a day of the calendar")
}

pub fn kebumen(people: usize, collective: bool) -> StatementPage {
    StatementPage {
        office: Office {
            regency: "Kabupaten Kebumen".into(),
            district: "Kecamatan Ayah".into(),
            village_kind: VillageKind::Desa,
            village: "Karangduwur".into(),
            address: Some("Jalan Pantai Menganti Nomor 12, Karangduwur 54473".into()),
        },
        kind: Kind::SuratPernyataan,
        number: "400.5.2/017/2008/XI/2026".into(),
        collective,
        head: Signatory { name: "Sutarno Wiryawan".into(), title: "Kepala Desa".into(), nip: None },
        place: "Karangduwur".into(),
        date: date(2026, 11, 21),
        regulation: RegulationCited {
            citation: "Peraturan Bupati Kebumen Nomor 56 Tahun 2024 tentang Penyelenggaraan Program \
                       Perlindungan Jaminan Sosial Ketenagakerjaan di Kabupaten Kebumen"
                .into(),
            article: Some("Pasal 10 ayat (3) huruf a".into()),
            draft: false,
        },
        people: (1..=people as u32).map(person).collect(),
        drawn_signature: None,
        stamp_box: true,
        demo: false,
    }
}

pub fn klungkung(people: usize, collective: bool) -> StatementPage {
    StatementPage {
        office: Office {
            regency: "Kabupaten Klungkung".into(),
            district: "Kecamatan Nusa Penida".into(),
            village_kind: VillageKind::Desa,
            village: "Batukandik".into(),
            address: None,
        },
        kind: Kind::SuratPengantarUsulan,
        number: "470/031/2007/XI/2026".into(),
        head: Signatory {
            name: "I Gusti Ngurah Agung Wiratmaja".into(),
            title: "Perbekel".into(),
            nip: None,
        },
        place: "Batukandik".into(),
        regulation: RegulationCited {
            citation: "Rancangan Peraturan Bupati Klungkung tentang Jaminan Sosial Ketenagakerjaan bagi \
                       Pekerja Rentan"
                .into(),
            article: Some("Pasal ... huruf a".into()),
            draft: true,
        },
        stamp_box: false,
        ..kebumen(people, collective)
    }
}

const NAMES: [&str; 8] = [
    "Sumiyati",
    "Wagiman",
    "Tri Lestari Handayani",
    "Muhammad Khoirul Anam",
    "Siti Nur Rohmah",
    "Paijo",
    "Ni Luh Putu Ayu Suryaningsih",
    "Slamet Riyadi bin Kartadiwirya",
];
const WORK: [(&str, &str); 5] = [
    ("Nelayan", "Perahu Sri Rejeki, Pantai Menganti"),
    ("Buruh tani", "Sawah Blok Kulon"),
    ("Pedagang", "Pasar Ayah, los 14"),
    ("Tukang ojek", "Pangkalan simpang tiga Demangsari"),
    ("Penderes nira", "Kebun kelapa Dusun Krajan"),
];

/// Person `n` of an endless list: every one has another NIK.
pub fn person(n: u32) -> PersonLine {
    let born = date(1961 + (n as i32 * 7) % 44, 1 + n % 12, 1 + n % 28);
    let (occupation, workplace) = WORK[n as usize % WORK.len()];
    PersonLine {
        number: n,
        name: NAMES[n as usize % NAMES.len()].into(),
        nik: format!("330501{:02}{:02}{:02}{n:04}", born.day(), born.month(), born.year() % 100),
        birth_place: Some("Kebumen".into()),
        birth_date: born,
        age_years: born.completed_years(date(2026, 11, 21)).expect("born before"),
        occupation: occupation.into(),
        workplace: Some(workplace.into()),
        since: Some(if n.is_multiple_of(3) { "Maret 2019".into() } else { (1990 + n % 30).to_string() }),
        address: Some(format!("Dusun Krajan RT {:03} RW 002", 1 + n % 9)),
    }
}

/// Two strokes such as a hand might draw: loops with changing pressure, and a line below.
pub fn strokes() -> Strokes {
    let loops = (0..220).map(|i| {
        let t = i as f32 / 10.0;
        Point {
            x: 40.0 + t * 14.0 + (t * 2.1).sin() * 22.0,
            y: 90.0 - (t * 2.1).cos() * (40.0 - t) + (t * 0.7).sin() * 12.0,
            pressure: 0.5 + 0.45 * (t * 2.1).cos(),
            time_ms: i * 9,
        }
    });
    let line = (0..60).map(|i| {
        let t = i as f32;
        Point { x: 30.0 + t * 5.6, y: 142.0 - t * 0.5, pressure: 0.3 + t / 120.0, time_ms: 2_400 + i * 8 }
    });
    Strokes(vec![loops.collect(), line.collect()])
}

/// Runs a poppler tool on the file and gives what it printed.
pub fn poppler(tool: &str, options: &[&str], pdf: &[u8], after: &[&str]) -> String {
    let file = pdf_file(pdf);
    let output = Command::new(tool)
        .args(options)
        .arg(&file)
        .args(after)
        .output()
        .unwrap_or_else(|error| panic!("{tool} of poppler-utils is needed: {error}"));
    let _ = std::fs::remove_file(&file);
    assert!(output.status.success(), "{tool} refused: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text as it is laid out, every run of blanks and line ends made one blank.
pub fn text(pdf: &[u8]) -> String {
    squeezed(&poppler("pdftotext", &["-layout"], pdf, &["-"]))
}

/// The text in the order in which it was written, a page each.
pub fn text_pages(pdf: &[u8]) -> Vec<String> {
    let text = poppler("pdftotext", &[], pdf, &["-"]);
    text.trim_end_matches('\u{c}').split('\u{c}').map(squeezed).collect()
}

pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn pdf_file(pdf: &[u8]) -> PathBuf {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("payung-statement-{}-{number}.pdf", std::process::id()));
    std::fs::write(&file, pdf).expect("a writable temporary folder");
    file
}
