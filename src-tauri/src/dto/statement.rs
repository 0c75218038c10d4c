//! Statements and the head's room.

use super::app::PersonView;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatementCandidate {
    pub id: i64,
    pub name: String,
    pub nik: String,
    pub hamlet: String,
    pub occupation: String,
    pub needs_new_statement: bool,
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewStatement {
    pub people: Vec<i64>,
    /// One letter for all, or one for each.
    pub collective: bool,
    /// From the village's paper agenda; may be empty. With one letter for each, the first number; the next count up.
    pub number: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PreparedStatements {
    pub ids: Vec<i64>,
    /// Worth saying, stopped nothing: a number that another letter bears.
    pub notices: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatementRow {
    pub id: i64,
    pub number: String,
    pub collective: bool,
    /// Without those struck out.
    pub people: u32,
    pub first_name: String,
    pub status: StatementStatus,
    pub status_words: String,
    pub prepared_at: i64,
    pub prepared_by: String,
    /// Civil date.
    pub signed_on: Option<String>,
    pub signer: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StatementStatus {
    AwaitingSignature,
    /// Signed on screen, the meterai is still to come.
    AwaitingStamp,
    /// Signed, and nothing more is asked (an offered letter).
    Signed,
    Withdrawn,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatementView {
    pub row: StatementRow,
    /// *Surat Pernyataan Kepala Desa* or *Surat Pengantar Usulan*.
    pub name: String,
    /// The sentence the head declares.
    pub declaration: String,
    pub draft_regulation: bool,
    pub people: Vec<StatementPerson>,
    /// SHA-256 of the signed PDF in hex; `null` until signed.
    pub digest: Option<String>,
    pub can_withdraw: bool,
    pub withdrawn_reason: Option<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatementPerson {
    pub id: i64,
    pub name: String,
    pub nik: String,
    pub birth_date: String,
    pub age: Option<u32>,
    pub occupation: String,
    pub workplace: String,
    pub working_since: String,
    /// Why the head struck the person out.
    pub struck: Option<String>,
    /// An attested fact changed since the letter was prepared or signed.
    pub changed: bool,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeadRoom {
    pub head: PersonView,
    /// Letters that wait for this head.
    pub waiting: Vec<StatementRow>,
}

/// A drawn signature. Coordinates in hundredths of a pad pixel, pressure 0 to 1000, time in milliseconds from the first
/// touch.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Drawing {
    pub width: i32,
    pub height: i32,
    pub strokes: Vec<Stroke>,
}

#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Stroke {
    pub points: Vec<StrokePoint>,
}

#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StrokePoint {
    pub x: i32,
    pub y: i32,
    pub pressure: i32,
    pub time: i32,
}

/// The final pages, not yet signed: show them (`statementPdf`), then ask for the secret.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FrozenStatement {
    pub statement_id: i64,
    /// SHA-256 of the PDF in hex; hand it back when signing.
    pub digest: String,
    pub people: u32,
    pub struck: u32,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignedStatementView {
    pub row: StatementRow,
    /// What comes next: the meterai, or sending.
    pub words: String,
}
