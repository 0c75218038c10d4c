//! Who shares a family card, among the applicants and in the population.

use super::rows;
use super::views::Relative;
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::importing::judged;
use crate::person::rows as people;
use crate::reading;
use crate::register::Register;
use crate::sql;
use payung_domain::{CivilDate, Field, KkNumber};

/// The eldest first, applicants before those who are only in the population. Nobody twice.
pub(super) fn household(register: &Register, person: PersonId) -> Result<Vec<Relative>, RegisterError> {
    let db = &register.db;
    let ground = (db, &register.village, &register.regulation, reading::today(register));
    let shown = people::load(db, person)?.shown();
    let Ok(kk) = KkNumber::parse(shown.text(Field::Kk).unwrap_or_default()) else {
        return Ok(Vec::new());
    };
    let mut family = Vec::new();
    for id in applicants(register, kk.as_str(), person)? {
        family.push(applicant(register, id)?);
    }
    for resident in rows::by_kk(db, kk.as_str())? {
        let columns = resident.columns;
        match rows::applicant(db, Some(resident.id), &columns.nik)? {
            Some(known) if known == person => {}
            // Also an applicant whose own form names another family card, or none.
            Some(known) => match family.iter_mut().find(|relative| relative.person == Some(known)) {
                Some(relative) => relative.population = Some(resident.id),
                None if people::load(db, known)?.ended() => {}
                None => {
                    family.push(Relative { population: Some(resident.id), ..applicant(register, known)? })
                }
            },
            None => family.push(Relative {
                person: None,
                population: Some(resident.id),
                nik: columns.nik,
                name: columns.name,
                birth_date: columns.birth,
                readiness: judged(&ground, &rows::values(db, resident.id)?).1,
            }),
        }
    }
    Ok(family)
}

fn applicants(register: &Register, kk: &str, except: PersonId) -> Result<Vec<PersonId>, RegisterError> {
    sql::many(&register.db, include_str!("relatives.sql"), (kk, except.0), |row| Ok(PersonId(row.get(0)?)))
}

fn applicant(register: &Register, id: PersonId) -> Result<Relative, RegisterError> {
    let ground = (&register.db, &register.village, &register.regulation, reading::today(register));
    let record = people::load(&register.db, id)?;
    let shown = record.shown();
    let text = |field| shown.text(field).unwrap_or_default();
    let readiness = match record.readiness {
        Some(readiness) => readiness,
        None => judged(&ground, &shown).1,
    };
    Ok(Relative {
        person: Some(id),
        population: None,
        nik: people::nik_key(text(Field::Nik)),
        name: text(Field::Name).to_owned(),
        birth_date: CivilDate::parse(text(Field::BirthDate)),
        readiness,
    })
}
