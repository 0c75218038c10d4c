//! Invented applicants for tests. Nobody here exists.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A NIK of someone born on that day (`YYYY-MM-DD`), first registered in that kecamatan (six digits).
pub fn nik(district: &str, birth: &str, female: bool, serial: u32) -> String {
    let [year, month, day] = birth.split('-').collect::<Vec<_>>()[..] else { panic!("{birth} is no date") };
    let day: u32 = day.parse().expect("day");
    format!("{district}{:02}{month}{}{serial:04}", day + if female { 40 } else { 0 }, &year[2..])
}

/// Writes `count` applicants who meet every rule that facts alone decide, as a template CSV.
pub fn write_csv(folder: &Path, village: &str, first_serial: u32, count: u32) -> PathBuf {
    let digits: String = village.chars().filter(char::is_ascii_digit).collect();
    let mut text = String::from(
        "nik,nama,no_kk,tempat_lahir,tanggal_lahir,jenis_kelamin,alamat,rt,rw,dusun,kode_desa,ktp_kabupaten,bukti_ktp,\
         berdomisili,pekerjaan,tempat_kerja,bekerja_sejak,masih_bekerja,pekerja_informal,rentan,tidak_sakit_berat,\
         peserta_pu,jaminan_lain,dtsen,jabatan_desa\n",
    );
    for index in 0..count {
        let serial = first_serial + index;
        let birth = format!("19{:02}-{:02}-{:02}", 70 + serial % 25, 1 + serial % 12, 1 + serial % 28);
        let nik = nik(&digits[..6], &birth, false, 1 + serial % 9_998);
        writeln!(
            text,
            "{nik},Warga {} {serial},{}0101{:06},Contoh,{birth},L,Jalan Sawah {serial},001,002,Krajan,{village},{},ktp_el,\
             ya,petani,Sawah,2010,ya,ya,ya,ya,tidak,tidak_ada,ya,tidak_ada",
            NAMES[serial as usize % NAMES.len()],
            &digits[..6],
            serial,
            &village[..5],
        )
        .expect("writing to a string");
    }
    let path = folder.join(format!("people-{first_serial}-{count}.csv"));
    std::fs::write(&path, text).expect("CSV");
    path
}

const NAMES: [&str; 8] = ["Budi", "Slamet", "Karto", "Wahyu", "Joko", "Darmo", "Agus", "Tono"];
