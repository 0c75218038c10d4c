//! What a file carries, one part after the other.

use super::words::BundleError;
use crate::attachment::ATTACHMENT_BYTES_MAX;
use crate::carry::{ATTACHMENT_CHUNK_BYTES_MAX, ATTACHMENT_DIGESTS_MAX, AttachmentState};
use crate::codec::{DecodeError, Fields, Result, Unknowns, message, put_varint};
use crate::message::MESSAGE_BYTES_MAX;
use crate::round::{RoundAnswer, RoundRequest};
use std::fmt;

/// The longest part, in bytes.
pub(super) const PART_BYTES_MAX: usize = MESSAGE_BYTES_MAX;

/// One thing in a file.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // one at a time
pub enum Part {
    /// What a device would send over the line.
    Request(RoundRequest),
    /// What the district would answer; several where one was not enough, in order.
    Answer(RoundAnswer),
    /// A piece of an attachment of so many bytes; pieces of one attachment follow each other.
    Piece { digest: [u8; 32], total: u64, offset: u64, bytes: Vec<u8> },
    /// How far an attachment is at the district.
    State(AttachmentState),
    /// Attachments that the device does not have: the answer should bring them.
    Wanted(Vec<[u8; 32]>),
    /// Of a newer program.
    Unknown { kind: u8, content: Vec<u8> },
}

const REQUEST: u8 = 1;
const ANSWER: u8 = 2;
const PIECE: u8 = 3;
const STATE: u8 = 4;
const WANTED: u8 = 5;

impl Part {
    /// How many bytes it is in a file, before it is sealed.
    pub fn size(&self) -> u64 {
        self.encode().len() as u64
    }

    /// Kind (1 byte), length (varint), content.
    pub(super) fn encode(&self) -> Vec<u8> {
        let (kind, content) = match self {
            Self::Request(request) => (REQUEST, request.to_plain()),
            Self::Answer(answer) => (ANSWER, answer.to_plain()),
            Self::Piece { digest, total, offset, bytes } => (
                PIECE,
                message(|w| {
                    w.bytes(1, digest);
                    w.uint(2, *total);
                    w.uint(3, *offset);
                    w.bytes(4, bytes);
                }),
            ),
            Self::State(state) => (STATE, message(|w| state.write(w))),
            Self::Wanted(digests) => (WANTED, digests.concat()),
            Self::Unknown { kind, content } => (*kind, content.clone()),
        };
        let mut bytes = vec![kind];
        put_varint(&mut bytes, content.len() as u64);
        bytes.extend_from_slice(&content);
        bytes
    }

    pub(super) fn decode(kind: u8, content: &[u8]) -> std::result::Result<Self, BundleError> {
        let read = || -> Result<Self> {
            Ok(match kind {
                REQUEST => Self::Request(RoundRequest::from_plain(content)?),
                ANSWER => Self::Answer(RoundAnswer::from_plain(content)?),
                PIECE => piece(content)?,
                STATE => {
                    let seen = Unknowns::default();
                    Self::State(AttachmentState::read(Fields::read(content, &seen)?)?)
                }
                WANTED => {
                    let (digests, rest) = content.as_chunks::<32>();
                    if !rest.is_empty() || digests.len() > ATTACHMENT_DIGESTS_MAX {
                        return Err(DecodeError::Wrong("digests"));
                    }
                    Self::Wanted(digests.to_vec())
                }
                kind => Self::Unknown { kind, content: content.to_vec() },
            })
        };
        read().map_err(|error| match error {
            DecodeError::TooNew(_) | DecodeError::Unknown(_) => BundleError::Newer,
            _ => BundleError::Damaged,
        })
    }
}

fn piece(content: &[u8]) -> Result<Part> {
    let seen = Unknowns::default();
    let mut f = Fields::read(content, &seen)?;
    let digest = f.array(1, "digest")?;
    let (total, offset) = (f.uint(2, "total")?, f.uint(3, "offset")?);
    let bytes = f.bytes(4, "bytes")?;
    let end = offset.checked_add(bytes.len() as u64);
    if bytes.len() > ATTACHMENT_CHUNK_BYTES_MAX
        || total > ATTACHMENT_BYTES_MAX
        || end.is_none_or(|end| end > total)
    {
        return Err(DecodeError::Wrong("piece"));
    }
    Ok(Part::Piece { digest, total, offset, bytes: bytes.to_vec() })
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(request) => write!(f, "Request({} frames)", request.push.len()),
            Self::Answer(answer) => write!(f, "Answer({} frames)", answer.frames.len()),
            Self::Piece { total, offset, bytes, .. } => {
                write!(f, "Piece({} bytes at {offset} of {total})", bytes.len())
            }
            Self::State(state) => write!(f, "State({state:?})"),
            Self::Wanted(digests) => write!(f, "Wanted({})", digests.len()),
            Self::Unknown { kind, content } => write!(f, "Unknown({kind}, {} bytes)", content.len()),
        }
    }
}
