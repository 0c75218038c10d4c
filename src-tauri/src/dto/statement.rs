//! Statements and the head's room.

use super::app::PersonView;
use super::applicant::{DeliveryKey, HistoryLine, StatementRef};
use super::stamp::{StampView, StatementFile};
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
    /// How far the newest that happened to it got; stands beside the status, in a word of its own.
    pub delivery: DeliveryKey,
    pub delivery_words: String,
    pub prepared_at: i64,
    pub prepared_by: String,
    /// Civil date.
    pub signed_on: Option<String>,
    pub signer: Option<String>,
    pub stamp_serial: Option<String>,
    /// The duty on this letter in rupiah; 0 where none is asked.
    pub cost_rupiah: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StatementStatus {
    /// Not handed to the head yet; the clerk may change it.
    Draft,
    AwaitingSignature,
    /// Signed on screen, the meterai is still to come.
    AwaitingStamp,
    /// Stamped, or signed where no stamp is asked.
    Complete,
    /// Everybody in it has a newer letter or is out, and at least one has a newer one.
    Replaced,
    /// Taken back before the signature, or revoked after it; the words say which.
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
    /// SHA-256 of what the head was shown, in hex; `null` until signed.
    pub digest: Option<String>,
    pub withdrawn_reason: Option<String>,
    pub stamp: Option<StampView>,
    /// Why the district refused the stamp: the letter waits for its meterai again.
    pub stamp_refused: Option<String>,
    /// When the district received the signature, by its own clock.
    pub timestamped_at: Option<i64>,
    pub replaces: Vec<StatementRef>,
    pub replaced_by: Vec<StatementRef>,
    /// When all of it was at the district, by its receipts; `null` while something waits.
    pub arrived_at: Option<i64>,
    /// Of the signed document; `null` until frozen.
    pub pages: Option<u32>,
    /// The code printed on every page; `null` until frozen.
    pub content_code: Option<String>,
    /// Prints for a wet signature so far. Each bears the duty, so there should be one.
    pub originals_printed: u32,
    /// The district certified the head's key.
    pub certified: bool,
    /// What the signature is, as paper and screen call it; `null` until signed.
    pub signature_words: Option<String>,
    /// What came back stamped, and the pages it was signed as.
    pub files: Vec<StatementFile>,
    /// Worth a second look before going on: an acting title, a number used before.
    pub warnings: Vec<String>,
    /// What became of it and by whom, newest first. An empty actor: nobody wrote it down.
    pub history: Vec<HistoryLine>,
    pub actions: StatementActions,
}

/// What may be done with the letter now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatementActions {
    pub can_edit: bool,
    pub can_hand_over: bool,
    /// Before the signature.
    pub can_withdraw: bool,
    /// After it, in the head's room.
    pub can_revoke: bool,
    pub can_stamp: bool,
    /// A stamp stands there, and may have been mistyped.
    pub can_correct_stamp: bool,
    /// Without the drawing, for a wet signature.
    pub can_print_original: bool,
    /// Marked SALINAN.
    pub can_print_copy: bool,
}

/// `menunggu meterai: 3 surat, Rp30.000`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitingStamps {
    pub letters: u32,
    pub people: u32,
    pub cost_rupiah: u32,
    pub words: String,
}

/// Which pages of a letter are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// Without the drawing, for the wet signature: the one original.
    WetOriginal,
    /// Marked SALINAN on every page.
    Copy,
    /// The bytes that were signed; before the signature the preview.
    AsSigned,
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
    /// After the signature the person died, moved or withdrew; the letter stays good for the rest.
    pub taken_out: Option<TakenOut>,
}

/// The dated note by which somebody leaves a signed letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakenOut {
    /// Civil date.
    pub on: String,
    pub reason: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeadRoom {
    pub head: PersonView,
    pub key: HeadKeyView,
    /// Letters that wait for this head.
    pub waiting: Vec<StatementRow>,
}

/// The head's own key on this device: what an officer compares with the head himself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeadKeyView {
    pub fingerprint: String,
    pub certified: bool,
    /// False: the district ended this key, and no new one follows.
    pub can_sign: bool,
    pub words: String,
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
    /// SHA-256 over everything outside the empty place of the signature, in hex; hand it back when signing.
    pub digest: String,
    pub pages: u32,
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
