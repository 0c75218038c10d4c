//! Files about people that leave the register: tables, and the programme file of OpenSID.

use super::applicant::StateKey;
use serde::Deserialize;
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormatKey {
    Xlsx,
    Csv,
}

/// A *program bantuan* as OpenSID names it, and who is in it.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProgrammeRequest {
    pub name: String,
    /// First day, `YYYY-MM-DD` or `DD-MM-YYYY`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Everybody in one of these; no drafts.
    pub states: Vec<StateKey>,
}
