//! What other devices and the district say about photos and documents.

use crate::attachment::rows::{self, Said};
use crate::attachment::{About, document};
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{PersonId, StatementId};
use crate::person::rows as person_rows;
use crate::sql::{self, column};
use crate::statement::rows as statement_rows;
use payung_domain::Timestamp;
use payung_journal::{EntityId, Event};
use rusqlite::Connection;

/// Applies events 16 to 18 of a series that this device does not write. `entry` is where it stands; what it names is
/// here, by the names of today. Said about a stranger, it changes nothing.
pub(crate) fn applied(
    door: &mut Door<'_>,
    entry: EntityId,
    at: Timestamp,
    actor: &str,
    event: &Event,
) -> Result<(), RegisterError> {
    let said = Said { at, actor, entry: Some(entry) };
    match event {
        Event::Attached { about, attachment } => {
            let Some(about) = owner(door, *about)? else { return Ok(()) };
            rows::expect_file(door.db, &attachment.digest, &attachment.media, attachment.bytes)?;
            if !rows::announce_again(door.db, about, attachment, entry)? {
                rows::insert(door.db, about, attachment, &said)?;
            }
            // The bytes may have come before what they belong to.
            if let (About::Statement(_), Some(bytes)) = (about, rows::bytes(door.db, &attachment.digest)?) {
                document::settle(door.db, &attachment.digest, &bytes)?;
            }
            if let About::Person(person) = about {
                door.touch(person);
            }
        }
        Event::AttachmentRemoved { attached, reason } => {
            let Some(id) = rows::by_entry(door.db, *attached)? else { return Ok(()) };
            let Some(record) = rows::load(door.db, id)? else { return Ok(()) };
            rows::remove(door.db, id, &said, reason)?;
            rows::erase_file(door.db, &record.digest)?;
            if let About::Person(person) = record.about {
                door.touch(person);
            }
        }
        Event::AttachmentRefused { digest, message } => {
            rows::refuse(door.db, entry, at, digest, message)?;
            super::door::touch(door, digest)?;
        }
        _ => {}
    }
    Ok(())
}

/// A branch was entered again: what rows call `(old, common + k)` is `(new, k + 1)` now.
pub(crate) fn rename(db: &Connection, old: i64, common: u64, new: i64) -> Result<(), RegisterError> {
    for statement in [include_str!("rename.sql"), include_str!("rename_removed.sql")] {
        sql::run(db, statement, (old, column(common)?, new))?;
    }
    Ok(())
}

/// The district decided anew: what it refused after that entry it refuses no longer, until it says so again.
pub(crate) fn forget_refusals(db: &Connection, series: i64, common: u64) -> Result<(), RegisterError> {
    sql::run(db, include_str!("forget_refusals.sql"), (series, column(common)?))?;
    Ok(())
}

/// Another device's entries after that one were replaced: what they attached and removed is undone.
pub(crate) fn drop_after(db: &Connection, series: i64, common: u64) -> Result<(), RegisterError> {
    let after = (series, column(common)?);
    sql::run(db, include_str!("undo_removals.sql"), after)?;
    let digests = sql::many(db, include_str!("digests_after.sql"), after, |row| {
        sql::array(row.get(0)?, "digest of a file")
    })?;
    sql::run(db, include_str!("drop_after.sql"), after)?;
    digests.iter().try_for_each(|digest| rows::erase_file(db, digest))
}

/// The statement itself goes.
pub(crate) fn drop_statement(db: &Connection, statement: StatementId) -> Result<(), RegisterError> {
    sql::run(db, include_str!("drop_statement.sql"), [statement.0])?;
    Ok(())
}

/// The person is a draft again: so are the photos that came with the entries which were replaced.
pub(crate) fn to_draft(
    db: &Connection,
    person: PersonId,
    series: i64,
    common: u64,
) -> Result<(), RegisterError> {
    sql::run(db, include_str!("to_draft.sql"), (person.0, series, column(common)?))?;
    Ok(())
}

/// Whom or what an entry is about, by the entry that made it.
fn owner(door: &Door<'_>, entity: EntityId) -> Result<Option<About>, RegisterError> {
    if let Some(person) = person_rows::by_entity(door.db, entity)? {
        return Ok(Some(About::Person(person)));
    }
    Ok(statement_rows::by_entry(door.db, entity)?.map(About::Statement))
}
