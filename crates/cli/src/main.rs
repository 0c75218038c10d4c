//! `payung`: what a script or a district officer needs without a window. One module a subcommand; this file only
//! dispatches. A command that fails ends with code 2 and one line on stderr.

mod backup;
mod bundle;
mod check;
mod connect;
mod export;
mod failure;
mod import;
mod opening;
mod photo;
mod statement_verify;
mod status;
mod usage;
mod village_new;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Payung: pendaftaran pekerja rentan di desa, tanpa internet.
#[derive(Parser)]
#[command(name = "payung", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Periksa syarat setiap calon penerima dalam berkas CSV atau Excel
    Check(check::CheckArgs),
    /// Folder data desa
    #[command(subcommand)]
    Village(Village),
    /// Masukkan calon penerima dari berkas CSV atau Excel
    Import(import::ImportArgs),
    /// Daftarkan desa ini di kabupaten dengan berkas pendaftaran
    Enrol(connect::EnrolArgs),
    /// Kirim ke kabupaten dan terima jawabannya
    Sync(connect::SyncArgs),
    /// Berapa orang di setiap keadaan, dan apa yang sudah sampai
    Status(status::StatusArgs),
    /// Tulis semua orang ke berkas CSV atau Excel
    Export(export::ExportArgs),
    /// Foto KTP dan KK
    #[command(subcommand)]
    Photo(Photo),
    /// Tulis seluruh register ke satu berkas cadangan
    Backup(backup::BackupArgs),
    /// Pulihkan register dari berkas cadangan ke folder yang belum berisi register
    Restore(backup::RestoreArgs),
    /// Berkas flashdisk: kiriman ke kabupaten dan jawabannya
    #[command(subcommand)]
    Bundle(Bundle),
    /// Jurnal register
    #[command(subcommand)]
    Journal(Journal),
    /// Surat pernyataan
    #[command(subcommand)]
    Statement(Statement),
}

#[derive(Subcommand)]
enum Village {
    /// Buat folder data untuk satu desa atau kelurahan
    New(village_new::VillageNew),
}

#[derive(Subcommand)]
enum Photo {
    /// Lampirkan foto KTP atau KK seseorang; foto diperkecil dahulu
    Add(photo::PhotoAdd),
}

#[derive(Subcommand)]
enum Bundle {
    /// Tulis semua yang belum sampai ke satu berkas di flashdisk
    Export(bundle::ExportArgs),
    /// Masukkan berkas jawaban dari kabupaten
    Import(bundle::ImportArgs),
}

#[derive(Subcommand)]
enum Journal {
    /// Periksa seluruh rantai, tanda tangan, dan isi tabel
    Verify(status::JournalVerifyArgs),
}

#[derive(Subcommand)]
enum Statement {
    /// Periksa tanda tangan dalam PDF, atau kode QR pada pindaian dan foto
    Verify(statement_verify::StatementVerifyArgs),
}

fn main() -> ExitCode {
    let arguments = match usage::parse::<Arguments>() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let done = match arguments.command {
        // A file that is not validly signed is an answer, with a code of its own.
        Command::Statement(Statement::Verify(arguments)) => {
            return statement_verify::run(&arguments).unwrap_or_else(|error| usage::fail(&error.to_string()));
        }
        Command::Check(arguments) => check::run(&arguments).map_err(|error| error.to_string()),
        Command::Village(Village::New(arguments)) => {
            village_new::run(arguments).map_err(|error| error.to_string())
        }
        Command::Import(arguments) => import::run(arguments).map_err(|error| error.to_string()),
        Command::Enrol(arguments) => connect::enrol(arguments).map_err(|error| error.to_string()),
        Command::Sync(arguments) => connect::sync(arguments).map_err(|error| error.to_string()),
        Command::Status(arguments) => status::status(arguments).map_err(|error| error.to_string()),
        Command::Export(arguments) => export::run(arguments).map_err(|error| error.to_string()),
        Command::Photo(Photo::Add(arguments)) => photo::add(arguments).map_err(|error| error.to_string()),
        Command::Backup(arguments) => backup::backup(arguments).map_err(|error| error.to_string()),
        Command::Restore(arguments) => backup::restore(&arguments).map_err(|error| error.to_string()),
        Command::Bundle(Bundle::Export(arguments)) => {
            bundle::export(arguments).map_err(|error| error.to_string())
        }
        Command::Bundle(Bundle::Import(arguments)) => {
            bundle::import(arguments).map_err(|error| error.to_string())
        }
        Command::Journal(Journal::Verify(arguments)) => {
            status::journal_verify(arguments).map_err(|error| error.to_string())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => usage::fail(&words),
    }
}
