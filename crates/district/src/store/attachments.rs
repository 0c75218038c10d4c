//! Rows about photos and documents, and about files that came on a stick.

use super::Stored;
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{DeviceId, EntityId};

/// What a village announced, and how far its bytes are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRow {
    pub village: VillageCode,
    pub digest: [u8; 32],
    /// As announced.
    pub bytes: u64,
    pub media: String,
    /// So many bytes from the beginning are here.
    pub kept: u64,
    /// When the last of them came.
    pub touched_at: Timestamp,
    /// `AttachmentReceipt::to_bytes`.
    pub receipt: Option<Vec<u8>>,
    /// Why it is not kept, in words for the village.
    pub refused: Option<String>,
    /// How often all bytes were there and their digest was wrong.
    pub mismatches: u32,
}

/// A file from a stick that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleRow {
    /// What its sender signed.
    pub digest: [u8; 32],
    pub device: DeviceId,
    pub number: u64,
    pub taken_at: Timestamp,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttachmentTotals {
    /// Announced and not taken back.
    pub announced: u64,
    pub kept: u64,
    /// Bytes here, unfinished ones included.
    pub bytes: u64,
}

pub trait ReadsAttachments {
    fn attachment(&self, village: VillageCode, digest: &[u8; 32]) -> Stored<Option<AttachmentRow>>;
    /// How many entries that were not taken back name it.
    fn attachment_named(&self, village: VillageCode, digest: &[u8; 32]) -> Stored<u64>;
    /// The digests that an entry names.
    fn attachments_of(&self, entry: EntityId) -> Stored<Vec<(VillageCode, [u8; 32])>>;
    /// Pieces in order, each with where it begins, from the one that holds the byte at `from`; at most `most` of them.
    fn attachment_pieces(
        &self,
        village: VillageCode,
        digest: &[u8; 32],
        from: u64,
        most: u64,
    ) -> Stored<Vec<(u64, Vec<u8>)>>;
    fn attachment_totals(&self, village: Option<VillageCode>) -> Stored<AttachmentTotals>;
    /// Announced, not taken back, not refused, and not all here, each with how much of it is: at most `most` of them.
    fn attachments_missing(&self, village: VillageCode, most: u64) -> Stored<Vec<([u8; 32], u64)>>;
    /// Begun, not finished, and untouched since before that time.
    fn attachments_abandoned(&self, before: Timestamp) -> Stored<Vec<(VillageCode, [u8; 32])>>;
    fn bundle(&self, digest: &[u8; 32]) -> Stored<Option<BundleRow>>;
    /// The greatest number of a file of that device.
    fn bundle_latest(&self, device: DeviceId) -> Stored<Option<u64>>;
}

pub trait WritesAttachments: ReadsAttachments {
    fn put_attachment(&mut self, row: &AttachmentRow) -> Stored<()>;
    fn name_attachment(&mut self, entry: EntityId, village: VillageCode, digest: &[u8; 32]) -> Stored<()>;
    fn remove_attachment(&mut self, entry: EntityId, village: VillageCode) -> Stored<()>;
    fn add_attachment_piece(
        &mut self,
        village: VillageCode,
        digest: &[u8; 32],
        begins: u64,
        bytes: &[u8],
    ) -> Stored<()>;
    fn drop_attachment_pieces(&mut self, village: VillageCode, digest: &[u8; 32]) -> Stored<()>;
    /// The first row of a file stays.
    fn add_bundle(&mut self, row: &BundleRow) -> Stored<()>;
    /// The next number of a file for that device, from 1.
    fn next_bundle(&mut self, device: DeviceId) -> Stored<u64>;
}
