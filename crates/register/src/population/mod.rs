//! The village's own population: plain rows to pick applicants from.
//!
//! It stays in this file and its backups. Nothing here is ever an entry, so nothing of it travels: not to the district,
//! not to the village's other laptops. A person of the population leaves the village only as an applicant, from *siap* on.

mod crowd;
pub(crate) mod door;
mod household;
pub(crate) mod proof;
pub(crate) mod rows;
mod views;

pub(crate) use crowd::Crowd;
pub(crate) use rows::applicant;
pub use views::*;

use crate::error::RegisterError;
use crate::ids::{PersonId, PopulationId};
use crate::reading;
use crate::register::Register;
use crate::sql::{self, sequence};
use payung_domain::{CivilDate, FieldValues, Occupation};
use payung_regulation::Kind;
use rusqlite::params;

impl Register {
    /// A stretch of the population, by name.
    pub fn population(&self, query: &PopulationQuery) -> Result<PopulationPage, RegisterError> {
        let footing = (&self.db, &self.village, &self.regulation, reading::today(self));
        self.with_crowd(|crowd| crowd.page(footing, query))
    }

    /// Reads the population where nobody has asked for it since it changed.
    pub(crate) fn with_crowd<T>(
        &self,
        ask: impl FnOnce(&mut Crowd) -> Result<T, RegisterError>,
    ) -> Result<T, RegisterError> {
        let mut known = self.crowd.borrow_mut();
        let crowd = match known.take() {
            Some(crowd) => crowd,
            None => Crowd::load(&self.db, reading::today(self))?,
        };
        ask(known.insert(crowd))
    }

    /// Everything that is kept of one of them.
    pub fn population_values(&self, id: PopulationId) -> Result<FieldValues, RegisterError> {
        rows::values(&self.db, id)
    }

    /// The others of a person's family card, applicants first.
    pub fn household(&self, person: PersonId) -> Result<Vec<Relative>, RegisterError> {
        household::household(self, person)
    }

    /// How many there are, and how many of them may be worth a visit.
    pub fn population_counts(&self) -> Result<PopulationCounts, RegisterError> {
        let (first, last) = self.births_that_fit();
        let words = serde_json::to_string(&self.occupations_that_fit())
            .map_err(|_| sql::damaged("words of occupations"))?;
        let parameters =
            params![first.map(|date| date.to_string()), last.map(|date| date.to_string()), words];
        let counts = sql::one(&self.db, include_str!("counts.sql"), parameters, |row| {
            Ok(PopulationCounts { all: sequence(row.get(0)?)?, eligible: sequence(row.get(1)?)? })
        })?;
        Ok(counts.unwrap_or_default())
    }

    /// The first and the last birth date within the regulation's ages; `None` where it sets no bound.
    fn births_that_fit(&self) -> (Option<CivilDate>, Option<CivilDate>) {
        let ages = self.regulation.regulation.rules.iter().find_map(|rule| match rule.kind {
            Kind::AgeBetween { min, max, .. } => Some((min, max)),
            _ => None,
        });
        let Some((min, max)) = ages else { return (None, None) };
        let today = reading::today(self);
        // Whoever was born a day earlier has completed `max + 1` years.
        let first = years_before(today, max + 1).map(|day| day.plus_days(1));
        (first, years_before(today, min))
    }

    /// Every word where the regulation's list is open.
    fn occupations_that_fit(&self) -> Vec<&'static str> {
        let closed = self.regulation.regulation.rules.iter().find_map(|rule| match &rule.kind {
            Kind::Works { occupations, .. } if !occupations.is_empty() => Some(occupations.clone()),
            _ => None,
        });
        match closed {
            Some(occupations) => occupations.into_iter().map(Occupation::name).collect(),
            None => Occupation::NAMES.to_vec(),
        }
    }
}

/// Whoever was born on or before this day has completed so many years; of a 29 February, 28 February counts.
fn years_before(today: CivilDate, years: u32) -> Option<CivilDate> {
    let year = today.year().checked_sub(i32::try_from(years).ok()?)?;
    CivilDate::new(year, today.month(), today.day()).or_else(|| CivilDate::new(year, 2, 28))
}
