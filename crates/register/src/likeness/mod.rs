//! One person entered twice under two NIK: who looks like whom, and what somebody decided about it.
//!
//! A mark on the person's row says that somebody else is alike and nobody has decided. The door keeps it: whoever changes
//! is compared with those who share a birth date, a mother, a KK or nearly a NIK, unless very many do, and so are those who
//! looked like them before. Decisions stay in this register; another laptop of the village asks its own clerk.

mod comparing;
pub(crate) mod decisions;
mod kin;
mod marks;
mod names;
mod people;
#[cfg(test)]
mod tests;
mod traits;

use crate::error::RegisterError;
use crate::ids::{PersonId, PopulationId};
use crate::person::rows;
use crate::population;
use crate::register::Register;
use crate::roster::Roster;
use payung_domain::{CivilDate, FieldValues};
use people::{GROUP_MAX, People};
use rusqlite::Connection;
use std::cmp::Reverse;
use std::fmt;
use traits::Likeness;

pub(crate) use comparing::Changed;
pub(crate) use kin::Kin;
pub(crate) use marks::{prove, settle};
pub(crate) use names::Name;
pub use traits::Ground;
pub(crate) use traits::{Points, Traits, mother};

/// Most who are named as alike, the strongest first.
pub const ALIKE_MAX: usize = 5;

/// Somebody who may be the same person under another NIK: an applicant, or somebody of the population.
#[derive(Clone, PartialEq, Eq)]
pub struct Alike {
    pub person: Option<PersonId>,
    pub population: Option<PopulationId>,
    pub nik: String,
    pub name: String,
    pub birth_date: Option<CivilDate>,
    pub kk: String,
    pub hamlet: String,
    pub mother: String,
    /// In the order of [`Ground`].
    pub grounds: Vec<Ground>,
}

impl fmt::Debug for Alike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Alike({:?}, {:?}, {:?})", self.person, self.population, self.grounds)
    }
}

impl Register {
    /// Who looks like the person of these values and is not known to be somebody else, the strongest first. The same
    /// NIK is not alike, see [`Self::same_nik`].
    pub fn alike(&self, values: &FieldValues, except: Option<PersonId>) -> Result<Vec<Alike>, RegisterError> {
        let traits = Traits::of_values(except.map_or(0, |person| person.0), values);
        let mut found = self.alike_applicants(&traits)?;
        found.extend(self.alike_residents(&traits)?);
        found.sort_by_key(|(weight, _)| Reverse(*weight));
        Ok(found.into_iter().take(ALIKE_MAX).map(|(_, alike)| alike).collect())
    }

    fn alike_applicants(&self, traits: &Traits) -> Result<Vec<(u32, Alike)>, RegisterError> {
        let alike = undecided(&self.db, &self.roster, traits)?;
        let strongest = strongest_first(alike.into_iter().map(|(person, likeness)| (person.0, likeness)));
        let named = strongest.into_iter().take(ALIKE_MAX).map(|(weight, id, grounds)| {
            let line = rows::line(&self.db, PersonId(id))?;
            let alike = Alike {
                person: Some(PersonId(id)),
                population: None,
                nik: line.nik,
                name: line.name,
                birth_date: line.birth,
                kk: line.kk,
                hamlet: line.hamlet,
                mother: line.mother,
                grounds,
            };
            Ok((weight, alike))
        });
        named.collect()
    }

    /// Whoever of the population is an applicant already stands among those.
    fn alike_residents(&self, traits: &Traits) -> Result<Vec<(u32, Alike)>, RegisterError> {
        self.with_crowd(|crowd| {
            let alike = alike(&People::of(&crowd.roster, GROUP_MAX), traits);
            let mut found = Vec::new();
            for (weight, other, grounds) in strongest_first(alike.into_iter()) {
                let id = PopulationId(other);
                let columns = population::rows::one(&self.db, id)?.columns;
                if population::applicant(&self.db, Some(id), &columns.nik)?.is_some() {
                    continue;
                }
                let alike = Alike {
                    person: None,
                    population: Some(id),
                    nik: columns.nik,
                    name: columns.name,
                    birth_date: columns.birth,
                    kk: columns.kk,
                    hamlet: columns.hamlet,
                    mother: columns.mother,
                    grounds,
                };
                found.push((weight, alike));
                if found.len() == ALIKE_MAX {
                    break;
                }
            }
            Ok(found)
        })
    }
}

fn strongest_first(alike: impl Iterator<Item = (i64, Likeness)>) -> Vec<(u32, i64, Vec<Ground>)> {
    let mut weighed: Vec<(u32, i64, Vec<Ground>)> = alike
        .map(|(id, likeness)| {
            let (weight, grounds) = likeness.weigh();
            (weight, id, grounds)
        })
        .collect();
    weighed.sort_by_key(|(weight, _, _)| Reverse(*weight));
    weighed
}

/// Everybody of the register who looks like this person, unless somebody decided.
pub(crate) fn undecided(
    db: &Connection,
    roster: &Roster,
    traits: &Traits,
) -> Result<Vec<(PersonId, Likeness)>, RegisterError> {
    let mut found = Vec::new();
    for (id, likeness) in alike(&People::of(roster, GROUP_MAX), traits) {
        if !decisions::decided(db, PersonId(traits.id), PersonId(id))? {
            found.push((PersonId(id), likeness));
        }
    }
    Ok(found)
}

/// By their id.
fn alike(people: &People<'_>, traits: &Traits) -> Vec<(i64, Likeness)> {
    let mut candidates = Vec::new();
    let telling = people.beside(&traits.points, &mut candidates);
    let mut alike: Vec<(i64, Likeness)> = candidates
        .into_iter()
        .filter_map(|(key, who)| Some((people.id(who), people.compare(traits, &telling, key, who)?)))
        .collect();
    alike.sort_by_key(|(id, _)| *id);
    alike
}
