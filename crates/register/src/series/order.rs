//! The order of what several devices said: the same on every device, whenever an entry came.
//!
//! The place of an entry is the latest of its own time, a millisecond after the entry before it in its series and a
//! millisecond after every entry it names. Entries that came again in a new series keep the place they had: theirs is
//! counted from the place where the old series was left.

use crate::error::RegisterError;
use crate::exchange::{Origin, rounds};
use crate::series::rows::Series;
use crate::series::{naming, rows};
use crate::sql::{self, column};
use payung_journal::{Continues, EntityId, Entry, Event, SeriesId};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Entries read at once.
const STRIDE: u64 = 4_096;
/// Entries that name each other in a ring would push each other on for ever; nobody honest writes such.
const PASSES_MAX: usize = 1_000;

/// After which places an entry stands, beside those that it names.
pub(crate) struct Before {
    /// Of the same series.
    pub(crate) last: Option<i64>,
    /// Where another series was left.
    pub(crate) left: Option<EntityId>,
}

/// The place itself.
pub(crate) fn place(at: i64, before: impl IntoIterator<Item = i64>) -> i64 {
    before.into_iter().map(|known| known.saturating_add(1)).fold(at, i64::max)
}

/// What an entry at `seq` stands after; `last` is the place of the entry before it.
pub(crate) fn before(seq: u64, continues: Option<&Continues>, last: Option<i64>) -> Before {
    match continues {
        Some(it) if seq == 1 || seq == 2 && it.reentered > 0 => {
            Before { last: None, left: (it.seq > 0).then_some(EntityId::new(it.series, it.seq)) }
        }
        _ => Before { last, left: None },
    }
}

/// Of an entry that is here.
pub(crate) fn of(db: &Connection, id: EntityId) -> Result<Option<i64>, RegisterError> {
    sql::one(db, include_str!("order_of.sql"), (id.series.0, column(id.seq)?), |row| Ok(row.get(0)?))
}

/// Of an entry that another one names. What others say about an entry of this device means the one that the district
/// confirmed; before that it may be another one, written by a copy of this register.
pub(crate) fn confirmed(db: &Connection, by: &Series, name: EntityId) -> Result<Option<i64>, RegisterError> {
    let parameters = (name.series.0, column(name.seq)?, own(by));
    sql::one(db, include_str!("confirmed.sql"), parameters, |row| Ok(row.get(0)?))
}

fn own(series: &Series) -> bool {
    matches!(series.state.origin, Origin::Own | Origin::Former)
}

fn counts(by: &Series, named: &Series, seq: u64) -> bool {
    own(by) || !own(named) || seq <= named.confirmed_seq
}

/// The place of an entry that is here, from those before it and those it names.
pub(crate) fn from_entry(db: &Connection, id: EntityId) -> Result<Option<i64>, RegisterError> {
    let Some(series) = rows::find(db, id.series)? else { return Ok(None) };
    let Some(mut entry) = rows::entry(db, id)? else { return Ok(None) };
    let last = match id.seq {
        0 | 1 => None,
        seq => of(db, EntityId::new(id.series, seq - 1))?,
    };
    let before = before(id.seq, rows::continues(db, series.row)?.as_ref(), last);
    let mut places: Vec<i64> = before.last.into_iter().collect();
    for name in naming::names(&mut entry.event).into_iter().chain(before.left) {
        places.extend(confirmed(db, &series, name)?);
    }
    Ok(Some(place(entry.at.millis(), places)))
}

/// Every place anew, from the entries alone: after a migration, and where an entry came late and pushes others on.
/// Returns whether anything changed.
pub(crate) fn renew(db: &Connection) -> Result<bool, RegisterError> {
    let all = rounds::village(db)?;
    let places = computed(db, &all)?;
    let mut changed = false;
    for series in &all {
        let Some(places) = places.get(&series.state.series) else { continue };
        for (index, place) in places.iter().enumerate() {
            let parameters = (series.row, column(index as u64 + 1)?, place);
            changed |= sql::run(db, include_str!("put_order.sql"), parameters)? > 0;
        }
    }
    if changed {
        sql::run(db, include_str!("spread_order_people.sql"), [])?;
        sql::run(db, include_str!("spread_order_statements.sql"), [])?;
        sql::run(db, include_str!("spread_order_stamps.sql"), [])?;
    }
    Ok(changed)
}

/// # Errors
/// `Damaged` where a stored place is not the one that follows from the entries.
pub(crate) fn prove(db: &Connection) -> Result<(), RegisterError> {
    let all = rounds::village(db)?;
    let places = computed(db, &all)?;
    for series in &all {
        let mut after = 0;
        let known = places.get(&series.state.series).map(Vec::as_slice).unwrap_or_default();
        loop {
            let stored = rows::orders_after(db, series.row, after, STRIDE)?;
            let Some((last, _)) = stored.last().copied() else { break };
            for (seq, place) in stored {
                if known.get(seq as usize - 1) != Some(&place) {
                    return Err(sql::damaged(&format!("order of entry {seq} of {}", series.state.series)));
                }
            }
            after = last;
        }
    }
    Ok(())
}

/// What an entry waits for, as far as the order is concerned.
struct Named {
    at: i64,
    names: Vec<EntityId>,
}

/// Goes round until nothing moves: places only grow, so that this ends at the same places whichever entry came first.
fn computed(db: &Connection, all: &[Series]) -> Result<BTreeMap<SeriesId, Vec<i64>>, RegisterError> {
    let mut said: BTreeMap<SeriesId, (Option<Continues>, Vec<Named>)> = BTreeMap::new();
    for series in all {
        said.insert(series.state.series, read(db, series)?);
    }
    let mut places: BTreeMap<SeriesId, Vec<i64>> =
        said.iter().map(|(series, (_, entries))| (*series, vec![i64::MIN; entries.len()])).collect();
    for _ in 0..PASSES_MAX {
        let mut moved = false;
        for by in all {
            let series = &by.state.series;
            let Some((continues, entries)) = said.get(series) else { continue };
            for (index, entry) in entries.iter().enumerate() {
                let own = &places[series];
                let last = index.checked_sub(1).map(|last| own[last]);
                let before = before(index as u64 + 1, continues.as_ref(), last);
                let of = |id: &EntityId| -> Option<i64> {
                    let named = all.iter().find(|one| one.state.series == id.series)?;
                    if !counts(by, named, id.seq) {
                        return None;
                    }
                    let place =
                        *places.get(&id.series)?.get(usize::try_from(id.seq).ok()?.checked_sub(1)?)?;
                    (place > i64::MIN).then_some(place)
                };
                let named = entry.names.iter().chain(&before.left).filter_map(of);
                let place = place(entry.at, named.chain(before.last));
                if place != own[index] {
                    moved = true;
                    if let Some(own) = places.get_mut(series) {
                        own[index] = place;
                    }
                }
            }
        }
        if !moved {
            break;
        }
    }
    Ok(places)
}

fn read(db: &Connection, series: &Series) -> Result<(Option<Continues>, Vec<Named>), RegisterError> {
    let mut continues = None;
    let mut entries = Vec::new();
    loop {
        let stored = rows::entries_after(db, series.row, entries.len() as u64, STRIDE)?;
        if stored.is_empty() {
            return Ok((continues, entries));
        }
        for one in stored {
            let decoded = one.body.and_then(|body| Entry::decode(&body).ok());
            let at = decoded.as_ref().map_or(0, |entry| entry.at.millis());
            let Some(Entry { mut event, .. }) = decoded else {
                entries.push(Named { at, names: Vec::new() });
                continue;
            };
            if let (1, Event::SeriesOpened { continues: Some(it), .. }) = (one.seq, &event) {
                continues = Some(*it);
            }
            naming::resolve(&mut event, continues.as_ref(), EntityId::new(series.state.series, one.seq));
            entries.push(Named { at, names: naming::names(&mut event) });
        }
    }
}
