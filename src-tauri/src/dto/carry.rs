//! What is carried by hand: bundles on a stick, backups; and the laptops of the village.

use super::setup::{EnrolmentSource, NewPerson};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A file for the district, on a stick.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BundleWritten {
    pub path: String,
    pub bytes: u64,
    pub entries: u32,
    pub photos: u32,
    /// What lies in it, and what to do with it.
    pub words: String,
}

/// What a file of the district brought.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BundleTaken {
    /// What happened, also for a file that was taken before.
    pub words: String,
    pub received_entries: u32,
    /// Entries of this village that the file proves to have arrived.
    pub arrived_entries: u32,
    pub photos: u32,
    /// Whether both sides hold the same after it; `null` where the file does not tell.
    pub compared: Option<bool>,
}

/// One laptop of the village, as the journal shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeviceView {
    /// Short sign to tell laptops apart, such as `ab12`.
    pub sign: String,
    /// *Laptop ini* or *Laptop lain (…ab12)*.
    pub name: String,
    pub own: bool,
    pub entries: u32,
    /// Of these, how many the district is known to hold.
    pub arrived_entries: u32,
    pub last_entry_at: Option<i64>,
    pub revoked: bool,
    /// How it stands, in words.
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupDone {
    pub path: String,
    pub bytes: u64,
    pub at: i64,
    pub words: String,
}

/// What a backup file says about itself before anything is put back.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupPreview {
    pub path: String,
    /// *Desa Ayah*, as far as the file tells it while closed; may be empty.
    pub village_name: String,
    pub made_at: i64,
    pub bytes: u64,
    /// Who can open it.
    pub people: Vec<String>,
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoreDone {
    /// The register is there and closed; what to do now.
    pub words: String,
}

/// A further laptop of a village that the district knows already, or one in the place of a lost one. The village is the
/// one that the district's file names.
#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JoinVillage {
    pub enrolment: EnrolmentSource,
    /// Empty takes the usual title of the place.
    pub head_title: String,
    /// At least one; of this laptop.
    pub operators: Vec<NewPerson>,
    pub head: Option<NewPerson>,
    pub idle_minutes: u32,
}
