//! Rows about heads and what they signed.

use payung_domain::{Timestamp, VillageCode};
use payung_journal::{EntityId, RevocationReason};
use payung_keys::PublicKey;

/// A head's key as the village introduced it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadRow {
    pub village: VillageCode,
    pub key: PublicKey,
    /// The entry that names the head.
    pub introduced: EntityId,
}

/// A certificate that the district's authority issued for a head's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRow {
    /// As it stands in the certificate.
    pub serial: Vec<u8>,
    pub village: VillageCode,
    pub key: PublicKey,
    /// X.509, DER.
    pub certificate: Vec<u8>,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    pub officer: String,
    pub issued_at: Timestamp,
}

/// Signatures of the key made at `from` or later do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationRow {
    pub village: VillageCode,
    pub key: PublicKey,
    pub from: Timestamp,
    pub reason: RevocationReason,
    pub officer: String,
    pub note: String,
    pub recorded_at: Timestamp,
}

/// A signed statement as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    pub id: EntityId,
    pub village: VillageCode,
    pub key: PublicKey,
    /// By the laptop's clock.
    pub signed_at: Timestamp,
    /// By the district's clock.
    pub received_at: Timestamp,
    /// What was signed: see `SignedStatement::document`.
    pub document: [u8; 32],
    /// The code on the pages; `None` for statements without a seal.
    pub content: Option<[u8; 32]>,
    /// What is wrong with its signatures, in words.
    pub problem: Option<String>,
    /// The decision that holds the time stamp.
    pub token: Option<EntityId>,
}

/// The meterai of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampRow {
    pub statement: EntityId,
    /// Who gave it.
    pub village: VillageCode,
    /// Keyed HMAC of the serial; `None` where the first program gave none.
    pub serial: Option<[u8; 32]>,
    /// The serial stands on another document.
    pub refused: bool,
}
