//! What proves a checkpoint or a receipt: a signature of its own, or one signature over several claims at once, because
//! 64 bytes that nothing can squeeze are much on a weak line.

use crate::chain::{Checkpoint, Head, Receipt, position_bytes, receipt_bytes};
use crate::codec::put_varint;
use crate::codec::{DecodeError, Result, take, take_array, take_varint};
use crate::ids::SeriesId;
use payung_domain::Timestamp;
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, SigningKey};

/// The most claims under one signature.
pub const CLAIMS_MAX: usize = 64;

/// One statement about a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The writer says: my series stands here.
    Stands { series: SeriesId, seq: u64, head: Head },
    /// The district says: I hold that series up to here since then.
    Received { series: SeriesId, seq: u64, head: Head, at: Timestamp },
}

/// A signature, and what else it covers. Stored as bytes, it travels on with the claim it proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Over the claim alone, under the claim's own purpose.
    Alone(Signature),
    Together(Together),
}

/// One signature over several claims and, in a request, over the digest of its other bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// In the order in which they were signed; at most [`CLAIMS_MAX`].
    pub claims: Vec<Claim>,
    /// SHA-256 of the rest of the message that was signed with them.
    pub rest: Option<[u8; 32]>,
    /// Purpose `claims`, over [`Together::signed_bytes`].
    pub signature: Signature,
}

const STANDS: u8 = 1;
const RECEIVED: u8 = 2;

impl Proof {
    /// Of a claim: the signature itself (64 bytes), or a byte 1 and the claims (see [`Together::signed_bytes`]) before it.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Alone(signature) => signature.to_bytes().to_vec(),
            Self::Together(together) => {
                let mut bytes = vec![1];
                bytes.extend_from_slice(&together.signed_bytes());
                bytes.extend_from_slice(&together.signature.to_bytes());
                bytes
            }
        }
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if let Ok(alone) = <[u8; 64]>::try_from(bytes) {
            return Ok(Self::Alone(Signature::from_bytes(alone)));
        }
        let Some((1, mut rest)) = bytes.split_first().map(|(first, rest)| (*first, rest)) else {
            return Err(DecodeError::Unknown("proof"));
        };
        let (claims, digest) = Together::take_signed(&mut rest)?;
        let signature = Signature::from_bytes(take_array(&mut rest)?);
        if !rest.is_empty() {
            return Err(DecodeError::NotCanonical);
        }
        Ok(Self::Together(Together { claims, rest: digest, signature }))
    }

    pub(crate) fn verify(
        &self,
        key: &PublicKey,
        claim: &Claim,
        (purpose, alone): (Purpose, Vec<u8>),
    ) -> std::result::Result<(), BadSignature> {
        match self {
            Self::Alone(signature) => key.verify(purpose, &alone, signature),
            Self::Together(together) if together.claims.contains(claim) => together.verify(key),
            Self::Together(_) => Err(BadSignature),
        }
    }
}

impl Together {
    pub fn sign(key: &SigningKey, claims: Vec<Claim>, rest: Option<[u8; 32]>) -> Self {
        let mut together = Self { claims, rest, signature: Signature::from_bytes([0; 64]) };
        together.signature = key.sign(Purpose::Claims, &together.signed_bytes());
        together
    }

    pub fn verify(&self, key: &PublicKey) -> std::result::Result<(), BadSignature> {
        key.verify(Purpose::Claims, &self.signed_bytes(), &self.signature)
    }

    /// Puts one signature under all these receipts and checkpoints, in this order: what a district gives with an answer.
    pub fn put_under(key: &SigningKey, receipts: &mut [Receipt], checkpoints: &mut [Checkpoint]) {
        let claims = receipts.iter().map(Receipt::claim).chain(checkpoints.iter().map(Checkpoint::claim));
        let claims: Vec<Claim> = claims.collect();
        if claims.is_empty() {
            return;
        }
        let proof = Proof::Together(Self::sign(key, claims, None));
        receipts.iter_mut().for_each(|receipt| receipt.proof = proof.clone());
        checkpoints.iter_mut().for_each(|point| point.proof = proof.clone());
    }

    /// Varint count; for each claim a byte (1 stands, 2 received), series (16), sequence number (8, big-endian), head (32)
    /// and, for a receipt, the time (8, big-endian); then a byte 0, or a byte 1 and the digest of the rest.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put_varint(&mut bytes, self.claims.len() as u64);
        for claim in &self.claims {
            match *claim {
                Claim::Stands { series, seq, head } => {
                    bytes.push(STANDS);
                    bytes.extend_from_slice(&position_bytes(series, seq, head));
                }
                Claim::Received { series, seq, head, at } => {
                    bytes.push(RECEIVED);
                    bytes.extend_from_slice(&receipt_bytes(series, seq, head, at));
                }
            }
        }
        match self.rest {
            None => bytes.push(0),
            Some(digest) => {
                bytes.push(1);
                bytes.extend_from_slice(&digest);
            }
        }
        bytes
    }

    fn take_signed(bytes: &mut &[u8]) -> Result<(Vec<Claim>, Option<[u8; 32]>)> {
        let count = take_varint(bytes)?;
        if count > CLAIMS_MAX as u64 {
            return Err(DecodeError::TooLarge { what: "claims", most: CLAIMS_MAX });
        }
        let mut claims = Vec::new();
        for _ in 0..count {
            let kind = take(bytes, 1)?[0];
            let series = SeriesId(take_array(bytes)?);
            let seq = u64::from_be_bytes(take_array(bytes)?);
            let head = Head(take_array(bytes)?);
            claims.push(match kind {
                STANDS => Claim::Stands { series, seq, head },
                RECEIVED => {
                    let at = Timestamp(i64::from_be_bytes(take_array(bytes)?));
                    Claim::Received { series, seq, head, at }
                }
                _ => return Err(DecodeError::Unknown("claim")),
            });
        }
        let rest = match take(bytes, 1)?[0] {
            0 => None,
            1 => Some(take_array(bytes)?),
            _ => return Err(DecodeError::Unknown("claims")),
        };
        Ok((claims, rest))
    }
}
