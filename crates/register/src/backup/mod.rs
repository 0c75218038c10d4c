//! The whole register as one file, and back. The file is as secret as the register itself: the database in it is
//! encrypted under the same key, and the same secrets and the same recovery code open it.

mod error;
mod format;
mod restore;
mod write;

pub use error::BackupError;

pub(crate) use restore::{forget_mark, look, restore, take_mark};
pub(crate) use write::write;

use crate::error::RegisterError;
use crate::setup::PersonSlot;
use format::Head;
use payung_domain::{Timestamp, VillageCode};
use std::path::PathBuf;

/// A backup that was written and read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFacts {
    pub path: PathBuf,
    /// Of the whole file.
    pub bytes: u64,
    pub made_at: Timestamp,
    /// Of all series.
    pub entries: u64,
    /// SHA-256, as it stands at the end of the file.
    pub digest: [u8; 32],
}

/// What a whole, readable backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreFacts {
    pub code: VillageCode,
    pub village: String,
    /// Who can open it.
    pub people: Vec<PersonSlot>,
    pub made_at: Timestamp,
    /// Of all series.
    pub entries: u64,
    /// Of the whole file.
    pub bytes: u64,
    pub digest: [u8; 32],
}

impl RestoreFacts {
    fn of(head: &Head, people: Vec<PersonSlot>, bytes: u64, digest: [u8; 32]) -> Result<Self, RegisterError> {
        Ok(Self {
            code: VillageCode::parse(&head.code).map_err(|_| BackupError::Damaged)?,
            village: head.village.clone(),
            people,
            made_at: Timestamp(head.made_at),
            entries: head.entries,
            bytes,
            digest,
        })
    }
}
