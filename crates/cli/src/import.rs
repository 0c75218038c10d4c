//! `payung import FILE [--dry-run] [--ready]`: people from any file that a village has.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::Args;
use payung_domain::{FieldError, Unwatched};
use payung_register::{Import, ImportReport, ImportRow, Op};
use payung_sheets::{Applicants, read_people};
use std::path::PathBuf;

#[derive(Args)]
pub struct ImportArgs {
    #[command(flatten)]
    folder: Folder,
    /// Berkas CSV, XLSX, XLSM, XLS, atau ZIP: templat Payung, OpenSID, SIAK, atau Buku Induk Penduduk
    file: PathBuf,
    /// Hanya diperiksa; tidak ada yang disimpan
    #[arg(long)]
    dry_run: bool,
    /// Setiap baris tanpa kesalahan langsung dinyatakan siap; tanpa ini semua menjadi draf
    #[arg(long)]
    ready: bool,
}

pub fn run(arguments: ImportArgs) -> Result<(), Failure> {
    let applicants =
        read_people(&arguments.file, &Unwatched).map_err(|error| Failure::words(error.to_string()))?;
    eprintln!("Berkas dikenali sebagai {}.", applicants.layout.label());
    for row in &applicants.skipped {
        println!("{}: dilewati, {}", applicants.place(row.sheet, row.row), row.reason);
    }
    let Applicants { rows, ignored_columns, skipped, .. } = applicants;
    if !ignored_columns.is_empty() {
        eprintln!("Kolom yang tidak dikenal dan dilewati: {}", ignored_columns.join(", "));
    }
    let rows: Vec<ImportRow> = rows
        .into_iter()
        .map(|row| ImportRow { row: row.row, values: row.values, errors: row.errors })
        .collect();
    let read = rows.len();
    let file_name =
        arguments.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let import = Import { file_name, rows, ready: arguments.ready };

    let mut register = arguments.folder.open()?;
    let report = if arguments.dry_run {
        register.preview_import(&import)?
    } else {
        register.transact(Op::Import(import))?.import.unwrap_or_default()
    };
    print_lines(&report);
    let verb = if arguments.dry_run { "Akan menjadi" } else { "Disimpan" };
    println!(
        "{} baris dibaca. {verb}: {} siap, {} draf. Dilewati: {}.",
        read + skipped.len(),
        report.released,
        report.drafts,
        skipped.len()
    );
    Ok(())
}

fn print_lines(report: &ImportReport) {
    for line in &report.lines {
        for error in &line.errors {
            println!("Baris {}: {}", line.row, FieldError::message(error));
        }
        if !line.same_nik_rows.is_empty() {
            let rows: Vec<String> = line.same_nik_rows.iter().map(u32::to_string).collect();
            println!("Baris {}: NIK sama dengan baris {}.", line.row, rows.join(", "));
        }
        if !line.same_nik_people.is_empty() {
            println!("Baris {}: NIK sudah ada dalam register desa ini.", line.row);
        }
        if let Some(why) = line.stays_draft {
            println!("Baris {}: tetap draf, {why}.", line.row);
        }
    }
}
