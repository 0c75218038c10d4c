//! *Penduduk*: the village's people to pick applicants from, and the others of one family. They never leave the village.

use super::import::{AgeBand, FacetView};
use super::judgement::ReadinessView;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PopulationQuery {
    /// Beginnings of words of name, NIK, KK or hamlet; empty for all.
    pub search: String,
    pub ages: Option<AgeBand>,
    /// Empty for all; the empty value stands for those without one.
    pub occupations: Vec<String>,
    /// Empty for all; the empty value stands for those without one.
    pub hamlets: Vec<String>,
    /// Empty for all.
    pub readiness: Vec<ReadinessView>,
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PopulationPage {
    /// How many match.
    pub total: u32,
    /// How many there are.
    pub all: u32,
    pub rows: Vec<PopulationRow>,
    /// Of everybody, whatever the query.
    pub occupations: Vec<FacetView>,
    pub hamlets: Vec<FacetView>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PopulationRow {
    pub id: i64,
    pub nik: String,
    pub name: String,
    pub kk: String,
    pub hamlet: String,
    pub birth_date: Option<String>,
    pub age: Option<u32>,
    pub occupation_words: String,
    pub readiness: Option<ReadinessView>,
    /// The applicant that this person is already.
    pub person_id: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Picked {
    /// The new drafts.
    pub people: Vec<i64>,
    /// Applicants already; nobody was made twice.
    pub already: Vec<i64>,
    pub words: String,
}

/// Somebody else with the same number of *kartu keluarga*.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Relative {
    /// An applicant already.
    pub person_id: Option<i64>,
    /// In the population.
    pub population_id: Option<i64>,
    pub name: String,
    pub nik: String,
    pub age: Option<u32>,
    pub readiness: Option<ReadinessView>,
    /// Where they stand, such as *belum didata*.
    pub words: String,
}

/// A value of the person typed last, offered under the field.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    pub field: String,
    pub value: String,
    pub words: String,
}
