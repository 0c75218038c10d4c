//! The mark of looking like somebody else, kept with every change.

use super::comparing::{Changed, Comparing, is_alike};
use super::decisions::decided;
use super::people::{GROUP_MAX, People, Who};
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::person::rows;
use crate::roster::{Line, Roster};
use crate::sql::{self, damaged};
use payung_domain::Watch;
use rusqlite::Connection;

/// Brings the marks up to date, in the rows and in `lines`, which are those that changed. Others whose mark changed with
/// them are added.
///
/// # Errors
/// `Stopped` when the watch says so.
pub(crate) fn settle(
    db: &Connection,
    changed: &Changed<'_>,
    mut lines: Vec<Line>,
    watch: &dyn Watch,
) -> Result<Vec<Line>, RegisterError> {
    let decided = |one, other| decided(db, PersonId(one), PersonId(other));
    let marks = Comparing::of(changed, &lines, GROUP_MAX, &decided).marks(watch)?;
    for (who, mark) in marks {
        match who {
            Who::Line(place) if lines[place].maybe_same != mark => {
                lines[place].maybe_same = mark;
                put(db, lines[place].id, mark)?;
            }
            Who::Slot(slot) if changed.roster.maybe_same(slot) != mark => {
                let id = changed.roster.id_of(slot);
                put(db, id, mark)?;
                lines.push(rows::line(db, PersonId(id))?);
            }
            _ => {}
        }
    }
    Ok(lines)
}

fn put(db: &Connection, id: i64, mark: bool) -> Result<(), RegisterError> {
    sql::run(db, include_str!("put_mark.sql"), (id, mark))?;
    Ok(())
}

/// That every mark is what comparing says.
pub(crate) fn prove(db: &Connection, roster: &Roster) -> Result<(), RegisterError> {
    let people = People::of(roster, GROUP_MAX);
    let decided = |one, other| decided(db, PersonId(one), PersonId(other));
    let mut found = Vec::new();
    for slot in roster.people() {
        let alike =
            roster.counts_as_somebody(slot) && is_alike(&people, &roster.traits(slot), &decided, &mut found)?;
        if alike != roster.maybe_same(slot) {
            return Err(damaged(&format!("likeness of person {}", roster.id_of(slot))));
        }
    }
    Ok(())
}
