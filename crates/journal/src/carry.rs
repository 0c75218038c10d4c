//! How the bytes of attachments travel: in pieces, each at its own offset, so that a broken line costs one piece at
//! most, and nothing that is there already is sent again.

use crate::attachment::ATTACHMENT_BYTES_MAX;
use crate::codec::{DecodeError, Fields, Result, Unknowns, Writer, message};
use crate::ids::DeviceId;
use payung_domain::Timestamp;
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, SigningKey};
use std::fmt;

/// The largest piece of an attachment in one call or answer, in bytes.
pub const ATTACHMENT_CHUNK_BYTES_MAX: usize = 256 << 10;
/// The most attachments that one call asks about.
pub const ATTACHMENT_DIGESTS_MAX: usize = 1_024;
/// The largest call, in bytes.
pub const ATTACHMENT_CALL_BYTES_MAX: usize = ATTACHMENT_CHUNK_BYTES_MAX + 4_096;
/// The largest answer, in bytes.
pub const ATTACHMENT_REPLY_BYTES_MAX: usize = 512 << 10;

/// Keeps a call apart from the requests, which begin with their version.
const CALL: u8 = b'A';
const VERSION: u8 = 1;

/// What a device asks about the bytes of attachments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentCall {
    pub device: DeviceId,
    pub sent_at: Timestamp,
    pub what: AttachmentWish,
}

#[derive(Clone, PartialEq, Eq)]
pub enum AttachmentWish {
    /// "How far are these?" At most [`ATTACHMENT_DIGESTS_MAX`].
    State { digests: Vec<[u8; 32]> },
    /// A piece that begins at `offset`; 1 to [`ATTACHMENT_CHUNK_BYTES_MAX`] bytes.
    Put { digest: [u8; 32], offset: u64, bytes: Vec<u8> },
    /// "Give me what begins at `offset`", at most so many bytes.
    Get { digest: [u8; 32], offset: u64, most: u64 },
    /// "What was announced to you that you do not keep?" A district that was put back may lack what it signed for.
    Missing,
}

/// A call and the device's signature: the body of an HTTP request.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedCall {
    body: Vec<u8>,
    signature: Signature,
}

/// What the district answers.
#[derive(Clone, PartialEq, Eq)]
pub enum AttachmentReply {
    /// One for each digest asked about, in that order.
    State(Vec<AttachmentState>),
    Put(AttachmentState),
    /// `total`: the size of the whole attachment.
    Chunk {
        total: u64,
        bytes: Vec<u8>,
    },
    /// There is nothing to get.
    NotHere(AttachmentState),
    /// At most [`ATTACHMENT_DIGESTS_MAX`]; the rest when these are there.
    Missing(Vec<[u8; 32]>),
}

/// How far one attachment is at the district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentState {
    pub digest: [u8; 32],
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// So many bytes from the beginning are here; 0 where none is.
    Partial(u64),
    /// All of it, and its digest is right.
    Kept(AttachmentReceipt),
    /// In Bahasa Indonesia, for the village.
    Refused { code: NotKept, words: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// No entry of this village that the district holds names it: send the entries first.
    NotAnnounced,
    /// The bytes are not what was announced. A decision says it to every device of the village.
    Broken,
    /// The entry that attached it was taken back.
    Removed,
    /// There is no room for more of this village.
    Full,
    /// Of a newer program.
    Other(u64),
}

/// The district says: I keep these bytes since then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentReceipt {
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    pub bytes: u64,
    pub at: Timestamp,
    /// Purpose `attachment`, over digest (32), bytes (8, big-endian) and time (8, big-endian).
    pub signature: Signature,
}

impl AttachmentReceipt {
    pub fn sign(key: &SigningKey, digest: [u8; 32], bytes: u64, at: Timestamp) -> Self {
        let signature = key.sign(Purpose::Attachment, &receipt_bytes(digest, bytes, at));
        Self { digest, bytes, at, signature }
    }

    pub fn verify(&self, key: &PublicKey) -> std::result::Result<(), BadSignature> {
        key.verify(Purpose::Attachment, &receipt_bytes(self.digest, self.bytes, self.at), &self.signature)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        message(|w| self.write(w))
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let seen = Unknowns::default();
        Self::read(Fields::read(bytes, &seen)?)
    }

    fn write(&self, w: &mut Writer) {
        w.bytes(1, &self.digest);
        w.uint(2, self.bytes);
        w.int(3, self.at.millis());
        w.bytes(4, &self.signature.to_bytes());
    }

    fn read(mut f: Fields<'_>) -> Result<Self> {
        let receipt = Self {
            digest: f.array(1, "digest")?,
            bytes: f.uint(2, "bytes")?,
            at: Timestamp(f.int(3, "at")?),
            signature: Signature::from_bytes(f.array(4, "signature")?),
        };
        within(receipt.bytes)?;
        Ok(receipt)
    }
}

impl SignedCall {
    pub fn sign(call: &AttachmentCall, key: &SigningKey) -> Self {
        let body = call.encode();
        let signature = key.sign(Purpose::Request, &body);
        Self { body, signature }
    }

    /// Whose call this claims to be: to find the key with which to verify it.
    pub fn device(&self) -> Result<DeviceId> {
        called(&self.body)?.first_chunk().map(|device| DeviceId(*device)).ok_or(DecodeError::Truncated)
    }

    /// Verify before [`SignedCall::call`].
    pub fn verify(&self, key: &PublicKey) -> std::result::Result<(), BadSignature> {
        key.verify(Purpose::Request, &self.body, &self.signature)
    }

    pub fn call(&self) -> Result<AttachmentCall> {
        AttachmentCall::decode(&self.body)
    }

    /// The signature (64 bytes), then the body.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.signature.to_bytes()[..], &self.body].concat()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > ATTACHMENT_CALL_BYTES_MAX {
            return Err(DecodeError::TooLarge { what: "call", most: ATTACHMENT_CALL_BYTES_MAX });
        }
        let (signature, body) = bytes.split_first_chunk().ok_or(DecodeError::Truncated)?;
        Ok(Self { body: body.to_vec(), signature: Signature::from_bytes(*signature) })
    }
}

impl AttachmentCall {
    fn encode(&self) -> Vec<u8> {
        let fields = message(|w| {
            w.int(1, self.sent_at.millis());
            match &self.what {
                AttachmentWish::State { digests } => w.bytes(2, &digests.concat()),
                AttachmentWish::Put { digest, offset, bytes } => w.message(3, |w| {
                    w.bytes(1, digest);
                    w.uint(2, *offset);
                    w.bytes(3, bytes);
                }),
                AttachmentWish::Get { digest, offset, most } => w.message(4, |w| {
                    w.bytes(1, digest);
                    w.uint(2, *offset);
                    w.uint(3, *most);
                }),
                AttachmentWish::Missing => w.uint(5, 1),
            }
        });
        [&[CALL, VERSION], &self.device.0[..], &fields].concat()
    }

    fn decode(body: &[u8]) -> Result<Self> {
        let (device, fields) = called(body)?.split_first_chunk().ok_or(DecodeError::Truncated)?;
        let seen = Unknowns::default();
        let mut f = Fields::read(fields, &seen)?;
        let sent_at = Timestamp(f.int(1, "sent_at")?);
        let digests = f.bytes_option(2, "digests")?;
        let (put, get) = (f.message_option(3, "put")?, f.message_option(4, "get")?);
        let missing = f.uint_option(5, "missing")?;
        let what = match (digests, put, get, missing) {
            (Some(digests), None, None, None) => AttachmentWish::State { digests: read_digests(digests)? },
            (None, Some(mut f), None, None) => {
                let (digest, offset) = (f.array(1, "digest")?, within(f.uint(2, "offset")?)?);
                let bytes = f.bytes(3, "bytes")?.to_vec();
                if bytes.is_empty() {
                    return Err(DecodeError::Wrong("bytes"));
                }
                if bytes.len() > ATTACHMENT_CHUNK_BYTES_MAX {
                    return Err(DecodeError::TooLarge { what: "piece", most: ATTACHMENT_CHUNK_BYTES_MAX });
                }
                AttachmentWish::Put { digest, offset, bytes }
            }
            (None, None, Some(mut f), None) => AttachmentWish::Get {
                digest: f.array(1, "digest")?,
                offset: within(f.uint(2, "offset")?)?,
                most: f.uint(3, "most")?.min(ATTACHMENT_CHUNK_BYTES_MAX as u64),
            },
            (None, None, None, Some(1)) => AttachmentWish::Missing,
            (None, None, None, _) => return Err(DecodeError::Unknown("call")),
            _ => return Err(DecodeError::NotCanonical),
        };
        Ok(Self { device: DeviceId(*device), sent_at, what })
    }
}

impl AttachmentReply {
    pub fn encode(&self) -> Vec<u8> {
        let fields = message(|w| match self {
            Self::State(states) => w.list(1, states.iter().map(|state| message(|w| state.write(w)))),
            Self::Put(state) => w.message(2, |w| state.write(w)),
            Self::Chunk { total, bytes } => w.message(3, |w| {
                w.uint(1, *total);
                w.bytes(2, bytes);
            }),
            Self::NotHere(state) => w.message(4, |w| state.write(w)),
            Self::Missing(digests) => w.bytes(5, &digests.concat()),
        });
        [&[VERSION], &fields[..]].concat()
    }

    pub fn decode(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > ATTACHMENT_REPLY_BYTES_MAX {
            return Err(DecodeError::TooLarge { what: "answer", most: ATTACHMENT_REPLY_BYTES_MAX });
        }
        let fields = match bytes.split_first() {
            Some((&VERSION, fields)) => fields,
            Some((&version, _)) => return Err(DecodeError::TooNew(u64::from(version))),
            None => return Err(DecodeError::Truncated),
        };
        let seen = Unknowns::default();
        let mut f = Fields::read(fields, &seen)?;
        if let Some(put) = f.message_option(2, "put")? {
            return AttachmentState::read(put).map(Self::Put);
        }
        if let Some(mut chunk) = f.message_option(3, "chunk")? {
            let (total, bytes) = (within(chunk.uint(1, "total")?)?, chunk.bytes(2, "bytes")?.to_vec());
            if bytes.len() > ATTACHMENT_CHUNK_BYTES_MAX {
                return Err(DecodeError::TooLarge { what: "piece", most: ATTACHMENT_CHUNK_BYTES_MAX });
            }
            return Ok(Self::Chunk { total, bytes });
        }
        if let Some(state) = f.message_option(4, "not here")? {
            return AttachmentState::read(state).map(Self::NotHere);
        }
        if let Some(digests) = f.bytes_option(5, "missing")? {
            return read_digests(digests).map(Self::Missing);
        }
        let states = f.list(1, "states")?;
        if states.len() > ATTACHMENT_DIGESTS_MAX {
            return Err(DecodeError::TooLarge { what: "states", most: ATTACHMENT_DIGESTS_MAX });
        }
        let read = |bytes| AttachmentState::read(Fields::read(bytes, &seen)?);
        states.into_iter().map(read).collect::<Result<_>>().map(Self::State)
    }
}

impl AttachmentState {
    pub(crate) fn write(&self, w: &mut Writer) {
        w.bytes(1, &self.digest);
        match &self.standing {
            Standing::Partial(kept) => w.uint(2, *kept),
            Standing::Kept(receipt) => w.message(3, |w| receipt.write(w)),
            Standing::Refused { code, words } => w.message(4, |w| {
                w.uint(1, code.number());
                w.text(2, words);
            }),
        }
    }

    pub(crate) fn read(mut f: Fields<'_>) -> Result<Self> {
        let digest = f.array(1, "digest")?;
        let standing = if let Some(receipt) = f.message_option(3, "receipt")? {
            Standing::Kept(AttachmentReceipt::read(receipt)?)
        } else if let Some(mut refused) = f.message_option(4, "refused")? {
            let code = NotKept::from_number(refused.uint(1, "code")?);
            Standing::Refused { code, words: refused.text(2, "words")? }
        } else {
            Standing::Partial(within(f.uint(2, "kept")?)?)
        };
        Ok(Self { digest, standing })
    }
}

impl NotKept {
    /// Sending it again changes nothing.
    pub const fn for_good(self) -> bool {
        matches!(self, Self::Broken | Self::Removed)
    }

    const fn number(self) -> u64 {
        match self {
            Self::NotAnnounced => 1,
            Self::Broken => 2,
            Self::Removed => 3,
            Self::Full => 4,
            Self::Other(number) => number,
        }
    }

    const fn from_number(number: u64) -> Self {
        match number {
            1 => Self::NotAnnounced,
            2 => Self::Broken,
            3 => Self::Removed,
            4 => Self::Full,
            other => Self::Other(other),
        }
    }
}

/// The bytes are somebody's identity card.
impl fmt::Debug for AttachmentWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State { digests } => write!(f, "State({})", digests.len()),
            Self::Put { offset, bytes, .. } => write!(f, "Put({} bytes at {offset})", bytes.len()),
            Self::Get { offset, most, .. } => write!(f, "Get({most} bytes at {offset})"),
            Self::Missing => f.write_str("Missing"),
        }
    }
}

impl fmt::Debug for AttachmentReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(states) => write!(f, "State({states:?})"),
            Self::Put(state) => write!(f, "Put({state:?})"),
            Self::Chunk { total, bytes } => write!(f, "Chunk({} of {total} bytes)", bytes.len()),
            Self::NotHere(state) => write!(f, "NotHere({state:?})"),
            Self::Missing(digests) => write!(f, "Missing({})", digests.len()),
        }
    }
}

impl fmt::Debug for SignedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedCall({} bytes)", self.body.len())
    }
}

fn receipt_bytes(digest: [u8; 32], bytes: u64, at: Timestamp) -> Vec<u8> {
    [&digest[..], &bytes.to_be_bytes(), &at.millis().to_be_bytes()].concat()
}

fn called(body: &[u8]) -> Result<&[u8]> {
    match body {
        [CALL, VERSION, rest @ ..] => Ok(rest),
        [CALL, version, ..] => Err(DecodeError::TooNew(u64::from(*version))),
        [CALL] | [] => Err(DecodeError::Truncated),
        _ => Err(DecodeError::Wrong("call")),
    }
}

fn read_digests(bytes: &[u8]) -> Result<Vec<[u8; 32]>> {
    let (digests, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() {
        return Err(DecodeError::Truncated);
    }
    if digests.len() > ATTACHMENT_DIGESTS_MAX {
        return Err(DecodeError::TooLarge { what: "digests", most: ATTACHMENT_DIGESTS_MAX });
    }
    Ok(digests.to_vec())
}

fn within(bytes: u64) -> Result<u64> {
    let most = ATTACHMENT_BYTES_MAX;
    if bytes > most {
        Err(DecodeError::TooLarge { what: "attachment", most: most as usize })
    } else {
        Ok(bytes)
    }
}
