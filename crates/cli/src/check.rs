//! `payung check`: judges everyone in a CSV or Excel file, without a register. Nothing is written but the report.

mod judged;
mod lines;
mod table;

use clap::{Args, ValueEnum};
use payung_domain::{CivilDate, Unwatched};
use payung_regulation::{Context, Regulation, RegulationFileError, SOURCES, by_id};
use payung_sheets::{Applicants, SheetError, read_people};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The longest regulation file read, in bytes.
const REGULATION_BYTES_MAX: u64 = 1024 * 1024;

#[derive(Args)]
pub struct CheckArgs {
    /// Peraturan: kebumen-56-2024, klungkung-draft, atau berkas .toml dari kabupaten
    #[arg(long, value_name = "PERATURAN")]
    regulation: String,
    /// Tanggal pendaftaran ke BPJS menurut rencana kabupaten, misalnya 2026-11-21
    #[arg(long, value_name = "TANGGAL")]
    registered_on: String,
    /// Tanggal rencana iuran pertama
    #[arg(long, value_name = "TANGGAL")]
    first_payment: Option<String>,
    /// table untuk dibaca orang, json untuk program: satu baris satu calon penerima
    #[arg(long, value_enum, value_name = "BENTUK", default_value_t = Format::Table)]
    format: Format,
    /// Berkas CSV, XLSX, XLSM, XLS, atau ZIP: templat Payung, OpenSID, SIAK, atau Buku Induk Penduduk
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Why nothing could be judged. Every sentence says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error(
        "Peraturan \"{0}\" tidak dikenal. Tulis {known}, atau berkas .toml yang ada.",
        known = builtin_names()
    )]
    UnknownRegulation(String),
    #[error("Berkas peraturan {0} tidak dapat dibaca. Periksa nama dan tempatnya.")]
    UnreadableRegulation(PathBuf),
    #[error("Berkas peraturan ditolak: {0}")]
    Regulation(#[from] RegulationFileError),
    #[error("{option} \"{value}\" bukan tanggal yang ada. Tulis tahun-bulan-hari, misalnya 2026-11-21.")]
    Date { option: &'static str, value: String },
    #[error("{path}: {error}", path = path.display())]
    Sheet { path: PathBuf, error: SheetError },
    #[error("Hasil tidak dapat ditulis. Periksa tempat penyimpanan, lalu ulangi.")]
    Unwritten,
}

pub fn run(arguments: &CheckArgs) -> Result<(), CheckError> {
    let read;
    let regulation = match by_id(&arguments.regulation) {
        Some(regulation) => regulation,
        None => {
            read = regulation_file(&arguments.regulation)?;
            &read
        }
    };
    let context = Context {
        first_payment: arguments
            .first_payment
            .as_deref()
            .map(|value| date("--first-payment", value))
            .transpose()?,
        ..Context::on(date("--registered-on", &arguments.registered_on)?)
    };
    let applicants = read_people(&arguments.file, &Unwatched)
        .map_err(|error| CheckError::Sheet { path: arguments.file.clone(), error })?;
    notices(regulation, &context, &applicants);
    let written = match arguments.format {
        Format::Json => write(|to| lines::write(to, regulation, &context, &applicants.rows)),
        Format::Table => write(|to| table::write(to, regulation, &context, &applicants.rows)),
    };
    match written {
        // Who reads only the first lines (`| head`) has what he wants.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|_| CheckError::Unwritten),
    }
}

/// What the file holds beside applicants, on stderr, so that the report stays a report.
fn notices(regulation: &Regulation, context: &Context, applicants: &Applicants) {
    let mut notices = vec![format!("Berkas dikenali sebagai {}.", applicants.layout.label())];
    if !applicants.ignored_columns.is_empty() {
        let columns: Vec<String> = applicants.ignored_columns.iter().map(|name| table::plain(name)).collect();
        notices.push(format!("Kolom yang tidak dikenal dan dilewati: {}.", columns.join(", ")));
    }
    for skipped in &applicants.skipped {
        let place = table::plain(&applicants.place(skipped.sheet, skipped.row));
        notices.push(format!("{place} dilewati: {}.", table::plain(&skipped.reason)));
    }
    if let Some(from) = regulation.effective_from.filter(|from| context.registered_on < *from) {
        notices.push(format!("{} baru berlaku mulai {}.", regulation.short_title, from.in_words()));
    }
    let mut stderr = io::stderr().lock();
    for notice in notices {
        // A notice that nobody can read is no reason to stop.
        let _ = writeln!(stderr, "{notice}");
    }
}

fn write(report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut to = BufWriter::new(io::stdout().lock());
    report(&mut to)?;
    to.flush()
}

fn regulation_file(name: &str) -> Result<Regulation, CheckError> {
    let path = Path::new(name);
    let file = File::open(path).map_err(|_| match path.extension() {
        Some(_) => CheckError::UnreadableRegulation(path.to_owned()),
        None => CheckError::UnknownRegulation(name.to_owned()),
    })?;
    let mut bytes = Vec::new();
    // One byte more than allowed, so that the parser sees a file that is too large.
    file.take(REGULATION_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| CheckError::UnreadableRegulation(path.to_owned()))?;
    let text = String::from_utf8_lossy(&bytes);
    let name = path.file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Regulation::parse(&name, &text)?)
}

fn date(option: &'static str, value: &str) -> Result<CivilDate, CheckError> {
    CivilDate::parse(value).ok_or_else(|| CheckError::Date { option, value: value.to_owned() })
}

fn builtin_names() -> String {
    let names: Vec<&str> = SOURCES.iter().map(|(file, _)| file.trim_end_matches(".toml")).collect();
    names.join(", ")
}
