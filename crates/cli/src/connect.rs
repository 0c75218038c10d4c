//! `payung enrol FILE` and `payung sync`: reaching the district from a script.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::Args;
use payung_journal::EnrolmentFile;
use payung_register::{Op, Register};
use payung_sync::{HttpLink, SharedRegister, SyncError, Village, carry_attachments, synchronise};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

#[derive(Args)]
pub struct EnrolArgs {
    #[command(flatten)]
    folder: Folder,
    /// Berkas pendaftaran dari kabupaten
    file: PathBuf,
}

#[derive(Args)]
pub struct SyncArgs {
    #[command(flatten)]
    folder: Folder,
}

pub fn enrol(arguments: EnrolArgs) -> Result<(), Failure> {
    let bytes = std::fs::read(&arguments.file).map_err(|_| {
        Failure::words(format!("Berkas pendaftaran {} tidak dapat dibaca.", arguments.file.display()))
    })?;
    let file = EnrolmentFile::parse(&bytes).map_err(|error| Failure::words(error.to_string()))?;
    let link = HttpLink::new(&file.url, &file.authority_pem).map_err(SyncError::from)?;
    let village = shared(arguments.folder.open()?);
    let district = format!("{} ({})", file.regency_name, file.regency);
    runtime()?
        .block_on(payung_sync::enrol(&village, &link, file))
        .map_err(|error| Failure::words(error.to_string()))?;
    println!("Desa ini sekarang terdaftar di Kabupaten {district}.");
    Ok(())
}

pub fn sync(arguments: SyncArgs) -> Result<(), Failure> {
    let register = arguments.folder.open()?;
    let enrolment = register.enrolment()?.ok_or(SyncError::NotEnrolled)?;
    let link = HttpLink::new(&enrolment.url, &enrolment.authority_pem).map_err(SyncError::from)?;
    let village = shared(register);
    let runtime = runtime()?;
    let outcome = runtime.block_on(synchronise(&village, &link, |_| {}))?;
    for person in &outcome.people {
        println!("{}: {}", person.name, person.words);
    }
    if let Some(words) = &outcome.clock_words {
        eprintln!("{words}");
    }
    println!("{} catatan terkirim, {} jawaban diterima.", outcome.sent_entries, outcome.received_entries);
    // Whatever becomes of the photos, the data is there.
    match runtime.block_on(carry_attachments(&village, &link, |_| {})) {
        Ok(carried) => {
            if let Some(attempt) = carried.attempt() {
                let written = village.with(move |register| register.transact(Op::SyncAttempt(attempt)));
                runtime.block_on(written).ok_or(SyncError::Locked)??;
            }
            carried.words().into_iter().for_each(|words| println!("{words}"));
        }
        Err(error) => eprintln!("Data sudah sampai; foto dan dokumen belum: {error}"),
    }
    Ok(())
}

fn shared(register: Register) -> SharedRegister {
    Arc::new(Mutex::new(Some(register)))
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Failure::words("Sistem tidak memberi sumber daya untuk jaringan."))
}
