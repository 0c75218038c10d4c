//! *Mungkin orang yang sama*: people who may be one, side by side.

use serde::Serialize;
use specta::Type;

/// Somebody who may be the same person under another NIK.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AlikeView {
    /// An applicant.
    pub person_id: Option<i64>,
    /// In the population.
    pub population_id: Option<i64>,
    pub name: String,
    pub nik: String,
    pub birth_date: Option<String>,
    pub kk: String,
    pub hamlet: String,
    pub mother: String,
    /// What is the same or nearly so, in words.
    pub grounds: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    pub a: ComparedPerson,
    pub b: ComparedPerson,
    /// Every field that either of them has, in the form's order.
    pub rows: Vec<ComparedField>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedPerson {
    pub id: i64,
    pub name: String,
    pub state_words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedField {
    pub field: String,
    pub label: String,
    /// As people read it; empty where nothing is typed.
    pub a: String,
    pub b: String,
    pub differs: bool,
}
