//! Entries on their way out: consecutive ones of a series as a frame, and the head after them.

use crate::error::DistrictError;
use crate::store::{Content, EntryRow, Reads, SeriesRow};
use payung_journal::{
    Carried, EntityId, FRAME_BYTES_MAX, FRAME_ENTRIES_MAX, Frame, Head, SaltSource, Seed, SeriesId,
    stretch_of,
};

/// Most entries in one answer; the rest is asked for again.
pub const ENTRIES_MAX: u64 = 2_000;
/// A page ends with the entry that passes this many bytes of bodies.
pub const BODY_BYTES_MAX: usize = 1 << 20;

/// The entries after `after` that fit one answer, and the head after the last of them.
pub fn page(
    reads: &(impl Reads + ?Sized),
    series: &SeriesRow,
    after: u64,
    entries_max: u64,
) -> Result<Option<(Frame, Head)>, DistrictError> {
    if after >= series.length {
        return Ok(None);
    }
    let frame = frame(reads, series.id, after, after.saturating_add(entries_max), BODY_BYTES_MAX)?;
    Ok(Some(frame))
}

/// The entries `after + 1..=last`, in as many frames as they need.
pub fn whole(
    reads: &(impl Reads + ?Sized),
    series: SeriesId,
    after: u64,
    last: u64,
) -> Result<Vec<Frame>, DistrictError> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = after;
    while at < last {
        let upto = last.min(at + FRAME_ENTRIES_MAX as u64);
        let (frame, _) = frame(reads, series, at, upto, FRAME_BYTES_MAX)?;
        at = frame.last_seq();
        frames.push(frame);
    }
    Ok(frames)
}

/// From `after + 1` to `last`, or to the entry that passes so many bytes; at least one entry.
fn frame(
    reads: &(impl Reads + ?Sized),
    series: SeriesId,
    after: u64,
    last: u64,
    bytes_max: usize,
) -> Result<(Frame, Head), DistrictError> {
    let base = match after {
        0 => Head::start(series),
        _ => reads.entry_head(EntityId::new(series, after))?.ok_or_else(damaged)?,
    };
    let mut frame = Frame { series, first_seq: after + 1, base, entries: Vec::new() };
    let (mut head, mut bytes, mut seed) = (base, 0, None);
    for entry in reads.entries(series, after + 1, last - after)? {
        let seq = after + 1 + frame.entries.len() as u64;
        head = entry.head;
        let carried = carried(reads, series, seq, entry, &mut seed)?;
        bytes += carried.body().map_or(0, <[u8]>::len);
        frame.entries.push(carried);
        if bytes > bytes_max {
            break;
        }
    }
    if frame.entries.is_empty() { Err(damaged()) } else { Ok((frame, head)) }
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
    DistrictError::Damaged("seri desa berlubang".into())
}
