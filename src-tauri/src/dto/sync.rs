//! The truth about the link to the district.

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
    pub words: String,
    pub sent_entries: u32,
    pub total_entries: u32,
    pub received_entries: u32,
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
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonOutcome {
    pub id: i64,
    pub name: String,
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncAttempt {
    pub at: i64,
    pub ok: bool,
    pub words: String,
    pub sent_entries: u32,
    pub received_entries: u32,
}
