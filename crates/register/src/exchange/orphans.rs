//! Another device's entries that the district replaced: kept to the byte, taken back from the tables. People who were
//! known by them alone become drafts here, so that nobody is forgotten.

use crate::attachment;
use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::{effects, forks};
use crate::ids::{PersonId, StatementId};
use crate::person::rows as people;
use crate::person::rows::Record;
use crate::person::status::Case;
use crate::series::rows::{self, Series};
use crate::series::twins;
use crate::sql::{self, column};
use payung_journal::EntityId;
use std::collections::BTreeSet;

pub(crate) fn drop_after(door: &mut Door<'_>, known: &Series, common: u64) -> Result<(), RegisterError> {
    let (row, after) = (known.row, column(common)?);
    sql::run(door.db, include_str!("insert_orphans.sql"), (row, after, door.now.millis()))?;
    let touched = people::touched_by_entries(door.db, known.state.series, common, known.state.seq)?;
    let mut touched: BTreeSet<PersonId> = touched.into_iter().collect();
    for stamp in ids(door, include_str!("orphaned_stamps.sql"), (row, after))? {
        drop_stamp(door, stamp)?;
    }
    for statement in ids(door, include_str!("orphaned_statements.sql"), (row, after))? {
        touched.extend(drop_statement(door, statement)?);
    }
    for statement in [
        include_str!("undo/person_event.sql"),
        include_str!("undo/withdrawal.sql"),
        include_str!("undo/version.sql"),
        include_str!("undo/head_key.sql"),
    ] {
        // Of people who stay; those who go are looked at below, with what others said about them.
        sql::run(door.db, statement, (row, after))?;
    }
    for person in ids(door, include_str!("orphaned_people.sql"), (row, after))? {
        to_draft(door, PersonId(person), known, common)?;
        touched.remove(&PersonId(person));
    }
    attachment::remote::drop_after(door.db, row, common)?;
    twins::let_go(door.db, known, common)?;
    forks::truncate(door, known, common)?;
    effects::refresh(door, &touched.into_iter().collect::<Vec<_>>())
}

fn ids(
    door: &Door<'_>,
    statement: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<i64>, RegisterError> {
    sql::many(door.db, statement, parameters, |row| Ok(row.get(0)?))
}

fn drop_stamp(door: &Door<'_>, stamp: i64) -> Result<(), RegisterError> {
    sql::run(door.db, include_str!("undo/stamp_files.sql"), [stamp])?;
    sql::run(door.db, include_str!("undo/stamp.sql"), [stamp])?;
    Ok(())
}

/// With its stamps and its list; returns the people it spoke of.
fn drop_statement(door: &Door<'_>, statement: i64) -> Result<Vec<PersonId>, RegisterError> {
    let people = ids(door, include_str!("people_of_statement.sql"), [statement])?;
    for stamp in ids(door, include_str!("stamps_of.sql"), [statement])? {
        drop_stamp(door, stamp)?;
    }
    attachment::remote::drop_statement(door.db, StatementId(statement))?;
    for undo in [
        include_str!("undo/events_of_statement.sql"),
        include_str!("undo/replaces.sql"),
        include_str!("undo/listed.sql"),
        include_str!("undo/statement.sql"),
    ] {
        sql::run(door.db, undo, [statement])?;
    }
    Ok(people.into_iter().map(PersonId).collect())
}

/// The draft that became of this very entry when it was dropped, if it still is one: the entry came again.
pub(crate) fn draft_of(door: &Door<'_>, id: EntityId) -> Result<Option<Record>, RegisterError> {
    if sql::one(door.db, include_str!("any_orphan.sql"), [], |_| Ok(()))?.is_none() {
        return Ok(None);
    }
    let stood = twins::stood(&twins::again(door.db)?, id);
    let place = (stood.series.0, column(stood.seq)?, rows::body(door.db, id)?);
    let person = sql::one(door.db, include_str!("orphaned_draft.sql"), place, |row| Ok(row.get(0)?))?;
    person.map(|person| people::load(door.db, PersonId(person))).transpose()
}

/// What others said about the person waits for the entry that the district holds in that place.
fn to_draft(door: &mut Door<'_>, id: PersonId, known: &Series, common: u64) -> Result<(), RegisterError> {
    let mut case = Case::load(door, id)?;
    let Some(entity) = case.record.entity else { return Ok(()) };
    let about: Vec<EntityId> =
        sql::many(door.db, include_str!("entries_about.sql"), (id.0, known.row, column(common)?), |row| {
            sql::entity(row.get(0)?, row.get(1)?)?.ok_or_else(|| sql::damaged("entry of an event"))
        })?;
    for said in about {
        let series =
            crate::series::rows::find(door.db, said.series)?.ok_or_else(|| sql::damaged("series"))?;
        let parameters = (entity.series.0, column(entity.seq)?, series.row, column(said.seq)?);
        sql::run(door.db, include_str!("insert_waiting.sql"), parameters)?;
    }
    sql::run(door.db, include_str!("undo/events_of_person.sql"), [id.0])?;
    attachment::remote::to_draft(door.db, id, known.row, common)?;
    let record = &mut case.record;
    record.edited = Some(record.shown());
    record.edit_base = None;
    record.entity = None;
    record.version = None;
    record.released = None;
    record.registered_on = None;
    record.readiness = None;
    record.two_versions = false;
    case.events = people::events(door.db, id)?;
    case.save(door)
}
