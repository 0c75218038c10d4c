//! The population file of OpenSID, the system that many villages run, taken as applicants.
//!
//! Only what a regulation asks is taken. `id_asuransi` is health insurance and never fills `jaminan_lain`, which is about
//! BPJS Ketenagakerjaan.

use crate::people::{Applicants, Layout, SkippedRow, TemplateRow};
use crate::table::{Cell, Row, Table};
use crate::template::{Columns, fold};
use payung_domain::{Field, Occupation, Sex};

/// The columns of OpenSID that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Taken as it is.
    As(Field),
    Nik,
    Sex,
    Occupation,
    Disability,
    Status,
}

const COLUMNS: [(Column, &str); 14] = [
    (Column::Nik, "nik"),
    (Column::As(Field::Name), "nama"),
    (Column::As(Field::Kk), "no_kk"),
    (Column::Sex, "sex"),
    (Column::As(Field::BirthPlace), "tempatlahir"),
    (Column::As(Field::BirthDate), "tanggallahir"),
    (Column::As(Field::Address), "alamat"),
    (Column::As(Field::Hamlet), "dusun"),
    (Column::As(Field::Rt), "rt"),
    (Column::As(Field::Rw), "rw"),
    (Column::Occupation, "pekerjaan_id"),
    (Column::Disability, "cacat_id"),
    (Column::Status, "status_dasar"),
    (Column::As(Field::MotherName), "nama_ibu"),
];

/// Reads the population file of OpenSID (43 columns, 41 in older releases, any order, any subset that holds the person);
/// `None` when the header is another one, also when one of its columns is there twice.
///
/// People who died or moved away are skipped with the reason. The file ends at `###` in column A or B.
pub fn to_template(table: &Table) -> Option<Applicants> {
    let wanted: Vec<Column> = COLUMNS.iter().map(|(column, _)| *column).collect();
    let columns = Columns::of(table, &wanted, name).ok()?;
    let needed = [Column::Nik, Column::As(Field::Name), Column::As(Field::BirthDate), Column::Sex];
    let has = |name: &str| table.header.iter().any(|title| fold(title) == name);
    // `sex` with either of these is OpenSID's; a file that also has the template's word for it is no population file.
    let typical = (columns.has(Column::Occupation) || has("kklevel")) && !has("jeniskelamin");
    if !typical || !needed.iter().all(|column| columns.has(*column)) {
        return None;
    }
    let mut found = Applicants {
        sheets: table.sheet.iter().cloned().collect(),
        columns: columns.known.iter().filter_map(|(at, column)| Some((field(*column)?, *at))).collect(),
        ignored_columns: columns.ignored.clone(),
        ..Applicants::new(Layout::OpenSid)
    };
    for row in table.rows.iter().take_while(|row| !is_end(row)) {
        match not_living_here(&columns, row) {
            Some(reason) => found.skipped.push(SkippedRow { sheet: 0, row: row.number, reason }),
            None => found.add(applicant(&columns, row)),
        }
    }
    Some(found)
}

fn name(column: Column) -> &'static str {
    COLUMNS.iter().find(|(known, _)| *known == column).map_or("", |(_, name)| *name)
}

/// Where the value of a column goes.
fn field(column: Column) -> Option<Field> {
    match column {
        Column::As(field) => Some(field),
        Column::Nik => Some(Field::Nik),
        Column::Sex => Some(Field::Sex),
        Column::Occupation => Some(Field::OccupationDetail),
        Column::Disability => Some(Field::Disability),
        Column::Status => None,
    }
}

fn is_end(row: &Row) -> bool {
    (0..2).any(|column| row.cell(column).shown().trim() == "###")
}

/// Why a person no longer counts; an empty status is taken for living.
fn not_living_here(columns: &Columns<Column>, row: &Row) -> Option<String> {
    let cell = row.cell(columns.column(Column::Status)?);
    let status = cell.shown().trim();
    if status.is_empty() || status == "1" || fold(status) == "hidup" {
        return None;
    }
    let word = STATUSES.iter().find(|(code, _)| *code == status).map_or(status, |(_, word)| *word);
    Some(format!("status_dasar {word}: tidak lagi menjadi penduduk desa"))
}

const STATUSES: [(&str, &str); 5] =
    [("2", "MATI"), ("3", "PINDAH"), ("4", "HILANG"), ("6", "PERGI"), ("9", "TIDAK VALID")];

fn applicant(columns: &Columns<Column>, row: &Row) -> TemplateRow {
    let mut applicant = TemplateRow::new(row.number);
    for (at, column) in &columns.known {
        let cell = row.cell(*at);
        let text = cell.shown().trim();
        match column {
            // OpenSID writes a dash where nothing is known, and NIK 0 for people who have none yet.
            Column::As(_) if text == "-" => {}
            Column::As(field) => applicant.take(*field, cell),
            Column::Nik if text.bytes().all(|b| b == b'0') => {}
            Column::Nik => applicant.take(Field::Nik, cell),
            Column::Sex => applicant.take(Field::Sex, &Cell::Text(sex(text))),
            Column::Occupation => occupation(&mut applicant, text),
            Column::Disability => applicant.take(Field::Disability, &Cell::Text(disability(text))),
            Column::Status => {}
        }
    }
    applicant
}

/// What is none of OpenSID's codes and words stays as it stands, for the clerk to see.
fn sex(text: &str) -> String {
    match fold(text).as_str() {
        "1" | "l" | "lk" | "lakilaki" => Sex::Male.name().to_owned(),
        "2" | "p" | "pr" | "perempuan" => Sex::Female.name().to_owned(),
        _ => text.to_owned(),
    }
}

fn disability(text: &str) -> String {
    const WORDS: [&str; 7] = [
        "CACAT FISIK",
        "CACAT NETRA/BUTA",
        "CACAT RUNGU/WICARA",
        "CACAT MENTAL/JIWA",
        "CACAT FISIK DAN MENTAL",
        "CACAT LAINNYA",
        "TIDAK CACAT",
    ];
    let word = text.parse::<usize>().ok().and_then(|code| WORDS.get(code.wrapping_sub(1)));
    match word.copied().unwrap_or(text) {
        "-" => String::new(),
        word => word.to_owned(),
    }
}

/// The occupation on the KTP is often not the real one, and most of OpenSID's codes are none of the regulation's: then
/// only the word is kept and the clerk chooses.
fn occupation(applicant: &mut TemplateRow, text: &str) {
    if matches!(text, "" | "-" | "0") {
        return;
    }
    let code = text
        .parse::<usize>()
        .ok()
        .or_else(|| OCCUPATIONS.iter().position(|word| fold(word) == fold(text)).map(|index| index + 1));
    let word = code.and_then(|code| OCCUPATIONS.get(code.wrapping_sub(1))).copied().unwrap_or(text);
    let known = match code {
        Some(9) => Some(Occupation::Farmer),
        Some(20) => Some(Occupation::FarmWorker),
        Some(11 | 21) => Some(Occupation::Fisher),
        Some(8 | 84) => Some(Occupation::Trader),
        Some(81) => Some(Occupation::Driver),
        Some(41) => Some(Occupation::WorshipKeeper),
        Some(45) => Some(Occupation::ReligiousTeacher),
        _ => None,
    };
    if let Some(known) = known {
        applicant.values.set(Field::Occupation, known.name());
    }
    applicant.values.set(Field::OccupationDetail, word);
}

/// `pekerjaan_id` from 1.
const OCCUPATIONS: [&str; 89] = [
    "BELUM/TIDAK BEKERJA",
    "MENGURUS RUMAH TANGGA",
    "PELAJAR/MAHASISWA",
    "PENSIUNAN",
    "PEGAWAI NEGERI SIPIL (PNS)",
    "TENTARA NASIONAL INDONESIA (TNI)",
    "KEPOLISIAN RI (POLRI)",
    "PERDAGANGAN",
    "PETANI/PEKEBUN",
    "PETERNAK",
    "NELAYAN/PERIKANAN",
    "INDUSTRI",
    "KONSTRUKSI",
    "TRANSPORTASI",
    "KARYAWAN SWASTA",
    "KARYAWAN BUMN",
    "KARYAWAN BUMD",
    "KARYAWAN HONORER",
    "BURUH HARIAN LEPAS",
    "BURUH TANI/PERKEBUNAN",
    "BURUH NELAYAN/PERIKANAN",
    "BURUH PETERNAKAN",
    "PEMBANTU RUMAH TANGGA",
    "TUKANG CUKUR",
    "TUKANG LISTRIK",
    "TUKANG BATU",
    "TUKANG KAYU",
    "TUKANG SOL SEPATU",
    "TUKANG LAS/PANDAI BESI",
    "TUKANG JAHIT",
    "TUKANG GIGI",
    "PENATA RIAS",
    "PENATA BUSANA",
    "PENATA RAMBUT",
    "MEKANIK",
    "SENIMAN",
    "TABIB",
    "PARAJI",
    "PERANCANG BUSANA",
    "PENTERJEMAH",
    "IMAM MASJID",
    "PENDETA",
    "PASTOR",
    "WARTAWAN",
    "USTADZ/MUBALIGH",
    "JURU MASAK",
    "PROMOTOR ACARA",
    "ANGGOTA DPR-RI",
    "ANGGOTA DPD",
    "ANGGOTA BPK",
    "PRESIDEN",
    "WAKIL PRESIDEN",
    "ANGGOTA MAHKAMAH KONSTITUSI",
    "ANGGOTA KABINET KEMENTERIAN",
    "DUTA BESAR",
    "GUBERNUR",
    "WAKIL GUBERNUR",
    "BUPATI",
    "WAKIL BUPATI",
    "WALIKOTA",
    "WAKIL WALIKOTA",
    "ANGGOTA DPRD PROVINSI",
    "ANGGOTA DPRD KABUPATEN/KOTA",
    "DOSEN",
    "GURU",
    "PILOT",
    "PENGACARA",
    "NOTARIS",
    "ARSITEK",
    "AKUNTAN",
    "KONSULTAN",
    "DOKTER",
    "BIDAN",
    "PERAWAT",
    "APOTEKER",
    "PSIKIATER/PSIKOLOG",
    "PENYIAR TELEVISI",
    "PENYIAR RADIO",
    "PELAUT",
    "PENELITI",
    "SOPIR",
    "PIALANG",
    "PARANORMAL",
    "PEDAGANG",
    "PERANGKAT DESA",
    "KEPALA DESA",
    "BIARAWATI",
    "WIRASWASTA",
    "LAINNYA",
];
