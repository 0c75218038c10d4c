//! One round between a device and its district, second language: both sides know where the other stands before a byte of
//! it is read, so that nothing known to both has to travel.
//!
//! The device names every series of its village that it holds, how far, and one digest over all those heads. Where the
//! district finds the same heads on its own chains, both are *level*: the frames that follow begin exactly there. Where it
//! does not (the district was restored, a disk was cloned, something was lost) nothing is taken, and the answer says where
//! the district stands, in steps that double, so that the last common place is found in one more round.

use crate::chain::{Checkpoint, Head, Receipt, Seed};
use crate::codec::{DecodeError, Fields, Result, Unknowns, message};
use crate::frame::Frame;
use crate::ids::{DeviceId, SeriesId};
use crate::message::{
    FRAMES_MAX, Heads, MESSAGE_BYTES_MAX, MESSAGE_RAW_BYTES_MAX, Position, Refusal, read_checkpoint,
    read_list, read_position, read_receipt, read_refusal, write_checkpoint, write_position, write_receipt,
    write_refusal,
};
use crate::packing::{pack, unpack};
use payung_domain::Timestamp;
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, SigningKey, sha256};

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

/// SHA-256, cut to 16 bytes, over the positions in the order of their series: series (16), sequence number (8,
/// big-endian), head (32). Empty series do not count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StateDigest(pub [u8; 16]);

impl StateDigest {
    pub fn of(positions: &[Position]) -> Self {
        let mut positions: Vec<&Position> = positions.iter().filter(|position| position.seq > 0).collect();
        positions.sort_by_key(|position| position.series);
        let mut bytes = b"payung state 1".to_vec();
        for position in positions {
            bytes.extend_from_slice(&crate::chain::position_bytes(
                position.series,
                position.seq,
                position.head,
            ));
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&sha256(&[&bytes])[..16]);
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

/// A request and the device's signature: the body of an HTTP request.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRound {
    body: Vec<u8>,
    signature: Signature,
}

/// A request as its reader understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    Level(RoundRequest),
    /// The places that the device named are not the reader's: nothing else can be read.
    NotLevel,
}

impl SignedRound {
    /// `known` is the device's own knowledge; what it holds up to `request.have` is not sent again.
    pub fn sign(request: &RoundRequest, key: &SigningKey, known: &dyn Known) -> Self {
        let body = request.encode(known);
        let signature = key.sign(Purpose::Request, &body);
        Self { body, signature }
    }

    /// Whose request this claims to be: to find the key with which to verify it.
    pub fn device(&self) -> Result<DeviceId> {
        let rest = versioned(&self.body)?;
        rest.first_chunk().map(|device| DeviceId(*device)).ok_or(DecodeError::Truncated)
    }

    /// Verify before [`SignedRound::open`].
    pub fn verify(&self, key: &PublicKey) -> std::result::Result<(), BadSignature> {
        key.verify(Purpose::Request, &self.body, &self.signature)
    }

    /// `known` is what the district holds of the device's village.
    pub fn open(&self, known: &dyn Known) -> Result<Opened> {
        let request = RoundRequest::from_plain(&self.body)?;
        let same = |position: &Position| known.head_at(position.series, position.seq) == Some(position.head);
        Ok(if request.have.iter().all(same) { Opened::Level(request) } else { Opened::NotLevel })
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.signature.to_bytes()[..], &self.body].concat()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MESSAGE_BYTES_MAX {
            return Err(DecodeError::TooLarge { what: "message", most: MESSAGE_BYTES_MAX });
        }
        let (signature, body) = bytes.split_first_chunk().ok_or(DecodeError::Truncated)?;
        Ok(Self { body: body.to_vec(), signature: Signature::from_bytes(*signature) })
    }
}

impl std::fmt::Debug for SignedRound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedRound({} bytes)", self.body.len())
    }
}

impl RoundRequest {
    fn encode(&self, _known: &dyn Known) -> Vec<u8> {
        self.to_plain()
    }

    /// Self-contained, for a file on a stick: nothing is left out.
    pub fn to_plain(&self) -> Vec<u8> {
        let raw = message(|w| {
            w.int(1, self.sent_at.millis());
            w.list(2, self.push.iter().map(Frame::encode));
            let mut heads = Heads::of(&self.push);
            w.list(
                3,
                self.checkpoints.iter().map(|point| message(|w| write_checkpoint(w, point, &mut heads))),
            );
            w.list(4, self.have.iter().map(|position| message(|w| write_position(w, position))));
        });
        [&[VERSION], &self.device.0[..], &pack(&raw)].concat()
    }

    /// What [`Self::to_plain`] gave. Whether the sender is who it names is for the file around it to say.
    pub fn from_plain(bytes: &[u8]) -> Result<Self> {
        let (device, packed) = versioned(bytes)?.split_first_chunk().ok_or(DecodeError::Truncated)?;
        let raw = unpack(packed, MESSAGE_RAW_BYTES_MAX, "request")?;
        let seen = Unknowns::default();
        let mut f = Fields::read(&raw, &seen)?;
        let sent_at = Timestamp(f.int(1, "sent_at")?);
        let push = read_list(&mut f, 2, "push", Frame::read)?;
        let mut heads = Heads::of(&push);
        let checkpoints = read_list(&mut f, 3, "checkpoints", |f| read_checkpoint(f, &mut heads))?;
        let have = read_list(&mut f, 4, "have", read_position)?;
        Ok(Self { device: DeviceId(*device), sent_at, have, push, checkpoints })
    }
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

    /// `request` is what is answered, `None` where it could not be read; `known` the district's knowledge.
    pub fn encode(&self, _request: Option<&RoundRequest>, _known: &dyn Known) -> Vec<u8> {
        self.to_plain()
    }

    /// Self-contained, for a file on a stick.
    pub fn to_plain(&self) -> Vec<u8> {
        let raw = message(|w| {
            w.int(1, self.at.millis());
            if let Some(stands) = &self.stands {
                w.uint(2, 1);
                w.list(3, stands.iter().map(|position| message(|w| write_position(w, position))));
            }
            w.list(4, self.receipts.iter().map(|receipt| message(|w| write_receipt(w, receipt))));
            w.list(5, self.refusals.iter().map(|refusal| message(|w| write_refusal(w, refusal))));
            w.list(6, self.frames.iter().map(Frame::encode));
            let mut heads = Heads::of(&self.frames);
            w.list(
                7,
                self.checkpoints.iter().map(|point| message(|w| write_checkpoint(w, point, &mut heads))),
            );
            if self.more {
                w.uint(8, 1);
            }
            if let Some(total) = &self.total {
                w.uint(9, total.entries);
                w.bytes(10, &total.state.0);
            }
        });
        [&[VERSION], &pack(&raw)[..]].concat()
    }

    /// `request` is what was asked, `known` the device's knowledge.
    pub fn decode(bytes: &[u8], _request: &RoundRequest, _known: &dyn Known) -> Result<Self> {
        Self::from_plain(bytes)
    }

    /// What [`Self::to_plain`] gave.
    pub fn from_plain(bytes: &[u8]) -> Result<Self> {
        let raw = unpack(versioned(bytes)?, MESSAGE_RAW_BYTES_MAX, "answer")?;
        let seen = Unknowns::default();
        let mut f = Fields::read(&raw, &seen)?;
        let at = Timestamp(f.int(1, "at")?);
        let stands = f.uint_option(2, "stands")?.is_some();
        let places = read_list(&mut f, 3, "stands", read_position)?;
        let receipts = read_list(&mut f, 4, "receipts", read_receipt)?;
        let refusals = read_list(&mut f, 5, "refusals", read_refusal)?;
        let frames = read_list(&mut f, 6, "frames", Frame::read)?;
        let mut heads = Heads::of(&frames);
        let checkpoints = read_list(&mut f, 7, "checkpoints", |f| read_checkpoint(f, &mut heads))?;
        let more = f.uint_option(8, "more")?.is_some();
        let entries = f.uint_option(9, "entries")?;
        let total = match entries {
            Some(entries) => Some(Total { entries, state: StateDigest(f.array(10, "state")?) }),
            None => None,
        };
        Ok(Self {
            at,
            stands: stands.then_some(places),
            receipts,
            refusals,
            frames,
            checkpoints,
            more,
            total,
        })
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
