//! Keys, signatures, wrapping and certificates: the only room that knows cryptography.
//!
//! * [`SigningKey`], [`PublicKey`], [`Signature`]: ECDSA on P-256 with SHA-256 (FIPS 186-5, RFC 6979). Every signature
//!   is bound to a [`Purpose`].
//! * [`DatabaseKey`], [`WrappedKey`], [`RecoveryCode`]: the key of an encrypted register, and how a secret that a
//!   person remembers (or a code on paper) opens it.
//! * [`Authority`]: the district's own certificate authority and the certificate of its server (X.509, RFC 5280).
//! * [`self_issued`], [`Authority::certify_head`], [`certificate_facts`]: certificates of heads of village, and what
//!   anybody's certificate says.
//! * [`cms_sign`], [`cms_attributes`]: signatures as PDF files carry them (CMS, RFC 5652; CAdES, ETSI EN 319 122-1).
//! * [`read_cms`], [`check_path`]: anybody's signature of that kind, and the path from its signer to a trusted root.
//! * [`Sealer`], [`Opener`]: a stream of records for one receiver (HPKE, RFC 9180).
//! * [`Timestamper`], [`read_timestamp`], [`cms_with_timestamp`]: time-stamp tokens (RFC 3161).
//!
//! Randomness is an argument: the same bytes drawn give the same keys. This crate reads no clock and no file, and
//! `Debug` of nothing here shows a secret.

mod asn1;
mod authority;
mod certificate;
mod cms;
mod encoding;
mod end_entity;
mod hash;
mod head_certificate;
mod path;
mod recovery;
mod revocation;
mod sealing;
mod signing;
mod timestamp;
mod wrapping;

pub use authority::{
    AUTHORITY_YEARS, Authority, HOSTS_MAX, SERVER_YEARS, ServerIdentity, StoredAuthority,
    certificate_der_from_pem,
};
pub use certificate::{CERTIFICATE_BYTES_MAX, CertificateFacts, certificate_facts};
pub use cms::algorithm::{DigestAlgorithm, RSA_BITS_MIN};
pub use cms::read::{CmsFacts, read_cms};
pub use cms::sign::{CmsSignature, cms_attributes, cms_sign};
pub use cms::{CMS_BYTES_MAX, CMS_CERTIFICATES_MAX, CmsError};
pub use hash::{Hashing, from_hex, hex, hmac_sha256, same_bytes, sha256};
pub use head_certificate::{HEAD_YEARS, HeadName, self_issued};
pub use path::{Trust, check_path};
pub use recovery::RecoveryCode;
pub use revocation::{CrlReason, REVOKED_MAX, RevokedCertificate};
pub use sealing::{ENCAPSULATED_BYTES, NotOpened, Opener, SEALED_EXTRA_BYTES, Sealer};
pub use signing::{BadSignature, PublicKey, Purpose, SCRYPT_COST_MAX, Signature, SigningKey};
pub use timestamp::{
    StoredTimestamper, TIMESTAMPER_YEARS, TimestampFacts, Timestamper, cms_with_timestamp, read_timestamp,
};
pub use wrapping::{
    DatabaseKey, KDF_LANES_MAX, KDF_MEMORY_KIB_MAX, KDF_PASSES_MAX, KdfCost, KdfParameters, WrappedKey,
};
pub use zeroize::Zeroizing;

/// Why a key could not be made, read or opened.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// The secret does not open this: it is wrong, or the wrapped bytes were altered.
    #[error("kata sandi tidak cocok")]
    WrongSecret,
    /// The recovery code cannot be right as typed: its check letters disagree, or letters are missing.
    #[error("kode pemulihan salah ketik; periksa lagi setiap huruf dan angkanya")]
    RecoveryTypo,
    /// Not a key, certificate or wrapped key that this program can read.
    #[error("berkas kunci rusak atau tidak dikenal: {0}")]
    Malformed(&'static str),
    /// The file asks for more memory or time than a program should give an unknown file.
    #[error("berkas kunci meminta sumber daya di luar batas: {0}")]
    OutOfBounds(&'static str),
    /// A name or host that cannot stand in a certificate.
    #[error("nama tidak dapat dipakai dalam sertifikat: {0}")]
    BadName(String),
}
