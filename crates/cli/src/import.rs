//! `payung import FILE [--dry-run] [--ready]`: people from any file that a village has.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::Args;
use payung_domain::{FieldError, Unwatched};
use payung_register::{Fate, Import, ImportReport, ImportRow, Op};
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
    let mut applicants =
        read_people(&arguments.file, &Unwatched).map_err(|error| Failure::words(error.to_string()))?;
    eprintln!("Berkas dikenali sebagai {}.", applicants.layout.label());
    for row in &applicants.skipped {
        println!("{}: dilewati, {}", applicants.place(row.sheet, row.row), row.reason);
    }
    if !applicants.ignored_columns.is_empty() {
        eprintln!("Kolom yang tidak dikenal dan dilewati: {}", applicants.ignored_columns.join(", "));
    }
    let rows: Vec<ImportRow> = std::mem::take(&mut applicants.rows)
        .into_iter()
        .map(|row| ImportRow { sheet: row.sheet, row: row.row, values: row.values, errors: row.errors })
        .collect();
    let file_name =
        arguments.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let import = Import {
        file_name,
        layout: applicants.layout.name().to_owned(),
        sheets: applicants.sheets.clone(),
        rows,
        skipped: applicants.skipped.len() as u64,
        ready: arguments.ready,
        keep_unreadable: true,
        ..Import::default()
    };

    let mut register = arguments.folder.open()?;
    let report = if arguments.dry_run {
        register.plan_import(&import, &Unwatched)?.report(&import)
    } else {
        register.transact(Op::Import(import))?.import.unwrap_or_default()
    };
    print_lines(&applicants, &report);
    let verb = if arguments.dry_run { "Akan menjadi" } else { "Disimpan" };
    let figures = report.figures;
    println!(
        "{} baris dibaca. {verb}: {} siap, {} draf, {} berubah. Sama: {}. Ditolak: {}. Dilewati: {}.",
        figures.read,
        report.ready,
        report.drafts,
        figures.changed,
        figures.same,
        figures.refused,
        figures.skipped
    );
    Ok(())
}

fn print_lines(applicants: &Applicants, report: &ImportReport) {
    for line in &report.lines {
        let place = applicants.place(line.sheet, line.row);
        for error in &line.errors {
            println!("{place}: {}", FieldError::message(error));
        }
        if !line.same_nik_rows.is_empty() {
            let rows: Vec<String> = line.same_nik_rows.iter().map(u32::to_string).collect();
            println!("{place}: NIK sama dengan baris {}.", rows.join(", "));
        }
        if let Some(why) = line.words {
            let fate = match line.fate {
                Fate::New => "tetap draf",
                Fate::Changed => "mengubah isian yang ada",
                Fate::Same => "sudah ada",
                Fate::Refused => "ditolak",
                Fate::Skipped => "dilewati",
            };
            println!("{place}: {fate}, {why}.");
        }
    }
}
