//! The one shape in which a command fails.

use serde::Serialize;
use specta::Type;

/// What went wrong, whether the data is safe, and what to do now, in the clerk's language.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CommandError {
    pub code: ErrorCode,
    pub message: String,
    /// Values to mend, each with its reason; empty when no single field is at fault.
    pub fields: Vec<FieldProblem>,
    /// After a wrong secret: how long until the next try is taken.
    pub wait_seconds: Option<u32>,
}

/// Only what the window treats differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The register is closed: show the unlock page.
    Locked,
    /// The head's room is closed: show its door.
    HeadRoomClosed,
    WrongSecret,
    /// A letter of the recovery code is mistyped.
    RecoveryTypo,
    /// See `fields`.
    Invalid,
    /// The person does not meet a rule: ask, then repeat with `acknowledge`.
    NeedsAcknowledgement,
    /// Others of this village hold the NIK: ask for a reason, then repeat with it.
    SameNik,
    /// People here may be the same person: ask for a reason, then repeat with it.
    Alike,
    /// The clerk stopped it; nothing changed.
    Stopped,
    /// What the screen shows is no longer what stands in the register: load again.
    Stale,
    NotFound,
    /// Everything else; the message says it all.
    Problem,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The field's name as in the template (`nik`, `tanggal_lahir`, ...) or the name of the input (`passphrase`).
    pub field: String,
    pub message: String,
}
