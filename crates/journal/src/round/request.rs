//! The request on the line: in the clear only what is needed to know the device and where it stands, then everything else
//! packed against what both sides have.

use super::lean::{Names, end_of, put_frames, shared_bytes, take_count, take_frames};
use super::{Known, RoundRequest, StateDigest, VERSION, versioned};
use crate::chain::{Checkpoint, Head};
use crate::codec::{
    DecodeError, Result, put_bytes, put_varint, take_array, take_bytes, take_varint, unzigzag, zigzag,
};
use crate::frame::Frame;
use crate::ids::{DeviceId, SeriesId};
use crate::message::{MESSAGE_BYTES_MAX, MESSAGE_RAW_BYTES_MAX, Position};
use crate::packing::{Thorough, pack_against, unpack_against};
use crate::proof::{Claim, Proof, Together};
use payung_domain::Timestamp;
use payung_keys::{BadSignature, PublicKey, Signature, SigningKey, sha256};

/// A series in a request is named by so many of its first bytes: the district knows the village's few.
const PREFIX: usize = 4;

/// A request and the device's one signature, over the request and over the device's own checkpoints in it.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRound {
    /// Version (1 byte), device (16), time (signed varint); the claims: varint count, each series (16), sequence number
    /// (varint), head (32); the places: varint count, each the first 4 bytes of the series and the sequence number
    /// (varint); the state (8); then, where there is anything to send, frames and other checkpoints, packed.
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
    /// `known` is the device's own knowledge; what it holds up to `request.have` is not sent again. Checkpoints that `key`
    /// signed alone go under the one signature of the request.
    pub fn sign(request: &RoundRequest, key: &SigningKey, known: &dyn Known) -> Self {
        let public = key.public();
        let own =
            |point: &&Checkpoint| matches!(point.proof, Proof::Alone(_)) && point.verify(&public).is_ok();
        let (claimed, carried): (Vec<_>, Vec<_>) = request.checkpoints.iter().partition(own);
        let body = encode(request, &claimed, &carried, known);
        let claims = claimed.iter().map(|point| point.claim()).collect();
        let signature = Together::sign(key, claims, Some(sha256(&[&body]))).signature;
        Self { body, signature }
    }

    /// Whose request this claims to be: to find the key with which to verify it.
    pub fn device(&self) -> Result<DeviceId> {
        Ok(Clear::take(&mut versioned(&self.body)?)?.device)
    }

    /// Verify before [`SignedRound::open`].
    pub fn verify(&self, key: &PublicKey) -> std::result::Result<(), BadSignature> {
        let clear = versioned(&self.body).and_then(|mut body| Clear::take(&mut body));
        let proof = self.proof(clear.map_err(|_| BadSignature)?.claims);
        let Proof::Together(together) = proof else { return Err(BadSignature) };
        together.verify(key)
    }

    /// `known` is what the district holds of the device's village.
    pub fn open(&self, known: &dyn Known) -> Result<Opened> {
        let mut rest = versioned(&self.body)?;
        let clear = Clear::take(&mut rest)?;
        let Some(have) = clear.places_in(known) else { return Ok(Opened::NotLevel) };
        let mut request = RoundRequest {
            device: clear.device,
            sent_at: clear.sent_at,
            have,
            push: Vec::new(),
            checkpoints: Vec::new(),
        };
        let proof = self.proof(clear.claims.clone());
        for claim in &clear.claims {
            let Claim::Stands { series, seq, head } = *claim else { continue };
            request.checkpoints.push(Checkpoint { series, seq, head, proof: proof.clone() });
        }
        if !rest.is_empty() {
            read_packed(rest, &mut request, known)?;
        }
        Ok(Opened::Level(request))
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

    fn proof(&self, claims: Vec<Claim>) -> Proof {
        Proof::Together(Together { claims, rest: Some(sha256(&[&self.body])), signature: self.signature })
    }
}

impl std::fmt::Debug for SignedRound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedRound({} bytes)", self.body.len())
    }
}

fn encode(
    request: &RoundRequest,
    claimed: &[&Checkpoint],
    carried: &[&Checkpoint],
    known: &dyn Known,
) -> Vec<u8> {
    let have: Vec<Position> = request.have.iter().copied().filter(|position| position.seq > 0).collect();
    let mut body = vec![VERSION];
    body.extend_from_slice(&request.device.0);
    put_varint(&mut body, zigzag(request.sent_at.millis()));
    put_varint(&mut body, claimed.len() as u64);
    for point in claimed {
        body.extend_from_slice(&point.series.0);
        put_varint(&mut body, point.seq);
        body.extend_from_slice(&point.head.0);
    }
    put_varint(&mut body, have.len() as u64);
    for position in &have {
        body.extend_from_slice(&position.series.0[..PREFIX]);
        put_varint(&mut body, position.seq);
    }
    body.extend_from_slice(&StateDigest::of(&have).0);
    if request.push.is_empty() && carried.is_empty() {
        return body;
    }
    let mut raw = Vec::new();
    let mut names = Names::new(&have, &[]);
    put_frames(&mut raw, &mut names, &request.push, &have, known);
    put_varint(&mut raw, carried.len() as u64);
    for point in carried {
        put_checkpoint(&mut raw, point, &mut names, &end_of(&have, &request.push, point.series));
    }
    body.extend_from_slice(&pack_against(&raw, &shared_bytes(&have, &[], known), Thorough::UpToMegabyte));
    body
}

fn read_packed(packed: &[u8], request: &mut RoundRequest, known: &dyn Known) -> Result<()> {
    let shared = shared_bytes(&request.have, &[], known);
    let raw = unpack_against(packed, &shared, MESSAGE_RAW_BYTES_MAX, "request")?;
    let mut bytes = raw.as_slice();
    let mut names = Names::new(&request.have, &[]);
    request.push = take_frames(&mut bytes, &mut names, &request.have, known)?;
    for _ in 0..take_count(&mut bytes)? {
        let point = take_checkpoint(&mut bytes, &mut names, &request.have, &request.push)?;
        request.checkpoints.push(point);
    }
    if bytes.is_empty() { Ok(()) } else { Err(DecodeError::NotCanonical) }
}

/// Series, sequence number, a byte 0 where the frames of the message lead to the head or 1 and the head, proof.
pub(super) fn put_checkpoint(out: &mut Vec<u8>, point: &Checkpoint, names: &mut Names, end: &Position) {
    names.put(out, point.series);
    put_varint(out, point.seq);
    let told = (end.seq, end.head) == (point.seq, point.head);
    out.push(u8::from(!told));
    if !told {
        out.extend_from_slice(&point.head.0);
    }
    put_bytes(out, &point.proof.to_bytes());
}

pub(super) fn take_checkpoint(
    bytes: &mut &[u8],
    names: &mut Names,
    have: &[Position],
    frames: &[Frame],
) -> Result<Checkpoint> {
    let series = names.take(bytes)?;
    let seq = take_varint(bytes)?;
    let head = match take_array(bytes)? {
        [0] => Some(end_of(have, frames, series)).filter(|end| end.seq == seq).map(|end| end.head),
        [1] => Some(Head(take_array(bytes)?)),
        _ => None,
    };
    let head = head.ok_or(DecodeError::Wrong("head"))?;
    Ok(Checkpoint { series, seq, head, proof: Proof::from_bytes(take_bytes(bytes)?)? })
}

/// What stands in the clear.
struct Clear {
    device: DeviceId,
    sent_at: Timestamp,
    claims: Vec<Claim>,
    places: Vec<([u8; PREFIX], u64)>,
    state: [u8; 8],
}

impl Clear {
    fn take(bytes: &mut &[u8]) -> Result<Self> {
        let device = DeviceId(take_array(bytes)?);
        let sent_at = Timestamp(unzigzag(take_varint(bytes)?));
        let mut claims = Vec::new();
        for _ in 0..take_count(bytes)? {
            let series = SeriesId(take_array(bytes)?);
            let seq = take_varint(bytes)?;
            claims.push(Claim::Stands { series, seq, head: Head(take_array(bytes)?) });
        }
        let mut places = Vec::new();
        for _ in 0..take_count(bytes)? {
            places.push((take_array(bytes)?, take_varint(bytes)?));
        }
        Ok(Self { device, sent_at, claims, places, state: take_array(bytes)? })
    }

    /// The places with the reader's own heads, if the reader has them all and both mean the same.
    fn places_in(&self, known: &dyn Known) -> Option<Vec<Position>> {
        let series = known.series();
        let mut have = Vec::with_capacity(self.places.len());
        for (prefix, seq) in &self.places {
            let mut named = series.iter().filter(|series| series.0.starts_with(prefix));
            let (series, None) = (*named.next()?, named.next()) else { return None };
            have.push(Position { series, seq: *seq, head: known.head_at(series, *seq)? });
        }
        (StateDigest::of(&have).0 == self.state).then_some(have)
    }
}
