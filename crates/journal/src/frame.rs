//! Frames carry entries without loss and without a signature: cut and packed as the link needs.

use crate::chain::{Digest, Head, Salt, Seed, digest, salt, stretch_of};
use crate::codec::{
    DecodeError, Fields, Result, Unknowns, Writer, message, put_bytes, put_varint, take, take_array,
    take_bytes, take_varint,
};
use crate::columns::{restore, shred};
use crate::entry::ENTRY_BYTES_MAX;
use crate::ids::SeriesId;
use crate::message::Position;
use std::fmt;

/// The most entries in one frame.
pub const FRAME_ENTRIES_MAX: usize = 8_192;

/// The most bytes of bodies that a sender puts into one frame. A receiver takes twice as much.
pub const FRAME_BYTES_MAX: usize = 16 << 20;
/// So few bodies pack better one after the other.
const ROWS_MAX: usize = 3;
/// What the columns of a frame may grow to in memory, in bytes, everything counted.
const COLUMNS_BYTES_MAX: usize = 128 << 20;

/// Consecutive entries of one series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub series: SeriesId,
    /// The sequence number of the first entry, from 1.
    pub first_seq: u64,
    /// The head before the first entry, so that a fork is told apart from damage.
    pub base: Head,
    pub entries: Vec<Carried>,
}

/// An entry on its way.
#[derive(Clone, PartialEq, Eq)]
pub enum Carried {
    Body {
        body: Vec<u8>,
        salt: SaltSource,
    },
    /// Erased after its retention: the digest holds its place in the chain.
    Erased {
        digest: Digest,
    },
}

/// Where the salt of an entry comes from. Every entry of a stretch with a seed has the same seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaltSource {
    Stretch(Seed),
    /// The seed is gone with an erased neighbour.
    Own(Salt),
}

impl SaltSource {
    pub fn salt(&self, seq: u64) -> Salt {
        match self {
            Self::Stretch(seed) => salt(seed, seq),
            Self::Own(salt) => *salt,
        }
    }
}

impl Carried {
    /// The digest of this entry at its place in the series.
    pub fn digest(&self, seq: u64) -> Digest {
        match self {
            Self::Body { body, salt } => digest(&salt.salt(seq), body),
            Self::Erased { digest } => *digest,
        }
    }

    pub fn body(&self) -> Option<&[u8]> {
        match self {
            Self::Body { body, .. } => Some(body),
            Self::Erased { .. } => None,
        }
    }
}

impl fmt::Debug for Carried {
    /// Bodies hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body { body, .. } => write!(f, "Body({} bytes)", body.len()),
            Self::Erased { digest } => write!(f, "Erased({digest:?})"),
        }
    }
}

const SEEDED: u8 = 0;
const OWN_SALT: u8 = 1;
const ERASED: u8 = 2;

impl Frame {
    /// The sequence number of the last entry; one before the first where the frame is empty.
    pub fn last_seq(&self) -> u64 {
        self.first_seq.saturating_add(self.entries.len() as u64).saturating_sub(1)
    }

    /// Each entry with its sequence number.
    pub fn numbered(&self) -> impl Iterator<Item = (u64, &Carried)> {
        self.entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (self.first_seq.saturating_add(index as u64), entry))
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.bytes(1, &self.series.0);
        w.uint(2, self.first_seq);
        w.bytes(3, &self.base.0);
        let parts = self.parts();
        w.bytes(4, &parts.runs);
        w.bytes(5, &parts.seeds);
        w.bytes(6, &parts.salts);
        w.bytes(7, &parts.digests);
        parts.bodies.write(w);
    }

    /// The seed from which the first entry's salt follows.
    pub(crate) fn first_seed(&self) -> Option<Seed> {
        match self.entries.first()? {
            Carried::Body { salt: SaltSource::Stretch(seed), .. } => Some(*seed),
            _ => None,
        }
    }

    /// The entries alone, for a reader who knows where they begin. `seed_known`: the reader also has [`Self::first_seed`],
    /// so that it does not travel.
    pub(crate) fn write_entries(&self, w: &mut Writer, seed_known: bool) {
        let parts = self.parts();
        let skipped = if seed_known { 16 } else { 0 };
        w.bytes(4, &parts.runs);
        for (tag, part) in [(5, &parts.seeds[skipped..]), (6, &parts.salts[..]), (7, &parts.digests[..])] {
            if !part.is_empty() {
                w.bytes(tag, part);
            }
        }
        parts.bodies.write(w);
    }

    fn parts(&self) -> Parts {
        let mut seeds: Vec<(u64, Seed)> = Vec::new();
        let mut runs: Vec<(u8, u64)> = Vec::new();
        let (mut salts, mut digests, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
        for (seq, entry) in self.numbered() {
            let kind = match entry {
                Carried::Erased { digest } => {
                    digests.extend_from_slice(&digest.0);
                    ERASED
                }
                Carried::Body { body, salt } => {
                    bodies.push(body.as_slice());
                    if self.takes_seed(&mut seeds, seq, salt) {
                        SEEDED
                    } else {
                        salts.extend_from_slice(&salt.salt(seq).0);
                        OWN_SALT
                    }
                }
            };
            match runs.last_mut() {
                Some((last, count)) if *last == kind => *count += 1,
                _ => runs.push((kind, 1)),
            }
        }
        let mut packed_runs = Vec::new();
        for (kind, count) in runs {
            packed_runs.push(kind);
            put_varint(&mut packed_runs, count);
        }
        let seeds = seeds.iter().flat_map(|(_, seed)| seed.0).collect();
        let bodies = match (bodies.len() > ROWS_MAX).then(|| shred(&bodies)).flatten() {
            Some(columns) => Bodies::Columns(columns),
            None => {
                let mut rows = Vec::new();
                bodies.iter().for_each(|body| put_bytes(&mut rows, body));
                Bodies::Rows(rows)
            }
        };
        Parts { runs: packed_runs, seeds, salts, digests, bodies }
    }

    /// Whether this salt follows from the one seed that the frame carries for the entry's stretch.
    fn takes_seed(&self, seeds: &mut Vec<(u64, Seed)>, seq: u64, salt: &SaltSource) -> bool {
        let SaltSource::Stretch(seed) = salt else {
            return false;
        };
        let stretch = stretch_of(seq);
        match seeds.last() {
            Some((last, known)) if *last == stretch => known == seed,
            _ => {
                seeds.push((stretch, *seed));
                true
            }
        }
    }

    pub(crate) fn read(mut f: Fields<'_>) -> Result<Self> {
        let series = SeriesId(f.array(1, "series")?);
        let first_seq = f.uint(2, "first_seq")?;
        let base = Head(f.array(3, "base")?);
        if ![5, 6, 7].into_iter().all(|tag| f.has(tag)) {
            return Err(DecodeError::Missing("salts"));
        }
        Self::read_entries(f, Position { series, seq: first_seq.wrapping_sub(1), head: base }, None)
    }

    /// Reads what [`Frame::write_entries`] wrote: entries that follow on `before`, and the seed that did not travel.
    pub(crate) fn read_entries(
        mut f: Fields<'_>,
        before: Position,
        seed_known: Option<Seed>,
    ) -> Result<Self> {
        let Position { series, head: base, .. } = before;
        let first_seq = before.seq.wrapping_add(1);
        let kinds = read_runs(f.bytes(4, "runs")?)?;
        let mut part = |tag, what| Ok::<_, DecodeError>(f.bytes_option(tag, what)?.unwrap_or_default());
        let (mut seeds, mut salts) = (part(5, "seeds")?, part(6, "salts")?);
        let mut digests = part(7, "digests")?;
        let count = kinds.iter().filter(|kind| **kind != ERASED).count();
        let mut bodies = read_bodies(&mut f, count)?.into_iter();
        if first_seq == 0 || first_seq.checked_add(kinds.len() as u64).is_none() {
            return Err(DecodeError::Wrong("first_seq"));
        }
        let mut seed = seed_known.map(|seed| (stretch_of(first_seq), seed));
        let mut entries = Vec::with_capacity(kinds.len());
        for (index, kind) in kinds.into_iter().enumerate() {
            let stretch = stretch_of(first_seq + index as u64);
            entries.push(match kind {
                ERASED => Carried::Erased { digest: Digest(take_array(&mut digests)?) },
                _ => {
                    let body = bodies.next().ok_or(DecodeError::Truncated)?;
                    let salt = match (kind, seed) {
                        (OWN_SALT, _) => SaltSource::Own(Salt(take_array(&mut salts)?)),
                        (_, Some((known, seed))) if known == stretch => SaltSource::Stretch(seed),
                        _ => {
                            let drawn = Seed(take_array(&mut seeds)?);
                            seed = Some((stretch, drawn));
                            SaltSource::Stretch(drawn)
                        }
                    };
                    Carried::Body { body, salt }
                }
            });
        }
        if [seeds, salts, digests].iter().any(|rest| !rest.is_empty()) {
            return Err(DecodeError::NotCanonical);
        }
        Ok(Self { series, first_seq, base, entries })
    }

    /// The frame by itself, unpacked, as it stands in a message.
    pub fn encode(&self) -> Vec<u8> {
        message(|w| self.write(w))
    }

    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let seen = Unknowns::default();
        Self::read(Fields::read(bytes, &seen)?)
    }
}

/// A frame taken apart, as its fields stand.
struct Parts {
    runs: Vec<u8>,
    seeds: Vec<u8>,
    salts: Vec<u8>,
    digests: Vec<u8>,
    bodies: Bodies,
}

enum Bodies {
    Rows(Vec<u8>),
    Columns(Vec<u8>),
}

impl Bodies {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Rows(rows) => w.bytes(8, rows),
            Self::Columns(columns) => w.bytes(9, columns),
        }
    }
}

/// One after the other (tag 8) or as columns (tag 9).
fn read_bodies(f: &mut Fields<'_>, count: usize) -> Result<Vec<Vec<u8>>> {
    let bodies = match (f.bytes_option(8, "bodies")?, f.bytes_option(9, "columns")?) {
        (Some(mut rows), None) => {
            let bodies =
                (0..count).map(|_| take_bytes(&mut rows).map(<[u8]>::to_vec)).collect::<Result<Vec<_>>>()?;
            if rows.is_empty() { bodies } else { return Err(DecodeError::NotCanonical) }
        }
        (None, Some(columns)) => restore(columns, count, COLUMNS_BYTES_MAX)?,
        (None, None) => return Err(DecodeError::Missing("bodies")),
        (Some(_), Some(_)) => return Err(DecodeError::NotCanonical),
    };
    if bodies.iter().any(|body| body.len() > ENTRY_BYTES_MAX) {
        return Err(DecodeError::TooLarge { what: "entry", most: ENTRY_BYTES_MAX });
    }
    if bodies.iter().map(Vec::len).sum::<usize>() > 2 * FRAME_BYTES_MAX {
        return Err(DecodeError::TooLarge { what: "frame", most: 2 * FRAME_BYTES_MAX });
    }
    Ok(bodies)
}

fn read_runs(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let mut kinds = Vec::new();
    while !bytes.is_empty() {
        let kind = take(&mut bytes, 1)?[0];
        let count = usize::try_from(take_varint(&mut bytes)?).unwrap_or(usize::MAX);
        if kind > ERASED {
            return Err(DecodeError::Unknown("kind of carried entry"));
        }
        if count > FRAME_ENTRIES_MAX - kinds.len() {
            return Err(DecodeError::TooLarge { what: "frame", most: FRAME_ENTRIES_MAX });
        }
        kinds.resize(kinds.len() + count, kind);
    }
    Ok(kinds)
}
