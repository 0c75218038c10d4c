//! Photos and documents: only what an entry of that village announced is kept, piece by piece, each byte once. When all
//! are there and their digest is right, the district signs for them.

mod announced;
mod keeping;

pub use announced::{INDEXED, index, taken_up};
pub use keeping::{VILLAGE_BYTES_MAX, put, state};

use crate::error::DistrictError;
use crate::exchange::TurnedAway;
use crate::home::District;
use crate::server::Log;
use crate::store::{self, Reads, Writes};
use payung_domain::VillageCode;
use payung_journal::{
    ATTACHMENT_CHUNK_BYTES_MAX, ATTACHMENT_DIGESTS_MAX, AttachmentReply, AttachmentState, AttachmentWish,
    DecodeError, SignedCall, Standing,
};

/// Most pieces looked at for one answer: the rest is asked for again.
const PIECES_MAX: u64 = 64;

/// Answers the bytes of a [`SignedCall`] with those of an [`AttachmentReply`]. The same call again changes nothing.
pub fn answer(district: &District, log: &Log, bytes: &[u8]) -> Result<Vec<u8>, TurnedAway> {
    let signed = SignedCall::from_bytes(bytes).map_err(not_understood)?;
    let device = signed.device().map_err(not_understood)?;
    let device =
        store::view(&*district.store, |reads| reads.device(device))?.ok_or(TurnedAway::UnknownDevice)?;
    signed.verify(&device.key).map_err(|_| TurnedAway::BadSignature)?;
    if device.revoked_at.is_some() {
        return Err(TurnedAway::Revoked);
    }
    let village = device.village;
    let reply = match signed.call().map_err(not_understood)?.what {
        AttachmentWish::State { digests } => store::view(&*district.store, |reads| {
            let states = digests.iter().map(|digest| state(reads, village, digest));
            states.collect::<Result<_, _>>().map(AttachmentReply::State)
        })?,
        AttachmentWish::Get { digest, offset, most } => {
            store::view(&*district.store, |reads| piece(reads, village, &digest, offset, most))?
        }
        AttachmentWish::Put { digest, offset, bytes } => {
            let size = bytes.len();
            let state = store::change(&*district.store, |writes| {
                put(district, writes, village, &digest, offset, &bytes)
            })?;
            let standing = match &state.standing {
                Standing::Partial(_) => "partial",
                Standing::Kept(_) => "kept",
                Standing::Refused { .. } => "refused",
            };
            let fields: [(&str, &dyn std::fmt::Display); 4] =
                [("device", &device.id), ("at", &offset), ("bytes", &size), ("standing", &standing)];
            log.event(district.now(), "attachment", &fields);
            AttachmentReply::Put(state)
        }
        AttachmentWish::Missing => {
            let missing = store::view(&*district.store, |reads| missing(reads, village))?;
            AttachmentReply::Missing(missing.into_iter().map(|state| state.digest).collect())
        }
    };
    Ok(reply.encode())
}

fn not_understood(error: DecodeError) -> TurnedAway {
    match error {
        DecodeError::TooNew(_) => TurnedAway::TooNew,
        _ => TurnedAway::Malformed,
    }
}

/// What the village announced and the district does not keep, as far as one answer goes. After the district was put back
/// that may be something it once signed for.
pub fn missing(
    reads: &(impl Reads + ?Sized),
    village: VillageCode,
) -> Result<Vec<AttachmentState>, DistrictError> {
    let missing = reads.attachments_missing(village, ATTACHMENT_DIGESTS_MAX as u64)?.into_iter();
    Ok(missing.map(|(digest, kept)| AttachmentState { digest, standing: Standing::Partial(kept) }).collect())
}

/// Bytes of a kept attachment from `offset` on: fewer than asked for where a piece ends.
pub fn piece(
    reads: &(impl Reads + ?Sized),
    village: VillageCode,
    digest: &[u8; 32],
    offset: u64,
    most: u64,
) -> Result<AttachmentReply, DistrictError> {
    let state = state(reads, village, digest)?;
    let Standing::Kept(receipt) = &state.standing else { return Ok(AttachmentReply::NotHere(state)) };
    let total = receipt.bytes;
    let most = most.min(ATTACHMENT_CHUNK_BYTES_MAX as u64) as usize;
    let mut bytes = Vec::new();
    if offset < total {
        for (begins, piece) in reads.attachment_pieces(village, digest, offset, PIECES_MAX)? {
            let from = offset.saturating_sub(begins) as usize;
            bytes.extend_from_slice(piece.get(from..).unwrap_or_default());
            if bytes.len() >= most {
                break;
            }
        }
        bytes.truncate(most);
    }
    Ok(AttachmentReply::Chunk { total, bytes })
}

/// Takes an attachment's bytes away again; what it was called and how large stays.
fn forget(
    writes: &mut dyn Writes,
    mut row: crate::store::attachments::AttachmentRow,
) -> Result<(), DistrictError> {
    writes.drop_attachment_pieces(row.village, &row.digest)?;
    row.kept = 0;
    row.receipt = None;
    writes.put_attachment(&row)
}
