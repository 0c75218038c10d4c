//! The list of applicants and one applicant.

use super::error::FieldProblem;
use super::finding::ViewKey;
use super::import::AgeBand;
use super::judgement::{Judged, JudgementView, NikFacts, ReadinessView, Values};
use super::likeness::AlikeView;
use super::versions::VersionLine;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, Deserialize, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListQuery {
    /// Beginnings of words of name, NIK, KK or hamlet; empty for all.
    pub search: String,
    /// Empty for all.
    pub states: Vec<StateKey>,
    pub delivery: Option<DeliveryKey>,
    pub filter: Option<ListFilter>,
    /// Empty for all.
    pub readiness: Vec<ReadinessView>,
    /// Empty for all; the empty value stands for those without one.
    pub occupations: Vec<String>,
    /// Empty for all; the empty value stands for those without one.
    pub hamlets: Vec<String>,
    pub ages: Option<AgeBand>,
    /// Only people who lack this fact, by its column.
    pub missing: Option<String>,
    pub view: Option<ViewKey>,
    pub sort: ListSort,
    pub descending: bool,
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StateKey {
    Draft,
    ReadyForStatement,
    AwaitingSignature,
    AwaitingStamp,
    NotSent,
    Arrived,
    NeedsFix,
    DuplicateNik,
    Passed,
    NotEligible,
    Ended,
    Cancelled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKey {
    /// A draft stays in the village.
    Local,
    NotSent,
    Arrived,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ListFilter {
    NeedsNewStatement,
    /// Released, and typed over since.
    Edited,
    /// *Siap* and in no statement: may be listed for the head.
    CanBeListed,
    /// The district says that another village holds the NIK.
    NikElsewhere,
    /// *Ada dua isian*.
    TwoVersions,
    /// *Mungkin orang yang sama*.
    MaybeSame,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ListSort {
    Updated,
    Name,
    Hamlet,
    BirthDate,
    State,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ApplicantPage {
    /// How many match in all.
    pub total: u32,
    pub rows: Vec<ApplicantRow>,
    /// Of the whole register, whatever the query.
    pub counts: Vec<StateCount>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StateCount {
    pub state: StateKey,
    pub words: String,
    pub count: u32,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ApplicantRow {
    pub id: i64,
    /// As typed; may be empty in a draft.
    pub name: String,
    pub nik: String,
    pub kk: String,
    pub hamlet: String,
    pub birth_date: Option<String>,
    /// In full years, today in the village.
    pub age: Option<u32>,
    pub occupation_words: String,
    pub state: StateKey,
    pub state_words: String,
    pub delivery: DeliveryKey,
    pub delivery_words: String,
    /// How many facts that the regulation asks for are missing.
    pub missing: u32,
    /// Of the newest version; a draft is judged on today.
    pub readiness: Option<ReadinessView>,
    pub flags: ApplicantFlags,
    pub updated_at: i64,
}

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ApplicantFlags {
    pub needs_new_statement: bool,
    pub edited: bool,
    pub can_be_listed: bool,
    pub nik_elsewhere: bool,
    /// Two laptops changed the person: nobody edits, lists or signs until somebody chose.
    pub two_versions: bool,
    /// Somebody else here may be the same person, and nobody has decided.
    pub maybe_same: bool,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ApplicantView {
    pub id: i64,
    /// As typed now, including an edit not yet said *siap*.
    pub values: Values,
    /// The version that travels; `null` for a draft.
    pub released_values: Option<Values>,
    /// Columns in which the two differ.
    pub edited_fields: Vec<String>,
    pub state: StateKey,
    pub state_words: String,
    pub delivery: DeliveryKey,
    pub delivery_words: String,
    /// Since when the state of delivery is so: since then the oldest version waits, or then all of it was at the district,
    /// by its receipts.
    pub delivery_since: Option<i64>,
    pub flags: ApplicantFlags,
    pub judgement: JudgementView,
    pub errors: Vec<FieldProblem>,
    pub nik: NikFacts,
    /// People who may be the same one under another NIK, likeliest first.
    pub alike: Vec<AlikeView>,
    /// The village that the district names as another holder of the NIK.
    pub nik_elsewhere: Option<String>,
    /// Why the clerk went on although another person here holds the NIK.
    pub same_nik_reason: Option<String>,
    pub release: ReleaseHint,
    /// The district's answers, newest first.
    pub answers: Vec<AnswerView>,
    pub statements: Vec<StatementRef>,
    pub ended: Option<EndedView>,
    /// Every version that travels and how far it got, newest first. Empty for a draft.
    pub versions: Vec<VersionLine>,
    /// Newest first.
    pub history: Vec<HistoryLine>,
    pub updated_at: i64,
}

/// Whether *Tandai siap* can be pressed now.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseHint {
    pub allowed: bool,
    /// A rule is not met or a fact is missing: the clerk must confirm *usulan dengan catatan*.
    pub needs_acknowledgement: bool,
    /// Others here hold the NIK: the clerk must give a reason.
    pub needs_same_nik_reason: bool,
    /// Others here may be the same person: the clerk must decide, or give a reason.
    pub needs_alike_reason: bool,
    /// What pressing does, or why it cannot be pressed.
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerView {
    pub at: i64,
    pub answer: AnswerKey,
    pub words: String,
    pub reasons: Vec<AnswerReason>,
    /// The district officer who decided; `null` for the program's own answer.
    pub officer: Option<String>,
    /// False: it speaks of an older version.
    pub current: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKey {
    Arrived,
    NeedsFix,
    DuplicateNik,
    Passed,
    NotEligible,
    /// Another village entered the same NIK after this one.
    HeldElsewhere,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerReason {
    pub field: Option<String>,
    pub rule: Option<String>,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatementRef {
    pub id: i64,
    pub number: String,
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EndedView {
    pub kind: EndKindKey,
    pub words: String,
    pub on: String,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum EndKindKey {
    Meninggal,
    Pindah,
    MengundurkanDiri,
    Dibatalkan,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryLine {
    pub at: i64,
    pub actor: String,
    pub words: String,
}

/// The answer to every saved field: durable when this arrives.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    pub id: i64,
    pub saved_at: i64,
    pub judged: Judged,
    pub release: ReleaseHint,
    pub edited_fields: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EndApplicant {
    pub id: i64,
    pub kind: EndKindKey,
    /// `YYYY-MM-DD` or `DD-MM-YYYY`.
    pub on: String,
    pub reason: String,
}
