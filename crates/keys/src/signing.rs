//! Keys that sign: ECDSA on P-256.

use crate::KeyError;
use crate::encoding;
use crate::hash::{hex, sha256};
use p256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use payung_domain::Randomness;
use payung_domain::ports::random_bytes;
use pkcs8::der::pem::{LineEnding, PemLabel};
use pkcs8::der::{Decode, Document};
use pkcs8::pkcs5::{EncryptionScheme, pbes2, scrypt};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use zeroize::Zeroizing;

/// What a signature is for. A signature for one purpose never passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A device: its series stands at this head.
    Checkpoint,
    /// The district: it holds a series up to this head.
    Receipt,
    /// A device: this request is mine.
    Request,
    /// The district: this regulation file applies here.
    Regulation,
    /// The district: this enrolment file is mine.
    Enrolment,
    /// A head of village: this statement.
    Statement,
    /// An old device key: that new series continues mine.
    Continuation,
    /// A head of village: these pages belong to this statement of mine. Not that I signed it.
    Summary,
    /// A device or the district: these claims about series, and in a request its other bytes.
    Claims,
    /// The district: it keeps an attachment.
    Attachment,
    /// A device or the district: this file for a stick is mine.
    Bundle,
}

impl Purpose {
    pub const ALL: &'static [Self] = &[
        Self::Checkpoint,
        Self::Receipt,
        Self::Request,
        Self::Regulation,
        Self::Enrolment,
        Self::Statement,
        Self::Continuation,
        Self::Summary,
        Self::Claims,
        Self::Attachment,
        Self::Bundle,
    ];

    const fn label(self) -> &'static [u8] {
        match self {
            Self::Checkpoint => b"payung/checkpoint/1\0",
            Self::Receipt => b"payung/receipt/1\0",
            Self::Request => b"payung/request/1\0",
            Self::Regulation => b"payung/regulation/1\0",
            Self::Enrolment => b"payung/enrolment/1\0",
            Self::Statement => b"payung/statement/1\0",
            Self::Continuation => b"payung/continuation/1\0",
            Self::Summary => b"payung/summary/1\0",
            Self::Claims => b"payung/claims/1\0",
            Self::Attachment => b"payung/attachment/1\0",
            Self::Bundle => b"payung/bundle/1\0",
        }
    }

    /// What ECDSA signs: SHA-256 of `payung/<purpose>/1`, a zero byte and the message. To any other program this is an
    /// ordinary ECDSA-with-SHA-256 signature over those bytes.
    fn prehash(self, message: &[u8]) -> [u8; 32] {
        sha256(&[self.label(), message])
    }
}

/// A P-256 private key. Erased from memory when dropped; never shown by `Debug`.
#[derive(Clone)]
pub struct SigningKey(p256::ecdsa::SigningKey);

impl SigningKey {
    /// Draws 32 bytes and expands them until they name a key: the first attempt does, but for one in 2^32.
    pub fn generate(randomness: &dyn Randomness) -> Self {
        let seed = Zeroizing::new(random_bytes::<32>(randomness));
        let mut attempt: u64 = 0;
        loop {
            let scalar =
                Zeroizing::new(sha256(&[b"payung signing key 1", seed.as_slice(), &attempt.to_be_bytes()]));
            if let Ok(key) = p256::ecdsa::SigningKey::from_slice(scalar.as_slice()) {
                return Self(key);
            }
            attempt += 1;
        }
    }

    pub fn public(&self) -> PublicKey {
        PublicKey::of(self.0.verifying_key())
    }

    /// Deterministic (RFC 6979): the same message gives the same signature.
    pub fn sign(&self, purpose: Purpose, message: &[u8]) -> Signature {
        self.sign_hash(&purpose.prehash(message))
    }

    /// For formats that fix the signed bytes themselves, such as CMS (RFC 5652): ECDSA over a given SHA-256 value,
    /// without a [`Purpose`]. Only for keys that serve such a format.
    pub fn sign_hash(&self, hash: &[u8; 32]) -> Signature {
        // A 32-byte hash is always long enough for P-256, and a nonce that fails is drawn again inside.
        let signature: p256::ecdsa::Signature =
            self.0.sign_prehash(hash).unwrap_or_else(|_| unreachable!("a SHA-256 value can be signed"));
        Signature(signature.to_bytes().into())
    }

    /// PKCS#8 in PEM, encrypted under PBES2 with scrypt (N = 2^14, r = 8, p = 1) and AES-256-CBC. OpenSSL opens it.
    pub fn to_encrypted_pem(&self, secret: &str, randomness: &dyn Randomness) -> Result<String, KeyError> {
        let der = self.to_der()?;
        let info = PrivateKeyInfoRef::try_from(der.as_slice()).map_err(|_| KeyError::Malformed("PKCS#8"))?;
        let cost = scrypt::Params::new(14, 8, 1).map_err(|_| KeyError::OutOfBounds("scrypt"))?;
        let parameters = pbes2::Parameters::generate_scrypt_aes256cbc(
            cost,
            &random_bytes::<16>(randomness),
            random_bytes(randomness),
        )
        .map_err(|_| KeyError::OutOfBounds("scrypt"))?;
        let sealed =
            info.encrypt_with_params(parameters, secret).map_err(|_| KeyError::Malformed("PKCS#8"))?;
        let pem = sealed
            .to_pem(EncryptedPrivateKeyInfoRef::PEM_LABEL, LineEnding::LF)
            .map_err(|_| KeyError::Malformed("PEM"))?;
        Ok(pem.as_str().to_owned())
    }

    /// # Errors
    /// [`KeyError::WrongSecret`]; [`KeyError::OutOfBounds`] for a file that asks for more than [`SCRYPT_COST_MAX`].
    pub fn from_encrypted_pem(pem: &str, secret: &str) -> Result<Self, KeyError> {
        let (label, sealed) = Document::from_pem(pem).map_err(|_| KeyError::Malformed("PEM"))?;
        if label != EncryptedPrivateKeyInfoRef::PEM_LABEL {
            return Err(KeyError::Malformed("PEM"));
        }
        let sealed = EncryptedPrivateKeyInfoRef::from_der(sealed.as_bytes())
            .map_err(|_| KeyError::Malformed("PKCS#8"))?;
        within_bounds(&sealed.encryption_algorithm)?;
        let opened = sealed.decrypt(secret).map_err(|_| KeyError::WrongSecret)?;
        // A wrong secret leaves correct padding once in 256 times: then the content is no key.
        Self::from_der(opened.as_bytes()).map_err(|_| KeyError::WrongSecret)
    }

    /// Plain PKCS#8: only for storage inside an encrypted store.
    pub fn to_der(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let document = self.0.to_pkcs8_der().map_err(|_| KeyError::Malformed("PKCS#8"))?;
        Ok(document.to_bytes())
    }

    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        p256::ecdsa::SigningKey::from_pkcs8_der(der).map(Self).map_err(|_| KeyError::Malformed("PKCS#8"))
    }

    pub(crate) fn inner(&self) -> &p256::ecdsa::SigningKey {
        &self.0
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public().fingerprint())
    }
}

/// The greatest scrypt cost N taken from a file (16 times our own): at r = 8 it needs 256 MiB.
pub const SCRYPT_COST_MAX: u64 = 1 << 18;

fn within_bounds(scheme: &EncryptionScheme) -> Result<(), KeyError> {
    let parameters = scheme.pbes2().ok_or(KeyError::Malformed("PBES2"))?;
    let scrypt = parameters.kdf.scrypt().ok_or(KeyError::Malformed("scrypt"))?;
    let within =
        scrypt.cost_parameter <= SCRYPT_COST_MAX && scrypt.block_size <= 8 && scrypt.parallelization <= 4;
    if within { Ok(()) } else { Err(KeyError::OutOfBounds("scrypt")) }
}

/// A P-256 public key as its compressed SEC1 point, known to lie on the curve. JSON: 66 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey([u8; 33]);

/// The signature does not fit the key, the purpose or the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tanda tangan digital tidak cocok")]
pub struct BadSignature;

impl PublicKey {
    pub const LEN: usize = 33;

    pub fn from_bytes(bytes: &[u8; 33]) -> Result<Self, KeyError> {
        p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
            .map(|key| Self::of(&key))
            .map_err(|_| KeyError::Malformed("P-256"))
    }

    pub const fn to_bytes(&self) -> [u8; 33] {
        self.0
    }

    /// From a SEC1 point in either form.
    pub(crate) fn from_point(point: &[u8]) -> Option<Self> {
        p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map(|key| Self::of(&key)).ok()
    }

    pub fn verify(
        &self,
        purpose: Purpose,
        message: &[u8],
        signature: &Signature,
    ) -> Result<(), BadSignature> {
        self.verify_hash(&purpose.prehash(message), signature)
    }

    /// The counterpart of [`SigningKey::sign_hash`].
    pub fn verify_hash(&self, hash: &[u8; 32], signature: &Signature) -> Result<(), BadSignature> {
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&self.0).map_err(|_| BadSignature)?;
        let signature = p256::ecdsa::Signature::from_slice(&signature.0).map_err(|_| BadSignature)?;
        key.verify_prehash(hash, &signature).map_err(|_| BadSignature)
    }

    /// `A1B2-C3D4-E5F6-0718`: the first 8 bytes of the SHA-256 of the point, short enough to read out on the telephone.
    pub fn fingerprint(&self) -> String {
        let digits = hex(&sha256(&[&self.0])[..8]).to_uppercase();
        [&digits[..4], &digits[4..8], &digits[8..12], &digits[12..]].join("-")
    }

    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    fn of(key: &p256::ecdsa::VerifyingKey) -> Self {
        let mut bytes = [0; 33];
        bytes.copy_from_slice(key.to_sec1_point(true).as_bytes());
        Self(bytes)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        encoding::serialize(self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_bytes(&encoding::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// An ECDSA signature: r and s, 32 bytes each, big-endian. Not yet known to be good. JSON: 128 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature([u8; 64]);

impl Signature {
    pub const LEN: usize = 64;

    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    pub const fn to_bytes(&self) -> [u8; 64] {
        self.0
    }

    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// The ASN.1 form that X.509 and CMS use (RFC 3279). `None` if r or s is out of range.
    pub fn to_der(&self) -> Option<Vec<u8>> {
        p256::ecdsa::Signature::from_slice(&self.0)
            .ok()
            .map(|signature| signature.to_der().as_bytes().to_vec())
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({}..)", hex(&self.0[..4]))
    }
}

impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        encoding::serialize(self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        encoding::deserialize(deserializer).map(Self)
    }
}
