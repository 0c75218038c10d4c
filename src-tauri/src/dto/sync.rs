//! The truth about the link to the district.

use super::photo::PhotoCounts;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    pub state: SyncState,
    /// The pill's one sentence, always true.
    pub words: String,
    pub waiting_people: u32,
    pub waiting_entries: u32,
    pub oldest_waiting_at: Option<i64>,
    /// In plain words; being without internet is not an error and stands in `state`.
    pub last_error: Option<String>,
    pub last_error_at: Option<i64>,
    pub next_try_at: Option<i64>,
    pub last_sync_at: Option<i64>,
    /// The laptop's clock is wrong: by how much, and what to do.
    pub skew: Option<String>,
    /// *Kabupaten Kebumen*; `null` before enrolment.
    pub regency: Option<String>,
    pub progress: Option<SyncProgress>,
    /// Photos stand beside the data: they never hold back *sudah sampai di kabupaten*.
    pub photos: PhotoCounts,
    /// Why the photos stopped, while the data went through; `null` when they did not.
    pub photo_problem: Option<String>,
    /// The newest comparison of both sides; `null` before the first.
    pub compared: Option<ComparedView>,
    /// When this laptop last wrote a backup; `null`: never.
    pub last_backup_at: Option<i64>,
}

/// Count and digest of everything, compared after an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedView {
    pub equal: bool,
    pub at: i64,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    NotEnrolled,
    /// No internet: normal.
    Offline,
    Idle,
    Syncing,
    /// The district was reached and something else went wrong.
    Error,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncProgress {
    pub phase: SyncPhase,
    pub words: String,
    pub sent_entries: u32,
    pub total_entries: u32,
    pub received_entries: u32,
    /// Of the photos that are sent or fetched now.
    pub photo_bytes_done: u32,
    pub photo_bytes_total: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SyncPhase {
    Contact,
    Data,
    Photos,
}

/// Sent while an exchange runs.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct SyncProgressed(pub SyncProgress);

/// Sent whenever anything in the status changes, also when an entry starts to wait.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatusChanged(pub SyncStatus);

/// Answers of the district arrived: lists and open pages load again.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct AnswersArrived {
    pub people: Vec<i64>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncOutcome {
    /// What happened, in one or two sentences; also for being offline.
    pub words: String,
    /// False: nothing was exchanged (see `words` and the status).
    pub exchanged: bool,
    pub sent_entries: u32,
    pub sent_people: u32,
    pub received_entries: u32,
    pub people: Vec<PersonOutcome>,
    /// Whether both sides hold the same now; `null` when that was not compared.
    pub compared: Option<bool>,
    /// What was recognised and mended, such as a restored district.
    pub healed: Vec<String>,
    /// What became of the photos, in words; `null` when there was nothing to do.
    pub photo_words: Option<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonOutcome {
    pub id: i64,
    pub name: String,
    pub words: String,
}

/// One line of the history, made to be read out over the phone.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncAttempt {
    /// Counts up by one for every attempt of this laptop.
    pub number: u32,
    pub at: i64,
    pub ok: bool,
    pub via: SyncVia,
    pub words: String,
    pub sent_entries: u32,
    pub received_entries: u32,
    pub sent_people: u32,
    pub sent_photos: u32,
    pub received_photos: u32,
    pub compared: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SyncVia {
    Internet,
    Stick,
}
