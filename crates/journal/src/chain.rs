//! Digests, not bodies, are chained: a body can be erased and the chain still proves the rest.

use crate::ids::SeriesId;
use crate::proof::{Claim, Proof};
use payung_domain::ports::random_bytes;
use payung_domain::{Randomness, Timestamp};
use payung_keys::{BadSignature, PublicKey, Purpose, SigningKey, hex, hmac_sha256, sha256};
use std::fmt;

/// So many entries, counted from sequence number 1, take their salts from one seed.
pub const STRETCH: u64 = 64;

/// The stretch to which an entry belongs: 0 for sequence numbers 1 to 64, 1 for 65 to 128.
pub const fn stretch_of(seq: u64) -> u64 {
    seq.saturating_sub(1) / STRETCH
}

/// 16 random bytes from which the salts of one stretch follow. When a body is erased, the seed of its stretch goes
/// too, and the bodies that stay keep their own salts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seed(pub [u8; 16]);

/// What keeps a digest from telling its body: without it nobody can try all identity numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Salt(pub [u8; 16]);

/// SHA-256 of salt and body of one entry.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

/// The state of a chain after an entry: it names everything before it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head(pub [u8; 32]);

impl Seed {
    pub fn generate(randomness: &dyn Randomness) -> Self {
        Self(random_bytes(randomness))
    }

    pub fn salt(&self, seq: u64) -> Salt {
        salt(self, seq)
    }
}

/// The first 16 bytes of HMAC-SHA-256 under the seed over `payung salt 1` and the sequence number (8 bytes, big-endian).
pub fn salt(seed: &Seed, seq: u64) -> Salt {
    let mut salt = [0; 16];
    salt.copy_from_slice(&hmac_sha256(&seed.0, &[b"payung salt 1", &seq.to_be_bytes()])[..16]);
    Salt(salt)
}

/// SHA-256 over `payung entry 1`, the salt and the body.
pub fn digest(salt: &Salt, body: &[u8]) -> Digest {
    Digest(sha256(&[b"payung entry 1", &salt.0, body]))
}

impl Head {
    /// The head of a series without entries: SHA-256 over `payung chain 1` and the series' id.
    pub fn start(series: SeriesId) -> Self {
        Self(sha256(&[b"payung chain 1", &series.0]))
    }

    /// The head after one more entry: SHA-256 over `payung link 1`, this head and the entry's digest.
    pub fn next(&self, digest: &Digest) -> Self {
        Self(sha256(&[b"payung link 1", &self.0, &digest.0]))
    }
}

/// The device says: my series stands at this head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub series: SeriesId,
    pub seq: u64,
    pub head: Head,
    pub proof: Proof,
}

impl Checkpoint {
    /// Under a signature of its own.
    pub fn sign(key: &SigningKey, series: SeriesId, seq: u64, head: Head) -> Self {
        let signature = key.sign(Purpose::Checkpoint, &position_bytes(series, seq, head));
        Self { series, seq, head, proof: Proof::Alone(signature) }
    }

    pub fn verify(&self, key: &PublicKey) -> Result<(), BadSignature> {
        let alone = (Purpose::Checkpoint, position_bytes(self.series, self.seq, self.head));
        self.proof.verify(key, &self.claim(), alone)
    }

    /// What it says, for a signature over several claims.
    pub const fn claim(&self) -> Claim {
        Claim::Stands { series: self.series, seq: self.seq, head: self.head }
    }
}

/// The district says: I hold that series up to this head. Its time is the only one that dates anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub series: SeriesId,
    pub seq: u64,
    pub head: Head,
    pub at: Timestamp,
    pub proof: Proof,
}

impl Receipt {
    pub fn sign(key: &SigningKey, series: SeriesId, seq: u64, head: Head, at: Timestamp) -> Self {
        let signature = key.sign(Purpose::Receipt, &receipt_bytes(series, seq, head, at));
        Self { series, seq, head, at, proof: Proof::Alone(signature) }
    }

    pub fn verify(&self, key: &PublicKey) -> Result<(), BadSignature> {
        let alone = (Purpose::Receipt, receipt_bytes(self.series, self.seq, self.head, self.at));
        self.proof.verify(key, &self.claim(), alone)
    }

    /// What it says, for a signature over several claims.
    pub const fn claim(&self) -> Claim {
        Claim::Received { series: self.series, seq: self.seq, head: self.head, at: self.at }
    }
}

/// Series (16 bytes), sequence number (8, big-endian), head (32).
pub(crate) fn position_bytes(series: SeriesId, seq: u64, head: Head) -> Vec<u8> {
    [&series.0[..], &seq.to_be_bytes(), &head.0].concat()
}

/// The same and the time in milliseconds (8 bytes, big-endian, two's complement).
pub(crate) fn receipt_bytes(series: SeriesId, seq: u64, head: Head, at: Timestamp) -> Vec<u8> {
    let mut bytes = position_bytes(series, seq, head);
    bytes.extend_from_slice(&at.millis().to_be_bytes());
    bytes
}

macro_rules! shown_in_short {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({}..)", stringify!($name), hex(&self.0[..4]))
            }
        }
    )+};
}

shown_in_short!(Digest, Head);

macro_rules! never_shown {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}(..)", stringify!($name))
            }
        }
    )+};
}

never_shown!(Seed, Salt);
