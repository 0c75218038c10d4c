//! What is wrong with a file or its stick, in words for the person who holds it.

use super::{BundleHead, Direction};
use std::io;
use std::path::{Path, PathBuf};

/// Why a file cannot be used. Nothing of it was taken.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error("Ini bukan berkas kiriman atau jawaban Payung. Pilih berkas yang namanya berakhiran .payungusb.")]
    NotABundle,
    #[error("Berkas ini dibuat oleh Payung yang lebih baru. Perbarui Payung, lalu masukkan lagi.")]
    Newer,
    #[error(
        "Berkas ini terpotong: bagian akhirnya tidak ada. Biasanya karena flashdisk dicabut sebelum penyalinan selesai. Salin ulang berkasnya, atau buat berkas baru."
    )]
    Truncated,
    #[error(
        "Berkas ini rusak: isinya berubah sejak dibuat, jadi tidak dipakai sama sekali. Salin ulang dari asalnya, atau buat berkas baru. Bila berulang, ganti flashdisk."
    )]
    Damaged,
    #[error("Berkas ini lebih besar dari 1 GB, jadi bukan berkas Payung yang benar.")]
    TooLarge,
    #[error("{}", wrong_direction(.0))]
    WrongDirection(Box<BundleHead>),
    #[error("Berkas ini untuk {} ({}), bukan untuk desa ini. Tidak ada yang dimasukkan.", .0.village_name, .0.village)]
    OtherVillage(Box<BundleHead>),
    #[error(
        "Jawaban ini untuk laptop lain di desa ini (…{}). Masukkan di laptop itu; laptop ini memerlukan jawaban atas kirimannya sendiri.", .0.device.to_string().get(28..).unwrap_or_default()
    )]
    OtherDevice(Box<BundleHead>),
    #[error("Berkas ini bukan untuk kabupaten ini, jadi tidak dapat dibuka di sini.")]
    OtherDistrict(Box<BundleHead>),
    #[error("Berkas ini tidak dibuat oleh kabupaten tempat desa ini terdaftar, jadi tidak dipercaya.")]
    NotTheDistrict(Box<BundleHead>),
    /// The device is not known at the district, or another key speaks for it.
    #[error("Berkas ini dari perangkat yang tidak terdaftar di kabupaten ini (desa {} {}).", .0.village, .0.village_name)]
    UnknownDevice(Box<BundleHead>),
    #[error("Perangkat pembuat berkas ini sudah dicabut kabupaten, jadi isinya tidak dimasukkan.")]
    Revoked(Box<BundleHead>),
    /// What was chosen is a virus's shortcut, and where the real file lies.
    #[error("{}", shortcut(.real.as_deref()))]
    Shortcut { real: Option<PathBuf> },
    #[error("{0}")]
    Stick(StickTrouble),
    #[error("{}", StickTrouble::of(.0, None))]
    Io(#[from] io::Error),
}

fn wrong_direction(head: &BundleHead) -> String {
    let (village, number) = (&head.village_name, head.number);
    match head.direction {
        Direction::ToDistrict => format!(
            "Ini kiriman ke kabupaten (no. {number} dari {village}), bukan jawaban. Bawa berkas ini ke kabupaten; yang dimasukkan di sini adalah berkas jawaban."
        ),
        Direction::ToVillage => format!(
            "Ini jawaban kabupaten untuk {village} (no. {number}), bukan kiriman desa. Bawa berkas ini ke desa."
        ),
    }
}

fn shortcut(real: Option<&Path>) -> String {
    let start = "Yang dipilih adalah pintasan buatan virus, bukan berkas Payung. Jangan dibuka.";
    match real {
        Some(real) => format!(
            "{start} Berkas aslinya disembunyikan virus di sini: {}. Pilih berkas itu; isinya diperiksa sebelum dipakai. Sesudahnya, bersihkan flashdisk dengan antivirus.",
            real.display()
        ),
        None => format!(
            "{start} Berkas aslinya biasanya ada di folder tersembunyi pada flashdisk itu: tampilkan berkas tersembunyi, lalu pilih yang berakhiran .payungusb. Bila tidak ada, minta berkasnya dibuat lagi di flashdisk bersih."
        ),
    }
}

/// For a stick whose file was good.
pub const INFECTED_WORDS: &str = "Flashdisk ini terkena virus pintasan. Berkas Payung di dalamnya utuh dan sudah diperiksa, tetapi bersihkan flashdisk dengan antivirus sebelum dipakai lagi.";

/// What went wrong with the stick itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StickTrouble {
    /// So many bytes more are needed, where that is known.
    Full {
        missing: Option<u64>,
    },
    WriteProtected,
    /// It, or the file on it, is not there any more.
    Gone,
    /// Reading or writing fails: a worn-out stick or a bad contact.
    Failing,
    /// The file system takes no file that large.
    FileTooLarge,
    Denied,
}

impl StickTrouble {
    /// `missing`: what was still to be written.
    pub fn of(error: &io::Error, missing: Option<u64>) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::WriteZero => Self::Full { missing },
            Kind::ReadOnlyFilesystem => Self::WriteProtected,
            Kind::FileTooLarge => Self::FileTooLarge,
            Kind::PermissionDenied => Self::Denied,
            Kind::NotFound | Kind::NotADirectory | Kind::StaleNetworkFileHandle => Self::Gone,
            _ => match error.raw_os_error() {
                // ERROR_WRITE_PROTECT, ERROR_NOT_READY, ERROR_DEV_NOT_EXIST, ERROR_DEVICE_NOT_CONNECTED of Windows.
                Some(19) if cfg!(windows) => Self::WriteProtected,
                Some(21 | 55 | 1167) if cfg!(windows) => Self::Gone,
                // ENXIO, ENODEV.
                Some(6 | 19) if cfg!(unix) => Self::Gone,
                _ => Self::Failing,
            },
        }
    }
}

impl std::fmt::Display for StickTrouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Full { missing: Some(missing) } => write!(
                f,
                "Flashdisk penuh: masih kurang {}. Hapus berkas lain di flashdisk atau pakai flashdisk lain, lalu ulangi. Data aman di laptop ini.",
                size_words(*missing)
            ),
            Self::Full { missing: None } => f.write_str(
                "Flashdisk penuh. Hapus berkas lain di flashdisk atau pakai flashdisk lain, lalu ulangi. Data aman di laptop ini.",
            ),
            Self::WriteProtected => f.write_str(
                "Flashdisk tidak dapat ditulisi (terkunci). Geser tombol kunci di sisinya bila ada, atau pakai flashdisk lain.",
            ),
            Self::Gone => f.write_str(
                "Flashdisk atau berkasnya tidak ada lagi. Mungkin tercabut. Pasang lagi, tunggu sampai terbaca, lalu ulangi.",
            ),
            Self::Failing => f.write_str(
                "Flashdisk tidak dapat dibaca atau ditulisi dengan benar. Cabut dan pasang lagi; bila berulang, pakai flashdisk lain.",
            ),
            Self::FileTooLarge => f.write_str(
                "Berkas terlalu besar untuk flashdisk ini. Pakai flashdisk lain, atau kirim sebagian lewat internet dulu.",
            ),
            Self::Denied => f.write_str(
                "Payung tidak diizinkan membuka atau menulis di tempat itu. Pilih folder lain, atau periksa apakah flashdisk terkunci.",
            ),
        }
    }
}

/// `1,4 MB`.
fn size_words(bytes: u64) -> String {
    match bytes {
        0..=999_999 => format!("{} kB", bytes.div_ceil(1_000).max(1)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
