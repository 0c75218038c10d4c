//! The key of an encrypted register, and the envelope in which a secret keeps it.

use crate::KeyError;
use crate::hash::{from_hex, hex};
use argon2::{Algorithm, Argon2, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use payung_domain::Randomness;
use payung_domain::ports::random_bytes;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 256-bit key of a register's database. Erased from memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    pub fn generate(randomness: &dyn Randomness) -> Self {
        Self(random_bytes(randomness))
    }

    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key itself, for the database only.
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(..)")
    }
}

/// How much work Argon2id (RFC 9106) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfCost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl KdfCost {
    /// The second recommended option of RFC 9106 with one lane: a third of a second on an old laptop.
    pub const STANDARD: Self = Self { memory_kib: 65_536, passes: 3, lanes: 1 };

    /// No protection against guessing. For tests, and for secrets that nobody can guess, such as a recovery code.
    pub const LIGHT: Self = Self { memory_kib: 64, passes: 1, lanes: 1 };
}

/// The most memory a file may ask for: 1 GiB, in KiB.
pub const KDF_MEMORY_KIB_MAX: u32 = 1_048_576;
/// The most passes a file may ask for.
pub const KDF_PASSES_MAX: u32 = 16;
/// The most lanes a file may ask for.
pub const KDF_LANES_MAX: u32 = 16;

/// A database key under a secret: Argon2id makes a key of the secret, XChaCha20-Poly1305 seals the database key with
/// the context as associated data, so that an envelope cannot pass for another person's. JSON, bytes as hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    pub kdf: KdfParameters,
    /// 16 bytes.
    pub salt: String,
    /// 24 bytes.
    pub nonce: String,
    /// The sealed key with its 16-byte tag: 48 bytes.
    pub ciphertext: String,
}

/// The cost as it stands in the file, so that it can be raised later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfParameters {
    /// Always `argon2id`.
    pub name: String,
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl WrappedKey {
    /// Seals under [`KdfCost::STANDARD`]. Takes that third of a second.
    pub fn wrap(
        key: &DatabaseKey,
        secret: &str,
        context: &str,
        randomness: &dyn Randomness,
    ) -> Result<Self, KeyError> {
        Self::wrap_with_cost(key, secret, context, KdfCost::STANDARD, randomness)
    }

    pub fn wrap_with_cost(
        key: &DatabaseKey,
        secret: &str,
        context: &str,
        cost: KdfCost,
        randomness: &dyn Randomness,
    ) -> Result<Self, KeyError> {
        let salt: [u8; 16] = random_bytes(randomness);
        let nonce: [u8; 24] = random_bytes(randomness);
        let ciphertext = cipher(secret, &salt, cost)?
            .encrypt(&XNonce::from(nonce), Payload { msg: key.expose(), aad: context.as_bytes() })
            .map_err(|_| KeyError::Malformed("XChaCha20-Poly1305"))?;
        Ok(Self {
            kdf: KdfParameters {
                name: "argon2id".to_owned(),
                memory_kib: cost.memory_kib,
                passes: cost.passes,
                lanes: cost.lanes,
            },
            salt: hex(&salt),
            nonce: hex(&nonce),
            ciphertext: hex(&ciphertext),
        })
    }

    /// # Errors
    /// [`KeyError::WrongSecret`] also when the context is another one or the bytes were altered: nothing tells these apart.
    pub fn unwrap(&self, secret: &str, context: &str) -> Result<DatabaseKey, KeyError> {
        if self.kdf.name != "argon2id" {
            return Err(KeyError::Malformed("kdf"));
        }
        let salt: [u8; 16] = bytes(&self.salt).ok_or(KeyError::Malformed("salt"))?;
        let nonce: [u8; 24] = bytes(&self.nonce).ok_or(KeyError::Malformed("nonce"))?;
        let ciphertext: [u8; 48] = bytes(&self.ciphertext).ok_or(KeyError::Malformed("ciphertext"))?;
        let cost =
            KdfCost { memory_kib: self.kdf.memory_kib, passes: self.kdf.passes, lanes: self.kdf.lanes };
        let opened = cipher(secret, &salt, cost)?
            .decrypt(&XNonce::from(nonce), Payload { msg: &ciphertext, aad: context.as_bytes() })
            .map(Zeroizing::new)
            .map_err(|_| KeyError::WrongSecret)?;
        let mut key = DatabaseKey([0; 32]);
        if opened.len() != key.0.len() {
            return Err(KeyError::Malformed("ciphertext"));
        }
        key.0.copy_from_slice(&opened);
        Ok(key)
    }
}

fn cipher(secret: &str, salt: &[u8; 16], cost: KdfCost) -> Result<XChaCha20Poly1305, KeyError> {
    if cost.memory_kib > KDF_MEMORY_KIB_MAX {
        return Err(KeyError::OutOfBounds("memory_kib"));
    }
    if cost.passes > KDF_PASSES_MAX {
        return Err(KeyError::OutOfBounds("passes"));
    }
    if cost.lanes > KDF_LANES_MAX {
        return Err(KeyError::OutOfBounds("lanes"));
    }
    let parameters = argon2::Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| KeyError::OutOfBounds("argon2id"))?;
    let mut key = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(secret.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| KeyError::OutOfBounds("argon2id"))?;
    Ok(XChaCha20Poly1305::new(&(*key).into()))
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    from_hex(text)?.try_into().ok()
}
