//! Carried by hand: the stick, the backup; and the laptops of the village.

use super::dialogs;
use crate::carry;
use crate::dto::{
    BackupDone, BackupPreview, BundleTaken, BundleWritten, DeviceView, JoinVillage, NewRegisterDone,
    RestoreDone,
};
use crate::error::Answered;
use crate::state::Here;
use tauri::AppHandle;

/// Writes what waits as one file for the district where the clerk says; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn export_bundle(app: AppHandle, payung: Here<'_>) -> Answered<Option<BundleWritten>> {
    let name = carry::bundle_name(&payung).await?;
    let Some(path) = dialogs::save_as(app, "Simpan kiriman di flashdisk", name).await? else {
        return Ok(None);
    };
    carry::export_bundle(&payung, path).await.map(Some)
}

/// Lets the clerk choose the district's file on a stick; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_bundle_file(app: AppHandle, payung: Here<'_>) -> Answered<Option<String>> {
    let picked = dialogs::pick(app, "Jawaban kabupaten di flashdisk", carry::BUNDLE_ENDINGS).await?;
    payung.given.remember(picked.iter().map(Into::into));
    Ok(picked)
}

/// Takes in the district's answer from a file that a dialog or a drop gave.
#[tauri::command]
#[specta::specta]
pub async fn import_bundle(payung: Here<'_>, path: String) -> Answered<BundleTaken> {
    let path = payung.given.known(&path)?;
    carry::import_bundle(&payung, path).await
}

/// This laptop first.
#[tauri::command]
#[specta::specta]
pub async fn devices(payung: Here<'_>) -> Answered<Vec<DeviceView>> {
    payung.with(|register| carry::devices(register)).await
}

/// Writes the whole register as one encrypted file where the clerk says; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn backup_now(app: AppHandle, payung: Here<'_>) -> Answered<Option<BackupDone>> {
    let name = carry::backup_name(&payung).await?;
    let Some(path) = dialogs::save_as(app, "Simpan cadangan", name).await? else { return Ok(None) };
    carry::backup(&payung, path).await.map(Some)
}

/// At first start: lets the clerk choose a backup; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_backup_file(app: AppHandle, payung: Here<'_>) -> Answered<Option<String>> {
    let picked = dialogs::pick(app, "Berkas cadangan Payung", carry::BACKUP_ENDINGS).await?;
    payung.given.remember(picked.iter().map(Into::into));
    Ok(picked)
}

/// Reads a backup that a dialog or a drop gave and says what is in it; changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn backup_preview(payung: Here<'_>, path: String) -> Answered<BackupPreview> {
    let path = payung.given.known(&path)?;
    carry::backup_preview(path).await
}

/// At first start: puts a backup into the empty data folder. Then it is opened with the secrets of that time.
#[tauri::command]
#[specta::specta]
pub async fn restore_backup(payung: Here<'_>, path: String) -> Answered<RestoreDone> {
    let path = payung.given.known(&path)?;
    carry::restore(&payung, path).await
}

/// At first start: makes a register for the village that the district's file names, and fetches what the district has.
#[tauri::command]
#[specta::specta]
pub async fn join_village(payung: Here<'_>, join: JoinVillage) -> Answered<NewRegisterDone> {
    carry::join(&payung, join).await
}
