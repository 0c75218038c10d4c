//! What the reader of a PDF knows already, besides the file.

use payung_domain::Timestamp;
use payung_keys::PublicKey;

/// All of it may be empty: then signatures are still found whole or broken, and their issuers unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Certificates in DER of authorities that are trusted: the district's own.
    pub roots: Vec<Vec<u8>>,
    /// Certificates in DER that the district gave to heads; a PDF signed earlier with such a key is accepted.
    pub head_certificates: Vec<Vec<u8>>,
    /// Keys that the district no longer stands for, and since when.
    pub revoked: Vec<(PublicKey, Timestamp)>,
    pub now: Timestamp,
}
