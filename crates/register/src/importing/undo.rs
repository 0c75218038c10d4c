//! Taking an import back: what it made goes, what it changed is as before. Whatever somebody has built on since stays and
//! is named: nothing that was signed, sent or typed is undone by a button.

use super::rows::{self, Left, Subject};
use super::views::{Destination, Undone};
use super::{Part, look};
use crate::attachment;
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{ImportId, PersonId, PopulationId};
use crate::op::Done;
use crate::person::{door as person, rows as people};
use crate::population;
use crate::sql;
use payung_domain::{Delivery, EndKind, FieldValues, Timestamp};
use payung_journal::TrailKind;

const CHANGED: &str = "isiannya sudah diubah setelah impor ini";
const LISTED: &str = "sudah dimuat dalam surat pernyataan";
const SENT: &str = "sudah sampai di kabupaten";
const ENDED: &str = "sudah ditandai berakhir atau dibatalkan";
const FILES: &str = "sudah punya foto atau berkas";
const RELEASED: &str = "sudah dinyatakan siap atau diperbaiki setelah impor ini";
const PICKED: &str = "sudah diambil sebagai calon penerima";
const USED: &str = "sudah dipakai dalam catatan lain";
/// Stands in the journal of whoever was *siap* and is taken back.
const REASON: &str = "Impor dibatalkan";

pub(crate) fn undo(door: &mut Door<'_>, id: ImportId) -> Result<Done, RegisterError> {
    let import = rows::import(door.db, id)?;
    if import.undone_at.is_some() {
        return Err(RegisterError::ImportUndone);
    }
    let mut undone = Undone::default();
    rows::mark_undone(door, id)?;
    // Backwards, so that the last word is taken back first.
    let traces = rows::traces(door.db, id)?;
    let total = traces.len();
    let taking_back = Part::taking_back(door.watch);
    for (place, left) in traces.into_iter().rev().enumerate() {
        look(&taking_back, place, total)?;
        match left.of {
            Subject::Person { id: person, after } => {
                rows::forget(door.db, left.row)?;
                let outcome = if left.made {
                    remove(door, person, &after)?
                } else {
                    restore(door, person, (import.at, left.before), &after)?
                };
                undone.count(person, outcome);
            }
            Subject::Resident { id: resident, .. } => undo_resident(door, id, resident, left, &mut undone)?,
        }
    }
    if import.destination == Destination::Population {
        door.population_changed = true;
    }
    let Undone { removed, restored, kept, kept_population } = &undone;
    let note = format!(
        "{}: impor dibatalkan, {removed} dihapus, {restored} dikembalikan, {} tetap",
        import.file_name,
        kept.len() as u64 + kept_population
    );
    door.trail(TrailKind::DraftDiscarded, None, &[], &note)?;
    Ok(Done { undone: Some(undone), ..Done::default() })
}

enum Outcome {
    Removed,
    Restored,
    Kept(&'static str),
}

impl Undone {
    fn count(&mut self, person: PersonId, outcome: Outcome) {
        match outcome {
            Outcome::Removed => self.removed += 1,
            Outcome::Restored => self.restored += 1,
            Outcome::Kept(why) => self.kept.push((person, why)),
        }
    }
}

/// An applicant that the import made.
fn remove(door: &mut Door<'_>, id: PersonId, after: &[u8; 32]) -> Result<Outcome, RegisterError> {
    let record = people::load(door.db, id)?;
    if record.ended() {
        return Ok(Outcome::Kept(ENDED));
    }
    if record.listed || in_a_statement(door, id)? {
        return Ok(Outcome::Kept(LISTED));
    }
    if rows::digest(door.village, &record.shown())? != *after {
        return Ok(Outcome::Kept(CHANGED));
    }
    if !attachment::rows::list(door.db, attachment::About::Person(id))?.is_empty() {
        return Ok(Outcome::Kept(FILES));
    }
    if record.entity.is_none() {
        return delete(door, id);
    }
    if record.status.delivery == Delivery::Arrived {
        return Ok(Outcome::Kept(SENT));
    }
    // Nobody who was *siap* is ever deleted: the journal says that it was a mistake.
    person::end(door, id, EndKind::Cancelled, door.today(), REASON)?;
    Ok(Outcome::Removed)
}

fn delete(door: &mut Door<'_>, id: PersonId) -> Result<Outcome, RegisterError> {
    population::rows::unlink(door.db, id)?;
    match sql::run(door.db, include_str!("delete_person.sql"), [id.0]) {
        Ok(_) => {
            door.forget_person(id);
            Ok(Outcome::Removed)
        }
        // Another row names them.
        Err(RegisterError::Database(error)) if names_them(&error) => Ok(Outcome::Kept(USED)),
        Err(error) => Err(error),
    }
}

fn names_them(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}

/// Any statement, in the making, waiting, signed or withdrawn.
fn in_a_statement(door: &Door<'_>, id: PersonId) -> Result<bool, RegisterError> {
    let found = sql::one(door.db, include_str!("in_statement.sql"), [id.0], |row| Ok(row.get(0)?))?;
    Ok(found.unwrap_or(false))
}

/// An applicant that the import changed: the draft, or the typed change, is as it was.
fn restore(
    door: &mut Door<'_>,
    id: PersonId,
    (at, before): (Timestamp, Option<FieldValues>),
    after: &[u8; 32],
) -> Result<Outcome, RegisterError> {
    let mut record = people::load(door.db, id)?;
    if record.ended() {
        return Ok(Outcome::Kept(ENDED));
    }
    let said_since = |event: &people::EventRow| event.what.version().is_some() && event.at > at;
    if people::events(door.db, id)?.iter().any(said_since) {
        return Ok(Outcome::Kept(RELEASED));
    }
    if rows::digest(door.village, &record.shown())? != *after {
        return Ok(Outcome::Kept(CHANGED));
    }
    if record.edited.is_none() {
        record.edit_base = record.version;
    }
    record.edited = before;
    people::save(door, &mut record)?;
    Ok(Outcome::Restored)
}

/// A row of the population. Once it is as before, what an earlier import had to leave there goes on being taken back.
fn undo_resident(
    door: &mut Door<'_>,
    import: ImportId,
    resident: PopulationId,
    left: Left,
    undone: &mut Undone,
) -> Result<(), RegisterError> {
    let (mut import, mut left) = (import, left);
    loop {
        if population::rows::written_by(door.db, resident)? != import {
            // It stays with its trace, until the later import is taken back.
            undone.kept_population += 1;
            return Ok(());
        }
        rows::forget(door.db, left.row)?;
        let Subject::Resident { before_import, .. } = left.of else { return Ok(()) };
        let (Some(before), Some(earlier)) = (left.before, before_import) else {
            match population::applicant(door.db, Some(resident), "")? {
                Some(person) => undone.kept.push((person, PICKED)),
                None => {
                    population::rows::delete(door.db, resident)?;
                    undone.removed += 1;
                }
            }
            return Ok(());
        };
        population::rows::write(door.db, resident, earlier, &before)?;
        match rows::left_over(door.db, earlier, resident)? {
            Some(next) => (import, left) = (earlier, next),
            None => {
                undone.restored += 1;
                return Ok(());
            }
        }
    }
}
