//! The answer on the line: packed against what both sides have and against the request itself.

use super::lean::{Names, end_of, put_frames, shared_bytes, take_count, take_frames};
use super::request::{put_checkpoint, take_checkpoint};
use super::{Known, RoundAnswer, RoundRequest, StateDigest, Total, VERSION, versioned};
use crate::chain::{Checkpoint, Head, Receipt};
use crate::codec::{
    DecodeError, Fields, Result, Unknowns, message, put_bytes, put_varint, take, take_array, take_bytes,
    take_varint, unzigzag, zigzag,
};
use crate::frame::Frame;
use crate::ids::SeriesId;
use crate::message::{
    MESSAGE_RAW_BYTES_MAX, Position, read_position, read_refusal, write_position, write_refusal,
};
use crate::packing::{Thorough, pack_against, unpack_against};
use crate::proof::{Claim, Proof, Together};
use payung_domain::Timestamp;
use payung_keys::Signature;

const NOT_LEVEL: u64 = 1;
const MORE: u64 = 2;
const TOTAL: u64 = 4;
const SHARED_PROOF: u64 = 8;
const PACKED: u64 = 16;
const KNOWN_FLAGS: u64 = 31;

/// Of a receipt or checkpoint: under the answer's one signature.
const SHARED: u8 = 1;
/// Of a receipt: given with this answer.
const NOW: u8 = 2;

impl RoundAnswer {
    /// Version (1 byte), flags (varint), time (signed varint); entries (varint) and state (8) where there is a total; one
    /// signature (64) shared by the receipts and then the checkpoints so marked; then everything else, packed.
    ///
    /// `request` is what is answered, `None` where it could not be read; `known` the district's knowledge.
    pub fn encode(&self, request: Option<&RoundRequest>, known: &dyn Known) -> Vec<u8> {
        // Without a common place there is nothing to point back to.
        let both = Both::of(request.filter(|_| self.stands.is_none()));
        let shared = self.shared_proof();
        let packed = !(self.receipts.is_empty()
            && self.refusals.is_empty()
            && self.frames.is_empty()
            && self.checkpoints.is_empty()
            && self.stands.as_ref().is_none_or(Vec::is_empty));
        let flags = [
            (self.stands.is_some(), NOT_LEVEL),
            (self.more, MORE),
            (self.total.is_some(), TOTAL),
            (shared.is_some(), SHARED_PROOF),
            (packed, PACKED),
        ];
        let mut out = vec![VERSION];
        put_varint(&mut out, flags.iter().filter(|(set, _)| *set).map(|(_, flag)| flag).sum());
        put_varint(&mut out, zigzag(self.at.millis()));
        if let Some(total) = &self.total {
            put_varint(&mut out, total.entries);
            out.extend_from_slice(&total.state.0);
        }
        if let Some(shared) = shared {
            out.extend_from_slice(&shared.signature.to_bytes());
        }
        if packed {
            let raw = self.packed_part(&both, shared, known);
            out.extend_from_slice(&pack_against(
                &raw,
                &shared_bytes(&both.have, both.pushed, known),
                Thorough::UpTo64Kilobytes,
            ));
        }
        out
    }

    /// `request` is what was asked, `known` the device's knowledge.
    pub fn decode(bytes: &[u8], request: &RoundRequest, known: &dyn Known) -> Result<Self> {
        let mut bytes = versioned(bytes)?;
        let flags = take_varint(&mut bytes)?;
        if flags & !KNOWN_FLAGS != 0 {
            return Err(DecodeError::TooNew(flags));
        }
        let mut answer = Self::new(Timestamp(unzigzag(take_varint(&mut bytes)?)));
        answer.more = flags & MORE != 0;
        answer.stands = (flags & NOT_LEVEL != 0).then(Vec::new);
        let both = Both::of(Some(request).filter(|_| answer.stands.is_none()));
        if flags & TOTAL != 0 {
            let entries = take_varint(&mut bytes)?;
            answer.total = Some(Total { entries, state: StateDigest(take_array(&mut bytes)?) });
        }
        let signature = match flags & SHARED_PROOF {
            0 => None,
            _ => Some(Signature::from_bytes(take_array(&mut bytes)?)),
        };
        if flags & PACKED != 0 {
            let shared = shared_bytes(&both.have, both.pushed, known);
            let raw = unpack_against(bytes, &shared, MESSAGE_RAW_BYTES_MAX, "answer")?;
            answer.read_packed(&raw, &both, signature, known)?;
        } else if !bytes.is_empty() {
            return Err(DecodeError::NotCanonical);
        }
        Ok(answer)
    }

    /// The one proof under all receipts and checkpoints that carry it, if it says exactly those and in their order.
    fn shared_proof(&self) -> Option<&Together> {
        let proofs = self.proofs();
        let shared = proofs.iter().find_map(|(_, proof)| match proof {
            Proof::Together(together) if together.rest.is_none() => Some(together),
            _ => None,
        })?;
        let said: Vec<Claim> =
            proofs.iter().filter(|(_, proof)| is(proof, shared)).map(|(claim, _)| *claim).collect();
        (said == shared.claims).then_some(shared)
    }

    fn proofs(&self) -> Vec<(Claim, &Proof)> {
        let receipts = self.receipts.iter().map(|receipt| (receipt.claim(), &receipt.proof));
        receipts.chain(self.checkpoints.iter().map(|point| (point.claim(), &point.proof))).collect()
    }

    /// Frames, checkpoints, receipts, refusals, places.
    fn packed_part(&self, both: &Both<'_>, shared: Option<&Together>, known: &dyn Known) -> Vec<u8> {
        let mut out = Vec::new();
        let mut names = Names::new(&both.have, both.pushed);
        put_frames(&mut out, &mut names, &self.frames, &both.have, known);
        put_varint(&mut out, self.checkpoints.len() as u64);
        for point in &self.checkpoints {
            let common = shared.is_some_and(|shared| is(&point.proof, shared));
            out.push(u8::from(common) * SHARED);
            if common {
                let position = Position { series: point.series, seq: point.seq, head: point.head };
                put_place(&mut out, &mut names, position, &[both.end(&self.frames, point.series)]);
            } else {
                put_checkpoint(&mut out, point, &mut names, &both.end(&self.frames, point.series));
            }
        }
        put_varint(&mut out, self.receipts.len() as u64);
        for receipt in &self.receipts {
            let position = Position { series: receipt.series, seq: receipt.seq, head: receipt.head };
            let common = shared.is_some_and(|shared| is(&receipt.proof, shared));
            let now = receipt.at == self.at;
            out.push((u8::from(common) * SHARED) | (u8::from(now) * NOW));
            let told = both.told(&self.frames, receipt.series);
            put_place(&mut out, &mut names, position, &told);
            if !now {
                put_varint(&mut out, zigzag(receipt.at.millis()));
            }
            if !common {
                put_bytes(&mut out, &receipt.proof.to_bytes());
            }
        }
        put_varint(&mut out, self.refusals.len() as u64);
        for refusal in &self.refusals {
            put_bytes(&mut out, &message(|w| write_refusal(w, refusal)));
        }
        let stands = self.stands.as_deref().unwrap_or_default();
        put_varint(&mut out, stands.len() as u64);
        for position in stands {
            put_bytes(&mut out, &message(|w| write_position(w, position)));
        }
        out
    }

    fn read_packed(
        &mut self,
        mut bytes: &[u8],
        both: &Both<'_>,
        signature: Option<Signature>,
        known: &dyn Known,
    ) -> Result<()> {
        let bytes = &mut bytes;
        let mut names = Names::new(&both.have, both.pushed);
        self.frames = take_frames(bytes, &mut names, &both.have, known)?;
        let placeholder = Proof::Alone(Signature::from_bytes([0; 64]));
        let (mut shared_points, mut shared_receipts) = (Vec::new(), Vec::new());
        for index in 0..take_count(bytes)? {
            self.checkpoints.push(match take(bytes, 1)?[0] {
                0 => take_checkpoint(bytes, &mut names, &both.have, &self.frames)?,
                SHARED => {
                    shared_points.push(index);
                    let Position { series, seq, head } =
                        take_place(bytes, &mut names, |series| vec![both.end(&self.frames, series)])?;
                    Checkpoint { series, seq, head, proof: placeholder.clone() }
                }
                flags => return Err(DecodeError::TooNew(u64::from(flags))),
            });
        }
        for index in 0..take_count(bytes)? {
            let flags = take(bytes, 1)?[0];
            if flags & !(SHARED | NOW) != 0 {
                return Err(DecodeError::TooNew(u64::from(flags)));
            }
            let Position { series, seq, head } =
                take_place(bytes, &mut names, |series| both.told(&self.frames, series))?;
            let at = if flags & NOW != 0 { self.at } else { Timestamp(unzigzag(take_varint(bytes)?)) };
            let proof = match flags & SHARED {
                0 => Proof::from_bytes(take_bytes(bytes)?)?,
                _ => {
                    shared_receipts.push(index);
                    placeholder.clone()
                }
            };
            self.receipts.push(Receipt { series, seq, head, at, proof });
        }
        let seen = Unknowns::default();
        for _ in 0..take_count(bytes)? {
            self.refusals.push(read_refusal(Fields::read(take_bytes(bytes)?, &seen)?)?);
        }
        for _ in 0..take_count(bytes)? {
            let position = read_position(Fields::read(take_bytes(bytes)?, &seen)?)?;
            self.stands.get_or_insert_default().push(position);
        }
        if !bytes.is_empty() {
            return Err(DecodeError::NotCanonical);
        }
        self.share(signature, &shared_receipts, &shared_points)
    }

    /// Puts the one signature back under everything that stands under it.
    fn share(&mut self, signature: Option<Signature>, receipts: &[usize], points: &[usize]) -> Result<()> {
        let said = receipts.iter().map(|index| self.receipts[*index].claim());
        let claims: Vec<Claim> =
            said.chain(points.iter().map(|index| self.checkpoints[*index].claim())).collect();
        let signature = match signature {
            Some(signature) => signature,
            None if claims.is_empty() => return Ok(()),
            None => return Err(DecodeError::Missing("signature")),
        };
        let proof = Proof::Together(Together { claims, rest: None, signature });
        receipts.iter().for_each(|index| self.receipts[*index].proof = proof.clone());
        points.iter().for_each(|index| self.checkpoints[*index].proof = proof.clone());
        Ok(())
    }
}

/// What the answer may take for known, from the request.
struct Both<'a> {
    have: Vec<Position>,
    pushed: &'a [Frame],
    claimed: &'a [Checkpoint],
}

impl<'a> Both<'a> {
    fn of(request: Option<&'a RoundRequest>) -> Self {
        let have = request.map(|request| &request.have[..]).unwrap_or_default();
        let have = have.iter().copied().filter(|position| position.seq > 0).collect();
        Self {
            have,
            pushed: request.map(|request| &request.push[..]).unwrap_or_default(),
            claimed: request.map(|request| &request.checkpoints[..]).unwrap_or_default(),
        }
    }

    /// Where the frames of the answer lead in a series.
    fn end(&self, frames: &[Frame], series: SeriesId) -> Position {
        end_of(&self.have, frames, series)
    }

    /// Where a receipt is likely to stand: at a checkpoint of the request, or at the end of the answer's frames.
    fn told(&self, frames: &[Frame], series: SeriesId) -> Vec<Position> {
        let claimed = self.claimed.iter().filter(|point| point.series == series);
        let at = |point: &Checkpoint| Position { series, seq: point.seq, head: point.head };
        let claimed = claimed.max_by_key(|point| point.seq).map(at);
        match claimed {
            Some(claimed) => vec![claimed],
            None => vec![self.end(frames, series)],
        }
    }
}

fn is(proof: &Proof, shared: &Together) -> bool {
    matches!(proof, Proof::Together(together) if together == shared)
}

/// Series and a byte: from 1 on, the n-th of the places that the reader works out too; 0, and sequence number and head
/// follow.
fn put_place(out: &mut Vec<u8>, names: &mut Names, position: Position, told: &[Position]) {
    names.put(out, position.series);
    match told.iter().position(|told| *told == position) {
        Some(index) => out.push(index as u8 + 1),
        None => {
            out.push(0);
            put_varint(out, position.seq);
            out.extend_from_slice(&position.head.0);
        }
    }
}

fn take_place(
    bytes: &mut &[u8],
    names: &mut Names,
    told: impl FnOnce(SeriesId) -> Vec<Position>,
) -> Result<Position> {
    let series = names.take(bytes)?;
    match take(bytes, 1)?[0] {
        0 => Ok(Position { series, seq: take_varint(bytes)?, head: Head(take_array(bytes)?) }),
        place => told(series).get(usize::from(place - 1)).copied().ok_or(DecodeError::Wrong("place")),
    }
}
