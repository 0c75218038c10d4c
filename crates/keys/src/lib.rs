//! Keys, signatures, wrapping and certificates: the only room that knows cryptography.
//!
//! * [`SigningKey`], [`PublicKey`], [`Signature`]: ECDSA on P-256 with SHA-256 (FIPS 186-5, RFC 6979). Every signature
//!   is bound to a [`Purpose`].
//! * [`DatabaseKey`], [`WrappedKey`], [`RecoveryCode`]: the key of an encrypted register, and how a secret that a
//!   person remembers (or a code on paper) opens it.
//! * [`Authority`]: the district's own certificate authority and the certificate of its server (X.509, RFC 5280).
//!
//! Randomness is an argument: the same bytes drawn give the same keys. This crate reads no clock and no file, and
//! `Debug` of nothing here shows a secret.

mod authority;
mod encoding;
mod hash;
mod recovery;
mod signing;
mod wrapping;

pub use authority::{
    AUTHORITY_YEARS, Authority, HOSTS_MAX, SERVER_YEARS, ServerIdentity, StoredAuthority,
    certificate_der_from_pem,
};
pub use hash::{from_hex, hex, hmac_sha256, same_bytes, sha256};
pub use recovery::RecoveryCode;
pub use signing::{BadSignature, PublicKey, Purpose, SCRYPT_COST_MAX, Signature, SigningKey};
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
