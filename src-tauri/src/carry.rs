//! What is carried by hand between the village, the district and another laptop.

use crate::convert;
use crate::dto::{
    BackupDone, BackupPreview, BundleTaken, BundleWritten, CommandError, DeviceView, JoinVillage,
    NewRegister, NewRegisterDone, RestoreDone,
};
use crate::error::Answered;
use crate::state::Payung;
use payung_register::Register;
use std::path::PathBuf;

pub const BUNDLE_ENDINGS: &[&str] = &["payungusb"];
pub const BACKUP_ENDINGS: &[&str] = &["payung-cadangan"];

/// For this village and this day.
pub async fn bundle_name(payung: &Payung) -> Answered<String> {
    dated(payung, "Kiriman", BUNDLE_ENDINGS).await
}

pub async fn backup_name(payung: &Payung) -> Answered<String> {
    dated(payung, "Cadangan", BACKUP_ENDINGS).await
}

async fn dated(payung: &Payung, what: &'static str, endings: &'static [&'static str]) -> Answered<String> {
    payung
        .with(move |register| {
            let today = convert::people::village_today(register);
            let ending = endings.first().copied().unwrap_or_default();
            Ok(format!("{what} {} {today}.{ending}", register.village().code))
        })
        .await
}

pub async fn export_bundle(_: &Payung, _: PathBuf) -> Answered<BundleWritten> {
    Err(not_yet())
}

pub async fn import_bundle(_: &Payung, _: PathBuf) -> Answered<BundleTaken> {
    Err(not_yet())
}

pub fn devices(_: &Register) -> Answered<Vec<DeviceView>> {
    Ok(Vec::new())
}

pub async fn backup(_: &Payung, _: PathBuf) -> Answered<BackupDone> {
    Err(not_yet())
}

pub async fn backup_preview(_: PathBuf) -> Answered<BackupPreview> {
    Err(not_yet())
}

pub async fn restore(_: &Payung, _: PathBuf) -> Answered<RestoreDone> {
    Err(not_yet())
}

/// The village and its regulation come from the district's file.
pub async fn join(payung: &Payung, join: JoinVillage) -> Answered<NewRegisterDone> {
    let file = convert::enrolment::read(&join.enrolment)?;
    let code = file.village;
    let usual = || code.usual_head_title().to_owned();
    let head_title = if join.head_title.trim().is_empty() { usual() } else { join.head_title };
    let new = NewRegister {
        village: code.to_string(),
        head_title,
        operators: join.operators,
        head: join.head,
        idle_minutes: join.idle_minutes,
        enrolment: None,
    };
    let setup = convert::enrolment::setup(new, Some(&file))?;
    let code = payung.open(move |folder, tools| Register::create(folder, &setup, tools)).await?;
    let kept = payung.courier.keep(&file);
    payung.courier.opened();
    Ok(NewRegisterDone {
        recovery_code: code.groups(),
        enrolment_problem: kept.err().map(|error| error.message),
    })
}

fn not_yet() -> CommandError {
    CommandError::problem("Ini belum dapat dilakukan dalam versi ini.")
}
