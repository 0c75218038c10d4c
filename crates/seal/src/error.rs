//! Why a file could not be read at all. That a signature does not hold is no error: it is the answer.

use crate::file::PDF_BYTES_MAX;
use crate::scans::{SCAN_BYTES_MAX, SCAN_FILES_MAX, SCAN_PIXELS_MAX};

/// Every sentence says what is wrong and what to do now. None repeats what stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("Berkas ini bukan PDF. Pilih berkas PDF, atau foto/pindaian JPEG dan PNG.")]
    NotPdf,
    #[error(
        "PDF ini dikunci dengan kata sandi, jadi isinya tidak dapat diperiksa. Minta berkas yang tidak dikunci."
    )]
    Encrypted,
    #[error(
        "PDF ini terpotong atau rusak: bagian akhirnya tidak ada. Salin atau unduh sekali lagi dari asalnya."
    )]
    Truncated,
    #[error("Berkas ini {} MB, terlalu besar; paling banyak {} MB. Pindai ulang dengan resolusi lebih rendah.", megabytes(*.found), megabytes(*.most))]
    TooLarge { found: u64, most: u64 },
    #[error(
        "PDF ini memuat terlalu banyak bagian ({found}, paling banyak {most}) dan tidak dibuka demi keamanan."
    )]
    TooManyObjects { found: usize, most: usize },
    #[error(
        "Isi PDF ini mengembang melampaui batas dan tidak dibuka demi keamanan. Minta berkas dari asalnya."
    )]
    Bomb,
    #[error("Susunan PDF ini rusak dan tidak dapat dibaca. Salin atau unduh sekali lagi dari asalnya.")]
    Malformed,
    /// The file is no statement of ours, or room was made in it already: a fault of the program that asks.
    #[error("PDF ini tidak dapat diberi tempat tanda tangan (kesalahan program). Data Anda aman.")]
    NoRoom,
    #[error("Tanda tangan tidak muat pada tempatnya dalam PDF (kesalahan program). Data Anda aman.")]
    DoesNotFit,
    #[error("Kode QR ini dari Payung, tetapi rusak atau terbaca sebagian. Pindai sekali lagi.")]
    SheetDamaged,
    #[error("Kode QR ini dari Payung versi yang lebih baru. Perbarui program ini.")]
    SheetNewer,
    #[error("Gambar {name} tidak dapat dibaca. Pakai JPEG, PNG, atau PDF hasil pindaian.")]
    Image { name: String },
    #[error("Gambar {name} terlalu besar; paling banyak {} juta titik. Pindai dengan resolusi lebih rendah.", SCAN_PIXELS_MAX / 1_000_000)]
    ImageTooLarge { name: String },
    #[error("Berkas {name} {} MB, terlalu besar; paling banyak {} MB.", megabytes(*.found), megabytes(SCAN_BYTES_MAX as u64))]
    ScanTooLarge { name: String, found: u64 },
    #[error("Sekali periksa paling banyak {SCAN_FILES_MAX} berkas; yang dipilih {found}.")]
    TooManyScans { found: usize },
    #[error(
        "PDF ini memuat terlalu banyak tanda tangan ({found}, paling banyak {most}) dan tidak diperiksa."
    )]
    TooManySignatures { found: usize, most: usize },
    #[error("PDF ini lebih dari {most} halaman. Pindai satu surat saja dalam satu berkas.")]
    TooManyPages { most: usize },
    #[error("Belum ada berkas pindaian yang dipilih.")]
    NoScans,
    #[error("{name}: {error}")]
    ScannedPdf { name: String, error: Box<SealError> },
}

impl SealError {
    pub(crate) fn too_large(found: usize) -> Self {
        Self::TooLarge { found: found as u64, most: PDF_BYTES_MAX as u64 }
    }
}

/// Rounded up, so that what is over a limit never reads as being at it.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
