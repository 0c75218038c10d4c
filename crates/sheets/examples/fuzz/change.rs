//! Ways to change a file: its cells, the parts of its zip, its bytes.

use crate::seeds::workbook;
use fastrand::Rng;
use payung_domain::Unwatched;
use payung_sheets::read_sheets_from;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What the readers look for, what villages write, and what breaks things.
const WORDS: [&str; 93] = [
    "nik",
    "NIK",
    "N I K",
    "nama",
    "NAMA LENGKAP",
    "no_kk",
    "NO. KK",
    "NO.KK",
    "No. KK : 3305010101200002",
    "NO. KK :",
    "tanggal_lahir",
    "TGL LHR",
    "TEMPAT/TGL LAHIR",
    "TEMPAT",
    "TANGGAL",
    "LAHIR",
    "JK",
    "sex",
    "kk_level",
    "pekerjaan_id",
    "status_dasar",
    "Status",
    "Status Kawin",
    "RT/RW",
    "RT",
    "RW",
    "DUSUN",
    "ALAMAT",
    "Alamat :",
    "NO",
    "1",
    "2",
    "0",
    "-",
    "--",
    "###",
    "NULL",
    "",
    " ",
    "\u{a0}",
    "\u{200B}",
    "3305014101900001",
    "3305014101900001\u{a0}",
    "'3305014101900001",
    "3,30501E+15",
    "3.30501E+15",
    "3305014101900000",
    "1E300",
    "-1",
    "999999999999999999999",
    "17-08-1975",
    "17/8/1975",
    "17 Agustus 1975",
    "1975-08-17 00:00:00",
    "31-02-1975",
    "17-08-75",
    "00-00-0000",
    "9999-12-31",
    "KEBUMEN, 17-08-1975",
    "001/002",
    "-/-",
    "RT 001 RW 002",
    "DUSUN KRAJAN, RT:001, RW:001, Kodepos:83355,-",
    "DESA X RT/RW : 002/000 DUSUN : -",
    "RT/",
    "RW",
    "DSN.",
    "/",
    ",,,,",
    "Alamat : , Nama Dusun : , RT/RW :",
    "BUKU INDUK KEPENDUDUKAN",
    "BUKU INDUK PENDUDUK WNI",
    "(DAFTAR  KELUARGA)",
    "JUMLAH",
    "Mengetahui",
    "Keterangan:",
    "MATI",
    "Pindah Datang",
    "Tidak Valid",
    "Pr",
    "Lk",
    "Petani/Pekebun",
    "89",
    "90",
    "lainnya",
    "Peserta",
    "nomor_nik",
    "nomor_kk",
    "\"",
    "=1+1",
    "ÉÉÉ",
    "😀",
    "baris\nbaru",
];

pub fn case(random: &mut Rng, seeds: &[Vec<u8>]) -> (&'static str, Vec<u8>) {
    let seed = &seeds[random.usize(..seeds.len())];
    match random.u8(..10) {
        0..=4 => ("cells", cells(random, seed, seeds)),
        5 | 6 => ("parts", parts(random, seed)),
        7 => ("text", text(random, seed)),
        8 => ("zip in zip", packed(random, seed)),
        _ => ("bytes", bytes(random, seed.clone())),
    }
}

/// Cells changed, rows and columns moved, sheets joined; written anew as a workbook or as text.
fn cells(random: &mut Rng, seed: &[u8], seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut sheets = grids(seed);
    if random.u8(..6) == 0 {
        sheets.extend(grids(&seeds[random.usize(..seeds.len())]));
    }
    for (_, rows) in &mut sheets {
        for _ in 0..random.usize(..12) {
            change_grid(random, rows);
        }
    }
    if random.bool() || sheets.is_empty() {
        return workbook(&sheets);
    }
    let separator = [",", ";", "\t"][random.usize(..3)];
    let lines: Vec<String> = sheets[0].1.iter().map(|row| row.join(separator)).collect();
    lines.join(["\n", "\r\n", "\r"][random.usize(..3)]).into_bytes()
}

type Grid = (String, Vec<Vec<String>>);

fn grids(seed: &[u8]) -> Vec<Grid> {
    let sheets = read_sheets_from(seed, &Unwatched).unwrap_or_default();
    sheets
        .into_iter()
        .map(|sheet| {
            let rows = sheet.rows.iter().take(200);
            let texts = rows.map(|row| row.cells.iter().map(|cell| cell.shown().to_owned()).collect());
            (sheet.name.unwrap_or_else(|| "Lembar".to_owned()), texts.collect())
        })
        .collect()
}

fn change_grid(random: &mut Rng, rows: &mut Vec<Vec<String>>) {
    if rows.is_empty() {
        rows.push(vec![word(random)]);
    }
    let at = random.usize(..rows.len());
    let other = random.usize(..rows.len());
    match random.u8(..12) {
        0 => rows.swap(at, other),
        1 => {
            rows.remove(at);
        }
        2 => rows.insert(at, rows[other].clone()),
        3 => rows.insert(at, (0..random.usize(..12)).map(|_| word(random)).collect()),
        4 => {
            let column = random.usize(..20);
            for row in rows.iter_mut().filter(|row| row.len() > column) {
                row.remove(column);
            }
        }
        5 => {
            let (column, new) = (random.usize(..10), word(random));
            for row in rows.iter_mut().filter(|row| row.len() >= column) {
                row.insert(column, new.clone());
            }
        }
        6 => {
            let (one, two) = (random.usize(..20), random.usize(..20));
            for row in rows.iter_mut().filter(|row| row.len() > one.max(two)) {
                row.swap(one, two);
            }
        }
        7 => rows[at].clear(),
        _ => {
            let width = rows[at].len();
            if width > 0 {
                rows[at][random.usize(..width)] = word(random);
            }
        }
    }
}

fn word(random: &mut Rng) -> String {
    match random.u8(..20) {
        0 => (0..random.usize(..40)).map(|_| random.char(..)).collect(),
        1 => random.u64(..).to_string(),
        2 => [WORDS[random.usize(..WORDS.len())], WORDS[random.usize(..WORDS.len())]].concat(),
        3 => "x".repeat(random.usize(..40_000)),
        _ => WORDS[random.usize(..WORDS.len())].to_owned(),
    }
}

/// One part of the zip changed as text or as bytes, and all packed again.
fn parts(random: &mut Rng, seed: &[u8]) -> Vec<u8> {
    let Some(mut parts) = unpacked(seed) else {
        return bytes(random, seed.to_vec());
    };
    for _ in 0..=random.usize(..3) {
        if parts.is_empty() {
            break;
        }
        let at = random.usize(..parts.len());
        match random.u8(..12) {
            0 => {
                parts.remove(at);
            }
            1 => {
                let other = random.usize(..parts.len());
                parts[at].1 = parts[other].1.clone();
            }
            _ => parts[at].1 = text(random, &parts[at].1),
        }
    }
    pack(&parts)
}

fn unpacked(seed: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(seed)).ok()?;
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).ok()?;
            let name = part.name().ok()?.into_owned();
            let mut content = Vec::new();
            part.read_to_end(&mut content).ok()?;
            Some((name, content))
        })
        .collect()
}

fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        if writer.start_file(name.as_str(), SimpleFileOptions::default()).is_ok() {
            drop(writer.write_all(content));
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn packed(random: &mut Rng, seed: &[u8]) -> Vec<u8> {
    const NAMES: [&str; 6] =
        ["penduduk.xlsx", "../../a.xls", "C:\\x\\b.csv", "__MACOSX/._a.xlsx", "dalam.zip", "~$a.xlsx"];
    let parts: Vec<(String, Vec<u8>)> = (0..=random.usize(..2))
        .map(|_| (NAMES[random.usize(..NAMES.len())].to_owned(), seed.to_vec()))
        .collect();
    let whole = pack(&parts);
    if random.bool() { whole } else { bytes(random, whole) }
}

/// Text changed where it has structure: tags, numbers, names, separators.
fn text(random: &mut Rng, seed: &[u8]) -> Vec<u8> {
    const PIECES: [&str; 24] = [
        "<row r=\"4294967295\">",
        "<row>",
        "</row>",
        "<c r=\"XFD1048576\" t=\"s\"><v>4294967295</v></c>",
        "<c r=\"A0\"/>",
        "<c t=\"b\"><v>2</v></c>",
        "<c s=\"99999\"><v>1</v></c>",
        "<v>-1</v>",
        "<v>NaN</v>",
        "<v>1e999</v>",
        "<is><t>nik</t></is>",
        "<f>1/0</f>",
        "<si/>",
        "<t xml:space=\"preserve\"> </t>",
        "&#0;",
        "&amp;",
        "<!--",
        "]]>",
        "count=\"99999999\"",
        "r:id=\"rId99\"",
        "numFmtId=\"65535\"",
        "\"",
        ";;;;;;;;",
        "\r",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..=random.usize(..6) {
        let at = random.usize(..=bytes.len());
        match random.u8(..6) {
            0 => {
                let to = (at + random.usize(..200)).min(bytes.len());
                bytes.drain(at..to);
            }
            1 => {
                let from = random.usize(..=bytes.len());
                let to = (from + random.usize(..400)).min(bytes.len());
                let piece = bytes[from..to].to_vec();
                bytes.splice(at..at, piece);
            }
            2 => {
                let word = word(random);
                bytes.splice(at..at, word.into_bytes());
            }
            3 => {
                // A number somewhere behind becomes another one.
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    let number = random.u32(..).to_string();
                    bytes.splice(at + digit..=at + digit, number.into_bytes());
                }
            }
            _ => {
                bytes.splice(at..at, PIECES[random.usize(..PIECES.len())].bytes());
            }
        }
    }
    bytes
}

fn bytes(random: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=random.usize(..16) {
        if bytes.is_empty() {
            break;
        }
        let at = random.usize(..bytes.len());
        match random.u8(..8) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, random.u8(..)),
            2 => {
                bytes.remove(at);
            }
            3 => bytes[at] = [0, 0xFF, 0x7F, 0x80][random.usize(..4)],
            4 => {
                let end = (at + 4).min(bytes.len());
                for byte in &mut bytes[at..end] {
                    *byte = 0xFF;
                }
            }
            _ => bytes[at] ^= 1 << random.u8(..8),
        }
    }
    bytes
}
