//! *Ada dua isian*.

use crate::dto::{ApplicantView, ChooseVersion, TwoVersions};
use crate::error::Answered;
use crate::state::Here;

/// What stands side by side; `null` when there is one version only.
#[tauri::command]
#[specta::specta]
pub async fn two_versions(payung: Here<'_>, person: i64) -> Answered<Option<TwoVersions>> {
    payung.with(move |register| crate::versions::two_versions(register, person)).await
}

/// The clerk chose field by field. Asks for the same confirmations as `release`.
#[tauri::command]
#[specta::specta]
pub async fn choose_version(payung: Here<'_>, choice: ChooseVersion) -> Answered<ApplicantView> {
    payung.write(move |register| crate::versions::choose(register, choice)).await
}
