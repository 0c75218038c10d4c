//! Taking pieces in until an attachment is whole.

use super::forget;
use crate::error::DistrictError;
use crate::home::District;
use crate::store::attachments::AttachmentRow;
use crate::store::{Reads, Writes};
use crate::work::Work;
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{ATTACHMENT_BYTES_MAX, AttachmentReceipt, AttachmentState, Event, NotKept, Standing};
use payung_keys::Hashing;

/// The most bytes kept for one village: some 50,000 photos.
pub const VILLAGE_BYTES_MAX: u64 = 8 << 30;
/// An attachment of which nothing came for so long is begun anew, milliseconds.
const ABANDONED_AFTER_MS: i64 = 30 * 86_400_000;
/// So often all bytes may be there and be the wrong ones; then a decision says it.
const MISMATCHES_MAX: u32 = 3;
/// Pieces hashed at a time.
const PIECES_READ: u64 = 16;

const NOT_ANNOUNCED: &str =
    "Kabupaten belum menerima catatan yang menyebut lampiran ini. Sinkronkan data dahulu.";
const REMOVED: &str = "Lampiran ini sudah dihapus dari catatan desa.";
const WRONG_BYTES: &str =
    "Lampiran tidak cocok dengan catatannya setelah tiga kali dikirim. Lampirkan lagi dari berkas aslinya.";
const NOT_WHAT_IT_SAYS: &str =
    "Berkas ini bukan foto atau dokumen seperti jenis yang dicatat. Lampirkan lagi dari berkas aslinya.";
const TOO_LARGE: &str =
    "Lampiran ini lebih besar dari 64 MB, jadi tidak disimpan kabupaten. Lampirkan berkas yang lebih kecil.";
const FULL: &str = "Tempat lampiran untuk desa ini di kabupaten sudah penuh. Hubungi petugas kabupaten.";

/// How far an attachment of that village is.
pub fn state(
    reads: &(impl Reads + ?Sized),
    village: VillageCode,
    digest: &[u8; 32],
) -> Result<AttachmentState, DistrictError> {
    let standing = match reads.attachment(village, digest)? {
        None => refused(NotKept::NotAnnounced, NOT_ANNOUNCED),
        Some(_) if reads.attachment_named(village, digest)? == 0 => refused(NotKept::Removed, REMOVED),
        Some(row) => standing(&row)?,
    };
    Ok(AttachmentState { digest: *digest, standing })
}

fn standing(row: &AttachmentRow) -> Result<Standing, DistrictError> {
    if let Some(words) = &row.refused {
        return Ok(refused(NotKept::Broken, words));
    }
    if row.bytes == 0 || row.bytes > ATTACHMENT_BYTES_MAX {
        return Ok(refused(NotKept::Broken, TOO_LARGE));
    }
    match &row.receipt {
        None => Ok(Standing::Partial(row.kept)),
        Some(receipt) => AttachmentReceipt::from_bytes(receipt)
            .map(Standing::Kept)
            .map_err(|_| DistrictError::Damaged("tanda terima lampiran".into())),
    }
}

fn refused(code: NotKept, words: &str) -> Standing {
    Standing::Refused { code, words: words.to_owned() }
}

/// Takes a piece. Bytes that are here already are passed over; one that begins further on changes nothing, and the
/// answer says where to go on.
pub fn put(
    district: &District,
    writes: &mut dyn Writes,
    village: VillageCode,
    digest: &[u8; 32],
    offset: u64,
    bytes: &[u8],
) -> Result<AttachmentState, DistrictError> {
    let known = state(writes, village, digest)?;
    let (Standing::Partial(kept), Some(mut row)) = (&known.standing, writes.attachment(village, digest)?)
    else {
        return Ok(known);
    };
    let kept = *kept;
    let end = offset.saturating_add(bytes.len() as u64).min(row.bytes);
    if offset > kept || end <= kept {
        return Ok(known);
    }
    if kept == 0 {
        let now = district.now();
        drop_abandoned(writes, Timestamp(now.millis().saturating_sub(ABANDONED_AFTER_MS)))?;
        if writes.attachment_totals(Some(village))?.bytes + row.bytes > VILLAGE_BYTES_MAX {
            return Ok(AttachmentState { digest: *digest, standing: refused(NotKept::Full, FULL) });
        }
    }
    let new = &bytes[(kept - offset) as usize..(end - offset) as usize];
    writes.add_attachment_piece(village, digest, kept, new)?;
    row.kept = end;
    row.touched_at = district.now();
    if row.kept < row.bytes {
        writes.put_attachment(&row)?;
        return Ok(AttachmentState { digest: *digest, standing: Standing::Partial(row.kept) });
    }
    whole(district, writes, row)
}

/// All bytes are here: either they are what was announced, or none of them stays.
fn whole(
    district: &District,
    writes: &mut dyn Writes,
    mut row: AttachmentRow,
) -> Result<AttachmentState, DistrictError> {
    let (mut hashing, mut start, mut at) = (Hashing::default(), Vec::new(), 0);
    while at < row.bytes {
        let pieces = writes.attachment_pieces(row.village, &row.digest, at, PIECES_READ)?;
        for (begins, piece) in &pieces {
            if *begins != at {
                return Err(DistrictError::Damaged("lampiran berlubang".into()));
            }
            if start.len() < 1_024 {
                start.extend_from_slice(&piece[..piece.len().min(1_024)]);
            }
            hashing.add(piece);
            at += piece.len() as u64;
        }
        if pieces.is_empty() {
            return Err(DistrictError::Damaged("lampiran berlubang".into()));
        }
    }
    let now = district.now();
    if hashing.digest() != row.digest {
        row.mismatches += 1;
        let words = (row.mismatches >= MISMATCHES_MAX).then_some(WRONG_BYTES);
        return turn_away(district, writes, row, words);
    }
    if !fits(&row.media, &start) {
        return turn_away(district, writes, row, Some(NOT_WHAT_IT_SAYS));
    }
    let receipt = AttachmentReceipt::sign(district.key(), row.digest, row.bytes, now);
    row.receipt = Some(receipt.to_bytes());
    writes.put_attachment(&row)?;
    Ok(AttachmentState { digest: row.digest, standing: Standing::Kept(receipt) })
}

/// Drops the bytes; with words, for good: a decision tells every device of the village.
fn turn_away(
    district: &District,
    writes: &mut dyn Writes,
    mut row: AttachmentRow,
    words: Option<&str>,
) -> Result<AttachmentState, DistrictError> {
    let (village, digest) = (row.village, row.digest);
    row.refused = words.map(str::to_owned);
    forget(writes, row)?;
    let Some(words) = words else { return Ok(AttachmentState { digest, standing: Standing::Partial(0) }) };
    let mut work = Work::new(district, writes);
    let actor = work.district_name();
    work.decide(village, &actor, Event::AttachmentRefused { digest, message: words.to_owned() })?;
    work.finish()?;
    Ok(AttachmentState { digest, standing: refused(NotKept::Broken, words) })
}

fn drop_abandoned(writes: &mut dyn Writes, before: Timestamp) -> Result<(), DistrictError> {
    for (village, digest) in writes.attachments_abandoned(before)? {
        if let Some(row) = writes.attachment(village, &digest)? {
            forget(writes, row)?;
        }
    }
    Ok(())
}

/// Whether bytes begin as their media type wants it.
fn fits(media: &str, start: &[u8]) -> bool {
    match media {
        "image/jpeg" => start.starts_with(&[0xff, 0xd8, 0xff]),
        "image/png" => start.starts_with(b"\x89PNG\r\n\x1a\n"),
        "application/pdf" => start.windows(5).take(1_024).any(|window| window == b"%PDF-"),
        _ => true,
    }
}
