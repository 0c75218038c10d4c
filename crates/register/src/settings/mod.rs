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
    /// The classification code that a number begins with, such as `140`, or empty.
    pub number_code: String,
    /// The paper that letters are set for.
    pub paper: Paper,
}

/// Paper of a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    #[default]
    A4,
    /// Folio, 215 x 330 mm.
    F4,
}

impl Paper {
    pub const fn key(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::F4 => "f4",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::A4, Self::F4].into_iter().find(|paper| paper.key() == key)
    }
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
    pub number_code: Option<String>,
    pub paper: Option<Paper>,
    /// The emblem of the letterhead, prepared JPEG or PNG; `Some(None)` takes it away. See `Register::emblem`.
    pub emblem: Option<Option<Vec<u8>>>,
}

/// Largest emblem kept, bytes.
pub const EMBLEM_BYTES_MAX: usize = 200_000;

/// Longest text of a setting, in characters.
pub const SETTING_CHARS_MAX: usize = 300;
/// The window must lock itself some time: longest idle time, in minutes.
pub const IDLE_LOCK_MINUTES_MAX: u32 = 120;

/// The regulation in use and its row.
pub(crate) struct CurrentRegulation {
    pub(crate) row: i64,
    pub(crate) regulation: Regulation,
}
