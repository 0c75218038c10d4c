//! *Bukan orang yang sama*: who decided so, when and why.

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::likeness::{self, Traits};
use crate::op::Done;
use crate::person::{Happening, HistoryLine, door as person, rows};
use crate::sql;
use payung_domain::{FieldValues, Timestamp};
use rusqlite::Connection;

const REASON: &str = "Alasan bukan orang yang sama";

pub(crate) fn not_same(
    door: &mut Door<'_>,
    one: PersonId,
    other: PersonId,
    reason: &str,
) -> Result<Done, RegisterError> {
    if one == other {
        return Err(RegisterError::SamePersonTwice);
    }
    rows::line(door.db, one)?;
    rows::line(door.db, other)?;
    keep(door, one, other, &person::text(REASON, reason, true)?)?;
    Ok(Done { people: vec![one, other], ..Done::default() })
}

/// A draft that is about to become *siap* is compared once more.
///
/// # Errors
/// `Alike` where somebody looks like it, nobody has decided, and no reason is given now.
pub(crate) fn decide_all(
    door: &mut Door<'_>,
    one: PersonId,
    values: &FieldValues,
    reason: Option<&str>,
) -> Result<(), RegisterError> {
    let alike = likeness::undecided(door.db, door.roster, &Traits::of_values(one.0, values))?;
    if alike.is_empty() {
        return Ok(());
    }
    let people: Vec<PersonId> = alike.into_iter().map(|(other, _)| other).collect();
    let Some(reason) = reason else { return Err(RegisterError::Alike { people }) };
    let reason = person::text(REASON, reason, true)?;
    people.into_iter().try_for_each(|other| keep(door, one, other, &reason))
}

fn keep(door: &mut Door<'_>, one: PersonId, other: PersonId, reason: &str) -> Result<(), RegisterError> {
    let (first, second) = (one.min(other), one.max(other));
    sql::run(
        door.db,
        include_str!("put_not_same.sql"),
        (first.0, second.0, door.now.millis(), door.order_of(None)?, &door.actor, reason),
    )?;
    door.compare_again(one);
    door.compare_again(other);
    Ok(())
}

pub(crate) fn decided(db: &Connection, one: PersonId, other: PersonId) -> Result<bool, RegisterError> {
    let pair = (one.min(other).0, one.max(other).0);
    Ok(sql::one(db, include_str!("decided.sql"), pair, |_| Ok(()))?.is_some())
}

/// What was decided about a person, each with its place in the order of all.
pub(crate) fn history(db: &Connection, person: PersonId) -> Result<Vec<(i64, HistoryLine)>, RegisterError> {
    sql::many(db, include_str!("decisions_of.sql"), [person.0], |row| {
        let what =
            Happening::NotSame { other: PersonId(row.get(4)?), name: row.get(5)?, reason: row.get(3)? };
        Ok((row.get(0)?, HistoryLine { at: Timestamp(row.get(1)?), actor: row.get(2)?, what, entry: None }))
    })
}
