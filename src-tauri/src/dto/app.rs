//! Where the program stands: the first thing the window asks for.

use super::sync::SyncStatus;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    pub stage: Stage,
    /// Known once the register is open.
    pub village: Option<VillageView>,
    /// Who is signed in; in the head's room still the operator who opened the register.
    pub person: Option<PersonView>,
    /// Who sits in the head's room.
    pub head: Option<PersonView>,
    pub idle_minutes: u32,
    /// Text size of the window in percent, 100 to 200.
    pub text_scale: u32,
    /// Today's civil date in the village.
    pub today: String,
    pub sync: Option<SyncStatus>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No register in the data folder yet.
    Setup,
    Locked,
    Open,
    HeadRoom,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VillageView {
    /// With dots: `33.05.01.2001`.
    pub code: String,
    pub name: String,
    pub kind: VillageKindView,
    /// `Desa Ayah` or `Kelurahan Semarapura Kelod`.
    pub full_name: String,
    pub district: String,
    pub regency: String,
    /// With a dot: `33.05`.
    pub regency_code: String,
    pub province: String,
    /// *Kepala Desa*, *Perbekel*, *Lurah*, as the village calls its head.
    pub head_title: String,
    pub utc_offset_hours: i32,
    pub enrolled: bool,
    pub regulation: RegulationView,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum VillageKindView {
    Desa,
    Kelurahan,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegulationView {
    pub id: String,
    pub title: String,
    pub short_title: String,
    pub citation: String,
    /// Not in force: every paper says so.
    pub draft: bool,
    pub effective_from: Option<String>,
    pub statement: StatementNeedView,
    /// *Surat Pernyataan Kepala Desa* or *Surat Pengantar Usulan*.
    pub statement_name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StatementNeedView {
    Required,
    Offered,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    pub id: u32,
    pub name: String,
    pub role: RoleView,
    /// *Operator* or the head's title.
    pub title: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RoleView {
    Operator,
    Head,
}

/// The register was opened or closed from the Rust side, or somebody entered or left the head's room.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct StageChanged {
    pub stage: Stage,
    pub reason: StageReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StageReason {
    Asked,
    /// Nobody touched keyboard or mouse for the minutes that the settings say.
    Idle,
}
