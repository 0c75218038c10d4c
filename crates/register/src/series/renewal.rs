//! A device goes on in a new series: after a restore, or where the district holds another continuation of the old one.

use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::Origin;
use crate::op::Done;
use crate::series;
use crate::series::rows::Series;
use crate::series::tail::Tail;
use crate::sql::{self, damaged};
use payung_journal::{Continues, Event, SeriesId, SeriesKind, TrailKind};

/// Everything written so far stays where it is and still travels.
pub(crate) fn after_restore(door: &mut Door<'_>) -> Result<Done, RegisterError> {
    door.shared.save(door.db)?;
    let old = series::rows::own(door.db, SeriesKind::Shared)?;
    open(door, &old, old.state.seq, 0)?;
    door.trail(TrailKind::Restored, None, &[], "")?;
    Ok(Done::default())
}

/// The old series is written no more; the new one takes over after entry `seq` of it, introduced by the same key.
pub(crate) fn open(door: &mut Door<'_>, old: &Series, seq: u64, reentered: u64) -> Result<(), RegisterError> {
    let key = series::rows::signing_key(door.db, old.state.series)?;
    let head = series::rows::head_at(door.db, old, seq)?.ok_or_else(|| damaged("place of a series"))?;
    sql::run(door.db, include_str!("put_former.sql"), [])?;
    let new = SeriesId::generate(&*door.tools.randomness);
    let public = key.public();
    series::rows::insert(door.db, new, (SeriesKind::Shared, Origin::Own), &public, Some(&key))?;
    door.shared = Tail::load(door.db, SeriesKind::Shared)?;
    let continues = Continues { series: old.state.series, seq, head, signature: None, reentered };
    door.share(Event::SeriesOpened {
        kind: SeriesKind::Shared,
        village: door.village.code,
        key: public,
        continues: Some(continues.signed(&key, new, &public)),
    })?;
    Ok(())
}
