//! The command line, and its mistakes in words.

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Server kabupaten Payung: menerima usulan desa, memeriksa, dan menyampaikan putusan petugas.
#[derive(Parser)]
#[command(name = "payung-district", version, disable_help_subcommand = true)]
pub struct Line {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Menyiapkan folder data baru untuk satu kabupaten.
    Init {
        #[command(flatten)]
        at: At,
        /// Kode kabupaten, misalnya 33.05.
        #[arg(long)]
        regency: String,
        /// Alamat server bagi desa, misalnya https://payung.kebumenkab.go.id:8443.
        #[arg(long)]
        url: String,
        /// Berkas peraturan; tanpa ini dipakai peraturan bawaan kabupaten.
        #[arg(long)]
        regulation: Option<PathBuf>,
    },
    /// Menjalankan server.
    Serve {
        #[command(flatten)]
        at: At,
        #[arg(long, default_value = "127.0.0.1:8443")]
        listen: SocketAddr,
        /// Tanpa TLS: hanya untuk 127.0.0.1, atau di belakang proksi.
        #[arg(long)]
        plain_http: bool,
        /// Ada proksi yang mengamankan sambungan di depan server ini.
        #[arg(long, requires = "plain_http")]
        behind_proxy: bool,
    },
    /// Membuat berkas pendaftaran sekali pakai untuk satu desa.
    Enrol {
        #[command(flatten)]
        at: At,
        /// Kode desa, misalnya 33.05.01.2001.
        #[arg(long)]
        village: String,
        /// Berkas yang ditulis.
        #[arg(long)]
        out: PathBuf,
    },
    /// Mencatat putusan petugas, atau menampilkan daftar calon (--list).
    Decide(Decide),
    /// Menampilkan isi kabupaten dalam angka.
    Status {
        #[command(flatten)]
        at: At,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Menulis semua calon dan statusnya ke CSV, tanpa data khusus.
    Export {
        #[command(flatten)]
        at: At,
        #[arg(long)]
        out: PathBuf,
    },
    /// Menampilkan peraturan yang dipakai.
    Regulation {
        #[command(flatten)]
        at: At,
    },
    /// Kunci kepala desa dan lurah: melihat, mengesahkan, mencabut.
    Head(HeadCommand),
    /// Menulis sertifikat akar kabupaten, untuk dipasang di program pembaca PDF.
    Authority {
        #[command(flatten)]
        at: At,
        /// Berkas PEM yang ditulis.
        #[arg(long)]
        out: PathBuf,
    },
    /// Surat pernyataan: memeriksa berkas atau kode QR terhadap catatan kabupaten.
    Statement(StatementCommand),
    /// Mencabut perangkat yang hilang atau dicuri.
    Revoke {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        order: RevokeDevice,
    },
    /// Menulis cadangan seluruh kabupaten ke satu berkas; server boleh tetap berjalan.
    Backup {
        #[command(flatten)]
        at: At,
        /// Berkas yang ditulis.
        file: PathBuf,
    },
    /// Memulihkan kabupaten dari cadangan ke folder data yang kosong.
    Restore {
        #[command(flatten)]
        at: At,
        /// Berkas cadangan.
        file: PathBuf,
    },
    /// Berkas flashdisk: memasukkan kiriman desa, menulis jawaban.
    Bundle(BundleCommand),
    /// Perangkat desa: melihat apa yang ada di dalamnya, mencabut.
    Device(DeviceCommand),
}

#[derive(Args)]
pub struct BundleCommand {
    /// Folder data kabupaten.
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    #[command(subcommand)]
    pub order: BundleOrder,
}

#[derive(Subcommand)]
pub enum BundleOrder {
    /// Memasukkan berkas kiriman desa dan menulis jawabannya.
    Import {
        file: PathBuf,
        /// Berkas atau folder jawaban; tanpa ini di sebelah berkas kiriman.
        #[arg(long)]
        answer: Option<PathBuf>,
    },
    /// Menulis berkas jawaban bagi satu desa tanpa menunggu kirimannya.
    Export {
        /// Kode desa, misalnya 33.05.01.2001.
        #[arg(long)]
        village: String,
        /// Nomor perangkat, bila desa mempunyai lebih dari satu.
        #[arg(long)]
        device: Option<String>,
        /// Berkas atau folder yang ditulis.
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Args)]
pub struct DeviceCommand {
    /// Folder data kabupaten.
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    #[command(subcommand)]
    pub order: DeviceOrder,
}

#[derive(Subcommand)]
pub enum DeviceOrder {
    /// Menampilkan perangkat yang terdaftar dan apa yang pernah sampai kepadanya.
    List {
        /// Kode desa; tanpa ini semua desa.
        #[arg(long)]
        village: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Mencabut perangkat yang hilang atau dicuri.
    Revoke(RevokeDevice),
}

#[derive(Args)]
pub struct RevokeDevice {
    /// Nomor perangkat dari perintah device list.
    #[arg(long)]
    pub device: String,
    /// Nama petugas yang mencabut.
    #[arg(long, default_value = "Petugas kabupaten")]
    pub officer: String,
    /// Penjelasan bagi desa.
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Args)]
pub struct At {
    /// Folder data kabupaten.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Args)]
pub struct Decide {
    #[command(flatten)]
    pub at: At,
    /// Menampilkan daftar calon.
    #[arg(long, conflicts_with_all = ["person", "nik", "outcome", "reason", "officer"])]
    pub list: bool,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Nomor orang dari daftar.
    #[arg(long, conflicts_with = "nik")]
    pub person: Option<String>,
    #[arg(long)]
    pub nik: Option<String>,
    /// Kode desa, bila lebih dari satu calon memakai NIK itu.
    #[arg(long)]
    pub village: Option<String>,
    #[arg(long, value_enum)]
    pub outcome: Option<Outcome>,
    /// Alasan; wajib untuk tidak-memenuhi-syarat.
    #[arg(long)]
    pub reason: Option<String>,
    /// Nama petugas yang memutuskan.
    #[arg(long)]
    pub officer: Option<String>,
}

#[derive(Args)]
pub struct HeadCommand {
    /// Folder data kabupaten.
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    #[command(subcommand)]
    pub order: HeadOrder,
}

#[derive(Subcommand)]
pub enum HeadOrder {
    /// Menampilkan kunci semua kepala desa dan lurah.
    List {
        /// Kode desa; tanpa ini semua desa.
        #[arg(long)]
        village: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Mengesahkan kunci setelah sidik kuncinya dicocokkan dengan kepala desa atau lurah sendiri.
    Certify {
        #[command(flatten)]
        whom: Whom,
        /// Hari terakhir berlakunya sertifikat, misalnya 2031-08-17; tanpa ini delapan tahun.
        #[arg(long)]
        until: Option<String>,
    },
    /// Mencabut kunci: pernyataan yang ditandatangani sejak itu tidak dihitung.
    Revoke {
        #[command(flatten)]
        whom: Whom,
        #[arg(long, value_enum)]
        reason: Reason,
        /// Hari pertama kunci tidak berlaku, misalnya 2026-11-21; tanpa ini sejak sekarang.
        #[arg(long)]
        from: Option<String>,
        /// Penjelasan bagi desa.
        #[arg(long)]
        note: Option<String>,
    },
    /// Menulis daftar sertifikat yang dicabut (CRL).
    Crl {
        /// Berkas yang ditulis; yang lama diganti.
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Args)]
pub struct Whom {
    /// Kode desa, misalnya 33.05.01.2001.
    #[arg(long)]
    pub village: String,
    /// Sidik jari kunci seperti dibacakan kepala desa atau lurah dari layarnya.
    #[arg(long)]
    pub fingerprint: String,
    /// Nama petugas yang mencocokkan dan memutuskan.
    #[arg(long)]
    pub officer: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reason {
    #[value(name = "kunci-bocor")]
    Compromised,
    #[value(name = "jabatan-berakhir")]
    OfficeEnded,
    #[value(name = "diganti")]
    Superseded,
}

#[derive(Args)]
pub struct StatementCommand {
    /// Folder data kabupaten.
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    #[command(subcommand)]
    pub order: StatementOrder,
}

#[derive(Subcommand)]
pub enum StatementOrder {
    /// Memeriksa satu berkas (PDF, foto, atau pindaian) atau isi satu kode QR.
    Check {
        /// Berkas PDF, JPEG, atau PNG.
        #[arg(value_name = "FILE", required_unless_present = "qr", conflicts_with = "qr")]
        file: Option<PathBuf>,
        /// Teks kode QR, diawali PAYUNG1:.
        #[arg(long, value_name = "TEXT")]
        qr: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Outcome {
    #[value(name = "lolos")]
    Passed,
    #[value(name = "tidak-memenuhi-syarat")]
    NotEligible,
}

/// Reads the command line; `Err` holds what to print and the exit code.
pub fn read() -> Result<Line, (String, u8)> {
    Line::try_parse().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => (error.to_string(), 0),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            (Line::command_help(), 2)
        }
        kind => (mistake(kind, &error), 2),
    })
}

impl Line {
    fn command_help() -> String {
        <Self as clap::CommandFactory>::command().render_help().to_string()
    }
}

fn mistake(kind: ErrorKind, error: &clap::Error) -> String {
    let part = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = part(ContextKind::InvalidArg);
    match kind {
        ErrorKind::MissingRequiredArgument => format!("Perintah belum lengkap. Tambahkan {argument}."),
        ErrorKind::UnknownArgument => format!("Pilihan {argument} tidak dikenal. Lihat --help."),
        ErrorKind::InvalidSubcommand => {
            format!("Perintah {} tidak dikenal. Lihat --help.", part(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = part(ContextKind::ValidValue);
            let choose = if valid.is_empty() { String::new() } else { format!(" Pilih: {valid}.") };
            format!("Nilai {} tidak cocok untuk {argument}.{choose}", part(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} tidak dapat dipakai bersama {}.", part(ContextKind::PriorArg))
        }
        _ => "Perintah tidak dapat dibaca. Lihat --help.".to_owned(),
    }
}
