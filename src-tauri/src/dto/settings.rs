//! Settings of the village, its people, and what this program is.

use super::app::PersonView;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    pub values: SettingsValues,
    pub people: Vec<PersonView>,
    pub district: Option<DistrictView>,
    /// The emblem on the letterhead as a `data:` address; `null` for none.
    pub emblem: Option<String>,
    /// Worth saying about what is set, such as an acting title.
    pub notices: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsValues {
    /// 1 to 120.
    pub idle_minutes: u32,
    /// Percent, 100 to 200.
    pub text_scale: u32,
    /// *Kepala Desa*, *Perbekel*, *Lurah*, *Pj. Kepala Desa*, ...
    pub head_title: String,
    /// A Lurah has one; else empty.
    pub head_nip: String,
    /// The letterhead's address line.
    pub office_address: String,
    /// Where letters are dated; empty takes the village's name.
    pub place: String,
    /// The pattern of letter numbers, such as `{kode}/{nomor}/{kode_desa}/{bulan}/{tahun}`; empty counts up from the
    /// last one.
    pub number_pattern: String,
    /// What `{kode}` stands for, such as `140`.
    pub number_code: String,
    pub paper: PaperKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PaperKey {
    A4,
    /// 215 by 330 mm.
    F4,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DistrictView {
    pub regency_name: String,
    pub url: String,
    pub fingerprint: String,
    /// False: the file is kept, the district was not reached yet.
    pub enrolled: bool,
}

#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChangeSecret {
    pub person_id: u32,
    pub old_secret: String,
    pub new_secret: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct About {
    pub version: String,
    pub licence: String,
    pub data_folder: String,
    pub region_source: String,
    pub regulations: Vec<AboutRegulation>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AboutRegulation {
    pub id: String,
    pub title: String,
    pub citation: String,
    pub draft: bool,
    /// SHA-256 of the regulation in hex, first 16 digits.
    pub digest: String,
}
