//! Imports and what they did, as rows.

use super::FILE_NAME_CHARS_MAX;
use super::views::{Destination, Figures, Import, PastImport};
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{ImportId, PersonId, PopulationId};
use crate::person::door as person;
use crate::settings::Village;
use crate::sql::{self, array, column, damaged, sequence};
use payung_domain::{FieldValues, Timestamp};
use payung_keys::sha256;
use rusqlite::{Connection, Row, params};

const fn destination_key(destination: Destination) -> &'static str {
    match destination {
        Destination::Population => "population",
        Destination::Applicants => "applicants",
    }
}

fn destination(key: &str) -> Result<Destination, RegisterError> {
    [Destination::Population, Destination::Applicants]
        .into_iter()
        .find(|destination| destination_key(*destination) == key)
        .ok_or_else(|| damaged("destination of an import"))
}

pub(super) fn insert(door: &Door<'_>, import: &Import, figures: &Figures) -> Result<ImportId, RegisterError> {
    let short = |text: &str| -> String { text.chars().take(FILE_NAME_CHARS_MAX).collect() };
    sql::run(
        door.db,
        include_str!("insert.sql"),
        params![
            door.now.millis(),
            door.actor,
            short(&import.file_name),
            short(&import.layout),
            destination_key(import.destination),
            column(figures.read)?,
            column(figures.new)?,
            column(figures.changed)?,
            column(figures.same)?,
            column(figures.refused)?,
            column(figures.skipped)?,
        ],
    )?;
    Ok(ImportId(door.db.last_insert_rowid()))
}

/// Newest first.
pub(super) fn imports(db: &Connection) -> Result<Vec<PastImport>, RegisterError> {
    sql::many(db, include_str!("imports.sql"), [], past)
}

pub(super) fn import(db: &Connection, id: ImportId) -> Result<PastImport, RegisterError> {
    sql::one(db, include_str!("import.sql"), [id.0], past)?.ok_or(RegisterError::NoSuchImport)
}

fn past(row: &Row) -> Result<PastImport, RegisterError> {
    let count = |at: usize| -> Result<u64, RegisterError> { sequence(row.get(at)?) };
    let undone_at = row.get::<_, Option<i64>>(12)?.map(Timestamp);
    Ok(PastImport {
        id: ImportId(row.get(0)?),
        at: Timestamp(row.get(1)?),
        actor: row.get(2)?,
        file_name: row.get(3)?,
        layout: row.get(4)?,
        destination: destination(&row.get::<_, String>(5)?)?,
        figures: Figures {
            read: count(6)?,
            new: count(7)?,
            changed: count(8)?,
            same: count(9)?,
            refused: count(10)?,
            skipped: count(11)?,
        },
        undone_at,
        can_undo: undone_at.is_none() && row.get::<_, bool>(13)?,
    })
}

pub(super) fn mark_undone(door: &Door<'_>, id: ImportId) -> Result<(), RegisterError> {
    sql::run(door.db, include_str!("mark_undone.sql"), params![id.0, door.now.millis(), door.actor])?;
    Ok(())
}

/// What an import did to one person or one row of the population.
pub(crate) enum Trace<'a> {
    MadePerson {
        person: PersonId,
        left: &'a FieldValues,
    },
    /// `before`: the typed change or the draft that stood there.
    ChangedPerson {
        person: PersonId,
        before: Option<&'a FieldValues>,
        left: &'a FieldValues,
    },
    MadeResident {
        resident: PopulationId,
    },
    ChangedResident {
        resident: PopulationId,
        before: &'a FieldValues,
        before_import: ImportId,
    },
}

pub(crate) fn trace(door: &Door<'_>, import: ImportId, trace: &Trace<'_>) -> Result<(), RegisterError> {
    let db = door.db;
    let digest = |values| digest(door.village, values);
    let statement = include_str!("insert_row.sql");
    let json = sql::values_to_json;
    match trace {
        Trace::MadePerson { person, left } => sql::run(
            db,
            statement,
            params![import.0, person.0, None::<i64>, true, None::<String>, None::<i64>, digest(left)?],
        ),
        Trace::ChangedPerson { person, before, left } => {
            let before = before.map(json).transpose()?;
            sql::run(
                db,
                statement,
                params![import.0, person.0, None::<i64>, false, before, None::<i64>, digest(left)?],
            )
        }
        Trace::MadeResident { resident } => sql::run(
            db,
            statement,
            params![import.0, None::<i64>, resident.0, true, None::<String>, None::<i64>, None::<Vec<u8>>],
        ),
        Trace::ChangedResident { resident, before, before_import } => sql::run(
            db,
            statement,
            params![
                import.0,
                None::<i64>,
                resident.0,
                false,
                json(before)?,
                before_import.0,
                None::<Vec<u8>>
            ],
        ),
    }?;
    Ok(())
}

/// Tells later whether anything was changed since. *Siap* takes blanks away and adds the village's code: that is nothing
/// changed.
pub(super) fn digest(village: &Village, values: &FieldValues) -> Result<[u8; 32], RegisterError> {
    let completed = person::ready_to_release(village, values);
    Ok(sha256(&[sql::values_to_json(&completed)?.as_bytes()]))
}

/// A trace read back.
pub(super) struct Left {
    pub(super) row: i64,
    pub(super) of: Subject,
    pub(super) made: bool,
    pub(super) before: Option<FieldValues>,
}

pub(super) enum Subject {
    Person { id: PersonId, after: [u8; 32] },
    Resident { id: PopulationId, before_import: Option<ImportId> },
}

/// In the order in which they were written.
pub(super) fn traces(db: &Connection, import: ImportId) -> Result<Vec<Left>, RegisterError> {
    sql::many(db, include_str!("traces.sql"), [import.0], left)
}

/// What an import, undone before, had done to a row of the population that a later one kept from it.
pub(super) fn left_over(
    db: &Connection,
    import: ImportId,
    resident: PopulationId,
) -> Result<Option<Left>, RegisterError> {
    sql::one(db, include_str!("left_over.sql"), (import.0, resident.0), left)
}

fn left(row: &Row) -> Result<Left, RegisterError> {
    let person: Option<i64> = row.get(1)?;
    let resident: Option<i64> = row.get(2)?;
    let of = match (person, resident) {
        (Some(id), None) => {
            Subject::Person { id: PersonId(id), after: array(row.get(6)?, "digest of a person's values")? }
        }
        (None, Some(id)) => Subject::Resident {
            id: PopulationId(id),
            before_import: row.get::<_, Option<i64>>(5)?.map(ImportId),
        },
        _ => return Err(damaged("row of an import")),
    };
    let before = row.get::<_, Option<String>>(4)?.map(|json| sql::values_from_json(&json)).transpose()?;
    Ok(Left { row: row.get(0)?, of, made: row.get(3)?, before })
}

pub(super) fn forget(db: &Connection, row: i64) -> Result<(), RegisterError> {
    sql::run(db, include_str!("forget_row.sql"), [row])?;
    Ok(())
}
