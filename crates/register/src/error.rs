//! Why the register refuses. Each variant exists because a caller does something different with it.

use crate::attachment::AttachmentError;
use crate::backup::BackupError;
use crate::ids::{PersonId, StatementId};
use crate::statement::StatementStatus;
use payung_domain::{CivilDate, Field, FieldError, MeteraiSerial, Readiness, RegencyCode, VillageCode};
use payung_journal::{RevocationReason, SeriesId};
use std::fmt;
use std::time::Duration;

/// Texts are Bahasa Indonesia for the one screen that shows them. Personal data stands in fields, never in the text
/// and never in `Debug`.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("Folder ini sudah berisi register.")]
    AlreadyExists,
    #[error("Folder ini belum berisi register.")]
    NoRegister,
    /// One program per data folder.
    #[error("Register ini sedang dibuka di jendela lain.")]
    Busy,
    #[error("Berkas register tidak dapat dibaca sebagai register. Jangan dihapus; pulihkan dari cadangan.")]
    NotARegister,
    #[error(
        "Register ini ditulis oleh Payung yang lebih baru ({found}; program ini mengenal sampai {known}). Perbarui Payung. Berkas tidak diubah."
    )]
    NewerSchema { found: u32, known: u32 },

    /// The secret was tried and is wrong; the next try is taken after `wait`.
    #[error("Kata sandi salah.")]
    WrongSecret { wait: Duration },
    /// Not tried: an earlier failure asks to wait first.
    #[error("Tunggu {} detik sebelum mencoba lagi.", wait.as_secs_f64().ceil())]
    MustWait { wait: Duration },
    #[error("Kata sandi terlalu pendek: paling sedikit {chars_min} {}.", if *.digits_only { "angka" } else { "huruf atau angka" })]
    SecretTooShort { chars_min: usize, digits_only: bool },
    /// Whoever knows the operator's secret could sign as the head.
    #[error("Kata sandi kepala dan kata sandi operator harus berbeda.")]
    SecretShared,
    /// The code's own check says that it was copied wrongly.
    #[error("Kode pemulihan salah tulis. Periksa lagi huruf demi huruf.")]
    RecoveryTypo,
    #[error("Kode pemulihan ini bukan milik register ini.")]
    WrongRecoveryCode,
    #[error("Nama ini tidak ada dalam daftar orang.")]
    NoSuchSlot,
    /// Only the head's own login opens the head's room.
    #[error("Hanya kepala yang dapat masuk ke ruang ini.")]
    NotTheHead,

    #[error("Belum ada peraturan untuk kabupaten {0}. Minta berkas peraturan dari kabupaten.")]
    NoRegulation(RegencyCode),
    #[error(transparent)]
    RegulationFile(Box<payung_regulation::RegulationFileError>),

    #[error("Orang ini tidak ada dalam register.")]
    NoSuchPerson,
    #[error("Isian {} terlalu panjang: paling banyak {chars_max} huruf.", field.label())]
    ValueTooLong { field: Field, chars_max: usize },
    #[error("{what} terlalu panjang: paling banyak {chars_max} huruf.")]
    TextTooLong { what: &'static str, chars_max: usize },
    #[error("{0} wajib diisi.")]
    TextMissing(&'static str),
    #[error("Berkas berisi terlalu banyak baris: paling banyak {rows_max}.")]
    TooManyRows { rows_max: usize },
    /// Who watched said stop.
    #[error("Dihentikan. Tidak ada yang berubah.")]
    Stopped,
    #[error("Jumlah baris yang dibaca dan yang disimpan tidak sama. Tidak ada yang disimpan; ulangi impor.")]
    FiguresDoNotAddUp,
    #[error("Impor ini tidak ada dalam catatan.")]
    NoSuchImport,
    #[error("Impor ini sudah dibatalkan sebelumnya.")]
    ImportUndone,
    #[error("Orang ini tidak ada dalam data penduduk desa. Muat ulang daftarnya.")]
    NoSuchResident,
    /// What must be mended before *siap*: missing basics first, then every value that cannot be read.
    #[error("Isian belum dapat dinyatakan siap.")]
    NotReleasable { errors: Vec<FieldError> },
    /// A rule is not met or a fact is missing: goes on only as *usulan dengan catatan*, after saying so.
    #[error("Belum semua syarat terpenuhi. Kirim sebagai usulan dengan catatan?")]
    NotesNotAcknowledged { readiness: Readiness },
    /// Others of this village hold the NIK: goes on only with a reason.
    #[error("NIK ini sudah dipakai orang lain di desa ini.")]
    SameNik { others: Vec<PersonId> },
    /// Others look like the same person under another NIK: goes on only with a reason.
    #[error("Ada orang lain di desa ini yang mirip. Bandingkan dahulu: orang yang sama atau bukan?")]
    Alike { people: Vec<PersonId> },
    #[error("Pilih dua orang yang berbeda.")]
    SamePersonTwice,
    #[error("Tidak ada perubahan yang menunggu.")]
    NothingToRelease,
    #[error("Orang ini sudah ditandai berakhir atau dibatalkan.")]
    PersonEnded,

    #[error("Surat ini tidak ada dalam register.")]
    NoSuchStatement,
    #[error("Belum ada orang yang dipilih.")]
    NobodyListed,
    #[error("Terlalu banyak orang dalam satu surat: paling banyak {people_max}.")]
    TooManyPeople { people_max: usize },
    #[error("Ada orang yang belum dapat dimuat dalam surat.")]
    NotAttestable { people: Vec<Refused> },
    #[error(
        "Surat ini sekarang berstatus \"{}\", jadi langkah itu tidak dapat dilakukan. Muat ulang daftar surat.",
        status.words()
    )]
    StatementClosed { status: StatementStatus },
    /// Signing asks for the exact bytes that were shown.
    #[error("Surat belum dibekukan untuk ditandatangani.")]
    NotFrozen,
    #[error("Halaman yang ditunjukkan bukan halaman yang akan ditandatangani. Buka surat sekali lagi.")]
    NotWhatWasShown,
    /// An attested fact is no longer what the statement says.
    #[error("Isian orang dalam surat ini berubah setelah surat disiapkan.")]
    AttestedFactsChanged { people: Vec<Refused> },
    #[error("Berkas surat terlalu besar: paling banyak {bytes_max} bita.")]
    DocumentTooLarge { bytes_max: usize },

    /// The pages bear another date than today's.
    #[error(
        "Halaman surat bertanggal {}, sedangkan hari ini {}. Bekukan surat sekali lagi, lalu tanda tangani.",
        on.in_words(), today.in_words()
    )]
    DateMovedOn { on: CivilDate, today: CivilDate },
    /// The clock stands before something that is already known to have happened.
    #[error(
        "Jam komputer menunjukkan {}, padahal catatan terakhir bertanggal {}. Betulkan tanggal dan jam komputer, lalu ulangi.",
        clock.in_words(), known.in_words()
    )]
    ClockBehind { clock: CivilDate, known: CivilDate },
    #[error(
        "Jam komputer menunjukkan {}, lebih dari {days_max} hari setelah catatan terakhir ({}). Periksa tanggal komputer; bila sudah benar, kirim ke kabupaten dahulu, lalu ulangi.",
        clock.in_words(), known.in_words()
    )]
    ClockFarAhead { clock: CivilDate, known: CivilDate, days_max: i64 },
    #[error("Tanda tangan belum digambar. Gambar dahulu di bidang yang disediakan.")]
    EmptyDrawing,
    #[error("Halaman surat tidak utuh. Bekukan surat sekali lagi.")]
    RoomDamaged,
    /// Another key than the one whose room is open.
    #[error("Kunci tanda tangan kepala berganti. Keluar dari ruang ini, lalu masuk lagi.")]
    HeadKeyChanged,
    #[error("{}", revoked_words(*reason, note))]
    HeadRevoked { reason: RevocationReason, note: String },

    #[error("Surat ini belum ditandatangani.")]
    NotSigned,
    #[error(transparent)]
    Serial(#[from] payung_domain::SerialError),
    /// One serial, one document.
    #[error(
        "Nomor seri meterai {serial} sudah tercatat pada surat {}. Satu meterai hanya untuk satu surat; periksa nomor serinya.",
        if number.is_empty() { "tanpa nomor" } else { number }
    )]
    SerialUsed { serial: MeteraiSerial, statement: StatementId, number: String },
    #[error("Surat ini belum bermeterai, jadi belum ada yang diperbaiki.")]
    NotStamped,
    #[error("Surat ini sudah bermeterai dengan nomor seri {serial}.")]
    AlreadyStamped { serial: MeteraiSerial },
    #[error(
        "Tanggal meterai ({}) tidak mungkin: surat ditandatangani {} dan hari ini {}.",
        on.in_words(), signed_on.in_words(), today.in_words()
    )]
    StampDate { on: CivilDate, signed_on: CivilDate, today: CivilDate },
    #[error("Belum ada berkas. Tambahkan pindaian, foto, atau PDF akhir dari surat yang sudah bermeterai.")]
    NoFiles,
    #[error("Terlalu banyak berkas: {found}, paling banyak {most}. Gabungkan pindaian menjadi satu PDF.")]
    TooManyFiles { found: usize, most: usize },
    #[error("Berkas {name} terlalu besar: paling banyak {} MB. Pindai dengan resolusi lebih rendah.", bytes_max >> 20)]
    FileTooLarge { name: String, bytes_max: usize },
    #[error("Semua berkas bersama-sama terlalu besar: paling banyak {} MB. Pindai dengan resolusi lebih rendah.", bytes_max >> 20)]
    FilesTooLarge { bytes_max: usize },
    /// Neither PDF nor JPEG nor PNG, or not what it says it is.
    #[error("Berkas {name} tidak dapat dipakai. Pilih pindaian atau foto (JPG, PNG) atau PDF.")]
    FileKind { name: String },
    /// An e-meterai lives in a PDF alone.
    #[error(
        "Meterai elektronik ada di dalam PDF. Pilih PDF akhir yang sudah dibubuhi e-meterai sebagai aslinya."
    )]
    ElectronicNeedsPdf,
    #[error(
        "PDF ini sama dengan surat yang tersimpan; belum ada tanda tangan atau meterai yang ditambahkan. Pilih PDF yang kembali dari layanannya."
    )]
    NothingAdded,
    #[error("PDF ini bukan surat ini: {words}")]
    ForeignDocument { words: String },
    #[error(transparent)]
    Pdf(#[from] payung_seal::SealError),

    #[error(transparent)]
    Attachment(#[from] AttachmentError),
    #[error(transparent)]
    Backup(#[from] BackupError),

    #[error("Register ini belum terdaftar di kabupaten.")]
    NotEnrolled,
    #[error(transparent)]
    EnrolmentFile(#[from] payung_journal::EnrolmentFileError),
    #[error(transparent)]
    Bundle(#[from] payung_journal::BundleError),
    /// The file is for another village or regency.
    #[error("Berkas pendaftaran ini untuk desa {0}, bukan desa ini. Minta berkas untuk desa Anda.")]
    OtherVillage(VillageCode),
    /// More than one version of a person stands side by side: somebody has to compare and choose first.
    #[error("Ada dua isian yang berbeda. Bandingkan keduanya dan pilih dahulu.")]
    TwoVersions { names: Names },
    /// The versions that were compared are no longer the newest.
    #[error("Isian orang ini baru saja berubah. Muat ulang, lalu bandingkan sekali lagi.")]
    VersionsChanged,

    /// What the district holds is not what this register wrote: a restored backup or a cloned disk.
    #[error(
        "Kabupaten menyimpan lanjutan yang berbeda dari register ini. Register ini mungkin salinan lama."
    )]
    Forked { series: SeriesId, seq: u64 },
    /// A signature or a chain does not hold; nothing was taken from it.
    #[error("Jawaban kabupaten tidak dapat dipercaya: {0}.")]
    Untrusted(&'static str),

    /// The journal or the tables contradict themselves.
    #[error("Register rusak: {0}. Pulihkan dari cadangan.")]
    Damaged(String),
    /// Nothing was written; what was saved before is safe.
    #[error(
        "Tempat simpan laptop ini penuh atau tidak dapat ditulis. Isian terakhir belum tersimpan; yang sebelumnya aman. Kosongkan tempat, lalu ulangi."
    )]
    Full,
    #[error("Berkas register tidak dapat dibaca atau ditulis: {0}")]
    Io(#[from] std::io::Error),
    #[error("Basis data: {0}")]
    Database(rusqlite::Error),
    #[error(transparent)]
    Key(#[from] payung_keys::KeyError),
    #[error(transparent)]
    Journal(#[from] payung_journal::DecodeError),
}

/// Names for the one screen that shows them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({})", self.0.len())
    }
}

impl From<rusqlite::Error> for RegisterError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi;
        let code = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => failure.extended_code,
            _ => 0,
        };
        match code {
            ffi::SQLITE_FULL
            | ffi::SQLITE_IOERR_WRITE
            | ffi::SQLITE_IOERR_FSYNC
            | ffi::SQLITE_IOERR_DIR_FSYNC
            | ffi::SQLITE_IOERR_TRUNCATE
            | ffi::SQLITE_IOERR_SHMSIZE => Self::Full,
            _ => Self::Database(error),
        }
    }
}

fn revoked_words(reason: RevocationReason, note: &str) -> String {
    let words = match reason {
        RevocationReason::OfficeEnded => {
            "Masa jabatan sudah berakhir menurut kabupaten: kunci ini tidak dapat menandatangani lagi."
        }
        RevocationReason::Compromised | RevocationReason::Superseded => {
            "Kunci ini dicabut kabupaten. Keluar dari ruang ini, lalu masuk lagi untuk membuat kunci baru."
        }
    };
    if note.is_empty() { words.to_owned() } else { format!("{words} Catatan kabupaten: {note}") }
}

/// A person whom a statement cannot carry, and why.
#[derive(Clone, PartialEq, Eq)]
pub struct Refused {
    pub person: PersonId,
    pub name: String,
    pub why: WhyNot,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// Still a draft, or a change is typed and not yet *siap*.
    NotReleased,
    Ended,
    /// A rule is not met or a fact is missing.
    RulesOpen(Readiness),
    AlreadyListed(StatementId),
    AlreadyCovered,
    /// *Ada dua isian*: a person compares and chooses first.
    TwoVersions,
    /// These attested facts differ from what the statement says.
    Changed(Vec<Field>),
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refused({:?}, {:?})", self.person, self.why)
    }
}

impl WhyNot {
    /// One clause after the person's name.
    pub fn words(&self) -> String {
        match self {
            Self::NotReleased => "belum dinyatakan siap".to_owned(),
            Self::Ended => "sudah ditandai berakhir atau dibatalkan".to_owned(),
            Self::RulesOpen(Readiness::WithNotes) => "ada syarat yang tidak terpenuhi".to_owned(),
            Self::RulesOpen(_) => "ada isian yang belum lengkap".to_owned(),
            Self::AlreadyListed(_) => "sudah dimuat dalam surat lain yang menunggu".to_owned(),
            Self::TwoVersions => "ada dua isian yang harus dibandingkan dahulu".to_owned(),
            Self::AlreadyCovered => "sudah tercakup dalam surat yang ditandatangani".to_owned(),
            Self::Changed(fields) => {
                let labels: Vec<&str> = fields.iter().map(|field| field.label()).collect();
                format!("berubah: {}", labels.join(", "))
            }
        }
    }
}

impl From<payung_regulation::RegulationFileError> for RegisterError {
    fn from(error: payung_regulation::RegulationFileError) -> Self {
        Self::RegulationFile(Box::new(error))
    }
}
