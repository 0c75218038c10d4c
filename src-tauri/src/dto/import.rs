//! Import of the village's own files: what a file is, what would come of it, what came of it.

use super::judgement::ReadinessView;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// A file as read. It is kept until `close_import`, until another one is opened, or until the register is locked.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenedImport {
    pub file_name: String,
    /// The key of the recognised layout.
    pub layout: String,
    pub layout_words: String,
    /// Names of the sheets that rows were read from; empty for CSV.
    pub sheets: Vec<String>,
    /// Rows of the file, those without a person included.
    pub read: u32,
    /// Of those, rows that hold nobody to take in.
    pub skipped: u32,
    /// Columns that Payung does not need and does not keep.
    pub ignored_columns: Vec<String>,
    pub occupations: Vec<FacetView>,
    pub hamlets: Vec<FacetView>,
}

/// One value to filter by, and how many have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FacetView {
    pub value: String,
    pub words: String,
    pub count: u32,
}

/// What to take from the open file, and as what.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRequest {
    pub destination: DestinationKey,
    pub ages: Option<AgeBand>,
    /// Empty for all; the empty value stands for those without one.
    pub occupations: Vec<String>,
    /// Empty for all; the empty value stands for those without one.
    pub hamlets: Vec<String>,
    /// Empty for all.
    pub readiness: Vec<ReadinessView>,
    /// Mark every row without error *siap*. Applicants only.
    pub ready: bool,
    /// A row that cannot be read becomes a draft instead of being refused. Applicants only.
    pub keep_unreadable: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DestinationKey {
    /// People to pick from; they never leave the village.
    Population,
    Applicants,
}

/// Full years, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgeBand {
    pub from: u8,
    pub to: u8,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPlanView {
    pub figures: ImportFigures,
    /// How many would be *siap*.
    pub ready: u32,
    /// What the regulation says about every row that can be read, chosen or not.
    pub readiness: Vec<FacetView>,
    /// Why rows are left out.
    pub skipped_because: Vec<FacetView>,
    /// Rows that would be taken over with something in them still to be mended.
    pub notes: u32,
}

/// `read = new + changed + same + refused + skipped`, or nothing is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportFigures {
    pub read: u32,
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    pub refused: u32,
    pub skipped: u32,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FateKey {
    New,
    Changed,
    Same,
    Refused,
    Skipped,
}

#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowsQuery {
    /// `null`: every row, in the file's order.
    pub fate: Option<FateKey>,
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowsPage {
    pub total: u32,
    pub rows: Vec<ImportRowView>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowView {
    /// `null` in a CSV file.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: u32,
    pub name: String,
    pub nik: String,
    pub fate: FateKey,
    /// The fate, and why where it is not plain.
    pub fate_words: String,
    pub readiness: Option<ReadinessView>,
    pub age: Option<u32>,
    pub changes: Vec<ImportChange>,
    pub problems: Vec<ImportProblem>,
    /// The applicant that the row is about.
    pub person_id: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportChange {
    pub label: String,
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportProblem {
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: u32,
    /// As the spreadsheet names it; `null` where no single column is to blame.
    pub column: Option<String>,
    pub field: Option<String>,
    pub label: String,
    /// As found in the file.
    pub value: String,
    pub rule: String,
    /// Column, value, rule and what to type, in one sentence.
    pub message: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportDone {
    /// For `undo_import`; `null` where nothing was written.
    pub id: Option<i64>,
    pub figures: ImportFigures,
    /// How many are *siap*.
    pub ready: u32,
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastImport {
    pub id: i64,
    pub at: i64,
    pub actor: String,
    pub file_name: String,
    pub layout_words: String,
    pub destination: DestinationKey,
    pub figures: ImportFigures,
    pub undone_at: Option<i64>,
    pub can_undo: bool,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoneImport {
    /// People that the import made and that are gone again.
    pub removed: u32,
    /// People that have their former values again.
    pub restored: u32,
    /// People that stay as they are, each with the reason.
    pub kept: Vec<KeptPerson>,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeptPerson {
    pub id: i64,
    pub name: String,
    pub why: String,
}

/// How far long work is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WorkProgress {
    /// What is being done, in words.
    pub stage: String,
    pub done: u32,
    pub total: u32,
}

/// Sent while something takes long, at most ten times a second.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct WorkProgressed(pub WorkProgress);
