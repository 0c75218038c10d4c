//! Invented offices and people, and poppler to read what came out.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod everyday;

use payung_domain::{CivilDate, VillageKind};
use payung_domain::{MeteraiKind, duty_rupiah};
use payung_statement::{
    Book, BookRow, BookStamp, Kind, Office, Paper, PersonLine, Point, PublicList, PublicPerson,
    RegulationCited, Signatory, StatementPage, Strokes, prepare_emblem,
};
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
        paper: Paper::A4,
        emblem: None,
        qr: None,
        copy: false,
        replaces: Vec::new(),
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

pub fn kelurahan() -> StatementPage {
    let mut page = kebumen(1, false);
    page.office.village_kind = VillageKind::Kelurahan;
    page.office.village = "Panjer".into();
    page.office.district = "Kecamatan Kebumen".into();
    page.place = "Panjer".into();
    page.head.title = "Lurah".into();
    page.head.nip = Some("19780412 200501 1 003".into());
    page
}

/// As long as a summary may be: only characters of the code's alphanumeric mode.
pub const QR: &str = "PAYUNG1:6BF9$K0ZJ+W3T8%Q.V5/N7H:2A4C-D1E*G9L MPRSUXY0B6F$9K+ZJ3W%T8.Q5V/7NH:A2C4-1DE*9GL \
PMRUSXY06BF9$K0ZJ+W3T8%Q.V5/N7H:2A4C-D1E*G9L MPRSUXY0B6F$9K+ZJ3W%T8.Q5V/7NH:A2C4-1DE*9GL PMRUSXY0K0ZJ+W3T8\
6BF9$K0ZJ+W3T8%Q.V5/N7H:2A4C-D1E*G9L MPRSUXY0B6F$9K+ZJ3W%T8.Q5V/7NH:A2C4-1DE*9GL PMRUSXY0ABCDEF123456789012\
345678901234567890123456";

/// An invented emblem with a transparent ground: a green shield with a yellow disc.
pub fn emblem() -> Vec<u8> {
    let picture = image::RgbaImage::from_fn(600, 720, |x, y| {
        let (x, y) = (f64::from(x) - 300.0, f64::from(y));
        let half = 280.0 * (1.0 - (y / 720.0).powi(4));
        let in_disc = x * x + (y - 300.0) * (y - 300.0) < 150.0 * 150.0;
        match (x.abs() < half, in_disc) {
            (_, true) => image::Rgba([240, 200, 40, 255]),
            (true, _) => image::Rgba([20, 110, 60, 255]),
            _ => image::Rgba([0, 0, 0, 0]),
        }
    });
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    prepare_emblem(&png.into_inner()).expect("a prepared picture")
}

pub fn book(rows: u32) -> Book {
    let page = kebumen(1, false);
    Book {
        office: page.office,
        emblem: None,
        paper: Paper::A4,
        from: date(2026, 1, 1),
        to: date(2026, 11, 21),
        printed_on: date(2026, 11, 21),
        place: page.place,
        head: Some(page.head),
        rows: (1..=rows).map(book_row).collect(),
        demo: false,
    }
}

fn book_row(n: u32) -> BookRow {
    let day = date(2026, 1 + n % 11, 1 + n % 28);
    let stamp = (!n.is_multiple_of(5)).then(|| BookStamp {
        kind: if n.is_multiple_of(7) { MeteraiKind::Electronic } else { MeteraiKind::Paper },
        serial: if n.is_multiple_of(7) {
            format!("12345678901234567{n:05}")
        } else {
            format!("A1B2C3D4E5F6{n:05}")
        },
        on: day.plus_days(2),
        cost_rupiah: duty_rupiah(day).expect("a dated rate"),
        original_at: "Lemari arsip 2, map Pernyataan 2026".into(),
    });
    BookRow {
        number: format!("400.5.2/{n:03}/2008/XI/2026"),
        date: day,
        people: 1 + n * 7 % 100,
        state: if stamp.is_some() { "lengkap" } else { "ditandatangani, menunggu meterai" }.into(),
        replaces: if n.is_multiple_of(9) {
            vec![format!("400.5.2/{:03}/2008/X/2026", n - 1)]
        } else {
            Vec::new()
        },
        stamp,
        stamp_needed: true,
    }
}

pub fn public_list(people: u32) -> PublicList {
    let page = kebumen(1, false);
    PublicList {
        office: page.office,
        emblem: None,
        paper: Paper::A4,
        title: "Daftar calon penerima Bantuan Iuran".into(),
        date: date(2026, 11, 21),
        draft: false,
        demo: false,
        people: (1..=people)
            .map(person)
            .map(|person| PublicPerson { name: person.name, nik: person.nik, hamlet: person.address })
            .collect(),
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

/// Runs a tool of poppler or qpdf on the file and gives what it printed.
pub fn poppler(tool: &str, options: &[&str], pdf: &[u8], after: &[&str]) -> String {
    let file = pdf_file(pdf);
    let output = Command::new(tool)
        .args(options)
        .arg(&file)
        .args(after)
        .output()
        .unwrap_or_else(|error| panic!("{tool} is needed: {error}"));
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

/// A page as a scanner sees it, in greys.
pub struct Pixels {
    pub width: usize,
    pub height: usize,
    greys: Vec<u8>,
}

impl Pixels {
    pub fn grey(&self, x: usize, y: usize) -> u8 {
        self.greys[y * self.width + x]
    }
}

/// Page `number`, from 1, with so many dots per inch.
pub fn pixels(pdf: &[u8], number: usize, dots: u32) -> Pixels {
    let file = pdf_file(pdf);
    let (number, dots) = (number.to_string(), dots.to_string());
    let output = Command::new("pdftoppm")
        .args(["-gray", "-singlefile", "-f", &number, "-r", &dots])
        .arg(&file)
        .output()
        .expect("pdftoppm of poppler-utils");
    let _ = std::fs::remove_file(&file);
    assert!(output.status.success(), "pdftoppm refused: {}", String::from_utf8_lossy(&output.stderr));
    // "P5", width, height and 255 on three lines, then a byte a dot.
    let mut lines = output.stdout.splitn(4, |b| *b == b'\n');
    let size = lines.nth(1).and_then(|line| std::str::from_utf8(line).ok()).expect("the size");
    let (width, height) = size.split_once(' ').expect("two numbers");
    let (width, height) = (width.parse().expect("width"), height.parse().expect("height"));
    let greys = lines.nth(1).expect("the dots").to_vec();
    assert_eq!(greys.len(), width * height, "a dot for each place");
    Pixels { width, height, greys }
}
