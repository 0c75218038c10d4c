//! Where both sides have drifted apart: a restored district, a cloned disk, an old copy put back. Nothing that stood on
//! either side is lost.

use crate::attachment;
use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::learn::hold;
use crate::exchange::{Healed, Inbound, Origin, effects, orphans, rounds};
use crate::person::rows as people;
use crate::series::{self, renewal, rows::Series, twins};
use crate::sql::{self, column, damaged};
use payung_journal::{Carried, Frame, Position, SeriesId, SeriesKind, stretch_of};
use std::collections::BTreeSet;

/// Not level: of each series the furthest place that the district named and that is ours too is where both go on from.
pub(crate) fn go_back(door: &mut Door<'_>, stands: &[Position]) -> Result<Option<Healed>, RegisterError> {
    let mut resending = 0;
    for known in rounds::village(door.db)? {
        let mut common = 0;
        for place in stands.iter().filter(|place| place.series == known.state.series) {
            if place.seq > common && series::rows::head_at(door.db, &known, place.seq)? == Some(place.head) {
                common = place.seq;
            }
        }
        let held = known.state.held_seq;
        if common < held {
            hold(door, &known, common)?;
            resending += held - common;
        }
    }
    if resending > 0 {
        attachment::rows::doubt_receipts(door.db)?;
    }
    Ok((resending > 0).then_some(Healed::DistrictRestored { resending }))
}

/// The last entry that frames and register have in common.
pub(crate) fn common(door: &Door<'_>, known: &Series, frames: &[&Frame]) -> Result<u64, RegisterError> {
    let apart = || RegisterError::Untrusted("catatan tidak bersambung");
    let first = frames.first().ok_or_else(apart)?;
    let mut common = first.first_seq.checked_sub(1).ok_or_else(apart)?;
    let mut head = first.base;
    if series::rows::head_at(door.db, known, common)? != Some(head) {
        return Err(apart());
    }
    for frame in frames {
        for (seq, carried) in frame.numbered() {
            head = head.next(&carried.digest(seq));
            if seq != common + 1 || series::rows::head_at(door.db, known, seq)? != Some(head) {
                return Ok(common);
            }
            common = seq;
        }
    }
    Ok(common)
}

/// The district holds another continuation after `common`: what stood only here goes elsewhere.
pub(crate) fn part(door: &mut Door<'_>, known: &Series, common: u64) -> Result<Healed, RegisterError> {
    let dropped = known.state.seq - common;
    match known.state.origin {
        Origin::Own | Origin::Former => {
            enter_again(door, known, common)?;
            Ok(Healed::OwnSeries { reentered: dropped })
        }
        Origin::OtherDevice => {
            orphans::drop_after(door, known, common)?;
            Ok(Healed::OtherDevice { dropped })
        }
        Origin::District => {
            drop_decisions(door, known, common)?;
            Ok(Healed::Decisions { dropped })
        }
    }
}

/// Decisions of a district that was put back, which stand nowhere but here: neither in what came, nor in another series,
/// nor in the request that is answered, whose branches the district keeps before it answers.
pub(crate) fn would_lose(
    door: &Door<'_>,
    known: &Series,
    common: u64,
    inbound: &Inbound,
) -> Result<bool, RegisterError> {
    if known.state.origin != Origin::District {
        return Ok(false);
    }
    let mut elsewhere: BTreeSet<Vec<u8>> = BTreeSet::new();
    let others = |series: SeriesId| series != known.state.series;
    for series in rounds::village(door.db)?.iter().filter(|series| others(series.state.series)) {
        if series.state.kind == SeriesKind::Decisions {
            let entries = series::rows::entries_after(door.db, series.row, 0, series.state.seq)?;
            elsewhere.extend(entries.into_iter().filter_map(|entry| entry.body));
        }
    }
    let carried = inbound.frames.iter().filter(|frame| others(frame.series)).flat_map(|frame| &frame.entries);
    elsewhere.extend(carried.filter_map(Carried::body).map(<[u8]>::to_vec));
    let offered = inbound.offered.iter().filter(|(series, _)| !others(*series)).map(|(_, end)| *end).max();
    let after = common.max(offered.unwrap_or(0));
    let dropped =
        series::rows::entries_after(door.db, known.row, after, known.state.seq.saturating_sub(after))?;
    Ok(dropped.into_iter().any(|entry| entry.body.is_some_and(|body| !elsewhere.contains(&body))))
}

/// The district is not known to hold more than that of a series: the rest goes to it again.
pub(crate) fn send_again(
    door: &mut Door<'_>,
    known: &Series,
    common: u64,
) -> Result<Option<Healed>, RegisterError> {
    if known.state.held_seq <= common {
        return Ok(None);
    }
    hold(door, known, common)?;
    Ok(Some(Healed::DistrictRestored { resending: known.state.held_seq - common }))
}

/// The district knows more of this device's series than the device: it goes on in a new one.
pub(crate) fn leave(door: &mut Door<'_>, known: &Series) -> Result<Healed, RegisterError> {
    door.shared.save(door.db)?;
    renewal::open(door, known, known.state.seq, 0)?;
    Ok(Healed::OwnSeries { reentered: 0 })
}

/// The own entries after `common` come again in a new series, byte for byte and in their place in the order of all; the
/// tables follow.
fn enter_again(door: &mut Door<'_>, known: &Series, common: u64) -> Result<(), RegisterError> {
    door.shared.save(door.db)?;
    let count = known.state.seq - common;
    let lost = series::rows::entries_after(door.db, known.row, common, count)?;
    renewal::open(door, known, common, count)?;
    let new = door.shared.series;
    for entry in lost {
        let body = entry.body.ok_or_else(|| damaged("body of an entry that was never sent"))?;
        let at = entry.at.millis();
        door.shared.append_body(door.db, &body, at, entry.order, &*door.tools.randomness)?;
    }
    door.shared.save(door.db)?;
    rename(door, known.row, common, new)?;
    truncate(door, known, common)?;
    let touched = people::touched_by_entries(door.db, new, 0, count + 1)?;
    effects::refresh(door, &touched)
}

/// What rows call `(old, common + k)` is `(new, k + 1)` now.
fn rename(door: &Door<'_>, old: i64, common: u64, new: SeriesId) -> Result<(), RegisterError> {
    let new = series::rows::find(door.db, new)?.ok_or_else(|| damaged("new series"))?;
    let parameters = (old, column(common)?, new.row);
    for statement in [
        include_str!("rename/person_entity.sql"),
        include_str!("rename/person_version.sql"),
        include_str!("rename/person_edit_base.sql"),
        include_str!("rename/person_event.sql"),
        include_str!("rename/person_event_about.sql"),
        include_str!("rename/version.sql"),
        include_str!("rename/version_base.sql"),
        include_str!("rename/statement.sql"),
        include_str!("rename/statement_withdrawn.sql"),
        include_str!("rename/statement_person.sql"),
        include_str!("rename/head_key.sql"),
        include_str!("rename/stamp.sql"),
        include_str!("rename/waiting.sql"),
        include_str!("rename/twin.sql"),
        include_str!("rename/twin_same.sql"),
    ] {
        sql::run(door.db, statement, parameters)?;
    }
    attachment::remote::rename(door.db, old, common, new.row)
}

/// The series ends at `common`, with what proved the rest.
pub(crate) fn truncate(door: &Door<'_>, known: &Series, common: u64) -> Result<(), RegisterError> {
    let head = series::rows::head_at(door.db, known, common)?.ok_or_else(|| damaged("place of a series"))?;
    let after = (known.row, column(common)?);
    for statement in [
        include_str!("truncate/waiting.sql"),
        include_str!("truncate/twin.sql"),
        include_str!("truncate/entry.sql"),
        include_str!("truncate/checkpoint.sql"),
        include_str!("truncate/receipt.sql"),
    ] {
        sql::run(door.db, statement, after)?;
    }
    let stretch = if common == 0 { -1 } else { column(stretch_of(common))? };
    sql::run(door.db, include_str!("truncate/stretch.sql"), (known.row, stretch))?;
    sql::run(door.db, include_str!("../series/update_head.sql"), (known.row, column(common)?, head.0))?;
    let held = known.state.held_seq.min(common);
    sql::run(door.db, include_str!("put_held.sql"), (known.row, column(held)?))?;
    Ok(())
}

/// The district decided anew: what it no longer says is taken back. It comes again in a new series of decisions where
/// it still holds.
fn drop_decisions(door: &mut Door<'_>, known: &Series, common: u64) -> Result<(), RegisterError> {
    let touched = people::touched_by_entries(door.db, known.state.series, common, known.state.seq)?;
    let after = (known.row, column(common)?);
    for statement in [
        include_str!("undo/person_event.sql"),
        include_str!("undo/token.sql"),
        include_str!("undo/refusal.sql"),
        include_str!("undo/head_certificate.sql"),
        include_str!("undo/head_revocation.sql"),
        include_str!("undo/revoked_device.sql"),
    ] {
        sql::run(door.db, statement, after)?;
    }
    attachment::remote::forget_refusals(door.db, known.row, common)?;
    twins::let_go(door.db, known, common)?;
    truncate(door, known, common)?;
    effects::refresh(door, &touched)
}
