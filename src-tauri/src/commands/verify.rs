//! What a file says, its own or a stranger's.

use super::dialogs;
use crate::dto::{CommandError, VerifyView};
use crate::error::Answered;
use crate::state::Here;
use crate::verifying::look;
use tauri::AppHandle;

/// Lets the clerk choose a file to look at; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_verify_file(app: AppHandle, payung: Here<'_>) -> Answered<Option<String>> {
    let endings = &["pdf", "jpg", "jpeg", "png"];
    let picked = dialogs::pick(app, "PDF atau pindaian", endings).await?;
    payung.given.remember(picked.iter().map(Into::into));
    Ok(picked)
}

/// Looks at a file that a dialog or a drop gave.
#[tauri::command]
#[specta::specta]
pub async fn verify_file(payung: Here<'_>, path: String) -> Answered<VerifyView> {
    let path = payung.given.known(&path)?;
    let known = payung.with(|register| Ok(register.knowledge()?)).await?;
    let looked = tokio::task::spawn_blocking(move || look(&path, &known));
    let found = looked.await.map_err(|_| CommandError::broken())??;
    payung.with(move |register| found.view(register)).await
}
