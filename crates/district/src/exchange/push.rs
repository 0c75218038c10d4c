//! Taking in one series: proved whole before anything of it is kept. Proving reads only, so that it needs no place in the
//! queue of writers.

use crate::error::DistrictError;
use crate::home::District;
use crate::store::{Content, Continued, DeviceRow, EntryRow, Reads, SeriesRow};
use crate::work::{Prepared, Work, twins_around};
use payung_journal::{
    Carried, Checkpoint, Continues, EntityId, Entry, Event, Frame, Head, NewEntry, Position, Receipt,
    Refusal, RefusalCode, Rejected, SaltSource, Seed, SeriesId, SeriesKind, accept, stretch_of,
};
use payung_keys::PublicKey;

/// Set once decisions came back that the district did not know: it was put back from a copy.
pub const RESTORED: &str = "restored";

/// Most series of one village: every laptop has one, and one more for each time it was put back from a copy.
const SERIES_MAX: usize = 512;

/// Whose series a device may push.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// First language: its own.
    ForItself,
    /// Any of its village, the district's decisions for it included.
    ForItsVillage,
}

/// What is proved of a series, ready to be kept.
pub struct Proved {
    /// The series as it was when this was proved; of length 0 where it was not known.
    pub before: SeriesRow,
    pub new: Vec<NewEntry>,
    /// What each new entry says; `None` for a body that was erased or that a newer program wrote.
    pub entries: Vec<Option<Prepared>>,
    pub checkpoint: Checkpoint,
    /// What was offered for, which may lie before the end.
    pub seq: u64,
}

/// Proves what a device pushes of one series, or says why nothing of it can be kept.
pub fn prove(
    district: &District,
    reads: &(impl Reads + ?Sized),
    (device, speaks): (&DeviceRow, Speaks),
    series: SeriesId,
    (frames, checkpoint): (&[&Frame], Option<&Checkpoint>),
) -> Result<Result<Proved, Refusal>, DistrictError> {
    let Some(checkpoint) = checkpoint else {
        return Ok(Err(refusal(series, RefusalCode::BadSignature, "no checkpoint covers these entries")));
    };
    let before = match reads.series(series)? {
        Some(known) if own(&known, device, speaks) => known,
        Some(_) => return Ok(Err(refusal(series, RefusalCode::Foreign, "not a series of this device"))),
        None if reads.village_series(device.village)?.len() >= SERIES_MAX => {
            return Ok(Err(refusal(series, RefusalCode::Foreign, "the village has too many series")));
        }
        None => unknown(district, reads, (device, speaks), series, frames)?,
    };
    let place = before.position();
    let accepted = {
        let head = |seq| head_at(reads, &before, seq).ok().flatten();
        match accept(&place, &before.key, frames, checkpoint, &head) {
            Ok(accepted) => accepted,
            Err(rejected) => return Ok(Err(rejected.refusal(&place))),
        }
    };
    if before.length == 0 && !accepted.new.is_empty() && !opens_here(&accepted.new, device, before.kind) {
        return Ok(Err(Rejected::Foreign.refusal(&place)));
    }
    if !accepted.new.is_empty() && silenced(reads, &before)? {
        return Ok(Err(refusal(series, RefusalCode::Foreign, "its device is revoked")));
    }
    let entry = |new: &NewEntry| {
        let entry = new.carried.body().and_then(|body| Entry::decode(body).ok())?;
        Some(Prepared::of(district, device.village, entry))
    };
    Ok(Ok(Proved {
        entries: accepted.new.iter().map(entry).collect(),
        new: accepted.new,
        checkpoint: checkpoint.clone(),
        seq: checkpoint.seq,
        before,
    }))
}

/// Stores what is new and takes up its effect; how many entries that were.
pub fn keep(
    work: &mut Work,
    village: payung_domain::VillageCode,
    proved: Proved,
) -> Result<usize, DistrictError> {
    let Proved { before: mut row, new, entries, checkpoint, .. } = proved;
    let Some(last) = new.last() else { return Ok(0) };
    (row.length, row.head) = (last.seq, last.head);
    work.writes.put_series(&row)?;
    let (first_seq, stored) = (last.seq + 1 - new.len() as u64, new.len());
    let mut seed = None;
    for new in new {
        if let (SeriesKind::Shared, Some(body)) = (row.kind, new.carried.body()) {
            work.note_mark(EntityId::new(row.id, new.seq), body);
        }
        store(work, row.id, new, &mut seed)?;
    }
    work.writes.add_checkpoint(&checkpoint)?;
    let receipt = Receipt::sign(work.district.key(), row.id, row.length, row.head, work.now);
    work.writes.add_receipt(&receipt)?;
    if row.kind == SeriesKind::Decisions {
        work.writes.put_setting(RESTORED, &[1])?;
    }
    let again = twins_around(work, village, &row)?;
    for (seq, entry) in (first_seq..).zip(entries) {
        let Some(entry) = entry else { continue };
        let id = EntityId::new(row.id, seq);
        work.turn_of(Some(id));
        match again.find(work, id)? {
            Some(same) => work.skip_twin(village, id, same)?,
            None => work.take_up(village, &row, seq, entry)?,
        }
    }
    work.turn_of(None);
    Ok(stored)
}

/// The head after an entry that is held.
pub fn head_at(
    reads: &(impl Reads + ?Sized),
    series: &SeriesRow,
    seq: u64,
) -> Result<Option<Head>, DistrictError> {
    match seq {
        0 => Ok(Some(Head::start(series.id))),
        _ if seq == series.length => Ok(Some(series.head)),
        _ if seq > series.length => Ok(None),
        _ => reads.entry_head(EntityId::new(series.id, seq)),
    }
}

fn own(series: &SeriesRow, device: &DeviceRow, speaks: Speaks) -> bool {
    match speaks {
        Speaks::ForItself => series.device == Some(device.id),
        Speaks::ForItsVillage => series.village == device.village,
    }
}

/// A series never seen: who may speak for it follows from its first entry. Nothing of it is kept unless its checkpoint
/// proves that key.
fn unknown(
    district: &District,
    reads: &(impl Reads + ?Sized),
    (device, speaks): (&DeviceRow, Speaks),
    id: SeriesId,
    frames: &[&Frame],
) -> Result<SeriesRow, DistrictError> {
    let Position { seq: length, head, .. } = Position::start(id);
    let mut row = SeriesRow {
        id,
        kind: SeriesKind::Shared,
        village: device.village,
        device: Some(device.id),
        key: device.key,
        length,
        head,
        continues: None,
    };
    let Some((kind, key, continues)) = opening(frames) else { return Ok(row) };
    if let Some(continues) = &continues {
        let at = EntityId { series: continues.series, seq: continues.seq };
        row.continues = Some(Continued { at, reentered: continues.reentered });
    }
    if speaks == Speaks::ForItsVillage && kind == SeriesKind::Decisions && key == district.key().public() {
        return Ok(SeriesRow { kind, key, device: None, ..row });
    }
    if key == device.key {
        return Ok(row);
    }
    // With the key of another device, or with one that an older series vouched for.
    if let Some(continues) = continues
        && let Some(old) = reads.series(continues.series)?.filter(|old| own(old, device, speaks))
        && continues.verify(&old.key, id, &key).is_ok()
    {
        return Ok(SeriesRow { key, device: old.device, ..row });
    }
    if speaks == Speaks::ForItsVillage {
        let others = reads.devices()?;
        let writer = others.iter().find(|other| other.key == key && other.village == device.village);
        if let Some(writer) = writer {
            return Ok(SeriesRow { key, device: Some(writer.id), ..row });
        }
        // A district that was put back from a copy has forgotten devices as well: their village still knows them.
        if reads.setting(RESTORED)?.is_some() {
            return Ok(SeriesRow { key, ..row });
        }
    }
    Ok(row)
}

fn opening(frames: &[&Frame]) -> Option<(SeriesKind, PublicKey, Option<Continues>)> {
    let first = frames.first().filter(|frame| frame.first_seq == 1)?.entries.first()?;
    match Entry::decode(first.body()?).ok()?.event {
        Event::SeriesOpened { kind, key, continues, .. } => Some((kind, key, continues)),
        _ => None,
    }
}

/// A local series stays in its village, and a device speaks for its own village only.
fn opens_here(new: &[NewEntry], device: &DeviceRow, as_kind: SeriesKind) -> bool {
    let first = new.first().and_then(|first| first.carried.body()).and_then(|body| Entry::decode(body).ok());
    matches!(
        first.map(|entry| entry.event),
        Some(Event::SeriesOpened { kind, village, .. }) if village == device.village && kind == as_kind
    )
}

/// A revoked device writes no more, whoever carries it. What the village already had under a receipt comes back where the
/// district was put back from a copy.
fn silenced(reads: &(impl Reads + ?Sized), series: &SeriesRow) -> Result<bool, DistrictError> {
    let Some(writer) = series.device else { return Ok(false) };
    let revoked = reads.device(writer)?.is_some_and(|writer| writer.revoked_at.is_some());
    Ok(revoked && reads.setting(RESTORED)?.is_none())
}

/// `known`: the stretch kept last and its seed.
fn store(
    work: &mut Work,
    series: SeriesId,
    new: NewEntry,
    known: &mut Option<(u64, Seed)>,
) -> Result<(), DistrictError> {
    let content = match new.carried {
        Carried::Erased { digest } => Content::Erased(digest),
        Carried::Body { body, salt: SaltSource::Own(salt) } => Content::Body { body, salt: Some(salt) },
        Carried::Body { body, salt: source @ SaltSource::Stretch(seed) } => {
            let stretch = stretch_of(new.seq);
            if known.is_none_or(|(kept, _)| kept != stretch) {
                let kept = work.writes.seed(series, stretch)?;
                if kept.is_none() {
                    work.writes.add_seed(series, stretch, &seed)?;
                }
                *known = Some((stretch, kept.unwrap_or(seed)));
            }
            let follows = known.is_some_and(|(_, kept)| kept == seed);
            Content::Body { body, salt: (!follows).then(|| source.salt(new.seq)) }
        }
    };
    work.writes.add_entry(EntityId::new(series, new.seq), &EntryRow { content, head: new.head })
}

fn refusal(series: SeriesId, code: RefusalCode, message: &str) -> Refusal {
    Refusal { series, code, seq: 0, message: message.into() }
}
