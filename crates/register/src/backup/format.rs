//! The file: eight letters that say what it is, a head, the key file, the database, and SHA-256 over all of it.
//!
//! | bytes | |
//! |---|---|
//! | 8 | `PAYUNGC1`; the last letter counts up |
//! | 4 | length of the head, big-endian |
//! | | head, JSON |
//! | | the key file, as in a data folder |
//! | | the database, as in a data folder |
//! | 32 | SHA-256 over everything before |

use crate::backup::BackupError;
use serde::{Deserialize, Serialize};

/// Followed by the number of the format.
const MAGIC: &[u8; 7] = b"PAYUNGC";
const FORMAT_NUMBER: u8 = b'1';
/// Letters and the length of the head.
pub(crate) const START_BYTES: usize = 12;
pub(crate) const DIGEST_BYTES: u64 = 32;
/// The longest head, bytes.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// The longest key file, bytes; as where it is read.
const KEYS_BYTES_MAX: u64 = 1_000_000;

/// What stands in the clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// The register's random id, hex.
    pub(crate) register: String,
    /// Code and name of the village.
    pub(crate) code: String,
    pub(crate) village: String,
    /// ms since 1970 UTC.
    pub(crate) made_at: i64,
    /// Of all series.
    pub(crate) entries: u64,
    /// `user_version` of the database.
    pub(crate) schema: u32,
    pub(crate) keys_bytes: u64,
    pub(crate) database_bytes: u64,
}

impl Head {
    /// Letters, length and the head itself.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, BackupError> {
        let json = serde_json::to_vec(self).map_err(|_| BackupError::Damaged)?;
        let length = u32::try_from(json.len()).map_err(|_| BackupError::Damaged)?;
        let mut bytes = MAGIC.to_vec();
        bytes.push(FORMAT_NUMBER);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&json);
        Ok(bytes)
    }

    pub(crate) fn parse(json: &[u8]) -> Result<Self, BackupError> {
        let head: Self = serde_json::from_slice(json).map_err(|_| BackupError::Damaged)?;
        if head.keys_bytes > KEYS_BYTES_MAX || head.database_bytes > i64::MAX as u64 {
            return Err(BackupError::Damaged);
        }
        Ok(head)
    }

    /// Of the whole file, with a head of that length.
    pub(crate) fn file_bytes(&self, head_bytes: usize) -> u64 {
        START_BYTES as u64 + head_bytes as u64 + self.keys_bytes + self.database_bytes + DIGEST_BYTES
    }
}

/// The length of the head that follows.
///
/// # Errors
/// Something else than a backup, or one of a later format.
pub(crate) fn head_bytes(start: &[u8; START_BYTES]) -> Result<usize, BackupError> {
    let [letters @ .., number, a, b, c, d] = start;
    if letters != MAGIC || !number.is_ascii_digit() {
        return Err(BackupError::NotABackup);
    }
    if *number != FORMAT_NUMBER {
        return Err(BackupError::Newer);
    }
    match u32::from_be_bytes([*a, *b, *c, *d]) as usize {
        length if length <= HEAD_BYTES_MAX => Ok(length),
        _ => Err(BackupError::Damaged),
    }
}
