//! The village and its settings.

pub(crate) mod rows;

use payung_domain::VillageCode;
use payung_regulation::Regulation;

/// Whose register this is; fixed when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Village {
    pub code: VillageCode,
    pub name: String,
    pub district_name: String,
    pub regency_name: String,
}

/// What a village may set. `SettingsChange` carries what changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// *Kepala Desa*, *Perbekel*, *Lurah*.
    pub head_title: String,
    /// Minutes without a key or a click until the window locks itself.
    pub idle_lock_minutes: u32,
    /// The letterhead's lines under the name of the village: address, telephone, post code.
    pub office_address: String,
    /// Where a statement is dated: the village's name unless set.
    pub place: String,
    /// NIP of a Lurah, or empty.
    pub head_nip: String,
    /// The pattern the next number is suggested from, or empty.
    pub number_pattern: String,
}

/// Fields left `None` stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsChange {
    pub head_title: Option<String>,
    pub idle_lock_minutes: Option<u32>,
    pub office_address: Option<String>,
    pub place: Option<String>,
    pub head_nip: Option<String>,
    pub number_pattern: Option<String>,
}

/// Longest text of a setting, in characters.
pub const SETTING_CHARS_MAX: usize = 300;
/// The window must lock itself some time: longest idle time, in minutes.
pub const IDLE_LOCK_MINUTES_MAX: u32 = 120;

/// The regulation in use and its row.
pub(crate) struct CurrentRegulation {
    pub(crate) row: i64,
    pub(crate) regulation: Regulation,
}
