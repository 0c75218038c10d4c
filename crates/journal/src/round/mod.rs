//! One round between a device and its district, second language: both sides know where the other stands before a byte of
//! it is read, so that nothing known to both has to travel.
//!
//! The device names every series of its village that it holds, how far, and one digest over all those heads. Where the
//! district finds the same heads on its own chains, both are *level*: the frames that follow begin exactly there. Where it
//! does not (the district was restored, a disk was cloned, something was lost) nothing is taken, and the answer says where
//! the district stands, in steps that double, so that the last common place is found in one more round.

mod answer;
mod lean;
mod plain;
mod request;

pub use request::{Opened, SignedRound};

use crate::chain::{Checkpoint, Head, Receipt, Seed, position_bytes};
use crate::codec::{DecodeError, Result};
use crate::frame::Frame;
use crate::ids::{DeviceId, SeriesId};
use crate::message::{FRAMES_MAX, MESSAGE_BYTES_MAX, Position, Refusal};
use payung_domain::Timestamp;
use payung_keys::sha256;

const VERSION: u8 = 2;

/// What the side that reads or writes a round knows of the village's series. Each side answers from its own database;
/// what both answer alike does not travel.
pub trait Known {
    /// Every series of the village that travels, the district's decisions included.
    fn series(&self) -> Vec<SeriesId>;
    /// The head after an entry; that of the empty series for 0; `None` beyond the end or for a series not known.
    fn head_at(&self, series: SeriesId, seq: u64) -> Option<Head>;
    fn seed(&self, series: SeriesId, stretch: u64) -> Option<Seed>;
    /// `None` where it was erased, or is not there.
    fn body(&self, series: SeriesId, seq: u64) -> Option<Vec<u8>>;
}

/// SHA-256, cut to 8 bytes because it only compares two honest sides, over the positions in the order of their series: series (16), sequence number (8,
/// big-endian), head (32). Empty series do not count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StateDigest(pub [u8; 8]);

impl StateDigest {
    pub fn of(positions: &[Position]) -> Self {
        let mut positions: Vec<&Position> = positions.iter().filter(|position| position.seq > 0).collect();
        positions.sort_by_key(|position| position.series);
        let mut bytes = b"payung state 1".to_vec();
        for position in positions {
            bytes.extend_from_slice(&position_bytes(position.series, position.seq, position.head));
        }
        let mut digest = [0; 8];
        digest.copy_from_slice(&sha256(&[&bytes])[..8]);
        Self(digest)
    }
}

impl std::fmt::Debug for StateDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StateDigest({}..)", payung_keys::hex(&self.0[..4]))
    }
}

/// What both sides compare when everything has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// Entries of all series of the village that travel, decisions included.
    pub entries: u64,
    pub state: StateDigest,
}

impl Total {
    pub fn of(positions: &[Position]) -> Self {
        let entries = positions.iter().map(|position| position.seq).sum();
        Self { entries, state: StateDigest::of(positions) }
    }
}

/// What a device sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundRequest {
    pub device: DeviceId,
    pub sent_at: Timestamp,
    /// Where every series of the village stands that both sides are thought to hold: what the device pushes begins right
    /// after it, what it asks for is everything else.
    pub have: Vec<Position>,
    /// Of any series of the village that travels; a laptop may carry what another one wrote.
    pub push: Vec<Frame>,
    /// One for each series pushed.
    pub checkpoints: Vec<Checkpoint>,
}

/// What the district answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundAnswer {
    pub at: Timestamp,
    /// `None` where both were level. Else nothing was taken, and these are the district's own places: of each series its
    /// end, and the places 1, 2, 4, 8 … entries before it, down to 0.
    pub stands: Option<Vec<Position>>,
    pub receipts: Vec<Receipt>,
    pub refusals: Vec<Refusal>,
    /// Whatever the district holds of the village after the places named.
    pub frames: Vec<Frame>,
    pub checkpoints: Vec<Checkpoint>,
    /// More waits than fits: ask again.
    pub more: bool,
    /// What the district holds of the village after this round. Left out where nothing changed and both were level: then
    /// the request's own digest says it.
    pub total: Option<Total>,
}

impl RoundAnswer {
    /// An answer that says nothing but the time: both are level and nothing is new.
    pub fn new(at: Timestamp) -> Self {
        Self {
            at,
            stands: None,
            receipts: Vec::new(),
            refusals: Vec::new(),
            frames: Vec::new(),
            checkpoints: Vec::new(),
            more: false,
            total: None,
        }
    }
}

/// The places of a series that an answer names where both are not level: its end, then 1, 2, 4, 8 … entries earlier, and
/// its beginning. At most [`FRAMES_MAX`] of all series together, so 60 of each are never reached.
pub fn steps_back(end: u64) -> Vec<u64> {
    let mut places = vec![end];
    let mut back = 1;
    while back < end {
        places.push(end - back);
        back *= 2;
    }
    if end > 0 {
        places.push(0);
    }
    debug_assert!(places.len() <= FRAMES_MAX);
    places
}

fn versioned(bytes: &[u8]) -> Result<&[u8]> {
    if bytes.len() > MESSAGE_BYTES_MAX {
        return Err(DecodeError::TooLarge { what: "message", most: MESSAGE_BYTES_MAX });
    }
    match bytes.split_first() {
        Some((&VERSION, rest)) => Ok(rest),
        Some((&version, _)) => Err(DecodeError::TooNew(u64::from(version))),
        None => Err(DecodeError::Truncated),
    }
}
