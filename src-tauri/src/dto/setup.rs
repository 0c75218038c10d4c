//! First set-up and unlocking.

use super::app::{PersonView, RegulationView, RoleView, VillageKindView};
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RegionLevel {
    Regency,
    District,
    Village,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegionView {
    /// With dots; also the `parent` for the next level.
    pub code: String,
    pub name: String,
    /// Only for villages.
    pub kind: Option<VillageKindView>,
    /// Only for regencies: Payung carries its regulation. Others need an enrolment file that brings one.
    pub has_regulation: bool,
    /// The regions above, for telling equal names apart: `Ayah, Kebumen, Jawa Tengah`.
    pub within: String,
}

/// What the program proposes for a chosen village.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VillageProposal {
    pub code: String,
    pub name: String,
    pub kind: VillageKindView,
    pub full_name: String,
    pub district: String,
    pub regency: String,
    pub province: String,
    /// Usual titles, the likeliest first. The village may type another.
    pub head_titles: Vec<String>,
    /// `null`: Payung carries no regulation of this regency, an enrolment file must bring one.
    pub regulation: Option<RegulationView>,
}

#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewRegister {
    /// With or without dots.
    pub village: String,
    pub head_title: String,
    /// At least one.
    pub operators: Vec<NewPerson>,
    pub head: Option<NewPerson>,
    pub idle_minutes: u32,
    /// The district's file, when it is at hand already.
    pub enrolment: Option<EnrolmentSource>,
}

#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewPerson {
    pub name: String,
    /// Passphrase or keypad secret. Operators: 8 characters or more. Heads: 8, or 10 when digits only.
    pub secret: String,
}

/// Either a file's path or its content as dropped on the window.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentSource {
    pub path: Option<String>,
    pub text: Option<String>,
}

#[derive(Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewRegisterDone {
    /// Groups of letters and digits, to be written on paper. Shown once, never stored.
    pub recovery_code: String,
    /// The register stands, but the enrolment file could not be taken: why, and what to do. It can be given later.
    pub enrolment_problem: Option<String>,
}

/// What an enrolment file says, before it is taken.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentPreview {
    pub village_code: String,
    pub village_name: String,
    pub regency_name: String,
    pub url: String,
    /// The district's key in groups, to compare over the phone.
    pub fingerprint: String,
    pub expires_at: i64,
    /// By this laptop's clock, which may be wrong: the district decides.
    pub expired: bool,
    /// False when a register stands here and belongs to another village.
    pub fits: bool,
    pub regulations: Vec<String>,
}

/// The outcome of giving the enrolment file.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentDone {
    /// False: the file is kept and used as soon as the district can be reached.
    pub enrolled: bool,
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnlockPage {
    /// As far as the folder tells it while closed.
    pub village_name: Option<String>,
    pub people: Vec<PersonView>,
}

#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryUnlock {
    pub person_id: u32,
    pub code: String,
    pub new_secret: String,
}

#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddPerson {
    pub name: String,
    pub role: RoleView,
    pub secret: String,
}
