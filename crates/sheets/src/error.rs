//! What can be wrong with a file, told to the clerk: what, where, and what to do.

use crate::limits::Limit;
use std::io::ErrorKind;
use thiserror::Error;

/// No variant carries a person's data, except column headers of the file.
#[derive(Debug, Error)]
pub enum SheetError {
    #[error("Berkas tidak dapat dibuka: {}. {}", opening(*.0).0, opening(*.0).1)]
    Unopened(ErrorKind),
    #[error("Berkas ini kosong. Pilih berkas yang berisi tabel dengan baris judul kolom.")]
    Empty,
    #[error(
        "Berkas ini {0}, bukan tabel yang dapat dibaca. Buka di Excel atau LibreOffice, lalu simpan sebagai XLSX atau CSV."
    )]
    NotATable(&'static str),
    #[error(
        "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya (Info, Proteksi Buku Kerja), lalu simpan lagi."
    )]
    Password,
    #[error(
        "Berkas Excel ini rusak atau tidak lengkap. Buka di Excel atau LibreOffice, lalu simpan sebagai XLSX baru."
    )]
    Damaged,
    #[error(
        "Arsip ZIP ini berisi {0} tabel, sehingga Payung tidak tahu mana yang dimaksud. Keluarkan isinya, lalu pilih salah satu berkasnya."
    )]
    SeveralTables(usize),
    #[error(
        "Berkas ini terbaca, tetapi tidak ada lembar berisi penduduk yang dikenal. Harus ada judul kolom NIK dan Nama, seperti pada data OpenSID, daftar SIAK, Buku Induk Penduduk, atau berkas contoh dari Payung."
    )]
    NoPeople,
    #[error("{}{limit}. {}", place(*.row), limit.remedy())]
    TooMuch {
        limit: Limit,
        /// The row as the spreadsheet shows it, where one is to blame.
        row: Option<u32>,
    },
    #[error(
        "Baris {row}: tanda kutip (\") dibuka tetapi tidak ditutup sampai akhir berkas. Perbaiki baris itu, atau simpan tabel sebagai XLSX."
    )]
    UnclosedQuote { row: u32 },
    #[error(
        "Baris {header_row}: judul kolom \"{name}\" ada dua kali, di kolom {first} dan {second}. Hapus salah satu kolom, lalu simpan lagi."
    )]
    DoubledColumn { header_row: u32, name: String, first: String, second: String },
    #[error(
        "Baris {header_row}: kolom wajib tidak ada: {}. Tulis judul kolom itu persis di baris judul, atau pakai berkas contoh dari Payung.",
        .missing.join(", ")
    )]
    MissingColumns { header_row: u32, missing: Vec<&'static str> },
    #[error("Dihentikan. Tidak ada yang berubah.")]
    Stopped,
    #[error("Berkas tidak dapat ditulis: {}. {}", opening(*.0).0, opening(*.0).1)]
    Unwritten(ErrorKind),
    #[error(
        "Baris {row}: isinya tidak dapat ditulis ke Excel karena lebih dari {} huruf. Ekspor sebagai CSV.",
        crate::MAX_CELL_CHARS
    )]
    Unwritable { row: u32 },
}

impl SheetError {
    pub(crate) fn limit(limit: Limit, row: Option<u32>) -> Self {
        Self::TooMuch { limit, row }
    }
}

fn opening(kind: ErrorKind) -> (&'static str, &'static str) {
    match kind {
        ErrorKind::NotFound => ("berkas atau foldernya tidak ada", "Periksa nama dan tempatnya."),
        ErrorKind::PermissionDenied => {
            ("tidak diizinkan", "Tutup berkas itu di Excel, atau salin dulu ke folder Dokumen.")
        }
        ErrorKind::IsADirectory => ("ini folder", "Pilih berkas di dalamnya."),
        ErrorKind::StorageFull => ("tempat penyimpanan penuh", "Hapus berkas yang tidak dipakai."),
        ErrorKind::ReadOnlyFilesystem => ("tempat penyimpanan hanya dapat dibaca", "Pilih folder lain."),
        _ => ("terjadi gangguan pada penyimpanan", "Salin berkas ke komputer ini, lalu coba lagi."),
    }
}

fn place(row: Option<u32>) -> String {
    row.map_or_else(String::new, |row| format!("Baris {row}: "))
}
