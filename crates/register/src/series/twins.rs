//! An entry that came twice. Two copies of one disk lose the same branch and enter it again, each in a series of its own;
//! or a lost entry comes back itself after it was entered again. Entries that stood at one place and are the same to the
//! byte are one: the first that is here has the effect, and a name for another one means it.

use crate::error::RegisterError;
use crate::exchange::rounds;
use crate::series::rows::{self, Series};
use crate::sql::{self, column, damaged};
use payung_journal::{Again, EntityId};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Every series of the village that holds entries of another one again.
pub(crate) fn again(db: &Connection) -> Result<Vec<Again>, RegisterError> {
    let mut again = Vec::new();
    for Series { row, state, .. } in rounds::village(db)? {
        again.extend(rows::continues(db, row)?.and_then(|it| it.again(state.series)));
    }
    Ok(again)
}

/// Where an entry stood before it was entered again.
pub(crate) fn stood(again: &[Again], id: EntityId) -> EntityId {
    again.iter().find_map(|series| series.stood(id)).unwrap_or(id)
}

/// The entry that is the same and was here before, by the name that counts.
pub(crate) fn find(
    db: &Connection,
    again: &[Again],
    id: EntityId,
    body: &[u8],
) -> Result<Option<EntityId>, RegisterError> {
    let stood = stood(again, id);
    let elsewhere = again.iter().filter_map(|series| series.holds(stood));
    for other in std::iter::once(stood).chain(elsewhere).filter(|other| *other != id) {
        if rows::body(db, other)?.is_some_and(|known| known == body) {
            return meaning(db, other).map(Some);
        }
    }
    Ok(None)
}

pub(crate) fn note(db: &Connection, id: EntityId, same: EntityId) -> Result<(), RegisterError> {
    let parameters = (id.series.0, column(id.seq)?, same.series.0, column(same.seq)?);
    sql::run(db, include_str!("insert_twin.sql"), parameters)?;
    Ok(())
}

/// The name that counts.
pub(crate) fn meaning(db: &Connection, id: EntityId) -> Result<EntityId, RegisterError> {
    let same = sql::one(db, include_str!("same_as.sql"), (id.series.0, column(id.seq)?), |row| {
        sql::entity(row.get(0)?, row.get(1)?)?.ok_or_else(|| damaged("twin of an entry"))
    })?;
    Ok(same.unwrap_or(id))
}

/// Every entry that has no effect of its own, with the one that has.
pub(crate) fn all(db: &Connection) -> Result<BTreeMap<EntityId, EntityId>, RegisterError> {
    let pairs = sql::many(db, include_str!("twins.sql"), [], |row| {
        let entry = |id: Option<EntityId>| id.ok_or_else(|| damaged("twin of an entry"));
        let id = entry(sql::entity(row.get(0)?, row.get(1)?)?)?;
        Ok((id, entry(sql::entity(row.get(2)?, row.get(3)?)?)?))
    })?;
    Ok(pairs.into_iter().collect())
}

/// Entries of a series after a place go: of those that are elsewhere as well, the first one there has the effect from now
/// on, as soon as what waits is taken up.
pub(crate) fn let_go(db: &Connection, known: &Series, after: u64) -> Result<(), RegisterError> {
    let parameters = (known.row, column(after)?);
    let left = sql::many(db, include_str!("twins_of.sql"), parameters, |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
    })?;
    for (seq, series, first) in left {
        sql::run(db, include_str!("put_same.sql"), (known.row, seq, series, first))?;
        sql::run(db, include_str!("wait_for_opening.sql"), (series, first))?;
    }
    sql::run(db, include_str!("drop_same_as_itself.sql"), [])?;
    Ok(())
}

/// # Errors
/// `Damaged` where two entries that are taken for one are not.
pub(crate) fn prove(db: &Connection) -> Result<(), RegisterError> {
    for (id, same) in all(db)? {
        let (here, there) = (rows::body(db, id)?, rows::body(db, same)?);
        let differ = here.zip(there).is_some_and(|(here, there)| here != there);
        if differ || meaning(db, same)? != same || rows::written(db, same)?.is_none() {
            return Err(damaged(&format!("twin {} of {}", id.seq, id.series)));
        }
    }
    Ok(())
}
