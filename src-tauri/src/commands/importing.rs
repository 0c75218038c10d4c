//! Import: a file is opened, looked through, taken, and taken back.

use super::dialogs;
use crate::convert::import as convert;
use crate::dto::{
    ImportDone, ImportPlanView, ImportRequest, ImportRowsPage, ImportRowsQuery, OpenedImport, PastImport,
    UndoneImport,
};
use crate::error::Answered;
use crate::importing;
use crate::state::Here;
use payung_journal::TrailKind;
use payung_register::{ImportId, Op};
use tauri::AppHandle;

const ENDINGS: &[&str] = &["xlsx", "xlsm", "xls", "csv", "zip"];

/// Lets the clerk choose a CSV or Excel file, or OpenSID's zip; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_import_file(app: AppHandle, payung: Here<'_>) -> Answered<Option<String>> {
    let picked = dialogs::pick(app, "Berkas data penduduk atau calon penerima", ENDINGS).await?;
    payung.given.remember(picked.iter().map(Into::into));
    Ok(picked)
}

/// Reads a file that a dialog or a drop gave and says what it is. It is kept until it is closed, until another one is
/// opened, or until the register is locked.
#[tauri::command]
#[specta::specta]
pub async fn open_import(payung: Here<'_>, path: String) -> Answered<OpenedImport> {
    importing::open(&payung, &path).await
}

/// What would become of the open file; writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn plan_import(payung: Here<'_>, request: ImportRequest) -> Answered<ImportPlanView> {
    importing::plan(&payung, request).await
}

/// Rows of the newest plan, in the file's order.
#[tauri::command]
#[specta::specta]
pub async fn import_rows(payung: Here<'_>, query: ImportRowsQuery) -> Answered<ImportRowsPage> {
    importing::rows(&payung, query).await
}

/// Takes the open file in one transaction.
#[tauri::command]
#[specta::specta]
pub async fn run_import(payung: Here<'_>, request: ImportRequest) -> Answered<ImportDone> {
    importing::run(&payung, request).await
}

/// Saves the refused rows of the newest plan as a workbook to fill in; its path, or `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn save_corrections(app: AppHandle, payung: Here<'_>) -> Answered<Option<String>> {
    let (name, bytes) = importing::corrections(&payung).await?;
    let Some(path) = dialogs::save_as(app, "Simpan berkas perbaikan", name).await? else { return Ok(None) };
    std::fs::write(&path, bytes).map_err(|error| convert::not_written(&error))?;
    let note = "baris impor yang ditolak disimpan untuk diperbaiki".to_owned();
    payung
        .write(move |register| {
            register.transact(Op::Trail { what: TrailKind::Exported, person: None, note })?;
            Ok(())
        })
        .await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

/// Lets go of the open file; nothing of it stays in memory.
#[tauri::command]
#[specta::specta]
pub async fn close_import(payung: Here<'_>) -> Answered<()> {
    importing::close(&payung).await
}

/// What was imported so far, newest first.
#[tauri::command]
#[specta::specta]
pub async fn imports(payung: Here<'_>) -> Answered<Vec<PastImport>> {
    payung.with(|register| Ok(register.imports()?.iter().map(convert::past).collect())).await
}

/// Takes an import back, as far as nobody has gone on with its people; those are named.
#[tauri::command]
#[specta::specta]
pub async fn undo_import(payung: Here<'_>, id: i64) -> Answered<UndoneImport> {
    importing::undo(&payung, ImportId(id)).await
}

/// Stops the long work that runs now. What is stopped fails with `stopped`, and nothing of it is written.
#[tauri::command]
#[specta::specta]
pub async fn cancel_work(payung: Here<'_>) -> Answered<()> {
    payung.stops.stop();
    Ok(())
}
