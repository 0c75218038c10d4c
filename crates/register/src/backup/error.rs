//! Why a backup cannot be written or put back, in the words of the one who holds the stick.

use std::path::PathBuf;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    #[error("Berkas ini bukan cadangan Payung. Pilih berkas cadangan yang berakhiran .payung-cadangan.")]
    NotABackup,
    #[error("Cadangan ini dibuat oleh Payung yang lebih baru. Perbarui Payung di laptop ini, lalu ulangi.")]
    Newer,
    #[error(
        "Cadangan ini terpotong: {found} dari {expected} bita. Salin sekali lagi dari tempat asalnya, dan tunggu sampai selesai."
    )]
    Truncated { found: u64, expected: u64 },
    /// Already in its first lines.
    #[error("Cadangan ini terpotong. Salin sekali lagi dari tempat asalnya, dan tunggu sampai selesai.")]
    CutOff,
    #[error("Cadangan ini rusak: isinya berubah setelah ditulis. Pakai salinan lain.")]
    Damaged,
    #[error("Berkas cadangan tidak ditemukan atau tidak dapat dibuka: {}", .0.display())]
    NotFound(PathBuf),
    #[error("Tempat penyimpanan penuh: perlu {needed_mb} MB. Kosongkan dahulu, atau pakai flashdisk lain.")]
    Full { needed_mb: u64 },
    #[error("Laptop ini penuh: perlu {needed_mb} MB. Kosongkan dahulu, lalu ulangi.")]
    LaptopFull { needed_mb: u64 },
    #[error(
        "Flashdisk ini tidak menerima berkas sebesar {needed_mb} MB (FAT32, paling banyak 4 GB). Pakai flashdisk yang diformat exFAT."
    )]
    TooLargeForStick { needed_mb: u64 },
    #[error(
        "Tempat penyimpanan terkunci untuk penulisan. Geser kunci pada flashdisk, atau pakai flashdisk lain."
    )]
    WriteProtected,
    #[error("Folder untuk cadangan tidak ada. Apakah flashdisk sudah dicabut?")]
    NoFolder,
    /// Read back, the file is not what was written.
    #[error(
        "Cadangan sudah ditulis tetapi tidak terbaca kembali dengan benar. Flashdisk ini mungkin rusak; pakai yang lain."
    )]
    BadStick,
    #[error("Cadangan tidak dapat ditulis di tempat itu: {0}")]
    Place(String),
}
