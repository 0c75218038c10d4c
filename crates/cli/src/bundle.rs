//! `payung bundle export|import`: a round on a stick.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::Args;
use payung_sync::{export_bundle, import_bundle};
use std::path::PathBuf;

#[derive(Args)]
pub struct ExportArgs {
    #[command(flatten)]
    folder: Folder,
    /// Berkas yang ditulis, atau folder flashdisk
    file: PathBuf,
}

#[derive(Args)]
pub struct ImportArgs {
    #[command(flatten)]
    folder: Folder,
    /// Berkas jawaban dari kabupaten
    file: PathBuf,
}

pub fn export(arguments: ExportArgs) -> Result<(), Failure> {
    let facts = export_bundle(&mut arguments.folder.open()?, &arguments.file)?;
    println!("{}", facts.words);
    println!("{}", facts.path.display());
    Ok(())
}

pub fn import(arguments: ImportArgs) -> Result<(), Failure> {
    let imported = import_bundle(&mut arguments.folder.open()?, &arguments.file)?;
    println!("{}", imported.words);
    Ok(())
}
