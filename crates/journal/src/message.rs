//! The two messages of an exchange. One request and one answer carry everything in both directions; each starts from
//! the heads that the other side really has.

use crate::chain::{Checkpoint, Head, Receipt};
use crate::codec::{DecodeError, Fields, Result, Unknowns, Writer, message};
use crate::frame::Frame;
use crate::ids::{DeviceId, SeriesId};
use crate::packing::{Thorough, pack, unpack};
use crate::proof::Proof;
use payung_domain::Timestamp;
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, SigningKey};

/// The largest message on the line, in bytes.
pub const MESSAGE_BYTES_MAX: usize = 16 << 20;
/// The largest message once unpacked, in bytes.
pub const MESSAGE_RAW_BYTES_MAX: usize = 64 << 20;
/// The most frames, checkpoints, receipts, positions or refusals in one message.
pub const FRAMES_MAX: usize = 1_024;

const VERSION: u8 = 1;

/// Where a series stands: the head after entry `seq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub series: SeriesId,
    /// 0: no entry yet.
    pub seq: u64,
    pub head: Head,
}

impl Position {
    /// The start of a series.
    pub fn start(series: SeriesId) -> Self {
        Self { series, seq: 0, head: Head::start(series) }
    }
}

/// "Give me what comes after entry `after`."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pull {
    /// `None`: the district's decisions for this village, whose series the device does not know yet.
    pub series: Option<SeriesId>,
    pub after: u64,
}

/// What a device sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRequest {
    pub device: DeviceId,
    pub sent_at: Timestamp,
    pub push: Vec<Frame>,
    /// One for each series pushed, covering its last entry.
    pub checkpoints: Vec<Checkpoint>,
    pub pull: Vec<Pull>,
    pub have: Vec<Position>,
}

/// What the district answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeAnswer {
    pub at: Timestamp,
    pub receipts: Vec<Receipt>,
    /// What the district really holds, also after it was itself restored.
    pub held: Vec<Position>,
    pub refusals: Vec<Refusal>,
    pub frames: Vec<Frame>,
    pub checkpoints: Vec<Checkpoint>,
    /// More waits than fits: ask again.
    pub more: bool,
}

/// Frames that changed nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub series: SeriesId,
    pub code: RefusalCode,
    /// The sequence number at which it went wrong, 0 where that says nothing.
    pub seq: u64,
    /// For a log; no personal data.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalCode {
    /// Entries before these are missing at the district: start from what it holds.
    Gap,
    /// Another entry stands at that place already: a cloned disk or an old backup.
    Fork,
    BadSignature,
    /// Not a series of this device, or not of this village.
    Foreign,
    /// Fewer entries than the checkpoint covers.
    Truncated,
    /// The entries do not lead to the signed head.
    Altered,
    /// The district could not store them now: send them again later.
    Busy,
    /// Of a newer program.
    Other(u64),
}

impl RefusalCode {
    const fn number(self) -> u64 {
        match self {
            Self::Gap => 1,
            Self::Fork => 2,
            Self::BadSignature => 3,
            Self::Foreign => 4,
            Self::Truncated => 5,
            Self::Altered => 6,
            Self::Busy => 7,
            Self::Other(number) => number,
        }
    }

    const fn from_number(number: u64) -> Self {
        match number {
            1 => Self::Gap,
            2 => Self::Fork,
            3 => Self::BadSignature,
            4 => Self::Foreign,
            5 => Self::Truncated,
            6 => Self::Altered,
            7 => Self::Busy,
            other => Self::Other(other),
        }
    }
}

impl ExchangeRequest {
    /// Nothing to send and nothing to ask.
    pub fn new(device: DeviceId, sent_at: Timestamp) -> Self {
        Self {
            device,
            sent_at,
            push: Vec::new(),
            checkpoints: Vec::new(),
            pull: Vec::new(),
            have: Vec::new(),
        }
    }

    /// Version (1 byte), device (16), then the packed fields.
    pub fn encode(&self) -> Vec<u8> {
        let raw = message(|w| {
            w.int(1, self.sent_at.millis());
            w.list(2, self.push.iter().map(Frame::encode));
            let mut heads = Heads::of(&self.push);
            let write = |point| message(|w| write_checkpoint(w, point, &mut heads));
            w.list(3, self.checkpoints.iter().map(write));
            w.list(4, self.pull.iter().map(|pull| message(|w| write_pull(w, pull))));
            w.list(5, self.have.iter().map(|position| message(|w| write_position(w, position))));
        });
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.device.0);
        bytes.extend_from_slice(&pack(&raw, Thorough::UpToMegabyte));
        bytes
    }

    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let packed = versioned(bytes)?;
        let (device, packed) = packed.split_first_chunk().ok_or(DecodeError::Truncated)?;
        let raw = unpack(packed, MESSAGE_RAW_BYTES_MAX, "request")?;
        let seen = Unknowns::default();
        let mut f = Fields::read(&raw, &seen)?;
        let sent_at = Timestamp(f.int(1, "sent_at")?);
        let push = read_list(&mut f, 2, "push", Frame::read)?;
        let mut heads = Heads::of(&push);
        let checkpoints = read_list(&mut f, 3, "checkpoints", |f| read_checkpoint(f, &mut heads))?;
        Ok(Self {
            device: DeviceId(*device),
            sent_at,
            push,
            checkpoints,
            pull: read_list(&mut f, 4, "pull", read_pull)?,
            have: read_list(&mut f, 5, "have", read_position)?,
        })
    }
}

impl ExchangeAnswer {
    /// An answer that says nothing but the time.
    pub fn new(at: Timestamp) -> Self {
        Self {
            at,
            receipts: Vec::new(),
            held: Vec::new(),
            refusals: Vec::new(),
            frames: Vec::new(),
            checkpoints: Vec::new(),
            more: false,
        }
    }

    /// Version (1 byte), then the packed fields.
    pub fn encode(&self) -> Vec<u8> {
        let raw = message(|w| {
            w.int(1, self.at.millis());
            w.list(2, self.receipts.iter().map(|receipt| message(|w| write_receipt(w, receipt))));
            w.list(3, self.held.iter().map(|position| message(|w| write_position(w, position))));
            w.list(4, self.refusals.iter().map(|refusal| message(|w| write_refusal(w, refusal))));
            w.list(5, self.frames.iter().map(Frame::encode));
            let mut heads = Heads::of(&self.frames);
            let write = |point| message(|w| write_checkpoint(w, point, &mut heads));
            w.list(6, self.checkpoints.iter().map(write));
            if self.more {
                w.uint(7, 1);
            }
        });
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&pack(&raw, Thorough::UpToMegabyte));
        bytes
    }

    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let raw = unpack(versioned(bytes)?, MESSAGE_RAW_BYTES_MAX, "answer")?;
        let seen = Unknowns::default();
        let mut f = Fields::read(&raw, &seen)?;
        let at = Timestamp(f.int(1, "at")?);
        let receipts = read_list(&mut f, 2, "receipts", read_receipt)?;
        let held = read_list(&mut f, 3, "held", read_position)?;
        let refusals = read_list(&mut f, 4, "refusals", read_refusal)?;
        let frames = read_list(&mut f, 5, "frames", Frame::read)?;
        let mut heads = Heads::of(&frames);
        let checkpoints = read_list(&mut f, 6, "checkpoints", |f| read_checkpoint(f, &mut heads))?;
        let more = f.uint_option(7, "more")?.is_some();
        Ok(Self { at, receipts, held, refusals, frames, checkpoints, more })
    }
}

/// A request and the device's signature over its bytes. The body of an HTTP request, or a file on a stick.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// [`ExchangeRequest::encode`].
    pub body: Vec<u8>,
    pub signature: Signature,
}

impl SignedRequest {
    pub fn sign(request: &ExchangeRequest, key: &SigningKey) -> Self {
        let body = request.encode();
        let signature = key.sign(Purpose::Request, &body);
        Self { body, signature }
    }

    /// Whose request this claims to be: to find the key with which to verify it.
    pub fn device(&self) -> Result<DeviceId> {
        let rest = versioned(&self.body)?;
        rest.first_chunk().map(|device| DeviceId(*device)).ok_or(DecodeError::Truncated)
    }

    /// Verify before [`SignedRequest::request`].
    pub fn verify(&self, key: &PublicKey) -> std::result::Result<(), BadSignature> {
        key.verify(Purpose::Request, &self.body, &self.signature)
    }

    pub fn request(&self) -> Result<ExchangeRequest> {
        ExchangeRequest::decode(&self.body)
    }

    /// The signature (64 bytes), then the body.
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

impl std::fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedRequest({} bytes)", self.body.len())
    }
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

pub(crate) fn read_list<'a, T>(
    f: &mut Fields<'a>,
    tag: u64,
    what: &'static str,
    mut read: impl FnMut(Fields<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let seen = f.unknowns();
    let items = f.list(tag, what)?;
    if items.len() > FRAMES_MAX {
        return Err(DecodeError::TooLarge { what, most: FRAMES_MAX });
    }
    items.into_iter().map(|bytes| read(Fields::read(bytes, seen)?)).collect()
}

pub(crate) fn write_position(w: &mut Writer, position: &Position) {
    w.bytes(1, &position.series.0);
    w.uint(2, position.seq);
    w.bytes(3, &position.head.0);
}

pub(crate) fn read_position(mut f: Fields<'_>) -> Result<Position> {
    Ok(Position {
        series: SeriesId(f.array(1, "series")?),
        seq: f.uint(2, "seq")?,
        head: Head(f.array(3, "head")?),
    })
}

fn write_pull(w: &mut Writer, pull: &Pull) {
    if let Some(series) = pull.series {
        w.bytes(1, &series.0);
    }
    w.uint(2, pull.after);
}

fn read_pull(mut f: Fields<'_>) -> Result<Pull> {
    let series = f.bytes_option(1, "series")?;
    let series = series.map(|bytes| bytes.try_into().map(SeriesId)).transpose();
    Ok(Pull { series: series.map_err(|_| DecodeError::Wrong("series"))?, after: f.uint(2, "after")? })
}

/// The head is left out where the frames beside the checkpoint lead to it: 32 bytes that nothing can squeeze.
pub(crate) fn write_checkpoint(w: &mut Writer, checkpoint: &Checkpoint, heads: &mut Heads<'_>) {
    w.bytes(1, &checkpoint.series.0);
    w.uint(2, checkpoint.seq);
    if heads.after(checkpoint.series, checkpoint.seq) != Some(checkpoint.head) {
        w.bytes(3, &checkpoint.head.0);
    }
    w.bytes(4, &checkpoint.proof.to_bytes());
}

pub(crate) fn read_checkpoint(mut f: Fields<'_>, heads: &mut Heads<'_>) -> Result<Checkpoint> {
    let series = SeriesId(f.array(1, "series")?);
    let seq = f.uint(2, "seq")?;
    let told = heads.after(series, seq);
    let head = match f.bytes_option(3, "head")? {
        Some(head) => Head(head.try_into().map_err(|_| DecodeError::Wrong("head"))?),
        None => told.ok_or(DecodeError::Missing("head"))?,
    };
    Ok(Checkpoint { series, seq, head, proof: Proof::from_bytes(f.bytes(4, "signature")?)? })
}

/// The heads to which the frames of a message lead. Each frame tells one, for the first checkpoint that falls into it,
/// so that a message cannot ask for more hashing than it is long.
pub(crate) struct Heads<'a>(Vec<Option<&'a Frame>>);

impl<'a> Heads<'a> {
    pub(crate) fn of(frames: &'a [Frame]) -> Self {
        Self(frames.iter().map(Some).collect())
    }

    fn after(&mut self, series: SeriesId, seq: u64) -> Option<Head> {
        let holds =
            |frame: &Frame| frame.series == series && (frame.first_seq..=frame.last_seq()).contains(&seq);
        let frame = self.0.iter_mut().find(|frame| frame.is_some_and(holds))?.take()?;
        let mut head = frame.base;
        for (at, carried) in frame.numbered().take_while(|(at, _)| *at <= seq) {
            head = head.next(&carried.digest(at));
        }
        Some(head)
    }
}

pub(crate) fn write_receipt(w: &mut Writer, receipt: &Receipt) {
    w.bytes(1, &receipt.series.0);
    w.uint(2, receipt.seq);
    w.bytes(3, &receipt.head.0);
    w.int(4, receipt.at.millis());
    w.bytes(5, &receipt.proof.to_bytes());
}

pub(crate) fn read_receipt(mut f: Fields<'_>) -> Result<Receipt> {
    Ok(Receipt {
        series: SeriesId(f.array(1, "series")?),
        seq: f.uint(2, "seq")?,
        head: Head(f.array(3, "head")?),
        at: Timestamp(f.int(4, "at")?),
        proof: Proof::from_bytes(f.bytes(5, "signature")?)?,
    })
}

pub(crate) fn write_refusal(w: &mut Writer, refusal: &Refusal) {
    w.bytes(1, &refusal.series.0);
    w.uint(2, refusal.code.number());
    w.uint(3, refusal.seq);
    w.text(4, &refusal.message);
}

pub(crate) fn read_refusal(mut f: Fields<'_>) -> Result<Refusal> {
    Ok(Refusal {
        series: SeriesId(f.array(1, "series")?),
        code: RefusalCode::from_number(f.uint(2, "code")?),
        seq: f.uint(3, "seq")?,
        message: f.text(4, "message")?,
    })
}
