//! Second language: whatever the district holds of the village beyond what the device has. Decisions and other devices'
//! entries alike, each series with what proves it.

use super::page::{ENTRIES_MAX, page, whole};
use crate::error::DistrictError;
use crate::home::District;
use crate::store::{Content, EntryRow, Reads, SeriesRow};
use payung_domain::Timestamp;
use payung_journal::{
    CLAIMS_MAX, Checkpoint, Claim, EntityId, Entry, Frame, Head, Proof, Receipt, RoundAnswer, SeriesId,
    SeriesKind, Together,
};
use std::collections::BTreeMap;

/// Most entries of one series in an answer, but for those that one signature of another device holds together.
pub const ANSWER_ENTRIES_MAX: u64 = 2 * ENTRIES_MAX;

/// So many bytes of other devices' entries are enough for one answer, where a checkpoint allows to stop.
const SHARED_BYTES_MAX: u64 = 4 << 20;

/// How far the device will have come in each series, once it has read the answer.
pub type Ends = BTreeMap<SeriesId, u64>;

/// Adds what the device lacks to the answer, a page at a time, and moves `ends` along.
pub fn send<'r>(
    district: &District,
    reads: &(impl Reads + ?Sized),
    rows: impl Iterator<Item = &'r SeriesRow>,
    ends: &mut Ends,
    answer: &mut RoundAnswer,
) -> Result<(), DistrictError> {
    let mut room = ENTRIES_MAX;
    // People come before what was decided about them.
    let (shared, decisions): (Vec<&SeriesRow>, Vec<&SeriesRow>) =
        rows.partition(|row| row.kind == SeriesKind::Shared);
    for row in shared.into_iter().chain(decisions) {
        let after = ends.get(&row.id).copied().unwrap_or(0);
        if after >= row.length {
            continue;
        }
        if room == 0 {
            answer.more = true;
            break;
        }
        let (frames, checkpoint) = match row.kind {
            SeriesKind::Decisions => {
                let Some((frame, head)) = page(reads, row, after, room)? else { continue };
                let last = frame.last_seq();
                (vec![frame], Checkpoint { series: row.id, seq: last, head, proof: unsigned() })
            }
            _ => match reach(reads, row, after, room)? {
                Some(found) => found,
                None => continue,
            },
        };
        let last = checkpoint.seq;
        room = room.saturating_sub(last - after);
        answer.more |= last < row.length;
        if row.kind == SeriesKind::Shared {
            answer.receipts.retain(|receipt| receipt.series != row.id);
            answer.receipts.push(receipt(reads, row, (last, checkpoint.head), answer.at)?);
        }
        answer.frames.extend(frames);
        answer.checkpoints.push(checkpoint);
        ends.insert(row.id, last);
    }
    seal(district, answer);
    Ok(())
}

/// What only its writer can vouch for ends where the writer signed.
fn reach(
    reads: &(impl Reads + ?Sized),
    row: &SeriesRow,
    after: u64,
    room: u64,
) -> Result<Option<(Vec<Frame>, Checkpoint)>, DistrictError> {
    let mut checkpoint = None;
    // Fewer at once where they are long.
    for part in [room, room / 8, room / 64, room / 512] {
        let upto = after.saturating_add(part).min(row.length);
        let Some(found) = reads.checkpoint_within(row.id, after, upto)? else { break };
        let fits = reads.entry_bytes(row.id, after, found.seq)? <= SHARED_BYTES_MAX;
        checkpoint = Some(found);
        if fits {
            break;
        }
    }
    if checkpoint.is_none() {
        checkpoint = reads.checkpoint_next(row.id, after)?;
    }
    let Some(checkpoint) = checkpoint.filter(|checkpoint| checkpoint.seq <= row.length) else {
        return Ok(None);
    };
    Ok(Some((whole(reads, row.id, after, checkpoint.seq)?, checkpoint)))
}

/// The district's word for everything up to `seq`, dated when it first had it: its own decisions when it wrote them.
/// Asked again it says the same. Signed when the answer is sealed.
pub fn receipt(
    reads: &(impl Reads + ?Sized),
    row: &SeriesRow,
    (seq, head): (u64, Head),
    now: Timestamp,
) -> Result<Receipt, DistrictError> {
    let at = match reads.receipt_covering(row.id, seq)? {
        Some(receipt) => receipt.at,
        None => written(reads, EntityId::new(row.id, seq))?.unwrap_or(now),
    };
    Ok(Receipt { series: row.id, seq, head, at, proof: unsigned() })
}

fn written(reads: &(impl Reads + ?Sized), id: EntityId) -> Result<Option<Timestamp>, DistrictError> {
    let Some(EntryRow { content: Content::Body { body, .. }, .. }) = reads.entry(id)? else {
        return Ok(None);
    };
    Ok(Entry::decode(&body).ok().map(|entry| entry.at))
}

/// One signature over all receipts and then all of the district's own checkpoints: 64 bytes on the line instead of 64 each.
fn seal(district: &District, answer: &mut RoundAnswer) {
    let open = |proof: &Proof| *proof == unsigned();
    let receipts = answer.receipts.iter().map(Receipt::claim);
    let own = answer.checkpoints.iter().filter(|point| open(&point.proof)).map(Checkpoint::claim);
    let claims: Vec<Claim> = receipts.chain(own).collect();
    if claims.is_empty() {
        return;
    }
    let key = district.key();
    if claims.len() > CLAIMS_MAX {
        for receipt in &mut answer.receipts {
            *receipt = Receipt::sign(key, receipt.series, receipt.seq, receipt.head, receipt.at);
        }
        for point in answer.checkpoints.iter_mut().filter(|point| open(&point.proof)) {
            *point = Checkpoint::sign(key, point.series, point.seq, point.head);
        }
        return;
    }
    let proof = Proof::Together(Together::sign(key, claims, None));
    answer.receipts.iter_mut().for_each(|receipt| receipt.proof = proof.clone());
    let own = answer.checkpoints.iter_mut().filter(|point| open(&point.proof));
    own.for_each(|point| point.proof = proof.clone());
}

/// Stands in a receipt or checkpoint of the district's own until the answer is sealed.
pub fn unsigned() -> Proof {
    Proof::Alone(payung_keys::Signature::from_bytes([0; 64]))
}
