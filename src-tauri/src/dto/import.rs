//! Import of the template.

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRequest {
    pub path: String,
    /// Read and judge only; nothing is written.
    pub dry_run: bool,
    /// Mark every row without error *siap*.
    pub ready: bool,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    pub file_name: String,
    pub rows: u32,
    /// Rows that were (or in a dry run would be) taken over.
    pub taken: u32,
    /// Of those, marked *siap*.
    pub ready: u32,
    /// Of those, with a NIK that the register or another row has too: a person looks at them.
    pub same_nik: u32,
    pub problems: Vec<ImportProblem>,
    pub ignored_columns: Vec<String>,
    pub written: bool,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportProblem {
    /// As the spreadsheet numbers it.
    pub row: u32,
    pub field: Option<String>,
    pub message: String,
}
