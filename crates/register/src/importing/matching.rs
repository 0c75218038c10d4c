//! Who of the register a row is about: by NIK; without one by name, birth date and KK together.

use super::selecting::folded;
use super::views::Destination;
use crate::error::RegisterError;
use crate::ids::{PersonId, PopulationId};
use crate::person::rows;
use crate::{population, sql};
use payung_domain::{CivilDate, Field, FieldValues, KkNumber, Nik, State};
use rusqlite::Connection;
use std::collections::HashMap;

const ENDED: &str =
    "orang ini sudah ditandai meninggal, pindah, atau mundur; periksa di daftar calon penerima";
const TWO_VERSIONS: &str =
    "orang ini punya dua isian yang harus dibandingkan dahulu; buka orangnya dan pilih yang benar";

/// Somebody who is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Known {
    Person(PersonId),
    Population(PopulationId),
}

impl Known {
    pub(super) const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::Population(_) => None,
        }
    }

    pub(super) const fn population(self) -> Option<PopulationId> {
        match self {
            Self::Population(id) => Some(id),
            Self::Person(_) => None,
        }
    }
}

pub(super) struct Target {
    pub(super) id: Known,
    /// What is shown of them now.
    pub(super) values: FieldValues,
    /// Why nothing can be changed.
    pub(super) closed: Option<&'static str>,
    /// Never *siap* yet.
    pub(super) draft: bool,
}

impl Target {
    /// With what a row says; its empty cells say nothing.
    pub(super) fn values_with(&self, row: &FieldValues) -> FieldValues {
        with(&self.values, row)
    }
}

/// Without the blanks around them.
pub(crate) fn trimmed(values: &FieldValues) -> FieldValues {
    with(&FieldValues::default(), values)
}

/// Values with what a row says; its empty cells say nothing.
pub(crate) fn with(known: &FieldValues, row: &FieldValues) -> FieldValues {
    let mut merged = known.clone();
    for (field, _) in row.iter() {
        if let Some(text) = row.text(field)
            && known.text(field) != Some(text)
        {
            merged.set(field, text);
        }
    }
    merged
}

/// Name, birth date and KK, folded. What cannot be read counts as not said.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Who {
    name: String,
    birth: Option<CivilDate>,
    kk: String,
}

impl Who {
    pub(super) fn of(values: &FieldValues) -> Self {
        let text = |field| values.text(field).unwrap_or_default();
        Self::new(text(Field::Name), CivilDate::parse(text(Field::BirthDate)), text(Field::Kk))
    }

    fn new(name: &str, birth: Option<CivilDate>, kk: &str) -> Self {
        let kk = KkNumber::parse(kk).map_or_else(|_| kk.trim().to_owned(), |kk| kk.as_str().to_owned());
        Self { name: folded(name), birth, kk }
    }

    /// Somebody without even a name is like nobody.
    pub(super) fn says_something(&self) -> bool {
        !self.name.is_empty()
    }
}

pub(super) struct Matcher<'a> {
    db: &'a Connection,
    destination: Destination,
    /// Everyone by who they are, read when it is first asked for.
    people: Option<People>,
}

/// Those with a NIK apart from those without.
#[derive(Default)]
struct People {
    numbered: HashMap<Who, Vec<i64>>,
    unnumbered: HashMap<Who, Vec<i64>>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(db: &'a Connection, destination: Destination) -> Self {
        Self { db, destination, people: None }
    }

    /// Everybody who may be meant; more than one means that a person has to look.
    pub(super) fn find(&mut self, nik: &str, who: &Who) -> Result<Vec<Target>, RegisterError> {
        let mut found = Vec::new();
        if !nik.is_empty() {
            for id in self.holders(nik)? {
                found.extend(self.target(id)?);
            }
        }
        if found.is_empty() && who.says_something() {
            for id in self.alike(nik, who)? {
                found.extend(self.target(id)?);
            }
        }
        Ok(found)
    }

    fn holders(&self, nik: &str) -> Result<Vec<i64>, RegisterError> {
        match self.destination {
            Destination::Applicants => {
                Ok(rows::same_nik(self.db, nik, PersonId(0))?.into_iter().map(|id| id.0).collect())
            }
            Destination::Population => population::rows::by_nik(self.db, nik),
        }
    }

    /// A row without a NIK means whoever is the same otherwise; a row with one, somebody who had none until now.
    fn alike(&mut self, nik: &str, who: &Who) -> Result<Vec<i64>, RegisterError> {
        let people = match self.people.take() {
            Some(people) => people,
            None => self.everyone()?,
        };
        let people = self.people.insert(people);
        let of = |known: &HashMap<Who, Vec<i64>>| known.get(who).cloned().unwrap_or_default();
        let mut found = of(&people.unnumbered);
        if nik.is_empty() {
            found.extend(of(&people.numbered));
        }
        Ok(found)
    }

    fn everyone(&self) -> Result<People, RegisterError> {
        let mut people = People::default();
        let statement = match self.destination {
            Destination::Applicants => include_str!("applicants.sql"),
            Destination::Population => include_str!("residents.sql"),
        };
        sql::many(self.db, statement, [], |row| {
            let (nik, name, kk): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let who = Who::new(&name, sql::date(row.get(4)?)?, &kk);
            // A number that cannot be read is none yet.
            let known = if Nik::parse(&nik).is_ok() { &mut people.numbered } else { &mut people.unnumbered };
            known.entry(who).or_default().push(row.get(0)?);
            Ok(())
        })?;
        Ok(people)
    }

    /// `None`: entered by mistake and taken back, so nobody.
    fn target(&self, id: i64) -> Result<Option<Target>, RegisterError> {
        if self.destination == Destination::Population {
            let values = population::rows::values(self.db, PopulationId(id))?;
            let id = Known::Population(PopulationId(id));
            return Ok(Some(Target { id, values, closed: None, draft: true }));
        }
        let record = rows::load(self.db, PersonId(id))?;
        let closed = match record.status.state {
            State::Cancelled => return Ok(None),
            State::Ended => Some(ENDED),
            _ => record.two_versions.then_some(TWO_VERSIONS),
        };
        Ok(Some(Target {
            id: Known::Person(record.id),
            values: record.shown(),
            closed,
            draft: record.released.is_none(),
        }))
    }
}
