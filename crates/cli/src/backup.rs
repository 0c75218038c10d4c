//! `payung backup FILE` and `payung restore FILE --data DIR`: the whole register as one file, and back.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::Args;
use payung_journal::TrailKind;
use payung_register::{Op, Register};
use std::path::PathBuf;

#[derive(Args)]
pub struct BackupArgs {
    #[command(flatten)]
    folder: Folder,
    /// Berkas cadangan yang akan ditulis
    file: PathBuf,
}

#[derive(Args)]
pub struct RestoreArgs {
    /// Berkas cadangan
    file: PathBuf,
    /// Folder data desa yang baru; belum berisi register
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

pub fn backup(arguments: BackupArgs) -> Result<(), Failure> {
    let mut register = arguments.folder.open()?;
    let facts = register.backup(&arguments.file)?;
    let name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let note = name.unwrap_or_default();
    register.transact(Op::Trail { what: TrailKind::BackedUp, person: None, note })?;
    println!(
        "Cadangan tersimpan dan terbaca kembali: {} ({} kB, {} catatan).",
        facts.path.display(),
        facts.bytes.div_ceil(1_000),
        facts.entries
    );
    Ok(())
}

pub fn restore(arguments: &RestoreArgs) -> Result<(), Failure> {
    let facts = Register::restore(&arguments.file, &arguments.data)?;
    println!(
        "Register {} ({}) dipulihkan: {} catatan. Buka dengan kata sandi yang dipakai saat cadangan dibuat.",
        facts.village, facts.code, facts.entries
    );
    Ok(())
}
