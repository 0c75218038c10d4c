//! Reading 10,000 made-up people.

use payung_domain::Unwatched;
use payung_sheets::{read_people, template_header, write_csv, write_xlsx};
use std::path::{Path, PathBuf};

const OPEN_SID: &str = "alamat,dusun,rw,rt,nama,no_kk,nik,sex,tempatlahir,tanggallahir,agama_id,pendidikan_kk_id,pendidikan_sedang_id,pekerjaan_id,status_kawin,kk_level,warganegara_id,ayah_nik,nama_ayah,ibu_nik,nama_ibu,golongan_darah_id,akta_lahir,dokumen_pasport,tanggal_akhir_paspor,dokumen_kitas,akta_perkawinan,tanggalperkawinan,akta_perceraian,tanggalperceraian,cacat_id,cara_kb_id,hamil,ktp_el,status_rekam,alamat_sekarang,status_dasar,suku,tag_id_card,id_asuransi,no_asuransi,lat,lng";

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10)]
fn template_csv(bencher: divan::Bencher) {
    read(bencher, "calon.csv", &template_header(), template_row);
}

#[divan::bench(sample_count = 10)]
fn template_xlsx(bencher: divan::Bencher) {
    read(bencher, "calon.xlsx", &template_header(), template_row);
}

#[divan::bench(sample_count = 10)]
fn open_sid_xlsx(bencher: divan::Bencher) {
    read(bencher, "penduduk.xlsx", &OPEN_SID.split(',').collect::<Vec<_>>(), open_sid_row);
}

fn template_row(number: usize) -> Vec<String> {
    (0..38).map(|column| format!("isian {number} {column}")).collect()
}

fn open_sid_row(number: usize) -> Vec<String> {
    OPEN_SID
        .split(',')
        .map(|title| match title {
            "nik" => format!("33050141019{number:05}"),
            "no_kk" => format!("33050101012{:05}", number / 3),
            "nama" => format!("CONTOH {number}"),
            "tanggallahir" => format!("{}-01-01", 1950 + number % 60),
            "sex" | "status_dasar" => "1".to_owned(),
            "pekerjaan_id" => (number % 89 + 1).to_string(),
            other => format!("{other} {}", number % 7),
        })
        .collect()
}

fn read(bencher: divan::Bencher, name: &str, header: &[&str], row: fn(usize) -> Vec<String>) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path: PathBuf = folder.path().join(name);
    if write(&path, header, row).is_err() {
        return;
    }
    bencher.bench(|| read_people(&path, &Unwatched).map(|found| found.rows.len()));
}

fn write(
    path: &Path,
    header: &[&str],
    row: fn(usize) -> Vec<String>,
) -> Result<(), payung_sheets::SheetError> {
    let rows = (1..=10_000).map(row);
    match path.extension() {
        Some(kind) if kind == "csv" => write_csv(path, header, rows),
        _ => write_xlsx(path, header, rows),
    }
}
