//! People to pick from, the others of a family, and what was typed last.

use super::count;
use super::facets::{counted, hamlet_words, occupation_words};
use super::people::{occupation, village_today};
use super::versions::readable;
use crate::dto::{Picked, PopulationPage, PopulationQuery, PopulationRow, Relative, Suggestion};
use crate::error::Answered;
use payung_domain::{CivilDate, Field, Figure};
use payung_register::{LastUsed, Op, POPULATION_ROWS_MAX, PersonId, PopulationId, Register, Selection};

pub fn page(register: &Register, asked: &PopulationQuery) -> Answered<PopulationPage> {
    let query = payung_register::PopulationQuery {
        search: asked.search.clone(),
        selection: Selection {
            ages: asked.ages.map(|band| (band.from, band.to)),
            occupations: asked.occupations.clone(),
            hamlets: asked.hamlets.clone(),
            readiness: asked.readiness.iter().map(|readiness| (*readiness).into()).collect(),
        },
        offset: u64::from(asked.offset),
        limit: u64::from(asked.limit).min(POPULATION_ROWS_MAX),
    };
    let (found, today) = (register.population(&query)?, village_today(register));
    Ok(PopulationPage {
        total: count(found.total),
        all: count(found.all),
        occupations: counted(&found.occupations, occupation_words),
        hamlets: counted(&found.hamlets, hamlet_words),
        rows: found.rows.into_iter().map(|found| row(found, today)).collect(),
    })
}

fn row(row: payung_register::PopulationRow, today: CivilDate) -> PopulationRow {
    PopulationRow {
        id: row.id.0,
        age: row.birth_date.and_then(|birth| birth.completed_years(today)),
        birth_date: row.birth_date.map(|birth| birth.to_string()),
        occupation_words: occupation(&row.occupation),
        nik: row.nik,
        name: row.name,
        kk: row.kk,
        hamlet: row.hamlet,
        readiness: Some(row.readiness.into()),
        person_id: row.person.map(|person| person.0),
    }
}

pub fn pick(register: &mut Register, ids: &[i64]) -> Answered<Picked> {
    let ids = ids.iter().copied().map(PopulationId).collect();
    let done = register.transact(Op::PickFromPopulation { ids })?;
    let payung_register::Picked { people, already } = done.picked.unwrap_or_default();
    let (new, before) = (Figure(people.len() as u64), Figure(already.len() as u64));
    let words = match (people.len(), already.len()) {
        (0, 0) => "Tidak ada yang dipilih.".to_owned(),
        (0, _) => format!("{before} orang sudah menjadi calon penerima."),
        (_, 0) => format!("{new} orang menjadi calon penerima. Lengkapi datanya."),
        _ => format!("{new} orang menjadi calon penerima. {before} orang lain sudah sebelumnya."),
    };
    let ids = |people: Vec<PersonId>| people.into_iter().map(|person| person.0).collect();
    Ok(Picked { people: ids(people), already: ids(already), words })
}

pub fn household(register: &Register, person: PersonId) -> Answered<Vec<Relative>> {
    let today = village_today(register);
    let relative = |found: payung_register::Relative| {
        let words = match found.person {
            Some(person) => register.row(person)?.state.words().to_owned(),
            None => "belum didata".to_owned(),
        };
        Ok(Relative {
            person_id: found.person.map(|person| person.0),
            population_id: found.population.map(|person| person.0),
            age: found.birth_date.and_then(|birth| birth.completed_years(today)),
            name: found.name,
            nik: found.nik,
            readiness: Some(found.readiness.into()),
            words,
        })
    };
    register.household(person)?.into_iter().map(relative).collect()
}

/// Each value for the field under which it is offered, in the form's order.
pub fn suggestions(last: &LastUsed) -> Vec<Suggestion> {
    let suggestion = |field: Field| {
        let value = last.address.text(field).or_else(|| last.work.text(field))?;
        let words = format!("Seperti tadi: {}", readable(field, value));
        Some(Suggestion { field: field.name().to_owned(), value: value.to_owned(), words })
    };
    crate::form::fields().filter_map(suggestion).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::{AgeBand, DestinationKey};
    use crate::importing::tests::{import, person};
    use crate::state::tests::{payung, set_up};

    fn asked(search: &str) -> PopulationQuery {
        PopulationQuery {
            search: search.to_owned(),
            ages: None,
            occupations: Vec::new(),
            hamlets: Vec::new(),
            readiness: Vec::new(),
            offset: 0,
            limit: 500,
        }
    }

    #[tokio::test]
    async fn somebody_is_picked_once_and_the_family_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        // Four to seven have one KK number.
        let lines: Vec<String> =
            (4..=9).map(|serial| person(serial, if serial == 5 { "nelayan" } else { "petani" })).collect();
        import(&payung, folder.path(), &lines, DestinationKey::Population).await;
        payung
            .write(|register| {
                let found = page(register, &asked("warga 5"))?;
                assert_eq!((found.total, found.all), (1, 6));
                let row = &found.rows[0];
                assert_eq!((row.name.as_str(), row.occupation_words.as_str()), ("Warga 5", "Nelayan"));
                assert_eq!((row.birth_date.as_deref(), row.person_id), (Some("1980-06-06"), None));
                assert!(row.age.is_some_and(|age| age >= 46));
                let words: Vec<&str> = found.occupations.iter().map(|facet| facet.words.as_str()).collect();
                assert_eq!(words, ["Petani", "Nelayan"], "whatever is searched for");

                let picked = pick(register, &[row.id])?;
                assert_eq!((picked.people.len(), picked.already.len()), (1, 0));
                let again = pick(register, &[row.id])?;
                assert_eq!((again.people.len(), again.already.clone()), (0, picked.people.clone()));
                assert!(again.words.contains("sudah"), "{}", again.words);
                let shown = page(register, &asked("warga 5"))?;
                assert_eq!(shown.rows[0].person_id, Some(picked.people[0]));

                let family = household(register, PersonId(picked.people[0]))?;
                let names: Vec<&str> = family.iter().map(|relative| relative.name.as_str()).collect();
                assert_eq!(names.len(), 3, "{names:?}");
                assert!(family.iter().all(|relative| relative.words == "belum didata"));
                let other = family[0].population_id.unwrap();
                let picked = pick(register, &[other])?;
                let family = household(register, PersonId(again.already[0]))?;
                let known =
                    family.iter().find(|relative| relative.person_id == Some(picked.people[0])).unwrap();
                assert_eq!(known.words, payung_domain::State::Draft.words());
                Ok(())
            })
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn the_population_is_narrowed_by_age_and_occupation() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let lines = [person(1, "petani"), person(2, "nelayan"), person(3, "")];
        import(&payung, folder.path(), &lines, DestinationKey::Population).await;
        payung
            .with(|register| {
                let query = PopulationQuery { occupations: vec!["nelayan".to_owned()], ..asked("") };
                assert_eq!(page(register, &query)?.total, 1);
                let query = PopulationQuery { occupations: vec![String::new()], ..asked("") };
                assert_eq!(page(register, &query)?.rows[0].name, "Warga 3", "who has none given");
                let query = PopulationQuery { ages: Some(AgeBand { from: 0, to: 17 }), ..asked("") };
                let children = page(register, &query)?;
                assert_eq!((children.total, children.all), (0, 3));
                Ok(())
            })
            .await
            .unwrap();
    }
}
