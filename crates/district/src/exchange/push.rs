//! Taking in one series: proved whole before anything of it is kept.

use crate::error::DistrictError;
use crate::store::{Content, DeviceRow, EntryRow, Reads, SeriesRow};
use crate::work::Work;
use payung_journal::{
    Carried, Checkpoint, EntityId, Entry, Event, Frame, Head, NewEntry, Position, Receipt, Refusal,
    RefusalCode, Rejected, SaltSource, Seed, SeriesId, SeriesKind, accept, stretch_of,
};
use payung_keys::PublicKey;

/// Stores what is new of a series and takes up its effect; how many entries that were, or why nothing changed.
pub fn push(
    work: &mut Work,
    device: &DeviceRow,
    series: SeriesId,
    frames: &[&Frame],
    checkpoint: Option<&Checkpoint>,
) -> Result<Result<usize, Refusal>, DistrictError> {
    let Some(checkpoint) = checkpoint else {
        return Ok(Err(refusal(series, RefusalCode::BadSignature, "no checkpoint covers these entries")));
    };
    let known = match work.writes.series(series)? {
        Some(known) if known.device == Some(device.id) => Some(known),
        Some(_) => return Ok(Err(refusal(series, RefusalCode::Foreign, "not a series of this device"))),
        None => None,
    };
    let (place, key) = match &known {
        Some(known) => (position(known), known.key),
        None => (Position::start(series), key_of_new(&*work.writes, device, series, frames)?),
    };
    let accepted = {
        let reads = &*work.writes;
        let head = |seq| known.as_ref().and_then(|known| head_at(reads, known, seq).ok().flatten());
        match accept(&place, &key, frames, checkpoint, &head) {
            Ok(accepted) => accepted,
            Err(rejected) => return Ok(Err(rejected.refusal(&place))),
        }
    };
    let Some(last) = accepted.new.last() else { return Ok(Ok(0)) };
    let mut row = match known {
        Some(known) => known,
        None if opens_here(&accepted.new, device) => SeriesRow {
            id: series,
            kind: SeriesKind::Shared,
            village: device.village,
            device: Some(device.id),
            key,
            length: 0,
            head: place.head,
        },
        None => return Ok(Err(Rejected::Foreign.refusal(&place))),
    };
    (row.length, row.head) = (last.seq, last.head);
    work.writes.put_series(&row)?;
    let mut seed = None;
    for new in &accepted.new {
        keep(work, series, new, &mut seed)?;
    }
    work.writes.add_checkpoint(checkpoint)?;
    let receipt = Receipt::sign(work.district.key(), series, row.length, row.head, work.now);
    work.writes.add_receipt(&receipt)?;
    for new in &accepted.new {
        // A body that was erased, or that a newer program wrote, is kept; it has no effect here.
        if let Some(entry) = new.carried.body().and_then(|body| Entry::decode(body).ok()) {
            work.take_up(device.village, EntityId::new(series, new.seq), &entry)?;
        }
    }
    Ok(Ok(accepted.new.len()))
}

pub fn position(series: &SeriesRow) -> Position {
    Position { series: series.id, seq: series.length, head: series.head }
}

/// The head after an entry that is held.
pub fn head_at(
    reads: &(impl Reads + ?Sized),
    series: &SeriesRow,
    seq: u64,
) -> Result<Option<Head>, DistrictError> {
    if seq == 0 {
        return Ok(Some(Head::start(series.id)));
    }
    if seq > series.length {
        return Ok(None);
    }
    Ok(reads.entry(EntityId::new(series.id, seq))?.map(|entry| entry.head))
}

/// A new series speaks with the device's key, or with one that an older series of this device vouched for.
fn key_of_new(
    reads: &(impl Reads + ?Sized),
    device: &DeviceRow,
    series: SeriesId,
    frames: &[&Frame],
) -> Result<PublicKey, DistrictError> {
    let first = frames.first().filter(|frame| frame.first_seq == 1).and_then(|frame| frame.entries.first());
    let opened =
        first.and_then(Carried::body).and_then(|body| Entry::decode(body).ok()).map(|entry| entry.event);
    let Some(Event::SeriesOpened { key, continues: Some(continues), .. }) = opened else {
        return Ok(device.key);
    };
    let old = reads.series(continues.series)?.filter(|old| old.device == Some(device.id));
    let vouched = old.is_some_and(|old| continues.verify(&old.key, series, &key).is_ok());
    Ok(if vouched { key } else { device.key })
}

/// A local series stays in its village, and a device speaks for its own village only.
fn opens_here(new: &[NewEntry], device: &DeviceRow) -> bool {
    let first = new.first().and_then(|first| first.carried.body()).and_then(|body| Entry::decode(body).ok());
    matches!(
        first.map(|entry| entry.event),
        Some(Event::SeriesOpened { kind: SeriesKind::Shared, village, .. }) if village == device.village
    )
}

/// `known`: the stretch kept last and its seed.
fn keep(
    work: &mut Work,
    series: SeriesId,
    new: &NewEntry,
    known: &mut Option<(u64, Seed)>,
) -> Result<(), DistrictError> {
    let content = match &new.carried {
        Carried::Erased { digest } => Content::Erased(*digest),
        Carried::Body { body, salt: SaltSource::Own(salt) } => {
            Content::Body { body: body.clone(), salt: Some(*salt) }
        }
        Carried::Body { body, salt: source @ SaltSource::Stretch(seed) } => {
            let stretch = stretch_of(new.seq);
            if known.is_none_or(|(kept, _)| kept != stretch) {
                let kept = work.writes.seed(series, stretch)?;
                if kept.is_none() {
                    work.writes.add_seed(series, stretch, seed)?;
                }
                *known = Some((stretch, kept.unwrap_or(*seed)));
            }
            let follows = known.is_some_and(|(_, kept)| kept == *seed);
            Content::Body { body: body.clone(), salt: (!follows).then(|| source.salt(new.seq)) }
        }
    };
    work.writes.add_entry(EntityId::new(series, new.seq), &EntryRow { content, head: new.head })
}

fn refusal(series: SeriesId, code: RefusalCode, message: &str) -> Refusal {
    Refusal { series, code, seq: 0, message: message.into() }
}
