//! What a reader sees of the population. Plain values: nothing here can write.

use crate::ids::{PersonId, PopulationId};
use crate::importing::Selection;
use payung_domain::{CivilDate, Readiness};
use std::fmt;

/// Most rows in one page.
pub const POPULATION_ROWS_MAX: u64 = 500;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PopulationQuery {
    /// As in the list of applicants.
    pub search: String,
    pub selection: Selection,
    pub offset: u64,
    /// Rows wanted, at most [`POPULATION_ROWS_MAX`].
    pub limit: u64,
}

/// One stretch of the population, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PopulationPage {
    /// How many fit in all stretches.
    pub total: u64,
    /// How many there are at all.
    pub all: u64,
    pub rows: Vec<PopulationRow>,
    /// Of everybody, by alphabet; an empty text stands for those without one.
    pub occupations: Vec<(String, u64)>,
    pub hamlets: Vec<(String, u64)>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct PopulationRow {
    pub id: PopulationId,
    /// Empty where there is none yet.
    pub nik: String,
    pub name: String,
    pub kk: String,
    pub hamlet: String,
    pub birth_date: Option<CivilDate>,
    /// The template's word where it is one, else as read.
    pub occupation: String,
    /// Judged on today.
    pub readiness: Readiness,
    /// The applicant who is this person.
    pub person: Option<PersonId>,
}

impl fmt::Debug for PopulationRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PopulationRow({}, {:?}, {:?})", self.id.0, self.readiness, self.person)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PopulationCounts {
    pub all: u64,
    /// Not yet applicants, of an age within the regulation's bounds and with an occupation of its list.
    pub eligible: u64,
}

/// What picking came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// Drafts made from the rows.
    pub people: Vec<PersonId>,
    /// Those who were applicants already.
    pub already: Vec<PersonId>,
}

/// Somebody of the same family card.
#[derive(Clone, PartialEq, Eq)]
pub struct Relative {
    /// As an applicant.
    pub person: Option<PersonId>,
    /// In the population.
    pub population: Option<PopulationId>,
    pub nik: String,
    pub name: String,
    pub birth_date: Option<CivilDate>,
    /// Of the newest version; of drafts and of the population as judged on today.
    pub readiness: Readiness,
}

impl fmt::Debug for Relative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relative({:?}, {:?}, {:?})", self.person, self.population, self.readiness)
    }
}
