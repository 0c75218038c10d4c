//! What the door does about photos and documents.

use crate::attachment::rows::{self, Said};
use crate::attachment::{ATTACHMENTS_MAX, About, AttachmentError, PHOTO_BYTES_MAX};
use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::{self, Healed};
use crate::ids::{AttachmentId, PersonId, StatementId};
use crate::op::{Done, FileDone, NewFile};
use crate::person::door::text;
use crate::person::rows as person_rows;
use crate::settings;
use crate::sql::damaged;
use crate::statement::rows as statement_rows;
use payung_domain::Timestamp;
use payung_journal::{
    ATTACHMENT_BYTES_MAX, ATTACHMENT_NAME_BYTES_MAX, Attachment, AttachmentKind, AttachmentReceipt, EntityId,
    Event, TrailKind,
};
use payung_keys::sha256;
use rusqlite::Connection;

/// When the district last said what it lacks, milliseconds.
const COMPARED_AT: &str = "attachments.compared_at";
const COMPARED_EVERY_MS: i64 = 7 * 86_400_000;
pub(crate) const PDF: &str = "application/pdf";
const JPEG: &str = "image/jpeg";
const PNG: &str = "image/png";

/// By its first bytes. A PDF may begin a little later (ISO 32000-1, annex H).
pub(crate) fn media(bytes: &[u8]) -> Option<&'static str> {
    let start = &bytes[..bytes.len().min(1_024)];
    if start.windows(5).any(|window| window == b"%PDF-") {
        Some(PDF)
    } else if start.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(JPEG)
    } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(PNG)
    } else {
        None
    }
}

pub(crate) fn attach(
    door: &mut Door<'_>,
    about: About,
    kind: AttachmentKind,
    file: &NewFile,
) -> Result<Done, RegisterError> {
    let entity = named(door.db, about)?;
    check(about, kind, file)?;
    let attachment = Attachment {
        kind,
        digest: sha256(&[&file.bytes]),
        bytes: file.bytes.len() as u64,
        media: file.media.clone(),
        name: plain_name(&file.name),
    };
    let (count, same) = rows::count_and_same(door.db, about, &attachment.digest)?;
    if same {
        return Err(AttachmentError::AlreadyAttached.into());
    }
    if count >= ATTACHMENTS_MAX as u64 {
        return Err(AttachmentError::TooMany { most: ATTACHMENTS_MAX }.into());
    }
    if let Some(words) = rows::standing(door.db, &attachment.digest)?.and_then(|known| known.refused) {
        return Err(AttachmentError::RefusedBefore(words).into());
    }
    rows::put_file(door.db, &attachment.digest, &attachment.media, &file.bytes)?;
    let entry = match entity {
        Some(about) => Some(door.share(Event::Attached { about, attachment: attachment.clone() })?),
        None => None,
    };
    let actor = door.actor.clone();
    let said = Said { at: door.now, actor: &actor, entry };
    let id = rows::insert(door.db, about, &attachment, &said)?;
    if entry.is_none() {
        trail(door, about, &format!("{} ditambahkan", words(kind)))?;
    }
    Ok(Done { attachment: id, ..done(door, about) })
}

pub(crate) fn remove(door: &mut Door<'_>, id: AttachmentId, reason: &str) -> Result<Done, RegisterError> {
    let record = rows::load(door.db, id)?.ok_or(AttachmentError::NoSuchAttachment)?;
    if record.kind == AttachmentKind::SignedStatement {
        return Err(AttachmentError::OfASignature.into());
    }
    if record.removed {
        return Err(AttachmentError::AlreadyRemoved.into());
    }
    let reason = text("Alasan", reason, record.entry.is_some())?;
    match record.entry {
        None => {
            rows::delete(door.db, id)?;
            rows::erase_file(door.db, &record.digest)?;
            rows::forget_file(door.db, &record.digest)?;
            trail(door, record.about, &format!("{} dihapus", words(record.kind)))?;
        }
        Some(attached) => {
            let entry = door.share(Event::AttachmentRemoved { attached, reason: reason.clone() })?;
            let said = Said { at: door.now, actor: &door.actor, entry: Some(entry) };
            rows::remove(door.db, id, &said, &reason)?;
            rows::erase_file(door.db, &record.digest)?;
        }
    }
    Ok(Done { attachment: Some(id), ..done(door, record.about) })
}

/// *Siap*: what was attached to the draft becomes known to the district.
pub(crate) fn announce_drafts(
    door: &mut Door<'_>,
    person: PersonId,
    about: EntityId,
) -> Result<(), RegisterError> {
    for (id, attachment) in rows::drafts_of(door.db, person)? {
        let entry = door.share(Event::Attached { about, attachment })?;
        rows::announced(door.db, id, entry)?;
    }
    Ok(())
}

/// The signed PDF travels like any other file; its bytes stay where they are, as the statement's document.
pub(crate) fn announce_document(
    door: &mut Door<'_>,
    id: StatementId,
    about: EntityId,
    document: &[u8],
) -> Result<(), RegisterError> {
    let attachment = Attachment {
        kind: AttachmentKind::SignedStatement,
        digest: sha256(&[document]),
        bytes: document.len() as u64,
        media: PDF.to_owned(),
        name: String::new(),
    };
    rows::put_document_file(door.db, &attachment.digest, PDF, attachment.bytes)?;
    let entry = door.share(Event::Attached { about, attachment: attachment.clone() })?;
    let said = Said { at: door.now, actor: &door.actor, entry: Some(entry) };
    rows::insert(door.db, About::Statement(id), &attachment, &said)?;
    Ok(())
}

/// Statements signed by a program before this one: their PDFs are announced at the next unlock.
pub(crate) fn announce_older(door: &mut Door<'_>) -> Result<Done, RegisterError> {
    for id in rows::unannounced(door.db)? {
        let (Some(entry), Some(document)) =
            (statement_rows::load(door.db, id)?.entry, statement_rows::document(door.db, id)?)
        else {
            continue;
        };
        announce_document(door, id, entry, &document)?;
    }
    Ok(Done::default())
}

/// The district's own word that it has these bytes; believed only under its signature.
pub(crate) fn kept(door: &mut Door<'_>, receipt: &AttachmentReceipt) -> Result<Done, RegisterError> {
    let enrolment = exchange::enrolment(door.db)?.ok_or(RegisterError::NotEnrolled)?;
    receipt
        .verify(&enrolment.district_key)
        .map_err(|_| RegisterError::Untrusted("tanda terima berkas tidak ditandatangani kabupaten"))?;
    if rows::keep(door.db, receipt)? {
        touch(door, &receipt.digest)?;
        if settings::rows::get(door.db, COMPARED_AT)?.is_none() {
            compared(door)?;
        }
    }
    Ok(Done::default())
}

/// The district does not keep these: what it once signed for it lost. Others of them may never have reached it.
pub(crate) fn missing(
    door: &mut Door<'_>,
    digests: &[[u8; 32]],
    said_at: Option<Timestamp>,
) -> Result<Done, RegisterError> {
    let mut resending = 0;
    for digest in digests {
        if rows::doubt_receipt(door.db, digest, said_at)? {
            resending += 1;
            touch(door, digest)?;
        }
    }
    compared(door)?;
    let healed = (resending > 0).then_some(Healed::Attachments { resending });
    Ok(Done { healed: healed.into_iter().collect(), ..Done::default() })
}

fn compared(door: &Door<'_>) -> Result<(), RegisterError> {
    settings::rows::put(door.db, COMPARED_AT, &door.now.millis().to_string())
}

/// Whether it is time to ask the district what it lacks: there are receipts, and it was not asked for a while. A clock
/// that was set back makes it time.
pub(crate) fn compare_due(db: &Connection, now: Timestamp) -> Result<bool, RegisterError> {
    let asked = settings::rows::get(db, COMPARED_AT)?.and_then(|at| at.parse().ok());
    let lately =
        asked.is_some_and(|at: i64| (0..COMPARED_EVERY_MS).contains(&now.millis().saturating_sub(at)));
    Ok(!lately && rows::counts(db)?.kept > 0)
}

/// The whole of an announced file came.
pub(crate) fn arrived(door: &mut Door<'_>, digest: &[u8; 32], bytes: &[u8]) -> Result<Done, RegisterError> {
    if rows::standing(door.db, digest)?.is_some_and(|known| known.here) {
        return Ok(Done { file: Some(FileDone::Whole), ..Done::default() });
    }
    let Some((size, media)) = rows::wanted(door.db, digest)? else {
        return Err(AttachmentError::NotWanted.into());
    };
    if bytes.len() as u64 != size || sha256(&[bytes]) != *digest {
        return Err(AttachmentError::NotAsAnnounced.into());
    }
    take_in(door, digest, &media, bytes)
}

/// The next piece of an announced file. A repeat changes nothing; the last one is the moment of truth.
pub(crate) fn part(
    door: &mut Door<'_>,
    digest: &[u8; 32],
    offset: u64,
    bytes: &[u8],
) -> Result<Done, RegisterError> {
    let told = |file| Done { file: Some(file), ..Done::default() };
    if rows::standing(door.db, digest)?.is_some_and(|known| known.here) {
        return Ok(told(FileDone::Whole));
    }
    let Some((size, media)) = rows::wanted(door.db, digest)? else {
        return Err(AttachmentError::NotWanted.into());
    };
    let have = rows::parts_end(door.db, digest)?;
    if offset != have || bytes.is_empty() {
        return Ok(told(FileDone::Partly { have }));
    }
    let end = have + bytes.len() as u64;
    if end < size {
        rows::put_part(door.db, digest, offset, bytes)?;
        return Ok(told(FileDone::Partly { have: end }));
    }
    let mut whole = rows::whole(door.db, digest, size)?;
    whole.extend_from_slice(bytes);
    rows::drop_parts(door.db, digest)?;
    if end != size || sha256(&[&whole]) != *digest {
        return Ok(told(FileDone::Broken));
    }
    take_in(door, digest, &media, &whole)
}

fn take_in(door: &mut Door<'_>, digest: &[u8; 32], media: &str, bytes: &[u8]) -> Result<Done, RegisterError> {
    rows::put_file(door.db, digest, media, bytes)?;
    rows::drop_parts(door.db, digest)?;
    crate::attachment::document::settle(door.db, digest, bytes)?;
    touch(door, digest)?;
    Ok(Done { file: Some(FileDone::Whole), ..Done::default() })
}

/// Lists of the people it belongs to are read again.
pub(crate) fn touch(door: &mut Door<'_>, digest: &[u8; 32]) -> Result<(), RegisterError> {
    for person in rows::people_of(door.db, digest)? {
        door.touch(person);
    }
    Ok(())
}

/// The entry that others know a person or statement by; `None` of a draft.
fn named(db: &Connection, about: About) -> Result<Option<EntityId>, RegisterError> {
    match about {
        About::Person(id) => Ok(person_rows::load(db, id)?.entity),
        About::Statement(id) => {
            let entry = statement_rows::load(db, id)?.entry;
            Ok(Some(entry.ok_or(AttachmentError::NotSigned)?))
        }
    }
}

fn check(about: About, kind: AttachmentKind, file: &NewFile) -> Result<(), AttachmentError> {
    if file.bytes.is_empty() {
        return Err(AttachmentError::Empty);
    }
    if file.bytes.len() as u64 > ATTACHMENT_BYTES_MAX {
        return Err(AttachmentError::TooLarge { bytes_max: ATTACHMENT_BYTES_MAX });
    }
    if media(&file.bytes) != Some(&file.media) {
        return Err(AttachmentError::WrongKind);
    }
    match (kind, about) {
        (AttachmentKind::SignedStatement, _) => Err(AttachmentError::OfASignature),
        (AttachmentKind::Ktp | AttachmentKind::Kk, About::Person(_)) if file.media == JPEG => {
            match file.bytes.len() > PHOTO_BYTES_MAX {
                true => Err(AttachmentError::PhotoTooLarge { bytes_max: PHOTO_BYTES_MAX }),
                false => Ok(()),
            }
        }
        (AttachmentKind::Ktp | AttachmentKind::Kk, _) => Err(AttachmentError::WrongKind),
        (AttachmentKind::Scan | AttachmentKind::Other, _) => Ok(()),
    }
}

/// Without folders and control characters, as long as an entry allows.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut plain = String::new();
    for letter in last.chars().filter(|letter| !letter.is_control()) {
        if plain.len() + letter.len_utf8() > ATTACHMENT_NAME_BYTES_MAX {
            break;
        }
        plain.push(letter);
    }
    plain.trim().to_owned()
}

/// As the local trail calls it.
const fn words(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Ktp => "foto KTP",
        AttachmentKind::Kk => "foto KK",
        AttachmentKind::SignedStatement => "surat pernyataan",
        AttachmentKind::Scan => "pindaian",
        AttachmentKind::Other => "lampiran",
    }
}

fn trail(door: &mut Door<'_>, about: About, note: &str) -> Result<(), RegisterError> {
    match about {
        About::Person(id) => door.trail(TrailKind::DraftChanged, Some(id), &[], note),
        About::Statement(_) => Err(damaged("attachment of a statement without an entry")),
    }
}

fn done(door: &mut Door<'_>, about: About) -> Done {
    match about {
        About::Person(id) => {
            door.touch(id);
            Done { people: vec![id], ..Done::default() }
        }
        About::Statement(id) => Done { statement: Some(id), ..Done::default() },
    }
}
