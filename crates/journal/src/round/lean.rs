//! What both directions of a round share: series by short reference, frames that begin where both sides stand, and the
//! bytes that both have, for packing to point back to.

use super::Known;
use crate::chain::{Head, Seed, stretch_of};
use crate::codec::{DecodeError, Fields, Result, Unknowns, message, put_bytes, put_varint};
use crate::codec::{take, take_array, take_bytes, take_varint};
use crate::frame::{Carried, Frame};
use crate::ids::SeriesId;
use crate::message::{FRAMES_MAX, Position};

/// Bodies before each common place that packing may point back to.
const SHARED_BODIES: u64 = 4;
/// The most of such bytes, of one series and in all.
const SHARED_BYTES_MAX: usize = 16 << 10;

/// The series of one message: those both sides named, then those met for the first time, which travel in full once.
pub(super) struct Names(Vec<SeriesId>);

impl Names {
    pub fn new(have: &[Position], pushed: &[Frame]) -> Self {
        let mut names = Self(have.iter().map(|position| position.series).collect());
        for frame in pushed {
            if !names.0.contains(&frame.series) {
                names.0.push(frame.series);
            }
        }
        names
    }

    /// A varint: the place in the list from 1, or 0 and the 16 bytes.
    pub fn put(&mut self, out: &mut Vec<u8>, series: SeriesId) {
        match self.0.iter().position(|known| *known == series) {
            Some(index) => put_varint(out, index as u64 + 1),
            None => {
                put_varint(out, 0);
                out.extend_from_slice(&series.0);
                self.0.push(series);
            }
        }
    }

    pub fn take(&mut self, bytes: &mut &[u8]) -> Result<SeriesId> {
        match take_varint(bytes)? {
            0 => {
                let series = SeriesId(take_array(bytes)?);
                self.0.push(series);
                Ok(series)
            }
            place => usize::try_from(place - 1)
                .ok()
                .and_then(|index| self.0.get(index).copied())
                .ok_or(DecodeError::Wrong("series")),
        }
    }
}

const ELSEWHERE: u8 = 1;
const SEED_KNOWN: u8 = 2;

/// Varint count; each a reference to its series, a byte of flags, where it begins if not right after what both have or
/// after its predecessor, and its entries.
pub(super) fn put_frames(
    out: &mut Vec<u8>,
    names: &mut Names,
    frames: &[Frame],
    have: &[Position],
    known: &dyn Known,
) {
    put_varint(out, frames.len() as u64);
    for (index, frame) in frames.iter().enumerate() {
        names.put(out, frame.series);
        let before = end_of(have, &frames[..index], frame.series);
        let follows = before.seq + 1 == frame.first_seq && before.head == frame.base;
        let seed = seed_known(known, have, before).filter(|_| follows);
        let skip_seed = seed.is_some() && seed == frame.first_seed();
        out.push((u8::from(!follows) * ELSEWHERE) | (u8::from(skip_seed) * SEED_KNOWN));
        if !follows {
            put_varint(out, frame.first_seq);
            out.extend_from_slice(&frame.base.0);
        }
        put_bytes(out, &message(|w| frame.write_entries(w, skip_seed)));
    }
}

pub(super) fn take_frames(
    bytes: &mut &[u8],
    names: &mut Names,
    have: &[Position],
    known: &dyn Known,
) -> Result<Vec<Frame>> {
    let mut frames = Vec::new();
    for _ in 0..take_count(bytes)? {
        let series = names.take(bytes)?;
        let flags = take(bytes, 1)?[0];
        if flags & !(ELSEWHERE | SEED_KNOWN) != 0 {
            return Err(DecodeError::TooNew(u64::from(flags)));
        }
        let before = match flags & ELSEWHERE {
            0 => end_of(have, &frames, series),
            _ => {
                let first = take_varint(bytes)?;
                let seq = first.checked_sub(1).ok_or(DecodeError::Wrong("first_seq"))?;
                Position { series, seq, head: Head(take_array(bytes)?) }
            }
        };
        let seed = match flags & SEED_KNOWN {
            0 => None,
            _ => Some(seed_known(known, have, before).ok_or(DecodeError::Missing("seed"))?),
        };
        let seen = Unknowns::default();
        frames.push(Frame::read_entries(Fields::read(take_bytes(bytes)?, &seen)?, before, seed)?);
    }
    Ok(frames)
}

/// Where a series ends for a reader of these frames, worked out only when asked: it means hashing a whole frame.
pub(super) fn end_of(have: &[Position], frames: &[Frame], series: SeriesId) -> Position {
    let Some(frame) = frames.iter().rev().find(|frame| frame.series == series) else {
        let common = have.iter().find(|position| position.series == series);
        return common.copied().unwrap_or_else(|| Position::start(series));
    };
    let mut head = frame.base;
    for (seq, carried) in frame.numbered() {
        head = head.next(&carried.digest(seq));
    }
    Position { series, seq: frame.last_seq(), head }
}

/// The seed of the stretch that goes on after `before`: known where both have an entry of it.
fn seed_known(known: &dyn Known, have: &[Position], before: Position) -> Option<Seed> {
    let stretch = stretch_of(before.seq + 1);
    let within = before.seq > 0 && stretch_of(before.seq) == stretch && have.contains(&before);
    if within { known.seed(before.series, stretch) } else { None }
}

/// What both sides have: the series' names and the last bodies before each common place, then what was pushed.
pub(super) fn shared_bytes(have: &[Position], pushed: &[Frame], known: &dyn Known) -> Vec<u8> {
    let mut shared = Vec::new();
    for position in have {
        let mut bodies: Vec<Vec<u8>> = Vec::new();
        let first = position.seq.saturating_sub(SHARED_BODIES - 1).max(1);
        for seq in first..=position.seq {
            bodies.extend(known.body(position.series, seq));
        }
        let mut size = 0;
        bodies.reverse();
        bodies.retain(|body| {
            size += body.len();
            size <= SHARED_BYTES_MAX
        });
        bodies.iter().rev().for_each(|body| shared.extend_from_slice(body));
    }
    for body in pushed.iter().flat_map(|frame| &frame.entries).filter_map(Carried::body) {
        if shared.len() + body.len() > 2 * SHARED_BYTES_MAX {
            break;
        }
        shared.extend_from_slice(body);
    }
    have.iter().for_each(|position| shared.extend_from_slice(&position.series.0));
    pushed.iter().for_each(|frame| shared.extend_from_slice(&frame.series.0));
    shared
}

pub(super) fn take_count(bytes: &mut &[u8]) -> Result<usize> {
    let count = take_varint(bytes)?;
    usize::try_from(count)
        .ok()
        .filter(|count| *count <= FRAMES_MAX)
        .ok_or(DecodeError::TooLarge { what: "list", most: FRAMES_MAX })
}
