//! Everyday paper about invented people.
#![allow(dead_code, reason = "each test file uses its own part")]

use super::{date, kebumen, klungkung, person};
use payung_statement::{
    BlankForm, FormItem, FormPart, ListedPerson, Office, Paper, PeopleList, PersonSheet, SheetCheck,
    SheetEvent, SheetPart, SheetStatement, Space,
};

fn item(label: &str, judged: bool, space: Space) -> FormItem {
    FormItem { label: label.into(), hint: None, judged, specific: false, space }
}

fn choice(words: &[&str], line: bool) -> Space {
    Space::Choice { words: words.iter().map(|word| (*word).into()).collect(), line }
}

fn yes_no() -> Space {
    choice(&["Ya", "Tidak", "Tidak tahu"], false)
}

pub fn hinted(item: FormItem, hint: &str) -> FormItem {
    FormItem { hint: Some(hint.into()), ..item }
}

/// As long as a form may become: everything that either of the two regulations asks.
pub fn long_form() -> BlankForm {
    let work = [
        "Petani",
        "Buruh tani",
        "Nelayan",
        "Tukang ojek",
        "Pedagang",
        "Juru parkir",
        "Sopir angkutan",
        "Tukang becak",
        "Pengelola tempat ibadah",
        "Pendidik keagamaan nonformal",
        "Kuli panggul",
        "Lainnya, yaitu",
    ];
    let posts = [
        "Tidak ada",
        "Kepala desa",
        "Perangkat desa",
        "BPD",
        "Lembaga kemasyarakatan",
        "Ketua RT/RW",
        "Jabatan lain",
    ];
    let proofs = [
        "KTP-el",
        "Identitas Kependudukan Digital",
        "Surat keterangan (suket)",
        "KTP hilang",
        "Belum rekam KTP",
    ];
    let sources = [
        "Tidak ada",
        "APBD kabupaten",
        "APBD provinsi",
        "APBN",
        "APBDesa",
        "Bayar sendiri (mandiri)",
        "CSR perusahaan",
        "Sumber lain",
    ];
    let digits = || Space::Digits(vec![6, 6, 4]);
    BlankForm {
        office: kebumen(1, false).office,
        emblem: None,
        paper: Paper::A4,
        date: date(2026, 11, 21),
        regulation: "Perbup Kebumen 56/2024".into(),
        citation: "Peraturan Bupati Kebumen Nomor 56 Tahun 2024 (Berita Daerah Kabupaten Kebumen Tahun 2024 Nomor 56)"
            .into(),
        draft: false,
        demo: false,
        collector: "Kepala Dusun".into(),
        parts: vec![
            FormPart {
                title: "Identitas".into(),
                items: vec![
                    item("NIK", false, digits()),
                    item("Nama sesuai KTP", false, Space::Line),
                    item("Nomor KK", false, digits()),
                    item(
                        "Tempat, tanggal lahir",
                        true,
                        Space::Row(vec![(String::new(), Space::Line), (String::new(), Space::Date)]),
                    ),
                    item("Jenis kelamin", false, choice(&["Laki-laki", "Perempuan"], false)),
                    item("Bukti KTP", true, choice(&proofs, false)),
                ],
            },
            FormPart {
                title: "Tempat tinggal".into(),
                items: vec![
                    item("Alamat", false, Space::Line),
                    item(
                        "RT, RW, dusun",
                        false,
                        Space::Row(vec![
                            ("RT".into(), Space::Digits(vec![3])),
                            ("RW".into(), Space::Digits(vec![3])),
                            ("Dusun".into(), Space::Line),
                        ]),
                    ),
                    item("Kabupaten pada KTP", true, choice(&["Kabupaten Kebumen", "Lain, yaitu"], true)),
                    item("Berdomisili di kabupaten ini", true, yes_no()),
                ],
            },
            FormPart {
                title: "Pekerjaan".into(),
                items: vec![
                    item("Pekerjaan", true, choice(&work, true)),
                    item("Uraian pekerjaan", true, Space::Line),
                    item("Tempat kerja", false, Space::Line),
                    item("Bekerja sejak (bulan, tahun)", false, Space::Month),
                    item("Masih bekerja", true, yes_no()),
                    item("Pekerja informal atau mandiri", true, yes_no()),
                    item("Jabatan di desa", false, choice(&posts, true)),
                ],
            },
            FormPart {
                title: "Jaminan lain".into(),
                items: vec![
                    item("BPJS Ketenagakerjaan lewat pemberi kerja", true, yes_no()),
                    hinted(
                        item("Jaminan BPJS Ketenagakerjaan lain", true, choice(&sources, true)),
                        "Bukan BPJS Kesehatan atau KIS.",
                    ),
                    item("Jaminan itu berlaku sampai", false, Space::Date),
                ],
            },
            FormPart {
                title: "Kerentanan".into(),
                items: vec![
                    item("Termasuk pekerja rentan", false, yes_no()),
                    FormItem { specific: true, ..item("Tidak sedang sakit berat", false, yes_no()) },
                    item("Terdaftar di DTSEN", true, yes_no()),
                ],
            },
        ],
        extras: vec![
            item("Telepon", false, Space::Line),
            item(
                "Ahli waris",
                false,
                Space::Row(vec![("Nama".into(), Space::Line), ("Hubungan".into(), Space::Line)]),
            ),
        ],
        minors: true,
    }
}

pub fn bali() -> Office {
    klungkung(1, false).office
}

pub fn sheet() -> PersonSheet {
    let someone = person(4);
    let row = |label: &str, value: &str| (label.to_owned(), (!value.is_empty()).then(|| value.to_owned()));
    PersonSheet {
        office: kebumen(1, false).office,
        emblem: None,
        paper: Paper::A4,
        printed_on: date(2026, 11, 21),
        printed_at: "10.42".into(),
        printed_by: "Siti Aminah".into(),
        draft: false,
        demo: false,
        name: someone.name.clone(),
        nik: someone.nik.clone(),
        state: "sudah sampai di kabupaten".into(),
        notes: vec!["Terakhir diubah 20 November 2026.".into()],
        specific: false,
        parts: vec![
            SheetPart {
                title: "Identitas".into(),
                rows: vec![
                    row("NIK", &someone.nik),
                    row("Nama sesuai KTP", &someone.name),
                    row("Nomor KK", ""),
                    row("Tanggal lahir", "5 Mei 1989"),
                ],
            },
            SheetPart {
                title: "Pekerjaan".into(),
                rows: vec![
                    row("Pekerjaan", "Nelayan"),
                    row("Tempat kerja", "Perahu Sri Rejeki, Pantai Menganti"),
                ],
            },
        ],
        verdict: "Tidak ada yang menghalangi. Masih menunggu: Surat pernyataan.".into(),
        caution: Some("Memenuhi syarat belum berarti ditetapkan.".into()),
        regulation: "Perbup Kebumen 56/2024".into(),
        judged_on: date(2026, 11, 20),
        checks: (1..=5)
            .map(|n| SheetCheck {
                title: format!("Syarat ke-{n}"),
                cite: format!("Pasal 10 ayat ({n}) huruf a"),
                outcome: if n == 3 { "menunggu" } else { "terpenuhi" }.into(),
                message: "Berusia 37 tahun pada 20 November 2026.".into(),
                remedy: (n == 3).then(|| "Siapkan surat pernyataan.".into()),
                rests_on: "dinyatakan".into(),
            })
            .collect(),
        warnings: vec!["Belum dinyatakan sebagai pekerja rentan. Tanyakan, lalu isi.".into()],
        statements: vec![SheetStatement {
            number: "400.5.2/017/2008/XI/2026".into(),
            signed_on: Some(date(2026, 11, 20)),
            state: "menunggu meterai".into(),
        }],
        history: (1..=4)
            .map(|n| SheetEvent {
                on: date(2026, 11, 21 - n),
                at: "09.05".into(),
                actor: "Siti Aminah".into(),
                words: format!("Kejadian ke-{n}"),
            })
            .collect(),
        older: 0,
    }
}

pub fn people_list(people: u32) -> PeopleList {
    let states = ["draf", "siap dibuatkan pernyataan", "belum terkirim", "sudah sampai di kabupaten"];
    PeopleList {
        office: kebumen(1, false).office,
        emblem: None,
        paper: Paper::A4,
        date: date(2026, 11, 21),
        draft: false,
        demo: false,
        filters: vec!["dusun Krajan".into(), "umur 18 sampai 64 tahun".into()],
        order: "nama".into(),
        masked: false,
        hamlet_word: "Dusun".into(),
        people: (1..=people)
            .map(|n| {
                let someone = person(n);
                ListedPerson {
                    name: someone.name,
                    nik: someone.nik,
                    kk: format!("33050101012{n:05}"),
                    hamlet: ["Krajan", "Karangbolong Lor", "Menganti"][n as usize % 3].into(),
                    occupation: someone.occupation,
                    age_years: Some(someone.age_years),
                    state: states[n as usize % states.len()].into(),
                }
            })
            .collect(),
    }
}
