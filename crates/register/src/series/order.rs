//! The order of what several devices said: the same on every device, whenever an entry came.
//!
//! The place of an entry is the latest of its own time, a millisecond after the entry before it in its series and a
//! millisecond after every entry it names. Entries that came again in a new series keep the place they had: theirs is
//! counted from the place where the old series was left.

use crate::error::RegisterError;
use crate::exchange::rounds;
use crate::series::naming::Here;
use crate::series::rows;
use crate::series::rows::Series;
use crate::sql::{self, column};
use payung_journal::{Again, Continues, EntityId, Entry, Event, Mark, Meant, SeriesId, Shelf, meant};
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

/// Places that an entry stands after because it names them, or because another series was left there.
pub(crate) fn named(
    db: &Connection,
    shelf: &Here<'_>,
    (at, entry): (EntityId, Option<&Entry>),
    left: Option<EntityId>,
) -> Result<Vec<i64>, RegisterError> {
    let means = entry.map_or(Ok(Vec::new()), |entry| shelf.meanings(at, entry))?;
    let mut after: Vec<EntityId> = means.into_iter().filter_map(Meant::here).collect();
    if let Some(left) = left
        && shelf.here(left)?
    {
        after.push(left);
    }
    let places = after.into_iter().map(|place| of(db, place)).collect::<Result<Vec<_>, _>>()?;
    Ok(places.into_iter().flatten().collect())
}

/// The place of an entry that is here, from those before it and those it names.
pub(crate) fn from_entry(db: &Connection, id: EntityId) -> Result<Option<i64>, RegisterError> {
    let Some(series) = rows::find(db, id.series)? else { return Ok(None) };
    let Some(entry) = rows::written(db, id)? else { return Ok(None) };
    let last = match id.seq {
        0 | 1 => None,
        seq => of(db, EntityId::new(id.series, seq - 1))?,
    };
    let before = before(id.seq, rows::continues(db, series.row)?.as_ref(), last);
    let mut places: Vec<i64> = before.last.into_iter().collect();
    places.extend(named(db, &Here::of(db, &series), (id, Some(&entry)), before.left)?);
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
    names: Vec<(EntityId, Option<Mark>)>,
    /// Its own, where its body is here.
    mark: Option<Mark>,
}

/// Every entry of the village, as one series means them.
struct Everything<'e> {
    said: &'e BTreeMap<SeriesId, (Option<Continues>, Vec<Named>)>,
    all: &'e [Series],
    by: &'e Series,
}

impl Everything<'_> {
    fn find(&self, id: EntityId) -> Option<&Named> {
        let named = self.all.iter().find(|one| one.state.series == id.series)?;
        let counts = self.by.state.origin.is_this_device()
            || !named.state.origin.is_this_device()
            || id.seq <= named.confirmed_seq;
        let (_, entries) = self.said.get(&id.series).filter(|_| counts)?;
        entries.get(usize::try_from(id.seq).ok()?.checked_sub(1)?)
    }
}

impl Shelf for Everything<'_> {
    type Error = std::convert::Infallible;

    fn here(&self, id: EntityId) -> Result<bool, Self::Error> {
        Ok(self.find(id).is_some())
    }

    fn mark(&self, id: EntityId) -> Result<Option<Mark>, Self::Error> {
        Ok(self.find(id).and_then(|entry| entry.mark))
    }

    fn again(&self, series: SeriesId) -> Result<Option<Again>, Self::Error> {
        Ok(self.said.get(&series).and_then(|(continues, _)| *continues).and_then(|it| it.again(series)))
    }

    fn all_again(&self) -> Result<Vec<Again>, Self::Error> {
        let again = self.said.iter().filter_map(|(series, (continues, _))| (*continues)?.again(*series));
        Ok(again.collect())
    }
}

/// Goes round until nothing moves: places only grow, so that this ends at the same places whichever entry came first.
fn computed(db: &Connection, all: &[Series]) -> Result<BTreeMap<SeriesId, Vec<i64>>, RegisterError> {
    let mut said: BTreeMap<SeriesId, (Option<Continues>, Vec<Named>)> = BTreeMap::new();
    for series in all {
        said.insert(series.state.series, read(db, series)?);
    }
    let mut after: BTreeMap<SeriesId, Vec<Vec<EntityId>>> = BTreeMap::new();
    for by in all {
        let series = by.state.series;
        let Some((continues, entries)) = said.get(&series) else { continue };
        let everything = Everything { said: &said, all, by };
        let places = (1..).zip(entries).map(|(seq, entry)| {
            let at = EntityId::new(series, seq);
            let Before { left, .. } = before(seq, continues.as_ref(), None);
            let left = left.filter(|left| everything.find(*left).is_some());
            let means = entry.names.iter().map(|named| {
                let Ok(meant) = meant(&everything, at, *named);
                meant
            });
            means.filter_map(Meant::here).chain(left).collect()
        });
        after.insert(series, places.collect());
    }
    let mut places: BTreeMap<SeriesId, Vec<i64>> =
        said.iter().map(|(series, (_, entries))| (*series, vec![i64::MIN; entries.len()])).collect();
    for _ in 0..PASSES_MAX {
        let mut moved = false;
        for by in all {
            let series = &by.state.series;
            let Some((continues, entries)) = said.get(series) else { continue };
            for (index, (entry, after)) in entries.iter().zip(&after[series]).enumerate() {
                let own = &places[series];
                let last = index.checked_sub(1).map(|last| own[last]);
                let before = before(index as u64 + 1, continues.as_ref(), last);
                let of = |id: &EntityId| -> Option<i64> {
                    let place =
                        *places.get(&id.series)?.get(usize::try_from(id.seq).ok()?.checked_sub(1)?)?;
                    (place > i64::MIN).then_some(place)
                };
                let place = place(entry.at, after.iter().filter_map(of).chain(before.last));
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
            let decoded = one.body.as_deref().and_then(|body| Entry::decode(body).ok());
            let mark = one.body.as_deref().map(Mark::of);
            let at = decoded.as_ref().map_or(0, |entry| entry.at.millis());
            if let (1, Some(Event::SeriesOpened { continues: Some(it), .. })) =
                (one.seq, decoded.as_ref().map(|entry| &entry.event))
            {
                continues = Some(*it);
            }
            let names = decoded.map(|entry| entry.names()).unwrap_or_default();
            entries.push(Named { at, names, mark });
        }
    }
}
