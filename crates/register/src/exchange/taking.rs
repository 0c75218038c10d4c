//! Entries of others: decisions, other devices' series, and what the district knows of this device's own. Proved whole,
//! kept byte for byte, then taken up.

use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::{Healed, Inbound, Origin, effects, forks, learn};
use crate::series::naming::Here;
use crate::series::{self, order, rows::Series, twins};
use crate::sql::{self, column};
use payung_journal::{
    Accepted, Carried, Checkpoint, EntityId, Entry, Event, Frame, Meant, NewEntry, Position, Receipt,
    Rejected, SaltSource, Seed, SeriesId, SeriesKind, Shelf, accept, stretch_of,
};
use payung_keys::PublicKey;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What came of it.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) entries: u64,
    pub(crate) healed: Vec<Healed>,
    /// Something moved in the order of all: everybody is looked at again.
    pub(crate) reordered: bool,
}

/// Takes the frames of each series as far as its checkpoint covers them. Own series come first: what others say about
/// their entries means those that the district holds. Decisions come last: they speak of all the others.
pub(crate) fn take(
    door: &mut Door<'_>,
    district: &PublicKey,
    inbound: &Inbound,
) -> Result<Taken, RegisterError> {
    let mut newest: BTreeMap<SeriesId, &Checkpoint> = BTreeMap::new();
    for checkpoint in &inbound.checkpoints {
        let known = newest.entry(checkpoint.series).or_insert(checkpoint);
        if checkpoint.seq > known.seq {
            *known = checkpoint;
        }
    }
    let mut found = Vec::new();
    for checkpoint in newest.into_values() {
        let mut frames: Vec<&Frame> =
            inbound.frames.iter().filter(|frame| frame.series == checkpoint.series).collect();
        frames.sort_by_key(|frame| frame.first_seq);
        let known = series::rows::find(door.db, checkpoint.series)?;
        let known = match known {
            Some(known) => known,
            None => introduce(door, district, &frames, checkpoint.series)?,
        };
        let rank = match known.state.origin {
            Origin::Own | Origin::Former => 0,
            Origin::OtherDevice => 1,
            Origin::District => 2,
        };
        found.push((rank, known, frames, checkpoint));
    }
    found.sort_by_key(|(rank, ..)| *rank);
    let mut taken = Taken::default();
    for (_, known, frames, checkpoint) in found {
        if !known.state.travels()
            || known.state.kind == SeriesKind::Decisions && known.state.public_key != *district
        {
            return Err(RegisterError::Untrusted("seri ini bukan milik desa dan kabupaten ini"));
        }
        take_series(door, known, &frames, checkpoint, inbound, &mut taken)?;
    }
    Ok(taken)
}

/// A series never seen: of another device of this village, or decisions under the district's own key.
fn introduce(
    door: &Door<'_>,
    district: &PublicKey,
    frames: &[&Frame],
    id: SeriesId,
) -> Result<Series, RegisterError> {
    let foreign = || RegisterError::Untrusted("seri keputusan tidak dikenal");
    let first = frames.first().filter(|frame| frame.first_seq == 1).and_then(|frame| frame.entries.first());
    let opened = first.and_then(Carried::body).and_then(|body| Entry::decode(body).ok());
    let Some(Event::SeriesOpened { kind, village, key, .. }) = opened.map(|entry| entry.event) else {
        return Err(foreign());
    };
    let origin = match kind {
        SeriesKind::Shared => Origin::OtherDevice,
        SeriesKind::Decisions if key == *district => Origin::District,
        SeriesKind::Decisions | SeriesKind::Local => return Err(foreign()),
    };
    if village != door.village.code {
        return Err(RegisterError::Untrusted("seri ini milik desa lain"));
    }
    series::rows::insert(door.db, id, (kind, origin), &key, None)?;
    series::rows::find(door.db, id)?.ok_or_else(foreign)
}

fn take_series(
    door: &mut Door<'_>,
    mut known: Series,
    frames: &[&Frame],
    checkpoint: &Checkpoint,
    inbound: &Inbound,
    taken: &mut Taken,
) -> Result<(), RegisterError> {
    let accepted = match prove(door, &known, frames, checkpoint) {
        Ok(accepted) => accepted,
        Err(Rejected::Fork { .. }) => {
            let common = forks::common(door, &known, frames)?;
            refuse_unreceipted(&known, checkpoint, inbound)?;
            if forks::would_lose(door, &known, common, inbound)? {
                // They are given back to the district first; what it says instead comes with its next answer.
                taken.healed.extend(forks::send_again(door, &known, common)?);
                return Ok(());
            }
            taken.healed.push(forks::part(door, &known, common)?);
            taken.reordered = true;
            known = series::rows::find(door.db, known.state.series)?
                .ok_or(RegisterError::Untrusted("seri hilang"))?;
            prove(door, &known, frames, checkpoint).map_err(|rejected| refuse(&rejected))?
        }
        Err(rejected) => return Err(refuse(&rejected)),
    };
    if accepted.new.is_empty() {
        return Ok(());
    }
    refuse_unreceipted(&known, checkpoint, inbound)?;
    if known.state.origin == Origin::Own {
        // The district knows more of this device's series than the device: an old copy, put back.
        taken.healed.push(forks::leave(door, &known)?);
    }
    keep(door, &known, &accepted, checkpoint)?;
    if known.state.origin == Origin::OtherDevice {
        // It came under this receipt.
        let receipt = inbound.receipts.iter().find(|receipt| covers(receipt, checkpoint));
        if let Some(receipt) = receipt {
            learn::note_receipt(door, known.row, receipt)?;
            learn::hold(door, &known, receipt.seq)?;
        }
    }
    let again = twins::again(door.db)?;
    let shelf = Here::of(door.db, &known);
    for new in &accepted.new {
        let id = EntityId::new(known.state.series, new.seq);
        if let Some(body) = new.carried.body()
            && let Some(same) = twins::find(door.db, &again, id, body)?
        {
            twins::note(door.db, id, same)?;
            continue;
        }
        let Some(mut entry) = decoded(new) else { continue };
        let meanings = shelf.meanings(id, &entry)?;
        let unmet = unmet(door.db, &shelf, &entry, &meanings)?;
        if unmet.is_empty() {
            shelf.put(&meanings, &mut entry)?;
            effects::apply(door, id, entry)?;
        }
        for place in unmet {
            let parameters = (place.series.0, column(place.seq)?, known.row, column(id.seq)?);
            sql::run(door.db, include_str!("insert_waiting.sql"), parameters)?;
        }
    }
    taken.entries += accepted.new.len() as u64;
    Ok(())
}

fn prove(
    door: &Door<'_>,
    known: &Series,
    frames: &[&Frame],
    checkpoint: &Checkpoint,
) -> Result<Accepted, Rejected> {
    let head_at = |seq| series::rows::head_at(door.db, known, seq).ok().flatten();
    accept(&known.state.position(), &known.state.public_key, frames, checkpoint, &head_at)
}

fn refuse(rejected: &Rejected) -> RegisterError {
    RegisterError::Untrusted(match *rejected {
        Rejected::Gap { .. } | Rejected::Truncated { .. } => "sebagian catatan hilang di jalan",
        Rejected::BadSignature => "catatan tidak ditandatangani penulisnya",
        Rejected::Foreign => "catatan bukan untuk desa ini",
        Rejected::Altered { .. } | Rejected::Fork { .. } => "catatan berubah di jalan",
    })
}

/// Another device's word counts once the district has confirmed that it holds it.
fn refuse_unreceipted(
    known: &Series,
    checkpoint: &Checkpoint,
    inbound: &Inbound,
) -> Result<(), RegisterError> {
    if known.state.kind == SeriesKind::Shared
        && known.state.origin == Origin::OtherDevice
        && !inbound.receipts.iter().any(|receipt| covers(receipt, checkpoint))
    {
        return Err(RegisterError::Untrusted("catatan laptop lain belum berada di bawah tanda terima"));
    }
    Ok(())
}

fn covers(receipt: &Receipt, checkpoint: &Checkpoint) -> bool {
    (receipt.series, receipt.seq, receipt.head) == (checkpoint.series, checkpoint.seq, checkpoint.head)
}

/// Byte for byte, with what proves the digests, each in its place in the order of all.
fn keep(
    door: &Door<'_>,
    known: &Series,
    accepted: &Accepted,
    checkpoint: &Checkpoint,
) -> Result<(), RegisterError> {
    let mut seed = None;
    let (series, row) = (known.state.series, known.row);
    let mut continues = series::rows::continues(door.db, known.row)?;
    let mut last = order::of(door.db, EntityId::new(series, known.state.seq))?;
    let shelf = Here::of(door.db, known);
    for new in &accepted.new {
        let id = EntityId::new(series, new.seq);
        let entry = decoded(new);
        if let (1, Some(Event::SeriesOpened { continues: Some(it), .. })) =
            (new.seq, entry.as_ref().map(|entry| &entry.event))
        {
            continues = Some(*it);
        }
        let at = entry.as_ref().map_or(0, |entry| entry.at.millis());
        let before = order::before(new.seq, continues.as_ref(), last);
        let mut places: Vec<i64> = before.last.into_iter().collect();
        places.extend(order::named(door.db, &shelf, (id, entry.as_ref()), before.left)?);
        let place = order::place(at, places);
        let (body, salt) = match &new.carried {
            Carried::Erased { .. } => (None, None),
            Carried::Body { body, salt } => (Some(body), own_salt(door, known, new.seq, salt, &mut seed)?),
        };
        sql::run(
            door.db,
            include_str!("insert_taken.sql"),
            (row, column(new.seq)?, at, place, new.digest.0, new.head.0, body, salt.map(|salt| salt.0)),
        )?;
        last = Some(place);
    }
    let Position { seq, head, .. } = accepted.position;
    sql::run(door.db, include_str!("../series/update_head.sql"), (row, column(seq)?, head.0))?;
    let parameters = (row, column(checkpoint.seq)?, checkpoint.head.0, checkpoint.proof.to_bytes());
    sql::run(door.db, include_str!("insert_checkpoint.sql"), parameters)?;
    if known.state.kind == SeriesKind::Decisions {
        sql::run(door.db, include_str!("put_held.sql"), (row, column(seq)?))?;
    }
    Ok(())
}

/// `None` where it was erased, or where this program cannot read it: kept and receipted all the same.
fn decoded(new: &NewEntry) -> Option<Entry> {
    Entry::decode(new.carried.body()?).ok()
}

/// The salt itself only where it does not follow from the seed kept for its stretch.
fn own_salt(
    door: &Door<'_>,
    known: &Series,
    seq: u64,
    salt: &SaltSource,
    kept: &mut Option<(u64, Seed)>,
) -> Result<Option<payung_journal::Salt>, RegisterError> {
    let SaltSource::Stretch(seed) = salt else { return Ok(Some(salt.salt(seq))) };
    let stretch = stretch_of(seq);
    let there = match *kept {
        Some((at, there)) if at == stretch => there,
        _ => match series::rows::seed(door.db, known.row, stretch)? {
            Some(there) => there,
            None => {
                series::rows::insert_seed(door.db, known.row, stretch, *seed)?;
                *seed
            }
        },
    };
    *kept = Some((stretch, there));
    Ok((there != *seed).then(|| salt.salt(seq)))
}

/// What an entry names and what is not here, or not taken up itself: its effect waits for it.
fn unmet(
    db: &Connection,
    shelf: &Here<'_>,
    entry: &Entry,
    meanings: &[Meant],
) -> Result<Vec<EntityId>, RegisterError> {
    let mut unmet = Vec::new();
    let mut wanted = meanings.to_vec();
    if let Event::SeriesOpened { continues: Some(it), .. } = &entry.event
        && it.seq > 0
    {
        let left = EntityId::new(it.series, it.seq);
        wanted.push(if shelf.here(left)? { Meant::Here(left) } else { Meant::Awaited(left) });
    }
    for meant in wanted {
        match meant {
            Meant::Awaited(place) => unmet.push(place),
            Meant::Here(place) => {
                let means = twins::meaning(db, place)?;
                let means = (means.series.0, column(means.seq)?);
                if sql::one(db, include_str!("asleep.sql"), means, |_| Ok(()))?.is_some() {
                    unmet.push(place);
                }
            }
        }
    }
    Ok(unmet)
}

/// Entries whose effect waits.
pub(crate) fn waiting(db: &Connection) -> Result<BTreeSet<EntityId>, RegisterError> {
    let waiting = sql::many(db, include_str!("waiting.sql"), [], |row| {
        sql::entity(row.get(2)?, row.get(3)?)?.ok_or_else(|| sql::damaged("waiting entry"))
    })?;
    Ok(waiting.into_iter().collect())
}

/// Takes up what waited, where everything that it names is here and taken up by now. Returns whether the order of all was
/// made anew: what waited may stand later, and push others on.
pub(crate) fn wake(door: &mut Door<'_>) -> Result<bool, RegisterError> {
    let mut renewed = false;
    loop {
        let ready = ready(door)?;
        if ready.is_empty() {
            return Ok(renewed);
        }
        let mut moved = false;
        for waited in &ready {
            let parameters = (waited.series.0, column(waited.seq)?);
            sql::run(door.db, include_str!("forget_waiting.sql"), parameters)?;
            let late = order::from_entry(door.db, *waited)?;
            moved |= late.is_some() && late != order::of(door.db, *waited)?;
        }
        if moved {
            renewed |= order::renew(door.db)?;
        }
        for waited in ready {
            if let Some(entry) = series::rows::entry(door.db, waited)? {
                effects::apply(door, waited, entry)?;
            }
        }
    }
}

/// What waits for nothing any more.
fn ready(door: &Door<'_>) -> Result<BTreeSet<EntityId>, RegisterError> {
    let mut ready = waiting(door.db)?;
    for waited in ready.clone() {
        let shelf = Here::named_in(door.db, waited.series)?;
        if let Some(entry) = series::rows::written(door.db, waited)?
            && !unmet(door.db, &shelf, &entry, &shelf.meanings(waited, &entry)?)?.is_empty()
        {
            ready.remove(&waited);
        }
    }
    Ok(ready)
}
