//! The population's rows, read and written.

use crate::error::RegisterError;
use crate::ids::{ImportId, PersonId, PopulationId};
use crate::importing::occupation_word;
use crate::person::rows::nik_key;
use crate::sql;
use payung_domain::{CivilDate, Field, FieldValues, KkNumber};
use rusqlite::{Connection, Row, params};

/// What the columns beside the values say, always made from the values.
#[derive(PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) nik: String,
    pub(crate) name: String,
    pub(crate) kk: String,
    pub(crate) hamlet: String,
    pub(crate) birth: Option<CivilDate>,
    pub(crate) occupation: String,
    pub(crate) mother: String,
}

impl Columns {
    pub(crate) fn of(values: &FieldValues) -> Self {
        let text = |field| values.text(field).unwrap_or_default();
        let kk = text(Field::Kk);
        Self {
            nik: nik_key(text(Field::Nik)),
            name: text(Field::Name).to_owned(),
            kk: KkNumber::parse(kk).map_or_else(|_| kk.to_owned(), |kk| kk.as_str().to_owned()),
            hamlet: text(Field::Hamlet).to_owned(),
            birth: CivilDate::parse(text(Field::BirthDate)),
            occupation: occupation_word(text(Field::Occupation)),
            mother: text(Field::MotherName).to_owned(),
        }
    }
}

/// As the covering index says it.
pub(crate) struct Resident {
    pub(crate) id: PopulationId,
    pub(crate) columns: Columns,
}

pub(crate) fn insert(
    db: &Connection,
    import: ImportId,
    values: &FieldValues,
) -> Result<PopulationId, RegisterError> {
    let Columns { nik, name, kk, hamlet, birth, occupation, mother } = Columns::of(values);
    let birth = birth.map(|date| date.to_string());
    let json = sql::values_to_json(values)?;
    sql::run(
        db,
        include_str!("insert.sql"),
        params![nik, name, kk, hamlet, birth, occupation, mother, import.0, json],
    )?;
    Ok(PopulationId(db.last_insert_rowid()))
}

pub(crate) fn write(
    db: &Connection,
    id: PopulationId,
    import: ImportId,
    values: &FieldValues,
) -> Result<(), RegisterError> {
    let Columns { nik, name, kk, hamlet, birth, occupation, mother } = Columns::of(values);
    let birth = birth.map(|date| date.to_string());
    let json = sql::values_to_json(values)?;
    sql::run(
        db,
        include_str!("update.sql"),
        params![nik, name, kk, hamlet, birth, occupation, mother, import.0, json, id.0],
    )?;
    Ok(())
}

pub(crate) fn values(db: &Connection, id: PopulationId) -> Result<FieldValues, RegisterError> {
    let found = sql::one(db, include_str!("values.sql"), [id.0], |row| {
        sql::values_from_json(&row.get::<_, String>(0)?)
    })?;
    found.ok_or(RegisterError::NoSuchResident)
}

/// The import that wrote a row last.
pub(crate) fn written_by(db: &Connection, id: PopulationId) -> Result<ImportId, RegisterError> {
    let found = sql::one(db, include_str!("written_by.sql"), [id.0], |row| Ok(ImportId(row.get(0)?)))?;
    found.ok_or(RegisterError::NoSuchResident)
}

pub(crate) fn by_nik(db: &Connection, nik: &str) -> Result<Vec<i64>, RegisterError> {
    sql::many(db, include_str!("by_nik.sql"), [nik], |row| Ok(row.get(0)?))
}

pub(crate) fn by_kk(db: &Connection, kk: &str) -> Result<Vec<Resident>, RegisterError> {
    sql::many(db, include_str!("by_kk.sql"), [kk], resident)
}

pub(crate) fn one(db: &Connection, id: PopulationId) -> Result<Resident, RegisterError> {
    sql::one(db, include_str!("one.sql"), [id.0], resident)?.ok_or(RegisterError::NoSuchResident)
}

/// Everyone, from the covering index.
pub(crate) fn each(
    db: &Connection,
    mut take: impl FnMut(Resident) -> Result<(), RegisterError>,
) -> Result<(), RegisterError> {
    let mut statement = db.prepare_cached(include_str!("each.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(resident(row)?)?;
    }
    Ok(())
}

/// Everyone with all values, in the order of their numbers.
pub(crate) fn each_values(
    db: &Connection,
    mut take: impl FnMut(PopulationId, FieldValues) -> Result<(), RegisterError>,
) -> Result<(), RegisterError> {
    let mut statement = db.prepare_cached(include_str!("each_values.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let json = row.get_ref(1)?.as_str().map_err(|_| sql::damaged("values of the population"))?;
        take(PopulationId(row.get(0)?), sql::values_from_json(json)?)?;
    }
    Ok(())
}

fn resident(row: &Row) -> Result<Resident, RegisterError> {
    Ok(Resident {
        id: PopulationId(row.get(0)?),
        columns: Columns {
            nik: row.get(1)?,
            name: row.get(2)?,
            kk: row.get(3)?,
            hamlet: row.get(4)?,
            birth: sql::date(row.get(5)?)?,
            occupation: row.get(6)?,
            mother: row.get(7)?,
        },
    })
}

pub(crate) fn link(db: &Connection, id: PopulationId, person: PersonId) -> Result<(), RegisterError> {
    sql::run(db, include_str!("link.sql"), (id.0, person.0))?;
    Ok(())
}

/// A draft goes: whoever was picked for it can be picked again.
pub(crate) fn unlink(db: &Connection, person: PersonId) -> Result<(), RegisterError> {
    sql::run(db, include_str!("unlink.sql"), [person.0])?;
    Ok(())
}

pub(crate) fn delete(db: &Connection, id: PopulationId) -> Result<(), RegisterError> {
    sql::run(db, include_str!("delete.sql"), [id.0])?;
    Ok(())
}

/// The applicant picked from a row, else whoever holds the NIK; nobody who was entered by mistake and cancelled.
pub(crate) fn applicant(
    db: &Connection,
    row: Option<PopulationId>,
    nik: &str,
) -> Result<Option<PersonId>, RegisterError> {
    sql::one(db, include_str!("applicant.sql"), (row.map(|id| id.0), nik), |row| Ok(PersonId(row.get(0)?)))
}
