//! Why a photo or a document is not taken.

/// Words for the one screen that shows them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentError {
    #[error("Lampiran ini tidak ada dalam register.")]
    NoSuchAttachment,
    #[error("Lampiran ini sudah dihapus.")]
    AlreadyRemoved,
    #[error("Berkas yang sama sudah terlampir di sini.")]
    AlreadyAttached,
    #[error("Terlalu banyak lampiran: paling banyak {most}. Hapus yang tidak diperlukan dahulu.")]
    TooMany { most: usize },
    #[error("Berkas kosong. Pilih berkas lain.")]
    Empty,
    #[error("Berkas terlalu besar: paling banyak {} MB.", bytes_max >> 20)]
    TooLarge { bytes_max: u64 },
    /// Photos of cards are made small before they are kept.
    #[error("Foto belum diperkecil: paling banyak {} kB.", bytes_max / 1_000)]
    PhotoTooLarge { bytes_max: usize },
    /// Not what its kind asks for, or not what it says it is.
    #[error(
        "Berkas ini tidak dapat dipakai di sini. Pilih foto (JPG atau PNG), atau PDF untuk pindaian surat."
    )]
    WrongKind,
    /// The signed PDF belongs to its statement for ever.
    #[error("PDF surat yang ditandatangani tidak dapat dilampirkan atau dihapus sendiri.")]
    OfASignature,
    /// Only a signed statement has an entry that others know.
    #[error("Surat ini belum ditandatangani, jadi belum dapat diberi lampiran.")]
    NotSigned,
    #[error("Kabupaten sudah menolak berkas ini: {0}")]
    RefusedBefore(String),
    /// The bytes are not the ones that were announced; nothing was kept of them.
    #[error("Berkas yang diterima tidak sama dengan yang diumumkan. Akan diminta lagi.")]
    NotAsAnnounced,
    #[error("Berkas ini tidak diminta oleh register ini.")]
    NotWanted,
    /// Made on another laptop, and its bytes have not come yet.
    #[error("Berkas ini dibuat di laptop lain dan belum diterima. Lakukan sinkronisasi dahulu.")]
    NotHere,
}
