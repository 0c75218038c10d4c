//! Photos, documents and files from sticks.

use super::{Tables, rows, statements as sql};
use crate::store::Stored;
use crate::store::attachments::{
    AttachmentRow, AttachmentTotals, BundleRow, ReadsAttachments, WritesAttachments,
};
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{DeviceId, EntityId};
use rusqlite::{Row, params};

impl ReadsAttachments for Tables<'_> {
    fn attachment(&self, village: VillageCode, digest: &[u8; 32]) -> Stored<Option<AttachmentRow>> {
        self.one(sql::ATTACHMENT_GET, params![village.to_string(), digest], attachment)
    }

    fn attachment_named(&self, village: VillageCode, digest: &[u8; 32]) -> Stored<u64> {
        let named = self.one(sql::ATTACHMENT_NAMED_COUNT, params![village.to_string(), digest], |row| {
            row.get::<_, i64>(0)
        })?;
        Ok(named.unwrap_or(0) as u64)
    }

    fn attachments_of(&self, entry: EntityId) -> Stored<Vec<(VillageCode, [u8; 32])>> {
        self.many(sql::ATTACHMENT_NAMED_BY, params![entry.series.0, entry.seq as i64], place)
    }

    fn attachment_pieces(
        &self,
        village: VillageCode,
        digest: &[u8; 32],
        from: u64,
        most: u64,
    ) -> Stored<Vec<(u64, Vec<u8>)>> {
        let with = params![village.to_string(), digest, from as i64, most as i64];
        self.many(sql::ATTACHMENT_PIECES, with, |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?)))
    }

    fn attachment_totals(&self, village: Option<VillageCode>) -> Stored<AttachmentTotals> {
        let village = village.map(|village| village.to_string());
        let totals = self.one(sql::ATTACHMENT_TOTALS, [village], |row| {
            let number = |column| row.get::<_, i64>(column).map(|number| number as u64);
            Ok(AttachmentTotals { announced: number(0)?, kept: number(1)?, bytes: number(2)? })
        })?;
        Ok(totals.unwrap_or_default())
    }

    fn attachments_missing(&self, village: VillageCode, most: u64) -> Stored<Vec<([u8; 32], u64)>> {
        let parameters = (village.to_string(), most as i64);
        self.many(sql::ATTACHMENT_MISSING, parameters, |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))
    }

    fn attachments_abandoned(&self, before: Timestamp) -> Stored<Vec<(VillageCode, [u8; 32])>> {
        self.many(sql::ATTACHMENT_ABANDONED, [before.0], place)
    }

    fn bundle(&self, digest: &[u8; 32]) -> Stored<Option<BundleRow>> {
        self.one(sql::BUNDLE_GET, [digest], |row| {
            Ok(BundleRow {
                digest: row.get(0)?,
                device: DeviceId(row.get(1)?),
                number: row.get::<_, i64>(2)? as u64,
                taken_at: Timestamp(row.get(3)?),
            })
        })
    }

    fn bundle_latest(&self, device: DeviceId) -> Stored<Option<u64>> {
        let latest = self.one(sql::BUNDLE_LATEST, [device.0], |row| row.get::<_, Option<i64>>(0))?;
        Ok(latest.flatten().map(|number| number as u64))
    }
}

impl WritesAttachments for Tables<'_> {
    fn put_attachment(&mut self, row: &AttachmentRow) -> Stored<()> {
        let with = params![
            row.village.to_string(),
            row.digest,
            row.bytes as i64,
            row.media,
            row.kept as i64,
            row.touched_at.0,
            row.receipt,
            row.refused,
            row.mismatches,
        ];
        self.run(sql::ATTACHMENT_PUT, with)
    }

    fn name_attachment(&mut self, entry: EntityId, village: VillageCode, digest: &[u8; 32]) -> Stored<()> {
        let with = params![entry.series.0, entry.seq as i64, digest, village.to_string()];
        self.run(sql::ATTACHMENT_NAMED_ADD, with)
    }

    fn remove_attachment(&mut self, entry: EntityId, village: VillageCode) -> Stored<()> {
        let with = params![entry.series.0, entry.seq as i64, village.to_string()];
        self.run(sql::ATTACHMENT_REMOVED_ADD, with)
    }

    fn add_attachment_piece(
        &mut self,
        village: VillageCode,
        digest: &[u8; 32],
        begins: u64,
        bytes: &[u8],
    ) -> Stored<()> {
        self.run(sql::ATTACHMENT_PIECE_ADD, params![village.to_string(), digest, begins as i64, bytes])
    }

    fn drop_attachment_pieces(&mut self, village: VillageCode, digest: &[u8; 32]) -> Stored<()> {
        self.run(sql::ATTACHMENT_PIECE_DROP, params![village.to_string(), digest])
    }

    fn add_bundle(&mut self, row: &BundleRow) -> Stored<()> {
        self.run(sql::BUNDLE_ADD, params![row.digest, row.device.0, row.number as i64, row.taken_at.0])
    }

    fn next_bundle(&mut self, device: DeviceId) -> Stored<u64> {
        let next = self.one(sql::BUNDLE_NEXT, [device.0], |row| row.get::<_, i64>(0))?;
        Ok(next.unwrap_or(1) as u64)
    }
}

fn attachment(row: &Row) -> rusqlite::Result<AttachmentRow> {
    Ok(AttachmentRow {
        village: rows::code(row, 0)?,
        digest: row.get(1)?,
        bytes: row.get::<_, i64>(2)? as u64,
        media: row.get(3)?,
        kept: row.get::<_, i64>(4)? as u64,
        touched_at: Timestamp(row.get(5)?),
        receipt: row.get(6)?,
        refused: row.get(7)?,
        mismatches: row.get(8)?,
    })
}

fn place(row: &Row) -> rusqlite::Result<(VillageCode, [u8; 32])> {
    Ok((rows::code(row, 0)?, row.get(1)?))
}
