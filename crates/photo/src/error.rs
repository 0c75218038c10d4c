//! Why a picture is not taken. The words are for the clerk who chose it.

/// Each says what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    #[error("Berkas ini kosong. Pilih foto lain.")]
    Empty,
    #[error("Berkas ini terlalu besar: {} MB, paling banyak {} MB. Foto ulang dengan ukuran biasa.", bytes.div_ceil(1 << 20), bytes_max >> 20)]
    TooManyBytes { bytes: usize, bytes_max: usize },
    #[error("Gambar ini terlalu besar: {width} x {height} titik. Foto ulang dengan ukuran biasa.")]
    TooManyPixels { width: u32, height: u32 },
    #[error(
        "Gambar ini terlalu kecil: {width} x {height} titik, sisi pendeknya paling sedikit {short_side_min}. Tulisannya tidak akan terbaca; foto ulang dari dekat."
    )]
    TooSmall { width: u32, height: u32, short_side_min: u32 },
    /// What iPhones make.
    #[error(
        "Ini foto HEIC dari iPhone. Di iPhone pilih Pengaturan > Kamera > Format > Paling Kompatibel lalu foto ulang, atau kirim fotonya lewat WhatsApp lebih dahulu."
    )]
    Heic,
    #[error("Ini gambar WebP. Buka gambarnya, simpan sebagai JPG, lalu pilih berkas JPG itu.")]
    WebP,
    #[error("Ini gambar {0}. Simpan sebagai JPG atau PNG, lalu pilih lagi.")]
    OtherPicture(&'static str),
    #[error("Ini PDF, bukan foto. Pilih foto (JPG atau PNG) dari kartunya.")]
    Pdf,
    #[error("Ini video. Pilih foto (JPG atau PNG).")]
    Video,
    #[error("Ini bukan foto. Pilih berkas JPG atau PNG.")]
    NotAPicture,
    /// It begins as a picture and does not end as one.
    #[error("Foto ini rusak atau terpotong. Salin sekali lagi dari ponsel atau kamera, atau foto ulang.")]
    Broken,
    /// Grain all over: it could only be made small by making it unreadable.
    #[error("Foto ini terlalu berbintik. Foto ulang di tempat yang terang, jangan bergerak.")]
    TooGrainy,
}
