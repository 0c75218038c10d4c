//! `payung status` and `payung journal verify`: how a village's folder stands.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::{Args, ValueEnum};
use payung_domain::{Delivery, Timestamp};
use payung_register::{ListQuery, Register};
use serde_json::{Map, Value, json};

#[derive(Args)]
pub struct StatusArgs {
    #[command(flatten)]
    folder: Folder,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
}

#[derive(Args)]
pub struct JournalVerifyArgs {
    #[command(flatten)]
    folder: Folder,
}

pub fn status(arguments: StatusArgs) -> Result<(), Failure> {
    let register = arguments.folder.open()?;
    let counts = register.counts();
    let outbox = register.outbox()?;
    let attachments = register.attachment_counts()?;
    let mut people = Map::new();
    for (state, count) in &counts.by_state {
        people.insert(state.words().to_owned(), json!(count));
    }
    let delivery = json!({
        Delivery::NotSent.words(): delivered(&register, Delivery::NotSent)?,
        Delivery::Arrived.words(): delivered(&register, Delivery::Arrived)?,
    });
    let status = json!({
        "people": people,
        "delivery": delivery,
        "entries": outbox.entries,
        "entries_receipted": outbox.entries_receipted,
        "attachments": attachments.total,
        "attachments_receipted": attachments.kept,
        "attachments_missing": attachments.to_fetch,
        "attachments_refused": attachments.refused,
        "last_sync": outbox.last_sync.map(iso_time),
        "last_error": outbox.last_error,
        "enrolled": outbox.enrolled,
        "nik_elsewhere": counts.nik_elsewhere,
    });
    match arguments.format {
        Format::Json => println!("{status}"),
        Format::Table => print_table(&register, &status),
    }
    Ok(())
}

pub fn journal_verify(arguments: JournalVerifyArgs) -> Result<(), Failure> {
    let register = arguments.folder.open()?;
    let verified = register.verify_journal()?;
    println!(
        "Jurnal utuh: {} deret, {} catatan, {} orang, {} surat, {} berkas.",
        verified.series, verified.entries, verified.people, verified.statements, verified.files
    );
    Ok(())
}

fn delivered(register: &Register, delivery: Delivery) -> Result<u64, Failure> {
    Ok(register.list(&ListQuery { delivery: Some(delivery), limit: 0, ..ListQuery::default() })?.total)
}

fn print_table(register: &Register, status: &Value) {
    let village = register.village();
    println!("{} ({})", village.name, village.code);
    for (what, figures) in [("Keadaan", &status["people"]), ("Pengiriman", &status["delivery"])] {
        println!("{what}");
        for (words, count) in figures.as_object().into_iter().flatten() {
            println!("  {count:>7}  {words}");
        }
    }
    println!(
        "Catatan: {}, di antaranya {} sudah sampai di kabupaten.",
        status["entries"], status["entries_receipted"]
    );
    println!(
        "Foto dan berkas: {}, di antaranya {} sudah sampai di kabupaten.",
        status["attachments"], status["attachments_receipted"]
    );
}

/// ISO 8601 in UTC, to the millisecond.
fn iso_time(at: Timestamp) -> String {
    chrono::DateTime::from_timestamp_millis(at.millis())
        .map(|instant| instant.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
        .unwrap_or_default()
}
