//! *Pemeriksaan syarat*: what the regulation says about the facts as they stand.

use super::error::FieldProblem;
use super::likeness::AlikeView;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// Values as typed, by the template's column names. Empty values may be left out.
pub type Values = BTreeMap<String, String>;

/// The answer to every key press.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    pub judgement: JudgementView,
    /// Values that cannot be read, with the rule and the remedy.
    pub errors: Vec<FieldProblem>,
    pub nik: NikFacts,
    /// People who may be the same one under another NIK, likeliest first.
    pub alike: Vec<AlikeView>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JudgementView {
    pub verdict: VerdictView,
    /// The verdict in one sentence.
    pub sentence: String,
    /// "Memenuhi syarat belum berarti ditetapkan." wherever the verdict is good.
    pub caution: Option<String>,
    pub readiness: ReadinessView,
    /// The civil date on which it was judged.
    pub registered_on: String,
    pub regulation_title: String,
    pub draft: bool,
    pub findings: Vec<FindingView>,
    pub warnings: Vec<WarningView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum VerdictView {
    Eligible,
    Ineligible,
    Incomplete,
    Pending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReadinessView {
    /// May stand in a statement.
    Attestable,
    /// May travel as *usulan dengan catatan*.
    WithNotes,
    /// A fact is missing.
    Incomplete,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    pub rule: String,
    pub title: String,
    pub cite: String,
    pub outcome: OutcomeView,
    pub message: String,
    /// The one thing to do.
    pub remedy: Option<String>,
    /// *dinyatakan*, *dipadankan* or *dokumen*.
    pub rests_on: String,
    /// The reading chosen where the text leaves it open, with the alternative.
    pub tafsir: Option<String>,
    /// The date on which age turns the outcome.
    pub changes_on: Option<String>,
    /// Columns the rule reads, for jumping to the field.
    pub fields: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeView {
    Met,
    NotMet,
    Unknown,
    Pending,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WarningView {
    pub id: String,
    pub message: String,
    pub field: Option<String>,
}

/// What the NIK itself says. Its format can be right; nobody can say that it is valid.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NikFacts {
    /// 16 digits in the right format.
    pub well_formed: bool,
    /// Grouped for reading; empty unless well-formed.
    pub grouped: String,
    pub birth_date: Option<String>,
    /// `L` or `P`.
    pub sex: Option<String>,
    /// The regency of first registration: information, never evidence of residence.
    pub regency_name: Option<String>,
    /// Why it is not well-formed; `null` while empty.
    pub problem: Option<String>,
    /// Others in this register with the same NIK.
    pub others: Vec<SameNik>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SameNik {
    pub id: i64,
    pub name: String,
    pub hamlet: String,
    pub state_words: String,
}
