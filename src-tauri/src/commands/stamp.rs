//! The meterai comes in: its serial, the scans or the final PDF.

use super::dialogs;
use crate::dto::{CommandError, MeteraiKindKey, NewStamp, SerialCheck, StampCheck, StatementView};
use crate::error::Answered;
use crate::state::Here;
use payung_register::StatementId;
use tauri::AppHandle;

/// Lets the clerk choose scans, photos or the final PDF; empty when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_stamp_files(app: AppHandle, payung: Here<'_>) -> Answered<Vec<String>> {
    let endings = &["pdf", "jpg", "jpeg", "png"];
    let picked = dialogs::pick_many(app, "Pindaian atau PDF bermeterai", endings).await?;
    payung.given.remember(picked.iter().map(Into::into));
    Ok(picked)
}

/// What is in the files; records nothing.
#[tauri::command]
#[specta::specta]
pub async fn check_stamp_files(payung: Here<'_>, id: i64, paths: Vec<String>) -> Answered<StampCheck> {
    let _ = (payung, id, paths);
    Err(CommandError::not_in_this_version())
}

/// Keeps the stamp with its files.
#[tauri::command]
#[specta::specta]
pub async fn record_stamp(payung: Here<'_>, id: i64, stamp: NewStamp) -> Answered<StatementView> {
    let _ = (payung, id, stamp);
    Err(CommandError::not_in_this_version())
}

/// Whether a serial has a usual shape and is free. `statement`: the letter it is meant for.
#[tauri::command]
#[specta::specta]
pub async fn check_serial(
    payung: Here<'_>,
    serial: String,
    kind: MeteraiKindKey,
    statement: Option<i64>,
) -> Answered<SerialCheck> {
    let statement = statement.map(StatementId);
    payung.with(move |register| crate::convert::stamp::serial_check(register, &serial, kind, statement)).await
}

/// Opens a file that stands beside a letter, by its digest.
#[tauri::command]
#[specta::specta]
pub async fn open_statement_file(payung: Here<'_>, digest: String) -> Answered<()> {
    let _ = (payung, digest);
    Err(CommandError::not_in_this_version())
}
