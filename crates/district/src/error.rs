//! What can go wrong at the district, in words with the remedy.

use std::path::PathBuf;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum DistrictError {
    #[error(
        "Basis data kabupaten tidak dapat dipakai ({0}). Periksa ruang dan izin folder data, lalu ulangi."
    )]
    Store(String),

    #[error("Basis data kabupaten sedang dipakai program lain. Tunggu sebentar, lalu ulangi.")]
    Busy,

    #[error(
        "Basis data dibuat oleh versi program yang lebih baru (versi {found}, program ini mengenal {known}). \
         Pasang program terbaru; berkas tidak diubah."
    )]
    NewerSchema { found: i64, known: i64 },

    #[error("Folder {0} sudah berisi data kabupaten. Pakai folder lain; data yang ada tidak ditimpa.")]
    AlreadyThere(PathBuf),

    #[error("Folder {0} tidak berisi data kabupaten. Jalankan dahulu: payung-district init --data {0} ...")]
    NotADistrict(PathBuf),

    #[error("Berkas {path} tidak dapat dibuka atau ditulis: {}. Periksa nama dan izinnya.", plain(source))]
    File { path: PathBuf, source: std::io::Error },

    #[error("Tidak dapat mendengarkan di {address}: {}. Pilih alamat lain dengan --listen.", plain(source))]
    Listen { address: String, source: std::io::Error },

    /// A request or an order that cannot be followed as given; the words say what to do instead.
    #[error("{0}")]
    Asked(String),

    #[error("Kunci kabupaten tidak dapat dipakai ({0}). Pulihkan folder data dari cadangan.")]
    Key(String),

    /// A file for or from a stick.
    #[error(transparent)]
    Bundle(#[from] payung_journal::BundleError),

    /// What the store holds does not fit together: damage or tampering.
    #[error("Catatan kabupaten rusak ({0}). Hentikan layanan dan pulihkan folder data dari cadangan.")]
    Damaged(String),
}

impl DistrictError {
    /// 2: the order must be changed; 1: the order was right and could not be done.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Asked(_) | Self::AlreadyThere(_) | Self::NotADistrict(_) => 2,
            _ => 1,
        }
    }

    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

impl From<rusqlite::Error> for DistrictError {
    /// SQLite's words name tables and columns, never values.
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::Busy,
            Some(rusqlite::ErrorCode::NotADatabase) => {
                Self::Key("kunci tidak cocok dengan basis data, atau berkasnya rusak".into())
            }
            _ => Self::Store(error.to_string()),
        }
    }
}

/// What the operating system refused, in words; other causes keep its own.
fn plain(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::NotFound => "tidak ditemukan",
        Kind::PermissionDenied => "tidak diizinkan",
        Kind::AlreadyExists => "sudah ada",
        Kind::StorageFull | Kind::QuotaExceeded => "ruang penuh",
        Kind::ReadOnlyFilesystem => "hanya dapat dibaca",
        Kind::AddrInUse => "alamat itu sedang dipakai program lain",
        Kind::AddrNotAvailable => "komputer ini tidak memiliki alamat itu",
        _ => return error.to_string(),
    };
    words.to_owned()
}
