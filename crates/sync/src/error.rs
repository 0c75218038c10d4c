//! What a clerk is told when nothing went through: what happened, that the data is safe, what to do now.

use crate::link::LinkError;
use payung_register::RegisterError;
use std::time::Duration;

/// Words are Bahasa Indonesia and carry no personal data.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error("Tanpa internet. Data aman di laptop ini dan dikirim sendiri begitu sambungan kembali.")]
    Offline,
    #[error(
        "Jam laptop ini tidak cocok dengan jam kabupaten, jadi sambungan aman ditolak. Betulkan tanggal dan jam laptop, lalu tekan Sinkronkan. Data aman di laptop ini."
    )]
    ClockWrong,
    #[error(
        "Yang menjawab bukan server kabupaten pada berkas pendaftaran. Tidak ada data yang dikirim. Coba jaringan lain, atau tanyakan kepada kabupaten."
    )]
    NotTheDistrict,
    #[error("Server kabupaten sedang ramai. Data aman di laptop ini dan dikirim lagi sebentar nanti.")]
    Busy { retry_after: Option<Duration> },
    #[error("Kabupaten menolak kiriman: {words} Data aman di laptop ini.")]
    Refused { words: String },
    #[error(
        "Jawaban kabupaten tidak dapat dibaca. Data aman di laptop ini; coba lagi, lalu hubungi kabupaten."
    )]
    Unreadable,
    #[error(
        "Desa ini belum terdaftar di kabupaten. Masukkan berkas pendaftaran dari kabupaten di layar Sinkronisasi."
    )]
    NotEnrolled,
    /// Not an error a person sees: the window was locked meanwhile.
    #[error("Register dikunci; sinkronisasi dilanjutkan setelah dibuka.")]
    Locked,
    /// The exchange goes on and on without getting anywhere.
    #[error("Kabupaten belum menyimpan kiriman ini. Data aman di laptop ini dan dicoba lagi nanti.")]
    NoProgress,
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl SyncError {
    /// A village without a network is in its normal state.
    pub fn is_normal(&self) -> bool {
        matches!(self, Self::Offline | Self::Busy { .. } | Self::Locked | Self::NotEnrolled)
    }

    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy { retry_after } => *retry_after,
            _ => None,
        }
    }
}

impl From<LinkError> for SyncError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Offline | LinkError::Broken => Self::Offline,
            LinkError::ClockWrong => Self::ClockWrong,
            LinkError::NotTheDistrict => Self::NotTheDistrict,
            LinkError::Busy { retry_after } => Self::Busy { retry_after },
            LinkError::Refused { words } => Self::Refused { words },
            LinkError::Unknown | LinkError::Unreadable => Self::Unreadable,
        }
    }
}
