//! What a device asks for: the district's decisions for its village, a page at a time.

use crate::error::DistrictError;
use crate::home::District;
use crate::store::{Content, DeviceRow, EntryRow, Reads, SeriesRow};
use payung_journal::{
    Carried, Checkpoint, EntityId, ExchangeAnswer, Frame, Head, Pull, Refusal, RefusalCode, SaltSource, Seed,
    SeriesId, stretch_of,
};

/// Most entries in one answer; the rest is asked for again.
pub const ENTRIES_MAX: u64 = 2_000;
/// A page ends with the entry that passes this many bytes of bodies.
pub const BODY_BYTES_MAX: usize = 1 << 20;

/// Adds a frame and the checkpoint that covers it; sets `more` when something had to wait.
pub fn pull(
    district: &District,
    reads: &(impl Reads + ?Sized),
    device: &DeviceRow,
    pulls: &[Pull],
    answer: &mut ExchangeAnswer,
) -> Result<Vec<Refusal>, DistrictError> {
    let missing = || DistrictError::Damaged("seri keputusan desa tidak ada".into());
    let village = reads.village(device.village)?.ok_or_else(missing)?;
    let mut refusals = Vec::new();
    let mut after = None;
    for pull in pulls {
        match pull.series {
            Some(series) if series != village.decisions => refusals.push(Refusal {
                series,
                code: RefusalCode::Foreign,
                seq: pull.after,
                message: "not this village's decisions".into(),
            }),
            // Asked twice: once is enough.
            _ => after = Some(after.map_or(pull.after, |asked: u64| asked.min(pull.after))),
        }
    }
    if let Some(after) = after {
        let series = reads.series(village.decisions)?.ok_or_else(missing)?;
        if let Some((frame, head)) = page(reads, &series, after)? {
            let last = frame.last_seq();
            answer.more = last < series.length;
            answer.frames.push(frame);
            answer.checkpoints.push(Checkpoint::sign(district.key(), series.id, last, head));
        }
    }
    Ok(refusals)
}

/// The entries after `after` that fit one answer, and the head after the last of them.
fn page(
    reads: &(impl Reads + ?Sized),
    series: &SeriesRow,
    after: u64,
) -> Result<Option<(Frame, Head)>, DistrictError> {
    if after >= series.length {
        return Ok(None);
    }
    let base = match after {
        0 => Head::start(series.id),
        _ => reads.entry(EntityId::new(series.id, after))?.map(|entry| entry.head).ok_or_else(damaged)?,
    };
    let mut frame = Frame { series: series.id, first_seq: after + 1, base, entries: Vec::new() };
    let (mut head, mut bytes, mut seed) = (base, 0, None);
    for entry in reads.entries(series.id, after + 1, ENTRIES_MAX)? {
        let seq = after + 1 + frame.entries.len() as u64;
        head = entry.head;
        let carried = carried(reads, series.id, seq, entry, &mut seed)?;
        bytes += carried.body().map_or(0, <[u8]>::len);
        frame.entries.push(carried);
        if bytes > BODY_BYTES_MAX {
            break;
        }
    }
    Ok(Some((frame, head)))
}

fn carried(
    reads: &(impl Reads + ?Sized),
    series: SeriesId,
    seq: u64,
    entry: EntryRow,
    known: &mut Option<(u64, Seed)>,
) -> Result<Carried, DistrictError> {
    let (body, salt) = match entry.content {
        Content::Erased(digest) => return Ok(Carried::Erased { digest }),
        Content::Body { body, salt } => (body, salt),
    };
    if let Some(salt) = salt {
        return Ok(Carried::Body { body, salt: SaltSource::Own(salt) });
    }
    let stretch = stretch_of(seq);
    let seed = match *known {
        Some((at, seed)) if at == stretch => seed,
        _ => reads.seed(series, stretch)?.ok_or_else(damaged)?,
    };
    *known = Some((stretch, seed));
    Ok(Carried::Body { body, salt: SaltSource::Stretch(seed) })
}

fn damaged() -> DistrictError {
    DistrictError::Damaged("seri keputusan desa berlubang".into())
}
