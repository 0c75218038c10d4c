//! The link to the district.

use crate::convert::sync::{attempt, not_exchanged};
use crate::dto::{CommandError, PersonOutcome, SyncAttempt, SyncOutcome, SyncStatus};
use crate::error::Answered;
use crate::state::Here;
use payung_sync::SyncError;

/// Attempts shown.
const ATTEMPTS_SHOWN: u64 = 200;

#[tauri::command]
#[specta::specta]
pub async fn sync_status(payung: Here<'_>) -> Answered<SyncStatus> {
    payung.courier.status().await.ok_or_else(CommandError::locked)
}

/// Exchanges with the district now; returns when it is done. Being offline is an outcome, not an error.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(payung: Here<'_>) -> Answered<SyncOutcome> {
    match payung.courier.go_now().await {
        Ok(outcome) => Ok(outcome),
        Err(SyncError::Locked) => Err(CommandError::locked()),
        Err(error) => Ok(not_exchanged(&error)),
    }
}

/// Newest first, at most 200.
#[tauri::command]
#[specta::specta]
pub async fn sync_history(payung: Here<'_>) -> Answered<Vec<SyncAttempt>> {
    payung
        .with(|register| Ok(register.sync_attempts(ATTEMPTS_SHOWN)?.into_iter().map(attempt).collect()))
        .await
}

/// What came of each person in the last exchange that carried any.
#[tauri::command]
#[specta::specta]
pub async fn last_outcomes(payung: Here<'_>) -> Answered<Vec<PersonOutcome>> {
    payung.with(|_| Ok(())).await?;
    Ok(payung.courier.last_outcomes())
}
