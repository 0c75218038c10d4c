//! *Ada dua isian*: two laptops changed one person, and a person chooses field by field.

use super::judgement::Values;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TwoVersions {
    pub person: i64,
    /// What happened and what to do.
    pub words: String,
    /// The version that both started from: shown until somebody chose.
    pub base: VersionView,
    /// Two or more, the earlier first.
    pub heads: Vec<VersionView>,
    /// Only fields in which the versions are not all the same, in the order of the form.
    pub differing: Vec<DifferingField>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    /// Names this version; handed back when choosing.
    pub entry: String,
    pub at: i64,
    pub actor: String,
    /// *laptop ini* or *laptop lain (…ab12)*.
    pub device: String,
    pub values: Values,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DifferingField {
    pub field: String,
    pub label: String,
    /// As people read it; empty for nothing.
    pub base: String,
    /// One for each of `heads`, in their order.
    pub heads: Vec<DifferingValue>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DifferingValue {
    /// As stored; goes into `ChooseVersion.values`.
    pub value: String,
    /// As people read it; empty for nothing.
    pub words: String,
    /// This side changed it.
    pub changed: bool,
}

#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChooseVersion {
    pub person: i64,
    /// Exactly those that were shown; `stale` when another came in between.
    pub heads: Vec<String>,
    /// The result, field by field. Fields that are left out are as in the first of `heads`.
    pub values: Values,
    pub acknowledge: bool,
    pub same_nik_reason: Option<String>,
}

/// One version of a person and how far it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VersionLine {
    /// From 1.
    pub number: u32,
    pub at: i64,
    pub actor: String,
    /// *Ditandai siap*, or the fields that it changed.
    pub words: String,
    pub delivery: super::applicant::DeliveryKey,
    pub delivery_words: String,
    /// What the district says about this very version; `null` while it says nothing.
    pub answer_words: Option<String>,
    /// The one that counts now.
    pub current: bool,
}
