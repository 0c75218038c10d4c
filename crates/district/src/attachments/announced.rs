//! Which attachments a village announced: from its entries, as they come.

use super::forget;
use crate::error::DistrictError;
use crate::home::District;
use crate::store::Writes;
use crate::store::attachments::AttachmentRow;
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{EntityId, Event};

/// Set once the entries of earlier programs have been looked through.
pub const INDEXED: &str = "attachments.indexed";
/// Entries read at a time.
const PAGE: u64 = 2_000;
/// Longest media type kept, in bytes.
const MEDIA_BYTES_MAX: usize = 100;

/// Takes up what an entry says about attachments; any other entry changes nothing.
pub fn taken_up(
    writes: &mut dyn Writes,
    village: VillageCode,
    id: EntityId,
    event: &Event,
    (now, means): (Timestamp, &dyn Fn(EntityId) -> EntityId),
) -> Result<(), DistrictError> {
    match event {
        Event::Attached { attachment, .. } => {
            announce(writes, village, id, (attachment.digest, attachment.bytes, &attachment.media), now)
        }
        Event::StatementStamped { stamp: Some(stamp), .. } => {
            stamp.evidence.iter().try_for_each(|evidence| {
                announce(writes, village, id, (evidence.digest, evidence.bytes, &evidence.media), now)
            })
        }
        // `means`: what a place named in this entry means.
        Event::AttachmentRemoved { attached, .. } => removed(writes, village, means(*attached)),
        _ => Ok(()),
    }
}

/// The first entry says how large it is; the digest allows one size alone.
fn announce(
    writes: &mut dyn Writes,
    village: VillageCode,
    id: EntityId,
    (digest, bytes, media): ([u8; 32], u64, &str),
    now: Timestamp,
) -> Result<(), DistrictError> {
    if writes.attachment(village, &digest)?.is_none() {
        let media = media.get(..MEDIA_BYTES_MAX.min(media.len())).unwrap_or_default().to_owned();
        writes.put_attachment(&AttachmentRow {
            village,
            digest,
            bytes,
            media,
            kept: 0,
            touched_at: now,
            receipt: None,
            refused: None,
            mismatches: 0,
        })?;
    }
    writes.name_attachment(id, village, &digest)
}

/// The bytes go when no other entry names them.
fn removed(writes: &mut dyn Writes, village: VillageCode, attached: EntityId) -> Result<(), DistrictError> {
    writes.remove_attachment(attached, village)?;
    for (place, digest) in writes.attachments_of(attached)? {
        if place == village
            && writes.attachment_named(village, &digest)? == 0
            && let Some(row) = writes.attachment(village, &digest)?
        {
            forget(writes, row)?;
        }
    }
    Ok(())
}

/// Looks once through the entries that came before the district kept attachments.
pub fn index(district: &District, writes: &mut dyn Writes) -> Result<(), DistrictError> {
    if writes.setting(INDEXED)?.is_some() {
        return Ok(());
    }
    let now = district.now();
    for village in writes.villages()? {
        for series in writes.series_of_village(village.code)? {
            let mut next = 1;
            loop {
                let entries = writes.entries(series.id, next, PAGE)?;
                if entries.is_empty() {
                    break;
                }
                for entry in &entries {
                    if let Some(entry) = entry.read() {
                        let id = EntityId::new(series.id, next);
                        taken_up(writes, village.code, id, &entry.event, (now, &|named| named))?;
                    }
                    next += 1;
                }
            }
        }
    }
    writes.put_setting(INDEXED, &[1])
}
