//! OpenSID's and Dukcapil's codes and words for what Payung's template asks.

use super::titles::fold;
use payung_domain::{Occupation, Sex};

/// What is none of the known codes and words stays as it stands, for the clerk to see.
pub(super) fn sex(text: &str) -> &str {
    match fold(text).as_str() {
        "1" | "l" | "lk" | "lakilaki" | "pria" => Sex::Male.name(),
        "2" | "p" | "pr" | "perempuan" | "wanita" => Sex::Female.name(),
        _ => text,
    }
}

pub(super) fn disability(text: &str) -> &str {
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
    word.copied().unwrap_or(text)
}

/// Why a person no longer counts, by `status_dasar`; an empty one is taken for living.
pub(super) fn not_living_here(status: &str) -> Option<&str> {
    const CODES: [(&str, &str); 5] =
        [("2", "MATI"), ("3", "PINDAH"), ("4", "HILANG"), ("6", "PERGI"), ("9", "TIDAK VALID")];
    if status.is_empty() || status == "1" || fold(status) == "hidup" {
        return None;
    }
    Some(CODES.iter().find(|(code, _)| *code == status).map_or(status, |(_, word)| *word))
}

/// The same by SIAK's words. Its column has others, too, which do not tell that somebody is gone.
pub(super) fn not_living_here_in_words(status: &str) -> Option<&str> {
    let folded = fold(status);
    let gone = ["mati", "meninggal", "pindah", "hilang", "pergi", "tidakvalid"];
    (gone.iter().any(|word| folded.starts_with(word)) && !folded.starts_with("pindahdatang"))
        .then_some(status)
}

/// What an occupation's code or word says: the one of the regulation, if it is one, and the word.
///
/// The occupation on the KTP is often not the real one, and most codes are none of the regulation's: then only the word
/// is kept and the clerk chooses.
pub(super) fn occupation(text: &str) -> (Option<Occupation>, Option<&str>) {
    if matches!(text, "" | "-" | "0") {
        return (None, None);
    }
    let folded = fold(text);
    let code = text
        .parse::<usize>()
        .ok()
        .or_else(|| OCCUPATIONS.iter().position(|word| same(word, &folded)).map(|index| index + 1));
    let known = match code {
        Some(9) => Some(Occupation::Farmer),
        Some(20) => Some(Occupation::FarmWorker),
        Some(11 | 21) => Some(Occupation::Fisher),
        Some(8 | 84) => Some(Occupation::Trader),
        Some(81) => Some(Occupation::Driver),
        Some(41) => Some(Occupation::WorshipKeeper),
        Some(45) => Some(Occupation::ReligiousTeacher),
        Some(_) => None,
        // A word of the template itself, as a clerk may have typed it.
        None => Occupation::parse(text).filter(|word| *word != Occupation::Other),
    };
    let word = code.and_then(|code| OCCUPATIONS.get(code.wrapping_sub(1))).copied().unwrap_or(text);
    (known, Some(word))
}

/// As if both were folded, without the cost of it.
fn same(word: &str, folded: &str) -> bool {
    let mut letters = folded.bytes();
    word.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .all(|letter| letters.next() == Some(letter.to_ascii_lowercase()))
        && letters.next().is_none()
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
